#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# -i: what comes at an interface, here the loopback one of a network namespace of its own: nobody
# else's datagrams are in it, and frames of any kind can be put there.

# shellcheck source=tests/command/interface.sh
. "$(dirname -- "$0")/interface.sh"

# briefly ARGUMENT...: run, of what may go on and should not.
briefly ()
{
    start live "$@"
    finish "$started"
    cp live.out out
    cp live.err err
}

datagrams_are_shown_at_once_in_any_view ()
{
    make_capture
    for view in 'messages|IPFIX.*1 Template' 'tree|Template 256' 'json|"templates":' 'jsonl|"version":5' \
        'flows|198\.51\.100\.1' 'csv|198\.51\.100\.1' 'hex|^0000  00 0a 00 24'; do
        watch -T "${view%|*}"
        inject x.pcap
        live_shows "${view#*|}"
        watched
        exits 0
        says '^nfpeek: packets captured: 5; Messages: 5; records decoded: 3; '
    done
}

messages_are_the_default_and_others_come_at_the_end ()
{
    make_capture
    watch
    inject x.pcap
    live_shows '192\.0\.2\.1:40000 +NetFlow v5'
    watched
    exits 0
    shows '^ +1 +20[0-9-]*T[0-9:.]*Z +192\.0\.2\.1:40000 +IPFIX'
    watch -T summary
    inject x.pcap
    sleep 0.3
    [ ! -s live.out ] || fail 'the summary came early'
    watched TERM
    exits 0
    shows 'nfpeek -T findings -i lo$'
    shows '192\.0\.2\.1:40000 +NetFlow v9'
}

what_is_sent_to_a_collector_is_seen ()
{
    make_capture
    collect
    watch -d "$port" -T jsonl
    run --send "127.0.0.1:$port" x.pcap
    live_shows '"version":5'
    watched
    exits 0
    collected 3
    sed 's/"time":"[^"]*",//' collected.out >expected
    sed 's/"time":"[^"]*",//' out | cmp -s expected - || fail 'it is not what the collector got'
}

# Of what is not to be seen there is some in each, which the kernel must have left out.
some_ports_are_usual ()
{
    for port in 2055 2056 4432 4739 4740 9001 9025 9995 9996 53 6343; do
        echo "dport=$port $template"
    done | capture x.pcap
    watch
    inject x.pcap
    live_shows '^ +9 '
    watched
    says 'packets captured: 9; Messages: 9;'
}

what_is_no_message_is_not_counted_as_one ()
{
    printf '%s\n' "dport=2055 $template" 'dport=2055 68656c6c6f20776f726c64' | capture x.pcap
    watch
    inject x.pcap
    live_shows 'no Message'
    watched
    says '^nfpeek: packets captured: 2; Messages: 1; '
}

# sees_three ARGUMENT...: -i with these, three Messages of those in x.pcap.
sees_three ()
{
    watch "$@"
    inject x.pcap
    live_shows '^ +3 '
    watched
    exits 0
    says 'packets captured: 3; Messages: 3;'
}

d_and_filters_choose_others ()
{
    for port in 2055 53 60 61 6343; do
        echo "dport=$port $template"
    done | capture x.pcap
    sees_three -d 53,60-61
    watch -d "$(seq -s , 1 2 149),60"
    inject x.pcap
    live_shows '^ +3 '
    watched
    says 'packets captured: 3; Messages: 3;'
    sees_three -f 'port 53 or portrange 60-61'
    sees_three port 53 or port 60 or port 61
    sees_three -T messages '(' port 53 or portrange 60-61 ')' -n
}

tags_and_fragments_are_let_through ()
{
    six='src=2001:db8::1 dst=2001:db8::9'
    for kind in '' fragment=16 "$six" "$six fragment=16"; do
        for tags in '' vlan=10 vlan=10,20; do
            echo "dport=9996 $kind $tags $template"
            echo "dport=53 $kind $tags $template"
        done
    done | capture x.pcap
    watch -T jsonl --fail-on=never
    inject x.pcap
    sleep 0.5
    watched
    # of port 53 what came in fragments of IPv6, of which all must be let through
    says 'Messages: 15;'
    watch -d 9996
    inject x.pcap
    sleep 0.5
    watched
    says 'Messages: 12;'
}

# Nobody listens: the kernel says so with ICMP, whichever the version of IP.
who_is_unreachable_is_seen ()
{
    for address in 127.0.0.1 '[::1]'; do
        watch -T jsonl
        run --send "$address:9995" -x "$template"
        exits 2
        wait_until file_has live.err 'collector-unreachable' || fail "ICMP is not seen from $address"
        watched
    done
}

tcp_is_followed ()
{
    { printf 'dport=4739 seq=1 %s\n' "$template"; printf 'dport=4739 seq=37 %s\n' "$data"; } | capture x.pcap
    watch -T jsonl
    inject x.pcap
    live_shows '"transport":"TCP"'
    watched
    exits 0
}

data_is_held_for_its_template ()
{
    printf '%s\n' "$data" "$template" | capture x.pcap
    watch -T jsonl
    inject x.pcap
    live_shows '"held":true'
    watched
    exits 0
    says 'template-late'
}

c_ends_it ()
{
    make_capture
    watch -c 2
    inject x.pcap
    finish "$watcher"
    exits 0
    [ "$(grep -c IPFIX live.out)" -eq 2 ] || fail 'not two Messages'
}

it_ends_by_itself_and_tells_in_between ()
{
    make_capture
    watch --for 4s --every 1s -T summary
    inject x.pcap
    live_shows '^---- after 2 s ----$'
    kill -USR1 "$watcher"
    wait_until file_has live.err 'packets captured: 5; Messages: 5;' || fail 'SIGUSR1 tells nothing'
    finish "$watcher"
    exits 0
    [ "$(grep -c 'packets captured' live.err)" -eq 2 ] || fail 'no closing line'
    grep -q '192\.0\.2\.1:40000 *NetFlow v9' live.out || fail 'no summary'
}

nothing_at_all_is_said ()
{
    watch
    watched
    exits 2
    says 'lo: no NetFlow or IPFIX Message: 0 packets'
    echo "dport=9995 protocol=1 0800" | capture x.pcap
    watch -f icmp
    inject x.pcap
    sleep 0.3
    watched
    exits 2
    says 'no NetFlow or IPFIX Message: 1 packet'
    watch -q
    watched
    exits 2
    says_not 'packets captured'
}

what_comes_is_written ()
{
    make_capture
    watch -w y.pcap
    inject x.pcap
    live_shows 'NetFlow v5'
    watched KILL
    run -T jsonl y.pcap
    shows_lines 3
    shows '"exporter":"192\.0\.2\.1"'
}

evidence_is_taken ()
{
    printf '%s\n' "$template" "$data" "$(echo "$data" | sed 's/^000a0024/000a0025/')" | capture x.pcap
    watch --evidence y.pcap
    inject x.pcap
    live_shows 'message-length'
    watched
    exits 1
    says '^nfpeek: y\.pcap: [23] datagrams that show '
    run -q -T messages y.pcap
    shows 'message-length'
}

# The kernel keeps frames for a moment.
what_came_before_the_end_is_shown ()
{
    make_capture
    watch -T jsonl
    inject x.pcap
    watched
    exits 0
    shows_lines 3
    says 'Messages: 5;'
}

# rights_of PROCESS: its users, groups and capabilities, in a line.
rights_of ()
{
    sed -n 's/^\(Uid\|Gid\|Groups\|CapPrm\|CapEff\):[[:space:]]*//p' "/proc/$1/status" | tr -s '\t ' ' ' | tr '\n' ' '
}

# has_proc: else the test is skipped: nothing tells what a process may do, nor where its program is.
has_proc ()
{
    [ -e /proc/self/status ] || { skip 'no /proc'; return 1; }
}

# is_somebody UID GID: the watcher has no rights any more, and writes what is this user's.
is_somebody ()
{
    rights_of "$watcher" | grep -qE "^$1 $1 $1 $1 $2 $2 $2 $2 ($2 ?)* ?0+ 0+ \$" ||
        fail "it has $(rights_of "$watcher")"
    make_capture
    inject x.pcap
    live_shows 'NetFlow v5'
    watched
    exits 0
    [ "$(stat -c %u:%g y.pcap)" = "$1:$2" ] || fail "what is written is $(stat -c %u:%g y.pcap)'s"
    rm -f y.pcap
}

root_becomes_who_called_sudo ()
{
    has_proc || return
    chmod 777 .
    SUDO_UID=65534 SUDO_GID=65533 export SUDO_UID SUDO_GID
    watch -w y.pcap
    is_somebody 65534 65533
    SUDO_UID=123456
    watch -w y.pcap
    is_somebody 123456 65533
    unset SUDO_UID SUDO_GID
}

root_becomes_who_is_named ()
{
    has_proc || return
    chmod 777 .
    user=$(awk -F : '$3 > 0 { print $1; exit }' /etc/passwd)
    watch --user "$user" -w y.pcap
    is_somebody "$(id -u "$user")" "$(id -g "$user")"
    briefly -i lo --user no-such-user
    exits 2
    says "^nfpeek: --user: there is no user 'no-such-user'$"
}

# The right that the program's file may have.
capabilities_are_given_back ()
{
    has_proc || return
    [ -z "${NFPEEK_UNDER-}" ] || { skip 'the command is a script'; return; }
    chmod 755 .
    cp "$NFPEEK" nfpeek
    chmod 755 nfpeek
    if ! setcap cap_net_raw+ep nfpeek 2>/dev/null ||
        ! setpriv --reuid=65534 --regid=65534 --clear-groups ./nfpeek --version >/dev/null 2>&1; then
        skip 'no file can have capabilities'
        return
    fi
    command='./nfpeek -i lo'
    "$PERL" -e 'alarm 60; exec @ARGV' setpriv --reuid=65534 --regid=65534 --clear-groups \
        ./nfpeek -i lo >live.out 2>live.err </dev/null &
    watcher=$!
    background="$background $watcher"
    wait_until file_has live.err '^nfpeek: ' || fail 'says nothing'
    file_has live.err '^nfpeek: capturing on lo$' || fail "$(cat live.err)"
    rights_of "$watcher" | grep -q ' 0* 0* $' || fail "it has $(rights_of "$watcher")"
    make_capture
    inject x.pcap
    live_shows 'NetFlow v5'
    watched
    exits 0
}

root_without_sudo_stays ()
{
    has_proc || return
    watch -w y.pcap
    rights_of "$watcher" | grep -q '^0 0 0 0 0 0 0 0 ' || fail "it has $(rights_of "$watcher")"
    watched
}

who_may_not_is_told_what_it_takes ()
{
    has_proc || return
    command -v setpriv >/dev/null || { skip 'no setpriv'; return; }
    chmod 755 .
    cp "$NFPEEK" nfpeek 2>/dev/null && ./nfpeek --version >/dev/null 2>&1 || { skip 'it cannot be copied'; return; }
    chmod 755 nfpeek
    setpriv --reuid=65534 --regid=65534 --clear-groups ./nfpeek -i lo >out 2>err
    status=$?
    exits 2
    says '^nfpeek: not permitted to capture on lo: that takes CAP_NET_RAW\. .*setcap cap_net_raw\+ep /'
}

# It is stopped while more comes than the kernel keeps for it.
what_is_not_read_in_time_is_told ()
{
    make_capture
    "$PERL" -e 'print "snap=60000 000a", "00" x 60000, "\n" for 1 .. 300' | capture y.pcap
    watch -T stats
    kill -STOP "$watcher"
    for i in 1 2 3 4 5 6; do
        inject y.pcap
    done
    kill -CONT "$watcher"
    sleep 0.5
    inject x.pcap
    wait_until file_has live.err 'datagram-dropped' || fail 'not said'
    watched
    says 'octet 0: warning: [0-9]+ datagrams came before this one, but the kernel dropped them'
    says 'dropped by the kernel: [1-9]'
}

# What comes in place of export is told by its ports.
silence_is_said_with_what_comes ()
{
    printf '%s\n' 'dport=161 3003020101' 'dport=161 3003020101' 'dport=53 3003020101' | capture y.pcap
    watch -f udp
    inject y.pcap
    sleep 10.5
    watched
    says '^nfpeek: no export packet for 10 s; others captured: 3 packets; UDP ports: 161 .*2, 53 .*1$'
}

# both ARGUMENT...: starts to capture and to listen, at 127.0.0.1, port $port.
both ()
{
    start live -i lo -l 127.0.0.1:0 "$@"
    watcher=$started
    wait_until file_has live.err '^nfpeek: capturing on lo' || fail "$(cat live.err)"
    port=$(sed -n 's/^nfpeek: listening on UDP .*:\([1-9][0-9]*\)$/\1/p' live.err)
}

# -i and -l: the kernel takes no frame with a foreign address to 127.0.0.1, and nobody hears of it.
what_the_socket_never_gets_is_said ()
{
    make_capture
    both -T findings --json --ignore=export-time-skew
    for to in 127.0.0.1 127.0.0.9 203.0.113.9 239.1.1.1; do
        printf '%s\n' "$template" "$data" | sed "s/^/src=192.0.2.7 dst=$to dport=$port /"
    done | capture y.pcap
    run --send "127.0.0.1:$port" x.pcap
    inject y.pcap
    wait_until file_has live.err 'from 192\.0\.2\.7:40000 to 239\.1\.1\.1:' || fail "$(cat live.err)"
    watched
    exits 0
    shows '"exporter":"127\.0\.0\.1","verdict":"healthy"'
    shows '"exporter":"192\.0\.2\.7","verdict":"lossy".* 6 datagrams did not reach the collector'
    shows '"code":"collector-unreachable".*"count":[246],.*captured on its way to UDP port [0-9]*, but it never reached the socket'
    says "^nfpeek: lo has datagrams from 192\.0\.2\.7:40000 to 127\.0\.0\.1:$port that do not reach the socket: a firewall"
    says "to 127\.0\.0\.9:$port that do not reach the socket: nfpeek does not listen on that address \(-l $port takes all\)"
    says "to 203\.0\.113\.9:$port .*: 203\.0\.113\.9 is no address of this host"
    says "to 239\.1\.1\.1:$port .*: nobody joined the group: -l 239\.1\.1\.1:$port does"
    says '^nfpeek: datagrams received: 5; '
    says '^nfpeek: seen on lo to these ports: 13; of these did not reach the socket: 8$'
    says "^nfpeek: 192\.0\.2\.7:40000 to 127\.0\.0\.1:$port: 2 of 2 did not reach the socket\$"
}

# Remarks are posted with the rest.
what_is_missing_names_nobody_with_anonymize ()
{
    both -T findings --anonymize
    printf '%s\n' "$template" "$data" | sed "s/^/src=192.0.2.7 dst=203.0.113.9 dport=$port /" |
        capture y.pcap
    inject y.pcap
    wait_until file_has live.err 'do not reach the socket; whose and why is not said' ||
        fail "$(cat live.err)"
    watched
    says '^nfpeek: seen on lo to these ports: 2; of these did not reach the socket: 2$'
    says_not '192\.0\.2\.7|203\.0\.113\.9'
    [ "$(grep -c 'not said' err)" -eq 1 ] || fail 'said more than once'
}

what_the_socket_gets_is_not_missed ()
{
    make_capture
    both -T jsonl -w z.pcap
    for i in 1 2 3 4 5 6 7 8; do
        run --send "127.0.0.1:$port" --rate 100 x.pcap
    done
    # what is no export is nobody's loss
    printf '%s\n' "src=192.0.2.7 dst=127.0.0.1 dport=$port 68656c6c6f20776f726c64" \
        "src=192.0.2.7 dst=127.0.0.1 dport=1$port 68656c6c6f20776f726c64" | capture y.pcap
    inject y.pcap
    sleep 1.2
    watched
    exits 0
    shows_not collector-unreachable
    says_not collector-unreachable
    says '^nfpeek: datagrams received: 40; '
    run -q -T stats --json z.pcap
    shows '"messages":40,'
    # port unreachable is seen as well
    both -T messages
    printf '%s\n' "src=127.0.0.1 dst=192.0.2.9 dport=$port icmp=3,3 quote=64 $template" | capture y.pcap
    inject y.pcap
    live_shows 'collector-unreachable'
    watched
}

what_is_wrong_is_said ()
{
    make_capture
    briefly -i nosuch
    exits 2
    says "^nfpeek: there is no interface 'nosuch': 'nfpeek -D' lists those there are$"
    briefly -i 99
    exits 2
    says '^nfpeek: there is no interface 99: '
    briefly -i lo udp prot 2055
    exits 2
    says "^nfpeek: 'udp prot 2055' is no capture filter: .*syntax error"
    for arguments in '-i lo -l tcp:127.0.0.1:0' '-i lo -x 00' '-i lo -r x.pcap' '-i lo x.pcap' '-i lo -i any' \
        '-i lo -f udp port 53' '-f udp x.pcap' '--user nobody x.pcap' '-i lo --send 127.0.0.1:9'; do
        # shellcheck disable=SC2086
        briefly $arguments
        exits 2
        shows_nothing
        says '^nfpeek: .*(-i|capture filters)'
    done
    "$PERL" -e 'socket my $s, 2, 2, 0 or exit 1;
        my $request = pack ("Z16 s x22", "lo", 0x48);
        ioctl $s, 0x8914, $request or exit 1'
    briefly -i lo
    exits 2
    says "^nfpeek: interface lo is down: 'ip link set lo up' brings it up$"
    "$PERL" -e 'socket my $s, 2, 2, 0 or exit 1;
        my $request = pack ("Z16 s x22", "lo", 0x49);
        ioctl $s, 0x8914, $request or exit 1'
}

interfaces_are_listed_and_have_numbers ()
{
    make_capture
    run -D
    exits 0
    says_nothing
    shows '^1\. '
    shows '^[0-9]+\. lo \(Loopback\)$'
    cp out expected
    run --list-interfaces
    shows_same expected
    number=$(sed -n 's/^\([0-9]*\)\. lo .*/\1/p' out)
    start live -i "$number"
    watcher=$started
    wait_until file_has live.err '^nfpeek: capturing on lo$' || fail "$(cat live.err)"
    watched
    start live -i any
    watcher=$started
    wait_until file_has live.err '^nfpeek: capturing on any$' || fail "$(cat live.err)"
    inject x.pcap
    live_shows 'NetFlow v5'
    watched
    exits 0
}

perform datagrams_are_shown_at_once_in_any_view messages_are_the_default_and_others_come_at_the_end \
    what_is_sent_to_a_collector_is_seen some_ports_are_usual \
    what_is_no_message_is_not_counted_as_one d_and_filters_choose_others \
    tags_and_fragments_are_let_through who_is_unreachable_is_seen tcp_is_followed data_is_held_for_its_template c_ends_it \
    it_ends_by_itself_and_tells_in_between nothing_at_all_is_said silence_is_said_with_what_comes what_comes_is_written evidence_is_taken what_came_before_the_end_is_shown what_is_not_read_in_time_is_told what_the_socket_never_gets_is_said what_is_missing_names_nobody_with_anonymize what_the_socket_gets_is_not_missed root_becomes_who_called_sudo \
    root_becomes_who_is_named capabilities_are_given_back root_without_sudo_stays who_may_not_is_told_what_it_takes \
    what_is_wrong_is_said interfaces_are_listed_and_have_numbers
