/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the views' text goes. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
fail (const NfOutput *output, GError **error)
{
    g_set_error (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno), "cannot write %s: %s",
                 output->name, g_strerror (errno));
    return FALSE;
}

gboolean
nf_output_is_input (const struct stat *about, const GPtrArray *inputs)
{
    struct stat input;

    for (guint i = 0; S_ISREG (about->st_mode) && i < inputs->len; i++)
        if (stat (inputs->pdata[i], &input) == 0 && input.st_dev == about->st_dev &&
            input.st_ino == about->st_ino)
            return TRUE;
    return FALSE;
}

gboolean
nf_output_open (NfOutput *output, const char *option, const char *path, const GPtrArray *inputs,
                GError **error)
{
    struct stat about;

    *output = (NfOutput){.name = "standard output", .fd = STDOUT_FILENO};
    if (!path || strcmp (path, "-") == 0)
        return TRUE;
    output->name = path;
    output->fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (output->fd < 0 || fstat (output->fd, &about) < 0)
        return fail (output, error);
    if (!nf_output_is_input (&about, inputs))
        return TRUE;
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s %s is one of the files to be read",
                 option, path);
    return FALSE;
}

gboolean
nf_output_begin (const NfOutput *output, GError **error)
{
    struct stat about;

    if (output->fd == STDOUT_FILENO || fstat (output->fd, &about) < 0 || !S_ISREG (about.st_mode))
        return TRUE; /* what is no file has nothing to be emptied of */
    return ftruncate (output->fd, 0) == 0 || fail (output, error);
}

gboolean
nf_output_has_moved (const NfOutput *output)
{
    struct stat about, named;

    if (output->fd == STDOUT_FILENO || fstat (output->fd, &about) < 0 || !S_ISREG (about.st_mode))
        return FALSE;
    return stat (output->name, &named) < 0 || named.st_dev != about.st_dev ||
           named.st_ino != about.st_ino;
}

gboolean
nf_output_reopen (NfOutput *output, const char *option, const GPtrArray *inputs, GError **error)
{
    NfOutput old = *output, new;

    if (!nf_output_has_moved (output) ||
        !nf_output_open (&new, option, output->name, inputs, error))
        return FALSE;
    if (!nf_output_begin (&new, error)) {
        close (new.fd);
        return FALSE;
    }
    *output = new;
    nf_output_close (&old, error);
    return TRUE;
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
