"""Components: compiling, describing, serializing."""

from std.tempfile import TemporaryDirectory
from std.testing import TestSuite, assert_equal, assert_true
from wasmtime_mojo import (
    ArtifactKind,
    Component,
    ComponentItemKind,
    ComponentLinker,
    detect_artifact,
    Engine,
    live_count,
    Store,
    WasmtimeError,
    WTS_ERR_COMPILE,
    WTS_ERR_CORRUPT,
    WTS_ERR_IO,
)

comptime SOURCE = """
(component
  (import "log" (func (param "text" string)))
  (core module $m (func (export "run") (param i32) (result i32) (local.get 0)))
  (core instance $i (instantiate $m))
  (func $run (param "x" u8) (result bool) (canon lift (core func $i "run")))
  (instance $tools (export "is-on" (func $run)))
  (export "ns:pkg/tools@1.0.0" (instance $tools)))
"""


def test_items_and_wit() raises:
    var component = Component(Engine(), SOURCE)
    var imports = component.imports()
    assert_equal(len(imports), 1)
    assert_equal(imports[0].name, "log")
    assert_true(imports[0].kind == ComponentItemKind.FUNC)
    assert_equal(imports[0].type, "func(text: string)")
    var exports = component.exports()
    assert_equal(len(exports), 2)
    assert_true(exports[0].kind == ComponentItemKind.INSTANCE)
    assert_equal(exports[1].name, "ns:pkg/tools@1.0.0#is-on")
    assert_equal(exports[1].type, "func(x: u8) -> bool")
    assert_true("export ns:pkg/tools@1.0.0;" in component.wit())
    assert_true("interface tools {" in component.wit())


def test_artifacts() raises:
    var engine = Engine()
    var artifact = Component(engine, SOURCE).serialize()
    assert_true(detect_artifact(artifact) == ArtifactKind.COMPONENT)
    assert_equal(len(Component.deserialize(engine, artifact).exports()), 2)
    var precompiled = Component.precompile(engine, SOURCE.as_bytes())
    assert_equal(len(Component.deserialize(engine, precompiled).exports()), 2)
    artifact[len(artifact) // 2] ^= 1
    try:
        _ = Component.deserialize(engine, artifact)
        assert_true(False)
    except e:
        assert_equal(e.status, WTS_ERR_CORRUPT)


def test_files() raises:
    with TemporaryDirectory() as folder:
        var engine = Engine()
        var path = folder + "/component.wat"
        with open(path, "w") as file:
            file.write(SOURCE)
        var component = Component.from_file(engine, path)
        component.serialize_file(folder + "/artifact")
        var loaded = Component.deserialize_file(engine, folder + "/artifact")
        assert_equal(len(loaded.exports()), 2)


def check_compile_error(text: StringSpan, status: Int32) raises:
    try:
        _ = Component(Engine(), text)
        assert_true(False)
    except e:
        assert_equal(e.status, status)


def test_errors() raises:
    check_compile_error("(component", WTS_ERR_COMPILE)
    check_compile_error("(module)", WTS_ERR_COMPILE)
    try:
        _ = Component.from_file(Engine(), "/nowhere/at all")
        assert_true(False)
    except e:
        assert_equal(e.status, WTS_ERR_IO)


def main() raises:
    TestSuite.discover_tests[__functions_in_module()]().run()
    assert_equal(live_count(), 0)
