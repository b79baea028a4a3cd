"""Functions: types, typed calls, calls with values."""

from std.testing import assert_equal, assert_false, assert_true
from wasmtime_mojo import (
    CallerPtr,
    Engine,
    EnvPtr,
    ExternRef,
    Func,
    FuncType,
    Instance,
    Module,
    Results2,
    Results3,
    Results4,
    Store,
    TrapPtr,
    ValKind,
    ValPtr,
    WasmtimeError,
    WasmtimeVal,
    WTS_ERR_RANGE,
    WTS_ERR_TYPE,
)

comptime SOURCE = """
(module
  (func (export "i32") (param i32) (result i32) (local.get 0))
  (func (export "i64") (param i64) (result i64) (local.get 0))
  (func (export "f32") (param f32) (result f32) (local.get 0))
  (func (export "f64") (param f64) (result f64) (local.get 0))
  (func (export "v128") (param v128) (result v128) (local.get 0))
  (func (export "externref") (param externref) (result externref)
    (local.get 0))
  (func $same (export "funcref") (param funcref) (result funcref)
    (local.get 0))
  (func (export "three") (result i32 i64 f32)
    (i32.const 1) (i64.const 2) (f32.const 3))
  (func (export "four") (param i32) (result i32 i64 f32 f64)
    (local.get 0) (i64.const 2) (f32.const 3) (f64.const 4))
  (func (export "mixed") (param i32 v128 f64) (result f64 v128 i32)
    (local.get 2) (local.get 1) (local.get 0))
  (func (export "eight") (param i32 i64 f32 f64 i32 i64 f32 f64) (result f64)
    (f64.add
      (f64.add
        (f64.add (f64.convert_i32_s (local.get 0))
                 (f64.convert_i64_s (local.get 1)))
        (f64.add (f64.promote_f32 (local.get 2)) (local.get 3)))
      (f64.add
        (f64.add (f64.convert_i32_s (local.get 4))
                 (f64.convert_i64_s (local.get 5)))
        (f64.add (f64.promote_f32 (local.get 6)) (local.get 7))))))
"""


def new_instance() raises -> Instance:
    var engine = Engine()
    return Instance(Store(engine), Module(engine, SOURCE))


def test_type_and_arity() raises:
    var func = new_instance().func("four")
    assert_true(
        func.type()
        == FuncType(
            [ValKind.I32],
            [ValKind.I32, ValKind.I64, ValKind.F32, ValKind.F64],
        )
    )
    assert_equal(func.param_arity(), 1)
    assert_equal(func.result_arity(), 4)
    assert_equal(String(func), "(func (param i32) (result i32 i64 f32 f64))")


def test_numbers_cross_exactly() raises:
    var instance = new_instance()
    var i32 = instance.typed_func[Int32, Int32]("i32")
    for value in [Int32.MIN, -1, 0, 1, Int32.MAX]:
        assert_equal(i32(value), value)
    var u32 = instance.typed_func[UInt32, UInt32]("i32")
    for value in [UInt32(0), 1, UInt32.MAX]:
        assert_equal(u32(value), value)
    var i64 = instance.typed_func[Int64, Int64]("i64")
    for value in [Int64.MIN, -1, 0, 1, Int64.MAX]:
        assert_equal(i64(value), value)
    var u64 = instance.typed_func[UInt64, UInt64]("i64")
    for value in [UInt64(0), 1, UInt64.MAX]:
        assert_equal(u64(value), value)
    var f32 = instance.typed_func[Float32, Float32]("f32")
    for value in [Float32(0.1), -1.5, Float32.MAX_FINITE]:
        assert_equal(f32(value), value)
    var f64 = instance.typed_func[Float64, Float64]("f64")
    for value in [Float64(0.1), -1.5, Float64.MAX_FINITE]:
        assert_equal(f64(value), value)
    var boolean = instance.typed_func[Bool, Bool]("i32")
    assert_true(boolean(True))
    assert_false(boolean(False))


def test_eight_arguments() raises:
    var eight = new_instance().typed_func[
        Float64,
        Int32,
        Int64,
        Float32,
        Float64,
        Int32,
        Int64,
        Float32,
        Float64,
    ]("eight")
    assert_equal(eight(1, 2, 4, 8, 16, 32, 64, 128.5), 255.5)


def test_three_and_four_results() raises:
    var instance = new_instance()
    var a, b, c = instance.call[Results3[Int32, Int64, Float32]](
        "three"
    ).tuple()
    assert_equal(a, 1)
    assert_equal(b, 2)
    assert_equal(c, 3)
    var four = instance.call[Results4[Int32, Int64, Float32, Float64]](
        "four", Int32(-7)
    )
    assert_equal(four.first, -7)
    assert_equal(four.second, 2)
    assert_equal(four.third, 3)
    assert_equal(four.fourth, 4)


def test_references() raises:
    var engine = Engine()
    var store = Store(engine)
    var instance = Instance(store, Module(engine, SOURCE))
    var reference = ExternRef(store, String("hello"))
    var back = instance.call[ExternRef]("externref", reference)
    assert_equal(back.get[String](), "hello")
    var none = instance.call[Optional[ExternRef]](
        "externref", Optional[ExternRef](None)
    )
    assert_false(Bool(none))
    var func = instance.func("i32")
    var same = instance.call[Func]("funcref", func)
    assert_equal(same.call[Int32](Int32(5)), 5)
    assert_true(same.same(func))
    assert_false(same.same(instance.func("i64")))
    assert_false(
        Bool(instance.call[Optional[Func]]("funcref", Optional[Func](None)))
    )


def test_null_that_was_not_asked_for() raises:
    var error = WasmtimeError(0, "", "")
    var instance = new_instance()
    try:
        _ = instance.call[ExternRef]("externref", Optional[ExternRef](None))
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)
    assert_true("Optional" in error.message, error.message)


def test_values() raises:
    var instance = new_instance()
    var vector = SIMD[DType.uint64, 2](1, UInt64.MAX)
    var results = instance.func("mixed").call_values(
        [
            WasmtimeVal.from_i32(7),
            WasmtimeVal.from_v128(vector),
            WasmtimeVal.from_f64(0.5),
        ]
    )
    assert_equal(len(results), 3)
    assert_equal(results[0].get[Float64](), 0.5)
    assert_equal(results[1].get_v128(), vector)
    assert_equal(results[2].get_i32(), 7)


def test_values_that_are_references() raises:
    var engine = Engine()
    var store = Store(engine)
    var instance = Instance(store, Module(engine, SOURCE))
    var reference = ExternRef(store, 42)
    var results = instance.func("externref").call_values(
        [WasmtimeVal.from_extern(reference)]
    )
    assert_equal(results[0].get_extern().value().get[Int](), 42)
    results = instance.func("funcref").call_values(
        [WasmtimeVal.null(ValKind.FUNCREF)]
    )
    assert_false(Bool(results[0].get_func()))


def test_values_that_do_not_fit() raises:
    var error = WasmtimeError(0, "", "")
    var func = new_instance().func("mixed")
    try:
        _ = func.call_values([WasmtimeVal.from_i32(7)])
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)
    assert_true("(param i32 v128 f64)" in error.message, error.message)
    assert_true("(param i32)" in error.message, error.message)


def sum(
    env: EnvPtr,
    caller: CallerPtr,
    args: ValPtr,
    nargs: Int,
    results: ValPtr,
    nresults: Int,
) raises -> TrapPtr:
    var total = Int32(0)
    for i in range(nargs):
        total += args[i].get[Int32]()
    results[0] = WasmtimeVal.from_i32(total)
    return TrapPtr()


def test_host_function_with_types_of_run_time() raises:
    var engine = Engine()
    var store = Store(engine)
    for count in range(20):
        var params = List[ValKind](length=count, fill=ValKind.I32)
        var args = List[WasmtimeVal](length=count, fill=WasmtimeVal.from_i32(2))
        var func = Func(store, FuncType(params^, [ValKind.I32]), sum)
        assert_equal(func.param_arity(), count)
        assert_equal(func.call_values(args)[0].get_i32(), 2 * Int32(count))


def test_host_function_of_unknown_kind() raises:
    var error = WasmtimeError(0, "", "")
    var store = Store(Engine())
    try:
        _ = Func(store, FuncType([ValKind(1)], []), sum)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_RANGE)
    assert_true("0x1" in error.message, error.message)
