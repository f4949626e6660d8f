# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2034 # most variables are for the tests
#
# What the tests of the command share: run it, look at what it said, print TAP. To be sourced; works
# in a scratch folder. Each test is a function; the file ends with `perform FUNCTION...`.

set -u

: "${NFPEEK:?is the path of the command}"
: "${NFPEEK_SOURCE:?is the source folder}"
PERL=${PERL:-perl}
LC_ALL=C.UTF-8
export LC_ALL
unset XDG_CONFIG_HOME
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
cd "$scratch" || exit 1
HOME=$scratch # where no user's own elements are
export HOME

tests=0
failures=0
problems=

# IPFIX Messages of domain 1: Template 256 with source, destination and octets; a record of it, 1200
# octets from 192.0.2.1 to 198.51.100.1.
template='000a0024 6553f100 00000000 00000001 00020014 01000003 00080004 000c0004 00010008'
data='000a0024 6553f101 00000000 00000001 01000014 c0000201 c6336401 00000000000004b0'
# The same in NetFlow v9, of Source ID 1.
template9='00090001 000f4240 6553f100 00000000 00000001 00000014 01000003 00080004 000c0004 00010004'
data9='00090001 000f4240 6553f101 00000001 00000001 01000010 c0000201 c6336401 000004b0'
# And in NetFlow v5: TCP from port 1234 to 80, 10 packets.
data5='00050001 000003e8 6553f100 00000000 00000007 01024064'
data5="$data5 c0000201 c6336401 00000000 00010002 0000000a 000004b0 000001f4 00000384"
data5="$data5 04d20050 001b0600 fde8fde9 18100000"

skip_all ()
{
    echo "1..0 # SKIP $*"
    exit 0
}

# run ARGUMENT...: nfpeek with these. Leaves what it printed in the files out and err, and its exit
# status in $status. Standard input is the file in, if there is one.
run ()
{
    command="nfpeek $*"
    if [ -e in ]; then
        "$NFPEEK" "$@" <in >out 2>err
    else
        "$NFPEEK" "$@" </dev/null >out 2>err
    fi
    status=$?
}

# through_pipe ARGUMENT...: run, with the file x.pcap from a pipe.
through_pipe ()
{
    command="cat x.pcap | nfpeek $*"
    # shellcheck disable=SC2002 # a pipe is what is tested
    cat x.pcap | "$NFPEEK" "$@" >out 2>err
    status=$?
}

# fail TEXT: notes a problem of the test that is being performed.
fail ()
{
    problems="$problems# $1
# after: $command
$(head -c 1500 err | sed 's/^/#   stderr: /')
$(head -c 1500 out | sed 's/^/#   stdout: /')
"
}

# skip TEXT: why the test that is being performed cannot be.
skip ()
{
    reason=$1
}

# What a test expects of the last run.
exits () { [ "$status" -eq "$1" ] || fail "exit status $status, not $1"; }
shows () { grep -qE -- "$1" out || fail "standard output lacks: $1"; }
shows_not () { ! grep -qE -- "$1" out || fail "standard output has: $1"; }
says () { grep -qE -- "$1" err || fail "standard error lacks: $1"; }
says_not () { ! grep -qE -- "$1" err || fail "standard error has: $1"; }
says_nothing () { [ ! -s err ] || fail "there is something on standard error"; }
shows_nothing () { [ ! -s out ] || fail "there is something on standard output"; }
shows_lines () { [ "$(wc -l <out)" -eq "$1" ] || fail "$(wc -l <out) lines, not $1"; }

# shows_same FILE: standard output is what the file has.
shows_same () { cmp -s "$1" out || fail "standard output differs from $1"; }

# capture FILE [OPTION...]: a capture of what is described on standard input (see capture.pl).
capture ()
{
    file=$1
    shift
    "$PERL" "$NFPEEK_SOURCE/tests/command/capture.pl" "$@" >"$file" ||
        echo "Bail out! capture.pl cannot make $file"
}

# octets HEX...: the octets themselves.
octets ()
{
    "$PERL" -e 'print pack "H*", join ("", @ARGV) =~ s/\s//gr' -- "$@"
}

# wait_until COMMAND...: it succeeds within ten seconds.
wait_until ()
{
    rounds=200
    until "$@"; do
        rounds=$((rounds - 1))
        [ $rounds -gt 0 ] || return 1
        sleep 0.05
    done
}

# file_has FILE PATTERN: it has been written.
file_has ()
{
    grep -qsE -- "$2" "$1"
}

# settle: what a test has left to be looked at. For other libraries to say.
settle () { :; }

# perform FUNCTION...: each a test, named as it is called.
perform ()
{
    echo "1..$#"
    for function in "$@"; do
        tests=$((tests + 1))
        problems=
        reason=
        command=
        rm -rf ./*
        : >out
        : >err
        "$function"
        settle
        name=$(echo "$function" | tr _ ' ')
        if [ -z "$problems" ]; then
            echo "ok $tests - $name${reason:+ # SKIP $reason}"
        else
            failures=$((failures + 1))
            printf 'not ok %s - %s\n%s' "$tests" "$name" "$problems"
        fi
    done
    [ "$failures" -eq 0 ]
    exit
}
