/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inputs: files and text, told apart by what is in them. */
#include "hextext.h"
#include "source.h"
#include "anonymize.h"
#include "stream.h"

#include <pcap/dlt.h>

/* A file that is no capture is read whole; collectors' dumps of Messages stay far below. */
#define MAX_MESSAGES ((gsize)1 << 30)

/* Text takes some ten times its size while it is read, and nobody pastes as much as this. */
#define TEXT_TAKES 10
#define MAX_TEXT   ((gsize)64 << 20)

/* Octets of a text that are repeated where it cannot be read: enough to know it by. */
#define QUOTED 40

static void
free_chunk (gpointer chunk)
{
    g_byte_array_unref (((NfChunk *)chunk)->octets);
    g_free (chunk);
}

static NfInput *
new_input (const char *name, const NfOptions *options)
{
    NfInput *input = g_new0 (NfInput, 1);

    input->options = options;
    input->name = g_strdup (name);
    input->chunks = g_ptr_array_new_with_free_func (free_chunk);
    return input;
}

NfInput *
nf_input_new_file (const char *name, const NfOptions *options)
{
    NfInput *input = new_input (name, options);

    input->is_file = TRUE;
    return input;
}

void
nf_input_free (gpointer data)
{
    NfInput *input = data;

    g_free (input->name);
    g_free (input->remark);
    g_clear_error (&input->missed);
    g_ptr_array_unref (input->chunks);
    g_clear_pointer (&input->stream, nf_stream_free);
    g_clear_pointer (&input->spool, nf_spool_free);
    g_free (input);
}

NfInput *
nf_input_new_spool (const char *name, NfSpool *spool, const NfOptions *options)
{
    NfInput *input = new_input (name, options);

    input->is_known = TRUE;
    input->spool = spool;
    return input;
}

void
nf_input_rewind (NfInput *input)
{
    input->is_stream = FALSE;
}

/* The link type of octets that look like a frame: Ethernet with IP or VLAN in it, or IP itself. -1
 * for anything else. */
static int
guess_link_type (const GByteArray *octets)
{
    NfReader r = nf_reader (octets->data, octets->len, 0);
    NfReader start = r;
    guint8 first = nf_reader_u8 (&start);
    guint16 type;

    nf_reader_take (&r, 12);
    type = nf_reader_u16 (&r);
    if (nf_message_plausible (octets->data, octets->len, octets->len))
        return -1;
    if (!r.failed && (type == 0x0800 || type == 0x86dd || type == 0x8100 || type == 0x88a8))
        return DLT_EN10MB;
    return octets->len >= 28 && (first >> 4 == 4 || first >> 4 == 6) ? DLT_RAW : -1;
}

/* The octets of a UDP datagram's payload where its header stands before them, else all. */
static GByteArray *
without_udp_header (GByteArray *octets)
{
    const guint header = 8;
    NfReader r = nf_reader (octets->data, octets->len, 0);

    nf_reader_u32 (&r); /* ports */
    guint16 length = nf_reader_u16 (&r);

    nf_reader_u16 (&r); /* checksum */
    if (r.failed || length != octets->len || !nf_message_plausible (r.at, r.left, r.left))
        return g_byte_array_ref (octets);
    return g_byte_array_append (g_byte_array_new (), octets->data + header, octets->len - header);
}

static NfChunk *
add_chunk (NfInput *input, GByteArray *octets, gboolean partial)
{
    NfChunk *chunk = g_new0 (NfChunk, 1);

    chunk->octets = without_udp_header (octets);
    chunk->link_type = guess_link_type (chunk->octets);
    chunk->is_frame = chunk->link_type >= 0;
    chunk->partial = partial;
    g_ptr_array_add (input->chunks, chunk);
    return chunk;
}

static guint
count_messages (const NfInput *input)
{
    NfSource *source = nf_source_memory_new (input->chunks, input->options);
    NfItem item;
    guint n = 0;

    while (source->next (source, &item, NULL))
        n += item.kind == NF_ITEM_DATAGRAM;
    source->free (source);
    return n;
}

/* Reads text; says how in the input's remark. */
static gboolean
read_text (NfInput *input, const char *text, gsize length, GString *remark)
{
    g_autoptr (GPtrArray) chunks =
        g_ptr_array_new_with_free_func ((GDestroyNotify)nf_hex_chunk_free);
    NfHexReport report;
    guint before = count_messages (input);
    gboolean cut = FALSE;

    if (!nf_hex_read (text, length, chunks, &report))
        return FALSE;
    for (guint i = 0; i < chunks->len; i++) {
        const NfHexChunk *chunk = chunks->pdata[i];

        cut = chunk->odd_digit || chunk->partial;
        add_chunk (input, chunk->octets, cut);
    }

    guint n = count_messages (input) - before;
    g_autofree char *how = nf_hex_report_text (&report);

    g_string_append_printf (remark, "%s%u line%s: %u Message%s, %s%s", remark->len ? "; " : "",
                            report.lines, report.lines == 1 ? "" : "s", n, n == 1 ? "" : "s", how,
                            cut ? ", the last one cut" : "");
    return TRUE;
}

/* The beginning of a text, whole characters. */
static char *
quote (const char *text)
{
    gsize length = strlen (text), end = MIN (length, QUOTED);

    while (end < length && end > 0 && ((guint8)text[end] & 0xc0) == 0x80)
        end--;
    return g_strdup_printf ("'%.*s'%s", (int)end, text, end < length ? "..." : "");
}

NfInput *
nf_input_new_text (const GPtrArray *texts, const NfOptions *options)
{
    NfInput *input = new_input ("-x", options);
    g_autoptr (GString) remark = g_string_new (NULL);

    input->is_single = TRUE;
    input->is_known = TRUE;
    for (guint i = 0; i < texts->len; i++) {
        const char *text = texts->pdata[i];

        if (!read_text (input, text, strlen (text), remark)) {
            g_autofree char *quoted = quote (text);

            g_string_append_printf (remark, "%sno hexadecimal text in %s%s",
                                    remark->len ? "; " : "", quoted,
                                    g_file_test (text, G_FILE_TEST_EXISTS)
                                        ? ", but a file of that name: name it without -x"
                                        : "");
        }
    }
    input->remark = g_strdup (remark->str);
    return input;
}

static gboolean
is_capture (const guint8 *octets, gsize length)
{
    static const guint32 magics[] = {0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1,
                                     0xa1b2cd34, 0x34cdb2a1, 0x0a0d0d0a};
    NfReader r = nf_reader (octets, length, 0);
    guint32 magic = nf_reader_u32 (&r);

    for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
        if (!r.failed && magic == magics[i])
            return TRUE;
    return FALSE;
}

static gboolean
looks_like_messages (const guint8 *octets, gsize length)
{
    NfMessage message;
    NfFinding trouble;

    return nf_message_read (&message, octets, length, length, &trouble);
}

/* Whether there is memory for what is made of a text. It is given back: what needs it asks for it
 * in many pieces. */
static gboolean
is_room_for_text (gsize length, GError **error)
{
    g_autofree guint8 *room = g_try_malloc (TEXT_TAKES * length);

    if (!room)
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOMEM,
                     "not enough memory: text takes %d times its size while it is read",
                     TEXT_TAKES);
    return room != NULL;
}

/* Reads a file that is no capture; by its beginning, text or not. */
static gboolean
load (NfInput *input, NfStream *stream, gboolean is_text, GError **error)
{
    g_autoptr (GByteArray) octets = nf_stream_read_all (
        stream, is_text ? MAX_TEXT : MAX_MESSAGES, is_text ? "text" : "what is no capture", error);
    g_autoptr (GString) remark = g_string_new (NULL);

    if (!octets)
        return FALSE;
    if (octets->len == 0) {
        g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "the file is empty");
        return FALSE;
    }
    if (is_text && !is_room_for_text (octets->len, error))
        return FALSE;
    if (is_text && read_text (input, (const char *)octets->data, octets->len, remark)) {
        input->remark = g_strdup (remark->str);
        input->is_single = TRUE;
    } else if (looks_like_messages (octets->data, octets->len)) {
        NfChunk *chunk = add_chunk (input, octets, FALSE);

        chunk->is_frame = FALSE;
        chunk->is_file = TRUE;
        input->is_single = count_messages (input) == 1;
    } else {
        g_set_error_literal (
            error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
            "neither a capture nor NetFlow or IPFIX Messages nor hexadecimal text");
        return FALSE;
    }
    return TRUE;
}

/* A capture that comes slowly is known by its first octets, anything else by as many as there are.
 */
static const guint8 *
look_at_beginning (NfStream *stream, gsize *length, gboolean *is, GError **error)
{
    enum { MAGIC = 4 };
    const guint8 *octets = nf_stream_peek (stream, MAGIC, length, error);

    *is = octets && is_capture (octets, *length);
    return octets && !*is ? nf_stream_peek (stream, NF_PEEK, length, error) : octets;
}

gboolean
nf_input_look (NfInput *input, GError **error)
{
    NfStream *stream;
    const guint8 *octets;
    gboolean good, is;
    gsize length;

    if (input->is_known)
        return TRUE;
    stream = nf_stream_open (input->name, error);
    if (!stream)
        return FALSE;
    octets = look_at_beginning (stream, &length, &is, error);
    good = octets != NULL;
    if (good && is)
        input->is_stream = !nf_stream_is_repeatable (stream);
    else if (good)
        good = load (input, stream, nf_hex_looks_like_text (octets, length), error);
    input->is_known = good;
    if (input->is_stream)
        input->stream = stream;
    else
        nf_stream_free (stream);
    return good;
}

gboolean
nf_input_is_capture (const NfInput *input, GError **error)
{
    NfStream *stream = nf_stream_open (input->name, error);
    gsize length;
    gboolean is;

    if (!stream)
        return FALSE;
    look_at_beginning (stream, &length, &is, error);
    nf_stream_free (stream);
    return is;
}

static FILE *
open_file (NfInput *input, int *fd, GError **error)
{
    NfStream *stream;

    *fd = -1;
    if (input->spool && !input->is_stream)
        return nf_spool_open (input->spool, "rb", error);
    stream =
        input->is_stream ? g_steal_pointer (&input->stream) : nf_stream_open (input->name, error);
    if (!stream)
        return NULL;
    return nf_stream_to_file (stream, input->is_stream ? input->spool : NULL, fd, error);
}

NfSource *
nf_input_open (NfInput *input, GError **error)
{
    FILE *file;
    int fd;

    input->place = 0;
    if (input->chunks->len > 0 || (!input->is_file && !input->spool))
        return nf_source_memory_new (input->chunks, input->options);
    file = open_file (input, &fd, error);
    return file ? nf_source_capture_new (file, fd, input->options, error) : NULL;
}

gboolean
nf_input_next (NfInput *input, NfSource *source, NfItem *item, GError **error)
{
    if (!source->next (source, item, error))
        return FALSE;
    item->datagram.file = input->number;
    item->datagram.order = (guint64)(input->number + 1) << 40 | ++input->place;
    if (input->anonymizer)
        nf_anonymizer_take (input->anonymizer, item, input->is_stream);
    return TRUE;
}
