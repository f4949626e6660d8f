/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A Template together with the Information Elements its fields turned out to be: what a RECORD
 * event carries, and what a client hangs its own plans on. Immutable, reference-counted; there is
 * one for each different Template of a collector, however many domains use it, and one more for
 * each different thing that exporters say of its elements.
 */
#pragma once

#include "element.h"
#include "template.h"

G_BEGIN_DECLS

typedef struct {
    const NfElement *element; /* NULL where the registry has no row */
    NfType type;              /* how to read it: octets where the element is not known, or where
                                 its type cannot have the field's length */
} NfBoundField;

/* What check.h makes of a binding at the first record that is checked. */
typedef struct _NfCheckPlan NfCheckPlan;

typedef struct {
    gint refs;
    guint8 lacks;         /* what a flow has and its records have not: nf_shape_lacks() */
    gboolean two_headers; /* records have the addresses of an outer and of an inner header */
    gboolean lacking;     /* it has elements that no registry knows and an exporter may describe */
    GPtrArray *learnt;    /* keeps those elements that it did describe (RFC 5610); NULL: none */
    guint n_lists;        /* fields whose type is a list (RFC 6313), but for those of length 0, */
    const guint *lists;   /* and which ones those are, ascending; owned */
    NfTemplate *tmpl;     /* owned */
    NfCheckPlan *checks;  /* NULL before that; one block, owned */
    gint is_sound;        /* 1: nf_binding_trouble() has nothing to say; 0: that is not known */
    NfBoundField fields[];
} NfBinding;

/* Looks up the element of a field in the numbering `space`, and how to read it. */
NfBoundField nf_bind_field (const NfField *field, NfSpace space, const NfRegistry *registry);

/* The same of a field of which it is known what its element is; `element` may be NULL. */
NfBoundField nf_bind_element (const NfField *field, const NfElement *element);

/* Looks the Template's elements up. Takes `tmpl` over. The registry must outlive the binding.
 * Returns one reference. */
NfBinding *nf_binding_new (NfTemplate *tmpl, const NfRegistry *registry);

/* What an exporter says that an element is, or NULL. */
typedef const NfElement *(*NfLearntElement) (gpointer data, const NfField *field);

/* The same Template with those elements known, too, that `learnt` tells; `keep` holds them, and the
 * binding a reference to it. Returns one reference, or NULL where none is told. */
NfBinding *nf_binding_new_learnt (const NfBinding *binding, NfLearntElement learnt, gpointer data,
                                  GPtrArray *keep);

NfBinding *nf_binding_ref (NfBinding *binding);
void nf_binding_unref (NfBinding *binding);

/* What the Template's flows lack, from n = 0 on, until FALSE. The span is left to the caller. */
gboolean nf_binding_lacks (const NfBinding *binding, guint n, NfFinding *finding);

/* What can be said against field `i` of the Template from n = 0 on, until FALSE. The span is left
 * to the caller. */
gboolean nf_binding_trouble (const NfBinding *binding, guint i, guint n, NfFinding *finding);

/* The first field of IANA's element `id`, or -1. */
gint nf_binding_find (const NfBinding *binding, guint16 id);

/* The fields of the binding that a common name stands for, in its order of preference, -1 behind
 * the last one. Free with g_free(). */
gint *nf_binding_candidates (const NfBinding *binding, const NfCommonName *common);

G_END_DECLS
