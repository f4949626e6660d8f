#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# sample-capture.pl SAMPLE.hex SAMPLE.json CAPTURE: the Messages of a golden sample as a capture of
# UDP datagrams from 192.0.2.1:2055 to 192.0.2.2:2055, or as they are where the sample is of IP
# packets. The command's JSON of the sample says where each Message ends.

use strict;
use warnings;
use JSON::PP;

my ($hex_file, $json_file, $capture) = @ARGV;
my $RAW_IP = 101;

sub slurp
{
    my ($path) = @_;

    open my $in, '<:raw', $path or die "sample-capture.pl: $path: $!\n";
    return do { local $/; <$in> };
}

sub in_udp
{
    my ($message) = @_;
    my $udp = pack ('nnnn', 2055, 2055, 8 + length $message, 0) . $message;
    my $ip = pack 'CCnnnCCna4a4', 0x45, 0, 20 + length $udp, 0, 0, 64, 17, 0,
        "\xc0\0\2\1", "\xc0\0\2\2";
    my $sum = unpack '%32n*', $ip;

    $sum = ($sum & 0xffff) + ($sum >> 16) while $sum > 0xffff;
    substr $ip, 10, 2, pack 'n', 0xffff - $sum;
    return $ip . $udp;
}

my $octets = pack 'H*', slurp ($hex_file) =~ s/#.*//gr =~ s/\s+//gr;
my @messages = map { decode_json ($_) } grep { /\S/ } split /\n/, slurp ($json_file);
my $out = pack 'VvvVVVV', 0xa1b2c3d4, 2, 4, 0, 0, 262144, $RAW_IP;
my $time = 1700000000;

for my $message (grep { defined $_->{length} } @messages) {
    my ($frame, $on_wire);

    if ($message->{exporter}) {
        $on_wire = unpack 'n', substr $octets, 2, 2;
        $frame = substr $octets, 0, $on_wire, '';
    } else {
        $frame = in_udp (substr $octets, 0, $message->{captured} // $message->{length}, '');
        $on_wire = length $frame;
    }
    $out .= pack ('VVVV', $time++, 0, length $frame, $on_wire) . $frame;
}
open my $file, '>:raw', $capture or die "sample-capture.pl: $capture: $!\n";
print $file $out;
close $file or die "sample-capture.pl: $capture: $!\n";
