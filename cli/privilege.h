/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Giving root's rights up, once what takes them is open. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Becomes `user` or, where that is NULL, whoever called sudo, for good. Root whom nobody called
 * stays root. Another user, which the program's file has lent capabilities, gives them back.
 * Returns FALSE and sets `error` where that cannot be done.
 */
gboolean nf_privilege_drop (const char *user, GError **error);

G_END_DECLS
