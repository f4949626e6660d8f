/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line: parsing and --help by the table of options, option.def. */
#include "options-private.h"

#include "hold.h"
#include "pace.h"
#include "view.h"

#include <getopt.h>

/* Where --help has an option. */
typedef enum {
    OWN,      /* in a line of its own, */
    JOINED,   /* in that of the row before it, */
    ELSEWHERE /* in a line that speaks of it. */
} Line;

typedef struct {
    int code;         /* its letter, or a number of options-private.h */
    const char *name; /* its long name, or NULL */
    int has_arg;
    const char *argument; /* as --help calls it, or NULL */
    Line line;
    const char *help;
} Option;

static const Option table[] = {
#define NF_OPTION(code, name, has_arg, argument, line, help, values, manual)                       \
    {code, name, has_arg, argument, line, help},
#include "option.def"
#undef NF_OPTION
};

/* Those that only set a member: to their argument, */
static const struct {
    int code;
    gsize member; /* of type const char * */
} words[] = {
    {OPTION_USER, offsetof (NfOptions, user)},
    {'Y', offsetof (NfOptions, filter)},
    {OPTION_DIFF, offsetof (NfOptions, diff)},
    {OPTION_TEMPLATES, offsetof (NfOptions, templates)},
    {'o', offsetof (NfOptions, output)},
    {'w', offsetof (NfOptions, write)},
    {OPTION_EVIDENCE, offsetof (NfOptions, evidence)},
    {OPTION_SEND, offsetof (NfOptions, send)},
    {OPTION_METRICS, offsetof (NfOptions, metrics)},
};

/* to TRUE, */
static const struct {
    int code;
    gsize member; /* of type gboolean */
} flags[] = {
    {'n', offsetof (NfOptions, numeric)},
    {OPTION_BIG_AS_STRING, offsetof (NfOptions, big_as_string)},
    {OPTION_SCALE, offsetof (NfOptions, scale)},
    {OPTION_JSON, offsetof (NfOptions, json)},
    {OPTION_ANONYMIZE, offsetof (NfOptions, anonymize)},
    {'q', offsetof (NfOptions, quiet)},
};

/* or the task. */
static const struct {
    int code;
    NfTask task;
} tasks[] = {
    {'D', NF_DO_LIST_INTERFACES},
    {OPTION_LIST_ELEMENTS, NF_DO_LIST_ELEMENTS},
    {OPTION_LIST_FINDINGS, NF_DO_LIST_FINDINGS},
    {OPTION_VERSION, NF_DO_VERSION},
    {'h', NF_DO_HELP},
};

/* Applies one of those. FALSE: it is none. */
static gboolean
apply_plain (NfOptions *o, int code)
{
    for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
        if (words[i].code == code) {
            G_STRUCT_MEMBER (const char *, o, words[i].member) = optarg;
            return TRUE;
        }
    }
    for (guint i = 0; i < G_N_ELEMENTS (flags); i++) {
        if (flags[i].code == code) {
            G_STRUCT_MEMBER (gboolean, o, flags[i].member) = TRUE;
            return TRUE;
        }
    }
    for (guint i = 0; i < G_N_ELEMENTS (tasks); i++) {
        if (tasks[i].code == code) {
            o->task = tasks[i].task;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean
apply (NfOptions *o, int code, GError **error)
{
    if (apply_plain (o, code))
        return TRUE;
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
            return nf_refuse (error, "-i goes once; -i any is all interfaces");
        o->interface = optarg;
        return TRUE;
    case 'f':
        g_free (o->capture_filter);
        o->capture_filter = g_strdup (optarg);
        return TRUE;
    case 'V':
        o->view = "tree";
        return TRUE;
    case OPTION_ELEMENTS:
        g_ptr_array_add (o->elements, g_strdup (optarg));
        return TRUE;
    default:
        return nf_options_apply_parsed (o, code, error);
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
        return nf_refuse (error, "%s requires an argument", name);
    if (option)
        return nf_refuse (error, "%s takes no argument: '%s'", name, word);
    if (optopt)
        return nf_refuse (error, "there is no option -%c; try 'nfpeek --help'", optopt);
    return nf_refuse (error, "'%s' is no option, or the beginning of several; try 'nfpeek --help'",
                      word);
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
        return nf_options_take_filter (options, argv + optind, error) &&
               nf_options_check (options, error);
    for (int i = optind; i < argc; i++)
        g_ptr_array_add (takes_words ? options->words : options->files, g_strdup (argv[i]));
    return nf_options_check (options, error);
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

/* Terminals without colours are called dumb; the variable NO_COLOR, not empty, is how people tell
 * all programs that they want none. */
gboolean
nf_options_color (const NfOptions *options, gboolean is_terminal)
{
    const char *unwanted = g_getenv ("NO_COLOR");

    if (options->color != NF_COLOR_AUTO)
        return options->color == NF_COLOR_ALWAYS;
    return is_terminal && !(unwanted && *unwanted) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

guint
nf_options_n_tcp (const NfOptions *options)
{
    guint n = 0;

    for (guint i = 0; i < options->listen->len; i++)
        n += g_str_has_prefix (options->listen->pdata[i], "tcp:") ? 1 : 0;
    return n;
}

/* "-c N", "--packets=LIST" */
static char *
option_usage (const Option *option)
{
    g_autofree char *name = option_name (option);
    gboolean joined = option->code >= 256 && option->has_arg != no_argument;

    if (!option->argument)
        return g_steal_pointer (&name);
    return g_strconcat (name, joined ? "=" : " ", option->argument, NULL);
}

static void
help_option (NfText *t, const Option *option, const Option *joined)
{
    g_autofree char *usage = option_usage (option), *other = joined ? option_usage (joined) : NULL;
    g_autofree char *left = other ? g_strconcat (usage, ", ", other, NULL) : NULL;

    nf_text_add_format (t, "  %-24s  %s%s%s\n", left ? left : usage, option->help,
                        joined ? "; " : "", joined ? joined->help : "");
}

static void
help_views (NfText *t)
{
#define NF_VIEW(name, help, manual) nf_text_add_format (t, "  -T %-21s  %s\n", #name, help);
#include "view.def"
#undef NF_VIEW
}

void
nf_options_help (NfText *t)
{
    nf_text_add (t, "Usage: nfpeek [OPTION...] FILE...\n"
                    "Shows what is in NetFlow and IPFIX packets, and what is wrong with them.\n\n");
    for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
        gboolean has_joined = i + 1 < G_N_ELEMENTS (table) && table[i + 1].line == JOINED;

        if (table[i].line == OWN)
            help_option (t, &table[i], has_joined ? &table[i + 1] : NULL);
        if (table[i].code == 'T')
            help_views (t);
    }
    nf_text_add (t, "\nExamples:\n"
                    "  nfpeek router.pcap                   is anything there, is it healthy?\n"
                    "  nfpeek -V --packets 12 router.pcap   every octet of packet 12\n"
                    "  nfpeek -T jsonl *.pcap | jq .octetDeltaCount\n"
                    "  nfpeek -i eth0 udp port 2055         watch what somebody else collects\n");
}
