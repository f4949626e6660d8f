/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How many Messages came in each slot of time: of bounded size, however long that takes and in
 * whatever order they come. Where there are more slots than there is room for, slots become wider,
 * all of them alike.
 */
#pragma once

#include "text.h"

G_BEGIN_DECLS

/* Slots there is room for, and columns that they are shown in: so many fewer that their width can
 * be chosen to be a number of seconds, minutes or hours that people count in. */
#define NF_TIMELINE_SLOTS   240
#define NF_TIMELINE_COLUMNS 60

typedef struct {
    guint rung;                        /* which width the slots have */
    guint n;                           /* slots, of which the first and the last are not 0 */
    gint64 first;                      /* the first slot: that of `first` widths since 1970 */
    guint32 counts[NF_TIMELINE_SLOTS]; /* of Messages */
} NfTimeline;

/* Where columns lie, in which several timelines are shown one below the other. */
typedef struct {
    gint64 width_s; /* of a column */
    gint64 first;   /* the first column: that of `first` widths since 1970 */
    guint n;        /* columns, at most NF_TIMELINE_COLUMNS; 0: there is nothing to show */
} NfTimelineAxis;

/* Counts a Message of a time in seconds since 1970, which may be negative. */
void nf_timeline_note (NfTimeline *timeline, gint64 time_s);

/* Counts all that another timeline has. */
void nf_timeline_add (NfTimeline *timeline, const NfTimeline *other);

/* The columns for a timeline and all that were added to it. */
NfTimelineAxis nf_timeline_axis (const NfTimeline *timeline);

/* What a timeline has in each column of an axis made for it. */
void nf_timeline_columns (const NfTimeline *timeline, const NfTimelineAxis *axis,
                          guint64 columns[NF_TIMELINE_COLUMNS]);

/* Appends the columns as bars between strokes, as high as their share of the highest: blocks, or
 * without `utf8` digits from 1 to 8. Nothing is a blank. */
void nf_timeline_bars (NfText *t, const guint64 *columns, guint n, gboolean utf8);

G_END_DECLS
