/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Temporary files without a name. */
#include "spool.h"

#include <errno.h>
#include <unistd.h>

NfSpool *
nf_spool_new (GError **error)
{
    g_autofree char *name = NULL;
    g_autoptr (GError) trouble = NULL;
    int fd = g_file_open_tmp ("nfpeek-XXXXXX", &name, &trouble);
    NfSpool *spool;

    if (fd < 0) {
        g_propagate_prefixed_error (error, g_steal_pointer (&trouble), "no temporary file: ");
        return NULL;
    }
    unlink (name);
    spool = g_new0 (NfSpool, 1);
    spool->fd = fd;
    spool->left = NF_SPOOL_OCTETS;
    return spool;
}

void
nf_spool_free (gpointer data)
{
    NfSpool *spool = data;

    close (spool->fd);
    g_free (spool);
}

gboolean
nf_spool_take (NfSpool *spool, gsize n)
{
    spool->is_cut |= n > spool->left;
    if (spool->is_cut)
        return FALSE;
    spool->left -= n;
    return TRUE;
}

void
nf_spool_add (NfSpool *spool, const void *octets, gsize n)
{
    const char *at = octets;

    if (!nf_spool_take (spool, n))
        return;
    while (n > 0) {
        ssize_t done = write (spool->fd, at, n);

        if (done < 0 && errno != EINTR) {
            spool->is_cut = TRUE;
            return;
        }
        at += MAX (done, 0);
        n -= (gsize)MAX (done, 0);
    }
}

/* The copy of the descriptor has its place in the file in common with the others. */
FILE *
nf_spool_open (const NfSpool *spool, const char *mode, GError **error)
{
    int fd = dup (spool->fd);
    FILE *file = fd >= 0 && lseek (fd, 0, SEEK_SET) == 0 ? fdopen (fd, mode) : NULL;

    if (file)
        return file;
    g_set_error (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno), "a temporary file: %s",
                 g_strerror (errno));
    if (fd >= 0)
        close (fd);
    return NULL;
}
