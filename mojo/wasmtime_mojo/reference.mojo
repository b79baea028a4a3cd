"""References: to host values that WebAssembly holds without looking inside, and to its own objects."""

from std.memory import ArcPointer

from ._box import _Boxed, _check_kept, _env, _free_env, _heap, _unbox
from .array import ArrayRef
from ._lib import _Library
from .error import WasmtimeError, _check
from .gc_type import ArrayType, RefType, StructType
from .store import _StoreRef, Store
from .struct_ import StructRef
from .types import Boxable, ValKind


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
        _check_kept(inner.lib, status, box)
        self = Self(_store=store._inner, handle=handle)

    @doc_hidden
    def __init__(out self, *, _store: _StoreRef, handle: UInt64):
        """Takes a handle over."""
        self._inner = ArcPointer(_RefInner(_store, handle))

    @doc_hidden
    def __init__(out self, *, _of: ArcPointer[_RefInner]):
        self._inner = _of

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


struct AnyRef(ImplicitlyCopyable):
    """An internal reference: to a struct, an array, a 31-bit integer, or a host value made internal.

    A copy is the same reference.
    """

    var _inner: ArcPointer[_RefInner]

    @doc_hidden
    def __init__(out self, *, _store: _StoreRef, handle: UInt64):
        """Takes a handle over."""
        self._inner = ArcPointer(_RefInner(_store, handle))

    @doc_hidden
    def __init__(out self, *, _of: ArcPointer[_RefInner]):
        self._inner = _of

    @implicit
    def __init__(out self, value: StructRef):
        """Widens a reference to a struct.

        Args:
            value: The struct.
        """
        self._inner = value._inner

    @implicit
    def __init__(out self, value: ArrayRef):
        """Widens a reference to an array.

        Args:
            value: The array.
        """
        self._inner = value._inner

    @staticmethod
    def from_i31(store: Store, value: Int32) raises WasmtimeError -> Self:
        """Makes a reference that is a 31-bit integer.

        Args:
            store: The store.
            value: The integer, meant signed or unsigned: from -2^30 to 2^31 - 1.

        Returns:
            The reference.

        Raises:
            WasmtimeError: If the value does not fit.
        """
        ref inner = store._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].i31_new(inner.handle, value, Pointer(to=handle)),
        )
        return Self(_store=store._inner, handle=handle)

    @staticmethod
    def from_extern(value: ExternRef) raises WasmtimeError -> Self:
        """Makes an internal reference of a host reference: `any.convert_extern`.

        Args:
            value: The host reference.

        Returns:
            A reference to the same object.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref store = value._inner[].store
        var handle = UInt64(0)
        _check(
            store[].lib,
            store[]
            .lib[]
            .anyref_convert_extern(value._inner[].handle, Pointer(to=handle)),
        )
        return Self(_store=store, handle=handle)

    def to_extern(self) raises WasmtimeError -> ExternRef:
        """Makes a host reference of it: `extern.convert_any`.

        Returns:
            A reference to the same object.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref store = self._inner[].store
        var handle = UInt64(0)
        _check(
            store[].lib,
            store[]
            .lib[]
            .externref_convert_any(self._inner[].handle, Pointer(to=handle)),
        )
        return ExternRef(_store=store, handle=handle)

    def kind(self) raises WasmtimeError -> ValKind:
        """Tells what it refers to, as exactly as there are kinds.

        Returns:
            `ValKind.STRUCTREF`, `ARRAYREF`, `I31REF`, or `ANYREF` for a host value.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = self._inner[].store[].lib
        var kind = ValKind(0)
        _check(
            lib,
            lib[].reference_kind(self._inner[].handle, Pointer(to=kind.code)),
        )
        return kind

    def matches(self, kind: ValKind) -> Bool:
        """Tells whether it is of a kind of references: `ref.test`.

        Args:
            kind: The kind, such as `ValKind.EQREF`.

        Returns:
            True if it is.
        """
        return _is(self._inner, kind)

    def matches(self, type: StructType) raises WasmtimeError -> Bool:
        """Tells whether it is a struct of a type: `ref.test`.

        Args:
            type: The type.

        Returns:
            True if its own type is the same or a subtype.

        Raises:
            WasmtimeError: If the type belongs to another engine.
        """
        return self._matches(type._inner[].handle)

    def matches(self, type: ArrayType) raises WasmtimeError -> Bool:
        """Tells whether it is an array of a type: `ref.test`.

        Args:
            type: The type.

        Returns:
            True if its own type is the same or a subtype.

        Raises:
            WasmtimeError: If the type belongs to another engine.
        """
        return self._matches(type._inner[].handle)

    def matches(self, type: RefType) raises WasmtimeError -> Bool:
        """Tells whether it is of a reference type: `ref.test`.

        Args:
            type: The type.

        Returns:
            True if it is.

        Raises:
            WasmtimeError: If the type belongs to another engine.
        """
        return self._matches(type._inner[].handle)

    @doc_hidden
    def _matches(self, type: UInt64) raises WasmtimeError -> Bool:
        ref lib = self._inner[].store[].lib
        var matches = Int32(0)
        _check(
            lib,
            lib[].reference_matches(
                self._inner[].handle, type, Pointer(to=matches)
            ),
        )
        return matches != 0

    def same(self, other: Self) raises WasmtimeError -> Bool:
        """Tells whether two references are of the same object: `ref.eq`.

        Args:
            other: The other reference.

        Returns:
            True if they are; two 31-bit integers are when they are equal.

        Raises:
            WasmtimeError: If the other one belongs to another store.
        """
        ref lib = self._inner[].store[].lib
        var same = Int32(0)
        _check(
            lib,
            lib[].reference_same(
                self._inner[].handle, other._inner[].handle, Pointer(to=same)
            ),
        )
        return same != 0

    def i31(self) raises WasmtimeError -> Int32:
        """Reads a 31-bit integer as signed.

        Returns:
            The integer.

        Raises:
            WasmtimeError: If it refers to something else.
        """
        ref lib = self._inner[].store[].lib
        var value = Int32(0)
        _check(lib, lib[].i31_get(self._inner[].handle, Pointer(to=value)))
        return value

    def i31_unsigned(self) raises WasmtimeError -> UInt32:
        """Reads a 31-bit integer as unsigned.

        Returns:
            The integer.

        Raises:
            WasmtimeError: If it refers to something else.
        """
        ref lib = self._inner[].store[].lib
        var value = UInt32(0)
        _check(lib, lib[].i31_get_u(self._inner[].handle, Pointer(to=value)))
        return value

    def as_struct(self) -> Optional[StructRef]:
        """Narrows it to a struct.

        Returns:
            The struct, or `None` if it refers to something else.
        """
        if not self.matches(ValKind.STRUCTREF):
            return None
        return StructRef(_of=self._inner)

    def as_array(self) -> Optional[ArrayRef]:
        """Narrows it to an array.

        Returns:
            The array, or `None` if it refers to something else.
        """
        if not self.matches(ValKind.ARRAYREF):
            return None
        return ArrayRef(_of=self._inner)


def _is(reference: ArcPointer[_RefInner], kind: ValKind) -> Bool:
    ref lib = reference[].store[].lib
    var answer = Int32(0)
    _ = lib[].reference_is(reference[].handle, kind.code, Pointer(to=answer))
    return answer != 0


def _clone(lib: _Library, handle: UInt64) raises WasmtimeError -> UInt64:
    var copy = UInt64(0)
    _check(lib, lib[].reference_clone(handle, Pointer(to=copy)))
    return copy
