#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Random export, well formed, of 100,000 Templates with their records: the command makes of it what was
# meant. NFPEEK_DIFFERENTIAL='SEED FIRST COUNT' is for other exporters than these; of a single one the
# capture and what is expected stay in tests/differential of the build folder.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/../command/lib.sh"

: "${NFPEEK_BUILD:?is the build folder}"
programs=$NFPEEK_BUILD/tests/differential
portion=5000 # exporters, so that none of nfpeek's limits is met
exporters=26000
[ -z "${NFPEEK_UNDER-}" ] || exporters=500 # valgrind takes its time

# What may be found of random values; of the octets nothing is wrong.
ignored=element-duplicate,element-unknown,flow-counters,flow-duration,flow-time-base,flow-time-future
ignored=$ignored,flow-time-order,flow-time-past,sampler-unknown,sampling-absent,sampler-conflict
ignored=$ignored,sampler-other-domain,set-alignment,template-lacks,value-range,export-no-data

# generate SEED FIRST COUNT: the capture x.pcap and what is expected. How many Templates, in $templates.
generate ()
{
    command="generate $*"
    "$programs/generate" "$NFPEEK_SOURCE/common/elements" "$@" x.pcap expected >out 2>err ||
        fail 'no capture'
    templates=$(sed -n 's/^\([0-9]*\) Templates.*/\1/p' out)
}

# compare SEED: what nfpeek makes of the capture with what is expected.
compare ()
{
    command="nfpeek -T json x.pcap, compare $*"
    {
        "$NFPEEK" -q -T json --ignore="$ignored" x.pcap
        echo $? >status
    } 2>err | "$programs/compare" expected "$@" >out
}

nfpeek_decodes_what_was_meant ()
{
    # shellcheck disable=SC2086 # three words
    set -- ${NFPEEK_DIFFERENTIAL:-1 1 $exporters}
    seed=$1 first=$2 left=$3 total=0
    while [ "$left" -gt 0 ] && [ -z "$problems" ]; do
        count=$((left < portion ? left : portion))
        generate "$seed" "$first" "$count"
        compare "$seed" || fail "nfpeek decodes something else"
        [ "$(cat status)" -eq 0 ] || fail "exit status $(cat status)"
        total=$((total + templates)) first=$((first + count)) left=$((left - count))
    done
    echo "# $total Templates with their records"
    if [ "$3" -eq 1 ]; then
        mv x.pcap "$programs/$seed-$2.pcap"
        mv expected "$programs/$seed-$2.json"
    fi
}

# The comparison is one: whatever of it is changed is found.
differences_are_found ()
{
    for change in 's/"value":1,/"value":2,/' 's/"value":true/"value":false/' \
        's/\("value":[0-9.]*\)\([0-9]\)e/\15\2e/' 's/Z"\([,}]\)/0Z"\1/' \
        's/"padding":1,/"padding":2,/' 's/"padding":[123],//' 's/"scope":true/"scope":false/' \
        's/{"pen":[^{}]*},\({"pen"\)/\1/' 's/"name":"/"name":"x/' 's/\("offset":\)/\11/'; do
        generate 2 1 200
        sed "$change" expected >changed
        cmp -s expected changed && fail "nothing to change: $change"
        mv changed expected
        compare 2 && fail "not found: $change"
        shows 'expected .*, nfpeek has '
        shows "alone: NFPEEK_DIFFERENTIAL='2 [0-9]+ 1' make check TESTS=tests/differential/command.sh"
    done
}

perform nfpeek_decodes_what_was_meant differences_are_found
