/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T templates: each exporter's Templates: what is in them, when they came, how often they changed,
 * which data they described, which data came without; with --diff what is different from another
 * capture.
 */
#include "before.h"
#include "templates.h"

typedef struct {
    NfUsage *before; /* of --diff; or NULL */
    NfUsage *now;
} Templates;

static gpointer
templates_open (NfShow *show, GError **error)
{
    const char *old = show->options->diff;
    NfUsage *before =
        old ? nf_before_read (old, show->options, show->registry, show->anonymizer, error) : NULL;
    Templates *templates;

    if (old && !before)
        return NULL;
    templates = g_new0 (Templates, 1);
    templates->before = before;
    templates->now = nf_usage_new (&show->options->bounds.library);
    return templates;
}

static void
templates_start (NfShow *show, gpointer self)
{
    (void)show;
    nf_usage_begin (((Templates *)self)->now);
}

/* What is wrong with Templates is found elsewhere; here they are only looked at. */
static void
templates_event (NfShow *show, gpointer self, const NfEvent *event)
{
    NfUsage *usage = ((Templates *)self)->now;

    if (show->is_end)
        return;
    if (event->type == NF_EVENT_MESSAGE)
        nf_usage_message (usage, show->datagram, event->message, show->held && show->is_again,
                          NULL);
    nf_usage_event (usage, event, NULL);
}

static void
templates_end (NfShow *show, gpointer self)
{
    (void)show;
    (void)self;
}

static void
templates_now (NfShow *show, gpointer self)
{
    const Templates *templates = self;

    if (templates->before)
        nf_templates_diff (show, templates->before, templates->now);
    else if (show->options->json)
        nf_templates_json (show, templates->now);
    else
        nf_templates_text (show, templates->now);
}

static void
templates_close (NfShow *show, gpointer self)
{
    Templates *templates = self;

    templates_now (show, templates);
    g_clear_pointer (&templates->before, nf_usage_free);
    nf_usage_free (templates->now);
    g_free (templates);
}

const NfView nf_view_templates = {
    .name = "templates",
    .joins = TRUE,
    .has_json = TRUE,
    .open = templates_open,
    .start = templates_start,
    .event = templates_event,
    .end = templates_end,
    .close = templates_close,
    .now = templates_now,
};
