#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# sample-capture.pl CAPTURE SAMPLE.hex...: the Messages of golden samples as a capture of UDP datagrams
# from port 2055 of 192.0.2.1 (the next sample's from 192.0.2.2, and so on) to 192.0.2.254:2055, or as
# they are where the sample is of IP packets. Where each Message ends says the command's JSON beside
# each sample, and when it is exported: then it arrives. Prints of each sample how many frames it became, and its name.

use strict;
use warnings;
use JSON::PP;
use Time::Local qw(timegm);

my ($capture, @samples) = @ARGV;
my $RAW_IP = 101;

sub slurp
{
    my ($path) = @_;

    open my $in, '<:raw', $path or die "sample-capture.pl: $path: $!\n";
    return do { local $/; <$in> };
}

sub in_udp
{
    my ($message, $exporter) = @_;
    my $udp = pack ('nnnn', 2055, 2055, 8 + length $message, 0) . $message;
    my $ip = pack 'CCnnnCCna4a4', 0x45, 0, 20 + length $udp, 0, 0, 64, 17, 0,
        "\xc0\0\2" . chr $exporter, "\xc0\0\2\xfe";
    my $sum = unpack '%32n*', $ip;

    $sum = ($sum & 0xffff) + ($sum >> 16) while $sum > 0xffff;
    substr $ip, 10, 2, pack 'n', 0xffff - $sum;
    return $ip . $udp;
}

my $out = pack 'VvvVVVV', 0xa1b2c3d4, 2, 4, 0, 0, 262144, $RAW_IP;
my $start = 1700000000;
my $n_frames = 0;

# When a Message arrives: as it is exported or, where it does not tell or that is no time, at the start.
sub arrival
{
    my ($message) = @_;
    my @time = ($message->{export_time} // '') =~ /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)/;

    return @time && $time[0] > 1990
        ? timegm (@time[5, 4, 3, 2], $time[1] - 1, $time[0]) : $start;
}

sub add_frame
{
    my ($frame, $on_wire, $time) = @_;

    $n_frames++;
    $out .= pack ('VVVV', $time, 0, length $frame, $on_wire) . $frame;
}

sub add_sample
{
    my ($i) = @_;
    my $octets = pack 'H*', slurp ($samples[$i]) =~ s/#.*//gr =~ s/\s+//gr;
    my @messages = map { decode_json ($_) } grep { /\S/ } split /\n/,
        slurp ($samples[$i] =~ s/\.hex$/.json/r);

    if (@messages && $messages[0]{exporter}) {
        my %message = map { ($_->{packet} // 0) => $_ } reverse @messages;

        while (length $octets) {
            my $is_ipv6 = ord ($octets) >> 4 == 6;
            my $on_wire = $is_ipv6 ? 40 + unpack 'x4n', $octets : unpack 'x2n', $octets;
            my $time = arrival ($message{$n_frames + 1} // $messages[0]);

            add_frame (substr ($octets, 0, $on_wire, ''), $on_wire, $time);
        }
        return;
    }
    for my $message (grep { defined $_->{length} } @messages) {
        my $frame = in_udp (substr ($octets, 0, $message->{captured} // $message->{length}, ''), 1 + $i);

        add_frame ($frame, length $frame, arrival ($message));
    }
}

for my $i (0 .. $#samples) {
    $n_frames = 0;
    add_sample ($i);
    print "$n_frames ", $samples[$i] =~ s{.*/|\.hex$}{}gr, "\n";
}
open my $file, '>:raw', $capture or die "sample-capture.pl: $capture: $!\n";
print $file $out;
close $file or die "sample-capture.pl: $capture: $!\n";
