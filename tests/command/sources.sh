#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Where Messages come from: kinds of captures, raw Messages, text, standard input, several files.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

both ()
{
    printf '%s\n' "$template" "$data"
}

shows_the_flow ()
{
    shows_lines 1
    shows '"sourceIPv4Address":"192.0.2.1","destinationIPv4Address":"198.51.100.1","octetDeltaCount":1200}$'
}

link_types_are_known ()
{
    for format in '' --pcapng; do
        for link in ethernet raw null loop sll sll2; do
            # shellcheck disable=SC2086 # no word if empty
            both | capture x.pcap $format --link=$link
            run -T jsonl x.pcap
            exits 0
            says_nothing
            shows_the_flow
            both | sed 's/^/src=2001:db8::1 dst=2001:db8::9 /' | capture x6.pcap --link=$link
            run -T jsonl x6.pcap
            exits 0
            says_nothing
            shows_the_flow
            shows '"exporter":"2001:db8::1","port":40000'
        done
    done
}

what_stands_before_the_datagram_is_skipped ()
{
    for keys in vlan=5 vlan=5,6 mpls=16 mpls=16,17,18 pppoe=1 'vlan=5,6 pppoe=1' options=1 \
        'vlan=7 mpls=20 options=1'; do
        for addresses in '' 'src=2001:db8::1 dst=2001:db8::9 '; do
            both | sed "s/^/$addresses$keys /" | capture x.pcap
            run -T jsonl x.pcap
            exits 0
            says_nothing
            shows_the_flow
        done
    done
}

fragments_are_put_together ()
{
    for addresses in '' 'src=2001:db8::1 dst=2001:db8::9 '; do
        for keys in fragment=8 fragment=16 'fragment=16 backwards=1' 'fragment=16 options=1'; do
            printf '%s\n' "$template" "$keys $data" | sed "s/^/$addresses/" | capture x.pcap
            run -T jsonl x.pcap
            exits 0
            says_nothing
            shows_the_flow
        done
    done
    run -T tree x.pcap
    shows 'fragments in packets 2 3 4'
}

a_fragment_that_is_missing_is_a_finding ()
{
    printf '%s\n' "$template" "fragment=24 without=2 $data" "$data" | capture x.pcap
    run -T jsonl x.pcap
    exits 0
    says 'packet 2: .*warning: .*fragment.*\[fragment-incomplete'
    shows_the_flow
    run -T json x.pcap
    shows '^\{"file":"x.pcap","packet":2,[^{]*"exporter":"192.0.2.1","port":40000,[^{]*"findings":\[\{"code":"fragment-incomplete"'
    run -T jsonl --fail-on=warning x.pcap
    exits 1
}

a_datagram_of_65535_octets_is_decoded ()
{
    "$PERL" -e '
        my $record = pack "C4C4NN", 192, 0, 2, 1, 198, 51, 100, 1, 0, 1200;
        my $set = pack ("nn", 256, 4 + 16 * 4090) . $record x 4090;
        print "fragment=1480 src=2001:db8::1 dst=2001:db8::9 ",
            unpack "H*", pack ("nnNNN", 10, 16 + length $set, 1700000001, 0, 1) . $set' >big
    {
        echo "src=2001:db8::1 dst=2001:db8::9 $template"
        cat big
    } | capture x.pcap
    run -T jsonl x.pcap
    exits 0
    says_nothing
    shows_lines 4090
}

any_port_counts_where_the_payload_does ()
{
    both | sed 's/^/dport=5555 /' | capture x.pcap
    run -T jsonl x.pcap
    exits 0
    shows_the_flow
    printf 'dport=5555 %s\n' 0009000a0000 00050000000000 deadbeef "$data" "$template" | capture y.pcap
    run -T json y.pcap
    exits 0
    shows_lines 2
}

on_usual_ports_and_those_asked_for_everything_counts ()
{
    printf 'dport=%s deadbeef\n' 2055 4739 9995 9996 9001 5555 | capture x.pcap
    run -T json x.pcap
    shows_lines 5
    run -d 5555 -T json x.pcap
    shows_lines 1
    shows '"code":"message-version"'
    shows_not '"sets"'
}

files_are_one_learning_space ()
{
    echo "$template" | capture t.pcap
    echo "$data" | capture d.pcap
    run -T jsonl t.pcap d.pcap
    exits 0
    says_nothing
    shows_the_flow
    shows '^\{"file":"d.pcap","packet":1,'
    run -T jsonl d.pcap t.pcap
    exits 0
    shows_the_flow
    says 'd.pcap: packet 1: octet 16: warning: .*\[template-late'
    run -T tree t.pcap d.pcap
    shows 'Template from .*t.pcap'
    run -T jsonl d.pcap
    exits 1
    says 'template-missing'
}

standard_input_is_a_file_too ()
{
    both | capture in
    run -T jsonl -
    exits 0
    says_nothing
    shows_the_flow
    shows '^\{"file":"-","packet":2,'
    printf '%s\n' "$data" "$template" | capture in
    run -T jsonl -
    exits 0
    shows_the_flow
    shows_not held
}

messages_of_several_files_stand_in_columns ()
{
    echo "$template" | capture a.pcap
    echo "$data" | capture of-a-longer-name.pcap
    run -T messages a.pcap of-a-longer-name.pcap
    exits 0
    [ "$(sed 's/  2023-.*//; s/  time .*//' out | awk '{ print length }' | uniq | wc -l)" -eq 1 ] ||
        fail 'times are not in a column'
    # Characters that take two octets, and three and two columns.
    for name in Zürich 中文; do
        printf '%s\n' "$template" "$data" "$data" | capture $name.pcap
        run -q -T messages $name.pcap a.pcap
        [ "$(sed -n 's/  2023-.*//p' out | "$PERL" -CS -ne 'chomp; s/\p{Han}/??/g; print length, "\n"' |
            uniq | wc -l)" -eq 1 ] || fail "$name: times are not in a column"
    done
}

flows_have_what_ends_there_are ()
{
    # A part of a packet.
    run -T flows "$NFPEEK_SOURCE/tests/golden/good-ipfix-sections.hex"
    shows '  58 octets: Ethernet .*, VLAN 10, IPv4 192\.0\.2\.1 > 198\.51\.100\.2, TCP '
    # A station's address and octets, as a controller of wireless networks sends them.
    run -T flows -x '000a0030 6553f100 00000000 00000001
        00020010 01000002 016e0004 00010004 01000010 c0000207 000004b0 00000000'
    exits 0
    shows ' 192\.0\.2\.7 -> - .* 1200 '
    # Only a Template, and one of options with a record.
    run -T flows -x "$template"
    says '^nfpeek: no flow, but 1 Template$'
    run -T flows "$NFPEEK_SOURCE/tests/golden/good-netflow9-options.hex"
    says "no flow, but 2 Templates and [1-9] options records?: -T jsonl -Y 'kind == options'\$"
    run -q -T flows -x "$template"
    says_nothing
    # flowStartSysUpTime of IPFIX, twice; nobody says when the exporter started.
    run -T flows -x '000a0034 6553f100 00000000 00000001
        00020010 01000002 00080004 00160004 01000014 c0000207 000004b0 c0000208 000004b0'
    [ "$(grep -c 'count from the exporter.s start, which it does not tell' err)" -eq 1 ] ||
        fail 'not said once'
    run -T flows "$NFPEEK_SOURCE/tests/golden/good-netflow5.hex"
    says_not 'does not tell'
    # ICMP's type and code are no port.
    run -T flows "$NFPEEK_SOURCE/tests/golden/good-netflow5.hex"
    shows ' ICMP +10\.0\.0\.2 -> 203\.0\.113\.6 type 8 code 0 '
}

a_pipe_is_read_once_and_holds_what_lacks_a_template ()
{
    both | capture x.pcap
    through_pipe -T jsonl -
    exits 0
    says_nothing
    shows_the_flow
    shows_not held
    printf '%s\n' "$data" "$template" "$data" | capture x.pcap
    through_pipe -T jsonl -
    says 'packet 1: .*template-missing'
    shows_lines 2
    shows '"packet":1,.*"held":true.*"octetDeltaCount":1200}$'
    [ "$(grep -c held out)" -eq 1 ] || fail 'not one line is held'
    through_pipe -T json -
    [ "$(grep -cE '"held":true.*"records":\[\{' out)" -eq 1 ] || fail 'not one Message is held'
    # -c ends with the Message that brings the Template, and what waited for it is shown.
    through_pipe -T jsonl -c 2 -
    exits 0
    shows_lines 1
    shows '"packet":1,.*"held":true.*"octetDeltaCount":1200}$'
    says_not 'never came'
    through_pipe -T messages -c 2 -
    exits 0
    [ "$(grep -c ' held ' out)" -eq 1 ] || fail 'not one Message is held'
    printf '%s\n' "$data" "$data" "$template" | capture x.pcap
    through_pipe -T jsonl -c 1 -Y 'octets > 1000' -
    shows_lines 1
    echo "$template" | capture t.pcap
    echo "$data" | capture x.pcap
    through_pipe -T jsonl t.pcap -
    exits 0
    shows_the_flow
}

# Of two Templates that a Message waits for one comes first, from another port, and then both.
what_waits_for_two_templates_is_shown_once ()
{
    {
        echo '00090002 000f4240 6553f101 00000001 00000001
            0100000c c0000201 000004b0 0101000c c0000202 000004b0' | tr -d '\n'
        echo
        echo 'sport=40001 00090001 000f4240 6553f100 00000000 00000001 00000010 01000002 00080004 00010004'
        echo '00090002 000f4240 6553f100 00000002 00000001
            0000001c 01000002 00080004 00010004 01010002 00080004 00010004' | tr -d '\n'
        echo
    } | capture x.pcap
    through_pipe -T jsonl -
    exits 0
    shows_lines 2
    for id in 256 257; do
        [ "$(grep -c "\"template\":$id," out)" -eq 1 ] || fail "$id is not shown once"
    done
    through_pipe --sum octets -
    shows "^ +2400 +2$"
    for view in stats findings summary; do
        through_pipe -T $view --metrics m.prom -
        exits 0
        shows_not '[0-9]{15}'
        ! grep -E '[0-9]{19}' m.prom || fail 'a counter went below 0'
    done
}

# What a pipe has is shown when it comes, compressed or not, not when there is much of it.
a_pipe_is_shown_as_it_comes ()
{
    printf '%s\n' "$template" "$data" | capture x.pcap
    for through in cat gzip; do
        [ $through = cat ] || command -v gzip >/dev/null || continue
        mkfifo pipe
        : >out
        "$NFPEEK" -q -T jsonl - <pipe >out 2>err &
        reader=$!
        exec 3>pipe
        $through <x.pcap >&3
        rounds=100
        until [ -s out ]; do
            rounds=$((rounds - 1))
            [ $rounds -gt 0 ] || { fail "nothing is shown while $through waits"; break; }
            sleep 0.05
        done
        exec 3>&-
        wait "$reader"
        shows_lines 1
        rm pipe
    done
}

# What gzip wrote in several pieces is one; what is cut short is read up to there.
gzip_is_unpacked_in_pieces ()
{
    command -v gzip >/dev/null || { skip 'no gzip' && return; }
    printf '%s\n' "$template" "$data" "$data" | capture x.pcap
    { head -c 100 x.pcap | gzip; tail -c +101 x.pcap | gzip; } >pieces.gz
    run -q -T jsonl pieces.gz
    shows_lines 2
    { cat pieces.gz; echo 'what gzip ignores, too'; } >more.gz
    run -q -T jsonl more.gz
    exits 0
    shows_lines 2
    gzip -c x.pcap | head -c 120 >cut.gz
    run -T jsonl cut.gz
    exits 2
    says 'after packet [12]: .*gzip wrote is damaged, or cut short'
    printf '\037\213\010\000 this is none' >bad.gz
    run bad.gz
    exits 2
    says 'bad.gz: '
}

gzip_is_unpacked ()
{
    command -v gzip >/dev/null || { skip 'no gzip' && return; }
    both | capture x.pcap
    gzip x.pcap
    run -T jsonl x.pcap.gz
    exits 0
    says_nothing
    shows_the_flow
    mv x.pcap.gz misleading.txt
    run -T jsonl misleading.txt
    shows_the_flow
    mv misleading.txt x.pcap
    through_pipe -T jsonl -
    shows_the_flow
}

raw_messages_stand_back_to_back ()
{
    octets "$template" "$data" "$data" >x.dat
    run -T jsonl x.dat
    exits 0
    says_nothing
    shows_lines 2
    octets "$template9" "$data9" "$data9" >x.dat
    run -T jsonl x.dat
    exits 0
    says_nothing
    shows_lines 2
    octets "$data5" "$data5" >x.dat
    run -T jsonl x.dat
    exits 0
    says_nothing
    shows_lines 2
    octets "$data5" "$template9" "$data9" "$template" "$data" "$data5" >x.dat
    run -T json x.dat
    exits 0
    shows_lines 6
    run -T jsonl x.dat
    shows_lines 4
    through=$(octets "$template" "$data" | "$NFPEEK" -T jsonl - | wc -l)
    [ "$through" -eq 1 ] || fail 'raw Messages from a pipe'
}

hex_is_read_as_it_is_pasted ()
{
    plain=$(echo "$template" | tr -d ' ')
    octets "$template" >x.bin
    {
        echo "$template"
        echo "raw data: $plain"
        echo "Buffer.from('$plain','hex')"
        "$PERL" -e '$_ = shift; print "[", join (", ", map { hex } /../g), "]\n"' "$plain"
        "$PERL" -e '$_ = shift; print "\"", (map { "\\x$_" } /../g), "\"\n"' "$plain"
        "$PERL" -e '$_ = shift; print join (", ", map { "0x$_" } /../g), "\n"' "$plain"
        cat <<'END'
"\x00\n\x00$eS\xf1\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x02\x00\x14\x01\x00\x00\x03\x00\x08\x00\x04\x00\x0c\x00\x04\x00\x01\x00\x08"
END
    } >forms
    while IFS= read -r form; do
        run -T json -x "$form"
        exits 0
        says '^nfpeek: -x: 1 line: 1 Message'
        shows_lines 1
        shows '"templates":\[\{"id":256,"offset":20,"length":16'
        printf '%s\n' "$form" >x.txt
        run -T json x.txt
        exits 0
        says '^nfpeek: x.txt: 1 line: 1 Message'
        shows '"templates":\[\{"id":256,"offset":20,"length":16'
    done <forms
}

octets_behind_a_pasted_message_are_its_own ()
{
    run -T messages -x "$template $data 0102"
    exits 1
    says '2 Messages'
    shows_lines 3
    shows '2 undecoded octets.*message-length'
    run -T messages -x "$template $data 00"
    exits 1
    says '2 Messages'
    shows '1 undecoded octet.*message-length'
    run -T messages -x "$template ${data% *}"
    says '2 Messages'
    run -T messages -x "$template 000a00"
    says '2 Messages'
    shows '3 octets that are no Message .message-short.'
    echo 'dport=2055 00' | capture x.pcap
    run -T messages x.pcap
    shows '1 octet that is no Message .message-short.'
}

dumps_are_read ()
{
    octets "$template" >x.bin
    for program in 'od -A x -t x1z' 'od -t x1' 'od' 'xxd' 'hexdump -C' 'hexdump'; do
        command -v "${program%% *}" >/dev/null || continue
        $program x.bin >x.txt
        run -T json x.txt
        exits 0
        says 'x.txt: [0-9]+ lines: 1 Message, .*offset column dropped'
        shows '"templates":\[\{"id":256,"offset":20,"length":16'
    done
}

frames_in_hex_have_their_addresses ()
{
    both | capture x.pcap
    "$PERL" -e '
        local $/; my $capture = <STDIN>;
        for (my $at = 24; $at < length $capture; ) {
            my $length = unpack "V", substr $capture, $at + 8, 4;
            my @octets = unpack "(H2)*", substr $capture, $at + 16, $length;
            for (my $i = 0; $i < @octets; $i += 16) {
                my $last = $i + 15 < $#octets ? $i + 15 : $#octets;
                printf "\t0x%04x:  %s\n", $i, join (" ", @octets[$i .. $last]) =~ s/(\S\S) (\S\S)/$1$2/gr;
            }
            $at += 16 + $length;
        }' <x.pcap >x.txt
    run -T jsonl x.txt
    exits 0
    says 'x.txt: .*2 Messages.*offset column dropped'
    shows '"exporter":"192.0.2.1","port":40000,'
    shows_the_flow
}

a_header_of_udp_is_skipped ()
{
    run -T jsonl -x "9c40 1283 002c 0000 $template" -x "9c40 1283 002c 0000 $data"
    exits 0
    says '1 Message.*1 Message'
    shows_the_flow
    # ports that look like the first octets of IP, version 4 and 6
    run -T jsonl -x "4500 1283 002c 0000 $template" -x "6000 1283 002c 0000 $data"
    exits 0
    says '1 Message.*1 Message'
    shows_the_flow
}

several_texts_are_learnt_together ()
{
    run -T jsonl -x "$data" -x "$template"
    exits 0
    shows_the_flow
    run -T jsonl -x "$template $data"
    exits 0
    says '2 Messages'
    shows_the_flow
    both >x.txt
    run -T jsonl x.txt
    exits 0
    says 'x.txt: 2 lines: 2 Messages'
    shows_the_flow
    echo "$template" | capture t.pcap
    run -T jsonl -x "$data" t.pcap
    exits 0
    shows_the_flow
}

a_text_that_is_cut_is_said_to_be ()
{
    run -T jsonl -x "$template ${data%04b0}0"
    says '2 Messages.*the last one cut'
}

comments_in_hex_are_dropped ()
{
    printf '# words beef cafe\n%s # Template\n\n%s\n' "$template" "$data" >x.txt
    run -T jsonl x.txt
    exits 0
    says 'comments dropped'
    shows_the_flow
}

exporters_and_domains_are_kept_apart ()
{
    {
        echo "$template"
        echo "src=192.0.2.2 $data"
        echo "$data" | sed 's/ 00000001 01000014/ 00000002 01000014/'
        echo "$data"
    } | capture x.pcap
    run -T json x.pcap
    exits 1
    [ "$(grep -c '"template":null' out)" -eq 2 ] || fail 'not two Sets lack a Template'
}

versions_have_templates_of_their_own ()
{
    printf '%s\n' "$template" "$data9" | capture x.pcap
    run -T jsonl x.pcap
    exits 1
    shows_nothing
    printf '%s\n' "$template9" "$data9" "$data5" | capture x.pcap
    run -T jsonl x.pcap
    exits 0
    shows_lines 2
    shows '"version":5,"domain":258,"sequence":7,.*"template":"v5","kind":"flow","start":"2023-11-14T22:13:19.500Z","end":"2023-11-14T22:13:19.900Z",'
}

the_repository_has_samples_that_are_clean ()
{
    for sample in "$NFPEEK_SOURCE"/samples/*.pcap*; do
        run -q -T jsonl "$sample"
        exits 0
        [ -s out ] || fail 'no record'
    done
}

# The 32 bits of a pcap file have no sign: after 2038-01-19T03:14:07 they go on.
times_go_on_after_2038 ()
{
    printf '%s\n' "time=2147483647 $template" "time=2147483648 $data" "time=4294967295 $data" | capture x.pcap
    run -q -T csv -e time,octets x.pcap
    exits 0
    shows '^2038-01-19T03:14:08\.000000Z,1200$'
    shows '^2106-02-07T06:28:15\.000000Z,1200$'
    run -q -T csv -e time,octets --from 2100-01-01 -w y.pcap x.pcap
    shows_lines 2
    run -q -T messages y.pcap
    shows ' 1  2106-02-07T06:28:15\.000Z '
}

perform times_go_on_after_2038 messages_of_several_files_stand_in_columns flows_have_what_ends_there_are link_types_are_known what_stands_before_the_datagram_is_skipped \
    fragments_are_put_together a_fragment_that_is_missing_is_a_finding \
    a_datagram_of_65535_octets_is_decoded any_port_counts_where_the_payload_does \
    on_usual_ports_and_those_asked_for_everything_counts files_are_one_learning_space \
    standard_input_is_a_file_too a_pipe_is_read_once_and_holds_what_lacks_a_template what_waits_for_two_templates_is_shown_once \
    gzip_is_unpacked gzip_is_unpacked_in_pieces a_pipe_is_shown_as_it_comes raw_messages_stand_back_to_back hex_is_read_as_it_is_pasted \
    octets_behind_a_pasted_message_are_its_own dumps_are_read \
    frames_in_hex_have_their_addresses a_header_of_udp_is_skipped \
    several_texts_are_learnt_together \
    a_text_that_is_cut_is_said_to_be comments_in_hex_are_dropped \
    exporters_and_domains_are_kept_apart versions_have_templates_of_their_own \
    the_repository_has_samples_that_are_clean
