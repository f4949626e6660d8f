/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A registry of a few rows in place of the shipped one (common/builtin.h), for targets that make a
 * registry for every input, or compare a mistyped name with every row: a hundred times as many
 * inputs come to their turn.
 */
#include "common/builtin.h"

#define FILE(path, text)                                                                           \
    {                                                                                              \
        path, text, sizeof (text) - 1                                                              \
    }

/* clang-format off */
const NfBuiltin nf_builtins[] = {
    FILE ("values/protocolIdentifier.csv", "value,name\n1,ICMP\n6,TCP\n17,UDP\n"),
    FILE ("values/flowDirection.csv", "value,name\n0,ingress\n1,egress\n"),
    FILE ("values/tcpControlBits.csv", "mask,name\n0x1,FIN\n0x2,SYN\n0x4,RST\n0x10,ACK\n"),
    FILE ("values/dataRecordsReliability.csv", "value,name\n0,unreliable\n1,reliable\n"),
    FILE ("elements/enterprises.csv",
          "pen,key,name,netflow9\n9,cisco,Cisco Systems,32768\n6871,cert,CERT,\n"),
    FILE ("elements/iana.csv",
          "id,name,type,semantics,units,range,netflow9,names,flags\n"
          "1,octetDeltaCount,unsigned64,deltaCounter,octets,,IN_BYTES,,single\n"
          "2,packetDeltaCount,unsigned64,deltaCounter,packets,,IN_PKTS,,single\n"
          "4,protocolIdentifier,unsigned8,identifier,,,PROTOCOL,protocolIdentifier,single\n"
          "6,tcpControlBits,unsigned16,flags,,,TCP_FLAGS,tcpControlBits,single\n"
          "7,sourceTransportPort,unsigned16,identifier,,,L4_SRC_PORT,,single port\n"
          "8,sourceIPv4Address,ipv4Address,default,,,IPV4_SRC_ADDR,,single\n"
          "9,sourceIPv4PrefixLength,unsigned8,,bits,0-32,SRC_MASK,,single\n"
          "10,ingressInterface,unsigned32,identifier,,,INPUT_SNMP,,single\n"
          "11,destinationTransportPort,unsigned16,identifier,,,L4_DST_PORT,,single port\n"
          "12,destinationIPv4Address,ipv4Address,default,,,IPV4_DST_ADDR,,single\n"
          "14,egressInterface,unsigned32,identifier,,,OUTPUT_SNMP,,single\n"
          "15,ipNextHopIPv4Address,ipv4Address,default,,,IPV4_NEXT_HOP,,single\n"
          "16,bgpSourceAsNumber,unsigned32,identifier,,,SRC_AS,,single\n"
          "17,bgpDestinationAsNumber,unsigned32,identifier,,,DST_AS,,single\n"
          "21,flowEndSysUpTime,unsigned32,,milliseconds,,LAST_SWITCHED,,uptime single\n"
          "22,flowStartSysUpTime,unsigned32,,milliseconds,,FIRST_SWITCHED,,uptime single\n"
          "27,sourceIPv6Address,ipv6Address,default,,,IPV6_SRC_ADDR,,single\n"
          "28,destinationIPv6Address,ipv6Address,default,,,IPV6_DST_ADDR,,single\n"
          "32,icmpTypeCodeIPv4,unsigned16,identifier,,,ICMP_TYPE,,single icmp-type-code\n"
          "56,sourceMacAddress,macAddress,,,,IN_SRC_MAC,,single\n"
          "58,vlanId,unsigned16,identifier,,,SRC_VLAN,,single\n"
          "61,flowDirection,unsigned8,identifier,,0-1,DIRECTION,flowDirection,single\n"
          "70,mplsTopLabelStackSection,octetArray,default,,,MPLS_LABEL_1,,mpls-label\n"
          "80,destinationMacAddress,macAddress,,,,OUT_DST_MAC,,single\n"
          "82,interfaceName,string,,,,IF_NAME,,\n"
          "85,octetTotalCount,unsigned64,totalCounter,octets,,,,single\n"
          "152,flowStartMilliseconds,dateTimeMilliseconds,,milliseconds,,,,single\n"
          "153,flowEndMilliseconds,dateTimeMilliseconds,,milliseconds,,,,single\n"
          "210,paddingOctets,octetArray,default,,,,,padding\n"
          "276,dataRecordsReliability,boolean,default,,,,,\n"
          "291,basicList,basicList,list,,,,,\n"
          "320,absoluteError,float64,quantity,,,,,\n"
          "434,mibObjectValueInteger,signed32,identifier,,,,,\n"),
    FILE ("elements/pen-9.csv",
          "id,name,type,semantics,units,names,flags\n12235,applicationHttpHost,string,,,,\n"),
    FILE ("elements/common.csv",
          "name,elements\nsrc,8 27\ndst,12 28\naddr,src dst\nsport,7\ndport,11\nport,sport dport\n"
          "proto,4\noctets,1 85\npackets,2\nin_if,10\nout_if,14\n"
          "start,152 22\nend,153 21\nnext_hop,15\nsrc_as,16\ndst_as,17\nsrc_mac,56\n"
          "dst_mac,80\nvlan,58\n"),
};
/* clang-format on */

const guint nf_n_builtins = G_N_ELEMENTS (nf_builtins);
