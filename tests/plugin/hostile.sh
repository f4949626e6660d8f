#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Input that nobody meant: datagrams changed at random, with every feature on. Wireshark neither crashes
# nor calls anything a bug, and both passes end. $NFPEEK_MUTATIONS says how many datagrams.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

mutations=${NFPEEK_MUTATIONS:-2000}

# survives TSHARK-ARGUMENT...
survives ()
{
    command="tshark $*"
    as_user tshark -n "$@" </dev/null >out 2>err
    status=$?
    [ "$status" -eq 0 ] || fail "exit status $status"
    grep -E 'Dissector bug|AddressSanitizer|runtime error:|Warn Dissector|CRITICAL' out err >bugs &&
        fail "$(head -n 3 bugs)"
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

mutated_datagrams_do_no_harm ()
{
    all_samples
    "$PERL" "$here/mutate.pl" 1 "$mutations" ./*.pcap >mutated
    chmod 644 mutated
    survives -2 -r mutated -V
    survives -2 -r mutated -T fields -e nfpeek.octets -e nfpeek.src6 -Y 'nfpeek.addr or nfpeek.unknown'
    survives -r mutated -q -z nfpeek,tree -z expert
    survives -r mutated -T ek -o nfpeek.names:netflow9
}

captured_in_part ()
{
    all_samples
    "$PERL" "$here/mutate.pl" 2 "$((mutations / 4))" ./*.pcap >mutated
    for length in 43 60 100 200; do
        editcap -s "$length" mutated "short$length" 2>err || fail 'editcap cannot cut'
        survives -2 -r "short$length" -V
    done
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

perform mutated_datagrams_do_no_harm captured_in_part trees_that_wireshark_refuses
