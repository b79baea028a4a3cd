"""Finding and loading the library, and reading text and bytes out of it.

Mojo has no global variables, so the table of functions travels: an `Engine` loads it and everything made from that
engine copies the `ArcPointer`.
"""

from std.memory import ArcPointer
from std.os import getenv
from std.sys.info import CompilationTarget

from ._ffi import _Lib, OutBytes, OutSize, WTS_OK, WTS_ERR_NOT_FOUND
from .error import WasmtimeError, _check

comptime _Library = ArcPointer[_Lib]

comptime _VARIABLE = "WASMTIME_MOJO_LIB"


def _file_name() -> StaticString:
    comptime if CompilationTarget.is_macos():
        return "libwasmtime_shim.dylib"
    else:
        return "libwasmtime_shim.so"


def _load() raises WasmtimeError -> _Library:
    """Loads the library from `WASMTIME_MOJO_LIB`, or else by its bare name."""
    var places = String()
    var path = getenv(_VARIABLE)
    if path:
        try:
            return _Library(_Lib(path))
        except e:
            places += String("\n  ", _VARIABLE, "=", path, ": ", e)
    else:
        places += String("\n  ", _VARIABLE, ": not set")
    try:
        return _Library(_Lib(String(_file_name())))
    except e:
        places += String(
            "\n  ", _file_name(), " on the loader's search path: ", e
        )
    raise WasmtimeError(
        WTS_ERR_NOT_FOUND,
        "WTS_ERR_NOT_FOUND",
        String(
            "the library of wasmtime_mojo could not be loaded. Looked in:",
            places,
            "\nThe wheel of wasmtime_mojo installs it beside Mojo. From its source,",
            " build it with `cargo build --release` and set ",
            _VARIABLE,
            " to the path of ",
            _file_name(),
            ", or install it where the loader looks.",
        ),
    )


trait _Text:
    """A getter of the library with all but its buffer filled in."""

    def read(self, buffer: OutBytes, capacity: Int, size: OutSize) -> Int32:
        """Copies out what fits, and writes the size."""
        ...


@fieldwise_init
struct _Plain(Copyable, _Text):
    """A getter without arguments."""

    var get: def(OutBytes, Int, OutSize) thin abi("C") -> Int32

    def read(self, buffer: OutBytes, capacity: Int, size: OutSize) -> Int32:
        return self.get(buffer, capacity, size)


@fieldwise_init
struct _OfHandle(Copyable, _Text):
    """A getter of an object."""

    var get: def(UInt64, OutBytes, Int, OutSize) thin abi("C") -> Int32
    var handle: UInt64

    def read(self, buffer: OutBytes, capacity: Int, size: OutSize) -> Int32:
        return self.get(self.handle, buffer, capacity, size)


@fieldwise_init
struct _OfIndex(Copyable, _Text):
    """A getter of the n-th part of an object."""

    var get: def(UInt64, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    var handle: UInt64
    var index: Int

    def read(self, buffer: OutBytes, capacity: Int, size: OutSize) -> Int32:
        return self.get(self.handle, self.index, buffer, capacity, size)


@fieldwise_init
struct _OfSymbol(Copyable, _Text):
    """A getter of a symbol of a frame of an error."""

    var get: def(UInt64, Int, Int, OutBytes, Int, OutSize) thin abi(
        "C"
    ) -> Int32
    var error: UInt64
    var frame: Int
    var symbol: Int

    def read(self, buffer: OutBytes, capacity: Int, size: OutSize) -> Int32:
        return self.get(
            self.error, self.frame, self.symbol, buffer, capacity, size
        )


@fieldwise_init
struct _OfNumber(Copyable, _Text):
    """A getter of a status, trap code, kind or option."""

    var get: def(Int32, OutBytes, Int, OutSize) thin abi("C") -> Int32
    var number: Int32

    def read(self, buffer: OutBytes, capacity: Int, size: OutSize) -> Int32:
        return self.get(self.number, buffer, capacity, size)


@fieldwise_init
struct _OfOption(Copyable, _Text):
    """A getter of an option of a config."""

    var get: def(UInt64, Int32, OutBytes, Int, OutSize) thin abi("C") -> Int32
    var config: UInt64
    var option: Int32

    def read(self, buffer: OutBytes, capacity: Int, size: OutSize) -> Int32:
        return self.get(self.config, self.option, buffer, capacity, size)


def _copy[G: _Text](getter: G, mut bytes: List[UInt8]) -> Int32:
    """Asks for the size, then for the bytes."""
    var size = 0
    var nothing = UInt8(0)
    var status = getter.read(Pointer(to=nothing), 0, Pointer(to=size))
    if status != WTS_OK or size == 0:
        return status
    bytes.resize(size, 0)
    return getter.read(bytes.unsafe_ptr(), size, Pointer(to=size))


def _bytes[
    G: _Text
](lib: _Library, getter: G) raises WasmtimeError -> List[UInt8]:
    """Copies bytes out of the library."""
    var bytes = List[UInt8]()
    _check(lib, _copy(getter, bytes))
    return bytes^


def _take_buffer(
    lib: _Library, buffer: UInt64
) raises WasmtimeError -> List[UInt8]:
    """Copies out the bytes of a buffer and deletes it."""
    var bytes = List[UInt8]()
    var status = _copy(_OfHandle(lib[].buffer_copy, buffer), bytes)
    _check(lib, status)
    _check(lib, lib[].buffer_delete(buffer))
    return bytes^


def _text[G: _Text](lib: _Library, getter: G) raises WasmtimeError -> String:
    """Copies text out of the library."""
    return String(from_utf8_lossy=_bytes(lib, getter))


def _text_or_empty[G: _Text](getter: G) -> String:
    """Copies text out of the library; what cannot be had is empty."""
    var bytes = List[UInt8]()
    if _copy(getter, bytes) != WTS_OK:
        return String()
    return String(from_utf8_lossy=bytes)
