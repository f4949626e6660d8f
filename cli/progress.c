/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A line for those who wait. */
#include "progress.h"

#include "say.h"

#include <sys/stat.h>
#include <unistd.h>

/* Who waits for less needs no line; and it need not be written more often. */
#define FIRST_US (G_USEC_PER_SEC)
#define EVERY_US (G_USEC_PER_SEC / 4)

/* The clock is asked after so many things that were read. */
#define LOOK_EVERY 512

struct _NfProgress {
    guint64 all;      /* octets of all files, */
    guint64 done;     /* and of those that have been read */
    const char *what; /* what they are read for */
    gint64 begun_us, next_us;
    guint n;
};

static guint64
size_of (const NfInput *input)
{
    struct stat about;

    return input->is_file && stat (input->name, &about) == 0 && S_ISREG (about.st_mode)
               ? (guint64)about.st_size
               : 0;
}

NfProgress *
nf_progress_new (const NfOptions *options, const GPtrArray *inputs, gboolean shows)
{
    NfProgress *p;

    if (options->quiet || !isatty (STDERR_FILENO) ||
        (shows && !options->output && isatty (STDOUT_FILENO)))
        return NULL;
    p = g_new0 (NfProgress, 1);
    for (guint i = 0; i < inputs->len; i++)
        p->all += size_of (inputs->pdata[i]);
    p->what = "";
    p->begun_us = g_get_monotonic_time ();
    p->next_us = p->begun_us + FIRST_US;
    return p;
}

void
nf_progress_free (NfProgress *progress)
{
    nf_progress_hide (progress);
    g_free (progress);
}

void
nf_progress_begin (NfProgress *progress, const char *what)
{
    if (!progress)
        return;
    progress->what = what;
    progress->done = 0;
    progress->begun_us = g_get_monotonic_time ();
}

static void
show (const NfProgress *p, guint64 here, guint64 records, gint64 now_us)
{
    gdouble seconds = (gdouble)(now_us - p->begun_us) / G_USEC_PER_SEC;
    gdouble share = p->all > 0 ? MIN ((gdouble)(p->done + here) / (gdouble)p->all, 0.99) : 0;
    GString *line = g_string_new (p->what);

    if (p->all > 0)
        g_string_append_printf (line, "%d %%", (int)(share * 100));
    if (records > 0 && seconds > 0)
        g_string_append_printf (line, "%s%" G_GUINT64_FORMAT " records, %.0f a second",
                                p->all > 0 ? ", " : "", records, (gdouble)records / seconds);
    if (share > 0.01)
        g_string_append_printf (line, ", %.0f s left", seconds / share - seconds);
    nf_say_status (line->str);
    g_string_free (line, TRUE);
}

void
nf_progress_note (NfProgress *progress, NfSource *source, guint64 records)
{
    gint64 now_us;

    if (!progress || ++progress->n % LOOK_EVERY != 0)
        return;
    now_us = g_get_monotonic_time ();
    if (now_us < progress->next_us)
        return;
    progress->next_us = now_us + EVERY_US;
    show (progress, source->offset ? source->offset (source) : 0, records, now_us);
}

void
nf_progress_end_file (NfProgress *progress, const NfInput *input)
{
    if (progress)
        progress->done += size_of (input);
}

void
nf_progress_hide (NfProgress *progress)
{
    if (progress)
        nf_say_status (NULL);
}
