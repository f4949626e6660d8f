/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Network interfaces. */
#include "interface.h"

#include <pcap/pcap.h>

/* All interfaces; free them with pcap_freealldevs(). NULL and `error` where there is none. */
static pcap_if_t *
find_all (GError **error)
{
    char message[PCAP_ERRBUF_SIZE] = "";
    pcap_if_t *all = NULL;

    if (pcap_findalldevs (&all, message) == 0 && all)
        return all;
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "no interface is to be seen%s%s",
                 *message ? ": " : "", message);
    return NULL;
}

char *
nf_interface_name (const char *text, GError **error)
{
    guint64 number = g_ascii_strtoull (text, NULL, 10), n = 0;
    pcap_if_t *all;
    char *name = NULL;

    if (*text == '\0' || text[strspn (text, "0123456789")] != '\0')
        return g_strdup (text);
    all = find_all (error);
    if (!all)
        return NULL;
    for (const pcap_if_t *i = all; i; i = i->next)
        if (++n == number)
            name = g_strdup (i->name);
    pcap_freealldevs (all);
    if (!name)
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                     "there is no interface %s: 'nfpeek -D' lists 1 to %" G_GUINT64_FORMAT, text,
                     n);
    return name;
}

gboolean
nf_interfaces_list (NfText *t, GError **error)
{
    pcap_if_t *all = find_all (error);
    guint n = 0;

    for (const pcap_if_t *i = all; i; i = i->next) {
        gboolean is_loopback = (i->flags & PCAP_IF_LOOPBACK) != 0;
        const char *what = i->description ? i->description : is_loopback ? "Loopback" : NULL;

        nf_text_add_format (t, "%u. %s", ++n, i->name);
        if (what)
            nf_text_add_format (t, " (%s)", what);
        nf_text_add_char (t, '\n');
    }
    if (all)
        pcap_freealldevs (all);
    return all != NULL;
}
