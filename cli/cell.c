/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cells of CSV (RFC 4180). */
#include "cell.h"

#include "printable.h"

static void
add_quoted (NfText *t, NfText *value)
{
    const char *text = nf_text_string (value);

    if (nf_text_length (value) == strcspn (text, ",\"\r\n")) {
        nf_text_add_octets (t, text, nf_text_length (value));
        return;
    }
    nf_text_add_char (t, '"');
    for (const char *at = text; at < value->at; at++) {
        if (*at == '"')
            nf_text_add_char (t, '"');
        nf_text_add_char (t, *at);
    }
    nf_text_add_char (t, '"');
}

void
nf_cell_add (NfShow *show, NfText *value)
{
    NfText safe = NF_TEXT_INIT;

    if (show->is_terminal)
        nf_show_safe (&safe, value->start, nf_text_length (value));
    add_quoted (&show->out, show->is_terminal ? &safe : value);
    nf_text_clear (&safe);
    nf_text_truncate (value, 0);
}
