/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A fuzzer's input -> a file that the command shows. Its last octet says how.
 */
#include "lines.h"
#include "scratch.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    g_autofree char *input = scratch_path ("input");

    scratch_write (input, data, size);
    lines_run (input, size > 0 ? data[size - 1] : 0);
    return 0;
}
