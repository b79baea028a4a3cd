"""Components: compiling, describing, serializing."""

from std.tempfile import TemporaryDirectory
from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    ArtifactKind,
    Component,
    ComponentItemKind,
    detect_artifact,
    Engine,
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
    var status = Int32(0)
    try:
        _ = Component.deserialize(engine, artifact)
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_CORRUPT)


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


def compile_status(text: StringSpan) raises -> Int32:
    var engine = Engine()
    try:
        _ = Component(engine, text)
    except e:
        return e.status
    return 0


def test_errors() raises:
    assert_equal(compile_status("(component"), WTS_ERR_COMPILE)
    assert_equal(compile_status("(module)"), WTS_ERR_COMPILE)
    var engine = Engine()
    var status = Int32(0)
    try:
        _ = Component.from_file(engine, "/nowhere/at all")
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_IO)
