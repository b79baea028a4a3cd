"""The program of the earlier package, as in mojo/examples/legacy.mojo."""

from std.testing import assert_equal
from wasmtime_mojo import Engine, Linker, Module, Store
from wasmtime_mojo import CallerPtr, EnvPtr, TrapPtr, ValPtr
from wasmtime_mojo import WASM_I32, WASM_I64, WasmtimeVal
from wasmtime_mojo import func_call_i32, func_call_i64, instance_get_func


def widen_i32(
    env: EnvPtr,
    caller: CallerPtr,
    args: ValPtr,
    nargs: Int,
    results: ValPtr,
    nresults: Int,
) -> TrapPtr:
    results[] = WasmtimeVal.from_i64(args[].get_i32().cast[DType.int64]())
    return TrapPtr()  # no trap


def wasm_module() -> String:
    return """
        (module
          (import "env" "widen_i32"
            (func $widen (param i32) (result i64)))
          (func (export "add_int32") (param i32 i32) (result i32)
            (i32.add (local.get 0) (local.get 1)))
          (func (export "widen") (param i32) (result i64)
            (call $widen (local.get 0))))
    """


def test_the_program() raises:
    var wasm_bytes = List(wasm_module().as_bytes())

    var engine = Engine(cache=True)
    var store = Store(engine.ptr())
    var linker = Linker(engine.ptr())
    linker.define_func("env", "widen_i32", [WASM_I32], [WASM_I64], widen_i32)
    var module = Module(engine.ptr(), wasm_bytes)
    var instance = linker.instantiate(store.context(), module.ptr())
    var add = instance_get_func(store.context(), instance, "add_int32")
    var result = func_call_i32(
        store.context(),
        add,
        [WasmtimeVal.from_i32(40), WasmtimeVal.from_i32(2)],
    )
    assert_equal(result, 42)

    var widen = instance_get_func(store.context(), instance, "widen")
    assert_equal(
        func_call_i64(store.context(), widen, [WasmtimeVal.from_i32(-1)]), -1
    )
