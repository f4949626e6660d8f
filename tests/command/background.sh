# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2034 # most variables are for the tests
#
# nfpeek in the background, for tests of what goes on for a while. To be sourced behind lib.sh. What a
# test has started is ended by its process id, also where the test is ended.

background=
trap '[ -z "$background" ] || kill $background 2>/dev/null; rm -rf "$scratch"' EXIT

# start NAME ARGUMENT...: nfpeek in the background, which writes the files NAME.out and NAME.err;
# its process id is in $started. A shell makes what it starts there ignore SIGINT; nfpeek gets it
# back, to be stopped as a user would. Whatever happens, it is over after a minute.
start ()
{
    files=$1
    shift
    command="nfpeek $*"
    : >"$files.out"
    : >"$files.err"
    "$PERL" -e '$SIG{INT} = $SIG{HUP} = "DEFAULT"; alarm 60; exec @ARGV' "$NFPEEK" "$@" >"$files.out" 2>"$files.err" </dev/null &
    started=$!
    background="$background $started"
}

# finish PROCESS [SIGNAL]: waits for it, which the signal is sent to; its exit status is in $status.
finish ()
{
    [ $# -eq 1 ] || kill -"$2" "$1"
    wait "$1"
    status=$?
    background=$(echo " $background " | sed "s/ $1 / /")
}

# collect [ARGUMENT...]: starts a collector on loopback, whose port is in $port.
collect ()
{
    start collected -l 127.0.0.1:0 -T jsonl -q "$@"
    collector=$started
    wait_until file_has collected.err 'listening on UDP' || fail 'no collector'
    port=$(sed -n 's/^nfpeek: listening on UDP .*:\([1-9][0-9]*\)$/\1/p' collected.err)
}

# collected N: ends the collector once it has shown so many lines; they are in collected.out.
collected ()
{
    n_wanted=$1
    wait_until has_collected || fail "$(wc -l <collected.out) lines were received, not $1"
    finish "$collector" INT
    [ "$(wc -l <collected.out)" -eq "$1" ] || fail "$(wc -l <collected.out) lines were received, not $1"
}

has_collected ()
{
    [ "$(wc -l <collected.out)" -ge "$n_wanted" ]
}
