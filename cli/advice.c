/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands that fit what was seen, ready to be copied into a shell. */
#include "advice.h"

#include "columns.h"

/* File names that a command repeats; more are called FILE. */
#define MAX_FILES 3

/* Where the explanations begin. */
#define EXPLAIN_COLUMN 46

/* A file's name as a shell takes it; FILE where that would be no sight, or no name at all. */
static void
add_file (NfText *t, const char *name)
{
    static const char plain[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_./+,:@%-";
    g_autofree char *quoted = NULL;

    nf_text_add_char (t, ' ');
    if (*name == '-' || !g_utf8_validate (name, -1, NULL)) {
        nf_text_add (t, "FILE");
        return;
    }
    for (const char *at = name; *at; at = g_utf8_next_char (at)) {
        if (!g_unichar_isprint (g_utf8_get_char (at))) {
            nf_text_add (t, "FILE");
            return;
        }
    }
    if (strspn (name, plain) == strlen (name)) {
        nf_text_add (t, name);
        return;
    }
    quoted = g_shell_quote (name);
    nf_text_add (t, quoted);
}

/* -d, without which a repeated command may see other Messages. */
static void
add_ports (NfText *t, const NfOptions *options)
{
    for (guint i = 0; i < options->ports->len; i++) {
        const NfRange *range = &g_array_index (options->ports, NfRange, i);

        nf_text_add (t, i == 0 ? " -d " : ",");
        nf_text_add_uint (t, range->first, 1);
        if (range->last > range->first) {
            nf_text_add_char (t, '-');
            nf_text_add_uint (t, range->last, 1);
        }
    }
}

static void
add_all_inputs (NfText *t, const NfOptions *options)
{
    for (guint i = 0; i < options->listen->len; i++)
        nf_text_add_format (t, " -l %s", (const char *)options->listen->pdata[i]);
    if (options->hex->len > 0)
        nf_text_add (t, " -x HEX");
    if (options->files->len > MAX_FILES) {
        nf_text_add (t, " FILE...");
        return;
    }
    for (guint i = 0; i < options->files->len; i++)
        add_file (t, options->files->pdata[i]);
}

/* Ends the line of a command that began at octet `start`. */
static void
explain (NfShow *show, gsize start, const char *explanation)
{
    nf_column_left (&show->out, start, EXPLAIN_COLUMN);
    nf_text_add (&show->out, "  ");
    nf_text_add (&show->out, explanation);
    nf_text_add_char (&show->out, '\n');
}

/* "  nfpeek -T flows a.pcap            a line a flow" */
static void
advise (NfShow *show, const char *arguments, const char *explanation)
{
    NfText *t = &show->out;
    gsize start = nf_text_length (t);

    nf_text_add (t, "  nfpeek ");
    nf_text_add (t, arguments);
    add_ports (t, show->options);
    add_all_inputs (t, show->options);
    explain (show, start, explanation);
}

static void
advise_trouble (NfShow *show, const NfSeen *seen)
{
    NfText *t = &show->out;
    gsize start = nf_text_length (t);

    if (seen->trouble_packet == 0) {
        advise (show, "-V", "every octet, and what is wrong where");
        return;
    }
    nf_text_add_format (t, "  nfpeek -V --packets %" G_GUINT64_FORMAT, seen->trouble_packet);
    add_ports (t, show->options);
    if (show->options->files->len > 1 && seen->missing > 0)
        add_all_inputs (t, show->options); /* the Template may be in another file */
    else
        add_file (t, seen->trouble_file);
    explain (show, start, "the first of the worst, octet by octet");
}

static void
advise_templates (NfShow *show)
{
    NfText *t = &show->out;
    gsize start = nf_text_length (t);

    advise (show, "-T messages", "which Messages bring Templates, which data");
    start = nf_text_length (t);
    nf_text_add (t, "  nfpeek TEMPLATES.pcap");
    add_all_inputs (t, show->options);
    explain (show, start, "with a capture that has them: exporters");
    start = nf_text_length (t);
    explain (show, start, "send them again after minutes, some after 30");
}

void
nf_advice (NfShow *show, const NfSeen *seen)
{
    if (seen->messages == 0)
        return;
    nf_color_bold (show);
    nf_text_add (&show->out, "next");
    nf_color_end (show);
    nf_text_add_char (&show->out, '\n');
    if (seen->trouble_file)
        advise_trouble (show, seen);
    if (seen->missing > 0)
        advise_templates (show);
    if (seen->flows > 0) {
        advise (show, "-T flows", "a line a flow");
        advise (show, "-T jsonl", "a JSON object a record");
        advise (show, "-T csv -e start,src,dst,octets", "chosen columns");
    } else if (seen->missing == 0) {
        advise (show, "-T messages", "a line a Message");
    }
    if (!seen->trouble_file)
        advise (show, "-V -c 10", "ten Messages, octet by octet");
}
