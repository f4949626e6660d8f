#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# IPFIX over TCP, SCTP, TLS and DTLS.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

# segments SIZE HEX...: the octets as TCP segments of so many octets to port 4739, for capture.
segments ()
{
    "$PERL" -e '
        my $size = shift;
        my $octets = pack "H*", join ("", @ARGV) =~ s/\s//gr;
        for (my $at = 0; $at < length $octets; $at += $size) {
            printf "protocol=6 %s%s\n", unpack ("H*", pack "nnNNCCnnn", 40000, 4739, 1 + $at, 0, 0x50,
                0x18, 65535, 0, 0), unpack "H*", substr $octets, $at, $size;
        }' "$@"
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
    for size in 1 2 3 5 16 35 50; do
        segments $size "$template" "$data" "$template" "$data" | capture tcp.pcap
        shark -2 -r tcp.pcap -T fields -e nfpeek.octetDeltaCount -Y nfpeek.octetDeltaCount
        nothing_is_broken
        [ "$(tr '\n' , <out)" = 1200,1200, ] || fail "not both records in segments of $size octets"
    done
    segments 20 "$template" "$data" | capture tcp.pcap
    shark -2 -r tcp.pcap -o nfpeek.desegment:FALSE
    nothing_is_broken
}

templates_are_withdrawn ()
{
    withdrawal='000a0018 6553f100 00000001 00000001 00020008 01000000'
    segments 10000 "$template" "$data" "$withdrawal" "$data" | capture tcp.pcap
    shark -2 -r tcp.pcap -T fields -e nfpeek.octetDeltaCount -e nfpeek.finding
    [ "$(cat out)" = "1200	template-missing" ] || fail 'not one record and one without Template'
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
# capture. Only sockets of this machine are used.
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
    for _ in 1 2 3 4 5 6 7 8 9 10; do
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
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ ! -s relay ] || break
        sleep 0.3
    done
    {
        octets "$template"
        sleep 0.5
        octets "$data"
        sleep 0.5
    } | openssl s_client -connect "127.0.0.1:$(cat relay)" "$2" -quiet -no_ign_eof \
        -keylogfile "$PWD/keys" >client 2>&1
    wait "$relay"
    kill "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    exec 9>&-
    chmod 644 keys
}

# count_all FILE: how many Messages the command, the plugin and cflow find in it.
count_all ()
{
    "$NFPEEK" -q -T json "$1" >json
    shark -2 -r "$1" -T fields -e nfpeek.version -Y nfpeek.version
    nothing_is_broken
    tr ',' '\n' <out >plugin
    shark -2 -r "$1" -o nfpeek.replace_cflow:FALSE -T fields -e cflow.version -Y cflow
    tr ',' '\n' <out >cflow
    counts="$(wc -l <json) $(wc -l <plugin) $(wc -l <cflow)"
}

command_plugin_and_cflow_find_the_same_messages ()
{
    for size in 1 7 16 36 50 1000; do
        segments $size "$template" "$data" "$data" "$template" "$data" | capture tcp.pcap
        count_all tcp.pcap
        [ "$counts" = '5 5 5' ] || fail "$counts Messages in segments of $size octets"
    done
    {
        sctp 0 1 0
        sctp 1 2 0
        sctp 0 3 1
    } | capture sctp.pcap
    count_all sctp.pcap
    [ "$counts" = '3 3 3' ] || fail "$counts Messages over SCTP"
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
    what_is_no_ipfix_is_left_alone messages_over_sctp each_stream_of_sctp_counts_for_itself \
    ipfix_without_tls_on_the_port_of_tls messages_over_tls messages_over_dtls \
    command_plugin_and_cflow_find_the_same_messages
