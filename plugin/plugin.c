/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nfpeek as a plugin: what Wireshark looks for, and the protocol's preferences. */
#include "plugin.h"

#include "dissect.h"
#include "experts.h"
#include "fields.h"
#include "match.h"
#include "ports.h"
#include "section.h"
#include "state.h"
#include "stats.h"
#include "tap.h"

#include <gmodule.h>

#define MAX_PORT G_MAXUINT16

int nfp_protocol;
int nfp_tap;
NfpPreferences nfp_preferences = {
    .replace_cflow = TRUE,
    .heuristics = TRUE,
    .reassemble = TRUE,
    .findings = TRUE,
    .template_file = "",
    .record_filter = "",
};

static NfRegistry *registry;

G_MODULE_EXPORT const char plugin_version[] = PACKAGE_VERSION;
G_MODULE_EXPORT const int plugin_want_major = WIRESHARK_VERSION_MAJOR;
G_MODULE_EXPORT const int plugin_want_minor = WIRESHARK_VERSION_MINOR;
G_MODULE_EXPORT void plugin_register (void);
G_MODULE_EXPORT guint32 plugin_describe (void);

/* ---- what the user wants, and the life of a file ---- */

static void
apply_preferences (void)
{
    nfp_elements_rename (nfp_preferences.names == NFP_NAMES_NETFLOW9);
    nfp_ports_apply ();
    nfp_match_apply (registry, nfp_preferences.record_filter);
}

static void
begin_file (void)
{
    apply_preferences ();
    nfp_state_begin (registry, nfp_preferences.template_file);
}

/* ---- registration ---- */

static void
register_ports (module_t *module)
{
    static const struct {
        const char *name, *title, *ports;
        range_t **range;
    } rows[] = {
        {"udp.ports", "UDP ports", "2055,2056,4432,4739,9001,9025,9995,9996",
         &nfp_preferences.udp_ports},
        {"tcp.ports", "TCP ports", "4739,4740", &nfp_preferences.tcp_ports},
        {"sctp.ports", "SCTP ports", "4739", &nfp_preferences.sctp_ports},
        {"tls.ports", "TLS and DTLS ports", "4740", &nfp_preferences.tls_ports},
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        range_convert_str (wmem_epan_scope (), rows[i].range, rows[i].ports, MAX_PORT);
        prefs_register_range_preference (module, rows[i].name, rows[i].title,
                                         "Ports to which exporters send", rows[i].range, MAX_PORT);
    }
}

static void
register_preferences (void)
{
    static const enum_val_t names[] = {
        {"ipfix", "IANA's (sourceIPv4Address)", NFP_NAMES_IPFIX},
        {"netflow9", "NetFlow v9's, where it has one (IPV4_SRC_ADDR)", NFP_NAMES_NETFLOW9},
        {NULL, NULL, 0},
    };
    module_t *module = prefs_register_protocol (nfp_protocol, apply_preferences);
    NfpPreferences *p = &nfp_preferences;

    register_ports (module);
    prefs_register_bool_preference (
        module, "replace_cflow", "Stand in for Wireshark's own dissector",
        "Take the ports above, and IPFIX Files, even where CFLOW has them. Without, nfpeek has "
        "those that nobody else has.",
        &p->replace_cflow);
    prefs_register_bool_preference (
        module, "heuristics", "Look at datagrams to other UDP ports",
        "Those that are beyond doubt NetFlow or IPFIX Messages are dissected whatever their port.",
        &p->heuristics);
    prefs_register_bool_preference (
        module, "desegment", "Reassemble Messages that span several TCP segments",
        "Needs \"Allow subdissector to reassemble TCP streams\" of TCP, too.", &p->reassemble);
    prefs_register_bool_preference (module, "findings", "Say what is wrong with Messages",
                                    "Findings in the tree, as expert infos and in the Info column.",
                                    &p->findings);
    prefs_register_enum_preference (module, "names", "Names of Information Elements",
                                    "As they stand in the tree; names in filters are IANA's.",
                                    &p->names, names, FALSE);
    prefs_register_filename_preference (
        module, "template_file", "Template file",
        "A capture with the Templates of exporters that send them seldom: read "
        "before the file that is opened.",
        &p->template_file, FALSE);
    prefs_register_string_preference (
        module, "record_filter", "Record filter",
        "A display filter for single records, such as addr == 10.0.0.0/8 and octets > 1000: those "
        "that "
        "match are marked (nfpeek.record.match) and open in the tree.",
        &p->record_filter);
}

static void
register_protocol (void)
{
    g_autoptr (GError) error = NULL;

    nfp_protocol = proto_register_protocol ("NetFlow and IPFIX (nfpeek)", "nfpeek", "nfpeek");
    registry = nf_registry_new ();
    if (!nf_registry_load_user (registry, &error))
        report_failure ("nfpeek: %s", error->message);
    nfp_fields_register (nfp_protocol, registry);
    nfp_elements_register (nfp_protocol, registry);
    nfp_experts_register (nfp_protocol);
    register_preferences ();
    nfp_dissect_register (nfp_protocol);
    nfp_tap = register_tap (NFPEEK_TAP);
    register_init_routine (begin_file);
    register_cleanup_routine (nfp_state_end);
}

static void
register_handoff (void)
{
    nfp_dissect_handoff (nfp_protocol);
    nfp_ports_handoff (nfp_dissect_handles ());
    nfp_ports_apply (); /* before any Decode As, so that it is seen to differ */
    nfp_section_handoff ();
}

void
plugin_register (void)
{
    static proto_plugin plugin = {.register_protoinfo = register_protocol,
                                  .register_handoff = register_handoff};

    proto_register_plugin (&plugin);
    nfp_stats_register ();
}

guint32
plugin_describe (void)
{
    return NFP_PLUGIN_KINDS;
}
