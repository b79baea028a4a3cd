"""Stores: user value, state, fuel, deadlines, deletion."""

from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    Caller,
    Config,
    Engine,
    Instance,
    Linker,
    Memory,
    MemoryType,
    Module,
    Store,
    WasmtimeError,
    WTS_ERR_FUEL,
    WTS_ERR_HOST,
    WTS_ERR_STALE,
    WTS_ERR_STATE,
    WTS_ERR_TYPE,
    WTS_ERR_WRONG_STORE,
)

comptime LOOP = '(module (func (export "run") (loop $again (br $again))))'


def test_user_value() raises:
    var store = Store(Engine(), 7)
    assert_equal(store.user(), 7)
    store.set_user(UInt64.MAX)
    assert_equal(store.user(), UInt64.MAX)


struct Tally(Movable):
    """Counts itself out in another list when it is destroyed."""

    var hits: Int
    var ended: Pointer[Int, MutUntrackedOrigin]

    def __init__(out self, ended: Pointer[Int, MutUntrackedOrigin]):
        self.hits = 0
        self.ended = ended

    def __deinit__(deinit self):
        self.ended[] += 1


def hit(mut caller: Caller) raises WasmtimeError:
    caller.state[Tally]().hits += 1


def test_state_is_shared_with_host_functions_and_destroyed_once() raises:
    var ended = 0
    var place = Pointer(to=ended).unsafe_origin_cast[MutUntrackedOrigin]()
    var engine = Engine()
    var store = Store(engine, state=Tally(place))
    var linker = Linker(engine)
    linker.func[hit]("env", "hit")
    var module = Module(
        engine,
        """
        (module
          (import "env" "hit" (func $hit))
          (func (export "run") (call $hit) (call $hit)))
        """,
    )
    linker.instantiate(store, module).call("run")
    store.state[Tally]().hits += 40
    assert_equal(store.state[Tally]().hits, 42)
    assert_equal(place[], 0)
    _ = linker^
    _ = store^
    assert_equal(place[], 1)
    _ = ended


def test_state_of_another_type() raises:
    var error = WasmtimeError(0, "", "")
    var store = Store(Engine(), state=String("text"))
    try:
        _ = store.state[Int]()
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)
    assert_true("String" in error.message, error.message)
    assert_equal(store.state[String](), "text")


def test_state_of_a_store_without_state() raises:
    var error = WasmtimeError(0, "", "")
    var store = Store(Engine(), 1)
    try:
        _ = store.state[Int]()
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_STATE)


def test_fuel() raises:
    var config = Config()
    config.set_fuel(True)
    var engine = Engine(config)
    var store = Store(engine)
    store.set_fuel(10_000)
    var instance = Instance(store, Module(engine, LOOP))
    var error = WasmtimeError(0, "", "")
    try:
        instance.call("run")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_FUEL)
    assert_true(store.fuel() < 10_000)


def test_fuel_that_is_off() raises:
    var error = WasmtimeError(0, "", "")
    var store = Store(Engine())
    try:
        store.set_fuel(1)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_STATE)
    assert_true("fuel" in error.message, error.message)


def test_epoch_deadline() raises:
    var config = Config()
    config.set_epoch_interruption(True)
    var engine = Engine(config)
    var store = Store(engine)
    store.set_epoch_deadline(1)
    engine.increment_epoch()
    var instance = Instance(store, Module(engine, LOOP))
    var error = WasmtimeError(0, "", "")
    try:
        instance.call("run")
    except e:
        error = e.copy()
    assert_true(error.status < 0)
    assert_equal(error.trap_name, "WTS_TRAP_INTERRUPT")


def test_enter_and_leave() raises:
    var store = Store(Engine())
    store.enter()
    store.enter(-1)
    store.leave()
    store.leave()
    var error = WasmtimeError(0, "", "")
    try:
        store.leave()
    except e:
        error = e.copy()
    assert_true(error.status < 0)


def test_gc() raises:
    Store(Engine()).gc()


def test_what_belongs_to_a_closed_store_is_stale() raises:
    var engine = Engine()
    var store = Store(engine)
    var memory = Memory(store, MemoryType(1))
    var add = Instance(
        store,
        Module(
            engine,
            """
            (module (func (export "add") (param i32 i32) (result i32)
              (i32.add (local.get 0) (local.get 1))))
            """,
        ),
    ).typed_func[Int32, Int32, Int32]("add")
    assert_equal(add(40, 2), 42)
    store.close()
    var error = WasmtimeError(0, "", "")
    try:
        _ = add(40, 2)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_STALE)
    error.status = 0
    try:
        _ = memory.size()
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_STALE)
    error.status = 0
    try:
        _ = store.user()
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_STALE)
    error.status = 0
    try:
        store.close()
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_STALE)


def test_item_of_another_store() raises:
    var engine = Engine()
    var here = Store(engine)
    var there = Store(engine)
    var linker = Linker(engine)
    linker.define("env", "memory", Memory(there, MemoryType(1)))
    var module = Module(engine, '(module (import "env" "memory" (memory 1)))')
    var error = WasmtimeError(0, "", "")
    try:
        _ = linker.instantiate(here, module)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_WRONG_STORE)
    _ = linker.instantiate(there, module)


def close(mut caller: Caller) raises WasmtimeError:
    caller.store().close()


def test_close_inside_a_host_function_is_refused() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    linker.func[close]("env", "close")
    var module = Module(
        engine,
        """
        (module
          (import "env" "close" (func $close))
          (func (export "run") (call $close)))
        """,
    )
    var instance = linker.instantiate(store, module)
    var error = WasmtimeError(0, "", "")
    try:
        instance.call("run")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_HOST)
    assert_true("while it runs" in error.message, error.message)
    assert_equal(store.user(), 0)
