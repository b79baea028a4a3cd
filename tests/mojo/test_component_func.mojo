"""Functions of components: Mojo values, text and bytes."""

from std.testing import assert_equal, assert_false, assert_true
from wasmtime_mojo import (
    Component,
    ComponentFunc,
    ComponentInstance,
    ComponentLinker,
    ComponentResult,
    Engine,
    Store,
    WTS_ERR_LIMIT,
    WTS_ERR_NOT_FOUND,
    WTS_ERR_RANGE,
    WTS_ERR_TYPE,
)


def silent(line: String):
    pass


def inventory() raises -> ComponentInstance:
    var engine = Engine()
    var linker = ComponentLinker(engine)
    linker.func[silent]("", "log")
    return linker.instantiate(
        Store(engine),
        Component.from_file(engine, "tests/wasm/inventory.wasm"),
    )


def echo(type: StringSpan, core: StringSpan) raises -> ComponentFunc:
    """Makes a function that answers with the number that it gets."""
    var engine = Engine()
    # A span twice in one String(...) is refused by Mojo 1.0.
    var core_param = String("(param ", core, ") ")
    var core_result = String("(result ", core, ") ")
    var param = String('(param "x" ', type, ") ")
    var result = String("(result ", type, ") ")
    var text = String(
        '(component (core module $m (func (export "echo") ',
        core_param,
        core_result,
        "(local.get 0))) (core instance $i (instantiate $m)) (func (export",
        ' "echo") ',
        param,
        result,
        '(canon lift (core func $i "echo"))))',
    )
    var instance = ComponentLinker(engine).instantiate(
        Store(engine), Component(engine, text)
    )
    return instance.func("echo")


def echo_pair(type: StringSpan) raises -> ComponentFunc:
    """Makes a function that answers with the text or list that it gets."""
    var engine = Engine()
    var param = String('(param "x" ', type, ") ")
    var result = String("(result ", type, ")")
    var text = String(
        """(component
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
  (core module $m
    (import "libc" "memory" (memory 0))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0))
      (i32.store (i32.const 20) (local.get 1))
      (i32.const 16)))
  (core instance $i (instantiate $m (with "libc" (instance $libc))))
  (func (export "echo") """,
        param,
        result,
        """
    (canon lift (core func $i "echo")
      (memory (core memory $libc "memory"))
      (realloc (core func $libc "realloc")))))""",
    )
    var instance = ComponentLinker(engine).instantiate(
        Store(engine), Component(engine, text)
    )
    return instance.func("echo")


def test_numbers() raises:
    assert_equal(echo("u8", "i32").call[UInt8](UInt8(255)), 255)
    assert_equal(echo("s8", "i32").call[Int8](Int8(-128)), -128)
    assert_equal(echo("u16", "i32").call[UInt16](UInt16(65535)), 65535)
    assert_equal(echo("s16", "i32").call[Int16](Int16(-32768)), -32768)
    assert_equal(echo("u32", "i32").call[UInt32](UInt32.MAX), UInt32.MAX)
    assert_equal(echo("s32", "i32").call[Int32](Int32.MIN), Int32.MIN)
    assert_equal(echo("u64", "i64").call[UInt64](UInt64.MAX), UInt64.MAX)
    assert_equal(echo("s64", "i64").call[Int64](Int64.MIN), Int64.MIN)
    assert_equal(echo("f64", "f64").call[Float64](Float64(-0.1)), -0.1)
    assert_equal(echo("f32", "f32").call[Float32](Float32(1e30)), 1e30)
    assert_true(echo("bool", "i32").call[Bool](True))
    assert_false(echo("bool", "i32").call[Bool](False))
    # A literal is as good as a number of fixed width.
    assert_equal(echo("s32", "i32").call[Int32](-7), -7)


def test_strings() raises:
    var text = echo_pair("string")
    for value in [
        String("hello"),
        String(""),
        String('a "b" \\ \n\t\x01 \u2603'),
    ]:
        assert_equal(text.call[String](value), value)
        # A part of a text is a text too, whatever is in it.
        var part = value[byte = 0 : value.byte_length()]
        assert_equal(text.call[String](part), value)
    assert_equal(text.call[String]("a literal"), "a literal")
    assert_equal(
        String(from_utf8_lossy=text.call_bytes("caf\u00e9".as_bytes())),
        "caf\u00e9",
    )


def test_lists() raises:
    var words: List[String] = ["a", "b, c", ""]
    var answer = echo_pair("(list string)").call[List[String]](words)
    assert_equal(len(answer), 3)
    assert_equal(answer[1], "b, c")
    var numbers: List[Int16] = [1, -2, 3]
    assert_true(echo_pair("(list s16)").call[List[Int16]](numbers) == numbers)
    assert_equal(
        len(echo_pair("(list bool)").call[List[Bool]](List[Bool]())), 0
    )


def test_options_and_results() raises:
    var instance = inventory()
    var prices: List[Float64] = [1.5, 2.5]
    var average = instance.call[Optional[Float64]]("average", prices)
    assert_equal(average.value(), 2.0)
    assert_false(instance.call[Optional[Float64]]("average", List[Float64]()))
    assert_equal(
        echo_pair("(list (option u8))").call_wave("([some(1), none])"),
        "[some(1), none]",
    )
    var engine = Engine()
    var made = ComponentLinker(engine).instantiate(
        Store(engine),
        Component(
            engine,
            """(component
  (core module $m (func (export "f") (param i32) (result i32) (local.get 0)))
  (core instance $i (instantiate $m))
  (func (export "f") (param "x" bool) (result (result))
    (canon lift (core func $i "f"))))""",
        ),
    )
    comptime Bare = ComponentResult[NoneType, NoneType]
    assert_true(Bool(made.call[Bare]("f", False)))
    assert_false(Bool(made.call[Bare]("f", True)))


def test_what_calls_take_out_of_guests() raises:
    var engine = Engine()
    var store = Store(engine)
    assert_equal(store.hostcall_fuel(), UInt64(128 << 20))
    store.set_hostcall_fuel(100)
    assert_equal(store.hostcall_fuel(), UInt64(100))
    var linker = ComponentLinker(engine)
    linker.func[silent]("", "log")
    var instance = linker.instantiate(
        store, Component.from_file(engine, "tests/wasm/inventory.wasm")
    )
    assert_equal(instance.call[String]("shout", "hello"), "HELLO")
    var status = Int32(0)
    try:
        _ = instance.call[String]("shout", String("x") * 200)
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_LIMIT)


def test_inventory() raises:
    var instance = inventory()
    assert_true(instance.call[Bool]("is-even", UInt32(42)))
    assert_equal(instance.call[String]("shout", "hello"), "HELLO")
    assert_equal(instance.func("shout").type(), "func(text: string) -> string")


def call_status(func: ComponentFunc, args: StringSpan) raises -> Int32:
    try:
        _ = func.call_wave(args)
    except e:
        return e.status
    return 0


def test_errors() raises:
    var func = echo("u8", "i32")
    assert_equal(call_status(func, "(256)"), WTS_ERR_RANGE)
    assert_equal(call_status(func, "(true)"), WTS_ERR_TYPE)
    assert_equal(call_status(func, "("), WTS_ERR_TYPE)
    assert_equal(call_status(func, "(1, 2)"), WTS_ERR_TYPE)
    var status = Int32(0)
    try:
        _ = func.call[String](UInt8(1))
    except e:
        status = e.status
        assert_true("is not a string" in e.message)
    assert_equal(status, WTS_ERR_TYPE)
    status = 0
    try:
        # The result does not fit.
        _ = func.call[Int8](UInt8(200))
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_TYPE)
    var instance = inventory()
    status = 0
    try:
        _ = instance.call[Bool]("nothing", UInt32(1))
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_NOT_FOUND)
