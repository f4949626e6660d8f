/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values as people read them on a terminal. */
#include "show-value.h"

static const char *
service_name (gpointer services, guint protocol, guint port)
{
    return nf_services_name (services, protocol, port);
}

static NfDescriber
describer (const NfShow *show, const NfServices *services)
{
    return (NfDescriber){.registry = show->registry,
                         .numeric = show->options->numeric,
                         .service = service_name,
                         .service_data = (gpointer)services};
}

void
nf_show_value_name (NfShow *show, guint16 id, guint64 value)
{
    NfDescriber d = describer (show, NULL);

    nf_describe_name (&show->out, &d, id, value);
}

static void
add_string (NfText *t, const NfValue *value)
{
    nf_text_add_char (t, '"');
    nf_show_printable (t, value->octets, value->length);
    nf_text_add_char (t, '"');
}

/* The absolute time of a value that is relative to something. */
static void
add_absolute_time (NfText *t, const NfRecord *r, guint i)
{
    NfTime time;
    guint digits;

    if (!nf_record_time (r, i, &time, &digits))
        return;
    nf_text_add (t, " (");
    nf_time_text (t, time, digits);
    nf_text_add_char (t, ')');
}

void
nf_show_more (NfShow *show, const NfRecord *r, guint i, const NfValue *value)
{
    const NfAnnouncement *announced;

    if (value->kind == NF_VALUE_UNSIGNED &&
        nf_element_is_relative_time (r->event->binding->fields[i].element))
        add_absolute_time (&show->out, r, i);
    if (!show->options->numeric && (announced = nf_record_announced_of_field (r, i, value)))
        nf_announcement_text (&show->out, announced);
}

void
nf_show_port (NfShow *show, const NfRecord *r, guint i, const NfServices *services, gint protocol)
{
    NfSpan span = nf_event_field (r->event, i);
    NfDescriber d = describer (show, services);

    d.record = r;
    nf_describe_port (&show->out, &d, r->event->binding->fields[i].element,
                      nf_octets_uint (nf_span_octets (r->octets, span), span.length), protocol);
}

gboolean
nf_show_field (NfShow *show, const NfRecord *r, guint i, const NfServices *services, gint protocol)
{
    const NfElement *element = r->event->binding->fields[i].element;
    NfDescriber d = describer (show, services);
    gboolean shown = TRUE;
    NfValue value;

    d.record = r;
    nf_record_value (r, i, &value);
    if (value.kind == NF_VALUE_STRING) {
        add_string (&show->out, &value);
        nf_describe_string_name (&show->out, &d, element, &value);
    } else {
        shown = nf_describe_value (&show->out, &d, element, &value, protocol);
    }
    nf_show_more (show, r, i, &value);
    return shown;
}
