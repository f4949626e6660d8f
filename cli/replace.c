/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "replace.h"

#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

gboolean
nf_replace_check (const char *option, const char *path, const GPtrArray *inputs, GError **error)
{
    struct stat about;

    if (stat (path, &about) != 0)
        return TRUE;
    if (!S_ISREG (about.st_mode))
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                     "%s %s is no ordinary file, and cannot be replaced by one", option, path);
    else if (nf_output_is_input (&about, inputs))
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                     "%s %s is one of the files to be read", option, path);
    else
        return TRUE;
    return FALSE;
}

char *
nf_replace_begin (const char *path, int *fd)
{
    g_autofree char *beside = g_strconcat (path, ".XXXXXX", NULL);

    *fd = g_mkstemp_full (beside, O_WRONLY | O_CLOEXEC, 0666);
    return *fd >= 0 ? g_steal_pointer (&beside) : NULL;
}

gboolean
nf_replace_end (const char *beside, const char *path)
{
    int reason;

    if (g_rename (beside, path) == 0)
        return TRUE;
    reason = errno;
    g_unlink (beside);
    errno = reason;
    return FALSE;
}
