#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A neutral receiver for the exporter tests: takes UDP datagrams on a loopback port, of the kernel's
# choice unless one is given, and writes them as a capture (link type: raw IP) until it gets SIGTERM.
#
# Usage: receive.pl CAPTURE PORTFILE [PORT]    the port goes to PORTFILE once it can be sent to

use strict;
use warnings;
use Socket qw(AF_INET SOCK_DGRAM SOL_SOCKET SO_RCVBUF INADDR_LOOPBACK pack_sockaddr_in
    unpack_sockaddr_in);
use Time::HiRes qw(gettimeofday);

my ($capture, $port_file, $port) = @ARGV;
die "Usage: receive.pl CAPTURE PORTFILE [PORT]\n" unless defined $port_file;

my ($linktype_raw, $ip_udp_length, $protocol_udp) = (101, 28, 17);
my $stop = 0;

sub announce
{
    my ($port) = @_;

    open my $out, '>', "$port_file.new" or die "$port_file.new: $!\n";
    print $out "$port\n";
    close $out or die "$port_file.new: $!\n";
    rename "$port_file.new", $port_file or die "$port_file: $!\n";
}

# IPv4 and UDP headers without checksums: UDP's is optional, and nobody routes this packet.
sub packet
{
    my ($payload, $sender, $receiver) = @_;
    my ($from_port, $from) = unpack_sockaddr_in ($sender);
    my ($to_port, $to)     = unpack_sockaddr_in ($receiver);
    my $length = $ip_udp_length + length $payload;

    return pack ('CCnnnCCn', 0x45, 0, $length, 0, 0, 64, $protocol_udp, 0) . $from . $to
        . pack ('nnnn', $from_port, $to_port, $length - 20, 0) . $payload;
}

socket my $socket, AF_INET, SOCK_DGRAM, 0 or die "socket: $!\n";
setsockopt $socket, SOL_SOCKET, SO_RCVBUF, pack 'l', 1 << 20 or die "SO_RCVBUF: $!\n";
bind $socket, pack_sockaddr_in ($port // 0, INADDR_LOOPBACK) or die "bind: $!\n";
my $here = getsockname $socket;

open my $out, '>:raw', $capture or die "$capture: $!\n";
print $out pack 'VvvVVVV', 0xa1b2c3d4, 2, 4, 0, 0, 65535, $linktype_raw;

$SIG{TERM} = sub { $stop = 1 };
announce ((unpack_sockaddr_in ($here))[0]);

# A short timeout rather than an endless wait, so that what lies in the socket at SIGTERM is taken.
while (1) {
    my $ready = '';

    vec ($ready, fileno ($socket), 1) = 1;
    my $count = select $ready, undef, undef, 0.05;
    last if $stop && $count <= 0;
    next if $count <= 0;

    my $sender = recv $socket, my $payload, 65535, 0;
    next unless defined $sender;
    my ($seconds, $microseconds) = gettimeofday ();
    my $octets = packet ($payload, $sender, $here);

    print $out pack ('VVVV', $seconds, $microseconds, length $octets, length $octets), $octets;
}
close $out or die "$capture: $!\n";
