"""What a module says of itself beyond imports and exports."""

from std.testing import assert_equal, assert_false, assert_true
from wasmtime_mojo import (
    Config,
    Engine,
    Module,
    WasmtimeError,
    WTS_ERR_STATE,
)

comptime GUEST = """(module
    (import "env" "log" (func $log))
    (memory 2) (memory 5) (table 3 funcref)
    (func $run (export "run") (result i32) i32.const 42)
    (func (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
    (@custom "notes" "one") (@custom "notes" "two"))"""


def guest() raises -> Module:
    return Module(Engine(), GUEST)


def test_custom_sections() raises:
    var module = guest()
    var notes = module.custom_sections("notes")
    assert_equal(len(notes), 2)
    assert_equal(String(from_utf8_lossy=notes[1]), "two")
    assert_equal(len(module.custom_sections("none")), 0)
    var engine = Engine()
    var loaded = Module.deserialize(engine, module.serialize())
    assert_equal(
        String(from_utf8_lossy=loaded.custom_sections("notes")[0]), "one"
    )


def test_resources_required() raises:
    var required = guest().resources_required()
    assert_equal(required.memories, 2)
    assert_equal(required.max_memory_size, 5)
    assert_equal(required.tables, 1)
    assert_equal(required.max_table_size, 3)


def test_functions() raises:
    var module = guest()
    var functions = module.functions()
    assert_equal(len(functions), 2)
    assert_equal(functions[0].index, 1)
    assert_equal(functions[0].name, "run")
    assert_equal(functions[1].name, "")
    assert_true(
        functions[1].code_offset + functions[1].code_size <= len(module.text())
    )


def test_address_map() raises:
    var places = guest().address_map()
    var known = 0
    for index in range(len(places)):
        if index > 0:
            assert_true(
                places[index].code_offset > places[index - 1].code_offset
            )
        if places[index].wasm_offset:
            known += 1
    assert_true(known > 0)


def test_image() raises:
    var module = guest()
    module.initialize_copy_on_write_image()
    var image = module.image_range()
    assert_true(image[0] != 0 and image[1] > 0)


def test_debug_bytecode() raises:
    var config = Config()
    config.set_guest_debug(True)
    var module = Module(Engine(config), "(module)")
    assert_equal(len(module.debug_bytecode()), 8)
    var plain = guest()
    var error = WasmtimeError(0, "", "")
    try:
        _ = plain.debug_bytecode()
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_STATE)
