#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Who gets a port, nfpeek or the built-in cflow; Decode As; IPFIX Files.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

# is_shown_by PROTOCOL TSHARK-ARGUMENT...: of the last layer of the one frame.
is_shown_by ()
{
    protocol=$1
    shift
    shark "$@" -T fields -e frame.protocols
    grep -qE "(^|:)$protocol\$" out || fail "not shown by $protocol"
}

# is_not_shown_by PROTOCOL TSHARK-ARGUMENT...
is_not_shown_by ()
{
    protocol=$1
    shift
    shark "$@" -T fields -e frame.protocols
    ! grep -qE "(^|:)$protocol\$" out || fail "shown by $protocol"
}

on_port ()
{
    capture "$1.pcap" <<END
dport=$1 sport=40000 $template
END
}

the_six_cases_of_who_gets_a_port ()
{
    on_port 2055
    is_shown_by nfpeek -r 2055.pcap
    is_shown_by nfpeek -r 2055.pcap -o cflow.netflow.ports:2055
    is_shown_by cflow -r 2055.pcap -o nfpeek.replace_cflow:FALSE
    is_shown_by cflow -r 2055.pcap -d udp.port==2055,cflow
    is_shown_by nfpeek -r 2055.pcap -o cflow.netflow.ports:9999
    is_shown_by nfpeek -r 2055.pcap -o cflow.netflow.ports:9999 -o nfpeek.replace_cflow:FALSE
}

cflow_has_its_ports_where_nfpeek_is_disabled ()
{
    on_port 2055
    on_port 4739
    is_shown_by cflow -r 2055.pcap --disable-protocol nfpeek
    is_shown_by cflow -r 4739.pcap --disable-protocol nfpeek
    is_not_shown_by cflow -r 2055.pcap --disable-protocol nfpeek --disable-protocol cflow
}

each_usual_port_is_nfpeeks ()
{
    for port in 2055 2056 4432 4739 9001 9025 9995 9996; do
        echo "dport=$port sport=40000 $template"
    done | capture usual.pcap
    shark -r usual.pcap -o nfpeek.heuristics:FALSE -T fields -e frame.protocols
    [ "$(grep -c ':nfpeek$' out)" -eq 8 ] || fail 'not all ports'
}

ports_are_a_preference ()
{
    on_port 7777
    on_port 2055
    is_not_shown_by nfpeek -r 7777.pcap -o nfpeek.heuristics:FALSE
    is_shown_by nfpeek -r 7777.pcap -o nfpeek.heuristics:FALSE -o nfpeek.udp.ports:7000-8000
    is_shown_by cflow -r 2055.pcap -o nfpeek.udp.ports:7777
}

decode_as_nfpeek_works ()
{
    on_port 7777
    is_shown_by nfpeek -r 7777.pcap -o nfpeek.heuristics:FALSE -d udp.port==7777,nfpeek
    capture tcp.pcap <<END
protocol=6 9c4022b8 00000001 00000000 50102000 00000000 $template
END
    is_not_shown_by nfpeek -r tcp.pcap
    is_shown_by nfpeek -r tcp.pcap -d tcp.port==8888,nfpeek
    capture sctp.pcap <<END
protocol=132 9c4022b8 00000000 00000000 00030034 00000001 00000000 00000000 $template
END
    is_not_shown_by nfpeek -r sctp.pcap
    is_shown_by nfpeek -r sctp.pcap -d sctp.port==8888,nfpeek
}

a_file_of_ipfix_opens_with_nfpeek ()
{
    octets "$template" "$data" >messages.ipfix
    finds messages.ipfix 2 nfpeek
    finds messages.ipfix 1 'nfpeek.octetDeltaCount == 1200 and nfpeek.set.template == 1'
    is_shown_by cflow -r messages.ipfix -c 1 -o nfpeek.replace_cflow:FALSE
}

perform the_six_cases_of_who_gets_a_port cflow_has_its_ports_where_nfpeek_is_disabled \
    each_usual_port_is_nfpeeks ports_are_a_preference decode_as_nfpeek_works \
    a_file_of_ipfix_opens_with_nfpeek
