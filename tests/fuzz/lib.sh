# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# What the fuzz targets begin with, for scripts that source this.

: "${NFPEEK_SOURCE:?is the source folder}"
: "${NFPEEK_BUILD:?is the build folder}"
PERL=${PERL:-perl}
fuzz=$NFPEEK_SOURCE/tests/fuzz

# Captures to begin with, where there are any. Nothing of them stays in the project.
captures=${NFPEEK_CORPUS:+$NFPEEK_CORPUS/*.pcap}

# All targets, the shortest first.
all_targets='template list filter registry hextext store capture decoder file run exporter'

# kept TARGET: the files that are kept of it: inputs that were trouble once, and forms that no sample has.
kept ()
{
    [ ! -d "$fuzz/corpus/$1" ] || echo "$fuzz/corpus/$1/*"
}

# make_seeds TARGET FOLDER
make_seeds ()
{
    golden=$NFPEEK_SOURCE/tests/golden/*.hex
    elements=$NFPEEK_SOURCE/common/elements
    case $1 in
    template) set -- "$1" "$2" templates "$golden" ;;
    list) set -- "$1" "$2" octets ;;
    exporter) set -- "$1" "$2" choices ;;
    filter) set -- "$1" "$2" octets "$NFPEEK_SOURCE/tests/expressions.txt" ;;
    registry) set -- "$1" "$2" octets "$elements/pen-[26]*.csv $elements/netflow9.csv" ;;
    hextext) set -- "$1" "$2" text "$NFPEEK_SOURCE/tests/golden/good-ipfix-*.hex" ;;
    capture) set -- "$1" "$2" packets "$golden $captures" ;;
    decoder | store) set -- "$1" "$2" messages "$golden $captures" ;;
    file | run) set -- "$1" "$2" file "$golden $captures" ;;
    esac
    # shellcheck disable=SC2046,SC2086 # patterns
    "$PERL" "$fuzz/seeds.pl" "$3" "$2" ${4-} $(kept "$1")
}
