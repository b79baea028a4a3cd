"""The first program: a module calls a Mojo function.

    export WASMTIME_MOJO_LIB=target/release/libwasmtime_shim.so     (.dylib on macOS; where the library was built)
    mojo run -I mojo mojo/examples/hello.mojo                       from the root of the repository
"""

from wasmtime_mojo import Engine, Linker, Module, Store

# WebAssembly as text; the bytes of a `.wasm` file do as well.
comptime WAT = """
(module
  (import "" "hello" (func $hello))
  (func (export "run") (call $hello)))
"""


def hello():
    print("Hello from the host!")


def main() raises:
    var engine = Engine()  # compiles; one for the whole program
    var store = Store(engine)  # holds what instances consist of
    var linker = Linker(engine)  # gives names to what modules import
    linker.func[hello]("", "hello")
    var instance = linker.instantiate(store, Module(engine, WAT))
    instance.call("run")
