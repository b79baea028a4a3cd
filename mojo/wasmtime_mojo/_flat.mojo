"""Mojo values of host functions of components: slots, and the bytes of a `string` or `list<u8>`."""

from std.memory import bitcast

from ._ffi import Args
from .types import WasmTy

comptime _UNSUPPORTED = (
    "a host function of a component takes and returns Bool, Int8 to Int64,"
    " UInt8 to UInt64, Float32, Float64 and Codepoint, and among its parameters"
    " and as its result one String or List[UInt8]; func_wave takes all others"
    " as text"
)


def _flat_name[T: WasmTy]() -> StaticString:
    """Names a type as WIT does."""
    comptime if T == Bool:
        return "bool"
    elif T == Int8:
        return "s8"
    elif T == UInt8:
        return "u8"
    elif T == Int16:
        return "s16"
    elif T == UInt16:
        return "u16"
    elif T == Int32:
        return "s32"
    elif T == UInt32:
        return "u32"
    elif T == Int64:
        return "s64"
    elif T == UInt64:
        return "u64"
    elif T == Float32:
        return "f32"
    elif T == Float64:
        return "f64"
    elif T == Codepoint:
        return "char"
    elif T == String:
        return "string"
    elif T == List[UInt8]:
        return "list<u8>"
    else:
        comptime assert False, _UNSUPPORTED


def _flat_type[R: WasmTy, *Ps: WasmTy]() -> String:
    """Writes the type of a function as WIT does."""
    var type = String("func(")
    comptime for i in range(Ps.__len__()):
        comptime if i > 0:
            type += ", "
        type += _flat_name[Ps[i]]()
    type += ")"
    comptime if R != NoneType:
        type += " -> "
        type += _flat_name[R]()
    return type


def _is_bytes[T: WasmTy]() -> Bool:
    return T == String or T == List[UInt8]


def _is_narrow[T: WasmTy]() -> Bool:
    """Tells whether components alone have values of this type in slots."""
    return (
        T == Int8 or T == UInt8 or T == Int16 or T == UInt16 or T == Codepoint
    )


def _bytes_position[*Ps: WasmTy]() -> Int:
    """Finds the parameter that is bytes; -1 if there is none."""
    var position = -1
    comptime for i in range(Ps.__len__()):
        if _is_bytes[Ps[i]]():
            if position >= 0:
                # Said by the caller, which can.
                return -2
            position = i
    return position


def _narrow[T: WasmTy](slot: Int64) -> T:
    """Reads a value that components alone have. The library has checked the type."""
    comptime if T == Int8:
        return rebind_var[T](Int8(slot))
    elif T == UInt8:
        return rebind_var[T](UInt8(slot))
    elif T == Int16:
        return rebind_var[T](Int16(slot))
    elif T == UInt16:
        return rebind_var[T](UInt16(slot))
    else:
        return rebind_var[T](Codepoint(unsafe_unchecked_codepoint=UInt32(slot)))


def _narrow_slot[T: WasmTy](value: T) -> Int64:
    """Makes the slot of a value that components alone have."""
    comptime if T == Int8:
        return Int64(rebind[Int8](value))
    elif T == UInt8:
        return Int64(rebind[UInt8](value))
    elif T == Int16:
        return Int64(rebind[Int16](value))
    elif T == UInt16:
        return Int64(rebind[UInt16](value))
    else:
        return Int64(rebind[Codepoint](value).to_u32())


def _copy_bytes[T: WasmTy](slot: Int64) -> T:
    """Reads bytes. Their slot has the address of two others, with their address and their number."""
    var lent = Args(unsafe_from_address=Int(slot))
    var bytes = Span(
        unsafe_ptr=Pointer[UInt8, ImmUntrackedOrigin](
            unsafe_from_address=Int(lent[])
        ),
        length=Int(lent[unsafe_offset=1]),
    )
    comptime if T == String:
        return rebind_var[T](String(from_utf8_lossy=bytes))
    else:
        return rebind_var[T](List[UInt8](bytes))
