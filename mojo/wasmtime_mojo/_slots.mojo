"""Mojo values to slots and back.

A value crosses as one 64-bit slot. Inputs are lent and outputs are given, so a reference has four ways: an argument
of a call is lent, its result is taken; an argument of a host function is cloned, its result is given away.
"""

from std.memory import bitcast
from std.sys import size_of

from ._columns import _Columns
from ._ffi import WTS_ERR_TYPE
from ._lib import _Library
from .error import WasmtimeError, _error
from .exn import ExnRef
from .func import Func
from .reference import _clone, AnyRef, ExternRef
from .results import _Results
from .store import _StoreRef
from .types import FuncType, ValKind, WasmTy


comptime _UNSUPPORTED = (
    "a WebAssembly value is Int32, UInt32, Bool, Int64, UInt64, Float32,"
    " Float64, Func, ExternRef, AnyRef, ExnRef or an Optional of the last four;"
    " write Int32(40) instead of 40"
)


def _kind[T: AnyType]() -> ValKind:
    """Gives the kind of a Mojo type."""
    comptime if T == Int32 or T == UInt32 or T == Bool:
        return ValKind.I32
    elif T == Int64 or T == UInt64:
        return ValKind.I64
    elif T == Float32:
        return ValKind.F32
    elif T == Float64:
        return ValKind.F64
    elif T == Func or T == Optional[Func]:
        return ValKind.FUNCREF
    elif T == ExternRef or T == Optional[ExternRef]:
        return ValKind.EXTERNREF
    elif T == AnyRef or T == Optional[AnyRef]:
        return ValKind.ANYREF
    elif T == ExnRef or T == Optional[ExnRef]:
        return ValKind.EXNREF
    else:
        comptime assert False, _UNSUPPORTED


@always_inline
def _lend[T: WasmTy](value: T) -> Int64:
    """Makes the slot of an argument of a call."""
    comptime if T == Int32:
        return Int64(rebind[Int32](value))
    elif T == UInt32:
        return Int64(bitcast[DType.int32](rebind[UInt32](value)))
    elif T == Bool:
        return Int64(rebind[Bool](value))
    elif T == Int64:
        return rebind[Int64](value)
    elif T == UInt64:
        return bitcast[DType.int64](rebind[UInt64](value))
    elif T == Float32:
        return Int64(bitcast[DType.uint32](rebind[Float32](value)))
    elif T == Float64:
        return bitcast[DType.int64](rebind[Float64](value))
    elif T == Func:
        return Int64(rebind[Func](value)._handle)
    elif T == ExternRef:
        return Int64(rebind[ExternRef](value)._inner[].handle)
    elif T == Optional[Func]:
        ref optional = rebind[Optional[Func]](value)
        return Int64(optional.value()._handle) if optional else 0
    elif T == Optional[ExternRef]:
        ref optional = rebind[Optional[ExternRef]](value)
        return Int64(optional.value()._inner[].handle) if optional else 0
    elif T == AnyRef:
        return Int64(rebind[AnyRef](value)._inner[].handle)
    elif T == Optional[AnyRef]:
        ref optional = rebind[Optional[AnyRef]](value)
        return Int64(optional.value()._inner[].handle) if optional else 0
    elif T == ExnRef:
        return Int64(rebind[ExnRef](value)._inner[].handle)
    elif T == Optional[ExnRef]:
        ref optional = rebind[Optional[ExnRef]](value)
        return Int64(optional.value()._inner[].handle) if optional else 0
    else:
        comptime assert False, _UNSUPPORTED


@always_inline
def _give[T: WasmTy](lib: _Library, value: T) raises WasmtimeError -> Int64:
    """Makes the slot of a result of a host function."""
    comptime if _is_rooted[T]():
        var handle = _lend(value)
        # The value keeps its own handle and deletes it.
        return Int64(_clone(lib, UInt64(handle))) if handle != 0 else 0
    else:
        return _lend(value)


@always_inline
def _number[T: WasmTy](slot: Int64) -> T:
    """Reads a number from a slot."""
    comptime if T == Int32:
        return rebind_var[T](Int32(slot))
    elif T == UInt32:
        return rebind_var[T](UInt32(slot & 0xFFFF_FFFF))
    elif T == Bool:
        return rebind_var[T](Int32(slot) != 0)
    elif T == Int64:
        return rebind_var[T](slot)
    elif T == UInt64:
        return rebind_var[T](bitcast[DType.uint64](slot))
    elif T == Float32:
        return rebind_var[T](bitcast[DType.float32](UInt32(slot & 0xFFFF_FFFF)))
    elif T == Float64:
        return rebind_var[T](bitcast[DType.float64](slot))
    else:
        comptime assert False, _UNSUPPORTED


@always_inline
def _take[T: WasmTy](store: _StoreRef, slot: Int64) raises WasmtimeError -> T:
    """Reads a result of a call."""
    comptime if T == ExternRef:
        return rebind_var[T](
            ExternRef(_store=store, handle=_not_null(store[].lib, slot))
        )
    elif T == Optional[ExternRef]:
        if slot == 0:
            return rebind_var[T](Optional[ExternRef](None))
        return rebind_var[T](
            Optional(ExternRef(_store=store, handle=UInt64(slot)))
        )
    elif T == AnyRef:
        return rebind_var[T](
            AnyRef(_store=store, handle=_not_null(store[].lib, slot))
        )
    elif T == Optional[AnyRef]:
        if slot == 0:
            return rebind_var[T](Optional[AnyRef](None))
        return rebind_var[T](
            Optional(AnyRef(_store=store, handle=UInt64(slot)))
        )
    elif T == ExnRef:
        return rebind_var[T](
            ExnRef(_store=store, handle=_not_null(store[].lib, slot))
        )
    elif T == Optional[ExnRef]:
        if slot == 0:
            return rebind_var[T](Optional[ExnRef](None))
        return rebind_var[T](
            Optional(ExnRef(_store=store, handle=UInt64(slot)))
        )
    elif T == Func:
        return rebind_var[T](Func(store, _not_null(store[].lib, slot)))
    elif T == Optional[Func]:
        if slot == 0:
            return rebind_var[T](Optional[Func](None))
        return rebind_var[T](Optional(Func(store, UInt64(slot))))
    else:
        return _number[T](slot)


@always_inline
def _is_reference[T: WasmTy]() -> Bool:
    return not _kind[T]().is_number()


@always_inline
def _is_rooted[T: WasmTy]() -> Bool:
    """Tells whether a value has a handle of its own that it deletes."""
    return _is_reference[T]() and _kind[T]() != ValKind.FUNCREF


def _clone_reference[
    T: WasmTy
](store: _StoreRef, slot: Int64) raises WasmtimeError -> T:
    """Reads an argument of a host function that is a reference."""
    comptime if _is_rooted[T]():
        if slot != 0:
            return _take[T](store, Int64(_clone(store[].lib, UInt64(slot))))
    return _take[T](store, slot)


def _not_null(lib: _Library, slot: Int64) raises WasmtimeError -> UInt64:
    if slot == 0:
        raise _error(
            lib,
            WTS_ERR_TYPE,
            "the reference is null; use an Optional for one that may be",
        )
    return UInt64(slot)


def _check_not_null[
    *Ts: WasmTy
](lib: _Library, slots: Pointer[mut=False, Int64, _]) raises WasmtimeError:
    """Looks at several results before they are taken: if one must not be null but is, all others are let go."""
    comptime for i in range(Ts.__len__()):
        comptime if _is_not_null[Ts[i]]():
            if slots[unsafe_offset=i] == 0:
                comptime for j in range(Ts.__len__()):
                    comptime if _is_rooted[Ts[j]]():
                        if slots[unsafe_offset=j] != 0:
                            _ = lib[].reference_delete(
                                UInt64(slots[unsafe_offset=j])
                            )
                _ = _not_null(lib, 0)


def _is_not_null[T: WasmTy]() -> Bool:
    """Tells whether a type stands for references that are never null."""
    return T == Func or T == ExternRef or T == AnyRef or T == ExnRef


def _result_count[R: WasmTy]() -> Int:
    comptime if R == NoneType:
        return 0
    elif conforms_to(R, _Results):
        return R.COUNT
    else:
        return 1


def _result_kinds[R: WasmTy]() -> List[ValKind]:
    comptime if R == NoneType:
        return []
    elif conforms_to(R, _Results):
        return R.kinds()
    else:
        return [_kind[R]()]


@always_inline
def _take_results[
    R: WasmTy
](
    store: _StoreRef, slots: Pointer[mut=False, Int64, _]
) raises WasmtimeError -> R:
    comptime if R == NoneType:
        return rebind_var[R](None)
    elif conforms_to(R, _Results):
        return R.take(store, slots)
    else:
        return _take[R](store, slots[])


@always_inline
def _give_results[
    R: WasmTy
](
    lib: _Library, result: R, slots: Pointer[mut=True, Int64, _]
) raises WasmtimeError:
    comptime if conforms_to(R, _Results):
        result.give(lib, slots)
    else:
        slots[] = _give(lib, result)


def _add_result_columns[
    R: WasmTy
](rows: Pointer[mut=True, R, _], mut columns: _Columns):
    """Adds the columns that results are written to; several results of a row lie side by side."""
    comptime if R == NoneType:
        pass
    elif conforms_to(R, _Results):
        rows[].add_columns(columns)
    else:
        columns.append(rows, size_of[R]())


def _has_kinds[R: WasmTy, *Ps: WasmTy](type: FuncType) -> Bool:
    """Compares a function type with Mojo types, without memory from the heap."""
    comptime count = Ps.__len__()
    if len(type.params) != count:
        return False
    comptime for i in range(count):
        if not _kind[Ps[i]]()._takes(type.params[i]):
            return False
    if len(type.results) != _result_count[R]():
        return False
    comptime if R == NoneType:
        return True
    elif conforms_to(R, _Results):
        var kinds = R.kinds()
        for i in range(len(kinds)):
            if not kinds[i]._takes(type.results[i]):
                return False
        return True
    else:
        return _kind[R]()._takes(type.results[0])


def _numbers[R: WasmTy, *Ps: WasmTy]() -> Bool:
    """Tells whether no reference is among the types."""
    var type = _func_type[R, *Ps]()
    for kind in type.params:
        if not kind.is_number():
            return False
    for kind in type.results:
        if not kind.is_number():
            return False
    return True


def _func_type[R: WasmTy, *Ps: WasmTy]() -> FuncType:
    var params = List[ValKind]()
    comptime for i in range(Ps.__len__()):
        params.append(_kind[Ps[i]]())
    return FuncType(params^, _result_kinds[R]())
