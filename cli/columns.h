/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text in columns, and the colours of a terminal. */
#pragma once

#include "view.h"

G_BEGIN_DECLS

/* How many columns of a terminal the text takes: two where a character is a wide one of East Asia,
 * none where it goes with the one before it. */
guint nf_column_width (const char *text, gsize length);

/* Fills the text that began at octet `start` of `t` up with spaces to `width` columns. */
void nf_column_left (NfText *t, gsize start, guint width);

/* The same, with the spaces before the text. */
void nf_column_right (NfText *t, gsize start, guint width);

/* Appends sentences in lines of up to `width` columns, broken at spaces. What is in the line
 * before them counts; the lines that follow begin with `indent` spaces. */
void nf_column_wrap (NfText *t, const char *text, guint indent, guint width);

/* What makes a terminal write in the colour of a severity. */
const char *nf_severity_color (NfSeverity severity);

/* Where colours are wanted, begins to write in that of a severity, or bold, until
 * nf_color_end(). */
void nf_color_severity (NfShow *show, NfSeverity severity);
void nf_color_bold (NfShow *show);
void nf_color_end (NfShow *show);

G_END_DECLS
