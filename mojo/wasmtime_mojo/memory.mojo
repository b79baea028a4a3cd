"""Linear memories."""

from ._ffi import WTS_ERR_RANGE, WTS_ERR_UTF8
from .error import WasmtimeError, _check, _error
from .store import _StoreRef, Store
from .types import MemoryType

comptime MemoryTy = Copyable & Deinitable
"""What `Memory.load` and `Memory.store` move: an integer of 8 to 64 bits, `Float32` or `Float64`."""


struct Memory(ImplicitlyCopyable):
    """A linear memory in a store.

    A copy is the same memory. It keeps its store alive. All access is checked: what is out of bounds raises and names
    the offset, the length and the size. Numbers are little-endian.
    """

    var _store: _StoreRef
    var _handle: UInt64

    @doc_hidden
    def __init__(out self, store: _StoreRef, handle: UInt64):
        self._store = store
        self._handle = handle

    def __init__(out self, store: Store, type: MemoryType) raises WasmtimeError:
        """Makes a memory of the host.

        Args:
            store: The store.
            type: The limits.

        Raises:
            WasmtimeError: If the limits contradict each other or are too large.
        """
        ref lib = store._inner[].lib
        var type_handle = type._new(lib)
        var handle = UInt64(0)
        var status = lib[].memory_new(
            store._inner[].handle, type_handle, Pointer(to=handle)
        )
        _ = lib[].type_delete(type_handle)
        _check(lib, status)
        self = Self(store._inner, handle)

    def type(self) raises WasmtimeError -> MemoryType:
        """Tells the limits.

        Returns:
            The memory type.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = self._store[].lib
        var type = UInt64(0)
        _check(lib, lib[].memory_type(self._handle, Pointer(to=type)))
        try:
            return MemoryType(lib, type)
        finally:
            _ = lib[].type_delete(type)

    def size(self) raises WasmtimeError -> Int:
        """Tells the size in pages.

        Returns:
            The number of pages.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = self._store[].lib
        var pages = UInt64(0)
        _check(lib, lib[].memory_size(self._handle, Pointer(to=pages)))
        return Int(pages)

    def data_size(self) raises WasmtimeError -> Int:
        """Tells the size in bytes.

        Returns:
            The number of bytes.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = self._store[].lib
        var bytes = UInt64(0)
        _check(lib, lib[].memory_data_size(self._handle, Pointer(to=bytes)))
        return Int(bytes)

    def page_size(self) raises WasmtimeError -> Int:
        """Tells how large a page is.

        Returns:
            The number of bytes: 65,536, or 1 where the type says so.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = self._store[].lib
        var bytes = UInt64(0)
        _check(lib, lib[].memory_page_size(self._handle, Pointer(to=bytes)))
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
        ref lib = self._store[].lib
        if pages < 0:
            raise _error(
                lib,
                WTS_ERR_RANGE,
                String("a memory cannot grow by ", pages, " pages"),
            )
        var previous = UInt64(0)
        _check(
            lib,
            lib[].memory_grow(
                self._handle, UInt64(pages), Pointer(to=previous)
            ),
        )
        return Int(previous)

    def read(
        self, offset: Int, length: Int
    ) raises WasmtimeError -> List[UInt8]:
        """Copies bytes out.

        Args:
            offset: Where to start.
            length: How many bytes.

        Returns:
            The bytes.

        Raises:
            WasmtimeError: If the range is out of bounds; the message names the offset, the length and the size.
        """
        self._check_bounds(offset, length)
        var bytes = List[UInt8](length=length, fill=0)
        self.read_into(offset, bytes)
        return bytes^

    def read_into(
        self, offset: Int, bytes: Span[mut=True, UInt8, _]
    ) raises WasmtimeError:
        """Copies bytes out to where there is room for them.

        Args:
            offset: Where to start.
            bytes: What to fill.

        Raises:
            WasmtimeError: If the range is out of bounds; the message names the offset, the length and the size.
        """
        ref lib = self._store[].lib
        _check(
            lib,
            lib[].memory_read(
                self._handle, self._at(offset), bytes.unsafe_ptr(), len(bytes)
            ),
        )

    def read_string(
        self, offset: Int, length: Int
    ) raises WasmtimeError -> String:
        """Copies text out.

        Args:
            offset: Where to start.
            length: How many bytes; what is not UTF-8 raises.

        Returns:
            The text.

        Raises:
            WasmtimeError: If the range is out of bounds or the bytes are not UTF-8.
        """
        var bytes = self.read(offset, length)
        try:
            return String(from_utf8=bytes)
        except:
            raise _error(
                self._store[].lib,
                WTS_ERR_UTF8,
                String(
                    "the ",
                    length,
                    " bytes of memory at offset ",
                    offset,
                    " are not UTF-8",
                ),
            )

    def write(self, offset: Int, bytes: Span[UInt8, _]) raises WasmtimeError:
        """Copies bytes in.

        Args:
            offset: Where to start.
            bytes: The bytes.

        Raises:
            WasmtimeError: If the range is out of bounds; the message names the offset, the length and the size.
        """
        ref lib = self._store[].lib
        _check(
            lib,
            lib[].memory_write(
                self._handle, self._at(offset), bytes.unsafe_ptr(), len(bytes)
            ),
        )

    def write(self, offset: Int, bytes: List[UInt8]) raises WasmtimeError:
        """Copies bytes in.

        Args:
            offset: Where to start.
            bytes: The bytes.

        Raises:
            WasmtimeError: If the range is out of bounds; the message names the offset, the length and the size.
        """
        self.write(offset, Span(bytes))

    def write_string(self, offset: Int, text: StringSpan) raises WasmtimeError:
        """Copies text in, as UTF-8 and without a NUL at its end.

        Args:
            offset: Where to start.
            text: The text.

        Raises:
            WasmtimeError: If the range is out of bounds; the message names the offset, the length and the size.
        """
        self.write(offset, text.as_bytes())

    def fill(self, offset: Int, length: Int, byte: UInt8) raises WasmtimeError:
        """Sets all bytes of a range.

        Args:
            offset: Where to start.
            length: How many bytes.
            byte: What to set them to.

        Raises:
            WasmtimeError: If the range is out of bounds; the message names the offset, the length and the size.
        """
        if length < 0:
            self._check_bounds(offset, length)
        ref lib = self._store[].lib
        _check(
            lib,
            lib[].memory_fill(
                self._handle, self._at(offset), UInt64(length), Int32(byte)
            ),
        )

    def load[T: MemoryTy](self, offset: Int) raises WasmtimeError -> T:
        """Reads a number.

        Parameters:
            T: Its type, such as `UInt16`.

        Args:
            offset: Where it starts; it need not be aligned.

        Returns:
            The number.

        Raises:
            WasmtimeError: If the range is out of bounds; the message names the offset, the length and the size.
        """
        ref lib = self._store[].lib
        var at = self._at(offset)
        var out = Int64(0)
        var real = Float64(0)
        var status: Int32
        comptime if T == Int8:
            status = lib[].memory_load_i8(self._handle, at, Pointer(to=out))
        elif T == UInt8:
            status = lib[].memory_load_u8(self._handle, at, Pointer(to=out))
        elif T == Int16:
            status = lib[].memory_load_i16(self._handle, at, Pointer(to=out))
        elif T == UInt16:
            status = lib[].memory_load_u16(self._handle, at, Pointer(to=out))
        elif T == Int32:
            status = lib[].memory_load_i32(self._handle, at, Pointer(to=out))
        elif T == UInt32:
            status = lib[].memory_load_u32(self._handle, at, Pointer(to=out))
        elif T == Int64 or T == UInt64:
            status = lib[].memory_load_i64(self._handle, at, Pointer(to=out))
        elif T == Float32:
            status = lib[].memory_load_f32(self._handle, at, Pointer(to=real))
        else:
            comptime assert T == Float64, _UNSUPPORTED
            status = lib[].memory_load_f64(self._handle, at, Pointer(to=real))
        _check(lib, status)
        comptime if T == Int8:
            return rebind_var[T](Int8(out))
        elif T == UInt8:
            return rebind_var[T](UInt8(out))
        elif T == Int16:
            return rebind_var[T](Int16(out))
        elif T == UInt16:
            return rebind_var[T](UInt16(out))
        elif T == Int32:
            return rebind_var[T](Int32(out))
        elif T == UInt32:
            return rebind_var[T](UInt32(out))
        elif T == Int64:
            return rebind_var[T](out)
        elif T == UInt64:
            return rebind_var[T](UInt64(out))
        elif T == Float32:
            return rebind_var[T](Float32(real))
        else:
            return rebind_var[T](real)

    def store[
        T: MemoryTy, //
    ](self, offset: Int, value: T) raises WasmtimeError:
        """Writes a number.

        Parameters:
            T: Its type, such as `UInt16`.

        Args:
            offset: Where it starts; it need not be aligned.
            value: The number.

        Raises:
            WasmtimeError: If the range is out of bounds; the message names the offset, the length and the size.
        """
        ref lib = self._store[].lib
        var at = self._at(offset)
        var status: Int32
        comptime if T == Int8:
            status = lib[].memory_store_i8(
                self._handle, at, Int64(rebind[Int8](value))
            )
        elif T == UInt8:
            status = lib[].memory_store_i8(
                self._handle, at, Int64(rebind[UInt8](value))
            )
        elif T == Int16:
            status = lib[].memory_store_i16(
                self._handle, at, Int64(rebind[Int16](value))
            )
        elif T == UInt16:
            status = lib[].memory_store_i16(
                self._handle, at, Int64(rebind[UInt16](value))
            )
        elif T == Int32:
            status = lib[].memory_store_i32(
                self._handle, at, Int64(rebind[Int32](value))
            )
        elif T == UInt32:
            status = lib[].memory_store_i32(
                self._handle, at, Int64(rebind[UInt32](value))
            )
        elif T == Int64:
            status = lib[].memory_store_i64(
                self._handle, at, rebind[Int64](value)
            )
        elif T == UInt64:
            status = lib[].memory_store_i64(
                self._handle, at, Int64(rebind[UInt64](value))
            )
        elif T == Float32:
            status = lib[].memory_store_f32(
                self._handle, at, Float64(rebind[Float32](value))
            )
        else:
            comptime assert T == Float64, _UNSUPPORTED
            status = lib[].memory_store_f64(
                self._handle, at, rebind[Float64](value)
            )
        _check(lib, status)

    def data[
        origin: ImmOrigin, //
    ](
        ref[origin] self,
    ) raises WasmtimeError -> Span[
        UInt8, origin.unsafe_mut_cast[True]()
    ]:
        """Looks at the bytes in place, without copying.

        The view is valid until the store next runs WebAssembly, grows a memory, or is deleted; it must not be used
        after that. Indexing checks the bounds of the view.

        Parameters:
            origin: The origin of this object, which lives as long as the view.

        Returns:
            A view of all bytes, to be read and written.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = self._store[].lib
        var start = Pointer[UInt8, MutUntrackedOrigin].unsafe_dangling()
        var length = 0
        _check(
            lib,
            lib[].memory_data(
                self._handle, Pointer(to=start), Pointer(to=length)
            ),
        )
        return {
            unsafe_ptr = start.unsafe_origin_cast[
                origin.unsafe_mut_cast[True]()
            ](),
            length = length,
        }

    @always_inline
    @doc_hidden
    def _at(self, offset: Int) raises WasmtimeError -> UInt64:
        if offset < 0:
            raise _error(
                self._store[].lib,
                WTS_ERR_RANGE,
                String("offset ", offset, " is before the memory"),
            )
        return UInt64(offset)

    @doc_hidden
    def _check_bounds(self, offset: Int, length: Int) raises WasmtimeError:
        """Keeps `read` from allocating what cannot be read."""
        var size = self.data_size()
        if length < 0 or offset < 0 or length > size - offset:
            raise _error(
                self._store[].lib,
                WTS_ERR_RANGE,
                String(
                    "offset ",
                    offset,
                    " and length ",
                    length,
                    " are out of bounds of a memory of ",
                    size,
                    " bytes",
                ),
            )


comptime _UNSUPPORTED = (
    "a memory holds Int8, UInt8, Int16, UInt16, Int32, UInt32, Int64, UInt64,"
    " Float32 and Float64"
)
