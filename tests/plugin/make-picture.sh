#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# make-picture.sh PLUGIN CAPTURE PICTURE.png: opens a capture in Wireshark's window with the plugin, under
# a virtual display, filters, opens a record, and saves what is to be seen; then opens the statistics and
# saves those beside it, as PICTURE-statistics.png. It took the picture in README.md, of
# samples/nfprobe-v9.pcap: where it clicks is where the items of that capture are.
# Needs Xvfb, wireshark (4.0, as a user other than root), xdotool and ImageMagick.

set -eu

plugin=$1
capture=$2
picture=$3
home=$(mktemp -d)
display=:77
children=

clean_up ()
{
    # shellcheck disable=SC2086 # several process ids
    [ -z "$children" ] || kill $children 2>/dev/null || true
    sleep 1
    rm -rf "$home"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

version=$(wireshark --version | sed -n '1s/^Wireshark \([0-9]*\.[0-9]*\).*/\1/p')
mkdir -p "$home/.local/lib/wireshark/plugins/$version/epan" "$home/.config/wireshark" "$home/run"
cp "$plugin" "$home/.local/lib/wireshark/plugins/$version/epan/nfpeek.so"
cp "$capture" "$home/"
cat >"$home/.config/wireshark/recent" <<'END'
gui.geometry_main_upper_pane: 110
gui.geometry_main_lower_pane: 640
gui.geometry_main_x: 0
gui.geometry_main_y: 0
gui.geometry_main_width: 1180
gui.geometry_main_height: 860
END
chmod -R a+rX "$home"
chmod 700 "$home/run"
as=
if [ "$(id -u)" -eq 0 ]; then
    chown -R 65534:65534 "$home"
    as='setpriv --reuid=65534 --regid=65534 --clear-groups'
fi

Xvfb "$display" -screen 0 1180x860x24 >/dev/null 2>&1 &
children=$!
DISPLAY=$display
export DISPLAY
sleep 2
# shellcheck disable=SC2086 # several words
$as env HOME="$home" XDG_CONFIG_HOME="$home/.config" XDG_RUNTIME_DIR="$home/run" \
    wireshark -n -r "$home/$(basename "$capture")" -g 1 >"$home/log" 2>&1 &
children="$children $!"
sleep 15

click () { xdotool mousemove "$1" "$2" click 1 && sleep 1; }
key () { xdotool key "$1" && sleep 1; }

xdotool search --onlyvisible --name "$(basename "$capture")" windowsize 1180 860 windowmove 0 0
sleep 2
click 300 75 # the filter
xdotool type --delay 50 'nfpeek.octets > 100'
key Return
click 700 138 # the second packet
click 150 281 # NetFlow v9
key Right
click 150 434 # its first FlowSet
key Right
click 150 502 # its first record
key Right
click 150 553 # the octets
xdotool mousemove 900 760
sleep 1
import -window root "$home/picture.png"
click 325 10 # Statistics
click 400 763
click 780 763
sleep 3
import -window root "$home/statistics.png"
convert "$home/picture.png" +dither -colors 32 "PNG8:$picture"
convert "$home/statistics.png" +dither -colors 32 "PNG8:${picture%.png}-statistics.png"
