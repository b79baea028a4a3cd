"""Exceptions of WebAssembly."""

from std.memory import ArcPointer

from ._ffi import WTS_ERR_RANGE
from .error import WasmtimeError, _check, _error
from .reference import _RefInner
from .store import _StoreRef
from .tag import Tag
from .val import _slots_of, WasmtimeVal


struct ExnRef(ImplicitlyCopyable):
    """A reference to an exception. A copy is the same reference.

    `Caller.throw` throws it from a host function; `Store.take_exception` catches what nobody else caught.
    """

    var _inner: ArcPointer[_RefInner]

    @doc_hidden
    def __init__(out self, *, _store: _StoreRef, handle: UInt64):
        """Takes a handle over."""
        self._inner = ArcPointer(_RefInner(_store, handle))

    @doc_hidden
    def __init__(out self, *, _of: ArcPointer[_RefInner]):
        self._inner = _of

    def __init__(
        out self, tag: Tag, values: List[WasmtimeVal]
    ) raises WasmtimeError:
        """Makes an exception.

        Args:
            tag: Its tag.
            values: The values of its fields.

        Raises:
            WasmtimeError: If the values do not fit, or memory is short.
        """
        ref lib = tag._store[].lib
        var slots = _slots_of(values)
        var handle = UInt64(0)
        _check(
            lib,
            lib[].exn_new(
                tag._handle,
                slots.unsafe_ptr(),
                len(slots),
                Pointer(to=handle),
            ),
        )
        self = Self(_store=tag._store, handle=handle)

    def tag(self) raises WasmtimeError -> Tag:
        """Gets its tag.

        Returns:
            The tag.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        var handle = UInt64(0)
        _check(lib, lib[].exn_tag(inner.handle, Pointer(to=handle)))
        return Tag(inner.store, handle)

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
        _check(lib, lib[].exn_field_count(inner.handle, Pointer(to=count)))
        return count

    def get(self, index: Int) raises WasmtimeError -> WasmtimeVal:
        """Reads a field.

        Args:
            index: Which one.

        Returns:
            The value.

        Raises:
            WasmtimeError: If there is no such field.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        var fields = self.tag().fields()
        if index < 0 or index >= len(fields):
            raise _error(
                lib,
                WTS_ERR_RANGE,
                String("there is no field ", index, " of ", len(fields)),
            )
        var kind = fields[index]
        var slots = List[Int64](length=kind.slots(), fill=0)
        _check(
            lib,
            lib[].exn_get(inner.handle, index, slots.unsafe_ptr(), len(slots)),
        )
        return WasmtimeVal._take(inner.store, kind, slots, 0)
