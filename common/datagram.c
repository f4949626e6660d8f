/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two ends of a conversation: compared, hashed, as text. */
#include "datagram.h"

#include "hash.h"
#include "value.h"

gboolean
nf_endpoint_equal (const NfEndpoint *a, const NfEndpoint *b)
{
    return a->port == b->port && nf_endpoint_same_address (a, b);
}

gboolean
nf_endpoint_same_address (const NfEndpoint *a, const NfEndpoint *b)
{
    return a->family == b->family && memcmp (a->address, b->address, sizeof a->address) == 0;
}

static guint
hash_with_port (const NfEndpoint *endpoint, guint16 port)
{
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, (guint64)endpoint->family << 16 | port);
    nf_hash_add_octets (&hash, endpoint->address, sizeof endpoint->address);
    return nf_hash_end (&hash);
}

guint
nf_endpoint_hash (const NfEndpoint *endpoint)
{
    return hash_with_port (endpoint, endpoint->port);
}

guint
nf_endpoint_hash_address (const NfEndpoint *endpoint)
{
    return hash_with_port (endpoint, 0);
}

void
nf_endpoint_text (NfText *t, const NfEndpoint *endpoint)
{
    if (endpoint->family == 4)
        nf_ipv4_text (t, endpoint->address);
    else if (endpoint->family == 6)
        nf_ipv6_text (t, endpoint->address);
    else
        nf_text_add_char (t, '?');
}

void
nf_endpoint_text_port (NfText *t, const NfEndpoint *endpoint)
{
    gboolean brackets = endpoint->family == 6;

    if (brackets)
        nf_text_add_char (t, '[');
    nf_endpoint_text (t, endpoint);
    if (brackets)
        nf_text_add_char (t, ']');
    if (endpoint->family != 0) {
        nf_text_add_char (t, ':');
        nf_text_add_uint (t, endpoint->port, 1);
    }
}
