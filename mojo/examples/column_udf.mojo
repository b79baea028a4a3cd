"""A WebAssembly function as a user-defined function over ten million rows of two columns.

The same work in four ways, in nanoseconds for each row, the best of some rounds: Mojo itself, columns in one crossing,
lists in one crossing, and a loop of single calls, which has fewer rows.
"""

from std.math import sqrt
from std.testing import assert_equal
from std.time import perf_counter_ns

from wasmtime_mojo import Engine, Instance, Module, Store

# What a user of a database might send: how far a point is from the origin.
comptime WAT = """
(module
  (func (export "distance") (param $x f64) (param $y f64) (result f64)
    (f64.sqrt
      (f64.add
        (f64.mul (local.get $x) (local.get $x))
        (f64.mul (local.get $y) (local.get $y)))))
  (func (export "divide") (param i64 i64) (result i64)
    (i64.div_s (local.get 0) (local.get 1))))
"""

comptime ROWS = 10_000_000
comptime CALLS = 1_000_000
comptime ROUNDS = 3


def distance(x: Float64, y: Float64) -> Float64:
    return sqrt(x * x + y * y)


def check(
    results: List[Float64], x: List[Float64], y: List[Float64], rows: Int
) raises:
    for row in range(rows):
        if results[row] != distance(x[row], y[row]):
            raise Error("row ", row, " is ", results[row])


def report(way: StringSpan, rows: Int, nanoseconds: Int):
    var tenths = nanoseconds * 10 // rows
    print(t"{way}: {tenths // 10}.{tenths % 10} ns per row")


def main() raises:
    var engine = Engine()
    var instance = Instance(Store(engine), Module(engine, WAT))
    var udf = instance.typed_func[Float64, Float64, Float64]("distance")

    var x = [Float64(row % 1000) for row in range(ROWS)]
    var y = [Float64(row % 777) for row in range(ROWS)]
    var results = List[Float64](length=ROWS, fill=-1)

    var native, columns, lists, calls = (Int.MAX, Int.MAX, Int.MAX, Int.MAX)
    for _ in range(ROUNDS):
        var start = perf_counter_ns()
        for row in range(ROWS):
            results[row] = distance(x[row], y[row])
        native = min(native, Int(perf_counter_ns() - start))

        # The columns are read where they are, and the results go where they are wanted.
        results = List[Float64](length=ROWS, fill=-1)
        start = perf_counter_ns()
        udf.call_columns(x, y, into=results)
        columns = min(columns, Int(perf_counter_ns() - start))
        check(results, x, y, ROWS)

        # The same with a new list for the results.
        start = perf_counter_ns()
        results = udf.map(x, y)
        lists = min(lists, Int(perf_counter_ns() - start))
        check(results, x, y, ROWS)

        results = List[Float64](length=ROWS, fill=-1)
        start = perf_counter_ns()
        for row in range(CALLS):
            results[row] = udf(x[row], y[row])
        calls = min(calls, Int(perf_counter_ns() - start))
        check(results, x, y, CALLS)
    report("native Mojo", ROWS, native)
    report("call_columns", ROWS, columns)
    report("map", ROWS, lists)
    report("single calls", CALLS, calls)

    # A row that fails ends it, and what was done before is kept.
    var divide = instance.typed_func[Int64, Int64, Int64]("divide")
    var quotients: List[Int64] = [-1, -1, -1, -1]
    var hundreds: List[Int64] = [100, 100, 100, 100]
    var divisors: List[Int64] = [2, 5, 0, 10]
    try:
        divide.call_columns(hundreds, divisors, into=quotients)
    except error:
        print(error.message)
        assert_equal(error.rows_done.value(), 2)
    assert_equal(quotients, [Int64(50), 20, -1, -1])
