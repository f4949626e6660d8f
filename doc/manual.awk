# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes the manual page of the command:
#
#   awk -v version=0.1.0 -f def.awk -f options.awk -f manual.awk \
#       option.def view.def limit.c nfpeek.1.in >nfpeek.1

# A word of a text: options are bold, and what the option's own argument is called is italic.
function marked(word, own,    before, after) {
    if (match (word, /^[(]+/)) {
        before = substr (word, 1, RLENGTH)
        word = substr (word, RLENGTH + 1)
    }
    if (match (word, /[.,;:)]+$/)) {
        after = substr (word, RSTART)
        word = substr (word, 1, RSTART - 1)
    }
    if (word ~ /^--?[A-Za-z][A-Za-z-]*$/)
        word = "\\fB" roff(word) "\\fR"
    else if (word ~ /^[A-Z]+$/ && index (" " own " ", " " word " "))
        word = "\\fI" word "\\fR"
    else
        word = roff(word)
    return before word after
}

# Prints sentences, each from the left margin on.
function print_text(s, own,    parts, n, i, line, word) {
    gsub (/[^A-Z]+/, " ", own)
    n = split (s, parts, " ")
    for (i = 1; i <= n; i++) {
        word = marked(parts[i], own)
        if (line != "" && length (line) + length (word) > 78) {
            print line
            line = ""
        }
        line = line == "" ? word : line " " word
        if (parts[i] ~ /[.]\)?$/) {
            print line
            line = ""
        }
    }
    if (line != "")
        print line
}

# "-c N", "--color[=WHEN]", "-D, --list-interfaces"
function usage(i,    s) {
    if (letter[i] != "")
        s = "\\fB\\-" letter[i] "\\fR"
    if (long[i] != "")
        s = s (s == "" ? "" : ", ") "\\fB" roff("--" long[i]) "\\fR"
    if (argument[i] == "")
        return s
    if (takes[i] == "optional")
        return s "[=\\fI" argument[i] "\\fR]"
    return s (takes[i] == "required" && letter[i] == "" ? "=" : " ") "\\fI" argument[i] "\\fR"
}

function insert(what,    i) {
    if (what == "OPTIONS")
        print_options()
    else if (what == "VIEWS")
        for (i = 1; i <= n_views; i++) {
            print ".TP\n.B " view[i]
            print_text(view_text[i], "")
        }
}

function print_options(    i, k) {
    for (i = 1; i <= n_options; i++) {
        if (title[i] != "")
            print ".SS " title[i]
        print ".TP\n" usage(i)
        print_text(text[i], argument[i])
        if (kind[i] != "limit")
            continue
        print ".RS"
        for (k = 1; k <= n_limits; k++)
            print ".TP 12\n.B " limit[k] "\n" roff(limit_help[k])
        print ".RE"
    }
}
