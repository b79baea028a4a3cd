"""Two modules: what one exports is what the other imports, functions, a memory and a global."""

from wasmtime_mojo import Caller, Engine, Linker, Module, Store

comptime LIBRARY = """
(module
  (import "host" "print" (func $print (param i32 i32)))
  (memory (export "memory") 1)
  (global (export "free_from") i32 (i32.const 1024))
  (func (export "double") (param i32) (result i32)
    (i32.mul (local.get 0) (i32.const 2)))
  (func (export "log") (param i32 i32)
    (call $print (local.get 0) (local.get 1))))
"""

comptime PROGRAM = """
(module
  (import "library" "memory" (memory 1))
  (import "library" "free_from" (global $text i32))
  (import "library" "double" (func $double (param i32) (result i32)))
  (import "library" "log" (func $log (param i32 i32)))
  (data (global.get $text) "Hello from one module to another!")
  (func (export "run") (result i32)
    (call $log (global.get $text) (i32.const 33))
    (call $double (i32.const 21))))
"""


# The memory is the one that the module that calls exports.
def print_text(mut caller: Caller, address: UInt32, length: UInt32) raises:
    print(caller.memory().read_string(Int(address), Int(length)))


def main() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    linker.func[print_text]("host", "print")

    var library = linker.instantiate(store, Module(engine, LIBRARY))
    linker.define_instance("library", library)
    var program = linker.instantiate(store, Module(engine, PROGRAM))
    var doubled = program.call[Int32]("run")
    print("21 doubled is", doubled)
