"""A host function that reads a string from the memory of the guest that calls it.

Its first parameter, a `Caller`, is not WebAssembly's: it gives access to the calling instance and to the state of the
store, here the lines that were logged.
"""

from std.testing import assert_equal

from wasmtime_mojo import Caller, Engine, Linker, Module, Store, WTS_ERR_HOST

comptime WAT = """
(module
  (import "env" "log" (func $log (param $address i32) (param $length i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "Hello from WebAssembly! ☺")
  (func (export "greet") (call $log (i32.const 16) (i32.const 27)))
  (func (export "go_astray") (call $log (i32.const 65530) (i32.const 27))))
"""


# An i32 has no sign of its own; addresses and lengths are read without one.
def log(mut caller: Caller, address: UInt32, length: UInt32) raises:
    var line = caller.memory().read_string(Int(address), Int(length))
    print("guest:", line)
    caller.state[List[String]]().append(line)


def main() raises:
    var engine = Engine()
    var store = Store(engine, state=List[String]())
    var linker = Linker(engine)
    linker.func[log]("env", "log")
    var instance = linker.instantiate(store, Module(engine, WAT))

    instance.call("greet")

    # What the guest says is checked: outside of its memory there is nothing.
    try:
        instance.call("go_astray")
    except error:
        print("refused:", error.message)
        assert_equal(error.status, WTS_ERR_HOST)
    else:
        raise Error("read outside of the memory")

    ref lines = store.state[List[String]]()
    assert_equal(lines, ["Hello from WebAssembly! ☺"])
