"""Values of which the type is known at run time only."""

from std.memory import ArcPointer, bitcast

from ._ffi import WTS_ERR_TYPE, WTS_KIND_FUNC
from .error import WasmtimeError
from .exn import ExnRef
from .func import Func
from .reference import _clone, _is, _RefInner, AnyRef, ExternRef
from .store import _StoreRef
from .types import ValKind, WasmTy
from ._slots import _kind, _lend, _number
from ._lib import _Library


struct WasmtimeVal(ImplicitlyCopyable, Writable):
    """A WebAssembly value with its kind. It lives in Mojo only."""

    var kind: ValKind
    """The kind of the value."""
    var _low: Int64
    var _high: Int64
    var _func: Optional[Func]
    var _ref: Optional[ArcPointer[_RefInner]]

    def __init__(out self):
        """Makes the i32 0."""
        self = Self(ValKind.I32, 0)

    @doc_hidden
    def __init__(out self, kind: ValKind, low: Int64, high: Int64 = 0):
        self.kind = kind
        self._low = low
        self._high = high
        self._func = None
        self._ref = None

    @doc_hidden
    def __init__(out self, kind: ValKind, *, _of: ArcPointer[_RefInner]):
        self = Self(kind, Int64(_of[].handle))
        self._ref = _of

    @staticmethod
    def from_i32(value: Int32) -> Self:
        """Makes an i32.

        Args:
            value: The value.

        Returns:
            The value with its kind.
        """
        return Self(ValKind.I32, _lend(value))

    @staticmethod
    def from_i64(value: Int64) -> Self:
        """Makes an i64.

        Args:
            value: The value.

        Returns:
            The value with its kind.
        """
        return Self(ValKind.I64, value)

    @staticmethod
    def from_f32(value: Float32) -> Self:
        """Makes an f32.

        Args:
            value: The value.

        Returns:
            The value with its kind.
        """
        return Self(ValKind.F32, _lend(value))

    @staticmethod
    def from_f64(value: Float64) -> Self:
        """Makes an f64.

        Args:
            value: The value.

        Returns:
            The value with its kind.
        """
        return Self(ValKind.F64, _lend(value))

    @staticmethod
    def from_v128(value: SIMD[DType.uint64, 2]) -> Self:
        """Makes a v128.

        Args:
            value: The two halves, low half first.

        Returns:
            The value with its kind.
        """
        return Self(
            ValKind.V128,
            bitcast[DType.int64](value[0]),
            bitcast[DType.int64](value[1]),
        )

    @staticmethod
    def from_func(value: Func) -> Self:
        """Makes a funcref.

        Args:
            value: The function.

        Returns:
            The value with its kind.
        """
        var result = Self(ValKind.FUNCREF, Int64(value._handle))
        result._func = value
        return result^

    @staticmethod
    def from_extern(value: ExternRef) -> Self:
        """Makes an externref.

        Args:
            value: The reference.

        Returns:
            The value with its kind.
        """
        return Self(ValKind.EXTERNREF, _of=value._inner)

    @staticmethod
    def from_any(value: AnyRef) -> Self:
        """Makes an anyref.

        Args:
            value: The reference.

        Returns:
            The value with its kind.
        """
        return Self(ValKind.ANYREF, _of=value._inner)

    @staticmethod
    def from_exn(value: ExnRef) -> Self:
        """Makes an exnref.

        Args:
            value: The exception.

        Returns:
            The value with its kind.
        """
        return Self(ValKind.EXNREF, _of=value._inner)

    @staticmethod
    def null(kind: ValKind) -> Self:
        """Makes a null reference.

        Args:
            kind: The kind, such as `ValKind.EXTERNREF`.

        Returns:
            The value with its kind.
        """
        return Self(kind, 0)

    def get_i32(self) -> Int32:
        """Gets an i32; of another kind, meaningless. `get` checks.

        Returns:
            The value.
        """
        return _number[Int32](self._low)

    def get_i64(self) -> Int64:
        """Gets an i64; of another kind, meaningless. `get` checks.

        Returns:
            The value.
        """
        return self._low

    def get_f32(self) -> Float32:
        """Gets an f32; of another kind, meaningless. `get` checks.

        Returns:
            The value.
        """
        return _number[Float32](self._low)

    def get_f64(self) -> Float64:
        """Gets an f64; of another kind, meaningless. `get` checks.

        Returns:
            The value.
        """
        return _number[Float64](self._low)

    def get_v128(self) -> SIMD[DType.uint64, 2]:
        """Gets a v128; of another kind, meaningless.

        Returns:
            The two halves, low half first.
        """
        return SIMD[DType.uint64, 2](
            bitcast[DType.uint64](self._low), bitcast[DType.uint64](self._high)
        )

    def get_func(self) -> Optional[Func]:
        """Gets a funcref.

        Returns:
            The function, or `None` if it is null or of another kind.
        """
        return self._func

    def get_extern(self) -> Optional[ExternRef]:
        """Gets an externref.

        Returns:
            The reference, or `None` if it is null or of another kind.
        """
        return ExternRef(_of=self._ref.value()) if self._is(
            ValKind.EXTERNREF
        ) else Optional[ExternRef](None)

    def get_any(self) -> Optional[AnyRef]:
        """Gets an internal reference, such as to a struct.

        Returns:
            The reference, or `None` if it is null or of another kind.
        """
        return AnyRef(_of=self._ref.value()) if self._is(
            ValKind.ANYREF
        ) else Optional[AnyRef](None)

    def get_exn(self) -> Optional[ExnRef]:
        """Gets an exnref.

        Returns:
            The exception, or `None` if it is null or of another kind.
        """
        return ExnRef(_of=self._ref.value()) if self._is(
            ValKind.EXNREF
        ) else Optional[ExnRef](None)

    @doc_hidden
    def _is(self, kind: ValKind) -> Bool:
        return Bool(self._ref) and _is(self._ref.value(), kind)

    def get[T: WasmTy](self) raises WasmtimeError -> T:
        """Gets a number of a type that is checked.

        Parameters:
            T: The type, such as `Int32`; a value of another kind raises.

        Returns:
            The value.

        Raises:
            WasmtimeError: If the value is of another kind.
        """
        comptime assert _kind[
            T
        ]().is_number(), "use get_func, get_extern, get_any or get_exn"
        if self.kind != _kind[T]():
            raise WasmtimeError(
                WTS_ERR_TYPE,
                "WTS_ERR_TYPE",
                String(
                    "the value is of kind ", self.kind, ", not ", _kind[T]()
                ),
            )
        return _number[T](self._low)

    @doc_hidden
    def _fits(self, kind: ValKind) -> Bool:
        """Tells whether this may be an argument of that kind; of references the library judges."""
        if self.kind.slots() != kind.slots():
            return False
        return self.kind == kind or not (
            self.kind.is_number() or kind.is_number()
        )

    @doc_hidden
    def _append_to(self, mut slots: List[Int64]):
        slots.append(self._low)
        if self.kind == ValKind.V128:
            slots.append(self._high)

    @doc_hidden
    def _give(self, lib: _Library) raises WasmtimeError -> Int64:
        """Makes the first slot of a result of a host function."""
        if self._ref:
            return Int64(_clone(lib, UInt64(self._low)))
        return self._low

    @doc_hidden
    @staticmethod
    def _take(
        store: _StoreRef, kind: ValKind, slots: List[Int64], index: Int
    ) raises WasmtimeError -> Self:
        """Reads a result of a call, of which a reference is ours from now on."""
        var low = slots[index]
        if kind == ValKind.V128:
            return Self(kind, low, slots[index + 1])
        if kind.is_number() or low == 0:
            return Self(kind, low)
        if store[].lib[].handle_kind(UInt64(low)) == WTS_KIND_FUNC:
            var func = Self.from_func(Func(store, UInt64(low)))
            func.kind = kind
            return func^
        return Self(kind, _of=ArcPointer(_RefInner(store, UInt64(low))))

    def write_to(self, mut writer: Some[Writer]):
        """Writes the kind and the value.

        Args:
            writer: Where to write.
        """
        writer.write(self.kind, ":")
        if self.kind == ValKind.I32:
            writer.write(self.get_i32())
        elif self.kind == ValKind.I64:
            writer.write(self.get_i64())
        elif self.kind == ValKind.F32:
            writer.write(self.get_f32())
        elif self.kind == ValKind.F64:
            writer.write(self.get_f64())
        elif self.kind == ValKind.V128:
            writer.write(self.get_v128())
        elif self._low == 0:
            writer.write("null")
        else:
            writer.write("reference")


def _slots_of(values: List[WasmtimeVal]) -> List[Int64]:
    """Lends values as slots; they are to outlive the call."""
    var slots = List[Int64](capacity=len(values))
    for value in values:
        value._append_to(slots)
    return slots^
