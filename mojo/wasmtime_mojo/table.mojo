"""Tables of references."""

from ._ffi import WTS_ERR_RANGE, WTS_ERR_TYPE
from ._lib import _Library
from .error import WasmtimeError, _check, _error
from .func import Func
from .reference import ExternRef
from .store import _StoreRef, Store
from .types import TableType, ValKind
from .val import WasmtimeVal


struct Table(ImplicitlyCopyable):
    """A table of references in a store.

    A copy is the same table. It keeps its store alive.
    """

    var _store: _StoreRef
    var _handle: UInt64

    @doc_hidden
    def __init__(out self, store: _StoreRef, handle: UInt64):
        self._store = store
        self._handle = handle

    def __init__(out self, store: Store, type: TableType) raises WasmtimeError:
        """Makes a table of the host that is full of nulls.

        Args:
            store: The store.
            type: The element kind and the limits.

        Raises:
            WasmtimeError: If the limits contradict each other or the value is of another kind.
        """
        self = Self(store, type, WasmtimeVal.null(type.element))

    def __init__(
        out self, store: Store, type: TableType, value: WasmtimeVal
    ) raises WasmtimeError:
        """Makes a table of the host.

        Args:
            store: The store.
            type: The element kind and the limits.
            value: What all elements are at first.

        Raises:
            WasmtimeError: If the limits contradict each other or the value is of another kind.
        """
        ref lib = store._inner[].lib
        var init = _reference(lib, value)
        var type_handle = type._new(lib)
        var handle = UInt64(0)
        var status = lib[].table_new(
            store._inner[].handle, type_handle, init, Pointer(to=handle)
        )
        _ = lib[].type_delete(type_handle)
        _check(lib, status)
        self = Self(store._inner, handle)

    def type(self) raises WasmtimeError -> TableType:
        """Tells the element kind and the limits.

        Returns:
            The table type.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = self._store[].lib
        var type = UInt64(0)
        _check(lib, lib[].table_type(self._handle, Pointer(to=type)))
        try:
            return TableType(lib, type)
        finally:
            _ = lib[].type_delete(type)

    def size(self) raises WasmtimeError -> Int:
        """Counts the elements.

        Returns:
            The number of elements.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = self._store[].lib
        var size = UInt64(0)
        _check(lib, lib[].table_size(self._handle, Pointer(to=size)))
        return Int(size)

    def get(self, index: Int) raises WasmtimeError -> WasmtimeVal:
        """Reads an element.

        Args:
            index: Which one.

        Returns:
            The reference; `get_func` or `get_extern` reaches what it refers to.

        Raises:
            WasmtimeError: If the index is out of bounds.
        """
        ref lib = self._store[].lib
        var handle = UInt64(0)
        _check(
            lib,
            lib[].table_get(self._handle, UInt64(index), Pointer(to=handle)),
        )
        var kind = self.type().element
        return WasmtimeVal._take(self._store, kind, [Int64(handle)], 0)

    def get_func(self, index: Int) raises WasmtimeError -> Optional[Func]:
        """Reads an element that is a function.

        Args:
            index: Which one.

        Returns:
            The function, or `None` if it is null.

        Raises:
            WasmtimeError: If the index is out of bounds.
        """
        return self.get(index).get_func()

    def get_extern(
        self, index: Int
    ) raises WasmtimeError -> Optional[ExternRef]:
        """Reads an element that is a host reference.

        Args:
            index: Which one.

        Returns:
            The reference, or `None` if it is null.

        Raises:
            WasmtimeError: If the index is out of bounds.
        """
        return self.get(index).get_extern()

    def set(self, index: Int, value: WasmtimeVal) raises WasmtimeError:
        """Sets an element.

        Args:
            index: Which one.
            value: A reference, or `WasmtimeVal.null`.

        Raises:
            WasmtimeError: If the index is out of bounds or the value is of another kind.
        """
        ref lib = self._store[].lib
        _check(
            lib,
            lib[].table_set(
                self._handle, UInt64(index), _reference(lib, value)
            ),
        )

    def set(self, index: Int, value: Func) raises WasmtimeError:
        """Sets an element to a function.

        Args:
            index: Which one.
            value: The function.

        Raises:
            WasmtimeError: If the index is out of bounds or the value is of another kind.
        """
        self.set(index, WasmtimeVal.from_func(value))

    def set(self, index: Int, value: ExternRef) raises WasmtimeError:
        """Sets an element to a host reference.

        Args:
            index: Which one.
            value: The reference.

        Raises:
            WasmtimeError: If the index is out of bounds or the value is of another kind.
        """
        self.set(index, WasmtimeVal.from_extern(value))

    def set_null(self, index: Int) raises WasmtimeError:
        """Sets an element to null.

        Args:
            index: Which one.

        Raises:
            WasmtimeError: If the index is out of bounds.
        """
        self.set(index, WasmtimeVal.null(ValKind.FUNCREF))

    def fill(
        self, index: Int, value: WasmtimeVal, count: Int
    ) raises WasmtimeError:
        """Sets several elements to one value.

        Args:
            index: The first one.
            value: A reference, or `WasmtimeVal.null`.
            count: How many.

        Raises:
            WasmtimeError: If they are out of bounds or the value is of another kind; none is set then.
        """
        ref lib = self._store[].lib
        _check_count(lib, count)
        _check(
            lib,
            lib[].table_fill(
                self._handle,
                UInt64(index),
                _reference(lib, value),
                UInt64(count),
            ),
        )

    def copy_from(
        self, index: Int, source: Self, source_index: Int, count: Int
    ) raises WasmtimeError:
        """Copies elements of a table of the same store, which may be this one.

        Args:
            index: Where the first one goes.
            source: The table to copy from.
            source_index: Which is the first one there.
            count: How many.

        Raises:
            WasmtimeError: If they are out of bounds of either table or of another type; none is copied then.
        """
        ref lib = self._store[].lib
        _check_count(lib, count)
        _check(
            lib,
            lib[].table_copy(
                self._handle,
                UInt64(index),
                source._handle,
                UInt64(source_index),
                UInt64(count),
            ),
        )

    def grow(self, count: Int) raises WasmtimeError -> Int:
        """Makes the table larger, with nulls.

        Args:
            count: How many elements to add; more than the limits allow raises.

        Returns:
            The number of elements before.

        Raises:
            WasmtimeError: If the limits do not allow it or the value is of another kind.
        """
        return self.grow(count, WasmtimeVal.null(ValKind.FUNCREF))

    def grow(self, count: Int, value: WasmtimeVal) raises WasmtimeError -> Int:
        """Makes the table larger.

        Args:
            count: How many elements to add; more than the limits allow raises.
            value: What the new elements are.

        Returns:
            The number of elements before.

        Raises:
            WasmtimeError: If the limits do not allow it or the value is of another kind.
        """
        ref lib = self._store[].lib
        if count < 0:
            raise _error(
                lib,
                WTS_ERR_RANGE,
                String("a table cannot grow by ", count, " elements"),
            )
        var previous = UInt64(0)
        _check(
            lib,
            lib[].table_grow(
                self._handle,
                UInt64(count),
                _reference(lib, value),
                Pointer(to=previous),
            ),
        )
        return Int(previous)


def _check_count(lib: _Library, count: Int) raises WasmtimeError:
    if count < 0:
        raise _error(
            lib, WTS_ERR_RANGE, String("there are no ", count, " elements")
        )


def _reference(
    lib: _Library, value: WasmtimeVal
) raises WasmtimeError -> UInt64:
    if value.kind.is_number() or value.kind == ValKind.V128:
        raise _error(
            lib,
            WTS_ERR_TYPE,
            String("a table holds references, not ", value.kind),
        )
    return UInt64(value._low)
