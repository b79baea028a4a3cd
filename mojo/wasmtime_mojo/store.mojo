"""What instances live in."""

from std.memory import ArcPointer

from ._box import (
    _Boxed,
    _check_kept,
    _env,
    _free,
    _free_env,
    _heap,
    _HostEnv,
    _state,
    _Stateless,
    _unbox,
)
from ._ffi import (
    Drop,
    Env,
    EpochCallback,
    Limiter,
    WTS_ERR_STATE,
    WTS_ERR_WRONG_STORE,
    WTS_KIND_MEMORY,
    WTS_HOOK_CALLING_HOST,
    WTS_HOOK_CALLING_WASM,
    WTS_HOOK_RETURNING_FROM_HOST,
    WTS_HOOK_RETURNING_FROM_WASM,
    WTS_STORE_ASYNC,
    WTS_UNLIMITED,
)
from ._lib import _Library
from .engine import Engine
from .error import Backtrace, WasmtimeError, _check, _error
from .exn import ExnRef
from .types import Boxable
from .wasi import Wasi


@fieldwise_init
struct HookEvent(Equatable, TrivialRegisterPassable):
    """What a call hook is told."""

    var code: Int32
    """One of the `WTS_HOOK_*` numbers."""

    comptime CALLING_WASM = Self(WTS_HOOK_CALLING_WASM)
    """WebAssembly is about to be entered."""
    comptime RETURNING_FROM_WASM = Self(WTS_HOOK_RETURNING_FROM_WASM)
    """WebAssembly was left: it returned, or it failed."""
    comptime CALLING_HOST = Self(WTS_HOOK_CALLING_HOST)
    """WebAssembly is about to call a host function, or the runtime for an instruction such as `memory.grow`."""
    comptime RETURNING_FROM_HOST = Self(WTS_HOOK_RETURNING_FROM_HOST)
    """What was called returned, or failed."""


def _keep(env: Env) abi("C"):
    """Is the `Drop` of what needs none."""
    pass


struct _User(Movable):
    """What the user value of a store points to, for host functions to find."""

    var number: UInt64
    var state: UInt64
    var drop: Drop

    def __init__(out self, number: UInt64):
        self.number = number
        self.state = 0
        self.drop = _keep

    def __init__[S: Boxable](out self, *, var state: S):
        var place = _heap(_Boxed(state^))
        self.number = 0
        self.state = UInt64(Int(place))
        self.drop = _free_env[_Boxed[S]]

    def __deinit__(deinit self):
        if self.state != 0:
            self.drop(Env(unsafe_from_address=Int(self.state)))


def _user(address: UInt64) -> Pointer[_User, MutUntrackedOrigin]:
    return {unsafe_from_address = Int(address)}


def _user_state[
    S: Boxable
](lib: _Library, address: UInt64) raises WasmtimeError -> Pointer[
    S, MutUntrackedOrigin
]:
    """Finds the state behind the user value of a store."""
    var state = _user(address)[].state
    if state == 0:
        raise _error(
            lib,
            WTS_ERR_STATE,
            "the store has no state; make it with Store(engine, state=...)",
        )
    return _unbox[S](lib, state)


struct Growth(ImplicitlyCopyable):
    """A memory or table that is to be made or to grow."""

    var is_memory: Bool
    """Whether it is a memory, with sizes in bytes; else it is a table, with sizes in elements."""
    var current: UInt64
    """Its size; 0 if it is to be made."""
    var desired: UInt64
    """The size that it asks for."""
    var maximum: Optional[UInt64]
    """The most that its type allows."""

    @doc_hidden
    def __init__(
        out self, kind: Int32, current: UInt64, desired: UInt64, maximum: UInt64
    ):
        self.is_memory = kind == WTS_KIND_MEMORY
        self.current = current
        self.desired = desired
        self.maximum = None
        if maximum != WTS_UNLIMITED:
            self.maximum = maximum


def _limiter[
    E: Deinitable, //, f: def(Growth) thin raises E -> Bool
](env: Env, kind: Int32, current: UInt64, desired: UInt64, maximum: UInt64) abi(
    "C"
) -> Int32:
    """Is the C function of a limiter without state."""
    try:
        return 0 if f(Growth(kind, current, desired, maximum)) else 1
    except:
        return -1


def _limiter_of[
    S: Boxable, E: Deinitable, //, f: def(mut S, Growth) thin raises E -> Bool
](env: Env, kind: Int32, current: UInt64, desired: UInt64, maximum: UInt64) abi(
    "C"
) -> Int32:
    """Is the C function of a limiter with state."""
    try:
        var growth = Growth(kind, current, desired, maximum)
        return 0 if f(_state[S](env), growth) else 1
    except:
        return -1


def _lent(env: Env, store: UInt64) -> Store:
    """Makes a store that does not keep it alive."""
    ref lib = env.unsafe_bitcast[_Library]()[]
    return Store(inner=_StoreRef(_StoreInner(lib, store, user=0)))


def _epoch_callback[
    E: Deinitable, //, f: def(Store) thin raises E -> UInt64
](env: Env, store: UInt64, out_ticks: Pointer[UInt64, MutUntrackedOrigin]) abi(
    "C"
) -> Int32:
    """Is the C function of an epoch callback without state."""
    try:
        out_ticks[] = f(_lent(env, store))
        return 0
    except:
        return -1


def _epoch_callback_of[
    S: Boxable, E: Deinitable, //, f: def(mut S, Store) thin raises E -> UInt64
](env: Env, store: UInt64, out_ticks: Pointer[UInt64, MutUntrackedOrigin]) abi(
    "C"
) -> Int32:
    """Is the C function of an epoch callback with state."""
    try:
        out_ticks[] = f(_state[S](env), _lent(env, store))
        return 0
    except:
        return -1


struct _StoreInner(Movable):
    var lib: _Library
    var handle: UInt64
    # Where the `_User` is; 0 for a store that was reached through a `Caller` and belongs to someone else.
    var user: UInt64

    def __init__(out self, var lib: _Library, handle: UInt64, user: UInt64):
        self.lib = lib^
        self.handle = handle
        self.user = user

    def user_address(self) raises WasmtimeError -> UInt64:
        """Asks the library, because the store may be deleted already."""
        var user = UInt64(0)
        _check(
            self.lib, self.lib[].store_get_user(self.handle, Pointer(to=user))
        )
        return user

    def delete(mut self) raises WasmtimeError:
        var user = self.user if self.user != 0 else self.user_address()
        _check(self.lib, self.lib[].store_delete(self.handle))
        # Not before: destructors that the deletion runs may look at it.
        _free(_user(user))

    def __deinit__(deinit self):
        if self.user != 0:
            try:
                self.delete()
            except:
                # It was closed already, or is running.
                pass


comptime _StoreRef = ArcPointer[_StoreInner]


def _call_hook[
    S: Boxable,
    E: Deinitable,
    //,
    f: def(mut S, Store, HookEvent) thin raises E -> None,
](env: Env, store: UInt64, event: Int32) abi("C") -> Int32:
    """Is the C function of every call hook."""
    try:
        f(_state[S](env), _lent(env, store), HookEvent(event))
        return 0
    except:
        return -1


struct Store(ImplicitlyCopyable):
    """What instances, functions, memories, globals, tables and references live in.

    A copy is the same store. It is deleted, with all that lives in it, when the last copy and the last object that was
    got from it are gone, or at once by `close`. One thread at a time may use it. A store that is let go inside its own
    host function is not deleted.
    """

    var _inner: _StoreRef

    def __init__(
        out self,
        engine: Engine,
        user: UInt64 = 0,
        *,
        asynchronous: Bool = False,
    ) raises WasmtimeError:
        """Makes an empty store.

        Args:
            engine: The engine.
            user: A number that host functions find with `Caller.user`.
            asynchronous: Whether host functions may wait and fuel has slices; calls take longer then.

        Raises:
            WasmtimeError: If the library fails.
        """
        self = Self(
            _engine=engine, _user=_User(user), _asynchronous=asynchronous
        )

    def __init__[
        S: Boxable, //
    ](
        out self, engine: Engine, *, var state: S, asynchronous: Bool = False
    ) raises WasmtimeError:
        """Makes an empty store with a Mojo value that host functions find with `Caller.state`.

        Parameters:
            S: The type of the state.

        Args:
            engine: The engine.
            state: The state; it is destroyed with the store.
            asynchronous: Whether host functions may wait and fuel has slices; calls take longer then.

        Raises:
            WasmtimeError: If the library fails.
        """
        self = Self(
            _engine=engine,
            _user=_User(state=state^),
            _asynchronous=asynchronous,
        )

    @doc_hidden
    def __init__(
        out self, *, _engine: Engine, var _user: _User, _asynchronous: Bool
    ) raises WasmtimeError:
        ref inner = _engine._inner[]
        var handle = UInt64(0)
        var user = _heap(_user^)
        var flags = WTS_STORE_ASYNC if _asynchronous else Int32(0)
        var status = inner.lib[].store_new_with(
            inner.handle, UInt64(Int(user)), flags, Pointer(to=handle)
        )
        _check_kept(inner.lib, status, user)
        self._inner = ArcPointer(
            _StoreInner(inner.lib, handle, UInt64(Int(user)))
        )

    @doc_hidden
    def __init__(out self, *, inner: _StoreRef):
        self._inner = inner

    def context(self) -> ContextPtr:
        """Gets what `Linker.instantiate` and the free functions take.

        Returns:
            This store.
        """
        return self

    def user(self) raises WasmtimeError -> UInt64:
        """Reads the user value.

        Returns:
            What was set last, at first what the store was made with.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        return _user(self._inner[].user_address())[].number

    def set_user(self, value: UInt64) raises WasmtimeError:
        """Sets the user value.

        Args:
            value: A number that host functions find with `Caller.user`.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        _user(self._inner[].user_address())[].number = value

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
        return _user_state[S](self._inner[].lib, self._inner[].user_address())[]

    def enter(self, timeout_ms: Int = 0) raises WasmtimeError:
        """Makes this thread the one that uses the store, until as many calls of `leave`.

        Args:
            timeout_ms: How long to wait for another thread; -1 waits for ever.

        Raises:
            WasmtimeError: If another thread uses the store until the time is over.
        """
        ref inner = self._inner[]
        _check(
            inner.lib, inner.lib[].store_enter(inner.handle, Int64(timeout_ms))
        )

    def leave(self) raises WasmtimeError:
        """Undoes one `enter`.

        Raises:
            WasmtimeError: If this thread has not entered the store.
        """
        ref inner = self._inner[]
        _check(inner.lib, inner.lib[].store_leave(inner.handle))

    def fuel(self) raises WasmtimeError -> UInt64:
        """Reads how much fuel is left; raises unless the option `fuel` is on.

        Returns:
            The fuel; about one unit is consumed for an instruction.

        Raises:
            WasmtimeError: If the option `fuel` is off.
        """
        ref inner = self._inner[]
        var fuel = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].store_get_fuel(inner.handle, Pointer(to=fuel)),
        )
        return fuel

    def set_fuel(self, fuel: UInt64) raises WasmtimeError:
        """Sets how much fuel there is; raises unless the option `fuel` is on.

        Args:
            fuel: The fuel; WebAssembly traps when it is consumed.

        Raises:
            WasmtimeError: If the option `fuel` is off.
        """
        ref inner = self._inner[]
        _check(inner.lib, inner.lib[].store_set_fuel(inner.handle, fuel))

    def set_epoch_deadline(self, ticks: UInt64) raises WasmtimeError:
        """Sets a deadline; raises unless the option `epoch_interruption` is on.

        Args:
            ticks: How many calls of `Engine.increment_epoch` from now WebAssembly traps.

        Raises:
            WasmtimeError: If the option `epoch_interruption` is off.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].store_set_epoch_deadline(inner.handle, ticks),
        )

    def fuel_consumed(self) raises WasmtimeError -> UInt64:
        """Reads how much fuel was consumed since the store was made; raises unless the option `fuel` is on.

        Returns:
            The fuel, however often `set_fuel` set what is left.

        Raises:
            WasmtimeError: If the option `fuel` is off.
        """
        ref inner = self._inner[]
        var fuel = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].store_fuel_consumed(inner.handle, Pointer(to=fuel)),
        )
        return fuel

    def set_timeout(self, ms: Int) raises WasmtimeError:
        """Ends WebAssembly with `WTS_ERR_TIMEOUT` from a time on; raises unless the option `epoch_interruption` is on.

        It ends loops and calls, of what is called later too, until the timeout is set anew or taken away. Host
        functions and bulk instructions are not ended.

        Args:
            ms: How many milliseconds from now; 0 is at once.

        Raises:
            WasmtimeError: If the option `epoch_interruption` is off.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].store_set_timeout_ms(inner.handle, Int64(ms)),
        )

    def clear_timeout(self) raises WasmtimeError:
        """Takes the timeout away.

        Raises:
            WasmtimeError: If the option `epoch_interruption` is off.
        """
        self.set_timeout(-1)

    def set_slice(self, us: Int) raises WasmtimeError:
        """Sets how long a poll of a resumable call runs; raises unless the option `epoch_interruption` is on.

        Args:
            us: How many microseconds; 0 is as short as can be, -1 until the call ends or waits.

        Raises:
            WasmtimeError: If the option `epoch_interruption` is off.
        """
        ref inner = self._inner[]
        _check(
            inner.lib, inner.lib[].store_set_slice_us(inner.handle, Int64(us))
        )

    def set_fuel_slice(self, fuel: UInt64) raises WasmtimeError:
        """Sets after how much fuel a poll of a resumable call ends; raises unless the store is asynchronous.

        Args:
            fuel: The fuel; `WTS_UNLIMITED` for no such end.

        Raises:
            WasmtimeError: If the option `fuel` is off or the store is not asynchronous.
        """
        ref inner = self._inner[]
        _check(inner.lib, inner.lib[].store_set_fuel_slice(inner.handle, fuel))

    def hostcall_fuel(self) raises WasmtimeError -> UInt64:
        """Reads how much a call between host and guest may take out of a guest.

        Returns:
            What `set_hostcall_fuel` set last, or 128 MiB.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref inner = self._inner[]
        var fuel = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].store_get_hostcall_fuel(inner.handle, Pointer(to=fuel)),
        )
        return fuel

    def set_hostcall_fuel(self, fuel: UInt64) raises WasmtimeError:
        """Sets how much a call between host and guest may take out of a guest.

        That is the result of a component's function, the arguments of a component's host function, and what a function of
        WASI is given; what is larger ends with `WTS_ERR_LIMIT`.

        Args:
            fuel: About one unit per byte that the host allocates; `WTS_UNLIMITED` for no limit.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref inner = self._inner[]
        _check(
            inner.lib, inner.lib[].store_set_hostcall_fuel(inner.handle, fuel)
        )

    def interrupt(self) raises WasmtimeError:
        """Ends the WebAssembly that runs in the store, or else what is called next, with `WTS_ERR_INTERRUPT`.

        Any thread may call this while the store is busy.

        Raises:
            WasmtimeError: If the option `epoch_interruption` is off or the store was closed.
        """
        ref inner = self._inner[]
        _check(inner.lib, inner.lib[].store_interrupt(inner.handle))

    def set_epoch_callback[
        E: Deinitable, //, f: def(Store) thin raises E -> UInt64
    ](self) raises WasmtimeError:
        """Has a function decide whether a guest goes on that has reached the epoch deadline.

        Parameters:
            E: What the function raises.
            f: The function; it gets this store and returns for how many ticks more, or raises to end the guest with
                `WTS_ERR_INTERRUPT`.

        Raises:
            WasmtimeError: If the option `epoch_interruption` is off.
        """
        self._set_epoch_callback(_epoch_callback[f], _Stateless())

    def set_epoch_callback[
        S: Boxable,
        E: Deinitable,
        //,
        f: def(mut S, Store) thin raises E -> UInt64,
    ](self, var state: S) raises WasmtimeError:
        """Has a function with state decide whether a guest goes on that has reached the epoch deadline.

        Parameters:
            S: The type of the state.
            E: What the function raises.
            f: The function; it gets the state and this store, see the other overload.

        Args:
            state: The state; it is destroyed with the store, or when another function takes the place.

        Raises:
            WasmtimeError: If the option `epoch_interruption` is off.
        """
        self._set_epoch_callback(_epoch_callback_of[f], state^)

    @doc_hidden
    def _set_epoch_callback[
        S: Boxable
    ](self, function: EpochCallback, var state: S) raises WasmtimeError:
        ref inner = self._inner[]
        var env = _heap(_HostEnv(inner.lib, state^))
        var status = inner.lib[].store_set_epoch_callback(
            inner.handle, function, _env(env), _free_env[_HostEnv[S]]
        )
        _check_kept(inner.lib, status, env)

    def clear_epoch_callback(self) raises WasmtimeError:
        """Takes the epoch callback away; the epoch deadline interrupts from then on.

        Raises:
            WasmtimeError: If the option `epoch_interruption` is off.
        """
        ref inner = self._inner[]
        _check(inner.lib, inner.lib[].store_clear_epoch_callback(inner.handle))

    def set_limits(
        self,
        *,
        memory_bytes: UInt64 = WTS_UNLIMITED,
        table_elements: UInt64 = WTS_UNLIMITED,
        instances: UInt64 = WTS_UNLIMITED,
        tables: UInt64 = WTS_UNLIMITED,
        memories: UInt64 = WTS_UNLIMITED,
        trap_on_growth_failure: Bool = False,
    ) raises WasmtimeError:
        """Limits what the store may take from now on.

        Args:
            memory_bytes: How large each memory may be.
            table_elements: How many elements each table may have.
            instances: How many instances may be made from the store's beginning on.
            tables: How many tables these may have.
            memories: How many memories these may have.
            trap_on_growth_failure: Whether growth that fails ends the guest with `WTS_ERR_LIMIT`, instead of
                answering -1.

        Raises:
            WasmtimeError: If the store was closed, is running, or another thread uses it.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].store_set_limits(
                inner.handle,
                memory_bytes,
                table_elements,
                instances,
                tables,
                memories,
                Int32(trap_on_growth_failure),
            ),
        )

    def set_limiter[
        E: Deinitable, //, f: def(Growth) thin raises E -> Bool
    ](self) raises WasmtimeError:
        """Has a function decide whether memories and tables may be made and grow.

        Parameters:
            E: What the function raises.
            f: The function; it returns whether to allow a growth, or raises to end the guest with `WTS_ERR_HOST`.

        Raises:
            WasmtimeError: If the store was closed, is running, or another thread uses it.
        """
        self._set_limiter(_limiter[f], _Stateless())

    def set_limiter[
        S: Boxable,
        E: Deinitable,
        //,
        f: def(mut S, Growth) thin raises E -> Bool,
    ](self, var state: S) raises WasmtimeError:
        """Has a function with state decide whether memories and tables may be made and grow.

        Parameters:
            S: The type of the state.
            E: What the function raises.
            f: The function; it gets the state and a growth, see the other overload.

        Args:
            state: The state; it is destroyed with the store, or when another function takes the place.

        Raises:
            WasmtimeError: If the store was closed, is running, or another thread uses it.
        """
        self._set_limiter(_limiter_of[f], state^)

    @doc_hidden
    def _set_limiter[
        S: Boxable
    ](self, function: Limiter, var state: S) raises WasmtimeError:
        ref inner = self._inner[]
        var env = _heap(_HostEnv(inner.lib, state^))
        var status = inner.lib[].store_set_limiter(
            inner.handle, function, _env(env), _free_env[_HostEnv[S]]
        )
        _check_kept(inner.lib, status, env)

    def clear_limiter(self) raises WasmtimeError:
        """Takes the limiter away.

        Raises:
            WasmtimeError: If the store was closed, is running, or another thread uses it.
        """
        ref inner = self._inner[]
        _check(inner.lib, inner.lib[].store_clear_limiter(inner.handle))

    def set_call_hook[
        S: Boxable,
        E: Deinitable,
        //,
        f: def(mut S, Store, HookEvent) thin raises E -> None,
    ](self, var state: S) raises WasmtimeError:
        """Has a function called each time WebAssembly of this store is entered or left.

        What it raises ends the guest, with `WTS_ERR_HOST`. It may look at the store (`backtrace`, `fuel`,
        profilers), but not run it.

        Parameters:
            S: The type of the state.
            E: What the function raises.
            f: The function; it gets the state, the store and what happens.

        Args:
            state: A value of the hook's own; it is destroyed with the hook.

        Raises:
            WasmtimeError: If a callback of the store is running.
        """
        ref inner = self._inner[]
        var env = _heap(_HostEnv(inner.lib, state^))
        var status = inner.lib[].store_set_call_hook(
            inner.handle, _call_hook[f], _env(env), _free_env[_HostEnv[S]]
        )
        _check_kept(inner.lib, status, env)

    def clear_call_hook(self) raises WasmtimeError:
        """Takes the call hook away, if there is one.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref inner = self._inner[]
        _check(inner.lib, inner.lib[].store_clear_call_hook(inner.handle))

    def set_wasi(self, wasi: Wasi) raises WasmtimeError:
        """Gives the store what a description says of WASI, as it is now, in place of what it had.

        Args:
            wasi: The description.

        Raises:
            WasmtimeError: If a folder or file cannot be opened any more, the store was closed, is running, or another thread
                uses it.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].store_set_wasi(inner.handle, wasi._inner[].handle),
        )

    def backtrace(self) raises WasmtimeError -> Backtrace:
        """Captures the WebAssembly stack of this store as it is now.

        Returns:
            The stack; without frames if nothing runs.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref inner = self._inner[]
        var backtrace = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].store_backtrace(inner.handle, Pointer(to=backtrace)),
        )
        return Backtrace(inner.lib, taking=backtrace)

    def gc(self) raises WasmtimeError:
        """Collects garbage now.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref inner = self._inner[]
        _check(inner.lib, inner.lib[].store_gc(inner.handle))

    def take_exception(self) raises WasmtimeError -> ExnRef:
        """Takes the exception that nobody caught: the one that ended the last such call.

        Returns:
            The exception.

        Raises:
            WasmtimeError: If there is none.
        """
        ref inner = self._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].store_take_exception(inner.handle, Pointer(to=handle)),
        )
        return ExnRef(_store=self._inner, handle=handle)

    def close(self) raises WasmtimeError:
        """Deletes the store now; everything that was got from it is stale from then on.

        Raises:
            WasmtimeError: If it was closed already, or is running.
        """
        self._inner[].delete()


comptime ContextPtr = Store
"""What `Store.context` returns."""


def _check_same_store(a: _StoreRef, b: _StoreRef) raises WasmtimeError:
    if a[].handle != b[].handle:
        raise _error(
            a[].lib,
            WTS_ERR_WRONG_STORE,
            "the object belongs to another store than the context",
        )
