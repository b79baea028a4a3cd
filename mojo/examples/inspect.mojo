"""What a module imports and exports, and the parameters and results of its functions."""

from std.testing import assert_equal

from wasmtime_mojo import Engine, ExternKind, Module, ValKind

comptime WAT = """
(module $example
  (import "env" "log" (func (param i32 i32)))
  (import "env" "limit" (global i64))
  (memory (export "memory") 1 4)
  (func (export "divmod") (param i32 i32) (result i32 i32)
    (i32.div_s (local.get 0) (local.get 1))
    (i32.rem_s (local.get 0) (local.get 1)))
  (func (export "now") (result f64) (f64.const 0)))
"""


def main() raises:
    # Nothing is instantiated, so neither a store nor the imports are needed.
    var module = Module(Engine(), WAT)
    print("module", module.name())
    for item in module.imports():
        print(t"import {item.module}.{item.name}: {item.type}")

    var params = 0
    var results = 0
    for item in module.exports():
        print(t"export {item.name}: {item.type}")
        if item.kind() == ExternKind.FUNC:
            var type = item.type.func()
            params += len(type.params)
            results += len(type.results)
    print("all functions:", params, "parameters,", results, "results")

    # Types are values: compare them, or look into them.
    var divmod = module.export_type("divmod").func()
    assert_equal(divmod.results, [ValKind.I32, ValKind.I32])
    var memory = module.export_type("memory").memory()
    assert_equal(memory.minimum, 1)
    assert_equal(memory.maximum.value(), 4)

    assert_equal(module.name(), "example")
    assert_equal(len(module.imports()), 2)
    assert_equal(params, 2)
    assert_equal(results, 3)
