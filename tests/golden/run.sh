#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Shows every sample of this folder in three views and compares with what stands beside it; holds
# what each raises against its name (see README.md); and looks whether there is a sample of each
# finding. Prints TAP. Update the expectations with update.sh.

set -u

: "${NFPEEK:?is the path of the command}"
PERL=${PERL:-perl}
LC_ALL=C.UTF-8
export LC_ALL
unset XDG_CONFIG_HOME
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
HOME=$scratch # where no user's own elements are
export HOME
cd "${NFPEEK_SOURCE:?is the source folder}/tests/golden" || exit 1
. ./show.sh

# Notes that a good- sample may have.
harmless=template-lacks

# It takes a hundred thousand Templates, or one of thousands of octets: tests/command/limits.sh; ICMP, which
# hex does not hold: tests/command/arrival.sh; a kernel that has no room left: tests/command/listen.sh;
# a run before: tests/command/remember.sh.
elsewhere='limit-reached collector-unreachable datagram-dropped template-remembered'

tests=0
failures=0

# report STATUS NAME [FILE]: a line of TAP, with what the file says where it failed.
report ()
{
    tests=$((tests + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $tests - $2"
        return
    fi
    failures=$((failures + 1))
    echo "not ok $tests - $2"
    [ $# -lt 3 ] || sed 's/^/# /' "$3"
}

compare_view ()
{
    show "$2" "$1.hex" >"$scratch/out" 2>"$scratch/err"
    diff -u "$1.$2" "$scratch/out" >"$scratch/diff" 2>&1 && [ ! -s "$scratch/err" ]
    report $? "$1 as $2" "$scratch/diff"
}

# What all samples raise: lines of sample, code, severity.
list_raised ()
{
    "$PERL" -MJSON::PP -ne '
        my $name = $ARGV =~ s/\.json$//r;
        print "$name $_->{code} $_->{severity}\n" for @{decode_json ($_)->{findings}}' -- *.json |
        sort -u
}

# The finding that each sample is named after, the longest code that its name begins with: lines of
# sample, code.
list_named ()
{
    printf '%s\n' *.hex | awk '
        NR == FNR { codes[$1]; next }
        {
            sub (/\.hex$/, "")
            rest = substr ($0, index ($0, "-") + 1) "-"
            best = ""
            for (code in codes)
                if (index (rest, code "-") == 1 && length (code) > length (best))
                    best = code
            print $0, best
        }' "$scratch/codes" -
}

# Says what is wrong with what samples raise: lines of sample, reason. A good- sample has no finding
# but harmless notes; the others have the one in their names, and else at most notes. A bad- sample has
# an error.
judge_raised ()
{
    awk -v harmless=" $harmless " '
        NR == FNR { named[$1] = $2; next }
        $1 ~ /^good-/ && !($3 == "note" && index (harmless, " " $2 " ")) { print $1, "raises", $2, $3 }
        $2 == named[$1] { raised[$1] }
        $2 != named[$1] && $3 != "note" { print $1, "raises", $2, $3 }
        $3 == "error" { errors[$1] }
        END {
            for (name in named) {
                if (name !~ /^good-/ && !(name in raised))
                    print name, "does not raise", named[name]
                if ((name ~ /^bad-/) != (name in errors))
                    print name, "has an error or none"
            }
        }' "$scratch/named" "$scratch/raised"
}

check_findings ()
{
    ! grep "^$1 " "$scratch/wrong" >"$scratch/reasons"
    report $? "$1 raises what its name says" "$scratch/reasons"
}

check_readme ()
{
    grep -q "^| \`$1\` | ." README.md
    report $? "$1 is in README.md"
}

"$NFPEEK" --list-findings | sed 's/ .*//' | sort -u >"$scratch/codes"
list_raised >"$scratch/raised"
list_named >"$scratch/named"
judge_raised >"$scratch/wrong"
for sample in *.hex; do
    name=${sample%.hex}
    for view in tree json jsonl; do
        compare_view "$name" "$view"
    done
    check_findings "$name"
    check_readme "$name"
done
while read -r code; do
    case " $elsewhere " in *" $code "*) continue ;; esac
    grep -q " $code " "$scratch/raised"
    report $? "there is a sample of $code"
done <"$scratch/codes"
echo "1..$tests"
[ "$failures" -eq 0 ]
