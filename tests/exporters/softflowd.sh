#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# softflowd reads the traffic from a capture and exports it as NetFlow v5, v9 and IPFIX, over UDP and
# TCP.

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
        cd "$scratch" && timeout 60 softflowd -d -a -r traffic.pcap "$@" \
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

# export_over_tcp NAME OPTION...: there is no live receiver, so it is compared from the capture alone.
export_over_tcp ()
{
    name=$1
    shift
    perl "$here/receive.pl" "$scratch/$name.pcap" "$scratch/$name.port" 0 tcp &
    remember
    receiver=$!
    wait_for 10 test -s "$scratch/$name.port" || bail_out "no receiver for $name"
    (
        cd "$scratch" && timeout 60 softflowd -d -a -r traffic.pcap -P tcp "$@" \
            -n "127.0.0.1:$(capture_port "$name")" >"$log" 2>&1
    ) || bail_out "softflowd fails"
    kill -TERM "$receiver" 2>/dev/null # unless it ended with the connection
    wait "$receiver"
    "$nfpeek" -d "$(capture_port "$name")" -T jsonl "$scratch/$name.pcap" \
        >"$scratch/$name.file.jsonl" 2>"$scratch/$name.file.err"
    compare_one "$name" file $? "$(traffic sums all)" "nfpeek FILE shows the $name flows that were sent"
}

export_over_tcp softflowd-v9-tcp -v 9
export_over_tcp softflowd-ipfix-tcp -v 10
finish
