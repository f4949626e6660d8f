# SPDX-License-Identifier: GPL-2.0-or-later
#
# perl openmetrics.pl FILE: whether it is OpenMetrics text, as far as nfpeek uses that: families of
# counters and gauges, each with TYPE, UNIT if it has one, HELP, then its samples, once; names,
# labels and numbers as the grammar has them; each sample once; "# EOF" at the end. Says what is
# wrong and exits with 1.

use strict;
use warnings;

my $name = qr/[a-zA-Z_:][a-zA-Z0-9_:]*/;
my $value = qr/"(?:[^"\\\n]|\\[\\n"])*"/;
my $label = qr/[a-zA-Z_][a-zA-Z0-9_]*=$value/;
my (%type, %seen, $family, $stage, $ended);

sub wrong { print "line $.: $_[0]: $_\n"; exit 1 }

open my $file, '<:encoding(UTF-8)', $ARGV[0] or die "$ARGV[0]: $!\n";
while (<$file>) {
    wrong 'no newline' unless chomp;
    wrong 'behind the end' if $ended;
    if ($_ eq '# EOF') {
        $ended = 1;
    } elsif (/^# TYPE ($name) (counter|gauge)$/) {
        wrong 'a family twice' if $type{$1};
        ($family, $stage, $type{$1}) = ($1, 1, $2);
    } elsif (/^# UNIT ($name) ([a-z_]+)$/) {
        wrong 'not behind TYPE' unless defined $family && $1 eq $family && $stage == 1;
        wrong 'the name lacks the unit' unless $family =~ /_\Q$2\E$/;
        $stage = 2;
    } elsif (/^# HELP ($name) (?:[^\\"]|\\[\\n"])+$/) {
        wrong 'not behind TYPE' unless defined $family && $1 eq $family && $stage <= 2;
        $stage = 3;
    } elsif (/^($name)(?:\{((?:$label(?:,$label)*)?)\})? (-?[0-9]+(?:\.[0-9]+)?)$/) {
        my ($sample, $labels, $number) = ($1, $2 // '', $3);

        wrong 'of another family'
            unless defined $family && $sample eq $family . ($type{$family} eq 'counter' && '_total');
        wrong 'a counter below 0' if $type{$family} eq 'counter' && $number < 0;
        wrong 'a sample twice' if $seen{"$sample {$labels}"}++;
        my %names;
        $names{$1}++ && wrong 'a label twice' while $labels =~ /([a-zA-Z0-9_]+)=$value/g;
        $stage = 4;
    } else {
        wrong 'no such line';
    }
}
unless ($ended) {
    print "it does not end with # EOF\n";
    exit 1;
}
