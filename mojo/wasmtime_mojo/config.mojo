"""The options of an engine."""

from std.memory import ArcPointer

from ._ffi import (
    WTS_ALLOCATION_ON_DEMAND,
    WTS_ALLOCATION_POOLING,
    WTS_ERR_STATE,
    WTS_OPTION_TEXT,
    WTS_OPT_ALLOCATION_STRATEGY,
    WTS_OPT_ARTIFACT_KEY,
    WTS_OPT_BACKTRACE,
    WTS_OPT_BACKTRACE_MAX_FRAMES,
    WTS_OPT_CACHE,
    WTS_OPT_CACHE_DIR,
    WTS_OPT_CACHE_SIZE,
    WTS_OPT_DEBUG_INFO,
    WTS_OPT_EPOCH_INTERRUPTION,
    WTS_OPT_FUEL,
    WTS_OPTIMIZE_NONE,
    WTS_OPTIMIZE_SPEED,
    WTS_OPTIMIZE_SPEED_AND_SIZE,
    WTS_OPT_MAX_WASM_STACK,
    WTS_OPT_MEMORY_GUARD_SIZE,
    WTS_OPT_MEMORY_MAY_MOVE,
    WTS_OPT_MEMORY_RESERVATION,
    WTS_OPT_MEMORY_RESERVATION_FOR_GROWTH,
    WTS_OPT_OPT_LEVEL,
    WTS_OPT_PARALLEL_COMPILATION,
    WTS_OPT_POOL_GC_HEAPS,
    WTS_OPT_POOL_INSTANCES,
    WTS_OPT_POOL_MAX_INSTANCE_SIZE,
    WTS_OPT_POOL_MAX_MEMORY_SIZE,
    WTS_OPT_POOL_MAX_UNUSED_WARM_SLOTS,
    WTS_OPT_POOL_MEMORIES,
    WTS_OPT_POOL_MEMORIES_PER_MODULE,
    WTS_OPT_POOL_MEMORY_KEEP_RESIDENT,
    WTS_OPT_POOL_STACKS,
    WTS_OPT_POOL_TABLES,
    WTS_OPT_POOL_TABLES_PER_MODULE,
    WTS_OPT_POOL_TABLE_ELEMENTS,
    WTS_OPT_POOL_TABLE_KEEP_RESIDENT,
    WTS_OPT_STRATEGY,
    WTS_STRATEGY_AUTO,
    WTS_STRATEGY_CRANELIFT,
    WTS_STRATEGY_WINCH,
)
from ._lib import _Library, _load, _OfNumber, _OfOption, _text
from .error import WasmtimeError, _check


@fieldwise_init
struct Strategy(Equatable, TrivialRegisterPassable):
    """Which compiler compiles modules."""

    var code: Int32
    """One of the `WTS_STRATEGY_*` numbers."""

    comptime AUTO = Self(WTS_STRATEGY_AUTO)
    """The best one of this build."""
    comptime CRANELIFT = Self(WTS_STRATEGY_CRANELIFT)
    """The optimising compiler."""
    comptime WINCH = Self(WTS_STRATEGY_WINCH)
    """The single-pass compiler."""


@fieldwise_init
struct OptLevel(Equatable, TrivialRegisterPassable):
    """How hard Cranelift optimises."""

    var code: Int32
    """One of the `WTS_OPTIMIZE_*` numbers."""

    comptime NONE = Self(WTS_OPTIMIZE_NONE)
    """Compile fast."""
    comptime SPEED = Self(WTS_OPTIMIZE_SPEED)
    """Fast code."""
    comptime SPEED_AND_SIZE = Self(WTS_OPTIMIZE_SPEED_AND_SIZE)
    """Fast and small code."""


@fieldwise_init
struct AllocationStrategy(Equatable, TrivialRegisterPassable):
    """Where the memory of instances comes from."""

    var code: Int32
    """One of the `WTS_ALLOCATION_*` numbers."""

    comptime ON_DEMAND = Self(WTS_ALLOCATION_ON_DEMAND)
    """Mapped for each instance."""
    comptime POOLING = Self(WTS_ALLOCATION_POOLING)
    """From a pool of fixed size, reserved when the engine is made."""


struct Option(Copyable, Writable):
    """An option that a `Config` knows."""

    var number: Int32
    """One of the `WTS_OPT_*` numbers."""
    var name: String
    """The name, for `Config.set`."""
    var doc: String
    """What it does."""
    var kind: Int32
    """One of the `WTS_OPTION_*` numbers."""
    var minimum: Int64
    """The smallest value; 0 for text."""
    var maximum: Int64
    """The largest value; 0 for text."""

    @doc_hidden
    def __init__(out self, lib: _Library, number: Int32) raises WasmtimeError:
        self.number = number
        self.name = _text(lib, _OfNumber(lib[].option_name, number))
        self.doc = _text(lib, _OfNumber(lib[].option_doc, number))
        self.kind = 0
        self.minimum = 0
        self.maximum = 0
        _check(lib, lib[].option_kind(number, Pointer(to=self.kind)))
        if self.kind != WTS_OPTION_TEXT:
            _check(
                lib,
                lib[].option_range(
                    number,
                    Pointer(to=self.minimum),
                    Pointer(to=self.maximum),
                ),
            )

    def write_to(self, mut writer: Some[Writer]):
        """Writes the name and what it does.

        Args:
            writer: Where to write.
        """
        writer.write(self.name, ": ", self.doc)


def options() raises WasmtimeError -> List[Option]:
    """Lists the options that a `Config` knows.

    Returns:
        All options, by number.

    Raises:
        WasmtimeError: If the library cannot be loaded.
    """
    var lib = _load()
    var count = 0
    _check(lib, lib[].option_count(Pointer(to=count)))
    var result = List[Option](capacity=count)
    for index in range(count):
        var number = Int32(0)
        _check(lib, lib[].option_at(index, Pointer(to=number)))
        result.append(Option(lib, number))
    return result^


struct _ConfigInner(Movable):
    var lib: _Library
    var handle: UInt64

    def __init__(out self, var lib: _Library, handle: UInt64):
        self.lib = lib^
        self.handle = handle

    def __deinit__(deinit self):
        _ = self.lib[].config_delete(self.handle)


struct Config(ImplicitlyCopyable):
    """The options of an engine; what is not set has Wasmtime's default.

    A copy is the same config. It stays usable after it made an engine. Every setter raises for a value that does not
    fit.
    """

    var _inner: ArcPointer[_ConfigInner]

    def __init__(out self) raises WasmtimeError:
        """Makes a config in which nothing is set.

        Raises:
            WasmtimeError: If the library cannot be loaded.
        """
        var lib = _load()
        var handle = UInt64(0)
        _check(lib, lib[].config_new(Pointer(to=handle)))
        self._inner = ArcPointer(_ConfigInner(lib, handle))

    @doc_hidden
    def _set(self, option: Int32, value: Int64) raises WasmtimeError:
        ref inner = self._inner[]
        _check(inner.lib, inner.lib[].config_set(inner.handle, option, value))

    @doc_hidden
    def _set_text(self, option: Int32, value: StringSpan) raises WasmtimeError:
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].config_set_text(
                inner.handle, option, value.unsafe_ptr(), value.byte_length()
            ),
        )

    @doc_hidden
    def _find(self, name: StringSpan) raises WasmtimeError -> Int32:
        ref lib = self._inner[].lib
        var option = Int32(0)
        _check(
            lib,
            lib[].option_find(
                name.unsafe_ptr(), name.byte_length(), Pointer(to=option)
            ),
        )
        return option

    def set(self, name: StringSpan, value: Int64) raises WasmtimeError:
        """Sets an option of which only the name is known.

        Args:
            name: The name, such as `max_wasm_stack`.
            value: The value; 0 or 1 for an option that is off or on.

        Raises:
            WasmtimeError: If there is no such option or the value does not fit.
        """
        self._set(self._find(name), value)

    def set(self, name: StringSpan, value: StringSpan) raises WasmtimeError:
        """Sets an option that is text and of which only the name is known.

        Args:
            name: The name, such as `cache_dir`.
            value: The value.

        Raises:
            WasmtimeError: If there is no such option or the value does not fit.
        """
        self._set_text(self._find(name), value)

    def get(self, name: StringSpan) raises WasmtimeError -> Optional[Int64]:
        """Reads an option back.

        Args:
            name: The name, such as `max_wasm_stack`.

        Returns:
            The value, or `None` if it was never set.

        Raises:
            WasmtimeError: If there is no such option or it is text.
        """
        ref inner = self._inner[]
        var option = self._find(name)
        var value = Int64(0)
        var status = inner.lib[].config_get(
            inner.handle, option, Pointer(to=value)
        )
        if status == WTS_ERR_STATE:
            return None
        _check(inner.lib, status)
        return value

    def get_text(
        self, name: StringSpan
    ) raises WasmtimeError -> Optional[String]:
        """Reads an option that is text back.

        Args:
            name: The name, such as `cache_dir`.

        Returns:
            The value, or `None` if it was never set.

        Raises:
            WasmtimeError: If there is no such option or it is a number.
        """
        ref inner = self._inner[]
        var getter = _OfOption(
            inner.lib[].config_get_text, inner.handle, self._find(name)
        )
        try:
            return _text(inner.lib, getter)
        except e:
            if e.status == WTS_ERR_STATE:
                return None
            raise e^

    def set_strategy(self, value: Strategy) raises WasmtimeError:
        """Chooses the compiler.

        Args:
            value: The choice.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_STRATEGY, Int64(value.code))

    def set_opt_level(self, value: OptLevel) raises WasmtimeError:
        """Chooses how hard Cranelift optimises.

        Args:
            value: The choice.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_OPT_LEVEL, Int64(value.code))

    def set_cache(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to keep compiled modules in a cache on disk.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_CACHE, Int64(enabled))

    def set_cache_dir(self, value: StringSpan) raises WasmtimeError:
        """Chooses the folder of the cache.

        Args:
            value: The folder; it is made if it does not exist.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set_text(WTS_OPT_CACHE_DIR, value)

    def set_cache_size(self, value: Int) raises WasmtimeError:
        """Limits the size of the cache; what was used least goes first.

        Args:
            value: The limit in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_CACHE_SIZE, Int64(value))

    def set_artifact_key(self, value: StringSpan) raises WasmtimeError:
        """Sets a key that makes the checksum of artifacts proof against forgery.

        Args:
            value: The key.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set_text(WTS_OPT_ARTIFACT_KEY, value)

    def set_debug_info(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to emit DWARF debug information for native debuggers.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_DEBUG_INFO, Int64(enabled))

    def set_parallel_compilation(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to compile on several threads.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_PARALLEL_COMPILATION, Int64(enabled))

    def set_fuel(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to count fuel, see `Store.set_fuel`.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_FUEL, Int64(enabled))

    def set_epoch_interruption(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether timeouts, interrupts and epoch deadlines can end guests, see `Store.set_timeout`.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_EPOCH_INTERRUPTION, Int64(enabled))

    def set_max_wasm_stack(self, value: Int) raises WasmtimeError:
        """Limits the stack that WebAssembly may use.

        Args:
            value: The limit in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_MAX_WASM_STACK, Int64(value))

    def set_backtrace(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to collect a backtrace at a trap.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_BACKTRACE, Int64(enabled))

    def set_backtrace_max_frames(self, value: Int) raises WasmtimeError:
        """Limits the length of backtraces.

        Args:
            value: The number of frames.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_BACKTRACE_MAX_FRAMES, Int64(value))

    def set_memory_reservation(self, value: Int) raises WasmtimeError:
        """Sets how much address space a memory reserves.

        Args:
            value: The size in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_MEMORY_RESERVATION, Int64(value))

    def set_memory_reservation_for_growth(
        self, value: Int
    ) raises WasmtimeError:
        """Sets how much more address space a memory reserves when it moves.

        Args:
            value: The size in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_MEMORY_RESERVATION_FOR_GROWTH, Int64(value))

    def set_memory_guard_size(self, value: Int) raises WasmtimeError:
        """Sets the size of the guard pages of a memory.

        Args:
            value: The size in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_MEMORY_GUARD_SIZE, Int64(value))

    def set_memory_may_move(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to let a memory move when it grows beyond its reservation.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_MEMORY_MAY_MOVE, Int64(enabled))

    def set_allocation_strategy(
        self, value: AllocationStrategy
    ) raises WasmtimeError:
        """Chooses where the memory of instances comes from.

        Args:
            value: The choice.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_ALLOCATION_STRATEGY, Int64(value.code))

    def set_pool_instances(self, value: Int) raises WasmtimeError:
        """Limits the instances in the pool.

        Args:
            value: The number of instances.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_INSTANCES, Int64(value))

    def set_pool_memories(self, value: Int) raises WasmtimeError:
        """Limits the memories in the pool.

        Args:
            value: The number of memories.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_MEMORIES, Int64(value))

    def set_pool_tables(self, value: Int) raises WasmtimeError:
        """Limits the tables in the pool.

        Args:
            value: The number of tables.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_TABLES, Int64(value))

    def set_pool_max_memory_size(self, value: Int) raises WasmtimeError:
        """Limits the size of a memory of the pool.

        Args:
            value: The size in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_MAX_MEMORY_SIZE, Int64(value))

    def set_pool_table_elements(self, value: Int) raises WasmtimeError:
        """Limits the elements of a table of the pool.

        Args:
            value: The number of elements.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_TABLE_ELEMENTS, Int64(value))

    def set_pool_max_instance_size(self, value: Int) raises WasmtimeError:
        """Limits the size of Wasmtime's own data of an instance of the pool.

        Args:
            value: The size in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_MAX_INSTANCE_SIZE, Int64(value))

    def set_pool_memories_per_module(self, value: Int) raises WasmtimeError:
        """Limits the memories of a module in the pool.

        Args:
            value: The number of memories.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_MEMORIES_PER_MODULE, Int64(value))

    def set_pool_tables_per_module(self, value: Int) raises WasmtimeError:
        """Limits the tables of a module in the pool.

        Args:
            value: The number of tables.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_TABLES_PER_MODULE, Int64(value))

    def set_pool_max_unused_warm_slots(self, value: Int) raises WasmtimeError:
        """Limits the slots that stay warm for the next instance of their module.

        Args:
            value: The number of slots.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_MAX_UNUSED_WARM_SLOTS, Int64(value))

    def set_pool_memory_keep_resident(self, value: Int) raises WasmtimeError:
        """Sets how much of a memory stays resident between instances.

        Args:
            value: The size in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_MEMORY_KEEP_RESIDENT, Int64(value))

    def set_pool_table_keep_resident(self, value: Int) raises WasmtimeError:
        """Sets how much of a table stays resident between instances.

        Args:
            value: The size in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_TABLE_KEEP_RESIDENT, Int64(value))

    def set_pool_gc_heaps(self, value: Int) raises WasmtimeError:
        """Limits the garbage-collected heaps in the pool.

        Args:
            value: The number of heaps.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_GC_HEAPS, Int64(value))

    def set_pool_stacks(self, value: Int) raises WasmtimeError:
        """Limits the stacks in the pool.

        Args:
            value: The number of stacks.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_STACKS, Int64(value))
