"""The names of the earlier wasmtime-mojo package."""

from std.tempfile import TemporaryDirectory
from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    CallerPtr,
    ContextPtr,
    Engine,
    EnvPtr,
    func_call,
    func_call_0,
    func_call_f32,
    func_call_f64,
    func_call_i32,
    func_call_i64,
    global_get_i32,
    global_get_i64,
    instance_get_export,
    instance_get_func,
    instance_get_global,
    instance_get_memory,
    Linker,
    memory_data_ptr,
    memory_data_size,
    memory_read_bytes,
    memory_read_i32_le,
    memory_read_i64_le,
    memory_read_u64_le,
    memory_write_bytes,
    memory_write_i32_le,
    memory_write_i64_le,
    Module,
    Store,
    Trap,
    TrapPtr,
    ValPtr,
    WASM_F32,
    WASM_F64,
    WASM_I32,
    WASM_I64,
    WasmtimeError,
    WasmtimeInstance,
    WasmtimeVal,
    WTS_ERR_HOST,
    WTS_ERR_TYPE,
    WTS_ERR_WRONG_STORE,
)

comptime SOURCE = """
(module
  (import "env" "widen_i32" (func $widen (param i32) (result i64)))
  (func (export "add_int32") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func (export "widen") (param i32) (result i64)
    (call $widen (local.get 0)))
  (func (export "half") (param f32) (result f32)
    (f32.mul (local.get 0) (f32.const 0.5)))
  (func (export "double") (param f64) (result f64)
    (f64.mul (local.get 0) (f64.const 2)))
  (func (export "nothing"))
  (memory (export "memory") 1)
  (global (export "small") i32 (i32.const 7))
  (global (export "__heap_base") i64 (i64.const 1048576)))
"""


def widen_i32(
    env: EnvPtr,
    caller: CallerPtr,
    args: ValPtr,
    nargs: Int,
    results: ValPtr,
    nresults: Int,
) -> TrapPtr:
    results[] = WasmtimeVal.from_i64(args[].get_i32().cast[DType.int64]())
    return TrapPtr()


struct Program:
    """The program of the earlier package's README, up to its instance."""

    var store: Store
    var instance: WasmtimeInstance

    def __init__(out self) raises WasmtimeError:
        var engine = Engine()
        self.store = Store(engine.ptr())
        var linker = Linker(engine.ptr())
        linker.define_func(
            "env", "widen_i32", [WASM_I32], [WASM_I64], widen_i32
        )
        var module = Module(engine.ptr(), SOURCE)
        self.instance = linker.instantiate(self.store.context(), module.ptr())

    def context(self) -> ContextPtr:
        return self.store.context()


def test_calls() raises:
    var program = Program()
    var context = program.context()
    var instance = program.instance
    var add = instance_get_func(context, instance, "add_int32")
    assert_equal(
        func_call_i32(
            context, add, [WasmtimeVal.from_i32(40), WasmtimeVal.from_i32(2)]
        ),
        42,
    )
    var widen = instance_get_func(context, instance, "widen")
    assert_equal(func_call_i64(context, widen, [WasmtimeVal.from_i32(-1)]), -1)
    var half = instance_get_func(context, instance, "half")
    assert_equal(func_call_f32(context, half, [WasmtimeVal.from_f32(5)]), 2.5)
    var double = instance_get_func(context, instance, "double")
    assert_equal(func_call_f64(context, double, [WasmtimeVal.from_f64(5)]), 10)
    var results = func_call(context, double, [WasmtimeVal.from_f64(5)])
    assert_equal(results[0].get_f64(), 10)
    func_call_0(context, instance_get_func(context, instance, "nothing"), [])


def test_globals() raises:
    var program = Program()
    var context = program.context()
    var small = instance_get_global(context, program.instance, "small")
    assert_equal(global_get_i32(context, small), 7)
    var base = instance_get_global(context, program.instance, "__heap_base")
    assert_equal(global_get_i64(context, base), 1_048_576)


def test_memory() raises:
    var program = Program()
    var context = program.context()
    var memory = instance_get_memory(context, program.instance, "memory")
    memory_write_bytes(context, memory, 3, [UInt8(1), 2, 3])
    assert_equal(memory_read_bytes(context, memory, 2, 4), [UInt8(0), 1, 2, 3])
    memory_write_i32_le(context, memory, 9, -5)
    assert_equal(memory_read_i32_le(context, memory, 9), -5)
    memory_write_i64_le(context, memory, 17, -6)
    assert_equal(memory_read_i64_le(context, memory, 17), -6)
    assert_equal(memory_read_u64_le(context, memory, 17), UInt64.MAX - 5)
    assert_equal(memory_data_size(context, memory), 65_536)
    assert_equal(memory_data_ptr(context, memory)[unsafe_offset=3], 1)
    _ = program


def test_serialized_file() raises:
    with TemporaryDirectory() as folder:
        var path = String(folder, "/module.cwasm")
        var engine = Engine(cache=True)
        var artifact = Module(engine.ptr(), "(module $saved)").serialize()
        with open(path, "w") as file:
            file.write_bytes(artifact)
        assert_equal(
            Module.deserialize_file(engine.ptr(), path).name(), "saved"
        )


def append(
    env: EnvPtr,
    caller: CallerPtr,
    args: ValPtr,
    nargs: Int,
    results: ValPtr,
    nresults: Int,
) raises -> TrapPtr:
    if args[0].get_i32() < 0:
        return Trap("a negative number was returned as a trap")
    if args[0].get_i32() > 100:
        raise Error("a large number was raised")
    var seen = env.unsafe_bitcast[List[Int32]]()
    seen[].append(args[0].get_i32() + caller[].memory().load[Int32](0))
    assert_equal(nargs, 2)
    assert_equal(nresults, 2)
    results[0] = args[1]
    if args[0].get_i32() != 100:
        results[1] = WasmtimeVal.from_f32(0.5)
    else:
        results[1] = WasmtimeVal.from_f64(0.5)
    return TrapPtr()


def finish(env: EnvPtr):
    env.unsafe_bitcast[List[Int32]]()[].append(-1)


def test_callback_with_environment_and_finalizer() raises:
    var seen = List[Int32]()
    var env = EnvPtr(unsafe_from_address=Int(Pointer(to=seen)))
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    linker.define_func(
        "env",
        "append",
        [WASM_I32, WASM_F64],
        [WASM_F64, WASM_F32],
        append,
        env,
        finish,
    )
    var instance = linker.instantiate(
        store,
        Module(
            engine,
            """
            (module
              (import "env" "append"
                (func $f (param i32 f64) (result f64 f32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\\05")
              (func (export "run") (param i32 f64) (result f64 f32)
                (call $f (local.get 0) (local.get 1))))
            """,
        ),
    )
    var run = instance.func("run")
    var results = run.call_values(
        [WasmtimeVal.from_i32(1), WasmtimeVal.from_f64(2.5)]
    )
    assert_equal(results[0].get_f64(), 2.5)
    assert_equal(results[1].get_f32(), 0.5)
    var messages = List[String]()
    for number in [Int32(-1), 101, 100]:
        try:
            _ = run.call_values(
                [WasmtimeVal.from_i32(number), WasmtimeVal.from_f64(0)]
            )
        except e:
            assert_equal(e.status, WTS_ERR_HOST)
            messages.append(e.message)
    assert_equal(len(messages), 3)
    assert_true("returned as a trap" in messages[0], messages[0])
    assert_true("was raised" in messages[1], messages[1])
    assert_true("f64" in messages[2] and "f32" in messages[2], messages[2])
    _ = run^
    _ = instance^
    _ = linker^
    _ = store^
    assert_equal(seen, [Int32(6), 105, -1])


def test_wrong_number_of_results() raises:
    var program = Program()
    var context = program.context()
    var nothing = instance_get_func(context, program.instance, "nothing")
    var error = WasmtimeError(0, "", "")
    try:
        _ = func_call_i32(context, nothing, [])
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)


def test_context_of_another_store() raises:
    var program = Program()
    var other = Program()
    var error = WasmtimeError(0, "", "")
    try:
        _ = instance_get_export(other.context(), program.instance, "memory")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_WRONG_STORE)
