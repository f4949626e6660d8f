/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text in columns, and the colours of a terminal. */
#include "columns.h"

/* One character that is not ASCII, or an octet that is none; `*taken` becomes its octets. */
static guint
width_of_other (const char *text, gsize length, gsize *taken)
{
    gunichar c = g_utf8_get_char_validated (text, (gssize)length);

    *taken = 1;
    if (c == (gunichar)-1 || c == (gunichar)-2)
        return 1;
    *taken = (gsize)g_unichar_to_utf8 (c, NULL);
    return g_unichar_iswide (c) ? 2 : g_unichar_iszerowidth (c) ? 0 : 1;
}

guint
nf_column_width (const char *text, gsize length)
{
    guint width = 0;

    for (gsize i = 0, taken = 1; i < length; i += taken) {
        taken = 1;
        width += (guchar)text[i] < 0x80 ? 1 : width_of_other (text + i, length - i, &taken);
    }
    return width;
}

/* So that a name which is not ASCII does not push its line out of the columns. */
static guint
width_from (const NfText *t, gsize start)
{
    return nf_column_width (t->start + start, nf_text_length (t) - start);
}

void
nf_column_left (NfText *t, gsize start, guint width)
{
    for (guint have = width_from (t, start); have < width; have++)
        nf_text_add_char (t, ' ');
}

void
nf_column_right (NfText *t, gsize start, guint width)
{
    guint have = width_from (t, start);
    gsize length = nf_text_length (t) - start;
    gsize spaces = have < width ? width - have : 0;

    if (spaces == 0)
        return;
    nf_text_room (t, spaces);
    memmove (t->start + start + spaces, t->start + start, length);
    memset (t->start + start, ' ', spaces);
    t->at += spaces;
}

/* Columns taken in the last line. */
static guint
column (const NfText *t)
{
    gsize start = nf_text_length (t);

    while (start > 0 && t->start[start - 1] != '\n')
        start--;
    return width_from (t, start);
}

void
nf_column_wrap (NfText *t, const char *text, guint indent, guint width)
{
    guint at = column (t);

    while (*text) {
        gsize length = strcspn (text, " ");
        guint n = nf_column_width (text, length);

        if (at + n > width && at > indent) {
            while (t->at > t->start && t->at[-1] == ' ')
                nf_text_truncate (t, nf_text_length (t) - 1);
            nf_text_add_format (t, "\n%*s", (int)indent, "");
            at = indent;
        }
        nf_text_add_octets (t, text, length);
        text += length;
        at += n + (*text == ' ');
        if (*text == ' ')
            nf_text_add_char (t, *text++);
    }
}

const char *
nf_severity_color (NfSeverity severity)
{
    static const char *const colors[NF_N_SEVERITIES] = {
        [NF_SEVERITY_NOTE] = "\033[36m",    /* cyan */
        [NF_SEVERITY_WARNING] = "\033[33m", /* yellow */
        [NF_SEVERITY_ERROR] = "\033[31m",   /* red */
    };

    return colors[severity];
}

void
nf_color_severity (NfShow *show, NfSeverity severity)
{
    if (show->color)
        nf_text_add (&show->out, nf_severity_color (severity));
}

void
nf_color_bold (NfShow *show)
{
    if (show->color)
        nf_text_add (&show->out, "\033[1m");
}

void
nf_color_end (NfShow *show)
{
    if (show->color)
        nf_text_add (&show->out, "\033[0m");
}
