#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# run.sh SECONDS [TARGET...]: so many seconds of new inputs for each fuzz target, or for those named
# ("decoder list"). Where they were built with libFuzzer what it finds is in tests/fuzz/found of the
# build folder, and inputs that reach new code are in tests/fuzz/inputs, from which the next run goes on.
# The first target that fails ends it. FUZZ_SEED is where chance begins, or 1: the same runs once more, where
# they begin with the same inputs.

set -eu

# shellcheck source=tests/fuzz/lib.sh
. "$(dirname -- "$0")/lib.sh"

seconds=$1
shift
# shellcheck disable=SC2086 # words
[ $# -gt 0 ] || set -- $all_targets
cd "$NFPEEK_BUILD/tests/fuzz"
for target in "$@"; do
    echo "== $target, $seconds s"
    dictionary=$fuzz/messages.dict
    [ ! -f "$fuzz/$target.dict" ] || dictionary=$fuzz/$target.dict
    rm -rf "seeds/$target"
    mkdir -p "inputs/$target" found seeds
    make_seeds "$target" "seeds/$target"
    "./fuzz-$target" -max_total_time="$seconds" -seed="${FUZZ_SEED:-1}" -timeout=5 -report_slow_units=1 \
        -rss_limit_mb=2048 -dict="$dictionary" -artifact_prefix="found/$target-" \
        -verbosity=0 -print_final_stats=1 "inputs/$target" "seeds/$target"
done
