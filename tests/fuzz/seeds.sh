#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The fuzz targets over what they start from: golden samples, expressions, and what is kept of former
# trouble. $NFPEEK_UNDER runs them, where it is set. Prints TAP.

set -u

# shellcheck source=tests/fuzz/lib.sh
. "$(dirname -- "$0")/lib.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

tests=0
failures=0

# survives TARGET: the target takes all of its seeds, one by one.
survives ()
{
    tests=$((tests + 1))
    if make_seeds "$1" "$scratch/$1" >"$scratch/out" 2>&1 && [ -n "$(ls "$scratch/$1")" ] &&
        ${NFPEEK_UNDER-} "$NFPEEK_BUILD/tests/fuzz/fuzz-$1" -runs=0 "$scratch/$1" >"$scratch/out" 2>&1; then
        echo "ok $tests - $1"
    else
        failures=$((failures + 1))
        echo "not ok $tests - $1"
        sed 's/^/# /' "$scratch/out"
    fi
}

for target in $all_targets; do
    survives "$target"
done
echo "1..$tests"
[ "$failures" -eq 0 ]
