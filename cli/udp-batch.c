/* SPDX-License-Identifier: GPL-2.0-or-later */
/* recvmmsg(2), and what the kernel says of each datagram. */
#include "udp-batch.h"

#include "listen.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

/* More at once saves no more time, and keeps other sockets waiting. */
#define BATCH 64

/* The largest datagram that UDP carries, in whole pages: those that nothing touches cost no memory.
 */
#define ROOM 65536

struct _NfUdpBatch {
    guint n, at; /* read, and how many of them were taken */
    struct mmsghdr headers[BATCH];
    struct iovec parts[BATCH];
    struct sockaddr_storage from[BATCH];
    _Alignas(struct cmsghdr) char control[BATCH][256];
    guint8 *octets; /* ROOM for each */
};

NfUdpBatch *
nf_udp_batch_new (void)
{
    NfUdpBatch *batch = g_new0 (NfUdpBatch, 1);

    batch->octets = g_malloc ((gsize)BATCH * ROOM);
    for (guint i = 0; i < BATCH; i++) {
        batch->parts[i] = (struct iovec){batch->octets + (gsize)i * ROOM, ROOM};
        batch->headers[i].msg_hdr = (struct msghdr){.msg_name = &batch->from[i],
                                                    .msg_iov = &batch->parts[i],
                                                    .msg_iovlen = 1,
                                                    .msg_control = batch->control[i]};
    }
    return batch;
}

void
nf_udp_batch_free (NfUdpBatch *batch)
{
    g_free (batch->octets);
    g_free (batch);
}

gboolean
nf_udp_batch_read (NfUdpBatch *batch, int fd)
{
    int n;

    for (guint i = 0; i < BATCH; i++) {
        batch->headers[i].msg_hdr.msg_namelen = sizeof batch->from[i];
        batch->headers[i].msg_hdr.msg_controllen = sizeof batch->control[i];
    }
    n = recvmmsg (fd, batch->headers, BATCH, MSG_DONTWAIT, NULL);
    batch->n = n > 0 ? (guint)n : 0;
    batch->at = 0;
    return batch->n > 0;
}

/* The address that a datagram was sent to: all of an interface's addresses share a socket. */
static void
note_destination (NfDatagram *g, struct cmsghdr *c)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    struct in_pktinfo info4;
    struct in6_pktinfo info6;
    guint16 port = g->collector.port;

    if (c->cmsg_level == IPPROTO_IP) {
        memcpy (&info4, CMSG_DATA (c), sizeof info4);
        v4.sin_addr = info4.ipi_addr;
        g->collector = nf_endpoint_of (&v4);
    } else {
        memcpy (&info6, CMSG_DATA (c), sizeof info6);
        v6.sin6_addr = info6.ipi6_addr;
        g->collector = nf_endpoint_of (&v6);
    }
    g->collector.port = port;
}

static gint64
in_ns (const struct timespec *time)
{
    return (gint64)time->tv_sec * 1000000000 + time->tv_nsec;
}

static void
read_details (struct msghdr *header, NfDatagram *g, guint32 *dropped)
{
    struct timespec time;

    for (struct cmsghdr *c = CMSG_FIRSTHDR (header); c; c = CMSG_NXTHDR (header, c)) {
        if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS) {
            memcpy (&time, CMSG_DATA (c), sizeof time);
            g->time_ns = in_ns (&time);
        } else if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_RXQ_OVFL) {
            memcpy (dropped, CMSG_DATA (c), sizeof *dropped);
        } else if ((c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) ||
                   (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO)) {
            note_destination (g, c);
        }
    }
    if (g->time_ns == 0) {
        clock_gettime (CLOCK_REALTIME, &time);
        g->time_ns = in_ns (&time);
    }
}

gboolean
nf_udp_batch_take (NfUdpBatch *batch, const NfEndpoint *local, NfDatagram *datagram,
                   guint32 *dropped)
{
    struct mmsghdr *header;

    if (batch->at == batch->n)
        return FALSE;
    header = &batch->headers[batch->at];
    *dropped = 0; /* the kernel does not tell before there is one */
    *datagram = (NfDatagram){.octets = batch->parts[batch->at].iov_base,
                             .length = header->msg_len,
                             .wire_length = header->msg_len,
                             .exporter = nf_endpoint_of (&batch->from[batch->at]),
                             .collector = *local,
                             .transport = NF_TRANSPORT_UDP,
                             .has_time = TRUE};
    read_details (&header->msg_hdr, datagram, dropped);
    batch->at++;
    return TRUE;
}
