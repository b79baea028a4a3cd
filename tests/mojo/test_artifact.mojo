"""Telling artifacts from other bytes."""

from std.tempfile import TemporaryDirectory
from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    ArtifactKind,
    detect_artifact,
    detect_artifact_file,
    Engine,
    Module,
    WasmtimeError,
    WTS_ERR_IO,
)


def test_kinds() raises:
    var module = Module(Engine(), "(module)")
    assert_true(detect_artifact(module.serialize()) == ArtifactKind.MODULE)
    assert_true(detect_artifact("(module)".as_bytes()) == ArtifactKind.NONE)
    with TemporaryDirectory() as folder:
        var path = String(folder, "/module")
        module.serialize_file(path)
        assert_true(detect_artifact_file(path) == ArtifactKind.MODULE)


def test_no_such_file() raises:
    var error = WasmtimeError(0, "", "")
    try:
        _ = detect_artifact_file("/no/such/file")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_IO)
