#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Statistics, and the tap that others may listen to.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

statistics_count_by_exporter_domain_and_template ()
{
    capture two.pcap <<END
$template
$data
$data
000a0024 6553f101 00000009 00000001 01000014 c0000201 c6336401 00000000000004b0
src=192.0.2.77 $template9
src=192.0.2.77 $data9
END
    shark -q -r two.pcap -z nfpeek,tree
    nothing_is_broken
    shows '^Messages by exporter +6 '
    shows '192.0.2.1:40000 IPFIX domain 1 +4 '
    shows '192.0.2.77:40000 NetFlow v9 Source ID 1 +2 '
    shows '^ +Messages +4 '
    shows '^ +Template 256: flows +3 '
    shows '^ +Template Records +1 '
    shows '^ +lost, by sequence number +8 '
    shows '^ +lost, by sequence number +0 '
}

statistics_count_findings ()
{
    golden bad-template-missing
    shark -q -r bad-template-missing.pcap -z nfpeek,tree
    shows '^Findings +1 '
    shows '^ +error template-missing +1 '
    shows '^ +Template 256 missing: Sets +1 '
}

statistics_take_a_filter ()
{
    sample softflowd-v9.pcap
    shark -q -r softflowd-v9.pcap -z nfpeek,tree,nfpeek.octets==4000
    shows '^ +flows +15 '
    shark -q -r softflowd-v9.pcap -z nfpeek,tree,nfpeek.octets==4001
    shows '^Messages by exporter +0 '
}

expert_infos_are_a_tap_too ()
{
    golden bad-set-length
    shark -q -r bad-set-length.pcap -z expert
    shows 'Malformed +nfpeek +Set Length 3'
}

scripts_can_listen ()
{
    as_user tshark --version 2>/dev/null | grep -qE 'with Lua|\+Lua|Lua [0-9]' || {
        skip 'this tshark has no Lua'
        return
    }
    sample softflowd-v9.pcap
    cat >listen.lua <<'END'
local listener = Listener.new ("nfpeek")
local n = 0
function listener.packet () n = n + 1 end
function listener.draw () print ("Messages heard: " .. n) end
END
    shark -q -r softflowd-v9.pcap -X lua_script:listen.lua
    shows 'Messages heard: 1'
}

io_statistics_can_add_up ()
{
    capture three.pcap <<END
time=1700000000 $template
time=1700000001 $data
time=1700000002 $data
END
    shark -q -r three.pcap -z 'io,stat,10,SUM(nfpeek.octets)nfpeek.octets'
    shows ' 2400 '
}

perform statistics_count_by_exporter_domain_and_template statistics_count_findings \
    statistics_take_a_filter expert_infos_are_a_tap_too scripts_can_listen io_statistics_can_add_up
