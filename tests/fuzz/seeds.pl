#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# seeds.pl FOLDER FILE.hex...: the octets of commented hex files, as files for a fuzzer to start
# from, into a folder that is made.

use strict;
use warnings;
use File::Basename qw(basename);

my $folder = shift;
-d $folder or mkdir $folder or die "seeds.pl: $folder: $!\n";
for my $path (@ARGV) {
    open my $in, '<', $path or die "seeds.pl: $path: $!\n";
    my $hex = join '', map { s/#.*//r } <$in>;
    $hex =~ tr/0-9a-fA-F//cd;
    my $name = "$folder/" . basename ($path, '.hex');
    open my $out, '>:raw', $name or die "seeds.pl: $name: $!\n";
    print $out pack 'H*', $hex;
    close $out or die "seeds.pl: $name: $!\n";
}
