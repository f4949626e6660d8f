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
#include "show-template.h"
#include "tree-lines.h"

/* Packets of parts that are named; nobody reads more. */
#define MAX_FRAMES_SHOWN 16

/* Octets of a Message's text that wait for findings yet to come; beyond, those stand where they are
 * met. Records of many empty fields make gigabytes. */
#define MAX_KEPT ((gsize)16 << 20)

typedef struct {
    NfFinding finding;
    gboolean in_set;
    guint seen; /* lines of the Message there were when it was met */
    guint line; /* below which it stands; NF_NO_LINE: above all */
    guint depth;
} Found;

typedef struct {
    NfServices *services; /* NULL with -n */
    gboolean any;         /* a datagram was shown */
    gsize start;          /* where in the output the lines of the Message at hand begin, */
    NfTreeLines *lines;   /* and where each does */
    GArray *found;        /* of Found: its findings */
    NfText text;          /* its lines, while these are put between them */
} Tree;

static gpointer
tree_open (NfShow *show, GError **error)
{
    Tree *tree = g_new0 (Tree, 1);

    (void)error;
    tree->lines = show->lines = nf_tree_lines_new ();
    tree->found = g_array_new (FALSE, FALSE, sizeof (Found));
    nf_plans_extend (show->plans, nf_tree_extend_plan, NULL, nf_tree_free_extra);
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
    if (show->is_end) {
        nf_origin_domain (t, g, show->message);
        nf_text_add (t, ", in all");
        nf_color_end (show);
        nf_text_add_char (t, '\n');
        return;
    }
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

static void
show_specifiers (NfShow *show, const NfEvent *event, NfReader specifiers)
{
    const NfBinding *binding = event->binding;
    const NfPlan *plan = nf_show_plan (show, event);
    guint width = nf_show_longest_name (plan);
    NfField field;

    for (guint i = 0; i < binding->tmpl->n_fields; i++) {
        guint32 start = specifiers.offset;

        nf_template_read_specifier (&field, &specifiers, binding->tmpl->version);
        nf_tree_begin (show, (NfSpan){start, specifiers.offset - start}, 2);
        nf_show_specifier (show, &field, &binding->fields[i], plan->fields[i].name, width,
                           plan->fields[i].is_scope);
        nf_tree_end (show);
    }
}

static void
show_template (NfShow *show, const NfEvent *event)
{
    const NfTemplate *tmpl = event->binding->tmpl;
    const NfSpan span = event->span;
    NfReader record = nf_reader (nf_show_octets (show, span), span.length, span.offset);
    NfText *t = &show->out;

    nf_tree_begin (show, span, 1);
    nf_show_template_title (t, tmpl);
    nf_tree_end (show);
    nf_tree_template_header (show, tmpl, &record);
    show_specifiers (show, event, record);
}

/* ---- the rest ---- */

static void
show_withdrawal (NfShow *show, const NfEvent *event)
{
    NfText *t = &show->out;

    nf_tree_begin (show, event->span, 1);
    if (event->template_id < NF_FIRST_TEMPLATE_ID)
        nf_text_add_format (t, "Withdrawal of all %s",
                            event->template_id == 2 ? "Templates" : "Options Templates");
    else
        nf_text_add_format (t, "Withdrawal of Template %u", event->template_id);
    nf_tree_end (show);
    nf_tree_withdrawal (show, event->span);
}

static void
show_event (NfShow *show, const Tree *tree, const NfEvent *event)
{
    switch (event->type) {
    case NF_EVENT_MESSAGE:
        nf_tree_message (show, event->message);
        return;
    case NF_EVENT_SET:
        nf_tree_set (show, event);
        return;
    case NF_EVENT_TEMPLATE:
        show_template (show, event);
        return;
    case NF_EVENT_WITHDRAWAL:
        show_withdrawal (show, event);
        return;
    case NF_EVENT_RECORD:
        nf_tree_record (show, event, show->record, tree->services);
        return;
    case NF_EVENT_PADDING:
        nf_tree_octets (show, event->span, event->in_set ? 1 : 0, "Padding");
        return;
    case NF_EVENT_UNDECODED:
        nf_tree_octets (show, event->span, event->in_set ? 1 : 0, "Undecoded octets");
        return;
    case NF_EVENT_FINDING:
    case NF_EVENT_END:
        return;
    }
}

static void
note_finding (Tree *tree, const NfEvent *event)
{
    Found found = {.finding = event->finding,
                   .in_set = event->in_set,
                   .seen = nf_tree_lines_length (tree->lines)};

    g_array_append_val (tree->found, found);
}

/* ---- findings among the lines ---- */

static void
show_finding (NfShow *show, const Found *found)
{
    const NfFinding *finding = &found->finding;
    guint version = show->message ? show->message->version : 0;
    const char *reference = nf_finding_reference (finding->id, version);
    NfSeverity severity = show->options->severities.of[finding->id];
    NfText *t = &show->out;

    nf_tree_columns (show, finding->span, found->depth);
    nf_color_severity (show, severity);
    nf_text_add_char (t, '[');
    nf_text_add (t, nf_severity_name (severity));
    nf_text_add (t, "] ");
    nf_describe_finding (t, show->registry, finding, version);
    nf_text_add (t, " [");
    nf_text_add (t, nf_finding_code (finding->id));
    if (reference) {
        nf_text_add (t, ", ");
        nf_text_add (t, reference);
    }
    nf_text_add_char (t, ']');
    nf_color_end (show);
    nf_tree_end (show);
}

/* Where it stands: below the line with its octets; without one, where it was met. */
static void
place (const Tree *tree, Found *found)
{
    found->line = nf_tree_lines_find (tree->lines, found->finding.span, found->seen);
    if (found->line != NF_NO_LINE) {
        found->depth = nf_tree_lines_get (tree->lines, found->line)->depth;
        return;
    }
    found->depth = found->in_set ? 1 : 0;
    if (found->seen > 0)
        found->line = found->seen - 1;
}

/* By line; below one line as they were met. Of NF_NO_LINE 1 more is 0. */
static gint
compare_places (gconstpointer a, gconstpointer b)
{
    const Found *first = a, *second = b;
    guint x = first->line + 1, y = second->line + 1;

    return x < y ? -1 : x > y;
}

/* Moves the Message's text back to the output, up to the end of the line. */
static gsize
move_lines (NfShow *show, const Tree *tree, gsize from, guint line)
{
    const NfText *t = &tree->text;
    gsize at, end;

    if (line == NF_NO_LINE)
        return from;
    at = nf_tree_lines_get (tree->lines, line)->at - tree->start;
    end = at + 1 +
          (gsize)((const char *)memchr (t->start + at, '\n', nf_text_length (t) - at) -
                  (t->start + at));
    if (end <= from)
        return from;
    nf_text_add_octets (&show->out, t->start + from, end - from);
    return end;
}

/* Puts each finding below its line. */
static void
put_findings (NfShow *show, Tree *tree)
{
    NfText *out = &show->out;
    gsize moved = 0;

    for (guint i = 0; i < tree->found->len; i++)
        place (tree, &g_array_index (tree->found, Found, i));
    g_array_sort (tree->found, compare_places);
    nf_text_add_octets (&tree->text, out->start + tree->start, nf_text_length (out) - tree->start);
    nf_text_truncate (out, tree->start);
    for (guint i = 0; i < tree->found->len; i++) {
        const Found *found = &g_array_index (tree->found, Found, i);

        moved = move_lines (show, tree, moved, found->line);
        show_finding (show, found);
    }
    nf_text_add_octets (out, tree->text.start + moved, nf_text_length (&tree->text) - moved);
    nf_text_truncate (&tree->text, 0);
}

/* Is done with the lines there are. */
static void
settle (NfShow *show, Tree *tree)
{
    if (tree->found->len > 0)
        put_findings (show, tree);
    nf_tree_lines_clear (tree->lines);
    g_array_set_size (tree->found, 0);
    tree->start = nf_text_length (&show->out);
    show->is_unsettled = FALSE;
}

/* The lines stay in the output until the Message's end, when all of its findings are known. */
static void
tree_event (NfShow *show, gpointer self, const NfEvent *event)
{
    Tree *tree = self;

    if (!show->is_unsettled)
        tree->start = nf_text_length (&show->out);
    show->is_unsettled = TRUE;
    if (event->type == NF_EVENT_FINDING)
        note_finding (tree, event);
    else
        show_event (show, tree, event);
    if (nf_text_length (&show->out) - tree->start >= MAX_KEPT)
        settle (show, tree);
}

static void
tree_end (NfShow *show, gpointer self)
{
    settle (show, self);
}

static void
tree_close (NfShow *show, gpointer self)
{
    Tree *tree = self;

    nf_plans_extend (show->plans, NULL, NULL, NULL);
    show->lines = NULL;
    nf_tree_lines_free (tree->lines);
    g_array_unref (tree->found);
    nf_text_clear (&tree->text);
    nf_services_free (tree->services);
    g_free (tree);
}

const NfView nf_view_tree = {
    .name = "tree",
    .shows_findings = TRUE,
    .open = tree_open,
    .start = tree_start,
    .event = tree_event,
    .end = tree_end,
    .close = tree_close,
};
