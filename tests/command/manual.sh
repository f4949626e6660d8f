#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The pages of the manual, held together with the tables that they are made of, with what the command
# says, and with the golden samples.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

doc=${NFPEEK_BUILD:?is the build folder}/doc
page=$doc/nfpeek-findings.7
golden=$NFPEEK_SOURCE/tests/golden

# The page's text: no requests, no escapes, all in one line.
page_text ()
{
    sed 's/^\.[A-Z]* *//; s/\\-/-/g; s/\\&//g' "$page" | tr '\n' ' ' | tr -s ' '
}

# Codes in the order of the table.
codes ()
{
    "$NFPEEK" --list-findings | sed 's/ .*//' | uniq
}

# is_in_page: each line of the file sentences.
is_in_page ()
{
    page_text >text
    while read -r sentence; do
        grep -qF -- "$sentence" text || fail "the page lacks: $sentence"
    done <sentences
}

each_code_has_its_section ()
{
    codes >expected
    sed -n 's/^\.SS //p' "$page" | sed 's/\\-/-/g' >got
    cmp -s expected got || fail "$(diff expected got)"
}

each_text_is_there ()
{
    "$NFPEEK" --list-findings | sed 's/^[a-z0-9-]* *//; s/ \{2,\}/ /; s/\[\(RFC 6313 [0-9.]*\)\]/[\1]/' >sentences
    [ "$(wc -l <sentences)" -gt 50 ] || fail 'too few texts'
    is_in_page
}

# As --list-findings CODE explains it.
each_explanation_is_there ()
{
    for code in $(codes); do
        "$NFPEEK" --list-findings "$code" | sed '1,/^$/d' | tr '\n' ' ' | tr -s ' ' |
            sed 's/ What to do: /\n&/; s/ Example: /\n&/' | sed 's/^ *\(What it means: \)*//; s/ *$//'
        echo
    done | sed '/^$/d' >sentences
    [ "$(wc -l <sentences)" -eq $((3 * $(codes | wc -l))) ] || fail 'not three sentences a code'
    is_in_page
}

# Whatever the samples raise is explained, by the page's words.
samples_are_explained ()
{
    for sample in "$golden"/bad-*.hex "$golden"/odd-*.hex; do
        "$NFPEEK" -q -T findings --json "$sample"
    done | "$PERL" -MJSON::PP -ne '
        for (map { @{$_->{findings}} } @{decode_json ($_)->{exporters}}) {
            print "$_->{code} $_->{meaning} What to do: $_->{remedy}\n";
        }' | sort -u >sentences
    [ "$(wc -l <sentences)" -gt 30 ] || fail 'the samples raise too little'
    sed -i 's/^[^ ]* //' sentences
    is_in_page
}

# The options that stand in lines like those of --help.
option_names ()
{
    grep -oE -- '(^|, )--?[A-Za-z][a-z-]*' | sed 's/^, //'
}

# Whatever --help speaks of, each row of the table, and nothing that the command does not know.
each_option_has_its_entry ()
{
    page=$doc/nfpeek.1
    "$NFPEEK" --help | sed -n 's/^  -/-/p' | cut -c -26 | option_names | sort -u >expected
    sed -n '/^\.SH OPTIONS/,/^\.SH VIEWS/p' "$page" | sed -n '/^\.TP$/{n;p;}' |
        sed 's/\\f[BIR]//g; s/\\-/-/g' >entries
    [ "$(wc -l <entries)" -eq "$(grep -c '^NF_OPTION (' "$NFPEEK_SOURCE/cli/option.def")" ] ||
        fail 'the page has more entries, or fewer, than the table'
    option_names <entries | sort >got
    [ -z "$(uniq -d got)" ] || fail "twice: $(uniq -d got)"
    [ "$(comm -12 expected got | wc -l)" -gt 40 ] || fail 'too few options'
    [ -z "$(comm -23 expected got)" ] || fail "the page lacks $(comm -23 expected got)"
    while read -r option; do
        run "$option" --version
        says_not 'is no option|there is no option'
    done <got
}

# Views and limits, too, with what the command says of them.
each_view_and_limit_has_its_entry ()
{
    page=$doc/nfpeek.1
    sed -n '/^\.SH VIEWS/,/^\.SH FINDINGS/s/^\.B //p' "$page" >got
    "$NFPEEK" --help | sed -n 's/^  -T \([a-z]*\) .*/\1/p' >expected
    [ -s expected ] || fail 'no views'
    cmp -s expected got || fail "$(diff expected got)"
    "$NFPEEK" --limit help | sed -n 's/^  [a-z]* *[0-9]* *//p' >sentences
    [ -s sentences ] || fail 'no limits'
    is_in_page
}

# example NUMBER: what stands between the n-th .EX and its .EE, as people would type it.
example ()
{
    awk -v n="$1" '/^\.EE/ { inside = 0 } inside { print } /^\.EX/ { inside = ++i == n }' \
        "$doc/nfpeek.1" | sed "s/\\\\-/-/g; s/\\\\(aq/'/g"
}

# Those that would go on, or send, are only read as a command line.
examples_work ()
{
    n=$(grep -c '^\.EX' "$doc/nfpeek.1")
    ran=0
    cat >head.sh <<'END'
sudo () { "$@"; }
setcap () { :; }
nfpeek ()
{
    echo "nfpeek $*" >>ran
    case " $* " in
    *' -l '* | *' -i '* | *' --send '*) "$NFPEEK" "$@" --version ;;
    *) "$NFPEEK" -q "$@" >view && { [ -s view ] || [ -s flows.csv ]; } ;;
    esac
}
END
    # shellcheck disable=SC2154 # template and data are the library's
    for i in $(seq 13); do
        [ "$i" -gt 1 ] && printf '%s\n' "$data" || printf '%s\n' "$template"
    done | capture router.pcap
    cp router.pcap old.pcap
    cp router.pcap new.pcap
    : >ran
    for i in $(seq "$n"); do
        command=$(example "$i")
        case $command in
        'nfpeek: '*) continue ;; # what it prints
        esac
        ran=$((ran + 1))
        printf '%s\n' "$(cat head.sh)" 'set -e' "$command" | sh >out 2>err || fail 'it fails'
        says_nothing
    done
    [ "$ran" -ge 8 ] || fail "only $ran examples"
    [ -s small.pcap ] || fail 'no evidence'
    [ "$(wc -l <flows.csv)" -eq 13 ] || fail 'no CSV'
    [ "$(wc -l <ran)" -ge "$ran" ] || fail 'not all ran'
}

# is_formatted PAGE
is_formatted ()
{
    command="groff $1"
    groff -man -Tutf8 -P-b -P-c -P-u -ww -rLL=80n "$doc/$1" >out 2>err || fail 'groff fails'
    says_nothing
}

the_pages_can_be_formatted ()
{
    if ! command -v groff >/dev/null; then
        skip 'no groff'
        return
    fi
    is_formatted nfpeek-findings.7
    shows '^  *set.length$'
    is_formatted nfpeek.1
    shows '^  *--color\[=WHEN\]'
}

# The date is that of no build, so that two builds are the same.
mandoc_has_nothing_to_say ()
{
    if ! command -v mandoc >/dev/null; then
        skip 'no mandoc'
        return
    fi
    for name in nfpeek-findings.7 nfpeek.1; do
        mandoc -Tlint -Wwarning "$doc/$name" | grep -v 'missing date' >out
        shows_nothing
    done
}

perform each_code_has_its_section each_text_is_there each_explanation_is_there samples_are_explained \
    each_option_has_its_entry each_view_and_limit_has_its_entry examples_work \
    the_pages_can_be_formatted mandoc_has_nothing_to_say
