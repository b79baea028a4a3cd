<?php
// Compiles a module, is called by it, calls it, writes its memory, catches its trap, and calls it for 1,000 rows.
declare(strict_types=1);

$root = dirname(__DIR__, 2);

// PHP reads declarations of C, without the preprocessor.
$header = preg_replace('~/\*.*?\*/~s', '', file_get_contents("$root/include/wasmtime_shim.h"));
preg_match_all('~^#define (WTS_\w+) (-?\d+)$~m', $header, $found, PREG_SET_ORDER);
foreach ($found as [, $name, $value]) {
    define($name, (int) $value);
}
$header = preg_replace(['~^\s*#.*$~m', '~extern "C" \{~', '~\}\s*$~', '~\bWTS_API\b~'], '', $header);
$c = FFI::cdef($header, getenv('WASMTIME_SHIM_LIB'));

function text(string $getter, int $of): string
{
    global $c;
    $size = $c->new('size_t');
    $c->$getter($of, null, 0, FFI::addr($size));
    $buffer = $c->new('char[' . max($size->cdata, 1) . ']');
    $c->$getter($of, $buffer, $size->cdata, FFI::addr($size));
    return FFI::string($buffer, $size->cdata);
}

function attempt(int $status): void
{
    if ($status < 0) {
        throw new RuntimeException(text('wts_status_name', $status) . ': ' . text('wts_error_message', 0), $status);
    }
}

function out(string $function, ...$given): int
{
    global $c;
    $handle = $c->new('uint64_t');
    attempt($c->$function(...[...$given, FFI::addr($handle)]));
    return $handle->cdata;
}

function slots(string $type, array $values): FFI\CData
{
    global $c;
    $array = $c->new("{$type}[" . count($values) . ']');
    foreach ($values as $index => $value) {
        $array[$index] = $value;
    }
    return $array;
}

function bytes(string $text): FFI\CData
{
    global $c;
    $array = $c->new('uint8_t[' . strlen($text) . ']');
    FFI::memcpy($array, $text, strlen($text));
    return $array;
}

// What a callback throws ends the script, so that it catches all.
$log = function ($env, $caller, $args, $nargs, $results, $nresults) use ($c) {
    try {
        $memory = out('wts_caller_get_export', $caller, 'memory', 6);
        $buffer = $c->new("uint8_t[{$args[1]}]");
        attempt($c->wts_memory_read($memory, $args[0], $buffer, $args[1]));
        echo FFI::string($buffer, $args[1]), "\n";
        return 0;
    } catch (Throwable $error) {
        $message = $error->getMessage();
        $c->wts_caller_set_trap($caller, WTS_TRAP_NONE, $message, strlen($message));
        return -1;
    }
};

$guest = file_get_contents("$root/examples/guest.wat");
$engine = out('wts_engine_new', 0);
$store = out('wts_store_new', $engine, 0);
$linker = out('wts_linker_new', $engine);
$kinds = slots('int32_t', [WTS_I32, WTS_I32]);
attempt($c->wts_linker_define_func($linker, 'host', 4, 'log', 3, $kinds, 2, null, 0, $log, null, null));
$module = out('wts_module_new', $engine, bytes($guest), strlen($guest));
$instance = out('wts_linker_instantiate', $linker, $store, $module);
[$greet, $add, $divide, $memory] = array_map(
    fn ($name) => out('wts_instance_get_export', $instance, $name, strlen($name)),
    ['greet', 'add', 'divide', 'memory'],
);
$call = function (int $func, int ...$args) use ($c): int {
    $result = $c->new('int64_t[1]');
    attempt($c->wts_func_call($func, slots('int64_t', $args), count($args), $result, 1));
    return $result[0];
};

attempt($c->wts_func_call($greet, null, 0, null, 0));
echo '40 + 2 = ', $call($add, 40, 2), "\n";
attempt($c->wts_memory_write($memory, 16, bytes('HELLO'), 5));
attempt($c->wts_func_call($greet, null, 0, null, 0));
try {
    $call($divide, 1, 0);
} catch (RuntimeException $error) {
    echo $error->getMessage(), "\n";
}
$rows = [];
for ($row = 0; $row < 1000; $row++) {
    array_push($rows, $row, 2);
}
$sums = $c->new('int64_t[1000]');
$done = out('wts_func_call_batch', $add, 1000, slots('int64_t', $rows), 2000, $sums, 1000);
echo "$done rows, the last is {$sums[999]}\n";

attempt($c->wts_module_delete($module));
attempt($c->wts_linker_delete($linker));
attempt($c->wts_store_delete($store));
attempt($c->wts_engine_delete($engine));
echo out('wts_handle_live_count', WTS_KIND_NONE), " handles are left\n";
