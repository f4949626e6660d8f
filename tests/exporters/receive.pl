#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A neutral receiver for the exporter tests: takes UDP datagrams, or one TCP connection, on a loopback
# port, of the kernel's choice unless one is given, and writes them as a capture (link type: raw IP)
# until it gets SIGTERM. What one read gives of a connection is a segment.
#
# Usage: receive.pl CAPTURE PORTFILE [PORT [tcp]]    the port goes to PORTFILE once it can be sent to

use strict;
use warnings;
use Socket qw(AF_INET SOCK_DGRAM SOCK_STREAM SOL_SOCKET SO_RCVBUF INADDR_LOOPBACK pack_sockaddr_in
    unpack_sockaddr_in);
use Time::HiRes qw(gettimeofday);

my ($capture, $port_file, $port, $transport) = @ARGV;
my $is_tcp = ($transport // 'udp') eq 'tcp';
die "Usage: receive.pl CAPTURE PORTFILE [PORT]\n" unless defined $port_file;

my ($linktype_raw, $ip_length, $protocol_tcp, $protocol_udp) = (101, 20, 6, 17);
my ($flag_fin, $flag_syn, $flags_data) = (0x11, 0x02, 0x18);
my $next = 1000;    # TCP sequence number
my $stop = 0;

sub announce
{
    my ($port) = @_;

    open my $out, '>', "$port_file.new" or die "$port_file.new: $!\n";
    print $out "$port\n";
    close $out or die "$port_file.new: $!\n";
    rename "$port_file.new", $port_file or die "$port_file: $!\n";
}

# The checksum of a header (RFC 1071).
sub checksum
{
    my $sum = unpack '%32n*', $_[0];

    $sum = ($sum & 0xffff) + ($sum >> 16) while $sum > 0xffff;
    return 0xffff - $sum;
}

# IPv4, and UDP without a checksum, which is optional, or TCP, whose nobody looks at.
sub packet
{
    my ($payload, $sender, $receiver, $flags) = @_;
    my ($from_port, $from) = unpack_sockaddr_in ($sender);
    my ($to_port, $to)     = unpack_sockaddr_in ($receiver);
    my $header = $is_tcp
        ? pack ('nnNNCCnnn', $from_port, $to_port, $next, 0, 0x50, $flags, 65535, 0, 0)
        : pack ('nnnn', $from_port, $to_port, 8 + length $payload, 0);

    $next += length ($payload) + ($flags == $flag_syn ? 1 : 0) if $is_tcp;
    my $ip = pack ('CCnnnCCn', 0x45, 0, $ip_length + length ($header) + length $payload, 0, 0, 64,
        $is_tcp ? $protocol_tcp : $protocol_udp, 0) . $from . $to;

    substr $ip, 10, 2, pack 'n', checksum ($ip);
    return $ip . $header . $payload;
}

socket my $socket, AF_INET, $is_tcp ? SOCK_STREAM : SOCK_DGRAM, 0 or die "socket: $!\n";
setsockopt $socket, SOL_SOCKET, SO_RCVBUF, pack 'l', 1 << 20 or die "SO_RCVBUF: $!\n";
bind $socket, pack_sockaddr_in ($port // 0, INADDR_LOOPBACK) or die "bind: $!\n";
my $here = getsockname $socket;
listen $socket, 1 or die "listen: $!\n" if $is_tcp;

open my $out, '>:raw', $capture or die "$capture: $!\n";
print $out pack 'VvvVVVV', 0xa1b2c3d4, 2, 4, 0, 0, 65535, $linktype_raw;

$SIG{TERM} = sub { $stop = 1 };
announce ((unpack_sockaddr_in ($here))[0]);

sub record
{
    my ($payload, $sender, $flags) = @_;
    my ($seconds, $microseconds) = gettimeofday ();
    my $octets = packet ($payload, $sender, $here, $flags);

    print $out pack ('VVVV', $seconds, $microseconds, length $octets, length $octets), $octets;
}

# Whether the socket has something. A short timeout rather than an endless wait, so that what lies in
# it at SIGTERM is taken; then it is over.
sub is_ready
{
    my ($from) = @_;

    while (1) {
        my $ready = '';

        vec ($ready, fileno ($from), 1) = 1;
        my $count = select $ready, undef, undef, 0.05;
        return 1 if $count > 0;
        return 0 if $stop;
    }
}

if ($is_tcp && is_ready ($socket)) {
    my $sender = accept my $connection, $socket or die "accept: $!\n";
    my $payload;

    record ('', $sender, $flag_syn);
    record ($payload, $sender, $flags_data)
        while is_ready ($connection) && sysread $connection, $payload, 1000;
    record ('', $sender, $flag_fin);
}
while (!$is_tcp && is_ready ($socket)) {
    my $sender = recv $socket, my $payload, 65535, 0;

    record ($payload, $sender, 0) if defined $sender;
}
close $out or die "$capture: $!\n";
