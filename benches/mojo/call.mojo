"""`call` from Mojo. Each line of input is how often; the answer is how many nanoseconds it took."""

from std.sys import argv
from std.time import perf_counter_ns

from wasmtime_mojo import Engine, Linker, Module, Store


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
    var sum = Int32(0)
    while True:
        var n = Int(input())
        if n == 0:
            break
        var start = perf_counter_ns()
        for _ in range(n):
            sum = add(sum, 1)
        print(perf_counter_ns() - start, flush=True)
    # The result is used, so that the work is done.
    print(sum)
