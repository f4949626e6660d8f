#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Information Elements: looking them up, and those of the user.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

make_capture ()
{
    printf '%s\n' "$template" "$data" | capture x.pcap
}

# A Template with 32473/1, an element of the enterprise number for documentation, and a record.
own='000a0030 6553f100 00000000 00000001 00020010 01000001 80010001 00007ed9 01000005 07 000000'
own=$(echo "$own" | sed 's/000a0030/000a0025/; s/ 000000$//')

elements_are_found_by_any_word ()
{
    run --list-elements octetDelta
    exits 0
    shows '^1 +octetDeltaCount +unsigned64 +octets +IN_BYTES'
    shows '^29305/1 +reverseOctetDeltaCount'
    run --list-elements OCTETDELTA
    shows '^1 +octetDeltaCount'
    run --list-elements IN_BYTES
    shows '^1 +octetDeltaCount'
    run --list-elements cisco
    shows '^9/[0-9]+ +cisco\.'
    run --list-elements no-such-thing
    exits 2
    says 'no-such-thing'
    run --list-elements
    exits 0
    [ "$(wc -l <out)" -gt 1000 ] || fail 'not all of them'
}

names_that_are_no_elements_are_listed ()
{
    run --list-elements src
    shows '^Names of -e, -Y and --sum'
    shows '^src +source: .* \(8, 27, 44, 170\)$'
    run --list-elements sampling_rate
    exits 0
    printf '%s\n' 'Names of -e, -Y and --sum besides these (and the elements they stand for):' \
        'sampling_rate                   one packet in so many was looked at' >expected
    shows_same expected
    run --list-elements octetDelta
    shows_not '^Names'
    run --list-elements
    sed '1,/^Names/d' out >names
    [ "$(wc -l <names)" -gt 45 ] || fail 'not all names'
    ! grep -vE '^[a-z_]+ +[^ ]' names >lacking || fail "of a name it is not said what it means"
    cut -d ' ' -f 1 names | sort | uniq -d >twice
    [ ! -s twice ] || fail 'a name stands there twice'
    while read -r name _; do
        run -q -T csv -e "$name" -x "$template"
        exits 0
    done <names
}

slips_of_old_tables_are_mended ()
{
    run --list-elements
    shows '^50 +samplerRandomInterval '
    shows '^63 +bgpNextHopIPv6Address '
    shows '^89 +forwardingStatus '
}

an_element_can_be_added ()
{
    printf 'id,name,type\n1,packetColour,unsigned8\n' >pen-32473.csv
    printf 'pen,id,name,type\n32473,1,packetColour,unsigned8\n' >any.csv
    run -q -T jsonl -x "$own"
    exits 0
    shows '"32473/1":"07"\}$'
    for file in pen-32473.csv any.csv; do
        run -q --elements $file -T jsonl -x "$own"
        exits 0
        shows 'packetColour":7\}$'
        run --elements $file --list-elements colour
        shows '^32473/1 .*packetColour +unsigned8'
    done
    run -q --elements pen-32473.csv --fail-on=note -T jsonl -x "$own"
    exits 0
    run -q --fail-on=note -T jsonl -x "$own"
    exits 1
}

an_element_can_be_replaced ()
{
    make_capture
    printf 'id,name,type\n8,fromHere,octetArray\n' >mine.csv
    run --elements mine.csv -T jsonl x.pcap
    exits 0
    shows '"fromHere":"c0000201"'
    run --elements mine.csv -T csv -e fromHere,octets x.pcap
    exits 0
    shows '^c0000201,1200$'
}

# Versions without Templates have no lists of their own, but the registry of a user may say so.
a_field_of_any_version_can_be_called_a_list ()
{
    printf 'id,name,type\n8,peers,basicList\n12,paths,subTemplateMultiList\n' >mine.csv
    for view in jsonl tree stats findings; do
        run -q --elements mine.csv --fail-on=never -T $view -x "$data5"
        exits 0
    done
    run -q --elements mine.csv -T jsonl -x "$data5"
    exits 1
    shows '"peers":\[\],"paths":\[\],"'
}

files_of_the_user_are_read ()
{
    make_capture
    mkdir -p config/nfpeek/elements .config/nfpeek/elements
    printf 'id,name,type\n8,fromConfig,ipv4Address\n' >config/nfpeek/elements/mine.csv
    printf 'id,name,type\n8,fromHome,ipv4Address\n' >.config/nfpeek/elements/mine.csv
    command='nfpeek with XDG_CONFIG_HOME'
    XDG_CONFIG_HOME=$scratch/config "$NFPEEK" -T jsonl x.pcap >out 2>err
    shows '"fromConfig":"192.0.2.1"'
    run -T jsonl x.pcap
    shows '"fromHome":"192.0.2.1"'
    printf 'id,name,type\n8,fromOption,ipv4Address\n' >option.csv
    run --elements option.csv -T jsonl x.pcap
    shows '"fromOption":"192.0.2.1"'
    rm -rf .config
}

a_bad_row_is_told_by_file_and_line ()
{
    make_capture
    while IFS='|' read -r line text; do
        # shellcheck disable=SC2059 # escapes are wanted
        printf "$text" >bad.csv
        run --elements bad.csv -T jsonl x.pcap
        exits 2
        shows_nothing
        says "^nfpeek: bad.csv:$line: "
        [ "$(wc -l <err)" -eq 1 ] || fail 'not one line'
    done <<'END'
3|id,name,type\n1,colour,unsigned8\nx,size,unsigned8\n
2|id,name,type\n70000,colour,unsigned8\n
2|id,name,type\n1,colour,unsignd8\n
2|id,name,type\n1,,unsigned8\n
2|id,name,type\n1,colour\n
2|id,name,type\n1,"colour,unsigned8\n
2|id,name,type\n8,octetDeltaCount,ipv4Address\n
1|id;name;type\n
2|id,name,type\n1,port,unsigned8\n
3|id,name,type\n1,colour,unsigned8\n2,export_time,unsigned8\n
2|id,name,type,netflow9\n1,colour,unsigned8,domain\n
2|id,name,type,units\n1,colour,unsigned8,\302\2332J\n
END
    run --elements missing.csv -T jsonl x.pcap
    exits 2
    says '^nfpeek: missing.csv: No such file'
}

# "0/1" is what -T json calls an element that no row is for, the others are what --list-elements
# prints.
an_element_may_be_called_by_its_number ()
{
    options=$NFPEEK_SOURCE/tests/golden/good-netflow9-options.hex
    printf '%s\n' "$template9" "$data9" | capture x.pcap
    run -T csv -e 8,0/12,v9/1 x.pcap
    exits 0
    shows '^192.0.2.1,198.51.100.1,1200$'
    run -q -T csv -e scope/2,v9/82 "$options"
    exits 0
    shows '^3,Gi0/1$'
    run -q -T csv -e scope/77 "$options"
    exits 0
    shows_lines 1
    run -q -T csv -e scope/65536 "$options"
    exits 2
    says "no element is called 'scope/65536'"
}

# Scope 7 and element 7, in a Template that has both.
scopes_are_numbered_apart ()
{
    message='00090001 000f4240 6553f100 00000000 00000001 00010012 0100 0004 0004 0007 0002 0007 0002'
    message="$message 01000008 00050006"
    run -q -T csv -e scope/7,v9/7 -x "$message"
    shows '^0005,6$'
}

a_bad_row_of_the_users_files_is_told_too ()
{
    make_capture
    mkdir -p .config/nfpeek/elements
    printf 'id,name,type\n1,colour,unsignd8\n' >.config/nfpeek/elements/bad.csv
    run -T jsonl x.pcap
    exits 2
    says '.config/nfpeek/elements/bad.csv:2: '
    rm -rf .config
}

# What values are made of is a word among the flags; -n leaves names out.
an_element_can_be_described ()
{
    printf 'id,name,type,names,flags\n1,packetClass,unsigned8,ipDiffServCodePoint,class-of-service\n' \
        >pen-32473.csv
    run -q --elements pen-32473.csv -T tree -x "$own"
    exits 0
    shows '32473\.packetClass: 7 \(DSCP LE, CE\)$'
    run -q -n --elements pen-32473.csv -T tree -x "$own"
    shows '32473\.packetClass: 7$'
    run -q --elements pen-32473.csv -T jsonl -x "$own"
    shows 'packetClass":7\}$'
}

# What is wrong with a shipped file ends the build.
faults_of_shipped_files_are_told ()
{
    generator=$NFPEEK_SOURCE/common/registry.awk
    words=$NFPEEK_SOURCE/common/element.h
    mkdir -p elements
    while IFS='|' read -r line file rows; do
        rm -rf elements/*
        # shellcheck disable=SC2059 # escapes are wanted
        case $file in
        values/*) mkdir -p elements/values ;;
        esac
        printf "$rows" >"elements/$file"
        command="registry.awk of $rows"
        "${AWK:-awk}" -f "$generator" "$words" "elements/$file" >out 2>err
        status=$?
        if [ "$line" -eq 0 ]; then
            exits 0
            shows 'nf_builtin_elements'
            says_nothing
        else
            exits 1
            says "^elements/$file:$line: "
        fi
    done <<'END'
0|iana.csv|id,name,type\n1,"a",string\n
0|values/colours.csv|value,name\n1,a\n0xa,b\n11,c\n
4|values/colours.csv|value,name\n1,a\n0xa,b\n10,c\n
3|values/colours.csv|value,name\n5,a\n3,b\n
2|iana.csv|id,name,type\n1,a,strng\n
2|iana.csv|id,name,type\nx,a,string\n
3|iana.csv|id,name,type\n1,a,string\n1,b,string\n
3|iana.csv|id,name,type\n1,a,string\n2,a,string\n
2|iana.csv|id,name,type,names\n1,a,string,colours\n
2|iana.csv|id,name,type,flags\n1,a,string,uptime up\n
2|iana.csv|id,name,type,range\n1,a,unsigned8,7\n
2|iana.csv|id,name,type\n1,a,string,x\n
2|iana.csv|id,name,type\n1,"a,string\n
2|iana.csv|id,name,type\n1,"a"b,string\n
2|iana.csv|id,name,type\n1,a\tb,string\n
2|common.csv|name,elements\nsrc,8\n
2|enterprises.csv|pen,key,name\nx,cisco,Cisco\n
END
}

perform elements_are_found_by_any_word names_that_are_no_elements_are_listed slips_of_old_tables_are_mended an_element_can_be_added \
    an_element_can_be_replaced a_field_of_any_version_can_be_called_a_list an_element_can_be_described \
    files_of_the_user_are_read a_bad_row_is_told_by_file_and_line \
    an_element_may_be_called_by_its_number scopes_are_numbered_apart \
    a_bad_row_of_the_users_files_is_told_too faults_of_shipped_files_are_told
