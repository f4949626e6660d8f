#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Choosing what to read: folders, --from and --to.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

midnight=1700006400 # 2023-11-15T00:00:00Z

# announce TIME, data TIME SEQUENCE: a line for capture, with the Template, with one record; exported
# when it arrives.
announce ()
{
    echo "time=$1 000a0024 $(printf %08x "$1") ${template#* * }"
}

data ()
{
    echo "time=$1${3-} 000a0024 $(printf %08x "$1") $(printf %08x "$2") 00000001" \
        '01000014 c0000201 c6336401 00000000000004b0'
}

# Four Messages, a minute apart: a Template and three records.
make_minutes ()
{
    {
        announce $midnight
        data $((midnight + 60)) 0
        data $((midnight + 120)) 1
        data $((midnight + 180)) 2 .5
    } | capture x.pcap
}

# shows_packets NUMBER...: what -T jsonl showed are records of these packets.
shows_packets ()
{
    echo "$*" >expected
    sed 's/.*"packet":\([0-9]*\).*/\1/' out | tr '\n' ' ' | sed 's/ $/\n/' >packets
    cmp -s expected packets || fail "records of packets $(cat packets), not $*"
}

a_time_chooses_messages_and_templates_from_before_it_serve ()
{
    make_minutes
    run -T jsonl --from 2023-11-15T00:02 x.pcap
    exits 0
    says_nothing
    shows_packets 3 4
    run -T jsonl --from '2023-11-15 00:02:00.000000001' x.pcap
    shows_packets 4
    run -T jsonl --to 2023-11-15T00:02:00Z x.pcap
    shows_packets 2
    run -T jsonl --from 2023-11-15T01:01+01:00 --to 2023-11-15T00:03 x.pcap
    shows_packets 2 3
    run -T jsonl --from @1700006400 --to @1700006520.5 x.pcap
    shows_packets 2 3
    run -T jsonl --from 2023-11-15 --to 2023-11-16 x.pcap
    shows_packets 2 3 4
}

what_is_left_out_is_not_lost ()
{
    make_minutes
    run -T json --fail-on=note --from 2023-11-15T00:03 x.pcap
    exits 0
    shows '"findings":\[\]'
}

what_is_lost_in_between_is_told ()
{
    {
        announce $midnight
        data $((midnight + 60)) 0
        data $((midnight + 120)) 1
        data $((midnight + 180)) 7
    } | capture x.pcap
    run -T jsonl --from 2023-11-15T00:02 x.pcap
    says 'packet 4: .*sequence-gap'
}

later_templates_serve_and_c_counts_what_is_shown ()
{
    {
        data $midnight 0
        data $((midnight + 60)) 1
        data $((midnight + 120)) 2
        announce $((midnight + 180))
    } | capture x.pcap
    run -q -T jsonl --from 2023-11-15T00:01 -c 1 x.pcap
    shows_packets 2
    run -q -T jsonl --to 2023-11-15T00:01 x.pcap
    shows_packets 1
}

a_pipe_is_learnt_outside_the_time ()
{
    make_minutes
    through_pipe -T jsonl --from 2023-11-15T00:02 -
    exits 0
    shows_packets 3 4
}

without_arrival_the_export_time_counts ()
{
    run -T jsonl --from 2023-11-14T22:13:21 -x "$template" -x "$data"
    exits 0
    shows_lines 1
    run -T jsonl --from 2023-11-14T22:13:22 -x "$template" -x "$data"
    exits 2
    shows_nothing
    says 'no Message is from between --from and --to: there are 2 Messages, from 2023-11-14T22:13:20.000Z to 2023-11-14T22:13:21.000Z'
}

a_time_that_is_none_is_refused ()
{
    make_minutes
    for time in 2023-13-01 2023-11-15T24:00 2023 22:13 @now @2023-11-15 '' 2023-11-15T00:00X; do
        run --from "$time" x.pcap
        exits 2
        says "^nfpeek: --from wants a time such as .*, not '$time'\$"
    done
    run --to yesterday x.pcap
    says '^nfpeek: --to wants a time such as'
    run --from 2023-11-15 --to 2023-11-15 x.pcap
    exits 2
    says '^nfpeek: --to is not later than --from$'
}

# Later than nanoseconds since 1970 can tell in 64 bits.
a_time_in_the_far_future_is_one ()
{
    make_minutes
    for times in '--from 2300-01-01' '--from 2300-01-01 --to 2400-01-01'; do
        # shellcheck disable=SC2086 # several words
        run $times x.pcap
        exits 2
        says '^nfpeek: no Message is from between --from and --to: there are '
    done
    run --to 2300-01-01 x.pcap
    exits 0
    run --from 2300-01-01 --to 2023-11-15 x.pcap
    says '^nfpeek: --to is not later than --from$'
}

a_folder_is_its_captures_in_their_order ()
{
    mkdir folder folder/below
    data $midnight 0 | capture folder/c.pcap
    data $((midnight + 120)) 2 | capture folder/a.pcap --pcapng
    data $((midnight + 60)) 1 | capture folder/b.pcap
    gzip folder/b.pcap
    : | capture folder/0.pcap
    announce $((midnight + 180)) | capture folder/last
    data $midnight 9 | capture folder/.hidden.pcap
    data $midnight 9 | capture folder/below/x.pcap
    octets "$template" >folder/message
    for name in 1 2 3; do echo note >folder/"note$name.txt"; done
    run -T csv -e file,octets folder
    printf '%s\n' file,octets folder/c.pcap,1200 folder/b.pcap.gz,1200 folder/a.pcap,1200 >expected
    shows_same expected
    says '^nfpeek: folder: left out, as no capture: message, note1.txt, note2.txt and 1 more$'
    says '^nfpeek: folder/0.pcap: no NetFlow or IPFIX Message'
    rm folder/0.pcap
    run -q -T csv -e file,octets folder/
    exits 0
    says_nothing
    shows_lines 4
    mkdir other
    mkfifo other/pipe
    ln -s nowhere other/link
    announce $midnight | capture other/c.pcap
    run -T messages other
    exits 0
    says '^nfpeek: other: left out, as no capture: link, pipe$'
}

a_folder_goes_with_files ()
{
    mkdir folder
    data $midnight 0 | capture folder/a.pcap
    echo "$template" | capture t.pcap
    run -q -T jsonl folder t.pcap
    exits 0
    shows_lines 1
    run -q -T jsonl -o folder/a.pcap folder t.pcap
    exits 2
    says 'one of the files to be read'
}

a_folder_without_captures_is_refused ()
{
    mkdir folder
    run folder
    exits 2
    says '^nfpeek: folder: there is no capture in this folder$'
}

# What the summary tells to type next is about the same packets, and knows the user's elements.
the_summary_goes_on_with_the_same_choice ()
{
    make_minutes
    run --from '2023-11-15 00:02' --to 2023-11-16 --packets 3- x.pcap
    exits 0
    shows '^2 Messages'
    shows "nfpeek -T flows --packets 3- --from '2023-11-15 00:02' --to 2023-11-16 x\.pcap$"
    run --packets 2-3,9 --fail-on never x.pcap
    shows 'nfpeek -T jsonl --packets 2-3,9 x\.pcap$'
    printf 'id,name,type\n1,packetColour,unsigned16\n' >pen-32473.csv
    run --elements pen-32473.csv -Y 'octets > 1 and not 32473.packetColour' x.pcap
    shows "nfpeek -T flows --elements pen-32473\.csv -Y 'octets .*packetColour' x\.pcap$"
    data $midnight 0 | sed 's/01000014 /01000018 /' | capture bad.pcap
    run --from 2023-11-15 --packets 1-5 bad.pcap
    shows 'nfpeek -V --packets 1 --from 2023-11-15 bad\.pcap$'
}

perform \
    a_time_chooses_messages_and_templates_from_before_it_serve \
    what_is_left_out_is_not_lost \
    what_is_lost_in_between_is_told \
    later_templates_serve_and_c_counts_what_is_shown \
    a_pipe_is_learnt_outside_the_time \
    without_arrival_the_export_time_counts \
    a_time_that_is_none_is_refused \
    a_time_in_the_far_future_is_one \
    a_folder_is_its_captures_in_their_order \
    a_folder_goes_with_files \
    the_summary_goes_on_with_the_same_choice \
    a_folder_without_captures_is_refused
