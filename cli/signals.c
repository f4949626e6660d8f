/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signals while a live source is read. */
#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

enum { STOP = NF_N_SIGNALS };

/* Those that are caught, and what each asks for. */
static const struct {
    int number;
    int asks_for;
} caught[] = {
    {SIGINT, STOP}, {SIGTERM, STOP}, {SIGUSR1, NF_SIGNAL_REPORT}, {SIGHUP, NF_SIGNAL_REOPEN}};

static struct sigaction before[G_N_ELEMENTS (caught)];
static volatile sig_atomic_t asked[NF_N_SIGNALS + 1];
static int wake_pipe[2] = {-1, -1};
static guint n_begun; /* how often they have been begun to be caught, and not been ended */

/* Those that end a program do so from now on. */
static void
let_go (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (caught); i++)
        if (caught[i].asks_for == STOP)
            sigaction (caught[i].number, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
}

/* The octet in the pipe ends a wait that begins after the signal, too. */
static void
note (int number)
{
    int code = errno;

    for (guint i = 0; i < G_N_ELEMENTS (caught); i++)
        if (caught[i].number == number)
            asked[caught[i].asks_for] = 1;
    if (asked[STOP])
        let_go ();

    ssize_t n = write (wake_pipe[1], "", 1);

    (void)n; /* where the pipe is full, somebody is woken already */
    errno = code;
}

gboolean
nf_signals_begin (gboolean reopens, GError **error)
{
    struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};

    if (n_begun > 0) {
        n_begun++;
        return TRUE;
    }
    for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
        asked[i] = 0;
    if (pipe2 (wake_pipe, O_CLOEXEC | O_NONBLOCK) < 0) {
        g_set_error_literal (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno),
                             g_strerror (errno));
        return FALSE;
    }
    for (guint i = 0; i < G_N_ELEMENTS (caught); i++) {
        gboolean is_left = caught[i].asks_for == NF_SIGNAL_REOPEN && !reopens;

        sigaction (caught[i].number, is_left ? NULL : &action, &before[i]);
    }
    n_begun = 1;
    return TRUE;
}

void
nf_signals_end (void)
{
    if (--n_begun > 0)
        return;
    for (guint i = 0; i < G_N_ELEMENTS (caught); i++)
        sigaction (caught[i].number, &before[i], NULL);
    close (wake_pipe[0]);
    close (wake_pipe[1]);
    wake_pipe[0] = wake_pipe[1] = -1;
}

gboolean
nf_signals_stopped (void)
{
    return asked[STOP] != 0;
}

void
nf_signals_stop (void)
{
    asked[STOP] = 1;
    let_go ();
}

void
nf_signals_settle (void)
{
    char octets[64];

    while (read (wake_pipe[0], octets, sizeof octets) > 0)
        ;
}

gboolean
nf_signals_take (NfSignal signal)
{
    if (!asked[signal])
        return FALSE;
    asked[signal] = 0;
    return TRUE;
}

int
nf_signals_fd (void)
{
    return wake_pipe[0];
}
