#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completions for bash, zsh and fish: that they have each option, what they offer, and that the command
# takes what they offer.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

completions=${NFPEEK_BUILD:?is the build folder}/completion
page=$NFPEEK_BUILD/doc/nfpeek.1
PATH=$(dirname -- "$NFPEEK"):$PATH # where shells find nfpeek

# Lines, and what their last word becomes with the Tab key, or one of what is offered. "(file)" is a
# name of a file: there is one, called capture.pcap.
lines ()
{
    cat <<'END'
nfpeek --fa|--fail-on
nfpeek --big|--big-as-string
nfpeek -T fl|flows
nfpeek -Tfl|-Tflows
nfpeek -nTfl|-nTflows
nfpeek -n -T fl|flows
nfpeek --names=netf|netflow9
nfpeek --names ipf|ipfix
nfpeek --color=alw|always
nfpeek --fail-on war|warning
nfpeek --rate=m|max
nfpeek --limit=dom|domains=
nfpeek --limit he|help
nfpeek --ignore set-empty,set-ali|set-empty,set-alignment
nfpeek --severity set-emp|set-empty=
nfpeek --severity=set-empty=er|error
nfpeek -e src,octetDeltaC|src,octetDeltaCount
nfpeek -e src_a|src_as
nfpeek --sum=octets,cisco.applicationHttpH|octets,cisco.applicationHttpHost
nfpeek -Y 'src == 10.0.0.0/8 and octetDeltaC|and octetDeltaCount
nfpeek --user roo|root
nfpeek --list-findings set-emp|set-empty
nfpeek cap|(file)
nfpeek -r cap|(file)
nfpeek -T flows cap|(file)
nfpeek --evidence=cap|(file)
END
}

needs ()
{
    command -v "$1" >/dev/null || skip "no $1"
    command -v "$1" >/dev/null
}

# The manual's options, which are those of the table.
options ()
{
    sed -n '/^\.SH OPTIONS/,/^\.SH VIEWS/p' "$page" | sed -n '/^\.TP$/{n;p;}' |
        sed 's/\\f[BIR]//g; s/\\-/-/g' | grep -oE -- '(^|, )--?[A-Za-z][a-z-]*' | sed 's/^, //' | sort
}

# offered_by_bash LINE
offered_by_bash ()
{
    command="bash: $1"
    bash "$NFPEEK_SOURCE/tests/command/complete.bash" "$completions/nfpeek" "$NFPEEK" "$1" >out 2>err
    says_nothing
}

# offered_by_fish LINE
offered_by_fish ()
{
    command="fish: $1"
    fish --no-config -c "source $completions/nfpeek.fish; complete -C (cat line)" >out 2>err
    says_nothing
}

# has_all FILE: each option is a line of it, and there is no other.
has_all ()
{
    options >expected
    [ "$(wc -l <expected)" -gt 45 ] || fail 'too few options'
    sort -u "$1" | cmp -s expected - || fail "$(sort -u "$1" | diff expected -)"
}

each_option_is_in_all_of_them ()
{
    sed -n "/^_nfpeek_options=/,/'\$/p" "$completions/nfpeek" | grep -oE -- '--?[A-Za-z][a-z-]*$' >bash
    grep -oE -- '-[A-Za-z] --[a-z-]*$' "$completions/nfpeek" | tr ' ' '\n' >>bash
    command=bash
    has_all bash
    sed -n "s/^    '\*\(--*[A-Za-z][a-z-]*\).*/\1/p" "$completions/_nfpeek" | sed 's/-$//' >zsh
    command=zsh
    has_all zsh
    sed -n 's/^complete -c nfpeek -[sl] //p' "$completions/nfpeek.fish" |
        sed 's/ -l / /; s/ -[drxfFa] .*//; s/ -[rxf]$//' | tr ' ' '\n' |
        sed 's/^.$/-&/; s/^[a-z][a-z-]/--&/' >fish
    command=fish
    has_all fish
}

bash_offers_what_fits ()
{
    needs bash || return
    lines >lines
    while IFS='|' read -r line expected; do
        offered_by_bash "$line"
        grep -qF -- "$expected" out || fail "it lacks $expected"
    done <lines
    offered_by_bash 'nfpeek -'
    has_all out
}

bash_offers_nothing_where_nobody_knows ()
{
    needs bash || return
    for line in 'nfpeek --packets ' 'nfpeek -c ' 'nfpeek --frobnicate=' 'nfpeek -x '; do
        offered_by_bash "$line"
        shows_not '.'
    done
    offered_by_bash 'nfpeek -- -T'
    shows '^\(file\)$'
    offered_by_bash 'nfpeek -e '
    shows '^octets$'
    shows_not '^octetDeltaCount$'
}

fish_offers_what_fits ()
{
    needs fish || return
    : >capture.pcap
    lines >lines
    while IFS='|' read -r line expected; do
        printf '%s' "$line" >line
        [ "$expected" != '(file)' ] || expected=capture.pcap
        offered_by_fish "$line"
        grep -qF -- "$expected" out || fail "it lacks $expected"
    done <lines
}

zsh_offers_what_fits ()
{
    needs zsh || return
    : >capture.pcap
    lines >lines
    command='zsh: lines'
    sed 's/|.*//' lines | zsh -f "$NFPEEK_SOURCE/tests/command/complete.zsh" "$completions" >out 2>err
    status=$?
    if [ "$status" -eq 77 ]; then
        skip 'zsh has no pseudo terminals'
        return
    fi
    says_nothing
    shows_lines "$(wc -l <lines)"
    i=0
    while IFS='|' read -r line expected; do
        i=$((i + 1))
        [ "$expected" != '(file)' ] || expected=capture.pcap
        sed -n "${i}p" out | grep -qF -- "$expected" || fail "of $line it does not make $expected"
    done <lines
}

# takes OPTION WORD: the command takes it for an argument.
takes ()
{
    case $1 in
    --*) run "$1=$2" --version ;;
    *) run "$1" "$2" --version ;;
    esac
    exits 0
}

what_is_offered_is_taken ()
{
    needs bash || return
    for option in $(options | grep -v -- '^--for$'); do
        case $option in
        --*) offered_by_bash "nfpeek $option=" ;;
        *) offered_by_bash "nfpeek $option " ;;
        esac
        grep -vE '^$|^\(file\)' out | head -n 100 >words
        while read -r word; do
            case $word in
            *=) [ "$option" = --severity ] && word=${word}note || word=${word}5 ;;
            esac
            takes "$option" "$word"
        done <words
    done
}

# In what it refuses the command tells which words there are.
what_is_taken_is_offered ()
{
    needs bash || return
    for option in --names --color --fail-on; do
        run $option=frobnicate
        sed "s/.* is //; s/, not .*//; s/ or /,/; s/ //g" err | tr ',' '\n' | sort >expected
        [ "$(wc -l <expected)" -ge 2 ] || fail 'too few words'
        offered_by_bash "nfpeek $option="
        sort out | cmp -s expected - || fail "not $(cat expected)"
    done
    run -T frobnicate
    sed 's/.*takes //; s/ //g' err | tr ',' '\n' | sort >expected
    offered_by_bash 'nfpeek -T '
    sort out | cmp -s expected - || fail "not $(cat expected)"
    "$NFPEEK" --limit help | sed -n 's/^  \([a-z]*\) .*/\1=/p' >expected
    echo help >>expected
    offered_by_bash 'nfpeek --limit '
    sort expected >sorted
    sort out | cmp -s sorted - || fail "not $(cat expected)"
}

perform each_option_is_in_all_of_them bash_offers_what_fits bash_offers_nothing_where_nobody_knows \
    fish_offers_what_fits zsh_offers_what_fits what_is_offered_is_taken what_is_taken_is_offered
