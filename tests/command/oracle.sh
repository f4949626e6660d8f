#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Captures of real exporters, decoded by nfpeek and by a second decoder that shares no code with it:
# the samples of this repository, golden samples with lists in them, and a corpus beside it, or in
# $NFPEEK_CORPUS, where there is one.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

corpus=${NFPEEK_CORPUS-$NFPEEK_SOURCE/../shared/corpus}

# agree ARGUMENT...: of the oracle's.
agree ()
{
    command="oracle.pl --compare nfpeek $*"
    "$PERL" "$NFPEEK_SOURCE/tests/oracle.pl" --compare "$NFPEEK" "$@" >out 2>err
    status=$?
    exits 0
    shows '[1-9][0-9]* records.*: 0 differences'
}

# Samples are small, but they may be compressed; the oracle reads captures only.
both_decoders_agree_on_the_samples ()
{
    mkdir samples
    for sample in "$NFPEEK_SOURCE"/samples/*.pcap; do
        cp "$sample" samples/
    done
    if command -v gzip >/dev/null; then
        for sample in "$NFPEEK_SOURCE"/samples/*.pcap.gz; do
            gzip -dc "$sample" >"samples/$(basename "$sample" .gz)"
        done
    fi
    agree samples/*.pcap
}

# agree_on_samples FILE...: both decode these golden samples alike, as a capture. The second decoder
# follows no streams, and believes no exporter's word on what an element is: samples of those are left
# out.
agree_on_samples ()
{
    for sample in "$@"; do
        shift
        case $sample in
        */good-ipfix-sctp.hex | */good-ipfix-tcp.hex | *-types-learnt.hex | *-types-changed.hex) ;;
        *) set -- "$@" "$sample" ;;
        esac
    done
    "$PERL" "$NFPEEK_SOURCE/tests/plugin/sample-capture.pl" samples.pcap "$@" ||
        fail 'no capture of the samples'
    agree samples.pcap
}

# Versions and forms that no capture is of.
both_decoders_agree_on_the_good_samples ()
{
    agree_on_samples "$NFPEEK_SOURCE"/tests/golden/good-*.hex
}

# Lists in records (RFC 6313), which few exporters send.
both_decoders_agree_on_lists ()
{
    agree_on_samples "$NFPEEK_SOURCE"/tests/golden/*-list-*.hex "$NFPEEK_SOURCE"/tests/golden/*-list.hex
}

# The numbers of records that the corpus's index gives are compared, too, where it has one.
both_decoders_agree_on_the_corpus ()
{
    set -- "$corpus"/*.pcap
    if [ ! -f "$1" ]; then
        skip "no captures in $corpus"
        return
    fi
    [ ! -f "$corpus/INDEX.tsv" ] || set -- --index "$corpus/INDEX.tsv" "$@"
    agree "$@"
}

perform both_decoders_agree_on_the_samples both_decoders_agree_on_the_good_samples both_decoders_agree_on_lists \
    both_decoders_agree_on_the_corpus
