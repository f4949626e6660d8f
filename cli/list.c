/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The Information Elements that nfpeek knows, and names for them. */
#include "list.h"

#include "list-names.h"

typedef struct {
    NfText *out;
    NfText row;
    const GPtrArray *words;
    guint n;
    const char *title; /* of what comes next, or NULL */
} Listing;

gboolean
nf_list_has_word (const char *row, const char *word)
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

/* Takes the row into the list, if all words are in it. */
static void
end_row (Listing *listing)
{
    NfText *row = &listing->row;

    while (row->at > row->start && row->at[-1] == ' ')
        nf_text_truncate (row, nf_text_length (row) - 1);
    nf_text_string (row);
    for (guint i = 0; i < listing->words->len; i++)
        if (!nf_list_has_word (row->start, listing->words->pdata[i]))
            return;
    if (listing->title && listing->n > 0)
        nf_text_add_char (listing->out, '\n');
    if (listing->title)
        nf_text_add (listing->out, listing->title);
    listing->title = NULL;
    nf_text_add (listing->out, row->start);
    nf_text_add_char (listing->out, '\n');
    listing->n++;
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
    end_row (listing);
}

/* src   source: an address, or its network (8, 27, 44, 170) */
static void
list_name (const char *name, const char *meaning, const NfCommonName *common, gpointer data)
{
    Listing *listing = data;
    NfText *row = &listing->row;

    nf_text_truncate (row, 0);
    nf_text_add (row, name);
    pad (row, 0, 32);
    nf_text_add (row, meaning);
    for (guint i = 0; common && i < common->n_elements; i++) {
        nf_text_add (row, i == 0 ? " (" : ", ");
        add_number (row, common->elements[i]);
    }
    if (common)
        nf_text_add_char (row, ')');
    end_row (listing);
}

gboolean
nf_list_elements (NfText *t, const NfRegistry *registry, const NfOptions *options, GError **error)
{
    Listing listing = {.out = t, .words = options->words};

    nf_registry_foreach (registry, list_element, &listing);
    listing.title = "Names of -e, -Y and --sum besides these (and the elements they stand for):\n";
    nf_list_names (registry, list_name, &listing);
    nf_text_clear (&listing.row);
    if (listing.n == 0)
        g_set_error (error, NF_REGISTRY_ERROR, NF_REGISTRY_ERROR_ROW,
                     "no element or name has '%s' in its number, name, type, units or meaning",
                     (const char *)options->words->pdata[0]);
    return listing.n > 0;
}
