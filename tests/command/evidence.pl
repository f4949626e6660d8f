#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Compares the findings of a capture with those of its evidence; says what is different, or nothing.
#
#   evidence.pl WHOLE EVIDENCE
#
# Both are files with what -T findings --json says. The evidence has all findings of the whole: code,
# severity, exporter, version, domain, Template. Others it may have only about what was left out
# between its Messages. An exporter that nobody knows (hex) has an address in a capture, and is looked
# at over time there.

use strict;
use warnings;
use JSON::PP ();

my $MADE_UP = '192.0.2.254';
my %OF_GAPS = map { $_ => 1 }
    qw(sequence-gap sequence-late sequence-reset sequence-unit exporter-shared template-interval
    template-late);
my %OVER_TIME = map { $_ => 1 } qw(sampler-unknown sampler-other-domain sampling-absent
    export-no-data uptime-reset template-changed);

# The findings in a file: each as a line of text, with its code.
sub findings_of
{
    my ($name) = @_;
    my %found;

    open my $file, '<', $name or die "$name: $!\n";
    my $text = join '', <$file>;
    return \%found if $text !~ /\S/;
    for my $exporter (@{JSON::PP::decode_json ($text)->{exporters}}) {
        my $address = $exporter->{exporter} // $MADE_UP;

        for my $finding (@{$exporter->{findings}}) {
            my @of = map { $finding->{$_} // '-' } qw(version domain template);

            $found{"$finding->{code} ($finding->{severity}) of $address, @of"} = $finding->{code};
        }
    }
    return \%found;
}

my ($whole, $evidence) = map { findings_of ($_) } @ARGV;

for my $finding (sort keys %$whole) {
    print "lacks $finding\n" if !$evidence->{$finding};
}
for my $finding (sort keys %$evidence) {
    my $code = $evidence->{$finding};
    my $is_fine = $OF_GAPS{$code} || ($OVER_TIME{$code} && $finding =~ /of \Q$MADE_UP\E,/);

    print "has $finding\n" if !$whole->{$finding} && !$is_fine;
}
