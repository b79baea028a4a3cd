"""`callback` into Mojo. Each line of input is how often; the answer is how many nanoseconds it took."""

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
    var loop = instance.typed_func[Int32, Int32]("loop")
    while True:
        var n = Int(input())
        if n == 0:
            break
        var start = perf_counter_ns()
        _ = loop(Int32(n))
        print(perf_counter_ns() - start, flush=True)
