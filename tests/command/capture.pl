#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Writes a capture for the tests: reads a datagram a line from standard input, "[KEY=VALUE...] HEX"
# or "[KEY=VALUE...] @FILE" for a file of hex with # comments, and prints the capture.
#
#   capture.pl [--pcapng] [--link=NAME]    NAME: ethernet, raw, null, loop, sll, sll2
#
# Keys: src, dst, sport, dport; time (seconds); vlan, mpls (numbers with commas between), pppoe;
# options (IPv4 options or IPv6 extension headers); fragment (octets of IP payload in a fragment),
# without (leave out this fragment, from 1), backwards (last fragment first); snap (octets captured);
# protocol (an IP protocol other than UDP, with HEX as its payload); arp (no IP at all); ipsum, udpsum
# (four digits: the checksum of IPv4, of UDP, where it is not to be right); icmp (TYPE,CODE: not the
# packet itself but the error that dst, or by, answers it with), quote (octets of the packet in it).
# seq (a TCP segment with this sequence number), flags (of it: S, F, R); tsn (an SCTP packet with one
# DATA chunk of this number), tag, stream, flags (of it: B, E; both unless given).
# Addresses with a colon make IPv6.

use strict;
use warnings;
use Socket qw(AF_INET AF_INET6 inet_pton);

my %LINK_TYPE =
    (ethernet => 1, raw => 101, null => 0, loop => 108, sll => 113, sll2 => 276);
my ($ETHERTYPE_IPV4, $ETHERTYPE_IPV6, $ETHERTYPE_ARP) = (0x0800, 0x86dd, 0x0806);
my ($PROTOCOL_TCP, $PROTOCOL_UDP, $PROTOCOL_SCTP) = (6, 17, 132);
my ($PROTOCOL_ICMP, $PROTOCOL_ICMPV6) = (1, 58);
my ($PROTOCOL_HOP_BY_HOP, $PROTOCOL_FRAGMENT) = (0, 44);
my ($SNAP_LENGTH, $MORE_FRAGMENTS) = (262144, 0x2000);

my $is_pcapng = grep { $_ eq '--pcapng' } @ARGV;
my ($link) = map { /^--link=(\w+)$/ } @ARGV, "--link=ethernet";
my $identification = 0;

sub octets_of
{
    my ($text) = @_;

    if ($text =~ /^@(.*)/) {
        open my $file, '<', $1 or die "capture.pl: $1: $!\n";
        $text = join '', map { s/#.*//sr } <$file>;
    }
    $text =~ s/\s+//g;
    die "capture.pl: no hex: $text\n" if $text !~ /^(?:[0-9a-f]{2})*$/i;
    return pack 'H*', $text;
}

sub address
{
    my ($text) = @_;

    return inet_pton ($text =~ /:/ ? AF_INET6 : AF_INET, $text) // die "capture.pl: $text\n";
}

# The checksum of octets (RFC 1071).
sub checksum
{
    my ($octets) = @_;
    my $sum = unpack '%32n*', $octets . "\0" x (length ($octets) % 2);

    $sum = ($sum & 0xffff) + ($sum >> 16) while $sum > 0xffff;
    return 0xffff - $sum;
}

# Parts of the IP payload: [offset, octets, whether more follow], a single one if not fragmented.
sub parts
{
    my ($payload, $keys) = @_;
    my $size = $keys->{fragment} // length $payload;
    my @parts;

    for (my $offset = 0; $offset < length $payload; $offset += $size) {
        push @parts,
            [$offset, substr ($payload, $offset, $size), $offset + $size < length $payload];
    }
    splice @parts, $keys->{without} - 1, 1 if $keys->{without};
    return $keys->{backwards} ? reverse @parts : @parts;
}

sub ipv4
{
    my ($part, $protocol, $keys) = @_;
    my ($offset, $octets, $more) = @$part;
    my $options = $keys->{options} ? pack ('C4', 1, 1, 1, 0) : '';    # three no-operations, end
    my $words = 5 + length ($options) / 4;
    my $header = pack ('CCnnnCCn', 0x40 | $words, 0, $words * 4 + length $octets, $identification,
        ($more ? $MORE_FRAGMENTS : 0) | $offset / 8, 64, $protocol, 0)
        . address ($keys->{src}) . address ($keys->{dst}) . $options;

    substr $header, 10, 2, pack 'n', hex ($keys->{ipsum} // sprintf '%x', checksum ($header));
    return $header . $octets;
}

sub ipv6
{
    my ($part, $protocol, $keys) = @_;
    my ($offset, $octets, $more) = @$part;

    if ($keys->{fragment}) {
        $octets = pack ('CCnN', $protocol, 0, $offset | ($more ? 1 : 0), $identification) . $octets;
        $protocol = $PROTOCOL_FRAGMENT;
    }
    if ($keys->{options}) {    # PadN
        $octets = pack ('CCCCN', $protocol, 0, 1, 4, 0) . $octets;
        $protocol = $PROTOCOL_HOP_BY_HOP;
    }
    return pack ('NnCC', 0x60000000, length $octets, $protocol, 64)
        . address ($keys->{src}) . address ($keys->{dst}) . $octets;
}

sub link_header
{
    my ($type, $is_ipv6) = @_;

    return ''                                            if $link eq 'raw';
    return pack 'V', $is_ipv6 ? 10 : 2                   if $link eq 'null';
    return pack 'N', $is_ipv6 ? 24 : 2                   if $link eq 'loop';
    return pack 'nnnx8n', 0, 1, 6, $type                 if $link eq 'sll';
    return pack 'nnNnCCx8', $type, 0, 1, 1, 0, 6         if $link eq 'sll2';
    return pack ('H12H12n', '020000000002', '020000000001', $type);
}

# What stands between link header and IP: VLAN tags, a PPPoE session, MPLS labels.
sub encapsulate
{
    my ($packet, $keys) = @_;
    my $is_ipv6 = $keys->{src} =~ /:/;
    my $type = $is_ipv6 ? $ETHERTYPE_IPV6 : $ETHERTYPE_IPV4;
    my @labels = split /,/, $keys->{mpls} // '';

    if ($keys->{arp}) {
        ($packet, $type) = (pack ('nnCCnx20', 1, $ETHERTYPE_IPV4, 6, 4, 1), $ETHERTYPE_ARP);
    }
    if (@labels) {
        my $bottom = pop @labels;
        $packet = join ('', map { pack 'N', $_ << 12 | 64 } @labels)
            . pack ('N', $bottom << 12 | 0x100 | 64) . $packet;
        $type = 0x8847;
    }
    if ($keys->{pppoe}) {
        $packet = pack ('CCnnn', 0x11, 0, 7, 2 + length $packet, $is_ipv6 ? 0x57 : 0x21) . $packet;
        $type = 0x8864;
    }
    for my $id (reverse split /,/, $keys->{vlan} // '') {
        $packet = pack ('nn', $id, $type) . $packet;
        $type = 0x8100;
    }
    return link_header ($type, $is_ipv6) . $packet;
}

sub block
{
    my ($type, $content) = @_;
    my $length = 12 + length $content;

    return pack ('VV', $type, $length) . $content . pack ('V', $length);
}

sub print_start
{
    if ($is_pcapng) {
        print block (0x0a0d0d0a, pack ('VvvVV', 0x1a2b3c4d, 1, 0, 0xffffffff, 0xffffffff)),
            block (1, pack ('vvV', $LINK_TYPE{$link}, 0, $SNAP_LENGTH));
    } else {
        print pack ('VvvVVVV', 0xa1b2c3d4, 2, 4, 0, 0, $SNAP_LENGTH, $LINK_TYPE{$link});
    }
}

sub print_frame
{
    my ($frame, $keys) = @_;
    my $octets = substr $frame, 0, $keys->{snap} // length $frame;

    if (!$is_pcapng) {
        print pack ('VVVV', $keys->{time}, 0, length $octets, length $frame), $octets;
        return;
    }
    my $microseconds = $keys->{time} * 1_000_000;
    print block (6, pack ('VVVVV', 0, $microseconds >> 32, $microseconds & 0xffffffff,
        length $octets, length $frame) . $octets . "\0" x (-length ($octets) % 4));
}

# TCP (RFC 9293 3.1), with an acknowledgment of nothing.
sub tcp
{
    my ($payload, $keys) = @_;
    my $flags = $keys->{flags} // '';
    my $bits = 0x10 | ($flags =~ /F/ ? 1 : 0) | ($flags =~ /S/ ? 2 : 0) | ($flags =~ /R/ ? 4 : 0);

    return pack ('nnNNCCnnn', $keys->{sport}, $keys->{dport}, $keys->{seq}, 0, 0x50, $bits, 65535, 0, 0)
        . $payload;
}

# SCTP with a DATA chunk (RFC 9260 3.1, 3.3.1).
sub sctp
{
    my ($payload, $keys) = @_;
    my $flags = $keys->{flags} // 'BE';
    my $bits = ($flags =~ /E/ ? 1 : 0) | ($flags =~ /B/ ? 2 : 0);

    return pack ('nnNN', $keys->{sport}, $keys->{dport}, $keys->{tag} // 1, 0)
        . pack ('CCnNnnN', 0, $bits, 16 + length $payload, $keys->{tsn}, $keys->{stream} // 0, 0, 0)
        . $payload . "\0" x (-length ($payload) % 4);
}

# UDP (RFC 768), whose checksum covers a pseudo header, too (RFC 8200 8.1). One of 0 would be none.
sub udp
{
    my ($payload, $keys) = @_;
    my $length = 8 + length $payload;
    my $header = pack 'nnnn', $keys->{sport}, $keys->{dport}, $length, 0;
    my $sum = checksum (address ($keys->{src}) . address ($keys->{dst})
        . pack ('NN', $PROTOCOL_UDP, $length) . $header . $payload) || 0xffff;

    substr $header, 6, 2, pack 'n', hex ($keys->{udpsum} // sprintf '%x', $sum);
    return $header . $payload;
}

# The error of ICMP or ICMPv6 that a packet is answered with (RFC 792, RFC 4443).
sub icmp
{
    my ($packet, $keys) = @_;
    my $is_ipv6 = $keys->{src} =~ /:/;
    my %back = (%$keys, src => $keys->{by} // $keys->{dst}, dst => $keys->{src});
    my $error = pack ('CCnN', split (/,/, $keys->{icmp}), 0, 0)
        . substr ($packet, 0, $keys->{quote} // length $packet);
    my $pseudo = $is_ipv6 ? address ($back{src}) . address ($back{dst})
        . pack ('NN', length $error, $PROTOCOL_ICMPV6) : '';

    delete @back{qw(fragment ipsum options)};
    substr $error, 2, 2, pack 'n', checksum ($pseudo . $error);
    return $is_ipv6 ? ipv6 ([0, $error], $PROTOCOL_ICMPV6, \%back)
        : ipv4 ([0, $error], $PROTOCOL_ICMP, \%back);
}

# What IP carries, and its number.
sub transport
{
    my ($payload, $keys) = @_;

    return ($payload, $keys->{protocol})                if defined $keys->{protocol};
    return (tcp ($payload, $keys), $PROTOCOL_TCP)       if defined $keys->{seq};
    return (sctp ($payload, $keys), $PROTOCOL_SCTP)     if defined $keys->{tsn};
    return (udp ($payload, $keys), $PROTOCOL_UDP);
}

die "capture.pl: no link type $link\n" if !exists $LINK_TYPE{$link};
binmode STDOUT;
print_start ();
while (my $line = <STDIN>) {
    my %keys = (src => '192.0.2.1', dst => '192.0.2.9', sport => 40000, time => 1700000000);
    while ($line =~ s/^\s*(\w+)=(\S+)\s*//) { $keys{$1} = $2 }
    chomp $line;
    next if $line =~ /^#/ || ($line eq '' && !defined $keys{seq});
    $keys{dport} //= defined $keys{seq} || defined $keys{tsn} ? 4739 : 2055;
    my ($payload, $protocol) = transport (octets_of ($line), \%keys);
    $identification++;
    for my $part (parts ($payload, \%keys)) {
        my $packet = $keys{src} =~ /:/ ? ipv6 ($part, $protocol, \%keys)
            : ipv4 ($part, $protocol, \%keys);
        $packet = icmp ($packet, \%keys) if defined $keys{icmp};
        print_frame (encapsulate ($packet, \%keys), \%keys);
    }
}
