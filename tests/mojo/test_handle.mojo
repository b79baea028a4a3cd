"""Counts of what is alive."""

from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    Engine,
    live_count,
    Store,
    WasmtimeError,
    WTS_ERR_RANGE,
    WTS_KIND_ENGINE,
    WTS_KIND_STORE,
)


def test_counts_by_kind() raises:
    var engine = Engine()
    var first = Store(engine)
    var second = Store(engine)
    assert_equal(live_count(WTS_KIND_ENGINE), 1)
    assert_equal(live_count(WTS_KIND_STORE), 2)
    assert_equal(live_count(), 3)
    _ = engine
    _ = first
    _ = second


def test_a_copy_is_the_same_object() raises:
    var engine = Engine()
    var copy = engine
    assert_equal(live_count(WTS_KIND_ENGINE), 1)
    _ = engine^
    assert_equal(live_count(WTS_KIND_ENGINE), 1)
    copy.increment_epoch()
    _ = copy^
    assert_equal(live_count(WTS_KIND_ENGINE), 0)


def test_unknown_kind() raises:
    var error = WasmtimeError(0, "", "")
    try:
        _ = live_count(99)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_RANGE)
    assert_true("99" in error.message, error.message)
