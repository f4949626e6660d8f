/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files and pipes, compressed or not, with a look at their beginning. */
#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* How much can be looked at before reading: enough to tell any kind of file. */
#define PEEK_LENGTH 4096

/* Large reads: a capture is read once from its beginning to its end. */
#define BUFFER_LENGTH (256 * 1024)

struct _NfStream {
    int fd;
    gzFile gz; /* reads files that are not compressed as they are */
    gboolean is_repeatable;
    guint8 peeked[PEEK_LENGTH];
    gsize n_peeked;  /* octets in `peeked` */
    gsize n_taken;   /* of those, how many have been read again */
    gboolean at_end; /* the file ended within `peeked` */
    NfSpool *copy;   /* what is read goes there, too; borrowed, or NULL */
};

static int
open_descriptor (const char *name, GError **error)
{
    int fd = strcmp (name, "-") == 0 ? dup (STDIN_FILENO) : open (name, O_RDONLY | O_CLOEXEC);
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
    stream->gz = gzdopen (fd, "rb");
    gzbuffer (stream->gz, BUFFER_LENGTH);
    return stream;
}

void
nf_stream_free (NfStream *stream)
{
    gzclose (stream->gz);
    g_free (stream);
}

gboolean
nf_stream_is_repeatable (const NfStream *stream)
{
    return stream->is_repeatable;
}

static gboolean
set_read_error (const NfStream *stream, GError **error)
{
    int code;
    const char *text = gzerror (stream->gz, &code);

    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_IO,
                         code == Z_ERRNO ? g_strerror (errno) : text);
    return FALSE;
}

const guint8 *
nf_stream_peek (NfStream *stream, gsize *length, GError **error)
{
    while (stream->n_peeked < PEEK_LENGTH && !stream->at_end) {
        int n = gzread (stream->gz, stream->peeked + stream->n_peeked,
                        (unsigned)(PEEK_LENGTH - stream->n_peeked));

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
    gsize again = MIN (size, stream->n_peeked - stream->n_taken);

    if (again == 0)
        return gzread (stream->gz, buffer, (unsigned)MIN (size, G_MAXINT));
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

GByteArray *
nf_stream_read_all (NfStream *stream, gsize max, const char *what, GError **error)
{
    g_autoptr (GByteArray) all = g_byte_array_new ();
    ssize_t n;

    do {
        guint before = all->len;

        g_byte_array_set_size (all, before + BUFFER_LENGTH);
        n = stream_read (stream, (char *)all->data + before, BUFFER_LENGTH);
        g_byte_array_set_size (all, before + (guint)MAX (n, 0));
    } while (n > 0 && all->len <= max);
    if (n < 0) {
        set_read_error (stream, error);
        return NULL;
    }
    if (all->len > max) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                     "%s is read up to %" G_GSIZE_FORMAT " MiB only", what, max >> 20);
        return NULL;
    }
    return g_steal_pointer (&all);
}

/* A file that is read as it is needs no more than that. NULL where that cannot be. */
static FILE *
reopen (NfStream *stream, int *fd)
{
    FILE *file;

    if (!stream->is_repeatable || !gzdirect (stream->gz))
        return NULL;
    *fd = dup (stream->fd);
    file = *fd >= 0 && lseek (*fd, 0, SEEK_SET) == 0 ? fdopen (*fd, "rb") : NULL;
    if (!file && *fd >= 0)
        close (*fd);
    return file;
}

FILE *
nf_stream_to_file (NfStream *stream, NfSpool *copy, int *fd)
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
    setvbuf (file, NULL, _IOFBF, BUFFER_LENGTH);
    return file;
}
