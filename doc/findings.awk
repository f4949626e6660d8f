# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes the manual page of findings out of their tables:
#
#   awk -v version=0.1.0 -f def.awk -f findings.awk finding.def finding-help.def >nfpeek-findings.7

function take_finding(macro,    code, severity, ipfix, netflow9, text, reference) {
    next_argument()
    code = next_argument()
    severity = tolower (next_argument())
    if (macro == "NF_FINDING_OF") {
        reference = next_argument()
    } else {
        ipfix = next_argument()
        netflow9 = next_argument()
        reference = "RFC 7011 " ipfix ", RFC 3954 " netflow9
    }
    text = next_argument()
    gsub (/%[abABE]/, "N", text)
    gsub (/%[pP]/, "packet N", text)
    gsub (/%s/, "s", text)
    rows[code] = rows[code] ".TP\n.B " severity "\n" roff(text " [" reference "]") "\n"
}

function print_help(    code) {
    code = next_argument()
    print ".SS " roff(code)
    printf "%s", rows[code]
    print ".PP\n" roff(next_argument())
    print ".PP\n.I What to do:\n" roff(next_argument())
    print ".PP\n.I Example:\n" roff(next_argument())
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

function take_row(macro) {
    if (macro != "NF_HELP") {
        take_finding(macro)
        return
    }
    if (!is_begun++)
        print_head()
    print_help()
}
