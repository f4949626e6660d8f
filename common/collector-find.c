/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which Template a Data Set has (collector.h). */
#include "collector-private.h"

/* How many other sessions of an exporter are asked for a Template: one that changes its port for
 * every datagram must not make every Set a search through all of them. */
#define MAX_SIBLINGS 64

/* How many domains of all exporters are asked for a Message of which nobody knows the exporter. */
#define MAX_NAMESAKES 1024

/* A Template that a Data Set may have. */
typedef struct {
    const NfGeneration *generation; /* NULL: none */
    const NfDomain *domain;         /* whose session says what its elements are; NULL: nobody */
    gboolean late;
} Choice;

/* Takes `g` where it is a better choice: in force before late, then nearest. */
static void
consider (Choice *choice, const NfDomain *domain, const NfGeneration *g, NfPlace place)
{
    Choice other = {.domain = domain, .generation = g, .late = nf_generation_is_late (g, place)};

    if (choice->generation) {
        guint64 best = choice->generation->place.order;
        gboolean nearer = other.late ? g->place.order < best : g->place.order > best;

        if (other.late > choice->late || (other.late == choice->late && !nearer))
            return;
    }
    *choice = other;
}

/* Whether a domain of the same exporter and number is of the process that sent the datagram: it has
 * its port and, over TCP and SCTP, where Templates end with the connection (RFC 7011 8.1), that. */
static gboolean
is_kindred (const NfDomain *domain, const NfDatagram *datagram)
{
    return domain->key.exporter.port == datagram->exporter.port &&
           domain->key.connection == datagram->connection;
}

/* Looks through domains of the same number: those of the process that sent the datagram, or, not
 * `kindred`, only the others. */
static void
ask_siblings (const GList *siblings, const NfDatagram *datagram, gboolean kindred, guint16 id,
              NfPlace place, Choice *choice)
{
    guint n = 0;

    for (const GList *at = siblings; at && n < MAX_SIBLINGS; at = at->next, n++) {
        const NfDomain *domain = at->data;
        const NfGeneration *g = nf_domain_find (domain, id, place);

        if (g && g->binding && is_kindred (domain, datagram) == kindred)
            consider (choice, domain, g, place);
    }
}

/* Where the own domain's Template is late: one of the same process that is remembered from an
 * earlier run, in which it may have sent to another collector. */
static void
ask_memory (const NfCollector *c, const NfDatagram *datagram, const NfMessage *message, guint16 id,
            NfPlace place, Choice *choice)
{
    NfDomainKey key = nf_domain_key (datagram, message);
    Choice remembered = {.generation = NULL};

    if (datagram->exporter.family != 0)
        ask_siblings (nf_collector_siblings (c, &key), datagram, TRUE, id, place, &remembered);
    if (remembered.generation && remembered.generation->place.order < c->first)
        *choice = remembered;
}

/* For a Message of unknown origin: the Template all domains of its number agree on, and what all
 * that say something say of its elements. Returns how many different ones there are, the first two
 * of them in `differing`. */
static guint
ask_all (const NfCollector *c, const GList *namesakes, guint16 id, NfPlace place, Choice *choice,
         const NfGeneration *differing[2])
{
    g_autoptr (GHashTable) different = g_hash_table_new (g_direct_hash, g_direct_equal);
    g_autoptr (GHashTable) described = g_hash_table_new (g_direct_hash, g_direct_equal);
    const NfDomain *teller = NULL;
    gboolean limited;
    guint n = 0;

    for (const GList *at = namesakes; at && n < MAX_NAMESAKES; at = at->next, n++) {
        const NfDomain *domain = at->data;
        const NfGeneration *g = nf_domain_find (domain, id, place);
        NfBinding *better;

        if (!g || !g->binding)
            continue;
        if (g_hash_table_add (different, g->binding) && g_hash_table_size (different) <= 2)
            differing[g_hash_table_size (different) - 1] = g;
        consider (choice, NULL, g, place);
        better = nf_learnt_bind (c->learnt, &domain->key, g->binding, place, &limited);
        if (better != g->binding && g_hash_table_add (described, better))
            teller = domain;
    }
    if (g_hash_table_size (described) == 1)
        choice->domain = teller;
    return g_hash_table_size (different);
}

static void
take (const NfCollector *collector, const Choice *choice, NfPlace place, NfTemplateUse *use)
{
    const NfGeneration *g = choice->generation;

    use->late = choice->late;
    use->file = g->file;
    use->packet = g->packet;
    use->order = g->place.order;
    use->offset = g->place.offset;
    use->binding = g->binding;
    if (choice->domain)
        use->binding = nf_learnt_bind (collector->learnt, &choice->domain->key, g->binding, place,
                                       &use->limited);
}

/* Where the own domain has none: one of another domain. Returns FALSE where there are several that
 * differ, of which `use` says two. */
static gboolean
ask_others (const NfCollector *c, const NfDatagram *datagram, const NfMessage *message, guint16 id,
            NfPlace place, Choice *choice, NfTemplateUse *use)
{
    NfDomainKey key = nf_domain_key (datagram, message);
    const GList *siblings = nf_collector_siblings (c, &key);
    const NfGeneration *differing[2];

    if (!siblings)
        return TRUE;
    if (datagram->exporter.family == 0) {
        guint n = ask_all (c, siblings, id, place, choice, differing);

        if (n <= 1)
            return TRUE;
        use->candidates = n;
        use->order = differing[0]->place.order;
        use->other = differing[1]->place.order;
        return FALSE;
    }
    ask_siblings (siblings, datagram, TRUE, id, place, choice);
    use->foreign = !choice->generation;
    if (use->foreign)
        ask_siblings (siblings, datagram, FALSE, id, place, choice);
    return TRUE;
}

gboolean
nf_collector_find_template (const NfCollector *collector, const NfDomain *domain,
                            const NfDatagram *datagram, const NfMessage *message, guint16 id,
                            guint32 offset, NfTemplateUse *use)
{
    NfPlace place = {datagram->order, offset};
    const NfGeneration *g = domain ? nf_domain_find (domain, id, place) : NULL;
    Choice choice = {.generation = NULL};

    *use = (NfTemplateUse){.binding = NULL, .other = g && !g->binding ? g->place.order : 0};
    if (g && g->binding) {
        choice =
            (Choice){.domain = domain, .generation = g, .late = nf_generation_is_late (g, place)};
        if (choice.late && collector->first > 0)
            ask_memory (collector, datagram, message, id, place, &choice);
    } else if (!g && !ask_others (collector, datagram, message, id, place, &choice, use)) {
        return FALSE;
    }
    if (!choice.generation)
        return FALSE;
    use->lent = choice.generation != g;
    take (collector, &choice, place, use);
    return TRUE;
}

NfBinding *
nf_collector_fixed (const NfCollector *collector, const NfMessage *message)
{
    guint layout = nf_message_layout (message);

    return layout < NF_N_FIXED ? collector->fixed[layout] : NULL;
}
