/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nfpeek: shows what is in NetFlow and IPFIX packets, and what is wrong with them. */
#include "folder.h"
#include "interface.h"
#include "list.h"
#include "run.h"
#include "say.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <pcap/pcap.h>
#include <signal.h>
#include <unistd.h>
#include <zlib.h>

static gboolean
print (NfText *t)
{
    gboolean good = fwrite (t->start, 1, nf_text_length (t), stdout) == nf_text_length (t) &&
                    fflush (stdout) == 0;

    if (!good)
        nf_say (NULL, "cannot write standard output: %s", g_strerror (errno));
    nf_text_clear (t);
    return good;
}

static void
version (NfText *t)
{
    nf_text_add_format (t, "nfpeek %s\n", PACKAGE_VERSION);
    nf_text_add_format (t, "with GLib %u.%u.%u, %s, zlib %s\n", glib_major_version,
                        glib_minor_version, glib_micro_version, pcap_lib_version (),
                        zlibVersion ());
    nf_text_add (t, "License GPL-2.0-or-later: there is no warranty.\n");
}

/* The shipped registry, the user's own files, and those of --elements. */
static NfRegistry *
load_registry (const NfOptions *options, GError **error)
{
    g_autoptr (NfRegistry) registry = nf_registry_new ();

    if (!nf_registry_load_user (registry, error))
        return NULL;
    for (guint i = 0; i < options->elements->len; i++)
        if (!nf_registry_load (registry, options->elements->pdata[i], error))
            return NULL;
    return g_steal_pointer (&registry);
}

static int
perform (NfOptions *options, GError **error)
{
    g_autoptr (NfRegistry) registry = NULL;
    NfText t = NF_TEXT_INIT;

    if (options->task == NF_DO_HELP)
        nf_options_help (&t);
    else if (options->task == NF_DO_VERSION)
        version (&t);
    else if (options->task == NF_DO_LIST_LIMITS)
        nf_bounds_list (&t);
    else if (options->task == NF_DO_LIST_FINDINGS)
        return nf_list_findings (&t, options->words, error) && print (&t) ? NF_EXIT_DONE
                                                                          : NF_EXIT_FAILED;
    else if (options->task == NF_DO_LIST_INTERFACES)
        return nf_interfaces_list (&t, error) && print (&t) ? NF_EXIT_DONE : NF_EXIT_FAILED;
    else if (!(registry = load_registry (options, error)))
        return NF_EXIT_FAILED;
    else if (options->task == NF_DO_SHOW)
        return nf_folders_expand (options, error) ? nf_run (options, registry) : NF_EXIT_FAILED;
    else if (!nf_list_elements (&t, registry, options, error))
        return NF_EXIT_FAILED;
    return print (&t) ? NF_EXIT_DONE : NF_EXIT_FAILED;
}

/* Where standard input, output or error is closed, the next file to be opened would have its
 * number, and what is meant for it be written into that file. Something takes its place that can
 * only be used the wrong way round. FALSE: nothing can. */
static gboolean
occupy_standard (void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl (fd, F_GETFD) < 0 &&
            open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            return FALSE;
    return TRUE;
}

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;
    NfOptions options;
    int status = NF_EXIT_FAILED;

    setlocale (LC_CTYPE, "");
    nf_say_when_memory_ends ();
    signal (SIGPIPE, SIG_DFL); /* `nfpeek ... | head` ends as other filters do */
    if (!occupy_standard ())
        return NF_EXIT_FAILED;
    if (nf_options_parse (&options, argc, argv, &error))
        status = perform (&options, &error);
    nf_options_clear (&options);
    if (error)
        nf_say (NULL, "%s", error->message);
    return status;
}
