/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which events of a walk reach the view. */
#include "pick.h"

#include "columns.h"
#include "printable.h"
#include "say.h"

/* Of an expression of more octets than SHOWN_WHOLE, those that are shown before the place of an
 * error, and behind it. */
#define SHOWN_WHOLE  160
#define SHOWN_BEFORE 60
#define SHOWN_BEHIND 40
#define CUT          "..."

struct _NfPick {
    NfFilter *filter; /* owned, or NULL */
    NfPickGive give;
    gpointer give_data;
    guint64 unknown;
    /* ---- of the datagram ---- */
    gboolean is_judged; /* `message` is the verdict */
    NfVerdict message;
    gboolean has_given;
    GArray *waiting; /* NfEvent, outside of Sets, until there is something to be shown */
    /* ---- of the current Set ---- */
    NfVerdict set;
    gboolean is_set_given;
    GArray *set_waiting; /* NfEvent: the Set itself, and what goes with it */
    NfSpan dropped;      /* the record or Template last left out */
};

/* ---- the expression ---- */

/* The expression, or the part of it that an error is in, and below it a mark at the place. */
static void
show_place (const char *expression, gsize place)
{
    gsize length = strlen (expression);
    gboolean whole = length <= SHOWN_WHOLE;
    gsize start = whole || place <= SHOWN_BEFORE ? 0 : place - SHOWN_BEFORE;
    gsize end = whole ? length : MIN (length, place + SHOWN_BEHIND);
    NfText t = NF_TEXT_INIT;

    while (start > 0 && start < place && ((guchar)expression[start] & 0xc0) == 0x80)
        start++;
    while (expression[end] && ((guchar)expression[end] & 0xc0) == 0x80)
        end++;
    nf_text_add (&t, start > 0 ? CUT : "");
    nf_show_safe (&t, expression + start, place - start);
    guint column = nf_column_width (t.start, nf_text_length (&t));

    nf_show_safe (&t, expression + place, end - place);
    nf_text_add (&t, end < length ? CUT : "");
    g_printerr ("  %s\n  %*s^\n", nf_text_string (&t), (int)column, "");
    nf_text_clear (&t);
}

gboolean
nf_pick_compile (const NfOptions *options, NfRegistry *registry, NfFilter **filter)
{
    g_autoptr (GError) error = NULL;
    gsize place = 0;

    *filter = NULL;
    if (!options->filter)
        return TRUE;
    *filter = nf_filter_new (registry, options->filter, &place, &error);
    if (*filter)
        return TRUE;
    nf_say (NULL, "-Y: %s", error->message);
    show_place (options->filter, place);
    return FALSE;
}

/* ---- picking ---- */

NfPick *
nf_pick_new (NfFilter *filter, NfPickGive give, gpointer data)
{
    NfPick *pick = g_new0 (NfPick, 1);

    pick->filter = filter;
    pick->give = give;
    pick->give_data = data;
    pick->waiting = g_array_new (FALSE, FALSE, sizeof (NfEvent));
    pick->set_waiting = g_array_new (FALSE, FALSE, sizeof (NfEvent));
    return pick;
}

void
nf_pick_free (NfPick *pick)
{
    g_clear_pointer (&pick->filter, nf_filter_free);
    g_array_unref (pick->waiting);
    g_array_unref (pick->set_waiting);
    g_free (pick);
}

void
nf_pick_begin (NfPick *pick)
{
    pick->is_judged = pick->has_given = pick->is_set_given = FALSE;
    pick->message = pick->set = NF_VERDICT_OPEN;
    pick->dropped = (NfSpan){0, 0};
    if (pick->waiting->len > 0)
        g_array_set_size (pick->waiting, 0);
    if (pick->set_waiting->len > 0)
        g_array_set_size (pick->set_waiting, 0);
}

static void
give_waiting (NfPick *pick, GArray *waiting)
{
    for (guint i = 0; i < waiting->len; i++)
        pick->give (&g_array_index (waiting, NfEvent, i), pick->give_data);
    g_array_set_size (waiting, 0);
}

/* Gives an event of the current Set, after what leads to it. */
static void
give (NfPick *pick, const NfEvent *event)
{
    pick->has_given = pick->is_set_given = TRUE;
    if (pick->waiting->len > 0)
        give_waiting (pick, pick->waiting);
    if (pick->set_waiting->len > 0)
        give_waiting (pick, pick->set_waiting);
    pick->give (event, pick->give_data);
}

/* What is known of the datagram. Users ask for what they know: for what came. */
static NfSubject
subject_of (const NfShow *show)
{
    return (NfSubject){.datagram = show->plain ? show->plain->datagram : show->datagram,
                       .file = show->is_file ? show->file : NULL,
                       .message = show->message};
}

static NfVerdict
judge_template (NfPick *pick, const NfShow *show, const NfTemplate *tmpl, guint16 id)
{
    NfSubject subject = subject_of (show);

    subject.tmpl = tmpl;
    subject.template_id = id;
    return nf_filter_judge (pick->filter, &subject, tmpl ? NF_STAGE_TEMPLATE : NF_STAGE_SET);
}

static NfVerdict
judge_record (NfPick *pick, NfShow *show, const NfEvent *event)
{
    NfRecord record = nf_show_record (show, event);
    NfSubject subject = nf_show_subject (show, &record);

    if (show->plain) {
        record.octets = show->plain->datagram->octets;
        record.datagram = subject.datagram = show->plain->datagram;
        record.collector = show->plain->collector;
        record.domain = show->plain->domain;
    }
    subject.is_nested = TRUE;
    return nf_filter_judge (pick->filter, &subject, NF_STAGE_RECORD);
}

/* A Data Set without a Template: its records may come to be wanted. One of a live source that was
 * held has its Template now. */
static void
note_unknown (NfPick *pick, NfShow *show, const NfEvent *event)
{
    NfVerdict without;

    if (!show->held && !nf_set_lacks_template (event))
        return;
    without = judge_template (pick, show, NULL, event->set->id);
    show->is_set_again = show->held && without == NF_VERDICT_YES;
    if (without == NF_VERDICT_OPEN && show->held)
        pick->unknown--;
    else if (without == NF_VERDICT_OPEN)
        pick->unknown++;
}

static void
take_set (NfPick *pick, NfShow *show, const NfEvent *event)
{
    const NfBinding *binding = event->use->binding;

    g_array_set_size (pick->set_waiting, 0);
    pick->is_set_given = FALSE;
    pick->set = event->set->kind == NF_SET_RESERVED ? NF_VERDICT_NO : NF_VERDICT_OPEN;
    if (event->set->kind == NF_SET_DATA) {
        pick->set = judge_template (pick, show, binding ? binding->tmpl : NULL, event->set->id);
        note_unknown (pick, show, event);
    }
    if (pick->set == NF_VERDICT_YES)
        give (pick, event);
    else
        g_array_append_val (pick->set_waiting, *event);
}

/* A record, a Template or a withdrawal. */
static void
take_wanted (NfPick *pick, const NfEvent *event, NfVerdict verdict)
{
    if (verdict == NF_VERDICT_YES)
        give (pick, event);
    else
        pick->dropped = event->span;
}

static gboolean
is_about_dropped (const NfPick *pick, const NfEvent *event)
{
    return event->span.offset >= pick->dropped.offset &&
           event->span.offset < pick->dropped.offset + pick->dropped.length;
}

/* What is shown if what it belongs to is. */
static void
take_other (NfPick *pick, const NfEvent *event)
{
    GArray *waiting = event->in_set ? pick->set_waiting : pick->waiting;
    gboolean is_given = event->in_set ? pick->is_set_given : pick->has_given;

    if (event->in_set && (pick->set == NF_VERDICT_NO || is_about_dropped (pick, event)))
        return;
    if (is_given)
        pick->give (event, pick->give_data);
    else
        g_array_append_val (waiting, *event);
}

/* An event of a Message that does not decide for itself. */
static void
take (NfPick *pick, NfShow *show, const NfEvent *event)
{
    switch (event->type) {
    case NF_EVENT_SET:
        take_set (pick, show, event);
        return;
    case NF_EVENT_TEMPLATE:
        take_wanted (pick, event,
                     judge_template (pick, show, event->binding->tmpl, event->binding->tmpl->id));
        return;
    case NF_EVENT_WITHDRAWAL:
        take_wanted (pick, event, judge_template (pick, show, NULL, event->template_id));
        return;
    case NF_EVENT_RECORD:
        take_wanted (pick, event,
                     pick->set == NF_VERDICT_OPEN ? judge_record (pick, show, event) : pick->set);
        return;
    default:
        take_other (pick, event);
    }
}

/* Judges the Message, as far as that can be. */
static void
judge_message (NfPick *pick, const NfShow *show)
{
    pick->is_judged = TRUE;
    pick->message = NF_VERDICT_YES;
    if (pick->filter) {
        NfSubject subject = subject_of (show);

        pick->message = nf_filter_judge (pick->filter, &subject, NF_STAGE_MESSAGE);
    }
    pick->set = pick->message;
}

void
nf_pick_event (NfPick *pick, NfShow *show, const NfEvent *event)
{
    if (!pick->is_judged)
        judge_message (pick, show);
    switch (pick->message) {
    case NF_VERDICT_YES:
        show->is_set_again = show->held;
        pick->give (event, pick->give_data);
        return;
    case NF_VERDICT_NO:
        return;
    case NF_VERDICT_OPEN:
        take (pick, show, event);
    }
}

gboolean
nf_pick_is_over (const NfPick *pick)
{
    return pick->is_judged && pick->message == NF_VERDICT_NO;
}

NfVerdict
nf_pick_set (const NfPick *pick)
{
    return pick->set;
}

guint64
nf_pick_unknown (const NfPick *pick)
{
    return pick->unknown;
}
