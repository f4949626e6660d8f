#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The command line: getopt's habits, what is refused, --help, exit statuses.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

make_capture ()
{
    printf '%s\n' "$template" "$data" "$data" | capture x.pcap
}

letters_may_stand_together ()
{
    make_capture
    run -V x.pcap
    cp out expected
    for arguments in '-nr x.pcap -V' '-Vnr x.pcap' '-nnV x.pcap' '-rx.pcap -V' 'x.pcap -V' \
        '-V -- x.pcap' '-T tree x.pcap' '-Ttree x.pcap' '-T json -V x.pcap'; do
        # shellcheck disable=SC2086 # several words
        run $arguments
        exits 0
        says_nothing
        shows_same expected
    done
}

a_number_may_follow_its_letter ()
{
    make_capture
    for arguments in '-c2' '-c 2' '-nc2'; do
        # shellcheck disable=SC2086
        run -T jsonl $arguments x.pcap
        exits 0
        shows_lines 1
    done
}

values_of_long_options_follow_or_are_joined ()
{
    make_capture
    run --packets 2 -T jsonl x.pcap
    cp out expected
    run --packets=2 -T jsonl x.pcap
    shows_same expected
    run --pack 2 -T jsonl x.pcap
    shows_same expected
    shows_lines 1
}

what_is_not_known_is_said ()
{
    make_capture
    for arguments in --frobnicate -Q '-T bogus' '-c 0' '-c x' '--packets 0' '--packets 5-2' \
        '--packets x' '-d x' '-d 70000' '--names=x' '--color=x' '--fail-on=x' '-e src'; do
        # shellcheck disable=SC2086
        run $arguments x.pcap
        exits 2
        shows_nothing
        says "^(nfpeek|$NFPEEK): "
    done
}

an_option_without_its_value_is_said ()
{
    for option in -r -x -l -c -T -e -o -d --packets --elements --fail-on --names; do
        run $option
        exits 2
        says 'requires an argument'
    done
}

an_unknown_view_gives_the_known_ones ()
{
    run -T bogus x.pcap
    says "bogus.*summary.*messages.*tree.*flows.*json.*jsonl.*csv"
}

an_unknown_name_gives_near_ones ()
{
    make_capture
    run -T csv -e src,octetDeltaCoutn x.pcap
    exits 2
    shows_nothing
    says "octetDeltaCoutn.*octetDeltaCount"
    run -T csv -e sourceIPv4Adress x.pcap
    says 'did you mean sourceIPv4Address'
    run -T csv -e srcc x.pcap
    says 'did you mean src'
    run -T csv -e IN_BYTE x.pcap
    says 'did you mean IN_BYTES'
}

ports_are_taken_as_tshark_has_them ()
{
    make_capture
    for ports in 2055 2000-2100 99,2055 udp.port==2055,cflow; do
        run -T jsonl -d $ports x.pcap
        exits 0
        shows_lines 2
    done
    run -T jsonl -d 99 x.pcap
    exits 2
    says 'no NetFlow or IPFIX Message.*2055'
}

without_anything_to_read_it_says_what_to_do ()
{
    run
    exits 2
    shows_nothing
    says 'nfpeek --help'
}

a_file_that_an_option_took_is_named ()
{
    make_capture
    run -T csv -e x.pcap
    exits 2
    says "-e wants names, such as [a-z,]+; 'x.pcap' is a file"
    run --sum x.pcap
    exits 2
    says "--sum wants names, such as [a-z,]+; 'x.pcap' is a file"
    run -T csv -e src
    exits 2
    says 'nothing to read'
}

files_and_sockets_do_not_go_together ()
{
    make_capture
    run -l 127.0.0.1:0 x.pcap
    exits 2
    says '-l'
}

help_fits_a_screen_and_ends_in_examples ()
{
    run --help
    exits 0
    says_nothing
    shows '^Usage: nfpeek'
    [ "$(wc -l <out)" -le 60 ] || fail 'more than 60 lines'
    tail -n 1 out | grep -q '^  nfpeek' || fail 'no example at the end'
    for option in -r -x -l -i -f -D --user --packets --from -c -d -n -T -e --names --big-as-string --json -o --send --rate -q --color --fail-on --ignore --severity \
        --elements --list-elements --list-findings --version; do
        shows "^  $option"
    done
    cp out expected
    run -h
    shows_same expected
}

version_says_what_it_was_built_with ()
{
    run --version
    exits 0
    shows '^nfpeek [0-9]'
    shows 'GLib'
    shows 'libpcap'
}

findings_are_listed_once_a_text ()
{
    run --list-findings
    exits 0
    shows '^set-length +error .*RFC 7011 3.3.2'
    shows '^message-count +warning '
    shows '^set-empty +note '
    [ -z "$(sort out | uniq -d)" ] || fail 'a line twice'
}

# error, warning, note: bad, odd and odd samples.
fail_on_decides_what_counts ()
{
    golden=$NFPEEK_SOURCE/tests/golden
    while read -r sample level expected; do
        run -q --fail-on="$level" -T jsonl "$golden/$sample.hex"
        exits "$expected"
    done <<END
bad-template-id error 1
bad-template-id warning 1
bad-template-id never 0
odd-template-late error 0
odd-template-late warning 1
odd-template-late note 1
odd-set-empty warning 0
odd-set-empty note 1
odd-set-empty never 0
good-ipfix note 0
END
    run -q -T jsonl "$golden/bad-template-id.hex"
    exits 1
    run -q -T jsonl "$golden/odd-template-late.hex"
    exits 0
}

# Values are not looked at where nobody hears of them: who wants to know does.
quiet_views_hear_of_values_that_count ()
{
    flow='000a002c 6553f100 00000000 00000001 00020010 01000002 00010004 00020004'
    flow="$flow 0100000c 00000001 00000002"
    for view in stats templates jsonl csv flows sum; do
        as="-T $view"
        [ "$view" != sum ] || as='--sum octets'
        run -q $as -x "$flow"
        exits 0
        run -q $as --fail-on=warning -x "$flow"
        exits 1
        run -q $as --severity=flow-counters=error -x "$flow"
        exits 1
        run -q $as --fail-on=warning --ignore=flow-counters -x "$flow"
        exits 0
        run $as -x "$flow"
        exits 0
        says '\[flow-counters'
        run -q $as --metrics m.prom -x "$flow"
        grep -q '^nfpeek_findings_total{.*severity="warning"} 1$' m.prom || fail "$(cat m.prom)"
        run -q $as --evidence e.pcap -x "$flow"
        exits 0
    done
    run -q -T findings -x "$flow"
    shows flow-counters
}

# Nor are sequence numbers, of which nothing is an error by itself.
quiet_views_hear_of_gaps_that_count ()
{
    flow='000a002c 6553f100 %s 00000001 00020010 01000002 00010004 00020004 0100000c 00000002 00000001'
    # shellcheck disable=SC2059 # a format
    { printf "$flow\n" 00000000; printf "$flow\n" 00000005; } | capture gap.pcap
    for view in stats templates jsonl csv flows sum; do
        as="-T $view"
        [ "$view" != sum ] || as='--sum octets'
        [ "$view" != csv ] || as='-T csv -e octets'
        run -q $as gap.pcap
        exits 0
        run -q $as --fail-on=warning gap.pcap
        exits 1
        run -q $as --severity=sequence-gap=error gap.pcap
        exits 1
        run $as gap.pcap
        exits 0
        says '\[sequence-gap'
        run -q $as --metrics m.prom gap.pcap
        grep -q '^nfpeek_findings_total{.*severity="warning"} 1$' m.prom || fail "$(cat m.prom)"
        run -q $as --evidence e.pcap gap.pcap
        exits 0
        run -T findings e.pcap
        shows sequence-gap
    done
}

# What a view shows, and the exit status, do not hang on who hears of findings.
quiet_views_are_the_same ()
{
    for sample in "$NFPEEK_SOURCE"/tests/golden/odd-*.hex "$NFPEEK_SOURCE"/tests/golden/bad-*.hex; do
        for view in stats templates jsonl flows; do
            kept=0
            "$NFPEEK" -T $view "$sample" >loud 2>empty || kept=$?
            run -q -T $view "$sample"
            exits $kept
            shows_same loud
        done
    done
}

ignored_findings_are_none ()
{
    odd=$NFPEEK_SOURCE/tests/golden/odd-set-empty.hex
    run --fail-on=note -T json "$odd"
    exits 1
    run --fail-on=note --ignore=set-empty -T json "$odd"
    exits 0
    shows '"findings":\[\]'
    run --ignore=set-padding,set-empty -T flows "$odd"
    says_not '\[set-empty'
    run -T summary --ignore=set-empty "$odd"
    shows_not '  set-empty'
    run --ignore=set-emptiness "$odd"
    exits 2
    says "there is no finding 'set-emptiness'"
}

findings_are_as_severe_as_the_user_says ()
{
    odd=$NFPEEK_SOURCE/tests/golden/odd-set-empty.hex
    run --severity=set-empty=error -T json "$odd"
    exits 1
    shows '"code":"set-empty","severity":"error"'
    run --severity=set-empty=warning -T flows "$odd"
    exits 0
    says 'warning: Set 256 holds no record'
    run --severity=set-empty=warning -V "$odd"
    shows '\[warning\] Set 256 holds no record'
    run --severity=set-empty=warning -T summary "$odd"
    shows 'warning +1 +set-empty'
    for wrong in set-empty set-empty=bad set-emptiness=error =error; do
        run --severity=$wrong "$odd"
        exits 2
        says "not '$wrong'"
    done
}

color_is_for_terminals_unless_told ()
{
    escape=$(printf '\033')
    printf '%s\n' "$data" | capture data.pcap
    for view in tree messages summary; do
        run -T $view data.pcap
        shows_not "$escape"
        run -T $view --color=always data.pcap
        shows "$escape"
        run -T $view --color=never data.pcap
        shows_not "$escape"
    done
    run -T jsonl --color=always data.pcap
    says "$escape"
    run -T json --color=always data.pcap
    shows_not "$escape"
}

# on_terminal VARIABLE...: what a terminal gets of the tree; each variable, with its value, is set.
on_terminal ()
{
    command="env $* nfpeek -V"
    NFPEEK=$NFPEEK script -qec "env $* \"\$NFPEEK\" -V data.pcap" /dev/null </dev/null >out 2>&1
}

terminals_may_want_no_colors ()
{
    script -qec true /dev/null >/dev/null 2>&1 || { skip 'no script(1)' && return; }
    escape=$(printf '\033')
    printf '%s\n' "$data" | capture data.pcap
    on_terminal TERM=xterm NO_COLOR=
    shows "$escape"
    on_terminal TERM=xterm NO_COLOR=1
    shows_not "$escape"
    on_terminal TERM=dumb NO_COLOR=
    shows_not "$escape"
    NO_COLOR=1 run -V --color=always data.pcap
    shows "$escape"
}

n_leaves_names_out ()
{
    run -q -x "$data5"
    shows 'TCP'
    run -q -n -x "$data5"
    shows_not 'TCP'
    shows 'protocolIdentifier: 6'
}

the_view_suits_what_there_is ()
{
    make_capture
    run x.pcap
    shows '^2 Messages|^3 Messages'
    shows_not '^ +0 +2 +Version'
    run -q -x "$template"
    shows '^ +0 +2 +Version: 10'
    octets "$template" >one.dat
    run one.dat
    shows '^ +0 +2 +Version: 10'
}

a_findings_code_is_explained ()
{
    run --list-findings set-length
    exits 0
    says_nothing
    shows '^set-length$'
    shows '^  error    Set Length N is less than'
    shows '^  What it means: '
    shows '^  What to do: '
    shows '^  Example: '
    [ "$(grep -c '^[a-z]' out)" -eq 1 ] || fail 'not one code'
    ! sed '/^  error/d' out | grep -q '.\{91\}' || fail 'a line of more than 90 characters'
    run --list-findings sequence-gap sequence-late
    [ "$(grep -c '^[a-z]' out)" -eq 2 ] || fail 'not two codes'
}

findings_are_found_by_words ()
{
    run --list-findings RMEM_max
    exits 0
    shows '^sequence-gap$'
    shows_not '^set-length$'
    run --list-findings flowset multiple
    shows '^set-alignment$'
    shows_not '^message-count$'
    run --list-findings frobnicate
    exits 2
    shows_nothing
    says "no finding has 'frobnicate'"
}

perform letters_may_stand_together a_number_may_follow_its_letter \
    values_of_long_options_follow_or_are_joined what_is_not_known_is_said \
    an_option_without_its_value_is_said an_unknown_view_gives_the_known_ones \
    an_unknown_name_gives_near_ones ports_are_taken_as_tshark_has_them \
    without_anything_to_read_it_says_what_to_do a_file_that_an_option_took_is_named \
    files_and_sockets_do_not_go_together \
    help_fits_a_screen_and_ends_in_examples version_says_what_it_was_built_with \
    findings_are_listed_once_a_text a_findings_code_is_explained \
    findings_are_found_by_words fail_on_decides_what_counts \
    quiet_views_hear_of_values_that_count quiet_views_hear_of_gaps_that_count \
    quiet_views_are_the_same ignored_findings_are_none \
    findings_are_as_severe_as_the_user_says \
    color_is_for_terminals_unless_told terminals_may_want_no_colors n_leaves_names_out the_view_suits_what_there_is
