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


def thread_set_stack(bytes: Int) raises WasmtimeError:
    """Says how much is left of the stack that this call comes from, where the system did not give it to this thread.

    Calls from such a stack, of a coroutine say, are refused until this was called there. On a thread's own stack it has
    no effect.

    Args:
        bytes: How many bytes are left. 0 takes back what was said.

    Raises:
        WasmtimeError: If there is not so much memory, or if the library cannot be loaded.
    """
    var lib = _load()
    _check(lib, lib[].thread_set_stack(bytes))
