# SPDX-License-Identifier: GPL-2.0-or-later
#
# What zsh makes of lines and the Tab key: zsh -f complete.zsh FOLDER, where FOLDER has _nfpeek. Reads
# lines from standard input, types each into a zsh of its own, in a pseudo terminal, and prints "== "
# and what stands there then, in one line.

zmodload zsh/zpty || exit 77

# until PATTERN: what the other zsh prints until that is in it, or three seconds have passed.
until_it_says ()
{
    local more end=$((SECONDS + 3))

    said=
    while [[ $said != $~1 ]] && (( SECONDS < end )); do
        if zpty -r -t inner more; then
            said+=$more
        else
            sleep 0.02
        fi
    done
}

zpty -b inner 'TERM=dumb COLUMNS=200 zsh -f -i'
zpty -w inner "PS1='> '; unset zle_bracketed_paste; fpath=(${(q)1} \$fpath); LISTMAX=9999
autoload -U compinit; compinit -D -u; bindkey -s '^G' '^Uprint \$((6*7))done^M'; echo rea''dy"
until_it_says '*ready*> *'
while read -r line; do
    # Tab, then another line in place of this one.
    zpty -w -n inner "$line"$'\t\a'
    until_it_says '*42done*'
    print -r -- "== ${(V)said}"
done
zpty -d inner
