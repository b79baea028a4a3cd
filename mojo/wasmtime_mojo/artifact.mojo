"""Telling artifacts from other bytes."""

from ._ffi import (
    WTS_ARTIFACT_COMPONENT,
    WTS_ARTIFACT_MODULE,
    WTS_ARTIFACT_NONE,
)
from ._lib import _load
from .error import WasmtimeError, _check


@fieldwise_init
struct ArtifactKind(Equatable, TrivialRegisterPassable):
    """What bytes are."""

    var code: Int32
    """One of the `WTS_ARTIFACT_*` numbers."""

    comptime NONE = Self(WTS_ARTIFACT_NONE)
    """Not an artifact of this library."""
    comptime MODULE = Self(WTS_ARTIFACT_MODULE)
    """A compiled module."""
    comptime COMPONENT = Self(WTS_ARTIFACT_COMPONENT)
    """A compiled component."""


def detect_artifact(bytes: Span[UInt8, _]) raises WasmtimeError -> ArtifactKind:
    """Tells what bytes are. Whether they are whole is found out when they are loaded.

    Args:
        bytes: Any bytes.

    Returns:
        The kind.

    Raises:
        WasmtimeError: If the library cannot be loaded.
    """
    var lib = _load()
    var kind = Int32(0)
    _check(
        lib,
        lib[].artifact_detect(bytes.unsafe_ptr(), len(bytes), Pointer(to=kind)),
    )
    return ArtifactKind(kind)


def detect_artifact_file(path: StringSpan) raises WasmtimeError -> ArtifactKind:
    """Tells what a file is. Whether it is whole is found out when it is loaded.

    Args:
        path: Any file.

    Returns:
        The kind.

    Raises:
        WasmtimeError: If the file cannot be read.
    """
    var lib = _load()
    var kind = Int32(0)
    _check(
        lib,
        lib[].artifact_detect_file(
            path.unsafe_ptr(), path.byte_length(), Pointer(to=kind)
        ),
    )
    return ArtifactKind(kind)
