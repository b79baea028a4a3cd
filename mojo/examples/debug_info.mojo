"""Debug information: a debugger attached to this program sees the guest's C source, and so do backtraces."""

from wasmtime_mojo import Config, Engine, Linker, Module, Store


def host():
    pass


def main() raises:
    var config = Config()
    config.set_debug_info(True)
    config.set_backtrace_details(True)
    var engine = Engine(config)
    var linker = Linker(engine)
    linker.func[host]("env", "host")
    var module = Module.from_file(engine, "tests/wasm/lines.wasm")
    var instance = linker.instantiate(Store(engine), module)

    var scale = instance.typed_func[Int32, Int32, Int32]("scale")
    var result = scale(84, 2)
    print("scale(84, 2) =", result)
    try:
        _ = scale(84, 0)
    except error:
        # Functions that were inlined come first.
        print("scale(84, 0) traps")
        for symbol in error.frames[0].symbols:
            print(t"  {symbol}")
