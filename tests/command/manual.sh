#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The table of findings, its page in the manual and the golden samples, held together.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

page=${NFPEEK_BUILD:?is the build folder}/doc/nfpeek-findings.7
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

the_page_can_be_formatted ()
{
    if ! command -v groff >/dev/null; then
        skip 'no groff'
        return
    fi
    groff -man -Tutf8 -P-b -P-c -P-u -ww -rLL=80n "$page" >out 2>err || fail 'groff fails'
    says_nothing
    shows '^  *set.length$'
}

perform each_code_has_its_section each_text_is_there each_explanation_is_there samples_are_explained \
    the_page_can_be_formatted
