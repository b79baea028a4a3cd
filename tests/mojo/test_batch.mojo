"""Many rows in one crossing: lists and columns."""

from std.testing import assert_equal, assert_false, assert_true
from wasmtime_mojo import (
    Config,
    Engine,
    Instance,
    Linker,
    Module,
    Results2,
    Results4,
    Store,
    WasmtimeError,
    WTS_ERR_FUEL,
    WTS_ERR_HOST,
    WTS_ERR_STALE,
    WTS_ERR_TRAP,
    WTS_ERR_TYPE,
    WTS_TRAP_INTEGER_DIVISION_BY_ZERO,
)

comptime SOURCE = """
(module $guest
  (global $sum (mut i64) (i64.const 0))
  (func (export "i32") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func (export "i64") (param i64 i64) (result i64)
    (i64.sub (local.get 0) (local.get 1)))
  (func (export "f32") (param f32 f32) (result f32)
    (f32.mul (local.get 0) (local.get 1)))
  (func (export "f64") (param f64 f64) (result f64)
    (f64.div (local.get 0) (local.get 1)))
  (func $divide (export "divide") (param i32 i32) (result i32)
    (i32.div_s (local.get 0) (local.get 1)))
  (func (export "divmod") (param i32 i32) (result i32 i32)
    (i32.div_s (local.get 0) (local.get 1))
    (i32.rem_s (local.get 0) (local.get 1)))
  (func (export "mixed") (param i32 i64 f32 f64) (result f64 f32 i64 i32)
    (local.get 3) (local.get 2) (local.get 1) (local.get 0))
  (func (export "eight") (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
    (i32.sub (local.get 0) (local.get 7)))
  (func (export "remember") (param i64)
    (global.set $sum (i64.add (global.get $sum) (local.get 0))))
  (func (export "sum") (result i64) (global.get $sum)))
"""


def row_counts() -> List[Int]:
    """Some around the number from which the loop runs inside WebAssembly."""
    return [0, 1, 3, 999, 1000, 1001, 70_000]


def new_instance() raises -> Instance:
    var engine = Engine()
    return Instance(Store(engine), Module(engine, SOURCE))


def numbers[
    type: DType
](rows: Int, start: Int, step: Int) -> List[Scalar[type]]:
    return [Scalar[type](start + row * step) for row in range(rows)]


def check_columns[
    type: DType
](instance: Instance, name: StringSpan, first: List[Scalar[type]]) raises:
    """Compares lists and columns with single calls."""
    var func = instance.typed_func[Scalar[type], Scalar[type], Scalar[type]](
        name
    )
    var rows = len(first)
    var second = numbers[type](rows, 7, 1)
    var mapped = func.map(first, second)
    assert_equal(len(mapped), rows)
    var into = List[Scalar[type]](length=rows, fill=0)
    func.call_columns(first, second, into=into)
    for row in range(rows):
        var expected = func(first[row], second[row])
        assert_equal(mapped[row], expected)
        assert_equal(into[row], expected)


def test_every_number_type_and_many_rows() raises:
    var instance = new_instance()
    for rows in row_counts():
        check_columns[DType.int32](
            instance, "i32", numbers[DType.int32](rows, -500, 3)
        )
        check_columns[DType.uint32](
            instance, "i32", numbers[DType.uint32](rows, 4_000_000_000, 3)
        )
        check_columns[DType.int64](
            instance, "i64", numbers[DType.int64](rows, Int.MIN, 5)
        )
        check_columns[DType.uint64](
            instance, "i64", numbers[DType.uint64](rows, Int.MAX, 5)
        )
        check_columns[DType.float32](
            instance, "f32", numbers[DType.float32](rows, -5, 2)
        )
        check_columns[DType.float64](
            instance, "f64", numbers[DType.float64](rows, -5, 2)
        )


def test_literals() raises:
    var instance = new_instance()
    var add = instance.typed_func[Int32, Int32, Int32]("i32")
    assert_equal(add.map([1, 2, 3], [10, 20, 30]), [Int32(11), 22, 33])
    assert_equal(
        instance.func("f32").map[Float32, Float32, Float32]([0.5], [4]),
        [Float32(2)],
    )


def test_several_results() raises:
    var instance = new_instance()
    var divmod = instance.typed_func[Results2[Int32, Int32], Int32, Int32](
        "divmod"
    )
    for rows in row_counts():
        var first = numbers[DType.int32](rows, -1000, 7)
        var results = divmod.map(first, List[Int32](length=rows, fill=13))
        for row in range(rows):
            var quotient, rest = results[row].tuple()
            assert_equal(quotient * 13 + rest, first[row])


def test_several_results_of_several_sizes() raises:
    var instance = new_instance()
    comptime Row = Results4[Float64, Float32, Int64, Int32]
    var mixed = instance.typed_func[Row, Int32, Int64, Float32, Float64](
        "mixed"
    )
    for rows in row_counts():
        var a = numbers[DType.int32](rows, -3, -1)
        var b = numbers[DType.int64](rows, Int.MIN, 1)
        var c = numbers[DType.float32](rows, 0, 3)
        var d = numbers[DType.float64](rows, 1, 4)
        var into = [Row(0, 0, 0, 0) for _ in range(rows)]
        mixed.call_columns(a, b, c, d, into=into)
        var mapped = mixed.map(a, b, c, d)
        for row in range(rows):
            assert_equal(into[row].first, d[row])
            assert_equal(into[row].second, c[row])
            assert_equal(into[row].third, b[row])
            assert_equal(into[row].fourth, a[row])
            assert_equal(mapped[row].fourth, a[row])


def test_no_results() raises:
    var instance = new_instance()
    var remember = instance.typed_func[NoneType, Int64]("remember")
    assert_equal(len(remember.map(numbers[DType.int64](2000, 0, 1))), 2000)
    assert_equal(instance.call[Int64]("sum"), 1999 * 1000)
    assert_equal(len(remember.map([1, 2, 3])), 3)
    assert_equal(instance.call[Int64]("sum"), 1999 * 1000 + 6)


def test_no_parameters_and_eight() raises:
    var instance = new_instance()
    var sums = List[Int64](length=1500, fill=-1)
    instance.typed_func[Int64]("sum").call_columns(into=sums)
    for sum in sums:
        assert_equal(sum, 0)
    var a = numbers[DType.int32](1500, 0, 2)
    var b = numbers[DType.int32](1500, 0, 1)
    var eight = instance.typed_func[
        Int32, Int32, Int32, Int32, Int32, Int32, Int32, Int32, Int32
    ]("eight")
    var into = List[Int32](length=1500, fill=-1)
    eight.call_columns(a, a, a, a, a, a, a, b, into=into)
    assert_equal(into, b)
    assert_equal(eight.map(a, a, a, a, a, a, a, b), b)


def test_parts_of_columns() raises:
    var instance = new_instance()
    var add = instance.typed_func[Int32, Int32, Int32]("i32")
    var column = numbers[DType.int32](10, 0, 1)
    var into = List[Int32](length=10, fill=-1)
    add.call_columns(
        Span(column)[2:5], Span(column)[7:10], into=Span(into)[1:4]
    )
    assert_equal(into, [Int32(-1), 9, 11, 13, -1, -1, -1, -1, -1, -1])


def test_lengths_that_differ() raises:
    var instance = new_instance()
    var add = instance.typed_func[Int32, Int32, Int32]("i32")
    var error = WasmtimeError(0, "", "")
    try:
        _ = add.map([1, 2, 3], [1, 2])
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)
    assert_equal(error.message, "argument 1 has 2 rows where there are 3")
    assert_false(Bool(error.rows_done))
    var column: List[Int32] = [1, 2]
    var into: List[Int32] = [-1, -1, -1]
    try:
        add.call_columns(column, column, into=into)
    except e:
        error = e.copy()
    assert_equal(error.message, "argument 0 has 2 rows where there are 3")
    assert_equal(into, [Int32(-1), -1, -1])


def test_other_types_than_the_function_has() raises:
    var func = new_instance().func("i32")
    var error = WasmtimeError(0, "", "")
    try:
        _ = func.map[Int64, Int32, Int64]([1], [2])
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)
    assert_true("(param i32 i64)" in error.message, error.message)


def check_trap(rows: Int, bad: Int) raises:
    var divide = new_instance().typed_func[Int32, Int32, Int32]("divide")
    var first = numbers[DType.int32](rows, 0, 3)
    var second = List[Int32](length=rows, fill=3)
    second[bad] = 0
    var into = List[Int32](length=rows, fill=-1)
    var error = WasmtimeError(0, "", "")
    try:
        divide.call_columns(first, second, into=into)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TRAP)
    assert_equal(error.trap_code, WTS_TRAP_INTEGER_DIVISION_BY_ZERO)
    assert_equal(error.rows_done.value(), bad)
    assert_true(error.message.startswith(String("row ", bad, ": ")))
    assert_equal(len(error.frames), 1)
    assert_equal(error.frames[0].func_name, "divide")
    for row in range(rows):
        assert_equal(into[row], Int32(row if row < bad else -1))
    try:
        _ = divide.map(first, second)
    except e:
        assert_equal(e.rows_done.value(), bad)
    else:
        raise Error("the second way did not trap")


def test_a_trap_keeps_the_rows_before_it() raises:
    for rows in [1, 10, 999, 1000, 70_000]:
        check_trap(rows, 0)
        check_trap(rows, rows // 2)
        check_trap(rows, rows - 1)


def test_fuel() raises:
    var config = Config()
    config.set_fuel(True)
    var engine = Engine(config)
    var store = Store(engine)
    var func = Instance(store, Module(engine, SOURCE)).typed_func[
        Int32, Int32, Int32
    ]("i32")
    var column = numbers[DType.int32](5000, 0, 1)
    store.set_fuel(10_000)
    var error = WasmtimeError(0, "", "")
    try:
        _ = func.map(column, column)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_FUEL)
    assert_true(0 < error.rows_done.value() < 5000)
    store.set_fuel(1_000_000)
    assert_equal(len(func.map(column, column)), 5000)


def refuse_odd(a: Int64) raises -> Int64:
    if a % 2 != 0:
        raise Error("odd: ", a)
    return a // 2


def test_host_functions() raises:
    var engine = Engine()
    var linker = Linker(engine)
    linker.func[refuse_odd]("env", "half")
    var instance = linker.instantiate(
        Store(engine),
        Module(
            engine,
            """
            (module (import "env" "half" (func $half (param i64) (result i64)))
              (func (export "half") (param i64) (result i64)
                (call $half (local.get 0))))
            """,
        ),
    )
    var half = instance.typed_func[Int64, Int64]("half")
    var column = numbers[DType.int64](3000, 0, 2)
    assert_equal(half.map(column), numbers[DType.int64](3000, 0, 1))
    column[1234] = 77
    var error = WasmtimeError(0, "", "")
    try:
        _ = half.map(column)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_HOST)
    assert_equal(error.message, "row 1234: odd: 77")
    assert_equal(error.rows_done.value(), 1234)


def test_a_closed_store() raises:
    var engine = Engine()
    var store = Store(engine)
    var add = Instance(store, Module(engine, SOURCE)).typed_func[
        Int32, Int32, Int32
    ]("i32")
    store.close()
    var error = WasmtimeError(0, "", "")
    try:
        _ = add.map([1], [2])
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_STALE)
    assert_equal(error.rows_done.value(), 0)
