#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The library as a program finds it: installed into a scratch folder, found by pkg-config, and used
# by tests/example.c.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

: "${NFPEEK_BUILD:?is the build folder}"
CC=${CC:-cc}
PKG_CONFIG=${PKG_CONFIG:-pkg-config}
tree=$(mktemp -d)
trap 'rm -rf "$scratch" "$tree"' EXIT

# The make of `make check` must not tell this one what to do.
unset MAKEFLAGS MFLAGS MAKELEVEL
if ! make -C "$NFPEEK_BUILD" install DESTDIR="$tree" >"$tree/log" 2>&1; then
    echo 'Bail out! make install fails'
    tail -n 20 "$tree/log" | sed 's/^/# /'
    exit 1
fi
pc=$(find "$tree" -name nfpeek.pc)
library=$(find "$tree" -name 'libnfpeek.so')

# As where it was installed, but in the scratch folder.
mkdir "$tree/pkgconfig"
sed "s|^\([a-z_]*\)=/|\1=$tree/|" "$pc" >"$tree/pkgconfig/nfpeek.pc"
PKG_CONFIG_PATH=$tree/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
export PKG_CONFIG_PATH

# A library with sanitizers wants a program with them.
sanitizers=
if nm -D "$library" | grep -q __asan_; then
    sanitizers=-fsanitize=address,undefined
fi

# compile SOURCE: with the installed library, to the program example; warnings are errors.
compile ()
{
    command="compiling $1"
    # shellcheck disable=SC2046,SC2086 # several words
    $CC -std=gnu11 -Wall -Wextra -Werror $sanitizers -o example "$1" \
        $("$PKG_CONFIG" --cflags --libs nfpeek) >out 2>err
    status=$?
}

what_is_installed_is_complete ()
{
    for file in bin/nfpeek libnfpeek.so libnfpeek.so.0 nfpeek.pc include/nfpeek/nfpeek.h \
        man/man7/nfpeek-findings.7; do
        [ -n "$(find "$tree" -path "*/$file")" ] || fail "no $file"
    done
    [ -z "$(find "$tree" -name '*.la')" ] || fail 'a .la file'
}

only_its_own_symbols_are_exported ()
{
    nm -D --defined-only "$library" | sed 's/.* //' >symbols
    grep -q '^nf_decoder_next$' symbols || fail 'no nf_decoder_next'
    cat "$(dirname "$(find "$tree" -name nfpeek.h)")"/*.h | grep -oE '\bnf_[a-z0-9_]+' |
        sort -u >declared
    ! sort symbols | comm -23 - declared | grep . >out || fail 'some that no installed header has'
}

an_example_of_thirty_lines_works ()
{
    compile "$NFPEEK_SOURCE/tests/example.c"
    exits 0
    message=$(echo '000a0038 6553f100 00000000 00000001 00020014 01000003 00080004 000c0004 00010008
        01000014 c0000201 c6336401 00000000000004b0' | tr -d ' \n')
    command="example $message"
    LD_LIBRARY_PATH=$(dirname "$library") ./example "$message" >out 2>err
    status=$?
    exits 0
    says_nothing
    printf '%s\n' 'sourceIPv4Address: 192.0.2.1' 'destinationIPv4Address: 198.51.100.1' \
        'octetDeltaCount: 1200' >expected
    shows_same expected
}

each_header_stands_alone ()
{
    for header in "$(dirname "$(find "$tree" -name nfpeek.h)")"/*.h; do
        printf '#include <%s>\nint main (void) { return 0; }\n' "$(basename "$header")" >one.c
        compile one.c
        exits 0
    done
}

the_installed_command_runs ()
{
    "$(find "$tree" -path '*/bin/nfpeek')" --version >out 2>err
    status=$?
    exits 0
    shows '^nfpeek [0-9]'
}

perform what_is_installed_is_complete only_its_own_symbols_are_exported \
    an_example_of_thirty_lines_works each_header_stands_alone the_installed_command_runs
