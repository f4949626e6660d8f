/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sources: where datagrams come from. A source is pulled: each call gives the next thing it read.
 */
#pragma once

#include "nfpeek.h"
#include "options.h"
#include "spool.h"

#include <stdio.h>

G_BEGIN_DECLS

typedef enum {
    NF_ITEM_DATAGRAM, /* a payload, a Message or not */
    NF_ITEM_LOST,     /* a datagram whose IP fragments did not all come: no payload, or its start */
    NF_ITEM_FRAGMENT, /* packet `datagram.packet` is a fragment of a later one */
    NF_ITEM_SEGMENT, /* packet `datagram.packet` is part of a stream: of a later Message, or none */
    NF_ITEM_REFUSAL, /* packet `datagram.packet` says that `datagram` did not arrive: `why` */
    NF_ITEM_OTHER,   /* packet `datagram.packet` is no datagram: `what` says what */
    /* ---- and what is no packet ---- */
    NF_ITEM_ENDED, /* a live source: the connection that `datagram` tells has ended */
    NF_ITEM_IDLE   /* a live source: nothing came, but it is time to look what is due */
} NfItemKind;

typedef struct {
    NfItemKind kind;
    NfDatagram datagram;  /* `order` and `file` are for the caller to fill in */
    guint64 octets_there; /* of NF_ITEM_LOST */
    guint64 octets_expected;
    NfFindingId why;  /* of NF_ITEM_REFUSAL, as NfFrame has it */
    const char *what; /* of NF_ITEM_OTHER and NF_ITEM_REFUSAL; borrowed until the next call. Its
                         `datagram` has transport and ports of TCP and SCTP; else it is port 0 */
} NfItem;

typedef struct _NfSource NfSource;

struct _NfSource {
    /* Gets the next item. FALSE at the end, and where nothing more can be read: `error` is set
     * then. */
    gboolean (*next) (NfSource *source, NfItem *item, GError **error);
    void (*free) (NfSource *source);
    /* How many datagrams the kernel dropped so far because nobody read them in time. NULL: they
     * come from no kernel. */
    guint64 (*dropped) (NfSource *source);
    /* Captures: octets of the file that have been read, in large pieces. NULL: not known. */
    guint64 (*offset) (NfSource *source);
    /* Says on standard error, as part of a summary, what is special about it; or NULL. */
    void (*say) (NfSource *source);
    /* Live sources: at this time by g_get_monotonic_time() at the latest next() returns, with
     * NF_ITEM_IDLE where nothing came; also when a signal came (signals.h). */
    gint64 wake_us;
    guint64 packets; /* interfaces: read so far */
};

/* Something to read, which may be opened more than once. */
typedef struct {
    const NfOptions *options; /* borrowed */
    char *name;               /* "a.pcap", "-", "-x" */
    gboolean is_file;         /* `name` is a file's */
    gboolean is_stream;       /* a capture from a pipe: it can be opened only once */
    gboolean is_single;       /* text, or one Message: to be shown whole rather than summed up */
    char *remark;             /* how text was read, to be told once; or NULL */
    GPtrArray *chunks;        /* of NfChunk, what was read of it where it is no capture */
    gboolean is_known;        /* what it is has been found out */
    struct _NfStream *stream; /* of `is_stream`, until it is opened */
    struct _NfAnonymizer *anonymizer; /* rewrites what is read; or NULL. Borrowed */
    NfSpool *spool;  /* of `is_stream`: what is read of it goes there, too; else the
                        capture that this input is. Owned; or NULL */
    GError *missed;  /* what kept it from being learnt to its end; or NULL. Owned */
    gboolean failed; /* it could not be read; that has been said */
    guint number;    /* which one it is of the run, from 0 */
    guint64 place;   /* counts what is read of it since it was opened */
} NfInput;

/* An input for a file name, or for text given with -x. Free with nf_input_free(). */
NfInput *nf_input_new_file (const char *name, const NfOptions *options);
NfInput *nf_input_new_text (const GPtrArray *texts, const NfOptions *options);
void nf_input_free (gpointer input);

/* Finds out what it is: capture, Messages, text. Returns FALSE and sets `error` where it cannot be
 * read or is nothing that nfpeek reads. */
gboolean nf_input_look (NfInput *input, GError **error);

/* Whether it is a capture by its beginning, which is all that is read of it. Returns FALSE and sets
 * `error` where it cannot be read. */
gboolean nf_input_is_capture (const NfInput *input, GError **error);

/* Opens it. Returns NULL and sets `error` where that fails. */
NfSource *nf_input_open (NfInput *input, GError **error);

/* Takes the next item of `source`, which the input was opened as, with its file and order, which
 * are the same each time that the input is read. FALSE as of NfSource's next(). */
gboolean nf_input_next (NfInput *input, NfSource *source, NfItem *item, GError **error);

/* An input for a capture in a temporary file, which is taken over. */
NfInput *nf_input_new_spool (const char *name, NfSpool *spool, const NfOptions *options);

/* From now on opens what was read of a pipe before, and went to its spool. */
void nf_input_rewind (NfInput *input);

/* Where a piece of text or of a file of Messages came from. */
typedef struct {
    GByteArray *octets;
    gboolean is_frame; /* a frame of `link_type`, not Messages */
    int link_type;
    gboolean partial; /* octets are missing at its end */
    gboolean is_file; /* an IPFIX File (RFC 5655), or one of other versions' Messages */
} NfChunk;

/* Messages, or frames, from memory. `chunks` and `options` are borrowed. */
NfSource *nf_source_memory_new (const GPtrArray *chunks, const NfOptions *options);

/* Frames from a capture file, which is closed in the end, also where this fails. `fd` is what it
 * reads from, -1 where nobody knows. `options` is borrowed. */
NfSource *nf_source_capture_new (FILE *file, int fd, const NfOptions *options, GError **error);

/* What arrives at the ports of -l. Ends when a signal ends it, which have to be caught
 * (signals.h). `options` is borrowed. Returns NULL and sets `error` where one of them cannot be
 * listened on. */
NfSource *nf_source_sockets_new (const NfOptions *options, GError **error);

/* The sockets of such a source, `*n` of them; borrowed. */
const struct _NfListener *nf_source_sockets_listeners (const NfSource *source, guint *n);

/* The frames that come and go at an interface, as -f says or by ports, an array of NfRange: if it
 * is empty, the usual ones. Returns NULL and sets `error` where it cannot be captured on. Ends as
 * that of -l does. All are borrowed. */
NfSource *nf_source_live_new (const char *interface, const NfOptions *options, const GArray *ports,
                              GError **error);

/* What arrives at the ports of -l, and what of it the interface shows and they never get. Otherwise
 * as these. */
NfSource *nf_source_both_new (const char *interface, const NfOptions *options, GError **error);

G_END_DECLS
