/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The layouts of NetFlow's fixed versions, each octet as an IANA Information Element. */
#include "fixed.h"

#define PADDING 210 /* paddingOctets */

/* What v1, v5 and v7 begin with: addresses, interfaces, counters, times, ports. */
#define COMMON_BEGINNING                                                                           \
    {.id = 8, .length = 4}, {.id = 12, .length = 4}, {.id = 15, .length = 4},                      \
        {.id = 10, .length = 2}, {.id = 14, .length = 2}, {.id = 2, .length = 4},                  \
        {.id = 1, .length = 4}, {.id = 22, .length = 4}, {.id = 21, .length = 4},                  \
        {.id = 7, .length = 2},                                                                    \
    {                                                                                              \
        .id = 11, .length = 2                                                                      \
    }

#define V1_END(reserved)                                                                           \
    {.id = PADDING, .length = 2}, {.id = 4, .length = 1}, {.id = 5, .length = 1},                  \
        {.id = 6, .length = 1}, {.id = PADDING, .length = 3},                                      \
    {                                                                                              \
        .id = PADDING, .length = reserved                                                          \
    }

static const NfField v1[] = {COMMON_BEGINNING, V1_END (4)};
static const NfField v1_long[] = {COMMON_BEGINNING, V1_END (8)};
static const NfField v5[] = {
    COMMON_BEGINNING,        {.id = PADDING, .length = 1},
    {.id = 6, .length = 1},  {.id = 4, .length = 1},
    {.id = 5, .length = 1},  {.id = 16, .length = 2},
    {.id = 17, .length = 2}, {.id = 9, .length = 1},
    {.id = 13, .length = 1}, {.id = PADDING, .length = 2},
};

static const struct {
    guint16 version;
    guint16 record_length;
    const NfField *fields;
    guint n;
} layouts[NF_N_FIXED] = {
    [NF_FIXED_V1] = {1, 48, v1, G_N_ELEMENTS (v1)},
    [NF_FIXED_V1_LONG] = {1, 52, v1_long, G_N_ELEMENTS (v1_long)},
    [NF_FIXED_V5] = {5, 48, v5, G_N_ELEMENTS (v5)},
};

NfTemplate *
nf_fixed_template (NfFixed layout)
{
    g_return_val_if_fail (layout < NF_N_FIXED, NULL);
    return nf_template_new_fixed (layouts[layout].version, layouts[layout].fields,
                                  layouts[layout].n);
}

NfFixed
nf_fixed_layout (const NfMessage *message)
{
    gsize body = message->length - message->header_length;

    if (message->version == 5)
        return NF_FIXED_V5;
    if (message->version != 1)
        return NF_N_FIXED;
    return message->count > 0 &&
                   body == (gsize)message->count * layouts[NF_FIXED_V1_LONG].record_length
               ? NF_FIXED_V1_LONG
               : NF_FIXED_V1;
}

const char *
nf_fixed_name (guint16 version)
{
    static const char *const names[] = {NULL, "v1", NULL, NULL, NULL, "v5"};

    return version < G_N_ELEMENTS (names) ? names[version] : NULL;
}
