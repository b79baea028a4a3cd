"""Functions of WebAssembly and of the host."""

from std.memory import ArcPointer

from ._box import _env, _free, _free_env, _heap
from ._ffi import InI64, OutI64, WTS_ERR_TYPE, WTS_OK
from ._slots import (
    _func_type,
    _has_kinds,
    _lend,
    _result_count,
    _take_results,
)
from .compat import (
    _callback_trampoline,
    _CallbackEnv,
    _no_finalizer,
    EnvPtr,
    FinalizerCallback,
    WasmtimeCallback,
)
from .error import WasmtimeError, _check, _error
from .store import _StoreRef, Store
from .types import FuncType, WasmTy, _codes
from .val import WasmtimeVal

comptime _Call = def(UInt64, InI64, Int, OutI64, Int) thin abi("C") -> Int32


struct Func(ImplicitlyCopyable, Writable):
    """A function in a store.

    A copy is the same function. It keeps its store alive.
    """

    var _store: _StoreRef
    var _handle: UInt64
    var _type: ArcPointer[FuncType]

    @doc_hidden
    def __init__(
        out self, store: _StoreRef, handle: UInt64
    ) raises WasmtimeError:
        ref lib = store[].lib
        var type = UInt64(0)
        _check(lib, lib[].func_type(handle, Pointer(to=type)))
        try:
            self._type = ArcPointer(FuncType(lib, type))
        finally:
            _ = lib[].type_delete(type)
        self._store = store
        self._handle = handle

    def __init__(
        out self,
        store: Store,
        type: FuncType,
        callback: WasmtimeCallback,
        env: EnvPtr = EnvPtr.unsafe_dangling(),
        finalizer: FinalizerCallback = _no_finalizer,
    ) raises WasmtimeError:
        """Makes a host function of which the types are known at run time only.

        For an ordinary Mojo function, define it with `Linker.func` and get it with `Linker.get`.

        Args:
            store: The store.
            type: The kinds of the parameters and results.
            callback: The function.
            env: What the function gets as its first argument.
            finalizer: Frees `env` once, when nothing can call the function any more.

        Raises:
            WasmtimeError: If a kind is unknown or the store was closed.
        """
        ref inner = store._inner[]
        var place = _heap(
            _CallbackEnv(inner.lib, callback, env, finalizer, type.copy())
        )
        var params = _codes(type.params)
        var results = _codes(type.results)
        var handle = UInt64(0)
        var status = inner.lib[].func_new(
            inner.handle,
            params.unsafe_ptr(),
            len(params),
            results.unsafe_ptr(),
            len(results),
            _callback_trampoline,
            _env(place),
            _free_env[_CallbackEnv],
            Pointer(to=handle),
        )
        if status != WTS_OK:
            var error = WasmtimeError._last(inner.lib, status)
            _free(place)
            raise error^
        self = Self(store._inner, handle)

    def type(self) -> FuncType:
        """Tells the kinds of the parameters and results.

        Returns:
            The function type.
        """
        return self._type[].copy()

    def param_arity(self) -> Int:
        """Counts the parameters.

        Returns:
            The number of parameters.
        """
        return len(self._type[].params)

    def result_arity(self) -> Int:
        """Counts the results.

        Returns:
            The number of results.
        """
        return len(self._type[].results)

    def same(self, other: Self) raises WasmtimeError -> Bool:
        """Tells whether two handles are of the same function.

        Args:
            other: The other handle.

        Returns:
            True if they are; an import that is exported again may count as another function.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = self._store[].lib
        var same = Int32(0)
        _check(
            lib,
            lib[].func_same(self._handle, other._handle, Pointer(to=same)),
        )
        return same != 0

    def typed[
        R: WasmTy, *Ps: WasmTy
    ](self) raises WasmtimeError -> TypedFunc[R, *Ps]:
        """Checks the types once, for fast calls.

        Parameters:
            R: The type of the result: `NoneType` for none, `Results2` and so on for several.
            Ps: The types of the parameters.

        Returns:
            A function to call with Mojo values.

        Raises:
            WasmtimeError: If the function has other types.
        """
        self._check_kinds[R, *Ps]()
        return TypedFunc[R, *Ps](self)

    def call[
        R: WasmTy = NoneType, *Ps: WasmTy
    ](self, *args: *Ps) raises WasmtimeError -> R:
        """Calls the function with Mojo values.

        Parameters:
            R: The type of the result; without it there is none, and `Results2` and so on are several.
            Ps: The types of the arguments.

        Args:
            args: The arguments, such as `Int32(40)`.

        Returns:
            The result.

        Raises:
            WasmtimeError: If the function has other types, or traps.
        """
        self._check_kinds[R, *Ps]()
        return TypedFunc[R, *Ps](self)(*args)

    @doc_hidden
    def _check_kinds[R: WasmTy, *Ps: WasmTy](self) raises WasmtimeError:
        if not _has_kinds[R, *Ps](self._type[]):
            raise _error(
                self._store[].lib,
                WTS_ERR_TYPE,
                String(
                    "the function is ",
                    self._type[],
                    " but is called as ",
                    _func_type[R, *Ps](),
                ),
            )

    def call_values(
        self, args: List[WasmtimeVal]
    ) raises WasmtimeError -> List[WasmtimeVal]:
        """Calls the function with values of which the types are known at run time only.

        Args:
            args: The arguments.

        Returns:
            The results.

        Raises:
            WasmtimeError: If the arguments do not fit, or the function traps.
        """
        ref type = self._type[]
        ref lib = self._store[].lib
        self._check_args(args)
        var arg_slots = List[Int64](capacity=len(args))
        for arg in args:
            arg._append_to(arg_slots)
        var count = 0
        for kind in type.results:
            count += kind.slots()
        var result_slots = List[Int64](length=max(count, 1), fill=0)
        _check(
            lib,
            lib[].func_call(
                self._handle,
                arg_slots.unsafe_ptr(),
                len(arg_slots),
                result_slots.unsafe_ptr(),
                count,
            ),
        )
        var results = List[WasmtimeVal](capacity=len(type.results))
        var slot = 0
        for kind in type.results:
            results.append(
                WasmtimeVal._take(self._store, kind, result_slots, slot)
            )
            slot += kind.slots()
        return results^

    @doc_hidden
    def _check_args(self, args: List[WasmtimeVal]) raises WasmtimeError:
        ref params = self._type[].params
        var fits = len(args) == len(params)
        if fits:
            for i in range(len(args)):
                fits = fits and args[i]._fits(params[i])
        if not fits:
            raise _error(
                self._store[].lib,
                WTS_ERR_TYPE,
                String(
                    "the function is ",
                    self._type[],
                    " but is called with ",
                    FuncType([arg.kind for arg in args], []),
                ),
            )

    def write_to(self, mut writer: Some[Writer]):
        """Writes the type as WebAssembly text does.

        Args:
            writer: Where to write.
        """
        writer.write(self._type[])


struct TypedFunc[R: WasmTy, *Ps: WasmTy](ImplicitlyCopyable):
    """A function of which the types were checked, for fast calls.

    Parameters:
        R: The type of the result.
        Ps: The types of the parameters.
    """

    # The function pointer lies here because a call is to cost no more than it does in C.
    var _call: _Call
    var _handle: UInt64
    var _store: _StoreRef

    @doc_hidden
    def __init__(out self, func: Func):
        self._call = func._store[].lib[].func_call
        self._handle = func._handle
        self._store = func._store

    @always_inline
    def __call__(self, *args: *Self.Ps) raises WasmtimeError -> Self.R:
        """Calls the function.

        Args:
            args: The arguments.

        Returns:
            The result.

        Raises:
            WasmtimeError: If the function traps.
        """
        comptime count = Self.Ps.__len__()
        comptime result_count = _result_count[Self.R]()
        var slots = Array[Int64, max(count, 1)](uninitialized=True)
        var results = Array[Int64, max(result_count, 1)](uninitialized=True)
        comptime for i in range(count):
            slots.unsafe_ptr()[unsafe_offset=i] = _lend(args[i])
        var status = self._call(
            self._handle,
            slots.unsafe_ptr(),
            count,
            results.unsafe_ptr(),
            result_count,
        )
        if status != WTS_OK:
            raise WasmtimeError._last(self._store[].lib, status)
        return _take_results[Self.R](self._store, results.unsafe_ptr())
