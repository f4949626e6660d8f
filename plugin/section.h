/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Elements that hold the beginning of a packet which the exporter saw: 104, 313, 315. They go to
 * the dissectors of Ethernet and IP.
 */
#pragma once

#include "compat.h"
#include "nfpeek.h"

typedef enum { NFP_SECTION_NONE, NFP_SECTION_LINK, NFP_SECTION_IP } NfpSection;

/* What an element is the beginning of. */
NfpSection nfp_section_kind (const NfElement *element);

/* Looks up the dissectors. Once all protocols are registered. */
void nfp_section_handoff (void);

/* Has the content of field `i` of the record dissected below `item`, which is NULL where no tree is
 * made: other dissectors, too, want to have seen each packet at its first visit. The outer packet's
 * addresses, ports and columns stay as they are. */
void nfp_section_dissect (proto_item *item, packet_info *pinfo, tvbuff_t *tvb, const NfRecord *r,
                          guint i);
