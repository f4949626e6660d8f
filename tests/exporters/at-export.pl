#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# at-export.pl CAPTURE...: lets the Messages of captures that receive.pl wrote over UDP arrive in the
# second in which their headers say that they were exported. An exporter that reads traffic from a file
# and goes by its times (softflowd -a) would else seem to have a clock that is years behind.

use strict;
use warnings;

my ($file_header, $frame_header, $udp_payload) = (24, 16, 28);

for my $path (@ARGV) {
    open my $in, '<:raw', $path or die "$path: $!\n";
    my $octets = do { local $/; <$in> };
    my $at = $file_header;

    while ($at < length $octets) {
        my $captured = unpack 'V', substr $octets, $at + 8, 4;
        my $message = substr $octets, $at + $frame_header + $udp_payload, $captured - $udp_payload;
        my $version = unpack 'n', $message;

        substr $octets, $at, 4, pack 'V', unpack 'N', substr $message, $version == 10 ? 4 : 8, 4;
        $at += $frame_header + $captured;
    }
    open my $out, '>:raw', $path or die "$path: $!\n";
    print $out $octets;
    close $out or die "$path: $!\n";
}
