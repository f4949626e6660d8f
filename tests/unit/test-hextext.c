/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading octets out of text: one table of texts, the chunks that must come out, and how the
 * reader says that it read them. Dumps are what the tools print.
 */
#include "cli/hextext.h"

#include <string.h>

/* The octets most dumps show: a v9 header's beginning, text that looks like hex, marks and
 * comments ("dead beef "\|>/" and an asterisk), enough zeros for a `*`, and an odd last octet. */
#define HEADER "00090001000010005f5e100000000001"
#define TRICKY "64656164206265656620225c7c3e2f2a"
#define ZEROS  "00000000000000000000000000000000"
#define M      HEADER TRICKY ZEROS ZEROS ZEROS "01"

/* `chunks`: a line for each chunk: its first and last line, its octets, and what is wrong. */
typedef struct {
    const char *name, *text, *chunks, *report;
} Case;

/* clang-format off */
static const Case cases[] = {
    /* What the tools of Linux print */
    {"xxd",
     "00000000: 0009 0001 0000 1000 5f5e 1000 0000 0001  ........_^......\n"
     "00000010: 6465 6164 2062 6565 6620 225c 7c3e 2f2a  dead beef \"\\|>/*\n"
     "00000020: 0000 0000 0000 0000 0000 0000 0000 0000  ................\n"
     "00000030: 0000 0000 0000 0000 0000 0000 0000 0000  ................\n"
     "00000040: 0000 0000 0000 0000 0000 0000 0000 0000  ................\n"
     "00000050: 01                                       .\n",
     "1-6 " M "\n",
     "xxd dump, offset column dropped, text column dropped"},
    {"xxd-g1-upper",
     "00000000: 00 09 00 01 00 00 10 00 5F 5E 10 00 00 00 00 01 64 65 61 64 20 62 65 65  ........_^......dead bee\n"
     "00000018: 66 20 22 5C 7C 3E 2F 2A 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  f \"\\|>/*................\n"
     "00000030: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ........................\n"
     "00000048: 00 00 00 00 00 00 00 00 01                                               .........\n",
     "1-4 " M "\n",
     "xxd dump, offset column dropped, text column dropped"},
    {"xxd-g0",
     "00000000: 00090001000010005f5e100000000001  ........_^......\n"
     "00000010: 64656164206265656620225c7c3e2f2a  dead beef \"\\|>/*\n"
     "00000020: 00000000000000000000000000000000  ................\n"
     "00000030: 00000000000000000000000000000000  ................\n"
     "00000040: 00000000000000000000000000000000  ................\n"
     "00000050: 01                                .\n",
     "1-6 " M "\n",
     "xxd dump, offset column dropped, text column dropped"},
    {"xxd-little",
     "00000000: 01000900 00100000 00105e5f 01000000  ........_^......\n"
     "00000010: 64616564 65656220 5c222066 2a2f3e7c  dead beef \"\\|>/*\n"
     "00000020: 00000000 00000000 00000000 00000000  ................\n"
     "00000030: 00000000 00000000 00000000 00000000  ................\n"
     "00000040: 00000000 00000000 00000000 00000000  ................\n"
     "00000050:       01                             .\n",
     "1-6 " M "\n",
     "xxd dump, offset column dropped, text column dropped, octets of words swapped"},
    {"xxd-bits",
     "00000000: 00000000 00001001 00000000 00000001 00000000 00000000  ......\n"
     "00000006: 00010000 00000000 01011111 01011110 00010000 00000000  .._^..\n"
     "0000000c: 00000000 00000000 00000000 00000001 01100100 01100101  ....de\n"
     "00000012: 01100001 01100100 00100000 01100010 01100101 01100101  ad bee\n"
     "00000018: 01100110 00100000 00100010 01011100 01111100 00111110  f \"\\|>\n"
     "0000001e: 00101111 00101010 00000000 00000000 00000000 00000000  /*....\n"
     "00000024: 00000000 00000000 00000000 00000000 00000000 00000000  ......\n"
     "0000002a: 00000000 00000000 00000000 00000000 00000000 00000000  ......\n"
     "00000030: 00000000 00000000 00000000 00000000 00000000 00000000  ......\n"
     "00000036: 00000000 00000000 00000000 00000000 00000000 00000000  ......\n"
     "0000003c: 00000000 00000000 00000000 00000000 00000000 00000000  ......\n"
     "00000042: 00000000 00000000 00000000 00000000 00000000 00000000  ......\n"
     "00000048: 00000000 00000000 00000000 00000000 00000000 00000000  ......\n"
     "0000004e: 00000000 00000000 00000001                             ...\n",
     "1-14 " M "\n",
     "xxd dump of bits, offset column dropped, text column dropped"},
    {"xxd-plain",
     "00090001000010005f5e10000000000164656164206265656620225c7c3e\n"
     "2f2a00000000000000000000000000000000000000000000000000000000\n"
     "000000000000000000000000000000000000000001\n",
     "1-3 " M "\n",
     "plain hex"},
    {"xxd-include",
     "unsigned char m_bin[] = {\n"
     "  0x00, 0x09, 0x00, 0x01, 0x00, 0x00, 0x10, 0x00, 0x5f, 0x5e, 0x10, 0x00,\n"
     "  0x00, 0x00, 0x00, 0x01, 0x64, 0x65, 0x61, 0x64, 0x20, 0x62, 0x65, 0x65,\n"
     "  0x66, 0x20, 0x22, 0x5c, 0x7c, 0x3e, 0x2f, 0x2a, 0x00, 0x00, 0x00, 0x00,\n"
     "  0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,\n"
     "  0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,\n"
     "  0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,\n"
     "  0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01\n"
     "};\n"
     "unsigned int m_bin_len = 81;\n",
     "2-8 " M "\n",
     "C array, words dropped"},
    {"hexdump",
     "0000000 0900 0100 0000 0010 5e5f 0010 0000 0100\n"
     "0000010 6564 6461 6220 6565 2066 5c22 3e7c 2a2f\n"
     "0000020 0000 0000 0000 0000 0000 0000 0000 0000\n"
     "*\n"
     "0000050 0001                                   \n"
     "0000051\n",
     "1-6 " M "\n",
     "hex dump of words, offset column dropped, octets of words swapped, "
     "repeated lines filled in"},
    {"hexdump-C",
     "00000000  00 09 00 01 00 00 10 00  5f 5e 10 00 00 00 00 01  |........_^......|\n"
     "00000010  64 65 61 64 20 62 65 65  66 20 22 5c 7c 3e 2f 2a  |dead beef \"\\|>/*|\n"
     "00000020  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n"
     "*\n"
     "00000050  01                                                |.|\n"
     "00000051\n",
     "1-6 " M "\n",
     "hexdump -C dump, offset column dropped, text column dropped, repeated lines filled in"},
    {"hexdump-x",
     "0000000    0900    0100    0000    0010    5e5f    0010    0000    0100\n"
     "0000010    6564    6461    6220    6565    2066    5c22    3e7c    2a2f\n"
     "0000020    0000    0000    0000    0000    0000    0000    0000    0000\n"
     "*\n"
     "0000050    0001                                                        \n"
     "0000051\n",
     "1-6 " M "\n",
     "hex dump of words, offset column dropped, octets of words swapped, "
     "repeated lines filled in"},
    {"hexdump-b",
     "0000000 000 011 000 001 000 000 020 000 137 136 020 000 000 000 000 001\n"
     "0000010 144 145 141 144 040 142 145 145 146 040 042 134 174 076 057 052\n"
     "0000020 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000\n"
     "*\n"
     "0000050 001                                                            \n"
     "0000051\n",
     "1-6 " M "\n",
     "octal dump, offset column dropped, repeated lines filled in"},
    {"hexdump-d",
     "0000000   02304   00256   00000   00016   24159   00016   00000   00256\n"
     "0000010   25956   25697   25120   25957   08294   23586   15996   10799\n"
     "0000020   00000   00000   00000   00000   00000   00000   00000   00000\n"
     "*\n"
     "0000050   00001                                                        \n"
     "0000051\n",
     "1-6 " M "\n",
     "decimal dump of words, offset column dropped, octets of words swapped, "
     "repeated lines filled in"},
    {"hexdump-o",
     "0000000  004400  000400  000000  000020  057137  000020  000000  000400\n"
     "0000010  062544  062141  061040  062545  020146  056042  037174  025057\n"
     "0000020  000000  000000  000000  000000  000000  000000  000000  000000\n"
     "*\n"
     "0000050  000001                                                        \n"
     "0000051\n",
     "1-6 " M "\n",
     "octal dump of words, offset column dropped, octets of words swapped, "
     "repeated lines filled in"},
    {"hexdump-c",
     "0000000  \\0  \\t  \\0 001  \\0  \\0 020  \\0   _   ^ 020  \\0  \\0  \\0  \\0 001\n"
     "0000010   d   e   a   d       b   e   e   f       \"   \\   |   >   /   *\n"
     "0000020  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0\n"
     "*\n"
     "0000050 001                                                            \n"
     "0000051\n",
     "1-6 " M "\n",
     "dump of characters, offset column dropped, repeated lines filled in"},
    {"od",
     "0000000 004400 000400 000000 000020 057137 000020 000000 000400\n"
     "0000020 062544 062141 061040 062545 020146 056042 037174 025057\n"
     "0000040 000000 000000 000000 000000 000000 000000 000000 000000\n"
     "*\n"
     "0000120 000001\n"
     "0000121\n",
     "1-6 " M "\n",
     "octal dump of words, offset column dropped, octets of words swapped, "
     "repeated lines filled in"},
    {"od-x1z",
     "000000 00 09 00 01 00 00 10 00 5f 5e 10 00 00 00 00 01  >........_^......<\n"
     "000010 64 65 61 64 20 62 65 65 66 20 22 5c 7c 3e 2f 2a  >dead beef \"\\|>/*<\n"
     "000020 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  >................<\n"
     "*\n"
     "000050 01                                               >.<\n"
     "000051\n",
     "1-6 " M "\n",
     "od dump, offset column dropped, text column dropped, repeated lines filled in"},
    {"od-x1",
     "0000000 00 09 00 01 00 00 10 00 5f 5e 10 00 00 00 00 01\n"
     "0000020 64 65 61 64 20 62 65 65 66 20 22 5c 7c 3e 2f 2a\n"
     "0000040 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00\n"
     "*\n"
     "0000120 01\n"
     "0000121\n",
     "1-6 " M "\n",
     "hex dump, offset column dropped, repeated lines filled in"},
    {"od-x1-without-offsets",
     " 00 09 00 01 00 00 10 00 5f 5e 10 00 00 00 00 01\n"
     " 64 65 61 64 20 62 65 65 66 20 22 5c 7c 3e 2f 2a\n"
     " 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00\n"
     " 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00\n"
     " 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00\n"
     " 01\n",
     "1-6 " M "\n",
     "plain hex"},
    {"od-x1-stars-without-offsets",
     " 00 09 00 01 00 00 10 00 5f 5e 10 00 00 00 00 01\n"
     " 64 65 61 64 20 62 65 65 66 20 22 5c 7c 3e 2f 2a\n"
     " 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00\n"
     "*\n"
     " 01\n",
     "1-3 " HEADER TRICKY ZEROS " partial\n",
     "plain hex"},
    {"od-u1",
     "0000000   0   9   0   1   0   0  16   0  95  94  16   0   0   0   0   1\n"
     "0000016 100 101  97 100  32  98 101 101 102  32  34  92 124  62  47  42\n"
     "0000032   0   0   0   0   0   0   0   0   0   0   0   0   0   0   0   0\n"
     "*\n"
     "0000080   1\n"
     "0000081\n",
     "1-6 " M "\n",
     "decimal dump, offset column dropped, repeated lines filled in"},
    {"od-u2",
     "0000000  2304   256     0    16 24159    16     0   256\n"
     "0000016 25956 25697 25120 25957  8294 23586 15996 10799\n"
     "0000032     0     0     0     0     0     0     0     0\n"
     "*\n"
     "0000080     1\n"
     "0000081\n",
     "1-6 " M "\n",
     "decimal dump of words, offset column dropped, octets of words swapped, "
     "repeated lines filled in"},
    {"od-u4",
     "0000000   16779520    1048576    1072735   16777216\n"
     "0000020 1684104548 1701143072 1545740390  707739260\n"
     "0000040          0          0          0          0\n"
     "*\n"
     "0000120          1\n"
     "0000121\n",
     "1-6 " M "\n",
     "decimal dump of words, offset column dropped, octets of words swapped, "
     "repeated lines filled in"},
    {"od-x4",
     "0000000 01000900 00100000 00105e5f 01000000\n"
     "0000020 64616564 65656220 5c222066 2a2f3e7c\n"
     "0000040 00000000 00000000 00000000 00000000\n"
     "*\n"
     "0000120 00000001\n"
     "0000121\n",
     "1-6 " M "\n",
     "hex dump of words, offset column dropped, octets of words swapped, "
     "repeated lines filled in"},
    {"od-x8",
     "0000000 0010000001000900 0100000000105e5f\n"
     "0000020 6565622064616564 2a2f3e7c5c222066\n"
     "0000040 0000000000000000 0000000000000000\n"
     "*\n"
     "0000120 0000000000000001\n"
     "0000121\n",
     "1-6 " M "\n",
     "hex dump of words, offset column dropped, octets of words swapped, "
     "repeated lines filled in"},
    {"od-big",
     "000000 0009 0001 0000 1000 5f5e 1000 0000 0001  >........_^......<\n"
     "000010 6465 6164 2062 6565 6620 225c 7c3e 2f2a  >dead beef \"\\|>/*<\n"
     "000020 0000 0000 0000 0000 0000 0000 0000 0000  >................<\n"
     "*\n"
     "000050 0100                                     >.<\n"
     "000051\n",
     "1-6 " M "\n",
     "od dump, offset column dropped, text column dropped, repeated lines filled in"},
    {"od-c",
     "0000000  \\0  \\t  \\0 001  \\0  \\0 020  \\0   _   ^ 020  \\0  \\0  \\0  \\0 001\n"
     "0000020   d   e   a   d       b   e   e   f       \"   \\   |   >   /   *\n"
     "0000040  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0\n"
     "*\n"
     "0000120 001\n"
     "0000121\n",
     "1-6 " M "\n",
     "dump of characters, offset column dropped, repeated lines filled in"},
    {"od-b",
     "0000000 000 011 000 001 000 000 020 000 137 136 020 000 000 000 000 001\n"
     "0000020 144 145 141 144 040 142 145 145 146 040 042 134 174 076 057 052\n"
     "0000040 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000\n"
     "*\n"
     "0000120 001\n"
     "0000121\n",
     "1-6 " M "\n",
     "octal dump, offset column dropped, repeated lines filled in"},

    /* Plain hex */
    {"plain", HEADER, "1-1 " HEADER "\n", "plain hex"},
    {"plain-short", "00 09", "1-1 0009\n", "plain hex"},
    {"plain-upper-blanks", "  00 09 00 01 AB\tCD\n", "1-1 00090001abcd\n", "plain hex"},
    {"plain-colons", "00:09:00:0a:ff\n", "1-1 0009000aff\n", "plain hex"},
    {"plain-dashes", "00-09-00-0A\n", "1-1 0009000a\n", "plain hex"},
    {"plain-0x", "0x00090001\n", "1-1 00090001\n", "plain hex"},
    {"plain-postgres", "\\x00090001\n", "1-1 00090001\n", "plain hex"},
    {"plain-0x-words-a-message-a-line",
     "0x00 0x09 0x00 0x01 0x00 0x00 0x10 0x00\n0x0009 0x0010 0x0000 0x0000\n",
     "1-1 0009000100001000\n2-2 0009001000000000\n", "plain hex"},
    {"plain-words-of-16-bits", "0x0009, 0x0001\n", "1-1 00090001\n", "plain hex"},
    {"plain-fields", "0009 0001 00001000 5f5e1000 00000001\n", "1-1 " HEADER "\n", "plain hex"},
    {"plain-fields-of-zeros", "0009 0001 00001000 # v9\n00000001 00000002\n00000000 0100\n",
     "1-3 00090001000010000000000100000002000000000100\n", "plain hex, comments dropped"},
    {"plain-half-octet", "0009 0\n", "1-1 0009 half\n", "plain hex"},
    {"plain-bom-crlf", "\xef\xbb\xbf" "00 09\r\n00\xc2\xa0" "01\r\n", "1-2 00090001\n",
     "plain hex"},
    {"plain-comments", "# a Message\n0009 # version\n0001 // count\n/* uptime\n */ 00001000 #end",
     "2-5 0009000100001000\n", "plain hex, comments dropped"},
    {"plain-comment-marks-in-words", "packet #12 of http://x/ is 0009000100001000\n",
     "1-1 0009000100001000\n", "hex among words, words dropped"},
    {"plain-wrapped", "000900010000100\n05f5e1000\n00000001\n", "1-3 " HEADER "\n", "plain hex"},
    {"plain-wrapped-blanks", "00 09 00 0\n1 00 00 10 00\n", "1-2 0009000100001000\n", "plain hex"},
    {"plain-line-a-message", HEADER "\n" HEADER "\n" HEADER,
     "1-1 " HEADER "\n2-2 " HEADER "\n3-3 " HEADER "\n", "plain hex"},
    {"plain-line-a-message-of-any-version", HEADER "\n" HEADER "00\n" "000a001000000000\n",
     "1-1 " HEADER "\n2-2 " HEADER "00\n3-3 000a001000000000\n", "plain hex"},
    {"plain-wrapped-at-a-field", HEADER "\n" "0008000400010002\n",
     "1-2 " HEADER "0008000400010002\n", "plain hex"},
    {"plain-not-every-line-a-message", HEADER "\n" HEADER "\nff\n",
     "1-3 " HEADER HEADER "ff\n", "plain hex"},
    {"plain-version-alone-is-no-message", "00090001\n00090002\n", "1-2 0009000100090002\n",
     "plain hex"},
    {"plain-blank-line", "00090001\n\n\n" "000a0002\n", "1-1 00090001\n4-4 000a0002\n",
     "plain hex"},
    {"plain-quoted-list", "[\"0009000100001000\", \"0000000000000000ff\"]",
     "1-1 0009000100001000\n1-1 0000000000000000ff\n", "plain hex"},
    {"plain-quoted-list-lines", "[\n\"0009\",\n\"ffff\"\n]\n", "2-2 0009\n3-3 ffff\n", "plain hex"},
    {"plain-quoted-adjacent", "(\"0009\"\n \"ffff\")\n", "1-2 0009ffff\n", "plain hex"},
    {"plain-elided", "00 09 00 01 ...\n", "1-1 00090001 partial\n", "plain hex"},

    /* Hex among words */
    {"words-node", "const b = Buffer.from('" HEADER "', 'hex');\n", "1-1 " HEADER "\n",
     "hex among words, words dropped"},
    {"words-node-inspect", "<Buffer 00 09 00 01 00 00 10 00 ... 1338 more bytes>\n",
     "1-1 0009000100001000 partial\n", "hex among words, words dropped"},
    {"words-log-wrapped",
     "2023-11-14T22:13:20Z E! [inputs.netflow] bad packet, raw data: 0009000100001000\n"
     "5f5e10000000000\n1ff\n"
     "2023-11-14T22:13:21Z E! [inputs.netflow] bad packet, raw data: 000a0001000010005\n"
     "fff\n2023-11-14T22:13:22Z I! done\n",
     "1-3 " HEADER "ff\n4-5 000a0001000010005fff\n", "hex among words, words dropped"},
    {"words-log-wrapped-then-words", "raw: 0009000100001000\n5f5e100000000001 from 10.0.0.1\n",
     "1-2 " HEADER "\n", "hex among words, words dropped"},
    {"words-after-a-date", "2023-11-14 22:13:20 00 09 00 01 00 00 10 00\n",
     "1-1 0009000100001000\n", "hex among words, words dropped"},
    {"words-version-before-longest",
     "id 0123456789abcdef0123456789abcdef01234567 data 0009000100001000\n",
     "1-1 0009000100001000\n", "hex among words, words dropped"},
    {"words-longest", "from 00:11:22:33:44:55:66:77 frame ffffffffffff0011223344550800\n",
     "1-1 ffffffffffff0011223344550800\n", "hex among words, words dropped"},
    {"words-two-in-a-line", "one=\"0009000100001000\" two=\"000a000100001000\"\n",
     "1-1 0009000100001000\n1-1 000a000100001000\n", "hex among words, words dropped"},
    {"words-then-lines", "packet 1:\n0009000100001000\nff\npacket 2:\n000a001000000000\n",
     "2-3 0009000100001000ff\n5-5 000a001000000000\n", "hex among words, words dropped"},
    {"words-english",
     "The dead face\nadd a bad decade\nfeed\nat 2023-11-14 22:13:20 by 1234567\n", "",
     "no octets found"},
    {"words-mac-uuid", "00:11:22:33:44:55 is 550e8400-e29b-41d4-a716-446655440000\n", "",
     "no octets found"},

    /* Strings */
    {"string-c", "static const char p[] =\n    \"\\x00\\t\\x00\\001\"  // version, count\n"
     "    \"AB\\\\\\\"\\x7f\";\n", "2-3 0009000141425c227f\n",
     "string with escapes, words dropped, comments dropped"},
    {"string-python", "b'\\x00\\t\\x00\\x01 #\\'\"'", "1-1 0009000120232722\n",
     "string with escapes"},
    {"string-octal", "\"\\000\\011\\0\\1\\a\\b\\f\\n\\r\\v\"\n", "1-1 0009000107080c0a0d0b\n",
     "string with escapes"},
    {"string-json", "{\"raw\":\"\\u0000\\t\\u0000\\u0001\"}\n", "1-1 00090001\n",
     "string with escapes, words dropped"},
    {"string-bare", "\\x00\\x09\\x00\\x01A b \n", "1-1 00090001412062\n", "string with escapes"},
    {"string-wireshark", "\"\\x00\\x09\\x00\\x01\" \\\n\"\\xff\\xfe\"\n", "1-2 00090001fffe\n",
     "string with escapes"},
    {"string-several", "x = \"\\x00\\x09\"\ny = \"\\x00\\x0a\"\n", "1-1 0009\n2-2 000a\n",
     "string with escapes"},
    {"string-wrapped", "got b'\\x00\\t\\x0\n0\\x01'\n", "1-2 00090001\n",
     "string with escapes, words dropped"},
    {"string-wrapped-in-escaped-quote", "b'\\x00\\t\\\n'\\x01'\n", "1-2 00092701\n",
     "string with escapes"},
    {"string-apostrophe", "don't drop '\\x00\\x09'\n", "1-1 0009\n",
     "string with escapes, words dropped"},
    {"string-colours-around-hex", "\"\\x1b[31mraw data 0009000100001000\\x1b[0m\"\n",
     "1-1 0009000100001000\n", "hex among words, words dropped"},

    /* Arrays */
    {"array-c", "unsigned char p[4] = {\n  0x00, 0x9, /* version, 9, */\n  0xFF, 0x01\n};\n",
     "2-3 0009ff01\n", "C array, words dropped, comments dropped"},
    {"array-blanks", "0x00 0x09 0x00 0x01\n", "1-1 00090001\n", "C array"},
    {"array-java", "{(byte) 0x00, (byte)0x09, (byte)0x00, (byte)0xff}", "1-1 000900ff\n",
     "C array, words dropped"},
    {"array-decimal", "[0, 9, 0, 1, 100, 255]\n", "1-1 0009000164ff\n", "decimal array"},
    {"array-signed", "[0, 9, 0, 1, -84, -128]", "1-1 00090001ac80\n", "decimal array"},
    {"array-go", "got [0 9 0 1 10 20 30] from 10.0.0.1:2055\n", "1-1 000900010a141e\n",
     "decimal array, words dropped"},
    {"array-json", "{\"type\":\"Buffer\",\"data\":[0,9,0,1,16]}\n", "1-1 0009000110\n",
     "decimal array, words dropped"},
    {"array-hex", "00, 09, 00, 01, 10\n", "1-1 0009000110\n", "hex array"},
    {"array-hex-letters", "00, 09, ff, 01, 10\n", "1-1 0009ff0110\n", "hex array"},
    {"array-several", "[0, 9, 0, 1],\n[0, 10, 0, 2]\n", "1-1 00090001\n2-2 000a0002\n",
     "decimal array"},
    {"array-lines", "0, 9, 0, 1\n0, 10, 0, 2\n", "1-1 00090001\n2-2 000a0002\n", "decimal array"},
    {"array-elided", "[0, 9, 0, 1, ...]", "1-1 00090001 partial\n", "decimal array"},
    {"array-out-of-range", "[0, 9, 0, 256]\n", "", "no octets found"},
    {"array-shorter-than-hex", "stats 1, 2, 3, 4 raw 0009000100001000\n",
     "1-1 0009000100001000\n", "hex among words, words dropped"},

    /* Base64 */
    {"base64", "{\"payload\":\"AAkAAQAAEABfXhAAAAAAAQAAAAA=\"}\n",
     "1-1 " HEADER "00000000\n", "base64, words dropped"},
    {"base64-wrapped", "AAkAAQAAEABfXhAAAAAA\nAQAAAAA=\n", "", "no octets found"},
    {"base64-lines", "AAkAAQAAEABfXhAAAAAAAQ\n//8=\n", "1-2 " HEADER "0fff\n", "base64"},
    {"base64-no-message", "QUFBQUFBQUFBQUFBQUFBQUFBQUFB\n", "", "no octets found"},

    {"dump-of-characters-any", "0000000  \\0  \\t   z   g\n0000004       z   a\n0000007\n",
     "1-3 00097a67207a61\n", "dump of characters, offset column dropped"},
    {"dump-of-characters-blanks-lost", "0000000  \\0  \\t   A\n0000005\n",
     "1-2 0009412020\n", "dump of characters, offset column dropped"},

    /* Dumps: what their offsets say */
    {"tcpdump-x",
     "22:13:20.000000 IP 10.1.1.1.2055 > 10.2.2.2.2055: UDP, length 4\n"
     "\t0x0000:  4500 0020 1234 0000 ff11 9293 0a01 0101\n"
     "\t0x0010:  0a02 0202 0807 0807 000c 0000 0009 0001\n"
     "22:13:21.000000 IP 10.1.1.1.2055 > 10.2.2.2.2055: UDP, length 1\n"
     "\t0x0000:  4500 001d 1234 0000 ff11 9296 0a01 0101\n"
     "\t0x0010:  0a02 0202 0807 0807 0009 0000 64\n",
     "2-3 4500002012340000ff1192930a0101010a02020208070807000c000000090001\n"
     "5-6 4500001d12340000ff1192960a0101010a020202080708070009000064\n",
     "tcpdump dump, offset column dropped, words dropped"},
    {"tcpdump-X",
     "\t0x0000:  4500 0022 1234 0000 ff11 9291 0a01 0101  E..\".4..........\n"
     "\t0x0010:  0a02 0202 0807 0807 000e 0000 6465 6164  ............dead\n"
     "\t0x0020:  6265                                     be\n",
     "1-3 4500002212340000ff1192910a0101010a02020208070807000e0000646561646265\n",
     "tcpdump dump, offset column dropped, text column dropped"},
    {"tcpdump-xx",
     "\t0x0000:  ffff ffff ffff 0011 2233 4455 0800 4500\n\t0x0010:  0020\n",
     "1-2 ffffffffffff001122334455080045000020\n", "tcpdump dump, offset column dropped"},
    {"tshark-x",
     "0000  00 09 00 01 00 00 10 00 5f 5e 10 00 00 00 00 01   ........_^......\n"
     "0010  64 65 20 61 64                                    de ad\n"
     "\n"
     "0000  64 65 20 61 64   de ad\n",
     "1-2 " HEADER "6465206164\n4-4 6465206164\n",
     "Wireshark dump, offset column dropped, text column dropped"},
    {"wireshark-frame-and-reassembled",
     "Frame (4 bytes):\n0000  00 01 02 03   ....\nReassembled IPv4 (2 bytes):\n0000  00 09   ..\n",
     "2-2 00010203\n4-4 0009\n",
     "Wireshark dump, offset column dropped, text column dropped, words dropped"},
    {"powershell",
     "           00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F\n\n"
     "00000000   00 09 00 01 00 00 10 00 5F 5E 10 00 00 00 00 01  ........_^......\n"
     "00000010   64                                               d\n",
     "3-4 " HEADER "64\n", "hex dump, offset column dropped, text column dropped, words dropped"},
    {"kernel-log", "[    1.000000] nf: 00000000: 00 09 00 01 5f 5e  ....._^\n"
     "[    1.000001] nf: 00000006: 10 00\n", "1-2 000900015f5e1000\n",
     "xxd dump, offset column dropped, text column dropped, words dropped"},
    {"dump-quoted-mail", "> 0000  00 09 00 01\n> 0004  ff\n", "1-2 00090001ff\n",
     "Wireshark dump, offset column dropped"},
    {"dump-missing-line", "0000  00 09 00 01\n0008  ff ff ff ff\n0000  00 0a\n",
     "1-1 00090001 partial\n3-3 000a\n", "Wireshark dump, offset column dropped"},
    {"dump-missing-start", "00000010: 0009 0001 0000 1000  ........\n00000018: ff\n",
     "1-2 0009000100001000ff partial\n", "xxd dump, offset column dropped, text column dropped"},
    {"dump-cut-at-star", "00000000  00 09 00 01\n*\n", "1-1 00090001 partial\n",
     "hex dump, offset column dropped"},
    {"dump-star-over-the-cap", "00000000  00 09 00 01\n*\n7fffffff\n", "1-3 00090001 partial\n",
     "hex dump, offset column dropped"},
    {"dump-cut-in-group", "00000000: 0009 0001 00\n", "1-1 0009000100\n",
     "xxd dump, offset column dropped"},
    {"dump-blank-lost-from-text", "00000000: 6465 6164 2020 6265 6520  dead  bee\n"
     "0000000a: 6162 20                    ab\n", "1-2 64656164202062656520616220\n",
     "xxd dump, offset column dropped, text column dropped"},

    /* Nothing */
    /* Strings of hex that are one */
    {"short-strings",
     "const char *packet = \"0009000100\"\n"
     "                     \"001000\"\n"
     "                     \"5f5e10000000000\"\n"
     "                     \"1\";\n"
     "const char *other = \"000a\" \"00010000100\" \"05f\";\n",
     "1-4 " HEADER "\n5-5 000a00010000" "10005f\n",
     "strings of hex, words dropped"},
    {"short-strings-comments",
     "bytes.fromhex('0009' '0001' # both\n  '0000 1000' +\n  '5f5e1000'  # \"00\"\n'00000001')\n",
     "1-4 " HEADER "\n", "strings of hex, words dropped, comments dropped"},
    {"short-strings-apart", "f ('0009', \"0001\", '00001000')\n", "", "no octets found"},
    {"empty", "", "", "no octets found"},
    {"prose", "No collector here, only words.\n", "", "no octets found"},
    {"marks", "\n---\n{}\n\\\n\"\n", "", "no octets found"},
};
/* clang-format on */

static char *
read_all (const char *text, gsize length, NfHexReport *report)
{
    g_autoptr (GPtrArray) chunks =
        g_ptr_array_new_with_free_func ((GDestroyNotify)nf_hex_chunk_free);
    GString *got = g_string_new (NULL);
    gboolean found = nf_hex_read (text, length, chunks, report);

    g_assert_cmpint (found, ==, chunks->len > 0);
    for (guint i = 0; i < chunks->len; i++) {
        const NfHexChunk *chunk = g_ptr_array_index (chunks, i);

        g_assert_cmpuint (chunk->octets->len, >, 0);
        g_assert_cmpuint (chunk->first_line, >=, 1);
        g_assert_cmpuint (chunk->first_line, <=, chunk->last_line);
        g_assert_cmpuint (chunk->last_line, <=, report->lines);
        g_string_append_printf (got, "%u-%u ", chunk->first_line, chunk->last_line);
        for (guint k = 0; k < chunk->octets->len; k++)
            g_string_append_printf (got, "%02x", chunk->octets->data[k]);
        g_string_append_printf (got, "%s%s\n", chunk->odd_digit ? " half" : "",
                                chunk->partial ? " partial" : "");
    }
    return g_string_free (got, FALSE);
}

static void
test_case (gconstpointer data)
{
    const Case *c = data;
    NfHexReport report;
    g_autofree char *got = read_all (c->text, strlen (c->text), &report);
    g_autofree char *said = nf_hex_report_text (&report);

    g_assert_cmpstr (got, ==, c->chunks);
    g_assert_cmpstr (said, ==, c->report);
}

static void
test_lines (void)
{
    static const struct {
        const char *text;
        guint lines;
    } texts[] = {{"", 0}, {"00", 1}, {"00\n", 1}, {"00\n09", 2}, {"00\r\n09\r\n\r\n", 3}};

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        NfHexReport report;

        g_free (read_all (texts[i].text, strlen (texts[i].text), &report));
        g_assert_cmpuint (report.lines, ==, texts[i].lines);
    }
}

/* Reads a copy of just this size, so that sanitizers see an over-read, and asserts what holds for
 * every text. */
static void
read_copy (const char *text, gsize length)
{
    g_autofree char *copy = length > 0 ? g_memdup2 (text, length) : NULL;
    NfHexReport report;
    g_autofree char *got = read_all (copy, length, &report);

    /* Two digits an octet, and a line for each chunk; repeats may give more. */
    if (!(report.notes & NF_HEX_REPEATS))
        g_assert_cmpuint (strlen (got), <=, (2 + 40) * length);
}

static void
test_prefixes (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        for (gsize n = 0; n <= strlen (cases[i].text); n++)
            read_copy (cases[i].text, n);
}

/* Sets characters to others that mean something to some form. */
static void
test_mutations (void)
{
    static const char hostile[] = "\n\\\"'*#/ 0x:,9aF[\0\xff";
    g_autoptr (GRand) random = g_rand_new_with_seed (20231114);

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        gsize length = strlen (cases[i].text);

        for (guint round = 0; length > 0 && round < 40; round++) {
            g_autofree char *text = g_strdup (cases[i].text);

            for (guint k = 0; k <= round / 4; k++)
                text[g_rand_int_range (random, 0, (gint32)length)] =
                    hostile[g_rand_int_range (random, 0, sizeof hostile - 1)];
            read_copy (text, length);
        }
    }
}

/* Texts that would be slow or large to a reader that looks at a place more than a few times. */
static void
test_long (void)
{
    static const char *const patterns[] = {
        "\"\\\"",
        "'\\x\n",
        "\"\\x00\"",
        "/*",
        "# ",
        "0 ",
        "0, ",
        "[0 ",
        "00 09 ",
        "*\n",
        "b'",
        "0000: 00\n",
        "0000  00\n*\nffff\n",
        "AAkA\n",
        "-",
        "\n",
        "0009000100001000\n",
        "a ",
        "00000000 ",
        "\\x00\"",
        "deadbeefdeadbeef x ",
        "...",
        "(byte)",
        "\",",
        ", , ",
        "'\\\n",
        "\"a\" ",
        "\"00\" ",
        "\"0 ",
        "'0\"",
    };

    for (guint i = 0; i < G_N_ELEMENTS (patterns); i++) {
        g_autoptr (GString) text = g_string_new (NULL);

        while (text->len < 200 * 1000)
            g_string_append (text, patterns[i]);
        read_copy (text->str, text->len);
    }
}

static void
test_binary (void)
{
    g_autoptr (GRand) random = g_rand_new_with_seed (9);

    for (guint round = 0; round < 200; round++) {
        char octets[512];

        for (guint i = 0; i < sizeof octets; i++)
            octets[i] = (char)g_rand_int (random);
        read_copy (octets, sizeof octets);
        g_assert_false (nf_hex_looks_like_text ((const guint8 *)octets, sizeof octets));
    }
}

static void
test_looks_like_text (void)
{
    static const guint8 message[] = {0, 9, 0, 1}, pcap[] = {0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0};

    g_assert_false (nf_hex_looks_like_text (message, sizeof message));
    g_assert_false (nf_hex_looks_like_text (pcap, sizeof pcap));
    g_assert_false (nf_hex_looks_like_text (NULL, 0));
    g_assert_true (nf_hex_looks_like_text ((const guint8 *)"\xc2\xa0"
                                                           "00\t09\r\n\033[0m",
                                           12));
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        if (cases[i].text[0] != '\0')
            g_assert_true (
                nf_hex_looks_like_text ((const guint8 *)cases[i].text, strlen (cases[i].text)));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strdup_printf ("/hextext/case/%s", cases[i].name);

        g_test_add_data_func (path, &cases[i], test_case);
    }
    g_test_add_func ("/hextext/lines", test_lines);
    g_test_add_func ("/hextext/prefixes", test_prefixes);
    g_test_add_func ("/hextext/mutations", test_mutations);
    g_test_add_func ("/hextext/long", test_long);
    g_test_add_func ("/hextext/binary", test_binary);
    g_test_add_func ("/hextext/looks-like-text", test_looks_like_text);
    return g_test_run ();
}
