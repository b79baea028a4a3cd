"""Mojo values on the heap, handed to the library as addresses."""

from std.memory import alloc, dealloc, Layout
from std.memory.alloc import ThinAllocation
from std.reflection import reflect

from ._ffi import Env, WTS_ERR_TYPE, WTS_OK
from ._lib import _Library
from .error import WasmtimeError, _error
from .types import Boxable


def _heap[T: Boxable](var value: T) -> Pointer[T, MutUntrackedOrigin]:
    var place = alloc(Layout[T].single()).unsafe_leak()
    place.unsafe_write(value^)
    return place


def _free[T: Boxable](place: Pointer[T, MutUntrackedOrigin]):
    place.unsafe_deinit_pointee()
    dealloc(
        ThinAllocation(unsafe_owned_ptr=place).unsafe_with_layout(
            Layout[T].single()
        )
    )


def _check_kept[
    T: Boxable
](
    lib: _Library, status: Int32, place: Pointer[T, MutUntrackedOrigin]
) raises WasmtimeError:
    """Raises if the library did not take a value over, and frees it then."""
    if status != WTS_OK:
        # Not after: what is freed may call the library.
        var error = WasmtimeError._last(lib, status)
        _free(place)
        raise error^


def _env[T: Boxable](place: Pointer[T, MutUntrackedOrigin]) -> Env:
    return place.unsafe_bitcast[UInt8]()


def _free_env[T: Boxable](env: Env) abi("C"):
    """Is the `Drop` of an `Env` that `_heap[T]` made."""
    _free(env.unsafe_bitcast[T]())


def _type_name[T: Boxable]() -> StaticString:
    """Names a type as no other one is named."""
    comptime name = reflect[T].name()
    comptime assert "<unprintable>" not in name, (
        "Mojo does not tell the whole name of this type, of a tuple say, so it"
        " cannot be told from others: make it a field of a struct of your own"
    )
    return name


struct _Boxed[T: Boxable](Movable):
    """A value that knows its type, so that it is never read as another one."""

    # The name comes first, so that it is found without knowing the type.
    var type_name: StaticString
    var value: Self.T

    def __init__(out self, var value: Self.T):
        self.type_name = _type_name[Self.T]()
        self.value = value^


def _unbox[
    T: Boxable
](lib: _Library, address: UInt64) raises WasmtimeError -> Pointer[
    T, MutUntrackedOrigin
]:
    """Finds the value in a box."""
    var box = Pointer[_Boxed[T], MutUntrackedOrigin](
        unsafe_from_address=Int(address)
    )
    var wanted = _type_name[T]()
    if box[].type_name != wanted:
        raise _error(
            lib,
            WTS_ERR_TYPE,
            String("the value is of type ", box[].type_name, ", not ", wanted),
        )
    return Pointer(to=box[].value)


struct _HostEnv[S: Boxable](Movable):
    """What a callback is registered with."""

    # First, because `Caller` looks for it there.
    var lib: _Library
    var state: Self.S

    def __init__(out self, var lib: _Library, var state: Self.S):
        self.lib = lib^
        self.state = state^


@fieldwise_init
struct _Stateless(Movable):
    """The state of a callback that has none."""

    pass


def _state[S: Boxable](env: Env) -> ref[MutUntrackedOrigin] S:
    return env.unsafe_bitcast[_HostEnv[S]]()[].state
