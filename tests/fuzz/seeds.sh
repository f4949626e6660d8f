#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The fuzz targets over what they start from: golden samples and expressions. Prints TAP.

set -u

: "${NFPEEK_SOURCE:?is the source folder}"
: "${NFPEEK_BUILD:?is the build folder}"
PERL=${PERL:-perl}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

tests=0
failures=0

# survives TARGET FILE...: the target takes what seeds.pl makes of the files, one by one.
survives ()
{
    target=$1
    shift
    tests=$((tests + 1))
    if "$PERL" "$NFPEEK_SOURCE/tests/fuzz/seeds.pl" "$scratch/$target" "$@" &&
        "$NFPEEK_BUILD/tests/fuzz/$target" "$scratch/$target" >"$scratch/out" 2>&1 &&
        grep -q '^[1-9][0-9]* inputs' "$scratch/out"; then
        echo "ok $tests - $target"
    else
        failures=$((failures + 1))
        echo "not ok $tests - $target"
        sed 's/^/# /' "$scratch/out"
    fi
}

survives fuzz-decoder "$NFPEEK_SOURCE"/tests/golden/*.hex
survives fuzz-capture "$NFPEEK_SOURCE"/tests/golden/*.hex
survives fuzz-filter "$NFPEEK_SOURCE/tests/expressions.txt"
echo "1..$tests"
[ "$failures" -eq 0 ]
