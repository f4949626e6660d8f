/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SIGINT and SIGTERM: a flag, and a pipe that wakes whoever waits. */
#include "interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t came;
static int wake_pipe[2] = {-1, -1};

/* The octet in the pipe ends a wait that begins after the signal, too. */
static void
note (int signal)
{
    int code = errno;

    (void)signal;
    came = 1;
    ssize_t n = write (wake_pipe[1], "", 1);

    (void)n; /* where the pipe is full, or there is none, nobody waits on it */
    errno = code;
}

void
nf_interrupt_catch (void)
{
    struct sigaction action = {.sa_handler = note, .sa_flags = (int)SA_RESETHAND};

    if (wake_pipe[0] >= 0)
        return;
    if (pipe2 (wake_pipe, O_CLOEXEC | O_NONBLOCK) < 0)
        wake_pipe[0] = wake_pipe[1] = -1;
    sigaction (SIGINT, &action, NULL);
    sigaction (SIGTERM, &action, NULL);
}

gboolean
nf_interrupt_came (void)
{
    return came != 0;
}

int
nf_interrupt_fd (void)
{
    return wake_pipe[0];
}
