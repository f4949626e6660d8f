#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# fprobe watches an interface and exports NetFlow v5. The interface is the loopback of a network
# namespace of the test's own, into which the test starts itself again.

. "$(dirname -- "$0")/lib.sh"

need fprobe perl unshare
if [ -z "${NFPEEK_IN_NAMESPACE-}" ]; then
    # A user namespace lends the rights that root has already (and is refused in a chroot).
    user=
    [ "$(id -u)" -eq 0 ] || user=--map-root-user
    unshare $user --net true 2>/dev/null || skip_all "no network namespace can be made"
    rm -rf "$scratch"
    NFPEEK_IN_NAMESPACE=yes exec unshare $user --net sh "$0"
fi

# ip(8) would be one more package: SIOCSIFFLAGS with IFF_UP and IFF_RUNNING, netdevice(7).
loopback_up ()
{
    perl -MSocket -e '
        socket my $socket, AF_INET, SOCK_DGRAM, 0 or die "socket: $!\n";
        my $request = pack "Z16 s x22", "lo", 0x41;
        ioctl $socket, 0x8914, $request or die "lo: $!\n"'
}

fprobe_ready ()
{
    grep -qs 'collector #2' "$log"
}

loopback_up || skip_all "the namespace's loopback does not come up"
receive fprobe-v5

# "-l 2" keeps it in the foreground; a flow ends when it was idle for a second.
fprobe -i lo -l 2 -s 1 -d 1 -f 'net 192.0.2.0/24' "127.0.0.1:$(capture_port fprobe-v5)" \
    "127.0.0.1:$(live_port fprobe-v5)" >"$log" 2>&1 &
remember
wait_for 5 fprobe_ready || bail_out "fprobe does not start"
sleep 0.2 # it says so shortly before it captures
traffic send lo

compare fprobe-v5 "$(traffic sums 4)"
finish
