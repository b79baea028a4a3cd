"""Several results of one function."""

from std.sys import size_of

from ._columns import _Columns
from ._lib import _Library
from ._slots import _check_not_null, _give, _kind, _take
from .error import WasmtimeError
from .store import _StoreRef
from .types import ValKind, WasmTy


trait _Results(Copyable, Deinitable):
    """Several results."""

    comptime COUNT: Int
    """How many."""

    @staticmethod
    def kinds() -> List[ValKind]:
        """Lists the kinds."""
        ...

    @staticmethod
    def take(
        store: _StoreRef, slots: Pointer[mut=False, Int64, _]
    ) raises WasmtimeError -> Self:
        """Reads the results of a call."""
        ...

    def give(
        self, lib: _Library, slots: Pointer[mut=True, Int64, _]
    ) raises WasmtimeError:
        """Writes the results of a host function."""
        ...

    def add_columns(self, mut columns: _Columns):
        """Adds a column for each result, of rows of which this is the first."""
        ...


struct Results2[A: WasmTy, B: WasmTy](_Results):
    """Two results.

    Parameters:
        A: The type of the first.
        B: The type of the second.
    """

    comptime COUNT: Int = 2
    """How many."""
    var first: Self.A
    """The first result."""
    var second: Self.B
    """The second result."""

    def __init__(out self, var first: Self.A, var second: Self.B):
        """Bundles two results.

        Args:
            first: The first result.
            second: The second result.
        """
        self.first = first^
        self.second = second^

    def tuple(self) -> Tuple[Self.A, Self.B]:
        """Unbundles the results.

        Returns:
            The results as a tuple.
        """
        return (self.first.copy(), self.second.copy())

    @doc_hidden
    @staticmethod
    def kinds() -> List[ValKind]:
        return [_kind[Self.A](), _kind[Self.B]()]

    @doc_hidden
    @staticmethod
    def take(
        store: _StoreRef, slots: Pointer[mut=False, Int64, _]
    ) raises WasmtimeError -> Self:
        _check_not_null[Self.A, Self.B](store[].lib, slots)
        return Self(
            _take[Self.A](store, slots[unsafe_offset=0]),
            _take[Self.B](store, slots[unsafe_offset=1]),
        )

    @doc_hidden
    def give(
        self, lib: _Library, slots: Pointer[mut=True, Int64, _]
    ) raises WasmtimeError:
        slots[unsafe_offset=0] = _give(lib, self.first)
        slots[unsafe_offset=1] = _give(lib, self.second)

    @doc_hidden
    def add_columns(self, mut columns: _Columns):
        columns.append(Pointer(to=self.first), size_of[Self]())
        columns.append(Pointer(to=self.second), size_of[Self]())


struct Results3[A: WasmTy, B: WasmTy, C: WasmTy](_Results):
    """Three results.

    Parameters:
        A: The type of the first.
        B: The type of the second.
        C: The type of the third.
    """

    comptime COUNT: Int = 3
    """How many."""
    var first: Self.A
    """The first result."""
    var second: Self.B
    """The second result."""
    var third: Self.C
    """The third result."""

    def __init__(
        out self, var first: Self.A, var second: Self.B, var third: Self.C
    ):
        """Bundles three results.

        Args:
            first: The first result.
            second: The second result.
            third: The third result.
        """
        self.first = first^
        self.second = second^
        self.third = third^

    def tuple(self) -> Tuple[Self.A, Self.B, Self.C]:
        """Unbundles the results.

        Returns:
            The results as a tuple.
        """
        return (self.first.copy(), self.second.copy(), self.third.copy())

    @doc_hidden
    @staticmethod
    def kinds() -> List[ValKind]:
        return [_kind[Self.A](), _kind[Self.B](), _kind[Self.C]()]

    @doc_hidden
    @staticmethod
    def take(
        store: _StoreRef, slots: Pointer[mut=False, Int64, _]
    ) raises WasmtimeError -> Self:
        _check_not_null[Self.A, Self.B, Self.C](store[].lib, slots)
        return Self(
            _take[Self.A](store, slots[unsafe_offset=0]),
            _take[Self.B](store, slots[unsafe_offset=1]),
            _take[Self.C](store, slots[unsafe_offset=2]),
        )

    @doc_hidden
    def give(
        self, lib: _Library, slots: Pointer[mut=True, Int64, _]
    ) raises WasmtimeError:
        slots[unsafe_offset=0] = _give(lib, self.first)
        slots[unsafe_offset=1] = _give(lib, self.second)
        slots[unsafe_offset=2] = _give(lib, self.third)

    @doc_hidden
    def add_columns(self, mut columns: _Columns):
        columns.append(Pointer(to=self.first), size_of[Self]())
        columns.append(Pointer(to=self.second), size_of[Self]())
        columns.append(Pointer(to=self.third), size_of[Self]())


struct Results4[A: WasmTy, B: WasmTy, C: WasmTy, D: WasmTy](_Results):
    """Four results.

    Parameters:
        A: The type of the first.
        B: The type of the second.
        C: The type of the third.
        D: The type of the fourth.
    """

    comptime COUNT: Int = 4
    """How many."""
    var first: Self.A
    """The first result."""
    var second: Self.B
    """The second result."""
    var third: Self.C
    """The third result."""
    var fourth: Self.D
    """The fourth result."""

    def __init__(
        out self,
        var first: Self.A,
        var second: Self.B,
        var third: Self.C,
        var fourth: Self.D,
    ):
        """Bundles four results.

        Args:
            first: The first result.
            second: The second result.
            third: The third result.
            fourth: The fourth result.
        """
        self.first = first^
        self.second = second^
        self.third = third^
        self.fourth = fourth^

    def tuple(self) -> Tuple[Self.A, Self.B, Self.C, Self.D]:
        """Unbundles the results.

        Returns:
            The results as a tuple.
        """
        return (
            self.first.copy(),
            self.second.copy(),
            self.third.copy(),
            self.fourth.copy(),
        )

    @doc_hidden
    @staticmethod
    def kinds() -> List[ValKind]:
        return [
            _kind[Self.A](),
            _kind[Self.B](),
            _kind[Self.C](),
            _kind[Self.D](),
        ]

    @doc_hidden
    @staticmethod
    def take(
        store: _StoreRef, slots: Pointer[mut=False, Int64, _]
    ) raises WasmtimeError -> Self:
        _check_not_null[Self.A, Self.B, Self.C, Self.D](store[].lib, slots)
        return Self(
            _take[Self.A](store, slots[unsafe_offset=0]),
            _take[Self.B](store, slots[unsafe_offset=1]),
            _take[Self.C](store, slots[unsafe_offset=2]),
            _take[Self.D](store, slots[unsafe_offset=3]),
        )

    @doc_hidden
    def give(
        self, lib: _Library, slots: Pointer[mut=True, Int64, _]
    ) raises WasmtimeError:
        slots[unsafe_offset=0] = _give(lib, self.first)
        slots[unsafe_offset=1] = _give(lib, self.second)
        slots[unsafe_offset=2] = _give(lib, self.third)
        slots[unsafe_offset=3] = _give(lib, self.fourth)

    @doc_hidden
    def add_columns(self, mut columns: _Columns):
        columns.append(Pointer(to=self.first), size_of[Self]())
        columns.append(Pointer(to=self.second), size_of[Self]())
        columns.append(Pointer(to=self.third), size_of[Self]())
        columns.append(Pointer(to=self.fourth), size_of[Self]())
