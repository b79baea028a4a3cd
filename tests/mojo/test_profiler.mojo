"""Guest profilers."""

from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    Caller,
    Engine,
    HookEvent,
    Linker,
    Module,
    Profiler,
    Store,
    WasmtimeError,
    WTS_ERR_STATE,
)

comptime SOURCE = """
(module
  (import "env" "sample" (func $sample))
  (func $leaf (call $sample))
  (func $outermost (export "run") (call $leaf)))
"""


def sample(mut profiler: Profiler, mut caller: Caller) raises WasmtimeError:
    profiler.sample(caller.store())


def mark(
    mut profiler: Profiler, store: Store, event: HookEvent
) raises WasmtimeError:
    profiler.call_hook(store, event)


def test_a_profile() raises:
    var engine = Engine()
    var store = Store(engine)
    var module = Module(engine, SOURCE)
    var profiler = Profiler(engine, "a test", [module])
    var linker = Linker(engine)
    linker.func[sample]("env", "sample", profiler)
    store.set_call_hook[mark](profiler)
    var instance = linker.instantiate(store, module)
    for _ in range(3):
        instance.call("run")
    var profile = profiler.finish()
    assert_true(profile.startswith("{"))
    assert_true('"a test"' in profile)
    assert_true('"leaf"' in profile)
    assert_true('"outermost"' in profile)
    assert_true('"hostcall"' in profile)
    var status = Int32(0)
    try:
        _ = profiler.finish()
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_STATE)
    store.clear_call_hook()
