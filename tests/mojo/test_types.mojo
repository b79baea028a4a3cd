"""Types of values, functions, memories, tables and globals."""

from std.testing import assert_equal, assert_false, assert_true
from wasmtime_mojo import (
    Engine,
    ExternKind,
    FuncType,
    GlobalType,
    Memory,
    MemoryType,
    Module,
    Store,
    TableType,
    ValKind,
    WasmtimeError,
    WTS_ERR_RANGE,
)


def test_kinds_have_names() raises:
    assert_equal(String(ValKind.I32), "i32")
    assert_equal(String(ValKind.V128), "v128")
    assert_equal(String(ValKind.EXTERNREF), "externref")
    assert_equal(String(ExternKind.GLOBAL), "global")
    assert_true(ValKind.F64.is_number())
    assert_false(ValKind.FUNCREF.is_number())
    assert_equal(ValKind.V128.slots(), 2)


def test_types_print_as_text() raises:
    assert_equal(
        String(FuncType([ValKind.I32, ValKind.F32], [ValKind.I64])),
        "(func (param i32 f32) (result i64))",
    )
    assert_equal(String(FuncType([], [])), "(func)")
    assert_equal(String(MemoryType(1, 2)), "(memory 1 2)")
    assert_equal(String(TableType(ValKind.FUNCREF, 3)), "(table 3 funcref)")
    assert_equal(
        String(GlobalType(ValKind.I32, mutable=True)), "(global (mut i32))"
    )


def test_types_print_as_the_library_prints_them() raises:
    var module = Module(
        Engine(),
        """
        (module
          (func (export "f") (param i32 v128) (result f64 funcref)
            unreachable)
          (memory (export "m") 1 2)
          (table (export "t") 3 externref)
          (global (export "g") (mut f32) (f32.const 0)))
        """,
    )
    for item in module.exports():
        if item.kind() == ExternKind.FUNC:
            assert_equal(String(item.type.func()), item.type.text)
        elif item.kind() == ExternKind.MEMORY:
            assert_equal(String(item.type.memory()), item.type.text)
        elif item.kind() == ExternKind.TABLE:
            assert_equal(String(item.type.table()), item.type.text)
        else:
            assert_equal(String(item.type.global_()), item.type.text)


def test_many_parameters() raises:
    var text = String('(module (func (export "f")')
    for _ in range(40):
        text += " (param i64)"
    text += "))"
    var type = Module(Engine(), text).export_type("f").func()
    assert_equal(len(type.params), 40)
    assert_true(type.params[39] == ValKind.I64)


def test_64_bit_memory() raises:
    var module = Module(Engine(), '(module (memory (export "m") i64 1))')
    assert_true(module.export_type("m").memory() == MemoryType(1, is_64=True))


def test_limits_that_contradict_each_other() raises:
    var error = WasmtimeError(0, "", "")
    var store = Store(Engine())
    try:
        _ = Memory(store, MemoryType(3, 2))
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_RANGE)
