/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A main() for a fuzz target where there is no libFuzzer, with those of its options that it needs:
 *
 *      fuzz-decoder [-max_total_time=SECONDS] [-seed=NUMBER] [FILE|FOLDER...]
 *
 * runs the target over all files, those in folders too, each from a heap block of its length; then
 * for so many seconds over mutations of them (of nothing where there are none). The same seed
 * gives the same inputs in the same order, however many the time allows. Other options are
 * libFuzzer's and of no meaning here. An input that takes too long ends the program by a signal.
 */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* No Message is longer, and a few make an input. */
#define LONGEST_INPUT 65536

/* An input that takes longer, seconds, hangs: also with sanitizers, on a machine that is busy. */
#define TOO_LONG 20

/* Mutations of one input. */
#define MAX_MUTATIONS 12

static void
add_path (GPtrArray *inputs, const char *path)
{
    g_autoptr (GError) error = NULL;
    GDir *dir = g_dir_open (path, 0, NULL);
    const char *name;
    char *content;
    gsize length;

    if (dir) {
        while ((name = g_dir_read_name (dir))) {
            g_autofree char *inside = g_build_filename (path, name, NULL);

            add_path (inputs, inside);
        }
        g_dir_close (dir);
    } else if (g_file_get_contents (path, &content, &length, &error)) {
        g_ptr_array_add (inputs, g_bytes_new_take (content, length));
    } else {
        fprintf (stderr, "%s\n", error->message);
        exit (2);
    }
}

static void
run (const void *octets, gsize length)
{
    guint8 *exact = g_memdup2 (octets, length);

    alarm (TOO_LONG);
    LLVMFuzzerTestOneInput (exact, length);
    g_free (exact);
}

/* A number from 0 to `n` - 1; 0 where `n` is 0. */
static guint
below (GRand *rand, guint n)
{
    return n > 1 ? g_rand_int (rand) % n : 0;
}

/* Sets, inserts, removes or repeats octets somewhere. */
static void
mutate (GByteArray *a, GRand *rand)
{
    static const guint8 octets[] = {0x00, 0x01, 0x02, 0x03, 0x04, 0x09, 0x0a, 0x7f, 0x80, 0xff};
    guint at = below (rand, a->len), n = 1 + below (rand, 16);
    guint8 octet = octets[below (rand, G_N_ELEMENTS (octets))];

    if (a->len == 0) {
        g_byte_array_append (a, &octet, 1);
        return;
    }
    n = MIN (n, a->len - at);
    switch (below (rand, 6)) {
    case 0:
        a->data[at] = octet;
        break;
    case 1:
        a->data[at] = (guint8)g_rand_int (rand);
        break;
    case 2:
        a->data[at] ^= (guint8)(1 << below (rand, 8));
        break;
    case 3:
        g_byte_array_remove_range (a, at, n);
        break;
    case 4: {
        g_autofree guint8 *copy = g_memdup2 (a->data + at, n);

        g_byte_array_append (a, copy, n);
        break;
    }
    default:
        memmove (a->data + below (rand, a->len - n + 1), a->data + at, n);
    }
}

static guint64
run_random (const GPtrArray *inputs, gint64 seconds, guint32 seed)
{
    gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
    GRand *rand = g_rand_new_with_seed (seed);
    guint64 runs = 0;

    for (; g_get_monotonic_time () < end; runs++) {
        g_autoptr (GByteArray) a = g_byte_array_new ();

        if (inputs->len > 0) {
            GBytes *input = inputs->pdata[below (rand, inputs->len)];

            g_byte_array_append (a, g_bytes_get_data (input, NULL),
                                 (guint)MIN (g_bytes_get_size (input), LONGEST_INPUT));
        }
        for (guint n = 1 + below (rand, MAX_MUTATIONS); n > 0; n--)
            mutate (a, rand);
        run (a->data, MIN (a->len, LONGEST_INPUT));
    }
    g_rand_free (rand);
    return runs;
}

int
main (int argc, char **argv)
{
    g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
    gint64 seconds = 0;
    guint32 seed = 0;

    for (int i = 1; i < argc; i++) {
        if (g_str_has_prefix (argv[i], "-max_total_time="))
            seconds = g_ascii_strtoll (strchr (argv[i], '=') + 1, NULL, 10);
        else if (g_str_has_prefix (argv[i], "-seed="))
            seed = (guint32)g_ascii_strtoull (strchr (argv[i], '=') + 1, NULL, 10);
        else if (argv[i][0] != '-')
            add_path (inputs, argv[i]);
    }
    for (guint n = 0; n < inputs->len; n++)
        run (g_bytes_get_data (inputs->pdata[n], NULL), g_bytes_get_size (inputs->pdata[n]));
    printf ("%u inputs, %" G_GUINT64_FORMAT " mutations\n", inputs->len,
            run_random (inputs, seconds, seed));
    return 0;
}
