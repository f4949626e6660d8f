#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Adds up the flow records of `nfpeek -T jsonl` (standard input) by protocol, both directions of a
# biflow (RFC 5103), and prints them as `traffic.pl sums` does: "PROTOCOL PACKETS OCTETS", a line a
# protocol.

use strict;
use warnings;
use JSON::PP;

my $json = JSON::PP->new->utf8;
my %sum;

while (my $line = <STDIN>) {
    next unless $line =~ /\n\z/;    # the last line may still be being written
    my $record = $json->decode ($line);
    next unless $record->{kind} eq 'flow';

    my $protocol = $record->{protocolIdentifier} // 'none';
    $sum{$protocol}{packets} += $record->{$_} // 0
        for qw(packetDeltaCount reversePacketDeltaCount);
    $sum{$protocol}{octets} += $record->{$_} // 0
        for qw(octetDeltaCount reverseOctetDeltaCount);
}
print "$_ $sum{$_}{packets} $sum{$_}{octets}\n" for sort { $a <=> $b } keys %sum;
