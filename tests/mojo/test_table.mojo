"""Tables."""

from std.testing import assert_equal, assert_false, assert_true
from wasmtime_mojo import (
    Engine,
    ExternRef,
    Instance,
    live_count,
    Module,
    Store,
    Table,
    TableType,
    ValKind,
    WasmtimeError,
    WasmtimeVal,
    WTS_ERR_KIND,
    WTS_ERR_LIMIT,
    WTS_ERR_TYPE,
    WTS_KIND_REFERENCE,
    WTS_TRAP_INDIRECT_CALL_TO_NULL,
)

comptime SOURCE = """
(module
  (type $number (func (result i32)))
  (table $t (export "t") 4 8 funcref)
  (elem (i32.const 1) $one $two)
  (func $one (export "one") (result i32) (i32.const 1))
  (func $two (export "two") (result i32) (i32.const 2))
  (func (export "call") (param i32) (result i32)
    (call_indirect $t (type $number) (local.get 0))))
"""


def new_instance() raises -> Instance:
    var engine = Engine()
    return Instance(Store(engine), Module(engine, SOURCE))


def test_functions() raises:
    var instance = new_instance()
    var table = instance.table("t")
    assert_true(table.type() == TableType(ValKind.FUNCREF, 4, 8))
    assert_equal(table.size(), 4)
    assert_false(Bool(table.get_func(0)))
    assert_equal(table.get_func(2).value().call[Int32](), 2)
    table.set(0, instance.func("two"))
    assert_equal(instance.call[Int32]("call", Int32(0)), 2)
    table.set_null(1)
    var error = WasmtimeError(0, "", "")
    try:
        _ = instance.call[Int32]("call", Int32(1))
    except e:
        error = e.copy()
    assert_equal(error.trap_code, WTS_TRAP_INDIRECT_CALL_TO_NULL)


def test_grow() raises:
    var instance = new_instance()
    var table = instance.table("t")
    assert_equal(table.grow(1), 4)
    assert_equal(table.grow(1, WasmtimeVal.from_func(instance.func("two"))), 5)
    assert_false(Bool(table.get_func(4)))
    assert_equal(instance.call[Int32]("call", Int32(5)), 2)
    var error = WasmtimeError(0, "", "")
    try:
        _ = table.grow(10)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_LIMIT)
    assert_equal(table.size(), 6)


def test_host_references() raises:
    var store = Store(Engine())
    var table = Table(
        store,
        TableType(ValKind.EXTERNREF, 2),
        WasmtimeVal.from_extern(ExternRef(store, String("first"))),
    )
    table.set(1, ExternRef(store, String("second")))
    assert_equal(table.get_extern(0).value().get[String](), "first")
    assert_equal(table.get_extern(1).value().get[String](), "second")
    table.set_null(0)
    assert_false(Bool(table.get_extern(0)))
    # What came out of the table was given back.
    assert_equal(live_count(WTS_KIND_REFERENCE), 0)
    _ = store


def test_fill_and_copy() raises:
    var engine = Engine()
    var store = Store(engine)
    var instance = Instance(store, Module(engine, SOURCE))
    var table = instance.table("t")
    table.fill(2, WasmtimeVal.from_func(instance.func("one")), 2)
    assert_equal(instance.call[Int32]("call", Int32(2)), 1)
    assert_equal(instance.call[Int32]("call", Int32(3)), 1)
    table.set(0, instance.func("two"))
    table.copy_from(1, table, 0, 3)
    assert_equal(instance.call[Int32]("call", Int32(1)), 2)
    assert_equal(instance.call[Int32]("call", Int32(3)), 1)
    var other = Table(store, TableType(ValKind.FUNCREF, 2))
    other.copy_from(0, table, 1, 1)
    assert_equal(other.get_func(0).value().call[Int32](), 2)
    var errors = 0
    try:
        table.fill(3, WasmtimeVal.null(ValKind.FUNCREF), 2)
    except:
        errors += 1
    try:
        table.fill(0, WasmtimeVal.null(ValKind.FUNCREF), -1)
    except:
        errors += 1
    try:
        other.copy_from(1, table, 0, 2)
    except:
        errors += 1
    try:
        other.copy_from(0, table, -1, 1)
    except:
        errors += 1
    assert_equal(errors, 4)


def test_index_out_of_bounds() raises:
    var table = Table(Store(Engine()), TableType(ValKind.FUNCREF, 2))
    var errors = 0
    try:
        _ = table.get(2)
    except:
        errors += 1
    try:
        table.set_null(2)
    except:
        errors += 1
    try:
        _ = table.get(-1)
    except:
        errors += 1
    assert_equal(errors, 3)


def test_value_of_another_kind() raises:
    var store = Store(Engine())
    var table = Table(store, TableType(ValKind.FUNCREF, 2))
    var error = WasmtimeError(0, "", "")
    try:
        table.set(0, ExternRef(store, 1))
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_KIND)
    error.status = 0
    try:
        table.set(0, WasmtimeVal.from_i32(1))
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)
