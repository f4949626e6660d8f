#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Writes what nfpeek shows of each sample (or of those named) beside it. Look at the differences
# before they are committed: an expectation that nobody has read proves nothing.
#
# Usage: NFPEEK=build/nfpeek tests/golden/update.sh [NAME.hex...]

set -eu

: "${NFPEEK:=build/nfpeek}"
NFPEEK=$(realpath "$NFPEEK")
LC_ALL=C.UTF-8
HOME=/nonexistent # where no user's own elements are
export LC_ALL HOME
unset XDG_CONFIG_HOME
cd "$(dirname -- "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
. ./show.sh
[ $# -gt 0 ] || set -- *.hex
for sample in "$@"; do
    for view in tree json jsonl; do
        status=0
        show "$view" "$sample" >"${sample%.hex}.$view" || status=$?
        [ "$status" -le 2 ] || exit "$status"
    done
done
git diff --stat -- . 2>/dev/null || true
