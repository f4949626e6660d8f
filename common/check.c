/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What cannot be, or is worth knowing, of the values of a Data Record. */
#include "check-private.h"

/* ---- one value ---- */

/* A finding about field `i`, whose value is `value`, or part of it. */
static NfFinding
about_field (const NfRecord *r, NfFindingId id, guint i, guint64 value)
{
    const NfField *field = &r->event->binding->tmpl->fields[i];

    return (NfFinding){.id = id,
                       .span = nf_event_field (r->event, i),
                       .args = {(guint64)field->pen << 16 | field->id, value}};
}

/* The octets of a number as they are: what is planned has at most 8. */
static inline guint64
number_of (const NfRecord *r, guint i)
{
    NfSpan span = nf_event_field (r->event, i);

    return nf_octets_uint (nf_span_octets (r->octets, span), span.length);
}

static NfFindingId
range_finding (const NfElement *element)
{
    if (g_str_has_suffix (element->name, "PrefixLength") && element->range_max == 32)
        return NF_FINDING_VALUE_PREFIX_IPV4;
    if (g_str_has_suffix (element->name, "PrefixLength") && element->range_max == 128)
        return NF_FINDING_VALUE_PREFIX_IPV6;
    return NF_FINDING_VALUE_RANGE;
}

static inline gboolean
is_in_range (const NfRecord *r, guint i)
{
    const NfElement *element = r->event->binding->fields[i].element;

    return number_of (r, i) - element->range_min <= element->range_max - element->range_min;
}

static gboolean
judge_range (const NfRecord *r, guint i, NfFinding *finding)
{
    const NfElement *element = r->event->binding->fields[i].element;
    guint64 n = number_of (r, i);

    if (is_in_range (r, i))
        return FALSE;
    *finding = about_field (r, range_finding (element), i, n);
    return TRUE;
}

/* RFC 7011 6.1.5. */
static gboolean
judge_boolean (const NfRecord *r, guint i, NfFinding *finding)
{
    guint64 n = number_of (r, i);

    if (n == 1 || n == 2)
        return FALSE;
    *finding = about_field (r, NF_FINDING_VALUE_BOOLEAN, i, n);
    return TRUE;
}

static inline gboolean
is_in_calendar (guint64 ms)
{
    return ms / 1000 <= NF_LAST_CALENDAR_S;
}

static gboolean
judge_milliseconds (const NfRecord *r, guint i, NfFinding *finding)
{
    guint64 ms = number_of (r, i);

    if (is_in_calendar (ms))
        return FALSE;
    *finding = about_field (r, NF_FINDING_VALUE_TIME, i, ms);
    return TRUE;
}

static inline gboolean
is_ascii (const NfRecord *r, NfSpan span)
{
    return nf_octets_are_ascii (nf_span_octets (r->octets, span), span.length);
}

/* RFC 7011 6.1.6. NetFlow v9 has no rule for text. */
static gboolean
judge_string (const NfRecord *r, guint i, NfFinding *finding)
{
    NfFindingId id =
        r->message->version == 9 ? NF_FINDING_VALUE_ENCODING_NETFLOW9 : NF_FINDING_VALUE_ENCODING;
    NfValue value;
    gsize valid;

    nf_record_value (r, i, &value);
    if (value.kind != NF_VALUE_STRING)
        return FALSE;
    valid = nf_value_valid_length (&value);
    if (valid == value.length)
        return FALSE;
    *finding = about_field (r, id, i, valid + 1);
    return TRUE;
}

static gboolean
is_near (guint64 s, guint64 export_s)
{
    return s + NF_LONG_S >= export_s && s <= export_s + NF_LONG_S;
}

/* An NTP timestamp (RFC 7011 6.1.9, 6.1.10) that is none but a count since 1970: as such it lies
 * within a day of the export, while the timestamp would be one of 1900 or 2036. */
static gboolean
judge_ntp (const NfRecord *r, guint i, NfFinding *finding)
{
    gboolean is_micro = r->event->binding->fields[i].type == NF_TYPE_DATE_TIME_MICROSECONDS;
    guint64 count = number_of (r, i), export_s = r->message->export_time_s;
    guint64 count_s = count / (is_micro ? 1000000 : 1000000000), seconds = count >> 32;

    if (is_near (seconds, export_s)) /* an NTP timestamp, but for where it counts from */
        count = seconds;
    else if (count == 0 || !is_near (count_s, export_s))
        return FALSE;
    *finding = about_field (r, NF_FINDING_VALUE_TIME_UNIX, i, count);
    return TRUE;
}

/* ---- two values ---- */

/* Where two fields lie: both, where they are neighbours, else the second. */
static NfSpan
span_of_both (const NfRecord *r, guint first, guint second)
{
    NfSpan a = nf_event_field (r->event, MIN (first, second));
    NfSpan b = nf_event_field (r->event, MAX (first, second));

    if (MAX (first, second) - MIN (first, second) != 1)
        return nf_event_field (r->event, second);
    return (NfSpan){.offset = a.offset, .length = b.offset + b.length - a.offset};
}

static gboolean
judge_counters (const NfRecord *r, const NfCheckItem *item, NfFinding *finding)
{
    guint64 octets = number_of (r, item->field), packets = number_of (r, item->other);

    if (octets >= packets)
        return FALSE;
    *finding = (NfFinding){.id = NF_FINDING_FLOW_COUNTERS,
                           .span = span_of_both (r, item->other, item->field),
                           .args = {octets, packets}};
    return TRUE;
}

/* How long the flow lasted: negative, or very long. */
static gboolean
judge_duration (const NfRecord *r, guint start, guint end, NfFinding *finding)
{
    const gint64 ns_per_ms = 1000000, ns_per_s = 1000000000;
    gint64 ns;

    if (!nf_record_duration (r, start, end, &ns) || (ns >= 0 && ns <= NF_LONG_S * ns_per_s))
        return FALSE;
    *finding = (NfFinding){.span = span_of_both (r, start, end)};
    if (ns > 0) {
        finding->id = nf_record_is_zero (r, start) ? NF_FINDING_FLOW_DURATION_UNSET
                                                   : NF_FINDING_FLOW_DURATION;
        finding->args[0] = (guint64)(ns / (3600 * ns_per_s));
        finding->args[1] = (guint64)(ns / ns_per_s);
        return TRUE;
    }
    finding->id = ns <= -ns_per_ms ? NF_FINDING_FLOW_TIME_ORDER : NF_FINDING_FLOW_TIME_ORDER_FINE;
    finding->args[0] = (guint64)(ns <= -ns_per_ms ? -ns / ns_per_ms : -ns);
    return !nf_record_is_zero (r, end);
}

/* Whole seconds from `from` to `to`, which the calendar has. */
static gint64
seconds_between (NfTime from, NfTime to)
{
    return (gint64)(to.s - from.s) - (to.ns < from.ns);
}

/* How long before the export the flow ended, or after it. */
static gboolean
judge_end (const NfRecord *r, guint end, NfTime ended, NfFinding *finding)
{
    NfTime exported = nf_message_export_time (r->message, NULL);
    gint64 past_s = seconds_between (ended, exported);
    gint64 future_s = seconds_between (exported, ended);

    if (past_s <= NF_PAST_S && future_s < NF_FUTURE_S)
        return FALSE;
    *finding = (NfFinding){.span = nf_event_field (r->event, end)};
    if (future_s >= NF_FUTURE_S) {
        finding->id = NF_FINDING_FLOW_TIME_FUTURE;
        finding->args[0] = (guint64)future_s;
        return TRUE;
    }
    finding->id =
        nf_record_is_zero (r, end) ? NF_FINDING_FLOW_TIME_PAST_UNSET : NF_FINDING_FLOW_TIME_PAST;
    finding->args[0] = (guint64)past_s / 3600;
    finding->args[1] = (guint64)past_s;
    return TRUE;
}

/* Whether what the most preferred fields say of a direction's times is plainly right. */
static inline gboolean
are_right (const NfCheck *c, guint direction)
{
    const NfTimeFields *t = &c->plan->times[direction];
    guint64 now = c->now[direction];

    return now != 0 &&
           nf_clock_is_right (t->clock, now,
                              number_of (&c->record, (guint)*t->start) << t->clock.shift,
                              number_of (&c->record, (guint)*t->end) << t->clock.shift);
}

/* The `n`th thing to be said of the times at which the flow started and ended. */
static gboolean
judge_flow_times (const NfRecord *r, const NfTimeFields *times, guint n, NfFinding *finding)
{
    gint start = nf_record_pick (r, times->start), end = nf_record_pick (r, times->end);
    guint known = (guint)(end >= 0 ? end : start);
    guint digits;
    NfTime time;

    if (nf_record_time (r, known, &time, &digits)) {
        if (end >= 0 && judge_end (r, known, time, finding) && n-- == 0)
            return TRUE;
    } else if (r->message->version > 9 && nf_record_is_uptime (r, known) && n-- == 0) {
        *finding = (NfFinding){.id = NF_FINDING_FLOW_TIME_BASE,
                               .span = nf_event_field (r->event, known),
                               .args = {r->event->binding->tmpl->fields[known].id}};
        return TRUE;
    }
    return start >= 0 && end >= 0 && judge_duration (r, (guint)start, (guint)end, finding) &&
           n == 0;
}

/* ---- a record ---- */

static gboolean
judge (NfCheck *c, const NfCheckItem *item, NfFinding *finding)
{
    const NfRecord *r = &c->record;

    switch ((NfJudge)item->judge) {
    case NF_JUDGE_RANGE:
        return judge_range (r, item->field, finding);
    case NF_JUDGE_BOOLEAN:
        return judge_boolean (r, item->field, finding);
    case NF_JUDGE_MILLISECONDS:
        return judge_milliseconds (r, item->field, finding);
    case NF_JUDGE_STRING:
        return judge_string (r, item->field, finding);
    case NF_JUDGE_NTP:
        return judge_ntp (r, item->field, finding);
    case NF_JUDGE_COUNTERS:
        return judge_counters (r, item, finding);
    case NF_JUDGE_FLOW_TIMES:
        return !c->has_bad_time && !are_right (c, item->other) &&
               judge_flow_times (r, &c->plan->times[item->other], c->n, finding);
    }
    return FALSE;
}

/* Whether there is plainly nothing to be said, as of nearly all values: so they are looked at
 * before anything else is done. */
static inline gboolean
is_right (const NfCheck *c, const NfCheckItem *item)
{
    const NfRecord *r = &c->record;

    switch ((NfJudge)item->judge) {
    case NF_JUDGE_RANGE:
        return is_in_range (r, item->field);
    case NF_JUDGE_MILLISECONDS:
        return is_in_calendar (number_of (r, item->field));
    case NF_JUDGE_STRING:
        return is_ascii (r, nf_event_field (r->event, item->field));
    case NF_JUDGE_COUNTERS:
        return number_of (r, item->field) >= number_of (r, item->other);
    case NF_JUDGE_FLOW_TIMES:
        return are_right (c, item->other);
    default:
        return FALSE;
    }
}

gboolean
nf_check_next (NfCheck *check, NfFinding *finding)
{
    while (check->at < check->plan->n) {
        const NfCheckItem *item = &check->plan->items[check->at];

        if (is_right (check, item) || !judge (check, item, finding)) {
            check->at++;
            check->n = 0;
            continue;
        }
        if (item->judge == NF_JUDGE_FLOW_TIMES)
            check->n++;
        else
            check->at++;
        check->has_bad_time |=
            finding->id == NF_FINDING_VALUE_TIME || finding->id == NF_FINDING_VALUE_TIME_UNIX;
        return TRUE;
    }
    return FALSE;
}

gboolean
nf_check_record (NfCheck *check, const NfEvent *event, NfFinding *finding)
{
    if (!check->plan)
        return FALSE;
    check->record.event = event;
    check->at = check->n = 0;
    check->has_bad_time = FALSE;
    if (!nf_check_next (check, finding))
        return FALSE;
    check->event = *event;
    check->record.event = &check->event;
    return TRUE;
}

/* ---- records that lie one behind the other ---- */

/* Looks at each of the records by itself. */
static guint
count_each (NfCheck *c, const NfCheckItem *item, const NfEvent *first, guint from, guint n)
{
    NfFinding finding;
    guint i = from;

    for (; i < n; i++) {
        NfEvent event = nf_event_record (first, i);

        c->record.event = &event;
        if (!is_right (c, item) && judge (c, item, &finding))
            break;
    }
    c->record.event = NULL;
    return i;
}

static guint
count_in_range (const NfCheck *c, const NfCheckItem *item, const NfEvent *first, guint n)
{
    const NfElement *element = first->binding->fields[item->field].element;
    guint64 numbers[NF_MOST_AT_ONCE], min = element->range_min, span = element->range_max - min;
    guint i = 0;

    nf_event_numbers (first, c->record.octets, item->field, numbers);
    while (i < n && numbers[i] - min <= span)
        i++;
    return i;
}

static guint
count_in_calendar (const NfCheck *c, const NfCheckItem *item, const NfEvent *first, guint n)
{
    guint64 numbers[NF_MOST_AT_ONCE];
    guint i = 0;

    nf_event_numbers (first, c->record.octets, item->field, numbers);
    while (i < n && is_in_calendar (numbers[i]))
        i++;
    return i;
}

static guint
count_texts (NfCheck *c, const NfCheckItem *item, const NfEvent *first, guint n)
{
    guint i = 0;

    while (i < n && (is_ascii (&c->record, nf_event_field_of (first, i, item->field)) ||
                     count_each (c, item, first, i, i + 1) > i))
        i++;
    return i;
}

static guint
count_counters (const NfCheck *c, const NfCheckItem *item, const NfEvent *first, guint n)
{
    guint64 octets[NF_MOST_AT_ONCE], packets[NF_MOST_AT_ONCE];
    guint i = 0;

    nf_event_numbers (first, c->record.octets, item->field, octets);
    nf_event_numbers (first, c->record.octets, item->other, packets);
    while (i < n && octets[i] >= packets[i])
        i++;
    return i;
}

static guint
count_flow_times (NfCheck *c, const NfCheckItem *item, const NfEvent *first, guint n)
{
    const NfTimeFields *times = &c->plan->times[item->other];
    guint64 starts[NF_MOST_AT_ONCE], ends[NF_MOST_AT_ONCE], now = c->now[item->other];
    NfClock clock = times->clock;
    guint i = 0;

    if (now == 0)
        return count_each (c, item, first, 0, n);
    nf_event_numbers (first, c->record.octets, (guint)*times->start, starts);
    nf_event_numbers (first, c->record.octets, (guint)*times->end, ends);
    while (i < n &&
           (nf_clock_is_right (clock, now, starts[i] << clock.shift, ends[i] << clock.shift) ||
            count_each (c, item, first, i, i + 1) > i))
        i++;
    return i;
}

guint
nf_check_records (NfCheck *check, const NfEvent *first)
{
    guint n = first->count;

    if (!check->plan)
        return n;
    check->n = 0;
    check->has_bad_time = FALSE;
    for (guint i = 0; i < check->plan->n && n > 0; i++) {
        const NfCheckItem *item = &check->plan->items[i];

        switch ((NfJudge)item->judge) {
        case NF_JUDGE_RANGE:
            n = count_in_range (check, item, first, n);
            break;
        case NF_JUDGE_MILLISECONDS:
            n = count_in_calendar (check, item, first, n);
            break;
        case NF_JUDGE_STRING:
            n = count_texts (check, item, first, n);
            break;
        case NF_JUDGE_COUNTERS:
            n = count_counters (check, item, first, n);
            break;
        case NF_JUDGE_FLOW_TIMES:
            n = count_flow_times (check, item, first, n);
            break;
        default:
            n = count_each (check, item, first, 0, n);
            break;
        }
    }
    return n;
}

/* ---- a Data Set ---- */

void
nf_check_begin (NfCheck *check, const NfCollector *collector, const NfDomain *domain,
                const NfDatagram *datagram, const NfMessage *message, const NfBinding *binding)
{
    const NfCheckPlan *plan =
        nf_check_plan ((NfBinding *)binding, nf_collector_registry (collector));

    check->plan = plan->n > 0 ? plan : NULL;
    for (guint i = 0; i < NF_N_DIRECTIONS; i++)
        check->now[i] = nf_clock_now (plan->times[i].clock, message);
    check->record = (NfRecord){.octets = datagram->octets,
                               .message = message,
                               .collector = collector,
                               .domain = domain,
                               .datagram = datagram};
}
