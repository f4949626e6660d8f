/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a walk finds: events, in the order of the wire (decoder.h). */
#pragma once

#include "collector.h"
#include "finding.h"
#include "message.h"

G_BEGIN_DECLS

typedef enum {
    NF_EVENT_END,        /* the datagram is done; the event has no span */
    NF_EVENT_MESSAGE,    /* the header; the first event, where there is a header at all */
    NF_EVENT_SET,        /* a Set; what is in it follows */
    NF_EVENT_TEMPLATE,   /* a Template Record; findings about its fields follow */
    NF_EVENT_WITHDRAWAL, /* a Template withdrawal (RFC 7011 8.1) */
    NF_EVENT_RECORD,     /* a Data Record */
    NF_EVENT_PADDING,
    NF_EVENT_UNDECODED, /* octets that could not be decoded; a finding before it says why */
    NF_EVENT_FINDING
} NfEventType;

/* Records that are told of at once, though more may lie one behind the other: views make text of
 * all of them before any is written out, and that of 60,000 records, each with a thousand empty
 * fields, takes a gigabyte. Few Messages in a datagram have more records than this. */
#define NF_MOST_AT_ONCE 32

typedef struct {
    NfEventType type;
    gboolean in_set; /* it belongs to the Set last announced */
    guint depth;     /* RECORD: in how many lists it lies (list.h); 0: it is a Data Record */
    NfSpan span;     /* octets from the Message's first octet */
    union {
        const NfMessage *message; /* MESSAGE: valid until the next datagram */
        struct {
            const NfSet *set;         /* SET: valid until the next Set */
            const NfTemplateUse *use; /* likewise: of a Data Set; of others it has no binding */
        };
        struct {
            const NfBinding *binding; /* TEMPLATE, RECORD: valid until the next event; a
                                         reference keeps it */
            const NfSpan *fields;     /* RECORD: the content of each field, without the length
                                         prefix, but for those that the Template has offsets of;
                                         NULL where it has them of all */
            const NfSpan *records;    /* RECORD: where each lies for which it stands; NULL where
                                         all have the length of the first one */
            guint count; /* RECORD: for how many it stands, one behind the other, at most
                            NF_MOST_AT_ONCE; its span and its fields are the first one's, and
                            behind those come the next one's. 1 unless they were joined by
                            nf_decoder_join_records() */
        };
        guint16 template_id; /* WITHDRAWAL */
        NfFinding finding;   /* FINDING */
    };
} NfEvent;

/* Where the content of field `i` lies, in octets from the Message's first octet. */
static inline NfSpan
nf_event_field (const NfEvent *event, guint i)
{
    const NfTemplate *tmpl = event->binding->tmpl;

    if (i < tmpl->n_fixed)
        return (NfSpan){event->span.offset + tmpl->offsets[i], tmpl->fields[i].length};
    return event->fields[i];
}

/* Where that field of the `n`th of the records lies for which the event stands. */
static inline NfSpan
nf_event_field_of (const NfEvent *event, guint n, guint i)
{
    const NfTemplate *tmpl = event->binding->tmpl;
    guint32 start;

    if (i >= tmpl->n_fixed)
        return event->fields[(gsize)n * tmpl->n_fields + i];
    start = event->records ? event->records[n].offset : event->span.offset + n * event->span.length;
    return (NfSpan){start + tmpl->offsets[i], tmpl->fields[i].length};
}

/* The event of the `i`th of the records for which one stands, by itself. */
static inline NfEvent
nf_event_record (const NfEvent *event, guint i)
{
    NfEvent one = *event;

    one.count = 1;
    if (event->records) {
        one.records = NULL;
        one.span = event->records[i];
        one.fields += (gsize)i * event->binding->tmpl->n_fields;
    } else {
        one.span.offset += i * event->span.length;
    }
    return one;
}

/* Reads field `i` of all the records for which the event of a Message that begins at `octets`
 * stands: an unsigned integer of at most 8 octets, of the same length in each. */
G_GNUC_INTERNAL void nf_event_numbers (const NfEvent *event, const guint8 *octets, guint i,
                                       guint64 numbers[NF_MOST_AT_ONCE]);

/* Told what is wrong with a whole domain when all has come. `order` is that of a datagram which
 * shows it; 0: no single one does. */
typedef void (*NfVerdictFunc) (const NfDomainKey *key, const NfFinding *finding, guint64 order,
                               gpointer data);

G_END_DECLS
