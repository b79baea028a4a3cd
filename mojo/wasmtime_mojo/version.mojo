"""The versions of the library and of Wasmtime."""

from ._lib import _load, _Plain, _text
from .error import WasmtimeError


@fieldwise_init
struct Version(Equatable, TrivialRegisterPassable, Writable):
    """A version number of three parts."""

    var major: Int
    """The first part."""
    var minor: Int
    """The second part."""
    var patch: Int
    """The third part."""

    @doc_hidden
    def __init__(out self, number: UInt32):
        self.major = Int(number >> 16)
        self.minor = Int((number >> 8) & 0xFF)
        self.patch = Int(number & 0xFF)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the parts with dots between them.

        Args:
            writer: Where to write.
        """
        writer.write(self.major, ".", self.minor, ".", self.patch)


def version() raises WasmtimeError -> Version:
    """Reads the version of the library that is loaded.

    Returns:
        The version of wasmtime-shim.

    Raises:
        WasmtimeError: If the library cannot be loaded.
    """
    return Version(_load()[].version_number())


def wasmtime_version() raises WasmtimeError -> Version:
    """Reads the version of Wasmtime inside the library.

    Returns:
        The version of Wasmtime.

    Raises:
        WasmtimeError: If the library cannot be loaded.
    """
    return Version(_load()[].version_wasmtime())


def version_text() raises WasmtimeError -> String:
    """Reads both versions as one line.

    Returns:
        Text such as `wasmtime-shim 0.1.0 (wasmtime 48.0.8)`.

    Raises:
        WasmtimeError: If the library cannot be loaded.
    """
    var lib = _load()
    return _text(lib, _Plain(lib[].version_text))
