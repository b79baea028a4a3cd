"""Errors: traps of every kind, backtraces, a library that is not there."""

from std.os import setenv, unsetenv, getenv
from std.testing import assert_equal, assert_false, assert_true
from wasmtime_mojo import (
    Config,
    Engine,
    Instance,
    Linker,
    Module,
    Store,
    version,
    WasmtimeError,
    WTS_ERR_NOT_FOUND,
    WTS_ERR_TRAP,
    WTS_TRAP_BAD_CONVERSION_TO_INTEGER,
    WTS_TRAP_BAD_SIGNATURE,
    WTS_TRAP_INDIRECT_CALL_TO_NULL,
    WTS_TRAP_INTEGER_DIVISION_BY_ZERO,
    WTS_TRAP_INTEGER_OVERFLOW,
    WTS_TRAP_MEMORY_OUT_OF_BOUNDS,
    WTS_TRAP_STACK_OVERFLOW,
    WTS_TRAP_TABLE_OUT_OF_BOUNDS,
    WTS_TRAP_UNREACHABLE,
)

comptime TRAPS = """
(module $traps
  (type $none (func))
  (memory 1)
  (table 2 funcref)
  (elem (i32.const 1) $number)
  (func $number (result i32) (i32.const 1))
  (func (export "unreachable") unreachable)
  (func (export "divide")
    (drop (i32.div_s (i32.const 1) (i32.const 0))))
  (func (export "overflow")
    (drop (i32.div_s (i32.const 0x80000000) (i32.const -1))))
  (func (export "convert")
    (drop (i32.trunc_f32_s (f32.const nan))))
  (func (export "load") (drop (i32.load (i32.const 65536))))
  (func (export "table") (call_indirect (type $none) (i32.const 2)))
  (func (export "null") (call_indirect (type $none) (i32.const 0)))
  (func (export "signature") (call_indirect (type $none) (i32.const 1)))
  (func $recurse (export "recurse") (call $recurse))
  (func $inner unreachable)
  (func $outer (export "outer") (call $inner)))
"""


def new_instance() raises -> Instance:
    var engine = Engine()
    return Instance(Store(engine), Module(engine, TRAPS))


def trap_of(instance: Instance, name: StringSpan) raises -> WasmtimeError:
    try:
        instance.call(name)
    except e:
        return e.copy()
    raise Error(name, " did not trap")


def test_traps_of_every_kind() raises:
    var instance = new_instance()
    var cases: List[Tuple[String, Int32, String]] = [
        ("unreachable", WTS_TRAP_UNREACHABLE, "WTS_TRAP_UNREACHABLE"),
        (
            "divide",
            WTS_TRAP_INTEGER_DIVISION_BY_ZERO,
            "WTS_TRAP_INTEGER_DIVISION_BY_ZERO",
        ),
        (
            "overflow",
            WTS_TRAP_INTEGER_OVERFLOW,
            "WTS_TRAP_INTEGER_OVERFLOW",
        ),
        (
            "convert",
            WTS_TRAP_BAD_CONVERSION_TO_INTEGER,
            "WTS_TRAP_BAD_CONVERSION_TO_INTEGER",
        ),
        (
            "load",
            WTS_TRAP_MEMORY_OUT_OF_BOUNDS,
            "WTS_TRAP_MEMORY_OUT_OF_BOUNDS",
        ),
        (
            "table",
            WTS_TRAP_TABLE_OUT_OF_BOUNDS,
            "WTS_TRAP_TABLE_OUT_OF_BOUNDS",
        ),
        (
            "null",
            WTS_TRAP_INDIRECT_CALL_TO_NULL,
            "WTS_TRAP_INDIRECT_CALL_TO_NULL",
        ),
        ("signature", WTS_TRAP_BAD_SIGNATURE, "WTS_TRAP_BAD_SIGNATURE"),
        ("recurse", WTS_TRAP_STACK_OVERFLOW, "WTS_TRAP_STACK_OVERFLOW"),
    ]
    for trap in cases:
        var error = trap_of(instance, trap[0])
        assert_equal(error.status, WTS_ERR_TRAP, trap[0])
        assert_equal(error.name, "WTS_ERR_TRAP", trap[0])
        assert_equal(error.trap_code, trap[1], trap[0])
        assert_equal(error.trap_name, trap[2], trap[0])
        assert_true(error.is_trap(), trap[0])
        assert_true(Bool(error.message), trap[0])


def test_backtrace() raises:
    var error = trap_of(new_instance(), "outer")
    assert_equal(len(error.frames), 2)
    assert_equal(error.frames[0].func_name, "inner")
    assert_equal(error.frames[1].func_name, "outer")
    assert_equal(error.frames[0].module_name, "traps")
    assert_equal(error.frames[0].func_index, 10)
    assert_true(Bool(error.frames[0].module_offset))
    assert_true(Bool(error.frames[0].func_offset))
    assert_true("inner" in error.backtrace, error.backtrace)
    assert_true("outer" in error.backtrace, error.backtrace)
    var text = String(error)
    assert_true(error.message in text, text)
    assert_true("inner" in text, text)
    assert_true("traps!inner @ 0x" in String(error.frames[0]))


def nothing():
    pass


def test_lines_of_the_source() raises:
    var config = Config()
    config.set("backtrace_details", 1)
    var engine = Engine(config)
    var linker = Linker(engine)
    linker.func[nothing]("env", "host")
    var instance = linker.instantiate(
        Store(engine), Module.from_file(engine, "tests/wasm/lines.wasm")
    )
    var error = WasmtimeError(0, "", "")
    try:
        _ = instance.call[Int32]("scale", Int32(1), Int32(0))
    except e:
        error = e.copy()
    assert_equal(len(error.frames), 1)
    ref symbols = error.frames[0].symbols
    assert_equal(len(symbols), 2)
    assert_equal(symbols[0].name, "divide")
    assert_equal(symbols[0].line.value(), 6)
    assert_equal(symbols[0].column.value(), 14)
    assert_equal(symbols[1].name, "scale")
    assert_true(String(symbols[1]).endswith("tests/wasm/lines.c:10"))


def test_core_dump() raises:
    var config = Config()
    config.set("coredump_on_trap", 1)
    var engine = Engine(config)
    var instance = Instance(Store(engine), Module(engine, TRAPS))
    var error = trap_of(instance, "unreachable")
    assert_true(len(error.coredump) > 8)
    assert_equal(error.coredump[1], UInt8(ord("a")))
    var text = String(from_utf8_lossy=error.coredump)
    assert_true("corestack" in text)
    assert_true("traps" in text)
    assert_equal(len(trap_of(new_instance(), "unreachable").coredump), 0)


def test_an_instance_stays_usable_after_a_trap() raises:
    var instance = new_instance()
    for _ in range(3):
        assert_equal(
            trap_of(instance, "unreachable").trap_code, WTS_TRAP_UNREACHABLE
        )


def test_what_is_not_a_trap() raises:
    var error = trap_of(new_instance(), "no such function")
    assert_false(error.is_trap())
    assert_equal(error.trap_name, "")
    assert_equal(error.backtrace, "")
    assert_equal(len(error.frames), 0)
    assert_false(Bool(error.exit_status))
    assert_false(Bool(error.host_code))


def test_it_converts_to_an_ordinary_error() raises:
    var text = String()
    try:
        new_instance().call("unreachable")
    except e:
        text = String(e)
    assert_true("unreachable" in text, text)


def test_missing_library_lists_the_places() raises:
    var before = getenv("WASMTIME_MOJO_LIB")
    _ = setenv("WASMTIME_MOJO_LIB", "/no/such/place/libwasmtime_shim.so")
    var error = WasmtimeError(0, "", "")
    try:
        _ = Engine()
    except e:
        error = e.copy()
    _ = setenv("WASMTIME_MOJO_LIB", before)
    assert_equal(error.status, WTS_ERR_NOT_FOUND)
    for word in [
        "/no/such/place/libwasmtime_shim.so",
        "WASMTIME_MOJO_LIB",
        "search path",
        "cargo build --release",
    ]:
        assert_true(word in error.message, error.message)


def test_a_library_that_is_another_one() raises:
    var before = getenv("WASMTIME_MOJO_LIB")
    _ = setenv("WASMTIME_MOJO_LIB", "libc.so.6")
    var error = WasmtimeError(0, "", "")
    try:
        _ = Engine()
    except e:
        error = e.copy()
    _ = setenv("WASMTIME_MOJO_LIB", before)
    assert_equal(error.status, WTS_ERR_NOT_FOUND)
    assert_true("libc.so.6" in error.message, error.message)
    assert_true("wts_" in error.message, error.message)
