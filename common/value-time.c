/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Points in time as people write them (RFC 3339, and as Wireshark shows them). */
#include "value.h"

#include <string.h>

#define S_PER_DAY 86400

/* Reads from `least` to `most` digits. */
static gboolean
take_number (const char **at, guint least, guint most, guint *number)
{
    guint n = 0;

    for (*number = 0; n < most && g_ascii_isdigit (**at); n++)
        *number = 10 * *number + (guint)(*(*at)++ - '0');
    return n >= least && !g_ascii_isdigit (**at);
}

static gboolean
take_char (const char **at, char c)
{
    if (**at != c)
        return FALSE;
    ++*at;
    return TRUE;
}

static gboolean
take_word (const char **at, const char *word)
{
    if (!g_str_has_prefix (*at, word))
        return FALSE;
    *at += strlen (word);
    return TRUE;
}

static void
take_spaces (const char **at)
{
    while (take_char (at, ' '))
        ;
}

/* ".123456789", cut off behind the nanoseconds; or nothing. */
static gboolean
take_fraction (const char **at, guint32 *ns)
{
    guint32 unit = 100000000;

    *ns = 0;
    if (!take_char (at, '.'))
        return TRUE;
    if (!g_ascii_isdigit (**at))
        return FALSE;
    for (; g_ascii_isdigit (**at); ++*at, unit /= 10)
        *ns += (guint32)(**at - '0') * unit;
    return TRUE;
}

/* Days from 1970-01-01 on, negative before. Years are counted from the first of March, so that the
 * leap day ends one. */
static gint64
days_of (guint year, guint month, guint day)
{
    gint64 y = (gint64)year - (month < 3), m = (month + 9) % 12;

    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + (gint64)day - 1 - 719468;
}

static gboolean
is_date (guint year, guint month, guint day)
{
    return month >= 1 && month <= 12 &&
           g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year);
}

/* "2023-11-14" or "Nov 14, 2023" */
static gboolean
take_date (const char **at, gint64 *days)
{
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    guint year, month = 0, day;
    gboolean good;

    if (g_ascii_isdigit (**at)) {
        good = take_number (at, 4, 4, &year) && take_char (at, '-') &&
               take_number (at, 2, 2, &month) && take_char (at, '-') &&
               take_number (at, 2, 2, &day);
    } else {
        while (month < G_N_ELEMENTS (months) && !take_word (at, months[month]))
            month++;
        month++;
        take_spaces (at);
        good = take_number (at, 1, 2, &day) && take_char (at, ',');
        take_spaces (at);
        good = good && take_number (at, 4, 4, &year);
    }
    if (!good || !is_date (year, month, day))
        return FALSE;
    *days = days_of (year, month, day);
    return TRUE;
}

/* "22:13:20.5", "22:13"; nothing is midnight. */
static gboolean
take_clock (const char **at, gint64 *seconds, guint32 *ns)
{
    guint hour, minute, second = 0;

    *seconds = 0;
    *ns = 0;
    if (**at == '\0')
        return TRUE;
    if (!take_char (at, 'T') && !take_char (at, ' '))
        return FALSE;
    take_spaces (at);
    if (!take_number (at, 2, 2, &hour) || !take_char (at, ':') ||
        !take_number (at, 2, 2, &minute) || hour > 23 || minute > 59)
        return FALSE;
    if (take_char (at, ':') &&
        !(take_number (at, 2, 2, &second) && second <= 60 && take_fraction (at, ns)))
        return FALSE;
    *seconds = 3600 * hour + 60 * minute + second;
    return TRUE;
}

/* "Z", "UTC", "+01:00", "-0500"; nothing is UTC. */
static gboolean
take_zone (const char **at, gint64 *offset)
{
    guint hours, minutes;
    gboolean west;

    *offset = 0;
    take_spaces (at);
    if (**at == '\0' || take_char (at, 'Z') || take_word (at, "UTC"))
        return TRUE;
    west = take_char (at, '-');
    if (!west && !take_char (at, '+'))
        return FALSE;
    if (strlen (*at) == 4 && g_ascii_isdigit ((*at)[2])) {
        if (!take_number (at, 4, 4, &hours))
            return FALSE;
        minutes = hours % 100;
        hours /= 100;
    } else if (!take_number (at, 2, 2, &hours) || !take_char (at, ':') ||
               !take_number (at, 2, 2, &minutes)) {
        return FALSE;
    }
    *offset = 3600 * hours + 60 * minutes;
    if (west)
        *offset = -*offset;
    return hours < 24 && minutes < 60;
}

/* "1700000000.5": seconds since 1970. */
static gboolean
read_seconds (const char *text, NfTime *time)
{
    guint64 s = 0;

    for (; g_ascii_isdigit (*text); text++) {
        if (s > G_MAXINT64 / 10 - 1)
            return FALSE;
        s = 10 * s + (guint64)(*text - '0');
    }
    time->s = s;
    return take_fraction (&text, &time->ns) && *text == '\0';
}

static gboolean
is_seconds (const char *text)
{
    return g_ascii_isdigit (*text) && text[strspn (text, "0123456789.")] == '\0';
}

gboolean
nf_time_read (const char *text, NfTime *time)
{
    const char *at = text;
    gint64 days, seconds, offset;

    if (is_seconds (text))
        return read_seconds (text, time);
    if (!take_date (&at, &days) || !take_clock (&at, &seconds, &time->ns) ||
        !take_zone (&at, &offset) || *at != '\0')
        return FALSE;
    seconds += days * S_PER_DAY - offset;
    time->s = (guint64)seconds;
    return seconds >= 0;
}
