# SPDX-License-Identifier: GPL-2.0-or-later
#
# Reads the rows of tables (*.def), for programs that make texts out of them: take_row (macro) is
# called for each, and takes its arguments by next_argument(). A row begins with NF_ at the left
# margin and ends with the line that ends in '")'; strings that stand beside each other are one, as
# in C.

# Takes the next argument off the row: a string, a letter or a word; NULL is none.
function next_argument(    s) {
    sub (/^[ ,]+/, "", row)
    if (match (row, /^"[^"]*"/) || match (row, /^'.'/)) {
        s = substr (row, 2, RLENGTH - 2)
        row = substr (row, RLENGTH + 1)
        return s
    }
    if (!match (row, /^[^ ,)]+/)) {
        print FILENAME ":" FNR ": row without enough arguments" >"/dev/stderr"
        exit 1
    }
    s = substr (row, 1, RLENGTH)
    row = substr (row, RLENGTH + 1)
    return s == "NULL" ? "" : s
}

# As troff wants it: nothing that looks like a request, minus signs that can be copied.
function roff(s) {
    gsub (/\\/, "\\e", s)
    gsub (/-/, "\\-", s)
    gsub (/\^/, "\\(ha", s)
    gsub (/~/, "\\(ti", s)
    return s ~ /^[.']/ ? "\\&" s : s
}

/^NF_/ {
    match ($0, /^[A-Z_]+/)
    macro = substr ($0, 1, RLENGTH)
    $0 = substr ($0, RLENGTH + 1)
    sub (/^ *\(/, "")
    row = ""
    is_row = 1
}
is_row {
    sub (/^ +/, "")
    row = row (row == "" ? "" : " ") $0
}
is_row && /"\)$/ {
    is_row = 0
    gsub (/" "/, "", row)
    take_row(macro)
}
