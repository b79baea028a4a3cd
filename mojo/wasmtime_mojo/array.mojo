"""Arrays: garbage-collected sequences of elements of one type."""

from std.memory import ArcPointer

from ._lib import _bytes, _OfHandle
from .error import WasmtimeError, _check
from .gc_type import _unpacked, ArrayType
from .reference import _RefInner
from .store import Store
from .val import _slots_of, WasmtimeVal


struct ArrayRef(ImplicitlyCopyable):
    """A reference to an array. A copy is the same reference."""

    var _inner: ArcPointer[_RefInner]

    @doc_hidden
    def __init__(out self, *, _of: ArcPointer[_RefInner]):
        self._inner = _of

    def __init__(
        out self,
        store: Store,
        type: ArrayType,
        value: WasmtimeVal,
        count: UInt64,
    ) raises WasmtimeError:
        """Makes an array of equal elements.

        Args:
            store: The store.
            type: Its type.
            value: What each element is.
            count: How many elements it has.

        Raises:
            WasmtimeError: If the value does not fit, or memory is short.
        """
        ref inner = store._inner[]
        var slots = _slots_of([value])
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].array_new(
                inner.handle,
                type._inner[].handle,
                slots.unsafe_ptr(),
                len(slots),
                count,
                Pointer(to=handle),
            ),
        )
        self._inner = ArcPointer(_RefInner(store._inner, handle))

    def __init__(
        out self, store: Store, type: ArrayType, values: List[WasmtimeVal]
    ) raises WasmtimeError:
        """Makes an array of its elements.

        Args:
            store: The store.
            type: Its type.
            values: The elements.

        Raises:
            WasmtimeError: If the values do not fit, or memory is short.
        """
        ref inner = store._inner[]
        var slots = _slots_of(values)
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].array_new_fixed(
                inner.handle,
                type._inner[].handle,
                slots.unsafe_ptr(),
                len(slots),
                Pointer(to=handle),
            ),
        )
        self._inner = ArcPointer(_RefInner(store._inner, handle))

    @staticmethod
    def from_bytes(
        store: Store, type: ArrayType, bytes: Span[UInt8, _]
    ) raises WasmtimeError -> Self:
        """Makes an array of `i8`.

        Args:
            store: The store.
            type: Its type, of which the elements are `i8`.
            bytes: The elements.

        Returns:
            The array.

        Raises:
            WasmtimeError: If the type is another one, or memory is short.
        """
        ref inner = store._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].array_new_bytes(
                inner.handle,
                type._inner[].handle,
                bytes.unsafe_ptr(),
                len(bytes),
                Pointer(to=handle),
            ),
        )
        return Self(_of=ArcPointer(_RefInner(store._inner, handle)))

    def bytes(self) raises WasmtimeError -> List[UInt8]:
        """Reads an array of `i8`.

        Returns:
            The elements.

        Raises:
            WasmtimeError: If the elements are not `i8`.
        """
        ref lib = self._inner[].store[].lib
        return _bytes(lib, _OfHandle(lib[].array_bytes, self._inner[].handle))

    def type(self) raises WasmtimeError -> ArrayType:
        """Tells its type.

        Returns:
            The type that it was made with.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = self._inner[].store[].lib
        var type = UInt64(0)
        _check(lib, lib[].array_type(self._inner[].handle, Pointer(to=type)))
        return ArrayType(lib, type)

    def size(self) raises WasmtimeError -> Int:
        """Counts the elements.

        Returns:
            The number of elements.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        var count = UInt64(0)
        _check(lib, lib[].array_len(inner.handle, Pointer(to=count)))
        return Int(count)

    def get(self, index: Int) raises WasmtimeError -> WasmtimeVal:
        """Reads an element.

        Args:
            index: Which one.

        Returns:
            The value; an `i8` or `i16` is read as an unsigned `i32`.

        Raises:
            WasmtimeError: If there is no such element.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        var kind = _unpacked(self.type().element().kind)
        var slots = List[Int64](length=kind.slots(), fill=0)
        _check(
            lib,
            lib[].array_get(
                inner.handle, UInt64(index), slots.unsafe_ptr(), len(slots)
            ),
        )
        return WasmtimeVal._take(inner.store, kind, slots, 0)

    def set(self, index: Int, value: WasmtimeVal) raises WasmtimeError:
        """Sets an element.

        Args:
            index: Which one.
            value: The value; of an `i8` or `i16` the low bits of an `i32`.

        Raises:
            WasmtimeError: If there is no such element, it cannot be set or the value does not fit.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        var slots = _slots_of([value])
        _check(
            lib,
            lib[].array_set(
                inner.handle, UInt64(index), slots.unsafe_ptr(), len(slots)
            ),
        )
