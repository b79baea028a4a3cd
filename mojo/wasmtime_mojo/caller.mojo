"""Who called a host function."""

from ._ffi import Args, Env, WTS_KIND_FUNC, WTS_PENDING, WTS_TRAP_NONE
from ._flat import _copy_bytes, _is_bytes, _is_narrow, _narrow, _narrow_slot
from ._lib import _Library
from ._slots import _clone_reference, _give_results, _is_reference, _number
from .error import Backtrace, WasmtimeError, _check
from .exn import ExnRef
from .extern_ import Extern
from .func import Func
from .global_ import Global
from .memory import Memory
from .store import _StoreInner, _StoreRef, _user, _user_state, Store
from .reference import _clone
from .table import Table
from .types import Boxable, ValKind, WasmTy
from .val import WasmtimeVal


struct Caller:
    """The instance that called a host function. It is valid until the host function returns."""

    # The library comes first in every environment of a host function.
    var _lib: Pointer[_Library, MutUntrackedOrigin]
    var _handle: UInt64

    @doc_hidden
    def __init__(out self, env: Env, handle: UInt64):
        self._lib = env.unsafe_bitcast[_Library]()
        self._handle = handle

    def get_export(self, name: StringSpan) raises WasmtimeError -> Extern:
        """Finds an export of the calling instance.

        Args:
            name: The name.

        Returns:
            The export.

        Raises:
            WasmtimeError: If the caller exports nothing of that name.
        """
        ref lib = self._lib[]
        var item = UInt64(0)
        _check(
            lib,
            lib[].caller_get_export(
                self._handle,
                name.unsafe_ptr(),
                name.byte_length(),
                Pointer(to=item),
            ),
        )
        return Extern(self._store(), String(name), item)

    def func(self, name: StringSpan) raises WasmtimeError -> Func:
        """Finds an exported function of the calling instance.

        Args:
            name: The name.

        Returns:
            The function.

        Raises:
            WasmtimeError: If the caller exports no function of that name.
        """
        return self.get_export(name).func()

    def memory(
        self, name: StringSpan = "memory"
    ) raises WasmtimeError -> Memory:
        """Finds an exported memory of the calling instance.

        Args:
            name: The name.

        Returns:
            The memory.

        Raises:
            WasmtimeError: If the caller exports no memory of that name.
        """
        return self.get_export(name).memory()

    def global_(self, name: StringSpan) raises WasmtimeError -> Global:
        """Finds an exported global of the calling instance.

        Args:
            name: The name.

        Returns:
            The global.

        Raises:
            WasmtimeError: If the caller exports no global of that name.
        """
        return self.get_export(name).global_()

    def table(self, name: StringSpan) raises WasmtimeError -> Table:
        """Finds an exported table of the calling instance.

        Args:
            name: The name.

        Returns:
            The table.

        Raises:
            WasmtimeError: If the caller exports no table of that name.
        """
        return self.get_export(name).table()

    def throw(self, exception: ExnRef) raises WasmtimeError:
        """Throws an exception, which WebAssembly may catch by its tag. The host function ends by this.

        Args:
            exception: The exception.

        Raises:
            WasmtimeError: Always; hand it on.
        """
        ref lib = self._lib[]
        _check(
            lib,
            lib[].caller_throw(self._handle, exception._inner[].handle),
        )
        raise WasmtimeError.trap(
            WTS_TRAP_NONE, "the host function threw an exception"
        )

    def store(self) raises WasmtimeError -> Store:
        """Gets the store that is running.

        Returns:
            The store; unlike other copies, this one does not keep it alive.

        Raises:
            WasmtimeError: If the host function has returned already.
        """
        return Store(inner=self._store())

    def backtrace(self) raises WasmtimeError -> Backtrace:
        """Captures the WebAssembly stack that led to the host function.

        Returns:
            The stack.

        Raises:
            WasmtimeError: If the host function has returned already.
        """
        ref lib = self._lib[]
        var backtrace = UInt64(0)
        _check(lib, lib[].caller_backtrace(self._handle, Pointer(to=backtrace)))
        return Backtrace(lib, taking=backtrace)

    def user(self) raises WasmtimeError -> UInt64:
        """Reads the user value of the store.

        Returns:
            What `Store.set_user` or `set_user` set last.

        Raises:
            WasmtimeError: If the host function has returned already.
        """
        return _user(self._user_address())[].number

    def set_user(self, value: UInt64) raises WasmtimeError:
        """Sets the user value of the store.

        Args:
            value: A number of your own.

        Raises:
            WasmtimeError: If the host function has returned already.
        """
        _user(self._user_address())[].number = value

    def state[
        S: Boxable, *, origin: ImmOrigin
    ](
        ref[origin] self,
    ) raises WasmtimeError -> ref[
        origin.unsafe_mut_cast[True]()
    ] S:
        """Reaches the state that the store was made with.

        Parameters:
            S: The type of the state; another type than it has raises.
            origin: The origin of this object, which lives as long as the reference.

        Returns:
            A reference to the state.

        Raises:
            WasmtimeError: If the store has no state, or one of another type.
        """
        return _user_state[S](self._lib[], self._user_address())[]

    @doc_hidden
    def _user_address(self) raises WasmtimeError -> UInt64:
        ref lib = self._lib[]
        var user = UInt64(0)
        _check(lib, lib[].caller_get_user(self._handle, Pointer(to=user)))
        return user

    @doc_hidden
    def _store(self) raises WasmtimeError -> _StoreRef:
        ref lib = self._lib[]
        var store = UInt64(0)
        _check(lib, lib[].caller_get_store(self._handle, Pointer(to=store)))
        return _StoreRef(_StoreInner(lib, store, user=0))

    @always_inline
    @doc_hidden
    def _arg[T: WasmTy](self, slot: Int64) raises WasmtimeError -> T:
        """Reads an argument, which is only lent."""
        comptime if _is_bytes[T]():
            return _copy_bytes[T](slot)
        elif _is_narrow[T]():
            return _narrow[T](slot)
        elif _is_reference[T]():
            return _clone_reference[T](self._store(), slot)
        else:
            return _number[T](slot)

    @always_inline
    @doc_hidden
    def _give_results[
        R: WasmTy
    ](self, result: R, slots: Pointer[mut=True, Int64, _]) raises WasmtimeError:
        """Leaves the result of a host function."""
        comptime if _is_bytes[R]():
            self._leave_bytes(result)
        elif _is_narrow[R]():
            slots[] = _narrow_slot(result)
        else:
            _give_results(self._lib[], result, slots)

    @doc_hidden
    def _leave_bytes[R: WasmTy](self, result: R) raises WasmtimeError:
        comptime if R == String:
            self._leave(rebind[String](result).as_bytes())
        else:
            self._leave(rebind[List[UInt8]](result))

    @doc_hidden
    def _leave(self, bytes: Span[UInt8, _]) raises WasmtimeError:
        """Leaves the result of a host function of a component."""
        ref lib = self._lib[]
        _check(
            lib,
            lib[].caller_set_result(
                self._handle, bytes.unsafe_ptr(), len(bytes)
            ),
        )

    @doc_hidden
    def _value(
        self, kind: ValKind, slots: Args
    ) raises WasmtimeError -> WasmtimeVal:
        """Reads an argument of a kind that is known at run time only."""
        var low = slots[]
        if kind == ValKind.V128:
            return WasmtimeVal(kind, low, slots[unsafe_offset=1])
        if kind.is_number() or low == 0:
            return WasmtimeVal(kind, low)
        var store = self._store()
        if self._lib[][].handle_kind(UInt64(low)) != WTS_KIND_FUNC:
            low = Int64(_clone(self._lib[], UInt64(low)))
        return WasmtimeVal._take(store, kind, [low], 0)

    @doc_hidden
    def _fail(self, error: WasmtimeError) -> Int32:
        """Leaves the message for the library; returns what the callback is to return."""
        if error.status == WTS_PENDING:
            return WTS_PENDING
        _ = self._lib[][].caller_set_trap(
            self._handle,
            error.trap_code,
            error.message.unsafe_ptr(),
            error.message.byte_length(),
        )
        return -1
