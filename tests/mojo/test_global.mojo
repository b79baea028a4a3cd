"""Globals."""

from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    Engine,
    ExternRef,
    Global,
    GlobalType,
    Instance,
    Module,
    Store,
    ValKind,
    WasmtimeError,
    WasmtimeVal,
    WTS_ERR_TYPE,
)


def test_get_and_set() raises:
    var store = Store(Engine())
    var i32 = Global(store, WasmtimeVal.from_i32(-5), mutable=True)
    assert_true(i32.type() == GlobalType(ValKind.I32, mutable=True))
    assert_equal(i32.get[Int32](), -5)
    i32.set(Int32.MAX)
    assert_equal(i32.get[Int32](), Int32.MAX)
    assert_equal(i32.get[UInt32](), 2_147_483_647)
    var i64 = Global(store, WasmtimeVal.from_i64(Int64.MIN), mutable=True)
    assert_equal(i64.get[Int64](), Int64.MIN)
    i64.set(Int64(3))
    assert_equal(i64.get[Int64](), 3)
    var f32 = Global(store, WasmtimeVal.from_f32(0.1), mutable=True)
    f32.set(Float32(0.2))
    assert_equal(f32.get[Float32](), Float32(0.2))
    var f64 = Global(store, WasmtimeVal.from_f64(0.1), mutable=True)
    f64.set(Float64(0.2))
    assert_equal(f64.get[Float64](), 0.2)


def test_vector_and_reference() raises:
    var store = Store(Engine())
    var vector = SIMD[DType.uint64, 2](1, UInt64.MAX)
    var v128 = Global(store, WasmtimeVal.from_v128(vector))
    assert_equal(v128.value().get_v128(), vector)
    var reference = Global(
        store, WasmtimeVal.null(ValKind.EXTERNREF), mutable=True
    )
    assert_true(not reference.value().get_extern())
    reference.set_value(WasmtimeVal.from_extern(ExternRef(store, 42)))
    assert_equal(reference.value().get_extern().value().get[Int](), 42)


def test_global_of_a_module() raises:
    var engine = Engine()
    var instance = Instance(
        Store(engine),
        Module(
            engine,
            """
            (module
              (global $count (export "count") (mut i64) (i64.const 41))
              (func (export "next")
                (global.set $count
                  (i64.add (global.get $count) (i64.const 1)))))
            """,
        ),
    )
    var count = instance.global_("count")
    instance.call("next")
    assert_equal(count.get[Int64](), 42)
    assert_equal(count.value().kind.name(), "i64")


def test_wrong_kind() raises:
    var global_ = Global(Store(Engine()), WasmtimeVal.from_i32(1), mutable=True)
    var error = WasmtimeError(0, "", "")
    try:
        global_.set(Float64(1))
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)
    assert_true("i32" in error.message, error.message)
    assert_true("f64" in error.message, error.message)
    error.status = 0
    try:
        _ = global_.get[Int64]()
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)


def test_global_that_cannot_be_set() raises:
    var global_ = Global(Store(Engine()), WasmtimeVal.from_i32(1))
    var error = WasmtimeError(0, "", "")
    try:
        global_.set(Int32(2))
    except e:
        error = e.copy()
    assert_true(error.status < 0)
    assert_equal(global_.get[Int32](), 1)
