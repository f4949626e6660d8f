#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Bad input and bad output: a clear sentence, the right exit status, and the other files are done.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

make_capture ()
{
    printf '%s\n' "$template" "$data" | capture x.pcap
}

# says_of FILE PATTERN: one line about the file, exit status 2, nothing shown.
says_of ()
{
    exits 2
    shows_nothing
    says "^nfpeek: $1: .*$2"
    [ "$(wc -l <err)" -eq 1 ] || fail 'not one line'
}

what_cannot_be_read_is_said ()
{
    mkdir folder
    : >empty
    printf 'no such thing as hex\n' >words
    printf '\001\002\003\004\005\006\007\010' >garbage
    printf '\n' >blank
    run -T json missing
    says_of missing 'No such file'
    run -T json folder
    says_of folder 'no capture in this folder'
    run -T json empty
    says_of empty 'empty'
    for file in words garbage blank; do
        run -T json $file
        says_of $file 'neither a capture nor .*Messages nor hex'
    done
    run -T json -x 'nothing here'
    exits 2
    says 'nothing here'
}

# is_harmless WORDS: it was said with these words, and with nothing that a terminal obeys.
is_harmless ()
{
    says "$1"
    ! LC_ALL=C grep -q "[$(printf '\001-\010\013-\037\233')]" err || fail 'control characters'
}

nothing_said_harms_a_terminal ()
{
    red=$(printf '\033[31m')
    shown='\\x1b\[31m'
    run -T jsonl "${red}missing.pcap"
    is_harmless "^nfpeek: ${shown}missing.pcap: No such file"
    run -x "zz$red"
    is_harmless "no hexadecimal text in 'zz$shown'"
    run -T "$red"
    is_harmless "there is no view '$shown'"
    run -T "$(printf '\302\23331m')"
    is_harmless "there is no view '.u009b31m'"
    run "--$red"
    is_harmless "'--$shown' is no option"
    run "-$red"
    is_harmless 'there is no option -.x1b'
    run -T csv -e "$red" -x "$data5"
    is_harmless "no element is called '$shown'"
    run --elements "$red.csv" -x "$data5"
    is_harmless "$shown.csv: No such file"
    run --list-elements "$red"
    is_harmless "no element or name has '$shown'"
    echo 'dport=514 3c31333e' | capture "$red.pcap"
    run -T jsonl "$red.pcap"
    is_harmless "^nfpeek: $shown.pcap: no NetFlow"
    run -T jsonl --packets 1,7 "$red.pcap"
    is_harmless "^nfpeek: $shown.pcap: packet 7: there is only"
    echo "$template" >"$red.hex"
    run -T jsonl "$red.hex"
    is_harmless "^nfpeek: $shown.hex: 1 line"
    "$PERL" -e 'print ((shift () . "\n") x 10)' "$data" | capture "$red.pcap"
    run -T jsonl "$red.pcap"
    is_harmless "^nfpeek: $shown.pcap: packet 1: octet 16: error"
    is_harmless "^nfpeek: $shown.pcap: 5 more of template-missing"
}

a_text_is_quoted_in_whole_characters ()
{
    run -x "zz$(printf 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz€')zz"
    exits 2
    says "no hexadecimal text in 'z{39}'[.]{3}$"
    run -x "$(printf 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz€')"
    says "no hexadecimal text in 'z{37}€'$"
}

a_file_is_no_text ()
{
    echo "$template" >zz.txt
    run -x zz.txt
    exits 2
    says "no hexadecimal text in 'zz.txt', but a file of that name: name it without -x$"
}

a_long_text_is_refused ()
{
    head -c 67108865 /dev/zero | tr '\0' ' ' >long.txt
    run -T json long.txt
    says_of long.txt 'text is read up to 64 MiB only'
    { octets "$data5" && head -c 67108864 /dev/zero; } >long.dat
    run -q -c 1 -T json long.dat
    shows_lines 1
}

permission_is_needed ()
{
    make_capture
    chmod 0 x.pcap
    if [ "$(id -u)" -ne 0 ]; then
        run x.pcap
    elif command -v setpriv >/dev/null && setpriv --reuid=65534 --regid=65534 --clear-groups \
        "$NFPEEK" --version >out 2>err; then
        chmod 755 .
        command='nfpeek x.pcap as nobody'
        setpriv --reuid=65534 --regid=65534 --clear-groups "$NFPEEK" x.pcap >out 2>err
        status=$?
    else
        skip 'root may read everything'
        return
    fi
    says_of x.pcap 'Permission denied'
}

captures_that_end_too_soon_are_said_to ()
{
    make_capture
    size=$(wc -c <x.pcap)
    head -c 10 x.pcap >cut.pcap
    run -T json cut.pcap
    says_of cut.pcap 'truncated'
    head -c 24 x.pcap >cut.pcap
    run -T json cut.pcap
    says_of cut.pcap '0 packets'
    head -c $((size - 5)) x.pcap >cut.pcap
    run -T json cut.pcap
    exits 2
    says 'cut.pcap: the file ends within packet 2, which is not decoded: .*truncated'
    shows_lines 1
    printf '%s\n' "$template" "$data" | capture x.pcapng --pcapng
    head -c $(($(wc -c <x.pcapng) - 5)) x.pcapng >cut.pcapng
    run -T json cut.pcapng
    exits 2
    says 'cut.pcapng: the file ends within packet 2, which is not decoded: .*truncated'
    shows_lines 1
}

# As tools write that capture on several interfaces, or put captures together.
interfaces_of_two_kinds_are_told_of ()
{
    printf '%s\n' "$template" "$data" | capture both.pcapng --pcapng
    printf '%s\n' "$data" | capture raw.pcapng --pcapng --link=raw
    cat raw.pcapng >>both.pcapng
    run -T messages both.pcapng
    exits 2
    shows_lines 3
    says 'both.pcapng: after packet 2: .*of the first interface \(.*Wireshark with .*plugin does\)$'
}

a_link_type_that_is_not_known_is_named ()
{
    make_capture
    { head -c 20 x.pcap && printf '\223\0\0\0' && tail -c +25 x.pcap; } >user.pcap
    run -T json user.pcap
    says_of user.pcap 'link type 147'
}

without_a_message_the_ports_are_named ()
{
    {
        echo 'sport=53 dport=5555 0001010000010000'
        echo 'dport=514 3c31333e'
        echo 'dport=6343 00000005000000010a00000100000000000000010000000100000000'
        echo 'arp=1 00'
    } | capture x.pcap
    run -T json x.pcap
    says_of x.pcap '4 packets; .*53 .DNS. 1'
    says '514 .syslog. 1'
    says '6343 .sFlow. 1'
}

sflow_is_sflow_on_any_port ()
{
    echo 'dport=2055 00000005000000010a00000100000000000000010000000100000000' | capture x.pcap
    run -T jsonl x.pcap
    exits 2
    says 'error: .*sFlow version 5'
    run -T json x.pcap
    exits 2
    shows '"code":"message-version".*sFlow version 5'
    shows_not '"sets"'
    run x.pcap
    exits 2
    shows 'sFlow version 5'
}

other_files_are_done ()
{
    make_capture
    echo 'dport=514 3c31333e' | capture none.pcap
    : >empty
    run -T jsonl missing empty none.pcap x.pcap empty
    exits 2
    shows_lines 1
    says missing
    says 'empty: the file is empty'
    says 'none.pcap: no NetFlow'
}

findings_beyond_some_are_counted ()
{
    "$PERL" -e 'print ((shift () . "\n") x 100)' "$data" | capture x.pcap
    run -T jsonl x.pcap
    exits 1
    says 'more of template-missing'
    [ "$(wc -l <err)" -lt 20 ] || fail 'too many lines'
    run -T json x.pcap
    [ "$(grep -c '"template-missing"' out)" -eq 100 ] || fail 'not all in -T json'
}

q_is_quiet ()
{
    printf '%s\n' "$data" | capture x.pcap
    run -q -T jsonl x.pcap
    exits 1
    says_nothing
    run -q -x "$template"
    says_nothing
    run -q missing
    exits 2
    says missing
}

findings_tell_file_packet_octet_and_section ()
{
    printf '%s\n' "$template" "$data" | sed '2s/01000014/01000003/' | capture x.pcap
    run -T jsonl x.pcap
    exits 1
    says '^nfpeek: x.pcap: packet 2: octet 16: error: .*3 .*\[set-length, RFC 7011 3.3.2\]$'
    run -T json x.pcap
    says_nothing
    run -T tree x.pcap
    says_nothing
    shows 'error.*set-length'
}

o_writes_a_file ()
{
    make_capture
    run -T jsonl x.pcap
    cp out expected
    echo 'longer than what will be written, and so something would be left of it if it were not cut
        if the file were not emptied first' >result
    cat expected expected >>result
    run -T jsonl -o result x.pcap
    exits 0
    shows_nothing
    cmp -s expected result || fail 'another file'
    run -T jsonl -o - x.pcap
    exits 0
    shows_same expected
    [ ! -e - ] || fail 'there is a file called -'
    run -T jsonl -o missing/result x.pcap
    exits 2
    says 'missing/result: No such file'
}

a_full_disk_is_said ()
{
    [ -c /dev/full ] || { skip 'no /dev/full' && return; }
    make_capture
    for view in summary messages tree flows json jsonl csv; do
        run -T $view -o /dev/full x.pcap
        exits 2
        says 'cannot write /dev/full: No space'
    done
    for arguments in '-T json x.pcap' --help --version --list-findings '--list-elements octets'; do
        command="nfpeek $arguments >/dev/full"
        # shellcheck disable=SC2086 # several words
        "$NFPEEK" $arguments >/dev/full 2>err
        status=$?
        exits 2
        says 'standard output.*No space'
        [ "$(wc -l <err)" -eq 1 ] || fail 'not one line'
    done
}

# No file that is opened takes the place of what is closed.
closed_descriptors_are_no_files ()
{
    make_capture
    run -T hex x.pcap
    cp out expected
    command='nfpeek -w y.pcap x.pcap >&-'
    "$NFPEEK" -T hex -w y.pcap x.pcap >&- 2>err
    status=$?
    exits 2
    says 'cannot write standard output: Bad file'
    run -T hex y.pcap
    shows_same expected
    echo "$data" | capture lacking.pcap
    run -T hex lacking.pcap
    cp out expected
    command='nfpeek -w z.pcap lacking.pcap 2>&-'
    "$NFPEEK" -T jsonl -w z.pcap lacking.pcap >out 2>&-
    run -T hex z.pcap
    shows_same expected
    command='nfpeek - <&-'
    "$NFPEEK" -T hex - <&- >out 2>err
    status=$?
    exits 2
    says '^nfpeek: -: Bad file descriptor'
}

a_closed_pipe_is_no_trouble ()
{
    "$PERL" -e 'print shift, "\n", (shift () . "\n") x 20000' "$template" "$data" | capture x.pcap
    for view in messages tree json jsonl; do
        command="nfpeek -T $view x.pcap | head -n 1"
        "$NFPEEK" --ignore=sequence-late -T $view x.pcap 2>err | head -n 1 >out
        shows_lines 1
        says_nothing
    done
    "$NFPEEK" --list-elements 2>err | head -n 1 >out
    says_nothing
}

perform what_cannot_be_read_is_said nothing_said_harms_a_terminal \
    a_text_is_quoted_in_whole_characters a_file_is_no_text a_long_text_is_refused \
    permission_is_needed captures_that_end_too_soon_are_said_to \
    interfaces_of_two_kinds_are_told_of a_link_type_that_is_not_known_is_named without_a_message_the_ports_are_named \
    sflow_is_sflow_on_any_port other_files_are_done findings_beyond_some_are_counted q_is_quiet \
    findings_tell_file_packet_octet_and_section o_writes_a_file a_full_disk_is_said \
    a_closed_pipe_is_no_trouble closed_descriptors_are_no_files
