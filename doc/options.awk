# SPDX-License-Identifier: GPL-2.0-or-later
#
# Reads what the command line has: options (cli/option.def), views (cli/view.def) and limits (the
# table in cli/limit.c). Of any other file it prints the lines, with what insert (NAME) prints in
# place of a line @NAME@, and the version of nfpeek for each @VERSION@. Goes with def.awk and a
# program that has insert().

function take_row(macro) {
    if (macro == "NF_OPTIONS")
        next_title = next_argument()
    else if (macro == "NF_VIEW")
        take_view()
    else
        take_option()
}

# letter[i] or long[i] may be "", not both; words[i] are values, kind[i] is what stood in <>.
function take_option(    i, code, line) {
    i = ++n_options
    title[i] = next_title
    next_title = ""
    code = next_argument()
    letter[i] = length (code) == 1 ? code : ""
    long[i] = next_argument()
    takes[i] = next_argument()
    sub (/_argument$/, "", takes[i]) # no, required, optional
    argument[i] = next_argument()
    line = next_argument()
    help[i] = next_argument()
    words[i] = next_argument()
    if (match (words[i], /<[^>]*>/)) {
        kind[i] = substr (words[i], RSTART + 1, RLENGTH - 2)
        sub (/ *<[^>]*> */, "", words[i])
    }
    text[i] = next_argument()
}

function take_view() {
    view[++n_views] = next_argument()
    view_help[n_views] = next_argument()
    view_text[n_views] = next_argument()
}

FILENAME ~ /limit\.c$/ {
    if ($0 !~ /^ *\{"[a-z]+", .*(TRUE|FALSE), ".*"\},$/)
        next
    n_limits++
    match ($0, /"[a-z]+"/)
    limit[n_limits] = substr ($0, RSTART + 1, RLENGTH - 2)
    match ($0, /"[^"]*"\},$/)
    limit_help[n_limits] = substr ($0, RSTART + 1, RLENGTH - 4)
}
FILENAME !~ /\.(def|c)$/ {
    gsub (/@VERSION@/, version)
    if (/^@[A-Z]+@$/)
        insert(substr ($0, 2, length ($0) - 2))
    else
        print
}
