#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The field tree as people read it, in two passes: samples and golden samples against tests/plugin/trees.
# With NFPEEK_UPDATE=yes in the environment it writes what stands there anew.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

# trees CAPTURE FRAMES: the trees of all samples that the capture holds, as the file FRAMES says: how many
# frames, and whose. Of each the Info column and the lines of nfpeek's items, as if it were alone, to the
# file NAME.tree. Then whether they are as expected.
trees ()
{
    shark -2 -r "$1" -P -V -o 'gui.column.format:"P","%p","I","%i"'
    nothing_is_broken
    "$PERL" -e '
        my ($frames, $tree) = @ARGV;
        my (@name, @base, %columns, %items, $column, $name, $inside);

        open my $in, "<", $frames or die;
        while (<$in>) {
            my ($n, $of) = split;
            push @base, (scalar @base) x $n;
            push @name, ($of) x $n;
        }
        open $in, "<", $tree or die;
        while (<$in>) {
            if (/^Frame (\d+): /) {
                ($name, $base) = ($name[$1 - 1], $base[$1 - 1]);
                $columns{$name} .= $column;
            } elsif (!$inside && /^(?:NetFlow|IPFIX)/) {
                $column = s/^(NetFlow(?: v\d+)?|IPFIX) +/$1\t/r;
                $inside = defined $name;
            }
            if ($inside) {
                s/(frame|of this domain): (\d+)\]$/"$1: " . ($2 - $base) . "]"/e;
                # versions of Wireshark have words of their own for how long something lasted
                s/(Flow duration): .*/$1]/;
                $items{$name} .= $_;
            }
            ($inside, $name) = (0) if /^$/;
        }
        for (keys %columns) {
            open my $out, ">", "$_.tree" or die;
            print $out $columns{$_}, $items{$_};
        }' "$2" out || fail 'no trees'
    for name in $(sed 's/.* //' "$2"); do
        [ -z "${NFPEEK_UPDATE-}" ] || cp "$name.tree" "$here/trees/$name.txt"
        diff -u "$here/trees/$name.txt" "$name.tree" >out || fail "the tree of $name differs"
    done
}

samples_of_exporters ()
{
    for name in softflowd-v9 softflowd-ipfix-biflow fprobe-v5; do
        sample "$name.pcap"
        echo "1000 $name" >frames
        trees "$name.pcap" frames
    done
}

# golden_trees NAME...
golden_trees ()
{
    golden "$@"
    trees "$1.pcap" "$1.frames"
}

samples_of_decoding ()
{
    golden_trees good-ipfix-common-properties good-ipfix-enterprise good-ipfix-icmp good-ipfix-identifiers \
        good-ipfix-labels good-ipfix-options odd-template-changed-message good-ipfix-reverse good-ipfix-srv6 \
        good-ipfix-types good-ipfix-variable good-list-enterprise \
        good-list-in-options good-list-multi good-list-nested good-netflow1 good-netflow7 \
        good-netflow8-switch good-netflow8 good-netflow9-nsel good-netflow9-options \
        good-netflow9-options-names
}

samples_of_findings ()
{
    golden_trees bad-set-length bad-template-missing bad-record-truncated odd-element-unknown \
        odd-template-late odd-template-withdrawal bad-message-version-sflow \
        bad-message-version-aggregation bad-list-malformed-part bad-list-malformed-nested \
        bad-template-missing-list
}

perform samples_of_exporters samples_of_decoding samples_of_findings
