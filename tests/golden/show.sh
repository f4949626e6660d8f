# SPDX-License-Identifier: GPL-2.0-or-later
#
# Read by run.sh and update.sh: what is held against the expectations.

# show VIEW FILE: the file in a view, without the names of services, which are the system's. A bare
# one has none. Those of ICMP, ours, begin with a capital.
show ()
{
    [ "$1" = tree ] || {
        "$NFPEEK" -q -T "$1" "$2"
        return
    }
    "$NFPEEK" -q -T "$1" "$2" >"$scratch/shown"
    show_status=$?
    sed 's/\(Port: [0-9][0-9]*\) ([a-z0-9-]*)$/\1/' "$scratch/shown"
    return "$show_status"
}
