/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which options go together, and what there must be. */
#include "options-private.h"

#include "pace.h"
#include "view.h"

/* A file among the names that an option was given, as in "-e x.pcap"; or NULL. */
static const char *
find_file (const GPtrArray *names)
{
    for (guint i = 0; i < names->len; i++)
        if (g_file_test (names->pdata[i], G_FILE_TEST_EXISTS))
            return names->pdata[i];
    return NULL;
}

/* There is nothing to read; an option may have taken it. */
static gboolean
refuse_nothing (const NfOptions *o, GError **error)
{
    const char *of_fields = find_file (o->fields), *of_sum = find_file (o->sum);

    if (of_fields)
        return nf_refuse (error, "-e wants names, such as start,src,dst,octets; '%s' is a file",
                          of_fields);
    if (of_sum)
        return nf_refuse (error, "--sum wants names, such as octets,src; '%s' is a file", of_sum);
    return nf_refuse (error, "nothing to read: name a capture (- is standard input), "
                             "-x HEX, -i INTERFACE or -l PORT, or try 'nfpeek --help'");
}

gboolean
nf_options_take_filter (NfOptions *o, char **words, GError **error)
{
    if (!*words)
        return TRUE;
    if (o->capture_filter)
        return nf_refuse (error, "there are two capture filters: -f '%s' and '%s'",
                          o->capture_filter, *words);
    if (g_file_test (*words, G_FILE_TEST_EXISTS))
        return nf_refuse (error, "-i captures; it does not go with files, such as '%s'", *words);
    o->capture_filter = g_strjoinv (" ", words);
    return TRUE;
}

/* With -l and -i, -i looks whether all arrives: of streams the sender does. */
static gboolean
check_both (const NfOptions *o, GError **error)
{
    for (guint i = 0; i < o->listen->len; i++)
        if (g_str_has_prefix (o->listen->pdata[i], "tcp:"))
            return nf_refuse (error, "-i goes with -l of UDP, not with %s",
                              (const char *)o->listen->pdata[i]);
    return TRUE;
}

/* What goes with -i, and with nothing else. */
static gboolean
check_interface (const NfOptions *o, GError **error)
{
    if (o->interface)
        return (o->files->len + o->hex->len == 0 ||
                nf_refuse (error, "-i captures; it does not go with files or -x")) &&
               check_both (o, error);
    return !(o->capture_filter || o->user) ||
           nf_refuse (error, "%s goes with -i", o->user ? "--user" : "-f");
}

/* What -l takes comes to its ports, and to no others. */
static gboolean
check_listen (const NfOptions *o, GError **error)
{
    if (o->listen->len == 0)
        return TRUE;
    if (o->files->len + o->hex->len > 0)
        return nf_refuse (error, "-l listens; it does not go with files or -x");
    return o->interface || o->ports->len == 0 ||
           nf_refuse (error,
                      "-d chooses among what was captured; -l listens on the ports it names");
}

/* --diff is about Templates. */
static gboolean
check_diff (const NfOptions *o, GError **error)
{
    return !o->diff || (o->view && strcmp (o->view, "templates") == 0 && !o->json) ||
           nf_refuse (error, "--diff goes with -T templates, without --json");
}

/* --sum has a form of its own, or rows for programs; -c counts its rows. */
static gboolean
check_sum (NfOptions *o, GError **error)
{
    static const char *const forms[] = {"csv", "jsonl", "json", NULL};

    if (o->sum->len == 0)
        return TRUE;
    o->rows = o->count;
    o->count = 0;
    if (o->fields->len > 0)
        return nf_refuse (error, "-e chooses columns; those of --sum are its names");
    return !o->view || g_strv_contains (forms, o->view) ||
           nf_refuse (error, "--sum is a table, or with -T csv or -T jsonl rows");
}

/* --json is for views that end in one object. */
static gboolean
check_json (const NfOptions *o, GError **error)
{
    g_autoptr (GString) names = g_string_new (NULL);
    guint n;
    const NfView *const *views = nf_views (&n);

    if (!o->json || (o->view && nf_view_find (o->view)->has_json))
        return TRUE;
    for (guint i = 0; i < n; i++)
        if (views[i]->has_json)
            g_string_append_printf (names, "%s-T %s", names->len ? ", " : "", views[i]->name);
    return nf_refuse (error, "--json goes with %s; records and Messages have -T jsonl and -T json",
                      names->str);
}

/* --for and --every are for what goes on and on; only a view that gathers has something so far. */
static gboolean
check_live (const NfOptions *o, GError **error)
{
    g_autoptr (GString) names = g_string_new (NULL);
    guint n;
    const NfView *const *views = nf_views (&n);

    if (o->for_us == 0 && o->every_us == 0)
        return TRUE;
    if (!nf_options_are_live (o))
        return nf_refuse (error, "%s goes with -i or -l", o->for_us > 0 ? "--for" : "--every");
    if (o->every_us == 0 || !o->view || (o->sum->len == 0 && nf_view_find (o->view)->now))
        return TRUE;
    for (guint i = 0; i < n; i++)
        if (views[i]->now)
            g_string_append_printf (names, "%s-T %s", names->len ? ", " : "", views[i]->name);
    return nf_refuse (error, "--every goes with %s, and with --sum without -T", names->str);
}

static gboolean
is_standard_output (const char *path)
{
    return !path || strcmp (path, "-") == 0;
}

static gboolean
is_same_output (const char *a, const char *b)
{
    return is_standard_output (a) ? is_standard_output (b)
                                  : !is_standard_output (b) && strcmp (a, b) == 0;
}

/* A capture goes elsewhere than the view. */
static gboolean
check_capture (const NfOptions *o, const char *option, const char *path, GError **error)
{
    if (!path || !is_same_output (path, o->output))
        return TRUE;
    if (is_standard_output (path))
        return nf_refuse (error, "with %s - the view must go elsewhere: -o FILE, or -o /dev/null",
                          option);
    return nf_refuse (error, "%s and -o both write to %s", option, path);
}

/* --templates has a file of its own; what it remembers is of exporters as they are, and in no
 * capture that is written. */
static gboolean
check_templates (const NfOptions *o, GError **error)
{
    const char *others[] = {o->output, o->write, o->evidence, o->metrics};

    if (!o->templates)
        return o->template_timeout_us == 0 ||
               nf_refuse (error, "--template-timeout goes with --templates FILE");
    if (is_standard_output (o->templates))
        return nf_refuse (error, "--templates wants the name of a file");
    if (o->anonymize || o->evidence)
        return nf_refuse (error, "--templates does not go with --%s",
                          o->anonymize ? "anonymize" : "evidence");
    for (guint i = 0; i < G_N_ELEMENTS (others); i++)
        if (others[i] && is_same_output (o->templates, others[i]))
            return nf_refuse (error, "--templates and another option both write to %s",
                              o->templates);
    return TRUE;
}

/* The file of --metrics is replaced again and again. */
static gboolean
check_metrics (const NfOptions *o, GError **error)
{
    const char *const others[] = {o->output, o->write, o->evidence};

    if (!o->metrics)
        return TRUE;
    if (is_standard_output (o->metrics) || *o->metrics == '\0')
        return nf_refuse (error, "--metrics wants the name of a file, which is written anew by "
                                 "renaming");
    for (guint i = 0; i < G_N_ELEMENTS (others); i++)
        if (others[i] && is_same_output (o->metrics, others[i]))
            return nf_refuse (error, "--metrics wants a file of its own: %s is written to besides",
                              o->metrics);
    return TRUE;
}

/* All that is written goes to different places. */
static gboolean
check_outputs (const NfOptions *o, GError **error)
{
    if (!check_metrics (o, error))
        return FALSE;
    if (!check_capture (o, "-w", o->write, error) ||
        !check_capture (o, "--evidence", o->evidence, error))
        return FALSE;
    return !o->write || !o->evidence || !is_same_output (o->write, o->evidence) ||
           nf_refuse (error, "-w and --evidence both write to %s",
                      is_standard_output (o->write) ? "standard output" : o->write);
}

/* What is sent has been captured before: to pass on what comes just now is a relay's work. */
static gboolean
check_send (const NfOptions *o, GError **error)
{
    if (!o->send)
        return o->rate == NF_RATE_ARRIVAL || nf_refuse (error, "--rate goes with --send");
    return !nf_options_are_live (o) ||
           nf_refuse (error, "--send sends what is in files or -x; it does not go with -i or -l");
}

gboolean
nf_options_check (NfOptions *o, GError **error)
{
    if (o->task != NF_DO_SHOW)
        return TRUE;
    if (!check_sum (o, error) || !check_diff (o, error) || !check_json (o, error) ||
        !check_send (o, error) || !check_interface (o, error))
        return FALSE;
    if (o->from_ns >= o->to_ns && o->to_ns < G_MAXINT64) /* else the end is never */
        return nf_refuse (error, "--to is not later than --from");
    if (o->fields->len > 0 && (!o->view || strcmp (o->view, "csv") != 0))
        return nf_refuse (error, "-e chooses the columns of -T csv");
    if (o->files->len + o->hex->len == 0 && !nf_options_are_live (o))
        return refuse_nothing (o, error);
    return check_listen (o, error) && check_live (o, error) && check_outputs (o, error) &&
           check_templates (o, error);
}
