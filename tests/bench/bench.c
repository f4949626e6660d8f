/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench ROUNDS: times commands against each other. Reads a command a line from standard input,
 *
 *      NAME <tab> REFERENCE <tab> GOAL <tab> COMMAND
 *
 * runs them all, one after the other, and that ROUNDS times, so that what else the machine does
 * goes to all of them alike; prints for each the median CPU time (user and system) of the process,
 * its peak memory, and as a ratio how it stands to REFERENCE, the name of another line or "-". GOAL
 * is
 * "<=N": at most N times the reference's time; ">=N": at least N times less than that; "-".
 * Exit status 1 when a command failed. A goal that is missed is said, and is no failure: machines
 * are noisy.
 */
#define _DEFAULT_SOURCE

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_COMMANDS 100
#define MAX_ROUNDS   99
#define MAX_LINE     4096

typedef struct {
    char *name, *reference, *goal, *command;
    double seconds[MAX_ROUNDS];
    double median;
    long peak_kib;
} Command;

static Command commands[MAX_COMMANDS];
static int n_commands, n_rounds;

static int
read_commands (void)
{
    char line[MAX_LINE];

    while (fgets (line, sizeof line, stdin)) {
        Command *c = &commands[n_commands];
        char *rest = strdup (line);

        if (!rest || n_commands == MAX_COMMANDS)
            return 0;
        rest[strcspn (rest, "\n")] = '\0';
        c->name = strsep (&rest, "\t");
        c->reference = strsep (&rest, "\t");
        c->goal = strsep (&rest, "\t");
        c->command = rest;
        if (!c->command)
            return 0;
        n_commands++;
    }
    return n_commands > 0;
}

/* Its output goes nowhere: what is wanted is its time. */
static void
become (const char *command)
{
    int nowhere = open ("/dev/null", O_RDWR);

    dup2 (nowhere, 0);
    dup2 (nowhere, 1);
    dup2 (nowhere, 2);
    execl ("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit (127);
}

static int
run (Command *c, int round)
{
    struct rusage used;
    pid_t child = fork ();
    int status;

    if (child == 0)
        become (c->command);
    if (child < 0 || wait4 (child, &status, 0, &used) != child || !WIFEXITED (status) ||
        WEXITSTATUS (status) > 1) { /* 1: there are findings */
        fprintf (stderr, "bench: %s: it failed: %s\n", c->name, c->command);
        return 0;
    }
    c->seconds[round] = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                        (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    if (used.ru_maxrss > c->peak_kib)
        c->peak_kib = used.ru_maxrss;
    return 1;
}

static int
compare (const void *a, const void *b)
{
    const double *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

static const Command *
find (const char *name)
{
    for (int i = 0; i < n_commands; i++)
        if (strcmp (commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static void
print_ratio (const Command *c)
{
    const Command *reference = find (c->reference);
    int is_less = c->goal[0] == '>';

    if (!reference)
        return;
    double ratio = is_less ? reference->median / c->median : c->median / reference->median;

    printf ("  %6.2f times %s%s", ratio, is_less ? "less than " : "", reference->name);
    if (c->goal[0] == '-')
        return;
    double goal = strtod (c->goal + 2, NULL);

    printf (" (goal: %s %g%s)", is_less ? "at least" : "at most", goal,
            (is_less ? ratio >= goal : ratio <= goal) ? "" : ", missed");
}

int
main (int argc, char **argv)
{
    n_rounds = argc == 2 ? atoi (argv[1]) : 0;
    if (n_rounds < 1 || n_rounds > MAX_ROUNDS || !read_commands ()) {
        fprintf (stderr, "usage: bench ROUNDS <LIST\n");
        return 2;
    }
    for (int round = 0; round < n_rounds; round++)
        for (int i = 0; i < n_commands; i++)
            if (!run (&commands[i], round))
                return 1;
    printf ("%-44s %9s %9s\n", "", "CPU s", "MiB");
    for (int i = 0; i < n_commands; i++) {
        qsort (commands[i].seconds, (size_t)n_rounds, sizeof (double), compare);
        commands[i].median = commands[i].seconds[n_rounds / 2];
    }
    for (int i = 0; i < n_commands; i++) {
        const Command *c = &commands[i];

        printf ("%-44s %9.4f %9.1f", c->name, c->median, (double)c->peak_kib / 1024);
        print_ratio (c);
        putchar ('\n');
    }
    return 0;
}
