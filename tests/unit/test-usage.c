/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What becomes of Templates over time (common/usage.h). */
#include "usage.h"

#include "domain.h"

#define SECOND G_GINT64_CONSTANT (1000000000)

typedef struct {
    NfRegistry *registry;
    NfUsage *usage;
    GArray *findings; /* of what was given last */
    NfDatagram datagram;
    NfMessage message;
} Fixture;

static void
set_up (Fixture *f, NfTransport transport)
{
    *f = (Fixture){.registry = nf_registry_new (),
                   .usage = nf_usage_new (NULL),
                   .findings = g_array_new (FALSE, FALSE, sizeof (NfFinding)),
                   .datagram = {.exporter = {.address = {192, 0, 2, 1}, .port = 40000, .family = 4},
                                .transport = transport,
                                .has_time = TRUE},
                   .message = {.version = 10, .domain = 5}};
}

static void
tear_down (Fixture *f)
{
    nf_usage_free (f->usage);
    nf_registry_unref (f->registry);
    g_array_unref (f->findings);
}

/* The next Message, `at_s` seconds after the first one. */
static void
begin (Fixture *f, gint64 at_s)
{
    f->datagram.order++;
    f->datagram.packet++;
    f->datagram.time_ns = (1700000000 + at_s) * SECOND;
    g_array_set_size (f->findings, 0);
    nf_usage_begin (f->usage);
    nf_usage_message (f->usage, &f->datagram, &f->message, FALSE, f->findings);
}

/* A Template, or an Options Template with one scope field, of fields of 4 octets with the ids that
 * the string names: "\1\2". */
static NfBinding *
make_kind (const Fixture *f, guint16 id, const char *fields, gboolean options)
{
    GByteArray *octets = g_byte_array_new ();
    const guint8 header[] = {(guint8)(id >> 8), (guint8)id, 0, (guint8)strlen (fields), 0, 1};
    NfTemplateScan scan;
    NfBinding *binding;
    NfReader r;

    g_byte_array_append (octets, header, options ? 6 : 4);
    for (const char *at = fields; *at; at++) {
        const guint8 field[] = {0, (guint8)*at, 0, 4};

        g_byte_array_append (octets, field, sizeof field);
    }
    r = nf_reader (octets->data, octets->len, 0);
    nf_template_scan (&scan, &r, 10, options);
    binding = nf_binding_new (nf_template_new (&scan), f->registry);
    g_byte_array_unref (octets);
    return binding;
}

static NfBinding *
make (const Fixture *f, guint16 id, const char *fields)
{
    return make_kind (f, id, fields, FALSE);
}

static void
announce_kind (Fixture *f, guint16 id, const char *fields, gboolean options)
{
    NfBinding *binding = make_kind (f, id, fields, options);
    NfEvent event = {.type = NF_EVENT_TEMPLATE, .span = {20, 12}, .binding = binding};

    nf_usage_event (f->usage, &event, f->findings);
    nf_binding_unref (binding);
}

static void
announce (Fixture *f, guint16 id, const char *fields)
{
    announce_kind (f, id, fields, FALSE);
}

static void
withdraw (Fixture *f, guint16 id)
{
    NfEvent event = {.type = NF_EVENT_WITHDRAWAL, .span = {20, 4}, .template_id = id};

    nf_usage_event (f->usage, &event, f->findings);
}

/* A Data Set of 8 octets: `n` records, or with 0 no Template. */
static void
send_data (Fixture *f, guint16 id, guint n, gboolean late)
{
    NfBinding *binding = n > 0 ? make (f, id, "\1") : NULL;
    NfSet set = {.kind = NF_SET_DATA, .id = id, .span = {16, 12}};
    NfTemplateUse use = {.binding = binding, .late = late};
    NfEvent event = {.type = NF_EVENT_SET, .span = set.span, .set = &set, .use = &use};
    NfEvent record = {.type = NF_EVENT_RECORD, .count = 1, .span = {20, 4}, .binding = binding};

    nf_usage_event (f->usage, &event, f->findings);
    for (guint i = 0; i < n; i++)
        nf_usage_event (f->usage, &record, f->findings);
    if (binding)
        nf_binding_unref (binding);
}

/* What has just been said: one finding, or none where `id` is NF_N_FINDINGS. */
static void
expect (const Fixture *f, NfFindingId id, guint64 b)
{
    g_assert_cmpuint (f->findings->len, ==, id == NF_N_FINDINGS ? 0 : 1);
    if (id == NF_N_FINDINGS)
        return;
    g_assert_cmpint (g_array_index (f->findings, NfFinding, 0).id, ==, id);
    g_assert_cmpuint (g_array_index (f->findings, NfFinding, 0).args[1], ==, b);
}

static const NfDomainUsage *
find_domain (const Fixture *f)
{
    g_autoptr (GPtrArray) domains = nf_usage_domains (f->usage);

    return domains->pdata[0];
}

static const NfTemplateUsage *
find (const Fixture *f, guint16 id)
{
    return nf_id_map_find (&find_domain (f)->templates, id);
}

static void
test_intervals (void)
{
    Fixture f;
    const NfTemplateUsage *u;

    set_up (&f, NF_TRANSPORT_UDP);
    for (gint64 at = 0; at < 4; at++) {
        begin (&f, at * 60 + (at == 3 ? 15 : 0));
        announce (&f, 256, "\1");
        announce (&f, 256, "\1"); /* twice in a Message is no interval */
        expect (&f, NF_N_FINDINGS, 0);
    }
    u = find (&f, 256);
    g_assert_cmpuint (u->announced, ==, 8);
    g_assert_cmpuint (u->n_intervals, ==, 3);
    g_assert_cmpint (u->interval_ns, ==, 195 * SECOND);
    g_assert_cmpint (u->shortest_ns, ==, 60 * SECOND);
    g_assert_cmpint (u->longest_ns, ==, 75 * SECOND);
    g_assert_cmpuint (u->first.packet, ==, 1);
    g_assert_cmpuint (u->last.packet, ==, 4);
    tear_down (&f);
}

/* Of intervals that are longer together than nanoseconds in 64 bits the first ones count. */
static void
test_long_intervals (void)
{
    const gint64 century = G_GINT64_CONSTANT (3155760000);
    const NfTemplateUsage *u;
    Fixture f;

    set_up (&f, NF_TRANSPORT_UDP);
    for (gint64 i = 0; i < 10; i++) {
        begin (&f, i % 2 * century);
        announce (&f, 256, "\1");
    }
    u = find (&f, 256);
    g_assert_cmpuint (u->announced, ==, 10);
    g_assert_cmpuint (u->n_intervals, ==, 2);
    g_assert_cmpint (u->interval_ns, ==, 2 * century * SECOND);
    tear_down (&f);
}

static void
test_changes (void)
{
    static const char *const fields[] = {"\1", "\1\2"};
    Fixture f;
    const NfTemplateUsage *u;

    set_up (&f, NF_TRANSPORT_UDP);
    for (guint i = 0; i < 2 * NF_USAGE_FORMER; i++) {
        begin (&f, i);
        announce (&f, 256, fields[i % 2]);
        expect (&f,
                i == 0  ? NF_N_FINDINGS
                : i < 3 ? NF_FINDING_TEMPLATE_CHANGED
                        : NF_FINDING_TEMPLATE_CHANGING,
                i);
    }
    u = find (&f, 256);
    g_assert_cmpuint (u->changes, ==, 2 * NF_USAGE_FORMER - 1);
    g_assert_cmpuint (u->former->len, ==, NF_USAGE_FORMER);
    g_assert_cmpuint (g_array_index (u->former, NfFormer, 1).binding->tmpl->n_fields, ==, 2);
    tear_down (&f);
}

/* Over TCP a Template is withdrawn before it is defined anew, by its id or with all others. */
static void
test_withdrawals (void)
{
    Fixture f;

    set_up (&f, NF_TRANSPORT_TCP);
    begin (&f, 0);
    announce (&f, 256, "\1");
    announce (&f, 256, "\2");
    expect (&f, NF_FINDING_TEMPLATE_CHANGED_UNASKED, 1);
    begin (&f, 1);
    withdraw (&f, 256);
    announce (&f, 256, "\1");
    expect (&f, NF_FINDING_TEMPLATE_CHANGED, 2);
    begin (&f, 2);
    withdraw (&f, 3); /* Options Templates: it is none */
    announce (&f, 256, "\2");
    expect (&f, NF_FINDING_TEMPLATE_CHANGED_UNASKED, 3);
    begin (&f, 3);
    withdraw (&f, 2);
    announce (&f, 256, "\1");
    expect (&f, NF_FINDING_TEMPLATE_CHANGED, 4);
    begin (&f, 4);
    withdraw (&f, 257);
    expect (&f, NF_FINDING_TEMPLATE_WITHDRAWAL_UNKNOWN, 0);
    g_assert_cmpuint (find (&f, 256)->withdrawals, ==, 2);
    tear_down (&f);
}

/* The Template IDs are 256 to 258: "t0" announces a Template, "o0" an Options Template, "d0" is
 * data of a Template that came in another session, "-0" withdraws one, "-t" and "-o" all of a kind.
 * What becomes of the three: how often each was withdrawn, with ! where it is now, then how many of
 * each kind are live. */
static const struct {
    const char *steps;
    const char *becomes;
} of_all[] = {
    {"t0t1o2-t", "1! 1! 0 0+1"},
    {"t0t1o2-o", "0 0 1! 2+0"},
    {"t0t1o2-t-t-o-o", "1! 1! 1! 0+0"},
    {"-tt0-tt0-tt0", "2 0 0 1+0"},
    {"t0t0t0-t", "1! 0 0 0+0"},
    {"t0t1-0-t-1", "1! 1! 0 0+0"},
    {"t0t1t2-1-1", "0 1! 0 2+0"},
    {"t0t1-tt1-t", "1! 2! 0 0+0"},
    {"t0o0-t", "0 0 0 0+1"}, /* it is of the other kind now */
    {"t0o0-o", "1! 0 0 0+0"},
    {"t0-0o0-t", "1 0 0 0+1"},
    {"t0-to0-tt0-o", "1 0 0 1+0"},
    {"o0t1t0o1-o-t", "1! 1! 0 0+0"},
    {"d0t1-t", "0 1! 0 0+0"}, /* what did not come cannot go */
    {"d0o0-t", "0 0 0 0+1"},
    {"t0-td0-t", "1! 0 0 0+0"},
};

static void
take_step (Fixture *f, const char *step)
{
    guint16 id = (guint16)(256 + step[1] - '0');

    if (step[0] == 'd')
        send_data (f, id, 1, FALSE);
    else if (step[0] != '-')
        announce_kind (f, id, "\1\2", step[0] == 'o');
    else
        withdraw (f, step[1] == 't' ? 2 : step[1] == 'o' ? 3 : id);
}

static void
test_withdrawals_of_all (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (of_all); i++) {
        g_autoptr (GString) text = g_string_new (NULL);
        const NfDomainUsage *d;
        Fixture f;

        set_up (&f, NF_TRANSPORT_TCP);
        for (const char *step = of_all[i].steps; *step; step += 2) {
            begin (&f, 0);
            take_step (&f, step);
        }
        for (guint16 id = 256; id <= 258; id++) {
            const NfTemplateUsage *u = find (&f, id);

            g_string_append_printf (text, "%u%s ", u ? (guint)u->withdrawals : 0,
                                    u && u->withdrawn ? "!" : "");
        }
        d = find_domain (&f);
        g_string_append_printf (text, "%u+%u", d->live[0].length, d->live[1].length);
        g_test_message ("%s", of_all[i].steps);
        g_assert_cmpstr (text->str, ==, of_all[i].becomes);
        tear_down (&f);
    }
}

/* Were each Template looked at again at each withdrawal of all, this would take many minutes. */
static void
test_many_withdrawals_of_all (void)
{
    const guint n = 50000;
    Fixture f;

    set_up (&f, NF_TRANSPORT_TCP);
    begin (&f, 0);
    for (guint i = 0; i < n; i++)
        announce_kind (&f, (guint16)(257 + i), "\1", i % 2 > 0);
    for (guint i = 0; i < 20 * n; i++)
        withdraw (&f, 2);
    for (guint i = 0; i < n; i++) {
        announce (&f, 256, "\1");
        withdraw (&f, 2);
    }
    g_assert_cmpuint (find (&f, 256)->withdrawals, ==, n);
    g_assert_cmpuint (find (&f, 257)->withdrawals, ==, 1);
    g_assert_cmpuint (find (&f, 258)->withdrawals, ==, 0);
    g_assert_cmpuint (find_domain (&f)->live[0].length, ==, 0);
    g_assert_cmpuint (find_domain (&f)->live[1].length, ==, n / 2);
    tear_down (&f);
}

/* Where the session began before, so may have the Template. */
static void
test_withdrawal_of_before (void)
{
    Fixture f;

    set_up (&f, NF_TRANSPORT_TCP);
    f.message.sequence = 1000;
    begin (&f, 0);
    withdraw (&f, 257);
    expect (&f, NF_N_FINDINGS, 0);
    tear_down (&f);
}

static void
test_lapse (void)
{
    Fixture f;

    set_up (&f, NF_TRANSPORT_UDP);
    begin (&f, 0);
    announce (&f, 256, "\1");
    for (gint64 minute = 10; minute <= 60; minute += 10) {
        begin (&f, minute * 60);
        send_data (&f, 256, 1, FALSE);
        expect (&f, minute == 40 ? NF_FINDING_TEMPLATE_INTERVAL : NF_N_FINDINGS, 40);
        g_assert_cmpuint (nf_usage_last_announced (f.usage), ==, 1);
    }
    begin (&f, 61 * 60);
    announce (&f, 256, "\1");
    begin (&f, 81 * 60);
    send_data (&f, 256, 1, FALSE);
    expect (&f, NF_N_FINDINGS, 0);
    begin (&f, 100 * 60);
    send_data (&f, 256, 1, FALSE);
    expect (&f, NF_FINDING_TEMPLATE_INTERVAL, 39);
    g_assert_cmpuint (nf_usage_last_announced (f.usage), ==, 8);
    tear_down (&f);
}

/* Nobody knows what went on while nothing came; TCP needs no refresh. */
static void
test_no_lapse (void)
{
    Fixture f;

    set_up (&f, NF_TRANSPORT_UDP);
    begin (&f, 0);
    announce (&f, 256, "\1");
    begin (&f, 3000);
    send_data (&f, 256, 1, FALSE);
    expect (&f, NF_N_FINDINGS, 0);
    tear_down (&f);
    set_up (&f, NF_TRANSPORT_TCP);
    begin (&f, 0);
    announce (&f, 256, "\1");
    begin (&f, 2400);
    send_data (&f, 256, 1, FALSE);
    expect (&f, NF_N_FINDINGS, 0);
    tear_down (&f);
}

static void
test_data (void)
{
    Fixture f;
    const NfTemplateUsage *u;

    set_up (&f, NF_TRANSPORT_UDP);
    begin (&f, 0);
    send_data (&f, 256, 0, FALSE);
    send_data (&f, 256, 2, TRUE);
    begin (&f, 1);
    announce (&f, 256, "\1");
    send_data (&f, 256, 3, FALSE);
    u = find (&f, 256);
    g_assert_cmpuint (u->sets, ==, 2);
    g_assert_cmpuint (u->records, ==, 5);
    g_assert_cmpuint (u->late_sets, ==, 1);
    g_assert_cmpuint (u->late_records, ==, 2);
    g_assert_cmpuint (u->lost_sets, ==, 1);
    g_assert_cmpuint (u->lost_octets, ==, 8);
    /* what was held back is shown: the Set is lost no more */
    nf_usage_message (f.usage, &f.datagram, &f.message, TRUE, f.findings);
    send_data (&f, 256, 2, TRUE);
    g_assert_cmpuint (u->lost_sets, ==, 0);
    g_assert_cmpuint (u->lost_octets, ==, 0);
    g_assert_cmpuint (u->records, ==, 7);
    tear_down (&f);
}

static void
count_verdict (const NfDomainKey *key, const NfFinding *finding, guint64 order, gpointer n)
{
    g_assert_cmpuint (order, ==, 0);
    g_assert_cmpuint (key->id, ==, 5);
    g_assert_cmpint (finding->id, ==, NF_FINDING_EXPORT_NO_DATA);
    ++*(guint *)n;
}

static gboolean
has_verdict (const Fixture *f)
{
    guint n = 0;

    nf_usage_end (f->usage, count_verdict, &n);
    return n > 0;
}

static void
test_no_data (void)
{
    Fixture f;

    set_up (&f, NF_TRANSPORT_UDP);
    begin (&f, 0);
    announce (&f, 256, "\1");
    g_assert_false (has_verdict (&f)); /* what it describes may come next */
    begin (&f, 60);
    announce (&f, 256, "\1");
    g_assert_true (has_verdict (&f));
    send_data (&f, 257, 0, FALSE);
    g_assert_false (has_verdict (&f)); /* there is some, whatever it is */
    tear_down (&f);
}

/* More domains than can be followed: those longest silent are forgotten, which is said once. */
static void
test_many_domains (void)
{
    const guint too_many = nf_default_limits.max_domains + 1;
    GPtrArray *domains;
    Fixture f;
    guint said = 0;

    set_up (&f, NF_TRANSPORT_UDP);
    for (guint i = 0; i < too_many; i++) {
        f.message.domain = i;
        begin (&f, 0);
        said += f.findings->len;
    }
    g_assert_cmpuint (said, ==, 1);
    g_assert_cmpint (g_array_index (f.findings, NfFinding, 0).id, ==, NF_FINDING_LIMIT_USAGE);
    domains = nf_usage_domains (f.usage);
    g_assert_cmpuint (domains->len, ==, too_many - 1);
    g_assert_cmpuint (((const NfDomainUsage *)domains->pdata[0])->key.id, ==, 1);
    g_ptr_array_unref (domains);
    tear_down (&f);
}

/* More Templates than can be followed: the domain longest silent makes room for another's, but none
 * for its own. */
static void
test_many_templates (void)
{
    const NfLimits limits = {.max_domains = 9, .max_templates = 3};
    NfUsage *usage = nf_usage_new (&limits);
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    const guint counts[][3] = {{1, 2, 0}, {2, 2, 2}, {2, 9, 3}};
    NfDatagram datagram = {.exporter = {.family = 4}};

    for (guint i = 0; i < G_N_ELEMENTS (counts); i++) {
        NfMessage message = {.version = 10, .domain = counts[i][0]};
        NfSet set = {.kind = NF_SET_DATA, .span = {16, 8}};
        NfTemplateUse use = {.binding = NULL};
        NfEvent event = {.type = NF_EVENT_SET, .set = &set, .use = &use, .span = set.span};
        const NfDomainUsage *domain;
        NfDomainKey key = nf_domain_key (&datagram, &message);

        nf_usage_message (usage, &datagram, &message, FALSE, findings);
        for (guint n = 0; n < counts[i][1]; n++) {
            set.id = (guint16)(256 + n);
            nf_usage_event (usage, &event, findings);
        }
        domain = nf_usage_domain (usage, &key);
        g_assert_cmpuint (nf_id_map_size (&domain->templates), ==, i == 0 ? 2 : counts[i][2]);
        g_assert_cmpuint (findings->len, ==, i == 0 ? 0 : 1);
    }
    nf_usage_free (usage);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/usage/intervals", test_intervals);
    g_test_add_func ("/usage/long-intervals", test_long_intervals);
    g_test_add_func ("/usage/changes", test_changes);
    g_test_add_func ("/usage/withdrawals", test_withdrawals);
    g_test_add_func ("/usage/withdrawals of all", test_withdrawals_of_all);
    g_test_add_func ("/usage/many withdrawals of all", test_many_withdrawals_of_all);
    g_test_add_func ("/usage/withdrawal of before", test_withdrawal_of_before);
    g_test_add_func ("/usage/lapse", test_lapse);
    g_test_add_func ("/usage/no lapse", test_no_lapse);
    g_test_add_func ("/usage/data", test_data);
    g_test_add_func ("/usage/no data", test_no_data);
    g_test_add_func ("/usage/many domains", test_many_domains);
    g_test_add_func ("/usage/many templates", test_many_templates);
    return g_test_run ();
}
