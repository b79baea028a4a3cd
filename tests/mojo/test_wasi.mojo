"""Programs that were compiled for WASI."""

from std.os import makedirs, remove
from std.pathlib import Path
from std.tempfile import TemporaryDirectory
from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    Config,
    Engine,
    Linker,
    Module,
    NetworkUse,
    Store,
    Wasi,
    WasmtimeError,
    WTS_ERR_EXIT,
    WTS_ERR_HOST,
    WTS_ERR_IO,
    WTS_ERR_RANGE,
    WTS_ERR_STATE,
    WTS_ERR_TIMEOUT,
    WTS_ERR_TYPE,
    WTS_PENDING,
)

comptime GUEST = "tests/wasm/wasi.wasm"
comptime REACTOR = """
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (global $ready (mut i32) (i32.const 0))
  (func (export "_initialize") (global.set $ready (i32.const 5)))
  (func (export "ready") (result i32) (global.get $ready))
  (func (export "leave") (call $exit (i32.const 9))))
"""


struct World(Copyable):
    """An engine with the guest of the tests."""

    var engine: Engine
    var linker: Linker
    var module: Module

    def __init__(out self) raises WasmtimeError:
        var config = Config()
        config.set_epoch_interruption(True)
        self.engine = Engine(config)
        self.linker = Linker(self.engine)
        self.linker.define_wasi()
        self.module = Module.from_file(self.engine, GUEST)

    def run(self, wasi: Wasi) raises WasmtimeError -> Int32:
        var store = Store(self.engine)
        store.set_wasi(wasi)
        return self.linker.run_command(store, self.module)


def to_do(*verbs: String) raises WasmtimeError -> Wasi:
    var wasi = Wasi()
    wasi.keep_stdout()
    wasi.keep_stderr()
    wasi.arg("wasi.wasm")
    for verb in verbs:
        wasi.arg(verb)
    return wasi


def test_arguments_variables_and_output() raises:
    var world = World()
    var wasi = to_do("env=A", "env=HOME", "say=hello", "warn=careful")
    wasi.env("A", "value")
    assert_equal(world.run(wasi), 0)
    assert_equal(wasi.stdout_text(), "env A: value\nenv HOME: none\nhello\n")
    assert_equal(
        String(from_utf8_lossy=wasi.read_stderr(take=True)), "careful\n"
    )
    assert_equal(len(wasi.read_stderr()), 0)
    assert_equal(
        wasi.stdout_text(take=True), "env A: value\nenv HOME: none\nhello\n"
    )
    wasi.inherit_env()
    wasi.inherit_args()
    assert_equal(world.run(to_do("say=again")), 0)


def test_exit_statuses() raises:
    var world = World()
    assert_equal(world.run(to_do("exit=0")), 0)
    assert_equal(world.run(to_do("exit=7")), 7)
    assert_equal(world.run(to_do("exit=255")), 255)
    var store = Store(world.engine)
    store.set_wasi(Wasi())
    var instance = world.linker.instantiate_reactor(
        store, Module(world.engine, REACTOR)
    )
    assert_equal(instance.call[Int32]("ready"), 5)
    var status = Int32(0)
    var exit = Int32(0)
    try:
        instance.call("leave")
    except e:
        status = e.status
        exit = e.exit_status.or_else(-1)
    assert_equal(status, WTS_ERR_EXIT)
    assert_equal(exit, 9)
    assert_equal(instance.call[Int32]("ready"), 5)


def test_folders() raises:
    var world = World()
    with TemporaryDirectory() as folder:
        (Path(folder) / "file").write_text("from the host")
        var wasi = to_do("cat=file", "write=file", "cat=../file")
        wasi.open_dir(folder, "/")
        assert_equal(world.run(wasi), 0)
        assert_equal(
            wasi.stdout_text(),
            "cat file: SUCCESS\n  from the host\nwrite file: PERM\ncat ../file: PERM\n",
        )
        var writes = to_do("write=new", "cat=new")
        writes.open_dir(folder, "data", writable=True)
        assert_equal(world.run(writes), 0)
        assert_equal(
            writes.stdout_text(),
            "write new: SUCCESS\ncat new: SUCCESS\n  guest\n",
        )
        assert_equal((Path(folder) / "new").read_text(), "guest")
    var status = Int32(0)
    try:
        Wasi().open_dir("/nowhere", "/")
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_IO)


def test_files_as_input_and_output() raises:
    var world = World()
    with TemporaryDirectory() as folder:
        var input = Path(folder) / "input"
        var output = Path(folder) / "output"
        input.write_text("in a file")
        var wasi = to_do("echo=", "warn=!")
        wasi.stdin_file(String(input))
        wasi.stdout_file(String(output))
        assert_equal(world.run(wasi), 0)
        wasi.stderr_file(String(output), append=True)
        assert_equal(world.run(wasi), 0)
        assert_equal(output.read_text(), "in a filein a file!\n")
    var wasi = to_do("echo=")
    wasi.stdin_text("text")
    assert_equal(world.run(wasi), 0)
    var letters: List[UInt8] = [65, 66]
    wasi.stdin_bytes(letters)
    assert_equal(world.run(wasi), 0)
    assert_equal(wasi.stdout_text(), "textAB")
    wasi.inherit_stdin()
    wasi.inherit_stdout()
    wasi.inherit_stderr()


struct Lines(Copyable):
    var left: Int
    var waits: Bool

    def __init__(out self, left: Int):
        self.left = left
        self.waits = True


def more(mut lines: Lines, capacity: Int) raises -> Optional[List[UInt8]]:
    # Every other time there is nothing yet.
    lines.waits = not lines.waits
    if lines.left < 0:
        raise Error("asked too often")
    if not lines.waits:
        return None
    lines.left -= 1
    if lines.left < 0:
        return List[UInt8]()
    return List[UInt8](String("line\n").as_bytes())


struct Written(Copyable):
    var total: Int

    def __init__(out self):
        self.total = 0


def count(mut written: Written, bytes: Span[UInt8, _]) raises:
    written.total += len(bytes)
    if written.total > 30:
        raise Error("too much")


def refuse(bytes: Span[UInt8, _]) raises:
    raise Error("no output, please")


def test_callbacks() raises:
    var world = World()
    var wasi = to_do("echo=")
    wasi.on_stdin[more](Lines(3))
    assert_equal(world.run(wasi), 0)
    assert_equal(wasi.stdout_text(), "line\nline\nline\n")
    # The state is of the description, so it is at its end now.
    assert_equal(world.run(wasi), 0)
    assert_equal(wasi.stdout_text(), "line\nline\nline\necho input: IO\n")
    var counted = to_do("echo=")
    counted.stdin_text("0123456789")
    counted.on_stdout[count](Written())
    for _ in range(4):
        assert_equal(world.run(counted), 0)
    assert_equal(counted.stderr_text(), "echo output: IO\n")
    counted.on_stderr[count](Written())
    counted.on_stdout[refuse]()
    assert_equal(world.run(counted), 0)


def test_output_that_is_kept_has_an_end() raises:
    var world = World()
    var wasi = to_do("fill=")
    wasi.keep_stdout(5000)
    assert_equal(world.run(wasi), 0)
    assert_equal(wasi.stderr_text(), "fill: NOSPC after 5000\n")
    assert_equal(len(wasi.read_stdout()), 5000)


def test_no_output_keeps_less_than_nothing() raises:
    var status = Int32(0)
    try:
        Wasi().keep_stdout(-1)
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_RANGE)


def test_clocks_and_random_numbers() raises:
    var world = World()
    var wasi = to_do("time=", "random=")
    wasi.fix_clocks(start_ns=1_000_000, step_ns=5)
    wasi.seed_random(1)
    assert_equal(world.run(wasi), 0)
    var first = wasi.stdout_text(take=True)
    assert_true(first.startswith("time: 1000000 0\nrandom: SUCCESS "))
    assert_equal(world.run(wasi), 0)
    assert_equal(wasi.stdout_text(), first)


def no_network(
    mut asked: Int, address: StringSpan, port: Int, use: NetworkUse
) raises -> Bool:
    asked += 1
    return use == NetworkUse.UDP_SEND


def test_networks() raises:
    var wasi = Wasi()
    wasi.allow_network("10.0.0.0/8", first_port=80, last_port=80)
    wasi.allow_network("::1")
    wasi.on_network[no_network](0)
    wasi.allow_name_lookup()
    wasi.allow_name_lookup(False)
    var status = Int32(0)
    try:
        wasi.allow_network("everywhere")
    except e:
        status = e.status
        assert_true("everywhere" in e.message)
    assert_equal(status, WTS_ERR_RANGE)
    # Numbers that 32 bits do not hold are no others.
    status = 0
    try:
        wasi.allow_network("::1", first_port=80, last_port=(1 << 32) + 80)
    except e:
        status = e.status
        assert_true("4294967376" in e.message)
    assert_equal(status, WTS_ERR_RANGE)


def test_a_timeout_ends_what_sleeps() raises:
    var world = World()
    var store = Store(world.engine)
    store.set_wasi(to_do("sleep=60000"))
    store.set_timeout(20)
    var status = Int32(0)
    try:
        _ = world.linker.run_command(store, world.module)
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_TIMEOUT)


def test_each_request_has_wasi() raises:
    var world = World()
    var pre = world.linker.instantiate_pre(world.module)
    var start = pre.typed_func[NoneType]("_start")
    var status = Int32(0)
    try:
        start()
    except e:
        status = e.status
        assert_true("wts_instance_pre_set_wasi" in e.message)
    assert_equal(status, WTS_ERR_STATE)
    var wasi = to_do("say=hello")
    pre.set_wasi(wasi)
    for _ in range(3):
        start()
        assert_equal(wasi.stdout_text(take=True), "hello\n")
    pre.set_wasi(to_do("exit=3"))
    try:
        start()
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_EXIT)


def test_what_sleeps_leaves_its_call() raises:
    var world = World()
    var linker = Linker(world.engine)
    linker.define_wasi(waiting=True)
    var store = Store(world.engine, asynchronous=True)
    var wasi = to_do("sleep=20", "say=done")
    store.set_wasi(wasi)
    var instance = linker.instantiate(store, world.module)
    var call = instance.func("_start").start()
    var polls = 1
    while not call.poll():
        polls += 1
    assert_true(polls > 1)
    assert_equal(wasi.stdout_text(), "sleep 20: SUCCESS\ndone\n")


def test_misuse() raises:
    var world = World()
    var status = Int32(0)
    try:
        _ = world.linker.run_command(Store(world.engine), world.module)
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_STATE)
    try:
        world.linker.define_wasi()
        status = 0
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_STATE)
    var store = Store(world.engine)
    store.set_wasi(Wasi())
    try:
        _ = world.linker.instantiate_reactor(store, world.module)
        status = 0
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_TYPE)
