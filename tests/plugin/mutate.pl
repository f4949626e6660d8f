#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# mutate.pl SEED NUMBER CAPTURE...: prints a capture of so many datagrams to port 2055 whose payloads
# are those of the captures (little-endian pcap of raw IP or Ethernet, UDP over IPv4), each changed at a
# few octets, cut short or joined with another; by the seed always the same ones.

use strict;
use warnings;

my ($seed, $n, @captures) = @ARGV;
my @payloads;

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
        push @payloads, substr $frame, 28
            if length $frame > 28 && ord ($frame) == 0x45 && ord (substr $frame, 9, 1) == 17;
    }
}
die "mutate.pl: no datagram\n" if !@payloads;

my @hostile = (0, 1, 2, 3, 4, 0x7f, 0x80, 0xfe, 0xff);

sub mutate
{
    my ($payload) = @_;

    for (1 .. 1 + int rand 4) {
        my $at = int rand length $payload;

        # lengths and counts are near the beginnings of things: the header is often hit
        $at = int rand 40 if rand () < 0.3 && length $payload > 40;
        substr ($payload, $at, 1) =
            chr (rand () < 0.7 ? $hostile[int rand @hostile] : int rand 256);
    }
    $payload = substr $payload, 0, 1 + int rand length $payload if rand () < 0.1;
    $payload .= $payloads[int rand @payloads] if rand () < 0.05;
    return substr $payload, 0, 60000;
}

binmode STDOUT;
print pack 'VvvVVVV', 0xa1b2c3d4, 2, 4, 0, 0, 262144, 101;
for my $i (1 .. $n) {
    my $payload = $payloads[int rand @payloads];

    $payload = mutate ($payload) if $i % 4 != 0;
    my $udp = pack ('nnnn', 2055, 2055, 8 + length $payload, 0) . $payload;
    my $packet = pack ('CCnnnCCnNN', 0x45, 0, 20 + length $udp, 0, 0, 64, 17, 0,
        0xc0000201 + int rand 3, 0xc0000264) . $udp;

    print pack ('VVVV', 1700000000 + $i, 0, length $packet, length $packet), $packet;
}
