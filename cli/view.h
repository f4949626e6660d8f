/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Views: the ways to show Messages. Each is a row of a table (view.c) with four functions, called
 * for every datagram that is shown:
 *
 *      open                 once, before the first
 *        start              a datagram
 *          event ...        what the walk finds in it, in wire order
 *        end
 *      close                once, after the last
 *
 * They append to show->out, which is written out between datagrams.
 */
#pragma once

#include "anonymize.h"
#include "options.h"
#include "plan.h"
#include "tracker.h"
#include "usage.h"

G_BEGIN_DECLS

/* What a view may look at; the same all the time but for what stands below the line. */
typedef struct {
    const NfOptions *options;
    NfRegistry *registry;
    const NfCollector *collector;
    NfPlans *plans;
    const NfDecoder *decoder; /* of the walk */
    NfAnonymizer *anonymizer; /* with --anonymize; else NULL */
    NfText out;
    NfText scratch;             /* for names; empty it before use */
    gboolean color;             /* escape sequences are wanted in `out` */
    struct _NfTreeLines *lines; /* of the Message, in -T tree; else NULL */
    gboolean is_unsettled;      /* the end of `out` may still change: nothing is to be written */
    gboolean is_terminal;       /* people look at `out`: nothing raw from the wire */
    /* ---- of the datagram being shown ---- */
    const char *file; /* how its input is called; never NULL, and good until the view is closed */
    gboolean is_file; /* whether that is the name of a file */
    const NfDatagram *datagram;
    const NfPlain *plain; /* the datagram before it was anonymized, if it was: what -Y is about */
    const NfMessage *message; /* set by the MESSAGE event; NULL where it has no header */
    const NfDomain *domain;   /* likewise; NULL where none of its Templates is known */
    const NfMessage *whose;   /* a version and a domain that a datagram without a Message is about;
                                 NULL where that is not known */
    NfTrack track;            /* at its end: how the Message follows on those before it */
    guint64 others[2];        /* of a FINDING event: the orders of other datagrams that it hangs on;
                                 at the end, of one that shows it; 0: none that can be named */
    guint64 record;           /* of a RECORD event: the how manieth of its Set, from 1 */
    gboolean is_end;          /* all has come: findings about a whole domain, in a datagram without
                                 octets whose header has a version and a domain */
    gboolean is_so_far;    /* likewise, but more may come: what would be said if this were all, */
    gboolean is_back;      /* and is not said any more, as it was shown */
    gboolean is_abandoned; /* the view is closed, and what it would say is not to be said */
    gboolean held;         /* a live source's Sets, shown once their Template has come */
    gboolean is_again;     /* while `held`: the Message was shown when it came, */
    gboolean is_set_again; /* and the Set with it, as undecoded octets */
} NfShow;

typedef struct {
    const char *name;
    gboolean shows_findings;  /* else they go to standard error */
    gboolean counts_findings; /* it counts them, and what sequence numbers tell */
    gboolean has_json;        /* as one object, with --json */
    gboolean joins; /* takes records that come together as they come: NfEvent.count of them */
    gpointer (*open) (NfShow *show, GError **error); /* NULL and `error`: cannot be shown so */
    void (*start) (NfShow *show, gpointer self);
    void (*event) (NfShow *show, gpointer self, const NfEvent *event);
    void (*end) (NfShow *show, gpointer self);
    void (*close) (NfShow *show, gpointer self); /* shows what is left, frees `self` */
    void (*now) (NfShow *show, gpointer self);   /* of a view that gathers: shows what there is so
                                                    far; more may come. Else NULL */
    void (*again) (NfShow *show, gpointer self); /* another file begins: shows what stands at the
                                                    beginning of one. NULL: nothing does */
} NfView;

#define NF_VIEW(name, help, manual) extern const NfView nf_view_##name;
#include "view.def"
#undef NF_VIEW
extern const NfView nf_view_sum;     /* which --sum chooses, not -T */
extern const NfView nf_view_nothing; /* likewise --evidence, where it only gathers, and --send */

/* The view of that name, or NULL. */
const NfView *nf_view_find (const char *name);

/* All views, `*n` of them. */
const NfView *const *nf_views (guint *n);

/* Looks up a name that an option gives. Returns FALSE and sets `error` where it is none. */
gboolean nf_show_find_name (NfOperand *operand, const NfRegistry *registry, const char *option,
                            const char *name, GError **error);

/* The plan for the records of the event's binding. */
static inline const NfPlan *
nf_show_plan (NfShow *show, const NfEvent *event)
{
    return nf_plans_get (show->plans, event->binding);
}

/* The octets of a span of the datagram being shown. */
static inline const guint8 *
nf_show_octets (const NfShow *show, NfSpan span)
{
    return nf_span_octets (show->datagram->octets, span);
}

/* The Data Record of a RECORD event as it came. */
static inline NfRecord
nf_show_raw_record (NfShow *show, const NfEvent *event)
{
    return (NfRecord){.event = event,
                      .octets = show->datagram->octets,
                      .message = show->message,
                      .flow = nf_show_plan (show, event)->flow,
                      .collector = show->collector,
                      .domain = show->domain,
                      .datagram = show->datagram,
                      .lists = nf_decoder_lists (show->decoder)};
}

/* Begins with a record, or with the next one where its event has moved on: with --scale, its
 * counters are multiplied by the sampling rate. */
static inline void
nf_show_begin_record (const NfShow *show, NfRecord *record)
{
    record->sampled.is_known = FALSE;
    if (show->options->scale)
        record->scale = nf_record_note_sampling (record);
}

/* Both. */
static inline NfRecord
nf_show_record (NfShow *show, const NfEvent *event)
{
    NfRecord record = nf_show_raw_record (show, event);

    nf_show_begin_record (show, &record);
    return record;
}

/* The value of a basicList: a record of one field, which has no plan. */
static inline NfRecord
nf_show_list_value (const NfShow *show, const NfList *list)
{
    return (NfRecord){.event = &list->record,
                      .octets = show->datagram->octets,
                      .message = show->message,
                      .collector = show->collector,
                      .domain = show->domain,
                      .datagram = show->datagram,
                      .lists = nf_decoder_lists (show->decoder)};
}

/* The name of the element that the values of a basicList have; good until the next name. */
static inline const char *
nf_show_list_element (NfShow *show, const NfList *list)
{
    nf_text_truncate (&show->scratch, 0);
    nf_field_name (&show->scratch, &list->binding->tmpl->fields[0],
                   list->binding->fields[0].element, show->options->netflow9_names);
    return nf_text_string (&show->scratch);
}

/* What a name of -e or --sum may be asked about a Data Record. */
static inline NfSubject
nf_show_subject (const NfShow *show, const NfRecord *record)
{
    return (NfSubject){.datagram = show->datagram,
                       .file = show->is_file ? show->file : NULL,
                       .message = show->message,
                       .tmpl = record->event->binding->tmpl,
                       .record = record};
}

/* Whether a SET event is of Data that cannot be decoded for want of a Template. */
static inline gboolean
nf_set_lacks_template (const NfEvent *event)
{
    return event->set->kind == NF_SET_DATA && !event->use->binding && event->set->span.length > 4;
}

G_END_DECLS
