"""Two results: of a host function, and of the function of the guest that calls it."""

from std.testing import assert_equal

from wasmtime_mojo import Engine, Linker, Module, Results2, Store

comptime WAT = """
(module
  (import "env" "divmod"
    (func $divmod (param i32 i32) (result i32 i32)))
  (func (export "minutes") (param $seconds i32) (result i32 i32)
    (call $divmod (local.get $seconds) (i32.const 60))))
"""


def divmod(dividend: Int32, divisor: Int32) raises -> Results2[Int32, Int32]:
    if divisor == 0:
        raise Error("divmod by zero")
    return Results2(dividend // divisor, dividend % divisor)


def main() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    linker.func[divmod]("env", "divmod")
    var instance = linker.instantiate(store, Module(engine, WAT))

    var time = instance.call[Results2[Int32, Int32]]("minutes", Int32(3725))
    print("3725 s =", time.first, "min", time.second, "s")

    # Or unpack them.
    var minutes, seconds = time.tuple()
    assert_equal(minutes, 62)
    assert_equal(seconds, 5)
