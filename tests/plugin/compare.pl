#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# compare.pl PDML JSON: holds what the plugin made of a capture (tshark -2 -T pdml) against what the
# command did (nfpeek -T json), Message by Message: Sets, Templates, records, each field's name, place
# and value, what is in lists, padding, undecoded octets, findings. Looks, too, whether the items of the tree that have
# no parts cover every octet of the Message. Of a Message without "findings" those are not compared. Prints differences, then "N Messages, N records, N fields:
# N differences".

use strict;
use warnings;
use JSON::PP;
use Time::Local qw(timegm);

my ($pdml_file, $json_file) = @ARGV;
my ($n_messages, $n_records, $n_fields, $n_differences) = (0, 0, 0, 0);
my $where = '';

# Items that are derived or say something about others; they are no octets of their own.
my %is_derived = map { ("nfpeek.$_" => 1) } qw(
    sequence.expected sequence.unit sequence.lost previous set.template template.first_use
    template.last_use template.definition template.previous list.template unknown.pen unknown.id start end
    duration finding ingress_interface_name ingress_interface_description egress_interface_name
    egress_interface_description ingress_vrf_name egress_vrf_name application_name domain_name
    sampler_name sampling_rate sampling_source common_properties);
my %is_no_field = (%is_derived, map { ("nfpeek.$_" => 1) } qw(
    field.length undecoded list.semantic list.field.enterprise list.field.id list.field.length
    list.field.pen list.template_id list.part list.record));

sub differ
{
    my ($what, $plugin, $command) = @_;

    $n_differences++;
    print "$where: $what: plugin ", $plugin // 'has none', ", command ", $command // 'has none',
        "\n" if $n_differences <= 40;
}

sub same
{
    my ($what, $plugin, $command) = @_;

    differ ($what, $plugin, $command) if ($plugin // '') ne ($command // '');
}

# ---- PDML: nested hashes {name, show, showname, pos, size, value, parts} ----

sub unescape
{
    my ($text) = @_;
    my %entity = (amp => '&', lt => '<', gt => '>', quot => '"', apos => "'");

    return $text =~ s/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/
        defined $1 ? chr hex $1 : defined $2 ? chr $2 : $entity{$3}/gier;
}

# The Messages of each packet: the protocols of the name nfpeek, wherever they lie but in Messages.
sub read_pdml
{
    open my $in, '<:encoding(utf8)', $pdml_file or die "compare.pl: $pdml_file: $!\n";
    my (@packets, @open);

    local $/ = "</packet>"; # texts may have line ends in them

    while (my $line = <$in>) {
        while ($line =~ m{<(/?)(packet|proto|field)\b((?:\s+\w+="[^"]*")*)\s*(/?)>}g) {
            my ($end, $tag, $attributes, $empty) = ($1, $2, $3, $4);

            if ($end) {
                pop @open;
                next;
            }
            my %item = (parts => [], name => '');

            $item{$1} = unescape ($2) while $attributes =~ /(\w+)="([^"]*)"/g;
            $item{tag} = $tag;
            if ($tag eq 'packet') {
                push @packets, $item{messages} = [];
            } else {
                push @{$open[-1]{parts}}, \%item if @open;
                push @{$packets[-1]}, \%item
                    if $tag eq 'proto' && $item{name} eq 'nfpeek'
                    && !grep { $_->{name} eq 'nfpeek' } @open;
            }
            push @open, \%item if !$empty;
        }
    }
    return @packets;
}

sub parts_named
{
    my ($item, $name) = @_;

    return grep { $_->{name} eq $name } @{$item->{parts}};
}

# ---- values ----

my %month = do { my $n = 0; map { ($_ => $n++) } qw(Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec) };

# A time as Wireshark shows it, in one of its forms, as seconds and nine digits.
sub seconds_of
{
    my ($text) = @_;

    return sprintf '%d.%s', timegm ($6, $5, $4, $2, $month{$1}, $3), $7
        if $text =~ /^(\w{3}) +(\d+), (\d{4,}) (\d\d):(\d\d):(\d\d)\.(\d{9}) UTC$/;
    return sprintf '%d.%s', timegm ($6, $5, $4, $3, $2 - 1, $1), substr (($7 // '') . '0' x 9, 0, 9)
        if $text =~ /^(\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?Z$/;
    return sprintf '%d.%s', $1, substr ($2 . '0' x 9, 0, 9)
        if $text =~ /^(\d{12,})\.(\d+)$/; # beyond the year 9999
    return $text;
}

sub value_of
{
    my ($show) = @_;

    return '' if !defined $show;
    no warnings 'portable'; # numbers of 64 bits
    return hex $show if $show =~ /^0x[0-9a-f]{1,16}$/i;
    return $show eq 'True' || $show eq '1' ? $show eq 'True' ? 'true' : 1
        : $show eq 'False' ? 'false'
        : seconds_of ($show);
}

sub values_agree
{
    my ($item, $value) = @_;
    my $show = value_of ($item->{show});

    return $item->{size} == 0 if !defined $value;
    return 1 if ref $value && ($value ? 1 : 0) == ($show eq 'true' || $show eq '1' ? 1 : 0);
    my $expected = seconds_of ("$value");

    # a boolean that is neither true (1) nor false (2): Wireshark's fields of the kind know no third
    return 1 if $show eq 'false' && $expected eq '0';
    return 1 if $show eq $expected;
    # what is no number has a sign to Wireshark
    return 1 if $show =~ /^-?nan$/i && $expected eq 'NaN' ||
        $show =~ /^(-?inf)(?:inity)?$/i && uc $1 eq $expected; # Wireshark 4.6 has them in full
    return 1 if $show =~ /^-?[\d.]+(?:e[-+]?\d+)?$/i && $expected =~ /^-?[\d.]+(?:e[-+]?\d+)?$/i
        && abs ($show - $expected) <= 1e-5 * abs ($expected);
    # octets, with colons between them or not
    return 1 if $show =~ s/://gr eq $expected =~ s/://gr;
    # a text: Wireshark ends it at a zero octet, and escapes what does not print
    return 1 if index ($expected, $show) == 0 && substr ($expected, length $show, 1) eq "\0";
    return 1 if $show =~ /\\/ || $show =~ /\x{fffd}/;
    # XML cannot have the characters below a space, and keeps no space at the ends
    return $show =~ s/[\x00-\x1f\s]//gr eq $expected =~ s/[\x00-\x1f\s]//gr;
}

# ---- comparison ----

my $start; # of the Message, in its packet

sub place
{
    my ($item) = @_;

    return ($item->{pos} - $start) . '+' . $item->{size};
}

sub fields_of
{
    my ($item) = @_;

    return grep {
        $_->{name} =~ /^nfpeek\./ && !$is_no_field{$_->{name}} && ($_->{hide} // '') ne 'yes'
    } @{$item->{parts}};
}

sub compare_field
{
    my ($item, $field) = @_;
    my $name = $item->{name} =~ s/^nfpeek\.//r;

    $n_fields++;
    same ("place of $field->{name}", place ($item), "$field->{offset}+$field->{length}");
    if ($name eq 'unknown' && $field->{name} !~ m{^\d+/\d+$}) { # described by the exporter
        differ ('described element', $item->{showname}, "$field->{name}: $field->{value}")
            if $item->{showname} !~ /^\Q$field->{name}: $field->{value}\E\b/;
        return;
    }
    if ($name eq 'unknown') {
        same ('unknown element', $item->{showname} =~ m{^(\d+/\d+): } ? $1 : undef, $field->{name});
    } elsif ($name eq 'field.empty' || $name eq 'field.octets') {
        differ ("$field->{name}, misfit", $item->{showname}, $field->{name})
            if index ($item->{showname} // $item->{show}, "$field->{name}:") != 0;
    } else {
        same ("name at $field->{offset}", $name, $field->{name});
    }
    if ($field->{values} || $field->{records} || $field->{parts}) {
        compare_list ($item, $field);
    } elsif (!values_agree ($item, $field->{value})) {
        differ ("value of $field->{name} at $field->{offset}", $item->{show}, $field->{value});
    }
}

sub compare_fields
{
    my ($item, $what, $expected) = @_;
    my @fields = fields_of ($item);

    same ("$what at " . place ($item), scalar @fields, scalar @$expected);
    for my $i (0 .. $#fields) {
        compare_field ($fields[$i], $expected->[$i]) if $expected->[$i];
    }
}

sub compare_record
{
    my ($record, $expected) = @_;

    $n_records++;
    same ('place of a record', place ($record), "$expected->{offset}+$expected->{length}");
    compare_fields ($record, 'fields of the record', $expected->{fields});
}

# ---- lists in records ----

my %semantic = (noneOf => 0, exactlyOneOf => 1, oneOrMoreOf => 2, allOf => 3, ordered => 4,
    undefined => 255);

# The records of a list or of a part of one, and what could not be decoded of it.
sub compare_list_records
{
    my ($item, $expected) = @_;
    my @records = parts_named ($item, 'nfpeek.list.record');
    my @expected = @{$expected->{records} // []};

    same ('records in a list at ' . place ($item), scalar @records, scalar @expected);
    for my $i (0 .. $#records) {
        compare_record ($records[$i], $expected[$i]) if $expected[$i];
    }
    same ('undecoded octets of a list', joined (parts_named ($item, 'nfpeek.undecoded')),
        join ' ', spans ($expected->{undecoded}));
}

sub compare_list
{
    my ($item, $list) = @_;
    my %part = map { ($_->{name} => $_->{show}) } @{$item->{parts}};
    my @parts = parts_named ($item, 'nfpeek.list.part');
    my ($element, $semantic) = @$list{qw(element semantic)};
    my $where = ' of the list at ' . place ($item);

    $semantic = $semantic{$semantic} // $semantic if defined $semantic;
    same ("semantic$where", $part{'nfpeek.list.semantic'}, $semantic);
    same ("Template$where", $part{'nfpeek.list.template_id'}, $list->{template});
    same ("element$where", $part{'nfpeek.list.field.id'}, $element ? $element->{id} : undef);
    same ("length of values$where", $part{'nfpeek.list.field.length'},
        $element ? $element->{length} : undef);
    same ("enterprise$where", $part{'nfpeek.list.field.pen'} // 0, $element ? $element->{pen} : 0);
    compare_fields ($item, 'values in the list',
        [map { {%$_, name => $element->{name}} } @{$list->{values} // []}]);
    compare_list_records ($item, $list);
    same ("parts$where", scalar @parts, scalar @{$list->{parts} // []});
    for my $i (0 .. $#parts) {
        my $expected = $list->{parts}[$i] or last;
        my ($id) = parts_named ($parts[$i], 'nfpeek.list.template_id');

        same ('place of a part', place ($parts[$i]), "$expected->{offset}+$expected->{length}");
        same ('Template of a part', $id->{show}, $expected->{template});
        compare_list_records ($parts[$i], $expected);
    }
}

sub compare_template
{
    my ($template, $expected) = @_;

    same ('place of a Template', place ($template), "$expected->{offset}+$expected->{length}");
    if ($expected->{withdrawn}) {
        same ('withdrawal', $template->{name}, 'nfpeek.withdrawal');
        return;
    }
    my @fields = parts_named ($template, 'nfpeek.template.field');

    same ('fields of Template', scalar @fields, scalar @{$expected->{fields}});
    for my $i (0 .. $#fields) {
        my $field = $expected->{fields}[$i] or last;
        my %part = map { ($_->{name} => $_->{show}) } @{$fields[$i]{parts}};

        same ("id of field $i", $part{'nfpeek.template.field.id'}, $field->{id});
        same ("length of field $i", $part{'nfpeek.template.field.length'}, $field->{length});
        same ("enterprise of field $i", $part{'nfpeek.template.field.pen'} // 0, $field->{pen});
    }
}

sub spans
{
    my ($undecoded) = @_;

    return map { "$_->{offset}+$_->{length}" }
        ref $undecoded eq 'ARRAY' ? @$undecoded : $undecoded ? $undecoded : ();
}

# Neighbours are one place to the command.
sub joined
{
    my @spans;

    for my $item (@_) {
        my ($offset, $length) = ($item->{pos} - $start, $item->{size});

        if (@spans && $spans[-1][0] + $spans[-1][1] == $offset) {
            $spans[-1][1] += $length;
        } else {
            push @spans, [$offset, $length];
        }
    }
    return join ' ', map { "$_->[0]+$_->[1]" } @spans;
}

sub compare_set
{
    my ($set, $expected) = @_;
    my @records = parts_named ($set, 'nfpeek.record');
    my @templates =
        grep { $_->{name} =~ /^nfpeek\.(?:template|withdrawal)$/ } @{$set->{parts}};
    my ($padding) = parts_named ($set, 'nfpeek.padding');

    same ('offset of a Set', $set->{pos} - $start, $expected->{offset});
    same ('octets of a Set', $set->{size}, $expected->{captured} // $expected->{length});
    same ('records of a Set', scalar @records, scalar @{$expected->{records} // []});
    same ('Templates of a Set', scalar @templates, scalar @{$expected->{templates} // []});
    same ('padding', $padding ? $padding->{size} : 0, $expected->{padding} // 0);
    same ('undecoded octets of a Set', joined (parts_named ($set, 'nfpeek.undecoded')),
        join ' ', spans ($expected->{undecoded}));
    for my $i (0 .. $#records) {
        compare_record ($records[$i], $expected->{records}[$i]) if $expected->{records}[$i];
    }
    for my $i (0 .. $#templates) {
        compare_template ($templates[$i], $expected->{templates}[$i]) if $expected->{templates}[$i];
    }
}

sub domain_of
{
    my ($message) = @_;

    return join ' ', map { $message->{$_} // '-' } qw(exporter port version domain);
}

sub all_findings
{
    my ($item) = @_;

    return map { $_->{name} eq 'nfpeek.finding' ? $_ : all_findings ($_) } @{$item->{parts}};
}

# A finding, its place, and its text without the reference behind it.
sub said_of
{
    my ($item) = @_;

    return "$item->{show}\@" . place ($item) . ' ' . $item->{showname} =~ s/ \[[^\]]*\]$//r;
}

# Counts how often the items without parts cover each octet.
sub cover
{
    my ($item, $covered) = @_;
    my @parts = grep { !$is_derived{$_->{name}} && $_->{name} !~ /^_ws\./ && $_->{name} ne '' }
        @{$item->{parts}};

    return if $item->{tag} eq 'proto' && $item->{name} ne 'nfpeek';
    if (grep { $_->{tag} eq 'field' && $_->{name} =~ /^nfpeek\./ } @parts) {
        cover ($_, $covered) for @parts;
        return;
    }
    $covered->[$_]++ for $item->{pos} - $start .. $item->{pos} - $start + $item->{size} - 1;
}

sub compare_message
{
    my ($message, $expected) = @_;
    my @sets = parts_named ($message, 'nfpeek.set');
    my @covered;

    $n_messages++;
    $start = $message->{pos};
    same ('Sets', scalar @sets, scalar @{$expected->{sets} // []});
    for my $i (0 .. $#sets) {
        compare_set ($sets[$i], $expected->{sets}[$i]) if $expected->{sets}[$i];
    }
    same ('undecoded octets', joined (parts_named ($message, 'nfpeek.undecoded')),
        join ' ', spans ($expected->{undecoded})) if $expected->{sets};
    same ('findings',
        join ("\n", sort map { said_of ($_) } all_findings ($message)),
        join ("\n", sort map { "$_->{code}\@$_->{offset}+$_->{length} $_->{severity}: $_->{text}" }
            @{$expected->{findings}})) if $expected->{findings};
    cover ($message, \@covered);
    my @bare = grep { !$covered[$_] } 0 .. $message->{size} - 1;

    differ ('octets that no item is about', "@bare[0 .. ($#bare < 9 ? $#bare : 9)]", '') if @bare;
}

# The command's objects, one a Message. What it says of a whole domain at the end the plugin says at
# the domain's last Message.
sub read_json
{
    my (@messages, %last);

    open my $json, '<:raw', $json_file or die "compare.pl: $json_file: $!\n";
    while (my $line = <$json>) {
        my $message = decode_json ($line);
        my $domain = domain_of ($message);

        if ($message->{packet}) {
            push @messages, $message;
            $last{$domain} = $message;
        } elsif ($last{$domain}) {
            push @{$last{$domain}{findings}}, @{$message->{findings}};
        } else {
            $where = 'the end';
            differ ('Message of the domain', undef, $domain);
        }
    }
    return @messages;
}

my @packets = read_pdml ();
my %seen;

for my $expected (read_json ()) {
    $where = "packet $expected->{packet}";
    my $message = $packets[$expected->{packet} - 1][$seen{$expected->{packet}}++];

    if ($message) {
        compare_message ($message, $expected);
    } else {
        differ ('Message', undef, 'has one');
    }
}
for my $packet (1 .. @packets) {
    $where = "packet $packet";
    same ('Messages', scalar @{$packets[$packet - 1]}, $seen{$packet} // 0);
}
print "$n_messages Messages, $n_records records, $n_fields fields: $n_differences differences\n";
exit ($n_differences ? 1 : 0);
