/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line: the table of options, parsing, --help. */
#include "options.h"

#include "duration.h"
#include "hold.h"
#include "pace.h"
#include "view.h"

#include <getopt.h>

/* What an option is called inside: its letter, or a number beyond letters. */
enum {
    OPTION_PACKETS = 256,
    OPTION_FROM,
    OPTION_TO,
    OPTION_LISTEN,
    OPTION_USER,
    OPTION_FOR,
    OPTION_EVERY,
    OPTION_TEMPLATES,
    OPTION_TEMPLATE_TIMEOUT,
    OPTION_SUM,
    OPTION_DIFF,
    OPTION_NAMES,
    OPTION_BIG_AS_STRING,
    OPTION_SCALE,
    OPTION_JSON,
    OPTION_ANONYMIZE,
    OPTION_EVIDENCE,
    OPTION_SEND,
    OPTION_RATE,
    OPTION_METRICS,
    OPTION_HOLD,
    OPTION_LIMIT,
    OPTION_COLOR,
    OPTION_FAIL_ON,
    OPTION_IGNORE,
    OPTION_SEVERITY,
    OPTION_ELEMENTS,
    OPTION_LIST_ELEMENTS,
    OPTION_LIST_FINDINGS,
    OPTION_VERSION
};

/* More datagrams a second than any host sends: --rate 0 has no limit. */
#define MAX_RATE 1000000000

typedef struct {
    int code;         /* its letter, or one of the above */
    const char *name; /* its long name, or NULL */
    int has_arg;
    const char *argument; /* as --help calls it */
    const char *help;     /* NULL: not shown */
} Option;

static const Option table[] = {
    {'r', NULL, required_argument, "FILE", "read FILE (as a bare FILE does; - is standard input)"},
    {'x', NULL, required_argument, "HEX", "decode Messages given as text: hex, dumps, arrays"},
    {'l', NULL, required_argument, "[ADDR:]PORT",
     "collect on UDP (tcp:PORT: TCP); --listen: port 9001"},
    {OPTION_LISTEN, "listen", optional_argument, NULL, NULL},
    {'i', NULL, required_argument, "IFACE", "capture on an interface: its name or number, or any"},
    {'f', NULL, required_argument, "FILTER", "with -i: tcpdump's filter, in place of usual ports"},
    {OPTION_USER, "user", required_argument, "NAME", "with -i as root: who to be once it is open"},
    {'D', "list-interfaces", no_argument, NULL, "the interfaces of this host"},
    {OPTION_FOR, "for", required_argument, "TIME, --every=TIME",
     "live: end after so long (90, 5m); show so often"},
    {OPTION_EVERY, "every", required_argument, "TIME", NULL},
    {OPTION_PACKETS, "packets", required_argument, "LIST", "these packets only: 1,5-9"},
    {OPTION_FROM, "from", required_argument, "TIME, --to=TIME",
     "arrived in between: 2023-11-14T22:13 (UTC)"},
    {OPTION_TO, "to", required_argument, "TIME", NULL},
    {'c', NULL, required_argument, "N", "stop after N Messages"},
    {'d', NULL, required_argument, "PORTS", "these UDP, TCP and SCTP ports only: 2055,9995"},
    {OPTION_TEMPLATES, "templates", required_argument, "FILE",
     "remember Templates in FILE from run to run"},
    {OPTION_TEMPLATE_TIMEOUT, "template-timeout", required_argument, "TIME",
     "warn of those remembered for longer: 90 (s), 30m, 2h"},
    {'Y', NULL, required_argument, "EXPR", "these records only: 'src == 10.0.0.1 and port == 53'"},
    {'n', NULL, no_argument, NULL, "numbers only: no names for values and ports"},
    {'T', NULL, required_argument, "VIEW", NULL},
    {'V', NULL, no_argument, NULL, NULL},
    {'e', NULL, required_argument, "NAME", "with -T csv: columns, such as start,src,dst,octets"},
    {OPTION_SUM, "sum", required_argument, "NAME[,BY...]",
     "add NAME up by others; -c N: the largest"},
    {OPTION_DIFF, "diff", required_argument, "OLD",
     "with -T templates: what is different from OLD"},
    {OPTION_NAMES, "names", required_argument, "ipfix|netflow9", "how elements are called"},
    {OPTION_BIG_AS_STRING, "big-as-string", no_argument, NULL, "JSON numbers above 2^53 in quotes"},
    {OPTION_SCALE, "scale", no_argument, NULL, "counters times the sampling rate (not -V, json)"},
    {OPTION_JSON, "json", no_argument, NULL, "with -T findings, stats, templates: one object"},
    {'o', NULL, required_argument, "FILE", "write to FILE (- is standard output)"},
    {'w', NULL, required_argument, "FILE", "write what is shown to FILE, too, as a capture"},
    {OPTION_ANONYMIZE, "anonymize", no_argument, NULL,
     "addresses and text become others, to be posted"},
    {OPTION_EVIDENCE, "evidence", required_argument, "FILE",
     "write the smallest capture that shows each finding"},
    {OPTION_SEND, "send", required_argument, "ADDR:PORT",
     "send Messages to a collector, as they arrived"},
    {OPTION_RATE, "rate", required_argument, "N|max", "with --send: N datagrams a second"},
    {OPTION_METRICS, "metrics", required_argument, "FILE",
     "write counts to FILE as OpenMetrics, every 10 s"},
    {OPTION_LIMIT, "limit", required_argument, "NAME=N, --hold=N",
     "bounds of memory; --limit help lists them"},
    {OPTION_HOLD, "hold", required_argument, "N", NULL},
    {'q', NULL, no_argument, NULL, "no findings and remarks on standard error"},
    {OPTION_COLOR, "color", optional_argument, "WHEN", "auto, always or never"},
    {OPTION_FAIL_ON, "fail-on", required_argument, "LEVEL",
     "exit with 1 from error, warning, note; or never"},
    {OPTION_IGNORE, "ignore", required_argument, "CODE", "this finding is none: set-alignment"},
    {OPTION_SEVERITY, "severity", required_argument, "CODE=LEVEL", "how bad a finding is"},
    {OPTION_ELEMENTS, "elements", required_argument, "FILE", "more Information Elements, as CSV"},
    {OPTION_LIST_ELEMENTS, "list-elements", no_argument, "[WORD]",
     "the elements and names with WORD"},
    {OPTION_LIST_FINDINGS, "list-findings", no_argument, "[WORD]",
     "all findings, or what those with WORD mean"},
    {OPTION_VERSION, "version", no_argument, NULL, "what this is and what it was built with"},
    {'h', "help", no_argument, NULL, NULL},
};

#define COMMAND_ERROR g_quark_from_static_string ("nfpeek-command")

static gboolean
complain (GError **error, const char *format, ...)
{
    va_list args;

    va_start (args, format);
    g_autofree char *text = g_strdup_vprintf (format, args);
    va_end (args);
    g_set_error_literal (error, COMMAND_ERROR, 0, text);
    return FALSE;
}

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
        return complain (error,
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
    return complain (error, "-d wants ports such as 2055,9995, not '%s'", text);
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
        return complain (error,
                         "--sum goes once: of NAME,BY,... the first is added up by the others");
    return parse_list (o->sum, text) || complain (error, "--sum wants names, such as octets,src");
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
    return complain (error, "--color is auto, always or never, not '%s'", text);
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
    return complain (error, "there is no view '%s': -T takes %s", text, names->str);
}

static gboolean
parse_names (NfOptions *o, const char *text, GError **error)
{
    o->netflow9_names = strcmp (text, "netflow9") == 0;
    if (o->netflow9_names || strcmp (text, "ipfix") == 0)
        return TRUE;
    return complain (error, "--names is ipfix or netflow9, not '%s'", text);
}

static gboolean
parse_fail_on (NfOptions *o, const char *text, GError **error)
{
    o->fail_on = nf_severity_from_name (text);
    if (o->fail_on != NF_N_SEVERITIES || strcmp (text, "never") == 0)
        return TRUE;
    return complain (error, "--fail-on is error, warning, note or never, not '%s'", text);
}

static gboolean
parse_ignore (NfOptions *o, const char *text, GError **error)
{
    g_autofree char *wrong = NULL;

    if (nf_severities_ignore (&o->severities, text, &wrong))
        return TRUE;
    return complain (error, "--ignore: there is no finding '%s'; see 'nfpeek --list-findings'",
                     wrong);
}

static gboolean
parse_severity (NfOptions *o, const char *text, GError **error)
{
    if (nf_severities_change (&o->severities, text))
        return TRUE;
    return complain (error,
                     "--severity wants a finding's code and error, warning or note, such as "
                     "set-alignment=error, not '%s'",
                     text);
}

static gboolean
parse_duration (gint64 *us, const char *option, const char *text, GError **error)
{
    if (nf_duration_read (text, us))
        return TRUE;
    return complain (error, "%s wants a time such as 90 (seconds), 5m or 2h, not '%s'", option,
                     text);
}

static gboolean
parse_count (NfOptions *o, const char *text, GError **error)
{
    const char *end = text;

    if (parse_number (text, G_MAXINT64, &o->count, &end) && *end == '\0' && o->count > 0)
        return TRUE;
    return complain (error, "-c wants a number of Messages, not '%s'", text);
}

static gboolean
parse_rate (NfOptions *o, const char *text, GError **error)
{
    const char *end = text;

    o->rate = NF_RATE_MAX;
    if (strcmp (text, "max") == 0 ||
        (parse_number (text, MAX_RATE, &o->rate, &end) && *end == '\0'))
        return TRUE;
    return complain (error, "--rate wants datagrams a second, or max, not '%s'", text);
}

/* Megabinary octets; 0 is none at all. */
static gboolean
parse_hold (NfOptions *o, const char *text, GError **error)
{
    const char *end = text;
    guint64 n;

    if (!parse_number (text, G_MAXSIZE >> 20, &n, &end) || *end != '\0')
        return complain (error, "--hold wants a number of MiB, such as 64, not '%s'", text);
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

/* Options whose argument has to be understood. */
static gboolean
apply_parsed (NfOptions *o, int code, GError **error)
{
    switch (code) {
    case OPTION_PACKETS:
        return (nf_ranges_parse (o->packets, optarg, G_MAXUINT64) &&
                !nf_ranges_have (o->packets, 0)) ||
               complain (error, "--packets wants packet numbers such as 1,5-9, not '%s'", optarg);
    case OPTION_HOLD:
        return parse_hold (o, optarg, error);
    case OPTION_LIMIT:
        return parse_limit (o, optarg, error);
    case OPTION_FROM:
        return parse_time (&o->from_ns, "--from", optarg, error);
    case OPTION_TO:
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
               complain (error, "-e wants names, such as start,src,dst,octets");
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

static gboolean
apply (NfOptions *o, int code, GError **error)
{
    switch (code) {
    case 'r':
        g_ptr_array_add (o->files, g_strdup (optarg));
        return TRUE;
    case 'x':
        g_ptr_array_add (o->hex, g_strdup (optarg));
        return TRUE;
    case 'l':
    case OPTION_LISTEN:
        g_ptr_array_add (o->listen, g_strdup (optarg ? optarg : "9001"));
        return TRUE;
    case 'i':
        if (o->interface)
            return complain (error, "-i goes once; -i any is all interfaces");
        o->interface = optarg;
        return TRUE;
    case 'f':
        g_free (o->capture_filter);
        o->capture_filter = g_strdup (optarg);
        return TRUE;
    case OPTION_USER:
        o->user = optarg;
        return TRUE;
    case 'D':
        o->task = NF_DO_LIST_INTERFACES;
        return TRUE;
    case 'n':
        o->numeric = TRUE;
        return TRUE;
    case 'V':
        o->view = "tree";
        return TRUE;
    case 'Y':
        o->filter = optarg;
        return TRUE;
    case OPTION_BIG_AS_STRING:
        o->big_as_string = TRUE;
        return TRUE;
    case OPTION_DIFF:
        o->diff = optarg;
        return TRUE;
    case OPTION_TEMPLATES:
        o->templates = optarg;
        return TRUE;
    case OPTION_SCALE:
        o->scale = TRUE;
        return TRUE;
    case OPTION_JSON:
        o->json = TRUE;
        return TRUE;
    case OPTION_ANONYMIZE:
        o->anonymize = TRUE;
        return TRUE;
    case 'o':
        o->output = optarg;
        return TRUE;
    case 'w':
        o->write = optarg;
        return TRUE;
    case OPTION_EVIDENCE:
        o->evidence = optarg;
        return TRUE;
    case OPTION_SEND:
        o->send = optarg;
        return TRUE;
    case OPTION_METRICS:
        o->metrics = optarg;
        return TRUE;
    case 'q':
        o->quiet = TRUE;
        return TRUE;
    case OPTION_ELEMENTS:
        g_ptr_array_add (o->elements, g_strdup (optarg));
        return TRUE;
    case OPTION_LIST_ELEMENTS:
        o->task = NF_DO_LIST_ELEMENTS;
        return TRUE;
    case OPTION_LIST_FINDINGS:
        o->task = NF_DO_LIST_FINDINGS;
        return TRUE;
    case OPTION_VERSION:
        o->task = NF_DO_VERSION;
        return TRUE;
    case 'h':
        o->task = NF_DO_HELP;
        return TRUE;
    default:
        return apply_parsed (o, code, error);
    }
}

static void
init (NfOptions *o)
{
    *o = (NfOptions){.to_ns = G_MAXINT64,
                     .fail_on = NF_SEVERITY_ERROR,
                     .rate = NF_RATE_ARRIVAL,
                     .bounds = nf_bounds_default (),
                     .hold = NF_HOLD_OCTETS};
    nf_severities_init (&o->severities);
    o->files = g_ptr_array_new_with_free_func (g_free);
    o->hex = g_ptr_array_new_with_free_func (g_free);
    o->listen = g_ptr_array_new_with_free_func (g_free);
    o->fields = g_ptr_array_new_with_free_func (g_free);
    o->sum = g_ptr_array_new_with_free_func (g_free);
    o->elements = g_ptr_array_new_with_free_func (g_free);
    o->words = g_ptr_array_new_with_free_func (g_free);
    o->packets = g_array_new (FALSE, FALSE, sizeof (NfRange));
    o->ports = g_array_new (FALSE, FALSE, sizeof (NfRange));
}

/* What getopt_long wants, from the table. It is told to leave complaints to refuse(). */
static void
getopt_tables (struct option *longs, GString *letters)
{
    opterr = 0;
    g_string_append_c (letters, ':');
    for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
        if (table[i].name)
            *longs++ = (struct option){table[i].name, table[i].has_arg, NULL, table[i].code};
        if (table[i].code < 256)
            g_string_append_printf (letters, "%c%s", table[i].code,
                                    table[i].has_arg == required_argument ? ":" : "");
    }
    *longs = (struct option){NULL, 0, NULL, 0};
}

static const Option *
find_option (int code)
{
    for (guint i = 0; i < G_N_ELEMENTS (table); i++)
        if (table[i].code == code)
            return &table[i];
    return NULL;
}

/* "-c", "--packets" */
static char *
option_name (const Option *option)
{
    return option->code < 256 ? g_strdup_printf ("-%c", option->code)
                              : g_strdup_printf ("--%s", option->name);
}

/* What getopt_long could not make sense of. It leaves in optopt the option, or where a long one has
 * no such name 0. */
static gboolean
refuse (int code, const char *word, GError **error)
{
    const Option *option = find_option (optopt);
    g_autofree char *name = option ? option_name (option) : NULL;

    if (code == ':')
        return complain (error, "%s requires an argument", name);
    if (option)
        return complain (error, "%s takes no argument: '%s'", name, word);
    if (optopt)
        return complain (error, "there is no option -%c; try 'nfpeek --help'", optopt);
    return complain (error, "'%s' is no option, or the beginning of several; try 'nfpeek --help'",
                     word);
}

/* A file among the names that an option was given, as in "-e x.pcap"; or NULL. */
static const char *
find_file (const GPtrArray *names)
{
    for (guint i = 0; i < names->len; i++)
        if (g_file_test (names->pdata[i], G_FILE_TEST_EXISTS))
            return names->pdata[i];
    return NULL;
}

/* There is nothing to read; an option may have taken it. */
static gboolean
refuse_nothing (const NfOptions *o, GError **error)
{
    const char *of_fields = find_file (o->fields), *of_sum = find_file (o->sum);

    if (of_fields)
        return complain (error, "-e wants names, such as start,src,dst,octets; '%s' is a file",
                         of_fields);
    if (of_sum)
        return complain (error, "--sum wants names, such as octets,src; '%s' is a file", of_sum);
    return complain (error, "nothing to read: name a capture (- is standard input), "
                            "-x HEX, -i INTERFACE or -l PORT, or try 'nfpeek --help'");
}

/* Behind -i stands a capture filter, as for tcpdump. */
static gboolean
take_filter_words (NfOptions *o, char **words, GError **error)
{
    if (!*words)
        return TRUE;
    if (o->capture_filter)
        return complain (error, "there are two capture filters: -f '%s' and '%s'",
                         o->capture_filter, *words);
    if (g_file_test (*words, G_FILE_TEST_EXISTS))
        return complain (error, "-i captures; it does not go with files, such as '%s'", *words);
    o->capture_filter = g_strjoinv (" ", words);
    return TRUE;
}

/* What goes with -i, and with nothing else. */
static gboolean
check_interface (const NfOptions *o, GError **error)
{
    if (o->interface)
        return o->files->len + o->hex->len + o->listen->len == 0 ||
               complain (error, "-i captures; it does not go with files, -x or -l");
    return !(o->capture_filter || o->user) ||
           complain (error, "%s goes with -i", o->user ? "--user" : "-f");
}

/* --diff is about Templates. */
static gboolean
check_diff (const NfOptions *o, GError **error)
{
    return !o->diff || (o->view && strcmp (o->view, "templates") == 0 && !o->json) ||
           complain (error, "--diff goes with -T templates, without --json");
}

/* --sum has a form of its own, or rows for programs; -c counts its rows. */
static gboolean
check_sum (NfOptions *o, GError **error)
{
    static const char *const forms[] = {"csv", "jsonl", "json", NULL};

    if (o->sum->len == 0)
        return TRUE;
    o->rows = o->count;
    o->count = 0;
    if (o->fields->len > 0)
        return complain (error, "-e chooses columns; those of --sum are its names");
    return !o->view || g_strv_contains (forms, o->view) ||
           complain (error, "--sum is a table, or with -T csv or -T jsonl rows");
}

/* --json is for views that end in one object. */
static gboolean
check_json (const NfOptions *o, GError **error)
{
    g_autoptr (GString) names = g_string_new (NULL);
    guint n;
    const NfView *const *views = nf_views (&n);

    if (!o->json || (o->view && nf_view_find (o->view)->has_json))
        return TRUE;
    for (guint i = 0; i < n; i++)
        if (views[i]->has_json)
            g_string_append_printf (names, "%s-T %s", names->len ? ", " : "", views[i]->name);
    return complain (error, "--json goes with %s; records and Messages have -T jsonl and -T json",
                     names->str);
}

/* --for and --every are for what goes on and on; only a view that gathers has something so far. */
static gboolean
check_live (const NfOptions *o, GError **error)
{
    g_autoptr (GString) names = g_string_new (NULL);
    guint n;
    const NfView *const *views = nf_views (&n);

    if (o->for_us == 0 && o->every_us == 0)
        return TRUE;
    if (!nf_options_are_live (o))
        return complain (error, "%s goes with -i or -l", o->for_us > 0 ? "--for" : "--every");
    if (o->every_us == 0 || (o->sum->len == 0 && (!o->view || nf_view_find (o->view)->now)))
        return TRUE;
    for (guint i = 0; i < n; i++)
        if (views[i]->now)
            g_string_append_printf (names, "%s-T %s", names->len ? ", " : "", views[i]->name);
    return complain (error, "--every goes with %s", names->str);
}

static gboolean
is_standard_output (const char *path)
{
    return !path || strcmp (path, "-") == 0;
}

static gboolean
is_same_output (const char *a, const char *b)
{
    return is_standard_output (a) ? is_standard_output (b)
                                  : !is_standard_output (b) && strcmp (a, b) == 0;
}

/* A capture goes elsewhere than the view. */
static gboolean
check_capture (const NfOptions *o, const char *option, const char *path, GError **error)
{
    if (!path || !is_same_output (path, o->output))
        return TRUE;
    if (is_standard_output (path))
        return complain (error, "with %s - the view must go elsewhere: -o FILE, or -o /dev/null",
                         option);
    return complain (error, "%s and -o both write to %s", option, path);
}

/* --templates has a file of its own; what it remembers is of exporters as they are, and in no
 * capture that is written. */
static gboolean
check_templates (const NfOptions *o, GError **error)
{
    const char *others[] = {o->output, o->write, o->evidence, o->metrics};

    if (!o->templates)
        return o->template_timeout_us == 0 ||
               complain (error, "--template-timeout goes with --templates FILE");
    if (is_standard_output (o->templates))
        return complain (error, "--templates wants the name of a file");
    if (o->anonymize || o->evidence)
        return complain (error, "--templates does not go with --%s",
                         o->anonymize ? "anonymize" : "evidence");
    for (guint i = 0; i < G_N_ELEMENTS (others); i++)
        if (others[i] && is_same_output (o->templates, others[i]))
            return complain (error, "--templates and another option both write to %s",
                             o->templates);
    return TRUE;
}

/* The file of --metrics is replaced again and again. */
static gboolean
check_metrics (const NfOptions *o, GError **error)
{
    const char *const others[] = {o->output, o->write, o->evidence};

    if (!o->metrics)
        return TRUE;
    if (is_standard_output (o->metrics) || *o->metrics == '\0')
        return complain (error, "--metrics wants the name of a file, which is written anew by "
                                "renaming");
    for (guint i = 0; i < G_N_ELEMENTS (others); i++)
        if (others[i] && is_same_output (o->metrics, others[i]))
            return complain (error, "--metrics wants a file of its own: %s is written to besides",
                             o->metrics);
    return TRUE;
}

/* All that is written goes to different places. */
static gboolean
check_outputs (const NfOptions *o, GError **error)
{
    if (!check_metrics (o, error))
        return FALSE;
    if (!check_capture (o, "-w", o->write, error) ||
        !check_capture (o, "--evidence", o->evidence, error))
        return FALSE;
    return !o->write || !o->evidence || !is_same_output (o->write, o->evidence) ||
           complain (error, "-w and --evidence both write to %s",
                     is_standard_output (o->write) ? "standard output" : o->write);
}

/* What is sent has been captured before: to pass on what comes just now is a relay's work. */
static gboolean
check_send (const NfOptions *o, GError **error)
{
    if (!o->send)
        return o->rate == NF_RATE_ARRIVAL || complain (error, "--rate goes with --send");
    return !nf_options_are_live (o) ||
           complain (error, "--send sends what is in files or -x; it does not go with -i or -l");
}

/* What goes together, and what there must be. */
static gboolean
check (NfOptions *o, GError **error)
{
    if (o->task != NF_DO_SHOW)
        return TRUE;
    if (!check_sum (o, error) || !check_diff (o, error) || !check_json (o, error) ||
        !check_send (o, error) || !check_interface (o, error))
        return FALSE;
    if (o->from_ns >= o->to_ns)
        return complain (error, "--to is not later than --from");
    if (o->fields->len > 0 && (!o->view || strcmp (o->view, "csv") != 0))
        return complain (error, "-e chooses the columns of -T csv");
    if (o->files->len + o->hex->len == 0 && !nf_options_are_live (o))
        return refuse_nothing (o, error);
    if (o->listen->len > 0 && o->files->len + o->hex->len > 0)
        return complain (error, "-l listens; it does not go with files or -x");
    return check_live (o, error) && check_outputs (o, error) && check_templates (o, error);
}

gboolean
nf_options_parse (NfOptions *options, int argc, char **argv, GError **error)
{
    struct option longs[G_N_ELEMENTS (table) + 1];
    g_autoptr (GString) letters = g_string_new (NULL);
    gboolean takes_words;
    int code;

    init (options);
    options->program = argc > 0 ? argv[0] : "nfpeek";
    getopt_tables (longs, letters);
    optind = 0;
    while ((code = getopt_long (argc, argv, letters->str, longs, NULL)) != -1) {
        gboolean is_bad = code == '?' || code == ':';

        if (!(is_bad ? refuse (code, argv[optind - 1], error) : apply (options, code, error)))
            return FALSE;
    }
    takes_words = options->task == NF_DO_LIST_ELEMENTS || options->task == NF_DO_LIST_FINDINGS;
    if (options->interface && options->task == NF_DO_SHOW)
        return take_filter_words (options, argv + optind, error) && check (options, error);
    for (int i = optind; i < argc; i++)
        g_ptr_array_add (takes_words ? options->words : options->files, g_strdup (argv[i]));
    return check (options, error);
}

void
nf_options_clear (NfOptions *options)
{
    g_ptr_array_unref (options->files);
    g_ptr_array_unref (options->hex);
    g_ptr_array_unref (options->listen);
    g_free (options->capture_filter);
    g_ptr_array_unref (options->fields);
    g_ptr_array_unref (options->sum);
    g_ptr_array_unref (options->elements);
    g_ptr_array_unref (options->words);
    g_array_unref (options->packets);
    g_array_unref (options->ports);
}

static void
help_option (NfText *t, const Option *option)
{
    g_autofree char *name = option_name (option);
    gboolean joined = option->code >= 256 && option->has_arg != no_argument;
    g_autofree char *left =
        g_strdup_printf ("%s%s%s", name, option->argument ? (joined ? "=" : " ") : "",
                         option->argument ? option->argument : "");

    nf_text_add_format (t, "  %-24s  %s\n", left, option->help);
}

void
nf_options_help (NfText *t)
{
    guint n;
    const NfView *const *views = nf_views (&n);

    nf_text_add (t, "Usage: nfpeek [OPTION...] FILE...\n"
                    "Shows what is in NetFlow and IPFIX packets, and what is wrong with them.\n\n");
    for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
        if (table[i].help)
            help_option (t, &table[i]);
        if (table[i].code != 'T')
            continue;
        for (guint v = 0; v < n; v++)
            nf_text_add_format (t, "  -T %-21s  %s\n", views[v]->name, views[v]->help);
    }
    nf_text_add (t, "\nExamples:\n"
                    "  nfpeek router.pcap                   is anything there, is it healthy?\n"
                    "  nfpeek -V --packets 12 router.pcap   every octet of packet 12\n"
                    "  nfpeek -T jsonl *.pcap | jq .octetDeltaCount\n"
                    "  nfpeek -i eth0 udp port 2055         watch what somebody else collects\n");
}
