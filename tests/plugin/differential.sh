#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Random export, well formed: the plugin makes of it what was meant. The command's test of the same,
# tests/differential/command.sh, has far more of it.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

# Findings are not held against anything: random values give rise to many.
plugin_decodes_what_was_meant ()
{
    # shellcheck disable=SC2086 # three words
    set -- ${NFPEEK_DIFFERENTIAL:-3 1 800}
    command="generate $*"
    "$NFPEEK_BUILD/tests/differential/generate" "$NFPEEK_SOURCE/common/elements" "$@" x.pcap expected \
        >out 2>err || fail 'no capture'
    echo "# $(cat out)"
    sed 's/,"findings":\[\]//' expected >json
    shark -2 -r x.pcap -T pdml
    nothing_is_broken
    mv out pdml
    command="compare.pl, NFPEEK_DIFFERENTIAL='$*'"
    "$PERL" "$here/compare.pl" pdml json >out || fail 'the plugin decodes something else'
}

perform plugin_decodes_what_was_meant
