/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file of --templates. */
#include "remember.h"

#include "replace.h"
#include "say.h"
#include "source.h"
#include "template-store.h"
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* How often a live run writes. */
#define WRITE_US ((gint64)60 * G_USEC_PER_SEC)

/* For how long a live run takes a Template to be good without --template-timeout: so many times as
 * its exporter takes to send it again, and at least so long. */
#define LIVE_INTERVALS  3
#define LIVE_TIMEOUT_NS ((gint64)30 * 60 * 1000000000)

/* Domains and Templates of which is remembered that they have been judged; of more nothing is said.
 */
#define MAX_JUDGED 65536

/* A datagram of the file. Its order is its number in the file, from 1. */
typedef struct {
    NfDatagram datagram; /* its octets are owned */
} Held;

/* A domain that has used a Template of the file. */
typedef struct {
    NfDomainKey domain;
    guint64 order; /* where the Template is in the file */
    guint32 offset;
} Judged;

struct _NfRemember {
    const NfOptions *options;
    char *path;   /* where the file is, or will be */
    GArray *held; /* of Held, in order; their octets go once they are learnt */
    NfTemplateStore *store;
    GHashTable *judged;  /* set of Judged, owned */
    Judged current;      /* the last one that may have to go there */
    gboolean exists;     /* it is there, and whole */
    gboolean is_kept;    /* the file has more than Templates: it is left as it is */
    gboolean is_damaged; /* it could not be read whole: it is written anew in any case */
    guint64 written;     /* changes of the store that are in the file */
    gint64 written_us;   /* when it was written last, by the monotonic clock; 0: never */
    gboolean is_full;    /* that domains are forgotten to make room has been said */
};

/* ---- the file ---- */

static gboolean
fail (const NfRemember *r, const char *what, GError **error)
{
    g_set_error (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno),
                 "--templates: cannot %s %s: %s", what, r->path, g_strerror (errno));
    return FALSE;
}

/* Whether it may become the file of remembered Templates. `exists` becomes whether it is there. */
static gboolean
check_file (const NfRemember *r, gboolean *exists, GError **error)
{
    struct stat about;
    g_autofree char *beside = NULL;
    int fd;

    *exists = stat (r->path, &about) == 0;
    if (!*exists && errno != ENOENT)
        return fail (r, "read", error);
    if (!nf_replace_check ("--templates", r->options->templates, r->options->files, error))
        return FALSE;
    *exists = *exists && about.st_size > 0;
    beside = nf_replace_begin (r->path, &fd);
    if (!beside)
        return fail (r, "write", error);
    close (fd);
    g_unlink (beside);
    return TRUE;
}

/* ---- reading ---- */

static void
held_clear (gpointer held)
{
    g_free ((gpointer)((Held *)held)->datagram.octets);
}

static void
hold (NfRemember *r, const NfDatagram *datagram)
{
    Held held = {.datagram = *datagram};
    NfDatagram *g = &held.datagram;

    g->octets = g_memdup2 (g->octets, g->length);
    g->order = r->held->len + 1;
    g->file = NF_FILE_TEMPLATES;
    g->packet = 0;
    g->frames = NULL;
    g->n_frames = 0;
    g_array_append_val (r->held, held);
}

/* Reads a capture. All of its Messages are learnt; those from which nothing is remembered, and what
 * is no Message, are a reason not to write the file. */
static gboolean
read_capture (NfRemember *r, NfInput *input, GError **error)
{
    g_autoptr (GError) damage = NULL;
    NfSource *source = NULL;
    NfItem item;

    if (nf_input_look (input, &damage))
        source = nf_input_open (input, &damage);
    if (!source) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "--templates %s: %s",
                     r->options->templates, damage->message);
        return FALSE;
    }
    while (source->next (source, &item, &damage)) {
        const NfDatagram *g = &item.datagram;

        if (item.kind == NF_ITEM_DATAGRAM &&
            nf_message_plausible (g->octets, g->length, g->wire_length)) {
            r->is_kept |= !nf_template_store_note (r->store, g);
            hold (r, g);
        } else {
            r->is_kept = TRUE;
        }
    }
    r->is_damaged = damage != NULL;
    if (damage)
        nf_say (r->options->templates, "%s: what comes before is used", damage->message);
    source->free (source);
    return TRUE;
}

static gboolean
read_file (NfRemember *r, GError **error)
{
    NfOptions plain = *r->options;
    NfInput *input;
    gboolean good = TRUE;

    plain.ports = g_array_new (FALSE, FALSE, sizeof (NfRange)); /* -d is about the run */
    input = nf_input_new_file (r->path, &plain);
    if (nf_input_is_capture (input, error)) {
        good = read_capture (r, input, error);
    } else {
        good = FALSE;
        if (error && !*error)
            g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                         "--templates %s is no capture: it is left as it is",
                         r->options->templates);
    }
    nf_input_free (input);
    g_array_unref (plain.ports);
    r->exists = !r->is_damaged;
    r->written = nf_template_store_changes (r->store);
    if (r->is_kept && !r->options->quiet)
        nf_say (r->options->templates, "has more than Templates and options data over UDP: it is "
                                       "read, but not written");
    return good;
}

static guint
judged_hash (gconstpointer data)
{
    const Judged *judged = data;

    return nf_domain_key_hash (&judged->domain) ^ (guint)(judged->order * 31 + judged->offset);
}

static gboolean
judged_equal (gconstpointer a, gconstpointer b)
{
    const Judged *x = a, *y = b;

    return x->order == y->order && x->offset == y->offset &&
           nf_domain_key_equal (&x->domain, &y->domain);
}

/* Where the file is, or will be: what replaces it must not replace a link to it. */
static char *
resolve (const char *path)
{
    char *real = realpath (path, NULL);
    g_autofree char *target = real ? NULL : g_file_read_link (path, NULL);
    g_autofree char *folder = g_path_get_dirname (path);
    char *resolved;

    if (real)
        resolved = g_strdup (real);
    else if (target && !g_path_is_absolute (target))
        resolved = g_build_filename (folder, target, NULL);
    else
        resolved = g_strdup (target ? target : path);
    free (real);
    return resolved;
}

NfRemember *
nf_remember_new (const NfOptions *options, NfRegistry *registry, GError **error)
{
    NfRemember *r = g_new0 (NfRemember, 1);
    gboolean exists;

    r->options = options;
    r->path = resolve (options->templates);
    r->held = g_array_new (FALSE, FALSE, sizeof (Held));
    g_array_set_clear_func (r->held, held_clear);
    r->store = nf_template_store_new (registry);
    r->judged = g_hash_table_new_full (judged_hash, judged_equal, g_free, NULL);
    if (check_file (r, &exists, error) && (!exists || read_file (r, error)))
        return r;
    nf_remember_free (r);
    return NULL;
}

void
nf_remember_free (NfRemember *remember)
{
    g_hash_table_unref (remember->judged);
    nf_template_store_free (remember->store);
    g_array_unref (remember->held);
    g_free (remember->path);
    g_free (remember);
}

/* ---- in a run ---- */

static void
learn_once (const NfRemember *r, NfCollector *collector)
{
    for (guint i = 0; i < r->held->len; i++)
        nf_collector_learn (collector, &g_array_index (r->held, Held, i).datagram, NULL);
}

void
nf_remember_learn (NfRemember *remember, NfCollector *collector)
{
    learn_once (remember, collector);
    if (nf_collector_missed_options (collector))
        learn_once (remember, collector);
    nf_collector_set_remembered (collector, remember->held->len + 1);
    for (guint i = 0; i < remember->held->len; i++) {
        NfDatagram *g = &g_array_index (remember->held, Held, i).datagram;

        g_clear_pointer ((gpointer *)&g->octets, g_free);
        g->length = g->wire_length = 0;
    }
}

void
nf_remember_note (NfRemember *remember, const NfDatagram *datagram)
{
    if (!remember->is_kept)
        nf_template_store_note (remember->store, datagram);
}

static gint64
time_of (const NfDatagram *datagram, const NfMessage *message)
{
    return datagram->has_time ? datagram->time_ns : (gint64)message->export_time_s * 1000000000;
}

/* For how long a Template is good that was not announced again, nanoseconds. */
static gint64
timeout_of (const NfRemember *r, const NfDatagram *datagram, const NfMessage *message)
{
    if (r->options->template_timeout_us > 0)
        return r->options->template_timeout_us > G_MAXINT64 / 1000
                   ? G_MAXINT64
                   : r->options->template_timeout_us * 1000;
    if (r->options->listen->len == 0 && !r->options->interface)
        return G_MAXINT64;
    return MAX (LIVE_TIMEOUT_NS,
                LIVE_INTERVALS * nf_template_store_interval (r->store, datagram, message));
}

/* Whether nothing was said yet of a Template of the file that is used. */
static gboolean
is_news (NfRemember *r, const NfDatagram *datagram, const NfMessage *message,
         const NfTemplateUse *use)
{
    r->current = (Judged){.domain = {.exporter = datagram->exporter,
                                     .transport = datagram->transport,
                                     .connection = datagram->connection,
                                     .version = message->version,
                                     .id = message->domain},
                          .order = use->order,
                          .offset = use->offset};
    return !g_hash_table_contains (r->judged, &r->current) &&
           g_hash_table_size (r->judged) < MAX_JUDGED;
}

void
nf_remember_said (NfRemember *remember)
{
    g_hash_table_add (remember->judged, g_memdup2 (&remember->current, sizeof (Judged)));
}

gboolean
nf_remember_judge (NfRemember *remember, const NfDatagram *datagram, const NfMessage *message,
                   const NfEvent *set, NfFinding *finding)
{
    const NfTemplateUse *use = set->use;
    const gint64 minute = (gint64)60 * 1000000000;
    gint64 age;

    if (!message || !use->binding || use->order == 0 || use->order > remember->held->len ||
        !is_news (remember, datagram, message, use))
        return FALSE;

    const NfDatagram *from = &g_array_index (remember->held, Held, (guint)use->order - 1).datagram;

    age = MAX (time_of (datagram, message) - from->time_ns, 0);
    *finding = (NfFinding){.id = age > timeout_of (remember, datagram, message)
                                     ? NF_FINDING_TEMPLATE_REMEMBERED_LONG
                                     : NF_FINDING_TEMPLATE_REMEMBERED,
                           .span = {set->set->span.offset, 4},
                           .args = {set->set->id, (guint64)(age / minute)}};
    return TRUE;
}

/* ---- writing ---- */

static void
write_datagram (const NfDatagram *datagram, gpointer writer)
{
    nf_writer_add (writer, datagram);
}

/* Writes all into an open file, which is closed, and sees to it that the disk has it. */
static gboolean
write_store (const NfRemember *r, int fd, GError **error)
{
    int kept = dup (fd);
    FILE *file = fdopen (fd, "wb");
    NfWriter *writer = nf_writer_new_file (file, r->path, error);
    gboolean good = writer != NULL;

    if (!file) {
        close (fd);
        fail (r, "write", error);
    }
    if (writer) {
        nf_template_store_compose (r->store, write_datagram, writer);
        good = nf_writer_close (writer, error);
    }
    if (good && (kept < 0 || fsync (kept) != 0))
        good = fail (r, "write", error);
    if (kept >= 0)
        close (kept);
    return good;
}

/* Makes sure that the name of the file survives, too, where the system can tell. */
static void
sync_folder (const NfRemember *r)
{
    g_autofree char *folder = g_path_get_dirname (r->path);
    int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return;
    fsync (fd);
    close (fd);
}

/* The first time that not all is remembered that came. */
static void
say_full (NfRemember *r)
{
    if (r->is_full || nf_template_store_forgotten (r->store) == 0)
        return;
    r->is_full = TRUE;
    nf_say (r->options->templates,
            "there is room for %u MiB of Templates and options data: Observation Domains that were "
            "silent longest are forgotten",
            (guint)(NF_TEMPLATE_STORE_SIZE >> 20));
}

gboolean
nf_remember_write (NfRemember *remember, GError **error)
{
    guint64 changes = nf_template_store_changes (remember->store);
    g_autofree char *beside = NULL;
    int fd;

    remember->written_us = g_get_monotonic_time ();
    if (remember->is_kept || (remember->exists && changes == remember->written))
        return TRUE;
    beside = nf_replace_begin (remember->path, &fd);
    if (!beside)
        return fail (remember, "write", error);
    if (!write_store (remember, fd, error)) {
        g_unlink (beside);
        return FALSE;
    }
    if (!nf_replace_end (beside, remember->path))
        return fail (remember, "write", error);
    sync_folder (remember);
    say_full (remember);
    remember->exists = TRUE;
    remember->written = changes;
    return TRUE;
}

gint64
nf_remember_due_us (const NfRemember *remember)
{
    if (nf_template_store_changes (remember->store) == remember->written)
        return G_MAXINT64;
    return remember->written_us == 0 ? 0 : remember->written_us + WRITE_US;
}

gboolean
nf_remember_write_if_due (NfRemember *remember, GError **error)
{
    gint64 due_us = nf_remember_due_us (remember);

    return due_us == G_MAXINT64 || g_get_monotonic_time () < due_us ||
           nf_remember_write (remember, error);
}
