"""Globals."""

from ._ffi import WTS_ERR_TYPE
from .error import WasmtimeError, _check, _error
from .store import _StoreRef, Store
from .types import GlobalType, WasmTy
from .val import WasmtimeVal


struct Global(ImplicitlyCopyable):
    """A global in a store.

    A copy is the same global. It keeps its store alive.
    """

    var _store: _StoreRef
    var _handle: UInt64

    @doc_hidden
    def __init__(out self, store: _StoreRef, handle: UInt64):
        self._store = store
        self._handle = handle

    def __init__(
        out self, store: Store, value: WasmtimeVal, *, mutable: Bool = False
    ) raises WasmtimeError:
        """Makes a global of the host.

        Args:
            store: The store.
            value: What it starts with, which also gives its kind.
            mutable: Whether it can be set.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = store._inner[].lib
        var type = GlobalType(value.kind, mutable=mutable)._new(lib)
        var slots = List[Int64](capacity=2)
        value._append_to(slots)
        var handle = UInt64(0)
        var status = lib[].global_new(
            store._inner[].handle,
            type,
            slots.unsafe_ptr(),
            len(slots),
            Pointer(to=handle),
        )
        _ = lib[].type_delete(type)
        _check(lib, status)
        self = Self(store._inner, handle)

    def type(self) raises WasmtimeError -> GlobalType:
        """Tells the kind and the mutability.

        Returns:
            The global type.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = self._store[].lib
        var type = UInt64(0)
        _check(lib, lib[].global_type(self._handle, Pointer(to=type)))
        try:
            return GlobalType(lib, type)
        finally:
            _ = lib[].type_delete(type)

    def value(self) raises WasmtimeError -> WasmtimeVal:
        """Reads the value with its kind.

        Returns:
            The value.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = self._store[].lib
        var kind = self.type().content
        var slots = List[Int64](length=kind.slots(), fill=0)
        _check(
            lib,
            lib[].global_get(self._handle, slots.unsafe_ptr(), len(slots)),
        )
        return WasmtimeVal._take(self._store, kind, slots, 0)

    def set_value(self, value: WasmtimeVal) raises WasmtimeError:
        """Sets the value.

        Args:
            value: The value; another kind than that of the global raises.

        Raises:
            WasmtimeError: If the global is of another kind or cannot be set.
        """
        ref lib = self._store[].lib
        var kind = self.type().content
        if not value._fits(kind):
            raise _error(
                lib,
                WTS_ERR_TYPE,
                String(
                    "the global is of kind ",
                    kind,
                    " and cannot hold a value of kind ",
                    value.kind,
                ),
            )
        var slots = List[Int64](capacity=2)
        value._append_to(slots)
        _check(
            lib,
            lib[].global_set(self._handle, slots.unsafe_ptr(), len(slots)),
        )

    def get[T: WasmTy](self) raises WasmtimeError -> T:
        """Reads the value as a number.

        Parameters:
            T: The type, such as `Int32`; another than the global has raises.

        Returns:
            The value.

        Raises:
            WasmtimeError: If the global is of another kind.
        """
        return self.value().get[T]()

    def set(self, value: Int32) raises WasmtimeError:
        """Sets an i32.

        Args:
            value: The value.

        Raises:
            WasmtimeError: If the global is of another kind or cannot be set.
        """
        self.set_value(WasmtimeVal.from_i32(value))

    def set(self, value: Int64) raises WasmtimeError:
        """Sets an i64.

        Args:
            value: The value.

        Raises:
            WasmtimeError: If the global is of another kind or cannot be set.
        """
        self.set_value(WasmtimeVal.from_i64(value))

    def set(self, value: Float32) raises WasmtimeError:
        """Sets an f32.

        Args:
            value: The value.

        Raises:
            WasmtimeError: If the global is of another kind or cannot be set.
        """
        self.set_value(WasmtimeVal.from_f32(value))

    def set(self, value: Float64) raises WasmtimeError:
        """Sets an f64.

        Args:
            value: The value.

        Raises:
            WasmtimeError: If the global is of another kind or cannot be set.
        """
        self.set_value(WasmtimeVal.from_f64(value))
