/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small program on top of libnfpeek: prints the values of all records of a Message given in hex.
 *
 *      cc example.c $(pkg-config --cflags --libs nfpeek) && ./a.out 000a0024...
 */
#include <nfpeek.h>
#include <stdio.h>

int
main (int argc, char **argv)
{
    static guint8 octets[65535];
    NfDatagram datagram = {.octets = octets, .order = 1};
    g_autoptr (NfRegistry) registry = nf_registry_new ();
    NfCollector *collector = nf_collector_new (registry, NULL);
    NfDecoder decoder = NF_DECODER_INIT;
    NfText text = NF_TEXT_INIT;
    NfEvent event;

    for (const char *hex = argc > 1 ? argv[1] : "";
         datagram.length < sizeof octets && sscanf (hex, "%2hhx", &octets[datagram.length]) == 1;
         hex += 2)
        datagram.wire_length = ++datagram.length;

    nf_collector_learn (collector, &datagram, NULL);
    nf_decoder_begin (&decoder, collector, &datagram, NF_CHECK_VALUES);
    while (nf_decoder_next (&decoder, &event) != NF_EVENT_END) {
        for (guint i = 0; event.type == NF_EVENT_RECORD && i < event.binding->tmpl->n_fields; i++) {
            const NfBoundField *field = &event.binding->fields[i];
            NfSpan span = nf_event_field (&event, i);
            NfValue value;

            nf_value_read (&value, field->type, octets + span.offset, span.length);
            nf_text_truncate (&text, 0);
            nf_value_text (&text, &value);
            printf ("%s: %s\n", field->element ? field->element->name : "?",
                    nf_text_string (&text));
        }
    }
    nf_text_clear (&text);
    nf_decoder_clear (&decoder);
    nf_collector_free (collector);
    return 0;
}
