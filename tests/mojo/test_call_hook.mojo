"""Call hooks of stores."""

from std.memory import ArcPointer
from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    Caller,
    Engine,
    HookEvent,
    Instance,
    Linker,
    Module,
    Store,
    WasmtimeError,
    WTS_ERR_BUSY,
    WTS_ERR_HOST,
)

comptime SOURCE = """
(module
  (import "env" "f" (func $f (param i32) (result i32)))
  (func (export "run") (param i32) (result i32) (call $f (local.get 0))))
"""

comptime Events = ArcPointer[List[Int32]]


def add_one(a: Int32) -> Int32:
    return a + 1


def note(mut events: Events, store: Store, event: HookEvent):
    events[].append(event.code)


def refuse(mut limit: Int, store: Store, event: HookEvent) raises WasmtimeError:
    if event == HookEvent.CALLING_HOST:
        limit -= 1
        if limit < 0:
            raise WasmtimeError.trap(0, "too many calls")


def look(
    mut frames: ArcPointer[Int], store: Store, event: HookEvent
) raises WasmtimeError:
    if event == HookEvent.CALLING_HOST:
        frames[] = len(store.backtrace().frames)
        store.clear_call_hook()


def new_instance(store: Store, engine: Engine) raises -> Instance:
    var linker = Linker(engine)
    linker.func[add_one]("env", "f")
    return linker.instantiate(store, Module(engine, SOURCE))


def test_events() raises:
    var engine = Engine()
    var store = Store(engine)
    var instance = new_instance(store, engine)
    var events = Events(List[Int32]())
    store.set_call_hook[note](events)
    assert_equal(instance.call[Int32]("run", Int32(41)), 42)
    assert_equal(len(events[]), 4)
    assert_true(HookEvent(events[][0]) == HookEvent.CALLING_WASM)
    assert_true(HookEvent(events[][1]) == HookEvent.CALLING_HOST)
    assert_true(HookEvent(events[][2]) == HookEvent.RETURNING_FROM_HOST)
    assert_true(HookEvent(events[][3]) == HookEvent.RETURNING_FROM_WASM)
    assert_equal(events.count(), 2)
    store.clear_call_hook()
    assert_equal(events.count(), 1)
    _ = instance.call[Int32]("run", Int32(41))
    assert_equal(len(events[]), 4)


def test_a_hook_that_raises_ends_the_guest() raises:
    var engine = Engine()
    var store = Store(engine)
    var instance = new_instance(store, engine)
    store.set_call_hook[refuse](2)
    assert_equal(instance.call[Int32]("run", Int32(1)), 2)
    assert_equal(instance.call[Int32]("run", Int32(1)), 2)
    var status = Int32(0)
    try:
        _ = instance.call[Int32]("run", Int32(1))
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_HOST)


def test_a_hook_uses_its_store() raises:
    var engine = Engine()
    var store = Store(engine)
    var instance = new_instance(store, engine)
    var frames = ArcPointer(0)
    store.set_call_hook[look](frames)
    _ = instance.call[Int32]("run", Int32(1))
    assert_equal(frames[], 1)
    assert_equal(frames.count(), 1)
    assert_equal(len(store.backtrace().frames), 0)
