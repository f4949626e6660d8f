#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The plugin and the command say the same of every Message, record and field, at the same octets, and
# raise the same findings: samples, golden samples, and the corpus where it is.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

plugin_and_command_agree_on_the_samples ()
{
    for file in "$NFPEEK_SOURCE"/samples/*.pcap*; do
        sample "$(basename "${file%.gz}")"
    done
    agree ./*.pcap
}

plugin_and_command_agree_on_the_golden_samples ()
{
    all_golden
    agree golden.pcap
    [ "$total" -gt 60 ] || fail "only $total Messages"
}

plugin_and_command_agree_on_the_corpus ()
{
    set -- "$corpus"/*.pcap
    if [ ! -e "$1" ]; then
        skip 'there is no corpus'
        return
    fi
    cp "$@" .
    agree ./*.pcap
}

plugin_and_command_agree_on_messages_in_disorder ()
{
    for seed in 1 2 3 4 5 6 7 8; do
        "$PERL" "$here/disorder.pl" $seed | capture disorder$seed.pcap
    done
    "$PERL" "$here/disorder.pl" 9 10 | capture disorder9.pcap
    agree ./disorder*.pcap
    run -q -T findings ./disorder*.pcap
    shows 'sequence-gap, [0-9]* times'
    shows 'missing before packet [0-9]*'
    shows 'sequence-late, [0-9]* times'
}

perform plugin_and_command_agree_on_the_samples plugin_and_command_agree_on_the_golden_samples \
    plugin_and_command_agree_on_the_corpus plugin_and_command_agree_on_messages_in_disorder
