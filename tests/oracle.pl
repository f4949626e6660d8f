#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A second decoder of NetFlow and IPFIX, written from the RFCs alone (3954, 7011, 5103, 6313). It shares
# no code with nfpeek, so that a mistake in one of them shows as a difference between the two.
#
#   oracle.pl CAPTURE...                     prints an object a Message, as -T json does
#   oracle.pl --compare NFPEEK CAPTURE...    compares that with what "NFPEEK -T json" prints
#
#   --elements DIR     element tables, instead of the project's own
#   --index INDEX.tsv  holds the number of Data Records against the column "records" of an index
#
# It is slow, keeps everything in memory, and knows UDP only. Exit status: 0 all the same,
# 1 something differs, 2 could not do it.

use strict;
use warnings;
use B ();
use Encode ();
use File::Basename qw(basename dirname);
use Getopt::Long qw(GetOptions);
use JSON::PP ();
use Math::BigInt ();
use Scalar::Util qw(blessed);
use List::Util qw(sum);
use IO::Uncompress::Gunzip qw(gunzip $GunzipError);
use Socket qw(AF_INET AF_INET6 inet_ntop inet_pton);

use constant {
    REVERSE_PEN    => 29305,
    CERT_PEN       => 6871,          # marks its reverse elements by a bit of the id instead
    CERT_REVERSE   => 0x4000,
    VARIABLE       => 65535,         # RFC 7011 section 7
    NTP_UNIX_EPOCH => 2_208_988_800, # seconds from 1900 to 1970
    DEEPEST_LIST   => 8,             # how many lists nfpeek reads that lie in each other
    MAX_SHOWN      => 20,            # differences printed for a capture
};

my %USUAL_PORT = map { $_ => 1 } 2055, 2056, 4432, 4739, 4740, 9001, 9025, 9995, 9996;
my %INTEGER_SIZE = (
    unsigned8 => 1, unsigned16 => 2, unsigned32 => 4, unsigned64 => 8,
    signed8   => 1, signed16   => 2, signed32   => 4, signed64   => 8,
);

# Structured data: octets of the header, and what the content is called in JSON.
my %LIST = (basicList => [5, 'values'], subTemplateList => [3, 'records'],
            subTemplateMultiList => [1, 'parts']);
my %SEMANTIC = (0 => 'noneOf', 1 => 'exactlyOneOf', 2 => 'oneOrMoreOf', 3 => 'allOf',
                4 => 'ordered', 255 => 'undefined');

# Versions of fixed layout: where the records start, and element and length of each octet run, by
# what Cisco's tables call them. What they call pad, reserved or unused is 210.
my %ELEMENT = (
    dOctets => 1, dPkts => 2, flows => 3, prot => 4, tos => 5, tcp_flags => 6, srcport => 7,
    srcaddr => 8, src_mask => 9, input => 10, dstport => 11, dstaddr => 12, dst_mask => 13,
    output => 14, nexthop => 15, src_as => 16, dst_as => 17, peer_nexthop => 18, last => 21,
    first => 22, router_sc => 43, src_prefix => 44, dst_prefix => 45, pad => 210,
    in_encaps => 32768, out_encaps => 32769, flags1 => 32770, flags2 => 32771,
    marked_tos => 32772, extra_pkts => 32773,
);
my $FLOW = 'srcaddr4 dstaddr4 nexthop4 input2 output2 dPkts4 dOctets4 first4 last4 srcport2 dstport2';
my $SUM  = 'flows4 dPkts4 dOctets4 first4 last4';
my %FIXED = (
    1 => { header => 16, layout => "$FLOW pad2 prot1 tos1 tcp_flags1 pad7" },
    5 => { header => 24, layout => "$FLOW pad1 tcp_flags1 prot1 tos1 src_as2 dst_as2 src_mask1"
                                 . ' dst_mask1 pad2' },
    6 => { header => 24, layout => "$FLOW pad1 tcp_flags1 prot1 tos1 src_as2 dst_as2 src_mask1"
                                 . ' dst_mask1 in_encaps1 out_encaps1 peer_nexthop4' },
    7 => { header => 24, layout => "$FLOW flags11 tcp_flags1 prot1 tos1 src_as2 dst_as2 src_mask1"
                                 . ' dst_mask1 flags22 router_sc4' },
    8 => { header => 28 },
);
# Version 8: by aggregation scheme.
my %AGGREGATED = (
    1 => "$SUM src_as2 dst_as2 input2 output2",
    2 => "$SUM prot1 pad3 srcport2 dstport2",
    3 => "$SUM src_prefix4 src_mask1 pad1 src_as2 input2 pad2",
    4 => "$SUM dst_prefix4 dst_mask1 pad1 dst_as2 output2 pad2",
    5 => "$SUM src_prefix4 dst_prefix4 dst_mask1 src_mask1 pad2 src_as2 dst_as2 input2 output2",
    6 => 'dstaddr4 dPkts4 dOctets4 first4 last4 output2 tos1 marked_tos1 extra_pkts4 router_sc4',
    7 => 'dstaddr4 srcaddr4 dPkts4 dOctets4 first4 last4 output2 input2 tos1 marked_tos1 pad2'
       . ' extra_pkts4 router_sc4',
    8 => 'dstaddr4 srcaddr4 dstport2 srcport2 dPkts4 dOctets4 first4 last4 output2 input2 tos1'
       . ' prot1 marked_tos1 pad1 extra_pkts4 router_sc4',
    9 => "$SUM src_as2 dst_as2 input2 output2 tos1 pad3",
    10 => "$SUM prot1 tos1 pad2 srcport2 dstport2 input2 output2",
    11 => "$SUM src_prefix4 src_mask1 tos1 src_as2 input2 pad2",
    12 => "$SUM dst_prefix4 dst_mask1 tos1 dst_as2 output2 pad2",
    13 => "$SUM src_prefix4 dst_prefix4 dst_mask1 src_mask1 tos1 pad1 src_as2 dst_as2 input2"
        . ' output2',
    14 => "$SUM src_prefix4 dst_prefix4 dst_mask1 src_mask1 tos1 prot1 srcport2 dstport2 input2"
        . ' output2',
);

my %type;       # "PEN/ID" -> abstract data type; "v9/ID" for NetFlow v9's own ids

# ---------------------------------------------------------------- element tables

sub read_csv_rows {
    my ($path) = @_;
    open my $file, '<:encoding(UTF-8)', $path or die "oracle.pl: $path: $!\n";
    my (@names, @rows);
    while (my $line = <$file>) {
        $line =~ s/\r?\n\z//;
        next if $line eq '' || $line =~ /^#/;
        my @cells;
        while ($line =~ /\G(?:"((?:[^"]|"")*)"|([^,]*))(,|\z)/g) {
            my $cell = defined $1 ? $1 =~ s/""/"/gr : $2;
            push @cells, $cell;
            last if $3 eq '';
        }
        if (!@names) { @names = @cells; next }
        my %row;
        @row{@names} = @cells;
        push @rows, \%row;
    }
    return @rows;
}

# iana.csv, a pen-N.csv an enterprise, netflow9*.csv for ids that only NetFlow v9 has, fixed.csv for
# what only the versions before it have.
# enterprises.csv may tell by what an enterprise's ids are moved in NetFlow v9.
sub load_elements {
    my ($folder) = @_;
    my $enterprises = "$folder/enterprises.csv";
    my @rows = -e $enterprises ? read_csv_rows ($enterprises) : ();
    my %moved_by = map { $_->{pen} => $_->{netflow9} } @rows;
    for my $path (glob "$folder/*.csv") {
        my $name = basename ($path);
        my $space = $name eq 'iana.csv' ? 0
            : $name =~ /^pen-(\d+)\.csv$/ ? $1
            : $name =~ /^netflow9/        ? 'v9'
            : $name eq 'fixed.csv'        ? 'fixed'
            :                               next;
        for my $row (grep { $_->{type} } read_csv_rows ($path)) {
            $type{"$space/$row->{id}"} = $row->{type};
            $type{'v9/' . ($row->{id} + $moved_by{$space})} = $row->{type} if $moved_by{$space};
        }
    }
    die "oracle.pl: no element tables in $folder\n" if !keys %type;
}

# The type of a field; undef where no table has it. NetFlow v9 has no enterprise bit, so what is
# above 32767 are ids of its own (RFC 3954 section 5.2). Reverse elements: RFC 5103 section 6.1.
sub element_type {
    my ($version, $pen, $id) = @_;
    if ($pen == REVERSE_PEN) { $pen = 0 }
    elsif ($pen == CERT_PEN && !exists $type{"$pen/$id"}) { $id &= ~CERT_REVERSE }
    return $type{"$pen/$id"} // $type{($version == 9 ? 'v9' : $version < 9 ? 'fixed' : '') . "/$id"};
}

# ---------------------------------------------------------------- captures

sub slurp {
    my ($path) = @_;
    open my $file, '<:raw', $path or die "oracle.pl: $path: $!\n";
    local $/;
    my $octets = <$file> // '';
    return $octets if $octets !~ /^\x1f\x8b/;
    gunzip (\$octets, \my $plain) or die "oracle.pl: $path: $GunzipError\n";
    return $plain;
}

# Frames of a capture: number, link type, octets, and the length the frame had on the wire.
sub read_frames {
    my ($path) = @_;
    my $octets = slurp ($path);
    my $magic  = length $octets >= 4 ? unpack 'V', $octets : 0;
    return read_pcapng ($octets) if $magic == 0x0a0d0d0a;
    my $end = $magic == 0xa1b2c3d4 || $magic == 0xa1b23c4d ? '<'
        : $magic == 0xd4c3b2a1 || $magic == 0x4d3cb2a1     ? '>'
        :                                                    die "oracle.pl: $path: no capture\n";
    my $link = unpack ("x20 L$end", $octets) & 0xffff;
    my ($at, @frames) = (24);
    while ($at + 16 <= length $octets) {
        my (undef, undef, $captured, $wire) = unpack "x$at L${end}4", $octets;
        push @frames, { number => @frames + 1, link => $link, wire => $wire,
                        octets => substr ($octets, $at + 16, $captured) };
        $at += 16 + $captured;
    }
    return @frames;
}

sub read_pcapng {
    my ($octets) = @_;
    my ($at, $end, @links, @frames) = (0, '<');
    while ($at + 12 <= length $octets) {
        if (substr ($octets, $at, 4) eq "\x0a\x0d\x0d\x0a") {
            $end = unpack ('x8 V', substr $octets, $at, 12) == 0x1a2b3c4d ? '<' : '>';
            @links = ();
        }
        my ($kind, $length) = unpack "x$at L${end}2", $octets;
        last if $length < 12 || $length > length ($octets) - $at;
        my $body = substr $octets, $at + 8, $length - 12;
        my ($interface, $captured, $wire);
        $at += $length;
        if    ($kind == 1) { push @links, unpack "S$end", $body; next }
        elsif ($kind == 6) { ($interface, $captured, $wire) = unpack "L$end x8 L${end}2", $body }
        elsif ($kind == 2) { ($interface, $captured, $wire) = unpack "S$end x10 L${end}2", $body }
        elsif ($kind == 3) { ($interface, $captured, $wire) = (0, (unpack "L$end", $body) x 2) }
        else { next }
        push @frames, { number => @frames + 1, link => $links[$interface], wire => $wire,
                        octets => substr ($body, $kind == 3 ? 4 : 20, $captured) };
    }
    return @frames;
}

# The IP packet within a frame, or undef.
sub ip_of_frame {
    my ($link, $octets) = @_;
    # Octets of the link header, and where in it the EtherType stands.
    my ($at, $type_at) = $link == 1 ? (14, 12)              # Ethernet
        : $link == 113              ? (16, 14)              # Linux cooked, version 1
        : $link == 276              ? (20, 0)               # Linux cooked, version 2
        : $link == 0 || $link == 108 ? (4)                  # BSD loopback
        : (grep { $link == $_ } 12, 14, 101, 228, 229) ? (0) # raw IP
        :                              return undef;
    return undef if length $octets < $at;
    return substr $octets, $at if !defined $type_at;
    my $ethertype = unpack "x$type_at n", $octets;
    while (grep { $ethertype == $_ } 0x8100, 0x88a8, 0x9100) {
        return undef if length $octets < $at + 4;
        $ethertype = unpack 'n', substr $octets, $at + 2, 2;
        $at += 4;
    }
    return $ethertype == 0x0800 || $ethertype == 0x86dd ? substr $octets, $at : undef;
}

# Splits an IP packet: addresses, protocol, payload, and for a fragment its place and id; or undef.
sub split_ip {
    my ($ip) = @_;
    return undef if length $ip < 20;
    my $version = ord ($ip) >> 4;
    return split_ipv4 ($ip) if $version == 4;
    return $version == 6 && length $ip >= 40 ? split_ipv6 ($ip) : undef;
}

sub split_ipv4 {
    my ($ip) = @_;
    my ($total, $id, $place, $protocol) = unpack 'x2 n3 x C', $ip;
    my $header = (ord ($ip) & 15) * 4;
    return undef if $header < 20 || $header > length $ip;
    $total = length $ip if $total < $header;        # left to the sender's card
    return { from => inet_ntop (AF_INET, substr $ip, 12, 4),
             to => inet_ntop (AF_INET, substr $ip, 16, 4), protocol => $protocol,
             payload => substr ($ip, $header, $total - $header),
             id => $id, at => ($place & 0x1fff) * 8, more => $place & 0x2000 };
}

sub split_ipv6 {
    my ($ip) = @_;
    my ($length, $next) = unpack 'x4 n C', $ip;
    my $packet = { from => inet_ntop (AF_INET6, substr $ip, 8, 16),
                   to => inet_ntop (AF_INET6, substr $ip, 24, 16), at => 0, more => 0 };
    my $rest = substr $ip, 40, $length;
    while (grep { $next == $_ } 0, 43, 44, 60) {
        my $size = 8;
        return undef if length $rest < $size;
        if ($next == 44) {
            my ($place, $id) = unpack 'x2 n N', $rest;
            @$packet{qw(at more id)} = ($place & 0xfff8, $place & 1, $id);
        } else {
            $size = 8 * (1 + ord substr $rest, 1, 1);
        }
        return undef if length $rest < $size;
        $next = ord $rest;
        $rest = substr $rest, $size;
        last if $packet->{at} > 0;
    }
    @$packet{qw(protocol payload)} = ($next, $rest);
    return $packet;
}

# Adds a fragment to %$pending; the whole payload when this one was the last to come, else undef.
sub reassemble {
    my ($pending, $packet) = @_;
    my $key = join ' ', @$packet{qw(from to id)};
    $pending->{$key}{$packet->{at}} //= $packet;
    my $pieces = $pending->{$key};
    my ($whole, $piece) = ('');
    while ($piece = $pieces->{length $whole}) {
        $whole .= $piece->{payload};
        last if !$piece->{more} || $piece->{payload} eq '';
    }
    return undef if !$piece || $piece->{more};
    delete $pending->{$key};
    return $whole;
}

sub read_datagrams {
    my ($path) = @_;
    my (%pending, @datagrams);
    for my $frame (read_frames ($path)) {
        my $ip     = ip_of_frame ($frame->{link}, $frame->{octets});
        my $packet = defined $ip ? split_ip ($ip) : undef;
        next if !$packet;
        my $payload = $packet->{payload};
        $payload = reassemble (\%pending, $packet) if $packet->{at} || $packet->{more};
        next if $packet->{protocol} != 17 || !defined $payload || length $payload < 8;
        my ($from, $to, $length) = unpack 'n3', $payload;
        my $cut = length $frame->{octets} < $frame->{wire};
        $payload = substr $payload, 8;
        my $wire = length $payload;         # what the UDP Length says, unless it cannot be
        $wire = $length - 8 if $length >= 8 && ($cut || $length - 8 < $wire);
        $payload = substr $payload, 0, $wire if $wire < length $payload;
        push @datagrams, { packet => $frame->{number}, payload => $payload, wire => $wire,
                           from => $packet->{from}, from_port => $from,
                           to => $packet->{to}, to_port => $to };
    }
    return @datagrams;
}

# ---------------------------------------------------------------- Messages

# Whether a datagram to any port looks like a Message; on the usual ports a known version will do.
sub is_message {
    my ($datagram) = @_;
    my ($payload, $wire) = @$datagram{qw(payload wire)};
    return 0 if length $payload < 16;
    my ($version, $word) = unpack 'n2', $payload;
    my $header = $version == 9 ? 20 : $version == 10 ? 16 : ($FIXED{$version} // {})->{header};
    return 0 if !defined $header || length $payload < $header;
    return 1 if $USUAL_PORT{$datagram->{to_port}};
    if ($FIXED{$version}) {
        my @fields = fixed_fields ($payload, $wire) or return 0;
        return $word > 0 && $wire - $header == $word * sum (map { $_->{length} } @fields);
    }
    return 0 if length $payload < $header + 4 || ($version == 10 && $word != $wire);
    my ($id, $length) = unpack "x$header n2", $payload;
    my $reserved = $version == 9 ? $id > 1 && $id < 256 : $id != 2 && $id != 3 && $id < 256;
    return !$reserved && $length >= 4 && $length <= $wire - $header;
}

# The fields of a fixed version's records; none where its aggregation scheme is not known. Records of
# version 1 have 52 octets in Cisco's table and 48 in what most exporters send.
sub fixed_fields {
    my ($payload, $wire) = @_;
    my ($version, $count) = unpack 'n2', $payload;
    my $layout = $FIXED{$version}{layout} // $AGGREGATED{unpack 'x22 C', $payload} // '';
    my @fields = map { /^(.*)(\d)$/; { pen => 0, id => $ELEMENT{$1}, length => $2 } } split ' ', $layout;
    $fields[-1]{length} += 4 if $version == 1 && $count && $wire - 16 == $count * 52;
    return @fields;
}

# Header and Sets of a Message: Templates parsed, data left for the walk.
sub parse_message {
    my ($datagram) = @_;
    my ($payload, $wire) = @$datagram{qw(payload wire)};
    my ($version, $word) = unpack 'n2', $payload;
    my $message = { packet => $datagram->{packet}, version => $version, length => $wire, sets => [],
                    _datagram => $datagram };
    return parse_fixed ($message) if $FIXED{$version};
    my ($at, $end);
    if ($version == 9) {
        @$message{qw(count sequence domain)} = ($word, unpack 'x12 N2', $payload);
        ($at, $end) = (20, $wire);
    } else {
        @$message{qw(length sequence domain)} = ($word, unpack 'x8 N2', $payload);
        ($at, $end) = (16, $word);
    }
    my $here = $end < length $payload ? $end : length $payload;
    $message->{captured} = $here if $here < $message->{length};
    while ($here - $at >= 4) {
        my ($id, $length) = unpack "x$at n2", $payload;
        last if $length < 4;                # v9: zeros up to the end of the datagram; else an error
        my $present = $length > $here - $at ? $here - $at : $length;
        my $set = { id => $id, offset => $at, length => $length,
                    kind => set_kind ($version, $id), _end => $at + $present };
        $set->{captured} = $present if $present < $length;
        parse_templates ($message, $set) if $set->{kind} =~ /template/;
        push @{$message->{sets}}, $set;
        $at += $present;
    }
    # What is left belongs to no Set: filling, a Set Length below 4, octets beyond an IPFIX Length.
    my $left = length ($payload) - $at;
    $message->{undecoded} = { offset => $at, length => $left } if $left > 0;
    return $message;
}

sub set_kind {
    my ($version, $id) = @_;
    my $first = $version == 9 ? 0 : 2;      # RFC 3954 sections 5.2 and 6.1, RFC 7011 section 3.3.2
    return 'data' if $id >= 256;
    return $id == $first ? 'template' : $id == $first + 1 ? 'options_template' : 'reserved';
}

# Versions 1 and 5 to 8. Whole records that are there count, whatever the header says.
sub parse_fixed {
    my ($message) = @_;
    my ($payload, $wire) = @{$message->{_datagram}}{qw(payload wire)};
    my ($version, $count) = unpack 'n2', $payload;
    my $header = $FIXED{$version}{header};
    $message->{count} = $count;
    $message->{sequence} = unpack 'x16 N', $payload if $version != 1;
    $message->{domain} = unpack 'x20 n', $payload if $version =~ /^[568]$/;
    @$message{qw(engine_type engine_id)} = unpack 'x20 C2', $payload if $version =~ /^[568]$/;
    $message->{sampling} = unpack 'x22 n', $payload if $version =~ /^[56]$/;
    $message->{reserved} = unpack 'x20 N', $payload if $version == 7;
    @$message{qw(aggregation aggregation_version sampling reserved)} = unpack 'x22 C2 n2', $payload
        if $version == 8;
    $message->{captured} = length $payload if length $payload < $wire;
    my @fields = fixed_fields ($payload, $wire);
    if (!@fields) {
        $message->{undecoded} = { offset => $header, length => length ($payload) - $header }
            if length $payload > $header;
        return $message;
    }
    my $set = { kind => 'data', offset => $header, length => $wire - $header,
                template => "v$version", _template => { fields => \@fields },
                _end => length $payload };
    $set->{captured} = length ($payload) - $header if length $payload < $wire;
    push @{$message->{sets}}, $set;
    return $message;
}

# ---------------------------------------------------------------- Templates

sub parse_templates {
    my ($message, $set) = @_;
    my $payload = $message->{_datagram}{payload};
    my ($at, $end) = ($set->{offset} + 4, $set->{_end});
    $set->{templates} = [];
    while ($at < $end) {
        my $rest = substr $payload, $at, $end - $at;
        # Fewer octets than a Template's header are padding; so are zeros up to the end (no Template
        # has the id 0), though RFC 7011 section 3.3.1 wants padding to be shorter than a record.
        if (length $rest < 4 || $rest !~ /[^\0]/) {
            $set->{padding} = length $rest;
            return;
        }
        my $template = $message->{version} == 9 ? parse_v9_template ($rest, $set->{kind})
                                                : parse_ipfix_template ($rest, $set->{kind});
        if (!$template) {
            $set->{undecoded} = { offset => $at, length => length $rest };
            return;
        }
        $template->{offset} = $at;
        push @{$set->{templates}}, $template;
        $at += $template->{length};
    }
}

# RFC 3954 sections 5.2 (Template) and 6.1 (Options Template, lengths in octets, some
# of which are no multiples of 4); undef if bad.
sub parse_v9_template {
    my ($octets, $kind) = @_;
    my ($id, $count, $options) = unpack 'n3', $octets;
    my ($header, $scopes) = (4, 0);
    if ($kind eq 'options_template') {
        return undef if !defined $options;
        ($header, $scopes, $count) = (6, $count >> 2, ($count >> 2) + ($options >> 2));
    }
    my $length = $header + 4 * $count;
    return undef if $id < 256 || !$count || $length > length $octets;
    my @words = unpack "x$header n" . 2 * $count, $octets;
    my @fields;
    while (my ($element, $size) = splice @words, 0, 2) {
        push @fields, new_field (0, $element, $size, @fields < $scopes);
    }
    return { id => $id, length => $length, scope_count => $scopes, fields => \@fields };
}

# RFC 7011 sections 3.4.1, 3.4.2.2 and 8.1 (withdrawal); undef if it is bad.
sub parse_ipfix_template {
    my ($octets, $kind) = @_;
    my ($id, $count, $scopes) = unpack 'n3', $octets;
    my $all = $kind eq 'options_template' ? 3 : 2;
    return { id => $id, length => 4, withdrawn => JSON::PP::true }
        if !$count && ($id >= 256 || $id == $all);
    my $at = 4;
    if ($kind eq 'options_template') {
        return undef if !defined $scopes || $scopes > $count;
        $at = 6;
    } else {
        $scopes = 0;
    }
    return undef if $id < 256;
    my @fields;
    while (@fields < $count) {
        return undef if length $octets < $at + 4;
        my ($element, $size, $pen) = unpack "x$at n2", $octets;
        $at += 4;
        if ($element & 0x8000) {
            return undef if length $octets < $at + 4;
            $pen = unpack "x$at N", $octets;
            $at += 4;
        }
        push @fields, new_field ($pen // 0, $element & 0x7fff, $size, @fields < $scopes);
    }
    return { id => $id, length => $at, scope_count => $scopes, fields => \@fields };
}

sub new_field {
    my ($pen, $id, $length, $is_scope) = @_;
    my $field = { pen => $pen, id => $id, length => $length };
    $field->{scope} = JSON::PP::true if $is_scope;
    return $field;
}

# Every Template under three keys, each wider than the one before: the session, the exporter's
# endpoint (it may send to several collectors), the exporter's address.
sub template_keys {
    my ($message, $id) = @_;
    my $datagram = $message->{_datagram};
    my @end = ($message->{version}, $message->{domain}, $id);
    return (join (' ', 'session', @$datagram{qw(from from_port to to_port)}, @end),
            join (' ', 'endpoint', @$datagram{qw(from from_port)}, @end),
            join (' ', 'address', $datagram->{from}, @end));
}

sub learn {
    my ($known, $message, $order) = @_;
    for my $set (@{$message->{sets}}) {
        for my $template (@{$set->{templates} // []}) {
            next if $template->{withdrawn};     # ignored over UDP (RFC 7011 section 8.4)
            my $generation = { order => $order, octet => $set->{offset}, template => $template };
            push @{$known->{$_}}, $generation for template_keys ($message, $template->{id});
        }
    }
}

# The last generation before a Data Set, else the first one after it.
sub find_template {
    my ($known, $message, $order, $set) = @_;
    for my $key (template_keys ($message, $set->{id})) {
        my $generations = $known->{$key} or next;
        my @before = grep { ($_->{order} <=> $order || $_->{octet} <=> $set->{offset}) < 0 }
            @$generations;
        return @before ? $before[-1]{template} : $generations->[0]{template};
    }
    return undef;
}

# ---------------------------------------------------------------- Data Records

sub walk_data {
    my ($message, $set, $template) = @_;
    my $body = $set->{offset} + (exists $set->{id} ? 4 : 0);
    my ($at, $end) = ($body, $set->{_end});
    if (!$template) {
        $set->{template} = undef;
        $set->{undecoded} = { offset => $at, length => $end - $at } if $at < $end;
        return;
    }
    $set->{template} //= $set->{id};
    $set->{records} = [];
    my $least = 0;
    $least += $_->{length} == VARIABLE ? 1 : $_->{length} for @{$template->{fields}};
    while ($least > 0 && $end - $at >= $least) {
        my $record = read_record ($message, $template, $at, $end) or last;
        push @{$set->{records}}, $record;
        $at += $record->{length};
    }
    return if $at == $end;
    if ($least > 0 && $end - $at < $least && !exists $set->{captured}) {
        $set->{padding} = $end - $at;       # always shorter than a record: RFC 7011 section 3.3.1
    } else {
        $set->{undecoded} = { offset => $at, length => $end - $at };
    }
}

# A Data Record, or a record within so many lists, or undef when it runs past the end.
sub read_record {
    my ($message, $template, $start, $end, $depth) = @_;
    my $payload = $message->{_datagram}{payload};
    my ($at, @fields) = ($start);
    for my $specifier (@{$template->{fields}}) {
        my $length = $specifier->{length};
        if ($length == VARIABLE) {              # RFC 7011 section 7
            return undef if $at + 1 > $end;
            $length = ord substr $payload, $at++, 1;
            if ($length == 255) {
                return undef if $at + 2 > $end;
                $length = unpack 'n', substr $payload, $at, 2;
                $at += 2;
            }
        }
        return undef if $length > $end - $at;
        my $field = { pen => $specifier->{pen}, id => $specifier->{id}, offset => $at,
                      length => $length };
        $field->{scope} = $specifier->{scope} if $specifier->{scope};
        set_value ($message->{version}, $field, substr $payload, $at, $length);
        read_list ($message, $field, $depth // 0) if $LIST{$field->{_type}};
        push @fields, $field;
        $at += $length;
    }
    return { offset => $start, length => $at - $start, fields => \@fields };
}

# ---------------------------------------------------------------- lists (RFC 6313 section 4.5)

# What a field of a list type holds, into the field.
sub read_list {
    my ($message, $field, $depth) = @_;
    my ($header, $key) = @{$LIST{$field->{_type}}};
    my ($at, $end) = ($field->{offset}, $field->{offset} + $field->{length});
    my ($semantic, $first, $size, $pen) = unpack 'C n2 N', $field->{_octets};
    $field->{$key} = [];
    delete $field->{value};
    $header += 4 if $key eq 'values' && ($first // 0) & 0x8000;
    if ($depth == DEEPEST_LIST || $end - $at < $header) {
        set_undecoded ($field, $at, $end);
        return;
    }
    $field->{semantic} = $SEMANTIC{$semantic} // $semantic;
    $at += $header;
    if ($key eq 'values') {
        my $element = new_field ($first & 0x8000 ? $pen : 0, $first & 0x7fff, $size);
        $field->{element} = $element;
        $at = read_records ($message, $field, { fields => [$element] }, $at, $end, $depth + 1);
        $field->{values} = [map { $_->{fields}[0] } @{delete $field->{records}}];
    } elsif ($key eq 'records') {
        $field->{template} = $first;
        my $template = $message->{_find}->($first);
        $at = read_records ($message, $field, $template, $at, $end, $depth + 1);
    } else {
        $at = read_parts ($message, $field, $at, $end, $depth + 1);
    }
    set_undecoded ($field, $at, $end);
}

sub set_undecoded {
    my ($owner, $at, $end) = @_;
    $owner->{undecoded} = { offset => $at, length => $end - $at } if $at < $end;
}

# Reads records as long as there are whole ones. Returns where they end.
sub read_records {
    my ($message, $owner, $template, $at, $end, $depth) = @_;
    $owner->{records} = [];
    return $at if !$template || !grep { $_->{length} } @{$template->{fields}};
    while ($at < $end) {
        my $record = read_record ($message, $template, $at, $end, $depth) or last;
        push @{$owner->{records}}, $record;
        $at += $record->{length};
    }
    return $at;
}

sub read_parts {
    my ($message, $list, $at, $end, $depth) = @_;
    while ($end - $at >= 4) {
        my ($id, $length) = unpack "x$at n2", $message->{_datagram}{payload};
        last if $length < 4 || $length > $end - $at;
        my $part = { template => $id, offset => $at, length => $length };
        my $template = $message->{_find}->($id);
        my $stop = read_records ($message, $part, $template, $at + 4, $at + $length, $depth);
        set_undecoded ($part, $stop, $at + $length);
        push @{$list->{parts}}, $part;
        $at += $length;
    }
    return $at;
}

# ---------------------------------------------------------------- values

sub set_value {
    my ($version, $field, $octets) = @_;
    # Scope types of NetFlow v9 are numbers of their own, without a data type (RFC 3954 section
    # 6.1). Others than its five that exporters send are field types.
    my $is_v9_scope = $version == 9 && $field->{scope};
    my $name = $is_v9_scope && $field->{id} =~ /^[1-5]$/ ? 'unsigned64'
        : element_type ($version, $field->{pen}, $field->{id}) // '';
    @$field{qw(_octets _type)} = ($octets, $name);
    $field->{_may_be_hex} = $is_v9_scope || $name eq 'unsigned256';
    if ($octets eq '') {
        $field->{value} = '' if $name =~ /^(?:string|octetArray|)$/;
        return;
    }
    $field->{_decoded} = decode_value ($name, $octets);
    $field->{value} = $field->{_decoded} // unpack 'H*', $octets;
}

# RFC 7011 section 6: the value of octets of a type; undef where octets in hex are all there is.
sub decode_value {
    my ($name, $octets) = @_;
    my $length = length $octets;
    if ($INTEGER_SIZE{$name}) {
        return undef if $length > 8;    # longer than its type: still a number, and a finding
        my $fill = $name =~ /^s/ && ord ($octets) & 0x80 ? "\xff" : "\0";
        return unpack ($name =~ /^s/ ? 'q>' : 'Q>', $fill x (8 - $length) . $octets);
    }
    return Math::BigInt->from_hex (unpack 'H*', $octets) if $name eq 'unsigned256' && $length <= 32;
    if ($name eq 'float32' || $name eq 'float64') {
        return undef if $length != 4 && ($length != 8 || $name eq 'float32');
        my $number = unpack $length == 4 ? 'f>' : 'd>', $octets;
        return $number - $number == 0 ? $number : undef;
    }
    if ($name eq 'boolean') {
        return undef if $octets ne "\1" && $octets ne "\2";
        return $octets eq "\1" ? JSON::PP::true : JSON::PP::false;
    }
    return join ':', unpack '(H2)*', $octets if $name eq 'macAddress' && $length == 6;
    return inet_ntop (AF_INET, $octets)  if $name eq 'ipv4Address' && $length == 4;
    return inet_ntop (AF_INET6, $octets) if $name eq 'ipv6Address' && $length == 16;
    return decode_time ($name, $octets)  if $name =~ /^dateTime/;
    if ($name eq 'string') {
        $octets =~ s/\0+\z//;
        return Encode::decode ('UTF-8', $octets, Encode::FB_DEFAULT);
    }
    return undef;
}

sub decode_time {
    my ($name, $octets) = @_;
    if ($name eq 'dateTimeSeconds') {
        return length $octets == 4 ? rfc3339 (unpack ('N', $octets), '') : undef;
    }
    return undef if length $octets != 8;
    if ($name eq 'dateTimeMilliseconds') {
        my $number = unpack 'Q>', $octets;
        return rfc3339 (int (($number - $number % 1000) / 1000), sprintf '.%03d', $number % 1000);
    }
    my ($seconds, $fraction) = unpack 'N2', $octets;    # NTP: RFC 7011 sections 6.1.9 and 6.1.10
    my ($digits, $unit) = $name eq 'dateTimeMicroseconds' ? (6, 1_000_000) : (9, 1_000_000_000);
    return rfc3339 ($seconds - NTP_UNIX_EPOCH, sprintf ".%0${digits}d", ($fraction * $unit) >> 32);
}

sub rfc3339 {
    my ($seconds, $fraction) = @_;
    return undef if $seconds > 253_402_300_799;         # the end of the year 9999
    my ($s, $m, $h, $day, $month, $year) = gmtime $seconds;
    return sprintf '%04d-%02d-%02dT%02d:%02d:%02d%sZ', $year + 1900, $month + 1, $day, $h, $m, $s,
        $fraction;
}

# ---------------------------------------------------------------- a capture

sub decode_capture {
    my ($path) = @_;
    my @messages = map { parse_message ($_) } grep { is_message ($_) } read_datagrams ($path);
    my %known;
    learn (\%known, $messages[$_], $_) for 0 .. $#messages;
    for my $order (0 .. $#messages) {
        my $message = $messages[$order];
        for my $set (@{$message->{sets}}) {
            if ($set->{kind} eq 'data') {
                $message->{_find} = sub {
                    find_template (\%known, $message, $order, { %$set, id => $_[0] });
                };
                my $template = $set->{_template} // find_template (\%known, $message, $order, $set);
                walk_data ($message, $set, $template);
            } elsif ($set->{kind} eq 'reserved' && $set->{_end} > $set->{offset} + 4) {
                my $body = $set->{offset} + 4;
                $set->{undecoded} = { offset => $body, length => $set->{_end} - $body };
            }
        }
    }
    return @messages;
}

sub count_records {
    my $records = 0;
    for my $message (@_) {
        $records += @{$_->{records} // []} for @{$message->{sets} // []};
    }
    return $records;
}

# A copy without the keys that begin with an underscore: those are the oracle's own.
sub public {
    my ($thing) = @_;
    return [map { public ($_) } @$thing] if ref $thing eq 'ARRAY';
    return $thing if ref $thing ne 'HASH';
    return { map { $_ => public ($thing->{$_}) } grep { !/^_/ } keys %$thing };
}

# ---------------------------------------------------------------- comparing

# What nfpeek prints for a capture, as a list of objects; the reason as a string when it fails. Exit
# status 1 is no failure: it says that there were findings.
sub run_nfpeek {
    my ($nfpeek, $path) = @_;
    my $child = open my $pipe, '-|';
    die "oracle.pl: fork: $!\n" if !defined $child;
    if (!$child) {
        open STDERR, '>', '/dev/null';
        exec { $nfpeek } $nfpeek, '-T', 'json', $path or exit 127;
    }
    my @lines = <$pipe>;
    close $pipe;
    return 'killed by signal ' . ($? & 127) if $? & 127;
    return "cannot run $nfpeek" if $? >> 8 == 127;
    my $json = JSON::PP->new->utf8->allow_bignum;
    my @objects;
    for my $line (@lines) {
        my $object = eval { $json->decode ($line) };
        return 'line ' . (@objects + 1) . " is no JSON object: $@" if ref $object ne 'HASH';
        push @objects, $object;
    }
    return \@objects;
}

my $shown = JSON::PP->new->ascii->canonical->allow_nonref->allow_bignum->allow_blessed;

sub show {
    my ($value) = @_;
    return 'nothing' if !defined $value;
    return $shown->encode (public ($value));
}

sub differ {
    my ($report, $octet, $what, $ours, $theirs) = @_;
    push @{$report->{lines}}, sprintf '%s: packet %d: octet %d: %s: oracle %s, nfpeek %s',
        $report->{name}, $report->{packet}, $octet, $what, show ($ours), show ($theirs);
}

sub same {
    my ($report, $octet, $what, $ours, $theirs) = @_;
    return if !defined $ours && !defined $theirs;
    differ (@_) if !defined $ours || !defined $theirs || "$ours" ne "$theirs";
}

# The keys of two objects, one by one; "true" flags that are absent are false.
sub same_keys {
    my ($report, $octet, $what, $ours, $theirs, @keys) = @_;
    for my $key (@keys) {
        my ($one, $other) = ($ours->{$key}, $theirs->{$key});
        ($one, $other) = map { $_ ? 'true' : 'false' } $one, $other
            if $key =~ /^(?:scope|withdrawn)$/;
        same ($report, $octet, "$what $key", $one, $other);
    }
}

sub compare_lists {
    my ($report, $octet, $what, $ours, $theirs, $compare) = @_;
    ($ours, $theirs) = map { $_ // [] } $ours, $theirs;
    same ($report, $octet, "number of ${what}s", scalar @$ours, scalar @$theirs);
    my $least = @$ours < @$theirs ? @$ours : @$theirs;
    $compare->($report, $ours->[$_], $theirs->[$_]) for 0 .. $least - 1;
}

sub compare_capture {
    my ($report, $messages, $objects) = @_;
    my %theirs;
    for my $object (@$objects) {
        next if !defined $object->{packet};     # findings about a whole exporter come at the end
        my $key = $object->{packet} . '/' . ($object->{message} // 1);
        $report->{packet} = $object->{packet};
        differ ($report, 0, 'Message', 'once', 'twice') if $theirs{$key};
        $theirs{$key} = $object;
    }
    for my $message (@$messages) {
        $report->{packet} = $message->{packet};
        my $object = delete $theirs{"$message->{packet}/1"};
        if (!$object || !$object->{sets}) {
            differ ($report, 0, 'Message', "version $message->{version}", undef);
            next;
        }
        compare_message ($report, $message, $object);
    }
    for my $object (sort { $a->{packet} <=> $b->{packet} } grep { $_->{sets} } values %theirs) {
        $report->{packet} = $object->{packet};
        differ ($report, 0, 'Message', undef, 'version ' . ($object->{version} // '?'));
    }
}

sub compare_message {
    my ($report, $ours, $theirs) = @_;
    my @keys = grep { exists $ours->{$_} } qw(
        version domain sequence length count engine_type engine_id sampling aggregation
        aggregation_version reserved);
    same_keys ($report, 0, 'Message', $ours, $theirs, @keys, 'captured');
    same_span ($report, 'Message undecoded', $ours->{undecoded}, $theirs->{undecoded});
    compare_lists ($report, 0, 'Set', $ours->{sets}, $theirs->{sets}, \&compare_set);
}

sub same_span {
    my ($report, $what, $ours, $theirs) = @_;
    return if !$ours && !$theirs;
    my $octet = ($ours // $theirs)->{offset};
    same_keys ($report, $octet, $what, $ours // {}, $theirs // {}, qw(offset length));
}

sub compare_set {
    my ($report, $ours, $theirs) = @_;
    my $octet = $ours->{offset};
    same_keys ($report, $octet, 'Set', $ours, $theirs, qw(id kind offset length captured template));
    my @templates = map { $_->{templates} // [] } $ours, $theirs;
    # Behind a bad Template it is open whether a decoder finds its feet again, and whether it calls
    # the rest undecoded.
    my $is_bad = $ours->{kind} ne 'data' && $ours->{undecoded};
    my $good = @{$templates[0]};
    splice @{$templates[1]}, $good if $is_bad && @{$templates[1]} > $good;
    compare_lists ($report, $octet, 'Template', @templates, \&compare_template);
    return if $is_bad;
    my @records = map { $_->{records} } $ours, $theirs;
    compare_lists ($report, $octet, 'record', @records, \&compare_record);
    compare_rest ($report, $ours, $theirs);
}

# What follows the last record of a Set. Whether it is called padding or undecoded counts only in
# whole Data Sets with records: elsewhere no line is drawn, and the number of octets must do.
sub compare_rest {
    my ($report, $ours, $theirs) = @_;
    if (@{$ours->{records} // []} && !exists $ours->{captured}) {
        same ($report, $ours->{offset}, 'padding', $ours->{padding} // 0, $theirs->{padding} // 0);
        same_span ($report, 'Set undecoded', $ours->{undecoded}, $theirs->{undecoded});
        return;
    }
    my ($one, $other) = map { ($_->{padding} // 0) + ($_->{undecoded} // {length => 0})->{length} }
        $ours, $theirs;
    same ($report, $ours->{offset}, 'octets after the last record', $one, $other);
}

sub compare_template {
    my ($report, $ours, $theirs) = @_;
    my $octet = $ours->{offset};
    same_keys ($report, $octet, 'Template', $ours, $theirs, qw(id offset length withdrawn));
    same_keys ($report, $octet, 'Template', $ours, $theirs, 'scope_count') if !$ours->{withdrawn};
    compare_lists ($report, $octet, 'field', $ours->{fields}, $theirs->{fields}, sub {
        my ($report, $one, $other) = @_;
        my $what = "Template $ours->{id} field";
        same_keys ($report, $octet, $what, $one, $other, qw(pen id length scope));
    });
}

sub compare_record {
    my ($report, $ours, $theirs) = @_;
    same_keys ($report, $ours->{offset}, 'record', $ours, $theirs, qw(offset length));
    my @fields = map { $_->{fields} } $ours, $theirs;
    compare_lists ($report, $ours->{offset}, 'field', @fields, \&compare_field);
}

sub compare_field {
    my ($report, $ours, $theirs) = @_;
    my $what = "$ours->{pen}/$ours->{id}";
    $report->{fields}++;
    my $octet = $ours->{offset};
    same_keys ($report, $octet, "field $what", $ours, $theirs, qw(pen id offset length scope));
    compare_content ($report, $what, $ours, $theirs);
}

sub compare_content {
    my ($report, $what, $ours, $theirs) = @_;
    my $octet = $ours->{offset};
    if ($LIST{$ours->{_type}}) {
        compare_list ($report, $what, $ours, $theirs);
        return;
    }
    differ ($report, $octet, "field $what ($ours->{_type}) value", $ours->{value}, $theirs->{value})
        if !same_value ($ours, $theirs->{value});
}

# A list, and all that is in it.
sub compare_list {
    my ($report, $what, $ours, $theirs) = @_;
    my $octet = $ours->{offset};
    my @elements = map { $_->{element} // {} } $ours, $theirs;
    my @values = map { $_->{values} } $ours, $theirs;
    my @parts = map { $_->{parts} } $ours, $theirs;
    same ($report, $octet, "value of list $what", undef, $theirs->{value});
    same_keys ($report, $octet, "list $what", $ours, $theirs, qw(semantic template));
    same_keys ($report, $octet, "element of list $what", @elements, qw(pen id length));
    compare_lists ($report, $octet, 'value', @values, sub {
        my ($report, $one, $other) = @_;
        $report->{fields}++;
        same_keys ($report, $one->{offset}, "value in list $what", $one, $other, qw(offset length));
        compare_content ($report, "$one->{pen}/$one->{id}", $one, $other);
    });
    compare_list_records ($report, $ours, $theirs);
    compare_lists ($report, $octet, 'part', @parts, sub {
        my ($report, $one, $other) = @_;
        same_keys ($report, $one->{offset}, 'part', $one, $other, qw(template offset length));
        compare_list_records ($report, $one, $other);
    });
}

# The records of a list or of a part of one, and what of it could not be decoded.
sub compare_list_records {
    my ($report, $ours, $theirs) = @_;
    my @records = map { $_->{records} } $ours, $theirs;
    compare_lists ($report, $ours->{offset}, 'record', @records, \&compare_record);
    same_span ($report, 'list undecoded', $ours->{undecoded}, $theirs->{undecoded});
}

# Whether JSON had a number here; its parser makes objects of those beyond 64 bits or with a
# fraction.
sub is_number {
    my ($value) = @_;
    return ref ($value) =~ /^Math::Big/ if blessed $value;
    return !ref $value && !(B::svref_2object (\$value)->FLAGS & B::SVf_POK);
}

# Where the specification prescribes no form for a value: a boolean neither 1 nor 2; a float that is
# no number; a time after the year 9999.
sub is_free {
    my ($field) = @_;
    my ($octets, $name) = @$field{qw(_octets _type)};
    my $length = length $octets;
    return 0 if defined $field->{_decoded};
    return $name eq 'boolean' ? $length == 1
        : $name eq 'float32'  ? $length == 4
        : $name eq 'float64'  ? $length == 4 || $length == 8
        :                       $name =~ /^dateTime/ && $length == 8;
}

sub same_value {
    my ($field, $theirs) = @_;
    my ($ours, $octets, $name) = @$field{qw(value _octets _type)};
    return 1 if is_free ($field);
    if (!defined $ours || !defined $theirs) {
        return !defined $ours && (!defined $theirs || ($theirs eq '' && $field->{_may_be_hex}));
    }
    return JSON::PP::is_bool ($theirs) && !$ours == !$theirs if JSON::PP::is_bool ($ours);
    my ($one_is_number, $other_is_number) = map { is_number ($_) } $ours, $theirs;
    return 0 if ref $theirs && !$other_is_number;
    return 1 if $field->{_may_be_hex} && !$other_is_number && $theirs eq unpack 'H*', $octets;
    return 0 if $one_is_number != $other_is_number;
    if ($one_is_number && $name =~ /^float/) {
        my $form = length $octets == 4 ? 'f>' : 'd>';
        return pack ($form, "$theirs") eq pack ($form, $ours);
    }
    return 1 if "$ours" eq "$theirs";
    return same_address ($octets, $theirs) if $name eq 'ipv6Address';
    return same_time ($ours, $theirs) if $name =~ /^dateTime(?:Micro|Nano)/;
    # How many U+FFFD stand for a run of bad octets is a matter of taste.
    ($ours, $theirs) = map { s/\x{fffd}+/\x{fffd}/gr } $ours, $theirs;
    return $name eq 'string' && $ours eq $theirs;
}

# RFC 5952 section 5 leaves it open when the last 32 bits are written as an IPv4 address.
sub same_address {
    my ($octets, $text) = @_;
    return 0 if $octets !~ /^\0{10}/ || $text !~ /^[0-9a-f:.]+$/;
    return (inet_pton (AF_INET6, $text) // '') eq $octets;
}

# An NTP fraction is no whole number of digits: rounding up or down by one is the same.
sub same_time {
    my ($ours, $theirs) = @_;
    return 0 if length $ours != length $theirs;
    my ($one, $our_fraction) = $ours =~ /^(.*)\.(\d+)Z$/ or return 0;
    my ($other, $their_fraction) = $theirs =~ /^(.*)\.(\d+)Z$/ or return 0;
    return $one eq $other && abs ($our_fraction - $their_fraction) <= 1;
}

# ---------------------------------------------------------------- the command

# Column "records" of an index by file name.
sub read_index {
    my ($path) = @_;
    my ($head, @lines) = split /\n/, slurp ($path);
    my @names = split /\t/, $head;
    my %records;
    for my $line (@lines) {
        my %row;
        @row{@names} = split /\t/, $line;
        $records{$row{file}} = $row{records} if defined $row{records} && $row{records} =~ /^\d+$/;
    }
    return \%records;
}

sub print_messages {
    my ($path, $messages) = @_;
    my $json = JSON::PP->new->utf8->canonical->allow_bignum->allow_blessed;
    print $json->encode ({ file => $path, %{public ($_)} }), "\n" for @$messages;
}

# Decodes one capture, shows or compares it, and adds to %$total.
sub do_capture {
    my ($path, $nfpeek, $index, $total) = @_;
    my $report = { name => basename ($path), packet => 0, fields => 0, lines => [] };
    my @messages = decode_capture ($path);
    my $records = count_records (@messages);
    if (defined $nfpeek) {
        my $objects = run_nfpeek ($nfpeek, $path);
        if (ref $objects) { compare_capture ($report, \@messages, $objects) }
        else { push @{$report->{lines}}, "$report->{name}: nfpeek: $objects" }
    } elsif (!$index) {
        print_messages ($path, \@messages);
    }
    my $expected = ($index // {})->{$report->{name}};
    push @{$report->{lines}}, "$report->{name}: oracle finds $records records, the index $expected"
        if defined $expected && $expected != $records;
    my @lines = @{$report->{lines}};
    $total->{messages}    += @messages;
    $total->{records}     += $records;
    $total->{fields}      += $report->{fields};
    $total->{differences} += @lines;
    my $more = @lines - MAX_SHOWN;
    splice @lines, MAX_SHOWN, $more, "$report->{name}: and $more more" if $more > 0;
    print "$_\n" for @lines;
}

sub main {
    my ($nfpeek, $index_path);
    my $folder = dirname (__FILE__) . '/../common/elements';
    my $is_good = GetOptions ('compare=s' => \$nfpeek, 'index=s' => \$index_path,
                              'elements=s' => \$folder);
    die "usage: oracle.pl [--elements DIR] [--index INDEX.tsv] [--compare NFPEEK] CAPTURE...\n"
        if !$is_good || !@ARGV;
    load_elements ($folder);
    my $index = defined $index_path ? read_index ($index_path) : undef;
    my %total = map { $_ => 0 } qw(messages records fields differences);
    do_capture ($_, $nfpeek, $index, \%total) for @ARGV;
    printf "%d captures, %d Messages, %d records, %d fields: %d differences\n", scalar @ARGV,
        @total{qw(messages records fields differences)} if defined $nfpeek || $index;
    return $total{differences} ? 1 : 0;
}

my $status = eval { main () } // do { print STDERR $@; 2 };
exit $status;
