#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Input that nobody meant: datagrams, packets and files changed at random, with every feature on. Wireshark
# neither crashes nor calls anything a bug nor warns, and both passes end soon. $NFPEEK_MUTATIONS says how many of each
# there are, $NFPEEK_ROUNDS how often, each time others, from $NFPEEK_SEED on.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

mutations=${NFPEEK_MUTATIONS:-2000}
first=${NFPEEK_SEED:-1}
seeds=$(seq "$first" "$((first + ${NFPEEK_ROUNDS:-1} - 1))")

# Seconds of CPU for a run: some fifty times what it takes. Who takes more is killed.
limit_s=$((5 + mutations / 200))

# survives_program PROGRAM ARGUMENT...: with standard input.
survives_program ()
{
    command=$*
    # shellcheck disable=SC3045 # dash and bash have it
    (ulimit -t "$limit_s" && as_user "$@" >out 2>err)
    status=$?
    [ "$status" -eq 0 ] || fail "exit status $status, seed $seed"
    grep -aE 'Dissector bug|Malformed Packet: nfpeek|AddressSanitizer|runtime error:|Warn Dissector|CRITICAL|WARNING' out err >bugs &&
        fail "seed $seed: $(head -n 3 bugs)"
}

# survives TSHARK-ARGUMENT...
survives ()
{
    survives_program tshark -n "$@" </dev/null
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

# Those that change what is done with each record or Message, and those of the protocols below.
preferences_do_no_harm ()
{
    all_samples
    for seed in $seeds; do
        for kind in datagrams packets file; do
            mutated "$kind" "$((mutations / 8))"
            survives -2 -r mutated -V -o nfpeek.names:netflow9 \
                -o 'nfpeek.record_filter:addr == 10.0.0.0/8 or octets > 1000 or src_mac[0:3] == 00:00:01'
            survives -2 -r mutated -T pdml -o nfpeek.findings:FALSE -o nfpeek.replace_cflow:FALSE \
                -o ip.defragment:FALSE -o tcp.desegment_tcp_streams:FALSE -o sctp.reassembly:FALSE
            survives -r mutated -T json -x -o nfpeek.desegment:FALSE -o nfpeek.heuristics:FALSE \
                -o "nfpeek.template_file:$PWD/golden.pcap"
            survives -2 -r mutated -q -z nfpeek,tree -o nfpeek.udp.ports:1-65535 \
                -o tcp.reassemble_out_of_order:TRUE -o 'nfpeek.record_filter:userName matches "a"'
            [ "$kind" = file ] || survives -r mutated -V -o "nfpeek.template_file:$PWD/mutated"
        done
    done
}

# Packets by their numbers, any of them and some often, preferences that change in between, and the same
# file a second time.
visits_in_any_order_do_no_harm ()
{
    need_sharkd || return
    all_samples
    for seed in $seeds; do
        for kind in datagrams packets file; do
            mutated "$kind" "$((mutations / 8))"
            "$PERL" -MJSON::PP -e '
                my ($seed, $n, $file) = @ARGV;
                my @preferences = ([record_filter => "octets > 100"], [names => "netflow9"],
                    [findings => "FALSE"], [desegment => "FALSE"], [replace_cflow => "FALSE"],
                    ["udp.ports" => "1-9000"]);
                my $id = 0;

                sub ask
                {
                    my ($method, %params) = @_;

                    print JSON::PP->new->canonical->encode (
                        {jsonrpc => "2.0", id => ++$id, method => $method, params => \%params}), "\n";
                }

                srand $seed;
                for my $visit (1 .. 2) {
                    ask ("load", file => $file);
                    for my $round (1 .. 2) {
                        ask ("frame", frame => 1 + int rand $n, proto => JSON::PP::true,
                            bytes => JSON::PP::true) for 1 .. $n / 4;
                        my $preference = $preferences[int rand @preferences];
                        ask ("setconf", name => "nfpeek.$preference->[0]", value => $preference->[1]);
                    }
                    ask ("frames", filter => "nfpeek.finding and frame.number < 100000$visit");
                    ask ("tap", tap0 => "expert", tap1 => "stat:nfpeek");
                }' "$seed" "$((mutations / 8))" "$PWD/mutated" >requests
            survives_program sharkd - <requests
            [ "$(wc -l <out)" -eq "$(wc -l <requests)" ] || fail "$(wc -l <out) answers"
            grep -q '"nfpeek' out || fail 'nothing of nfpeek'
        done
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

# Wireshark keeps five thousand things of a packet for taps, and warns of each one more.
findings_beyond_what_taps_take ()
{
    seed=0
    "$PERL" -e '
        sub message { my $body = shift; pack ("nnNNN", 10, 16 + length $body, 1700000000, 0, 1) . $body }
        my $template = pack "nnnnnn", 2, 12, 256, 1, 276, 1;
        print unpack ("H*", message ($template)), "\n";
        print unpack ("H*", message (pack ("nn", 256, 4 + $_) . "\7" x $_)), "\n" for 2990, 9000;' >hex
    capture many.pcap <hex
    survives -r many.pcap -q -z expert -z nfpeek,tree
    shark -r many.pcap -q -z expert
    [ "$(grep -c 'over 3000 findings' out)" -eq 1 ] || fail 'it does not say that some are left out'
    shark -2 -r many.pcap -T fields -e frame.number -Y 'nfpeek.findings_left_out and nfpeek.finding.value_range'
    [ "$(cat out)" = 3 ] || fail 'not in the packet that has so many'
    shark -r many.pcap -V
    [ "$(grep -c 'warning: .*value-range' out)" -ge 11990 ] || fail 'the tree does not have them'
}

# The same of parts of packets, of which IP, UDP and what is wrong with its length are told.
sections_beyond_what_taps_take ()
{
    seed=0
    "$PERL" -e '
        sub message { my $body = shift; pack ("nnNNN", 10, 16 + length $body, 1700000000, 0, 1) . $body }
        my $udp = "4500001c000000000011000000000001000000020035003500040000";
        print unpack ("H*", message (pack "nnnnnn", 2, 12, 256, 1, 313, 28)), "\n";
        print unpack ("H*", message (pack ("nn", 256, 4 + 28 * 2000) . pack ("H*", $udp) x 2000)), "\n";' >hex
    capture many.pcap <hex
    survives -r many.pcap -q -z expert -z conv,ip -z conv,udp -z nfpeek,tree
    survives -2 -r many.pcap -V -z expert
    shark -r many.pcap -V
    [ "$(grep -c 'octets only, behind 300 others' out)" -eq 1700 ] || fail 'not as many as should be'
}

perform mutated_datagrams_do_no_harm mutated_packets_do_no_harm mutated_files_do_no_harm \
    preferences_do_no_harm visits_in_any_order_do_no_harm captured_in_part \
    times_of_another_age trees_that_wireshark_refuses findings_beyond_what_taps_take \
    sections_beyond_what_taps_take
