"""Resumable calls, and host functions that wait."""

from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    Caller,
    Config,
    Engine,
    ExternRef,
    Instance,
    Linker,
    live_count,
    Module,
    PendingCall,
    Results2,
    Store,
    WasmTy,
    WasmtimeError,
    WTS_ERR_HOST,
    WTS_ERR_INTERRUPT,
    WTS_ERR_RANGE,
    WTS_ERR_STATE,
    WTS_ERR_TRAP,
    WTS_KIND_PENDING,
    WTS_UNLIMITED,
)

comptime COUNT = """
(module (func (export "count") (param $n i32) (result i32) (local $i i32)
  (loop $again (local.set $i (i32.add (local.get $i) (i32.const 1)))
    (br_if $again (i32.lt_u (local.get $i) (local.get $n))))
  (local.get $i)))
"""


def sliced_engine() raises -> Engine:
    var config = Config()
    config.set_epoch_interruption(True)
    return Engine(config)


def sliced_store(engine: Engine) raises -> Store:
    var store = Store(engine)
    store.set_slice(0)
    return store


def polls_of[R: WasmTy, //](call: PendingCall[R]) raises -> Int:
    var polls = 0
    while not call.poll():
        polls += 1
    return polls


def test_calls_take_turns() raises:
    var engine = sliced_engine()
    var module = Module(engine, COUNT)
    var calls = List[PendingCall[Int32]]()
    for i in range(3):
        var instance = Instance(sliced_store(engine), module)
        calls.append(instance.func("count").start[Int32](Int32(100 * (i + 1))))
    assert_equal(live_count(WTS_KIND_PENDING), 3)
    var ended = 0
    while ended < 3:
        for i in range(ended, 3):
            if calls[i].poll():
                assert_equal(i, ended)
                assert_equal(calls[i].result(), Int32(100 * (i + 1)))
                ended += 1
    calls.clear()
    assert_equal(live_count(WTS_KIND_PENDING), 0)


def test_a_call_has_its_store_until_it_is_let_go() raises:
    var engine = sliced_engine()
    var store = sliced_store(engine)
    var instance = Instance(store, Module(engine, COUNT))
    var count = instance.typed_func[Int32, Int32]("count")
    var call = count.start(Int32(1000))
    assert_true(not call.poll())
    var status = Int32(0)
    try:
        _ = count(Int32(1))
    except error:
        status = error.status
    assert_equal(status, WTS_ERR_STATE)
    status = 0
    try:
        _ = call.result()
    except error:
        status = error.status
    assert_equal(status, WTS_ERR_STATE)
    _ = call^
    assert_equal(count(Int32(7)), 7)


def test_failures_and_interrupts_raise() raises:
    var engine = sliced_engine()
    var store = sliced_store(engine)
    var instance = Instance(
        store,
        Module(
            engine,
            '(module (func (export "trap") unreachable)'
            ' (func (export "spin") (loop br 0)))',
        ),
    )
    var trap = instance.func("trap").start()
    var status = Int32(0)
    for _ in range(2):
        try:
            _ = polls_of(trap)
        except error:
            assert_true("unreachable" in String(error))
            status = Int32(WTS_ERR_TRAP)
    assert_equal(status, WTS_ERR_TRAP)
    var spin = instance.func("spin").start()
    assert_true(not spin.poll())
    store.interrupt()
    status = 0
    try:
        _ = spin.poll()
    except error:
        status = error.status
    assert_equal(status, WTS_ERR_INTERRUPT)


def test_an_instance_is_started() raises:
    var engine = sliced_engine()
    var store = sliced_store(engine)
    var linker = Linker(engine)
    var module = Module(
        engine,
        """
        (module (global $g (mut i32) (i32.const 0)) (start $f)
          (func $f
            (loop $l (global.set $g (i32.add (global.get $g) (i32.const 1)))
              (br_if $l (i32.lt_u (global.get $g) (i32.const 40)))))
          (func (export "g") (result i32) (global.get $g)))
        """,
    )
    var pending = linker.start(store, module)
    var polls = 0
    while not pending.poll():
        polls += 1
    assert_true(polls > 10)
    assert_equal(pending.result().call[Int32]("g"), 40)


def test_references_and_several_results() raises:
    var engine = sliced_engine()
    var store = sliced_store(engine)
    var instance = Instance(
        store,
        Module(
            engine,
            '(module (func (export "f") (param externref i64) (result i64'
            " externref) local.get 1 local.get 0))",
        ),
    )
    var value = ExternRef(store, UInt64(42))
    var call = instance.func("f").start[Results2[Int64, ExternRef]](
        value, Int64(7)
    )
    _ = polls_of(call)
    for _ in range(2):
        var results = call.result()
        assert_equal(results.first, 7)
        assert_equal(results.second.get[UInt64](), 42)


struct Inbox(Movable):
    var asked: Int
    var message: Int32

    def __init__(out self):
        self.asked = 0
        self.message = 0


def receive(mut caller: Caller) raises WasmtimeError -> Int32:
    ref inbox = caller.state[Inbox]()
    inbox.asked += 1
    if inbox.message == 0:
        raise WasmtimeError.pending()
    return inbox.message


comptime RECEIVE = """
(module (import "env" "receive" (func $receive (result i32)))
  (func (export "run") (result i32) (i32.add (call $receive) (i32.const 1))))
"""


def test_a_host_function_waits() raises:
    var engine = Engine()
    var store = Store(engine, state=Inbox(), asynchronous=True)
    var linker = Linker(engine)
    linker.waiting().func[receive]("env", "receive")
    var instance = linker.instantiate(store, Module(engine, RECEIVE))
    var call = instance.func("run").start[Int32]()
    for _ in range(3):
        assert_true(not call.poll())
    # The state of a store is its own memory, which nothing suspends; reached by the host function.
    _ = call^
    store.state[Inbox]().message = 41
    assert_equal(instance.call[Int32]("run"), 42)
    assert_equal(store.state[Inbox]().asked, 4)


def test_waiting_functions_need_an_asynchronous_store() raises:
    var engine = Engine()
    var linker = Linker(engine)
    linker.waiting().func[receive]("env", "receive")
    var status = Int32(0)
    try:
        _ = linker.instantiate(Store(engine), Module(engine, RECEIVE))
    except error:
        status = error.status
    assert_equal(status, WTS_ERR_STATE)
    # A function that was not defined so may not wait.
    var plain = Linker(engine)
    plain.func[receive]("env", "receive")
    var store = Store(engine, state=Inbox(), asynchronous=True)
    var instance = plain.instantiate(store, Module(engine, RECEIVE))
    status = 0
    try:
        _ = instance.call[Int32]("run")
    except error:
        status = error.status
    assert_equal(status, WTS_ERR_HOST)


def test_fuel_slices() raises:
    var config = Config()
    config.set_fuel(True)
    var engine = Engine(config)
    var store = Store(engine, asynchronous=True)
    store.set_fuel_slice(1000)
    var instance = Instance(store, Module(engine, COUNT))
    var first = polls_of(instance.func("count").start[Int32](Int32(1000)))
    var second = polls_of(instance.func("count").start[Int32](Int32(1000)))
    assert_true(first > 3)
    assert_equal(first, second)
    store.set_fuel_slice(WTS_UNLIMITED)
    assert_equal(polls_of(instance.func("count").start[Int32](Int32(1000))), 0)
    var status = Int32(0)
    try:
        store.set_fuel_slice(0)
    except error:
        status = error.status
    assert_equal(status, WTS_ERR_RANGE)
