# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What bash would offer: bash complete.bash COMPLETION COMMAND LINE. Prints the candidates for the
# last word of LINE, each with what readline has in front of it, and a line "(file)" where it would
# offer names of files.

# shellcheck source=/dev/null
. "$1"
command=$2
line=$3

# Not within a completion, bash has no options of it to be changed.
compopt ()
{
    [[ $* != '-o default' ]] || echo '(file)'
}

# As readline does: = is a word, and so is what stands between quotes.
quoted=
case $line in
*[\"\']*)
    quoted=${line#"${line%%[\"\']*}"}
    line=${line%"$quoted"}
    ;;
esac
read -r -a COMP_WORDS <<<"${line//=/ = }"
[[ $line != *[\ =] ]] || COMP_WORDS+=('')
if [[ -n $quoted ]]; then
    COMP_WORDS[-1]=$quoted
fi
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_nfpeek "$command"
printf '%s\n' "${COMPREPLY[@]}"
