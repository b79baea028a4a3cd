"""Values of which the type is known at run time only."""

from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    ValKind,
    WasmtimeError,
    WasmtimeVal,
    WTS_ERR_TYPE,
)


def test_numbers() raises:
    assert_equal(WasmtimeVal.from_i32(Int32.MIN).get_i32(), Int32.MIN)
    assert_equal(WasmtimeVal.from_i64(Int64.MIN).get_i64(), Int64.MIN)
    assert_equal(WasmtimeVal.from_f32(0.1).get_f32(), Float32(0.1))
    assert_equal(WasmtimeVal.from_f64(0.1).get_f64(), 0.1)
    assert_equal(WasmtimeVal.from_i32(-1).get[UInt32](), UInt32.MAX)
    assert_true(WasmtimeVal.from_i32(1).get[Bool]())
    assert_true(WasmtimeVal().kind == ValKind.I32)


def test_vector() raises:
    var vector = SIMD[DType.uint64, 2](1, UInt64.MAX)
    assert_equal(WasmtimeVal.from_v128(vector).get_v128(), vector)


def test_null() raises:
    var null = WasmtimeVal.null(ValKind.EXTERNREF)
    assert_true(null.kind == ValKind.EXTERNREF)
    assert_true(not null.get_extern())
    assert_true(not null.get_func())


def test_text() raises:
    assert_equal(String(WasmtimeVal.from_i32(-7)), "i32:-7")
    assert_equal(String(WasmtimeVal.from_f64(0.5)), "f64:0.5")
    assert_equal(String(WasmtimeVal.null(ValKind.FUNCREF)), "funcref:null")


def test_another_kind() raises:
    var error = WasmtimeError(0, "", "")
    try:
        _ = WasmtimeVal.from_i64(1).get[Int32]()
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)
    assert_equal(error.message, "the value is of kind i64, not i32")
