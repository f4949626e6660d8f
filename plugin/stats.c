/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Statistics as a tree: per exporter and domain the Messages, Sets and records, by Template; what
 * was lost; and findings by code.
 *
 *      Messages by exporter
 *        192.0.2.1:2055 NetFlow v9 Source ID 0
 *          Messages
 *          Template 256: flows
 *          ...
 *      Findings
 *        warning message-count
 */
#include "stats.h"

#include "plugin.h"
#include "tap.h"

static int exporters, findings;

static void
stats_begin (stats_tree *st)
{
    exporters = stats_tree_create_node (st, "Messages by exporter", 0, STAT_DT_INT, TRUE);
    findings = stats_tree_create_node (st, "Findings", 0, STAT_DT_INT, TRUE);
}

static void
add (stats_tree *st, const char *name, int parent, guint64 n)
{
    if (n > 0)
        increase_stat_node (st, name, parent, FALSE, (gint)MIN (n, G_MAXINT));
}

static void
add_set (stats_tree *st, int domain, const NfpeekTap *tap, const NfpeekTapSet *set)
{
    g_autofree char *name = NULL;

    if (tap->version >= 9)
        add (st, "Sets", domain, 1);
    if (set->kind != NF_SET_DATA || set->id == 0)
        return;
    if (!set->has_template)
        name = g_strdup_printf ("Template %u missing: Sets", set->id);
    else
        name = g_strdup_printf ("Template %u: %s", set->id, set->options ? "options" : "flows");
    add (st, name, domain, set->has_template ? set->records : 1);
}

static void
add_domain (stats_tree *st, const NfpeekTap *tap)
{
    const char *word = tap->version == 10 ? "domain" : tap->version == 9 ? "Source ID" : "engine";
    g_autofree char *name =
        nf_version_has (tap->version, NF_HEADER_DOMAIN)
            ? g_strdup_printf ("%s %s %s %u", tap->exporter, tap->version_name, word, tap->domain)
            : g_strdup_printf ("%s %s", tap->exporter, tap->version_name);
    int domain = tick_stat_node (st, name, exporters, TRUE);

    add (st, "Messages", domain, 1);
    add (st, "Template Records", domain, tap->templates);
    add (st, "flows", domain, tap->flows);
    add (st, "options", domain, tap->options);
    add (st, "undecoded octets", domain, tap->undecoded);
    for (guint i = 0; i < tap->n_sets; i++)
        add_set (st, domain, tap, &tap->sets[i]);
    if (nf_version_has (tap->version, NF_HEADER_SEQUENCE))
        increase_stat_node (st, "lost, by sequence number", domain, FALSE,
                            (gint)MIN (tap->lost, G_MAXINT) - (gint)MIN (tap->found, G_MAXINT));
}

static tap_packet_status
stats_packet (stats_tree *st, packet_info *pinfo, epan_dissect_t *edt, const void *data,
              tap_flags_t flags)
{
    const NfpeekTap *tap = data;

    (void)pinfo;
    (void)edt;
    (void)flags;
    tick_stat_node (st, "Messages by exporter", 0, TRUE);
    add_domain (st, tap);
    for (guint i = 0; i < tap->n_findings; i++) {
        g_autofree char *name =
            g_strdup_printf ("%s %s", tap->findings[i].severity, tap->findings[i].code);

        tick_stat_node (st, "Findings", 0, TRUE);
        tick_stat_node (st, name, findings, FALSE);
    }
    return TAP_PACKET_REDRAW;
}

void
nfp_stats_register (void)
{
    stats_tree_register_plugin (NFPEEK_TAP, "nfpeek",
                                "NetFlow and IPFIX" NFP_MENU_SEPARATOR "Exporters (nfpeek)", 0,
                                stats_packet, stats_begin, NULL);
}
