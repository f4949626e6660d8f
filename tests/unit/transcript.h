/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Datagrams as tests write them, and the walk through them as text to compare with.
 *
 * The transcript has a line an event. What belongs to a Set is indented, a place in a Message is
 * written OFFSET+LENGTH, and a finding is "! ROW-OF-THE-TABLE OFFSET+LENGTH ARGUMENT ARGUMENT":
 *
 *      message v10 52 domain 1 sequence 5
 *      set 16+20 2 template
 *        template 20+16 256 8:4 12:4 1:4
 *      set 36+16 256 data of packet 1
 *        record 40+12 sourceIPv4Address=10.0.0.1 octetDeltaCount=1000
 *
 * (lists in records: transcript-list.h.)
 *
 * Every walk also asserts what decoder.h promises: Sets tile their Message, what is in a Set tiles
 * the Set, fields tile their record, what is in a list tiles the list, nothing leaves the datagram,
 * records that are joined are those that come one by one.
 */
#pragma once

#include "common/collector.h"
#include "common/decoder.h"

G_BEGIN_DECLS

#define TRANSCRIPT_MAX 8

/* A datagram. What is left out: UDP from 192.0.2.1:2055 to 198.51.100.1, whole, of file 0. */
typedef struct {
    const char *hex;  /* for transcript_hex(); NULL behind the last one */
    guint8 host;      /* last octet of the exporter's address */
    guint16 port;     /* of the exporter */
    guint8 to;        /* last octet of the collector's address */
    guint8 family;    /* 6: the exporter is 2001:db8::host */
    gboolean unknown; /* without any address, as hex and raw files are */
    NfTransport transport;
    guint32 connection;
    NfGap gap;
    gsize cut; /* so many octets at its end were not captured */
    guint file;
    guint32 arrival_s; /* since 1970; 0: not known */
    NfChecksums checksums;
} TranscriptInput;

/* Datagrams that have octets, each in a heap block of exactly their length. Their order and packet
 * numbers rise from 1. */
typedef struct {
    guint n;
    NfDatagram datagrams[TRANSCRIPT_MAX];
    guint8 *octets[TRANSCRIPT_MAX];
} TranscriptSample;

/*
 * Octets from hexadecimal digits. White space does not count, "#" begins a comment up to the end
 * of the line, "00*48" is an octet 48 times. Returns a heap block of exactly `*length` octets; free
 * with g_free().
 */
guint8 *transcript_hex (const char *text, gsize *length);

void transcript_sample_make (TranscriptSample *sample, const TranscriptInput *inputs);
void transcript_sample_clear (TranscriptSample *sample);

/* A registry for all tests of a program. Borrowed. */
NfRegistry *transcript_registry (void);

/* Learns all datagrams of the sample, in their order. `findings` may be NULL. */
void transcript_learn (NfCollector *collector, const TranscriptSample *sample, GArray *findings);

/* Walks one datagram, asserts what every walk must keep to, and appends its transcript to `t`
 * unless that is NULL. Where `findings` is not NULL it gets all findings. */
void transcript_walk (NfText *t, const NfCollector *collector, const NfDatagram *datagram,
                      GArray *findings);

/* Walks all datagrams of the sample, with a line "packet N" before each where there are several. */
void transcript_walk_all (NfText *t, const NfCollector *collector, const TranscriptSample *sample,
                          GArray *findings);

/* Learns all inputs into a new collector, then walks them. Returns the transcript, which begins
 * with what was found while learning; free with g_free(). `limits` may be NULL. */
char *transcript_of (const TranscriptInput *inputs, const NfLimits *limits);

/* "SET_LENGTH": the row's name in finding.def. */
const char *transcript_finding_name (NfFindingId id);

G_END_DECLS
