"""What a host function learns of who called it."""

from std.memory import ArcPointer
from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    Caller,
    Engine,
    ExternKind,
    Instance,
    Linker,
    Memory,
    Module,
    Store,
    WasmtimeError,
    WTS_ERR_STALE,
)

comptime SOURCE = """
(module
  (import "env" "look" (func $look))
  (func (export "run") (call $look))
  (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (memory (export "memory") 1)
  (global (export "g") (mut i32) (i32.const 7))
  (table (export "t") 3 funcref))
"""


def look(mut seen: List[String], mut caller: Caller) raises:
    seen.append(String(caller.get_export("add")))
    seen.append(String(caller.func("add").call[Int32](Int32(40), Int32(2))))
    seen.append(String(caller.memory().size()))
    var g = caller.global_("g")
    seen.append(String(g.get[Int32]()))
    g.set(Int32(8))
    seen.append(String(caller.table("t").size()))
    seen.append(String(caller.user()))
    seen.append(String(caller.store().user()))
    caller.set_user(caller.user() + 1)
    caller.state[List[String]]().extend(seen.copy())


def trace(mut text: ArcPointer[String], mut caller: Caller) raises:
    var backtrace = caller.backtrace()
    assert_equal(len(backtrace.frames), 1)
    assert_equal(backtrace.frames[0].func_index, 1)
    text[] = String(backtrace)


def look_for_nothing(mut caller: Caller) raises WasmtimeError:
    _ = caller.get_export("nothing")


def test_look_around() raises:
    var engine = Engine()
    var store = Store(engine, state=List[String]())
    store.set_user(11)
    var linker = Linker(engine)
    linker.func[look]("env", "look", List[String]())
    var instance = linker.instantiate(store, Module(engine, SOURCE))
    instance.call("run")
    assert_equal(
        ", ".join(store.state[List[String]]()),
        '"add" (func), 42, 1, 7, 3, 11, 11',
    )
    assert_equal(instance.global_("g").get[Int32](), 8)
    assert_equal(store.user(), 12)


def test_backtrace() raises:
    var engine = Engine()
    var linker = Linker(engine)
    var text = ArcPointer(String())
    linker.func[trace]("env", "look", text)
    linker.instantiate(Store(engine), Module(engine, SOURCE)).call("run")
    assert_true("<wasm function 1>" in text[], text[])


def test_unknown_export() raises:
    var engine = Engine()
    var linker = Linker(engine)
    linker.func[look_for_nothing]("env", "look")
    var instance = linker.instantiate(Store(engine), Module(engine, SOURCE))
    var error = WasmtimeError(0, "", "")
    try:
        instance.call("run")
    except e:
        error = e.copy()
    assert_true("nothing" in error.message, error.message)


def keep(mut kept: List[Memory], mut caller: Caller) raises WasmtimeError:
    var memory = caller.memory()
    memory.store(0, Int32(len(kept)))
    kept.append(memory)
    caller.state[List[Memory]]().append(memory)


def test_what_a_caller_gave_is_usable_until_its_store_is_gone() raises:
    var engine = Engine()
    var store = Store(engine, state=List[Memory]())
    var linker = Linker(engine)
    linker.func[keep]("env", "look", List[Memory]())
    var instance = linker.instantiate(store, Module(engine, SOURCE))
    instance.call("run")
    instance.call("run")
    var memory = store.state[List[Memory]]()[0]
    assert_equal(memory.load[Int32](0), 1)
    # It did not keep the store alive.
    _ = instance^
    _ = linker^
    _ = store^
    var error = WasmtimeError(0, "", "")
    try:
        _ = memory.size()
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_STALE)
