/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text in columns, and the colours of a terminal. */
#include "columns.h"

/* Characters, so that a name which is not ASCII does not push its line out of the columns. */
static guint
width_from (const NfText *t, gsize start)
{
    guint width = 0;

    for (const char *at = t->start + start; at < t->at; at++)
        width += (*at & 0xc0) != 0x80;
    return width;
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

/* Characters in the last line. */
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
        guint n = (guint)g_utf8_strlen (text, (gssize)length);

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
