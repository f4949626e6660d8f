#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# demo.sh CAPTURE: shows a capture in tshark with the plugin that was built ($NFPEEK_PLUGIN, for
# Wireshark $NFPEEK_WIRESHARK), without installing it. Says why where it cannot.

set -eu

unable ()
{
    echo
    echo "(not shown in tshark: $1)"
    exit 0
}

[ -e "$NFPEEK_PLUGIN" ] || unable "the plugin was not built; that takes wireshark-dev"
command -v tshark >/dev/null || unable "tshark is not installed"

# tshark loads no plugins from a home folder of root's: then it is run as nobody.
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
folder=$home/.local/lib/wireshark/plugins/$NFPEEK_WIRESHARK/epan
mkdir -p "$folder"
cp "$NFPEEK_PLUGIN" "$folder"
cp "$1" "$home/$(basename "$1")"
chmod -R a+rX "$home"
as=
[ "$(id -u)" -ne 0 ] || as='setpriv --reuid=65534 --regid=65534 --clear-groups'

show ()
{
    # shellcheck disable=SC2086 # several words
    $as env HOME="$home" XDG_CONFIG_HOME="$home" tshark -nr "$home/$(basename "$capture")" "$@"
}

capture=$1
echo
echo "And in tshark with nfpeek's plugin (./bootstrap install-plugin puts it where your Wireshark looks):"
echo
echo "$ tshark -nr $capture"
show
echo
echo "$ tshark -nr $capture -Y 'nfpeek.octets > 4000' -V | grep -A19 'Data Record 2: TCP'"
show -V -Y 'nfpeek.octets > 4000' | grep -m 1 -A19 'Data Record 2: TCP'
