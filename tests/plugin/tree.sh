#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The field tree as people read it, in two passes: samples and golden samples against tests/plugin/trees.
# With NFPEEK_UPDATE=yes in the environment it writes what stands there anew.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

# tree CAPTURE: the Info column, and the lines of nfpeek's items, to the file tree.
tree ()
{
    shark -2 -r "$1" -T fields -e _ws.col.Protocol -e _ws.col.Info
    mv out tree
    shark -2 -r "$1" -V
    nothing_is_broken
    # Wireshark's versions have words of their own for how long something lasted
    sed -n '/^\(NetFlow\|IPFIX\)/,/^$/s/\(Flow duration\): .*/\1]/p;/^\(NetFlow\|IPFIX\)/,/^$/{/Flow duration/!p}' \
        out >>tree
}

# is_as_expected CAPTURE
is_as_expected ()
{
    expected=$here/trees/$(basename "$1" .pcap).txt
    tree "$1"
    [ -z "${NFPEEK_UPDATE-}" ] || cp tree "$expected"
    diff -u "$expected" tree >out || fail "the tree of $1 differs"
}

samples_of_exporters ()
{
    for name in softflowd-v9 softflowd-ipfix-biflow fprobe-v5; do
        sample "$name.pcap"
        is_as_expected "$name.pcap"
    done
}

samples_of_decoding ()
{
    for name in good-ipfix-common-properties good-ipfix-enterprise good-ipfix-icmp good-ipfix-identifiers \
        good-ipfix-labels good-ipfix-options good-ipfix-redefined good-ipfix-reverse good-ipfix-srv6 \
        good-ipfix-types good-ipfix-variable good-list-enterprise \
        good-list-in-options good-list-multi good-list-nested good-netflow1 good-netflow7 \
        good-netflow8-switch good-netflow8 good-netflow9-nsel good-netflow9-options \
        good-netflow9-options-names; do
        golden "$name"
        is_as_expected "$name.pcap"
    done
}

samples_of_findings ()
{
    for name in bad-set-length bad-template-missing bad-record-truncated odd-element-unknown \
        odd-template-late odd-template-withdrawal bad-message-version-sflow \
        bad-message-version-aggregation bad-list-malformed-part bad-list-malformed-nested \
        bad-template-missing-list; do
        golden "$name"
        is_as_expected "$name.pcap"
    done
}

perform samples_of_exporters samples_of_decoding samples_of_findings
