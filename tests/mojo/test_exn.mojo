"""Exceptions and tags."""

from std.testing import assert_equal, assert_false, assert_true
from wasmtime_mojo import (
    Caller,
    Engine,
    ExnRef,
    Instance,
    Linker,
    Module,
    Store,
    Tag,
    ValKind,
    WasmtimeError,
    WasmtimeVal,
    WTS_ERR_STATE,
    WTS_ERR_TRAP,
)

comptime GUEST = """
(module
  (import "env" "fail" (func $fail (param i32) (result i32)))
  (tag $e (export "e") (param i32))
  (func (export "throw") (param i32) (throw $e (local.get 0)))
  (func (export "call") (param i32) (result i32) (call $fail (local.get 0)))
  (func (export "catch") (param i32) (result i32)
    (block $caught (result i32)
      (return (try_table (result i32) (catch $e $caught) (call $fail (local.get 0)))))
    (i32.add (i32.const 1000)))
  (func (export "give") (result exnref)
    (block $caught (result exnref)
      (try_table (catch_all_ref $caught) (throw $e (i32.const 3)))
      (ref.null exn)))
  (func (export "take") (param exnref) (throw_ref (local.get 0))))
"""


def fail(mut caller: Caller, code: Int32) raises WasmtimeError -> Int32:
    var tag = caller.get_export("e").tag()
    caller.throw(ExnRef(tag, [WasmtimeVal.from_i32(code)]))
    return 0


def _instance(store: Store, engine: Engine) raises -> Instance:
    var linker = Linker(engine)
    linker.func[fail]("env", "fail")
    return linker.instantiate(store, Module(engine, GUEST))


def test_the_host_catches() raises:
    var engine = Engine()
    var store = Store(engine)
    var instance = _instance(store, engine)
    var error = WasmtimeError(0, "", "")
    try:
        instance.call("throw", Int32(5))
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TRAP)
    assert_true("uncaught exception" in error.message, error.message)
    var exception = store.take_exception()
    assert_equal(exception.field_count(), 1)
    assert_equal(exception.get(0).get_i32(), 5)
    assert_true(exception.tag().same(instance.tag("e")))
    try:
        _ = store.take_exception()
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_STATE)


def test_a_host_function_throws() raises:
    var engine = Engine()
    var store = Store(engine)
    var instance = _instance(store, engine)
    assert_equal(instance.call[Int32]("catch", Int32(7)), 1007)
    var status = Int32(0)
    try:
        _ = instance.call[Int32]("call", Int32(8))
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_TRAP)
    assert_equal(store.take_exception().get(0).get_i32(), 8)


def test_exceptions_are_values() raises:
    var engine = Engine()
    var store = Store(engine)
    var instance = _instance(store, engine)
    var exception = instance.call[ExnRef]("give")
    assert_equal(exception.get(0).get_i32(), 3)
    var value = instance.func("give").call_values([])[0]
    assert_equal(value.get_exn().value().get(0).get_i32(), 3)
    assert_false(Bool(value.get_any()))
    assert_false(Bool(value.get_extern()))
    var thrown = False
    try:
        instance.call("take", exception)
    except e:
        thrown = e.status == WTS_ERR_TRAP
    assert_true(thrown)


def test_tags() raises:
    var store = Store(Engine())
    var tag = Tag(store, [ValKind.I32, ValKind.EXTERNREF])
    assert_true(tag.fields() == [ValKind.I32, ValKind.EXTERNREF])
    assert_true(tag.same(tag))
    assert_false(tag.same(Tag(store, [ValKind.I32, ValKind.EXTERNREF])))
