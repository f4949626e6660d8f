/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The system's list of services, read once, when a port is first to be named: a look-up there for
 * every port would take ages. */
#include "services.h"

#include <netdb.h>
#include <netinet/in.h>
#include <string.h>

struct _NfServices {
    GHashTable *names; /* protocol and port -> name, owned; NULL: not read yet */
};

static const struct {
    const char *name; /* as services(5) calls it */
    guint protocol;
} protocols[] = {{"tcp", 6}, {"udp", 17}, {"dccp", 33}, {"sctp", 132}};

static gpointer
key (guint protocol, guint port)
{
    return GUINT_TO_POINTER (protocol << 16 | port);
}

/* The first name of a port counts, as for getservbyport(3). */
static void
keep (GHashTable *names, const struct servent *entry)
{
    guint port = ntohs ((guint16)entry->s_port);

    for (guint i = 0; i < G_N_ELEMENTS (protocols); i++) {
        gpointer place = key (protocols[i].protocol, port);

        if (strcmp (protocols[i].name, entry->s_proto) == 0 &&
            !g_hash_table_contains (names, place))
            g_hash_table_insert (names, place, g_strdup (entry->s_name));
    }
}

static GHashTable *
read_names (void)
{
    GHashTable *names = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
    const struct servent *entry;

    setservent (1);
    while ((entry = getservent ()) != NULL)
        keep (names, entry);
    endservent ();
    return names;
}

NfServices *
nf_services_new (void)
{
    return g_new0 (NfServices, 1);
}

void
nf_services_free (NfServices *services)
{
    if (!services)
        return;
    g_clear_pointer (&services->names, g_hash_table_unref);
    g_free (services);
}

const char *
nf_services_name (const NfServices *services, guint protocol, guint port)
{
    if (!services)
        return NULL;
    if (!services->names)
        ((NfServices *)services)->names = read_names ();
    return g_hash_table_lookup (services->names, key (protocol, port));
}
