#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# IPFIX over TCP, SCTP, TLS and DTLS.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

# segments SIZE HEX...: the octets as TCP segments of so many octets to port 4739, for capture: of a
# connection from port 40000 or $sport.
segments ()
{
    "$PERL" -e '
        my ($port, $size) = splice @ARGV, 0, 2;
        my $octets = pack "H*", join ("", @ARGV) =~ s/\s//gr;
        for (my $at = 0; $at < length $octets; $at += $size) {
            printf "protocol=6 %s%s\n", unpack ("H*", pack "nnNNCCnnn", $port, 4739, 1 + $at, 0, 0x50,
                0x18, 65535, 0, 0), unpack "H*", substr $octets, $at, $size;
        }' "${sport:-40000}" "$@"
}

# of_sizes SIZE... -- HEX...: the same in segments of each size, by a connection from port 40000 + SIZE.
of_sizes ()
{
    sizes=
    while [ "$1" != -- ]; do
        sizes="$sizes $1"
        shift
    done
    shift
    for size in $sizes; do
        sport=$((40000 + size)) segments "$size" "$@"
    done
}

messages_in_one_segment ()
{
    segments 10000 "$template" "$data" "$data" | capture tcp.pcap
    finds tcp.pcap 1 nfpeek
    shark -2 -r tcp.pcap -T fields -e nfpeek.octetDeltaCount
    [ "$(cat out)" = 1200,1200 ] || fail 'not both records'
}

messages_that_span_segments ()
{
    of_sizes 1 2 3 5 16 35 50 -- "$template" "$data" "$template" "$data" | capture tcp.pcap
    shark -2 -r tcp.pcap -T fields -e tcp.srcport -e nfpeek.octetDeltaCount -Y nfpeek.octetDeltaCount
    nothing_is_broken
    for size in 1 2 3 5 16 35 50; do
        [ "$(sed -n "s/^$((40000 + size))\t//p" out | tr '\n' ,)" = 1200,1200, ] ||
            fail "not both records in segments of $size octets"
    done
    segments 20 "$template" "$data" | capture tcp.pcap
    shark -2 -r tcp.pcap -o nfpeek.desegment:FALSE
    nothing_is_broken
}

templates_are_withdrawn ()
{
    withdrawal='000a0018 6553f100 00000001 00000001 00020008 01000000'
    segments 10000 "$template" "$data" "$withdrawal" "$(echo "$data" | sed 's/ 00000000/ 00000001/')" |
        capture tcp.pcap
    shark -2 -r tcp.pcap -T fields -e nfpeek.octetDeltaCount -e nfpeek.finding
    [ "$(cat out)" = "1200	template-missing" ] || fail 'not one record and one without Template'
}

# A segment is missing, or the beginning of the stream: the next Message is found.
reading_goes_on_behind_a_gap ()
{
    second=$(echo "$data" | sed 's/ 00000000/ 00000001/')
    third=$(echo "$data" | sed 's/ 00000000/ 00000002/')
    segments 50 "$template" "$data" "$second" "$third" | sed 2d | capture tcp.pcap
    finds tcp.pcap 1 'nfpeek.octetDeltaCount and nfpeek.sequence == 2 and nfpeek.finding.stream_gap and
        nfpeek.undecoded[0:] == 00:00:00:00:00:00:04:b0'
    segments 50 "$template" "$data" "$second" "$third" | sed 1d | capture tcp.pcap
    finds tcp.pcap 1 nfpeek.finding.stream_gap
    finds tcp.pcap 1 'nfpeek.sequence == 1 and nfpeek.set.id == 256' # which spans both segments
    finds tcp.pcap 1 'nfpeek.sequence == 2'
    segments 30 "$data" "$template" "$data" "$second" "$third" | sed 1d | capture tcp.pcap
    shark -2 -r tcp.pcap -T fields -e nfpeek.octetDeltaCount
    [ "$(tr ',' '\n' <out | grep -c 1200)" -eq 3 ] || fail 'not three records'
    segments 50 "$template" 474554202f20485454502f312e310d0a0d0a47455447455447455447455447455447455447 | sed 1d |
        capture tcp.pcap
    shark -2 -r tcp.pcap -Y nfpeek
    shows_nothing
}

# Octets between two Messages are no reason to lose the second one, in whatever segments it comes.
reading_goes_on_behind_garbage ()
{
    second=$(echo "$data" | sed 's/ 00000000/ 00000001/')
    for garbage in ef cafe cafe00 cafe0001 fd3f00aa11bb22cc33dd44ee55ff6600778899; do
        of_sizes 10000 105 93 -- "$template" "$data" "$garbage" "$second" "$second" | capture tcp.pcap
        shark -2 -r tcp.pcap -T fields -e tcp.srcport -e nfpeek.octetDeltaCount -e nfpeek.finding \
            -Y 'nfpeek.octetDeltaCount'
        nothing_is_broken
        for port in 50000 40105 40093; do
            [ "$(sed -n "s/^$port\t\([0-9,]*\)\t.*/\1/p" out | tr '\n' ',')" = '1200,1200,1200,' ] ||
                fail "not three records around $garbage, port $port"
        done
        finds tcp.pcap 1 'tcp.srcport == 50000 and nfpeek.finding.stream_gap and not nfpeek.finding.message_version'
        shark -2 -r tcp.pcap -Y nfpeek.finding.message_version
        shows_nothing
    done
    shark -2 -r tcp.pcap -q -z expert
    shows 'skipped 19 octets of the stream, part of no Message'
    shows_not 'a Message whose beginning is missing'
}

what_is_no_ipfix_is_left_alone ()
{
    segments 10000 474554202f20485454502f312e310d0a0d0a | capture tcp.pcap
    shark -r tcp.pcap -Y nfpeek
    nothing_is_broken
    shows_nothing
    # in the middle of a stream it is told
    segments 10000 "$template" 474554202f20485454502f312e310d0a0d0a | capture tcp.pcap
    finds tcp.pcap 1 'nfpeek.finding.message_version and nfpeek.template.id == 256'
}

messages_over_sctp ()
{
    capture sctp.pcap <<END
protocol=132 9c401283 00000000 00000000 00030034 00000001 00000000 00000000 $template
protocol=132 9c401283 00000000 00000000 00030034 00000002 00000001 00000000 $data
protocol=132 9c401283 00000000 00000000 00030058 00000003 00000002 00000000 $data $data
END
    finds sctp.pcap 3 nfpeek
    shark -2 -r sctp.pcap -T fields -e nfpeek.octetDeltaCount -Y nfpeek.octetDeltaCount
    [ "$(tr '\n' ' ' <out)" = '1200 1200,1200 ' ] || fail 'not three records'
}

# sctp STREAM TSN SEQUENCE: a record.
sctp ()
{
    printf 'protocol=132 9c401283 00000000 00000000 00030034 %08x %04x0000 00000000 ' "$2" "$1"
    printf '000a0024 6553f101 %08x 00000001 01000014 c0000201 c6336401 00000000000004b0\n' "$3"
}

each_stream_of_sctp_counts_for_itself ()
{
    {
        sctp 0 1 0
        sctp 1 2 0
        sctp 0 3 1
        sctp 1 4 1
    } | sed '1s/000a0024.*/& '"$(echo "$template" | tr -d ' ')"'/;1s/00030034/00030058/' | capture sctp.pcap
    shark -2 -r sctp.pcap -T fields -e nfpeek.sequence.lost -e nfpeek.sequence
    grep -q "^	" out && ! grep -qv '^	' out || fail 'a loss is claimed'
    shark -2 -r sctp.pcap -T fields -e nfpeek.sequence.expected -Y 'frame.number == 4'
    [ "$(cat out)" = 1 ] || fail 'the second stream is not followed'
}

ipfix_without_tls_on_the_port_of_tls ()
{
    segments 10000 "$template" "$data" | sed 's/6 9c401283/6 9c401284/' | capture tcp.pcap
    finds tcp.pcap 1 'nfpeek.octetDeltaCount == 1200'
}

# secure TRANSPORT VERSION: two Messages from openssl to openssl, through the relay, which writes a
# capture. Only sockets of this machine are used. What is there when the handshake ends goes in one
# datagram of DTLS, and two Messages are not one: the second waits until the first has gone.
secure ()
{
    command="openssl over $1"
    openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=nfpeek -keyout key.pem -out cert.pem \
        -days 2 2>err || fail 'no certificate'
    mkfifo hold # it ends when its input does
    exec 9<>hold
    openssl s_server -accept 127.0.0.1:0 "$2" -key key.pem -cert cert.pem -quiet \
        >accept 2>&1 <hold &
    server=$!
    # it does not say where it listens
    port=
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        port=$("$PERL" -e '
            my ($pid, $table) = @ARGV;
            my %mine = map { (readlink ($_) // "") =~ /socket:\[(\d+)\]/ ? ($1 => 1) : () }
                glob "/proc/$pid/fd/*";
            open my $in, "<", "/proc/net/$table" or exit;
            while (<$in>) {
                my @column = split;
                print hex ((split /:/, $column[1])[1]), "\n" and exit if $mine{$column[9] // ""};
            }' "$server" "$1")
        [ -z "$port" ] || break
        sleep 0.3
    done
    "$PERL" "$here/relay.pl" "$1" "$port" secure.pcap >relay &
    relay=$!
    wait_until test -s relay
    {
        octets "$template"
        [ "$1" = tcp ] || wait_until file_has relay data
        octets "$data"
        sleep 0.5
    } | openssl s_client -connect "127.0.0.1:$(sed -n 1p relay)" "$2" -quiet -no_ign_eof \
        -keylogfile "$PWD/keys" >client 2>&1
    wait "$relay"
    kill "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    exec 9>&-
    chmod 644 keys
}

# ports_of_messages PROTOCOL FIELD ARGUMENT...: of tshark with these, for each FIELD its packet's port.
ports_of_messages ()
{
    from=$1.srcport
    field=$2
    shift 2
    shark -2 -T fields -e "$from" -e "$field" -Y "$field" "$@"
    nothing_is_broken
    "$PERL" -ne 'chomp; my ($port, $of) = split /\t/; print "$port\n" for split /,/, $of' out | sort
}

# all_find EXPECTED PROTOCOL FILE: from which ports Messages come, for the command, the plugin and cflow.
all_find ()
{
    "$NFPEEK" -q -T json "$3" | sed 's/.*"port":\([0-9]*\).*/\1/' | sort >command
    ports_of_messages "$2" nfpeek.version -r "$3" >plugin
    ports_of_messages "$2" cflow.version -r "$3" -o nfpeek.replace_cflow:FALSE >cflow
    for who in command plugin cflow; do
        cmp -s "$1" $who || fail "$who: Messages from $(uniq -c $who | tr '\n' ,)"
    done
}

# sctp_parts TSN: a record in two chunks.
sctp_parts ()
{
    printf 'protocol=132 9c401283 00000000 00000000 00020024 %08x 00000000 00000000 ' "$1"
    printf '000a0024 6553f101 00000000 00000001 01000014\n'
    printf 'protocol=132 9c401283 00000000 00000000 00010020 %08x 00000000 00000000 ' $(($1 + 1))
    printf 'c0000201 c6336401 00000000000004b0\n'
}

# Numbers that wrap, two Messages in one chunk, one in several, and chunks in another order.
holes_in_sctp_are_said ()
{
    first="protocol=132 9c401283 00000000 00000000 00030034 %08x 00000000 00000000 $template\n"
    # shellcheck disable=SC2059 # the format is made here
    {
        printf "$first" 4294967294
        sctp 0 4294967295 0
        sctp 0 2 3
        sctp 0 1 2
        sctp 0 5 6
        sctp 0 4 5
        printf 'protocol=132 9c401283 00000000 00000000 00030058 00000007 00000000 00000000 %s %s\n' "$data" "$data"
        sctp 0 9 9
    } | capture sctp.pcap
    agree sctp.pcap
    shark -2 -r sctp.pcap -T fields -e frame.number -Y nfpeek.finding.stream_gap
    [ "$(tr '\n' ' ' <out)" = '4 6 7 8 ' ] || fail "gaps at $(tr '\n' ' ' <out)"
    # around what has no number nothing is claimed
    {
        # shellcheck disable=SC2059
        printf "$first" 1
        sctp_parts 2
        sctp 0 4 1
        sctp 0 9 1
    } | capture sctp.pcap
    shark -2 -r sctp.pcap -T fields -e frame.number -Y nfpeek.finding.stream_gap
    [ "$(cat out)" = 5 ] || fail "gaps at $(tr '\n' ' ' <out)"
}

command_plugin_and_cflow_find_the_same_messages ()
{
    of_sizes 1 7 16 36 50 1000 -- "$template" "$data" "$data" "$template" "$data" | capture tcp.pcap
    for size in 1 7 16 36 50 1000; do
        for message in 1 2 3 4 5; do
            echo $((40000 + size))
        done
    done >expected
    all_find expected tcp tcp.pcap
    {
        sctp 0 1 0
        sctp 1 2 0
        sctp 0 3 1
    } | capture sctp.pcap
    printf '40000\n40000\n40000\n' >expected
    all_find expected sctp sctp.pcap
    # IPFIX over TCP and SCTP in one, and what each says of it
    segments 50 "$template" "$data" "$data" | capture tcp.pcap
    agree tcp.pcap sctp.pcap
}

need_openssl ()
{
    command -v openssl >/dev/null && [ -e /proc/net/tcp ] && return
    skip 'openssl or /proc is not there'
    return 1
}

# is_read_with_keys LAYER TRANSPORT VERSION: and without them it is not.
is_read_with_keys ()
{
    need_openssl || return 0
    secure "$2" "$3"
    finds secure.pcap 0 nfpeek
    "$NFPEEK" -q -T json secure.pcap >out
    shows '"code":"message-encrypted"'
    shows_not '"severity":"(error|warning)"'
    shark -2 -r secure.pcap -o "tls.keylog_file:$PWD/keys" -T fields -e nfpeek.octetDeltaCount \
        -Y "$1 and nfpeek.octetDeltaCount"
    [ "$(cat out)" = 1200 ] || fail 'not the record'
}

messages_over_tls () { is_read_with_keys tls tcp -tls1_2; }
messages_over_dtls () { is_read_with_keys dtls udp -dtls1_2; }

perform messages_in_one_segment messages_that_span_segments templates_are_withdrawn \
    reading_goes_on_behind_a_gap reading_goes_on_behind_garbage what_is_no_ipfix_is_left_alone messages_over_sctp holes_in_sctp_are_said each_stream_of_sctp_counts_for_itself \
    ipfix_without_tls_on_the_port_of_tls messages_over_tls messages_over_dtls \
    command_plugin_and_cflow_find_the_same_messages
