"""Columns of numbers: one array for each parameter and result."""

from std.sys import size_of

from ._slots import _kind
from .types import WasmTy

comptime _Address = Pointer[UInt8, MutUntrackedOrigin]

comptime _ListOf[T: WasmTy]: WasmTy = List[T]


struct _Columns(Movable):
    """Where columns are. It does not keep them alive: they are arguments of who fills it, or returned by it."""

    var starts: List[_Address]
    var strides: List[Int]
    var lengths: List[Int]

    def __init__(out self):
        self.starts = []
        self.strides = []
        self.lengths = []

    def append[T: WasmTy](mut self, first: Pointer[T, _], stride: Int):
        comptime assert (
            _kind[T]().is_number() and T != Bool
        ), "a column is of Int32, UInt32, Int64, UInt64, Float32 or Float64"
        self.starts.append(
            first.unsafe_bitcast[UInt8]()
            .unsafe_mut_cast[True]()
            .unsafe_origin_cast[MutUntrackedOrigin]()
        )
        self.strides.append(stride)

    def append[T: WasmTy](mut self, column: Span[T, _]):
        self.append(column.unsafe_ptr(), size_of[T]())
        self.lengths.append(len(column))
