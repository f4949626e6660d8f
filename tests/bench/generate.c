/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes a capture of made-up exports for measurements; the same one for the same arguments.
 *
 *      generate KIND MESSAGES FILE
 *
 *      netflow9     one exporter, records of 20 fields
 *      ipfix        one exporter, records of 20 fields, three of them strings of variable length
 *      exporters    60 exporters of both versions, with interface names and a sampler as options
 *      domains      each Message of an Observation Domain of its own, with its Template
 *      random       each Message of an address, a domain and a Template of its own, with random
 *                   elements and values, and data of a Template that never comes
 */
#include <pcap/pcap.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FRAME_HEADERS  42 /* Ethernet, IPv4, UDP */
#define MESSAGE_LENGTH 1400
#define SNAP_LENGTH    65535
#define START_S        1700000000u
#define UPTIME_MS      500000000u
#define TEMPLATE_EVERY 500 /* Messages */

typedef struct {
    uint16_t id, length;
} Field;

static const Field common_fields[] = {
    {8, 4},  {12, 4}, {15, 4}, {10, 4}, {14, 4}, {2, 4}, {1, 4}, {16, 4},
    {17, 4}, {7, 2},  {11, 2}, {58, 2}, {4, 1},  {6, 1}, {5, 1},
};
static const Field netflow9_fields[] = {{22, 4}, {21, 4}, {9, 1}, {13, 1}, {61, 1}};
static const Field ipfix_fields[] = {{152, 8}, {153, 8}, {82, 0xffff}, {96, 0xffff}, {371, 0xffff}};
static const Field interface_fields[] = {{82, 16}}; /* options, scope: an interface */
static const Field sampler_fields[] = {{48, 1}, {49, 1}, {50, 4}}; /* scope: the System */

enum { TEMPLATE_FLOWS = 256, TEMPLATE_INTERFACES, TEMPLATE_SAMPLERS };

typedef struct {
    pcap_dumper_t *dumper;
    uint8_t frame[FRAME_HEADERS + 2 * MESSAGE_LENGTH];
    size_t length;
    uint64_t random;
    uint64_t time_us;
    unsigned version;
    unsigned exporter;
    uint32_t address;
    unsigned port;
    uint32_t domain;
    uint32_t sequence[64];
    size_t set; /* where the current Set begins */
    unsigned records;
    unsigned data_records;
} Capture;

static uint32_t
random_below (Capture *c, uint32_t limit)
{
    c->random ^= c->random << 13;
    c->random ^= c->random >> 7;
    c->random ^= c->random << 17;
    return (uint32_t)((c->random >> 16) % limit);
}

static void
put (Capture *c, uint64_t value, unsigned octets)
{
    while (octets-- > 0)
        c->frame[c->length++] = (uint8_t)(value >> 8 * octets);
}

static void
put_at (Capture *c, size_t at, unsigned value)
{
    c->frame[at] = (uint8_t)(value >> 8);
    c->frame[at + 1] = (uint8_t)value;
}

static void
put_text (Capture *c, const char *text, size_t length)
{
    size_t n = strlen (text);

    memset (c->frame + c->length, 0, length);
    memcpy (c->frame + c->length, text, n < length ? n : length);
    c->length += length;
}

/* ---- Messages ---- */

static void
begin_message (Capture *c, unsigned version, unsigned exporter, uint32_t domain)
{
    uint32_t now_s = START_S + (uint32_t)(c->time_us / 1000000);

    c->version = version;
    c->exporter = exporter;
    c->domain = domain;
    c->address = 0xc0000200u + 1 + exporter;
    c->port = 40000;
    c->length = FRAME_HEADERS;
    c->records = c->data_records = 0;
    put (c, version, 2);
    put (c, 0, 2); /* Length or Count */
    if (version == 9)
        put (c, UPTIME_MS + c->time_us / 1000, 4);
    put (c, now_s, 4);
    put (c, c->sequence[exporter], 4);
    put (c, domain, 4);
}

static void
begin_set (Capture *c, unsigned id)
{
    c->set = c->length;
    put (c, id, 2);
    put (c, 0, 2);
}

static void
end_set (Capture *c)
{
    while ((c->length - c->set) % 4 != 0)
        put (c, 0, 1);
    put_at (c, c->set + 2, (unsigned)(c->length - c->set));
}

static unsigned
sum_of (const uint8_t *octets, size_t n, unsigned long sum)
{
    for (size_t i = 0; i < n; i++)
        sum += i % 2 ? octets[i] : (unsigned long)octets[i] << 8;
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return (unsigned)(0xffff - sum);
}

static void
put_frame_headers (Capture *c, size_t payload)
{
    static const uint8_t ethernet[] = {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0};
    size_t end = c->length, ip = sizeof ethernet, udp = ip + 20;

    memcpy (c->frame, ethernet, sizeof ethernet);
    c->length = ip;
    put (c, 0x4500, 2);
    put (c, 28 + payload, 2);
    put (c, 0x00004000, 4); /* no fragment */
    put (c, 0x40110000, 4); /* hops, UDP, no checksum yet */
    put (c, c->address, 4);
    put (c, 0xc00002feu, 4);
    put_at (c, ip + 10, sum_of (c->frame + ip, 20, 0));
    put (c, c->port, 2);
    put (c, c->version == 9 ? 2055 : 4739, 2);
    put (c, 8 + payload, 2);
    put (c, 0, 2);
    c->length = end;
    unsigned sum = sum_of (c->frame + ip + 12, 8 + 8 + payload, 17 + 8 + payload);

    put_at (c, udp + 6, sum ? sum : 0xffff);
}

static void
end_message (Capture *c)
{
    size_t payload = c->length - FRAME_HEADERS;
    struct pcap_pkthdr header = {
        .ts = {(time_t)(START_S + c->time_us / 1000000), (suseconds_t)(c->time_us % 1000000)},
        .caplen = (bpf_u_int32)c->length,
        .len = (bpf_u_int32)c->length};

    put_at (c, FRAME_HEADERS + 2, c->version == 9 ? c->records : (unsigned)payload);
    c->sequence[c->exporter] += c->version == 9 ? 1 : c->data_records;
    put_frame_headers (c, payload);
    pcap_dump ((u_char *)c->dumper, &header, c->frame);
    c->time_us += 2000;
}

/* ---- Templates ---- */

static void
put_fields (Capture *c, const Field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        put (c, fields[i].id, 2);
        put (c, fields[i].length, 2);
    }
}

#define PUT_FIELDS(c, fields) put_fields (c, fields, sizeof (fields) / sizeof *(fields))

static void
put_flow_template (Capture *c)
{
    begin_set (c, c->version == 9 ? 0 : 2);
    put (c, TEMPLATE_FLOWS, 2);
    put (c, 20, 2);
    PUT_FIELDS (c, common_fields);
    if (c->version == 9)
        PUT_FIELDS (c, netflow9_fields);
    else
        PUT_FIELDS (c, ipfix_fields);
    end_set (c);
    c->records++;
}

/* An Options Template with one scope field. */
static void
put_options_template (Capture *c, unsigned id, Field scope, const Field *fields, unsigned n)
{
    begin_set (c, c->version == 9 ? 1 : 3);
    put (c, id, 2);
    if (c->version == 9) {
        put (c, 4, 2);
        put (c, 4 * n, 2);
    } else {
        put (c, n + 1, 2);
        put (c, 1, 2);
    }
    put_fields (c, &scope, 1);
    put_fields (c, fields, n);
    end_set (c);
    c->records++;
}

static void
put_options (Capture *c)
{
    Field interface = {c->version == 9 ? 2 : 10, 4};
    Field system = {c->version == 9 ? 1 : 144, 4};
    char name[16];

    put_options_template (c, TEMPLATE_INTERFACES, interface, interface_fields, 1);
    put_options_template (c, TEMPLATE_SAMPLERS, system, sampler_fields, 3);
    begin_set (c, TEMPLATE_INTERFACES);
    for (unsigned i = 1; i <= 16; i++) {
        snprintf (name, sizeof name, "GigE0/%u", i);
        put (c, i, 4);
        put_text (c, name, 16);
    }
    end_set (c);
    begin_set (c, TEMPLATE_SAMPLERS);
    put (c, 1, 4);
    put (c, 1, 1);
    put (c, 2, 1);
    put (c, 100, 4);
    end_set (c);
    c->records += 17;
    c->data_records += 17;
}

/* ---- records ---- */

static void
put_string (Capture *c, const char *prefix, unsigned number)
{
    char text[32];
    int n = snprintf (text, sizeof text, "%s%u", prefix, number);

    put (c, (unsigned)n, 1);
    put_text (c, text, (size_t)n);
}

static void
put_record (Capture *c)
{
    uint32_t packets = 1 + random_below (c, 200);
    uint64_t end_ms = c->time_us / 1000 - random_below (c, 15000);
    uint64_t start_ms = end_ms - random_below (c, 60000);
    uint32_t in = 1 + random_below (c, 16), out = 1 + random_below (c, 16);
    int is_tcp = random_below (c, 10) > 2;

    put (c, 0x0a000000u + random_below (c, 1 << 20), 4);
    put (c, 0xc6336400u + random_below (c, 256), 4);
    put (c, 0xc0000201u, 4);
    put (c, in, 4);
    put (c, out, 4);
    put (c, packets, 4);
    put (c, (uint64_t)packets * (40 + random_below (c, 1400)), 4);
    put (c, 64496 + random_below (c, 16), 4);
    put (c, 64496 + random_below (c, 16), 4);
    put (c, 1024 + random_below (c, 64000), 2);
    put (c, is_tcp ? 443 : 53, 2);
    put (c, 1 + random_below (c, 100), 2);
    put (c, is_tcp ? 6 : 17, 1);
    put (c, is_tcp ? 0x1b : 0, 1);
    put (c, 0, 1);
    if (c->version == 9) {
        put (c, UPTIME_MS + start_ms, 4);
        put (c, UPTIME_MS + end_ms, 4);
        put (c, 24, 1);
        put (c, 16, 1);
        put (c, 0, 1);
    } else {
        put (c, START_S * UINT64_C (1000) + start_ms, 8);
        put (c, START_S * UINT64_C (1000) + end_ms, 8);
        put_string (c, "GigE0/", in);
        put_string (c, "application-", random_below (c, 50));
        put_string (c, "user", random_below (c, 1000));
    }
    c->records++;
    c->data_records++;
}

static void
put_records (Capture *c)
{
    begin_set (c, TEMPLATE_FLOWS);
    while (c->length - FRAME_HEADERS < MESSAGE_LENGTH - 90)
        put_record (c);
    end_set (c);
}

/* ---- kinds ---- */

static void
generate_one (Capture *c, unsigned version, unsigned long n)
{
    for (unsigned long i = 0; i < n; i++) {
        begin_message (c, version, 0, 1);
        if (i % TEMPLATE_EVERY == 0)
            put_flow_template (c);
        put_records (c);
        end_message (c);
    }
}

static void
generate_exporters (Capture *c, unsigned long n)
{
    enum { EXPORTERS = 60 };

    for (unsigned long i = 0; i < n; i++) {
        unsigned exporter = (unsigned)(i % EXPORTERS);

        begin_message (c, exporter % 2 ? 9 : 10, exporter, 1);
        if (i / EXPORTERS % TEMPLATE_EVERY == 0) {
            put_flow_template (c);
            put_options (c);
        }
        put_records (c);
        end_message (c);
    }
}

static void
generate_domains (Capture *c, unsigned long n)
{
    for (unsigned long i = 0; i < n; i++) {
        c->sequence[0] = 0;
        begin_message (c, 10, 0, (uint32_t)i + 1);
        put_flow_template (c);
        put_records (c);
        end_message (c);
    }
}

static void
put_random (Capture *c, unsigned octets)
{
    while (octets-- > 0)
        put (c, random_below (c, 256), 1);
}

static void
generate_random (Capture *c, unsigned long n)
{
    for (unsigned long i = 0; i < n; i++) {
        unsigned fields = 2 + random_below (c, 22), id = 256 + random_below (c, 65280);

        c->sequence[0] = random_below (c, UINT32_MAX);
        begin_message (c, random_below (c, 2) ? 9 : 10, 0, random_below (c, UINT32_MAX));
        c->address = random_below (c, UINT32_MAX);
        c->port = 1024 + random_below (c, 64512);
        begin_set (c, c->version == 9 ? 0 : 2);
        put (c, id, 2);
        put (c, fields, 2);
        for (unsigned f = 0; f < fields; f++) {
            put (c, 1 + random_below (c, 400), 2);
            put (c, 4, 2);
        }
        end_set (c);
        begin_set (c, id);
        put_random (c, 3 * 4 * fields);
        end_set (c);
        begin_set (c, 256 + random_below (c, 65280));
        put_random (c, 40);
        end_set (c);
        c->records += 5;
        c->data_records += 3;
        end_message (c);
    }
}

int
main (int argc, char **argv)
{
    pcap_t *pcap = pcap_open_dead (DLT_EN10MB, SNAP_LENGTH);
    Capture *c = calloc (1, sizeof *c);
    unsigned long n = argc == 4 ? strtoul (argv[2], NULL, 10) : 0;
    const char *kind = argc == 4 ? argv[1] : "";

    if (!pcap || !c || n == 0) {
        fprintf (stderr, "usage: generate KIND MESSAGES FILE\n");
        return 2;
    }
    c->random = 88172645463325252u;
    c->dumper = pcap_dump_open (pcap, argv[3]);
    if (!c->dumper) {
        fprintf (stderr, "generate: %s\n", pcap_geterr (pcap));
        return 2;
    }
    if (strcmp (kind, "netflow9") == 0)
        generate_one (c, 9, n);
    else if (strcmp (kind, "ipfix") == 0)
        generate_one (c, 10, n);
    else if (strcmp (kind, "exporters") == 0)
        generate_exporters (c, n);
    else if (strcmp (kind, "domains") == 0)
        generate_domains (c, n);
    else if (strcmp (kind, "random") == 0)
        generate_random (c, n);
    if (pcap_dump_flush (c->dumper) != 0) {
        fprintf (stderr, "generate: %s cannot be written\n", argv[3]);
        return 2;
    }
    pcap_dump_close (c->dumper);
    pcap_close (pcap);
    free (c);
    return 0;
}
