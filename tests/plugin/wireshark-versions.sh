#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# wireshark-versions.sh FOLDER: builds the plugin from FOLDER, an unpacked release, and runs its tests in
# Debian 12, 13 and testing, which have Wireshark 4.0, 4.4 and 4.6: each in a chroot, made by mmdebstrap
# and kept in $NFPEEK_ROOTS (/var/cache/nfpeek) for the next time. Takes root; where a chroot cannot be
# made it says why and goes on. With names of suites behind FOLDER only in those.

set -eu

release=$1
shift
suites=${*:-bookworm trixie testing}
roots=${NFPEEK_ROOTS:-/var/cache/nfpeek}
packages=gcc,libc6-dev,make,pkg-config,libglib2.0-dev,libpcap-dev,zlib1g-dev,wireshark-dev
packages=$packages,wireshark-common,tshark,perl,openssl,xz-utils,gzip
scratch=$(mktemp -d)
mounted=

clean_up ()
{
    [ -z "$mounted" ] || umount "$mounted" || true
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

skip ()
{
    echo "skipped: $*"
    exit 0
}

[ "$(id -u)" -eq 0 ] || skip 'chroots take root'
command -v mmdebstrap >/dev/null || skip 'mmdebstrap is not there'
command -v apt-get >/dev/null || skip 'this machine has no apt-get, whose settings the chroots take'

# From the mirror and with the settings that this machine's own apt uses.
apt-config dump | grep -E '^Acquire::(https?|Check|Retries)' >"$scratch/apt.conf" || true
# shellcheck disable=SC2016 # a format of apt-get's
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' |
    head -n 1)

# make_root SUITE: unless it is there, with these packages. The release of testing may be past its date.
make_root ()
{
    root=$roots/$1
    [ "$(cat "$root/nfpeek-packages" 2>/dev/null)" != "$packages" ] || return 0
    echo "$1: making a chroot in $root"
    rm -rf --one-file-system "$root"
    mkdir -p "$roots"
    # shellcheck disable=SC2086 # no mirror, no word
    mmdebstrap --variant=minbase --include="$packages" --aptopt="$scratch/apt.conf" \
        --aptopt='Acquire::Check-Valid-Until "false"' "$1" "$root" $mirror \
        >"$scratch/log" 2>&1 </dev/null || {
        tail -n 5 "$scratch/log"
        rm -rf --one-file-system "$root"
        return 1
    }
    echo "$packages" >"$root/nfpeek-packages"
}

# in_root COMMAND: with nothing of this environment.
in_root ()
{
    env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin VERBOSE=1 \
        NFPEEK_MUTATIONS="${NFPEEK_MUTATIONS:-500}" chroot "$root" sh -c "$1" </dev/null
}

# test_in SUITE: a build of the release, and the tests of the plugin.
test_in ()
{
    rm -rf --one-file-system "$root/nfpeek"
    cp -a "$release" "$root/nfpeek"
    mounted=
    if [ ! -e "$root/proc/self" ] && mount -t proc proc "$root/proc" 2>/dev/null; then
        mounted=$root/proc
    fi
    status=0
    in_root "tshark --version 2>/dev/null | sed -n 1p
        mkdir -p /nfpeek/b && cd /nfpeek/b && ../configure --enable-plugin --enable-werror >/dev/null &&
        make -s -j $(nproc) && make -s -j $(nproc) check-plugin" >"$scratch/log" 2>&1 || status=$?
    [ -z "$mounted" ] || umount "$mounted"
    mounted=
    rm -rf --one-file-system "$root/nfpeek"
    if [ "$status" -ne 0 ]; then
        sed 's/^/    /' "$scratch/log"
        echo "FAILED: $1"
        failed=$((failed + 1))
        return
    fi
    echo "passed: $1, $(sed -n 's/\.$//;1p' "$scratch/log"), $(sed -n 's/^# PASS: *//p' "$scratch/log") tests"
}

failed=0
for suite in $suites; do
    if make_root "$suite"; then
        test_in "$suite"
    else
        echo "skipped: $suite, of which no chroot can be made (see above)"
    fi
done
[ "$failed" -eq 0 ]
