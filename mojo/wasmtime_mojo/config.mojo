"""The options of an engine."""

from std.memory import ArcPointer

from ._ffi import (
    WTS_ALLOCATION_ON_DEMAND,
    WTS_ALLOCATION_POOLING,
    WTS_COLLECTOR_AUTO,
    WTS_COLLECTOR_COPYING,
    WTS_COLLECTOR_DRC,
    WTS_COLLECTOR_NULL,
    WTS_ERR_STATE,
    WTS_INLINING_INTER_MODULE,
    WTS_INLINING_INTRA_GC,
    WTS_INLINING_INTRINSICS,
    WTS_INLINING_NO,
    WTS_INLINING_YES,
    WTS_OPT_ALLOCATION_STRATEGY,
    WTS_OPT_ARTIFACT_KEY,
    WTS_OPT_ASYNC_STACK_SIZE,
    WTS_OPT_ASYNC_STACK_ZEROING,
    WTS_OPT_BACKTRACE,
    WTS_OPT_BACKTRACE_DETAILS,
    WTS_OPT_BACKTRACE_MAX_FRAMES,
    WTS_OPT_CACHE,
    WTS_OPT_CACHE_DIR,
    WTS_OPT_CACHE_SIZE,
    WTS_OPT_COLLECTOR,
    WTS_OPT_COMPILER,
    WTS_OPT_COREDUMP_ON_TRAP,
    WTS_OPT_CRANELIFT_DEBUG_CHECKS,
    WTS_OPT_CRANELIFT_DEBUG_VERIFIER,
    WTS_OPT_CRANELIFT_FLAGS,
    WTS_OPT_CRANELIFT_NAN_CANONICALIZATION,
    WTS_OPT_CRANELIFT_REGALLOC_ALGORITHM,
    WTS_OPT_DEBUG_INFO,
    WTS_OPT_DEBUG_SYMBOLS,
    WTS_OPT_EPOCH_INTERRUPTION,
    WTS_OPT_FORCE_MEMORY_INIT_MEMFD,
    WTS_OPT_FUEL,
    WTS_OPT_FUEL_COSTS,
    WTS_OPT_GC_HEAP_GUARD_SIZE,
    WTS_OPT_GC_HEAP_INITIAL_SIZE,
    WTS_OPT_GC_HEAP_MAY_MOVE,
    WTS_OPT_GC_HEAP_RESERVATION,
    WTS_OPT_GC_HEAP_RESERVATION_FOR_GROWTH,
    WTS_OPT_GC_SUPPORT,
    WTS_OPT_GENERATE_ADDRESS_MAP,
    WTS_OPT_GUARD_BEFORE_LINEAR_MEMORY,
    WTS_OPT_GUEST_DEBUG,
    WTS_OPT_INLINING,
    WTS_OPT_MACOS_USE_MACH_PORTS,
    WTS_OPT_MAP_ARTIFACTS,
    WTS_OPT_MAX_WASM_FUNCTIONS,
    WTS_OPT_MAX_WASM_SIZE,
    WTS_OPT_MAX_WASM_STACK,
    WTS_OPT_MEMORY_GUARANTEED_DENSE_IMAGE_SIZE,
    WTS_OPT_MEMORY_GUARD_SIZE,
    WTS_OPT_MEMORY_INIT_COW,
    WTS_OPT_MEMORY_MAY_MOVE,
    WTS_OPT_MEMORY_RESERVATION,
    WTS_OPT_MEMORY_RESERVATION_FOR_GROWTH,
    WTS_OPT_METADATA_FOR_GC_HEAP_CORRUPTION,
    WTS_OPT_METADATA_FOR_INTERNAL_ASSERTS,
    WTS_OPT_MODULE_VERSION,
    WTS_OPT_NATIVE_UNWIND_INFO,
    WTS_OPT_OPT_LEVEL,
    WTS_OPT_PARALLEL_COMPILATION,
    WTS_OPT_POOL_COMPONENT_INSTANCES,
    WTS_OPT_POOL_DECOMMIT_BATCH_SIZE,
    WTS_OPT_POOL_GC_HEAPS,
    WTS_OPT_POOL_INSTANCES,
    WTS_OPT_POOL_INSTANCES_PER_COMPONENT,
    WTS_OPT_POOL_MAX_COMPONENT_INSTANCE_SIZE,
    WTS_OPT_POOL_MAX_INSTANCE_SIZE,
    WTS_OPT_POOL_MAX_MEMORY_SIZE,
    WTS_OPT_POOL_MAX_UNUSED_WARM_SLOTS,
    WTS_OPT_POOL_MEMORIES,
    WTS_OPT_POOL_MEMORIES_PER_COMPONENT,
    WTS_OPT_POOL_MEMORIES_PER_MODULE,
    WTS_OPT_POOL_MEMORY_KEEP_RESIDENT,
    WTS_OPT_POOL_PAGEMAP_SCAN,
    WTS_OPT_POOL_STACK_KEEP_RESIDENT,
    WTS_OPT_POOL_STACKS,
    WTS_OPT_POOL_TABLE_ELEMENTS,
    WTS_OPT_POOL_TABLE_KEEP_RESIDENT,
    WTS_OPT_POOL_TABLES,
    WTS_OPT_POOL_TABLES_PER_COMPONENT,
    WTS_OPT_POOL_TABLES_PER_MODULE,
    WTS_OPT_PROFILING_STRATEGY,
    WTS_OPT_RELAXED_SIMD_DETERMINISTIC,
    WTS_OPT_SHARED_MEMORY,
    WTS_OPT_SIGNALS_BASED_TRAPS,
    WTS_OPT_STRATEGY,
    WTS_OPT_TABLE_LAZY_INIT,
    WTS_OPT_TARGET,
    WTS_OPT_WASM_BRANCH_HINTING,
    WTS_OPT_WASM_BULK_MEMORY,
    WTS_OPT_WASM_COMPONENT_MODEL,
    WTS_OPT_WASM_COMPONENT_MODEL_FIXED_LENGTH_LISTS,
    WTS_OPT_WASM_COMPONENT_MODEL_MAP,
    WTS_OPT_WASM_CUSTOM_PAGE_SIZES,
    WTS_OPT_WASM_EXCEPTIONS,
    WTS_OPT_WASM_EXTENDED_CONST,
    WTS_OPT_WASM_FLOATS,
    WTS_OPT_WASM_FUNCTION_REFERENCES,
    WTS_OPT_WASM_GC,
    WTS_OPT_WASM_MEMORY64,
    WTS_OPT_WASM_MULTI_MEMORY,
    WTS_OPT_WASM_MULTI_VALUE,
    WTS_OPT_WASM_MUTABLE_GLOBAL,
    WTS_OPT_WASM_REFERENCE_TYPES,
    WTS_OPT_WASM_RELAXED_SIMD,
    WTS_OPT_WASM_SATURATING_FLOAT_TO_INT,
    WTS_OPT_WASM_SIGN_EXTENSION,
    WTS_OPT_WASM_SIMD,
    WTS_OPT_WASM_TAIL_CALL,
    WTS_OPT_WASM_THREADS,
    WTS_OPT_WASM_WIDE_ARITHMETIC,
    WTS_OPTIMIZE_NONE,
    WTS_OPTIMIZE_SPEED,
    WTS_OPTIMIZE_SPEED_AND_SIZE,
    WTS_OPTION_TEXT,
    WTS_PAGEMAP_SCAN_AUTO,
    WTS_PAGEMAP_SCAN_NO,
    WTS_PAGEMAP_SCAN_YES,
    WTS_PROFILING_JITDUMP,
    WTS_PROFILING_NONE,
    WTS_PROFILING_PERFMAP,
    WTS_REGALLOC_BACKTRACKING,
    WTS_REGALLOC_SINGLE_PASS,
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


@fieldwise_init
struct Collector(Equatable, TrivialRegisterPassable):
    """Which garbage collector a store has."""

    var code: Int32
    """One of the `WTS_COLLECTOR_*` numbers."""

    comptime AUTO = Self(WTS_COLLECTOR_AUTO)
    """The one that Wasmtime chooses."""
    comptime DRC = Self(WTS_COLLECTOR_DRC)
    """Counts references, and leaves cycles."""
    comptime NULL = Self(WTS_COLLECTOR_NULL)
    """Never collects."""
    comptime COPYING = Self(WTS_COLLECTOR_COPYING)
    """Copies what is alive."""


@fieldwise_init
struct RegallocAlgorithm(Equatable, TrivialRegisterPassable):
    """How Cranelift allocates registers."""

    var code: Int32
    """One of the `WTS_REGALLOC_*` numbers."""

    comptime BACKTRACKING = Self(WTS_REGALLOC_BACKTRACKING)
    """Good code."""
    comptime SINGLE_PASS = Self(WTS_REGALLOC_SINGLE_PASS)
    """Compiles faster."""


@fieldwise_init
struct Inlining(Equatable, TrivialRegisterPassable):
    """Which calls Cranelift inlines."""

    var code: Int32
    """One of the `WTS_INLINING_*` numbers."""

    comptime NO = Self(WTS_INLINING_NO)
    """None."""
    comptime INTRINSICS = Self(WTS_INLINING_INTRINSICS)
    """Those of Wasmtime's intrinsics."""
    comptime INTER_MODULE = Self(WTS_INLINING_INTER_MODULE)
    """Those between modules too."""
    comptime INTRA_GC = Self(WTS_INLINING_INTRA_GC)
    """Those within modules that use garbage collection too."""
    comptime YES = Self(WTS_INLINING_YES)
    """All."""


@fieldwise_init
struct ProfilingStrategy(Equatable, TrivialRegisterPassable):
    """How native profilers learn of compiled code."""

    var code: Int32
    """One of the `WTS_PROFILING_*` numbers."""

    comptime NONE = Self(WTS_PROFILING_NONE)
    """They do not."""
    comptime PERFMAP = Self(WTS_PROFILING_PERFMAP)
    """By `/tmp/perf-PID.map`."""
    comptime JITDUMP = Self(WTS_PROFILING_JITDUMP)
    """By `jit-PID.dump` in the current folder."""


@fieldwise_init
struct PagemapScan(Equatable, TrivialRegisterPassable):
    """Whether the pool asks the kernel which pages were touched."""

    var code: Int32
    """One of the `WTS_PAGEMAP_SCAN_*` numbers."""

    comptime NO = Self(WTS_PAGEMAP_SCAN_NO)
    """Never."""
    comptime AUTO = Self(WTS_PAGEMAP_SCAN_AUTO)
    """If the kernel can."""
    comptime YES = Self(WTS_PAGEMAP_SCAN_YES)
    """Always; an engine cannot be made if the kernel cannot."""


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

    def set_map_artifacts(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether files of artifacts and of the cache are mapped instead of copied.

        Mapped ones load faster, but whoever changes such a file later can crash the process.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_MAP_ARTIFACTS, Int64(enabled))

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

    def set_wasm_simd(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept 128-bit vectors.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_SIMD, Int64(enabled))

    def set_wasm_relaxed_simd(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept vector instructions whose results may differ between machines.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_RELAXED_SIMD, Int64(enabled))

    def set_relaxed_simd_deterministic(
        self, enabled: Bool
    ) raises WasmtimeError:
        """Chooses whether relaxed vector instructions give the same results on every machine.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_RELAXED_SIMD_DETERMINISTIC, Int64(enabled))

    def set_wasm_bulk_memory(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept bulk memory instructions and passive segments.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_BULK_MEMORY, Int64(enabled))

    def set_wasm_multi_value(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept functions and blocks with several results.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_MULTI_VALUE, Int64(enabled))

    def set_wasm_reference_types(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept references as values, and several tables.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_REFERENCE_TYPES, Int64(enabled))

    def set_wasm_multi_memory(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept modules with several memories.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_MULTI_MEMORY, Int64(enabled))

    def set_wasm_memory64(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept memories and tables with 64-bit indices.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_MEMORY64, Int64(enabled))

    def set_wasm_gc(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept structs, arrays and i31 references.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_GC, Int64(enabled))

    def set_wasm_function_references(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept typed and non-null function references.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_FUNCTION_REFERENCES, Int64(enabled))

    def set_wasm_exceptions(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept exceptions.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_EXCEPTIONS, Int64(enabled))

    def set_wasm_tail_call(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept tail calls.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_TAIL_CALL, Int64(enabled))

    def set_wasm_extended_const(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept arithmetic in constant expressions.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_EXTENDED_CONST, Int64(enabled))

    def set_wasm_custom_page_sizes(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept memories with pages of one byte.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_CUSTOM_PAGE_SIZES, Int64(enabled))

    def set_wasm_component_model(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept components.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_COMPONENT_MODEL, Int64(enabled))

    def set_wasm_component_model_map(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept maps as values of components.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_COMPONENT_MODEL_MAP, Int64(enabled))

    def set_wasm_component_model_fixed_length_lists(
        self, enabled: Bool
    ) raises WasmtimeError:
        """Chooses whether to accept lists of fixed length as values of components.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(
            WTS_OPT_WASM_COMPONENT_MODEL_FIXED_LENGTH_LISTS, Int64(enabled)
        )

    def set_wasm_threads(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept atomic instructions and the type of shared memories.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_THREADS, Int64(enabled))

    def set_shared_memory(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether shared memories may be made.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_SHARED_MEMORY, Int64(enabled))

    def set_wasm_wide_arithmetic(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept instructions for 128-bit integers.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_WIDE_ARITHMETIC, Int64(enabled))

    def set_wasm_branch_hinting(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to read branch hints and lay out code by them.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_BRANCH_HINTING, Int64(enabled))

    def set_gc_support(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether there is a garbage collector.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_GC_SUPPORT, Int64(enabled))

    def set_compiler(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether the engine can compile, or loads artifacts only.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_COMPILER, Int64(enabled))

    def set_cranelift_debug_verifier(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether Cranelift checks its own work.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_CRANELIFT_DEBUG_VERIFIER, Int64(enabled))

    def set_cranelift_debug_checks(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether compiled code checks invariants of Wasmtime.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_CRANELIFT_DEBUG_CHECKS, Int64(enabled))

    def set_cranelift_nan_canonicalization(
        self, enabled: Bool
    ) raises WasmtimeError:
        """Chooses whether every NaN that an operation makes has the same bits.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_CRANELIFT_NAN_CANONICALIZATION, Int64(enabled))

    def set_cranelift_regalloc_algorithm(
        self, value: RegallocAlgorithm
    ) raises WasmtimeError:
        """Chooses how Cranelift allocates registers.

        Args:
            value: The choice.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_CRANELIFT_REGALLOC_ALGORITHM, Int64(value.code))

    def set_cranelift_flags(self, value: StringSpan) raises WasmtimeError:
        """Sets flags of Cranelift.

        Args:
            value: Names or `name=value`, separated by commas.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set_text(WTS_OPT_CRANELIFT_FLAGS, value)

    def set_inlining(self, value: Inlining) raises WasmtimeError:
        """Chooses which calls Cranelift inlines.

        Args:
            value: The choice.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_INLINING, Int64(value.code))

    def set_target(self, value: StringSpan) raises WasmtimeError:
        """Chooses what code is made for.

        Args:
            value: A target triple, such as `x86_64-unknown-linux-gnu`, or `pulley64`.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set_text(WTS_OPT_TARGET, value)

    def set_module_version(self, value: StringSpan) raises WasmtimeError:
        """Sets a version of the application's own, which artifacts must have.

        Args:
            value: The version.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set_text(WTS_OPT_MODULE_VERSION, value)

    def set_fuel_costs(self, value: StringSpan) raises WasmtimeError:
        """Sets how much fuel operators cost.

        Args:
            value: Such as `Call=10,I32DivS=4`.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set_text(WTS_OPT_FUEL_COSTS, value)

    def set_collector(self, value: Collector) raises WasmtimeError:
        """Chooses the garbage collector.

        Args:
            value: The choice.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_COLLECTOR, Int64(value.code))

    def set_gc_heap_initial_size(self, value: Int) raises WasmtimeError:
        """Sets what the heap of a collector begins with.

        Args:
            value: The size in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_GC_HEAP_INITIAL_SIZE, Int64(value))

    def set_gc_heap_reservation(self, value: Int) raises WasmtimeError:
        """Sets how much address space the heap of a collector reserves.

        Args:
            value: The size in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_GC_HEAP_RESERVATION, Int64(value))

    def set_gc_heap_reservation_for_growth(
        self, value: Int
    ) raises WasmtimeError:
        """Sets how much more address space the heap of a collector reserves when it moves.

        Args:
            value: The size in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_GC_HEAP_RESERVATION_FOR_GROWTH, Int64(value))

    def set_gc_heap_guard_size(self, value: Int) raises WasmtimeError:
        """Sets the size of the guard pages of a collector's heap.

        Args:
            value: The size in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_GC_HEAP_GUARD_SIZE, Int64(value))

    def set_gc_heap_may_move(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to let the heap of a collector move when it grows.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_GC_HEAP_MAY_MOVE, Int64(enabled))

    def set_guard_before_linear_memory(
        self, enabled: Bool
    ) raises WasmtimeError:
        """Chooses whether there is a guard region before each memory too.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_GUARD_BEFORE_LINEAR_MEMORY, Int64(enabled))

    def set_table_lazy_init(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to fill tables when they are first used.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_TABLE_LAZY_INIT, Int64(enabled))

    def set_memory_init_cow(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether memories begin as copy-on-write images.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_MEMORY_INIT_COW, Int64(enabled))

    def set_force_memory_init_memfd(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether copy-on-write images are kept in memory.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_FORCE_MEMORY_INIT_MEMFD, Int64(enabled))

    def set_memory_guaranteed_dense_image_size(
        self, value: Int
    ) raises WasmtimeError:
        """Sets up to which size a memory always gets a copy-on-write image.

        Args:
            value: The size in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_MEMORY_GUARANTEED_DENSE_IMAGE_SIZE, Int64(value))

    def set_signals_based_traps(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether traps are caught by signal handlers.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_SIGNALS_BASED_TRAPS, Int64(enabled))

    def set_macos_use_mach_ports(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether traps are caught by Mach ports on macOS.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_MACOS_USE_MACH_PORTS, Int64(enabled))

    def set_native_unwind_info(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to emit information for native unwinders.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_NATIVE_UNWIND_INFO, Int64(enabled))

    def set_generate_address_map(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to keep a map from code to offsets in the module.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_GENERATE_ADDRESS_MAP, Int64(enabled))

    def set_debug_symbols(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to keep a symbol table in compiled code.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_DEBUG_SYMBOLS, Int64(enabled))

    def set_guest_debug(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to instrument code for debuggers of WebAssembly.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_GUEST_DEBUG, Int64(enabled))

    def set_backtrace_details(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether backtraces have files and lines.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_BACKTRACE_DETAILS, Int64(enabled))

    def set_coredump_on_trap(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether a trap leaves a core dump.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_COREDUMP_ON_TRAP, Int64(enabled))

    def set_metadata_for_internal_asserts(
        self, enabled: Bool
    ) raises WasmtimeError:
        """Chooses whether failed assertions in compiled code are traps.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_METADATA_FOR_INTERNAL_ASSERTS, Int64(enabled))

    def set_metadata_for_gc_heap_corruption(
        self, enabled: Bool
    ) raises WasmtimeError:
        """Chooses whether a damaged heap of a collector is a trap.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_METADATA_FOR_GC_HEAP_CORRUPTION, Int64(enabled))

    def set_profiling_strategy(
        self, value: ProfilingStrategy
    ) raises WasmtimeError:
        """Chooses how native profilers learn of compiled code.

        Args:
            value: The choice.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_PROFILING_STRATEGY, Int64(value.code))

    def set_async_stack_size(self, value: Int) raises WasmtimeError:
        """Sets the stack of a fiber.

        Args:
            value: The size in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_ASYNC_STACK_SIZE, Int64(value))

    def set_async_stack_zeroing(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether the stacks of fibers are zeroed.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_ASYNC_STACK_ZEROING, Int64(enabled))

    def set_pool_stack_keep_resident(self, value: Int) raises WasmtimeError:
        """Sets how much of a stack stays resident between calls.

        Args:
            value: The size in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_STACK_KEEP_RESIDENT, Int64(value))

    def set_pool_decommit_batch_size(self, value: Int) raises WasmtimeError:
        """Sets how many places are given back to the system at once.

        Args:
            value: The number.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_DECOMMIT_BATCH_SIZE, Int64(value))

    def set_pool_pagemap_scan(self, value: PagemapScan) raises WasmtimeError:
        """Chooses whether the kernel is asked which pages were touched.

        Args:
            value: The choice.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_PAGEMAP_SCAN, Int64(value.code))

    def set_pool_component_instances(self, value: Int) raises WasmtimeError:
        """Limits the component instances in the pool.

        Args:
            value: The number.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_COMPONENT_INSTANCES, Int64(value))

    def set_pool_max_component_instance_size(
        self, value: Int
    ) raises WasmtimeError:
        """Limits the size of a component instance's own data.

        Args:
            value: The size in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_MAX_COMPONENT_INSTANCE_SIZE, Int64(value))

    def set_pool_instances_per_component(self, value: Int) raises WasmtimeError:
        """Limits the core instances of a component.

        Args:
            value: The number.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_INSTANCES_PER_COMPONENT, Int64(value))

    def set_pool_memories_per_component(self, value: Int) raises WasmtimeError:
        """Limits the memories of a component.

        Args:
            value: The number.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_MEMORIES_PER_COMPONENT, Int64(value))

    def set_pool_tables_per_component(self, value: Int) raises WasmtimeError:
        """Limits the tables of a component.

        Args:
            value: The number.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_POOL_TABLES_PER_COMPONENT, Int64(value))

    def set_wasm_sign_extension(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept instructions that extend signs.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_SIGN_EXTENSION, Int64(enabled))

    def set_wasm_saturating_float_to_int(
        self, enabled: Bool
    ) raises WasmtimeError:
        """Chooses whether to accept saturating conversions of floats.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_SATURATING_FLOAT_TO_INT, Int64(enabled))

    def set_wasm_mutable_global(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept mutable globals that are imported or exported.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_MUTABLE_GLOBAL, Int64(enabled))

    def set_wasm_floats(self, enabled: Bool) raises WasmtimeError:
        """Chooses whether to accept floats.

        Args:
            enabled: Whether to do so.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_WASM_FLOATS, Int64(enabled))

    def set_max_wasm_size(self, value: Int) raises WasmtimeError:
        """Limits how large modules and components may be to be compiled.

        Args:
            value: The limit in bytes.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_MAX_WASM_SIZE, Int64(value))

    def set_max_wasm_functions(self, value: Int) raises WasmtimeError:
        """Limits how many functions a module or a component may define to be
        compiled.

        Args:
            value: The limit.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        self._set(WTS_OPT_MAX_WASM_FUNCTIONS, Int64(value))
