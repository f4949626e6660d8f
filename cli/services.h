/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the services behind port numbers are called on this system: services(5). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NfServices NfServices;

/* Free with nf_services_free(), which takes NULL. */
NfServices *nf_services_new (void);
void nf_services_free (NfServices *services);

/* The name of a port of an IP protocol, or NULL. The first look-up reads the system's list, which
 * may be empty. With NULL for `services` always NULL. */
const char *nf_services_name (const NfServices *services, guint protocol, guint port);

G_END_DECLS
