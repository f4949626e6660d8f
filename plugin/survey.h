/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a Message holds, counted in a walk that makes no tree: for the Info column, the tap and the
 * tracker.
 */
#pragma once

#include "state.h"
#include "tap.h"

typedef struct {
    const NfMessage *message; /* NULL: the datagram is none */
    NfMessage header;
    NfRecordCounts counts;
    guint32 undecoded;       /* octets */
    wmem_array_t *sets;      /* of NfpeekTapSet */
    wmem_array_t *findings;  /* of NfFinding */
    gboolean lacks_template; /* there is a Data Set without one, */
    gboolean has_sections;   /* and there are records with parts of packets */
} NfpSurvey;

/* Walks the datagram. What it allocates lives as long as the packet is dissected. With
 * `fresh`, what is kept of it between visits, this is the first one: what goes on over time is
 * noted. */
void nfp_survey (NfpSurvey *survey, packet_info *pinfo, const NfDatagram *datagram,
                 NfpMemory *fresh);

/* Has the parts of packets in the Message's records dissected, without a tree. */
void nfp_survey_sections (packet_info *pinfo, tvbuff_t *tvb, const NfDatagram *datagram);

/* Appends "Template 256, 14 flows (256)": what the Sets hold. */
void nfp_survey_text (NfText *t, const NfpSurvey *survey);

/* Puts protocol, domain, sequence number, contents and worst finding into the columns. */
void nfp_survey_columns (packet_info *pinfo, const NfpSurvey *survey, gboolean with_findings);

/* Tells the tap's listeners. */
void nfp_survey_tap (packet_info *pinfo, const NfpSurvey *survey, const NfDatagram *datagram,
                     const NfTrack *track);

/* A decoder that frees what it holds when the packet's dissection is over, however that ends. */
NfDecoder *nfp_decoder_new (packet_info *pinfo);
