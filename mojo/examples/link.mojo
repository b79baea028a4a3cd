"""Two modules: the exports of one are the imports of the other, a function and a memory."""

from std.testing import assert_equal

from wasmtime_mojo import Engine, Linker, Module, Store

comptime LIBRARY = """
(module
  (memory (export "memory") 1)
  (func (export "square") (param i32) (result i32)
    (i32.mul (local.get 0) (local.get 0))))
"""

comptime PROGRAM = """
(module
  (import "library" "memory" (memory 1))
  (import "library" "square" (func $square (param i32) (result i32)))
  (func (export "store_square") (param i32)
    (i32.store (i32.const 100) (call $square (local.get 0)))))
"""


def main() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)

    var library = linker.instantiate(store, Module(engine, LIBRARY))
    linker.define_instance("library", library)
    var program = linker.instantiate(store, Module(engine, PROGRAM))
    program.call("store_square", Int32(12))

    # What the program stored is in the library's memory: there is only one.
    var stored = library.memory("memory").load[Int32](100)
    print("12 squared is", stored)
    assert_equal(stored, 144)
