# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2034,SC2154 # variables of the other library, and for the tests
#
# What the tests of the plugin share: tshark with the plugin in a home of its own, as an ordinary user
# (tshark as root loads no plugins from a personal folder). To be sourced; works in a scratch folder,
# with all of tests/command/lib.sh.

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=tests/command/lib.sh
. "$here/../command/lib.sh"

: "${NFPEEK_BUILD:?is the build folder}"
plugin=$NFPEEK_BUILD/plugin/.libs/nfpeek.so
corpus=${NFPEEK_CORPUS-$NFPEEK_SOURCE/../shared/corpus}

[ -e "$plugin" ] || skip_all 'the plugin is not built'
command -v tshark >/dev/null || skip_all 'tshark is not there'
: "${NFPEEK_WIRESHARK:?is the version the plugin is built for}"

home=$(mktemp -d)
trap 'rm -rf "$scratch" "$home"' EXIT
mkdir -p "$home/.local/lib/wireshark/plugins/$NFPEEK_WIRESHARK/epan" "$home/.config/wireshark"
cp "$plugin" "$home/.local/lib/wireshark/plugins/$NFPEEK_WIRESHARK/epan/"
chmod -R a+rX "$home"
chmod 777 "$scratch" # what Wireshark's programs write is theirs
umask 022
TZ=UTC
export TZ

# A plugin with sanitizers wants them in the program that loads it.
preload=
if nm -D "$plugin" 2>/dev/null | grep -q __asan_; then
    preload="LD_PRELOAD=$(${CC:-cc} -print-file-name=libasan.so) ASAN_OPTIONS=detect_leaks=0"
    # Those that ask for what is right, not for what is safe, need not be slow as well.
    case $(basename "$0") in
    hostile.sh | sections.sh | tree.sh) ;;
    *) skip_all 'runs without sanitizers' ;;
    esac
fi

# as_user PROGRAM ARGUMENT...: one of Wireshark's programs, with the plugin.
as_user ()
{
    as=
    [ "$(id -u)" -ne 0 ] || as='setpriv --reuid=65534 --regid=65534 --clear-groups'
    # shellcheck disable=SC2086 # several words each
    timeout 300 $as env HOME="$home" XDG_CONFIG_HOME="$home/.config" $preload "$@"
}

as_user tshark -G protocols 2>&1 </dev/null | grep 'nfpeek' >"$home/loaded"
if grep -q "Couldn't load" "$home/loaded" || [ ! -s "$home/loaded" ]; then
    tshark --version 2>/dev/null | grep -q "^TShark (Wireshark) $NFPEEK_WIRESHARK\." ||
        skip_all "tshark is not of version $NFPEEK_WIRESHARK, for which the plugin is built"
    echo 'Bail out! tshark does not load the plugin'
    sed 's/^/# /' "$home/loaded"
    exit 1
fi

# shark ARGUMENT...: tshark with these. As run, of the command.
shark ()
{
    command="tshark $*"
    as_user tshark -n "$@" </dev/null >out 2>err
    status=$?
}

# sharkd REQUEST...: each a method and its parameters; a line of answer each, to the file out.
sharkd ()
{
    command="sharkd $*"
    id=0
    for request in "$@"; do
        id=$((id + 1))
        printf '{"jsonrpc":"2.0","id":%d,"method":"%s","params":{%s}}\n' "$id" \
            "${request%% *}" "${request#* }"
    done >requests
    chmod 644 requests
    as_user sharkd - <requests 2>err | sed 's/"id":[0-9]*,//' >out
    status=$?
}

need_sharkd ()
{
    command -v sharkd >/dev/null && return
    skip 'sharkd is not there'
    return 1
}

questions=0
asked=

# fields: all that tshark has, to the file out.
fields ()
{
    command='tshark -G fields'
    as_user tshark -G fields </dev/null >out 2>err
    status=$?
}

# frames FILE FILTER: how many frames the display filter finds, in two passes. In $count.
frames ()
{
    shark -2 -r "$1" -Y "$2" -T fields -e frame.number
    [ "$status" -eq 0 ] || fail "tshark refuses the filter $2"
    count=$(grep -c . out)
}

# finds FILE NUMBER FILTER: how many frames the filter finds, in two passes. Where sharkd is there it is
# asked once for all that a test wants to know, when the test ends or says `settle`: a start of tshark
# takes longer than all else.
finds ()
{
    if ! command -v sharkd >/dev/null; then
        frames "$1" "$3"
        [ "$count" -eq "$2" ] || fail "$count frames, not $2, for: $3"
        return
    fi
    questions=$((questions + 1))
    if [ -z "$asked" ] || ! cmp -s "$1" "$asked"; then
        asked=asked$questions
        cp "$1" "$asked"
    fi
    printf '%s\t%s\t%s\n' "$asked" "$2" "$(echo "$3" | tr -s ' \n' '  ')" >>questions
}

settle ()
{
    [ "$questions" -eq 0 ] || ask_all
    questions=0
    asked=
}

# sharkd remembers what a filter has found, whatever the file, so each is made another one.
ask_all ()
{
    command='sharkd, for what filters find'
    "$PERL" -MJSON::PP -ne '
        chomp;
        my ($file, $number, $filter) = split /\t/;
        my $last = 1_000_000 + $.;
        my @requests = ([frames => {filter => "($filter) and frame.number < $last"}]);

        unshift @requests, [load => {file => "$ENV{PWD}/$file"}] if $file ne $before;
        $before = $file;
        print JSON::PP->new->canonical->encode ({jsonrpc => "2.0", method => $_->[0],
            params => $_->[1], id => $_->[0] eq "load" ? $last : $.}), "\n" for @requests' questions >requests
    chmod 644 requests asked*
    as_user sharkd - <requests 2>err >out || fail 'sharkd fails'
    "$PERL" -MJSON::PP -ne '
        BEGIN {
            open my $in, "<", "questions" or die;
            @questions = map { chomp; [split /\t/] } <$in>;
        }
        my $answer = decode_json ($_);
        my ($question, $found) = ($questions[$answer->{id} - 1], $answer->{result});

        next if !$question; # of a file that was loaded
        $answered++;
        $count = ref $found eq "ARRAY" ? scalar @$found : "refused, no";
        print "$count frames, not $question->[1], for: $question->[2]\n" if $count ne $question->[1];
        END { print "no answer to some\n" if $answered != @questions }' out >wrong
    while read -r line; do
        fail "$line"
    done <wrong
    rm -f questions wrong
}

# Whether Wireshark is content with the dissector.
nothing_is_broken ()
{
    [ "$status" -eq 0 ] || fail "exit status $status"
    ! grep -E 'Dissector bug|Malformed Packet|ERROR: AddressSanitizer|runtime error:|Warn Dissector' out err ||
        fail 'tshark complains'
}

# sample NAME: a capture of the project's, uncompressed, in this folder.
sample ()
{
    if [ -e "$NFPEEK_SOURCE/samples/$1" ]; then
        cp "$NFPEEK_SOURCE/samples/$1" "$1"
    else
        gzip -dc "$NFPEEK_SOURCE/samples/$1.gz" >"$1"
    fi
}

# golden NAME...: samples of tests/golden, each from an exporter of its own, as NAME.pcap in this folder,
# which is called as the first is. In NAME.frames how many frames each has become.
golden ()
{
    name=$1
    for sample in "$@"; do
        shift
        set -- "$@" "$NFPEEK_SOURCE/tests/golden/$sample.hex"
    done
    "$PERL" "$here/sample-capture.pl" "$name.pcap" "$@" >"$name.frames" || fail "no capture of $name"
}

# all_golden: all of them, each from an exporter of its own, as golden.pcap in this folder. But for some:
# whether fragments or segments are missing is for Wireshark's IP, TCP and SCTP to say, and what is
# encrypted is its own.
all_golden ()
{
    set --
    for sample in "$NFPEEK_SOURCE"/tests/golden/*.hex; do
        case $sample in
        */odd-fragment-incomplete.hex | */odd-message-encrypted.hex) continue ;;
        */odd-stream-gap-chunks.hex) ;;
        */odd-stream-gap*.hex | */bad-stream-gap*.hex | */odd-message-truncated-stream.hex) continue ;;
        esac
        set -- "$@" "$sample"
    done
    "$PERL" "$here/sample-capture.pl" golden.pcap "$@" >golden.frames || fail 'no capture of the golden samples'
}

# agree CAPTURE...: each in two passes, since the command knows all Templates from the start.
agree ()
{
    total=0
    for capture in "$@"; do
        shark -2 -r "$capture" -T pdml
        [ "$status" -eq 0 ] || fail "tshark ends with status $status on $capture"
        mv out pdml
        "$NFPEEK" -q -T json "$capture" >json 2>err
        command="compare.pl of $capture"
        "$PERL" "$here/compare.pl" pdml json >out || fail "$capture: see standard output"
        total=$((total + $(sed -n 's/^\([0-9]*\) Messages.*/\1/p' out)))
    done
    [ "$total" -gt 0 ] || fail 'no Message was compared'
}
