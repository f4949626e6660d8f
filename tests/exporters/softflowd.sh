#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# softflowd reads the traffic from a capture and exports it as NetFlow v5, v9 and IPFIX.

. "$(dirname -- "$0")/lib.sh"

need softflowd perl
traffic pcap "$scratch/traffic.pcap"

# export_as NAME IP-VERSIONS OPTION...: exports with these options, -a with the capture's times. It
# calls its interface what the capture is called: no path, so that the name tells nothing.
export_as ()
{
    name=$1 ip=$2
    shift 2
    receive "$name"
    (
        cd "$scratch" && timeout 20 softflowd -d -a -r traffic.pcap "$@" \
            -n "127.0.0.1:$(capture_port "$name"),127.0.0.1:$(live_port "$name")" \
            >"$log" 2>&1
    ) || bail_out "softflowd fails"
    compare "$name" "$(traffic sums "$ip")"
}

# v5 has no IPv6. With -b both directions of a conversation are one record (RFC 5103).
export_as softflowd-v5 4 -v 5
export_as softflowd-v9 all -v 9
export_as softflowd-ipfix all -v 10
export_as softflowd-ipfix-biflow all -v 10 -b
finish
