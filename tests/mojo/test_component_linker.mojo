"""Linkers of components: host functions, modules, WASI, and what is missing."""

from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    Caller,
    Component,
    ComponentFunc,
    ComponentLinker,
    Engine,
    Module,
    Store,
    WasmtimeError,
    WTS_ERR_HOST,
    WTS_ERR_LINK,
    WTS_ERR_NOT_FOUND,
    WTS_ERR_STATE,
)

comptime CALLS_F = """
(component
  (import "f" (func $f (param "x" u32) (result u32)))
  (core func $f' (canon lower (func $f)))
  (core module $m (import "" "f" (func $f (param i32) (result i32)))
    (func (export "f") (param i32) (result i32) (call $f (local.get 0))))
  (core instance $i (instantiate $m (with "" (instance
    (export "f" (func $f'))))))
  (func (export "f") (param "x" u32) (result u32)
    (canon lift (core func $i "f"))))
"""

comptime IMPORTS_A_MODULE = """
(component
  (import "m" (core module $m
    (export "f" (func (param i32) (result i32)))))
  (core instance $i (instantiate $m))
  (func (export "f") (param "x" u8) (result u8)
    (canon lift (core func $i "f"))))
"""


def forty_two(mut caller: Caller, args: String) raises -> String:
    if args == "(13)":
        raise Error("no thirteen")
    return "42"


def test_host_functions() raises:
    var engine = Engine()
    var linker = ComponentLinker(engine)
    linker.func_wave[forty_two]("", "f")
    var instance = linker.clone().instantiate(
        Store(engine), Component(engine, CALLS_F)
    )
    assert_equal(instance.call[UInt32]("f", UInt32(1)), 42)
    var status = Int32(0)
    try:
        _ = instance.call[UInt32]("f", UInt32(13))
    except e:
        status = e.status
        assert_true("no thirteen" in e.message)
    assert_equal(status, WTS_ERR_HOST)


def calls(type: StringSpan, core: StringSpan) -> String:
    """Writes a component that hands its import `f`, with a number, on as its export `f`."""
    # One of the two several times in one String(...) is refused by Mojo 1.0.
    var text = String('(component (import "f" (func $f (param "x" ', type, ")")
    text += String(" (result ", type, "))) (core func $f' (canon lower (func")
    text += String(' $f))) (core module $m (import "" "f" (func $f (param ')
    text += String(core, ") (result ")
    text += String(core, '))) (func (export "f") (param ')
    text += String(core, ") (result ")
    text += String(core, ") (call $f (local.get 0))))")
    text += '(core instance $i (instantiate $m (with "" (instance'
    text += ' (export "f" (func $f\'))))))'
    text += String('(func (export "f") (param "x" ', type, ") (result ")
    return text + String(type, ') (canon lift (core func $i "f"))))')


def passes_bytes(
    params: StringSpan, core: StringSpan, gets: StringSpan, result: StringSpan
) -> String:
    """Writes the same for parameters with bytes among them, and a result that is bytes."""
    var text = String('(component (import "f" (func $f ', params, " (result ")
    text += String(result, ")))")
    text += """
  (core module $libc
    (memory (export "memory") 4)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.set $next (i32.and
        (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get 2))))
      (global.get $next)
      (global.set $next (i32.add (global.get $next) (local.get 3)))))
  (core instance $libc (instantiate $libc))
  (core func $f' (canon lower (func $f) (memory (core memory $libc "memory"))
    (realloc (core func $libc "realloc"))))
  (core module $m
    (import "libc" "memory" (memory 0))
    (import "" "f" (func $f (param """
    text += String(core, " i32)))")
    text += String('(func (export "f") (param ', core, ") (result i32) ")
    text += String(gets, " (call $f (i32.const 16)) (i32.const 16)))")
    text += """
  (core instance $i (instantiate $m (with "libc" (instance $libc))
    (with "" (instance (export "f" (func $f'))))))
  (func (export "f") """
    text += String(params, " (result ", result, ")")
    return (
        text
        + """
    (canon lift (core func $i "f") (memory (core memory $libc "memory"))
      (realloc (core func $libc "realloc")))))"""
    )


def bool_(x: Bool) -> Bool:
    return not x


def s8(x: Int8) -> Int8:
    return x


def u8(x: UInt8) -> UInt8:
    return x


def s16(x: Int16) -> Int16:
    return x


def u16(x: UInt16) -> UInt16:
    return x


def s32(x: Int32) -> Int32:
    return x


def u32(x: UInt32) -> UInt32:
    return x


def s64(x: Int64) -> Int64:
    return x


def u64(x: UInt64) -> UInt64:
    return x


def f32(x: Float32) -> Float32:
    return x


def f64(x: Float64) -> Float64:
    return x


def next_character(x: Codepoint) -> Codepoint:
    return Codepoint.from_u32(x.to_u32() + 1).value()


def shout(prefix: String) raises -> String:
    if not prefix:
        raise Error("nothing to shout")
    return prefix.upper()


def repeat(
    mut calls: List[Int], before: UInt8, bytes: List[UInt8], after: Int64
) -> String:
    calls.append(len(bytes))
    var text = String(from_utf8_lossy=bytes)
    return String(before, text, after)


def reversed_bytes(text: String, mark: Bool) -> List[UInt8]:
    var bytes = List[UInt8]()
    for byte in text.as_bytes():
        bytes.insert(0, byte)
    if mark:
        bytes.append(0)
    return bytes^


struct Host(Movable):
    """A linker, with the engine to instantiate in."""

    var engine: Engine
    var linker: ComponentLinker

    def __init__(out self) raises WasmtimeError:
        self.engine = Engine()
        self.linker = ComponentLinker(self.engine)
        self.linker.allow_shadowing(True)

    def f(self, text: StringSpan) raises WasmtimeError -> ComponentFunc:
        var component = Component(self.engine, text)
        return self.linker.instantiate(Store(self.engine), component).func("f")


def test_mojo_functions_of_numbers() raises:
    var host = Host()
    host.linker.func[bool_]("", "f")
    assert_true(host.f(calls("bool", "i32")).call[Bool](False))
    host.linker.func[s8]("", "f")
    var s8s = host.f(calls("s8", "i32"))
    assert_equal(s8s.call[Int8](Int8.MIN), Int8.MIN)
    host.linker.func[u8]("", "f")
    var u8s = host.f(calls("u8", "i32"))
    assert_equal(u8s.call[UInt8](UInt8.MAX), UInt8.MAX)
    host.linker.func[s16]("", "f")
    var s16s = host.f(calls("s16", "i32"))
    assert_equal(s16s.call[Int16](Int16.MIN), Int16.MIN)
    host.linker.func[u16]("", "f")
    var u16s = host.f(calls("u16", "i32"))
    assert_equal(u16s.call[UInt16](UInt16.MAX), UInt16.MAX)
    host.linker.func[s32]("", "f")
    var s32s = host.f(calls("s32", "i32"))
    assert_equal(s32s.call[Int32](Int32.MIN), Int32.MIN)
    host.linker.func[u32]("", "f")
    var u32s = host.f(calls("u32", "i32"))
    assert_equal(u32s.call[UInt32](UInt32.MAX), UInt32.MAX)
    assert_equal(u32s.call[UInt32](UInt32(7)), 7)
    host.linker.func[s64]("", "f")
    var s64s = host.f(calls("s64", "i64"))
    assert_equal(s64s.call[Int64](Int64.MIN), Int64.MIN)
    host.linker.func[u64]("", "f")
    var u64s = host.f(calls("u64", "i64"))
    assert_equal(u64s.call[UInt64](UInt64.MAX), UInt64.MAX)
    host.linker.func[f32]("", "f")
    var f32s = host.f(calls("f32", "f32"))
    assert_equal(f32s.call[Float32](Float32(-1.5)), -1.5)
    host.linker.func[f64]("", "f")
    var f64s = host.f(calls("f64", "f64"))
    assert_equal(f64s.call[Float64](Float64(1e300)), 1e300)
    host.linker.func[next_character]("", "f")
    var chars = host.f(calls("char", "i32"))
    assert_equal(chars.call_wave("('a')"), "'b'")


def test_mojo_functions_of_bytes() raises:
    var host = Host()
    host.linker.func[shout]("", "f")
    var text = passes_bytes(
        '(param "x" string)', "i32 i32", "(local.get 0) (local.get 1)", "string"
    )
    var f = host.f(text)
    assert_equal(f.call[String]("caf\u00e9"), "CAF\u00c9")
    var status = Int32(0)
    try:
        _ = f.call[String]("")
    except e:
        status = e.status
        assert_true("nothing to shout" in e.message)
    assert_equal(status, WTS_ERR_HOST)


def test_mojo_functions_of_bytes_among_numbers() raises:
    var host = Host()
    host.linker.func[repeat]("", "f", List[Int]())
    var f = host.f(
        passes_bytes(
            ('(param "a" u8) (param "b" (list u8)) (param "c" s64)'),
            "i32 i32 i32 i64",
            "(local.get 0) (local.get 1) (local.get 2) (local.get 3)",
            "string",
        ),
    )
    assert_equal(f.call_wave("(255, [97, 98], -3)"), '"255ab-3"')
    assert_equal(
        f.call_wave("(0, [], 9223372036854775807)"), '"09223372036854775807"'
    )
    var other = Host()
    other.linker.func[reversed_bytes]("", "f")
    var g = other.f(
        passes_bytes(
            '(param "a" string) (param "b" bool)',
            "i32 i32 i32",
            "(local.get 0) (local.get 1) (local.get 2)",
            "(list u8)",
        ),
    )
    assert_equal(g.call_wave('("ab", true)'), "[98, 97, 0]")
    assert_equal(g.call_wave('("", false)'), "[]")


def user_of(mut caller: Caller, plus: UInt32) raises -> UInt32:
    return UInt32(caller.user()) + plus


def test_mojo_functions_with_their_caller() raises:
    var host = Host()
    host.linker.func[user_of]("", "f")
    var store = Store(host.engine)
    store.set_user(40)
    var instance = host.linker.instantiate(
        store, Component(host.engine, calls("u32", "i32"))
    )
    assert_equal(instance.call[UInt32]("f", UInt32(2)), 42)


def test_types_have_to_be_the_same() raises:
    var host = Host()
    host.linker.func[u32]("", "f")
    var f = host.f(calls("f32", "f32"))
    var status = Int32(0)
    try:
        _ = f.call[Float32](Float32(1))
    except e:
        status = e.status
        assert_true(
            "func(f32) -> f32, but it was defined as func(u32) -> u32"
            in e.message
        )
    assert_equal(status, WTS_ERR_HOST)
    status = 0
    host.linker.allow_shadowing(False)
    try:
        host.linker.func[u32]("", "f")
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_STATE)


def test_names() raises:
    var engine = Engine()
    var linker = ComponentLinker(engine)
    linker.func_wave[forty_two]("", "f")
    var status = Int32(0)
    try:
        linker.func_wave[forty_two]("", "f")
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_STATE)
    linker.allow_shadowing(True)
    linker.func_wave[forty_two]("", "f")


def test_what_is_missing() raises:
    var engine = Engine()
    var linker = ComponentLinker(engine)
    var component = Component(engine, CALLS_F)
    var status = Int32(0)
    try:
        _ = linker.instantiate(Store(engine), component)
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_LINK)
    linker.define_unknown_imports_as_traps(component)
    var pre = linker.instantiate_pre(component)
    var instance = pre.instantiate(Store(engine))
    status = 0
    try:
        _ = instance.call[UInt32]("f", UInt32(1))
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_LINK)


def test_modules() raises:
    var engine = Engine()
    var linker = ComponentLinker(engine)
    linker.define_module(
        "",
        "m",
        Module(
            engine,
            '(module (func (export "f") (param i32) (result i32)'
            " (i32.const 5)))",
        ),
    )
    var instance = linker.instantiate(
        Store(engine), Component(engine, IMPORTS_A_MODULE)
    )
    assert_equal(instance.call[UInt8]("f", UInt8(1)), 5)


# A program for WASI 0.2 that says whether it succeeded.
def command(engine: Engine, failed: Int) raises -> Component:
    return Component(
        engine,
        String(
            """(component
  (core module $m (func (export "run") (result i32) (i32.const """,
            failed,
            """)))
  (core instance $i (instantiate $m))
  (func $run (result (result)) (canon lift (core func $i "run")))
  (instance $command (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $command)))""",
        ),
    )


def test_commands() raises:
    var engine = Engine()
    var linker = ComponentLinker(engine)
    linker.define_wasi()
    for failed in range(2):
        var exit = linker.run_command(Store(engine), command(engine, failed))
        assert_equal(exit, Int32(failed))
    var status = Int32(0)
    try:
        _ = linker.run_command(Store(engine), Component(engine, "(component)"))
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_NOT_FOUND)
