"""Linkers of components: host functions, modules, WASI, and what is missing."""

from std.testing import TestSuite, assert_equal, assert_true
from wasmtime_mojo import (
    Caller,
    Component,
    ComponentLinker,
    Engine,
    live_count,
    Module,
    Store,
    WTS_ERR_HOST,
    WTS_ERR_LINK,
    WTS_ERR_NOT_FOUND,
    WTS_ERR_STATE,
)

comptime CALLS_F = """
(component
  (import "f" (func $f (param "x" u32) (result u32)))
  (core func $f' (canon lower (func $f)))
  (core module $m (import "" "f" (func $f (param i32) (result i32)))
    (func (export "f") (param i32) (result i32) (call $f (local.get 0))))
  (core instance $i (instantiate $m (with "" (instance
    (export "f" (func $f'))))))
  (func (export "f") (param "x" u32) (result u32)
    (canon lift (core func $i "f"))))
"""

comptime IMPORTS_A_MODULE = """
(component
  (import "m" (core module $m
    (export "f" (func (param i32) (result i32)))))
  (core instance $i (instantiate $m))
  (func (export "f") (param "x" u8) (result u8)
    (canon lift (core func $i "f"))))
"""


def forty_two(mut caller: Caller, args: String) raises -> String:
    if args == "(13)":
        raise Error("no thirteen")
    return "42"


def test_host_functions() raises:
    var engine = Engine()
    var linker = ComponentLinker(engine)
    linker.func_wave[forty_two]("", "f")
    var instance = linker.clone().instantiate(
        Store(engine), Component(engine, CALLS_F)
    )
    assert_equal(instance.call[UInt32]("f", UInt32(1)), 42)
    var status = Int32(0)
    try:
        _ = instance.call[UInt32]("f", UInt32(13))
    except e:
        status = e.status
        assert_true("no thirteen" in e.message)
    assert_equal(status, WTS_ERR_HOST)


def test_names() raises:
    var engine = Engine()
    var linker = ComponentLinker(engine)
    linker.func_wave[forty_two]("", "f")
    var status = Int32(0)
    try:
        linker.func_wave[forty_two]("", "f")
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_STATE)
    linker.allow_shadowing(True)
    linker.func_wave[forty_two]("", "f")


def test_what_is_missing() raises:
    var engine = Engine()
    var linker = ComponentLinker(engine)
    var component = Component(engine, CALLS_F)
    var status = Int32(0)
    try:
        _ = linker.instantiate(Store(engine), component)
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_LINK)
    linker.define_unknown_imports_as_traps(component)
    var pre = linker.instantiate_pre(component)
    var instance = pre.instantiate(Store(engine))
    status = 0
    try:
        _ = instance.call[UInt32]("f", UInt32(1))
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_LINK)


def test_modules() raises:
    var engine = Engine()
    var linker = ComponentLinker(engine)
    linker.define_module(
        "",
        "m",
        Module(
            engine,
            '(module (func (export "f") (param i32) (result i32)'
            " (i32.const 5)))",
        ),
    )
    var instance = linker.instantiate(
        Store(engine), Component(engine, IMPORTS_A_MODULE)
    )
    assert_equal(instance.call[UInt8]("f", UInt8(1)), 5)


def test_commands() raises:
    var engine = Engine()
    var linker = ComponentLinker(engine)
    linker.define_wasi()
    linker.run_command(
        Store(engine),
        Component(
            engine,
            """(component
  (core module $m (func (export "run") (result i32) (i32.const 0)))
  (core instance $i (instantiate $m))
  (func $run (result (result)) (canon lift (core func $i "run")))
  (instance $command (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $command)))""",
        ),
    )
    var status = Int32(0)
    try:
        linker.run_command(Store(engine), Component(engine, "(component)"))
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_NOT_FOUND)


def main() raises:
    TestSuite.discover_tests[__functions_in_module()]().run()
    assert_equal(live_count(), 0)
