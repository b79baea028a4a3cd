"""Counting what is alive in the library."""

from ._ffi import WTS_KIND_NONE
from ._lib import _load
from .error import WasmtimeError, _check


def live_count(kind: Int32 = WTS_KIND_NONE) raises WasmtimeError -> Int:
    """Counts the handles that are alive in this process.

    Args:
        kind: One of the `WTS_KIND_*` numbers; `WTS_KIND_NONE` counts all kinds.

    Returns:
        The number of handles.

    Raises:
        WasmtimeError: If the library cannot be loaded or there is no such kind.
    """
    var lib = _load()
    var count = UInt64(0)
    _check(lib, lib[].handle_live_count(kind, Pointer(to=count)))
    return Int(count)
