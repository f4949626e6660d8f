#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Which packets are shown: --packets, which always answers, and -c, which reads no further than it
# must.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

# Packet 2 holds DNS, 3 ARP, 4 TCP; 5 to 7 are fragments, 8 and 9 the first ones of a datagram that
# is never whole.
make_capture ()
{
    {
        echo "$template"
        echo 'dport=53 0001010000010000'
        echo 'arp=1 00'
        echo 'protocol=6 00350035000000000000000050020000'
        echo "fragment=16 $data"
        echo "fragment=16 without=3 $data"
    } | capture x.pcap
}

packets_are_chosen_by_number ()
{
    {
        echo "$template"
        for i in 2 3 4 5 6 7 8 9; do
            echo "time=170000000$i $data"
        done
    } | capture x.pcap
    run -T jsonl --packets 3,5-7,9 x.pcap
    exits 0
    says_nothing
    [ "$(sed 's/.*"packet":\([0-9]*\).*/\1/' out | tr '\n' ' ')" = '3 5 6 7 9 ' ] || fail 'others'
    run -T jsonl --packets 8- x.pcap
    shows_lines 2
}

templates_are_learnt_from_packets_that_are_not_shown ()
{
    printf '%s\n' "$data" "$template" | capture x.pcap
    run -T jsonl --packets 1 x.pcap
    exits 0
    shows_lines 1
    says template-late
}

a_message_is_shown ()
{
    make_capture
    run -V --packets 1 x.pcap
    exits 0
    says_nothing
    shows 'x.pcap packet 1 '
}

what_holds_no_message_is_named ()
{
    make_capture
    for packet in '2 DNS' '3 ARP' '4 TCP'; do
        run -V --packets "${packet% *}" x.pcap
        says "x.pcap: packet ${packet% *}: no Message: .*${packet#* }"
        shows_nothing
    done
}

a_fragment_leads_to_its_message ()
{
    make_capture
    run -V --packets 5 x.pcap
    exits 0
    says 'packet 5: fragment 1 of 3, the Message is in packet 7'
    shows 'x.pcap packet 7 '
    run -V --packets 6 x.pcap
    says 'packet 6: fragment 2 of 3, the Message is in packet 7'
    run -V --packets 7 x.pcap
    says_nothing
    shows 'x.pcap packet 7 '
    run -V --packets 8 x.pcap
    says 'packet 8: fragment of a datagram that never became whole'
}

a_number_beyond_the_end_is_answered ()
{
    make_capture
    run -V --packets 17 x.pcap
    says 'packet 17: there are only 9 packets'
}

one_packet_is_in_the_singular ()
{
    echo "$template" | capture x.pcap
    run -V --packets 17 x.pcap
    says '^nfpeek: x.pcap: packet 17: there is only 1 packet$'
}

# With the first fragment the ports are missing: it is told by the addresses, where a Message came
# from one to the other.
a_lost_first_fragment_is_told ()
{
    lost="fragment=16 without=1 $data"
    # that one comes behind it is soon enough
    for keys in '' 'sport=9999 dport=7777 ' 'src=2001:db8::1 dst=2001:db8::9 '; do
        printf "$keys%s\n" "$lost" "$template" "$data" | capture x.pcap
        run -T stats x.pcap
        exits 0
        shows 'incomplete    1 datagram without all fragments'
        [ "$(grep -c ' domain ' out)" -eq 1 ] || fail 'it is of no exporter that is known'
        run -T findings x.pcap
        shows 'fragment-incomplete, 1 time'
    done
    printf "dport=7777 %s\n" "$template" "$lost" | capture x.pcap
    run -d 7777 x.pcap
    shows '1  fragment-incomplete   packet 3 octet 0: IP fragments are missing: 28 octets came'
    run -d 7778 x.pcap
    shows_not fragment-incomplete
    # of two ports nobody knows which
    printf '%s\n' "$template" "sport=40001 $template" "$lost" | capture x.pcap
    run -T findings x.pcap
    shows 'fragment-incomplete, 1 time'
    # and who is not known to export does not
    printf '%s\n' "$template" "src=192.0.2.77 $lost" | capture x.pcap
    run -T findings x.pcap
    shows_not fragment-incomplete
    # nor is it TCP that does
    printf '%s\n' "$template" "fragment=16 without=1 protocol=6 9c401283000000000000000050020000ffff000000000000" |
        capture x.pcap
    run -T findings x.pcap
    shows_not fragment-incomplete
}

# Text has Messages, but no packets.
of_text_messages_are_counted ()
{
    run -T json --packets 1 -x "$template"
    exits 0
    shows_lines 1
    says_not 'there (is|are) only'
    run -T json --packets 2,5 -x "$template" -x "$data"
    shows_lines 1
    says '^nfpeek: -x: Message 5: there are only 2 Messages$'
    says_not ': (Message|packet) 2:'
}

# What was not read may be there all the same.
c_leaves_numbers_behind_it_unanswered ()
{
    printf '%s\n' "$template" "$data" "fragment=16 $data" | capture x.pcap
    run -V --packets 1,3,100 -c 1 x.pcap
    exits 0
    says_nothing
    run -V --packets 1,100 x.pcap
    says 'packet 100: there are only 5 packets'
}

nor_is_what_a_broken_file_lost ()
{
    make_capture
    head -c $(($(wc -c <x.pcap) - 5)) x.pcap >cut.pcap
    run -V --packets 9 cut.pcap
    exits 2
    says 'ends within packet 9, .*truncated'
    says_not 'there are only'
}

a_fragment_of_something_else_leads_nowhere ()
{
    echo 'fragment=16 dport=53 00010100000100000000000000000000' | capture x.pcap
    run -V --packets 1 x.pcap
    says 'packet 1: fragment 1 of 2 of a datagram that is no Message'
    says_not 'the Message is in'
}

a_range_answers_for_each_packet ()
{
    make_capture
    run -V --packets 1-4 x.pcap
    for packet in 2 3 4; do
        says "packet $packet: no Message"
    done
    shows 'x.pcap packet 1 '
}

# A large capture whose end is broken: who reads that far has an error.
make_large_capture ()
{
    "$PERL" -e 'print shift, "\n", (shift () . "\n") x 3000' "$template" "$data" |
        capture whole.pcap
    head -c 200000 whole.pcap >x.pcap
}

c_stops_before_the_end ()
{
    make_large_capture
    run -T json x.pcap
    exits 2
    says 'ends within packet [0-9]+, .*truncated'
    run -T json -c 3 x.pcap
    exits 0
    says_nothing
    shows_lines 3
    run -V --packets 5 x.pcap
    exits 0
    says_nothing
}

c_learns_as_far_as_it_needs ()
{
    {
        echo "$data"
        "$PERL" -e 'print ((shift () . "\n") x 100)' "$data5"
        echo "$template"
        "$PERL" -e 'print ((shift () . "\n") x 1000)' "$data5"
    } | capture whole.pcap
    head -c 100000 whole.pcap >x.pcap
    run -T jsonl -c 1 x.pcap
    exits 0
    shows_lines 1
    shows '"octetDeltaCount":1200'
    says template-late
    says_not truncated
}

c_counts_messages_over_all_files ()
{
    printf '%s\n' "$template" "$data" | capture x.pcap
    run -T json -c 3 x.pcap x.pcap
    shows_lines 3
}

c_takes_no_longer_for_a_template_that_never_comes ()
{
    printf '%s\n' "$data" "$data5" "$data5" | capture x.pcap
    run -T json -c 2 x.pcap
    exits 1
    shows_lines 2
}

perform packets_are_chosen_by_number templates_are_learnt_from_packets_that_are_not_shown \
    a_message_is_shown what_holds_no_message_is_named a_fragment_leads_to_its_message \
    a_lost_first_fragment_is_told \
    a_number_beyond_the_end_is_answered one_packet_is_in_the_singular of_text_messages_are_counted \
    c_leaves_numbers_behind_it_unanswered nor_is_what_a_broken_file_lost \
    a_fragment_of_something_else_leads_nowhere a_range_answers_for_each_packet c_stops_before_the_end \
    c_learns_as_far_as_it_needs c_counts_messages_over_all_files \
    c_takes_no_longer_for_a_template_that_never_comes
