#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Collecting on a UDP port of loopback: what comes is shown at once, SIGINT ends it with a summary.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/command/background.sh
. "$NFPEEK_SOURCE/tests/command/background.sh"

"$PERL" -MSocket -e 'socket my $s, AF_INET, SOCK_DGRAM, 0 or exit 1;
    bind $s, pack_sockaddr_in (0, INADDR_LOOPBACK) or exit 1' || skip_all 'no UDP on loopback'

collector=

port ()
{
    sed -n 's/^nfpeek: listening on [TU][CD]P .*:\([1-9][0-9]*\)$/\1/p' err
}

has_port ()
{
    [ -n "$(port)" ]
}

# out_has PATTERN: it has been written.
out_has ()
{
    grep -qE -- "$1" out
}

# start ARGUMENT...: nfpeek in the background. A shell makes what it starts there ignore SIGINT;
# nfpeek gets it back, to be stopped as a user would.
start ()
{
    command="nfpeek $*"
    : >out
    : >err
    "$PERL" -e '$SIG{INT} = $SIG{HUP} = "DEFAULT"; exec @ARGV' "$NFPEEK" "$@" >out 2>err </dev/null &
    collector=$!
    background=$collector
    wait_until has_port || fail 'does not say where it listens'
}

# stop [SIGNAL]: ends it; its exit status is in $status.
stop ()
{
    kill -"${1-INT}" "$collector"
    wait "$collector"
    status=$?
    collector=
    background=
}

send ()
{
    "$PERL" -MSocket -e '
        my ($port, @messages) = @ARGV;
        socket my $s, AF_INET, SOCK_DGRAM, 0 or die;
        connect $s, pack_sockaddr_in ($port, INADDR_LOOPBACK) or die;
        for (@messages) { tr/ //d; send $s, pack ("H*", $_), 0 }' "$(port)" "$@"
}

# send_to FAMILY ADDRESS MESSAGE...: the same over inet or inet6.
send_to ()
{
    "$PERL" -MSocket=:all -e '
        my ($family, $address, $port, @messages) = @ARGV;
        my $v6 = $family eq "inet6";
        my $to = inet_pton ($v6 ? AF_INET6 : AF_INET, $address);
        socket my $s, $v6 ? AF_INET6 : AF_INET, SOCK_DGRAM, 0 or die;
        setsockopt $s, IPPROTO_IP, IP_MULTICAST_IF, INADDR_LOOPBACK unless $v6;
        for (@messages) {
            tr/ //d;
            send $s, pack ("H*", $_), 0, $v6 ? pack_sockaddr_in6 ($port, $to)
                                             : pack_sockaddr_in ($port, $to) or die "$!\n"
        }' "$1" "$2" "$(port)" "$3"
}

it_says_where_it_listens ()
{
    start -l 127.0.0.1:0
    says '^nfpeek: listening on UDP 127\.0\.0\.1:[1-9][0-9]*$'
    stop
    exits 2
    says 'received: 0'
}

a_datagram_is_shown_at_once_in_any_view ()
{
    for view in 'messages|1 Template' 'tree|Template 256' 'json|"templates":'; do
        start -l 127.0.0.1:0 -T "${view%|*}"
        send "$template"
        wait_until out_has "${view#*|}" || fail 'not shown'
        stop
        exits 0
    done
    for view in jsonl flows csv; do
        start -l 127.0.0.1:0 -T $view
        send "$template" "$data"
        wait_until out_has '198\.51\.100\.1' || fail 'not shown'
        stop
        exits 0
        says 'received: 2; records decoded: 1; not decodable: 0 '
    done
}

messages_are_the_default ()
{
    start -l 127.0.0.1:0
    send "$template"
    wait_until out_has '127\.0\.0\.1:[0-9]+ +IPFIX.*1 Template' || fail 'not shown'
    stop
    exits 0
}

the_summary_comes_at_the_end ()
{
    start -l 127.0.0.1:0 -T summary
    send "$template" "$data" "$data5"
    sleep 0.3
    shows_nothing
    stop
    exits 0
    shows '127\.0\.0\.1:[0-9]+ +IPFIX'
    shows '127\.0\.0\.1:[0-9]+ +NetFlow v5'
}

data_is_held_for_its_template ()
{
    start -l 127.0.0.1:0 -T jsonl
    send "$data" "$template" "$data"
    wait_until out_has '"packet":3' || fail 'not shown'
    [ "$(grep -c '"held":true' out)" -eq 1 ] || fail 'not one record is held'
    stop
    says 'template-late'
    says 'records decoded: 2; not decodable: 0 '
}

a_filter_chooses_what_is_shown ()
{
    start -l 127.0.0.1:0 -T jsonl -Y 'octets == 1200 and exporter == 127.0.0.0/8'
    send "$data" "$template" "$data5" "${data%04b0}04b1" "$data"
    wait_until out_has '"packet":5' || fail 'not shown'
    stop
    exits 0
    shows_lines 3
    shows '"packet":1,.*"held":true'
    shows_not '"packet":4'
    says 'received: 5; records decoded: 4, shown: 3; not decodable: 0 '
}

sums_come_at_the_end ()
{
    start -l 127.0.0.1:0 --sum octets,src -c 1
    send "$template" "$data" "$data5" "$data"
    sleep 0.3
    shows_nothing
    stop
    exits 0
    shows '^192\.0\.2\.1 +3600 +100\.0% +3$'
    shows_lines 3
}

a_template_from_another_port_will_do ()
{
    start -l 127.0.0.1:0 -T jsonl
    send "$data"
    send "$template"
    wait_until out_has '"held":true' || fail 'not shown'
    stop
    says 'template-foreign'
}

what_never_gets_its_template_is_counted ()
{
    start -l 127.0.0.1:0 -T jsonl
    send "$data"
    wait_until grep -q template-missing err || fail 'not received'
    stop
    exits 1
    shows_nothing
    says 'records decoded: 0; not decodable: 1 Data Set.*, 16 octets'
}

what_is_no_message_is_counted ()
{
    start -l 127.0.0.1:0 -T json
    send 0000000500000001 "$template"
    wait_until out_has '"templates":' || fail 'not shown'
    stop
    exits 1
    shows 'sFlow'
    says 'received: 2; .*, 8 octets'
}

c_ends_it ()
{
    start -l 127.0.0.1:0 -T jsonl -c 2
    send "$template" "$data" "$data"
    wait "$collector"
    status=$?
    collector=
    background=
    exits 0
    shows_lines 1
}

sigterm_ends_it_too ()
{
    start -l 127.0.0.1:0 -T jsonl
    send "$template" "$data"
    wait_until out_has 1200 || fail 'not shown'
    stop TERM
    exits 0
    says 'received: 2'
}

a_port_in_use_is_said ()
{
    start -l 127.0.0.1:0
    taken=$(port)
    "$NFPEEK" -l "127.0.0.1:$taken" >out2 2>err2
    status=$?
    exits 2
    grep -q "^nfpeek: cannot listen on UDP 127.0.0.1:$taken: " err2 || fail "$(cat err2)"
    stop
}

# Who has it, what waits there, and how to watch it all the same.
# has_proc: else the test is skipped: nothing tells who listens.
has_proc ()
{
    [ -e /proc/net/udp ] || { skip 'no /proc'; return 1; }
}

a_busy_port_is_explained ()
{
    has_proc || return
    start -l 127.0.0.1:0
    taken=$(port)
    kill -STOP "$collector"
    send "$template"
    name=$(cat "/proc/$collector/comm") # nfpeek's, or that of what runs it
    for address in "127.0.0.1:$taken" "$taken"; do
        "$NFPEEK" -l "$address" >out2 2>err2
        grep -qE ": $name \(process $collector\) listens there already; [1-9][0-9]* octets \
wait in its queue, 0 datagrams were dropped; nfpeek -i any -f 'udp port $taken'" err2 ||
            fail "$(cat err2)"
    done
    kill -CONT "$collector"
    stop
}

both_versions_of_ip_come ()
{
    start -l 0 -T jsonl
    if ! send_to inet6 ::1 "$template" 2>/dev/null; then
        skip 'no IPv6 on loopback'
        stop
        return
    fi
    send_to inet6 ::1 "$data"
    wait_until out_has '"exporter":"::1"' || fail 'not shown'
    send "$template" "$data"
    wait_until out_has '"exporter":"127.0.0.1"' || fail 'not shown'
    stop
    exits 0
    says '^nfpeek: listening on UDP 0\.0\.0\.0:[0-9]+ and \[::\]:[0-9]+$'
}

a_group_is_joined ()
{
    start -l 239.255.70.7%lo:0 -w y.pcap
    if ! send_to inet 239.255.70.7 "$template" 2>/dev/null || ! wait_until out_has Template; then
        skip 'no multicast on loopback'
    fi
    stop
    [ -n "$reason" ] || "$PERL" -0777 -ne 'exit !/\xef\xff\x46\x07/' y.pcap ||
        fail 'what is written was not sent to the group'
}

# It is stopped while more comes than the kernel keeps for it.
what_the_kernel_drops_is_said ()
{
    start -l 127.0.0.1:0 -T stats
    kill -STOP "$collector"
    "$PERL" -MSocket -e '
        socket my $s, AF_INET, SOCK_DGRAM, 0 or die;
        connect $s, pack_sockaddr_in ($ARGV[0], INADDR_LOOPBACK) or die;
        send $s, pack ("nnNx12 x60000", 5, 0, 0), 0 for 1 .. 3000' "$(port)"
    kill -CONT "$collector"
    sleep 0.5
    send "$template"
    wait_until grep -q 'datagram-dropped' err || fail 'not said'
    stop
    says 'packet [0-9]+: octet 0: warning: [0-9]+ datagrams came before this one, but the kernel'
    says 'dropped by the kernel: [1-9]'
}

# Who may not have more than net.core.rmem_max is told so.
a_small_buffer_is_said ()
{
    most=$(cat /proc/sys/net/core/rmem_max 2>/dev/null) || most=33554432
    if [ "$most" -ge 33554432 ] || [ "$(id -u)" -eq 0 ]; then
        skip 'it is as large as it should be'
        return
    fi
    start -l 127.0.0.1:0
    stop
    says "the kernel keeps $((most / 1024)) KiB of what is not read yet, not the 32768 asked for"
    start -q -l 127.0.0.1:0
    stop
    says_not 'the kernel keeps'
}

what_is_no_address_is_said ()
{
    for address in 70000 127.0.0.1: x:y 127.0.0.1:70000; do
        run -l $address
        exits 2
        says "$address"
    done
}

two_ports ()
{
    [ "$(port | wc -l)" -eq 2 ]
}

several_ports_may_be_listened_on ()
{
    start -l 127.0.0.1:0 -l 127.0.0.1:0 -T json
    wait_until two_ports || fail 'not two ports'
    stop
}

# Written as it comes, so that nothing is lost with the process.
what_comes_is_written_as_a_capture ()
{
    start -l 127.0.0.1:0 -T jsonl -w y.pcap
    send "$data" "$template" "$data"
    wait_until out_has '"packet":3' || fail 'not shown'
    "$NFPEEK" -q -T hex y.pcap >written
    stop KILL
    [ "$(grep -c '^#.* 127\.0\.0\.1:' written)" -eq 3 ] || fail 'not three Messages are written'
    run -q -T csv -e time,src y.pcap
    shows_lines 3
    shows '^20[0-9-]*T[0-9:]*\.[0-9]*Z,192\.0\.2\.1$'
}

# A file is looked at as a whole: the data is late in it, that waited for its Template here.
the_evidence_is_written_at_the_end ()
{
    start -l 127.0.0.1:0 -T jsonl --evidence e.pcap
    send "$data" "$template" "$data" "$data"
    wait_until out_has '"packet":4' || fail 'not shown'
    stop
    says '^nfpeek: e\.pcap: [1-5] datagrams that show [1-9] findings$'
    run -T messages --fail-on=never e.pcap
    shows 'template-late'
    shows_lines 4
}

listen_alone_is_port_9001 ()
{
    if "$NFPEEK" -l 9001 --for 1s 2>&1 | grep -q 'listens there already'; then
        skip 'the port is busy'
        return
    fi
    start --listen
    says '^nfpeek: listening on UDP (0\.0\.0\.0:9001 and \[::\]:9001|0\.0\.0\.0:9001)$'
    stop
    start --listen=127.0.0.1:0
    stop
}

# finish: waits until it ends by itself.
finish ()
{
    wait "$collector"
    status=$?
    collector=
    background=
}

for_ends_it ()
{
    start -l 127.0.0.1:0 -T jsonl --for 1s
    send "$template" "$data"
    finish
    exits 0
    shows_lines 1
    says 'received: 2; records decoded: 1; .*; lost by sequence numbers: 0; dropped by the kernel: 0$'
    start -l 127.0.0.1:0 --for 1 --fail-on=warning
    finish
    exits 2
}

loss_is_in_the_last_line ()
{
    start -l 127.0.0.1:0 -T jsonl
    send "$template" "$data" "000a0024 6553f101 00000005 ${data#000a0024 6553f101 00000000 }"
    wait_until out_has '"packet":3' || fail 'not shown'
    stop
    says '; lost by sequence numbers: 4 records; '
}

# has_headings N: so many times it has been shown what there was.
has_headings ()
{
    [ "$(grep -c '^---- after [0-9]* s ----$' out)" -ge "$1" ]
}

# What is shown at last is what is shown without --every.
every_shows_what_there_is_so_far ()
{
    for view in '-T summary' '-T templates' '-T findings' '-T stats' '--sum octets,src'; do
        # shellcheck disable=SC2086 # two words
        start -l 127.0.0.1:0 $view --every 1s
        send "$data" "$template" "$data"
        wait_until has_headings 2 || fail "not shown twice: $view"
        stop
        exits 0
        # shellcheck disable=SC2016 # Perl's variables
        "$PERL" -0777 -ne 'my (undef, @parts) = split /^---- (?:after \d+ s|in the end) ----\n/m;
            exit !($parts[0] eq $parts[1] && $parts[0] eq $parts[-1] . "\n" &&
                length $parts[0] > 40)' out || fail "not the same each time: $view"
    done
    start -l 127.0.0.1:0 -T stats --json --every 1s
    send "$template"
    wait_until lines_are 2 || fail 'not shown twice'
    stop
    shows_not '^[^{]'
    run -l 127.0.0.1:0 -T flows --every 1s
    exits 2
    says 'every goes with -T summary, -T findings, -T templates, -T stats, and with --sum without -T$'
    run -l 127.0.0.1:0 --sum octets -T csv --every 1s
    exits 2
}

lines_are ()
{
    [ "$(wc -l <out)" -ge "$1" ]
}

# send_slowly MESSAGE...: from one port, a Message with "2s" before it two seconds after the others.
send_slowly ()
{
    "$PERL" -MSocket -e '
        socket my $s, AF_INET, SOCK_DGRAM, 0 or die;
        connect $s, pack_sockaddr_in (shift, INADDR_LOOPBACK) or die;
        for (@ARGV) { s/ //g; sleep $1 if s/^(\d)s//; send $s, pack ("H*", $_), 0 }' "$(port)" "$@"
}

# What is said of a whole domain is said so far, and counts for nothing if it proves untrue.
what_is_said_of_a_domain_so_far_is_taken_back ()
{
    for view in findings summary; do
        start -l 127.0.0.1:0 -T $view --every 1s --fail-on=note --ignore=export-time-skew,flow-time-base,template-lacks
        send_slowly "$template" "$template" "2s$data"
        wait_until has_headings 3 || fail "not shown: $view"
        stop
        exits 0
        says_not export-no-data
        "$PERL" -0777 -ne 'my (undef, @parts) = split /^---- (?:after \d+ s|in the end) ----\n/m;
            exit !($parts[0] =~ /export-no-data/ && $parts[-1] !~ /export-no-data/)' out ||
            fail "not said at first, or at last: $view"
    done
}

# And where it stays true, each time by what came so far.
what_is_said_of_a_domain_is_said_anew ()
{
    for view in findings summary; do
        start -l 127.0.0.1:0 -T $view --every 1s
        send_slowly "$template" "$template" "2s$template"
        wait_until out_has '1 Template in 3 Messages, but no data' || fail "not said anew: $view"
        stop
        shows '1 Template in 2 Messages, but no data'
    done
}

# What was said of a Set, and is not true any more, comes back when it is true again.
a_letter_written_twice_takes_back_and_adds ()
{
    start -l 127.0.0.1:0 -T findings --every 1s
    send "$data"
    wait_until out_has 'error template-missing' || fail 'not said'
    send "$template"
    wait_until out_has 'warning template-foreign' || fail 'not said'
    send "${data%0100001*}0101001${data#*0100001}"
    wait_until has_headings 4
    stop
    exits 1
    "$PERL" -0777 -ne '@letters = split /^----/m; exit !(grep (!/error template-missing/, @letters) &&
        $letters[-1] =~ /error template-missing, 1 time/)' out || fail 'not taken back, or not added'
}

silence_is_said ()
{
    start -l 127.0.0.1:0 -T jsonl
    send "68656c6c6f" "68656c6c6f"
    "$NFPEEK" -l 127.0.0.1:0 -T jsonl >out2 2>err2 </dev/null &
    other=$!
    wait_until grep -q 'listening' err2
    "$PERL" -MSocket -e 'my ($port, $message) = @ARGV;
        socket my $s, AF_INET, SOCK_DGRAM, 0 or die;
        connect $s, pack_sockaddr_in ($port, INADDR_LOOPBACK) or die;
        $message =~ tr/ //d;
        send $s, pack ("H*", $message), 0 for 1 .. 3' "$(sed -n 's/.*:\([0-9]*\)$/\1/p' err2)" "$data"
    sleep 10.5
    kill "$other"
    stop
    says '^nfpeek: no export packet for 10 s; others on the ports listened to: 2 packets; UDP ports: [0-9]+ 2$'
    grep -q '^nfpeek: nothing could be decoded for 10 s; 3 export packets came; Templates' err2 &&
        grep -qE ' waited for: 256 of 127\.0\.0\.1 domain 1: (9|10) s, 3 Sets held$' err2 ||
        fail "$(cat err2)"
}

usr1_asks_for_what_came ()
{
    start -q -l 127.0.0.1:0 -T jsonl
    send "$template" "$data"
    wait_until out_has '1200' || fail 'not shown'
    kill -USR1 "$collector"
    wait_until grep -q 'received: 2; records decoded: 1' err || fail 'not said'
    send "$template" "$data"
    wait_until lines_are 2 || fail 'does not go on'
    stop
    exits 0
    [ "$(grep -c received err)" -eq 1 ] || fail 'is said more than once'
}

# As after rotation: what came before is in the renamed files, what comes after in new ones.
hup_reopens_what_is_written ()
{
    start -l 127.0.0.1:0 -T csv -e src,octets -o x.csv -w x.pcap
    send "$template" "$data"
    wait_until grep -q 1200 x.csv || fail 'not written'
    kill -HUP "$collector" # nothing has moved
    send "$template" "$data5"
    wait_until grep -q '192.0.2.1,1200' x.csv
    sleep 0.2
    mv x.csv old.csv
    mv x.pcap old.pcap
    kill -HUP "$collector"
    wait_until test -s x.csv || fail 'no new file'
    send "${template}" "${data%04b0}04b1"
    wait_until grep -q 1201 x.csv || fail 'not written to the new one'
    stop
    exits 0
    cp x.csv out
    shows '^src,octets$'
    shows_lines 2
    cp old.csv out
    shows_lines 3
    run -T messages old.pcap
    shows_lines 5
    run -T csv -e octets x.pcap
    shows '^1201$'
    shows_lines 2
}

# The folder is gone: nothing can be made there, and the old file is written on.
hup_keeps_a_file_where_none_can_be_made ()
{
    mkdir folder
    start -l 127.0.0.1:0 -T jsonl -o folder/x
    mv folder elsewhere
    kill -HUP "$collector"
    wait_until grep -q 'cannot write folder/x' err || fail 'not said'
    send "$template" "$data"
    wait_until grep -q 1200 elsewhere/x || fail 'not written on'
    stop
    exits 0
}

# Without a file to write SIGHUP means that the terminal is gone.
hup_ends_it_otherwise ()
{
    start -l 127.0.0.1:0 -T jsonl
    stop HUP
    exits 129
}

what_lies_in_the_socket_is_decoded_at_the_end ()
{
    start -l 127.0.0.1:0 -T jsonl
    kill -STOP "$collector"
    # shellcheck disable=SC2046 # two hundred words
    send "$template" $(yes "$data" | tr -d ' ' | head -n 200)
    kill -INT "$collector"
    kill -CONT "$collector"
    finish
    exits 0
    says 'received: 201; records decoded: 200; '
}

# A view that takes long, as a pager that nobody turns, does not keep it from ending.
a_second_sigint_ends_it_at_once ()
{
    mkfifo pipe
    "$PERL" -e '$SIG{INT} = $SIG{HUP} = "DEFAULT"; exec @ARGV' "$NFPEEK" -l 127.0.0.1:0 -T jsonl >pipe 2>err \
        </dev/null &
    collector=$!
    background=$collector
    exec 3<pipe
    wait_until has_port
    "$PERL" -MSocket -e 'my ($port, @messages) = @ARGV;
        socket my $s, AF_INET, SOCK_DGRAM, 0 or die;
        connect $s, pack_sockaddr_in ($port, INADDR_LOOPBACK) or die;
        for (@messages) { tr/ //d; $_ = pack "H*", $_ }
        send $s, $messages[0], 0;
        send $s, $messages[1], 0 for 1 .. 2000' "$(port)" "$template" "$data"
    sleep 0.3
    kill -INT "$collector"
    sleep 0.3
    stop INT
    exec 3<&-
    exits 130
}

# connect_and CODE ARGUMENT...: Perl with a function open_one(), which gives a connection, and put(),
# which sends hex at once.
connect_and ()
{
    code=$1
    shift
    "$PERL" -MSocket=:all -e '
        $SIG{PIPE} = "IGNORE";
        my $port = shift;
        sub open_one {
            socket my $s, AF_INET, SOCK_STREAM, 0 or die;
            setsockopt $s, IPPROTO_TCP, TCP_NODELAY, 1;
            connect $s, pack_sockaddr_in ($port, INADDR_LOOPBACK) or die "$!\n";
            return $s;
        }
        sub put { my ($s, $hex) = @_; syswrite $s, pack "H*", $hex =~ tr/ //dr }
        sub pause { select undef, undef, undef, $_[0] }
        '"$code" "$(port)" "$@"
}

# Messages in pieces: octet by octet, several in one.
tcp_is_framed_by_length ()
{
    start -l tcp:127.0.0.1:0 -T jsonl
    says '^nfpeek: listening on TCP 127\.0\.0\.1:'
    connect_and 'my ($template, $data) = @ARGV; my $s = open_one ();
        for my $octet (unpack "(A2)*", $template =~ tr/ //dr) { put ($s, $octet) }
        put ($s, "$data $data"); pause (0.1); $data =~ tr/ //d; put ($s, substr $data, 0, 50);
        pause (0.1); put ($s, substr $data, 50)' "$template" "$data"
    wait_until lines_are 3 || fail 'not shown'
    stop
    exits 0
    says '^nfpeek: Messages received: 4; records decoded: 3; not decodable: 0 '
    says_not 'stream-gap|truncated'
}

# One sends nothing, one half a Message: the third is read all the same.
slow_connections_keep_nobody_waiting ()
{
    start -l tcp:127.0.0.1:0 -T jsonl
    connect_and 'my ($template, $data) = @ARGV; my ($silent, $slow, $s) = map open_one (), 1 .. 3;
        put ($slow, substr $template, 0, 44); put ($s, "$template $data"); pause (1)' \
        "$template" "$data" &
    sender=$!
    wait_until out_has 1200 || fail 'not shown'
    kill "$sender"
    wait "$sender" 2>/dev/null
    wait_until grep -q 'message-truncated' err || fail 'the half Message is not said'
    stop
    exits 0
}

# A Template lives as long as its connection.
the_end_of_a_connection_ends_the_session ()
{
    start -l tcp:127.0.0.1:0 -T jsonl
    connect_and 'my ($template, $data) = @ARGV; my $s = open_one (); put ($s, "$template $data")' \
        "$template" "$data"
    wait_until out_has 1200 || fail 'not shown'
    sleep 0.2
    connect_and 'put (open_one (), $ARGV[0]); pause (0.2)' "$data"
    wait_until grep -q template-missing err || fail 'its Template is still there'
    stop
    exits 1
    says 'not decodable: 1 Data Set '
}

# While one connection is open, another one of the exporter may use what it sent.
connections_are_sessions ()
{
    start -l tcp:127.0.0.1:0 -T jsonl
    connect_and 'my ($template, $data) = @ARGV; my ($a, $b) = (open_one (), open_one ());
        put ($a, $template); pause (0.2); put ($b, $data); pause (0.2); put ($a, $data);
        pause (0.2)' "$template" "$data"
    wait_until lines_are 2 || fail 'not shown'
    stop
    exits 0
    [ "$(grep -c template-foreign err)" -eq 1 ] || fail 'not one of them is foreign'
}

what_is_no_message_over_tcp_is_skipped ()
{
    start -l tcp:127.0.0.1:0 -T jsonl
    connect_and 'my ($template, $data) = @ARGV; my $s = open_one ();
        put ($s, $template); put ($s, "ff" x 100); put ($s, $data); put ($s, $data)' \
        "$template" "$data"
    wait_until lines_are 2 || fail 'does not go on'
    stop
    says 'TCP: packet [0-9]+: .*skipped 100 octets.*stream-gap'
}

connections_beyond_the_limit_are_refused ()
{
    # shellcheck disable=SC3045 # dash, bash and busybox have it
    if [ "$(ulimit -n)" -lt 700 ]; then
        skip 'too few open files'
        return
    fi
    start -l tcp:127.0.0.1:0 -T jsonl
    connect_and 'my ($template, $data) = @ARGV; my @all = map open_one (), 1 .. 510;
        put ($all[0], "$template $data"); put ($all[499], "$template $data"); pause (0.5);
        shift @all; pause (0.3); my $s = open_one (); put ($s, "$template $data"); pause (0.3)' \
        "$template" "$data"
    wait_until lines_are 3 || fail 'not shown'
    stop
    exits 0
    says 'there are 500 connections, and nfpeek takes no more: that of 127\.0\.0\.1:[0-9]+ is refused'
    [ "$(grep -c limit-reached err)" -eq 1 ] || fail 'is said more than once'
    start -l tcp:127.0.0.1:0 -T jsonl --anonymize
    connect_and 'my @all = map open_one (), 1 .. 505; pause (0.3)'
    wait_until grep -q limit-reached err || fail 'not refused'
    stop
    says 'nfpeek takes no more: another is refused '
}

# Many datagrams do not keep the connection waiting.
udp_and_tcp_go_together ()
{
    start -l tcp:127.0.0.1:0 -l 127.0.0.1:0 -T jsonl
    wait_until two_ports || fail 'not two ports'
    # shellcheck disable=SC2046 # two words
    "$PERL" -MSocket -e 'my ($tcp, $udp, $template, $data) = @ARGV;
        tr/ //d, $_ = pack "H*", $_ for $template, $data;
        socket my $t, AF_INET, SOCK_STREAM, 0 or die;
        connect $t, pack_sockaddr_in ($tcp, INADDR_LOOPBACK) or die;
        socket my $u, AF_INET, SOCK_DGRAM, 0 or die;
        connect $u, pack_sockaddr_in ($udp, INADDR_LOOPBACK) or die;
        send $u, $template, 0;
        send $u, $data, 0 for 1 .. 200;
        syswrite $t, "$template$data"' $(port) "$template" "$data"
    wait_until lines_are 201 || fail 'not all is shown'
    stop
    says '^nfpeek: datagrams and Messages of TCP received: 203; records decoded: 201; '
    shows '"packet":203,|"packet":202,'
}

a_busy_tcp_port_is_explained ()
{
    has_proc || return
    start -l tcp:127.0.0.1:0
    taken=$(port)
    "$NFPEEK" -l "tcp:$taken" >out2 2>err2
    grep -qE "^nfpeek: cannot listen on TCP $taken: [a-z0-9-]+ \\(process $collector\\) listens there" err2 ||
        fail "$(cat err2)"
    stop
}

metrics_have ()
{
    grep -qE -- "$1" m.prom
}

# Every ten seconds, whether anything comes or not, and at the end.
metrics_are_written_meanwhile ()
{
    start -l 127.0.0.1:0 -q --metrics m.prom
    metrics_have '^# EOF$' || fail 'no file yet'
    send "$template" "$data"
    wait_until metrics_have '^nfpeek_messages_total.* 2$' ||
        wait_until metrics_have '^nfpeek_messages_total.* 2$' || fail 'not written'
    metrics_have '^nfpeek_template_age_seconds[{].*,template="256"[}] 1?[0-9][.]' || fail 'no age'
    metrics_have '^nfpeek_dropped_datagrams_total 0$' || fail 'not what was dropped'
    send "$data"
    stop
    metrics_have '^nfpeek_messages_total.* 1$' || fail 'not written at the end'
    "$PERL" "$NFPEEK_SOURCE/tests/command/openmetrics.pl" m.prom >wrong || fail "$(cat wrong)"
}

perform it_says_where_it_listens a_datagram_is_shown_at_once_in_any_view messages_are_the_default \
    the_summary_comes_at_the_end data_is_held_for_its_template \
    a_filter_chooses_what_is_shown sums_come_at_the_end a_template_from_another_port_will_do \
    what_never_gets_its_template_is_counted what_is_no_message_is_counted c_ends_it \
    sigterm_ends_it_too a_port_in_use_is_said a_busy_port_is_explained both_versions_of_ip_come \
    a_group_is_joined what_the_kernel_drops_is_said a_small_buffer_is_said \
    what_is_no_address_is_said \
    several_ports_may_be_listened_on listen_alone_is_port_9001 \
    what_comes_is_written_as_a_capture the_evidence_is_written_at_the_end for_ends_it \
    loss_is_in_the_last_line every_shows_what_there_is_so_far what_is_said_of_a_domain_so_far_is_taken_back \
    what_is_said_of_a_domain_is_said_anew a_letter_written_twice_takes_back_and_adds silence_is_said usr1_asks_for_what_came \
    hup_reopens_what_is_written hup_keeps_a_file_where_none_can_be_made hup_ends_it_otherwise \
    what_lies_in_the_socket_is_decoded_at_the_end tcp_is_framed_by_length \
    slow_connections_keep_nobody_waiting the_end_of_a_connection_ends_the_session \
    connections_are_sessions what_is_no_message_over_tcp_is_skipped \
    connections_beyond_the_limit_are_refused udp_and_tcp_go_together a_busy_tcp_port_is_explained \
    a_second_sigint_ends_it_at_once metrics_are_written_meanwhile
