"""Engines."""

from std.tempfile import TemporaryDirectory
from std.testing import assert_equal, assert_false, assert_true
from wasmtime_mojo import (
    AllocationStrategy,
    Config,
    Engine,
    Module,
    PoolMetric,
    WasmtimeError,
    WTS_ERR_STATE,
)


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


def test_precompile() raises:
    var engine = Engine()
    var artifact = engine.precompile("(module $made)".as_bytes())
    assert_equal(Module.deserialize(engine, artifact).name(), "made")


def test_pulley() raises:
    var config = Config()
    config.set_target("pulley64")
    var pulley = Engine(config)
    var engine = Engine()
    assert_true(pulley.is_pulley())
    assert_true(pulley.target().startswith("pulley64"))
    assert_false(engine.is_pulley())
    assert_true(engine.same(engine))
    assert_false(engine.same(pulley))
    assert_true(engine.compatibility_hash() != pulley.compatibility_hash())


def test_pool_metric() raises:
    var config = Config()
    config.set_allocation_strategy(AllocationStrategy.POOLING)
    var engine = Engine(config)
    assert_equal(engine.pool_metric(PoolMetric.CORE_INSTANCES), 0)
    var error = WasmtimeError(0, "", "")
    try:
        _ = Engine().pool_metric(PoolMetric.MEMORIES)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_STATE)
