#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Datagrams of other protocols that look a little like NetFlow or IPFIX, as lines for capture.pl, to
# ports that nobody has: DNS, QUIC, SIP, RTP, STUN, sFlow and random octets, each many times, with the
# versions of NetFlow and lengths that fit where a version and a Length would be.

use strict;
use warnings;

my $seed = shift // 1;

srand $seed;

sub random_octets
{
    return join '', map { chr int rand 256 } 1 .. $_[0];
}

sub say_datagram
{
    my ($payload) = @_;

    printf "sport=%d dport=%d %s\n", 20000 + int rand 20000, 20000 + int rand 20000,
        unpack 'H*', $payload;
}

sub dns
{
    my ($id, $flags, $labels) = @_;
    my $name = join '', map { chr (length $_) . $_ } (@$labels, '');

    return pack ('nnnnnn', $id, $flags, 1, 0, 0, 0) . $name . pack 'nn', 1, 1;
}

for my $version (1, 5, 6, 7, 8, 9, 10) {
    for my $flags (0x0100, 0x8180, 0x8583) {
        say_datagram (dns ($version, $flags, ['www', 'example', 'com']));
        say_datagram (dns ($version, $flags, ['x' x 63, 'y' x 60, 'z' x 63, 'w' x 30, 'com']));
        # a DNS message as long as its flags would be a Length: what fills it are labels
        my $long = dns ($version, $flags, ['a' x 50]);

        say_datagram ($long . random_octets (256 - length $long)) if $flags == 0x0100;
    }
    for (1 .. 200) {
        say_datagram (pack ('n', $version) . random_octets (20 + int rand 1300));
    }
    for (1 .. 200) { # IPFIX's Length is right, and nothing else
        my $length = 16 + int rand 1300;

        say_datagram (pack ('nn', $version, $length) . random_octets ($length - 4));
    }
}
for (1 .. 300) {
    say_datagram (chr (0xc0 | int rand 64) . pack ('N', 1) . random_octets (1195)); # QUIC, long header
    say_datagram (chr (0x40 | int rand 64) . random_octets (30 + int rand 1000));   # and short
    say_datagram (pack ('CCnNN', 0x80, int rand 128, int rand 65536, int rand 2 ** 32, 1)
            . random_octets (160));                                                 # RTP
    say_datagram (pack ('nnN', 1, 8, 0x2112a442) . random_octets (12) . random_octets (8)); # STUN
    say_datagram (pack ('NN', 5, 1) . random_octets (400));                         # sFlow
    say_datagram (random_octets (int rand 1400));
}
# Headers alone, an empty Set, a Set and garbage; times in the far future.
say_datagram (pack ('nnNNNN', 9, 0, 1000, 1700000000, 0, 1) . pack 'nn', 256, 4);
say_datagram (pack ('nnNNNN', 9, 0, 1000, 1700000000, 0, 1) . pack ('nn', 65535, 4) . "abc");
say_datagram (pack ('nnNNN', 10, 16, 1700000000, 0, 1));
say_datagram (pack ('nnNNN', 10, 20, 1700000000, 0, 1) . pack 'nn', 300, 4);
say_datagram (pack ('nnNNN', 10, 28, 4000000000, 0, 1) . pack 'nnnnnn', 2, 12, 256, 1, 1, 4);
say_datagram ("OPTIONS sip:nm SIP/2.0\r\nVia: SIP/2.0/UDP nm;branch=foo\r\nMax-Forwards: 70\r\n\r\n");
say_datagram ('');
say_datagram ("\0");
say_datagram ("\0\x0a");
