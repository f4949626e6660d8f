#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# flood.sh FOLDER [RATE...]: how many Messages of 25 records a second nfpeek -l takes on loopback, with
# the sender on the same machine: at each rate for NFPEEK_SECONDS (5) what was sent, received and dropped
# by the kernel, and the CPU time nfpeek took for a million Messages. FOLDER is where make built
# flood; rate 0 is as fast as it can. In the environment: NFPEEK; NFPEEK_VIEW, what is shown (stats).

set -eu

: "${NFPEEK:?}"
tools=$1
shift
[ $# -gt 0 ] || set -- 25000 50000 100000 150000 200000 300000 0
seconds=${NFPEEK_SECONDS:-5}
view=${NFPEEK_VIEW:-stats}
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

printf '%10s %10s %10s %10s %8s %12s\n' 'to send/s' 'sent/s' received dropped lost 'CPU s/10^6'
for rate; do
    "$NFPEEK" -q -l 127.0.0.1:0 -T "$view" >/dev/null 2>err </dev/null &
    collector=$!
    wait_for 'listening on'
    port=$(sed -n 's/.*:\([0-9]*\)$/\1/p' err | head -n 1)
    sent=$("$tools/flood" "127.0.0.1:$port" "$rate" "$seconds")
    sleep 1
    kill -USR1 "$collector"
    wait_for 'dropped by the kernel'
    ms=$(cpu_ms "$collector")
    kill -TERM "$collector"
    wait "$collector" || :
    collector=
    # shellcheck disable=SC2046,SC2086 # two words each
    set -- $sent $(sed -n 's/.*datagrams received: \([0-9]*\);.*kernel: \([0-9]*\)$/\1 \2/p' err) "$@"
    awk -v rate="$rate" -v sent="$1" -v time="$2" -v received="$3" -v dropped="$4" -v ms="$ms" 'BEGIN {
        printf "%10d %10d %10d %10d %7.2f%% %12.2f\n", rate, sent / time, received, dropped,
            100 * dropped / sent, received ? ms / 1000 * 1000000 / received : 0 }'
    shift 4
done
