#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Templates from a template file, and how the plugin is built and installed.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

templates_come_from_a_template_file ()
{
    capture templates.pcap <<END
$template
END
    capture data.pcap <<END
$data
END
    chmod 644 ./*.pcap
    finds data.pcap 1 'nfpeek.finding.template_missing'
    shark -r data.pcap -o "nfpeek.template_file:$PWD/templates.pcap" -V
    shows 'octetDeltaCount: 1200 octets'
    shows 'Set 256: Data, Template from the template file'
    shows_not 'Template in frame'
}

what_the_command_remembers_is_a_template_file ()
{
    printf '%s\n' "$template" "$template9" | capture first.pcap
    run -q --templates templates.pcap first.pcap
    [ "$status" -eq 0 ] || fail "exit status $status"
    printf '%s\n' "$data" "$data9" | capture data.pcap
    chmod 644 ./*.pcap
    shark -r data.pcap -o "nfpeek.template_file:$PWD/templates.pcap" -Y 'nfpeek.octetDeltaCount == 1200'
    shows_lines 2
    shark -r templates.pcap -Y 'nfpeek.finding.sequence_gap or nfpeek.finding.set_length'
    shows_nothing
}

templates_come_over_tcp_too ()
{
    t=$(echo "$template" | tr -d ' ')
    capture templates.pcap <<END
seq=1 $(echo "$t" | cut -c1-40)
seq=21 $(echo "$t" | cut -c41-)
END
    echo "seq=1 sport=50000 $data" | capture data.pcap
    chmod 644 ./*.pcap
    shark -r data.pcap -o "nfpeek.template_file:$PWD/templates.pcap" -V
    shows 'octetDeltaCount: 1200 octets'
    shows 'came from another Transport Session'
}

a_template_of_the_file_goes_before_one_of_the_template_file ()
{
    capture templates.pcap <<END
000a0020 6553f100 00000000 00000001 00020010 01000002 00080004 000c000c
END
    capture both.pcap <<END
$template
$data
END
    chmod 644 ./*.pcap
    shark -2 -r both.pcap -o "nfpeek.template_file:$PWD/templates.pcap" -Y 'nfpeek.octetDeltaCount == 1200'
    shows_lines 1
}

a_template_file_that_cannot_be_read_is_told ()
{
    sample softflowd-v9.pcap
    echo 'no capture' >bad.pcap
    for file in bad.pcap missing.pcap; do
        shark -r softflowd-v9.pcap -o "nfpeek.template_file:$PWD/$file"
        [ "$status" -eq 0 ] || fail "exit status $status"
        says "nfpeek: template file $PWD/$file: [^/]+\$"
        shows 'NetFlow v9'
    done
}

the_plugin_shows_nothing_but_what_wireshark_looks_for ()
{
    nm -D --defined-only "$plugin" | grep -v ' [Aw] ' | sed 's/.* //' |
        grep -vE '^(__asan|__ubsan|__odr_asan)' | sort >out
    printf '%s\n' plugin_describe plugin_register plugin_version plugin_want_major \
        plugin_want_minor >expected
    diff expected out >err || fail 'other symbols'
    ! readelf -d "$plugin" | grep -q libnfpeek || fail 'it wants libnfpeek.so'
}

the_plugin_is_installed_where_wireshark_looks ()
{
    unset MAKEFLAGS MFLAGS MAKELEVEL
    command='make install'
    make -C "$NFPEEK_BUILD" install DESTDIR="$PWD/tree" >out 2>err || fail 'make install fails'
    [ -n "$(find tree -path "*/wireshark/plugins*/epan/nfpeek.so")" ] || fail 'no nfpeek.so'
    [ -z "$(find tree -name '*.la')" ] || fail 'a .la file'
    command='make install-plugin'
    HOME=/somebody make -C "$NFPEEK_BUILD" install-plugin DESTDIR="$PWD/tree" >out 2>err ||
        fail 'make install-plugin fails'
    [ -e "tree/somebody/.local/lib/wireshark/plugins/$NFPEEK_WIRESHARK/epan/nfpeek.so" ] ||
        fail 'no nfpeek.so in the home folder'
}

perform templates_come_from_a_template_file what_the_command_remembers_is_a_template_file \
    templates_come_over_tcp_too \
    a_template_of_the_file_goes_before_one_of_the_template_file \
    a_template_file_that_cannot_be_read_is_told \
    the_plugin_shows_nothing_but_what_wireshark_looks_for the_plugin_is_installed_where_wireshark_looks
