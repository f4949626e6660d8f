/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The keys that say where a Message came from. */
#include "json-envelope.h"

#include "show-origin.h"

static void
add_time (NfText *t, const char *key, NfTime time, guint digits)
{
    nf_text_add (t, ",\"");
    nf_text_add (t, key);
    nf_text_add (t, "\":\"");
    nf_time_text (t, time, digits);
    nf_text_add_char (t, '"');
}

static void
add_source (NfText *t, const NfDatagram *g)
{
    if (g->has_time)
        add_time (t, "time", nf_time_from_ns (g->time_ns), 6);
    if (g->exporter.family == 0)
        return;
    nf_text_add (t, ",\"exporter\":\"");
    nf_endpoint_text (t, &g->exporter);
    nf_text_add_char (t, '"');
    nf_json_add_uint (t, "port", g->exporter.port);
    if (g->transport == NF_TRANSPORT_UDP)
        return;
    nf_json_add_string (t, "transport", nf_origin_transport (g->transport));
    if (g->transport == NF_TRANSPORT_SCTP)
        nf_json_add_uint (t, "stream", g->stream);
}

void
nf_json_envelope (NfText *t, const NfShow *show)
{
    const NfDatagram *g = show->datagram;
    const NfMessage *m = show->message;
    gsize start = nf_text_length (t);
    guint digits;

    if (show->is_file)
        nf_json_add_string (t, "file", show->file);
    if (g->packet > 0)
        nf_json_add_uint (t, "packet", g->packet);
    if (!show->is_end && (g->message > 1 || g->packet == 0))
        nf_json_add_uint (t, "message", g->message);
    if (show->held)
        nf_text_add (t, ",\"held\":true");
    add_source (t, g);
    t->start[start] = '{'; /* in place of the first key's comma */
    if (!m)
        return;
    nf_json_add_uint (t, "version", m->version);
    if (nf_version_has (m->version, NF_HEADER_DOMAIN))
        nf_json_add_uint (t, "domain", m->domain);
    if (show->is_end)
        return;
    if (nf_version_has (m->version, NF_HEADER_SEQUENCE))
        nf_json_add_uint (t, "sequence", m->sequence);
    if (nf_version_has (m->version, NF_HEADER_AGGREGATION))
        nf_json_add_uint (t, "aggregation", m->aggregation);
    NfTime time = nf_message_export_time (m, &digits);

    add_time (t, "export_time", time, digits);
}

void
nf_json_template (NfText *t, const NfBinding *binding)
{
    const char *fixed = nf_fixed_name (binding->tmpl->version);

    if (fixed)
        nf_json_add_string (t, "template", fixed);
    else
        nf_json_add_uint (t, "template", binding->tmpl->id);
}
