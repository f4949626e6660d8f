/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sends NetFlow v9 to a collector: Messages of 25 records of 55 octets, a Template every 500
 * Messages.
 *
 *      flood ADDR:PORT RATE SECONDS
 *
 * RATE is Messages a second, 0: as fast as it can. At its end it prints how many it sent, and in
 * how many seconds. To IPv4 only.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BATCH          64
#define RECORDS        25
#define TEMPLATE_EVERY 500
#define SET_HEADER     4
#define UPTIME_MS      1000000

/* Elements and their octets. */
static const uint16_t fields[][2] = {
    {8, 4},  {12, 4}, {15, 4}, {10, 4}, {14, 4}, {2, 4},  {1, 4},  {16, 4}, {17, 4}, {7, 2},
    {11, 2}, {58, 2}, {4, 1},  {6, 1},  {5, 1},  {22, 4}, {21, 4}, {9, 1},  {13, 1}, {61, 1},
};

enum { N_FIELDS = sizeof fields / sizeof *fields };

typedef struct {
    uint8_t octets[2048];
    size_t length;
} Message;

static Message messages[BATCH];
static Message with_template;
static uint32_t sequence;

static void
put (Message *m, uint32_t value, unsigned octets)
{
    while (octets-- > 0)
        m->octets[m->length++] = (uint8_t)(value >> 8 * octets);
}

static void
put_template (Message *m)
{
    put (m, 0, 2);
    put (m, SET_HEADER + 4 + 4 * N_FIELDS, 2);
    put (m, 256, 2);
    put (m, N_FIELDS, 2);
    for (unsigned i = 0; i < N_FIELDS; i++) {
        put (m, fields[i][0], 2);
        put (m, fields[i][1], 2);
    }
}

/* What nobody finds anything wrong with. */
static uint32_t
value_of (unsigned element, unsigned record)
{
    switch (element) {
    case 1: /* octets */
        return 1000 * (record + 1);
    case 4: /* protocol */
        return 6;
    case 5:  /* type of service */
    case 61: /* direction */
        return 0;
    case 9: /* lengths of prefixes */
    case 13:
        return 24;
    case 21: /* end */
        return UPTIME_MS - 1000;
    case 22: /* start */
        return UPTIME_MS - 3000;
    default:
        return 1 + record;
    }
}

static void
put_records (Message *m)
{
    size_t start = m->length;

    put (m, 256, 2);
    put (m, 0, 2);
    for (unsigned r = 0; r < RECORDS; r++)
        for (unsigned i = 0; i < N_FIELDS; i++)
            put (m, value_of (fields[i][0], r), fields[i][1]);
    while (m->length % 4 != 0)
        put (m, 0, 1);
    m->octets[start + 2] = (uint8_t)((m->length - start) >> 8);
    m->octets[start + 3] = (uint8_t)(m->length - start);
}

/* Makes a Message with everything but what differs from one to the next. */
static void
make (Message *m, int has_template)
{
    m->length = 0;
    put (m, 9, 2);
    put (m, RECORDS + (has_template ? 1 : 0), 2);
    put (m, 0, 4); /* uptime, */
    put (m, 0, 4); /* time, */
    put (m, 0, 4); /* sequence number: stamp() */
    put (m, 1, 4);
    if (has_template)
        put_template (m);
    put_records (m);
}

static void
stamp (Message *m)
{
    size_t length = m->length;

    m->length = 4;
    put (m, UPTIME_MS, 4);
    put (m, (uint32_t)time (NULL), 4);
    put (m, sequence++, 4);
    m->length = length;
}

static double
now (void)
{
    struct timespec t;

    clock_gettime (CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Sends so many Messages. */
static void
send_batch (int fd, unsigned n)
{
    static struct iovec parts[BATCH];
    static struct mmsghdr headers[BATCH];
    unsigned sent = 0;

    for (unsigned i = 0; i < n; i++) {
        Message *m = sequence % TEMPLATE_EVERY == 0 ? &with_template : &messages[i];

        stamp (m);
        parts[i] = (struct iovec){m->octets, m->length};
        headers[i].msg_hdr = (struct msghdr){.msg_iov = &parts[i], .msg_iovlen = 1};
    }
    while (sent < n) {
        int done = sendmmsg (fd, headers + sent, n - sent, 0);

        if (done > 0)
            sent += (unsigned)done;
        else if (errno != ECONNREFUSED && errno != EINTR) {
            perror ("flood: sendmmsg");
            exit (1);
        }
    }
}

/* Sends what is due, sleeps for a millisecond. */
static double
flood (int fd, double rate, double seconds)
{
    double start = now (), passed = 0;

    while (passed < seconds) {
        double due = rate > 0 ? passed * rate - sequence : BATCH;

        if (due >= 1)
            send_batch (fd, due < BATCH ? (unsigned)due : BATCH);
        if (due < BATCH)
            nanosleep (&(struct timespec){.tv_nsec = 500000}, NULL);
        passed = now () - start;
    }
    return passed;
}

int
main (int argc, char **argv)
{
    struct sockaddr_in to = {.sin_family = AF_INET};
    char *colon = argc == 4 ? strchr (argv[1], ':') : NULL;
    int fd = socket (AF_INET, SOCK_DGRAM, 0);
    double passed;

    if (!colon) {
        fprintf (stderr, "Usage: flood ADDR:PORT RATE SECONDS\n");
        return 2;
    }
    *colon = '\0';
    to.sin_port = htons ((uint16_t)atoi (colon + 1));
    if (inet_pton (AF_INET, argv[1], &to.sin_addr) != 1 ||
        connect (fd, (struct sockaddr *)&to, sizeof to) < 0) {
        perror ("flood");
        return 2;
    }
    make (&with_template, 1);
    for (unsigned i = 0; i < BATCH; i++)
        make (&messages[i], 0);
    passed = flood (fd, atof (argv[2]), atof (argv[3]));
    printf ("%u %.2f\n", sequence, passed);
    close (fd);
    return 0;
}
