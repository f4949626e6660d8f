#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# relay.pl tcp|udp PORT CAPTURE: listens on a port of 127.0.0.1, which it prints, and relays one
# conversation with 127.0.0.1:PORT. When both sides are silent for four seconds, or one ends, it writes
# what went over as a capture from 192.0.2.1:40000 to 192.0.2.2:4740, and ends. A line "data" tells that a
# datagram of a client went over that has application data of DTLS.

use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;

my ($transport, $port, $capture) = @ARGV;
my $is_tcp = $transport eq 'tcp';
my @ends = ("\xc0\0\2\1", "\xc0\0\2\2");
my @ports = (40000, 4740);
my @next = (1000, 2000); # TCP sequence numbers of client and server
my $out = pack 'VvvVVVV', 0xa1b2c3d4, 2, 4, 0, 0, 262144, 101; # raw IP
my $time = 1700000000;

# A packet from end 0, the client, or 1.
sub record
{
    my ($from, $payload, $flags) = @_;
    my $to = 1 - $from;
    my $segment = $is_tcp
        ? pack ('nnNNCCnnn', $ports[$from], $ports[$to], $next[$from], $flags == 2 ? 0 : $next[$to],
            0x50, $flags, 65535, 0, 0)
        : pack ('nnnn', $ports[$from], $ports[$to], 8 + length $payload, 0);
    my $ip = pack 'CCnnnCCna4a4', 0x45, 0, 20 + length ($segment) + length $payload, 0, 0, 64,
        $is_tcp ? 6 : 17, 0, $ends[$from], $ends[$to];
    my $packet = $ip . $segment . $payload;

    $out .= pack ('VVVV', $time++, 0, length $packet, length $packet) . $packet;
    $next[$from] += length ($payload) + ($flags & 3 ? 1 : 0);
}

my $listener = IO::Socket::INET->new (LocalAddr => '127.0.0.1', LocalPort => 0, Proto => $transport,
    $is_tcp ? (Listen => 1) : ()) or die "relay.pl: $!\n";
my $server = IO::Socket::INET->new (PeerAddr => '127.0.0.1', PeerPort => $port,
    Proto => $transport) or die "relay.pl: port $port: $!\n";

$| = 1;
print $listener->sockport, "\n";
my $client = $is_tcp ? $listener->accept : $listener;
my $peer; # of UDP: where the client is

if ($is_tcp) {
    record (0, '', 0x02);
    record (1, '', 0x12);
    record (0, '', 0x10);
}
my $select = IO::Select->new ($client, $server);

RELAY: while (my @ready = $select->can_read ($peer || $is_tcp ? 4 : 10)) {
    for my $socket (@ready) {
        my $from = $socket == $server ? 1 : 0;
        my $payload;

        if ($is_tcp || $from == 1) {
            sysread $socket, $payload, 65536;
        } else {
            $peer = $socket->recv ($payload, 65536);
        }
        last RELAY if !defined $payload || ($is_tcp && $payload eq '');
        record ($from, $payload, 0x18);
        if ($from == 0) {
            syswrite $server, $payload;
            print "data\n" if !$is_tcp && ord ($payload) == 23;
        } elsif ($is_tcp) {
            syswrite $client, $payload;
        } else {
            $client->send ($payload, 0, $peer);
        }
    }
}
open my $file, '>:raw', $capture or die "relay.pl: $capture: $!\n";
print $file $out;
close $file or die "relay.pl: $capture: $!\n";
