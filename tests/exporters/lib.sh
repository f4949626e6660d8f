# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# What the tests of real exporters share: the exporter under test is shown known traffic and sends
# each export packet to two receivers, one that writes a capture for `nfpeek FILE` and `nfpeek -l`
# itself. The sums by protocol that both report must be those of the traffic. To be sourced in the
# build folder; prints TAP. With KEEP_CAPTURES=DIR the captures stay there: make-samples.sh.

set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
build=${NFPEEK_BUILD:-$PWD}
nfpeek=${NFPEEK:-$build/nfpeek}
PATH=$build/exporters/bin:$PATH:/usr/sbin:/sbin # where ./bootstrap unpacks exporters, and Debian
scratch=$(mktemp -d)
log=$scratch/exporter.log # what the exporter says
children=
tests=0
failures=0

clean_up ()
{
    # shellcheck disable=SC2086 # several process ids
    [ -z "$children" ] || kill $children 2>/dev/null
    wait
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

skip_all ()
{
    echo "1..0 # SKIP $*"
    exit 0
}

need ()
{
    for program in "$@"; do
        command -v "$program" >/dev/null || skip_all "$program is not there"
    done
}

# bail_out TEXT [FILE]: gives up, and shows what the file says, else the exporter's log.
bail_out ()
{
    echo "Bail out! $1"
    tail -n 40 "${2-$log}" | sed 's/^/# /'
    exit 1
}

# The process started last is to end with the test, whatever happens.
remember ()
{
    children="$children $!"
}

# wait_for SECONDS COMMAND...: until the command succeeds; fails when it does not in that time.
wait_for ()
{
    rounds=$(($1 * 20))
    shift
    until "$@"; do
        rounds=$((rounds - 1))
        [ "$rounds" -gt 0 ] || return 1
        sleep 0.05
    done
}

# report STATUS TEXT [DETAILS]: a line of TAP.
report ()
{
    tests=$((tests + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $tests - $2"
    else
        failures=$((failures + 1))
        echo "not ok $tests - $2"
        printf '%s\n' "${3-}" | sed 's/^/# /'
    fi
}

finish ()
{
    echo "1..$tests"
    [ "$failures" -eq 0 ]
    exit
}

traffic ()
{
    perl "$here/traffic.pl" "$@"
}

sums ()
{
    perl "$here/sums.pl" <"$1"
}

# The ports of the two receivers of an export.
capture_port ()
{
    cat "$scratch/$1.port"
}

live_port ()
{
    sed -n 's/.*listening on UDP 127\.0\.0\.1:\([1-9][0-9]*\).*/\1/p' "$scratch/$1.live.err"
}

receivers_ready ()
{
    [ -s "$scratch/$1.port" ] && [ -n "$(live_port "$1")" ]
}

# Where a capture is kept its packets go to the version's usual port.
port_for ()
{
    case ${KEEP_CAPTURES:+$1} in
    '') echo 0 ;;
    *ipfix*) echo 4739 ;;
    *v9) echo 2055 ;;
    *) echo 9996 ;;
    esac
}

# Starts the two receivers of the export NAME. A shell makes what it starts in the background
# ignore SIGINT: nfpeek gets it back, to be stopped as a user would.
receive ()
{
    perl "$here/receive.pl" "$scratch/$1.pcap" "$scratch/$1.port" "$(port_for "$1")" &
    remember
    echo $! >"$scratch/$1.capture.pid"
    env --default-signal=INT "$nfpeek" -T jsonl -l 127.0.0.1:0 \
        >"$scratch/$1.live.jsonl" 2>"$scratch/$1.live.err" &
    remember
    echo $! >"$scratch/$1.live.pid"
    wait_for 10 receivers_ready "$1" ||
        bail_out "no receiver for $1, nfpeek -l says:" "$scratch/$1.live.err"
}

live_sums_are ()
{
    [ "$(sums "$scratch/$1.live.jsonl")" = "$2" ]
}

# compare NAME EXPECTED: once the exporter has sent everything, or is about to, stops the receivers
# and compares what they have.
compare ()
{
    wait_for 10 live_sums_are "$1" "$2"
    kill -INT "$(cat "$scratch/$1.live.pid")"
    wait "$(cat "$scratch/$1.live.pid")"
    live_status=$?
    kill -TERM "$(cat "$scratch/$1.capture.pid")"
    wait "$(cat "$scratch/$1.capture.pid")"
    [ -z "${KEEP_CAPTURES-}" ] || cp "$scratch/$1.pcap" "$KEEP_CAPTURES/"
    "$nfpeek" -T jsonl "$scratch/$1.pcap" >"$scratch/$1.file.jsonl" 2>"$scratch/$1.file.err"
    compare_one "$1" file $? "$2" "nfpeek FILE shows the $1 flows that were sent"
    compare_one "$1" live "$live_status" "$2" "nfpeek -l shows the $1 flows that were sent"
}

# compare_one NAME RECEIVER STATUS EXPECTED TEXT
compare_one ()
{
    got=$(sums "$scratch/$1.$2.jsonl")
    [ "$3" -eq 0 ] && [ "$got" = "$4" ]
    report $? "$5" "exit status $3
expected (protocol, packets, octets):
$4
got:
$got
nfpeek says:
$(tail -n 20 "$scratch/$1.$2.err")
the exporter says:
$(tail -n 20 "$log")"
}
