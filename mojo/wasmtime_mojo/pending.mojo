"""Resumable calls: started, polled until they end, and abandoned if need be."""

from std.memory import ArcPointer

from ._ffi import WTS_PENDING
from ._slots import _result_count, _take_results
from .error import WasmtimeError, _check
from .instance import Instance
from .store import _StoreRef
from .types import WasmTy


struct _PendingInner(Movable):
    var store: _StoreRef
    var handle: UInt64

    def __init__(out self, store: _StoreRef, handle: UInt64):
        self.store = store
        self.handle = handle

    def poll(self) raises WasmtimeError -> Bool:
        ref lib = self.store[].lib
        var status = lib[].pending_poll(self.handle)
        if status == WTS_PENDING:
            return False
        _check(lib, status)
        return True

    def __deinit__(deinit self):
        _ = self.store[].lib[].pending_delete(self.handle)
        _ = self.store^


struct PendingCall[R: WasmTy](ImplicitlyCopyable):
    """A call that runs when it is polled.

    A copy is the same call. When the last copy is gone, a call that has not ended is abandoned. Until then its store can
    be used for nothing else. Each poll may be on another thread, one at a time.

    Parameters:
        R: The type of the result.
    """

    var _inner: ArcPointer[_PendingInner]

    @doc_hidden
    def __init__(out self, store: _StoreRef, handle: UInt64):
        self._inner = ArcPointer(_PendingInner(store, handle))

    def poll(self) raises WasmtimeError -> Bool:
        """Goes on with the call until its slice is over, a host function waits, or it ends.

        Returns:
            Whether it has ended.

        Raises:
            WasmtimeError: If the call failed; each time.
        """
        return self._inner[].poll()

    def result(self) raises WasmtimeError -> Self.R:
        """Gets the result of a call that has ended.

        Returns:
            The result; `Results2` and so on are several.

        Raises:
            WasmtimeError: If the call has not ended, or failed.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        comptime count = _result_count[Self.R]()
        var results = Array[Int64, max(count, 1)](uninitialized=True)
        _check(
            lib,
            lib[].pending_results(inner.handle, results.unsafe_ptr(), count),
        )
        return _take_results[Self.R](inner.store, results.unsafe_ptr())


struct PendingInstance(ImplicitlyCopyable):
    """An instantiation that runs when it is polled; else as `PendingCall`."""

    var _inner: ArcPointer[_PendingInner]

    @doc_hidden
    def __init__(out self, store: _StoreRef, handle: UInt64):
        self._inner = ArcPointer(_PendingInner(store, handle))

    def poll(self) raises WasmtimeError -> Bool:
        """Goes on with the instantiation.

        Returns:
            Whether it has ended.

        Raises:
            WasmtimeError: If an import is missing or has another type, or the start function traps.
        """
        return self._inner[].poll()

    def result(self) raises WasmtimeError -> Instance:
        """Gets the instance, once the instantiation has ended.

        Returns:
            The instance.

        Raises:
            WasmtimeError: If it has not ended, or failed.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        var instance = Array[Int64, 1](uninitialized=True)
        _check(
            lib, lib[].pending_results(inner.handle, instance.unsafe_ptr(), 1)
        )
        return Instance(inner.store, UInt64(instance[0]))
