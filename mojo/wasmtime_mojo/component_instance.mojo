"""Instances of components."""

from .component_func import ComponentFunc
from .error import WasmtimeError, _check
from .store import _StoreRef
from .types import WasmTy


struct ComponentInstance(ImplicitlyCopyable):
    """An instance of a component in a store.

    A copy is the same instance. It keeps its store alive.
    """

    var _store: _StoreRef
    var _handle: UInt64

    @doc_hidden
    def __init__(out self, store: _StoreRef, handle: UInt64):
        self._store = store
        self._handle = handle

    def func(self, path: StringSpan) raises WasmtimeError -> ComponentFunc:
        """Finds an exported function.

        Args:
            path: Its name, such as `run`; for a member of an instance `ns:pkg/iface@1.0.0#func`.

        Returns:
            The function.

        Raises:
            WasmtimeError: If there is no such export; the message lists those that exist.
        """
        ref lib = self._store[].lib
        var handle = UInt64(0)
        _check(
            lib,
            lib[].component_instance_get_func(
                self._handle,
                path.unsafe_ptr(),
                path.byte_length(),
                Pointer(to=handle),
            ),
        )
        return ComponentFunc(self._store, handle)

    def call[
        R: WasmTy = NoneType, *Ps: WasmTy
    ](self, path: StringSpan, *args: *Ps) raises WasmtimeError -> R:
        """Calls an exported function with Mojo values; see `ComponentFunc.call`.

        Parameters:
            R: The type of the result; without it there is none.
            Ps: The types of the arguments.

        Args:
            path: The path of the function.
            args: The arguments.

        Returns:
            The result.

        Raises:
            WasmtimeError: If there is no such function, it has other types, or it traps.
        """
        return self.func(path).call[R, *Ps](*args)

    def call_wave(
        self, path: StringSpan, args: StringSpan
    ) raises WasmtimeError -> String:
        """Calls an exported function with text; see `ComponentFunc.call_wave`.

        Args:
            path: The path of the function.
            args: The arguments, a tuple in WAVE.

        Returns:
            The result in WAVE, empty if there is none.

        Raises:
            WasmtimeError: If there is no such function, the text does not fit its types, or it traps.
        """
        return self.func(path).call_wave(args)
