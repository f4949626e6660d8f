/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a system can do to a program, done on purpose: a library that is loaded before the C library
 * (LD_PRELOAD) and fails, cuts or interrupts what the program asks for. The variable NFPEEK_FAULTS
 * tells how, in words:
 *
 *   alloc=SIZE:N   the Nth allocation of SIZE octets or more fails; each one where N is 0
 *   short=SEED     reads, writes, batches of datagrams are as short as they may be: one octet where
 *                  SEED is 0, else up to 16, by chance
 *   eintr=N        each Nth call that a signal may interrupt is interrupted
 *   eagain=N       each Nth call that sockets may refuse for now is refused
 *   eio=N          the Nth read fails, and all behind it
 *   enospc=N       the Nth write to a file fails, and all behind it
 *   clock=back     the time of day goes back by a second whenever it is asked for
 *   clock=still    it stands still
 *   clock=leap     it goes on by a day
 *   mono=still     the time since the system began stands still
 *   mono=leap      it goes on by an hour
 *   raise=SIGNAL:N the signal comes right before the Nth call
 *
 * A file that NFPEEK_FAULTS_MARK names is made as soon as there was a fault. What the C library
 * calls itself, for stdio, does not come by here: files that fdopen() opens are read and written
 * through functions of ours instead.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <features.h>

#if defined __GLIBC__ && __SIZEOF_LONG__ == 8

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *old, size_t size);

/* As the C library has them where calls are checked (_FORTIFY_SOURCE). */
ssize_t __read_chk (int fd, void *to, size_t n, size_t room);
ssize_t __recv_chk (int fd, void *to, size_t n, size_t room, int flags);
int __poll_chk (struct pollfd *polled, nfds_t n, int timeout_ms, size_t room);

typedef enum { AS_IT_IS, BACK, STILL, LEAP } Course;

static struct {
    int is_on;
    size_t alloc_least;
    unsigned long alloc_nth;
    int is_short, has_alloc;
    unsigned long seed, eintr, eagain, eio, enospc, raise_at;
    int raised;
    Course clock, mono;
} faults;

static struct {
    unsigned long alloc, interrupted, refused, read, written, all, clock, mono;
} calls;

/* ---- what is to be done ---- */

static Course
course (const char *text)
{
    return strcmp (text, "back") == 0    ? BACK
           : strcmp (text, "still") == 0 ? STILL
           : strcmp (text, "leap") == 0  ? LEAP
                                         : AS_IT_IS;
}

static void
take_word (const char *name, const char *value)
{
    const char *colon = strchr (value, ':');
    unsigned long first = strtoul (value, NULL, 10);
    unsigned long second = colon ? strtoul (colon + 1, NULL, 10) : 0;

    if (strcmp (name, "alloc") == 0) {
        faults.has_alloc = 1;
        faults.alloc_least = first;
        faults.alloc_nth = second;
    } else if (strcmp (name, "short") == 0) {
        faults.is_short = 1;
        faults.seed = first;
    } else if (strcmp (name, "raise") == 0) {
        faults.raised = (int)first;
        faults.raise_at = second;
    } else if (strcmp (name, "clock") == 0) {
        faults.clock = course (value);
    } else if (strcmp (name, "mono") == 0) {
        faults.mono = course (value);
    } else {
        unsigned long *n = strcmp (name, "eintr") == 0    ? &faults.eintr
                           : strcmp (name, "eagain") == 0 ? &faults.eagain
                           : strcmp (name, "eio") == 0    ? &faults.eio
                           : strcmp (name, "enospc") == 0 ? &faults.enospc
                                                          : NULL;

        if (!n)
            abort ();
        *n = first;
    }
}

__attribute__ ((constructor)) static void
begin (void)
{
    const char *text = getenv ("NFPEEK_FAULTS");
    char words[256], *at = NULL;

    if (!text || strlen (text) >= sizeof words)
        return;
    strcpy (words, text);
    for (char *word = strtok_r (words, " ", &at); word; word = strtok_r (NULL, " ", &at)) {
        char *equals = strchr (word, '=');

        if (!equals)
            abort ();
        *equals = '\0';
        take_word (word, equals + 1);
    }
    faults.is_on = 1;
}

/* Notes that there was a fault, which `code` tells of. */
static void
note (int code)
{
    const char *path = getenv ("NFPEEK_FAULTS_MARK");
    long fd =
        path ? syscall (SYS_openat, AT_FDCWD, path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600) : -1;

    if (fd >= 0)
        syscall (SYS_close, fd);
    errno = code;
}

/* Every call begins here: the signal may be due. */
static void
step (void)
{
    if (faults.raise_at == 0 || ++calls.all != faults.raise_at)
        return;
    note (errno);
    syscall (SYS_tgkill, getpid (), (int)syscall (SYS_gettid), faults.raised);
}

/* Whether each Nth call fails, and this is one. */
static int
is_each (unsigned long *counter, unsigned long nth, int code)
{
    if (nth == 0 || ++*counter % nth != 0)
        return 0;
    note (code);
    return 1;
}

/* Whether calls fail from the Nth one on. */
static int
is_from (unsigned long *counter, unsigned long nth, int code)
{
    if (nth == 0 || ++*counter < nth)
        return 0;
    note (code);
    return 1;
}

static int
is_interrupted (void)
{
    return is_each (&calls.interrupted, faults.eintr, EINTR);
}

static int
is_refused (void)
{
    return is_each (&calls.refused, faults.eagain, EAGAIN);
}

/* How much of `n` is done at once. */
static size_t
cut (size_t n)
{
    size_t most = 1;

    if (!faults.is_short || n == 0)
        return n;
    if (faults.seed > 0) {
        faults.seed = faults.seed * 6364136223846793005UL + 1442695040888963407UL;
        most += faults.seed >> 33 & 15;
    }
    if (most < n)
        note (errno);
    return most < n ? most : n;
}

/* ---- memory ---- */

static int
is_out_of_memory (size_t size)
{
    if (!faults.has_alloc || size < faults.alloc_least)
        return 0;
    if (++calls.alloc != faults.alloc_nth && faults.alloc_nth > 0)
        return 0;
    note (ENOMEM);
    return 1;
}

void *
malloc (size_t size)
{
    return is_out_of_memory (size) ? NULL : __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
    size_t all;

    if (__builtin_mul_overflow (n, size, &all))
        all = SIZE_MAX;
    return is_out_of_memory (all) ? NULL : __libc_calloc (n, size);
}

void *
realloc (void *old, size_t size)
{
    return is_out_of_memory (size) ? NULL : __libc_realloc (old, size);
}

/* ---- files ---- */

static ssize_t
read_plain (int fd, void *to, size_t n)
{
    return is_from (&calls.read, faults.eio, EIO) ? -1 : syscall (SYS_read, fd, to, cut (n));
}

/* What GLib asks for random numbers, which it can do without. */
static int
is_device (int fd)
{
    struct stat status;

    return fstat (fd, &status) == 0 && S_ISCHR (status.st_mode);
}

ssize_t
read (int fd, void *to, size_t n)
{
    if (is_device (fd))
        return syscall (SYS_read, fd, to, n);
    step ();
    return is_interrupted () ? -1 : read_plain (fd, to, n);
}

ssize_t
__read_chk (int fd, void *to, size_t n, size_t room)
{
    (void)room;
    return read (fd, to, n);
}

static ssize_t
write_plain (int fd, const void *from, size_t n)
{
    if (fd != STDERR_FILENO && is_from (&calls.written, faults.enospc, ENOSPC))
        return -1;
    return syscall (SYS_write, fd, from, cut (n));
}

ssize_t
write (int fd, const void *from, size_t n)
{
    step ();
    return is_interrupted () ? -1 : write_plain (fd, from, n);
}

static ssize_t
cookie_read (void *cookie, char *to, size_t n)
{
    step ();
    return read_plain (*(int *)cookie, to, n);
}

/* stdio takes what is written in part for a failure. */
static ssize_t
cookie_write (void *cookie, const char *from, size_t n)
{
    size_t done = 0;

    step ();
    while (done < n) {
        ssize_t more = write_plain (*(int *)cookie, from + done, n - done);

        if (more < 0)
            return 0;
        done += (size_t)more;
    }
    return (ssize_t)n;
}

static int
cookie_seek (void *cookie, off64_t *at, int whence)
{
    *at = lseek (*(int *)cookie, *at, whence);
    return *at < 0 ? -1 : 0;
}

static int
cookie_close (void *cookie)
{
    int fd = *(int *)cookie;

    free (cookie);
    return (int)syscall (SYS_close, fd);
}

FILE *
fdopen (int fd, const char *mode)
{
    static const cookie_io_functions_t functions = {
        .read = cookie_read, .write = cookie_write, .seek = cookie_seek, .close = cookie_close};
    int *cookie = __libc_malloc (sizeof *cookie);

    *cookie = fd;
    return fopencookie (cookie, mode, functions);
}

int
open (const char *path, int flags, ...)
{
    va_list args;

    va_start (args, flags);
    int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg (args, int) : 0;
    va_end (args);
    step ();
    return (int)syscall (SYS_openat, AT_FDCWD, path, flags, mode);
}

int
close (int fd)
{
    step ();
    return (int)syscall (SYS_close, fd);
}

int
rename (const char *from, const char *to)
{
    step ();
    return (int)syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* ---- sockets ---- */

ssize_t
recv (int fd, void *to, size_t n, int flags)
{
    step ();
    if (is_interrupted () || is_refused ())
        return -1;
    return syscall (SYS_recvfrom, fd, to, cut (n), flags, NULL, NULL);
}

ssize_t
__recv_chk (int fd, void *to, size_t n, size_t room, int flags)
{
    (void)room;
    return recv (fd, to, n, flags);
}

int
recvmmsg (int fd, struct mmsghdr *headers, unsigned n, int flags, struct timespec *timeout)
{
    step ();
    if (is_interrupted () || is_refused ())
        return -1;
    return (int)syscall (SYS_recvmmsg, fd, headers, (unsigned)cut (n), flags, timeout);
}

int
sendmmsg (int fd, struct mmsghdr *headers, unsigned n, int flags)
{
    step ();
    if (is_interrupted () || is_refused ())
        return -1;
    return (int)syscall (SYS_sendmmsg, fd, headers, (unsigned)cut (n), flags);
}

int
accept4 (int fd, struct sockaddr *peer, socklen_t *length, int flags)
{
    step ();
    if (is_interrupted () || is_refused ())
        return -1;
    return (int)syscall (SYS_accept4, fd, peer, length, flags);
}

int
poll (struct pollfd *polled, nfds_t n, int timeout_ms)
{
    struct timespec timeout = {.tv_sec = timeout_ms / 1000,
                               .tv_nsec = timeout_ms % 1000 * 1000000L};

    step ();
    if (is_interrupted ())
        return -1;
    return (int)syscall (SYS_ppoll, polled, n, timeout_ms < 0 ? NULL : &timeout, NULL, 0);
}

int
__poll_chk (struct pollfd *polled, nfds_t n, int timeout_ms, size_t room)
{
    (void)room;
    return poll (polled, n, timeout_ms);
}

/* ---- clocks ---- */

/* The time by a clock that goes as `how` tells, by steps of so many seconds. */
static void
tell (clockid_t id, Course how, long by, unsigned long *counter, struct timespec *now)
{
    static struct timespec first[2];
    struct timespec *start = &first[id == CLOCK_REALTIME];

    syscall (SYS_clock_gettime, id, now);
    if (how == AS_IT_IS)
        return;
    if (*counter == 0)
        *start = *now;
    ++*counter;
    note (errno);
    if (how == STILL)
        *now = *start;
    else
        now->tv_sec += (how == BACK ? -1 : 1) * by * (long)*counter;
}

int
clock_gettime (clockid_t id, struct timespec *now)
{
    step ();
    if (id == CLOCK_REALTIME)
        tell (id, faults.clock, faults.clock == BACK ? 1 : 86400, &calls.clock, now);
    else if (id == CLOCK_MONOTONIC)
        tell (id, faults.mono, 3600, &calls.mono, now);
    else
        return (int)syscall (SYS_clock_gettime, id, now);
    return 0;
}

int
gettimeofday (struct timeval *restrict now, void *restrict zone)
{
    struct timespec exact;

    (void)zone;
    clock_gettime (CLOCK_REALTIME, &exact);
    *now = (struct timeval){.tv_sec = exact.tv_sec, .tv_usec = exact.tv_nsec / 1000};
    return 0;
}

time_t
time (time_t *to)
{
    struct timespec now;

    clock_gettime (CLOCK_REALTIME, &now);
    if (to)
        *to = now.tv_sec;
    return now.tv_sec;
}

int
clock_nanosleep (clockid_t id, int flags, const struct timespec *until, struct timespec *left)
{
    step ();
    if (is_interrupted ())
        return EINTR;
    return syscall (SYS_clock_nanosleep, id, flags, until, left) < 0 ? errno : 0;
}

#else
typedef int nothing_to_fail_here;
#endif
