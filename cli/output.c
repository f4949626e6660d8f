/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the views' text goes. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static gboolean
fail (const NfOutput *output, GError **error)
{
    g_set_error (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno), "cannot write %s: %s",
                 output->name, g_strerror (errno));
    return FALSE;
}

gboolean
nf_output_open (NfOutput *output, const char *path, GError **error)
{
    *output = (NfOutput){.name = "standard output", .fd = STDOUT_FILENO};
    if (!path)
        return TRUE;
    output->name = path;
    output->fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return output->fd >= 0 || fail (output, error);
}

gboolean
nf_output_write (NfOutput *output, NfText *text, GError **error)
{
    const char *at = text->start;

    while (at < text->at) {
        ssize_t n = write (output->fd, at, (gsize)(text->at - at));

        if (n < 0 && errno != EINTR)
            return fail (output, error);
        at += MAX (n, 0);
    }
    nf_text_truncate (text, 0);
    return TRUE;
}

gboolean
nf_output_close (NfOutput *output, GError **error)
{
    return close (output->fd) == 0 || fail (output, error);
}
