#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# bench.sh FOLDER: measures nfpeek against tshark and a bare loop of libpcap's, side by side, on captures
# that it makes in a scratch folder. FOLDER is where make built the programs of tests/bench. In the
# environment: NFPEEK, NFPEEK_BUILD and NFPEEK_WIRESHARK as the tests have them; NFPEEK_ROUNDS, how often
# each command is run (5). tshark is measured where it is installed.

set -eu

: "${NFPEEK:?}" "${NFPEEK_BUILD:?}" "${NFPEEK_WIRESHARK:?}"
tools=$1
rounds=${NFPEEK_ROUNDS:-5}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
large=50000 # Messages
small=5000  # of those that tshark reads, too
tab=$(printf '\t')

line () # NAME REFERENCE GOAL COMMAND
{
    printf '%s\t%s\t%s\texec %s\n' "$1" "$2" "$3" "$4"
}

measure () # TITLE, the list on standard input
{
    echo
    echo "$1"
    "$tools/bench" "$rounds"
}

for kind in netflow9 ipfix exporters; do
    "$tools/generate" "$kind" "$large" "$scratch/$kind.pcap"
    "$tools/generate" "$kind" "$small" "$scratch/$kind-small.pcap"
done
"$tools/generate" netflow9 1 "$scratch/one.pcap"
"$tools/generate" domains 100000 "$scratch/domains.pcap"
"$tools/generate" ipfix 100000 "$scratch/one-domain.pcap"
"$tools/generate" netflow9 500000 "$scratch/ten-times.pcap"
chmod -R a+rX "$scratch"

for kind in netflow9 ipfix exporters; do
    file=$scratch/$kind.pcap
    {
        line 'libpcap loop' - - "$tools/loop $file"
        line '-T stats' 'libpcap loop' '<=2' "$NFPEEK -q -T stats $file"
        line '-T stats without -q' 'libpcap loop' - "$NFPEEK -T stats $file"
        line '-T templates' 'libpcap loop' '<=2' "$NFPEEK -q -T templates $file"
        line '-T findings' 'libpcap loop' '<=8' "$NFPEEK -q -T findings $file"
        for view in summary messages jsonl json flows tree; do
            line "-T $view" 'libpcap loop' - "$NFPEEK -q -T $view $file"
        done
        line '-T csv, 4 fields' 'libpcap loop' - "$NFPEEK -q -T csv -e src,dst,octets,packets $file"
    } | measure "$kind, $large Messages"
done

{
    line 'one' - - "$NFPEEK -q -x 000a001000000000000000000000000000"
} | measure 'one Message, from start to exit'

{
    line '-T stats, one domain' - - "$NFPEEK -q -T stats $scratch/one-domain.pcap"
    line '-T stats, 100,000 domains' '-T stats, one domain' '<=2' "$NFPEEK -q -T stats $scratch/domains.pcap"
    line '-T jsonl, one domain' - - "$NFPEEK -q -T jsonl $scratch/one-domain.pcap"
    line '-T jsonl, 100,000 domains' '-T jsonl, one domain' '<=1.1' "$NFPEEK -q -T jsonl $scratch/domains.pcap"
} | measure 'IPFIX, 100,000 Messages of one domain or of as many'

for view in stats templates findings summary jsonl; do
    line "-T $view" - - "$NFPEEK -q -T $view $scratch/netflow9.pcap"
    line "-T $view, ten times as much" "-T $view" '<=11' "$NFPEEK -q -T $view $scratch/ten-times.pcap"
done | measure "netflow9, $large and ten times as many Messages"

command -v tshark >/dev/null || {
    echo
    echo 'tshark is not installed: nothing is measured against it'
    exit 0
}

# tshark with the plugin and without. It loads none from a home folder of root's.
plugin=$NFPEEK_BUILD/plugin/.libs/nfpeek.so
mkdir -p "$scratch/with/.config" "$scratch/without/.config"
[ ! -e "$plugin" ] || {
    folder=$scratch/with/.local/lib/wireshark/plugins/$NFPEEK_WIRESHARK/epan
    mkdir -p "$folder"
    cp "$plugin" "$folder"
}
chmod -R a+rX "$scratch"
as=
[ "$(id -u)" -ne 0 ] || as='setpriv --reuid=65534 --regid=65534 --clear-groups'

cflow () # ARGUMENT...
{
    echo "$as env HOME=$scratch/without XDG_CONFIG_HOME=$scratch/without/.config tshark -n -d udp.port==4739,cflow -d udp.port==2055,cflow $*"
}

nfpeek_in_tshark ()
{
    echo "$as env HOME=$scratch/with XDG_CONFIG_HOME=$scratch/with/.config tshark -n $*"
}

four="-e cflow.srcaddr -e cflow.dstaddr -e cflow.octets -e cflow.packets"
four_of_nfpeek="-e nfpeek.src -e nfpeek.dst -e nfpeek.octets -e nfpeek.packets"

for kind in netflow9 ipfix; do
    file=$scratch/$kind-small.pcap
    {
        line 'tshark -T ek' - - "$(cflow -T ek -r "$file")"
        line 'tshark -T json' - - "$(cflow -T json -r "$file")"
        line 'tshark -V' - - "$(cflow -V -r "$file")"
        line 'tshark -T fields' - - "$(cflow -T fields "$four" -r "$file")"
        line 'nfpeek -T jsonl' 'tshark -T ek' '>=40' "$NFPEEK -q -T jsonl $file"
        line 'nfpeek -T json' 'tshark -T json' '>=20' "$NFPEEK -q -T json $file"
        line 'nfpeek -V' 'tshark -V' '>=8' "$NFPEEK -q -V $file"
        line 'nfpeek -T csv' 'tshark -T fields' '>=30' "$NFPEEK -q -T csv -e src,dst,octets,packets $file"
        if [ -e "$plugin" ]; then
            line 'tshark, no tree' - - "$(cflow -r "$file" -Y cflow.version==1)"
            line 'plugin, no tree' 'tshark, no tree' '<=1' "$(nfpeek_in_tshark -r "$file" -Y nfpeek.version==1)"
            line 'plugin -T ek' 'tshark -T ek' '<=1' "$(nfpeek_in_tshark -T ek -r "$file")"
            line 'plugin -V' 'tshark -V' '<=1' "$(nfpeek_in_tshark -V -r "$file")"
            line 'plugin -T fields' 'tshark -T fields' '<=1' \
                "$(nfpeek_in_tshark -T fields "$four_of_nfpeek" -r "$file")"
        fi
    } | measure "$kind, $small Messages, against tshark with cflow"
done

[ -e "$plugin" ] || exit 0
{
    line 'tshark' - - "$(cflow -r "$scratch/one.pcap")"
    line 'tshark with the plugin' 'tshark' '<=1.1' "$(nfpeek_in_tshark -r "$scratch/one.pcap")"
} | measure 'one Message, from start to exit'
