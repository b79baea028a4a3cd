"""Pre-instances: a store and an instance for each call."""

from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    AllocationStrategy,
    Caller,
    Config,
    Engine,
    InstancePre,
    Linker,
    live_count,
    Module,
    Results2,
    Store,
    WasmtimeError,
    WTS_ERR_FUEL,
    WTS_ERR_HOST,
    WTS_ERR_KIND,
    WTS_ERR_LIMIT,
    WTS_ERR_NOT_FOUND,
    WTS_ERR_STATE,
    WTS_ERR_TIMEOUT,
    WTS_ERR_TRAP,
    WTS_ERR_TYPE,
    WTS_ERR_WRONG_STORE,
    WTS_KIND_STORE,
)

comptime SOURCE = """
(module
  (import "env" "user" (func $user (result i64)))
  (memory (export "memory") 1)
  (global $calls (mut i32) (i32.const 0))
  (func (export "count") (result i32)
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (global.get $calls))
  (func (export "user") (result i64) (call $user))
  (func (export "swap") (param i32 f64) (result f64 i32)
    (local.get 1) (local.get 0))
  (func (export "trap") (param i32) (unreachable))
  (func (export "loop") (loop (br 0)))
  (func (export "reference") (param externref)))
"""


def user(mut caller: Caller) raises -> Int64:
    var number = caller.user()
    if number == 13:
        raise Error("not this one")
    # Whoever asks next finds what was left here, if it is the same request.
    caller.set_user(number + 1)
    return Int64(caller.store().user())


def new_pre(engine: Engine) raises -> InstancePre:
    var linker = Linker(engine)
    linker.func[user]("env", "user")
    return linker.instantiate_pre(Module(engine, SOURCE))


def test_each_call_has_an_instance_of_its_own() raises:
    var pre = new_pre(Engine())
    var count = pre.typed_func[Int32]("count")
    for _ in range(100):
        assert_equal(pre.call[Int32]("count"), 1)
        assert_equal(count(), 1)
    assert_equal(live_count(WTS_KIND_STORE), 0)


def test_arguments_and_results() raises:
    var pre = new_pre(Engine())
    var a, b = pre.call[Results2[Float64, Int32]](
        "swap", Int32(-7), Float64(0.5)
    ).tuple()
    assert_equal(a, 0.5)
    assert_equal(b, -7)
    var swap = pre.typed_func[Results2[Float64, Int32], Int32, Float64]("swap")
    assert_equal(swap(-8, 1.5).second, -8)


def test_the_user_is_that_of_the_call() raises:
    var pre = new_pre(Engine())
    var who = pre.typed_func[Int64]("user")
    for i in range(20):
        if i != 13:
            assert_equal(who(user=UInt64(i)), Int64(i + 1))
    assert_equal(pre.call[Int64]("user", user=41), 42)
    assert_equal(pre.call[Int64]("user"), 1)


def test_fuel() raises:
    var config = Config()
    config.set_fuel(True)
    var pre = new_pre(Engine(config))
    var error = WasmtimeError(0, "", "")
    try:
        pre.call("loop", fuel=10_000)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_FUEL)
    assert_equal(pre.call[Int32]("count", fuel=10_000), 1)
    assert_equal(pre.call[Int32]("count"), 1)
    var without = new_pre(Engine())
    try:
        _ = without.call[Int32]("count", fuel=10_000)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_STATE)
    assert_true("fuel" in error.message, error.message)


def test_timeout() raises:
    var config = Config()
    config.set_epoch_interruption(True)
    var pre = new_pre(Engine(config))
    var error = WasmtimeError(0, "", "")
    try:
        pre.call("loop", timeout_ms=10)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TIMEOUT)
    assert_equal(pre.call[Int32]("count", timeout_ms=60_000), 1)


def test_memory_bytes() raises:
    var pre = new_pre(Engine())
    var error = WasmtimeError(0, "", "")
    assert_equal(pre.call[Int32]("count", memory_bytes=65_536), 1)
    try:
        _ = pre.call[Int32]("count", memory_bytes=65_535)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_LIMIT)


def test_failures() raises:
    var pre = new_pre(Engine())
    var error = WasmtimeError(0, "", "")
    try:
        pre.call("trap", Int32(1))
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TRAP)
    assert_equal(error.frames[0].func_index, 4)
    try:
        _ = pre.call[Int64]("user", user=13)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_HOST)
    assert_equal(error.message, "not this one")
    assert_equal(live_count(WTS_KIND_STORE), 0)


def test_what_cannot_be_called() raises:
    var pre = new_pre(Engine())
    var error = WasmtimeError(0, "", "")
    try:
        pre.call("nothing")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_NOT_FOUND)
    assert_true("count" in error.message, error.message)
    try:
        pre.call("memory")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_KIND)
    try:
        _ = pre.call[Int64]("count")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)
    assert_true("(result i64)" in error.message, error.message)
    try:
        pre.call("reference", Int32(1))
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)
    assert_true("externref" in error.message, error.message)


def test_items_of_a_store() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    linker.func[user]("env", "user")
    linker.define("other", "user", linker.get(store, "env", "user"))
    var pre = linker.instantiate_pre(
        Module(
            engine,
            """
            (module (import "other" "user" (func $user (result i64)))
              (func (export "user") (result i64) (call $user)))
            """,
        )
    )
    var error = WasmtimeError(0, "", "")
    try:
        _ = pre.call[Int64]("user")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_WRONG_STORE)


def test_a_function_keeps_what_it_needs() raises:
    var config = Config()
    config.set_allocation_strategy(AllocationStrategy.POOLING)
    config.set_pool_instances(1)
    # The engine, the linker, the module and the pre-instance are gone but for it.
    var count = new_pre(Engine(config)).typed_func[Int32]("count")
    for _ in range(1000):
        assert_equal(count(), 1)
