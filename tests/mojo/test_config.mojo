"""Options of engines."""

from std.testing import assert_equal, assert_false, assert_true
from wasmtime_mojo import (
    AllocationStrategy,
    Collector,
    Config,
    Engine,
    Inlining,
    Module,
    options,
    OptLevel,
    PagemapScan,
    ProfilingStrategy,
    RegallocAlgorithm,
    Strategy,
    WasmtimeError,
    WTS_ERR_LIMIT,
    WTS_ERR_RANGE,
    WTS_ERR_STATE,
    WTS_ERR_TYPE,
    WTS_OPTION_BOOL,
    WTS_OPTION_TEXT,
)


def test_set_and_get() raises:
    var config = Config()
    assert_false(Bool(config.get("fuel")))
    config.set_fuel(True)
    assert_equal(config.get("fuel").value(), 1)
    config.set("max_wasm_stack", 300_000)
    assert_equal(config.get("max_wasm_stack").value(), 300_000)
    assert_false(Bool(config.get_text("cache_dir")))
    config.set_cache_dir("some/folder")
    assert_equal(config.get_text("cache_dir").value(), "some/folder")


def test_choices() raises:
    var config = Config()
    config.set_strategy(Strategy.CRANELIFT)
    config.set_opt_level(OptLevel.NONE)
    config.set_allocation_strategy(AllocationStrategy.ON_DEMAND)
    config.set_cranelift_regalloc_algorithm(RegallocAlgorithm.SINGLE_PASS)
    config.set_inlining(Inlining.YES)
    config.set_collector(Collector.DRC)
    config.set_profiling_strategy(ProfilingStrategy.NONE)
    _ = Engine(config)
    assert_equal(config.get("strategy").value(), Int64(Strategy.CRANELIFT.code))
    config.set_allocation_strategy(AllocationStrategy.POOLING)
    config.set_pool_pagemap_scan(PagemapScan.AUTO)
    _ = Engine(config)


def test_texts() raises:
    var config = Config()
    config.set_cranelift_flags("log2_min_function_alignment=5")
    config.set_target("pulley64")
    config.set_module_version("mine")
    config.set_fuel(True)
    config.set_fuel_costs("Call=10")
    _ = Engine(config)
    var error = WasmtimeError(0, "", "")
    try:
        config.set_cranelift_flags("enable_pinned_reg")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_RANGE)
    assert_true("enable_pinned_reg" in error.message, error.message)


def test_contradiction() raises:
    var error = WasmtimeError(0, "", "")
    var config = Config()
    config.set_wasm_exceptions(True)
    config.set_gc_support(False)
    try:
        _ = Engine(config)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_STATE)
    assert_true("gc_support" in error.message, error.message)


def test_every_option_is_described() raises:
    var names = List[String]()
    for option in options():
        assert_true(Bool(option.name))
        assert_true(Bool(option.doc), option.name)
        assert_true(
            WTS_OPTION_BOOL <= option.kind and option.kind <= WTS_OPTION_TEXT,
            option.name,
        )
        assert_true(option.minimum <= option.maximum, option.name)
        names.append(option.name)
    assert_true("max_wasm_stack" in names)
    assert_true("fuel" in names)


def test_every_option_takes_its_smallest_value() raises:
    for option in options():
        var config = Config()
        if option.kind == WTS_OPTION_TEXT:
            var text = String("text")
            if option.name == "cranelift_flags":
                text = "x86-64-v2"
            elif option.name == "fuel_costs":
                text = "Call=1"
            elif option.name == "target":
                text = "pulley64"
            config.set(option.name, text)
            assert_equal(config.get_text(option.name).value(), text)
        else:
            config.set(option.name, option.minimum)
            assert_equal(config.get(option.name).value(), option.minimum)


def test_a_config_makes_several_engines() raises:
    var config = Config()
    config.set_epoch_interruption(True)
    var first = Engine(config)
    var second = Engine(config)
    first.increment_epoch()
    second.increment_epoch()


def test_unknown_option_is_named() raises:
    var error = WasmtimeError(0, "", "")
    var config = Config()
    try:
        config.set("no_such_option", 1)
    except e:
        error = e.copy()
    assert_true(error.status < 0)
    assert_true("no_such_option" in error.message, error.message)


def test_value_out_of_range() raises:
    var error = WasmtimeError(0, "", "")
    var config = Config()
    try:
        config.set("fuel", 2)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_RANGE)
    assert_true("fuel" in error.message, error.message)


def check_is_too_much(config: Config, wat: String, option: String) raises:
    var error = WasmtimeError(0, "", "")
    try:
        _ = Module(Engine(config), wat)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_LIMIT)
    assert_true(option in error.message, error.message)


def test_what_is_compiled_is_limited() raises:
    var small = Config()
    small.set_max_wasm_size(8)
    check_is_too_much(small, "(module (func))", "max_wasm_size")
    var few = Config()
    few.set_max_wasm_functions(1)
    _ = Module(Engine(few), "(module (func))")
    check_is_too_much(few, "(module (func) (func))", "max_wasm_functions")


def test_number_for_a_text_option() raises:
    var error = WasmtimeError(0, "", "")
    var config = Config()
    try:
        config.set("cache_dir", 1)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)
