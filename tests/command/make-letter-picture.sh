#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# make-letter-picture.sh NFPEEK PICTURE.png: makes a capture of three exporters, one without Templates,
# one that loses Messages and whose clock is wrong, and one that is healthy; has nfpeek write its letter
# about them to a terminal, and draws what is there, with its colours. It took doc/letter.png, which
# README.md shows.
# Needs script (bsdutils), perl, chromium, pngquant and the font DejaVu Sans Mono.

set -eu

nfpeek=$(readlink -f "$1")
picture=$(readlink -m "$2")
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
width=930  # pixels of CSS; the picture has more, by scale
scale=1.25
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
cd "$scratch"

arrived=1795039200 # 2026-11-18T22:00:00Z

# netflow9 ADDRESS SECONDS SEQUENCE AHEAD COUNT FLOWSETS: a line for capture.pl, a Message of Source ID 1
# by a clock that is so many seconds ahead.
netflow9 ()
{
    printf 'src=%s dst=198.51.100.9 dport=2055 time=%d 0009 %04x %08x %08x %08x 00000001 %s\n' \
        "$1" $((arrived + $2)) "$5" $((86400000 + 1000 * $2)) $((arrived + $2 + $4)) "$3" "$6"
}

# ipfix ADDRESS SECONDS SEQUENCE SETS: the same of an Observation Domain in IPFIX, by the right clock.
ipfix ()
{
    sets=$(echo "$4" | tr -d ' ')
    printf 'src=%s dst=198.51.100.9 dport=4739 time=%d 000a %04x %08x %08x 00000007 %s\n' \
        "$1" $((arrived + $2)) $((16 + ${#sets} / 2)) $((arrived + $2)) "$3" "$sets"
}

# Addresses, ports, protocol, octets, packets, start and end, interfaces and, in v9, the sampler.
fields='00080004 000c0004 00070002 000b0002 00040001'
counters='00010004 00020004 00160004 00150004 000a0002 000e0002'
template9="00000038 0100000c $fields $counters 00300001"
template10="00020034 0101000b $fields 00010004 00020004 00960004 00970004 000a0002 000e0002"

# records9 SECONDS: two flows that ended just before.
records9 ()
{
    for port in 443 53; do
        printf 'c000020a c6336414 d431 %04x 11 00000578 0000000a %08x %08x 0001 0002 05 ' \
            $port $((86400000 + 1000 * $1 - 9000)) $((86400000 + 1000 * $1 - 500))
    done | sed 's/^/01000048 /; s/ $//'
}

# records10 SECONDS TEMPLATE: the same in IPFIX.
records10 ()
{
    printf '%04x0025 c000020a c6336414 d431 01bb 06 00000578 0000000a %08x %08x 0001 0002' \
        "$2" $((arrived + $1 - 9)) $((arrived + $1 - 1))
}

{
    netflow9 192.0.2.1 0 41 7200 1 "$template9"
    ipfix 192.0.2.4 0 0 "$template10"
    # Seconds and sequence numbers: 45 and 52 to 54 never come.
    record=0
    for message in 1:42 2:43 3:44 5:46 6:47 7:48 8:49 9:50 10:51 14:55 15:56 16:57; do
        seconds=${message%:*}
        netflow9 192.0.2.1 "$seconds" "${message#*:}" 7200 2 "$(records9 "$seconds")"
        ipfix 192.0.2.3 "$seconds" "$record" "$(records10 "$seconds" 260)"
        ipfix 192.0.2.4 "$seconds" "$record" "$(records10 "$seconds" 257)"
        record=$((record + 1))
    done
} | perl "$here/capture.pl" >router.pcap

# The terminal. What nfpeek finds makes it exit with 1.
LC_ALL=C.UTF-8 TERM=xterm-256color script -qec "'$nfpeek' -T findings router.pcap; :" /dev/null |
    tr -d '\r' >letter

# Its colours (ECMA-48 8.3.117) as HTML.
perl -CSD -e '
    my %colour = (31 => "#ff7b72", 32 => "#7ee787", 33 => "#e3b341", 34 => "#79c0ff",
        35 => "#d2a8ff", 36 => "#76e3ea");
    my $text = join "", <STDIN>;
    $text =~ s/&/&amp;/g;
    $text =~ s/</&lt;/g;
    $text =~ s{\e\[([0-9;]*)m}{
        my @styles = map {
            $_ == 1 ? "font-weight: bold" : $_ == 2 ? "color: #8b949e"
                : $colour{$_} ? "color: $colour{$_}" : () } split /;/, $1;
        "</span><span style=\"" . join ("; ", @styles) . "\">" }ge;
    die "an escape sequence that this does not know\n" if $text =~ /\e/;
    print "<!DOCTYPE html><meta charset=utf-8><style>
        body { margin: 0; background: #0d1117; color: #d8dee6 }
        pre { margin: 0; padding: 18px 22px; font: 16px/1.32 \"DejaVu Sans Mono\" }
        </style><pre><span style=\"color: #8b949e\">\$</span> nfpeek -T findings router.pcap\n",
        "<span>$text</span></pre>\n";
    ' <letter >letter.html

lines=$(($(wc -l <letter) + 1))
height=$(((lines * 16 * 132 + 99) / 100 + 36))
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars \
    --user-data-dir="$scratch/chromium" --force-device-scale-factor="$scale" \
    --window-size="$width,$height" --screenshot="$scratch/letter.png" \
    "file://$scratch/letter.html" >log 2>&1 || { cat log >&2; exit 1; }
pngquant --strip --force --output "$picture" 48 letter.png
