/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CSV (RFC 4180) with a header line, cut up where it stands. */
#include "csv.h"

#include <string.h>

gboolean
nf_csv_fail (const NfCsv *csv, GError **error, const char *format, ...)
{
    va_list args;

    va_start (args, format);
    g_autofree char *text = g_strdup_vprintf (format, args);
    va_end (args);
    g_set_error (error, NF_REGISTRY_ERROR, NF_REGISTRY_ERROR_ROW, "%s:%u: %s", csv->path, csv->line,
                 text);
    return FALSE;
}

/* Moves to the next line that is neither empty nor a comment. */
static gboolean
next_line (NfCsv *csv)
{
    while (*csv->at != '\0') {
        csv->line++;
        gsize empty = csv->at[0] == '\r' ? 1 : 0;

        if (csv->at[0] != '#' && csv->at[empty] != '\n' && csv->at[empty] != '\0')
            return TRUE;
        csv->at += strcspn (csv->at, "\n");
        if (*csv->at == '\n')
            csv->at++;
    }
    return FALSE;
}

/* Takes the quotes off the field at csv->at. Returns what follows the closing one, or NULL. */
static char *
unquote (const NfCsv *csv, char **end, GError **error)
{
    char *from = csv->at + 1, *to = csv->at;

    for (; *from != '"' || from[1] == '"'; from++) {
        if (*from == '\0' || *from == '\n') {
            nf_csv_fail (csv, error, "a quote is not closed");
            return NULL;
        }
        if (*from == '"')
            from++;
        *to++ = *from;
    }
    *end = to;
    from++;
    if (*from == '\r')
        from++;
    if (*from != ',' && *from != '\n' && *from != '\0') {
        nf_csv_fail (csv, error, "text behind a closing quote");
        return NULL;
    }
    return from;
}

/* Cuts the next field off and says whether it is its line's last. Returns NULL on error. */
static char *
next_field (NfCsv *csv, gboolean *last, GError **error)
{
    char *start = csv->at, *end = start, *next;

    if (*start == '"') {
        if (!(next = unquote (csv, &end, error)))
            return NULL;
    } else {
        while (*end != ',' && *end != '\n' && *end != '\0')
            end++;
        next = end;
        if (*next != ',' && end > start && end[-1] == '\r')
            end--;
    }
    if (end - start > NF_CSV_MAX_FIELD) {
        nf_csv_fail (csv, error, "a field of over %d octets", NF_CSV_MAX_FIELD);
        return NULL;
    }
    *last = *next != ',';
    csv->at = *next == '\0' ? next : next + 1;
    *end = '\0';
    return start;
}

gboolean
nf_csv_begin (NfCsv *csv, const char *path, char *text, const char *const *columns, guint n_columns,
              guint n_needed, GError **error)
{
    *csv = (NfCsv){.path = path, .at = text};
    if (g_str_has_prefix (text, "\xef\xbb\xbf")) /* U+FEFF, which some editors put first */
        csv->at += 3;
    if (!next_line (csv))
        return nf_csv_fail (csv, error, "no header line");

    for (gboolean last = FALSE; !last; csv->n_fields++) {
        const char *field = next_field (csv, &last, error);
        guint i = 0;

        if (!field)
            return FALSE;
        if (csv->n_fields == NF_CSV_MAX_COLUMNS)
            return nf_csv_fail (csv, error, "over %d columns", NF_CSV_MAX_COLUMNS);
        while (i < n_columns && strcmp (columns[i], field) != 0)
            i++;
        if (i < n_columns && csv->present & 1u << i)
            return nf_csv_fail (csv, error, "column %s: twice", field);
        if (i < n_columns)
            csv->present |= 1u << i;
        csv->order[csv->n_fields] = i < n_columns ? (gint8)i : -1;
    }
    for (guint i = 0; i < n_needed; i++)
        if (!(csv->present & 1u << i))
            return nf_csv_fail (csv, error, "column %s: missing", columns[i]);
    return TRUE;
}

gboolean
nf_csv_next (NfCsv *csv, const char **fields, guint n_columns, GError **error)
{
    gboolean last = FALSE;

    if (!next_line (csv))
        return FALSE;
    for (guint i = 0; i < n_columns; i++)
        fields[i] = "";
    for (guint i = 0; !last; i++) {
        const char *field = next_field (csv, &last, error);

        if (!field)
            return FALSE;
        if (i == csv->n_fields)
            return nf_csv_fail (csv, error, "more fields than the header has");
        if (csv->order[i] >= 0)
            fields[csv->order[i]] = field;
    }
    return TRUE;
}
