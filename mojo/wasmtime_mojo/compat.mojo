"""The names of the earlier wasmtime-mojo package.

Programs written for it keep working: `ptr()` and `context()` return the objects themselves, and the free functions
below do what the methods do.
"""


from ._ffi import Args, Env, Results
from ._ffi import (
    WTS_ERR_TYPE,
    WTS_EXTERNREF,
    WTS_F32,
    WTS_F64,
    WTS_FUNCREF,
    WTS_I32,
    WTS_I64,
    WTS_V128,
)
from ._lib import _Library
from .caller import Caller
from .error import WasmtimeError, _error
from .extern_ import Extern
from .func import Func
from .global_ import Global
from .host import _host_error
from .instance import Instance
from .memory import Memory
from .store import ContextPtr, _check_same_store
from .types import FuncType, ValKind
from .val import WasmtimeVal

comptime WASM_I32 = UInt8(WTS_I32)
"""The kind of a 32-bit integer."""
comptime WASM_I64 = UInt8(WTS_I64)
"""The kind of a 64-bit integer."""
comptime WASM_F32 = UInt8(WTS_F32)
"""The kind of a 32-bit float."""
comptime WASM_F64 = UInt8(WTS_F64)
"""The kind of a 64-bit float."""
comptime WASM_FUNCREF = UInt8(WTS_FUNCREF)
"""The kind of a function reference."""
comptime WASM_EXTERNREF = UInt8(WTS_EXTERNREF)
"""The kind of a host reference."""
comptime WASMTIME_I32 = WASM_I32
"""The kind of a 32-bit integer."""
comptime WASMTIME_I64 = WASM_I64
"""The kind of a 64-bit integer."""
comptime WASMTIME_F32 = WASM_F32
"""The kind of a 32-bit float."""
comptime WASMTIME_F64 = WASM_F64
"""The kind of a 64-bit float."""
comptime WASMTIME_V128 = UInt8(WTS_V128)
"""The kind of a 128-bit vector."""
comptime WASMTIME_FUNCREF = WASM_FUNCREF
"""The kind of a function reference."""
comptime WASMTIME_EXTERNREF = WASM_EXTERNREF
"""The kind of a host reference."""

comptime WasmtimeInstance = Instance
"""What `Linker.instantiate` returns."""
comptime WasmtimeFunc = Func
"""What `instance_get_func` returns."""
comptime WasmtimeMemory = Memory
"""What `instance_get_memory` returns."""
comptime WasmtimeGlobal = Global
"""What `instance_get_global` returns."""
comptime WasmtimeExtern = Extern
"""What `instance_get_export` returns."""

comptime EnvPtr = Env
"""What a callback was defined with."""
comptime CallerPtr = Pointer[Caller, MutUntrackedOrigin]
"""Who called a callback, valid until it returns."""


struct ValPtr(TrivialRegisterPassable):
    """The arguments or results of a callback, valid until it returns."""

    var _first: Pointer[WasmtimeVal, MutUntrackedOrigin]
    var _count: Int

    @doc_hidden
    def __init__(
        out self, first: Pointer[WasmtimeVal, MutUntrackedOrigin], count: Int
    ):
        self._first = first
        self._count = count

    def __getitem__(
        self, index: Int = 0
    ) -> ref[MutUntrackedOrigin] WasmtimeVal:
        """Reaches a value.

        Args:
            index: Which one; one that does not exist ends the program, as it does for a `List`.

        Returns:
            A reference to the value.
        """
        return Span[WasmtimeVal, MutUntrackedOrigin](
            unsafe_ptr=self._first, length=self._count
        )[index]


struct Trap(Copyable, Writable):
    """Why a callback traps."""

    var message: String
    """The message."""

    def __init__(out self, var message: String):
        """Makes a trap for a callback to return.

        Args:
            message: The message.
        """
        self.message = message^

    def write_to(self, mut writer: Some[Writer]):
        """Writes the message.

        Args:
            writer: Where to write.
        """
        writer.write(self.message)


comptime TrapPtr = Optional[Trap]
"""What a callback returns: a trap, or `TrapPtr()` for none."""

comptime WasmtimeCallback = def(
    EnvPtr, CallerPtr, ValPtr, Int, ValPtr, Int
) thin raises -> TrapPtr
"""A host function: environment, caller, arguments and their number, results and their number. It may raise instead of
returning a trap."""

comptime FinalizerCallback = def(EnvPtr) thin -> None
"""Frees the environment of a callback."""


def _no_finalizer(env: EnvPtr):
    pass


struct _CallbackEnv(Movable):
    # First, because `Caller` looks for it there.
    var lib: _Library
    var callback: WasmtimeCallback
    var env: EnvPtr
    var finalizer: FinalizerCallback
    var type: FuncType

    def __init__(
        out self,
        var lib: _Library,
        callback: WasmtimeCallback,
        env: EnvPtr,
        finalizer: FinalizerCallback,
        var type: FuncType,
    ):
        self.lib = lib^
        self.callback = callback
        self.env = env
        self.finalizer = finalizer
        self.type = type^

    def __deinit__(deinit self):
        self.finalizer(self.env)


def _kinds(codes: List[UInt8]) -> List[ValKind]:
    return [ValKind(Int32(code)) for code in codes]


def _callback_trampoline(
    env: Env,
    caller: UInt64,
    args: Args,
    nargs: Int,
    results: Results,
    nresults: Int,
) abi("C") -> Int32:
    """Is the C function of every `WasmtimeCallback`."""
    ref host = env.unsafe_bitcast[_CallbackEnv]()[]
    var who = Caller(env, caller)
    try:
        _run_callback(host, who, args, results)
        return 0
    except e:
        return who._fail(e)


def _run_callback(
    host: _CallbackEnv, mut caller: Caller, args: Args, results: Results
) raises WasmtimeError:
    var values = List[WasmtimeVal]()
    var slot = 0
    for kind in host.type.params:
        values.append(caller._value(kind, args.unsafe_offset(slot)))
        slot += kind.slots()
    var outcomes = List[WasmtimeVal](
        length=len(host.type.results), fill=WasmtimeVal()
    )
    for i in range(len(outcomes)):
        outcomes[i] = WasmtimeVal.null(host.type.results[i])
    var trap: TrapPtr
    try:
        trap = host.callback(
            host.env,
            CallerPtr(unsafe_from_address=Int(Pointer(to=caller))),
            _pointer(values),
            len(values),
            _pointer(outcomes),
            len(outcomes),
        )
    except e:
        raise _host_error(e)
    # What the callback has pointers to lives until here.
    _ = values^
    if trap:
        raise WasmtimeError.trap(0, trap.value().message)
    slot = 0
    for i in range(len(outcomes)):
        var kind = host.type.results[i]
        if not outcomes[i]._fits(kind):
            raise _error(
                host.lib,
                WTS_ERR_TYPE,
                String(
                    "result ",
                    i,
                    " of the host function is of kind ",
                    outcomes[i].kind,
                    " but was defined as ",
                    kind,
                ),
            )
        results[unsafe_offset=slot] = outcomes[i]._give(host.lib)
        if kind == ValKind.V128:
            results[unsafe_offset=slot + 1] = outcomes[i]._high
        slot += kind.slots()


def _pointer(mut values: List[WasmtimeVal]) -> ValPtr:
    return ValPtr(
        values.unsafe_ptr().unsafe_origin_cast[MutUntrackedOrigin](),
        len(values),
    )


def instance_get_export(
    context: ContextPtr, instance: WasmtimeInstance, name: StringSpan
) raises WasmtimeError -> WasmtimeExtern:
    """Finds an export.

    Args:
        context: The store of the instance.
        instance: The instance.
        name: The name.

    Returns:
        The export.

    Raises:
        WasmtimeError: If there is no such export; the message lists those that exist.
    """
    _check_same_store(context._inner, instance._inner[].store)
    return instance[name]


def instance_get_func(
    context: ContextPtr, instance: WasmtimeInstance, name: StringSpan
) raises WasmtimeError -> WasmtimeFunc:
    """Finds an exported function.

    Args:
        context: The store of the instance.
        instance: The instance.
        name: The name.

    Returns:
        The function.

    Raises:
        WasmtimeError: If there is no such export; the message lists those that exist.
    """
    return instance_get_export(context, instance, name).func()


def instance_get_memory(
    context: ContextPtr, instance: WasmtimeInstance, name: StringSpan
) raises WasmtimeError -> WasmtimeMemory:
    """Finds an exported memory.

    Args:
        context: The store of the instance.
        instance: The instance.
        name: The name.

    Returns:
        The memory.

    Raises:
        WasmtimeError: If there is no such export; the message lists those that exist.
    """
    return instance_get_export(context, instance, name).memory()


def instance_get_global(
    context: ContextPtr, instance: WasmtimeInstance, name: StringSpan
) raises WasmtimeError -> WasmtimeGlobal:
    """Finds an exported global.

    Args:
        context: The store of the instance.
        instance: The instance.
        name: The name.

    Returns:
        The global.

    Raises:
        WasmtimeError: If there is no such export; the message lists those that exist.
    """
    return instance_get_export(context, instance, name).global_()


def func_call(
    context: ContextPtr,
    func: WasmtimeFunc,
    args: List[WasmtimeVal],
    nresults: Int = 1,
) raises WasmtimeError -> List[WasmtimeVal]:
    """Calls a function.

    Args:
        context: The store of the function.
        func: The function.
        args: The arguments.
        nresults: The number of results; another than the function has raises.

    Returns:
        The results.

    Raises:
        WasmtimeError: If the arguments or results do not fit, or the function traps.
    """
    _check_same_store(context._inner, func._store)
    if nresults != func.result_arity():
        raise _error(
            func._store[].lib,
            WTS_ERR_TYPE,
            String(
                "the function is ",
                func,
                " but ",
                nresults,
                " results are asked for",
            ),
        )
    return func.call_values(args)


def func_call_0(
    context: ContextPtr, func: WasmtimeFunc, args: List[WasmtimeVal]
) raises WasmtimeError:
    """Calls a function without results.

    Args:
        context: The store of the function.
        func: The function.
        args: The arguments.

    Raises:
        WasmtimeError: If the arguments or results do not fit, or the function traps.
    """
    _ = func_call(context, func, args, 0)


def func_call_i32(
    context: ContextPtr, func: WasmtimeFunc, args: List[WasmtimeVal]
) raises WasmtimeError -> Int32:
    """Calls a function with one i32 as result.

    Args:
        context: The store of the function.
        func: The function.
        args: The arguments.

    Returns:
        The result.

    Raises:
        WasmtimeError: If the arguments or results do not fit, or the function traps.
    """
    return func_call(context, func, args)[0].get[Int32]()


def func_call_i64(
    context: ContextPtr, func: WasmtimeFunc, args: List[WasmtimeVal]
) raises WasmtimeError -> Int64:
    """Calls a function with one i64 as result.

    Args:
        context: The store of the function.
        func: The function.
        args: The arguments.

    Returns:
        The result.

    Raises:
        WasmtimeError: If the arguments or results do not fit, or the function traps.
    """
    return func_call(context, func, args)[0].get[Int64]()


def func_call_f32(
    context: ContextPtr, func: WasmtimeFunc, args: List[WasmtimeVal]
) raises WasmtimeError -> Float32:
    """Calls a function with one f32 as result.

    Args:
        context: The store of the function.
        func: The function.
        args: The arguments.

    Returns:
        The result.

    Raises:
        WasmtimeError: If the arguments or results do not fit, or the function traps.
    """
    return func_call(context, func, args)[0].get[Float32]()


def func_call_f64(
    context: ContextPtr, func: WasmtimeFunc, args: List[WasmtimeVal]
) raises WasmtimeError -> Float64:
    """Calls a function with one f64 as result.

    Args:
        context: The store of the function.
        func: The function.
        args: The arguments.

    Returns:
        The result.

    Raises:
        WasmtimeError: If the arguments or results do not fit, or the function traps.
    """
    return func_call(context, func, args)[0].get[Float64]()


def global_get_i32(
    context: ContextPtr, global_: WasmtimeGlobal
) raises WasmtimeError -> Int32:
    """Reads a global that is an i32.

    Args:
        context: The store of the global.
        global_: The global.

    Returns:
        The value.

    Raises:
        WasmtimeError: If the global is of another kind.
    """
    _check_same_store(context._inner, global_._store)
    return global_.get[Int32]()


def global_get_i64(
    context: ContextPtr, global_: WasmtimeGlobal
) raises WasmtimeError -> Int64:
    """Reads a global that is an i64.

    Args:
        context: The store of the global.
        global_: The global.

    Returns:
        The value.

    Raises:
        WasmtimeError: If the global is of another kind.
    """
    _check_same_store(context._inner, global_._store)
    return global_.get[Int64]()


def memory_data_ptr(
    context: ContextPtr, memory: WasmtimeMemory
) raises WasmtimeError -> Pointer[UInt8, MutUntrackedOrigin]:
    """Finds the first byte of a memory; prefer `Memory.data`, which checks bounds.

    Args:
        context: The store of the memory.
        memory: The memory.

    Returns:
        A pointer that is valid until the store next runs WebAssembly, grows a memory, or is deleted.

    Raises:
        WasmtimeError: If the store was closed or another thread uses it.
    """
    _check_same_store(context._inner, memory._store)
    return memory.data().unsafe_ptr().unsafe_origin_cast[MutUntrackedOrigin]()


def memory_data_size(
    context: ContextPtr, memory: WasmtimeMemory
) raises WasmtimeError -> Int:
    """Tells the size of a memory in bytes.

    Args:
        context: The store of the memory.
        memory: The memory.

    Returns:
        The number of bytes.

    Raises:
        WasmtimeError: If the store was closed or another thread uses it.
    """
    _check_same_store(context._inner, memory._store)
    return memory.data_size()


def memory_read_bytes(
    context: ContextPtr, memory: WasmtimeMemory, offset: Int, length: Int
) raises WasmtimeError -> List[UInt8]:
    """Copies bytes out of a memory.

    Args:
        context: The store of the memory.
        memory: The memory.
        offset: Where to start.
        length: How many bytes.

    Returns:
        The bytes.

    Raises:
        WasmtimeError: If the range is out of bounds.
    """
    _check_same_store(context._inner, memory._store)
    return memory.read(offset, length)


def memory_write_bytes(
    context: ContextPtr, memory: WasmtimeMemory, offset: Int, data: List[UInt8]
) raises WasmtimeError:
    """Copies bytes into a memory.

    Args:
        context: The store of the memory.
        memory: The memory.
        offset: Where to start.
        data: The bytes.

    Raises:
        WasmtimeError: If the range is out of bounds.
    """
    _check_same_store(context._inner, memory._store)
    memory.write(offset, data)


def memory_read_i32_le(
    context: ContextPtr, memory: WasmtimeMemory, offset: Int
) raises WasmtimeError -> Int32:
    """Reads a little-endian i32.

    Args:
        context: The store of the memory.
        memory: The memory.
        offset: Where it starts.

    Returns:
        The number.

    Raises:
        WasmtimeError: If the range is out of bounds.
    """
    _check_same_store(context._inner, memory._store)
    return memory.load[Int32](offset)


def memory_write_i32_le(
    context: ContextPtr, memory: WasmtimeMemory, offset: Int, value: Int32
) raises WasmtimeError:
    """Writes a little-endian i32.

    Args:
        context: The store of the memory.
        memory: The memory.
        offset: Where it starts.
        value: The number.

    Raises:
        WasmtimeError: If the range is out of bounds.
    """
    _check_same_store(context._inner, memory._store)
    memory.store(offset, value)


def memory_read_i64_le(
    context: ContextPtr, memory: WasmtimeMemory, offset: Int
) raises WasmtimeError -> Int64:
    """Reads a little-endian i64.

    Args:
        context: The store of the memory.
        memory: The memory.
        offset: Where it starts.

    Returns:
        The number.

    Raises:
        WasmtimeError: If the range is out of bounds.
    """
    _check_same_store(context._inner, memory._store)
    return memory.load[Int64](offset)


def memory_write_i64_le(
    context: ContextPtr, memory: WasmtimeMemory, offset: Int, value: Int64
) raises WasmtimeError:
    """Writes a little-endian i64.

    Args:
        context: The store of the memory.
        memory: The memory.
        offset: Where it starts.
        value: The number.

    Raises:
        WasmtimeError: If the range is out of bounds.
    """
    _check_same_store(context._inner, memory._store)
    memory.store(offset, value)


def memory_read_u64_le(
    context: ContextPtr, memory: WasmtimeMemory, offset: Int
) raises WasmtimeError -> UInt64:
    """Reads a little-endian u64.

    Args:
        context: The store of the memory.
        memory: The memory.
        offset: Where it starts.

    Returns:
        The number.

    Raises:
        WasmtimeError: If the range is out of bounds.
    """
    _check_same_store(context._inner, memory._store)
    return memory.load[UInt64](offset)
