"""Names for imports."""

from std.testing import assert_equal, assert_raises, assert_true
from wasmtime_mojo import (
    Engine,
    ExternKind,
    Global,
    Instance,
    Linker,
    live_count,
    Memory,
    MemoryType,
    Module,
    Store,
    WasmtimeError,
    WasmtimeVal,
    WTS_ERR_LINK,
    WTS_ERR_NOT_FOUND,
    WTS_ERR_TRAP,
    WTS_KIND_STORE,
)


def seven() -> Int32:
    return 7


def eight() -> Int32:
    return 8


comptime SEVEN = """
(module
  (import "env" "seven" (func $seven (result i32)))
  (func (export "run") (result i32) (call $seven)))
"""


def test_one_module_uses_another() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    var math = Instance(
        store,
        Module(
            engine,
            """
            (module (func (export "square") (param i32) (result i32)
              (i32.mul (local.get 0) (local.get 0))))
            """,
        ),
    )
    linker.define_instance("math", math)
    var user = linker.instantiate(
        store,
        Module(
            engine,
            """
            (module
              (import "math" "square"
                (func $square (param i32) (result i32)))
              (func (export "hypotenuse2") (param i32 i32) (result i32)
                (i32.add (call $square (local.get 0))
                         (call $square (local.get 1)))))
            """,
        ),
    )
    assert_equal(user.call[Int32]("hypotenuse2", Int32(3), Int32(4)), 25)


def test_missing_import_has_both_names() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    var module = Module(engine, SEVEN)
    var error = WasmtimeError(0, "", "")
    try:
        _ = linker.instantiate(store, module)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_LINK)
    assert_true("env" in error.message, error.message)
    assert_true("seven" in error.message, error.message)


def test_import_of_another_type_has_both_types() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    linker.func[seven]("env", "seven")
    var module = Module(
        engine,
        '(module (import "env" "seven" (func (param f64) (result i32))))',
    )
    var error = WasmtimeError(0, "", "")
    try:
        _ = linker.instantiate(store, module)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_LINK)
    assert_true("f64" in error.message, error.message)
    assert_true("i32" in error.message, error.message)


def test_define_items() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    linker.define("env", "memory", Memory(store, MemoryType(3)))
    linker.define("env", "g", Global(store, WasmtimeVal.from_i32(5)))
    var instance = linker.instantiate(
        store,
        Module(
            engine,
            """
            (module
              (import "env" "memory" (memory 1))
              (import "env" "g" (global $g i32))
              (func (export "run") (result i32)
                (i32.add (memory.size) (global.get $g))))
            """,
        ),
    )
    assert_equal(instance.call[Int32]("run"), 8)
    assert_true(linker.get(store, "env", "memory").kind == ExternKind.MEMORY)


def test_a_linker_keeps_the_store_of_its_items_alive() raises:
    var engine = Engine()
    var linker = Linker(engine)
    linker.define("env", "memory", Memory(Store(engine), MemoryType(3)))
    assert_equal(live_count(WTS_KIND_STORE), 1)
    linker.alias("env", "memory", "env", "again")
    _ = linker^
    assert_equal(live_count(WTS_KIND_STORE), 0)


def test_defining_again() raises:
    var engine = Engine()
    var linker = Linker(engine)
    linker.func[seven]("env", "seven")
    var error = WasmtimeError(0, "", "")
    try:
        linker.func[eight]("env", "seven")
    except e:
        error = e.copy()
    assert_true(error.status < 0)
    linker.allow_shadowing(True)
    linker.func[eight]("env", "seven")
    var store = Store(engine)
    var instance = linker.instantiate(store, Module(engine, SEVEN))
    assert_equal(instance.call[Int32]("run"), 8)


def test_alias() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    linker.func[seven]("a", "b")
    linker.alias("a", "b", "env", "seven")
    linker.alias_module("env", "other")
    assert_equal(linker.get(store, "other", "seven").func().call[Int32](), 7)
    assert_equal(
        linker.instantiate(store, Module(engine, SEVEN)).call[Int32]("run"), 7
    )


def test_get_of_what_is_not_defined() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    var error = WasmtimeError(0, "", "")
    try:
        _ = linker.get(store, "env", "seven")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_NOT_FOUND)
    assert_true("seven" in error.message, error.message)


def test_unknown_imports_as_traps() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    var module = Module(engine, SEVEN)
    linker.define_unknown_imports_as_traps(module)
    var instance = linker.instantiate(store, module)
    var error = WasmtimeError(0, "", "")
    try:
        _ = instance.call[Int32]("run")
    except e:
        error = e.copy()
    assert_true(error.status < 0)
    assert_true("seven" in error.message, error.message)


def test_unknown_imports_as_defaults() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    var module = Module(engine, SEVEN)
    linker.define_unknown_imports_as_defaults(store, module)
    var instance = linker.instantiate(store, module)
    assert_equal(instance.call[Int32]("run"), 0)


def test_clone_goes_its_own_way() raises:
    var engine = Engine()
    var linker = Linker(engine)
    var module = Module(engine, SEVEN)
    var clone = linker.clone()
    clone.define_unknown_imports_as_traps(module)
    _ = clone.instantiate(Store(engine), module)
    with assert_raises(contains="seven"):
        _ = linker.instantiate(Store(engine), module)


def test_unknown_exports_of_a_command() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    var command = Module(
        engine,
        """
        (module
          (func (export "_start"))
          (global (export "setting") i32 (i32.const 1)))
        """,
    )
    with assert_raises(contains="setting"):
        linker.define_module(store, "m", command)
    linker.allow_unknown_exports(True)
    linker.define_module(store, "m", command)


def test_command_gets_a_fresh_instance_for_each_call() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    var command = Module(
        engine,
        """
        (module
          (global $count (mut i32) (i32.const 0))
          (func (export "_start"))
          (func (export "next") (result i32)
            (global.set $count (i32.add (global.get $count) (i32.const 1)))
            (global.get $count)))
        """,
    )
    linker.define_module(store, "command", command)
    linker.get_default(store, "command").call()
    var next = linker.get(store, "command", "next").func()
    assert_equal(next.call[Int32](), 1)
    assert_equal(next.call[Int32](), 1)


def test_reactor_has_one_instance() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    var reactor = Module(
        engine,
        """
        (module
          (global $count (mut i32) (i32.const 0))
          (func (export "_initialize") (global.set $count (i32.const 10)))
          (func (export "next") (result i32)
            (global.set $count (i32.add (global.get $count) (i32.const 1)))
            (global.get $count)))
        """,
    )
    linker.define_module(store, "reactor", reactor)
    var next = linker.get(store, "reactor", "next").func()
    assert_equal(next.call[Int32](), 11)
    assert_equal(next.call[Int32](), 12)


def test_instantiate_pre() raises:
    var engine = Engine()
    var linker = Linker(engine)
    linker.func[seven]("env", "seven")
    var pre = linker.instantiate_pre(Module(engine, SEVEN))
    _ = linker^
    for _ in range(3):
        assert_equal(pre.instantiate(Store(engine)).call[Int32]("run"), 7)


def test_start_function_that_traps() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    var module = Module(
        engine, "(module (func $start unreachable) (start $start))"
    )
    var error = WasmtimeError(0, "", "")
    try:
        _ = linker.instantiate(store, module)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TRAP)
