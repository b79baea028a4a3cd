"""Runs a WebAssembly program from the command line, in a sandbox that the options describe.

    mojo run -I mojo mojo/examples/run.mojo [OPTION...] FILE [ARGUMENT...]

`--help` lists the options. The exit status is the program's own; 124 if its time was over, 134 if it trapped, 125 if it
could not be run.
"""

from std.ffi import external_call
from std.os.path import exists, getsize, isdir
from std.sys import argv, exit, stderr

from wasmtime_mojo import (
    Component,
    ComponentLinker,
    Config,
    Engine,
    Func,
    Linker,
    Module,
    Store,
    ValKind,
    Wasi,
    WasmtimeError,
    WasmtimeVal,
    WTS_ERR_TIMEOUT,
)

comptime USAGE = """usage: run.mojo [OPTION...] FILE [ARGUMENT...]

Runs the WebAssembly program in FILE with these arguments, in a sandbox.

  --dir HOST::GUEST[:ro]   open the folder HOST to the program, under the path GUEST; with :ro only for reading
  --env NAME=VALUE         set an environment variable
  --fuel N                 end the program after so many instructions, about
  --timeout MS             end the program after so many milliseconds
  --memory-max BYTES       refuse memories that are larger
  --invoke NAME            call this function of FILE; the arguments are numbers for it, or for a component values in
                           WAVE, and its results are printed
  --help                   print this

Each of --dir and --env may stand several times."""

comptime FAILED = Int32(125)
comptime TIMED_OUT = Int32(124)
comptime TRAPPED = Int32(134)

# Below this a module compiles before anybody can read a line about it.
comptime LARGE = 200_000


# ---- The command line --------------------------------------------------------


struct Options(Copyable):
    """What the command line says."""

    var folders: List[Folder]
    var variables: List[Tuple[String, String]]
    var fuel: Optional[Int]
    var timeout_ms: Optional[Int]
    var memory_max: Optional[Int]
    var invoke: Optional[String]
    var file: String
    var arguments: List[String]

    def __init__(out self):
        self.folders = []
        self.variables = []
        self.fuel = None
        self.timeout_ms = None
        self.memory_max = None
        self.invoke = None
        self.file = String()
        self.arguments = []


@fieldwise_init
struct Folder(Copyable):
    """A folder that is open to the program."""

    var host: String
    var guest: String
    var writable: Bool


def parse_folder(text: String) raises -> Folder:
    var rest = text
    var writable = True
    if text.endswith(":ro"):
        writable = False
        rest = String(text.removesuffix(":ro"))
    var parts = rest.split("::")
    if len(parts) != 2 or not parts[0] or not parts[1]:
        raise Error("--dir takes HOST::GUEST or HOST::GUEST:ro, not ", text)
    return Folder(String(parts[0]), String(parts[1]), writable)


def parse_variable(text: String) raises -> Tuple[String, String]:
    var parts = text.split("=", 1)
    if len(parts) != 2 or not parts[0]:
        raise Error("--env takes NAME=VALUE, not ", text)
    return (String(parts[0]), String(parts[1]))


def parse_count(option: String, text: String) raises -> Int:
    try:
        var count = Int(text)
        if count >= 0:
            return count
    except:
        pass
    raise Error(option, " takes a number, 0 or more, not ", text)


def parse(words: List[String]) raises -> Options:
    var options = Options()
    var next = 0
    while next < len(words) and words[next].startswith("--"):
        var word = words[next]
        if word == "--help":
            print(USAGE)
            exit(0)
        next += 1
        if word == "--":
            break
        # `--fuel=5` is `--fuel 5`.
        var parts = word.split("=", 1)
        var option = String(parts[0])
        var value: String
        if option not in [
            "--dir",
            "--env",
            "--fuel",
            "--timeout",
            "--memory-max",
            "--invoke",
        ]:
            raise Error("there is no option ", option, "; --help lists them")
        if len(parts) == 2:
            value = String(parts[1])
        elif next < len(words):
            value = words[next]
            next += 1
        else:
            raise Error(
                option, " stands at the end; --help tells what it takes"
            )
        if option == "--dir":
            options.folders.append(parse_folder(value))
        elif option == "--env":
            options.variables.append(parse_variable(value))
        elif option == "--fuel":
            options.fuel = parse_count(option, value)
        elif option == "--timeout":
            options.timeout_ms = parse_count(option, value)
        elif option == "--memory-max":
            options.memory_max = parse_count(option, value)
        else:
            options.invoke = value
    if next == len(words):
        raise Error("no FILE to run is named; --help tells how to name one")
    options.file = words[next]
    for index in range(next + 1, len(words)):
        options.arguments.append(words[index])
    return options^


# ---- Loading -----------------------------------------------------------------


def is_terminal(fd: Int) -> Bool:
    return external_call["isatty", Int32](Int32(fd)) == 1


def check_file(path: String) raises:
    if not exists(path):
        raise Error("there is no file ", path)
    if isdir(path):
        raise Error(path, " is a folder, not a program")


def is_component(path: String) raises -> Bool:
    """Tells from the beginning: a component has another version number than a module, or another word as text."""
    with open(path, "r") as file:
        var start = file.read_bytes(4096)
        if len(start) >= 8 and start[0] == 0 and start[1] == UInt8(ord("a")):
            return start[6] == 1
        var text = String(from_utf8_lossy=start)
        var component = text.find("(component")
        var module = text.find("(module")
        return component >= 0 and (module < 0 or component < module)


def begin_progress(path: String) raises -> Bool:
    """Says that a file compiles, if it is large and a terminal is there to read it."""
    var shows = is_terminal(2) and getsize(path) >= LARGE
    if shows:
        var line = String(
            "compiling ", path, " (", getsize(path) // 1000, " kB) ..."
        )
        print(line, end="", file=stderr, flush=True)
    return shows


def end_progress(shows: Bool):
    """Takes the line away."""
    if shows:
        print("\r\033[K", end="", file=stderr, flush=True)


def no_program(path: String, error: WasmtimeError) -> Error:
    return Error(path, " is no WebAssembly that can be run: ", error.message)


def load(engine: Engine, path: String) raises -> Module:
    """Compiles a module. For large ones a line on the terminal says so meanwhile."""
    var shows = begin_progress(path)
    try:
        var module = Module.from_file(engine, path)
        end_progress(shows)
        return module^
    except error:
        end_progress(shows)
        raise no_program(path, error)


def load_component(engine: Engine, path: String) raises -> Component:
    """Compiles a component, likewise."""
    var shows = begin_progress(path)
    try:
        var component = Component.from_file(engine, path)
        end_progress(shows)
        return component^
    except error:
        end_progress(shows)
        raise no_program(path, error)


# ---- Running -----------------------------------------------------------------


def new_engine(options: Options) raises -> Engine:
    var config = Config()
    config.set_fuel(Bool(options.fuel))
    config.set_epoch_interruption(Bool(options.timeout_ms))
    return Engine(config)


def new_wasi(options: Options) raises -> Wasi:
    var wasi = Wasi()
    wasi.arg(options.file)
    if not options.invoke:
        wasi.args(options.arguments)
    for variable in options.variables:
        wasi.env(variable[0], variable[1])
    for folder in options.folders:
        wasi.open_dir(folder.host, folder.guest, writable=folder.writable)
    wasi.inherit_stdin()
    wasi.inherit_stdout()
    wasi.inherit_stderr()
    return wasi


def new_store(engine: Engine, options: Options) raises -> Store:
    var store = Store(engine)
    store.set_wasi(new_wasi(options))
    if options.fuel:
        store.set_fuel(UInt64(options.fuel.value()))
    if options.memory_max:
        store.set_limits(memory_bytes=UInt64(options.memory_max.value()))
    if options.timeout_ms:
        store.set_timeout(options.timeout_ms.value())
    return store


def parse_value(kind: ValKind, text: String) raises -> WasmtimeVal:
    try:
        if kind == ValKind.I32:
            var number = Int(text)
            if number >= Int(Int32.MIN) and number <= 0xFFFFFFFF:
                return WasmtimeVal.from_i32(Int32(number))
        if kind == ValKind.I64:
            return WasmtimeVal.from_i64(Int64(Int(text)))
        if kind == ValKind.F32:
            return WasmtimeVal.from_f32(Float32(Float64(text)))
        if kind == ValKind.F64:
            return WasmtimeVal.from_f64(Float64(text))
    except:
        pass
    if not kind.is_number():
        raise Error("the function takes a ", kind, ", which no text stands for")
    raise Error(text, " is no ", kind, ", which the function takes there")


def explain(error: WasmtimeError) -> Int32:
    """Says on the standard error how a program ended, unless it exited by itself. The answer is the exit status."""
    if error.exit_status:
        return error.exit_status.value()
    print("run.mojo: ", error, sep="", file=stderr)
    if error.status == WTS_ERR_TIMEOUT:
        return TIMED_OUT
    return TRAPPED if error.is_trap() else FAILED


def invoke(
    linker: Linker, store: Store, module: Module, options: Options
) raises -> Int32:
    """Calls one function of a module, which may be a library with an `_initialize`."""
    var name = options.invoke.value()
    ref arguments = options.arguments
    var values = List[WasmtimeVal]()
    var func: Func
    try:
        func = linker.instantiate_reactor(store, module).func(name)
    except error:
        return explain(error)
    var params = func.type().params.copy()
    if len(params) != len(arguments):
        raise Error(
            name, " takes ", len(params), " arguments, not ", len(arguments)
        )
    for index in range(len(params)):
        values.append(parse_value(params[index], arguments[index]))
    try:
        for result in func.call_values(values):
            print(result)
        return 0
    except error:
        return explain(error)


def run_module(options: Options) raises -> Int32:
    var engine = new_engine(options)
    var module = load(engine, options.file)
    var linker = Linker(engine)
    linker.define_wasi()
    # From here on time and fuel count.
    var store = new_store(engine, options)
    if options.invoke:
        return invoke(linker, store, module, options)
    try:
        return linker.run_command(store, module)
    except error:
        return explain(error)


def invoke_component(
    linker: ComponentLinker,
    store: Store,
    component: Component,
    options: Options,
) raises -> Int32:
    """Calls one function of a component; the arguments are values in WAVE."""
    var args = String("(")
    for index in range(len(options.arguments)):
        if index > 0:
            args += ", "
        args += options.arguments[index]
    args += ")"
    try:
        var instance = linker.instantiate(store, component)
        var result = instance.call_wave(options.invoke.value(), args)
        if result:
            print(result)
        return 0
    except error:
        return explain(error)


def run_component(options: Options) raises -> Int32:
    var engine = new_engine(options)
    var component = load_component(engine, options.file)
    var linker = ComponentLinker(engine)
    linker.define_wasi()
    # From here on time and fuel count.
    var store = new_store(engine, options)
    if options.invoke:
        return invoke_component(linker, store, component, options)
    try:
        return linker.run_command(store, component)
    except error:
        return explain(error)


def run(options: Options) raises -> Int32:
    check_file(options.file)
    if is_component(options.file):
        return run_component(options)
    return run_module(options)


def main():
    var words = List[String]()
    for word in argv():
        words.append(String(word))
    _ = words.pop(0)
    try:
        var status = run(parse(words))
        exit(Int(status))
    except error:
        print("run.mojo: ", error, sep="", file=stderr)
    exit(Int(FAILED))
