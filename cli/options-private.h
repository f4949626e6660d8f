/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files that make up the command line share. */
#pragma once

#include "options.h"
#include "say.h"

G_BEGIN_DECLS

/* What an option is called inside: its letter, or a number beyond letters. */
enum {
    OPTION_PACKETS = 256,
    OPTION_FROM,
    OPTION_TO,
    OPTION_LISTEN,
    OPTION_USER,
    OPTION_FOR,
    OPTION_EVERY,
    OPTION_TEMPLATES,
    OPTION_TEMPLATE_TIMEOUT,
    OPTION_SUM,
    OPTION_DIFF,
    OPTION_NAMES,
    OPTION_BIG_AS_STRING,
    OPTION_SCALE,
    OPTION_JSON,
    OPTION_ANONYMIZE,
    OPTION_EVIDENCE,
    OPTION_SEND,
    OPTION_RATE,
    OPTION_METRICS,
    OPTION_HOLD,
    OPTION_LIMIT,
    OPTION_COLOR,
    OPTION_FAIL_ON,
    OPTION_IGNORE,
    OPTION_SEVERITY,
    OPTION_ELEMENTS,
    OPTION_LIST_ELEMENTS,
    OPTION_LIST_FINDINGS,
    OPTION_VERSION
};

/* Applies an option whose argument has to be understood (options-parse.c). Returns FALSE and sets
 * `error` where it is not. */
gboolean nf_options_apply_parsed (NfOptions *o, int code, GError **error);

/* Takes the words behind -i for a capture filter, as tcpdump does. FALSE and `error`: they are
 * none. */
gboolean nf_options_take_filter (NfOptions *o, char **words, GError **error);

/* Whether the options go together and there is something to do (options-check.c); else `error`. */
gboolean nf_options_check (NfOptions *o, GError **error);

G_END_DECLS
