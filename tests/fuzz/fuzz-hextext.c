/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A fuzzer's input -> text with octets in it, as people paste it (cli/hextext.h). */
#include "cli/hextext.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What repeats of a dump's lines may come to besides the octets of the text. */
#define MAX_REPEATS ((gsize)16 << 20)

static void
check_chunks (const GPtrArray *chunks, const NfHexReport *report, gsize size)
{
    gsize octets = 0, most = size;
    guint line = 1;

    if (report->notes & NF_HEX_REPEATS)
        most += MAX_REPEATS;
    for (guint i = 0; i < chunks->len; i++) {
        const NfHexChunk *chunk = chunks->pdata[i];

        g_assert_cmpuint (chunk->octets->len, >, 0);
        g_assert_cmpuint (chunk->first_line, >=, line);
        g_assert_cmpuint (chunk->last_line, >=, chunk->first_line);
        line = chunk->first_line;
        octets += chunk->octets->len;
    }
    if (chunks->len > 0) {
        const NfHexChunk *last = chunks->pdata[chunks->len - 1];

        g_assert_cmpuint (last->last_line, <=, report->lines);
    }
    g_assert_cmpuint (octets, <=, most);
}

/* Plain hex of all octets is read as what they are. */
static void
check_again (const NfHexChunk *chunk)
{
    g_autoptr (GPtrArray) chunks =
        g_ptr_array_new_with_free_func ((GDestroyNotify)nf_hex_chunk_free);
    g_autoptr (GString) text = g_string_new (NULL);
    NfHexReport report;

    for (guint i = 0; i < chunk->octets->len; i++)
        g_string_append_printf (text, "%02x%s", chunk->octets->data[i], i % 16 == 15 ? "\n" : " ");
    g_assert_true (nf_hex_read (text->str, text->len, chunks, &report));

    gsize n = 0;

    for (guint i = 0; i < chunks->len; i++) {
        const NfHexChunk *part = chunks->pdata[i];

        g_assert_cmpuint (part->octets->len, <=, chunk->octets->len - n);
        g_assert_true (memcmp (chunk->octets->data + n, part->octets->data, part->octets->len) ==
                       0);
        n += part->octets->len;
    }
    g_assert_cmpuint (n, ==, chunk->octets->len);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    g_autoptr (GPtrArray) chunks =
        g_ptr_array_new_with_free_func ((GDestroyNotify)nf_hex_chunk_free);
    g_autofree char *how = NULL;
    NfHexReport report;
    gboolean found = nf_hex_read ((const char *)data, size, chunks, &report);

    g_assert_true (found == (chunks->len > 0));
    g_assert_true (found == (report.form != NULL));
    how = nf_hex_report_text (&report);
    check_chunks (chunks, &report, size);
    nf_hex_looks_like_text (data, size);
    if (found && ((const NfHexChunk *)chunks->pdata[0])->octets->len >= 16 &&
        !(report.notes & NF_HEX_REPEATS))
        check_again (chunks->pdata[0]);
    return 0;
}
