"""What is about the running thread."""

from ._lib import _load
from .error import WasmtimeError, _check


def thread_init() raises WasmtimeError:
    """Prepares this thread for WebAssembly now instead of at its first call. Nobody needs to.

    Raises:
        WasmtimeError: If the library cannot be loaded.
    """
    var lib = _load()
    _check(lib, lib[].thread_init())
