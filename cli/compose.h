/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Datagrams -> Ethernet frames that hold them, for any tool to read: the other way round of
 * capture.h. Of what carried a Message only what NfDatagram knows comes back: addresses, ports,
 * transport, and what the capture lacked. Datagrams whose fragments came are whole.
 *
 *      UDP                 a datagram; one that is too large for UDP goes as TCP
 *      TCP, SCTP           a stream or association for each connection, one direction of it; where
 *                          octets or chunks were missing, numbers are left out, and what was no
 *                          Message is so many zeros
 *      unknown (hex)       UDP from and to addresses for documentation (RFC 5737 3, RFC 3849 2)
 */
#pragma once

#include "source.h"

G_BEGIN_DECLS

typedef struct _NfComposer NfComposer;

/* Takes a frame: `wire` octets long, of which the first ones are there. */
typedef void (*NfFrameTaker) (const GByteArray *octets, gsize wire, gpointer data);

/* A copy of the datagram that has the ends which its frames have: its own, or made up ones where
 * they are not known. */
NfDatagram nf_compose_ends (const NfDatagram *datagram);

/* Composes frames and gives them to `take`. Free with nf_composer_free(). */
NfComposer *nf_composer_new (NfFrameTaker take, gpointer data);
void nf_composer_free (NfComposer *composer);

/* Gives the frames of a datagram: one, or of a stream several. */
void nf_composer_add (NfComposer *composer, const NfDatagram *datagram);

/* Gives the first fragment of a datagram whose fragments did not all come; none where it did not
 * come. */
void nf_composer_add_lost (NfComposer *composer, const NfItem *lost);

/* Gives the error of ICMP that says that a datagram did not arrive, as its receiver sends it. */
void nf_composer_add_refusal (NfComposer *composer, const NfItem *refusal);

G_END_DECLS
