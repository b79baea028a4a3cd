"""Modules: compiling, describing, serializing."""

from std.tempfile import TemporaryDirectory
from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    Engine,
    ExternKind,
    FuncType,
    GlobalType,
    Instance,
    MemoryType,
    Module,
    Store,
    TableType,
    ValKind,
    WasmtimeError,
    WTS_ERR_COMPILE,
    WTS_ERR_CORRUPT,
    WTS_ERR_IO,
    WTS_ERR_KIND,
    WTS_ERR_NOT_FOUND,
)

comptime EVERYTHING = """
(module $everything
  (import "env" "log" (func (param i32 i32)))
  (import "env" "base" (global (mut i64)))
  (import "js" "mem" (memory 1 4))
  (import "js" "tab" (table 2 9 funcref))
  (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func (export "pair") (param f64) (result f64 f32)
    (local.get 0) (f32.const 1))
  (memory (export "memory") 1)
  (global (export "answer") i32 (i32.const 42))
  (table (export "refs") 3 externref))
"""


def test_imports() raises:
    var imports = Module(Engine(), EVERYTHING).imports()
    assert_equal(len(imports), 4)
    assert_equal(imports[0].module, "env")
    assert_equal(imports[0].name, "log")
    assert_true(imports[0].kind() == ExternKind.FUNC)
    assert_true(
        imports[0].type.func() == FuncType([ValKind.I32, ValKind.I32], [])
    )
    assert_true(
        imports[1].type.global_() == GlobalType(ValKind.I64, mutable=True)
    )
    assert_true(imports[2].type.memory() == MemoryType(1, 4))
    assert_true(imports[3].type.table() == TableType(ValKind.FUNCREF, 2, 9))
    assert_equal(
        String(imports[0]),
        '(import "env" "log" (func (param i32 i32)))',
    )


def test_exports() raises:
    var module = Module(Engine(), EVERYTHING)
    var exports = module.exports()
    assert_equal(len(exports), 5)
    assert_equal(exports[0].name, "add")
    assert_equal(String(exports[0].type), "(func (param i32 i32) (result i32))")
    assert_true(
        exports[1].type.func()
        == FuncType([ValKind.F64], [ValKind.F64, ValKind.F32])
    )
    assert_true(exports[2].kind() == ExternKind.MEMORY)
    assert_true(exports[3].kind() == ExternKind.GLOBAL)
    assert_true(exports[4].kind() == ExternKind.TABLE)
    assert_true(
        module.export_type("answer").global_() == GlobalType(ValKind.I32)
    )
    assert_equal(module.name(), "everything")


def test_type_of_another_kind() raises:
    var error = WasmtimeError(0, "", "")
    var type = Module(Engine(), EVERYTHING).export_type("add")
    try:
        _ = type.memory()
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_KIND)
    assert_true("func" in error.message, error.message)


def test_unknown_export_lists_the_names() raises:
    var error = WasmtimeError(0, "", "")
    var module = Module(Engine(), EVERYTHING)
    try:
        _ = module.export_type("sub")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_NOT_FOUND)
    for name in ["sub", "add", "pair", "memory", "answer", "refs"]:
        assert_true(name in error.message, error.message)


def test_text_with_an_error_has_line_and_column() raises:
    var error = WasmtimeError(0, "", "")
    var engine = Engine()
    try:
        _ = Module(engine, "(module\n  (func (nonsense)))")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_COMPILE)
    assert_true("2:10" in error.message, error.message)


def test_not_wasm() raises:
    var error = WasmtimeError(0, "", "")
    var engine = Engine()
    try:
        _ = Module(engine, [UInt8(1), 2, 3, 4])
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_COMPILE)
    assert_equal(error.name, "WTS_ERR_COMPILE")


def test_truncated_wasm() raises:
    var error = WasmtimeError(0, "", "")
    var engine = Engine()
    try:
        _ = Module(engine, [UInt8(0), 0x61, 0x73, 0x6D, 1, 0])
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_COMPILE)


def test_invalid_wasm_has_the_offset() raises:
    # A function of type 0, where there is no type.
    var bytes: List[UInt8] = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 3, 2, 1, 0]
    var error = WasmtimeError(0, "", "")
    var engine = Engine()
    try:
        _ = Module(engine, bytes)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_COMPILE)
    assert_true("offset 0x" in error.message, error.message)


def test_validate() raises:
    var engine = Engine()
    Module.validate(engine, "(module)".as_bytes())
    var error = WasmtimeError(0, "", "")
    try:
        Module.validate(engine, "(module (func i32.add))".as_bytes())
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_COMPILE)


def test_empty_input() raises:
    var error = WasmtimeError(0, "", "")
    var engine = Engine()
    try:
        _ = Module(engine, List[UInt8]())
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_COMPILE)
    assert_true("no bytes" in error.message, error.message)


def test_serialize_and_reload() raises:
    var engine = Engine()
    var source = '(module (func (export "f") (result i32) (i32.const 7)))'
    var artifact = Module(engine, source).serialize()
    var module = Module.deserialize(engine, artifact)
    assert_equal(Instance(Store(engine), module).call[Int32]("f"), 7)
    with TemporaryDirectory() as folder:
        var path = String(folder, "/module.cwasm")
        module.serialize_file(path)
        var again = Module.deserialize_file(engine, path)
        assert_equal(Instance(Store(engine), again).call[Int32]("f"), 7)


def test_damaged_artifact() raises:
    var engine = Engine()
    var artifact = Module(engine, "(module (func))").serialize()
    artifact[len(artifact) // 2] ^= 1
    var error = WasmtimeError(0, "", "")
    try:
        _ = Module.deserialize(engine, artifact)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_CORRUPT)


def test_from_file() raises:
    with TemporaryDirectory() as folder:
        var path = String(folder, "/module.wat")
        with open(path, "w") as file:
            file.write("(module $from_file)")
        assert_equal(Module.from_file(Engine(), path).name(), "from_file")


def test_missing_file_is_named() raises:
    var error = WasmtimeError(0, "", "")
    var engine = Engine()
    try:
        _ = Module.from_file(engine, "no/such/file.wasm")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_IO)
    assert_true("no/such/file.wasm" in error.message, error.message)


def test_folder_instead_of_file() raises:
    var error = WasmtimeError(0, "", "")
    var engine = Engine()
    try:
        _ = Module.deserialize_file(engine, ".")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_IO)
