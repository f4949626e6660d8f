#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The traffic that the exporters under test are shown: always the same few conversations, with
# addresses of the documentation ranges, so that what they must report is known to the octet.

use strict;
use warnings;
use Socket qw(AF_INET AF_INET6 inet_pton);

my $usage = <<'END';
Usage: traffic.pl pcap FILE        write the frames as a capture
       traffic.pl hex              print them as hex, a line a frame
       traffic.pl send INTERFACE   send them out of an interface (needs CAP_NET_RAW)
       traffic.pl sums [VERSION [HEADER]]
                                   print "PROTOCOL PACKETS OCTETS", a line a protocol: of IP VERSION
                                   (4, 6 or all), with HEADER octets more for each packet
END

my %protocol = (icmp => 1, tcp => 6, udp => 17, icmp6 => 58);

# One conversation a row: protocol, client and server with ports, then the octets of payload of each
# packet, where those that the server sends are negative.
my @conversations = (
    [tcp   => '192.0.2.10', 40001, '198.51.100.20', 443, 0, -1, 517, -1400, -1400, -1200, 80, 0],
    [tcp   => '192.0.2.11', 40002, '198.51.100.20', 80,  0, -1, 90, -640, 0],
    [udp   => '192.0.2.10', 5353,  '203.0.113.53',  53,  34, -120],
    [udp   => '192.0.2.12', 5004,  '203.0.113.99',  5004, (172) x 20],
    [icmp  => '192.0.2.13', 0,     '203.0.113.1',   0,   56, -56, 56, -56, 56, -56],
    [tcp   => '2001:db8:1::10', 40003, '2001:db8:2::20', 443, 0, -1, 300, -1380, 0],
    [udp   => '2001:db8:1::11', 5353,  '2001:db8:3::53', 53,  46, -180],
    [icmp6 => '2001:db8:1::12', 0,     '2001:db8:3::1',  0,   56, -56],
);

my $first_time_s = 1_700_000_000;
my $gap_us       = 10_000;

my %mac = (client => '020000000001', server => '020000000002');

sub checksum
{
    my ($octets) = @_;
    my $sum = unpack '%32n*', $octets . (length ($octets) % 2 ? "\0" : '');

    $sum = ($sum & 0xffff) + ($sum >> 16) while $sum >> 16;
    return ~$sum & 0xffff;
}

# A segment with its checksum at $at, over the pseudo-header unless it is ICMP for IPv4.
sub with_checksum
{
    my ($segment, $at, $pseudo) = @_;

    substr ($segment, $at, 2) = pack 'n', checksum ($pseudo . $segment);
    return $segment;
}

sub segment
{
    my ($packet) = @_;
    my $data     = "\x55" x $packet->{payload};
    my $number   = $protocol{$packet->{protocol}};
    my $pseudo   = $packet->{src} . $packet->{dst};

    if ($packet->{protocol} eq 'tcp') {
        my $flags = $packet->{first} ? 0x02 : $packet->{last} ? 0x11 : 0x18;
        my $head = pack 'nnNNCCnnn', $packet->{sport}, $packet->{dport}, 1, 1, 0x50, $flags, 8192, 0, 0;

        return with_checksum ($head . $data, 16, $pseudo . pack 'nn', $number, 20 + length $data);
    }
    if ($packet->{protocol} eq 'udp') {
        my $length = 8 + length $data;
        my $head   = pack 'nnnn', $packet->{sport}, $packet->{dport}, $length, 0;

        return with_checksum ($head . $data, 6, $pseudo . pack 'nn', $number, $length);
    }
    my $v6   = $packet->{protocol} eq 'icmp6';
    my $type = $v6 ? ($packet->{back} ? 129 : 128) : ($packet->{back} ? 0 : 8);
    my $head = pack 'CCnnn', $type, 0, 0, 1, 1;

    return with_checksum ($head . $data, 2, $v6 ? $pseudo . pack 'nn', $number, 8 + length $data : '');
}

sub ip_packet
{
    my ($packet) = @_;
    my $inner    = segment ($packet);
    my $number   = $protocol{$packet->{protocol}};

    if (length $packet->{src} == 16) {
        return pack ('NnCC', 0x60000000, length $inner, $number, 64) . $packet->{src} . $packet->{dst}
            . $inner;
    }
    my $head = pack ('CCnnnCCn', 0x45, 0, 20 + length $inner, 1, 0x4000, 64, $number, 0)
        . $packet->{src} . $packet->{dst};

    return with_checksum ($head, 10, '') . $inner;
}

# The packets of a conversation, in order: protocol, IP version, direction, IP octets.
sub packets_of
{
    my ($protocol, $client, $cport, $server, $sport, @payloads) = @_;
    my $family = $client =~ /:/ ? AF_INET6 : AF_INET;
    my @ends   = map { inet_pton ($family, $_) } $client, $server;
    my @ports  = ($cport, $sport);
    my @packets;

    for my $i (0 .. $#payloads) {
        my $back = $payloads[$i] < 0 ? 1 : 0;
        my $octets = ip_packet ({
            protocol => $protocol, payload => abs $payloads[$i], back => $back,
            src => $ends[$back], dst => $ends[!$back], sport => $ports[$back], dport => $ports[!$back],
            first => $i == 0, last => $i == $#payloads,
        });

        push @packets, {
            number => $protocol{$protocol}, version => $family == AF_INET ? 4 : 6, back => $back,
            octets => $octets,
        };
    }
    return @packets;
}

sub frame
{
    my ($packet) = @_;
    my ($from, $to) = $packet->{back} ? qw(server client) : qw(client server);

    return pack ('H12H12n', $mac{$to}, $mac{$from}, $packet->{version} == 4 ? 0x0800 : 0x86dd)
        . $packet->{octets};
}

sub write_pcap
{
    my ($file, @frames) = @_;
    my $time_us = 0;

    open my $out, '>:raw', $file or die "$file: $!\n";
    print $out pack 'VvvVVVV', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1;
    for my $frame (@frames) {
        print $out pack ('VVVV', $first_time_s + int ($time_us / 1_000_000), $time_us % 1_000_000,
            length $frame, length $frame), $frame;
        $time_us += $gap_us;
    }
    close $out or die "$file: $!\n";
}

# Sends frames by a packet socket (packet(7)): Linux only, as is fprobe's test.
sub send_frames
{
    my ($interface, @frames) = @_;
    my ($af_packet, $sock_raw, $siocgifindex) = (17, 3, 0x8933);
    my $request = pack 'Z16x24', $interface;

    socket my $socket, $af_packet, $sock_raw, 0 or die "packet socket: $!\n";
    ioctl $socket, $siocgifindex, $request or die "$interface: $!\n";
    my $address = pack 'SnlSCCx8', $af_packet, 3, unpack ('x16l', $request), 0, 0, 0;

    for my $frame (@frames) {
        send $socket, $frame, 0, $address or die "$interface: $!\n";
        select undef, undef, undef, 0.001;
    }
}

sub print_sums
{
    my ($header, @packets) = @_;
    my %sum;

    for my $packet (@packets) {
        $sum{$packet->{number}}{packets}++;
        $sum{$packet->{number}}{octets} += $header + length $packet->{octets};
    }
    print "$_ $sum{$_}{packets} $sum{$_}{octets}\n" for sort { $a <=> $b } keys %sum;
}

my ($action, $argument, $header) = (@ARGV, '', '', 0);
my @packets = map { packets_of (@$_) } @conversations;

if ($action eq 'sums') {
    my ($version) = $argument =~ /^([46])$/;
    print_sums ($header || 0, grep { !$version || $_->{version} == $version } @packets);
} elsif ($action eq 'hex') {
    print unpack ('H*', frame ($_)), "\n" for @packets;
} elsif ($action eq 'pcap' && $argument) {
    write_pcap ($argument, map { frame ($_) } @packets);
} elsif ($action eq 'send' && $argument) {
    send_frames ($argument, map { frame ($_) } @packets);
} else {
    die $usage;
}
