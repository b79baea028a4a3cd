"""Samples of the WebAssembly stack, for Firefox's profiler."""

from std.memory import ArcPointer

from ._lib import _Library, _take_buffer
from .engine import Engine
from .error import WasmtimeError, _check
from .module import Module
from .store import HookEvent, Store


struct _ProfilerInner(Movable):
    var lib: _Library
    var handle: UInt64

    def __init__(out self, var lib: _Library, handle: UInt64):
        self.lib = lib^
        self.handle = handle

    def __deinit__(deinit self):
        _ = self.lib[].profiler_delete(self.handle)


struct Profiler(ImplicitlyCopyable):
    """Records where WebAssembly spends its time.

    A copy is the same profiler. Call `sample` at regular times in callbacks of the store, such as host functions.
    """

    var _inner: ArcPointer[_ProfilerInner]

    def __init__(
        out self,
        engine: Engine,
        name: StringSpan,
        modules: List[Module],
        *,
        interval_ns: UInt64 = 1_000_000,
    ) raises WasmtimeError:
        """Makes a profiler, which from now on measures time.

        Args:
            engine: The engine.
            name: The name of the profile.
            modules: The modules whose functions are recorded; others are left out.
            interval_ns: About how long there is between samples, in nanoseconds.

        Raises:
            WasmtimeError: If a module is of another engine.
        """
        ref inner = engine._inner[]
        var handles = [module._inner[].handle for module in modules]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].profiler_new(
                inner.handle,
                name.unsafe_ptr(),
                name.byte_length(),
                interval_ns,
                handles.unsafe_ptr(),
                len(handles),
                Pointer(to=handle),
            ),
        )
        self._inner = ArcPointer(_ProfilerInner(inner.lib, handle))

    def sample(self, store: Store, delta_ns: UInt64 = 0) raises WasmtimeError:
        """Records the WebAssembly stack of a store as it is now.

        Args:
            store: The store, one of whose callbacks is running; else the sample is empty.
            delta_ns: The processor time since the sample before, in nanoseconds.

        Raises:
            WasmtimeError: If the profiler is finished or the store is of another engine.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].profiler_sample(
                inner.handle, store._inner[].handle, delta_ns
            ),
        )

    def call_hook(self, store: Store, event: HookEvent) raises WasmtimeError:
        """Records that a host function is called or returns; call it in the store's call hook.

        Args:
            store: The store.
            event: What the hook was told.

        Raises:
            WasmtimeError: If the profiler is finished or the store is of another engine.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].profiler_call_hook(
                inner.handle, store._inner[].handle, event.code
            ),
        )

    def finish(self) raises WasmtimeError -> String:
        """Ends the profile.

        Returns:
            JSON for https://profiler.firefox.com.

        Raises:
            WasmtimeError: If it is finished already.
        """
        ref inner = self._inner[]
        var buffer = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].profiler_finish(inner.handle, Pointer(to=buffer)),
        )
        return String(from_utf8_lossy=_take_buffer(inner.lib, buffer))
