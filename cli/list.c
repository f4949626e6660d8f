/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What nfpeek knows, for reading: Information Elements and findings. */
#include "list.h"

typedef struct {
    NfText *out;
    NfText row;
    const GPtrArray *words;
    guint n;
} Listing;

/* Whether the word is in the row, upper and lower case being the same. */
static gboolean
has_word (const char *row, const char *word)
{
    gsize length = strlen (word);

    for (const char *at = row; *at; at++)
        if (g_ascii_strncasecmp (at, word, length) == 0)
            return TRUE;
    return length == 0;
}

static void
add_number (NfText *t, const NfElement *element)
{
    static const char *const spaces[] = {
        [NF_SPACE_IPFIX] = "",
        [NF_SPACE_NETFLOW9] = "v9/",
        [NF_SPACE_SCOPE] = "scope/",
        [NF_SPACE_FIXED] = "fixed/",
    };

    if (element->pen)
        nf_text_add_format (t, "%u/%u", element->pen, element->id);
    else
        nf_text_add_format (t, "%s%u", spaces[element->space], element->id);
}

static void
pad (NfText *t, gsize start, gsize width)
{
    do
        nf_text_add_char (t, ' ');
    while (nf_text_length (t) - start < width);
}

/* 29305/1     reverseOctetDeltaCount              unsigned64      octets     IN_BYTES */
static void
list_element (const NfElement *element, gpointer data)
{
    Listing *listing = data;
    NfText *row = &listing->row;

    nf_text_truncate (row, 0);
    add_number (row, element);
    pad (row, 0, 12);
    nf_text_add (row, element->name);
    pad (row, 12, 36);
    nf_text_add (row, nf_type_name (element->type));
    pad (row, 48, 22);
    nf_text_add (row, element->units);
    if (element->netflow9) {
        pad (row, 70, 14);
        nf_text_add (row, element->netflow9);
    }
    while (row->at > row->start && row->at[-1] == ' ')
        nf_text_truncate (row, nf_text_length (row) - 1);
    nf_text_string (row);
    for (guint i = 0; i < listing->words->len; i++)
        if (!has_word (row->start, listing->words->pdata[i]))
            return;
    nf_text_add (listing->out, row->start);
    nf_text_add_char (listing->out, '\n');
    listing->n++;
}

gboolean
nf_list_elements (NfText *t, const NfRegistry *registry, const NfOptions *options, GError **error)
{
    Listing listing = {.out = t, .words = options->words};

    nf_registry_foreach (registry, list_element, &listing);
    nf_text_clear (&listing.row);
    if (listing.n == 0)
        g_set_error (error, NF_REGISTRY_ERROR, NF_REGISTRY_ERROR_ROW,
                     "no element has '%s' in its number, name, type or units",
                     (const char *)options->words->pdata[0]);
    return listing.n > 0;
}

/* A text of the table with N for each argument. */
static void
add_pattern (NfText *t, const char *text)
{
    for (; *text; text++) {
        if (*text != '%')
            nf_text_add_char (t, *text);
        else
            nf_text_add_char (t, *++text == 's' ? 's' : 'N');
    }
}

void
nf_list_findings (NfText *t)
{
    for (guint i = 0; i < NF_N_FINDINGS; i++) {
        NfFindingId id = (NfFindingId)i;
        gsize start = nf_text_length (t);

        nf_text_add (t, nf_finding_code (id));
        pad (t, start, 22);
        nf_text_add (t, nf_severity_name (nf_finding_severity (id)));
        pad (t, start, 31);
        add_pattern (t, nf_finding_template_text (id));
        const char *ipfix = nf_finding_reference (id, 10), *v9 = nf_finding_reference (id, 9);

        nf_text_add_format (t, " [%s", ipfix);
        if (strcmp (ipfix, v9) != 0)
            nf_text_add_format (t, ", %s", v9);
        nf_text_add (t, "]\n");
    }
}
