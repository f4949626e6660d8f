#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# analyze.sh FLAG...: what gcc -fanalyzer, clang-tidy and cppcheck say of common/, cli/ and, where the
# flags name Wireshark's headers, plugin/, each where it is installed. FLAG: of the compiler, where the
# libraries' headers are. Complaints that the file `known` explains are left out; exit status 1 where
# there are others. TOOLS: only these ("gcc clang-tidy cppcheck").

set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "$here/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

echo '#define PACKAGE_VERSION "0"' >"$scratch/config.h"
flags="-std=gnu11 -D_GNU_SOURCE=1 -include $scratch/config.h -I. -Icommon -Icli -Iplugin $*"
CC=${CC:-gcc}
export flags scratch CC

set -- common/*.c cli/*.c
case $flags in
*wireshark*) set -- "$@" plugin/*.c ;;
esac

have ()
{
    case $1 in
    gcc) "$CC" -fanalyzer -fsyntax-only -x c /dev/null 2>/dev/null ;;
    *) command -v "$1" >/dev/null ;;
    esac
}

# each FILE...: the command on standard input for each of the files, as many at once as there are
# processors. A line a complaint, "FILE:LINE:...: warning: ... [CHECK]", to standard output.
each ()
{
    script=$(cat)
    printf '%s\n' "$@" | xargs -P "$(nproc)" -n 4 sh -c "for file; do
        { $script
        } >\"\$scratch/said-\$(echo \"\$file\" | tr / -)\" 2>&1 || true; done" sh
    cat "$scratch"/said-* | grep -E ': (fatal )?(warning|error): ' || true
    rm -f "$scratch"/said-*
}

# shellcheck disable=SC2016 # for another shell
run_gcc ()
{
    echo '"$CC" -fanalyzer -O1 -fdiagnostics-plain-output -fdiagnostics-path-format=none -c -o /dev/null \
        $flags "$file"' | each "$@"
}

# With less patience for the paths through a function than it has by itself, or it takes six minutes.
# shellcheck disable=SC2016
run_clang_tidy ()
{
    echo 'clang-tidy --quiet "$file" -- $flags -Xclang -analyzer-config -Xclang max-nodes=60000' |
        each "$@"
}

run_cppcheck ()
{
    printf '%s\n' "$@" | xargs -P "$(nproc)" -n 16 cppcheck -q \
        --enable=warning,performance,portability --std=c11 --library=posix,gtk -Icommon -Icli \
        --template='{file}:{line}: warning: {message} [{id}]' 2>&1
}

# judge TOOL: the complaints that nobody has explained.
judge ()
{
    sed "s,$PWD/,,; s,^\./,," | sort -u | awk -v tool="$1" '
        FILENAME != "-" {
            if ($1 == tool)
                known[$2 " " $3] = 1
            next
        }
        {
            file = $0
            sub (/:.*/, "", file)
            check = $0
            sub (/.*\[/, "", check)
            sub (/[],].*/, "", check)
            if (!((file " " check) in known))
                print
        }' "$here/known" -
}

: >"$scratch/new"
ran=
for tool in ${TOOLS:-gcc clang-tidy cppcheck}; do
    if ! have "$tool"; then
        echo "$tool: not there, or does not analyze"
        continue
    fi
    ran=$tool
    case $tool in
    gcc) run_gcc "$@" ;;
    clang-tidy) run_clang_tidy "$@" ;;
    cppcheck) run_cppcheck "$@" ;;
    esac | judge "$tool" >"$scratch/$tool"
    echo "$tool: $# files, $(wc -l <"$scratch/$tool") complaints"
    sed "s/^/    /" "$scratch/$tool"
    cat "$scratch/$tool" >>"$scratch/new"
done
[ -n "$ran" ] || echo 'nothing to analyze with: gcc, clang-tidy or cppcheck'
[ ! -s "$scratch/new" ]
