/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which octets each line of a Message in -T tree is about: a finding, which may come long after,
 * has its place below the line that it is about.
 */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

typedef struct {
    gsize at; /* where in the output it begins, octets */
    NfSpan span;
    guint depth;
    guint parent; /* of one that is linked: the line it is a part of, or NF_NO_LINE */
} NfTreeLine;

#define NF_NO_LINE G_MAXUINT

typedef struct _NfTreeLines {
    NfTreeLine *lines; /* owned */
    guint n, room;
    guint linked; /* so many have their parents: most Messages never need any */
} NfTreeLines;

NfTreeLines *nf_tree_lines_new (void);
void nf_tree_lines_free (NfTreeLines *lines);
void nf_tree_lines_clear (NfTreeLines *lines);

/* Makes room for more lines: what nf_tree_lines_add() calls where there is none. */
void nf_tree_lines_grow (NfTreeLines *lines);

/* Notes a line; they come in the order of their offsets, each before its parts. */
static inline void
nf_tree_lines_add (NfTreeLines *lines, gsize at, NfSpan span, guint depth)
{
    if (G_UNLIKELY (lines->n == lines->room))
        nf_tree_lines_grow (lines);
    lines->lines[lines->n++] = (NfTreeLine){.at = at, .span = span, .depth = depth};
}

guint nf_tree_lines_length (const NfTreeLines *lines);
const NfTreeLine *nf_tree_lines_get (const NfTreeLines *lines, guint line);

/* The line that something about `span` is about, which was met behind the first `seen` lines: that
 * of the fewest octets among those with all of the span; where there is none, that of the most
 * octets among those with its first one. Of no octets at 0, the Message's first line. NF_NO_LINE
 * where no line has it. */
guint nf_tree_lines_find (NfTreeLines *lines, NfSpan span, guint seen);

G_END_DECLS
