"""Functions of WebAssembly and of the host."""

from std.memory import ArcPointer

from ._box import _check_kept, _env, _free_env, _heap
from ._columns import _Columns, _ListOf
from ._ffi import InI64, OutI64, WTS_ERR_TYPE, WTS_OK
from ._lib import _Library
from ._slots import (
    _add_result_columns,
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
from .pending import PendingCall
from .store import _StoreRef, Store
from .types import FuncType, WasmTy, _codes
from .val import WasmtimeVal

comptime _Call = def(UInt64, InI64, Int, OutI64, Int) thin abi("C") -> Int32


def _check_kinds[
    R: WasmTy, *Ps: WasmTy
](lib: _Library, type: FuncType) raises WasmtimeError:
    if not _has_kinds[R, *Ps](type):
        raise _error(
            lib,
            WTS_ERR_TYPE,
            String(
                "the function is ",
                type,
                " but is called as ",
                _func_type[R, *Ps](),
            ),
        )


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
        _check_kept(inner.lib, status, place)
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
        _check_kinds[R, *Ps](self._store[].lib, self._type[])
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
        _check_kinds[R, *Ps](self._store[].lib, self._type[])
        return TypedFunc[R, *Ps](self)(*args)

    def start[
        R: WasmTy = NoneType, *Ps: WasmTy
    ](self, *args: *Ps) raises WasmtimeError -> PendingCall[R]:
        """Starts a call that an event loop polls. See `TypedFunc.start`.

        Parameters:
            R: The type of the result; without it there is none, and `Results2` and so on are several.
            Ps: The types of the arguments.

        Args:
            args: The arguments, such as `Int32(40)`.

        Returns:
            The call.

        Raises:
            WasmtimeError: If the function has other types, or the store is in use.
        """
        _check_kinds[R, *Ps](self._store[].lib, self._type[])
        return TypedFunc[R, *Ps](self).start(*args)

    def map[
        R: WasmTy, *Ps: WasmTy
    ](self, *lists: *Ps.map[_ListOf]()) raises WasmtimeError -> List[R]:
        """Calls the function for each row of lists, in one crossing.

        Parameters:
            R: The type of the result: a number, `NoneType` for none, `Results2` and so on for several.
            Ps: The types of the parameters, all of them numbers.

        Args:
            lists: The arguments: a list for each parameter, all of them as long.

        Returns:
            The results in the order of the rows.

        Raises:
            WasmtimeError: If the function has other types, the lists differ in length, or a row traps; `rows_done` tells which.
        """
        return self.typed[R, *Ps]().map(*lists)

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

    def start(
        self, *args: *Self.Ps
    ) raises WasmtimeError -> PendingCall[Self.R]:
        """Starts a call that an event loop polls.

        It runs when it is polled, on a stack of its own, and has the store to itself until it ends or is let go.

        Args:
            args: The arguments.

        Returns:
            The call.

        Raises:
            WasmtimeError: If the store is in use.
        """
        comptime count = Self.Ps.__len__()
        var slots = Array[Int64, max(count, 1)](uninitialized=True)
        comptime for i in range(count):
            slots.unsafe_ptr()[unsafe_offset=i] = _lend(args[i])
        ref lib = self._store[].lib
        var pending = UInt64(0)
        _check(
            lib,
            lib[].func_start(
                self._handle, slots.unsafe_ptr(), count, Pointer(to=pending)
            ),
        )
        return PendingCall[Self.R](self._store, pending)

    def map(
        self, *lists: *Self.Ps.map[_ListOf]()
    ) raises WasmtimeError -> List[Self.R]:
        """Calls the function for each row of lists, in one crossing: `add.map([1, 2, 3], [10, 20, 30])`.

        Parameters and results must be numbers.

        Args:
            lists: The arguments: a list for each parameter, all of them as long.

        Returns:
            The results in the order of the rows.

        Raises:
            WasmtimeError: If the lists differ in length, or a row traps; `rows_done` tells which.
        """
        comptime count = Self.Ps.__len__()
        comptime assert (
            count > 0
        ), "a function without parameters has no lists to be mapped over"
        var columns = _Columns()
        comptime for i in range(count):
            columns.append(Span(rebind[List[Self.Ps[i]]](lists[i])))
        var rows = columns.lengths[0]
        var results = List[Self.R](unsafe_uninit_length=rows)
        self._call_rows(rows, columns^, results.unsafe_ptr())
        return results^

    @doc_hidden
    def call_columns(
        self,
        *,
        into: Span[mut=True, Self.R, _],
    ) raises WasmtimeError:
        self._check_columns[0]()
        var columns = _Columns()
        self._call_rows(len(into), columns^, into.unsafe_ptr())

    @doc_hidden
    def call_columns(
        self,
        a: Span[mut=False, Self.Ps[0], _],
        *,
        into: Span[mut=True, Self.R, _],
    ) raises WasmtimeError:
        self._check_columns[1]()
        var columns = _Columns()
        columns.append(a)
        self._call_rows(len(into), columns^, into.unsafe_ptr())

    def call_columns(
        self,
        a: Span[mut=False, Self.Ps[0], _],
        b: Span[mut=False, Self.Ps[1], _],
        *,
        into: Span[mut=True, Self.R, _],
    ) raises WasmtimeError:
        """Calls the function for each row of columns, in one crossing and without copies: `add.call_columns(a, b, into=sums)`.

        There is an overload for each number of parameters up to 8. Parameters and results must be numbers; several
        results of a row are a `Results2` and so on. When a row traps, the results before it are kept.

        Args:
            a: The column of the first argument.
            b: The column of the second argument.
            into: Where the results go; it has as many rows as the other columns.

        Raises:
            WasmtimeError: If the columns differ in length, or a row traps; `rows_done` tells which.
        """
        self._check_columns[2]()
        var columns = _Columns()
        columns.append(a)
        columns.append(b)
        self._call_rows(len(into), columns^, into.unsafe_ptr())

    @doc_hidden
    def call_columns(
        self,
        a: Span[mut=False, Self.Ps[0], _],
        b: Span[mut=False, Self.Ps[1], _],
        c: Span[mut=False, Self.Ps[2], _],
        *,
        into: Span[mut=True, Self.R, _],
    ) raises WasmtimeError:
        self._check_columns[3]()
        var columns = _Columns()
        columns.append(a)
        columns.append(b)
        columns.append(c)
        self._call_rows(len(into), columns^, into.unsafe_ptr())

    @doc_hidden
    def call_columns(
        self,
        a: Span[mut=False, Self.Ps[0], _],
        b: Span[mut=False, Self.Ps[1], _],
        c: Span[mut=False, Self.Ps[2], _],
        d: Span[mut=False, Self.Ps[3], _],
        *,
        into: Span[mut=True, Self.R, _],
    ) raises WasmtimeError:
        self._check_columns[4]()
        var columns = _Columns()
        columns.append(a)
        columns.append(b)
        columns.append(c)
        columns.append(d)
        self._call_rows(len(into), columns^, into.unsafe_ptr())

    @doc_hidden
    def call_columns(
        self,
        a: Span[mut=False, Self.Ps[0], _],
        b: Span[mut=False, Self.Ps[1], _],
        c: Span[mut=False, Self.Ps[2], _],
        d: Span[mut=False, Self.Ps[3], _],
        e: Span[mut=False, Self.Ps[4], _],
        *,
        into: Span[mut=True, Self.R, _],
    ) raises WasmtimeError:
        self._check_columns[5]()
        var columns = _Columns()
        columns.append(a)
        columns.append(b)
        columns.append(c)
        columns.append(d)
        columns.append(e)
        self._call_rows(len(into), columns^, into.unsafe_ptr())

    @doc_hidden
    def call_columns(
        self,
        a: Span[mut=False, Self.Ps[0], _],
        b: Span[mut=False, Self.Ps[1], _],
        c: Span[mut=False, Self.Ps[2], _],
        d: Span[mut=False, Self.Ps[3], _],
        e: Span[mut=False, Self.Ps[4], _],
        f: Span[mut=False, Self.Ps[5], _],
        *,
        into: Span[mut=True, Self.R, _],
    ) raises WasmtimeError:
        self._check_columns[6]()
        var columns = _Columns()
        columns.append(a)
        columns.append(b)
        columns.append(c)
        columns.append(d)
        columns.append(e)
        columns.append(f)
        self._call_rows(len(into), columns^, into.unsafe_ptr())

    @doc_hidden
    def call_columns(
        self,
        a: Span[mut=False, Self.Ps[0], _],
        b: Span[mut=False, Self.Ps[1], _],
        c: Span[mut=False, Self.Ps[2], _],
        d: Span[mut=False, Self.Ps[3], _],
        e: Span[mut=False, Self.Ps[4], _],
        f: Span[mut=False, Self.Ps[5], _],
        g: Span[mut=False, Self.Ps[6], _],
        *,
        into: Span[mut=True, Self.R, _],
    ) raises WasmtimeError:
        self._check_columns[7]()
        var columns = _Columns()
        columns.append(a)
        columns.append(b)
        columns.append(c)
        columns.append(d)
        columns.append(e)
        columns.append(f)
        columns.append(g)
        self._call_rows(len(into), columns^, into.unsafe_ptr())

    @doc_hidden
    def call_columns(
        self,
        a: Span[mut=False, Self.Ps[0], _],
        b: Span[mut=False, Self.Ps[1], _],
        c: Span[mut=False, Self.Ps[2], _],
        d: Span[mut=False, Self.Ps[3], _],
        e: Span[mut=False, Self.Ps[4], _],
        f: Span[mut=False, Self.Ps[5], _],
        g: Span[mut=False, Self.Ps[6], _],
        h: Span[mut=False, Self.Ps[7], _],
        *,
        into: Span[mut=True, Self.R, _],
    ) raises WasmtimeError:
        self._check_columns[8]()
        var columns = _Columns()
        columns.append(a)
        columns.append(b)
        columns.append(c)
        columns.append(d)
        columns.append(e)
        columns.append(f)
        columns.append(g)
        columns.append(h)
        self._call_rows(len(into), columns^, into.unsafe_ptr())

    @doc_hidden
    def _check_columns[count: Int](self):
        comptime assert (
            Self.Ps.__len__() == count
        ), "call_columns takes a column for each parameter"
        comptime assert (
            Self.R != NoneType
        ), "a function without results fills no column; use map"

    @doc_hidden
    def _call_rows(
        self,
        rows: Int,
        var args: _Columns,
        results: Pointer[mut=True, Self.R, _],
    ) raises WasmtimeError:
        ref lib = self._store[].lib
        for i in range(len(args.lengths)):
            if args.lengths[i] != rows:
                raise _error(
                    lib,
                    WTS_ERR_TYPE,
                    String(
                        "argument ",
                        i,
                        " has ",
                        args.lengths[i],
                        " rows where there are ",
                        rows,
                    ),
                )
        var columns = _Columns()
        _add_result_columns(results, columns)
        var done = 0
        var status = lib[].func_call_columns(
            self._handle,
            rows,
            args.starts.unsafe_ptr(),
            len(args.starts),
            args.strides.unsafe_ptr(),
            len(args.strides),
            columns.starts.unsafe_ptr(),
            len(columns.starts),
            columns.strides.unsafe_ptr(),
            len(columns.strides),
            Pointer(to=done),
        )
        if status != WTS_OK:
            var error = WasmtimeError._last(lib, status)
            error.rows_done = done
            raise error^
