"""Engines."""

from std.tempfile import TemporaryDirectory
from std.testing import TestSuite, assert_equal, assert_false, assert_true
from wasmtime_mojo import Config, Engine, live_count, Module


def test_default_engine_warns_of_nothing() raises:
    assert_false(Bool(Engine().take_warning()))


def test_cache_counts() raises:
    with TemporaryDirectory() as folder:
        var config = Config()
        config.set_cache(True)
        config.set_cache_dir(folder)
        var engine = Engine(config)
        _ = Module(engine, "(module)")
        assert_equal(engine.cache_counts().misses, 1)
        assert_equal(engine.cache_counts().hits, 0)
        _ = Module(engine, "(module)")
        assert_equal(engine.cache_counts().misses, 1)
        assert_equal(engine.cache_counts().hits, 1)


def test_cache_that_cannot_be_written_is_a_warning() raises:
    with TemporaryDirectory() as folder:
        var file = String(folder, "/file")
        with open(file, "w") as f:
            f.write("not a folder")
        var config = Config()
        config.set_cache(True)
        config.set_cache_dir(String(file, "/cache"))
        var engine = Engine(config)
        _ = Module(engine, "(module)")
        var warning = engine.take_warning()
        assert_true(Bool(warning))
        assert_true("cache" in warning.value(), warning.value())
        assert_false(Bool(engine.take_warning()))


def main() raises:
    TestSuite.discover_tests[__functions_in_module()]().run()
    assert_equal(live_count(), 0)
