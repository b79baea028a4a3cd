"""The real zlib in a sandbox, on a real file.

    mojo run -I mojo mojo/examples/sandboxed_zlib.mojo [FILE [OUTPUT.gz]]      from the root of the repository

First the smallest program and a trap are shown. Then zlib, compiled to WebAssembly, compresses FILE (default: the
library itself) and decompresses it again. What is measured is the work and the copying in and out of the sandbox,
not the reading and writing of files. The same work by the same zlib, compiled natively, stands beside it.
"""

from std.ffi import OwnedDLHandle
from std.os.path import exists, getsize, isfile, realpath
from std.sys import argv, CompilationTarget
from std.time import perf_counter_ns

from wasmtime_mojo import (
    Engine,
    Instance,
    Linker,
    Memory,
    Module,
    Store,
    TypedFunc,
    live_count,
)

comptime SUFFIX = ".dylib" if CompilationTarget.is_macos() else ".so"
comptime DEFAULT_FILE = "target/release/libwasmtime_shim" + SUFFIX
comptime DEFAULT_OUTPUT = "target/zlib/sandboxed-mojo.gz"
comptime GUEST = "tests/wasm/zlib.wasm"
comptime NATIVE = "target/zlib/libzguest" + SUFFIX

comptime CHUNK = 256 * 1024
comptime LEVEL = Int32(6)
comptime STREAM_END = Int32(1)


# ---- The smallest program, and a trap ----------------------------------------


comptime ARITHMETIC = """
(module $arithmetic
  (import "env" "widen_i32" (func $widen_i32 (param i32) (result i64)))
  (func (export "add_int32") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func (export "add_wide") (param i32 i32) (result i64)
    (i64.add (call $widen_i32 (local.get 0)) (call $widen_i32 (local.get 1))))
  (func $divide (param i32 i32) (result i32)
    (i32.div_s (local.get 0) (local.get 1)))
  (func $average (export "average") (param i32 i32) (result i32)
    (call $divide (local.get 0) (local.get 1))))
"""


def widen_i32(value: Int32) -> Int64:
    return Int64(value)


def show_arithmetic(engine: Engine) raises:
    var store = Store(engine)
    var linker = Linker(engine)
    linker.func[widen_i32]("env", "widen_i32")
    var instance = linker.instantiate(store, Module(engine, ARITHMETIC))

    var sum = instance.call[Int32]("add_int32", Int32(40), Int32(2))
    print("add_int32(40, 2) =", sum)
    var wide = instance.call[Int64]("add_wide", Int32.MAX, Int32.MAX)
    print(
        t"add_wide({Int32.MAX}, {Int32.MAX}) = {wide}, through the host"
        t" function widen_i32"
    )
    print("average(1, 0) traps:")
    try:
        _ = instance.call[Int32]("average", Int32(1), Int32(0))
    except error:
        print(error.name, ": ", error, sep="")
    else:
        raise Error("average(1, 0) did not trap")


# ---- zlib, in the sandbox and native -----------------------------------------


@fieldwise_init
struct Step(TrivialRegisterPassable):
    """What one step took from its input and put into its output."""

    var status: Int32
    var consumed: Int
    var produced: Int


trait Codec:
    """A zlib, wherever it runs. A stream is an address on its side."""

    def open(self, *, compress: Bool) raises -> Int:
        ...

    def step(
        self,
        stream: Int,
        data: Span[UInt8, _],
        mut output: List[UInt8],
        last: Bool,
    ) raises -> Step:
        ...

    def close(self, stream: Int) raises:
        ...


struct Sandbox(Codec):
    var memory: Memory
    var compress_new: TypedFunc[Int32, Int32]
    var decompress_new: TypedFunc[Int32]
    var step_: TypedFunc[Int32, Int32, Int32, Int32, Int32, Int32, Int32]
    var consumed: TypedFunc[Int32, Int32]
    var produced: TypedFunc[Int32, Int32]
    var delete: TypedFunc[NoneType, Int32]
    # Buffers of CHUNK bytes in the guest's memory.
    var input: Int32
    var output: Int32

    def __init__(out self, engine: Engine) raises:
        var store = Store(engine)
        var guest = Instance(store, Module.from_file(engine, GUEST))
        guest.call[NoneType]("_initialize")
        self.memory = guest.memory("memory")
        self.compress_new = guest.typed_func[Int32, Int32]("z_compress_new")
        self.decompress_new = guest.typed_func[Int32]("z_decompress_new")
        self.step_ = guest.typed_func[
            Int32, Int32, Int32, Int32, Int32, Int32, Int32
        ]("z_step")
        self.consumed = guest.typed_func[Int32, Int32]("z_consumed")
        self.produced = guest.typed_func[Int32, Int32]("z_produced")
        self.delete = guest.typed_func[NoneType, Int32]("z_delete")
        self.input = guest.call[Int32]("z_allocate", Int32(CHUNK))
        self.output = guest.call[Int32]("z_allocate", Int32(CHUNK))
        if self.input == 0 or self.output == 0:
            raise Error("the guest has no memory left")

    def open(self, *, compress: Bool) raises -> Int:
        if compress:
            return address(self.compress_new(LEVEL))
        return address(self.decompress_new())

    def step(
        self,
        stream: Int,
        data: Span[UInt8, _],
        mut output: List[UInt8],
        last: Bool,
    ) raises -> Step:
        self.memory.write(address(self.input), data)
        var status = self.step_(
            Int32(stream),
            self.input,
            Int32(len(data)),
            self.output,
            CHUNK,
            Int32(last),
        )
        var step = Step(
            status,
            address(self.consumed(Int32(stream))),
            address(self.produced(Int32(stream))),
        )
        # These two numbers come from the guest, which is not trusted.
        if step.consumed > len(data) or step.produced > CHUNK:
            raise Error("the guest claims more bytes than it was given")
        self.memory.read_into(
            address(self.output), Span(output)[0 : step.produced]
        )
        return step

    def close(self, stream: Int) raises:
        self.delete(Int32(stream))


def address(value: Int32) -> Int:
    """Reads an i32 without a sign, as addresses and lengths are."""
    return Int(UInt32(value))


struct Native(Codec):
    var library: OwnedDLHandle

    def __init__(out self) raises:
        try:
            self.library = OwnedDLHandle(NATIVE)
        except error:
            raise Error(
                "cannot load native zlib (`make native-zlib` builds it): ",
                error,
            )

    def open(self, *, compress: Bool) raises -> Int:
        if compress:
            return self.library.get_function[Int]("z_compress_new")(LEVEL)
        return self.library.get_function[Int]("z_decompress_new")()

    def step(
        self,
        stream: Int,
        data: Span[UInt8, _],
        mut output: List[UInt8],
        last: Bool,
    ) raises -> Step:
        var status = self.library.get_function[Int32]("z_step")(
            stream,
            data.unsafe_ptr(),
            UInt32(len(data)),
            output.unsafe_ptr(),
            UInt32(CHUNK),
            Int32(last),
        )
        var consumed = self.library.get_function[UInt32]("z_consumed")(stream)
        var produced = self.library.get_function[UInt32]("z_produced")(stream)
        return Step(status, Int(consumed), Int(produced))

    def close(self, stream: Int) raises:
        self.library.get_function[NoneType]("z_delete")(stream)


# ---- From file to file -------------------------------------------------------


trait Sink:
    """Where the output goes."""

    def put(mut self, bytes: Span[UInt8, _]) raises:
        ...

    def finish(mut self) raises:
        ...


struct NewFile(Sink):
    """Writes a file."""

    var file: FileHandle

    def __init__(out self, path: String) raises:
        self.file = open(path, "w")

    def put(mut self, bytes: Span[UInt8, _]) raises:
        self.file.write_bytes(bytes)

    def finish(mut self) raises:
        self.file.close()


struct SameAs(Sink):
    """Compares with a file that is there already."""

    var file: FileHandle
    var path: String

    def __init__(out self, path: String) raises:
        self.file = open(path, "r")
        self.path = path

    def put(mut self, bytes: Span[UInt8, _]) raises:
        if len(bytes) > 0 and Span(self.file.read_bytes(len(bytes))) != bytes:
            raise Error("the output differs from ", self.path)

    def finish(mut self) raises:
        if len(self.file.read_bytes(1)) != 0:
            raise Error("the output is shorter than ", self.path)
        self.file.close()


def pump[
    C: Codec, S: Sink
](codec: C, *, compress: Bool, source: String, mut sink: S) raises -> Float64:
    """Sends the file `source` through the codec; returns the seconds spent in the codec."""
    var file = open(source, "r")
    var output = List[UInt8](length=CHUNK, fill=0)
    var nanoseconds = 0
    var step = Step(0, 0, 0)
    var stream = codec.open(compress=compress)
    if stream == 0:
        raise Error("zlib has no memory left")
    while step.status != STREAM_END:
        var chunk = file.read_bytes(CHUNK)
        var last = len(chunk) < CHUNK
        var used = 0
        while step.status != STREAM_END and (last or used < len(chunk)):
            var start = perf_counter_ns()
            step = codec.step(stream, Span(chunk)[used:], output, last)
            nanoseconds += Int(perf_counter_ns() - start)
            if step.status < 0:
                raise Error(
                    t"zlib refuses {source} with its error {step.status}"
                )
            used += step.consumed
            sink.put(Span(output)[0 : step.produced])
    codec.close(stream)
    sink.finish()
    return Float64(nanoseconds) * 1e-9


def print_speeds(work: String, size: Int, sandbox: Float64, native: Float64):
    var bytes = Float64(size)
    print(
        work.ascii_ljust(12),
        decimal(bytes / sandbox / 1e6, 1).ascii_rjust(8),
        "MB/s",
        decimal(bytes / native / 1e6, 1).ascii_rjust(8),
        "MB/s",
        decimal(native / sandbox, 2).ascii_rjust(9),
    )


def decimal(value: Float64, digits: Int) -> String:
    """Writes a positive number with that many digits after the point."""
    var scale = 10**digits
    var scaled = Int(round(value * Float64(scale)))
    var fraction = String(scaled % scale).ascii_rjust(digits, "0")
    return String(scaled // scale, ".", fraction)


def show_zlib(engine: Engine, path: String, output: String) raises:
    check_paths(path, output)
    var sandbox = Sandbox(engine)
    var native = Native()
    var packed = NewFile(output)
    var compress = pump(sandbox, compress=True, source=path, sink=packed)
    var same = SameAs(path)
    var decompress = pump(sandbox, compress=False, source=output, sink=same)
    var same_gz = SameAs(output)
    var native_compress = pump(native, compress=True, source=path, sink=same_gz)
    same = SameAs(path)
    var native_decompress = pump(
        native, compress=False, source=output, sink=same
    )

    var size = getsize(path)
    var size_gz = getsize(output)
    var percent = decimal(100 * Float64(size_gz) / Float64(size), 1)
    print(
        t"{path}: {size} bytes, as gzip {size_gz} ({percent} %), written to"
        t" {output}"
    )
    print("decompressed it is the same file; native zlib gives the same .gz\n")
    print("zlib               sandbox        native     ratio")
    print_speeds("compress", size, compress, native_compress)
    print_speeds("decompress", size, decompress, native_decompress)


def check_paths(path: String, output: String) raises:
    if not isfile(path):
        raise Error(t"cannot compress {path}: there is no such file")
    if getsize(path) == 0:
        raise Error(t"cannot compress {path}: it is empty")
    if exists(output) and realpath(path) == realpath(output):
        raise Error(path, " cannot be input and output at once")


def main() raises:
    var args = argv()
    if len(args) > 3:
        raise Error("usage: sandboxed_zlib.mojo [FILE [OUTPUT.gz]]")
    var path = String(args[1]) if len(args) > 1 else DEFAULT_FILE
    var output = String(args[2]) if len(args) > 2 else DEFAULT_OUTPUT
    var engine = Engine()
    show_arithmetic(engine)
    print()
    show_zlib(engine, path, output)
    if live_count() != 0:
        raise Error(live_count(), " handles are still alive")
