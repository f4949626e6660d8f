/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What nfpeek says on standard error. */
#include "say.h"

#include "printable.h"
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static gboolean has_status;

/* How much of a line the terminal has room for: what goes on in the next one cannot be cleared. */
static int
room (void)
{
    struct winsize size;

    return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col - 1
                                                                            : G_MAXINT;
}

void
nf_say_status (const char *text)
{
    if (text || has_status) /* to the beginning of the line, and clear it */
        g_printerr ("\r\033[K%.*s", room (), text ? text : "");
    has_status = text != NULL;
}

void
nf_say (const char *input, const char *format, ...)
{
    NfText t = NF_TEXT_INIT;
    va_list args;

    va_start (args, format);
    g_autofree char *text = g_strdup_vprintf (format, args);
    va_end (args);
    nf_text_add (&t, "nfpeek: ");
    if (input) {
        nf_show_safe (&t, input, strlen (input));
        nf_text_add (&t, ": ");
    }
    nf_show_safe (&t, text, strlen (text));
    nf_text_add_char (&t, '\n');
    nf_say_status (NULL);
    g_printerr ("%s", nf_text_string (&t));
    nf_text_clear (&t);
}

gboolean
nf_refuse (GError **error, const char *format, ...)
{
    va_list args;

    va_start (args, format);
    g_autofree char *text = g_strdup_vprintf (format, args);
    va_end (args);
    g_set_error_literal (error, g_quark_from_static_string ("nfpeek"), 0, text);
    return FALSE;
}

/* GLib tells of it as of its own errors. Nothing here may allocate; exit() writes out what libpcap
 * and stdio have, so that captures written end with a whole packet. */
static void
give_up (const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer data)
{
    const char *why = message ? strstr (message, "failed to allocate") : "";

    (void)domain;
    (void)level;
    (void)data;
    fprintf (stderr, "%snfpeek: %s%s%s: not all has been done\n", has_status ? "\r\033[K" : "",
             why ? "not enough memory" : "cannot go on", why && !*why ? "" : ": ",
             why ? why : message);
    exit (NF_EXIT_FAILED);
}

void
nf_say_when_memory_ends (void)
{
    g_log_set_handler ("GLib", (GLogLevelFlags)(G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL), give_up,
                       NULL);
}
