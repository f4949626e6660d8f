/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Base64 (RFC 4648 4), on one line or wrapped, as programs put octets into JSON. Words look like
 * it, so it counts only where it begins like a Message.
 */
#include "hextext-form.h"

/* The digits of 16 octets, the smallest header of a Message. */
#define MIN_DIGITS 22

static gboolean
is_digit (char c)
{
    return g_ascii_isalnum (c) || c == '+' || c == '/';
}

/* The end of the base64 at `at`, which goes on over lines that hold nothing else. */
static const char *
base64_end (const char *at, const char *end)
{
    for (;;) {
        const char *line, *p;

        while (at < end && is_digit (*at))
            at++;
        if (at >= end || *at != '\n')
            break;
        for (p = line = at + 1; p < end && is_digit (*p);)
            p++;
        while (p < end && *p == '=')
            p++;
        if (p == line || (p < end && *p != '\n'))
            break;
        at = line;
    }
    while (at < end && *at == '=')
        at++;
    return at;
}

static void
read_digits (NfHexOut *out, const char *at, const char *end)
{
    g_autofree guint8 *octets = g_malloc ((gsize)(end - at) / 4 * 3 + 6);
    int state = 0;
    guint save = 0;
    gsize n = g_base64_decode_step (at, (gsize)(end - at), octets, &state, &save);

    if (!nf_hex_is_version (octets, n))
        return;
    nf_hex_begin (out, at);
    nf_hex_add (out, octets, n);
    nf_hex_end (out, end);
    out->form = "base64";
}

void
nf_hex_read_base64 (NfHexOut *out, const char *end)
{
    const char *at = out->text;

    while (at < end) {
        const char *behind = at;

        while (behind < end && is_digit (*behind))
            behind++;
        if (behind == at) {
            at++;
            continue;
        }
        /* Version numbers make it begin with "AA". */
        if (behind - at >= MIN_DIGITS && at[0] == 'A' && at[1] == 'A') {
            behind = base64_end (at, end);
            read_digits (out, at, behind);
        } else {
            out->notes |= NF_HEX_WORDS;
        }
        at = behind;
    }
}
