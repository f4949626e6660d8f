#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# seeds.pl FOLDER FILE...: the octets of commented hex files (.hex), or each line of a commented file of
# expressions (.txt), as files for a fuzzer to start from, into a folder that is made.

use strict;
use warnings;
use File::Basename qw(basename);

my $folder = shift;
-d $folder or mkdir $folder or die "seeds.pl: $folder: $!\n";

sub seed
{
    my ($name, $octets) = @_;

    open my $out, '>:raw', "$folder/$name" or die "seeds.pl: $name: $!\n";
    print $out $octets;
    close $out or die "seeds.pl: $name: $!\n";
}

for my $path (@ARGV) {
    open my $in, '<', $path or die "seeds.pl: $path: $!\n";
    if ($path =~ /\.txt$/) {
        chomp (my @lines = grep { !/^#/ } <$in>);
        seed ($_, $lines[$_]) for 0 .. $#lines;
        next;
    }
    my $hex = join '', map { s/#.*//r } <$in>;
    $hex =~ tr/0-9a-fA-F//cd;
    seed (basename ($path, '.hex'), pack 'H*', $hex);
}
