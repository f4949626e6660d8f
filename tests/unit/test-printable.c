/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a terminal is given of text that may hold anything (cli/printable.h). */
#include "printable.h"

#define TEXT(s) s, sizeof s - 1

static const struct {
    const char *text;
    gsize length;
    const char *safe, *printable;
} cases[] = {
    {TEXT (""), "", ""},
    {TEXT ("a.pcap"), "a.pcap", "a.pcap"},
    {TEXT ("it's \"a\\b\""), "it's \"a\\b\"", "it's \\\"a\\\\b\\\""},
    {TEXT ("\\"), "\\", "\\\\"},
    {TEXT ("\033[31mred"), "\\x1b[31mred", "\\x1b[31mred"},
    {TEXT ("\a\b\177"), "\\x07\\x08\\x7f", "\\x07\\x08\\x7f"},
    {TEXT ("two\r\nlines\tor so"), "two\\r\\nlines\\tor so", "two\\r\\nlines\\tor so"},
    {TEXT ("zero\0octet"), "zero\\x00octet", "zero\\x00octet"},
    {TEXT ("\xe2\x82\xac \xc3\xbc"), "\xe2\x82\xac \xc3\xbc", "\xe2\x82\xac \xc3\xbc"},
    {TEXT ("\xc2\x9b"
           "31m"),
     "\\u009b31m", "\\u009b31m"},
    {TEXT ("\xe2\x80\xae"
           "fdp"),
     "\\u202efdp", "\\u202efdp"},
    {TEXT ("\xf3\xa0\x80\x81"), "\\U000e0001", "\\U000e0001"},
    {TEXT ("M\xfcll"), "M\\xfcll", "M\\xfcll"},
    {TEXT ("\xe2\x82\"\xe2"), "\\xe2\\x82\"\\xe2", "\\xe2\\x82\\\"\\xe2"},
};

static void
test_cases (void)
{
    NfText t = NF_TEXT_INIT;

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        /* an exact copy, so that a read behind it is seen */
        g_autofree char *copy = g_memdup2 (cases[i].text, cases[i].length);

        nf_show_safe (&t, copy, cases[i].length);
        g_assert_cmpstr (nf_text_string (&t), ==, cases[i].safe);
        nf_text_truncate (&t, 0);
        nf_show_printable (&t, (const guint8 *)copy, cases[i].length);
        g_assert_cmpstr (nf_text_string (&t), ==, cases[i].printable);
        nf_text_truncate (&t, 0);
    }
    nf_text_clear (&t);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/printable/cases", test_cases);
    return g_test_run ();
}
