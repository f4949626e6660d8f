/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes a capture of random export, all of it in order, and what a decoder has to make of it, a
 * JSON object a Message with members as nfpeek -T json has them.
 *
 *      generate ELEMENTS SEED FIRST COUNT CAPTURE EXPECTED
 *
 * ELEMENTS is the folder of the registry. Exporter N, of the COUNT from FIRST on, has the address
 * 10.0.0.0 + N, and what it sends hangs on the seed and N alone: NetFlow v9 or IPFIX, a few
 * Templates, each with some records. Prints how much that is.
 */
#include "generate.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_TEMPLATE_ID 256
#define START_S           1700000000u
#define UPTIME_MS         500000000u
#define STEP_US           2000
#define ENOUGH            1300 /* octets: what a Message has before it ends, unless records are long */

typedef struct {
    Output o;
    FILE *capture, *expected;
    guint64 time_us;
    guint64 n_messages, n_templates, n_records;
} Run;

typedef struct {
    guint number;
    guint32 domain, sequence;
    guint n_templates, n_announced;
    Template templates[MAX_TEMPLATES];
    guint n_counted;      /* Template and Data Records of the Message */
    guint n_data_records; /* of the Message */
} Exporter;

/* ---- Sets (RFC 7011 3.3, RFC 3954 5.2, 5.3, 6) ---- */

static guint
begin_set (Run *run, guint id, const char *kind)
{
    guint start = run->o.octets->len;

    put (&run->o, id, 2);
    put (&run->o, 0, 2);
    say (&run->o, "{\"id\":%u,\"kind\":\"%s\",\"offset\":%u,", id, kind, start);
    return start;
}

/* Padding is shorter than what could be a record: as NetFlow v9 wants it, up to the next multiple
 * of four octets, or any; or none. */
static void
end_set (Run *run, guint start, guint least)
{
    Output *o = &run->o;
    guint padding = -o->octets->len % 4;

    if (o->version == 10 && draw (o, 2))
        padding = (guint)draw (o, 4);
    if (padding >= least)
        padding = 0;
    put_zeros (o, padding);
    put_at (o, start + 2, (guint16)(o->octets->len - start));
    if (padding > 0)
        say (o, "\"padding\":%u,", padding);
    say (o, "\"length\":%u},", o->octets->len - start);
}

/* Announces up to three more Templates of a kind. */
static void
put_template_set (Run *run, Exporter *e)
{
    Output *o = &run->o;
    gboolean options = e->templates[e->n_announced].options;
    guint n = 1 + (guint)draw (o, 3), start;

    start = begin_set (run, (o->version == 9 ? 0u : 2u) + (options ? 1u : 0u),
                       options ? "options_template" : "template");
    say (o, "\"templates\":[");
    for (; n > 0 && e->n_announced < e->n_templates &&
           e->templates[e->n_announced].options == options;
         n--) {
        put_template (o, &e->templates[e->n_announced++]);
        e->n_counted++;
    }
    say_end (o, "],");
    end_set (run, start, 4);
}

static void
put_data_set (Run *run, Exporter *e, guint i)
{
    Template *t = &e->templates[i];
    Output *o = &run->o;
    guint n = 1 + (guint)draw (o, t->n_records);
    guint start = begin_set (run, t->id, "data");

    say (o, "\"template\":%u,\"records\":[", t->id);
    do {
        put_record (o, e->templates, i);
        t->n_records--;
        e->n_counted++;
        e->n_data_records++;
        run->n_records++;
    } while (--n > 0 && o->octets->len < ENOUGH);
    say_end (o, "],");
    end_set (run, start, least_length (t));
}

/* ---- Messages ---- */

static void
begin_message (Run *run, Exporter *e)
{
    Output *o = &run->o;
    guint32 now_s = (guint32)(run->time_us / G_USEC_PER_SEC);
    guint uptime = UPTIME_MS + (guint)(run->time_us / 1000 - START_S * G_GUINT64_CONSTANT (1000));

    g_byte_array_set_size (o->octets, 0);
    g_string_truncate (o->json, 0);
    e->n_counted = e->n_data_records = 0;
    put (o, o->version, 2);
    put (o, 0, 2); /* Count or Length */
    if (o->version == 9)
        put (o, uptime, 4);
    put (o, now_s, 4);
    put (o, e->sequence, 4);
    put (o, e->domain, 4);
    say (o,
         "{\"packet\":%" PRIu64 ",\"exporter\":\"10.%u.%u.%u\",\"port\":40000,\"version\":%u,"
         "\"domain\":%u,\"sequence\":%u,",
         ++run->n_messages, e->number >> 16, e->number >> 8 & 255, e->number & 255, o->version,
         e->domain, e->sequence);
    say (o, "\"time\":");
    say_time (o, now_s, (guint)(run->time_us % G_USEC_PER_SEC), 6);
    say (o, ",\"export_time\":");
    say_time (o, now_s, 0, 0);
    say (o, ",");
    if (o->version == 9)
        say (o, "\"sys_uptime\":%u,", uptime);
    say (o, "\"sets\":[");
}

static void
end_message (Run *run, Exporter *e)
{
    Output *o = &run->o;

    say_end (o, "],");
    put_at (o, 2, (guint16)(o->version == 9 ? e->n_counted : o->octets->len));
    e->sequence += o->version == 9 ? 1 : e->n_data_records;
    if (o->version == 9)
        say (o, "\"count\":%u,", e->n_counted);
    say (o, "\"length\":%u,\"findings\":[]}\n", o->octets->len);
    fwrite (o->json->str, o->json->len, 1, run->expected);
    capture_add (run->capture, o, e->number, run->time_us);
    run->time_us += STEP_US;
}

/* One of the announced Templates with records left, if there is one. */
static gint
draw_due (Output *o, const Exporter *e)
{
    guint first = (guint)draw (o, e->n_announced);

    for (guint i = 0; i < e->n_announced; i++) {
        guint at = (first + i) % e->n_announced;

        if (e->templates[at].n_records > 0)
            return (gint)at;
    }
    return -1;
}

/* Another Set, of any kind. Returns FALSE where all is sent. */
static gboolean
put_set (Run *run, Exporter *e)
{
    gint due = draw_due (&run->o, e);
    gboolean is_left = e->n_announced < e->n_templates;

    if (is_left && (due < 0 || once_in (&run->o, 3)))
        put_template_set (run, e);
    else if (due >= 0)
        put_data_set (run, e, (guint)due);
    return is_left || due >= 0;
}

static gboolean
is_done (const Exporter *e)
{
    guint i = 0;

    while (i < e->n_announced && e->templates[i].n_records == 0)
        i++;
    return i == e->n_templates;
}

static void
run_exporter (Run *run, guint64 seed, guint number, Elements *const known[2])
{
    Exporter e = {.number = number};
    Output *o = &run->o;
    guint id = FIRST_TEMPLATE_ID;

    o->random = seed;
    o->random = draw (o, G_MAXUINT64) + number;
    o->version = draw (o, 3) ? 10 : 9;
    o->known = known[o->version == 10];
    e.domain = (guint32)draw (o, once_in (o, 2) ? 4 : G_MAXUINT32);
    e.sequence = (guint32)draw (o, G_MAXUINT32);
    e.n_templates = 1 + (guint)draw (o, MAX_TEMPLATES);
    for (guint i = 0; i < e.n_templates; i++) {
        draw_template (o, &e.templates[i], (guint16)id);
        id += 1 + (guint)draw (o, once_in (o, 4) ? 9000 : 3);
    }
    run->n_templates += e.n_templates;
    while (!is_done (&e)) {
        begin_message (run, &e);
        for (guint sets = 1 + (guint)draw (o, 8); sets > 0 && o->octets->len < ENOUGH; sets--)
            if (!put_set (run, &e))
                break;
        end_message (run, &e);
    }
}

/* ---- the command line ---- */

static FILE *
create (const char *path)
{
    FILE *file = fopen (path, "wb");

    if (!file) {
        fprintf (stderr, "generate: cannot write %s\n", path);
        exit (2);
    }
    return file;
}

int
main (int argc, char **argv)
{
    Run run = {.time_us = START_S * G_GUINT64_CONSTANT (1000000)};
    Elements *known[2];
    guint first, count;

    if (argc != 7) {
        fprintf (stderr, "Usage: generate ELEMENTS SEED FIRST COUNT CAPTURE EXPECTED\n");
        return 2;
    }
    known[0] = elements_read (argv[1], 9);
    known[1] = elements_read (argv[1], 10);
    first = (guint)strtoul (argv[3], NULL, 10);
    count = (guint)strtoul (argv[4], NULL, 10);
    run.capture = create (argv[5]);
    run.expected = create (argv[6]);
    run.o = (Output){.octets = g_byte_array_new (), .json = g_string_new (NULL)};
    capture_begin (run.capture);
    for (guint i = first; i < first + count; i++)
        run_exporter (&run, strtoull (argv[2], NULL, 10), i, known);
    printf ("%" PRIu64 " Templates, %" PRIu64 " records, %" PRIu64 " Messages\n", run.n_templates,
            run.n_records, run.n_messages);
    elements_free (known[0]);
    elements_free (known[1]);
    g_byte_array_unref (run.o.octets);
    g_string_free (run.o.json, TRUE);
    return fclose (run.capture) == 0 && fclose (run.expected) == 0 ? 0 : 2;
}
