#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Input that nobody meant: datagrams, packets and files changed at random, with every feature on. Wireshark
# neither crashes nor calls anything a bug, and both passes end. $NFPEEK_MUTATIONS says how many of each
# there are, $NFPEEK_ROUNDS how often, each time others, from $NFPEEK_SEED on.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

mutations=${NFPEEK_MUTATIONS:-2000}
first=${NFPEEK_SEED:-1}
seeds=$(seq "$first" "$((first + ${NFPEEK_ROUNDS:-1} - 1))")

# survives TSHARK-ARGUMENT...
survives ()
{
    command="tshark $*"
    as_user tshark -n "$@" </dev/null >out 2>err
    status=$?
    [ "$status" -eq 0 ] || fail "exit status $status, seed $seed"
    grep -E 'Dissector bug|AddressSanitizer|runtime error:|Warn Dissector|CRITICAL' out err >bugs &&
        fail "seed $seed: $(head -n 3 bugs)"
    : >out
}

all_samples ()
{
    for file in "$NFPEEK_SOURCE"/samples/*.pcap; do
        sample "$(basename "$file")"
    done
    all_golden
    [ ! -d "$corpus" ] || cp "$corpus"/*.pcap .
}

# mutated KIND NUMBER: so many of what mutate.pl makes of the captures here, in the file `mutated`.
mutated ()
{
    "$PERL" "$here/mutate.pl" "$1" "$seed" "$2" ./*.pcap >mutated || fail 'nothing to read'
    chmod 644 mutated
}

mutated_datagrams_do_no_harm ()
{
    all_samples
    for seed in $seeds; do
        mutated datagrams "$mutations"
        survives -2 -r mutated -V
        survives -2 -r mutated -T fields -e nfpeek.octets -e nfpeek.src6 -Y 'nfpeek.addr or nfpeek.unknown'
        survives -r mutated -q -z nfpeek,tree -z expert
        survives -r mutated -T ek -o nfpeek.names:netflow9
    done
}

mutated_packets_do_no_harm ()
{
    all_samples
    for seed in $seeds; do
        mutated packets "$mutations"
        survives -2 -r mutated -V
        survives -r mutated -q -z nfpeek,tree -z expert
    done
}

mutated_files_do_no_harm ()
{
    all_samples
    for seed in $seeds; do
        mutated file "$((mutations / 4))"
        survives -2 -r mutated -V
    done
}

captured_in_part ()
{
    all_samples
    for seed in $seeds; do
        mutated datagrams "$((mutations / 4))"
        for length in 43 60 100 200; do
            editcap -s "$length" mutated "short$length" 2>err || fail 'editcap cannot cut'
            survives -2 -r "short$length" -V
        done
    done
}

# pcapng has times of 64 bits.
times_of_another_age ()
{
    seed=0
    capture now.pcap <<END
$template
$data
END
    editcap -F pcapng -t 20000000000 now.pcap then.pcapng 2>err || fail 'editcap cannot shift times'
    survives -2 -r then.pcapng -V -o "nfpeek.template_file:$PWD/then.pcapng"
    survives -r then.pcapng -q -z nfpeek,tree
}

# A hundred thousand items are enough for Wireshark to give a packet up, by a jump out of the plugin.
trees_that_wireshark_refuses ()
{
    "$PERL" -e '
        my $template = pack "nnnnnnn", 2, 12, 256, 1, 4, 1, 0;
        my $body = pack ("nnnnnn", 2, 12, 256, 1, 4, 1) . pack ("nn", 256, 60004) . "\1" x 60000;
        print unpack "H*", pack ("nnNNN", 10, 16 + length $body, 1700000000, 0, 1) . $body;' >hex
    capture long.pcap <<END
$(cat hex)
$template
$data
END
    shark -2 -r long.pcap -V -o gui.max_tree_items:20000
    grep -q 'octetDeltaCount: 1200 octets' out || fail 'what follows is not decoded'
    ! grep -E 'AddressSanitizer|runtime error' out err || fail 'memory'
}

perform mutated_datagrams_do_no_harm mutated_packets_do_no_harm mutated_files_do_no_harm \
    captured_in_part times_of_another_age trees_that_wireshark_refuses
