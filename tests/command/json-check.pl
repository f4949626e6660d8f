#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Reads JSON lines from standard input and says what is wrong with them; says nothing if all is well.
#
#   json-check.pl [records|messages|headers|places]...
#
# Always: each line is an object. records: as -T jsonl has them, with the keys that say where from,
# without nulls, and without objects in them but in arrays, which are lists. messages: as -T json has
# them, with all keys of Sets, Templates, records and fields. headers: what the header of each version
# has, and no more. places: Sets tile their Message, records and padding their Set, fields their record,
# what is in a list the list.

use strict;
use warnings;
use JSON::PP ();

my %HEADER_LENGTH = (1 => 16, 5 => 24, 6 => 24, 7 => 24, 8 => 28, 9 => 20, 10 => 16);
my %HEADER = (
    1  => 'count sys_uptime',
    5  => 'count sys_uptime domain sequence engine_type engine_id sampling',
    6  => 'count sys_uptime domain sequence engine_type engine_id sampling',
    7  => 'count sys_uptime sequence reserved',
    8  => 'count sys_uptime domain sequence engine_type engine_id sampling aggregation'
        . ' aggregation_version reserved',
    9  => 'count sys_uptime domain sequence',
    10 => 'domain sequence',
);
my $LONGEST_PREFIX = 3;    # octets before a field of variable length
my @ENVELOPE = qw(file packet time exporter port version domain sequence export_time);

sub need
{
    my ($what, $object, @keys) = @_;

    for my $key (@keys) {
        die "$what without $key\n" if !exists $object->{$key};
    }
}

sub check_records
{
    my ($object) = @_;

    need ('record', $object, @ENVELOPE, qw(template kind));
    die "kind\n" if $object->{kind} !~ /^(?:flow|options)$/;
    die "time\n" if $object->{time} !~ /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
    check_values ($object);
}

# Values are no nulls and no objects. An array is of values, or it is a list: of objects that have
# such values in turn; where an element occurs twice, of several lists.
sub check_values
{
    my ($object) = @_;

    for my $key (keys %$object) {
        my @values = ($object->{$key});

        @values = map { ref eq 'ARRAY' ? @$_ : $_ } @values for 1 .. 2;
        die "$key is an object\n" if ref $object->{$key} eq 'HASH';
        for my $value (@values) {
            die "$key is null\n" if !defined $value;
            die "$key is nested\n" if ref $value eq 'ARRAY';
            check_values ($value) if ref $value eq 'HASH';
        }
    }
}

sub check_messages
{
    my ($object) = @_;

    need ('Message', $object, @ENVELOPE, qw(length sets findings));
    for my $set (@{$object->{sets}}) {
        need ('Set', $set, qw(kind offset length), $object->{version} >= 9 ? 'id' : (),
            $set->{kind} eq 'data' ? 'template' : ());
        for my $template (@{$set->{templates} // []}) {
            need ('Template', $template, qw(id offset length scope_count fields));
            need ('Field Specifier', $_, qw(pen id name length)) for @{$template->{fields}};
        }
        for my $record (@{$set->{records} // []}) {
            need ('record', $record, qw(offset length fields));
            need ('field', $_, qw(pen id name offset length)) for @{$record->{fields}};
        }
    }
}

sub check_headers
{
    my ($object) = @_;
    my %has = map { $_ => 1 } split ' ', $HEADER{$object->{version}};

    for my $key (split ' ', join ' ', values %HEADER) {
        die "$key\n" if exists $object->{$key} ne ($has{$key} // '');
    }
}

# Fields, or values in a list, follow each other up to `$end`, but for the lengths before them. Returns
# where the last one ends.
sub check_fields
{
    my ($at, $fields) = @_;

    for my $field (@$fields) {
        die "field at $field->{offset}, not $at\n"
            if $field->{offset} < $at || $field->{offset} > $at + $LONGEST_PREFIX;
        $at = $field->{offset} + $field->{length};
        check_list ($field) if $field->{values} || $field->{records} || $field->{parts};
    }
    return $at;
}

sub check_record
{
    my ($record, $at) = @_;
    my $end = check_fields ($record->{offset}, $record->{fields});

    die "at $record->{offset}, not $at\n" if $record->{offset} != $at;
    die "fields end at $end\n" if $end != $record->{offset} + $record->{length};
    return $end;
}

# The records of a list, or of a part of one, and what is undecoded of it.
sub check_list_records
{
    my ($list, $at) = @_;
    my $undecoded = $list->{undecoded};

    $at = check_record ($_, $at) for @{$list->{records} // []};
    if ($undecoded) {
        die "undecoded octets at $undecoded->{offset}, not $at\n" if $undecoded->{offset} != $at;
        $at += $undecoded->{length};
    }
    die "list ends at $at\n" if $at != $list->{offset} + $list->{length};
    return $at;
}

sub check_list
{
    my ($list) = @_;
    my $at = $list->{offset};

    if (defined $list->{semantic}) {
        $at += 1 + ($list->{parts} ? 0 : $list->{records} ? 2 : $list->{element}{pen} ? 8 : 4);
    }
    $at = check_fields ($at, $list->{values} // []);
    for my $part (@{$list->{parts} // []}) {
        die "part at $part->{offset}, not $at\n" if $part->{offset} != $at;
        $at = check_list_records ($part, $at + 4);
    }
    check_list_records ($list, $at);
}

sub check_places
{
    my ($object) = @_;
    my $at = $HEADER_LENGTH{$object->{version}};

    for my $set (@{$object->{sets}}) {
        die "Set at $set->{offset}, not $at\n" if $set->{offset} != $at;
        my $inside = $at + ($object->{version} >= 9 ? 4 : 0);
        for my $part (@{$set->{templates} // []}) {
            die "at $part->{offset}, not $inside\n" if $part->{offset} != $inside;
            $inside += $part->{length};
        }
        $inside = check_record ($_, $inside) for @{$set->{records} // []};
        $inside += $set->{padding} // 0;
        $at += $set->{length};
        die "Set ends at $at, what is in it at $inside\n" if $inside != $at;
    }
    die "Sets end at $at\n" if $at != $object->{length};
}

my %check = (records => \&check_records, messages => \&check_messages, headers => \&check_headers,
             places => \&check_places);
my $json = JSON::PP->new->utf8->allow_bignum;

while (my $line = <STDIN>) {
    eval {
        my $object = $json->decode ($line);
        die "no object\n" if ref $object ne 'HASH';
        $check{$_}->($object) for @ARGV;
        1;
    } or print "line $.: $@";
}
