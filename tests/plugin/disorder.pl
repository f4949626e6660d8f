#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Prints lines for capture.pl: six exporters, IPFIX and NetFlow v9, whose Messages are lost, overtaken
# and doubled by chance.
#
#   disorder.pl SEED [N]    the first N Messages come before their Template

use strict;
use warnings;

my ($N_EXPORTERS, $N_MESSAGES, $LOST, $DOUBLED, $OVERTAKEN) = (6, 60, .12, .04, .15);
my $SPECIFIERS = '01000003000800040001000400020004';

srand $ARGV[0];
my $n_late = $ARGV[1] // 0;

sub record
{
    return sprintf '0a0000%02x000003e800000002', $_[0];
}

# What exporter $e sends, in order.
sub messages_of
{
    my ($e) = @_;
    my ($sequence, $time, @messages) = (0, 1700000000);

    for my $i (0 .. $N_MESSAGES) {
        my $n = 1 + int rand 3;
        my $has_template = $i % 20 == $n_late;
        my $sets = sprintf '0100%04x%s', 4 + 12 * $n, join '', map { record ($_) } 1 .. $n;

        $time += int rand 2;
        $sets = ($e % 2 ? '0002' : '0000') . "0014$SPECIFIERS$sets" if $has_template;
        push @messages, "src=192.0.2.$e time=$time " . (
            $e % 2
            ? sprintf '000a%04x%08x%08x%08x', 16 + length ($sets) / 2, $time, $sequence, $e
            : sprintf '0009%04x%08x%08x%08x%08x', $n + ($has_template ? 1 : 0),
            10000 + ($time - 1700000000) * 1000, $time, $sequence, $e
        ) . $sets;
        $sequence += $e % 2 ? $n : 1;
    }
    return @messages;
}

for my $e (1 .. $N_EXPORTERS) {
    my ($first, @others) = messages_of ($e);
    my @come = ($first, map { rand () < $LOST ? () : rand () < $DOUBLED ? ($_, $_) : $_ } @others);

    for my $i (1 .. $#come - 5) {
        splice @come, $i + 1 + int rand 4, 0, splice @come, $i, 1 if rand () < $OVERTAKEN;
    }
    print "$_\n" for @come;
}
