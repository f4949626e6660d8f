/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Template Records and the elements they are bound to (common/template.h, binding.h, fixed.h). */
#include "cases.h"

#include "common/fixed.h"

/* Looks through the first record of a Template Set that `hex` is the content of. */
static gboolean
scan (NfTemplateScan *s, guint8 **octets, const char *hex, guint16 version, gboolean options)
{
    gsize length;
    NfReader r;

    *octets = transcript_hex (hex, &length);
    r = nf_reader (*octets, length, 100);
    nf_template_scan (s, &r, version, options);
    g_assert_cmpuint (s->span.offset, ==, 100);
    g_assert_cmpuint (s->span.length, <=, length);
    if (s->skippable)
        g_assert_cmpuint (r.offset, ==, 100 + s->span.length);
    else
        g_assert_cmpuint (r.left, ==, length);
    return s->ok;
}

static NfTemplate *
template_of (const char *hex, guint16 version, gboolean options)
{
    NfTemplateScan s;
    guint8 *octets;
    NfTemplate *t;

    g_assert_true (scan (&s, &octets, hex, version, options));
    t = nf_template_new (&s);
    g_assert_true (nf_template_equals_scan (t, &s));
    g_free (octets); /* the Template keeps nothing borrowed */
    return t;
}

/* How far a record reaches, and what it is. */
static void
test_scan (void)
{
    enum { OK, WITHDRAWAL, SKIPPED, LOST };
    static const struct {
        const char *hex;
        guint16 version;
        gboolean options;
        guint outcome;
        guint length, n_fields, scope_count;
    } cases[] = {
        {"0100 0002 0008 0004 000c 0004 ffff", 10, FALSE, OK, 12, 2, 0},
        {"0100 0002 0008 0004 000c 0004 ffff", 9, FALSE, OK, 12, 2, 0},
        {"ffff 0001 8001 0004 00000009 ffff", 10, FALSE, OK, 12, 1, 0},
        /* no enterprise numbers in v9 */
        {"ffff 0001 8001 0004 00000009", 9, FALSE, OK, 8, 1, 0},
        {"0100 0002 0001 0095 0004 0001 0004", 10, TRUE, OK, 14, 2, 1},
        {"0100 0004 0004 0001 0004 0022 0004", 9, TRUE, OK, 14, 2, 1},
        {"0100 0000 0004 0022 0004", 9, TRUE, OK, 10, 1, 0},
        {"0100 0008 0000 0001 0004 0002 0004", 9, TRUE, OK, 14, 2, 2},
        {"0100 0000", 10, FALSE, WITHDRAWAL, 4, 0, 0},
        {"0100 0000", 10, TRUE, WITHDRAWAL, 4, 0, 0},
        {"0002 0000", 10, FALSE, WITHDRAWAL, 4, 0, 0},
        {"0003 0000", 10, TRUE, WITHDRAWAL, 4, 0, 0},
        {"0002 0000", 10, TRUE, SKIPPED, 4, 0, 0},
        {"0003 0000", 10, FALSE, SKIPPED, 4, 0, 0},
        {"00ff 0000", 10, FALSE, SKIPPED, 4, 0, 0},
        {"0100 0000 0008 0004", 9, FALSE, SKIPPED, 4, 0, 0},
        {"0100 0000 0000", 9, TRUE, SKIPPED, 6, 0, 0},
        {"00ff 0001 0008 0004", 10, FALSE, SKIPPED, 8, 1, 0},
        {"0000 0001 0008 0004", 9, FALSE, SKIPPED, 8, 1, 0},
        {"0100 0001 0002 0095 0004", 10, TRUE, SKIPPED, 10, 1, 2},
        /* as many fields of length 0 as are remembered, and one more */
        {"0100 0400 00*4096 ", 10, FALSE, OK, 4100, 1024, 0},
        {"0100 0402 00*4096 0008 0004 000c 0004", 9, FALSE, OK, 4108, 1026, 0},
        {"0100 0401 00*4100 ", 10, FALSE, SKIPPED, 4104, 1025, 0},
        {"0100 0402 00*4100 0008 0004", 9, FALSE, SKIPPED, 4108, 1026, 0},
        {"0100 0002 0008 0004", 10, FALSE, LOST, 8, 2, 0},
        {"0100 ffff 0008 0004", 10, FALSE, LOST, 8, 65535, 0},
        {"0100 0001 8008 0004", 10, FALSE, LOST, 8, 1, 0},
        {"0100 0001 0008 00", 10, FALSE, LOST, 7, 1, 0},
        {"0100 0001", 10, TRUE, LOST, 4, 1, 0},
        {"0100 fffc fffc 0001 0004", 9, TRUE, LOST, 10, 32766, 16383},
        {"0100 00", 10, FALSE, LOST, 3, 0, 0},
        {"", 10, FALSE, LOST, 0, 0, 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        NfTemplateScan s;
        g_autofree guint8 *octets = NULL;
        guint outcome;

        scan (&s, &octets, cases[i].hex, cases[i].version, cases[i].options);
        outcome = s.ok ? s.withdrawal ? WITHDRAWAL : OK : s.skippable ? SKIPPED : LOST;
        if (outcome != cases[i].outcome || s.span.length != cases[i].length ||
            s.n_fields != cases[i].n_fields || s.scope_count != cases[i].scope_count)
            g_error ("%s: outcome %u, %u octets, %u fields, %u of them scope", cases[i].hex,
                     outcome, s.span.length, s.n_fields, s.scope_count);
    }
}

/* The n-th of several records in a Set. */
static void
test_scan_all (void)
{
    gsize length;
    g_autofree guint8 *octets = transcript_hex ("0100 0001 0008 0004  00ff 0001 0008 0004"
                                                "0101 0002 8008 0004 00000009 0008 0004  00",
                                                &length);
    NfReader r = nf_reader (octets, length, 20);
    NfTemplateScan s;

    nf_template_scan (&s, &r, 10, FALSE);
    g_assert_true (s.ok && s.id == 256 && s.span.offset == 20);
    nf_template_scan (&s, &r, 10, FALSE);
    g_assert_true (!s.ok && s.skippable && s.id == 255 && s.span.offset == 28);
    nf_template_scan (&s, &r, 10, FALSE);
    g_assert_true (s.ok && s.id == 257 && s.span.offset == 36 && s.span.length == 16);
    g_assert_cmpuint (r.left, ==, 1);
}

static void
test_layout (void)
{
    static const guint32 offsets[] = {0, 4, 4, 6};
    NfTemplate *fixed =
        template_of ("0100 0004 0008 0004 0052 0000 0007 0002 8001 0009 00001234", 10, FALSE);
    NfTemplate *variable = template_of ("0100 0003 0008 0004 0052 ffff 0007 0002", 10, FALSE);
    NfTemplate *empty = template_of ("0100 0002 0008 0000 000c 0000", 10, FALSE);
    NfTemplate *long_one = template_of ("0100 0003 0001 fffe 0002 fffe 0003 fffe", 9, FALSE);

    g_assert_cmpuint (fixed->record_length, ==, 15);
    g_assert_false (fixed->variable);
    g_assert_cmpuint (fixed->n_fields, ==, G_N_ELEMENTS (offsets));
    for (guint i = 0; i < fixed->n_fields; i++)
        g_assert_cmpuint (fixed->offsets[i], ==, offsets[i]);
    g_assert_cmpuint (fixed->fields[3].pen, ==, 0x1234);
    g_assert_cmpuint (fixed->fields[3].id, ==, 1);
    g_assert_cmpuint (fixed->fields[3].length, ==, 9);
    g_assert_true (variable->variable);
    g_assert_cmpuint (variable->n_fixed, ==, 1);
    g_assert_cmpuint (variable->fixed_length, ==, 4);
    g_assert_cmpuint (fixed->n_fixed, ==, fixed->n_fields);
    g_assert_cmpuint (fixed->fixed_length, ==, fixed->record_length);
    g_assert_cmpuint (variable->record_length, ==, 7); /* with a length prefix of one octet */
    g_assert_cmpuint (empty->record_length, ==, 0);
    g_assert_cmpuint (long_one->record_length, ==, 3 * 65534);
    nf_template_free (fixed);
    nf_template_free (variable);
    nf_template_free (empty);
    nf_template_free (long_one);
}

/* Where the fields of a record lie, by both ways to find them. */
static void
test_fields (void)
{
    static const NfSpan expected[] = {{100, 4}, {104, 2}, {107, 3}, {110, 1}, {114, 260}, {374, 2}};
    NfTemplate *t = template_of ("0100 0006 0008 0004 0007 0002 0052 ffff 0004 0001 0053 ffff"
                                 "000b 0002",
                                 10, FALSE);
    NfBinding *binding = nf_binding_new (t, transcript_registry ());
    guint8 octets[7 + 3 + 1 + 3 + 260 + 2] = {[6] = 3, [11] = 255, [12] = 1, [13] = 4};
    NfReader r = nf_reader (octets, sizeof octets, 100), again = r;
    NfSpans some = {.at = NULL}, all = {.at = NULL};
    NfEvent event = {.type = NF_EVENT_RECORD, .span = {100, sizeof octets}, .binding = binding};

    g_assert_cmpuint (t->n_fixed, ==, 2);
    g_assert_true (nf_template_read_record (t, &r, &some));
    g_assert_true (nf_template_read_all (t, &again, &all));
    g_assert_cmpuint (r.left, ==, 0);
    g_assert_cmpuint (again.left, ==, 0);
    event.fields = some.at;
    for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
        NfSpan span = nf_event_field (&event, i);

        g_assert_cmpuint (span.offset, ==, expected[i].offset);
        g_assert_cmpuint (span.length, ==, expected[i].length);
        g_assert_cmpuint (all.at[i].offset, ==, expected[i].offset);
        g_assert_cmpuint (all.at[i].length, ==, expected[i].length);
    }
    for (gsize n = 0; n < sizeof octets; n++) { /* none of it is too much to ask for */
        r = nf_reader (octets, n, 0);
        g_assert_false (nf_template_read_record (t, &r, &some));
        r = nf_reader (octets, n, 0);
        g_assert_false (nf_template_read_all (t, &r, &all));
    }
    nf_spans_clear (&some);
    nf_spans_clear (&all);
    nf_binding_unref (binding);
}

/* Two Templates are one where version, kind and octets are the same. */
static void
test_equal (void)
{
    static const struct {
        const char *hex;
        guint16 version;
        gboolean options;
    } cases[] = {
        {"0100 0002 0001 0095 0004 0001 0004", 10, TRUE},
        {"0100 0002 0001 0095 0004 0001 0004", 9, FALSE}, /* as far as it reads */
        {"0101 0002 0001 0095 0004 0001 0004", 10, TRUE},
        {"0100 0002 0002 0095 0004 0001 0004", 10, TRUE},
        {"0100 0002 0008 0004 000c 0004", 10, FALSE},
        {"0100 0002 0008 0004 000c 0004", 9, FALSE},
        {"0100 0002 000c 0004 0008 0004", 10, FALSE},
        {"0100 0001 0008 0004", 10, FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        for (gsize j = 0; j < G_N_ELEMENTS (cases); j++) {
            NfTemplate *a = template_of (cases[i].hex, cases[i].version, cases[i].options);
            NfTemplate *b = template_of (cases[j].hex, cases[j].version, cases[j].options);

            g_assert_cmpint (nf_template_equal (a, b), ==, i == j);
            if (i == j)
                g_assert_cmpuint (nf_template_hash (a), ==, nf_template_hash (b));
            nf_template_free (a);
            nf_template_free (b);
        }
    }
}

/* Templates of 12 fields, each of which is one of two elements, so that ids * 33 add up to the
 * same: who does not know the secret finds no two of one hash. */
static void
test_hash (void)
{
    g_autoptr (GHashTable) hashes = g_hash_table_new (NULL, NULL);

    for (guint i = 0; i < 4096; i++) {
        g_autoptr (GString) hex = g_string_new ("0100 000c");
        NfTemplate *t;

        for (guint bit = 0; bit < 12; bit++)
            g_string_append (hex, i >> bit & 1 ? " 0121 0004" : " 0200 0004");
        t = template_of (hex->str, 10, FALSE);
        g_hash_table_add (hashes, GUINT_TO_POINTER (nf_template_hash (t)));
        nf_template_free (t);
    }
    g_assert_cmpuint (g_hash_table_size (hashes), >, 4090); /* two of 32 bits may be the same */
}

/* How the field of a Template is read, and what is said against it. */
static void
test_binding (void)
{
    static const struct {
        const char *hex;
        guint16 version;
        gboolean options;
        guint field;
        const char *element; /* NULL: not known */
        NfType type;
        NfFindingId trouble; /* NF_N_FINDINGS: none */
    } cases[] = {
        {"0100 0001 0001 0008", 10, 0, 0, "octetDeltaCount", NF_TYPE_UNSIGNED64, NF_N_FINDINGS},
        {"0100 0001 0001 0003", 10, 0, 0, "octetDeltaCount", NF_TYPE_UNSIGNED64, NF_N_FINDINGS},
        {"0100 0001 0001 0009", 10, 0, 0, "octetDeltaCount", NF_TYPE_OCTET_ARRAY,
         NF_FINDING_ELEMENT_OCTETS},
        {"0100 0001 0004 0008", 10, 0, 0, "protocolIdentifier", NF_TYPE_UNSIGNED8,
         NF_FINDING_ELEMENT_LENGTH},
        {"0100 0001 0004 0008", 9, 0, 0, "protocolIdentifier", NF_TYPE_UNSIGNED8,
         NF_FINDING_ELEMENT_LENGTH_NETFLOW9},
        {"0100 0001 0008 0003", 9, 0, 0, "sourceIPv4Address", NF_TYPE_OCTET_ARRAY,
         NF_FINDING_ELEMENT_OCTETS},
        {"0100 0001 0008 0000", 10, 0, 0, "sourceIPv4Address", NF_TYPE_IPV4_ADDRESS,
         NF_FINDING_TEMPLATE_ZERO_LENGTH},
        {"0100 0001 0052 ffff", 10, 0, 0, "interfaceName", NF_TYPE_STRING, NF_N_FINDINGS},
        {"0100 0001 0052 ffff", 9, 0, 0, "interfaceName", NF_TYPE_STRING,
         NF_FINDING_TEMPLATE_VARIABLE},
        {"0100 0001 7ffe 0004", 10, 0, 0, NULL, NF_TYPE_OCTET_ARRAY, NF_FINDING_ELEMENT_UNKNOWN},
        {"0100 0001 8001 0004 00007279", 10, 0, 0, "reverseOctetDeltaCount", NF_TYPE_UNSIGNED64,
         NF_N_FINDINGS},
        /* a v9 scope type is no Information Element, the fields behind it are */
        {"0100 0004 0004 0001 0004 0001 0004", 9, 1, 0, "scope_system", NF_TYPE_UNSIGNED64,
         NF_N_FINDINGS},
        {"0100 0004 0004 0001 0004 0001 0004", 9, 1, 1, "octetDeltaCount", NF_TYPE_UNSIGNED64,
         NF_N_FINDINGS},
        {"0100 0004 0004 0006 0004 0001 0004", 9, 1, 0, NULL, NF_TYPE_OCTET_ARRAY,
         NF_FINDING_ELEMENT_UNKNOWN},
        /* in IPFIX any Information Element may be scope */
        {"0100 0002 0001 0001 0004 0002 0004", 10, 1, 0, "octetDeltaCount", NF_TYPE_UNSIGNED64,
         NF_N_FINDINGS},
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        NfTemplate *t = template_of (cases[i].hex, cases[i].version, cases[i].options);
        NfBinding *b = nf_binding_new (t, transcript_registry ());
        const NfBoundField *field = &b->fields[cases[i].field];
        NfFinding f = {.id = NF_N_FINDINGS};
        NfFinding second;

        g_assert_cmpstr (field->element ? field->element->name : NULL, ==, cases[i].element);
        g_assert_cmpint (field->type, ==, cases[i].type);
        g_assert_cmpint (nf_binding_trouble (b, cases[i].field, 0, &f), ==,
                         cases[i].trouble != NF_N_FINDINGS);
        g_assert_cmpint (f.id, ==, cases[i].trouble);
        g_assert_false (nf_binding_trouble (b, cases[i].field, 1, &second));
        nf_binding_unref (nf_binding_ref (b));
        nf_binding_unref (b);
    }
}

static void
test_fixed (void)
{
    static const struct {
        guint16 version;
        gsize octets; /* of two records */
        gsize record_length;
        const char *name;
    } cases[] = {
        {1, 96, 48, "v1"},  {1, 104, 52, "v1"}, {1, 100, 48, "v1"}, {5, 96, 48, "v5"},
        {6, 104, 52, "v6"}, {7, 104, 52, "v7"}, {7, 96, 52, "v7"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        guint layout = nf_fixed_layout (cases[i].version, 0, 2, cases[i].octets);
        NfTemplate *t = nf_fixed_template (layout);

        g_assert_cmpuint (t->version, ==, cases[i].version);
        g_assert_cmpuint (t->record_length, ==, cases[i].record_length);
        g_assert_cmpstr (nf_fixed_name (t->version), ==, cases[i].name);
        nf_template_free (t);
    }
    for (guint i = 0; i < NF_N_FIXED; i++) {
        NfTemplate *t = nf_fixed_template (i);
        NfBinding *b = nf_binding_new (t, transcript_registry ());

        g_assert_cmpuint (t->record_length, ==, nf_fixed_record_length (i));
        for (guint field = 0; field < t->n_fields; field++) {
            NfFinding f;

            g_assert_nonnull (b->fields[field].element);
            g_assert_false (nf_binding_trouble (b, field, 0, &f));
        }
        nf_binding_unref (b);
    }
    g_assert_cmpuint (nf_fixed_layout (8, 0, 1, 28), ==, NF_N_FIXED);
    g_assert_cmpuint (nf_fixed_layout (8, 15, 1, 28), ==, NF_N_FIXED);
    g_assert_cmpuint (nf_fixed_layout (9, 0, 1, 28), ==, NF_N_FIXED);
    g_assert_null (nf_fixed_name (9));
    g_assert_null (nf_fixed_name (10));
    g_assert_null (nf_fixed_name (65535));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/template/scan", test_scan);
    g_test_add_func ("/template/scan-all", test_scan_all);
    g_test_add_func ("/template/layout", test_layout);
    g_test_add_func ("/template/equal", test_equal);
    g_test_add_func ("/template/fields", test_fields);
    g_test_add_func ("/template/hash", test_hash);
    g_test_add_func ("/template/binding", test_binding);
    g_test_add_func ("/template/fixed", test_fixed);
    return g_test_run ();
}
