#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# mutate.pl KIND SEED NUMBER CAPTURE...: prints what comes of captures (little-endian pcap of raw IP or
# Ethernet, IPv4) when octets of it are changed; by the seed always the same. KIND is
#
#   datagrams   a capture of so many datagrams to port 2055 whose payloads are those of the captures, each
#               changed at a few octets, cut short or joined with another
#   packets     a capture of so many packets in the order of the captures, again and again from other
#               addresses: with fragments, segments of TCP and chunks of SCTP, of which some are changed,
#               lost, repeated or come too early
#   file        an IPFIX File (RFC 5655) of so many Messages, whose headers are left as they are, behind
#               some that are in order, since Wireshark knows such a file by these

use strict;
use warnings;

my ($kind, $seed, $n, @captures) = @ARGV;
my $header = 28;    # of IP and UDP
my $sender = 14;    # where in a packet an octet of the sender's address is
my @packets;

srand $seed;
for my $path (@captures) {
    open my $in, '<:raw', $path or die "mutate.pl: $path: $!\n";
    my $octets = do { local $/; <$in> };
    my $link = unpack 'V', substr $octets, 20, 4;
    my $at = 24;

    while ($at + 16 <= length $octets) {
        my $length = unpack 'V', substr $octets, $at + 8, 4;
        my $frame = substr $octets, $at + 16, $length;

        $at += 16 + $length;
        $frame = substr $frame, 14 if $link == 1 && length $frame > 14;
        push @packets, $frame if length $frame > $header && ord ($frame) == 0x45;
    }
}
my @payloads = map { substr $_, $header } grep { ord (substr $_, 9, 1) == 17 } @packets;
die "mutate.pl: no datagram\n" if !@payloads;

my @hostile = (0, 1, 2, 3, 4, 0x7f, 0x80, 0xfe, 0xff);

# Changes a few octets from `$from` on.
sub change
{
    my ($octets, $from) = @_;
    my $room = length ($octets) - $from;

    for (1 .. 1 + int rand 4) {
        my $at = int rand $room;

        # lengths and counts are near the beginnings of things: the header is often hit
        $at = int rand 40 if rand () < 0.3 && $room > 40;
        substr ($octets, $from + $at, 1) =
            chr (rand () < 0.7 ? $hostile[int rand @hostile] : int rand 256);
    }
    return $octets;
}

sub mutate
{
    my $payload = change ($_[0], 0);

    $payload = substr $payload, 0, 1 + int rand length $payload if rand () < 0.1;
    $payload .= $payloads[int rand @payloads] if rand () < 0.05;
    return substr $payload, 0, 60000;
}

sub print_packet
{
    my ($time_s, $packet) = @_;

    print pack ('VVVV', $time_s, 0, length $packet, length $packet), $packet;
}

sub datagrams
{
    for my $i (1 .. $n) {
        my $payload = $payloads[int rand @payloads];

        $payload = mutate ($payload) if $i % 4 != 0;
        my $udp = pack ('nnnn', 2055, 2055, 8 + length $payload, 0) . $payload;
        my $packet = pack ('CCnnnCCnNN', 0x45, 0, 20 + length $udp, 0, 0, 64, 17, 0,
            0xc0000201 + int rand 3, 0xc0000264) . $udp;

        print_packet (1700000000 + $i, $packet);
    }
}

sub packets
{
    for my $i (0 .. $n - 1) {
        my $early = rand () < 0.03 ? 1 : 0;
        my $packet = $packets[($i + $early) % @packets];

        next if rand () < 0.03;
        substr ($packet, $sender, 1) = chr (int ($i / @packets) % 256);
        $packet = change ($packet, rand () < 0.1 ? 0 : 20) if rand () < 0.3;
        print_packet (1700000000 + $i, $packet) for 1 .. (rand () < 0.03 ? 2 : 1);
    }
}

# Whether a Message of IPFIX is in order: nothing in it but Sets.
sub is_in_order
{
    my ($message) = @_;
    my $at = 16;

    while ($at + 4 <= length $message) {
        my $length = unpack 'xxn', substr $message, $at, 4;

        last if $length < 4;
        $at += $length;
    }
    return $at == length $message;
}

sub file
{
    my @messages = grep {
        length > 20 && unpack ('n', $_) == 10 && unpack ('xxn', $_) == length
    } @payloads;
    my @good = grep { is_in_order ($_) } @messages;

    print $good[int rand @good] for 1 .. 20;
    for (1 .. $n) {
        my $message = $messages[int rand @messages];

        print rand () < 0.7 ? change ($message, 16) : $message;
    }
}

binmode STDOUT;
print pack 'VvvVVVV', 0xa1b2c3d4, 2, 4, 0, 0, 262144, 101 if $kind ne 'file';
if ($kind eq 'datagrams') {
    datagrams ();
} elsif ($kind eq 'packets') {
    packets ();
} elsif ($kind eq 'file') {
    file ();
} else {
    die "mutate.pl: no kind '$kind'\n";
}
