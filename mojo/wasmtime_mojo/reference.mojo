"""References to host values that WebAssembly holds without looking inside."""

from std.memory import ArcPointer

from ._box import _Boxed, _env, _free, _free_env, _heap, _unbox
from ._ffi import WTS_OK
from ._lib import _Library
from .error import WasmtimeError, _check
from .store import _StoreRef, Store
from .types import Boxable


struct _RefInner(Movable):
    # Keeps the store alive.
    var store: _StoreRef
    var handle: UInt64

    def __init__(out self, var store: _StoreRef, handle: UInt64):
        self.store = store^
        self.handle = handle

    def __deinit__(deinit self):
        _ = self.store[].lib[].reference_delete(self.handle)
        _ = self.store^


struct ExternRef(ImplicitlyCopyable):
    """An `externref`: a Mojo value that WebAssembly can hold and hand back.

    A copy is the same reference. The value is destroyed when neither Mojo nor WebAssembly holds the reference.
    """

    var _inner: ArcPointer[_RefInner]

    def __init__[
        T: Boxable, //
    ](out self, store: Store, var value: T) raises WasmtimeError:
        """Hands a value to a store.

        Parameters:
            T: The type of the value.

        Args:
            store: The store.
            value: The value.

        Raises:
            WasmtimeError: If the store was closed.
        """
        var box = _heap(_Boxed(value^))
        ref inner = store._inner[]
        var handle = UInt64(0)
        var status = inner.lib[].externref_new(
            inner.handle,
            UInt64(Int(box)),
            _env(box),
            _free_env[_Boxed[T]],
            Pointer(to=handle),
        )
        if status != WTS_OK:
            _free(box)
        _check(inner.lib, status)
        self = Self(_store=store._inner, handle=handle)

    @doc_hidden
    def __init__(out self, *, _store: _StoreRef, handle: UInt64):
        """Takes a handle over."""
        self._inner = ArcPointer(_RefInner(_store, handle))

    @doc_hidden
    @staticmethod
    def _clone(store: _StoreRef, handle: UInt64) raises WasmtimeError -> Self:
        """Makes a reference of its own from a handle that is only lent."""
        return Self(_store=store, handle=_clone(store[].lib, handle))

    def get[
        T: Boxable, *, origin: ImmOrigin
    ](
        ref[origin] self,
    ) raises WasmtimeError -> ref[
        origin.unsafe_mut_cast[True]()
    ] T:
        """Reaches the value.

        Parameters:
            T: The type of the value; another type than it has raises.
            origin: The origin of this object, which lives as long as the reference.

        Returns:
            A reference to the value.

        Raises:
            WasmtimeError: If the value is of another type or the store was closed.
        """
        ref lib = self._inner[].store[].lib
        var box = UInt64(0)
        _check(lib, lib[].externref_get(self._inner[].handle, Pointer(to=box)))
        return _unbox[T](lib, box)[]


def _clone(lib: _Library, handle: UInt64) raises WasmtimeError -> UInt64:
    var copy = UInt64(0)
    _check(lib, lib[].reference_clone(handle, Pointer(to=copy)))
    return copy
