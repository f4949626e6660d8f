/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The layouts of NetFlow's fixed versions, each octet as an IANA Information Element. */
#include "fixed.h"

#define PADDING 210 /* paddingOctets */

/* Information Element and length in octets. */
typedef struct {
    guint16 id;
    guint16 length;
} Part;

/* What all of them begin with: addresses, interfaces, counters, times, ports. */
static const Part beginning[] = {
    {8, 4}, {12, 4}, {15, 4}, {10, 2}, {14, 2}, {2, 4}, {1, 4}, {22, 4}, {21, 4}, {7, 2}, {11, 2},
};

static const Part v1_end[] = {{PADDING, 2}, {4, 1}, {5, 1}, {6, 1}, {PADDING, 7}};
static const Part v1_long_end[] = {{PADDING, 2}, {4, 1}, {5, 1}, {6, 1}, {PADDING, 11}};
static const Part v5_end[] = {
    {PADDING, 1}, {6, 1}, {4, 1}, {5, 1}, {16, 2}, {17, 2}, {9, 1}, {13, 1}, {PADDING, 2},
};

static const struct {
    guint16 version;
    guint16 record_length;
    const Part *end;
    guint n_end;
} layouts[NF_N_FIXED] = {
    [NF_FIXED_V1] = {1, 48, v1_end, G_N_ELEMENTS (v1_end)},
    [NF_FIXED_V1_LONG] = {1, 52, v1_long_end, G_N_ELEMENTS (v1_long_end)},
    [NF_FIXED_V5] = {5, 48, v5_end, G_N_ELEMENTS (v5_end)},
};

NfTemplate *
nf_fixed_template (NfFixed layout)
{
    NfField fields[G_N_ELEMENTS (beginning) + G_N_ELEMENTS (v5_end)];
    guint n = 0;

    g_return_val_if_fail (layout < NF_N_FIXED, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (beginning); i++)
        fields[n++] = (NfField){.id = beginning[i].id, .length = beginning[i].length};
    for (guint i = 0; i < layouts[layout].n_end; i++)
        fields[n++] =
            (NfField){.id = layouts[layout].end[i].id, .length = layouts[layout].end[i].length};
    return nf_template_new_fixed (layouts[layout].version, fields, n);
}

NfFixed
nf_fixed_layout (const NfMessage *message)
{
    gsize body = message->length - message->header_length;
    gsize record = layouts[NF_FIXED_V1_LONG].record_length;

    if (message->version == 5)
        return NF_FIXED_V5;
    if (message->version != 1)
        return NF_N_FIXED;
    return message->count > 0 && body == message->count * record ? NF_FIXED_V1_LONG : NF_FIXED_V1;
}

const char *
nf_fixed_name (guint16 version)
{
    static const char *const names[] = {[1] = "v1", [5] = "v5"};

    return version < G_N_ELEMENTS (names) ? names[version] : NULL;
}
