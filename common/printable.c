/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text that a terminal may be given. */
#include "printable.h"

static void
add_escape (NfText *t, gunichar c)
{
    if (c == '\n')
        nf_text_add (t, "\\n");
    else if (c == '\r')
        nf_text_add (t, "\\r");
    else if (c == '\t')
        nf_text_add (t, "\\t");
    else if (c < 0x80)
        nf_text_add_format (t, "\\x%02x", c);
    else
        nf_text_add_format (t, c > 0xffff ? "\\U%08x" : "\\u%04x", c);
}

/* One character of UTF-8 or, where there is none, one octet. Returns how many octets it took. */
static gsize
add_character (NfText *t, const char *text, gsize length)
{
    gunichar c = g_utf8_get_char_validated (text, (gssize)length);

    if (c == (gunichar)-1 || c == (gunichar)-2 || c == 0) {
        nf_text_add_format (t, "\\x%02x", (guint8)*text);
        return 1;
    }
    gsize taken = (gsize)g_unichar_to_utf8 (c, NULL);

    if (g_unichar_isprint (c))
        nf_text_add_octets (t, text, taken);
    else
        add_escape (t, c);
    return taken;
}

void
nf_show_safe (NfText *t, const char *text, gsize length)
{
    for (gsize i = 0; i < length;) {
        if (g_ascii_isprint (text[i]))
            nf_text_add_char (t, text[i++]);
        else
            i += add_character (t, &text[i], length - i);
    }
}

void
nf_show_printable (NfText *t, const guint8 *text, gsize length)
{
    gsize from = 0;

    for (gsize i = 0; i < length; i++) {
        if (text[i] != '\\' && text[i] != '"')
            continue;
        nf_show_safe (t, (const char *)&text[from], i - from);
        nf_text_add_char (t, '\\');
        from = i; /* which comes next */
    }
    nf_show_safe (t, (const char *)&text[from], length - from);
}
