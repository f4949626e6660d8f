#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What was built is as hard to exploit as configure promised, and the library keeps nothing behind its
# caller's back. $NFPEEK_HARDENING has the names of what the compiler takes (see configure.ac).

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

: "${NFPEEK_BUILD:?is the build folder}"
command -v readelf >/dev/null || skip_all 'readelf is not there'
readelf -h "$NFPEEK" >/dev/null 2>&1 || skip_all 'the command is no ELF file'

library=$NFPEEK_BUILD/.libs/libnfpeek.so
plugin=$NFPEEK_BUILD/plugin/.libs/nfpeek.so

# promised NAME: skips the test if configure did not promise that.
promised ()
{
    case " ${NFPEEK_HARDENING-} " in
    *" $1 "*) return 0 ;;
    esac
    skip "built without $1"
    return 1
}

# look FILE OPTION...: what readelf says of it, in the file out.
look ()
{
    binary=$1
    shift
    command="readelf -W $* $binary"
    readelf -W "$@" "$binary" >out 2>err
}

# each_binary TEST...: the test for the command and for what is built of the library and the plugin.
each_binary ()
{
    for binary in "$NFPEEK" "$library" "$plugin"; do
        [ ! -e "$binary" ] || "$@" "$binary"
    done
}

the_command_can_lie_anywhere_in_memory ()
{
    promised pie || return 0
    look "$NFPEEK" -h
    shows '^ *Type: *DYN '
    look "$NFPEEK" -d
    shows '\(FLAGS_1\).* PIE'
}

relocated ()
{
    look "$1" -l
    shows '^ *GNU_RELRO '
}

addresses_are_read_only_once_they_are_known ()
{
    promised relro || return 0
    each_binary relocated
}

bound ()
{
    look "$1" -d
    shows '\(BIND_NOW\)|\(FLAGS\).*BIND_NOW|\(FLAGS_1\).* NOW'
}

all_addresses_are_known_at_the_start ()
{
    promised now || return 0
    each_binary bound
}

guarded ()
{
    look "$1" --dyn-syms
    shows ' __stack_chk_fail(@|$)'
}

stacks_have_canaries ()
{
    promised canary || return 0
    each_binary guarded
}

# Of the functions that nfpeek calls memcpy and vsnprintf are such that glibc can check.
fortified ()
{
    look "$1" --dyn-syms
    ! grep -q '@GLIBC_' out || shows ' __[a-z]+_chk(@|$)'
}

calls_into_libc_are_checked ()
{
    promised fortify || return 0
    each_binary fortified
}

no_more_than_needed ()
{
    look "$1" -l
    shows_not '^ *GNU_STACK .* RWE '
    shows_not '^ *LOAD .* RWE '
    look "$1" -d
    shows_not '\(TEXTREL\)'
}

nothing_is_both_writable_and_executable ()
{
    each_binary no_more_than_needed
}

# Several threads may use the library, each with objects of its own, as long as nothing else is shared.
# What there is in its writable sections:
#   q                  the number of an error domain, of G_DEFINE_QUARK; set once
#   made, low, high    the secret of hash tables (common/hash.c): chosen once, under g_once_init_enter()
#   completed, __dso_handle   the compiler's own, for the library's end
# Tables of pointers are not among it: .data.rel.ro is read-only once it is relocated.
the_library_shares_nothing_but_what_is_set_once ()
{
    [ -e "$library" ] || {
        skip 'no shared library'
        return
    }
    look "$library" --dyn-syms
    ! grep -q ' __asan_' out || {
        skip 'sanitizers add much of their own'
        return
    }
    look "$library" -S
    sed -n 's/^ *\[ *\([0-9]*\)\] \.\(data\|bss\|tdata\|tbss\) .*/\1/p' out >sections
    [ -s sections ] || fail 'no .data or .bss: is this the right file?'
    look "$library" -s
    awk 'NR == FNR { writable[$1] = 1; next }
        $7 in writable && $4 != "SECTION" && $3 != "0" { print $8 }' sections out |
        sed 's/\.lto_priv.*//; s/\.[0-9]*$//; s/.*\.//' | sort -u >found
    printf '%s\n' __dso_handle completed high low made q | LC_ALL=C sort >known
    grep -qx high found || fail 'not even the secret of hash tables: is the library stripped?'
    LC_ALL=C sort found | LC_ALL=C comm -23 - known >out
    shows_nothing
}

perform the_command_can_lie_anywhere_in_memory addresses_are_read_only_once_they_are_known \
    all_addresses_are_known_at_the_start stacks_have_canaries calls_into_libc_are_checked \
    nothing_is_both_writable_and_executable the_library_shares_nothing_but_what_is_set_once
