/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is counted of the Messages of an exporter, and the judgement on it that follows. */
#pragma once

#include "view.h"

G_BEGIN_DECLS

typedef struct {
    guint64 messages;
    guint64 octets;    /* of payload */
    guint64 templates; /* Template Records and Options Template Records */
    guint64 flows;     /* records */
    guint64 options;   /* records */
    guint64 sets;      /* Data Sets */
    guint64 missing;   /* of these, without a Template */
    guint64 undecoded; /* octets */
    guint64 cut;       /* Messages that were not captured whole */
    guint64 lost;      /* datagrams whose fragments did not all come */
    guint64 gaps;      /* in streams */
    guint64 refused;   /* datagrams of which ICMP says that they did not arrive */
    guint64 unsound;   /* checksums that a kernel drops a datagram for */
    guint64 skipped;   /* by the sequence numbers, in `unit` */
    NfSequenceUnit unit;
    guint64 received[NF_N_UNITS]; /* what came, by what may be counted; copies left out */
    guint64 followed;             /* Messages of which is known how they follow on others, */
    guint64 resets;               /* of these, those where the exporter counts anew */
    guint64 in_doubt;  /* domains in which something is missing, or the unit another one */
    guint64 copies;    /* Messages that had come before */
    guint64 encrypted; /* connections, or datagrams */
    guint64 broken;    /* errors that no missing Template explains */
    guint64 findings[NF_N_SEVERITIES];
} NfTally;

/* What was lost by the sequence numbers, in one unit. */
typedef struct {
    guint64 lost;
    guint64 of;       /* of so many that were sent; 0: not known */
    const char *unit; /* "Messages", "records", ...: in the plural */
} NfLoss;

/* The most units there are: those of trackers, and flows by another name. */
#define NF_LOSSES (NF_N_UNITS + 1)

/* From the best to the worst. */
typedef enum {
    NF_HEALTHY,     /* all that was sent came and was decoded, though an RFC may forbid it so */
    NF_LOSSY,       /* some of it did not come */
    NF_UNDECODABLE, /* some of it cannot be read: no Template, encrypted, no Message */
    NF_BROKEN,      /* some of it makes no sense */
    NF_N_HEALTHS
} NfHealth;

typedef struct {
    const char *word; /* "ok", "records lost": for a column */
    guint rank;       /* how bad that is; 0: it is not */
    NfHealth health;
} NfJudgement;

/* Counts an event of the datagram being shown; also one of a live source that is shown again. */
void nf_tally_event (NfTally *tally, const NfShow *show, const NfEvent *event);

/* Counts how the Message that was shown follows on those before it. */
void nf_tally_end (NfTally *tally, const NfShow *show);

/* Adds what was counted elsewhere; `unit` stays. */
void nf_tally_add (NfTally *tally, const NfTally *other);

/* Adds what was lost of the Messages of a version to the first `n` losses, units apart. Returns how
 * many there are then: no more where nothing is known of it. */
guint nf_losses_add (NfLoss losses[NF_LOSSES], guint n, const NfTally *tally, guint version);

NfJudgement nf_tally_judge (const NfTally *tally);

/* "healthy", "lossy", "undecodable", "broken" */
const char *nf_health_name (NfHealth health);

G_END_DECLS
