"""Versions of the library."""

from std.testing import assert_equal, assert_true
from wasmtime_mojo import version, version_text, wasmtime_version


def test_version_text_names_both_versions() raises:
    var text = version_text()
    assert_true(String(version()) in text, text)
    assert_true(String(wasmtime_version()) in text, text)


def test_wasmtime_is_48() raises:
    assert_equal(wasmtime_version().major, 48)
