#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# pmacct's nfprobe reads the traffic from a capture and exports it as NetFlow v5, v9 and IPFIX: one
# run of pmacctd, since it sleeps for seconds at either end of the capture, with a plugin for each
# version and receiver.

. "$(dirname -- "$0")/lib.sh"

need pmacctd perl
traffic pcap "$scratch/traffic.pcap"

config=$scratch/pmacctd.conf
plugins=

# add_plugin PLUGIN VERSION PORT
add_plugin ()
{
    plugins="$plugins${plugins:+,}nfprobe[$1]"
    cat >>"$config" <<END
aggregate[$1]: src_host, dst_host, src_port, dst_port, proto, tos
nfprobe_version[$1]: $2
nfprobe_receiver[$1]: 127.0.0.1:$3
END
}

cat >"$config" <<END
daemonize: false
pcap_savefile: $scratch/traffic.pcap
END
# export_as NAME VERSION
export_as ()
{
    receive "$1"
    add_plugin "capture$2" "$2" "$(capture_port "$1")"
    add_plugin "live$2" "$2" "$(live_port "$1")"
}

export_as nfprobe-v5 5
export_as nfprobe-v9 9
export_as nfprobe-ipfix 10
echo "plugins: $plugins" >>"$config"

# Its exit status hangs on who ends first, its core or its plugins: what was exported counts.
timeout 90 pmacctd -f "$config" >"$log" 2>&1 || echo "# exit status $?" >>"$log"

compare nfprobe-v5 "$(traffic sums 4)"
compare nfprobe-v9 "$(traffic sums)"
compare nfprobe-ipfix "$(traffic sums)"
finish
