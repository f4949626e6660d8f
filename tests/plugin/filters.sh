#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Display filters find the frames they should, columns and fields say what they should.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

# A capture of three datagrams: Templates, a record from 192.0.2.1 of 1200 octets, the same of v9.
three_datagrams ()
{
    capture three.pcap <<END
$template
$data
$data9
END
}

each_name_is_there_once_and_typed ()
{
    fields
    awk -F '\t' '$1 == "F" && $3 ~ /^nfpeek\./ { print $3 "\t" $4 }' out | sort >names
    [ "$(wc -l <names)" -gt 3500 ] || fail "only $(wc -l <names) fields"
    # three have two rows, one for each version's word
    cut -f 1 names | sort | uniq -d | grep -vx 'nfpeek.domain\|nfpeek.set.id\|nfpeek.template.field.id' >twice
    [ ! -s twice ] || fail "registered twice: $(cat twice)"
    while read -r name type; do
        printf '%s\t%s\n' "nfpeek.$name" "$type" >row
        grep -qxf row names || fail "no field $name of type $type"
    done <<'END'
sourceIPv4Address FT_IPv4
sourceIPv6Address FT_IPv6
octetDeltaCount FT_UINT64
sourceTransportPort FT_UINT16
flowStartMilliseconds FT_ABSOLUTE_TIME
sourceMacAddress FT_ETHER
samplingProbability FT_DOUBLE
dataRecordsReliability FT_BOOLEAN
interfaceName FT_STRINGZPAD
reverseOctetDeltaCount FT_UINT64
cisco.applicationHttpHost FT_STRINGZPAD
mplsTopLabelStackSection FT_BYTES
addr FT_IPv4
addr6 FT_IPv6
octets FT_UINT64
start FT_ABSOLUTE_TIME
duration FT_RELATIVE_TIME
icmp_type FT_UINT8
icmp_code FT_UINT8
finding FT_STRING
finding.set_length FT_NONE
END
}

each_finding_has_a_filter ()
{
    fields
    for code in $("$NFPEEK" --list-findings | sed 's/ .*//' | sort -u); do
        cut -f 3 out | grep -qx "nfpeek.finding.$(echo "$code" | tr - _)" ||
            fail "no filter for $code"
    done
}

filters_find_values ()
{
    three_datagrams
    finds three.pcap 3 'nfpeek'
    finds three.pcap 2 'nfpeek.version == 10'
    finds three.pcap 1 'nfpeek.sourceIPv4Address == 192.0.2.0/24'
    finds three.pcap 0 'nfpeek.sourceIPv4Address == 10.0.0.0/8'
    finds three.pcap 1 'nfpeek.octetDeltaCount > 1000'
    finds three.pcap 0 'nfpeek.octetDeltaCount > 1200'
    finds three.pcap 1 'nfpeek.record'
    finds three.pcap 1 'nfpeek.template.field.id == 8'
    finds three.pcap 1 'nfpeek.undecoded'
}

common_names_mean_the_same_for_every_exporter ()
{
    sample softflowd-v9.pcap
    sample softflowd-ipfix.pcap
    sample nfprobe-v9.pcap
    for file in softflowd-v9.pcap softflowd-ipfix.pcap nfprobe-v9.pcap; do
        frames $file 'nfpeek.src == 192.0.2.10'
        [ "$count" -ge 1 ] || fail "no source in $file"
        finds $file "$count" 'nfpeek.addr == 192.0.2.10 and nfpeek.src == 192.0.2.10'
        finds $file 1 'nfpeek.octets == 4000 and nfpeek.packets == 20 and nfpeek.duration >= 0.19'
        finds $file 0 'nfpeek.octets == 4001'
        frames $file 'nfpeek.src6 == 2001:db8:1::/48 and nfpeek.port == 53 and nfpeek.proto == 17'
        [ "$count" -ge 1 ] || fail "no IPv6 source in $file"
    done
    # IPFIX of softflowd does not say when the exporter started
    finds softflowd-v9.pcap 1 'nfpeek.start >= "2023-11-14 22:13:19.8" and nfpeek.end < "2023-11-14 22:13:21"'
}

values_go_by_their_names ()
{
    sample softflowd-v9.pcap
    finds softflowd-v9.pcap 1 'nfpeek.protocolIdentifier == "UDP"'
    finds softflowd-v9.pcap 1 'nfpeek.flowEndReason == "idle timeout"'
    finds softflowd-v9.pcap 1 'nfpeek.tcpControlBits & 0x02'
    finds softflowd-v9.pcap 0 'nfpeek.tcpControlBits & 0x80'
    golden good-ipfix-icmp
    finds good-ipfix-icmp.pcap 1 'nfpeek.icmpTypeIPv4 == "Destination Unreachable"'
    finds good-ipfix-icmp.pcap 1 'nfpeek.icmpTypeCodeIPv4 == "Port Unreachable"'
    golden good-netflow8
    finds good-netflow8.pcap 1 'nfpeek.aggregation == "source prefix" and nfpeek.engine_type == "VIP/Linecard"'
}

findings_are_filters ()
{
    three_datagrams
    golden bad-set-length
    finds bad-set-length.pcap 1 'nfpeek.finding.set_length'
    finds bad-set-length.pcap 1 'nfpeek.finding'
    finds bad-set-length.pcap 1 'nfpeek.finding == "set-length"'
    finds bad-set-length.pcap 1 '_ws.expert.severity == "Error"'
    finds three.pcap 1 'nfpeek.finding.template_missing'
    shark -o nfpeek.findings:FALSE -r three.pcap -Y nfpeek.finding
    shows_nothing
}

# A code may have rows of two severities.
a_finding_has_one_filter_whatever_its_severity ()
{
    golden odd-template-foreign
    golden odd-template-foreign-netflow9
    finds odd-template-foreign.pcap 1 'nfpeek.finding.template_foreign and _ws.expert.severity == "Warning"'
    finds odd-template-foreign-netflow9.pcap 1 'nfpeek.finding.template_foreign and _ws.expert.severity == "Note"'
}

unknown_elements_are_filters ()
{
    golden odd-element-unknown
    finds odd-element-unknown.pcap 1 'nfpeek.unknown == 12:34'
    finds odd-element-unknown.pcap 1 'nfpeek.unknown.pen == 32473 and nfpeek.unknown.id == 1'
    finds odd-element-unknown.pcap 0 'nfpeek.unknown.pen == 32474'
}

elements_of_the_user_are_fields ()
{
    golden odd-element-unknown
    mkdir -p "$home/.config/nfpeek/elements"
    printf 'id,name,type\n1,packetColour,unsigned16\n' >"$home/.config/nfpeek/elements/pen-32473.csv"
    finds odd-element-unknown.pcap 1 'nfpeek.32473.packetColour == 0x1234'
    settle
    rm -r "$home/.config/nfpeek"
}

# An element may be called as something else that filters know.
elements_of_the_user_take_no_names_away ()
{
    three_datagrams
    mkdir -p "$home/.config/nfpeek/elements"
    printf 'id,name,type\n1,octets,string\n2,set,string\n' >"$home/.config/nfpeek/elements/x.csv"
    finds three.pcap 3 'nfpeek.set'
    shark -r three.pcap -Y 'nfpeek.element.octets or nfpeek.element.set'
    [ "$status" -eq 0 ] || fail 'no such fields'
    settle
    rm -r "$home/.config/nfpeek"
}

fields_can_be_printed ()
{
    three_datagrams
    shark -r three.pcap -T fields -e nfpeek.sourceIPv4Address -e nfpeek.octets -e nfpeek.domain
    grep -qx "192.0.2.1	1200	1" out || fail 'not the fields of the record'
}

names_can_be_those_of_netflow9 ()
{
    sample softflowd-v9.pcap
    shark -r softflowd-v9.pcap -V -o nfpeek.names:netflow9
    shows '^ +IPV4_SRC_ADDR: 192.0.2.10$'
    shows '^ +IPV4_SRC_ADDR \(8\), ipv4Address, 4 octets$'
    finds softflowd-v9.pcap 1 'nfpeek.sourceIPv4Address == 192.0.2.10'
}

columns_say_what_is_there ()
{
    three_datagrams
    shark -r three.pcap
    shows 'IPFIX [0-9]+ domain 1, seq 0: 1 Template$'
    shows 'IPFIX [0-9]+ domain 1, seq 0: 1 flow \(256\)$'
    shows 'NetFlow v9 [0-9]+ Source ID 1, seq 1: data without Template 256 \[error: template-missing\]$'
}

strings_with_zeros_are_said_to_go_on ()
{
    capture zero.pcap <<END
000a001c 6553f100 00000000 00000001 0002000c 01000001 00520005
000a0019 6553f100 00000000 00000001 01000009 6162006364
000a0019 6553f100 00000001 00000001 01000009 6162636400
END
    shark -2 -r zero.pcap -V
    shows 'interfaceName: ab \(then a zero; 5 octets in all\)$'
    shows 'interfaceName: abcd$'
}

services_have_names_where_the_user_wants_them ()
{
    sample softflowd-v9.pcap
    command='tshark -N t'
    as_user tshark -N t -r softflowd-v9.pcap -V >out 2>err </dev/null
    shows '^ +sourceTransportPort: 53 \(domain\)$'
    shark -r softflowd-v9.pcap -V
    shows '^ +sourceTransportPort: 53$'
}

json_and_ek_have_the_fields ()
{
    three_datagrams
    shark -r three.pcap -T json
    shows '"nfpeek.sourceIPv4Address": "192.0.2.1"'
    shark -r three.pcap -T ek
    shows '"nfpeek_nfpeek_octetDeltaCount":"1200"'
}

# In hexadecimal Wireshark shows the digits that the type has, and leaves others out.
no_digits_are_left_out ()
{
    capture x.pcap <<'END'
000a0034 6553f100 00000000 00000001 00020010 01000002 00060004 01000004 01000014 0000001b 00000800 6553f103 00010800
END
    shark -r x.pcap -V
    shows ' tcpControlBits: 0x1b .FIN SYN PSH ACK.'
    shows ' ethernetType: IPv4 .0x0800.'
    shows ' tcpControlBits: 6553f103$'
    shows ' ethernetType: 00010800$'
    shark -r x.pcap -T fields -e nfpeek.tcpControlBits -e nfpeek.field.octets
    shows '^0x001b	6553f103,00010800$'
}

perform no_digits_are_left_out each_name_is_there_once_and_typed each_finding_has_a_filter \
    a_finding_has_one_filter_whatever_its_severity filters_find_values \
    common_names_mean_the_same_for_every_exporter values_go_by_their_names findings_are_filters \
    unknown_elements_are_filters elements_of_the_user_are_fields \
    elements_of_the_user_take_no_names_away fields_can_be_printed \
    names_can_be_those_of_netflow9 columns_say_what_is_there \
    strings_with_zeros_are_said_to_go_on \
    services_have_names_where_the_user_wants_them json_and_ek_have_the_fields
