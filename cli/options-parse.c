/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arguments of options that have to be understood. */
#include "options-private.h"

#include "duration.h"
#include "hold.h"
#include "pace.h"
#include "view.h"

/* More datagrams a second than any host sends: --rate 0 has no limit. */
#define MAX_RATE 1000000000

static gboolean
parse_number (const char *text, guint64 max, guint64 *number, const char **end)
{
    char *stop;

    if (!g_ascii_isdigit (*text))
        return FALSE;
    *number = g_ascii_strtoull (text, &stop, 10);
    *end = stop;
    return *number <= max;
}

gboolean
nf_ranges_parse (GArray *ranges, const char *text, guint64 max)
{
    const char *at = text;

    for (;;) {
        NfRange range;

        if (!parse_number (at, max, &range.first, &at))
            return FALSE;
        range.last = range.first;
        if (*at == '-') {
            range.last = max;
            if (g_ascii_isdigit (*++at) && !parse_number (at, max, &range.last, &at))
                return FALSE;
        }
        if (range.last < range.first)
            return FALSE;
        g_array_append_val (ranges, range);
        if (*at == '\0')
            return TRUE;
        if (*at++ != ',')
            return FALSE;
    }
}

gboolean
nf_ranges_have (const GArray *ranges, guint64 number)
{
    for (guint i = 0; i < ranges->len; i++) {
        const NfRange *range = &g_array_index (ranges, NfRange, i);

        if (number >= range->first && number <= range->last)
            return TRUE;
    }
    return FALSE;
}

/* A time of --from or --to. "@" stands before seconds since 1970, as with date(1): nobody means
 * those by 2023. */
static gboolean
parse_time (gint64 *ns, const char *option, const char *text, GError **error)
{
    const gint64 second = 1000000000;
    const char *rest = *text == '@' ? text + 1 : text;
    gboolean is_seconds = rest[strspn (rest, "0123456789.")] == '\0';
    NfTime time;

    if ((rest > text) != is_seconds || !nf_time_read (rest, &time))
        return nf_refuse (error,
                          "%s wants a time such as 2023-11-14T22:13:20Z, 2023-11-14 or "
                          "@1700000000, not '%s'",
                          option, text);
    *ns = time.s < (guint64)(G_MAXINT64 / second) ? (gint64)time.s * second + time.ns : G_MAXINT64;
    return TRUE;
}

/* "2055,9995", or as tshark writes it "udp.port==2055,cflow"; whichever transport that names. */
static gboolean
parse_ports (NfOptions *o, const char *text, GError **error)
{
    static const char *const tshark[] = {"udp.port==", "tcp.port==", "sctp.port=="};
    g_autofree char *ports = NULL;

    for (guint i = 0; i < G_N_ELEMENTS (tshark); i++) {
        const char *list = text + strlen (tshark[i]);

        if (g_str_has_prefix (text, tshark[i]))
            ports = g_strndup (list, strcspn (list, ",:"));
    }
    if (nf_ranges_parse (o->ports, ports ? ports : text, 65535))
        return TRUE;
    return nf_refuse (error, "-d wants ports such as 2055,9995, not '%s'", text);
}

/* Adds what is between commas. Returns whether there is something. */
static gboolean
parse_list (GPtrArray *list, const char *text)
{
    g_auto (GStrv) names = g_strsplit (text, ",", -1);
    guint before = list->len;

    for (char **name = names; *name; name++)
        if (*g_strstrip (*name))
            g_ptr_array_add (list, g_strdup (*name));
    return list->len > before;
}

static gboolean
parse_sum (NfOptions *o, const char *text, GError **error)
{
    if (o->sum->len > 0)
        return nf_refuse (error,
                          "--sum goes once: of NAME,BY,... the first is added up by the others");
    return parse_list (o->sum, text) || nf_refuse (error, "--sum wants names, such as octets,src");
}

static gboolean
parse_color (NfOptions *o, const char *text, GError **error)
{
    static const char *const words[] = {"auto", "always", "never", NULL};

    for (guint i = 0; words[i]; i++) {
        if (!text || strcmp (text, words[i]) == 0) {
            o->color = text ? (NfColor)i : NF_COLOR_ALWAYS;
            return TRUE;
        }
    }
    return nf_refuse (error, "--color is auto, always or never, not '%s'", text);
}

static gboolean
parse_view (NfOptions *o, const char *text, GError **error)
{
    g_autoptr (GString) names = g_string_new (NULL);
    guint n;
    const NfView *const *views = nf_views (&n);

    o->view = text;
    if (nf_view_find (text))
        return TRUE;
    for (guint i = 0; i < n; i++)
        g_string_append_printf (names, "%s%s", i ? ", " : "", views[i]->name);
    return nf_refuse (error, "there is no view '%s': -T takes %s", text, names->str);
}

static gboolean
parse_names (NfOptions *o, const char *text, GError **error)
{
    o->netflow9_names = strcmp (text, "netflow9") == 0;
    if (o->netflow9_names || strcmp (text, "ipfix") == 0)
        return TRUE;
    return nf_refuse (error, "--names is ipfix or netflow9, not '%s'", text);
}

static gboolean
parse_fail_on (NfOptions *o, const char *text, GError **error)
{
    o->fail_on = nf_severity_from_name (text);
    if (o->fail_on != NF_N_SEVERITIES || strcmp (text, "never") == 0)
        return TRUE;
    return nf_refuse (error, "--fail-on is error, warning, note or never, not '%s'", text);
}

static gboolean
parse_ignore (NfOptions *o, const char *text, GError **error)
{
    g_autofree char *wrong = NULL;

    if (nf_severities_ignore (&o->severities, text, &wrong))
        return TRUE;
    return nf_refuse (error, "--ignore: there is no finding '%s'; see 'nfpeek --list-findings'",
                      wrong);
}

static gboolean
parse_severity (NfOptions *o, const char *text, GError **error)
{
    if (nf_severities_change (&o->severities, text))
        return TRUE;
    return nf_refuse (error,
                      "--severity wants a finding's code and error, warning or note, such as "
                      "set-alignment=error, not '%s'",
                      text);
}

static gboolean
parse_duration (gint64 *us, const char *option, const char *text, GError **error)
{
    if (nf_duration_read (text, us))
        return TRUE;
    return nf_refuse (error, "%s wants a time such as 90 (seconds), 5m or 2h, not '%s'", option,
                      text);
}

static gboolean
parse_count (NfOptions *o, const char *text, GError **error)
{
    const char *end = text;

    if (parse_number (text, G_MAXINT64, &o->count, &end) && *end == '\0' && o->count > 0)
        return TRUE;
    return nf_refuse (error, "-c wants a number of Messages, not '%s'", text);
}

static gboolean
parse_rate (NfOptions *o, const char *text, GError **error)
{
    const char *end = text;

    o->rate = NF_RATE_MAX;
    if (strcmp (text, "max") == 0 ||
        (parse_number (text, MAX_RATE, &o->rate, &end) && *end == '\0'))
        return TRUE;
    return nf_refuse (error, "--rate wants datagrams a second, or max, not '%s'", text);
}

/* Megabinary octets; 0 is none at all. */
static gboolean
parse_hold (NfOptions *o, const char *text, GError **error)
{
    const char *end = text;
    guint64 n;

    if (!parse_number (text, G_MAXSIZE >> 20, &n, &end) || *end != '\0')
        return nf_refuse (error, "--hold wants a number of MiB, such as 64, not '%s'", text);
    o->hold = (gsize)n << 20;
    return TRUE;
}

static gboolean
parse_limit (NfOptions *o, const char *text, GError **error)
{
    if (strcmp (text, "help") != 0)
        return nf_bounds_change (&o->bounds, text, error);
    o->task = NF_DO_LIST_LIMITS;
    return TRUE;
}

gboolean
nf_options_apply_parsed (NfOptions *o, int code, GError **error)
{
    switch (code) {
    case OPTION_PACKETS:
        return (nf_ranges_parse (o->packets, optarg, G_MAXUINT64) &&
                !nf_ranges_have (o->packets, 0)) ||
               nf_refuse (error, "--packets wants packet numbers such as 1,5-9, not '%s'", optarg);
    case OPTION_HOLD:
        return parse_hold (o, optarg, error);
    case OPTION_LIMIT:
        return parse_limit (o, optarg, error);
    case OPTION_FROM:
        o->from = optarg;
        return parse_time (&o->from_ns, "--from", optarg, error);
    case OPTION_TO:
        o->to = optarg;
        return parse_time (&o->to_ns, "--to", optarg, error);
    case OPTION_FOR:
        return parse_duration (&o->for_us, "--for", optarg, error);
    case OPTION_EVERY:
        return parse_duration (&o->every_us, "--every", optarg, error);
    case 'c':
        return parse_count (o, optarg, error);
    case 'd':
        return parse_ports (o, optarg, error);
    case 'e':
        return parse_list (o->fields, optarg) ||
               nf_refuse (error, "-e wants names, such as start,src,dst,octets");
    case OPTION_TEMPLATE_TIMEOUT:
        return parse_duration (&o->template_timeout_us, "--template-timeout", optarg, error);
    case OPTION_SUM:
        return parse_sum (o, optarg, error);
    case 'T':
        return parse_view (o, optarg, error);
    case OPTION_NAMES:
        return parse_names (o, optarg, error);
    case OPTION_RATE:
        return parse_rate (o, optarg, error);
    case OPTION_COLOR:
        return parse_color (o, optarg, error);
    case OPTION_FAIL_ON:
        return parse_fail_on (o, optarg, error);
    case OPTION_IGNORE:
        return parse_ignore (o, optarg, error);
    case OPTION_SEVERITY:
        return parse_severity (o, optarg, error);
    default:
        g_assert_not_reached ();
    }
}
