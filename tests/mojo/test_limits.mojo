"""Stores: timeouts, interrupts, epoch callbacks, limits."""

from std.testing import assert_equal, assert_true
from std.time import perf_counter_ns
from wasmtime_mojo import (
    Config,
    Engine,
    Growth,
    Instance,
    Linker,
    Module,
    Store,
    WasmtimeError,
    WTS_ERR_HOST,
    WTS_ERR_INTERRUPT,
    WTS_ERR_LIMIT,
    WTS_ERR_STATE,
    WTS_ERR_TIMEOUT,
    WTS_TRAP_INTERRUPT,
)

comptime SOURCE = """
(module
  (memory (export "memory") 1 10)
  (table (export "table") 1 10 funcref)
  (func (export "nop"))
  (func (export "loop") (loop $again (br $again)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "grow_table") (param i32) (result i32)
    (table.grow (ref.null func) (local.get 0))))
"""


struct Guest:
    """An instance of `SOURCE` in a store of an engine with epochs and fuel."""

    var engine: Engine
    var store: Store
    var instance: Instance

    def __init__(out self) raises:
        var config = Config()
        config.set_epoch_interruption(True)
        config.set_fuel(True)
        self.engine = Engine(config)
        self.store = Store(self.engine)
        self.instance = Linker(self.engine).instantiate(
            self.store, Module(self.engine, SOURCE)
        )

    def fails(self, name: StringSpan) raises -> WasmtimeError:
        try:
            self.instance.call(name)
        except e:
            return e.copy()
        raise Error("the call did not fail")


def test_timeout() raises:
    var guest = Guest()
    var start = perf_counter_ns()
    guest.store.set_timeout(20)
    var error = guest.fails("loop")
    assert_equal(error.status, WTS_ERR_TIMEOUT)
    assert_equal(error.trap_code, WTS_TRAP_INTERRUPT)
    assert_true("20 ms" in error.message, error.message)
    assert_true(perf_counter_ns() - start >= 20_000_000)
    assert_equal(guest.fails("nop").status, WTS_ERR_TIMEOUT)
    guest.store.clear_timeout()
    guest.instance.call("nop")
    guest.store.set_timeout(0)
    assert_equal(guest.fails("nop").status, WTS_ERR_TIMEOUT)


def test_interrupt() raises:
    var guest = Guest()
    guest.store.interrupt()
    assert_equal(guest.fails("loop").status, WTS_ERR_INTERRUPT)
    guest.instance.call("nop")


def test_options_are_needed() raises:
    var store = Store(Engine())
    var failures = 0
    try:
        store.set_timeout(10)
    except e:
        failures += Int(e.status == WTS_ERR_STATE)
    try:
        store.interrupt()
    except e:
        failures += Int(e.status == WTS_ERR_STATE)
    try:
        _ = store.fuel_consumed()
    except e:
        failures += Int(e.status == WTS_ERR_STATE)
    try:
        store.set_epoch_callback[go_on](Turns(1))
    except e:
        failures += Int(e.status == WTS_ERR_STATE)
    assert_equal(failures, 4)


def test_fuel_consumed() raises:
    var guest = Guest()
    guest.instance.call("nop")
    var one = guest.store.fuel_consumed()
    guest.store.set_fuel(1000)
    guest.instance.call("nop")
    assert_true(one > 0)
    assert_equal(guest.store.fuel_consumed(), 2 * one)
    assert_equal(guest.store.fuel(), 1000 - one)


struct Turns(Movable):
    """How often a guest may go on yet."""

    var left: Int

    def __init__(out self, left: Int):
        self.left = left


def go_on(mut turns: Turns, store: Store) raises -> UInt64:
    if turns.left == 0:
        raise Error("enough")
    turns.left -= 1
    assert_true(store.fuel() > 0)
    store.set_user(UInt64(turns.left))
    return 1


def never(store: Store) -> UInt64:
    return UInt64.MAX


def test_epoch_callback() raises:
    var guest = Guest()
    guest.store.set_user(7)
    guest.store.set_epoch_callback[go_on](Turns(3))
    for left in range(2, -1, -1):
        guest.store.set_epoch_deadline(0)
        guest.instance.call("nop")
        assert_equal(guest.store.user(), UInt64(left))
    guest.store.set_epoch_deadline(0)
    var error = guest.fails("nop")
    assert_equal(error.status, WTS_ERR_INTERRUPT)
    assert_equal(error.host_code.value(), -1)
    guest.store.set_epoch_callback[never]()
    guest.instance.call("nop")
    guest.store.clear_epoch_callback()
    guest.store.set_epoch_deadline(0)
    assert_equal(guest.fails("nop").status, WTS_ERR_INTERRUPT)


def test_limits() raises:
    var guest = Guest()
    guest.store.set_limits(memory_bytes=3 * 65_536, instances=2)
    assert_equal(guest.instance.call[Int32]("grow", Int32(2)), 1)
    assert_equal(guest.instance.call[Int32]("grow", Int32(1)), -1)
    assert_equal(guest.instance.call[Int32]("grow_table", Int32(9)), 1)
    var linker = Linker(guest.engine)
    var module = Module(guest.engine, SOURCE)
    _ = linker.instantiate(guest.store, module)
    var error = WasmtimeError(0, "", "")
    try:
        _ = linker.instantiate(guest.store, module)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_LIMIT)
    guest.store.set_limits(memory_bytes=0, trap_on_growth_failure=True)
    try:
        _ = guest.instance.call[Int32]("grow", Int32(1))
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_LIMIT)
    assert_true("262144 bytes" in error.message, error.message)


struct Budget(Movable):
    """How many bytes memories may grow by yet, and where to say that it is gone."""

    var left: UInt64
    var ended: Pointer[Int, MutUntrackedOrigin]

    def __init__(
        out self, left: UInt64, ended: Pointer[Int, MutUntrackedOrigin]
    ):
        self.left = left
        self.ended = ended

    def __deinit__(deinit self):
        self.ended[] += 1


def within(mut budget: Budget, growth: Growth) -> Bool:
    var more = growth.desired - growth.current
    if not growth.is_memory or more > budget.left:
        return False
    budget.left -= more
    return growth.maximum.value() == 655_360


def small(growth: Growth) raises -> Bool:
    if growth.desired > 5 * 65_536:
        raise Error("too much")
    return True


def test_limiter() raises:
    var ended = 0
    var place = Pointer(to=ended).unsafe_origin_cast[MutUntrackedOrigin]()
    var guest = Guest()
    guest.store.set_limiter[within](Budget(2 * 65_536, place))
    assert_equal(guest.instance.call[Int32]("grow", Int32(1)), 1)
    assert_equal(guest.instance.call[Int32]("grow", Int32(2)), -1)
    assert_equal(guest.instance.call[Int32]("grow", Int32(1)), 2)
    assert_equal(guest.instance.call[Int32]("grow_table", Int32(1)), -1)
    assert_equal(ended, 0)
    guest.store.set_limiter[small]()
    assert_equal(ended, 1)
    assert_equal(guest.instance.call[Int32]("grow", Int32(2)), 3)
    var error = WasmtimeError(0, "", "")
    try:
        _ = guest.instance.call[Int32]("grow", Int32(1))
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_HOST)
    guest.store.clear_limiter()
    assert_equal(guest.instance.call[Int32]("grow", Int32(1)), 5)


def test_a_limiter_goes_with_its_store() raises:
    var ended = 0
    var place = Pointer(to=ended).unsafe_origin_cast[MutUntrackedOrigin]()
    var store = Store(Engine())
    store.set_limiter[within](Budget(1, place))
    store.close()
    assert_equal(ended, 1)
