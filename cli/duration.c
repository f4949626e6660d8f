/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How long something lasts. */
#include "duration.h"

#define YEAR_S ((guint64)366 * 24 * 3600)

gboolean
nf_duration_read (const char *text, gint64 *us)
{
    static const struct {
        const char *name;
        guint64 seconds;
    } units[] = {{"", 1}, {"s", 1}, {"m", 60}, {"h", 3600}};
    char *end;
    guint64 n = g_ascii_strtoull (text, &end, 10);

    if (!g_ascii_isdigit (*text) || n == 0 || n > YEAR_S)
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
        if (g_strcmp0 (end, units[i].name) == 0) {
            *us = (gint64)(n * units[i].seconds) * G_USEC_PER_SEC;
            return n * units[i].seconds <= YEAR_S;
        }
    }
    return FALSE;
}
