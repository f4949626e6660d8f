/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T templates: each exporter's Templates: what is in them, when they came, how often they changed,
 * which data they described, which data came without.
 */
#include "templates.h"

static gpointer
templates_open (NfShow *show, GError **error)
{
    (void)show;
    (void)error;
    return nf_usage_new ();
}

static void
templates_start (NfShow *show, gpointer self)
{
    (void)show;
    nf_usage_begin (self);
}

/* What is wrong with Templates is found elsewhere; here they are only looked at. */
static void
templates_event (NfShow *show, gpointer self, const NfEvent *event)
{
    if (show->is_end)
        return;
    if (event->type == NF_EVENT_MESSAGE)
        nf_usage_message (self, show->datagram, event->message, show->held && show->is_again, NULL);
    nf_usage_event (self, event, NULL);
}

static void
templates_end (NfShow *show, gpointer self)
{
    (void)show;
    (void)self;
}

static void
templates_close (NfShow *show, gpointer self)
{
    nf_templates_text (show, self);
    nf_usage_free (self);
}

const NfView nf_view_templates = {
    .name = "templates",
    .help = "Templates: fields, refresh, changes, data",
    .open = templates_open,
    .start = templates_start,
    .event = templates_event,
    .end = templates_end,
    .close = templates_close,
};
