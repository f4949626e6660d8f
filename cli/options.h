/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command line: one table of options, from which parsing and --help follow.
 */
#pragma once

#include "limit.h"
#include "nfpeek.h"
#include "severity.h"

G_BEGIN_DECLS

/* A set of numbers as users write them: "1,5-9". */
typedef struct {
    guint64 first;
    guint64 last;
} NfRange;

typedef enum { NF_COLOR_AUTO, NF_COLOR_ALWAYS, NF_COLOR_NEVER } NfColor;

/* What to do instead of showing packets. */
typedef enum {
    NF_DO_SHOW,
    NF_DO_HELP,
    NF_DO_VERSION,
    NF_DO_LIST_LIMITS,
    NF_DO_LIST_ELEMENTS,
    NF_DO_LIST_FINDINGS,
    NF_DO_LIST_INTERFACES
} NfTask;

typedef struct {
    NfTask task;
    const char *program; /* as it was called: "build/nfpeek" */
    GPtrArray *files;    /* char *, in the order given; "-" is standard input */
    GPtrArray *hex;      /* char *, -x */
    GPtrArray *listen;   /* char *, [tcp:][ADDR:]PORT */
    GPtrArray *fields;   /* char *, -e, commas taken apart */
    GPtrArray *sum;      /* char *, --sum: what to add up, then by what; empty: nothing */
    GPtrArray *elements; /* char *, --elements */
    GPtrArray *words;    /* char *, what --list-elements and --list-findings look for */
    GArray *packets;     /* NfRange, --packets; empty: all */
    gint64 from_ns;      /* --from, --to: arrival, nanoseconds since 1970, the latter excluded; */
    gint64 to_ns;        /* 0 and G_MAXINT64: any time */
    const char *from;    /* the same as they were typed; NULL: not given */
    const char *to;
    GArray *ports;       /* NfRange, -d: of UDP, TCP, SCTP; empty: any with a plausible Message */
    gint64 for_us;       /* --for: microseconds that a live source is read; 0: until it is ended */
    gint64 every_us;     /* --every: microseconds between showings of what came so far; 0: none */
    guint64 count;       /* -c: Messages to show; 0: all */
    guint64 rows;        /* -c with --sum: groups to show; 0: all */
    const char *view;    /* -T; NULL: chosen by what there is to show */
    const char *filter;  /* -Y; NULL: everything */
    const char *output;  /* -o; NULL: standard output */
    const char *diff;    /* --diff; NULL: none */
    const char *write;   /* -w; NULL: nothing is kept */
    const char *send;    /* --send; NULL: nothing is sent */
    guint64 rate;        /* --rate: datagrams a second, as pace.h has it */
    const char *metrics; /* --metrics; NULL: none */
    gboolean numeric;    /* -n */
    gboolean quiet;      /* -q */
    gboolean anonymize;  /* addresses and text are rewritten */
    gboolean json;       /* one object, of views that have it */
    gboolean netflow9_names;
    gboolean big_as_string;
    gboolean scale; /* counters are multiplied by the sampling rate */
    NfColor color;
    NfSeverity fail_on; /* NF_N_SEVERITIES: never */
    NfSeverities severities;
    /* of -i */
    const char *interface; /* its name or number; NULL: none */
    char *capture_filter;  /* -f, or the words behind -i; NULL: by ports */
    const char *user;      /* --user; NULL: whoever called sudo */

    NfBounds bounds;      /* --limit */
    gsize hold;           /* --hold: octets of datagrams that wait for Templates */
    const char *evidence; /* --evidence; NULL: none is wanted */

    const char *templates;      /* --templates; NULL: nothing is remembered */
    gint64 template_timeout_us; /* --template-timeout, microseconds; 0: not given */
} NfOptions;

/* Reads the command line. Returns FALSE and sets `error`, one sentence, where it cannot be
 * understood. Free what it holds with nf_options_clear() in any case. */
gboolean nf_options_parse (NfOptions *options, int argc, char **argv, GError **error);
void nf_options_clear (NfOptions *options);

/* Whether what is read comes just now, and once. */
static inline gboolean
nf_options_are_live (const NfOptions *options)
{
    return options->interface || options->listen->len > 0;
}

/* Whether what goes to a terminal, or to no terminal, has colours. */
gboolean nf_options_color (const NfOptions *options, gboolean is_terminal);

/* How many arguments of -l are of TCP. */
guint nf_options_n_tcp (const NfOptions *options);

/* Appends what --help prints. */
void nf_options_help (NfText *t);

/* Reads "1,5-9" into an array of NfRange, none above `max`. Returns FALSE where it is no such
 * list. */
gboolean nf_ranges_parse (GArray *ranges, const char *text, guint64 max);

/* Whether the number is in one of the ranges. */
gboolean nf_ranges_have (const GArray *ranges, guint64 number);

G_END_DECLS
