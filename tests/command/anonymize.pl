#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Says which values of a capture are still there once it was anonymized; says nothing if none is.
#
#   anonymize.pl BEFORE AFTER    both as `nfpeek -n -T json` prints them
#
# Addresses, MAC addresses and text of the one must not be in the other, but for those that are kept
# on purpose; octets must be zero, or a single 1, or a part of an address. Very short text may become what other text was.

use strict;
use warnings;
use JSON::PP ();

# Those near a fixed point have few bits that may become others: by chance they stay the same.
my $KEPT_IPV4 = qr/^(?:0\.0|127\.\d+|224\.0|255\.255)\.\d+\.\d+$/;
my $KEPT_IPV6 = qr/^(?:::[0-9a-f]{0,4}|ff0.::[0-9a-f]{1,4})$/;
my $KEPT_MAC = qr/^(?:00(?::00){5}|ff(?::ff){5})$/;
my $KEPT_NAME = qr/
    ^(?:informationElementName|applicationId|bgpLargeCommunity|bgpExtendedCommunity
      |mplsVpnRouteDistinguisher|dot1qServiceInstanceTag|srhSegmentIPv6ListSection)$
  | ^(?:reverseM|m)pls(?:Top)?LabelStackSection\d*$/x;
my $SHORTEST = 6;    # letters of text that is looked for
my $JSON = JSON::PP->new->utf8->allow_nonref;

# Adds what a field has to the kinds of values met.
sub note
{
    my ($found, $name, $value) = @_;

    return if $name =~ $KEPT_NAME || ref $value || $JSON->encode ($value) !~ /^"/;
    if ($value =~ /^\d+\.\d+\.\d+\.\d+$/) {
        $found->{address}{$value} = $name if $value !~ $KEPT_IPV4;
    } elsif ($value =~ /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/) {
        $found->{mac}{$value} = $name if $value !~ $KEPT_MAC;
    } elsif ($value =~ /^[0-9a-f.]*:[0-9a-f:.]*$/) {
        $found->{address}{$value} = $name if $value !~ $KEPT_IPV6;
    } elsif ($value =~ /^(?:[0-9a-f]{2})+$/ && $value =~ /[0-9]/) { # letters alone are text
        $found->{octets}{$value} = $name;
    } elsif ($value !~ /^[-0-9.]+(?:T[0-9:.]+Z)?$/ && length $value >= $SHORTEST) {
        $found->{text}{$value} = $name;
    }
}

sub walk
{
    my ($found, $node) = @_;

    if (ref $node eq 'ARRAY') {
        walk ($found, $_) for @$node;
    } elsif (ref $node eq 'HASH') {
        note ($found, 'exporter', $node->{exporter}) if defined $node->{exporter};
        note ($found, $node->{name}, $node->{value})
            if defined $node->{name} && defined $node->{offset} && defined $node->{value};
        walk ($found, $_) for values %$node;
    }
}

sub read_values
{
    my ($path) = @_;
    my %found;

    open my $file, '<', $path or die "$path: $!\n";
    while (my $line = <$file>) {
        walk (\%found, $JSON->decode ($line));
    }
    return \%found;
}

my ($before, $after) = map { read_values ($_) } @ARGV;
my $n = 0;

for my $kind (qw(address mac text)) {
    for my $value (sort keys %{$before->{$kind}}) {
        next if !exists $after->{$kind}{$value};
        print "$kind $value of $before->{$kind}{$value} is in $after->{$kind}{$value}\n";
        $n++;
    }
}
for my $value (sort keys %{$after->{octets}}) {
    my $is_part = $after->{octets}{$value} =~ /Address$/ && !exists $before->{octets}{$value};

    next if $is_part || $value =~ /^(?:00)*(?:01)?(?:00)*$/;
    print "octets of $after->{octets}{$value} are $value\n";
    $n++;
}
exit ($n > 0);
