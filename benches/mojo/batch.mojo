"""`columns` from Mojo. Each line of input is how often; the answer is how many nanoseconds it took."""

from std.sys import argv
from std.testing import assert_equal
from std.time import perf_counter_ns

from wasmtime_mojo import Engine, Linker, Module, Store

comptime ROWS = 1_000_000


def add(a: Int32, b: Int32) -> Int32:
    return a + b


def main() raises:
    var engine = Engine()
    var linker = Linker(engine)
    linker.func[add]("env", "add")
    var instance = linker.instantiate(
        Store(engine), Module.from_file(engine, argv()[1])
    )
    var add = instance.typed_func[Int32, Int32, Int32]("add")
    var left = [Int32(row) for row in range(ROWS)]
    var right = List[Int32](length=ROWS, fill=1)
    var sums = List[Int32](length=ROWS, fill=0)
    while True:
        var n = Int(input())
        if n == 0:
            break
        var start = perf_counter_ns()
        for _ in range(n):
            add.call_columns(left, right, into=sums)
        print(perf_counter_ns() - start, flush=True)
    assert_equal(sums[ROWS - 1], Int32(ROWS))
