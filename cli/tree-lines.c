/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of a Message as a tree of spans. */
#include "tree-lines.h"

struct _NfTreeLines {
    GArray *lines; /* of NfTreeLine */
};

NfTreeLines *
nf_tree_lines_new (void)
{
    NfTreeLines *lines = g_new (NfTreeLines, 1);

    lines->lines = g_array_new (FALSE, FALSE, sizeof (NfTreeLine));
    return lines;
}

void
nf_tree_lines_free (NfTreeLines *lines)
{
    g_array_unref (lines->lines);
    g_free (lines);
}

void
nf_tree_lines_clear (NfTreeLines *lines)
{
    g_array_set_size (lines->lines, 0);
}

guint
nf_tree_lines_length (const NfTreeLines *lines)
{
    return lines->lines->len;
}

const NfTreeLine *
nf_tree_lines_get (const NfTreeLines *lines, guint line)
{
    return &g_array_index (lines->lines, NfTreeLine, line);
}

void
nf_tree_lines_add (NfTreeLines *lines, gsize at, NfSpan span, guint depth)
{
    NfTreeLine line = {.at = at, .span = span, .depth = depth, .parent = NF_NO_LINE};

    if (lines->lines->len > 0)
        line.parent = lines->lines->len - 1;
    while (line.parent != NF_NO_LINE && nf_tree_lines_get (lines, line.parent)->depth >= depth)
        line.parent = nf_tree_lines_get (lines, line.parent)->parent;
    g_array_append_val (lines->lines, line);
}

/* The last of the first `n` lines that begins at `offset` or before it. */
static guint
last_from (const NfTreeLines *lines, guint32 offset, guint n)
{
    guint low = 0;

    while (low < n) {
        guint middle = low + (n - low) / 2;

        if (nf_tree_lines_get (lines, middle)->span.offset <= offset)
            low = middle + 1;
        else
            n = middle;
    }
    return low > 0 ? low - 1 : NF_NO_LINE;
}

guint
nf_tree_lines_find (const NfTreeLines *lines, NfSpan span, guint seen)
{
    guint n = span.length > 0 ? lines->lines->len : seen; /* nothing lies where much may end */
    guint64 end = (guint64)span.offset + span.length;
    guint found = NF_NO_LINE;

    if (end == 0 && n > 0) /* the Message itself */
        return 0;
    for (guint i = last_from (lines, span.offset, n); i != NF_NO_LINE;) {
        const NfTreeLine *line = nf_tree_lines_get (lines, i);
        guint64 line_end = (guint64)line->span.offset + line->span.length;

        if (line_end >= end)
            return i;
        if (line_end > span.offset)
            found = i;
        i = line->parent;
    }
    return found;
}
