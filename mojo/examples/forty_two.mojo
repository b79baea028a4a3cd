"""40 + 2 in WebAssembly, with a Mojo function behind it.

    export WASMTIME_MOJO_LIB=target/release/libwasmtime_shim.so     (.dylib on macOS; where the library was built)
    mojo run -I mojo mojo/examples/forty_two.mojo                   from the root of the repository
"""

from std.testing import assert_equal

from wasmtime_mojo import Engine, Linker, Module, Store

# WebAssembly as text; the bytes of a `.wasm` file do as well.
comptime WAT = """
(module
  (import "env" "widen_i32" (func $widen_i32 (param i32) (result i64)))
  (func (export "add_int32") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func (export "add_int64") (param i32 i32) (result i64)
    (i64.add
      (call $widen_i32 (local.get 0))
      (call $widen_i32 (local.get 1)))))
"""


def widen_i32(value: Int32) -> Int64:
    return Int64(value)


def main() raises:
    var engine = Engine()  # compiles; one for the whole program
    var store = Store(engine)  # holds what instances consist of
    var linker = Linker(engine)  # gives names to what modules import
    linker.func[widen_i32]("env", "widen_i32")
    var module = Module(engine, WAT)
    var instance = linker.instantiate(store, module)

    var sum = instance.call[Int32]("add_int32", Int32(40), Int32(2))
    print(sum)
    var wide = instance.call[Int64]("add_int64", Int32.MAX, Int32(1))
    print(wide)

    assert_equal(sum, 42)
    assert_equal(wide, 2147483648)
