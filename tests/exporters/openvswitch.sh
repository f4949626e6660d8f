#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Open vSwitch exports what passes one of its bridges, as IPFIX and as NetFlow v5. It runs on its
# dummy datapath: a process like any other, with its database and sockets in the scratch folder,
# that is given the frames as hex.

. "$(dirname -- "$0")/lib.sh"

need ovsdb-tool ovsdb-server ovs-vswitchd ovs-vsctl ovs-appctl perl

OVS_RUNDIR=$scratch OVS_LOGDIR=$scratch OVS_DBDIR=$scratch OVS_SYSCONFDIR=$scratch
export OVS_RUNDIR OVS_LOGDIR OVS_DBDIR OVS_SYSCONFDIR
database=unix:$scratch/db.sock
control=$scratch/vswitchd.ctl
ethernet_header=14

# The database's schema: of an installed Open vSwitch, or of one that ./bootstrap has unpacked.
schema ()
{
    bin=$(dirname -- "$(command -v ovsdb-tool)")
    for share in "$bin/../share" "$bin/../root/usr/share"; do
        [ ! -r "$share/openvswitch/vswitch.ovsschema" ] || {
            echo "$share/openvswitch/vswitch.ovsschema"
            return 0
        }
    done
    return 1
}

vsctl ()
{
    ovs-vsctl --db="$database" --timeout=10 "$@" >>"$log" 2>&1 ||
        bail_out "ovs-vsctl $1 fails"
}

start_switch ()
{
    ovsdb-tool create "$scratch/conf.db" "$(schema)" 2>>"$log" || bail_out "no database"
    ovsdb-server "$scratch/conf.db" --remote="p$database" --unixctl="$scratch/server.ctl" \
        >>"$log" 2>&1 &
    remember
    wait_for 5 test -S "$scratch/db.sock" || bail_out "ovsdb-server does not start"
    vsctl --no-wait init
    ovs-vswitchd "$database" --enable-dummy=override --disable-system --unixctl="$control" \
        >>"$log" 2>&1 &
    remember
    wait_for 5 test -S "$control" || bail_out "ovs-vswitchd does not start"
}

# A bridge that exports to both receivers in both formats. Without a controller the fail mode
# "secure" forwards nothing: IPFIX counts a forwarded packet twice, coming in and going out.
add_bridge ()
{
    vsctl add-br br0 -- set bridge br0 datapath_type=dummy fail_mode=secure \
        -- add-port br0 port1 -- set interface port1 type=dummy \
        -- add-port br0 port2 -- set interface port2 type=dummy \
        -- set bridge br0 ipfix=@ipfix netflow=@netflow \
        -- --id=@ipfix create ipfix sampling=1 obs_domain_id=7 obs_point_id=9 \
        cache_active_timeout=1 cache_max_flows=100 \
        "targets=\"127.0.0.1:$(capture_port "$1")\",\"127.0.0.1:$(live_port "$1")\"" \
        -- --id=@netflow create netflow active_timeout=1 \
        "targets=\"127.0.0.1:$(capture_port "$2")\",\"127.0.0.1:$(live_port "$2")\""
}

schema >/dev/null || skip_all "Open vSwitch's database schema is not there"
start_switch
receive openvswitch-ipfix
receive openvswitch-v5
add_bridge openvswitch-ipfix openvswitch-v5
traffic hex | while read -r frame; do
    ovs-appctl -t "$control" netdev-dummy/receive port1 "$frame" || exit
done || bail_out "ovs-appctl takes no frame"

compare openvswitch-ipfix "$(traffic sums)"
compare openvswitch-v5 "$(traffic sums 4 "$ethernet_header")"
finish
