"""Several results: of a host function, and of the functions of the guest."""

from wasmtime_mojo import Engine, Linker, Module, Results2, Results4, Store

comptime WAT = """
(module
  (import "" "swap" (func $swap (param i32 i64) (result i64 i32)))
  (func (export "swap") (param i32 i64) (result i64 i32)
    (call $swap (local.get 0) (local.get 1)))
  (func (export "four") (param i64 i64 i64 i64) (result i64 i64 i64 i64)
    (local.get 3) (local.get 2) (local.get 1) (local.get 0)))
"""


def swap(first: Int32, second: Int64) -> Results2[Int64, Int32]:
    return Results2(second, first)


def main() raises:
    var engine = Engine()
    var linker = Linker(engine)
    linker.func[swap]("", "swap")
    var instance = linker.instantiate(Store(engine), Module(engine, WAT))

    var two = instance.call[Results2[Int64, Int32]]("swap", Int32(1), Int64(2))
    print(t"swap(1, 2) = ({two.first}, {two.second})")

    comptime Four = Results4[Int64, Int64, Int64, Int64]
    var four = instance.typed_func[Four, Int64, Int64, Int64, Int64]("four")
    var a, b, c, d = four(1, 2, 3, 4).tuple()
    print(t"four(1, 2, 3, 4) = ({a}, {b}, {c}, {d})")
