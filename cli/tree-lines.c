/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of a Message as a tree of spans. */
#include "tree-lines.h"

#define FIRST_ROOM 256 /* lines */

NfTreeLines *
nf_tree_lines_new (void)
{
    return g_new0 (NfTreeLines, 1);
}

void
nf_tree_lines_free (NfTreeLines *lines)
{
    g_free (lines->lines);
    g_free (lines);
}

void
nf_tree_lines_clear (NfTreeLines *lines)
{
    lines->n = lines->linked = 0;
}

guint
nf_tree_lines_length (const NfTreeLines *lines)
{
    return lines->n;
}

const NfTreeLine *
nf_tree_lines_get (const NfTreeLines *lines, guint line)
{
    return &lines->lines[line];
}

void
nf_tree_lines_grow (NfTreeLines *lines)
{
    lines->room = MAX (2 * lines->room, FIRST_ROOM);
    lines->lines = g_renew (NfTreeLine, lines->lines, lines->room);
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

/* Finds the parents of all lines: that of each is the last one before it that is less deep. */
static void
link_all (NfTreeLines *lines)
{
    for (; lines->linked < lines->n; lines->linked++) {
        NfTreeLine *line = &lines->lines[lines->linked];
        guint parent = lines->linked - 1; /* NF_NO_LINE where there is none before it */

        while (parent != NF_NO_LINE && lines->lines[parent].depth >= line->depth)
            parent = lines->lines[parent].parent;
        line->parent = parent;
    }
}

guint
nf_tree_lines_find (NfTreeLines *lines, NfSpan span, guint seen)
{
    guint n = span.length > 0 ? lines->n : seen; /* nothing lies where much may end */
    guint64 end = (guint64)span.offset + span.length;
    guint found = NF_NO_LINE;

    if (end == 0 && n > 0) /* the Message itself */
        return 0;
    link_all (lines);
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
