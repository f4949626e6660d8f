# SPDX-License-Identifier: GPL-2.0-or-later
# Writes the CSV files it is given as a C file: one array of strings, in the order of the arguments.
# POSIX awk only, and nothing in the output that depends on when or where it was made.

# The path below common/: "elements/iana.csv".
function short_path(path, parts, n) {
    n = split(path, parts, "/")
    return parts[n - 1] "/" parts[n]
}

function fail(message) {
    print FILENAME ":" FNR ": " message | "cat 1>&2"
    failed = 1
    exit 1
}

BEGIN {
    print "/* SPDX-License-Identifier: GPL-2.0-or-later */"
    print "/* Made by embed.awk from elements/ and values/: edit those. */"
    print "#include \"builtin.h\""
}

FNR == 1 {
    if (n_files)
        print "    ;"
    n_files++
    paths[n_files] = short_path(FILENAME)
    print "\nstatic const char text_" n_files "[] ="
}

# The loader takes these files for clean text without looking; awks differ on how to write one
# backslash more, and a name needs none.
/[^ -~]|\\/ {
    fail("not printable ASCII, or a backslash")
}

{
    gsub(/"/, "\\\"")
    print "    \"" $0 "\\n\""
}

END {
    if (failed)
        exit 1
    print "    ;\n\nconst NfBuiltin nf_builtins[] = {"
    for (i = 1; i <= n_files; i++)
        print "    {\"" paths[i] "\", text_" i ", sizeof text_" i " - 1},"
    print "};\n\nconst guint nf_n_builtins = G_N_ELEMENTS (nf_builtins);"
}
