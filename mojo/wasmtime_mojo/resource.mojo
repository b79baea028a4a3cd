"""Resources of the component model."""

from std.memory import ArcPointer

from .error import WasmtimeError, _check
from .store import _StoreRef, Store


@fieldwise_init
struct ResourceType(Equatable, TrivialRegisterPassable):
    """A resource type of the host's; `ComponentLinker.define_resource` makes them."""

    var number: UInt64
    """Its number in the library."""


struct _ResourceInner(Movable):
    # Keeps the store alive.
    var store: _StoreRef
    var handle: UInt64

    def __init__(out self, var store: _StoreRef, handle: UInt64):
        self.store = store^
        self.handle = handle

    def __deinit__(deinit self):
        if self.handle != 0:
            # The text of a call may have given it away.
            _ = self.store[].lib[].resource_delete(self.handle)
        _ = self.store^


struct Resource(ImplicitlyCopyable):
    """A resource that the host holds: a guest's, or one of its own.

    A copy is the same resource, which is dropped with the last copy unless it was given away before. In calls it stands as
    the number of its handle.
    """

    var _inner: ArcPointer[_ResourceInner]

    def __init__(out self, store: Store, *, taking: UInt64):
        """Takes over the handle of a resource that a call returned.

        Args:
            store: The store that it belongs to.
            taking: The number of its handle, as the text of a result has it.
        """
        self._inner = ArcPointer(_ResourceInner(store._inner, taking))

    def __init__(
        out self, store: Store, type: ResourceType, value: UInt64
    ) raises WasmtimeError:
        """Makes a resource of the host's.

        Args:
            store: The store that will have it.
            type: Its type.
            value: A number of your own, which the drop function of the type gets.

        Raises:
            WasmtimeError: If the type is gone, or the store was closed.
        """
        ref inner = store._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].resource_new(
                inner.handle, type.number, value, Pointer(to=handle)
            ),
        )
        self._inner = ArcPointer(_ResourceInner(store._inner, handle))

    def handle(self) -> UInt64:
        """Tells the number that stands for the resource in WAVE, where it is lent to a call.

        The resource has to live until the call: Mojo destroys what is not used any more, and text does not count.

        Returns:
            The number; 0 after `give`.
        """
        return self._inner[].handle

    def give(self) -> UInt64:
        """Tells the number that stands for the resource in WAVE, where it is given away, and lets go of it.

        Returns:
            The number, which is the caller's to give to a call.
        """
        var handle = self._inner[].handle
        self._inner[].handle = 0
        return handle

    def value(self) raises WasmtimeError -> UInt64:
        """Tells the number that a resource of the host's was made with.

        Returns:
            The number.

        Raises:
            WasmtimeError: If it is a guest's, or was given away.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        var value = UInt64(0)
        _check(lib, lib[].resource_value(inner.handle, Pointer(to=value)))
        return value

    def type(self) raises WasmtimeError -> ResourceType:
        """Tells the type of a resource of the host's.

        Returns:
            The type.

        Raises:
            WasmtimeError: If it is a guest's, or was given away.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        var number = UInt64(0)
        _check(lib, lib[].resource_type(inner.handle, Pointer(to=number)))
        return ResourceType(number)

    def is_owned(self) raises WasmtimeError -> Bool:
        """Tells whether the host owns the resource, or it is lent to a host function.

        Returns:
            True if it is owned.

        Raises:
            WasmtimeError: If it was given away.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        var owned = Int32(0)
        _check(lib, lib[].resource_is_owned(inner.handle, Pointer(to=owned)))
        return owned == 1

    def same_type(self, other: Self) raises WasmtimeError -> Bool:
        """Compares the types of two resources of a store.

        Args:
            other: The other resource.

        Returns:
            True if they are the same.

        Raises:
            WasmtimeError: If one was given away, or they are of different stores.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        var same = Int32(0)
        _check(
            lib,
            lib[].resource_same_type(
                inner.handle, other._inner[].handle, Pointer(to=same)
            ),
        )
        return same == 1

    def drop(self) raises WasmtimeError:
        """Drops the resource now, which tells what its destructor ends with.

        Raises:
            WasmtimeError: If it was given away or is lent, or the destructor traps.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        _check(lib, lib[].resource_delete(inner.handle))
