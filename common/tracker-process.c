/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copies of Messages, restarts, and several processes behind one address. */
#include "tracker-private.h"

#include "reader.h"

/* An uptime so far back, in milliseconds, is that of an exporter that started again, if it says so,
 * not that of a datagram which was overtaken. */
#define RESTART_MS 60000

/* An uptime that is longer than the time since the last Message, by so much in milliseconds, is not
 * that of an exporter that started again since, unless its clock was set by hours meanwhile. */
#define RAN_ON_MS    60000
#define CLOCK_SET_MS 3600000

/* An uptime that is further on, modulo 2^32 milliseconds, by no more than this went on. */
#define WRAPPED_MS 3600000

/* So much may differ when an exporter says it was started, by rounding: export times are seconds.
 */
#define SAME_START_MS 2000

/* So often in succession processes must have taken turns, so that it is no chance. */
#define TURNS 3

/* Octets by which a copy is known: the header with its times and its number, and the end. */
#define PRINT_BEGINNING 32
#define PRINT_END       16

/* ---- copies ---- */

/* Mixes a number in. Who sends may choose what collides here: no more comes of it than of sending
 * the same Message twice. */
static inline guint64
mix (guint64 print, guint64 number)
{
    print = (print ^ number) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15); /* 2^64 / golden ratio */
    return print ^ print >> 32;
}

static inline guint64
mix_octets (guint64 print, const guint8 *octets, gsize n)
{
    gsize i = 0;

    for (; i + 8 <= n; i += 8)
        print = mix (print, nf_octets_uint (octets + i, 8));
    return i < n ? mix (print, nf_octets_uint (octets + i, n - i)) : print;
}

guint
nf_tracked_print (const NfDatagram *datagram)
{
    gsize beginning = MIN (datagram->length, PRINT_BEGINNING);
    gsize end = MIN (datagram->length, PRINT_END);
    guint64 print = mix (0, datagram->length);

    print = mix_octets (print, datagram->octets, beginning);
    return (guint)mix_octets (print, datagram->octets + datagram->length - end, end);
}

const NfRecent *
nf_tracked_find_copy (const NfTracked *d, const NfHeard *heard)
{
    for (guint i = 0; i < MIN (d->n_recent, NF_N_RECENT); i++)
        if (d->recent[i].print == heard->print)
            return &d->recent[i];
    return NULL;
}

/* Makes the ring, which is full, twice as large. */
static void
grow (NfTracked *d)
{
    if (d->n_recent == 0) {
        d->recent = &d->first_recent;
    } else if (d->n_recent == 1) {
        d->recent = g_new (NfRecent, 2);
        d->recent[0] = d->first_recent;
    } else {
        d->recent = g_renew (NfRecent, d->recent, 2 * d->n_recent);
    }
}

void
nf_tracked_clear_prints (NfTracked *d)
{
    if (d->recent != &d->first_recent)
        g_free (d->recent);
}

void
nf_tracked_keep_print (NfTracked *d, const NfHeard *heard)
{
    if (d->n_recent < NF_N_RECENT && (d->n_recent & (d->n_recent - 1)) == 0)
        grow (d);
    d->recent[d->n_recent++ % NF_N_RECENT] = (NfRecent){heard->print, heard->file, heard->packet};
}

/* ---- several processes behind one address ---- */

static NfOthers *
ensure_others (NfTracked *d)
{
    if (!d->others)
        d->others = g_new0 (NfOthers, 1);
    return d->others;
}

/* Notes a turn that another process took, or that it was none. Returns whether it is to be said
 * that there are several: once. */
static gboolean
note_turn (NfOthers *others, guint *turns, gboolean is_turn)
{
    *turns = is_turn ? *turns + 1 : 0;
    if (*turns < TURNS || others->told)
        return FALSE;
    others->told = TRUE;
    return TRUE;
}

gboolean
nf_tracked_takes_turn (NfTracked *d, const NfHeard *heard, NfTrack *track, GArray *findings)
{
    guint32 jump = heard->sequence - track->expected;
    NfOthers *others = ensure_others (d);
    NfOther *other = NULL;

    for (guint i = 0; i < MIN (others->n_sequences, NF_N_OTHERS); i++)
        if (others->sequences[i].next == heard->sequence)
            other = &others->sequences[i];
    if (!other && track->order != NF_ORDER_RESET &&
        (jump <= NF_LATE_WINDOW || -jump <= NF_LATE_WINDOW))
        return FALSE; /* what was lost or overtaken, most likely */
    if (note_turn (others, &others->sequence_turns, other != NULL))
        nf_tracked_say (findings, NF_FINDING_EXPORTER_SHARED,
                        nf_message_sequence_span (d->key.domain.version), track->expected,
                        heard->sequence);
    if (!other) {
        other = &others->sequences[others->n_sequences++ % NF_N_OTHERS];
        *other = (NfOther){track->expected, track->lost};
        return FALSE;
    }
    track->found = (guint32)MIN (d->units[track->unit].lost, other->claimed);
    *other = (NfOther){track->expected, 0};
    return TRUE;
}

/* How far apart two starts are, in milliseconds: uptimes wrap. */
static guint32
start_distance (gint64 a, gint64 b)
{
    guint32 ahead = (guint32)(a - b);

    return MIN (ahead, -ahead);
}

/* The exporter says that it was started at another time than the last one: whether that is the time
 * of another process. */
static gboolean
takes_start_turn (NfTracked *d, gint64 start_ms, gboolean *is_told)
{
    NfOthers *others;
    gint64 *other = NULL;

    *is_told = FALSE;
    if (start_distance (start_ms, d->start_ms) <= RESTART_MS)
        return FALSE;
    others = ensure_others (d);
    for (guint i = 0; i < MIN (others->n_starts, NF_N_OTHERS); i++)
        if (start_distance (start_ms, others->starts_ms[i]) <= SAME_START_MS)
            other = &others->starts_ms[i];
    *is_told = note_turn (others, &others->start_turns, other != NULL);
    if (!other)
        others->starts_ms[others->n_starts++ % NF_N_OTHERS] = d->start_ms;
    else
        *other = d->start_ms;
    return other != NULL;
}

/* The uptime went back: whether it is too long for one that began since. */
static gboolean
ran_on (gint64 since_ms, guint32 now_ms)
{
    return since_ms >= 0 && since_ms <= CLOCK_SET_MS && now_ms > since_ms + RAN_ON_MS;
}

gboolean
nf_tracked_note_uptime (NfTracked *d, const NfHeard *heard, GArray *findings)
{
    NfSpan span = nf_message_uptime_span (d->key.domain.version);
    guint32 now_ms = heard->sys_uptime_ms, before_ms = d->uptime_ms;
    gint64 start_ms = (gint64)heard->export_time_s * 1000 - now_ms;
    gint64 since_ms = start_ms + now_ms - d->start_ms - before_ms; /* the last Message */
    gboolean went_back =
        before_ms > now_ms && before_ms - now_ms > RESTART_MS && now_ms - before_ms > WRAPPED_MS;
    gboolean is_turn = FALSE, is_told = FALSE, is_same;

    if (span.length == 0)
        return FALSE;
    is_same = !d->seen || start_distance (start_ms, d->start_ms) <= SAME_START_MS;
    if (!is_same)
        is_turn = takes_start_turn (d, start_ms, &is_told);
    if (is_told)
        nf_tracked_say (findings, NF_FINDING_EXPORTER_SHARED_UPTIME, span, before_ms / 1000,
                        now_ms / 1000);
    d->uptime_ms = now_ms;
    d->start_ms = start_ms;
    if (is_same || !went_back || is_turn)
        return FALSE;
    if (ran_on (since_ms, now_ms)) {
        nf_tracked_say (findings, NF_FINDING_UPTIME_JUMP, span, before_ms / 1000, now_ms / 1000);
        /* the next numbers go on from there, others are another process's */
        return heard->sequence - d->sequence > NF_LATE_WINDOW;
    }
    nf_tracked_say (findings, NF_FINDING_UPTIME_RESET, span, before_ms / 1000, now_ms / 1000);
    return TRUE;
}
