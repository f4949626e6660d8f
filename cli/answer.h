/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --packets always gets an answer: where a packet asked for holds no Message, what it is instead.
 */
#pragma once

#include "select.h"

G_BEGIN_DECLS

typedef struct _NfAnswers NfAnswers;

NfAnswers *nf_answers_new (const NfOptions *options);
void nf_answers_free (NfAnswers *answers);

/* Notes an item that is read, and answers for packets asked for that it tells about; `is_message`
 * says whether it counts as a Message. */
void nf_answers_note (NfAnswers *answers, const char *file, const NfItem *item,
                      gboolean is_message);

/* Whether the answer for a packet already read depends on what is still to be read. */
gboolean nf_answers_are_open (const NfAnswers *answers);

/* Answers for what stayed open at the end of a file. Where reading stopped before its end
 * (`at_end` is FALSE) nobody knows what is behind: nothing is said then. */
void nf_answers_end_file (NfAnswers *answers, const char *file, gboolean at_end);

G_END_DECLS
