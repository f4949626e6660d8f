#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# flood.sh FOLDER [RATE...]: how many Messages of 25 records a second nfpeek -l takes on loopback, with
# the sender on the same machine: at each rate for NFPEEK_SECONDS (5) what was sent, received and dropped
# by the kernel, and the CPU time it took for a million Messages; then the same of nfcapd, where it is.
# FOLDER is where make built flood; rate 0 is as fast as it can. In the environment: NFPEEK;
# NFPEEK_VIEW, what is shown (stats). nfcapd writes files, in TMPDIR: some 40 MB for a million records.

set -eu

: "${NFPEEK:?}"
tools=$1
shift
[ $# -gt 0 ] || set -- 25000 50000 100000 150000 200000 300000 0
seconds=${NFPEEK_SECONDS:-5}
view=${NFPEEK_VIEW:-stats}
buffer=33554432 # octets, as nfpeek asks for by itself
PATH=${NFPEEK_BUILD:-.}/exporters/bin:$PATH
scratch=$(mktemp -d)
collector=
trap '[ -z "$collector" ] || kill "$collector" 2>/dev/null; rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
cd "$scratch"

# wait_for PATTERN: it is said within ten seconds.
wait_for ()
{
    rounds=200
    until grep -q "$1" err; do
        rounds=$((rounds - 1))
        [ $rounds -gt 0 ] || exit 1
        sleep 0.05
    done
}

# cpu_ms PID: the CPU time it took so far.
cpu_ms ()
{
    ticks=$(sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }')
    echo $((ticks * 1000 / $(getconf CLK_TCK)))
}

# dropped PORT: datagrams to a port of 127.0.0.1, since its socket was opened.
dropped ()
{
    awk -v port="$(printf ':%04X' "$1")" '$2 ~ port "$" { n += $NF } END { print n + 0 }' /proc/net/udp
}

free_port ()
{
    perl -MSocket -e '
        socket my $s, AF_INET, SOCK_DGRAM, 0 or die;
        bind $s, pack_sockaddr_in (0, INADDR_LOOPBACK) or die;
        print +(unpack_sockaddr_in (getsockname $s))[0]'
}

# Each of these takes what is sent at a rate: sets $sent, Messages and seconds, $received, $dropped, $ms.
of_nfpeek ()
{
    : >err # what the one before said is not waited for
    "$NFPEEK" -q -l 127.0.0.1:0 -T "$view" >/dev/null 2>err </dev/null &
    collector=$!
    wait_for 'listening on'
    port=$(sed -n 's/.*:\([0-9]*\)$/\1/p' err | head -n 1)
    sent=$("$tools/flood" "127.0.0.1:$port" "$1" "$seconds")
    sleep 1
    kill -USR1 "$collector"
    wait_for 'dropped by the kernel'
    ms=$(cpu_ms "$collector")
    dropped=$(dropped "$port")
    kill -TERM "$collector"
    wait "$collector" || :
    collector=
    received=$(sed -n 's/.*datagrams received: \([0-9]*\);.*/\1/p' err)
}

of_nfcapd ()
{
    port=$(free_port)
    mkdir flows
    : >err
    nfcapd -w flows -p "$port" -b 127.0.0.1 -B $buffer -t 3600 >err 2>&1 </dev/null &
    collector=$!
    wait_for '^Startup nfcapd'
    collector=$(pgrep -P "$collector" -x nfcapd || echo "$collector") # where a script starts it
    sent=$("$tools/flood" "127.0.0.1:$port" "$1" "$seconds")
    sleep 1
    ms=$(cpu_ms "$collector")
    dropped=$(dropped "$port")
    kill -TERM "$collector"
    wait_for '^Terminating nfcapd'
    collector=
    received=$(awk '/^Ident:/ { for (i = 1; i < NF; i++) if ($i == "Flows:") n = $(i + 1) } END { print int (n / 25) }' err)
    rm -rf flows
}

report ()
{
    # shellcheck disable=SC2086 # two words
    set -- "$1" "$2" $sent
    awk -v who="$1" -v rate="$2" -v sent="$3" -v time="$4" -v received="$received" -v dropped="$dropped" \
        -v ms="$ms" 'BEGIN {
        printf "%-8s %10d %10d %10d %10d %7.2f%% %12.2f\n", who, rate, sent / time, received, dropped,
            100 * dropped / sent, received ? ms / 1000 * 1000000 / received : 0 }'
}

printf '%-8s %10s %10s %10s %10s %8s %12s\n' '' 'to send/s' 'sent/s' received dropped lost 'CPU s/10^6'
for rate; do
    of_nfpeek "$rate"
    report nfpeek "$rate"
    command -v nfcapd >/dev/null || continue
    of_nfcapd "$rate"
    report nfcapd "$rate"
done
