"""The compilation environment that modules, linkers and stores share."""

from std.memory import ArcPointer

from ._ffi import (
    WTS_POOL_COMPONENT_INSTANCES,
    WTS_POOL_CORE_INSTANCES,
    WTS_POOL_GC_HEAPS,
    WTS_POOL_MEMORIES,
    WTS_POOL_STACKS,
    WTS_POOL_TABLES,
    WTS_POOL_UNUSED_MEMORY_BYTES_RESIDENT,
    WTS_POOL_UNUSED_STACK_BYTES_RESIDENT,
    WTS_POOL_UNUSED_TABLE_BYTES_RESIDENT,
    WTS_POOL_UNUSED_WARM_MEMORIES,
    WTS_POOL_UNUSED_WARM_STACKS,
    WTS_POOL_UNUSED_WARM_TABLES,
)
from ._lib import _Library, _load, _OfHandle, _take_buffer, _text
from .config import Config
from .error import WasmtimeError, _check


@fieldwise_init
struct CacheCounts(Equatable, TrivialRegisterPassable):
    """How often the module cache of an engine was of use."""

    var hits: Int
    """Modules that were read from the cache."""
    var misses: Int
    """Modules that had to be compiled."""


@fieldwise_init
struct PoolMetric(Equatable, TrivialRegisterPassable):
    """A number that the pool of an engine tells of itself."""

    var code: Int32
    """One of the `WTS_POOL_*` numbers."""

    comptime CORE_INSTANCES = Self(WTS_POOL_CORE_INSTANCES)
    """Core instances that are alive."""
    comptime COMPONENT_INSTANCES = Self(WTS_POOL_COMPONENT_INSTANCES)
    """Component instances that are alive."""
    comptime MEMORIES = Self(WTS_POOL_MEMORIES)
    """Memories that are alive."""
    comptime TABLES = Self(WTS_POOL_TABLES)
    """Tables that are alive."""
    comptime STACKS = Self(WTS_POOL_STACKS)
    """Fiber stacks that are alive."""
    comptime GC_HEAPS = Self(WTS_POOL_GC_HEAPS)
    """Garbage-collected heaps that are alive."""
    comptime UNUSED_WARM_MEMORIES = Self(WTS_POOL_UNUSED_WARM_MEMORIES)
    """Unused places for memories that keep the image of a module."""
    comptime UNUSED_MEMORY_BYTES_RESIDENT = Self(
        WTS_POOL_UNUSED_MEMORY_BYTES_RESIDENT
    )
    """Bytes that unused places for memories keep resident."""
    comptime UNUSED_WARM_TABLES = Self(WTS_POOL_UNUSED_WARM_TABLES)
    """Unused places for tables that were used before."""
    comptime UNUSED_TABLE_BYTES_RESIDENT = Self(
        WTS_POOL_UNUSED_TABLE_BYTES_RESIDENT
    )
    """Bytes that unused places for tables keep resident."""
    comptime UNUSED_WARM_STACKS = Self(WTS_POOL_UNUSED_WARM_STACKS)
    """Unused places for fiber stacks that were used before."""
    comptime UNUSED_STACK_BYTES_RESIDENT = Self(
        WTS_POOL_UNUSED_STACK_BYTES_RESIDENT
    )
    """Bytes that unused places for fiber stacks keep resident; all ones without `async_stack_zeroing`."""


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

    def precompile(
        self, bytes: Span[UInt8, _]
    ) raises WasmtimeError -> List[UInt8]:
        """Compiles a module without loading it, for another machine if `target` was set.

        Args:
            bytes: A module in the binary format, or as text.

        Returns:
            An artifact, which `Module.deserialize` loads.

        Raises:
            WasmtimeError: If the bytes are not a valid module, or there is no compiler.
        """
        ref inner = self._inner[]
        var buffer = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].engine_precompile(
                inner.handle,
                bytes.unsafe_ptr(),
                len(bytes),
                Pointer(to=buffer),
            ),
        )
        return _take_buffer(inner.lib, buffer)

    def compatibility_hash(self) raises WasmtimeError -> UInt64:
        """Computes what two engines share only if artifacts of one load in the other.

        Returns:
            The hash. Engines that differ in it may fit all the same.

        Raises:
            WasmtimeError: If the library has no compiler.
        """
        ref inner = self._inner[]
        var hash = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].engine_compatibility_hash(
                inner.handle, Pointer(to=hash)
            ),
        )
        return hash

    def pool_metric(self, metric: PoolMetric) raises WasmtimeError -> UInt64:
        """Reads a number that the pool tells of itself.

        Args:
            metric: Which number.

        Returns:
            The number, which changes while stores come and go.

        Raises:
            WasmtimeError: If the engine has no pool.
        """
        ref inner = self._inner[]
        var value = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].engine_pool_metric(
                inner.handle, metric.code, Pointer(to=value)
            ),
        )
        return value

    def target(self) raises WasmtimeError -> String:
        """Tells what the engine makes code for.

        Returns:
            A target triple.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        return _text(
            inner.lib, _OfHandle(inner.lib[].engine_target, inner.handle)
        )

    def is_pulley(self) raises WasmtimeError -> Bool:
        """Tells whether WebAssembly runs in Wasmtime's interpreter.

        Returns:
            Whether it does.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        var result = Int32(0)
        _check(
            inner.lib,
            inner.lib[].engine_is_pulley(inner.handle, Pointer(to=result)),
        )
        return result != 0

    def same(self, other: Self) raises WasmtimeError -> Bool:
        """Tells whether this is the same engine as another.

        Args:
            other: The other.

        Returns:
            Whether it is.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        var result = Int32(0)
        _check(
            inner.lib,
            inner.lib[].engine_same(
                inner.handle, other._inner[].handle, Pointer(to=result)
            ),
        )
        return result != 0

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
