"""Linear memories that several stores and threads use at once."""

from std.memory import ArcPointer

from ._ffi import (
    WTS_ERR_RANGE,
    WTS_WAIT_NOT_EQUAL,
    WTS_WAIT_NOTIFIED,
    WTS_WAIT_TIMED_OUT,
)
from ._lib import _Library
from .engine import Engine
from .error import WasmtimeError, _check, _error
from .memory import MemoryTy
from .types import MemoryType


@fieldwise_init
struct WaitResult(Equatable, TrivialRegisterPassable):
    """What ended a `SharedMemory.wait`."""

    var code: Int32
    """One of the `WTS_WAIT_*` numbers."""

    comptime NOTIFIED = Self(WTS_WAIT_NOTIFIED)
    """It was notified."""
    comptime NOT_EQUAL = Self(WTS_WAIT_NOT_EQUAL)
    """Another value was there, so it did not wait."""
    comptime TIMED_OUT = Self(WTS_WAIT_TIMED_OUT)
    """The time was over."""


struct _SharedMemoryInner(Movable):
    var lib: _Library
    var handle: UInt64

    def __init__(out self, var lib: _Library, handle: UInt64):
        self.lib = lib^
        self.handle = handle

    def __deinit__(deinit self):
        _ = self.lib[].shared_memory_delete(self.handle)


struct SharedMemory(ImplicitlyCopyable):
    """A linear memory of no store, which instances of several stores import and several threads use.

    A copy is the same memory. The option `shared_memory` of the engine's config allows it. All access is checked: what
    is out of bounds raises and names the offset, the length and the size.
    """

    var _inner: ArcPointer[_SharedMemoryInner]

    @doc_hidden
    def __init__(out self, lib: _Library, *, of: UInt64) raises WasmtimeError:
        """Makes a handle of its own for what an instance exports."""
        var handle = UInt64(0)
        _check(lib, lib[].shared_memory_share(of, Pointer(to=handle)))
        self._inner = ArcPointer(_SharedMemoryInner(lib, handle))

    def __init__(
        out self, engine: Engine, type: MemoryType
    ) raises WasmtimeError:
        """Makes a shared memory.

        Args:
            engine: The engine, with the option `shared_memory`.
            type: The limits; `shared` is true and there is a maximum.

        Raises:
            WasmtimeError: If the limits contradict each other or are too large, or the engine allows none.
        """
        ref inner = engine._inner[]
        var type_handle = type._new(inner.lib)
        var handle = UInt64(0)
        var status = inner.lib[].shared_memory_new(
            inner.handle, type_handle, Pointer(to=handle)
        )
        _ = inner.lib[].type_delete(type_handle)
        _check(inner.lib, status)
        self._inner = ArcPointer(_SharedMemoryInner(inner.lib, handle))

    def same(self, other: Self) raises WasmtimeError -> Bool:
        """Tells whether two objects are the same memory.

        Args:
            other: The other one.

        Returns:
            True if they are.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        var same = Int32(0)
        _check(
            inner.lib,
            inner.lib[].shared_memory_same(
                inner.handle, other._inner[].handle, Pointer(to=same)
            ),
        )
        return same != 0

    def type(self) raises WasmtimeError -> MemoryType:
        """Tells the limits.

        Returns:
            The memory type.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        var type = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].shared_memory_type(inner.handle, Pointer(to=type)),
        )
        try:
            return MemoryType(inner.lib, type)
        finally:
            _ = inner.lib[].type_delete(type)

    def size(self) raises WasmtimeError -> Int:
        """Tells the size in pages.

        Returns:
            The number of pages.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        var pages = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].shared_memory_size(inner.handle, Pointer(to=pages)),
        )
        return Int(pages)

    def data_size(self) raises WasmtimeError -> Int:
        """Tells the size in bytes.

        Returns:
            The number of bytes.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        var bytes = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].shared_memory_data_size(
                inner.handle, Pointer(to=bytes)
            ),
        )
        return Int(bytes)

    def grow(self, pages: Int) raises WasmtimeError -> Int:
        """Makes the memory larger.

        Args:
            pages: How many pages to add; more than the limits allow raises.

        Returns:
            The size in pages before.

        Raises:
            WasmtimeError: If the limits do not allow it.
        """
        ref inner = self._inner[]
        var previous = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].shared_memory_grow(
                inner.handle,
                self._not_negative(pages, "number of pages"),
                Pointer(to=previous),
            ),
        )
        return Int(previous)

    def read(
        self, offset: Int, length: Int
    ) raises WasmtimeError -> List[UInt8]:
        """Copies bytes out. What other threads write meanwhile may arrive in part.

        Args:
            offset: Where to start.
            length: How many bytes.

        Returns:
            The bytes.

        Raises:
            WasmtimeError: If the range is out of bounds; the message names the offset, the length and the size.
        """
        ref inner = self._inner[]
        var at = self._not_negative(offset, "offset")
        _ = self._not_negative(length, "length")
        # What is longer than the memory is refused before there is room for it.
        var room = length if length <= self.data_size() else 0
        var bytes = List[UInt8](length=room, fill=0)
        _check(
            inner.lib,
            inner.lib[].shared_memory_read(
                inner.handle, at, bytes.unsafe_ptr(), length
            ),
        )
        return bytes^

    def write(self, offset: Int, bytes: Span[UInt8, _]) raises WasmtimeError:
        """Copies bytes in. Other threads that read meanwhile may get a part of them.

        Args:
            offset: Where to start.
            bytes: The bytes.

        Raises:
            WasmtimeError: If the range is out of bounds; the message names the offset, the length and the size.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].shared_memory_write(
                inner.handle,
                self._not_negative(offset, "offset"),
                bytes.unsafe_ptr(),
                len(bytes),
            ),
        )

    def fill(self, offset: Int, length: Int, byte: UInt8) raises WasmtimeError:
        """Sets all bytes of a range.

        Args:
            offset: Where to start.
            length: How many bytes.
            byte: What to set them to.

        Raises:
            WasmtimeError: If the range is out of bounds; the message names the offset, the length and the size.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].shared_memory_fill(
                inner.handle,
                self._not_negative(offset, "offset"),
                self._not_negative(length, "length"),
                Int32(byte),
            ),
        )

    def load[T: MemoryTy](self, offset: Int) raises WasmtimeError -> T:
        """Reads an integer atomically.

        Parameters:
            T: `Int32` or `Int64`.

        Args:
            offset: Where it starts, a multiple of its size.

        Returns:
            The number.

        Raises:
            WasmtimeError: If it is out of bounds or not aligned.
        """
        ref inner = self._inner[]
        var at = self._not_negative(offset, "offset")
        comptime if T == Int32:
            var value = Int32(0)
            _check(
                inner.lib,
                inner.lib[].shared_memory_atomic_load_i32(
                    inner.handle, at, Pointer(to=value)
                ),
            )
            return rebind_var[T](value)
        else:
            comptime assert T == Int64, _UNSUPPORTED
            var value = Int64(0)
            _check(
                inner.lib,
                inner.lib[].shared_memory_atomic_load_i64(
                    inner.handle, at, Pointer(to=value)
                ),
            )
            return rebind_var[T](value)

    def store[
        T: MemoryTy, //
    ](self, offset: Int, value: T) raises WasmtimeError:
        """Writes an integer atomically. It wakes nobody: `notify` does.

        Parameters:
            T: `Int32` or `Int64`.

        Args:
            offset: Where it starts, a multiple of its size.
            value: The number.

        Raises:
            WasmtimeError: If it is out of bounds or not aligned.
        """
        ref inner = self._inner[]
        var at = self._not_negative(offset, "offset")
        var status: Int32
        comptime if T == Int32:
            status = inner.lib[].shared_memory_atomic_store_i32(
                inner.handle, at, rebind[Int32](value)
            )
        else:
            comptime assert T == Int64, _UNSUPPORTED
            status = inner.lib[].shared_memory_atomic_store_i64(
                inner.handle, at, rebind[Int64](value)
            )
        _check(inner.lib, status)

    def add[
        T: MemoryTy, //
    ](self, offset: Int, value: T) raises WasmtimeError -> T:
        """Adds to an integer atomically, wrapping round.

        Parameters:
            T: `Int32` or `Int64`.

        Args:
            offset: Where it starts, a multiple of its size.
            value: What to add.

        Returns:
            The number before.

        Raises:
            WasmtimeError: If it is out of bounds or not aligned.
        """
        ref inner = self._inner[]
        var at = self._not_negative(offset, "offset")
        comptime if T == Int32:
            var previous = Int32(0)
            _check(
                inner.lib,
                inner.lib[].shared_memory_atomic_add_i32(
                    inner.handle, at, rebind[Int32](value), Pointer(to=previous)
                ),
            )
            return rebind_var[T](previous)
        else:
            comptime assert T == Int64, _UNSUPPORTED
            var previous = Int64(0)
            _check(
                inner.lib,
                inner.lib[].shared_memory_atomic_add_i64(
                    inner.handle, at, rebind[Int64](value), Pointer(to=previous)
                ),
            )
            return rebind_var[T](previous)

    def compare_exchange[
        T: MemoryTy, //
    ](self, offset: Int, expected: T, value: T) raises WasmtimeError -> T:
        """Writes an integer if another one is there, in one atomic step.

        Parameters:
            T: `Int32` or `Int64`.

        Args:
            offset: Where it starts, a multiple of its size.
            expected: What has to be there.
            value: What to write.

        Returns:
            The number before: `expected` if `value` was written.

        Raises:
            WasmtimeError: If it is out of bounds or not aligned.
        """
        ref inner = self._inner[]
        var at = self._not_negative(offset, "offset")
        comptime if T == Int32:
            var previous = Int32(0)
            _check(
                inner.lib,
                inner.lib[].shared_memory_atomic_compare_exchange_i32(
                    inner.handle,
                    at,
                    rebind[Int32](expected),
                    rebind[Int32](value),
                    Pointer(to=previous),
                ),
            )
            return rebind_var[T](previous)
        else:
            comptime assert T == Int64, _UNSUPPORTED
            var previous = Int64(0)
            _check(
                inner.lib,
                inner.lib[].shared_memory_atomic_compare_exchange_i64(
                    inner.handle,
                    at,
                    rebind[Int64](expected),
                    rebind[Int64](value),
                    Pointer(to=previous),
                ),
            )
            return rebind_var[T](previous)

    def notify(
        self, offset: Int, count: UInt32 = UInt32.MAX
    ) raises WasmtimeError -> Int:
        """Wakes those that wait at an offset, in WebAssembly or in `wait`.

        Args:
            offset: Where they wait, a multiple of 4.
            count: How many to wake at most.

        Returns:
            How many were woken.

        Raises:
            WasmtimeError: If it is out of bounds or not aligned.
        """
        ref inner = self._inner[]
        var woken = UInt32(0)
        _check(
            inner.lib,
            inner.lib[].shared_memory_notify(
                inner.handle,
                self._not_negative(offset, "offset"),
                count,
                Pointer(to=woken),
            ),
        )
        return Int(woken)

    def wait[
        T: MemoryTy, //
    ](
        self, offset: Int, expected: T, timeout_ns: Int64 = -1
    ) raises WasmtimeError -> WaitResult:
        """Waits while an integer is what is expected, until it is notified.

        Parameters:
            T: `Int32` or `Int64`.

        Args:
            offset: Where it starts, a multiple of its size.
            expected: What has to be there.
            timeout_ns: How long to wait at most, in nanoseconds; -1 waits for ever.

        Returns:
            What ended it.

        Raises:
            WasmtimeError: If it is out of bounds or not aligned.
        """
        ref inner = self._inner[]
        var at = self._not_negative(offset, "offset")
        var result = Int32(0)
        var status: Int32
        comptime if T == Int32:
            status = inner.lib[].shared_memory_wait_i32(
                inner.handle,
                at,
                rebind[Int32](expected),
                timeout_ns,
                Pointer(to=result),
            )
        else:
            comptime assert T == Int64, _UNSUPPORTED
            status = inner.lib[].shared_memory_wait_i64(
                inner.handle,
                at,
                rebind[Int64](expected),
                timeout_ns,
                Pointer(to=result),
            )
        _check(inner.lib, status)
        return WaitResult(result)

    @doc_hidden
    def _not_negative(
        self, number: Int, what: StaticString
    ) raises WasmtimeError -> UInt64:
        if number < 0:
            raise _error(
                self._inner[].lib,
                WTS_ERR_RANGE,
                String("the ", what, " is ", number),
            )
        return UInt64(number)


comptime _UNSUPPORTED = "atomic access is to Int32 and Int64"
