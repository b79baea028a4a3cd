"""The compilation environment that modules, linkers and stores share."""

from std.memory import ArcPointer

from ._lib import _Library, _load, _OfHandle, _text
from .config import Config
from .error import WasmtimeError, _check


@fieldwise_init
struct CacheCounts(Equatable, TrivialRegisterPassable):
    """How often the module cache of an engine was of use."""

    var hits: Int
    """Modules that were read from the cache."""
    var misses: Int
    """Modules that had to be compiled."""


struct _EngineInner(Movable):
    var lib: _Library
    var handle: UInt64

    def __init__(out self, var lib: _Library, handle: UInt64):
        self.lib = lib^
        self.handle = handle

    def __deinit__(deinit self):
        _ = self.lib[].engine_delete(self.handle)


struct Engine(ImplicitlyCopyable):
    """Compiles modules, and is what modules, linkers and stores are made with.

    A copy is the same engine. Any thread may use it.
    """

    var _inner: ArcPointer[_EngineInner]

    def __init__(out self, *, cache: Bool = False) raises WasmtimeError:
        """Loads the library and makes an engine with default options.

        Args:
            cache: Whether to keep compiled modules in a cache on disk.

        Raises:
            WasmtimeError: If the library cannot be loaded or the options do not fit together.
        """
        if cache:
            var config = Config()
            config.set_cache(True)
            self = Self(config)
        else:
            self = Self(_load(), 0)

    def __init__(out self, config: Config) raises WasmtimeError:
        """Makes an engine.

        Args:
            config: The options; a combination that does not fit raises.

        Raises:
            WasmtimeError: If the library cannot be loaded or the options do not fit together.
        """
        self = Self(config._inner[].lib, config._inner[].handle)

    @doc_hidden
    def __init__(out self, lib: _Library, config: UInt64) raises WasmtimeError:
        var handle = UInt64(0)
        _check(lib, lib[].engine_new(config, Pointer(to=handle)))
        self._inner = ArcPointer(_EngineInner(lib, handle))

    def ptr(self) -> EnginePtr:
        """Gets what `Store`, `Module` and `Linker` are made with.

        Returns:
            This engine.
        """
        return self

    def increment_epoch(self) raises WasmtimeError:
        """Moves all stores of this engine one tick towards their deadline.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        _check(inner.lib, inner.lib[].engine_increment_epoch(inner.handle))

    def cache_counts(self) raises WasmtimeError -> CacheCounts:
        """Tells how often the module cache was of use.

        Returns:
            Hits and misses since the engine was made.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        var hits = UInt64(0)
        var misses = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].engine_cache_counts(
                inner.handle, Pointer(to=hits), Pointer(to=misses)
            ),
        )
        return CacheCounts(Int(hits), Int(misses))

    def take_warning(self) raises WasmtimeError -> Optional[String]:
        """Takes the oldest warning not yet taken, such as that the cache folder cannot be written.

        Returns:
            The warning, or `None` if there is none.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        var warning = _text(
            inner.lib, _OfHandle(inner.lib[].engine_take_warning, inner.handle)
        )
        if not warning:
            return None
        return warning^


comptime EnginePtr = Engine
"""What `Engine.ptr` returns."""
