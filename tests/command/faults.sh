#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a system can do to a program, done on purpose (tests/faults/faults.c): memory that ends, short
# and failing reads and writes, interrupted calls, clocks that go wrong, signals at every call. Either
# nothing else is shown, or a sentence and exit status 2 tell that something could not be done.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/command/background.sh
. "$NFPEEK_SOURCE/tests/command/background.sh"

# shellcheck source=tests/command/with-faults.sh
. "$NFPEEK_SOURCE/tests/command/with-faults.sh"

samples=$NFPEEK_SOURCE/samples
ipfix=$samples/softflowd-ipfix.pcap
packed=$samples/openvswitch-ipfix.pcap.gz
views='summary findings templates stats messages tree flows json jsonl csv hex'

# faulty FAULTS ARGUMENT...: run with these faults; the file mark is there if there was one.
faulty ()
{
    rm -f mark
    what=$1
    shift
    command="nfpeek $* with $what"
    if [ -e in ]; then
        "$PERL" -e "$with_faults" "$what" "$faults" mark "$NFPEEK" "$@" <in >out 2>err
    else
        "$PERL" -e "$with_faults" "$what" "$faults" mark "$NFPEEK" "$@" </dev/null >out 2>err
    fi
    status=$?
}

# keep ARGUMENT...: a run without faults, for is_same.
keep ()
{
    run "$@"
    kept=$status
    cp out kept.out
    cp err kept.err
}

is_same () { [ "$status" -eq "$kept" ] && cmp -s out kept.out && cmp -s err kept.err; }

# is_said: it failed, and says so.
is_said () { [ "$status" -eq 2 ] && grep -q '^nfpeek: ' err; }

# until_none MAX FAULTS CHECK ARGUMENT...: with faults in which @ stands for 1, 2, 3 ... until there was
# none any more, and at most MAX times; CHECK has to hold for each.
until_none ()
{
    most=$1
    pattern=$2
    check=$3
    shift 3
    n=0
    while [ "$n" -lt "$most" ]; do
        n=$((n + 1))
        faulty "${pattern%%@*}$n${pattern#*@}" "$@"
        [ -e mark ] || break
        "$check" || fail "$check does not hold (exit status $status)"
    done
    [ "$n" -gt 1 ] || fail 'there was no fault at all'
}

csv () { [ "$1" = csv ] && echo '-e src,dst,octets'; }

# ---- files ----

short_and_interrupted_calls_change_nothing ()
{
    "$NFPEEK" -q -T hex "$ipfix" >x.hex
    for input in "$ipfix" "$packed" x.hex; do
        for view in $views; do
            # shellcheck disable=SC2046 # two words
            keep -T "$view" $(csv "$view") "$input"
            what='short=11 eintr=3'
            [ "$view" != messages ] || what='short=0 eintr=2' # octet by octet takes long
            # shellcheck disable=SC2046
            faulty "$what" -T "$view" $(csv "$view") "$input"
            [ ! -e mark ] && fail 'there was no fault'
            is_same || fail "is not the same (exit status $status, not $kept)"
        done
    done
}

# What is read, and what is written, in one go.
short_and_interrupted_copies_are_the_same ()
{
    cp "$packed" in
    for option in --evidence --templates; do
        keep -q -T jsonl -w kept.pcap --metrics kept.m $option kept.x -
        for what in short=0 'short=5 eintr=3'; do
            faulty "$what" -q -T jsonl -w x.pcap --metrics x.m $option x.x -
            is_same || fail "is not the same (exit status $status, not $kept)"
            for file in pcap m x; do
                cmp -s kept.$file x.$file || fail "x.$file is another file"
            done
            rm x.*
        done
        rm kept.*
    done
}

is_said_after_less () { is_said && [ "$(wc -l <out)" -le "$(wc -l <kept.out)" ]; }

a_read_that_fails_is_said ()
{
    "$NFPEEK" -q -T hex "$ipfix" >x.hex
    for view in summary findings templates jsonl; do
        until_none 20 eio=@ is_said -T "$view" "$packed"
    done
    keep -T jsonl "$ipfix"
    until_none 30 'eio=@ short=9' is_said_after_less -T jsonl "$ipfix"
    until_none 20 eio=@ is_said -T messages x.hex
    until_none 20 eio=@ is_said -T templates --diff "$ipfix" x.hex
    "$NFPEEK" -q --templates x.t "$ipfix" >out
    until_none 20 eio=@ is_said -T messages --templates x.t "$ipfix"
}

# What is written by rename is what it was, or whole.
is_said_and_kept () { is_said && { cmp -s before x.t || [ "$(tail -n 1 x.m)" = '# EOF' ]; }; }

a_disk_that_becomes_full_is_said ()
{
    for view in $views; do
        # shellcheck disable=SC2046
        until_none 10 enospc=@ is_said -T "$view" $(csv "$view") "$ipfix"
    done
    until_none 20 enospc=@ is_said -T jsonl -o x.jsonl -w x.pcap "$packed"
    until_none 20 enospc=@ is_said -q -T messages --evidence x.ev --anonymize -o x.txt "$packed"
    for option in '--templates x.t' '--metrics x.m'; do
        # shellcheck disable=SC2086 # two words
        "$NFPEEK" -q -T hex $option "$ipfix" >out 2>err
        [ ! -e x.t ] || cp x.t before
        # shellcheck disable=SC2086
        until_none 20 enospc=@ is_said_and_kept -q -o x.txt $option "$packed"
        rm -f x.t
    done
}

# ---- memory ----

is_same_or_said () { is_same || is_said; }

# Of 16 KiB or more each one fails once; of 2 KiB or more some.
memory_that_ends_is_said ()
{
    "$NFPEEK" -q -T hex "$ipfix" >x.hex
    for view in summary json; do
        for input in "$packed" x.hex; do
            keep -T "$view" "$input"
            until_none 200 alloc=16384:@ is_same_or_said -T "$view" "$input"
        done
    done
    keep -T jsonl "$packed"
    until_none 400 alloc=4096:@7 is_same_or_said -T jsonl "$packed"
    until_none 20 alloc=65536:@ is_said -w x.pcap --evidence x.ev --anonymize "$ipfix"
    until_none 20 alloc=65536:@ is_said --elements "$NFPEEK_SOURCE/common/elements/pen-9.csv" "$ipfix"
    until_none 20 alloc=65536:@ is_said -l 127.0.0.1:0 --for 1s -q
}

# No file is so large that memory for it may not end; the others are done.
a_file_that_is_too_large_keeps_no_other_from_being_read ()
{
    "$NFPEEK" -q -T hex "$ipfix" >x.hex
    for what in alloc=262144:1 alloc=262144:2; do
        faulty "$what" -q -T messages x.hex "$samples/softflowd-v5.pcap"
        exits 2
        says '^nfpeek: x.hex: not enough memory'
        shows 'NetFlow v5'
    done
    faulty alloc=4194304:1 --elements "$NFPEEK_SOURCE/common/elements/pen-9.csv" "$ipfix"
    exits 2
    says 'pen-9.csv: Cannot allocate memory'
}

# Memory that is there again when the file is shown must not hide that Templates were not learnt.
what_is_not_learnt_is_said ()
{
    keep -T json "$packed"
    until_none 20 alloc=7000:@ is_same_or_said -T json "$packed"
}

# ---- sockets and clocks ----

# begin NAME FAULTS ARGUMENT...: a collector with these faults, in the background.
begin ()
{
    name=$1
    what=$2
    shift 2
    begin_faulty "$name" "$what" -l "${listen-127.0.0.1:0}" "$@"
}

# feed NAME [FILE]: sends a capture to this collector.
feed ()
{
    wait_until file_has "$1.err" 'listening on UDP' || fail "$1: no collector"
    "$NFPEEK" -q --send "127.0.0.1:$(sed -n 's/^nfpeek: listening on UDP .*:\([1-9][0-9]*\)$/\1/p' \
        "$1.err")" --rate 5000 "${2-$packed}" 2>send.err || fail "$(cat send.err)"
}

collect_csv='-T csv -e src,dst,octets,packets,start'

sockets_that_refuse_change_nothing ()
{
    # shellcheck disable=SC2086 # several words
    run -q $collect_csv "$packed"
    cp out expected
    i=0
    for what in short=0 'short=3 eintr=3' 'short=9 eagain=2' 'eintr=4 eagain=3'; do
        i=$((i + 1))
        # shellcheck disable=SC2086
        begin "c$i" "$what" $collect_csv
        eval "process$i=$begun"
    done
    for i in 1 2 3 4; do
        feed "c$i"
        wait_until cmp -s "c$i.out" expected || fail "c$i: not all is shown"
        eval "over c$i \$process$i INT"
        exits 0
        [ -e "c$i.mark" ] || fail "c$i: there was no fault"
    done
}

# Octets of connections, one by one; a connection that is not there yet when it is taken.
connections_that_refuse_change_nothing ()
{
    listen=tcp:127.0.0.1:0
    i=0
    for what in 'short=0 eintr=5' 'short=8 eintr=4 eagain=3'; do
        i=$((i + 1))
        begin "t$i" "$what" -T jsonl
        wait_until file_has "t$i.err" 'listening on TCP' || fail 'no collector'
        "$PERL" -MSocket -e 'my ($port, @messages) = @ARGV;
            socket my $s, AF_INET, SOCK_STREAM, 0 or die;
            connect $s, pack_sockaddr_in ($port, INADDR_LOOPBACK) or die;
            syswrite $s, pack "H*", join ("", @messages) =~ tr/ //dr' \
            "$(sed -n 's/.*TCP .*:\([0-9]*\)$/\1/p' "t$i.err")" "$template" "$data" "$data" "$template" "$data"
        wait_until has_lines "t$i.out" 3 || fail 'not all is shown'
        over "t$i" "$begun" INT
        exits 0
        says 'received: 5; records decoded: 3; not decodable: 0'
        [ -e "t$i.mark" ] || fail 'there was no fault'
    done
    unset listen
}

has_lines () { [ "$(wc -l <"$1")" -eq "$2" ]; }

# What is sent is what there is, however often the socket refuses. Where all is due at once, as on a
# busy machine, there is one call only unless it is cut.
all_is_sent ()
{
    collect
    for what in short=0 'eintr=2 short=2' 'eagain=3 short=0'; do
        faulty "$what" --rate 5000 --send "127.0.0.1:$port" "$packed"
        [ -e mark ] || fail 'there was no fault'
        says 'sent 35 datagrams'
        exits 0
    done
    finish "$collector" INT
}

# The time of day is only shown: what waits goes by the time since the system began.
clocks_that_go_wrong_keep_nothing_from_ending ()
{
    i=0
    for what in clock=back clock=still clock=leap; do
        for arguments in '--every 1s -T summary --metrics m$i' '-T jsonl --templates t$i --template-timeout 1s'; do
            i=$((i + 1))
            eval "begin k$i $what --for 2s $arguments"
            eval "process$i=$begun"
        done
    done
    for i in 1 2 3 4 5 6; do
        feed "k$i"
    done
    for i in 1 2 3 4 5 6; do
        eval "over k$i \$process$i"
        exits 0
        says '^nfpeek: datagrams received: 35; '
        says_not 'CRITICAL|WARNING'
        [ -e "k$i.mark" ] || fail "k$i: there was no fault"
    done
}

# has_proc: else the test is skipped: nothing tells what a process does.
has_proc ()
{
    [ -r /proc/self/status ] || { skip 'no /proc'; return 1; }
}

# ticks PROCESS: hundredths of a second that it has run.
ticks ()
{
    "$PERL" -ne '@f = split " ", s/.*\) //r; print $f[11] + $f[12]' "/proc/$1/stat"
}

a_clock_that_stands_still_makes_nobody_busy ()
{
    has_proc || return
    begin still mono=still --for 1s --every 1s -T summary
    process=$begun
    begin leap mono=leap --for 1h
    over leap "$begun"
    exits 2
    feed still
    before=$(ticks "$process")
    sleep 1
    [ $(($(ticks "$process") - before)) -lt 50 ] || fail 'it is busy'
    over still "$process" INT
    exits 0
    says 'datagrams received: 35'
}

# ---- signals ----

# What was shown is the beginning of what would have been.
is_ended_file ()
{
    head -c "$(wc -c <out)" kept.out | cmp -s - out && { ended "$signal" || is_same; }
}

is_ended_writing ()
{
    is_capture x.pcap || return 1
    rm -f x.pcap
    ended "$signal" || is_same || { [ "$status" -eq 2 ] &&
        grep -q 'ended by a signal: what follows is not read' err; }
}

is_ended_pipe () { is_capture x.pcap && { ended "$signal" || is_same; }; }

is_ended_sending ()
{
    ended "$signal" || { [ "$status" -ne 1 ] && [ "$status" -le 2 ] && grep -q '^nfpeek: sent ' err; }
}

a_signal_at_any_call_ends_files ()
{
    keep -T jsonl "$packed"
    for signal in 2 10; do
        until_none 60 "raise=$signal:@" is_ended_file -T jsonl "$packed"
    done
    keep -T findings -w x.pcap "$packed"
    rm x.pcap
    for signal in 2 15; do
        until_none 80 "raise=$signal:@" is_ended_writing -T findings -w x.pcap "$packed"
    done
}

# What has gone into the pipe is shown, and written.
a_signal_at_any_call_ends_pipes ()
{
    mkfifo pipe
    keep -T summary -w x.pcap "$packed"
    sed "s|$packed|pipe|" kept.out >shown && mv shown kept.out
    signal=2
    n=0
    while [ $n -lt 80 ]; do
        n=$((n + 1))
        cat "$packed" >pipe 2>cat.err &
        cat=$!
        faulty "raise=$signal:$n" -T summary -w x.pcap pipe
        # nobody may have read it
        kill $cat 2>/dev/null
        wait $cat 2>/dev/null
        [ -e mark ] || break
        is_ended_pipe || fail "it does not end as it should (exit status $status)"
    done
}

# idle ARGUMENT...: nfpeek in the background, which reads a capture from a pipe that stays open.
idle ()
{
    command="nfpeek $*"
    "$PERL" -e '$SIG{INT} = $SIG{HUP} = "DEFAULT"; alarm 30; exec @ARGV' "$NFPEEK" "$@" >out 2>err </dev/null &
    process=$!
    background="$background $process"
    exec 3>pipe
    cat "$ipfix" >&3
}

# end_idle: ends it by SIGINT.
end_idle ()
{
    finish "$process" INT
    exec 3>&-
    exits 0
}

# catches PROCESS: it is nfpeek by now, and catches SIGINT, which is bit 1 of what /proc tells.
catches ()
{
    "$PERL" -ne '$is_it = 1 if /^Name:.*nfpeek/; $caught = hex ($1) & 2 if /^SigCgt:\s+([0-9a-f]+)/;
        END { exit !($is_it && $caught) }' "/proc/$1/status"
}

# Nothing comes through a pipe that nobody has opened. Then nothing more comes through one, and
# nobody closes it.
a_signal_ends_a_pipe_that_is_idle ()
{
    has_proc || return
    mkfifo pipe
    "$PERL" -e '$SIG{INT} = $SIG{HUP} = "DEFAULT"; alarm 30; exec @ARGV' "$NFPEEK" pipe >out 2>err </dev/null &
    process=$!
    background="$background $process"
    wait_until catches "$process" || fail 'it catches no signal'
    finish "$process" INT
    exits 2
    says 'pipe: the file is empty'
    idle -q -T summary -w x.pcap pipe
    wait_until is_longer x.pcap 24 || fail 'nothing is written'
    end_idle
    shows '192.0.2.1|127.0.0.1'
    collect
    idle --send "127.0.0.1:$port" pipe
    wait_until test -s collected.out || fail 'nothing is sent'
    end_idle
    says '^nfpeek: sent 1 datagram,'
    finish "$collector" INT
}

# What comes behind the pipe is not read, and that is said.
files_behind_a_pipe_that_is_ended_are_told_of ()
{
    mkfifo pipe
    cp "$packed" x.pcap.gz
    idle -q -T messages pipe x.pcap.gz
    wait_until is_longer out 0 || fail 'nothing is shown'
    finish "$process" INT
    exec 3>&-
    exits 2
    shows ' IPFIX '
    says '^nfpeek: x.pcap.gz: ended by a signal: what follows is not read'
}

is_longer () { [ "$(cat "$1" 2>read.err | wc -c)" -gt "$2" ]; }

# A terminal sends its signal to who writes into the pipe, too, and that may write all it has only then.
what_comes_with_the_signal_is_shown ()
{
    has_proc || return
    mkfifo pipe
    "$PERL" -e '$SIG{INT} = $SIG{HUP} = "DEFAULT"; alarm 30; exec @ARGV' "$NFPEEK" -q -T messages pipe \
        >out 2>err </dev/null &
    process=$!
    background="$background $process"
    exec 3>pipe
    wait_until catches "$process" || fail 'it catches no signal'
    kill -STOP "$process"
    kill -INT "$process"
    cat "$ipfix" >&3
    kill -CONT "$process"
    finish "$process"
    exec 3>&-
    exits 0
    shows ' IPFIX '
}

a_signal_at_any_call_ends_sending ()
{
    collect
    for signal in 2 15; do
        until_none 60 "raise=$signal:@" is_ended_sending --rate max --send "127.0.0.1:$port" "$packed"
    done
    finish "$collector" INT
}

# ended_late NUMBER: by this signal after it had begun to catch it; for n_late.
ended_late () { ended "$1" && grep -q 'listening on' err; }

# At every call until it waits, while it waits, and while it ends, all at the same time. What asks for
# something ends it before it listens, or when all is done: while it closes the pipe of the signals.
a_signal_at_any_call_ends_listening ()
{
    calls='1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26'
    for signal in 2 1 10; do
        for n in $calls; do
            begin "s$signal.$n" "raise=$signal:$n" --for 1s -T jsonl -o "o$signal.$n" \
                -w "w$signal.$n" --metrics "m$signal.$n"
            eval "process${signal}_$n=$begun"
        done
    done
    for signal in 2 1 10; do
        n_late=0
        for n in $calls; do
            eval "over s$signal.$n \$process${signal}_$n"
            command="nfpeek -l with raise=$signal:$n"
            is_capture "w$signal.$n" || fail 'what is written is no capture'
            ended $signal || { [ "$status" -eq 2 ] && grep -q 'datagrams received: 0;' err; } ||
                fail "exit status $status"
            ! ended_late $signal || n_late=$((n_late + 1))
        done
        [ $signal -eq 2 ] || [ $n_late -le 2 ] || fail "signal $signal ended it $n_late times"
    done
}

# is_whole NAME: as many lines as were told, and none is cut.
is_whole ()
{
    told=$(sed -n 's/.*datagrams received: \([0-9]*\); records decoded: \([0-9]*\);.*/\1 \2/p' "$1.err" | tail -n 1)
    [ "$told" = "$("$NFPEEK" -q -T messages "$1.pcap" 2>read.err | grep -c Z) $(wc -l <"$1.out")" ] ||
        [ "$told" = '0 0' ]
}

# Signals at moments that a seed chooses, while datagrams come and files are moved away.
signals_under_load_lose_nothing ()
{
    for i in 1 2 3 4 5 6 7 8; do
        begin "l$i" 'short=3 eintr=5' -T jsonl -w "l$i.pcap"
        eval "process$i=$begun"
    done
    for i in 1 2 3 4 5 6 7 8; do
        wait_until file_has "l$i.err" 'listening on UDP'
        eval "\"\$PERL\" -e 'srand \$ARGV[0]; my \$p = \$ARGV[1];
            for (qw(USR1 HUP USR1), \$ARGV[0] % 2 ? \"INT\" : \"TERM\") {
                select undef, undef, undef, rand 0.05; kill \$_, \$p }' $i \$process$i" &
        killers="${killers-} $!"
    done
    for i in 1 2 3 4 5 6 7 8; do
        "$NFPEEK" -q --send "127.0.0.1:$(sed -n 's/.*UDP .*:\([0-9]*\)$/\1/p' l$i.err)" --rate 1000 \
            "$packed" 2>send.err # it may be gone
    done
    # shellcheck disable=SC2086 # several words
    wait $killers
    for i in 1 2 3 4 5 6 7 8; do
        eval "over l$i \$process$i"
        [ "$status" -eq 0 ] || [ "$status" -eq 2 ] || fail "l$i: exit status $status"
        is_whole "l$i" || fail "l$i: $(tail -n 1 l$i.err)"
    done
}

perform short_and_interrupted_calls_change_nothing short_and_interrupted_copies_are_the_same \
    a_read_that_fails_is_said a_disk_that_becomes_full_is_said memory_that_ends_is_said \
    a_file_that_is_too_large_keeps_no_other_from_being_read what_is_not_learnt_is_said \
    sockets_that_refuse_change_nothing connections_that_refuse_change_nothing all_is_sent \
    clocks_that_go_wrong_keep_nothing_from_ending \
    a_clock_that_stands_still_makes_nobody_busy a_signal_at_any_call_ends_files \
    a_signal_at_any_call_ends_pipes a_signal_ends_a_pipe_that_is_idle \
    files_behind_a_pipe_that_is_ended_are_told_of what_comes_with_the_signal_is_shown \
    a_signal_at_any_call_ends_sending a_signal_at_any_call_ends_listening \
    signals_under_load_lose_nothing
