/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How far a run over files has got, for people who wait: after a second a line on standard error
 * that is written again and again, "43 %, 12345678 records, 3200000 a second, 5 s left".
 */
#pragma once

#include "source.h"

G_BEGIN_DECLS

typedef struct _NfProgress NfProgress;

/* For these inputs. NULL where nobody looks: no terminal, or -q; all functions take that. `shows`:
 * the view writes to a terminal as it goes, where the line would be in the way. Free with
 * nf_progress_free(). */
NfProgress *nf_progress_new (const NfOptions *options, const GPtrArray *inputs, gboolean shows);
void nf_progress_free (NfProgress *progress);

/* All files are read from here on, for what `what` says: "learning Templates"; "": to be shown. */
void nf_progress_begin (NfProgress *progress, const char *what);

/* Something was read of `source`, and there were so many records so far. */
void nf_progress_note (NfProgress *progress, NfSource *source, guint64 records);

/* The file has been read. */
void nf_progress_end_file (NfProgress *progress, const NfInput *input);

/* Takes the line away. */
void nf_progress_hide (NfProgress *progress);

G_END_DECLS
