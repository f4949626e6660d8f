#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# --templates: what exporters announced is remembered from run to run.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/command/background.sh
. "$NFPEEK_SOURCE/tests/command/background.sh"

# An hour later than $template.
later='000a0024 6553ff10 00000001 00000001 01000014 c0000201 c6336401 00000000000004b0'

# learn LINE...: a run over what capture.pl makes of these, with the file t.
learn ()
{
    printf '%s\n' "$@" | capture first.pcap
    run -q -T messages --templates t first.pcap
}

# The frames of a capture are those of another one, too.
append ()
{
    cp "$1" joined.pcap
    tail -c +25 "$2" >>joined.pcap
}

templates_are_remembered ()
{
    learn "$template"
    exits 0
    echo "$data" | capture data.pcap
    run -q -T jsonl data.pcap
    shows_nothing
    run -T jsonl --templates t data.pcap
    exits 0
    shows '"octetDeltaCount":1200'
    says 'packet 1: octet 16: note: Template 256 comes from the template file'
    says_not 'template-late|template-missing|template-foreign'
}

netflow_v9_is_remembered ()
{
    learn "$template9"
    echo "$data9" | capture data.pcap
    run -T tree --templates t data.pcap
    exits 0
    shows '192\.0\.2\.1'
    shows 'Template from the template file'
    shows 'template-remembered, RFC 3954 9'
}

it_is_said_once_and_how_old_it_is ()
{
    learn "time=1700000000 $template"
    printf '%s\n' "time=1700003600 $later" "time=1700007200 $later" | capture data.pcap
    run -T jsonl --templates t data.pcap
    says 'last announced 60 minutes before'
    [ "$(grep -c 'template-remembered' err)" -eq 1 ] || fail 'not said once'
}

# With -Y the first Set that is shown has it, whatever was read before.
it_is_said_of_what_is_shown ()
{
    learn "time=1700000000 $template"
    printf '%s\n' "time=1700003600 $later" \
        "time=1700003660 $(echo "$later" | sed 's/00000001 00000001/00000002 00000001/; s/4b0$/4b1/')" \
        "time=1700003720 $(echo "$later" | sed 's/00000001 00000001/00000003 00000001/; s/4b0$/4b2/')" |
        capture data.pcap
    run -T jsonl --templates t -Y 'octets > 1200' --template-timeout 30m --fail-on warning data.pcap
    exits 1
    shows_lines 2
    says 'packet 2: .*template-remembered'
    [ "$(grep -c 'template-remembered' err)" -eq 1 ] || fail 'not said once'
    run -T jsonl --templates t -Y 'octets > 1202' data.pcap
    shows_nothing
    says_nothing
}

the_own_template_holds_from_its_place_on ()
{
    learn '000a0020 6553f100 00000000 00000001 00020010 01000002 00080004 000c000c'
    printf '%s\n' "$data" "$template" "$data" | capture data.pcap
    run -T jsonl --templates t data.pcap
    [ "$(grep -c '"octetDeltaCount":1200' out)" -eq 1 ] || fail 'not once by the new Template'
    [ "$(grep -c 'template-remembered' err)" -eq 1 ] || fail 'not said once'
    says_not 'template-late'
    printf '%s\n' "$template" "$data" | capture data.pcap
    run -T jsonl --templates t data.pcap
    says_not 'template-remembered'
    learn "$template"
    printf '%s\n' "$template" "$data" | capture data.pcap
    run -T jsonl --templates t data.pcap
    shows '"octetDeltaCount":1200'
    says_not 'template-remembered'
}

another_collector_makes_no_difference ()
{
    learn "dst=192.0.2.77 $template"
    printf '%s\n' "$data" "$template" "$data" | capture data.pcap
    run -T jsonl --templates t data.pcap
    shows_lines 2
    says 'template-remembered'
    says_not 'template-(late|foreign|missing)'
}

the_last_template_is_the_one_that_is_kept ()
{
    learn '000a0020 6553f100 00000000 00000001 00020010 01000002 00080004 000c000c' "$template"
    run -q -T messages --templates t first.pcap
    run -T templates t
    shows 'octetDeltaCount'
    run -T messages t
    shows_lines 2
}

what_the_file_has_stays_in_it ()
{
    learn "src=192.0.2.1 $template"
    learn "src=192.0.2.2 $template9"
    run -T messages t
    shows '192\.0\.2\.1.*IPFIX'
    shows '192\.0\.2\.2.*NetFlow v9'
    exits 0
}

tcp_is_not_remembered ()
{
    learn "seq=1 $template"
    exits 0
    run -q -T messages t
    exits 2
    shows_nothing
}

options_data_is_remembered ()
{
    # Options Template 257 (scope ingressInterface; interfaceName), a record of it: 7 is "eth7"
    names='000a0034 6553f100 00000000 00000001 00030012 01010002 0001 000a0004 00520008'
    names="$names 01010012 0000000765746837000000000000"
    flow='000a0040 6553f101 00000001 00000001 00020014 01000003 00080004 000a0004 00010008'
    flow="$flow 0100001c c0000201 00000007 00000000000004b0 00000000 00000000"
    learn "$names"
    exits 0
    echo "$flow" | capture data.pcap
    run -T tree data.pcap
    shows_not 'eth7'
    run -T tree --templates t data.pcap
    shows 'eth7'
}

options_data_of_netflow_v9_is_padded ()
{
    # Options Template 257 (scope Interface; IF_NAME of 5 octets), a record of it: 7 is "eth77"
    names='00090002 000f4240 6553f100 00000000 00000001'
    names="$names 00010014 0101 0004 0004 0002 0004 0052 0005 0000"
    names="$names 01010010 00000007 6574683737 000000"
    learn "$names"
    exits 0
    od -An -v -tx1 t | tr -d ' \n' >out
    shows '000100140101000400040002000400520005000001010010000000076574683737000000$'
    run -T tree t
    shows 'eth77'
    says_nothing
}

# Each Set is read as its own Options Template says: 257 of samplers' rates, 258 of interfaces' names.
options_data_of_several_templates_is_remembered ()
{
    said='000a0052 6553f100 00000000 00000001'
    said="$said 00030020 01010002 0001 00300001 00220004 01020002 0001 000a0004 00520008"
    said="$said 01010009 01 000003e8 01020010 00000007 6574683700000000 01010009 02 00000064"
    flow='000a0035 6553f101 00000003 00000001 00020014 01000003 00300001 000a0004 00010008'
    flow="$flow 01000011 02 00000007 00000000000004b0"
    learn "$said"
    echo "$flow" | capture data.pcap
    run -T jsonl --templates t data.pcap
    shows '"ingress_interface_name":"eth7".*"sampling_rate":100\b'
    run -T jsonl t
    shows_lines 3
}

records_of_another_template_are_forgotten ()
{
    names='000a0034 6553f100 00000000 00000001 00030012 01010002 0001 000a0004 00520008'
    names="$names 01010012 0000000765746837000000000000"
    learn "$names" '000a0022 6553f101 00000001 00000001 00030012 01010002 0001 000a0004 00520004'
    run -T messages t
    shows '1 Options Template \(257\)$'
    shows_lines 2
}

each_record_of_the_same_template_is_remembered_once ()
{
    names='000a0034 6553f100 00000000 00000001 00030012 01010002 0001 000a0004 00520008'
    learn "$names 01010010 0000000765746837 00000000" \
        '000a0020 6553f101 00000001 00000001 01010010 00000007 7377377700000000' \
        '000a0020 6553f102 00000002 00000001 01010010 00000008 6574683800000000'
    run -q -T tree t
    shows_not 'eth7'
    shows 'sw7w'
    shows 'eth8'
}

reading_the_file_raises_nothing ()
{
    for n in 1 2 3 4 5 6 7 8 9; do
        echo "time=170000000$n src=192.0.2.$n $template"
        echo "time=170000001$n src=192.0.2.$n $template9"
    done | capture first.pcap
    run -q --templates t first.pcap
    exits 0
    run --fail-on=note --ignore export-no-data,template-lacks t
    exits 0
    says_nothing
}

a_wish_for_freshness_makes_it_a_warning ()
{
    learn "time=1700000000 $template"
    echo "time=1700003600 $later" | capture data.pcap
    cp t kept
    for limit in 3599 3599s 59m; do
        cp kept t
        run -T jsonl --templates t "--template-timeout=$limit" data.pcap
        says 'warning: Template 256 comes .* 60 minutes ago'
    done
    for limit in 3600 60m 1h; do
        cp kept t
        run -T jsonl --templates t "--template-timeout=$limit" data.pcap
        says 'note: Template 256 comes'
    done
    for limit in 0 1d x 5mm -1 ''; do
        run --templates t --template-timeout="$limit" data.pcap
        exits 2
        says 'wants a time'
    done
}

a_damaged_file_gives_what_is_good_of_it ()
{
    learn "src=192.0.2.1 $template" "src=192.0.2.2 $template"
    head -c -10 t >part
    mv part t
    printf '%s\n' "src=192.0.2.1 $data" "src=192.0.2.2 $data" | capture data.pcap
    run -T jsonl --templates t data.pcap
    shows_lines 1
    says '^nfpeek: t: the file ends within packet 2.*what comes before is used$'
    run -q -T messages t
    exits 0
}

what_is_no_template_file_is_left_alone ()
{
    echo "$data" | capture data.pcap
    echo 'my notes' >notes
    cp notes kept
    run --templates notes data.pcap
    exits 2
    says 'notes is no capture: it is left as it is'
    cmp -s notes kept || fail 'it was written'
    printf '%s\n' "$template" "$data" | capture whole.pcap
    cp whole.pcap kept
    run -T jsonl --templates whole.pcap data.pcap
    shows_lines 1
    says 'whole.pcap: has more than Templates'
    cmp -s whole.pcap kept || fail 'it was written'
}

a_file_that_cannot_be_written_is_refused ()
{
    echo "$template" | capture x.pcap
    run --templates nowhere/t x.pcap
    exits 2
    says 'cannot write .*nowhere/t'
    shows_nothing
    mkdir folder
    run --templates folder x.pcap
    exits 2
    says 'is no ordinary file'
    cp x.pcap kept
    ln -s x.pcap link
    for file in x.pcap link; do
        run --templates "$file" x.pcap
        exits 2
        says "--templates $file is one of the files to be read"
    done
    cmp -s x.pcap kept || fail 'the input was changed'
    run --templates t -w t x.pcap
    exits 2
    for other in --anonymize --evidence=e.pcap; do
        run --templates t "$other" x.pcap
        exits 2
        says 'does not go with'
    done
    run --template-timeout=3 x.pcap
    exits 2
    [ ! -e t ] || fail 'it was made'
}

no_other_file_is_left_and_a_link_stays_one ()
{
    echo "$template" | capture x.pcap
    mkdir there
    ln -s there/t t
    run -q --templates t x.pcap
    exits 0
    [ -h t ] || fail 'no link any more'
    run -q --templates t x.pcap
    [ -h t ] || fail 'no link any more'
    [ "$(ls there)" = t ] || fail "there is: $(ls there)"
}

it_can_be_put_before_a_capture ()
{
    learn "$template" "$template9"
    printf '%s\n' "$data" "$data9" | capture data.pcap
    append t data.pcap
    run -q -T jsonl joined.pcap
    shows_lines 2
    if command -v tshark >/dev/null; then
        command='tshark -r t'
        tshark -r t -T fields -e frame.protocols -e cflow.template_id >out 2>err
        shows 'cflow.*256'
    fi
}

too_many_for_a_datagram_are_several ()
{
    # 200 Templates of 2 fields
    "$PERL" -e 'for my $i (0 .. 199) {
        printf "000a0020 6553f100 00000000 00000001 00020010 %04x0002 00080004 000c0004\n", 256 + $i
    }' | sed 's/^/time=1700000000 /' | capture first.pcap
    run -q --templates t first.pcap
    exits 0
    run -q -T messages t
    shows_lines 3
    shows ' 114 Templates'
    shows ' 86 Templates'
}

# ---- live ----

# listen ARGUMENT...: a collector on loopback, whose port is in $port.
listen ()
{
    start live -l 127.0.0.1:0 "$@"
    wait_until file_has live.err 'listening on' || fail 'does not say where it listens'
    port=$(sed -n 's/^nfpeek: listening on UDP .*:\([1-9][0-9]*\)$/\1/p' live.err)
}

# stop [SIGNAL]: ends it; what it printed is in out and err.
stop ()
{
    finish "$started" "$1" 2>/dev/null # the shell says whom KILL ended
    cp live.out out
    cp live.err err
}

# send FROM HEX...: from a port, so that the exporter is the same.
send ()
{
    "$PERL" -MSocket -e '
        my ($port, $from, @messages) = @ARGV;
        socket my $s, AF_INET, SOCK_DGRAM, 0 or die;
        setsockopt $s, SOL_SOCKET, SO_REUSEADDR, 1;
        bind $s, pack_sockaddr_in ($from, INADDR_LOOPBACK) or die;
        connect $s, pack_sockaddr_in ($port, INADDR_LOOPBACK) or die;
        print +(unpack_sockaddr_in (getsockname $s))[0];
        for (@messages) { tr/ //d; send $s, pack ("H*", $_), 0 }' "$port" "$@"
}

a_collector_that_restarts_decodes_its_first_datagram ()
{
    listen -T messages --templates t
    exporter=$(send 0 "$template")
    wait_until file_has live.out '1 Template' || fail 'not shown'
    stop KILL
    [ "$(ls t*)" = t ] || fail "not written whole: $(ls t*)"
    listen -T jsonl --templates t
    send "$exporter" "$data" >/dev/null
    wait_until file_has live.out '"octetDeltaCount":1200' || fail 'not decoded'
    stop INT
    exits 0
    says 'note: Template 256 comes from the template file, last announced 0 minutes before'
    says_not 'template-(late|missing|foreign)'
    says 'not decodable: 0 '
}

an_old_template_is_a_warning_live ()
{
    learn "src=127.0.0.1 time=1700000000 $template"
    listen -T jsonl --templates t
    send 0 "$data" >/dev/null
    wait_until file_has live.out '"octetDeltaCount":1200' || fail 'not decoded'
    stop INT
    says 'warning: Template 256 comes from the template file, last announced [0-9]{6,} minutes ago'
}

perform templates_are_remembered netflow_v9_is_remembered it_is_said_once_and_how_old_it_is it_is_said_of_what_is_shown \
    the_own_template_holds_from_its_place_on another_collector_makes_no_difference \
    the_last_template_is_the_one_that_is_kept what_the_file_has_stays_in_it tcp_is_not_remembered \
    options_data_is_remembered options_data_of_netflow_v9_is_padded \
    options_data_of_several_templates_is_remembered records_of_another_template_are_forgotten \
    each_record_of_the_same_template_is_remembered_once \
    reading_the_file_raises_nothing \
    a_wish_for_freshness_makes_it_a_warning a_damaged_file_gives_what_is_good_of_it \
    what_is_no_template_file_is_left_alone a_file_that_cannot_be_written_is_refused \
    no_other_file_is_left_and_a_link_stays_one it_can_be_put_before_a_capture \
    too_many_for_a_datagram_are_several a_collector_that_restarts_decodes_its_first_datagram \
    an_old_template_is_a_warning_live
