# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes the manual page of findings out of their tables:
#
#   awk -v version=0.1.0 -f findings.awk finding.def finding-help.def >nfpeek-findings.7
#
# A row begins with NF_ at the left margin and ends with the line that ends in '")'; strings that
# stand beside each other are one, as in C.

# Takes the next string off the row.
function string_of_row(    s) {
    if (!match (row, /"[^"]*"/)) {
        print FILENAME ": row without enough strings: " row >"/dev/stderr"
        failed = 1
        exit 1
    }
    s = substr (row, RSTART + 1, RLENGTH - 2)
    row = substr (row, RSTART + RLENGTH)
    return s
}

# As troff wants it: nothing that looks like a request, minus signs that can be copied.
function roff(s) {
    gsub (/\\/, "\\e", s)
    gsub (/-/, "\\-", s)
    return s ~ /^[.']/ ? "\\&" s : s
}

function take_finding(    code, severity, ipfix, netflow9, text, reference) {
    match (row, /, (NOTE|WARNING|ERROR), /)
    severity = tolower (substr (row, RSTART + 2, RLENGTH - 4))
    if (row ~ /^NF_FINDING_OF/) {
        code = string_of_row()
        reference = string_of_row()
    } else {
        code = string_of_row()
        ipfix = string_of_row()
        netflow9 = string_of_row()
        reference = "RFC 7011 " ipfix ", RFC 3954 " netflow9
    }
    text = string_of_row()
    gsub (/%[abABE]/, "N", text)
    gsub (/%s/, "s", text)
    rows[code] = rows[code] ".TP\n.B " severity "\n" roff(text " [" reference "]") "\n"
}

function print_help(    code) {
    code = string_of_row()
    print ".SS " roff(code)
    printf "%s", rows[code]
    print ".PP\n" roff(string_of_row())
    print ".PP\n.I What to do:\n" roff(string_of_row())
    print ".PP\n.I Example:\n" roff(string_of_row())
}

function print_head() {
    print ".\\\" SPDX-License-Identifier: GPL-2.0-or-later"
    print ".\\\" Made by findings.awk: do not edit."
    print ".TH NFPEEK\\-FINDINGS 7 \"\" \"nfpeek " version "\" \"Findings of nfpeek\""
    print ".SH NAME"
    print "nfpeek\\-findings \\- what is wrong with NetFlow and IPFIX, what it means and what to do"
    print ".SH DESCRIPTION"
    print "What"
    print ".B nfpeek"
    print "and its plugin for Wireshark find to be wrong is a finding: a code, a severity, a place and a"
    print "sentence, with the section of the RFC that tells the rule."
    print "An error is octets that could not be decoded, a warning something an RFC forbids or that lost"
    print "data, a note is worth knowing."
    print ".PP"
    print ".B nfpeek \\-T findings FILE"
    print "tells what is wrong with each exporter."
    print ".B nfpeek \\-\\-list\\-findings WORD"
    print "shows what stands here."
    print "In Wireshark the filter of a code has an underscore in place of each hyphen:"
    print ".BR nfpeek.finding.set_length ."
    print ".PP"
    print "Below, N stands for numbers that a finding has."
    print ".SH FINDINGS"
}

/^NF_/ { row = ""; is_row = 1 }
is_row {
    sub (/^ +/, "")
    row = row (row == "" ? "" : " ") $0
}
is_row && /"\)$/ {
    is_row = 0
    gsub (/" "/, "", row)
    if (row ~ /^NF_HELP/) {
        if (!is_begun++)
            print_head()
        print_help()
    } else {
        take_finding()
    }
}
