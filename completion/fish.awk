# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes the completion for fish:
#
#   awk -f def.awk -f options.awk -f fish.awk option.def view.def limit.c nfpeek.fish.in >nfpeek.fish

BEGIN {
    action["user"] = "(__fish_complete_users)"
    action["interface"] = "(__nfpeek_interfaces)"
    action["view"] = "(__nfpeek_views)"
    action["codes"] = "(__nfpeek_code_list)"
    action["code=level"] = "(__nfpeek_code_level)"
    action["names"] = "(__nfpeek_names ,)"
    action["expression"] = "(__nfpeek_names \"[ ({!]\")"
}

# As fish wants it between single quotes.
function quoted(s) {
    gsub (/[\\']/, "\\\\&", s)
    return "'" s "'"
}

# How an option takes its argument, and what completes that.
function argument_of(i,    s, k) {
    if (takes[i] == "no")
        return ""
    if (kind[i] == "file")
        return " -r -F"
    s = words[i] (kind[i] in action ? action[kind[i]] : "")
    for (k = 1; kind[i] == "limit" && k <= n_limits; k++)
        s = s " " limit[k] "="
    return (takes[i] == "required" ? " -x" : " -f") (s == "" ? "" : " -a " quoted(s))
}

function insert(what,    i) {
    for (i = 1; what == "OPTIONS" && i <= n_options; i++)
        print "complete -c nfpeek" (letter[i] != "" ? " -s " letter[i] : "") \
            (long[i] != "" ? " -l " long[i] : "") argument_of(i) " -d " quoted(help[i])
    for (i = 1; what == "VIEWS" && i <= n_views; i++)
        print "        " view[i] " " quoted(view_help[i]) " \\"
}
