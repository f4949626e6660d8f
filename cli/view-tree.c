/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T tree: every octet of a Message with its place, for those who hold it against the RFC.
 *
 *      offset length  what
 *         108     51  Data Record 1: TCP 10.0.0.1:51000 -> 10.0.0.2:443, 12 packets, 1200 octets
 *         108      4    sourceIPv4Address: 10.0.0.1
 *
 * What is indented deeper is a part of what stands above it; the lines that have no parts cover
 * each octet of the Message once.
 */
#include "tree-record.h"

#include "show-origin.h"

/* Packets of parts that are named; nobody reads more. */
#define MAX_FRAMES_SHOWN 16

typedef struct {
    NfShow *show;
    NfServices *services; /* NULL with -n */
    gboolean any;         /* a datagram was shown */
    NfBinding *tmpl;      /* a Template whose Field Specifiers are being shown; owned */
    NfReader specifiers;
    guint specifier; /* which one is next */
    guint name_width;
} Tree;

static gpointer
tree_open (NfShow *show, GError **error)
{
    Tree *tree = g_new0 (Tree, 1);

    (void)error;
    tree->show = show;
    if (!show->options->numeric)
        tree->services = nf_services_new ();
    return tree;
}

static void
add_transport (NfText *t, const NfDatagram *g)
{
    nf_text_add (t, "  ");
    if (g->transport != NF_TRANSPORT_NONE)
        nf_text_add_format (t, "%s ", nf_origin_transport (g->transport));
    nf_text_add_count (t, g->wire_length, "octets");
    if (g->length < g->wire_length)
        nf_text_add_format (t, ", %" G_GSIZE_FORMAT " captured", g->length);
}

/* The packets that it came in, but for where that is the one it is in. */
static void
add_frames (NfText *t, const NfDatagram *g)
{
    static const char *const parts[] = {[NF_TRANSPORT_UDP] = "fragment",
                                        [NF_TRANSPORT_TCP] = "segment",
                                        [NF_TRANSPORT_SCTP] = "chunk"};

    if (!g->frames || (g->n_frames < 2 && g->frames[0] == g->packet))
        return;
    if (g->n_frames == 1)
        nf_text_add_format (t, ", %s in packet", parts[g->transport]);
    else
        nf_text_add_format (t, ", %ss in packets", parts[g->transport]);
    for (guint i = 0; i < g->n_frames && i < MAX_FRAMES_SHOWN; i++) {
        nf_text_add_char (t, ' ');
        nf_text_add_uint (t, g->frames[i], 1);
    }
    if (g->n_frames > MAX_FRAMES_SHOWN)
        nf_text_add (t, " ...");
}

static void
tree_start (NfShow *show, gpointer self)
{
    Tree *tree = self;
    const NfDatagram *g = show->datagram;
    NfText *t = &show->out;

    if (tree->any)
        nf_text_add_char (t, '\n');
    tree->any = TRUE;
    nf_color_bold (show);
    if (show->is_file) {
        nf_origin_file (t, show->file);
        nf_text_add_char (t, ' ');
    }
    nf_origin_place (t, g->packet, g->message);
    if (g->has_time) {
        nf_text_add (t, "  ");
        nf_time_text (t, nf_origin_time (g), 6);
    }
    if (g->exporter.family != 0) {
        nf_text_add (t, "  ");
        nf_endpoint_text_port (t, &g->exporter);
        nf_text_add (t, " > ");
        nf_endpoint_text_port (t, &g->collector);
    }
    add_transport (t, g);
    add_frames (t, g);
    if (show->held)
        nf_text_add (t, ", held until the Template came");
    nf_color_end (show);
    nf_text_add_char (t, '\n');
}

/* ---- Templates ---- */

/* Shows the Field Specifiers up to and with the one that lies at `offset`. */
static void
show_specifiers (Tree *tree, guint32 offset)
{
    NfField field;

    while (tree->specifier < tree->tmpl->tmpl->n_fields && tree->specifiers.offset <= offset) {
        const NfPlan *plan = nf_plans_get (tree->show->plans, tree->tmpl);
        guint32 start = tree->specifiers.offset;
        guint i = tree->specifier++;

        nf_template_read_specifier (&field, &tree->specifiers, tree->tmpl->tmpl->version);
        nf_tree_begin (tree->show, (NfSpan){start, tree->specifiers.offset - start}, 2);
        nf_tree_specifier (tree->show, &field, &tree->tmpl->fields[i], plan->fields[i].name,
                           tree->name_width, plan->fields[i].is_scope);
        nf_tree_end (tree->show);
    }
}

static void
end_template (Tree *tree)
{
    if (!tree->tmpl)
        return;
    show_specifiers (tree, G_MAXUINT32);
    g_clear_pointer (&tree->tmpl, nf_binding_unref);
}

static guint
longest_name (const NfPlan *plan)
{
    const guint enough = 50;
    gsize longest = 0;

    for (guint i = 0; i < plan->binding->tmpl->n_fields; i++)
        longest = MAX (longest, strlen (plan->fields[i].name));
    return (guint)MIN (longest, enough);
}

static void
show_template (Tree *tree, const NfEvent *event)
{
    NfShow *show = tree->show;
    const NfTemplate *tmpl = event->binding->tmpl;
    const NfSpan span = event->span;
    NfReader record = nf_reader (nf_show_octets (show, span), span.length, span.offset);
    NfText *t = &show->out;

    nf_tree_begin (tree->show, span, 1);
    nf_text_add (t, tmpl->options ? "Options Template " : "Template ");
    nf_text_add_uint (t, tmpl->id, 1);
    nf_text_add (t, ": ");
    nf_text_add_count (t, tmpl->n_fields, "fields");
    if (tmpl->scope_count > 0)
        nf_text_add_format (t, " (%u scope)", tmpl->scope_count);
    nf_text_add (t, tmpl->variable ? ", records of variable length" : ", records of ");
    if (!tmpl->variable)
        nf_text_add_count (t, tmpl->record_length, "octets");
    nf_tree_end (tree->show);
    nf_tree_template_header (tree->show, tmpl, &record);

    tree->tmpl = nf_binding_ref ((NfBinding *)event->binding);
    tree->specifiers = record;
    tree->specifier = 0;
    tree->name_width = longest_name (nf_show_plan (show, event));
}

/* ---- the rest ---- */

static void
show_withdrawal (Tree *tree, const NfEvent *event)
{
    NfText *t = &tree->show->out;

    nf_tree_begin (tree->show, event->span, 1);
    if (event->template_id < NF_FIRST_TEMPLATE_ID)
        nf_text_add_format (t, "Withdrawal of all %s",
                            event->template_id == 2 ? "Templates" : "Options Templates");
    else
        nf_text_add_format (t, "Withdrawal of Template %u", event->template_id);
    nf_tree_end (tree->show);
    nf_tree_withdrawal (tree->show, event->span);
}

static void
show_finding (Tree *tree, const NfEvent *event)
{
    NfShow *show = tree->show;
    const NfFinding *finding = &event->finding;
    guint version = show->message ? show->message->version : 0;
    const char *reference = nf_finding_reference (finding->id, version);
    NfSeverity severity = nf_finding_severity (finding->id);
    NfText *t = &show->out;

    if (tree->tmpl)
        show_specifiers (tree, finding->span.offset);
    nf_tree_begin (tree->show, finding->span, tree->tmpl ? 2 : event->in_set ? 1 : 0);
    nf_color_severity (show, severity);
    nf_text_add_char (t, '[');
    nf_text_add (t, nf_severity_name (severity));
    nf_text_add (t, "] ");
    nf_finding_text (t, finding);
    nf_text_add (t, " [");
    nf_text_add (t, nf_finding_code (finding->id));
    if (reference) {
        nf_text_add (t, ", ");
        nf_text_add (t, reference);
    }
    nf_text_add_char (t, ']');
    nf_color_end (show);
    nf_tree_end (tree->show);
}

static void
tree_event (NfShow *show, gpointer self, const NfEvent *event)
{
    Tree *tree = self;

    if (event->type != NF_EVENT_FINDING)
        end_template (tree);
    switch (event->type) {
    case NF_EVENT_MESSAGE:
        nf_tree_message (show, event->message);
        return;
    case NF_EVENT_SET:
        nf_tree_set (show, event);
        return;
    case NF_EVENT_TEMPLATE:
        show_template (tree, event);
        return;
    case NF_EVENT_WITHDRAWAL:
        show_withdrawal (tree, event);
        return;
    case NF_EVENT_RECORD:
        nf_tree_record (show, event, show->record, tree->services);
        return;
    case NF_EVENT_FINDING:
        show_finding (tree, event);
        return;
    case NF_EVENT_PADDING:
        nf_tree_octets (show, event->span, event->in_set ? 1 : 0, "Padding");
        return;
    case NF_EVENT_UNDECODED:
        nf_tree_octets (show, event->span, event->in_set ? 1 : 0, "Undecoded octets");
        return;
    case NF_EVENT_END:
        return;
    }
}

static void
tree_end (NfShow *show, gpointer self)
{
    (void)show;
    end_template (self);
}

static void
tree_close (NfShow *show, gpointer self)
{
    Tree *tree = self;

    (void)show;
    nf_services_free (tree->services);
    g_free (tree);
}

const NfView nf_view_tree = {
    .name = "tree",
    .help = "every octet with its place (-V)",
    .shows_findings = TRUE,
    .open = tree_open,
    .start = tree_start,
    .event = tree_event,
    .end = tree_end,
    .close = tree_close,
};
