/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands that fit what was seen, ready to be copied into a shell. */
#include "advice.h"

#include "columns.h"

/* File names that a command repeats; more are called FILE. */
#define MAX_FILES 3

/* Where the commands begin: behind what they are for, as they may be long. */
#define COMMAND_COLUMN 32

/* A word as a shell takes it, or `otherwise` where that would be no sight. */
static void
add_word (NfText *t, const char *word, const char *otherwise)
{
    static const char plain[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_./+,:@%-";
    gboolean good = g_utf8_validate (word, -1, NULL);

    for (const char *at = word; good && *at; at = g_utf8_next_char (at))
        good = g_unichar_isprint (g_utf8_get_char (at));
    if (!good) {
        nf_text_add (t, otherwise);
    } else if (strspn (word, plain) == strlen (word)) {
        nf_text_add (t, word);
    } else {
        g_autofree char *quoted = g_shell_quote (word);

        nf_text_add (t, quoted);
    }
}

/* A file's name; FILE where it is standard input, which cannot be read again. */
static void
add_file (NfText *t, const char *name)
{
    nf_text_add_char (t, ' ');
    add_word (t, *name == '-' ? "FILE" : name, "FILE");
}

/* " --from 2023-11-14", if it was given. */
static void
add_argument (NfText *t, const char *option, const char *argument, const char *otherwise)
{
    if (!argument)
        return;
    nf_text_add (t, option);
    add_word (t, argument, otherwise);
}

/* " -d 2055,9990-9996" */
static void
add_ranges (NfText *t, const char *option, const GArray *ranges)
{
    for (guint i = 0; i < ranges->len; i++) {
        const NfRange *range = &g_array_index (ranges, NfRange, i);

        nf_text_add (t, i == 0 ? option : ",");
        nf_text_add_uint (t, range->first, 1);
        if (range->last > range->first)
            nf_text_add_char (t, '-');
        if (range->last > range->first && range->last < G_MAXUINT64)
            nf_text_add_uint (t, range->last, 1);
    }
}

/* -d, -Y, --from and --to, without which a repeated command may see other Messages, --elements and
 * --templates, without which it may not know what they are about, and --anonymize, without which it
 * shows who that is. */
static void
add_choice (NfText *t, const NfOptions *options)
{
    if (options->anonymize)
        nf_text_add (t, " --anonymize");
    for (guint i = 0; i < options->elements->len; i++)
        add_argument (t, " --elements ", options->elements->pdata[i], "FILE");
    add_argument (t, " --templates ", options->templates, "FILE");
    add_argument (t, " -Y ", options->filter, "EXPR");
    add_argument (t, " --from ", options->from, "TIME");
    add_argument (t, " --to ", options->to, "TIME");
    add_ranges (t, " -d ", options->ports);
}

static void
add_interface (NfText *t, const NfOptions *options)
{
    nf_text_add (t, " -i ");
    add_word (t, options->interface, "IFACE");
    if (options->capture_filter) {
        nf_text_add (t, " -f ");
        add_word (t, options->capture_filter, "FILTER");
    }
}

static void
add_all_inputs (NfText *t, const NfOptions *options)
{
    if (options->interface)
        add_interface (t, options);
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

/* "  a line a flow                   nfpeek", as the program was called. */
static void
begin (NfShow *show, const char *purpose)
{
    NfText *t = &show->out;
    gsize start = nf_text_length (t);

    nf_text_add (t, "  ");
    nf_text_add (t, purpose);
    nf_column_left (t, start, COMMAND_COLUMN);
    nf_text_add (t, "  ");
    add_word (t, show->options->program, "nfpeek");
}

/* A command for all that was read. */
static void
advise (NfShow *show, const char *purpose, const char *arguments)
{
    NfText *t = &show->out;

    begin (show, purpose);
    nf_text_add (t, arguments);
    add_ranges (t, " --packets ", show->options->packets);
    add_choice (t, show->options);
    add_all_inputs (t, show->options);
    nf_text_add_char (t, '\n');
}

static void
advise_trouble (NfShow *show, const NfSeen *seen)
{
    NfText *t = &show->out;

    if (seen->trouble_packet == 0 || nf_options_are_live (show->options)) {
        advise (show, "each octet, and what is wrong", " -V");
        return;
    }
    begin (show, "the first of the worst");
    nf_text_add_format (t, " -V --packets %" G_GUINT64_FORMAT, seen->trouble_packet);
    add_choice (t, show->options);
    add_file (t, seen->trouble_file);
    nf_text_add_char (t, '\n');
}

/* Exporters send their Templates again after some minutes, or half an hour. */
static void
advise_templates (NfShow *show)
{
    advise (show, "who sends Templates, who data", " -T messages");
    advise (show, "Templates of a longer capture", " LONGER.pcap");
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
    if (seen->has_findings)
        advise (show, "what is wrong, what to do", " -T findings");
    if (seen->missing > 0)
        advise_templates (show);
    if (seen->flows > 0) {
        advise (show, "a line a flow", " -T flows");
        advise (show, "a JSON object a record", " -T jsonl");
        advise (show, "chosen columns", " -T csv -e start,src,dst,octets");
        advise (show, "who sends most", " --sum octets,src -c 10");
    } else if (seen->missing == 0) {
        advise (show, "a line a Message", " -T messages");
    }
    if (!seen->trouble_file)
        advise (show, "ten Messages, each octet", " -V -c 10");
}
