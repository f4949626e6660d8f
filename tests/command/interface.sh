# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# The loopback interface of a network namespace of a test's own, for tests of -i: nobody else's datagrams are
# in it, and frames of any kind can be put there. To be sourced first; it sources lib.sh and background.sh.

if [ -z "${NFPEEK_IN_NAMESPACE-}" ] && [ "$(id -u)" -eq 0 ] && unshare --net true 2>/dev/null; then
    NFPEEK_IN_NAMESPACE=yes exec unshare --net sh "$0"
fi

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/command/background.sh
. "$NFPEEK_SOURCE/tests/command/background.sh"

[ -n "${NFPEEK_IN_NAMESPACE-}" ] || skip_all 'no network namespace can be made'
# The same as "ip link set lo up".
"$PERL" -e 'socket my $s, 2, 2, 0 or exit 1;
    my $request = pack ("Z16 s x22", "lo", 0x49);
    ioctl $s, 0x8914, $request or exit 1' || skip_all "the namespace's loopback does not come up"
"$PERL" -e 'socket my $s, 17, 3, 0 or exit 1' || skip_all 'no packet sockets'

# inject FILE: puts the frames of a capture onto the loopback interface, which is the first one.
inject ()
{
    "$PERL" -e '
        open my $file, "<:raw", $ARGV[0] or die;
        local $/;
        my $octets = <$file>;
        socket my $s, 17, 3, 0 or die;
        for (my $at = 24; $at < length $octets; ) {
            my (undef, undef, $n) = unpack "V3", substr $octets, $at;
            send $s, substr ($octets, $at + 16, $n), 0, pack ("S n i S C C a8", 17, 3, 1, 0, 0, 0, "")
                or die "send: $!";
            $at += 16 + $n;
        }' "$1" || fail 'nothing can be put onto the interface'
}

# watch ARGUMENT...: starts to capture on loopback.
watch ()
{
    start live -i lo "$@"
    watcher=$started
    wait_until file_has live.err '^nfpeek: (capturing on|.*not permitted)' || fail "$(cat live.err)"
}

# watched [SIGNAL]: ends it; what it showed and said is that of the last run.
watched ()
{
    finish "$watcher" "${1-INT}"
    cp live.out out
    cp live.err err
}

live_shows ()
{
    wait_until file_has live.out "$1" || fail "not shown: $1"
}

make_capture ()
{
    printf '%s\n' "$template" "$data" "$template9" "$data9" "$data5" | capture x.pcap
}
