#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes the captures of samples/ again, from the exporters that are installed: the tests of the
# exporters, run with their captures kept. To be run in the build folder, which has nfpeek.
#
# Usage: make-samples.sh DIRECTORY

set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
[ -d "${1-}" ] || {
    echo "Usage: make-samples.sh DIRECTORY" >&2
    exit 2
}
KEEP_CAPTURES=$(CDPATH='' cd -- "$1" && pwd)
export KEEP_CAPTURES

for exporter in softflowd nfprobe fprobe openvswitch; do
    "$here/$exporter.sh"
done

# It goes by the traffic's times.
perl "$here/at-export.pl" "$KEEP_CAPTURES"/softflowd-*.pcap

# nfprobe counts v5's times from its own start, which the traffic's lie years before: no good example.
rm "$KEEP_CAPTURES/nfprobe-v5.pcap"

# Mostly Templates: a tenth when compressed, and nfpeek reads it so.
gzip -9nf "$KEEP_CAPTURES/openvswitch-ipfix.pcap"
