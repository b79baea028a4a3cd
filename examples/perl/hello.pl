# Compiles a module, is called by it, calls it, writes its memory, catches its trap, and calls it for 1,000 rows.
use strict;
use warnings;
use FFI::Platypus 2.00;
use FFI::Platypus::Buffer qw(buffer_to_scalar scalar_to_buffer);
use FindBin qw($Bin);
use JSON::PP qw(decode_json);

sub read_file {
    open my $file, '<:raw', "$Bin/../../$_[0]" or die "$_[0]: $!";
    local $/;
    return scalar <$file>;
}

# Every function of the library, from its description: wts_engine_new and so on.
my $abi = decode_json(read_file('include/wasmtime_shim.json'));
my %wts = map { $_->{name} => $_->{value} } @{ $abi->{constants} };
my %types = (map({ $_->{name} => $_->{c} } @{ $abi->{types} }), map({ $_->{name} => 'opaque' } @{ $abi->{callbacks} }));
my $ffi = FFI::Platypus->new(api => 2, lib => $ENV{WASMTIME_SHIM_LIB});
sub type { my ($type) = @_; return $type =~ /\*$/ ? 'opaque' : $types{$type} // $type }
for my $function (@{ $abi->{functions} }) {
    $ffi->attach($function->{name}, [map { type($_->{type}) } @{ $function->{params} }], type($function->{returns}));
}

# The address and the length of a text, which has to outlive the call.
sub text { return scalar_to_buffer($_[0]) }

sub copy_out {
    my ($getter, @given) = @_;
    my $size = out($getter, @given, undef, 0);
    my $buffer = "\0" x $size;
    out($getter, @given, text($buffer));
    return $buffer;
}

sub try_ {
    my ($status) = @_;
    die copy_out(\&wts_status_name, $status) . ': ' . copy_out(\&wts_error_message, 0) . "\n" if $status < 0;
}

# The one output of a function.
sub out {
    my ($function, @given) = @_;
    my $slot = "\0" x 8;
    my ($address) = text($slot);
    try_($function->(@given, $address));
    return unpack 'Q', $slot;
}

# A die in a callback would only be a warning, so that it catches all.
my $log = $ffi->closure(sub {
    my ($env, $caller, $args) = @_;
    my $done = eval {
        my ($address, $length) = unpack 'q2', buffer_to_scalar($args, 16);
        my $name = 'memory';
        my $memory = out(\&wts_caller_get_export, $caller, text($name));
        my $buffer = "\0" x $length;
        try_(wts_memory_read($memory, $address, text($buffer)));
        print "$buffer\n";
        1;
    };
    return 0 if $done;
    wts_caller_set_trap($caller, $wts{WTS_TRAP_NONE}, text($@));
    return -1;
});
my $callback = $ffi->cast('(opaque,uint64_t,opaque,size_t,opaque,size_t)->int32_t' => 'opaque', $log);

my $guest = read_file('examples/guest.wat');
my ($module_name, $name, $kinds) = ('host', 'log', pack 'l2', ($wts{WTS_I32}) x 2);
my $engine = out(\&wts_engine_new, 0);
my $store = out(\&wts_store_new, $engine, 0);
my $linker = out(\&wts_linker_new, $engine);
my @types = ((text($kinds))[0], 2, undef, 0);
try_(wts_linker_define_func($linker, text($module_name), text($name), @types, $callback, undef, undef));
my $module = out(\&wts_module_new, $engine, text($guest));
my $instance = out(\&wts_linker_instantiate, $linker, $store, $module);
my ($greet, $add, $divide, $memory) =
    map { my $export = $_; out(\&wts_instance_get_export, $instance, text($export)) } qw(greet add divide memory);

sub call {
    my ($func, @args) = @_;
    my ($slots, $result) = (pack('q*', @args), "\0" x 8);
    try_(wts_func_call($func, (text($slots))[0], scalar @args, (text($result))[0], 1));
    return unpack 'q', $result;
}

try_(wts_func_call($greet, undef, 0, undef, 0));
print '40 + 2 = ', call($add, 40, 2), "\n";
my $hello = 'HELLO';
try_(wts_memory_write($memory, 16, text($hello)));
try_(wts_func_call($greet, undef, 0, undef, 0));
eval { call($divide, 1, 0) } or print $@;
my ($rows, $sums) = (pack('q*', map { ($_, 2) } 0 .. 999), "\0" x 8000);
my $done = out(\&wts_func_call_batch, $add, 1000, (text($rows))[0], 2000, (text($sums))[0], 1000);
print "$done rows, the last is ", (unpack 'q*', $sums)[999], "\n";

try_(wts_module_delete($module));
try_(wts_linker_delete($linker));
try_(wts_store_delete($store));
try_(wts_engine_delete($engine));
print out(\&wts_handle_live_count, $wts{WTS_KIND_NONE}), " handles are left\n";
