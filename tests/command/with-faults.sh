# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2034 # variables are for the tests
#
# nfpeek with what a system can do to a program (tests/faults/faults.c). To be sourced behind
# background.sh.

faults=$NFPEEK_BUILD/tests/faults/.libs/faults.so
! grep -q 'enable_sanitizers.*yes\|fsanitize' "$NFPEEK_BUILD/config.log" ||
    skip_all 'sanitizers have an allocator of their own, and want to be loaded first'
[ -e "$faults" ] || skip_all 'the library of faults is not built'

# Runs what follows its first argument, the faults; a hang is SIGALRM, exit status 142.
with_faults='$SIG{INT} = $SIG{HUP} = "DEFAULT"; alarm 30; $ENV{NFPEEK_FAULTS} = shift;
    $ENV{LD_PRELOAD} = shift; $ENV{NFPEEK_FAULTS_MARK} = shift; exec @ARGV'

# begin_faulty NAME FAULTS ARGUMENT...: run with these faults, in the background; the file NAME.mark is there
# if there was one.
begin_faulty ()
{
    name=$1
    what=$2
    shift 2
    command="nfpeek $* with $what"
    "$PERL" -e "$with_faults" "$what" "$faults" "$name.mark" "$NFPEEK" "$@" >"$name.out" 2>"$name.err" </dev/null &
    begun=$!
    background="$background $begun"
}

# over NAME PROCESS [SIGNAL]: the end of it; what it wrote is in out and err.
over ()
{
    shown=$1
    shift
    finish "$@"
    cp "$shown.out" out
    cp "$shown.err" err
}

# ended NUMBER: by this signal, or as it would have ended.
ended () { [ "$status" -eq $((128 + $1)) ]; }

# is_capture FILE: it is read to its end; or there is none, as it was ended before.
is_capture ()
{
    [ ! -s "$1" ] || "$NFPEEK" -q -T messages "$1" >read.out 2>read.err ||
        ! grep -v '0 packets' read.err | grep -q .
}
