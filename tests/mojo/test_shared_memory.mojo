"""Shared memories."""

from std.testing import assert_equal, assert_false, assert_true
from wasmtime_mojo import (
    Config,
    Engine,
    Extern,
    ExternKind,
    Instance,
    Linker,
    MemoryType,
    Module,
    SharedMemory,
    Store,
    WaitResult,
    WasmtimeError,
    WTS_ERR_LIMIT,
    WTS_ERR_RANGE,
    WTS_ERR_STATE,
)

comptime ADDS = """
(module
  (import "env" "memory" (memory 1 4 shared))
  (func (export "add") (param i32) (result i32)
    (i32.atomic.rmw.add (i32.const 0) (local.get 0))))
"""

comptime EXPORTS = """
(module (memory (export "memory") 1 2 shared))
"""


def new_engine() raises -> Engine:
    var config = Config()
    config.set("shared_memory", 1)
    return Engine(config)


def new_memory(engine: Engine) raises -> SharedMemory:
    return SharedMemory(engine, MemoryType(1, 4, shared=True))


def test_sizes() raises:
    var memory = new_memory(new_engine())
    assert_true(memory.type() == MemoryType(1, 4, shared=True))
    assert_equal(memory.size(), 1)
    assert_equal(memory.data_size(), 65_536)
    assert_equal(memory.grow(2), 1)
    assert_equal(memory.size(), 3)
    var status = Int32(0)
    try:
        _ = memory.grow(2)
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_LIMIT)


def test_bytes() raises:
    var memory = new_memory(new_engine())
    memory.write(3, Span[UInt8]([1, 2, 3]))
    memory.fill(6, 20, 9)
    assert_equal(memory.read(2, 5), [0, 1, 2, 3, 9])
    var refused = 0
    try:
        _ = memory.read(65_530, 7)
    except e:
        assert_equal(e.status, WTS_ERR_RANGE)
        refused += 1
    try:
        _ = memory.read(0, Int.MAX)
    except:
        refused += 1
    try:
        _ = memory.read(0, -1)
    except:
        refused += 1
    try:
        memory.write(-1, Span[UInt8]([1]))
    except:
        refused += 1
    try:
        memory.fill(65_536, 1, 0)
    except:
        refused += 1
    assert_equal(refused, 5)


def test_atomic_integers() raises:
    var memory = new_memory(new_engine())
    memory.store(8, Int64.MAX)
    assert_equal(memory.add(8, Int64(1)), Int64.MAX)
    assert_equal(memory.load[Int64](8), Int64.MIN)
    memory.store(0, Int32(5))
    assert_equal(memory.add(0, Int32(-6)), 5)
    assert_equal(memory.compare_exchange(0, Int32(1), Int32(2)), -1)
    assert_equal(memory.compare_exchange(0, Int32(-1), Int32(2)), -1)
    assert_equal(memory.load[Int32](0), 2)
    assert_equal(memory.compare_exchange(8, Int64.MIN, Int64(3)), Int64.MIN)
    assert_equal(memory.load[Int64](8), 3)
    var message = String()
    try:
        _ = memory.load[Int32](2)
    except e:
        message = e.message
    assert_true("multiple of 4" in message, message)


def test_wait_and_notify() raises:
    var memory = new_memory(new_engine())
    assert_true(memory.wait(0, Int32(1)) == WaitResult.NOT_EQUAL)
    assert_true(memory.wait(8, Int64(1)) == WaitResult.NOT_EQUAL)
    assert_true(memory.wait(0, Int32(0), 1000) == WaitResult.TIMED_OUT)
    assert_equal(memory.notify(0), 0)


def test_several_stores_import_it() raises:
    var engine = new_engine()
    var memory = new_memory(engine)
    var module = Module(engine, ADDS)
    var linker = Linker(engine)
    linker.define("env", "memory", memory)
    for round in range(3):
        var instance = linker.instantiate(Store(engine), module)
        assert_equal(instance.call[Int32]("add", Int32(7)), Int32(7 * round))
    var instance = Instance(Store(engine), module, [Extern(memory)])
    assert_equal(instance.call[Int32]("add", Int32(0)), 21)
    assert_equal(memory.load[Int32](0), 21)


def test_an_export_outlives_its_store() raises:
    var engine = new_engine()
    var instance = Instance(Store(engine), Module(engine, EXPORTS))
    var item = instance["memory"]
    assert_true(item.kind == ExternKind.SHARED_MEMORY)
    assert_equal(item.type_text(), "(memory 1 2 shared)")
    var memory = item.shared_memory()
    assert_true(memory.same(instance["memory"].shared_memory()))
    assert_false(memory.same(new_memory(engine)))
    _ = item^
    _ = instance^
    memory.store(4, Int32(42))
    assert_equal(memory.load[Int32](4), 42)


def test_the_option_is_needed() raises:
    var engine = Engine()
    var status = Int32(0)
    try:
        _ = SharedMemory(engine, MemoryType(1, 4, shared=True))
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_STATE)
