#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# seeds.pl KIND FOLDER FILE...: files for a fuzzer to start from, into a folder that is made. They are
#
#   of commented hex (.hex)                   its octets
#           KIND text: all of it
#           KIND templates: of a Message the content of each of its Template Sets, too
#   of a commented file of expressions (.txt) each line, without its end
#   of a capture (.pcap, little-endian, raw IP or Ethernet with IPv4)
#           KIND messages: the payloads of its first datagrams, back to back
#           KIND packets:  its first packets, from the header of IP on, back to back
#           KIND file:     all of it, if it is small
#   of another file                           all of it
#
# KIND choices makes files of chance, the same ones each time, whose first octets are 0, 1, 2 and so on.
# KIND file makes of hex a capture, too, which holds that as a datagram or, if it begins with a header of
# IP, as packets.

use strict;
use warnings;
use File::Basename qw(basename);

# So much of a capture, octets: what is longer takes a fuzzer long and tells it nothing.
my $longest = 8192;

my ($kind, $folder, @paths) = @ARGV;
-d $folder or mkdir $folder or die "seeds.pl: $folder: $!\n";

sub seed
{
    my ($name, $octets) = @_;

    open my $out, '>:raw', "$folder/$name" or die "seeds.pl: $name: $!\n";
    print $out $octets;
    close $out or die "seeds.pl: $name: $!\n";
}

# The IPv4 packets of a capture.
sub packets_of
{
    my ($capture) = @_;
    my $link = unpack 'V', substr $capture, 20, 4;
    my @packets;

    for (my $at = 24; $at + 16 <= length $capture;) {
        my $length = unpack 'V', substr $capture, $at + 8, 4;
        my $frame = substr $capture, $at + 16, $length;

        $at += 16 + $length;
        $frame = substr $frame, 14 if $link == 1 && length $frame > 14;
        push @packets, $frame if length $frame > 28 && ord ($frame) == 0x45;
    }
    return @packets;
}

sub of_capture
{
    my ($name, $capture) = @_;
    my @packets = packets_of ($capture);
    my $octets = '';

    if ($kind eq 'file') {
        seed ($name, $capture) if length $capture <= $longest;
        return;
    }
    @packets = map { substr $_, 28 } grep { ord (substr $_, 9, 1) == 17 } @packets
        if $kind eq 'messages';
    for my $packet (@packets) {
        $octets .= $packet if length ($octets) + length ($packet) <= $longest;
    }
    seed ($name, $octets) if $octets ne '';
}

# A capture of raw IP.
sub capture_of
{
    my ($octets) = @_;
    my $capture = pack 'VvvVVVV', 0xa1b2c3d4, 2, 4, 0, 0, 262144, 101;

    if (ord ($octets) != 0x45) {
        my $udp = pack ('nnnn', 2055, 2055, 8 + length $octets, 0) . $octets;
        $octets = pack ('CCnnnCCnNN', 0x45, 0, 20 + length $udp, 0, 0, 64, 17, 0, 0xc0000201,
            0xc0000264) . $udp;
    }
    while ($octets ne '') {
        my $length = length ($octets) >= 4 ? unpack 'n', substr $octets, 2, 2 : length $octets;
        my $packet = substr $octets, 0, $length || length $octets, '';

        $capture .= pack ('VVVV', 1700000000, 0, length $packet, length $packet) . $packet;
    }
    return $capture;
}

# The contents of the Template Sets of a Message of NetFlow v9 or IPFIX.
sub template_sets
{
    my ($message) = @_;
    my $version = length $message < 20 ? 0 : unpack 'n', $message;
    my @sets;

    return if $version != 9 && $version != 10;
    for (my $at = $version == 9 ? 20 : 16; $at + 4 <= length $message;) {
        my ($id, $length) = unpack 'nn', substr $message, $at, 4;

        last if $length < 4;
        push @sets, substr $message, $at + 4, $length - 4 if $id < 4;
        $at += $length;
    }
    return @sets;
}

if ($kind eq 'choices') {
    srand 1;
    seed ("chance-$_", pack 'C*', $_ % 256, map { int rand 256 } 1 .. 800) for 0 .. 143;
}
for my $path (@paths) {
    my $name = basename ($path);

    open my $in, '<:raw', $path or die "seeds.pl: $path: $!\n";
    my $text = do { local $/; <$in> };
    if ($kind eq 'text') {
        seed ($name, $text);
    } elsif ($path =~ /\.txt$/) {
        my @lines = grep { !/^#/ } split /\n/, $text;
        seed ("$name-$_", $lines[$_]) for 0 .. $#lines;
    } elsif ($path =~ /\.pcap$/) {
        of_capture ($name, $text);
    } elsif ($path =~ /\.hex$/) {
        $text =~ s/#.*//g;
        $text =~ tr/0-9a-fA-F//cd;
        my $octets = pack 'H*', $text;
        seed ($name, $octets);
        seed ("$name.pcap", capture_of ($octets)) if $kind eq 'file' && $octets ne '';
        next if $kind ne 'templates';
        my @sets = template_sets ($octets);
        seed ("$name-$_", $sets[$_]) for 0 .. $#sets;
    } else {
        seed ($name, $text);
    }
}
