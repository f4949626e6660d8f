/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Structured data (RFC 6313): fields whose content is a list of values or of records, which may
 * have such fields themselves.
 *
 *      basicList             | semantic | Field Specifier | values ...                     4.5.1
 *      subTemplateList       | semantic | Template ID | records ...                        4.5.2
 *      subTemplateMultiList  | semantic | parts ...                                        4.5.3
 *                              a part:  | Template ID | Data Records Length | records ... |
 *
 * A cursor walks one list. Each record that it finds looks like a Data Record: a RECORD event,
 * which all that reads and shows records takes, and whose own lists are walked in turn. A value of
 * a basicList is a record of one field.
 *
 *      nf_list_begin (&list, lists, &record, i);
 *      while ((step = nf_list_next (&list)) != NF_LIST_END)
 *          ...
 *
 * It is silent: what is wrong is in the cursor, and the decoder says so. It allocates nothing for a
 * record or a list. The header, the parts with their headers, records and undecoded octets cover
 * each octet of the list once. At most NF_LIST_DEPTH times the octets of a Message are looked at.
 */
#pragma once

#include "event.h"

G_BEGIN_DECLS

/* How many lists may lie in each other. Exporters put a list of values into a list of records into
 * a list of kinds of records: three. Twice that and some is room enough, and keeps whoever shows
 * them from going as deep as 65,535 octets could. */
#define NF_LIST_DEPTH 8

/*
 * With what the lists of one Data Set are read: its place, by which Templates are found, and room
 * for one list and its current record at each depth. So two lists of the same depth cannot be
 * walked at the same time with one of these; a decoder has its own.
 */
typedef struct _NfLists NfLists;

NfLists *nf_lists_new (void);
void nf_lists_free (NfLists *lists);

/* The lists of the Data Set at `set_offset` octets in the Message are next. All must stay as they
 * are while those are walked. `domain` is the Message's, as nf_collector_domain() gave it. */
void nf_lists_begin (NfLists *lists, const NfCollector *collector, const NfDomain *domain,
                     const NfDatagram *datagram, const NfMessage *message, guint32 set_offset);

/* Of what kind a list is: in the order of NF_TYPE_BASIC_LIST and so on. */
typedef enum { NF_LIST_BASIC, NF_LIST_SUB_TEMPLATE, NF_LIST_SUB_TEMPLATE_MULTI } NfListKind;

/* What nf_list_next() found. */
typedef enum {
    NF_LIST_BEGIN, /* of nf_list_walk_next() alone */
    NF_LIST_END,
    NF_LIST_PART,     /* of a subTemplateMultiList: `part`, `template_id`, `use` are of this one */
    NF_LIST_RECORD,   /* `record` */
    NF_LIST_UNDECODED /* `undecoded`, to the end of the list or, with `in_part`, of its part;
                         `trouble` says why */
} NfListStep;

typedef struct {
    NfListKind kind;
    guint depth;              /* how many lists it lies in, itself included; its records' depth */
    NfSpan span;              /* the content of its field */
    NfSpan header;            /* what comes before values, records or parts; of length 0 where the
                                 list is empty or has too few octets for it */
    guint8 semantic;          /* RFC 6313 4.4 */
    const NfBinding *binding; /* of the records; of a basicList one field that the values have, good
                                 for this list only: it cannot be kept. NULL where they cannot be
                                 decoded */
    guint16 template_id;      /* of the records; 0 in a basicList */
    NfTemplateUse use;        /* how that Template was found */
    gboolean in_part;
    NfSpan part;       /* with its header of 4 octets */
    NfEvent record;    /* valid until the next step */
    NfSpan undecoded;  /* never empty */
    NfFinding trouble; /* its span is `undecoded` */
    /* ---- not to be looked into ---- */
    NfLists *lists;
    NfReader content; /* records of the list or of its part */
    NfReader parts;   /* those to come */
    NfFinding why;    /* without `binding`: what the reason is */
} NfList;

/* Begins walking field `i` of a RECORD event, which must be of a list type. The event must stay as
 * it is while the list is walked. `lists` may be NULL for a field without an octet. */
void nf_list_begin (NfList *list, NfLists *lists, const NfEvent *record, guint i);

/* Finds what is next in the list. After NF_LIST_END always NF_LIST_END. */
NfListStep nf_list_next (NfList *list);

/* "allOf"; NULL for a number that means nothing (RFC 6313 4.4). */
const char *nf_list_semantic_name (const NfList *list);

/*
 * All lists of a record that have octets, those in lists included, each before what follows it:
 *
 *      nf_list_walk_begin (&walk, lists, &record);
 *      while ((list = nf_list_walk_next (&walk, &step)))
 *          ...
 *
 * The steps of a list are those of nf_list_next(), after one more: NF_LIST_BEGIN. Between the step
 * for a record and the one behind it come those of the record's own lists. So all values that a
 * Data Record has are its own fields and, at each NF_LIST_RECORD, those of list->record.
 */
typedef struct {
    const NfEvent *record; /* whose lists are walked; */
    guint next;            /* which of them; */
    gboolean open;         /* whether `list`, one of them, is not at its end */
    NfList list;
} NfListLevel;

typedef struct {
    NfLists *lists;
    guint level;
    NfListLevel levels[NF_LIST_DEPTH + 1]; /* in the last one lists are only said to be too deep */
} NfListWalk;

/* `record` must stay as it is while its lists are walked. */
void nf_list_walk_begin (NfListWalk *walk, NfLists *lists, const NfEvent *record);

/* The list that the next step is of, and the step; NULL where there are no more. The list is valid
 * until the next call. */
const NfList *nf_list_walk_next (NfListWalk *walk, NfListStep *step);

G_END_DECLS
