"""Instances and their exports."""

from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    Engine,
    Extern,
    ExternKind,
    Instance,
    live_count,
    Memory,
    MemoryType,
    Module,
    Results2,
    Store,
    WasmtimeError,
    WTS_ERR_KIND,
    WTS_ERR_LINK,
    WTS_ERR_NOT_FOUND,
    WTS_ERR_TYPE,
    WTS_ERR_UTF8,
)

comptime SOURCE = """
(module
  (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func (export "multiply_add") (param f64 f64 f64) (result f64)
    (f64.add (f64.mul (local.get 0) (local.get 1)) (local.get 2)))
  (func (export "divmod") (param i32 i32) (result i32 i32)
    (i32.div_s (local.get 0) (local.get 1))
    (i32.rem_s (local.get 0) (local.get 1)))
  (func (export "nothing"))
  (memory (export "memory") 1)
  (global (export "answer") i32 (i32.const 42))
  (table (export "table") 2 funcref))
"""


def new_instance() raises -> Instance:
    var engine = Engine()
    return Instance(Store(engine), Module(engine, SOURCE))


def test_call() raises:
    var instance = new_instance()
    assert_equal(instance.call[Int32]("add", Int32(40), Int32(2)), 42)
    assert_equal(
        instance.call[Float64](
            "multiply_add", Float64(2), Float64(3), Float64(0.5)
        ),
        6.5,
    )
    instance.call("nothing")


def test_several_results() raises:
    var results = new_instance().call[Results2[Int32, Int32]](
        "divmod", Int32(17), Int32(5)
    )
    assert_equal(results.first, 3)
    assert_equal(results.second, 2)
    var quotient, remainder = results.tuple()
    assert_equal(quotient * 5 + remainder, 17)


def test_exports_have_names_and_kinds() raises:
    var names = List[String]()
    for item in new_instance().exports():
        names.append(String(item.name, ":", item.kind))
    assert_equal(
        ", ".join(names),
        "add:func, multiply_add:func, divmod:func, nothing:func,"
        " memory:memory, answer:global, table:table",
    )


def test_exports_have_types() raises:
    var instance = new_instance()
    assert_equal(
        instance["add"].type_text(), "(func (param i32 i32) (result i32))"
    )
    assert_equal(instance["memory"].type_text(), "(memory 1)")
    assert_equal(instance["answer"].type_text(), "(global i32)")
    assert_equal(instance["table"].type_text(), "(table 2 funcref)")
    assert_equal(
        instance.exports()[0].func().call[Int32](Int32(1), Int32(2)), 3
    )


def test_exports_by_kind() raises:
    var instance = new_instance()
    assert_equal(instance.memory("memory").size(), 1)
    assert_equal(instance.global_("answer").get[Int32](), 42)
    assert_equal(instance.table("table").size(), 2)


def test_unknown_export_lists_the_names() raises:
    var error = WasmtimeError(0, "", "")
    var instance = new_instance()
    try:
        instance.call("addd")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_NOT_FOUND)
    for name in ["addd", "add", "divmod", "memory", "answer", "table"]:
        assert_true(name in error.message, error.message)


def test_names_that_are_empty_or_not_utf8() raises:
    var error = WasmtimeError(0, "", "")
    var instance = new_instance()
    try:
        _ = instance.func("")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_NOT_FOUND)
    var bytes: List[UInt8] = [0x61, 0xFF]
    try:
        _ = instance[StringSpan(unsafe_from_utf8=bytes)]
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_UTF8)


def test_export_of_another_kind() raises:
    var error = WasmtimeError(0, "", "")
    var instance = new_instance()
    try:
        _ = instance.func("memory")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_KIND)
    assert_equal(error.message, '"memory" is a memory, not a func')


def test_wrong_number_of_arguments() raises:
    var error = WasmtimeError(0, "", "")
    var instance = new_instance()
    try:
        _ = instance.call[Int32]("add", Int32(40))
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)
    assert_equal(
        error.message,
        (
            "the function is (func (param i32 i32) (result i32)) but is called"
            " as (func (param i32) (result i32))"
        ),
    )


def test_wrong_kind_of_argument_and_result() raises:
    var error = WasmtimeError(0, "", "")
    var instance = new_instance()
    try:
        _ = instance.call[Int32]("add", Int32(40), Float64(2))
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)
    error.status = 0
    try:
        _ = instance.call[Int64]("add", Int32(40), Int32(2))
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)
    error.status = 0
    try:
        _ = instance.typed_func[Int32, Int32]("divmod")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)


def test_explicit_imports() raises:
    var engine = Engine()
    var store = Store(engine)
    var memory = Memory(store, MemoryType(2))
    var module = Module(
        engine,
        """
        (module
          (import "x" "y" (memory 1))
          (func (export "size") (result i32) (memory.size)))
        """,
    )
    var instance = Instance(store, module, [Extern(memory)])
    assert_equal(instance.call[Int32]("size"), 2)
    assert_true(Extern(memory).kind == ExternKind.MEMORY)


def test_too_few_imports() raises:
    var error = WasmtimeError(0, "", "")
    var engine = Engine()
    var store = Store(engine)
    var module = Module(engine, '(module (import "x" "y" (memory 1)))')
    try:
        _ = Instance(store, module)
    except e:
        error = e.copy()
    assert_true(error.status == WTS_ERR_LINK or error.status == WTS_ERR_TYPE)


def test_everything_keeps_its_store_alive() raises:
    # Of each only the object itself is left when it is used.
    assert_equal(new_instance().memory("memory").data_size(), 65_536)
    assert_equal(new_instance().func("add").call[Int32](Int32(1), Int32(2)), 3)
    assert_equal(
        new_instance().typed_func[Int32, Int32, Int32]("add")(40, 2), 42
    )
    assert_equal(new_instance().exports()[5].global_().get[Int32](), 42)
    assert_equal(live_count(), 0)


def test_looking_up_again_makes_no_handles() raises:
    var instance = new_instance()
    _ = instance.call[Int32]("add", Int32(1), Int32(2))
    _ = instance.memory("memory")
    var before = live_count()
    for _ in range(1000):
        _ = instance.call[Int32]("add", Int32(1), Int32(2))
        _ = instance.memory("memory")
    assert_equal(live_count(), before)
    _ = instance
