/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A datagram's arrival against what its Message says. */
#include "arrival.h"

#define NS_PER_S G_GINT64_CONSTANT (1000000000)

/* How far export and arrival may be apart: hosts without NTP drift by minutes in a month, and
 * exporters keep Messages for up to one. What is further apart falls into other slots of graphs. */
#define SKEW_S 300

/* From two days on minutes say nothing. */
#define DAY_S  (24 * 3600)
#define DAYS_S (2 * DAY_S)

/* A clock that follows NTP and is in the wrong time zone is off by this much more at most: seconds
 * are cut off, and a Message may have waited to be sent. */
#define ZONE_S 10

/* The largest offset of a time zone from UTC, that of the Line Islands, and what all but a few
 * are multiples of. Half hours begin with that of Newfoundland's summer. */
#define FURTHEST_ZONE_S (14 * 3600)
#define HALF_HOUR_S     1800
#define FIRST_HALF_S    (2 * 3600 + HALF_HOUR_S)

/* 1990: no exporter is so old. A clock from before it was not set; a capture from before it counts
 * from another time than 1970. */
#define EARLIEST_S G_GINT64_CONSTANT (631152000)

#define UDP_HEADER 8

/* Whether the seconds are those of the uptime, which wraps in milliseconds and not in seconds, or
 * its milliseconds. */
static gboolean
holds_uptime (const NfMessage *m)
{
    guint32 ahead_ms = m->export_time_s * 1000 - m->sys_uptime_ms;

    if (m->version > 9 || m->export_time_s == 0)
        return FALSE;
    return m->export_time_s == m->sys_uptime_ms ||
           (m->export_time_s < EARLIEST_S && ahead_ms + 1000 <= 2000);
}

/* Whether a difference is that of a time zone, and of which one. */
static gboolean
is_zone (gint64 apart_s, gint64 *zone_s)
{
    *zone_s = (apart_s + HALF_HOUR_S / 2) / HALF_HOUR_S * HALF_HOUR_S;
    return ABS (apart_s - *zone_s) <= ZONE_S && *zone_s <= FURTHEST_ZONE_S &&
           (*zone_s % 3600 == 0 || *zone_s >= FIRST_HALF_S);
}

/* Exported so long after the arrival, or before it. */
static NfFinding
judge_apart (gint64 after_s)
{
    gint64 apart_s = ABS (after_s), zone_s;

    if (is_zone (apart_s, &zone_s))
        return (NfFinding){.id = after_s > 0 ? NF_FINDING_EXPORT_TIME_ZONE_AHEAD
                                             : NF_FINDING_EXPORT_TIME_ZONE_BEHIND,
                           .args = {(guint64)zone_s / 3600, (guint64)zone_s % 3600 / 60}};
    if (apart_s >= DAYS_S)
        return (NfFinding){.id = after_s > 0 ? NF_FINDING_EXPORT_TIME_DAYS_AHEAD
                                             : NF_FINDING_EXPORT_TIME_DAYS_BEHIND,
                           .args = {(guint64)apart_s / DAY_S, (guint64)apart_s}};
    return (NfFinding){.id = after_s > 0 ? NF_FINDING_EXPORT_TIME_AHEAD
                                         : NF_FINDING_EXPORT_TIME_BEHIND,
                       .args = {(guint64)apart_s / 60, (guint64)apart_s}};
}

gboolean
nf_arrival_judge_time (const NfDatagram *datagram, const NfMessage *message, NfFinding *finding)
{
    gint64 exported_s = message->export_time_s, arrived_s = datagram->time_ns / NS_PER_S;

    if (holds_uptime (message)) {
        *finding = (NfFinding){.id = NF_FINDING_EXPORT_TIME_UPTIME,
                               .args = {message->export_time_s, message->sys_uptime_ms}};
    } else if (!datagram->has_time || arrived_s < EARLIEST_S ||
               ABS (exported_s - arrived_s) <= SKEW_S) {
        return FALSE;
    } else if (exported_s < EARLIEST_S) {
        *finding =
            (NfFinding){.id = NF_FINDING_EXPORT_TIME_UNSET, .args = {message->export_time_s, 0}};
    } else {
        *finding = judge_apart (exported_s - arrived_s);
    }
    finding->span = nf_message_export_time_span (message->version);
    return TRUE;
}

gboolean
nf_arrival_judge_ip (const NfDatagram *datagram, NfFinding *finding)
{
    const NfChecksums *c = &datagram->checksums;

    if (!c->ip_wrong)
        return FALSE;
    *finding = (NfFinding){.id = c->ip == 0 ? NF_FINDING_DATAGRAM_CHECKSUM_IP_CARD
                                            : NF_FINDING_DATAGRAM_CHECKSUM_IP,
                           .args = {c->ip, c->ip_right}};
    return TRUE;
}

/* The sum of all but the checksum: pseudo header, header and payload. */
static guint16
sum_udp (const NfDatagram *g)
{
    return nf_sum_fold ((guint64)g->checksums.udp_pseudo + g->exporter.port + g->collector.port +
                        UDP_HEADER + g->wire_length + nf_octets_sum (g->octets, g->wire_length));
}

guint16
nf_arrival_udp_checksum (const NfDatagram *datagram)
{
    guint16 right = (guint16)~sum_udp (datagram);

    return right != 0 ? right : G_MAXUINT16; /* which is the same and not "none" */
}

gboolean
nf_arrival_judge_udp (const NfDatagram *datagram, NfFinding *finding)
{
    const NfChecksums *c = &datagram->checksums;
    guint16 right;

    if (!c->udp_known || datagram->length < datagram->wire_length)
        return FALSE;
    *finding = (NfFinding){.id = NF_FINDING_DATAGRAM_CHECKSUM_UDP_NONE};
    if (c->udp == 0)
        return datagram->exporter.family == 6;
    right = nf_arrival_udp_checksum (datagram);
    if (c->udp == right)
        return FALSE;
    finding->id = c->udp == c->udp_pseudo ? NF_FINDING_DATAGRAM_CHECKSUM_UDP_CARD
                                          : NF_FINDING_DATAGRAM_CHECKSUM_UDP;
    finding->args[0] = c->udp;
    finding->args[1] = right;
    return TRUE;
}
