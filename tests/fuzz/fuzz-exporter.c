/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A fuzzer's input -> what two exporters send, well formed but for what they say: each octet is a
 * choice. Templates have elements that nfpeek does something with beside showing them, a few of
 * them most of the time, and records have small numbers, so that records are about one another:
 * what options data announces is what flows name. The first octet chooses what the command does
 * with it.
 */
#include "lines.h"
#include "scratch.h"

#include "cli/writer.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define FIRST_ID   256
#define N_IDS      6
#define MAX_FIELDS 8
#define N_USED     8     /* elements that are used most, */
#define N_FIRST    32    /* the first half of them from so many of the first ones */
#define MAX_DEPTH  3     /* of lists in lists */
#define MAX_OCTETS 1400  /* of a Message, about */
#define MAX_FILE   32768 /* of all, about */
#define VARIABLE   65535

#define MAX_DATAGRAM 65000 /* about as much as UDP carries */

enum { BASIC_LIST = 291, TEMPLATE_LIST = 292, TEMPLATE_MULTI_LIST = 293 };

typedef struct {
    guint16 id, length;
    guint32 pen;
} Element;

/* With the length that exporters send them with; VARIABLE are lists, strings and octets. The first
 * ones are those that say something of others: what announces, and what is announced. */
static const Element elements[] = {
    {BASIC_LIST, VARIABLE, 0},
    {TEMPLATE_LIST, VARIABLE, 0},
    {TEMPLATE_MULTI_LIST, VARIABLE, 0},
    {137, 8, 0},
    {145, 2, 0},
    {149, 4, 0},
    {160, 8, 0},
    {4, 1, 0},
    {7, 2, 0},
    {11, 2, 0},
    {32, 2, 0},
    {139, 2, 0},
    {8, 4, 0},
    {10, 4, 0},
    {14, 4, 0},
    {82, VARIABLE, 0},
    {34, 4, 0},
    {48, 1, 0},
    {50, 4, 0},
    {84, VARIABLE, 0},
    {302, 8, 0},
    {305, 4, 0},
    {306, 4, 0},
    {309, 4, 0},
    {310, 4, 0},
    {311, 8, 0},
    {95, 4, 0},
    {96, VARIABLE, 0},
    {234, 4, 0},
    {236, VARIABLE, 0},
    {22, 4, 0},
    {152, 8, 0},
    {1, 8, 0},
    {2, 8, 0},
    {3, 4, 0},
    {5, 1, 0},
    {6, 2, 0},
    {9, 1, 0},
    {12, 4, 0},
    {15, 4, 0},
    {21, 4, 0},
    {23, 8, 0},
    {27, 16, 0},
    {28, 16, 0},
    {35, 1, 0},
    {40, 8, 0},
    {41, 8, 0},
    {42, 8, 0},
    {46, 1, 0},
    {49, 1, 0},
    {56, 6, 0},
    {60, 1, 0},
    {61, 1, 0},
    {70, 3, 0},
    {83, VARIABLE, 0},
    {85, 8, 0},
    {86, 8, 0},
    {89, 1, 0},
    {90, 8, 0},
    {94, VARIABLE, 0},
    {104, 4, 0},
    {130, 4, 0},
    {131, 16, 0},
    {136, 1, 0},
    {142, 4, 0},
    {143, 4, 0},
    {144, 4, 0},
    {148, 8, 0},
    {150, 4, 0},
    {151, 4, 0},
    {153, 8, 0},
    {154, 8, 0},
    {155, 8, 0},
    {156, 8, 0},
    {157, 8, 0},
    {158, 4, 0},
    {159, 4, 0},
    {161, 4, 0},
    {163, 8, 0},
    {164, 8, 0},
    {166, 8, 0},
    {173, 8, 0},
    {176, 1, 0},
    {177, 1, 0},
    {193, 1, 0},
    {210, VARIABLE, 0},
    {210, 3, 0},
    {225, 4, 0},
    {226, 4, 0},
    {227, 2, 0},
    {230, 1, 0},
    {231, 8, 0},
    {232, 8, 0},
    {233, 1, 0},
    {235, 4, 0},
    {239, 1, 0},
    {252, 4, 0},
    {253, 4, 0},
    {258, 8, 0},
    {276, 1, 0},
    {298, 8, 0},
    {299, 8, 0},
    {300, VARIABLE, 0},
    {303, 2, 0},
    {304, 2, 0},
    {315, VARIABLE, 0},
    {322, 4, 0},
    {323, 8, 0},
    {324, 8, 0},
    {325, 8, 0},
    {335, VARIABLE, 0},
    {339, 1, 0},
    {340, 4, 0},
    {341, VARIABLE, 0},
    {342, 8, 0},
    {343, 8, 0},
    {344, 1, 0},
    {345, 2, 0},
    {346, 4, 0},
    {352, 8, 0},
    {434, 4, 0},
    {435, VARIABLE, 0},
    {436, VARIABLE, 0},
    {445, VARIABLE, 0},
    {1, 8, 29305},
    {2, 8, 29305},
    {7, 2, 29305},
    {152, 8, 29305},
    {137, 4, 29305},
    {BASIC_LIST, VARIABLE, 29305},
    {5, 4, 32473},
    {12232, 6, 9},
    {9252, 4, 9},
    {8232, 4, 9},
    {1, 4, 4294967295},
    {BASIC_LIST, 12, 0},
};

typedef struct {
    guint n, n_scopes;
    gboolean options;
    Element fields[MAX_FIELDS];
} Template;

typedef struct {
    guint version; /* 9 or 10 */
    gboolean has_begun;
    guint32 sequence;
    Template templates[N_IDS];
} Exporter;

typedef struct {
    const guint8 *at, *end; /* the choices that are left */
    GByteArray *octets;     /* of the Message */
    Element used[N_USED];
    Exporter *exporter;
    guint depth; /* lists around what is written */
} Scene;

/* ---- choices ---- */

static guint
choose (Scene *s, guint n)
{
    return s->at < s->end ? *s->at++ % n : 0;
}

static void
put (Scene *s, guint64 value, guint n)
{
    while (n-- > 0)
        g_byte_array_append (s->octets, &(guint8){(guint8)(n < 8 ? value >> 8 * n : 0)}, 1);
}

static void
put_at (Scene *s, guint at, guint length)
{
    s->octets->data[at] = (guint8)(length >> 8);
    s->octets->data[at + 1] = (guint8)length;
}

/* ---- values ---- */

static void put_value (Scene *s, const Element *e);

static Element
any_element (Scene *s)
{
    return elements[choose (s, G_N_ELEMENTS (elements))];
}

static Element
choose_element (Scene *s)
{
    guint how = choose (s, 24);
    Element e = how < 16 ? s->used[how % N_USED] : any_element (s);

    if (how == 23) /* one that means nothing in particular */
        e = (Element){.id = (guint16)(1 + choose (s, 255) + 255 * choose (s, 2)), .length = 4};
    else if (how == 22)
        e.length = VARIABLE;
    else if (how == 21 && e.length != VARIABLE) /* reduced, or not allowed */
        e.length = (guint16)(1 + choose (s, 9));
    if (s->exporter->version == 9 && e.length == VARIABLE)
        e.length = (guint16)(1 + choose (s, 9));
    if (s->exporter->version == 9)
        e.pen = 0;
    return e;
}

static void
put_specifier (Scene *s, const Element *e)
{
    put (s, e->id | (e->pen > 0 ? 0x8000u : 0u), 2);
    put (s, e->length, 2);
    if (e->pen > 0)
        put (s, e->pen, 4);
}

static void
put_records (Scene *s, guint which, guint n)
{
    const Template *t = &s->exporter->templates[which];

    for (guint i = 0; i < n; i++)
        for (guint k = 0; k < t->n; k++)
            put_value (s, &t->fields[k]);
}

/* What is in a list of this kind (RFC 6313 4.5). */
static void
put_list (Scene *s, guint id)
{
    guint n = choose (s, 4), which, start;
    Element e;

    put (s, choose (s, 6) > 0 ? choose (s, 5) : 255, 1);
    if (id == BASIC_LIST) {
        e = choose_element (s);
        put_specifier (s, &e);
        while (n-- > 0)
            put_value (s, &e);
        return;
    }
    which = choose (s, N_IDS);
    if (id == TEMPLATE_LIST) {
        put (s, FIRST_ID + which, 2);
        put_records (s, which, n);
        return;
    }
    for (; n > 0; n--, which = choose (s, N_IDS)) {
        start = s->octets->len;
        put (s, FIRST_ID + which, 2);
        put (s, 0, 2);
        put_records (s, which, choose (s, 3));
        put_at (s, start + 2, s->octets->len - start);
    }
}

static gboolean
is_list (const Element *e)
{
    return e->id >= BASIC_LIST && e->id <= TEMPLATE_MULTI_LIST && (e->pen == 0 || e->pen == 29305);
}

static void
put_variable (Scene *s, const Element *e)
{
    guint start = s->octets->len + 1;

    if (!is_list (e)) {
        guint n = choose (s, 12);

        put (s, n, 1);
        for (guint i = 0; i < n; i++)
            put (s, i == 0 ? choose (s, 256) : 'a' + i, 1);
        return;
    }
    put (s, 255, 1);
    put (s, 0, 2);
    if (s->depth < MAX_DEPTH && s->octets->len < MAX_OCTETS) {
        s->depth++;
        put_list (s, e->id);
        s->depth--;
    }
    put_at (s, start, s->octets->len - start - 2);
}

static void
put_value (Scene *s, const Element *e)
{
    guint how;

    if (e->length == VARIABLE) {
        put_variable (s, e);
        return;
    }
    how = choose (s, 8);
    if (how < 4)
        put (s, how, e->length);
    else if (how == 4) /* a Template, maybe */
        put (s, FIRST_ID + choose (s, N_IDS), e->length);
    else if (how == 5)
        put (s, choose (s, 256), e->length);
    else if (how == 6)
        put (s, G_MAXUINT64 - choose (s, 4), e->length);
    else
        put (s, 0x6553f100ull << (e->length > 4 ? 32 : 0) | choose (s, 16), e->length);
}

/* ---- Sets ---- */

static void
put_template (Scene *s, guint which, gboolean options)
{
    Template *t = &s->exporter->templates[which];
    gboolean is_v9 = s->exporter->version == 9;

    *t = (Template){.n = 1 + choose (s, MAX_FIELDS), .options = options};
    t->n_scopes = options ? 1 + choose (s, t->n) : 0;
    for (guint i = 0; i < t->n; i++) {
        t->fields[i] = choose_element (s);
        if (is_v9 && i < t->n_scopes)
            t->fields[i].id = (guint16)(1 + choose (s, 5));
    }
    put (s, FIRST_ID + which, 2);
    if (!options || !is_v9)
        put (s, t->n, 2);
    if (options)
        put (s, is_v9 ? 4 * t->n_scopes : t->n_scopes, 2);
    if (options && is_v9)
        put (s, 4 * (t->n - t->n_scopes), 2);
    for (guint i = 0; i < t->n; i++)
        put_specifier (s, &t->fields[i]);
}

static guint
begin_set (Scene *s, guint id)
{
    guint start = s->octets->len;

    put (s, id, 2);
    put (s, 0, 2);
    return start;
}

static void
end_set (Scene *s, guint start)
{
    put_at (s, start + 2, s->octets->len - start);
}

/* So many Templates, or Options Templates, from one on. */
static void
put_template_set (Scene *s, guint which, guint n, gboolean options)
{
    guint start = begin_set (s, (s->exporter->version == 9 ? 0u : 2u) + (options ? 1u : 0u));

    for (guint i = 0; i < n; i++)
        put_template (s, which + i, options);
    end_set (s, start);
}

/* What an exporter begins with. Returns how many records NetFlow v9 counts. */
static guint
put_templates (Scene *s)
{
    put_template_set (s, 0, N_IDS / 2, TRUE);
    put_template_set (s, N_IDS / 2, N_IDS / 2, FALSE);
    s->exporter->has_begun = TRUE;
    return s->exporter->version == 9 ? N_IDS : 0;
}

/* Returns how many records it has, by which NetFlow v9 counts, and IPFIX those of data. */
static guint
put_set (Scene *s)
{
    guint kind = choose (s, 16), which = choose (s, N_IDS), n = 1 + choose (s, 3), start;

    if (kind < 2) {
        put_template_set (s, which, 1, kind == 1);
        return s->exporter->version == 9 ? 1 : 0;
    }
    start = begin_set (s, FIRST_ID + which);
    put_records (s, which, n);
    end_set (s, start);
    return n;
}

static void
put_message (Scene *s, guint n)
{
    Exporter *e = s->exporter;
    gboolean is_v9 = e->version == 9;
    guint records = 0;

    put (s, e->version, 2);
    put (s, 0, 2);
    if (is_v9)
        put (s, 1000000 + n, 4);
    put (s, 0x6553f100 + n, 4);
    put (s, e->sequence, 4);
    put (s, choose (s, 16) == 15 ? 2 : 1, 4);
    if (!e->has_begun)
        records = put_templates (s);
    for (guint sets = 1 + choose (s, 3); sets > 0 && s->octets->len < MAX_OCTETS; sets--)
        records += put_set (s);
    put_at (s, 2, is_v9 ? records : s->octets->len);
    e->sequence += is_v9 ? 1 : records;
}

/* ---- the capture ---- */

static void
add_datagram (NfWriter *writer, const GByteArray *message, guint exporter, guint n)
{
    const NfDatagram datagram = {
        .octets = message->data,
        .length = message->len,
        .wire_length = message->len,
        .exporter = {.family = 4, .address = {192, 0, 2, (guint8)(1 + exporter)}, .port = 2055},
        .collector = {.family = 4, .address = {198, 51, 100, 1}, .port = 2055},
        .transport = NF_TRANSPORT_UDP,
        .time_ns = (gint64)(1700000000 + n) * 1000000000,
        .has_time = TRUE};

    nf_writer_add (writer, &datagram);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    g_autofree char *input = scratch_path ("input");
    g_autoptr (GError) error = NULL;
    NfWriter *writer = nf_writer_new_file (fopen (input, "wb"), input, &error);
    gsize written = 0;
    Scene s = {.at = data, .end = data + size};
    guint which = choose (&s, 256);
    Exporter exporters[2] = {{.version = 10}, {.version = 9 + choose (&s, 2)}};

    for (guint i = 0; i < N_USED; i++)
        s.used[i] = i < N_USED / 2 ? elements[choose (&s, N_FIRST)] : any_element (&s);
    g_assert_no_error (error);
    for (guint n = 0; s.at < s.end && written < MAX_FILE; n++) {
        guint exporter = choose (&s, 4) == 3;

        s.exporter = &exporters[exporter];
        s.octets = g_byte_array_new ();
        put_message (&s, n);
        if (s.octets->len <= MAX_DATAGRAM)
            add_datagram (writer, s.octets, exporter, n);
        written += s.octets->len;
        g_byte_array_unref (s.octets);
    }
    nf_writer_close (writer, &error);
    g_assert_no_error (error);
    lines_run (input, which);
    return 0;
}
