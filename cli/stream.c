/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files and pipes, compressed or not, with a look at their beginning. */
#include "stream.h"

#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* Large reads: a capture is read once from its beginning to its end. */
#define BUFFER_LENGTH (256 * 1024)

/* How long a pipe is waited for after the signal: what its writer, which the terminal tells at the
 * same time, had not written yet comes by then. */
#define DRAIN_MS 250

/* What is compressed is read in such pieces. */
#define PIECE_LENGTH 65536

static const char no_memory[] = "not enough memory";

/* Compressed octets on their way. */
typedef struct {
    z_stream z;
    gboolean between;    /* a member has ended, another one may follow (RFC 1952 2.2) */
    const char *trouble; /* why it goes no further; or NULL */
    guint8 piece[PIECE_LENGTH];
} Inflater;

struct _NfStream {
    int fd;
    Inflater *inflater; /* NULL: it is not compressed */
    gboolean is_repeatable;
    gboolean is_looked_at; /* whether it is compressed is known */
    guint8 peeked[NF_PEEK];
    gsize n_peeked;  /* octets in `peeked` */
    gsize n_taken;   /* of those, how many have been read again */
    gboolean at_end; /* the file ended within `peeked` */
    NfSpool *copy;   /* what is read goes there, too; borrowed, or NULL */
};

/* Opens a file. A named pipe is not waited for until somebody writes to it: that is left to poll(),
 * which signals end, where they are caught. */
static int
open_file (const char *name)
{
    int waits = nf_signals_fd () >= 0 ? O_NONBLOCK : 0;
    int fd = open (name, O_RDONLY | O_CLOEXEC | waits);

    if (fd >= 0 && waits)
        fcntl (fd, F_SETFL, 0);
    return fd;
}

static int
open_descriptor (const char *name, GError **error)
{
    int fd = strcmp (name, "-") == 0 ? dup (STDIN_FILENO) : open_file (name);
    struct stat about;

    if (fd >= 0 && fstat (fd, &about) == 0 && S_ISDIR (about.st_mode)) {
        close (fd);
        fd = -1;
        errno = EISDIR;
    }
    if (fd < 0)
        g_set_error_literal (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno),
                             g_strerror (errno));
    return fd;
}

NfStream *
nf_stream_open (const char *name, GError **error)
{
    int fd = open_descriptor (name, error);

    if (fd < 0)
        return NULL;

    NfStream *stream = g_new0 (NfStream, 1);

    stream->is_repeatable = lseek (fd, 0, SEEK_SET) == 0;
    stream->fd = fd;
    return stream;
}

void
nf_stream_free (NfStream *stream)
{
    if (stream->inflater)
        inflateEnd (&stream->inflater->z);
    g_free (stream->inflater);
    close (stream->fd);
    g_free (stream);
}

gboolean
nf_stream_is_repeatable (const NfStream *stream)
{
    return stream->is_repeatable;
}

/* Waits for a pipe, or for a signal where those are caught (signals.h). Returns FALSE where no more
 * is to be waited for. */
static gboolean
wait_for_octets (int fd)
{
    struct pollfd polled[] = {{.fd = fd, .events = POLLIN},
                              {.fd = nf_signals_fd (), .events = POLLIN}};
    int n = 0;

    while (polled[1].fd >= 0 && polled[0].revents == 0) {
        gboolean stops = nf_signals_stopped ();

        n = poll (polled, stops ? 1 : 2, stops ? DRAIN_MS : -1);
        if (n < 0 && errno != EINTR)
            return TRUE; /* read(2) tells what there is */
        if (n == 0)
            return FALSE;
        if (n < 0)
            polled[0].revents = 0;
        nf_signals_settle ();
    }
    return TRUE;
}

/* read(2), whatever signals come; but where they end it, a pipe ends when nothing more comes. */
static ssize_t
read_some (const NfStream *stream, void *buffer, gsize size)
{
    ssize_t n;

    if (!stream->is_repeatable && !wait_for_octets (stream->fd))
        return 0;
    do
        n = read (stream->fd, buffer, MIN (size, G_MAXINT));
    while (n < 0 && errno == EINTR);
    return n;
}

/* ---- what is compressed ---- */

/* Sees to it that there are compressed octets. Returns how many, 0 at the end, or below 0. */
static ssize_t
refill (NfStream *stream)
{
    Inflater *inflater = stream->inflater;
    ssize_t n;

    if (inflater->z.avail_in > 0)
        return inflater->z.avail_in;
    n = read_some (stream, inflater->piece, PIECE_LENGTH);
    inflater->z.next_in = inflater->piece;
    inflater->z.avail_in = (uInt)MAX (n, 0);
    return n;
}

/* A member has ended: what follows it is another one, or nothing that counts. */
static gboolean
begin_next (Inflater *inflater)
{
    inflater->between = FALSE;
    return inflater->z.next_in[0] == 0x1f && inflateReset (&inflater->z) == Z_OK;
}

/* Reads as read(2) does, no more than there is. */
static ssize_t
inflate_some (NfStream *stream, void *buffer, gsize size)
{
    Inflater *inflater = stream->inflater;
    z_stream *z = &inflater->z;
    int result;

    z->next_out = buffer;
    z->avail_out = (uInt)MIN (size, PIECE_LENGTH);
    while (z->next_out == (Bytef *)buffer && !inflater->trouble) {
        ssize_t n = refill (stream);

        if (n < 0)
            return n;
        if (n == 0 && !inflater->between)
            inflater->trouble = "unexpected end of file";
        if (n == 0 || (inflater->between && !begin_next (inflater)))
            break;
        result = inflate (z, Z_NO_FLUSH);
        inflater->between = result == Z_STREAM_END;
        if (result == Z_MEM_ERROR)
            inflater->trouble = no_memory;
        else if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
            inflater->trouble = z->msg ? z->msg : "not as gzip writes it";
    }
    if (z->next_out == (Bytef *)buffer && inflater->trouble) {
        errno = inflater->trouble == no_memory ? ENOMEM : EIO;
        return -1;
    }
    return z->next_out - (Bytef *)buffer;
}

/* ---- what is read ---- */

static ssize_t
read_plain (NfStream *stream, void *buffer, gsize size)
{
    return stream->inflater ? inflate_some (stream, buffer, size)
                            : read_some (stream, buffer, size);
}

static void
set_read_error (const NfStream *stream, GError **error)
{
    const char *trouble = stream->inflater ? stream->inflater->trouble : NULL;

    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_IO,
                         trouble ? trouble : g_strerror (errno));
}

/* Tells by the first octets whether it is compressed (RFC 1952 2.3.1). */
static void
look (NfStream *stream)
{
    ssize_t n = 1;

    if (stream->is_looked_at)
        return;
    stream->is_looked_at = TRUE;
    while (stream->n_peeked < 3 && (n = read_some (stream, stream->peeked + stream->n_peeked,
                                                   NF_PEEK - stream->n_peeked)) > 0)
        stream->n_peeked += (gsize)n;
    if (stream->n_peeked < 3 || memcmp (stream->peeked, "\x1f\x8b\x08", 3) != 0)
        return;
    stream->inflater = g_new0 (Inflater, 1);
    if (inflateInit2 (&stream->inflater->z, 15 + 16) != Z_OK) /* gzip alone */
        stream->inflater->trouble = no_memory;
    memcpy (stream->inflater->piece, stream->peeked, stream->n_peeked);
    stream->inflater->z.next_in = stream->inflater->piece;
    stream->inflater->z.avail_in = (uInt)stream->n_peeked;
    stream->n_peeked = 0;
}

const guint8 *
nf_stream_peek (NfStream *stream, gsize least, gsize *length, GError **error)
{
    look (stream);
    while (stream->n_peeked < MIN (least, NF_PEEK) && !stream->at_end) {
        ssize_t n =
            read_plain (stream, stream->peeked + stream->n_peeked, NF_PEEK - stream->n_peeked);

        if (n < 0 && stream->n_peeked == 0) {
            set_read_error (stream, error);
            return NULL;
        }
        stream->at_end = n <= 0; /* an error after some octets shows itself to whoever reads on */
        stream->n_peeked += (gsize)MAX (n, 0);
    }
    *length = stream->n_peeked;
    return stream->peeked;
}

/* Reads as read(2) does, what was peeked at first. */
static ssize_t
stream_read (void *cookie, char *buffer, size_t size)
{
    NfStream *stream = cookie;
    gsize again;

    look (stream);
    again = MIN (size, stream->n_peeked - stream->n_taken);
    if (again == 0)
        return read_plain (stream, buffer, size);
    memcpy (buffer, stream->peeked + stream->n_taken, again);
    stream->n_taken += again;
    return (ssize_t)again;
}

static ssize_t
stream_read_copied (void *cookie, char *buffer, size_t size)
{
    NfStream *stream = cookie;
    ssize_t n = stream_read (cookie, buffer, size);

    if (n > 0 && stream->copy)
        nf_spool_add (stream->copy, buffer, (gsize)n);
    return n;
}

static int
stream_close (void *cookie)
{
    nf_stream_free (cookie);
    return 0;
}

/* ---- what is read whole ---- */

typedef struct {
    guint8 *octets; /* owned */
    gsize length, room;
} Whole;

/* Makes room for another read. A file may be larger than memory. */
static gboolean
make_room (Whole *all, gsize max, const char *what, GError **error)
{
    gsize room = MIN (MAX (2 * all->room, BUFFER_LENGTH), max + BUFFER_LENGTH);
    guint8 *octets;

    if (all->room - all->length >= BUFFER_LENGTH)
        return TRUE;
    octets = g_try_realloc (all->octets, room);
    if (!octets) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOMEM,
                     "not enough memory to read it: %s is read whole", what);
        return FALSE;
    }
    all->octets = octets;
    all->room = room;
    return TRUE;
}

static gboolean
read_whole (NfStream *stream, Whole *all, gsize max, const char *what, GError **error)
{
    ssize_t n;

    do {
        if (!make_room (all, max, what, error))
            return FALSE;
        n = stream_read (stream, (char *)all->octets + all->length, BUFFER_LENGTH);
        all->length += (gsize)MAX (n, 0);
    } while (n > 0 && all->length <= max);
    if (n < 0) {
        set_read_error (stream, error);
        return FALSE;
    }
    if (all->length > max) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                     "%s is read up to %" G_GSIZE_FORMAT " MiB only", what, max >> 20);
        return FALSE;
    }
    return TRUE;
}

GByteArray *
nf_stream_read_all (NfStream *stream, gsize max, const char *what, GError **error)
{
    Whole all = {.octets = NULL};

    if (read_whole (stream, &all, max, what, error))
        return g_byte_array_new_take (all.octets, all.length);
    g_free (all.octets);
    return NULL;
}

/* ---- what libpcap reads ---- */

/* A file that is read as it is needs no more than that. NULL where that cannot be. */
static FILE *
reopen (NfStream *stream, int *fd)
{
    FILE *file;

    look (stream);
    if (!stream->is_repeatable || stream->inflater)
        return NULL;
    *fd = dup (stream->fd);
    file = *fd >= 0 && lseek (*fd, 0, SEEK_SET) == 0 ? fdopen (*fd, "rb") : NULL;
    if (!file && *fd >= 0)
        close (*fd);
    return file;
}

FILE *
nf_stream_to_file (NfStream *stream, NfSpool *copy, int *fd, GError **error)
{
    FILE *file = copy ? NULL : reopen (stream, fd);

    if (file) {
        nf_stream_free (stream);
    } else {
        file = fopencookie (
            stream, "r",
            (cookie_io_functions_t){.read = stream_read_copied, .close = stream_close});
        stream->copy = copy;
        *fd = stream->fd;
    }
    if (!file) {
        g_set_error_literal (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno),
                             g_strerror (errno));
        nf_stream_free (stream);
    }
    return file;
}
