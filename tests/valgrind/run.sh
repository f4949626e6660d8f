#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# run.sh BUILD-FOLDER TEST...: make check-TESTS with every run of nfpeek, and every program of tests, under
# valgrind's memcheck. What that says goes to files, one a process, and not to standard error, where
# tests look; in the end those that say something are shown. $VALGRIND_EVERY N: of the runs of nfpeek
# about one in N, each time others. To be called by make, with MAKE and NFPEEK_SOURCE in the environment.

set -eu

build=$1
shift
folder=$build/tests/valgrind
logs=$folder/logs

command -v valgrind >/dev/null || {
    echo 'valgrind is not there: apt-get install valgrind' >&2
    exit 1
}
rm -rf "$logs"
mkdir -p "$logs"
chmod 1777 "$logs" # some tests give up being root

# "exec", as tests send signals to what they have started.
cat >"$folder/under" <<END
#!/bin/sh
exec valgrind --quiet --vgdb=no --num-callers=30 --suppressions='$NFPEEK_SOURCE/tests/valgrind/known.supp' \\
    --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \\
    --log-file='$logs/%p' --error-exitcode=99 "\$@"
END
cat >"$folder/nfpeek" <<END
#!/bin/sh
[ \$((\$\$ % ${VALGRIND_EVERY:-1})) -eq 0 ] || exec '$build/nfpeek' "\$@"
exec '$folder/under' '$build/nfpeek' "\$@"
END
chmod +x "$folder/under" "$folder/nfpeek"

# gc-friendly: GLib clears memory that it keeps, so that no pointer left there hides a leak.
status=0
"$MAKE" -C "$build" check-TESTS TESTS="$*" LOG_COMPILER="$folder/under" \
    TESTS_ENVIRONMENT="NFPEEK='$folder/nfpeek'; NFPEEK_UNDER='$folder/under'; G_DEBUG=gc-friendly; \
    export NFPEEK NFPEEK_UNDER G_DEBUG;" || status=$?

find "$logs" -type f ! -size 0 -exec cat {} +
echo "valgrind: $(find "$logs" -type f | wc -l) processes," \
    "$(find "$logs" -type f ! -size 0 | wc -l) with errors"
[ -z "$(find "$logs" -type f ! -size 0)" ] || status=1
exit "$status"
