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

# It takes half a million Templates, or one of thousands of octets: tests/command/limits.sh.
elsewhere=limit-reached

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

codes_of ()
{
    "$PERL" -MJSON::PP -ne '
        print "$_->{code} $_->{severity}\n" for @{decode_json ($_)->{findings}}' "$1.json" | sort -u
}

# The finding that a sample is named after: the longest code that its name begins with.
code_in ()
{
    "$NFPEEK" --list-findings | while read -r code rest; do
        case ${1#*-}- in "$code"-*) echo "${#code} $code" ;; esac
    done | sort -n | sed -n '$s/.* //p'
}

# A good- sample has no finding; the others have the one in their names, and else at most notes. A
# bad- sample has an error.
check_findings ()
{
    codes_of "$1" >"$scratch/codes"
    case $1 in
    good-*) [ ! -s "$scratch/codes" ] ;;
    *)
        code=$(code_in "$1")
        [ -n "$code" ] && grep -q "^$code " "$scratch/codes" &&
            ! grep -v "^$code " "$scratch/codes" | grep -qv 'note$' &&
            case $1 in
            bad-*) grep -q 'error$' "$scratch/codes" ;;
            *) ! grep -q 'error$' "$scratch/codes" ;;
            esac
        ;;
    esac
    report $? "$1 raises what its name says" "$scratch/codes"
}

check_readme ()
{
    grep -q "^| \`$1\` | ." README.md
    report $? "$1 is in README.md"
}

for sample in *.hex; do
    name=${sample%.hex}
    for view in tree json jsonl; do
        compare_view "$name" "$view"
    done
    check_findings "$name"
    check_readme "$name"
done
for code in $("$NFPEEK" --list-findings | sed 's/ .*//' | sort -u); do
    case " $elsewhere " in *" $code "*) continue ;; esac
    cat bad-*.json odd-*.json | grep -q "\"code\":\"$code\""
    report $? "there is a sample of $code"
done
echo "1..$tests"
[ "$failures" -eq 0 ]
