"""Structs: garbage-collected objects with fields."""

from std.memory import ArcPointer

from ._ffi import WTS_ERR_RANGE
from .error import WasmtimeError, _check, _error
from .gc_type import _unpacked, StructType
from .reference import _RefInner
from .store import Store
from .val import _slots_of, WasmtimeVal


struct StructRef(ImplicitlyCopyable):
    """A reference to a struct. A copy is the same reference."""

    var _inner: ArcPointer[_RefInner]

    @doc_hidden
    def __init__(out self, *, _of: ArcPointer[_RefInner]):
        self._inner = _of

    def __init__(
        out self, store: Store, type: StructType, values: List[WasmtimeVal]
    ) raises WasmtimeError:
        """Makes a struct.

        Args:
            store: The store.
            type: Its type.
            values: The values of its fields.

        Raises:
            WasmtimeError: If the values do not fit, or memory is short.
        """
        ref inner = store._inner[]
        var slots = _slots_of(values)
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].struct_new(
                inner.handle,
                type._inner[].handle,
                slots.unsafe_ptr(),
                len(slots),
                Pointer(to=handle),
            ),
        )
        self._inner = ArcPointer(_RefInner(store._inner, handle))

    def type(self) raises WasmtimeError -> StructType:
        """Tells its type.

        Returns:
            The type that it was made with.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = self._inner[].store[].lib
        var type = UInt64(0)
        _check(lib, lib[].struct_type(self._inner[].handle, Pointer(to=type)))
        return StructType(lib, type)

    def field_count(self) raises WasmtimeError -> Int:
        """Counts the fields.

        Returns:
            The number of fields.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        var count = Int(0)
        _check(lib, lib[].struct_field_count(inner.handle, Pointer(to=count)))
        return count

    def get(self, index: Int) raises WasmtimeError -> WasmtimeVal:
        """Reads a field.

        Args:
            index: Which one.

        Returns:
            The value; an `i8` or `i16` is read as an unsigned `i32`.

        Raises:
            WasmtimeError: If there is no such field.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        var fields = self.type().fields()
        if index < 0 or index >= len(fields):
            raise _error(
                lib,
                WTS_ERR_RANGE,
                String("there is no field ", index, " of ", len(fields)),
            )
        var kind = _unpacked(fields[index].kind)
        var slots = List[Int64](length=kind.slots(), fill=0)
        _check(
            lib,
            lib[].struct_get(
                inner.handle, index, slots.unsafe_ptr(), len(slots)
            ),
        )
        return WasmtimeVal._take(inner.store, kind, slots, 0)

    def set(self, index: Int, value: WasmtimeVal) raises WasmtimeError:
        """Sets a field.

        Args:
            index: Which one.
            value: The value; of an `i8` or `i16` the low bits of an `i32`.

        Raises:
            WasmtimeError: If there is no such field, it cannot be set or the value does not fit.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        var slots = _slots_of([value])
        _check(
            lib,
            lib[].struct_set(
                inner.handle, index, slots.unsafe_ptr(), len(slots)
            ),
        )
