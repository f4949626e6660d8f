# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes the completion for zsh:
#
#   awk -f def.awk -f options.awk -f zsh.awk option.def view.def limit.c _nfpeek.in >_nfpeek

BEGIN {
    action["file"] = "_files"
    action["user"] = "_users"
    action["interface"] = "_nfpeek_interfaces"
    action["codes"] = "_nfpeek_code_list"
    action["code=level"] = "_nfpeek_code_level"
    action["names"] = "_nfpeek_name_list"
    action["expression"] = "_nfpeek_expression"
    action["limit"] = "_nfpeek_limits"
}

# As it may stand in a specification between single quotes.
function escaped(s,    i, c, result) {
    for (i = 1; i <= length (s); i++) {
        c = substr (s, i, 1)
        if (index ("[]:", c))
            c = "\\" c
        result = result (c == "'" ? "'\\''" : c)
    }
    return result
}

function views(    s, k) {
    for (k = 1; k <= n_views; k++)
        s = s (k > 1 ? " " : "") view[k] "\\:\"" escaped(view_help[k]) "\""
    return "((" s "))"
}

# What completes the argument; a blank where nobody can.
function action_of(i) {
    if (kind[i] == "view")
        return views()
    if (kind[i] != "")
        return action[kind[i]]
    return words[i] == "" ? " " : "(" words[i] ")"
}

function print_spec(i, name, joint,    s) {
    s = "*" name
    if (takes[i] != "no")
        s = s joint
    s = s "[" escaped(help[i]) "]"
    if (takes[i] != "no")
        s = s (takes[i] == "optional" ? "::" : ":") escaped(argument[i]) ":" action_of(i)
    print "    '" s "' \\"
}

function insert(what,    i) {
    for (i = 1; what == "OPTIONS" && i <= n_options; i++) {
        if (letter[i] != "")
            print_spec(i, "-" letter[i], "+")
        if (long[i] != "")
            print_spec(i, "--" long[i], takes[i] == "optional" ? "=-" : "=")
    }
    for (i = 1; what == "LIMITS" && i <= n_limits; i++)
        print "        " limit[i] "= \\"
}
