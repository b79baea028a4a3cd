"""Tags, by which exceptions are told apart."""

from ._ffi import WTS_KIND_TAG
from .error import WasmtimeError, _check
from .store import _StoreRef, Store
from .types import _codes, _take_type, ValKind


struct Tag(ImplicitlyCopyable):
    """A tag in a store.

    A copy is the same tag. It keeps its store alive.
    """

    var _store: _StoreRef
    var _handle: UInt64

    @doc_hidden
    def __init__(out self, store: _StoreRef, handle: UInt64):
        self._store = store
        self._handle = handle

    def __init__(
        out self, store: Store, fields: List[ValKind]
    ) raises WasmtimeError:
        """Makes a tag.

        Args:
            store: The store.
            fields: The kinds of the fields of its exceptions.

        Raises:
            WasmtimeError: If a kind is unknown or the store was closed.
        """
        ref lib = store._inner[].lib
        var kinds = _codes(fields)
        var type = UInt64(0)
        _check(
            lib,
            lib[].type_new_tag(
                kinds.unsafe_ptr(), len(kinds), Pointer(to=type)
            ),
        )
        var handle = UInt64(0)
        var status = lib[].tag_new(
            store._inner[].handle, type, Pointer(to=handle)
        )
        _ = lib[].type_delete(type)
        _check(lib, status)
        self = Self(store._inner, handle)

    def fields(self) raises WasmtimeError -> List[ValKind]:
        """Lists the kinds of the fields of its exceptions.

        Returns:
            The kinds.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = self._store[].lib
        var type = UInt64(0)
        _check(lib, lib[].tag_type(self._handle, Pointer(to=type)))
        return _take_type(lib, type).tag()

    def same(self, other: Self) raises WasmtimeError -> Bool:
        """Tells whether two handles are of the same tag.

        Args:
            other: The other handle.

        Returns:
            True if they are.

        Raises:
            WasmtimeError: If the other one belongs to another store.
        """
        ref lib = self._store[].lib
        var same = Int32(0)
        _check(
            lib, lib[].tag_same(self._handle, other._handle, Pointer(to=same))
        )
        return same != 0
