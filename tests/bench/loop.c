/* SPDX-License-Identifier: GPL-2.0-or-later */
/* loop FILE: libpcap's own loop over a capture, which does nothing: what every reader must do. */
#include <pcap/pcap.h>

#include <stdint.h>
#include <stdio.h>

int
main (int argc, char **argv)
{
    char error[PCAP_ERRBUF_SIZE];
    struct pcap_pkthdr *header;
    uint64_t frames = 0, octets = 0;
    const u_char *frame;
    pcap_t *pcap = pcap_open_offline (argc == 2 ? argv[1] : "-", error);

    if (!pcap) {
        fprintf (stderr, "loop: %s\n", error);
        return 2;
    }
    while (pcap_next_ex (pcap, &header, &frame) == 1) {
        frames++;
        octets += header->caplen;
    }
    printf ("%llu frames, %llu octets\n", (unsigned long long)frames, (unsigned long long)octets);
    pcap_close (pcap);
    return 0;
}
