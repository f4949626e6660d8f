/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Templates from another capture: those of exporters that seldom send them. */
#pragma once

#include "nfpeek.h"

/* Learns the Templates of all Messages in a capture, as of input number `file` and with orders from
 * 1 up to below `end`. What cannot be read is told in a
 * dialogue, by tshark on standard error. */
void nfp_template_file_learn (NfCollector *collector, const char *path, guint file, guint64 end);
