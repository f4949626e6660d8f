#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the arrival of packets tells, in Wireshark: the findings of the command, on the same frames.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

clocks_that_are_wrong ()
{
    {
        echo "time=1700000300 $template"
        echo "time=1699996400 $data"
        echo "time=1700090000 $data"
    } | capture x.pcap
    finds x.pcap 2 nfpeek.finding.export_time_skew
    finds x.pcap 1 'nfpeek.finding == "export-time-skew" and frame.number == 2'
    settle
    agree x.pcap
}

perform clocks_that_are_wrong
