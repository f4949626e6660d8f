# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes the completion for bash:
#
#   awk -f def.awk -f options.awk -f bash.awk option.def view.def limit.c nfpeek.bash.in >nfpeek

# The words that are known now: the table's, views, limits.
function known_words(i,    s, k) {
    s = words[i]
    for (k = 1; kind[i] == "view" && k <= n_views; k++)
        s = s " " view[k]
    for (k = 1; kind[i] == "limit" && k <= n_limits; k++)
        s = s " " limit[k] "="
    return s
}

function names(i, between) {
    if (letter[i] != "" && long[i] != "")
        return "-" letter[i] between "--" long[i]
    return letter[i] != "" ? "-" letter[i] : "--" long[i]
}

function print_option(i,    s) {
    s = "takes=" takes[i]
    if (kind[i] != "" && kind[i] != "view" && kind[i] != "limit")
        s = s " kind='" kind[i] "'"
    if (known_words(i) != "")
        s = s " words='" known_words(i) "'"
    print "    " names(i, " | ") ") " s " ;;"
}

function insert(what,    i) {
    for (i = 1; i <= n_options; i++) {
        if (what == "ALL")
            print "    " names(i, " ")
        else if (takes[i] != "no")
            print_option(i)
    }
}
