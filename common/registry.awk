# SPDX-License-Identifier: GPL-2.0-or-later
# Writes common/element.h and the CSV files it is given after that as the tables of common/builtin.h.
# What is wrong with a file as a file ends it; whether the tables are what the loader of users' files
# (element-load.c) makes of the same rows, tests/unit/test-builtin.c looks.
# POSIX awk only, and nothing in the output that depends on when or where it was made.

function fail_at(where, message) {
    print where ": " message | "cat 1>&2"
    failed = 1
    exit 1
}

function fail(message) {
    fail_at(FILENAME ":" FNR, message)
}

# ---- sorting: heapsort of strings, from 1 on ----

function sift(a, i, n, x, child) {
    x = a[i]
    while ((child = 2 * i) <= n) {
        if (child < n && a[child] < a[child + 1])
            child++
        if (x >= a[child])
            break
        a[i] = a[child]
        i = child
    }
    a[i] = x
}

function sort(a, n, i, x) {
    for (i = int(n / 2); i >= 1; i--)
        sift(a, i, n)
    for (i = n; i > 1; i--) {
        x = a[1]
        a[1] = a[i]
        a[i] = x
        sift(a, 1, i - 1)
    }
}

# ---- rows ----

# Cuts a line into fields[1] and so on; returns how many there are.
function cut(line, n, at) {
    if (line !~ /"/)
        return split(line, fields, ",")
    for (n = 1;; n++) {
        fields[n] = ""
        if (line ~ /^"/) {
            line = substr(line, 2)
            while ((at = index(line, "\"")) > 0 && substr(line, at + 1, 1) == "\"") {
                fields[n] = fields[n] substr(line, 1, at)
                line = substr(line, at + 2)
            }
            if (at == 0)
                fail("a quote is not closed")
            fields[n] = fields[n] substr(line, 1, at - 1)
            line = substr(line, at + 1)
        } else {
            at = index(line, ",")
            fields[n] = at > 0 ? substr(line, 1, at - 1) : line
            line = at > 0 ? substr(line, at) : ""
        }
        if (line == "")
            return n
        if (line !~ /^,/)
            fail("text behind a closing quote")
        line = substr(line, 2)
    }
}

# The row's field of that column, or "".
function field(column) {
    return column in columns && columns[column] <= n_fields ? fields[columns[column]] : ""
}

# A number as C reads the same, of 64 bits.
function number(text) {
    if (text !~ /^(0|[1-9][0-9]*|0x[0-9A-Fa-f]+)$/)
        fail("\"" text "\" is no number")
    return text "u"
}

# The place of a string in nf_builtin_text, where each is once.
function place(text) {
    if (!(text in places)) {
        places[text] = text_size
        strings[++n_strings] = text
        text_size += length(text) + 1
    }
    return places[text]
}

# "NF_TYPE_", "dateTimeSeconds": NF_TYPE_DATE_TIME_SECONDS, or "" where element.h has none.
function constant(prefix, word, name, i, letter) {
    name = prefix
    for (i = 1; i <= length(word); i++) {
        letter = substr(word, i, 1)
        name = name (letter ~ /[A-Z]/ ? "_" : "") (letter == "-" ? "_" : toupper(letter))
    }
    return name in constants ? name : ""
}

function range(text, ends) {
    if (text == "")
        return 0
    if (!(text in ranges)) {
        if (split(text, ends, "-") != 2)
            fail("\"" text "\" is no range")
        range_rows[++n_ranges] = "{" number(ends[1]) ", " number(ends[2]) "}"
        ranges[text] = n_ranges
    }
    return ranges[text]
}

# ---- the kinds of files ----

# What a number amounts to; not every awk reads the hexadecimal ones.
function amount(text, i, n) {
    if (text !~ /^0x/)
        return text + 0
    n = 0
    for (i = 3; i <= length(text); i++)
        n = 16 * n + index("0123456789abcdef", tolower(substr(text, i, 1))) - 1
    return n
}

# Values rise, as they are looked for by halves; masks are all looked through.
function add_value(value) {
    value = field(table in bit_tables ? "mask" : "value")
    if (!(table in bit_tables) && table_sizes[table] > 0 && amount(value) <= last_value)
        fail("\"" value "\" is not above the value before it")
    last_value = amount(value)
    value_rows[++n_values] = "{" number(value) ", " place(field("name")) "}"
    table_sizes[table]++
}

function add_enterprise() {
    keys[field("pen")] = field("key")
    enterprise_rows[++n_enterprises] = "{" number(field("pen")) ", " place(field("key")) ", " \
        place(field("name")) ", " (field("netflow9") == "" ? "0" : number(field("netflow9"))) "}"
}

# Common names that stand in the row are replaced by what they mean.
function add_common(n, i, words) {
    n = split(field("elements"), words, " ")
    meaning[field("name")] = ""
    for (i = 1; i <= n; i++)
        meaning[field("name")] = meaning[field("name")] " " \
            (words[i] in meaning ? meaning[words[i]] : words[i])
    common_lines[field("name")] = FILENAME ":" FNR
    commons[++n_commons] = field("name")
}

function add_name(name, key) {
    name_owners[name] = key
    if (names_seen[name]++)
        fail("two elements are called " name)
    names[++n_names] = name
}

# `rest` is of what_it_is().
function add_element(pen, id, name, netflow9, rest, key) {
    key = sprintf("%d %010d %05d", space, pen, id)
    if (key in elements)
        fail("an element of that number is there already")
    element_keys[++n_elements] = key
    elements[key] = "{" pen ", " place(name) ", " place(netflow9) ", " id ", " \
        spaces[space] ", " rest "}"
    add_name(name, key)
    if (netflow9 != "")
        add_name(netflow9, key)
}

# An element but for what is another in its reverse.
function what_it_is(n, i, words, type, flags, form) {
    type = constant("NF_TYPE_", field("type"))
    if (type == "")
        fail("\"" field("type") "\" is no type")
    flags = "0"
    form = "NF_FORM_PLAIN"
    n = split(field("flags"), words, " ")
    for (i = 1; i <= n; i++) {
        if (constant("NF_ELEMENT_", words[i]) != "")
            flags = flags " | " constant("NF_ELEMENT_", words[i])
        else if ((form = constant("NF_FORM_", words[i])) == "")
            fail("\"" words[i] "\" is no flag")
    }
    if (field("names") != "")
        wanted[field("names")] = FILENAME ":" FNR
    return type ", " flags ", " form ", " (field("names") == "" ? "0" : "NAMES_" field("names")) \
        ", " range(field("range")) ", " place(field("semantics")) ", " place(field("units"))
}

# The reverse of IANA's elements has an enterprise number of its own (RFC 5103 6.1), that of CERT's
# another bit in its id.
function add_reverse(pen, id, prefix, name, rest) {
    name = prefix "reverse" toupper(substr(name, 1, 1)) substr(name, 2)
    if (pen == 0)
        add_element(29305, id, name, "", rest)
    else
        add_element(pen, id + 16384, name, "", rest)
}

function add_row(pen, id, prefix, rest) {
    pen = 0 + ("pen" in columns && spaces[space] == "NF_SPACE_IPFIX" ? field("pen") : file_pen)
    number(field("id"))
    id = 0 + field("id")
    if (spaces[space] == "NF_SPACE_IPFIX" && pen > 0)
        prefix = (pen in keys ? keys[pen] : pen) "."
    else if (spaces[space] == "NF_SPACE_NETFLOW9" && field("vendor") != "")
        prefix = field("vendor") "."
    rest = what_it_is()
    add_element(pen, id, prefix field("name"), field("netflow9"), rest)
    if (spaces[space] == "NF_SPACE_IPFIX" && (pen == 0 || (pen == 6871 && id < 16384)))
        add_reverse(pen, id, prefix, field("name"), rest)
}

# What a file holds, by its path.
function begin_file(parts, n, base, space_name) {
    n = split(FILENAME, parts, "/")
    base = parts[n]
    sub(/\.csv$/, "", base)
    kind = parts[n - 1] == "values" ? "names" : base
    n_columns = 0
    space_name = constant("NF_SPACE_", base)
    space = space_name == "" ? 0 : space_numbers[space_name]
    file_pen = base ~ /^pen-[0-9]+$/ ? substr(base, 5) : 0
    if (kind == "names") {
        table = base
        tables[++n_tables] = table
        table_starts[table] = n_values
        table_sizes[table] = 0
    }
}

function begin_columns(i) {
    for (i in columns)
        delete columns[i]
    for (i = 1; i <= n_fields; i++)
        columns[fields[i]] = i
    n_columns = n_fields
    if (kind == "names" && "mask" in columns)
        bit_tables[table] = 1
}

BEGIN {
    text_size = n_values = 0
    place("")
}

FNR == 1 {
    begin_file()
}

# The words that types, forms, flags and spaces have in C; of spaces also the numbers.
kind == "element.h" {
    if (match($0, /^    NF_(TYPE|FORM|ELEMENT|SPACE)_[A-Z0-9_]+/)) {
        word = substr($0, 5, RLENGTH - 4)
        constants[word] = 1
        if (word ~ /^NF_SPACE_/) {
            space_numbers[word] = n_spaces + 0
            spaces[n_spaces++] = word
        }
    }
    next
}

/^#/ || /^$/ {
    next
}

# Nothing that a terminal would not show gets into the tables; awks differ on how to write one backslash
# more, and a name needs none.
/[^ -~]|\\/ {
    fail("not printable ASCII, or a backslash")
}

{
    n_fields = cut($0)
    if (n_columns == 0) {
        begin_columns()
        next
    }
    if (n_fields > n_columns)
        fail("more fields than the header has")
    if (kind == "names")
        add_value()
    else if (kind == "enterprises")
        add_enterprise()
    else if (kind == "common")
        add_common()
    else
        add_row()
}

# ---- what is written ----

function write_text(i, text) {
    print "const char nf_builtin_text[] ="
    for (i = 1; i <= n_strings; i++) {
        text = strings[i]
        gsub(/"/, "\\\"", text)
        print "    \"" text "\\0\""
    }
    print "    ;"
}

# The tables of names, and the words that elements have for them.
function write_names(i, name) {
    print "\nenum {\n    NO_NAMES,"
    for (i = 1; i <= n_tables; i++)
        print "    NAMES_" tables[i] ","
    print "};\n\nconst NfNames nf_builtin_names[] = {"
    for (i = 1; i <= n_tables; i++) {
        name = tables[i]
        print "    {" place(name) ", " table_starts[name] ", " table_sizes[name] ", " \
            (name in bit_tables ? "TRUE" : "FALSE") "},"
    }
    print "};"
    write_count("names")
}

# An array of `n` rows.
function write_rows(type, array, rows, n, i) {
    print "\nconst " type " nf_builtin_" array "[] = {"
    for (i = 1; i <= n; i++)
        print "    " rows[i] ","
    print "};"
}

function write_count(array) {
    print "const guint nf_n_builtin_" array " = G_N_ELEMENTS (nf_builtin_" array ");"
}

END {
    if (failed)
        exit 1
    for (name in wanted)
        if (!(name in table_sizes))
            fail_at(wanted[name], "\"" name "\" is no table of names")
    sort(tables, n_tables)
    sort(element_keys, n_elements)
    sort(names, n_names)
    for (i = 1; i <= n_elements; i++) {
        row_numbers[element_keys[i]] = i - 1
        element_rows[i] = elements[element_keys[i]]
    }
    for (i = 1; i <= n_names; i++)
        name_rows[i] = "{" place(names[i]) ", " row_numbers[name_owners[names[i]]] "}"
    for (i = 1; i <= n_tables; i++)
        place(tables[i])
    n_meanings = 0
    for (i = 1; i <= n_commons; i++) {
        n = split(meaning[commons[i]], ids, " ")
        common_rows[i] = "{" place(commons[i]) ", " n_meanings ", " n "}"
        for (k = 1; k <= n; k++) {
            key = sprintf("0 %010d %05d", 0, ids[k])
            if (!(key in elements))
                fail_at(common_lines[commons[i]], "\"" ids[k] "\" is not known")
            meaning_rows[++n_meanings] = row_numbers[key]
        }
    }
    print "/* SPDX-License-Identifier: GPL-2.0-or-later */"
    print "/* Made by registry.awk from elements/ and values/: edit those. */"
    print "#include \"builtin.h\"\n"
    write_text()
    write_names()
    write_rows("NfBuiltinValue", "values", value_rows, n_values)
    write_rows("NfBuiltinRange", "ranges", range_rows, n_ranges)
    write_rows("NfBuiltinElement", "elements", element_rows, n_elements)
    write_count("elements")
    write_rows("NfBuiltinName", "element_names", name_rows, n_names)
    write_count("element_names")
    write_rows("NfBuiltinEnterprise", "enterprises", enterprise_rows, n_enterprises)
    write_count("enterprises")
    write_rows("guint16", "meanings", meaning_rows, n_meanings)
    write_rows("NfBuiltinCommon", "commons", common_rows, n_commons)
    write_count("commons")
}
