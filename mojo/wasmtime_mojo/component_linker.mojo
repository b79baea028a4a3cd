"""Names for what components import."""

from std.memory import ArcPointer

from ._box import _env, _free_env, _heap, _HostEnv, _state, _Stateless
from ._ffi import Args, Drop, Env, Lent, Results, WTS_OK
from ._flat import _UNSUPPORTED, _bytes_position, _flat_type
from ._lib import _Library
from .caller import Caller
from .component import Component
from .component_instance import ComponentInstance
from .engine import Engine
from .error import WasmtimeError, _check, _exit_status
from .host import _Body, _host_error, _trampoline, HostFuncs
from .module import Module
from .resource import ResourceType
from .store import Store
from .types import Boxable, WasmTy


def _wave_trampoline[
    E: Deinitable, //, f: def(mut Caller, String) thin raises E -> String
](env: Env, caller: UInt64, args: Lent, args_len: Int) abi("C") -> Int32:
    """Is the C function of a host function that takes text."""
    var who = Caller(env, caller)
    try:
        var text = String(
            from_utf8_lossy=Span(unsafe_ptr=args, length=args_len)
        )
        var result: String
        try:
            result = f(who, text)
        except e:
            raise _host_error(e)
        if result:
            who._leave(result.as_bytes())
        return 0
    except e:
        return who._fail(e)


# As many parameters as `HostFuncs` takes.
comptime _MOST_PARAMS = 8


def _component_trampoline[
    body: _Body, R: WasmTy, *Ps: WasmTy
](
    env: Env,
    caller: UInt64,
    args: Args,
    nargs: Int,
    bytes: Lent,
    bytes_len: Int,
    results: Results,
    nresults: Int,
) abi("C") -> Int32:
    """Is the C function of a host function with Mojo types."""
    comptime position = _bytes_position[*Ps]()
    var status: Int32
    comptime if position < 0:
        status = _trampoline[body](env, caller, args, nargs, results, nresults)
    else:
        # Bytes get the slot in their place that others have, see `_copy_bytes`.
        var slots = Array[Int64, _MOST_PARAMS + 2](uninitialized=True)
        var lent = slots.unsafe_ptr()
        lent[unsafe_offset=_MOST_PARAMS] = Int64(Int(bytes))
        lent[unsafe_offset=_MOST_PARAMS + 1] = Int64(bytes_len)
        for i in range(position):
            lent[unsafe_offset=i] = args[unsafe_offset=i]
        lent[unsafe_offset=position] = Int64(
            Int(lent.unsafe_offset(_MOST_PARAMS))
        )
        for i in range(position, nargs):
            lent[unsafe_offset=i + 1] = args[unsafe_offset=i]
        status = _trampoline[body](
            env,
            caller,
            Args(unsafe_from_address=Int(lent)),
            nargs + 1,
            results,
            nresults,
        )
        _ = slots^
    comptime if R == UInt32:
        # Modules have it with its sign.
        if nresults == 1:
            results[] &= 0xFFFF_FFFF
    return status


def _drop_trampoline[
    S: Boxable, //, f: def(mut S, UInt64) thin -> None
](env: Env, value: UInt64) abi("C") -> None:
    """Is the C function that drops a resource of the host's."""
    f(_state[S](env), value)


struct _ComponentLinkerInner(Movable):
    var lib: _Library
    var handle: UInt64

    def __init__(out self, var lib: _Library, handle: UInt64):
        self.lib = lib^
        self.handle = handle

    def __deinit__(deinit self):
        _ = self.lib[].component_linker_delete(self.handle)


struct ComponentLinker(HostFuncs, ImplicitlyCopyable):
    """Gives names to what components import, and instantiates them.

    `func` takes ordinary Mojo functions, as `HostFuncs` tells, and `func_wave` those that want all types as text.

    A definition stands in an instance, which is what an interface such as `wasi:io/poll@0.2.0` becomes, or with an empty
    instance name in none. A copy is the same linker. Any thread may use it.
    """

    var _inner: ArcPointer[_ComponentLinkerInner]

    def __init__(out self, engine: Engine) raises WasmtimeError:
        """Makes a linker without definitions.

        Args:
            engine: The engine.

        Raises:
            WasmtimeError: If the library fails or has no components.
        """
        ref inner = engine._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].component_linker_new(inner.handle, Pointer(to=handle)),
        )
        self._inner = ArcPointer(_ComponentLinkerInner(inner.lib, handle))

    @doc_hidden
    def __init__(out self, *, var lib: _Library, handle: UInt64):
        self._inner = ArcPointer(_ComponentLinkerInner(lib^, handle))

    def clone(self) raises WasmtimeError -> Self:
        """Makes a linker with the same definitions, which is changed on its own.

        Returns:
            The other linker.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].component_linker_clone(
                inner.handle, Pointer(to=handle)
            ),
        )
        return Self(lib=inner.lib, handle=handle)

    def allow_shadowing(self, allow: Bool) raises WasmtimeError:
        """Chooses whether a name may be defined again.

        Args:
            allow: True to replace, False to raise.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].component_linker_set_allow_shadowing(
                inner.handle, Int32(allow)
            ),
        )

    @doc_hidden
    def _library(self) -> _Library:
        return self._inner[].lib

    @doc_hidden
    def _define_host[
        body: _Body, R: WasmTy, *Ps: WasmTy
    ](
        self, module: StringSpan, name: StringSpan, env: Env, drop: Drop
    ) raises WasmtimeError:
        comptime assert _bytes_position[*Ps]() != -2, _UNSUPPORTED
        ref inner = self._inner[]
        var type = _flat_type[R, *Ps]()
        var status = inner.lib[].component_linker_define_func_of(
            inner.handle,
            module.unsafe_ptr(),
            module.byte_length(),
            name.unsafe_ptr(),
            name.byte_length(),
            type.unsafe_ptr(),
            type.byte_length(),
            _component_trampoline[body, R, *Ps],
            env,
            drop,
        )
        if status != WTS_OK:
            # The environment holds a reference to the library; the error is read with ours.
            var error = WasmtimeError._last(inner.lib, status)
            drop(env)
            raise error^

    def func_wave[
        E: Deinitable, //, f: def(mut Caller, String) thin raises E -> String
    ](self, instance: StringSpan, name: StringSpan) raises WasmtimeError:
        """Defines a host function that takes its arguments as text in WAVE and gives its result so.

        Parameters:
            E: What it raises, which traps.
            f: The function: it gets who calls and a tuple, such as `(1, "a")`, and returns the result, empty if the type of
                the function has none.

        Args:
            instance: The instance, empty for none.
            name: The name.

        Raises:
            WasmtimeError: If the name is taken.
        """
        ref inner = self._inner[]
        var env = _env(_heap(_HostEnv(inner.lib, _Stateless())))
        var status = inner.lib[].component_linker_define_func_wave(
            inner.handle,
            instance.unsafe_ptr(),
            instance.byte_length(),
            name.unsafe_ptr(),
            name.byte_length(),
            _wave_trampoline[f],
            env,
            _free_env[_HostEnv[_Stateless]],
        )
        if status != WTS_OK:
            # The environment holds a reference to the library; the error is read with ours.
            var error = WasmtimeError._last(inner.lib, status)
            _free_env[_HostEnv[_Stateless]](env)
            raise error^

    def define_module(
        self, instance: StringSpan, name: StringSpan, module: Module
    ) raises WasmtimeError:
        """Defines a module, which components can import and instantiate themselves.

        Args:
            instance: The instance, empty for none.
            name: The name.
            module: The module.

        Raises:
            WasmtimeError: If the name is taken, or the module is of another engine.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].component_linker_define_module(
                inner.handle,
                instance.unsafe_ptr(),
                instance.byte_length(),
                name.unsafe_ptr(),
                name.byte_length(),
                module._inner[].handle,
            ),
        )

    def define_resource[
        S: Boxable, //, f: def(mut S, UInt64) thin -> None
    ](
        self, instance: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError -> ResourceType:
        """Defines a resource type of the host's.

        Parameters:
            S: The type of the state.
            f: Called with the state and the value of a resource that nobody owns any more.

        Args:
            instance: The instance, empty for none.
            name: The name.
            state: The state, which is destroyed with the type.

        Returns:
            The type, for `Resource`.

        Raises:
            WasmtimeError: If the name is taken.
        """
        ref inner = self._inner[]
        var env = _env(_heap(_HostEnv(inner.lib, state^)))
        var number = UInt64(0)
        var status = inner.lib[].component_linker_define_resource(
            inner.handle,
            instance.unsafe_ptr(),
            instance.byte_length(),
            name.unsafe_ptr(),
            name.byte_length(),
            _drop_trampoline[f],
            env,
            _free_env[_HostEnv[S]],
            Pointer(to=number),
        )
        if status != WTS_OK:
            var error = WasmtimeError._last(inner.lib, status)
            _free_env[_HostEnv[S]](env)
            raise error^
        return ResourceType(number)

    def define_wasi(self) raises WasmtimeError:
        """Defines the interfaces of WASI 0.2. What they do is up to the store, as `Store.set_wasi` says.

        Raises:
            WasmtimeError: If a name is taken, or the library has no WASI.
        """
        ref inner = self._inner[]
        _check(
            inner.lib, inner.lib[].component_linker_define_wasi(inner.handle)
        )

    def define_http(self) raises WasmtimeError:
        """Defines the interfaces of `wasi:http` for requests that guests send.

        They go to the addresses that the store's WASI opens of the network (`Wasi.allow_network`), and to names if it allows
        looking them up.

        Raises:
            WasmtimeError: If a name is taken, or the library was built without the feature `http`.
        """
        ref inner = self._inner[]
        _check(
            inner.lib, inner.lib[].component_linker_define_http(inner.handle)
        )

    def define_unknown_imports_as_traps(
        self, component: Component
    ) raises WasmtimeError:
        """Defines what a component imports and the linker lacks, so that calling it fails.

        Args:
            component: The component.

        Raises:
            WasmtimeError: If it imports a module or a component.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].component_linker_define_unknown_imports_as_traps(
                inner.handle, component._inner[].handle
            ),
        )

    def instantiate(
        self, store: Store, component: Component
    ) raises WasmtimeError -> ComponentInstance:
        """Instantiates a component.

        Args:
            store: The store that will have the instance.
            component: The component.

        Returns:
            The instance.

        Raises:
            WasmtimeError: If an import is missing or has another type, or a start function traps.
        """
        ref inner = self._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].component_linker_instantiate(
                inner.handle,
                store._inner[].handle,
                component._inner[].handle,
                Pointer(to=handle),
            ),
        )
        return ComponentInstance(store._inner, handle)

    def run_command(
        self, store: Store, component: Component
    ) raises WasmtimeError -> Int32:
        """Runs a program for WASI 0.2 to its end: a component that exports `wasi:cli/run`.

        Args:
            store: A store with WASI.
            component: The program.

        Returns:
            Its exit status: 0 if it succeeded, 1 if it failed and gave none.

        Raises:
            WasmtimeError: If it is no program, an import is missing, or it ended otherwise.
        """
        ref inner = self._inner[]
        return _exit_status(
            inner.lib,
            inner.lib[].component_linker_run_command(
                inner.handle,
                store._inner[].handle,
                component._inner[].handle,
            ),
        )

    def instantiate_pre(
        self, component: Component
    ) raises WasmtimeError -> ComponentInstancePre:
        """Resolves the imports of a component, to instantiate it many times.

        Args:
            component: The component.

        Returns:
            The component with its imports resolved.

        Raises:
            WasmtimeError: If an import is missing or has another type.
        """
        ref inner = self._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].component_linker_instance_pre(
                inner.handle, component._inner[].handle, Pointer(to=handle)
            ),
        )
        return ComponentInstancePre(lib=inner.lib, handle=handle)


struct _ComponentInstancePreInner(Movable):
    var lib: _Library
    var handle: UInt64

    def __init__(out self, var lib: _Library, handle: UInt64):
        self.lib = lib^
        self.handle = handle

    def __deinit__(deinit self):
        _ = self.lib[].component_instance_pre_delete(self.handle)


struct ComponentInstancePre(ImplicitlyCopyable):
    """A component of which the imports were found and checked already.

    A copy is the same object. Any thread may use it.
    """

    var _inner: ArcPointer[_ComponentInstancePreInner]

    @doc_hidden
    def __init__(out self, *, var lib: _Library, handle: UInt64):
        self._inner = ArcPointer(_ComponentInstancePreInner(lib^, handle))

    def instantiate(
        self, store: Store
    ) raises WasmtimeError -> ComponentInstance:
        """Makes an instance.

        Args:
            store: The store.

        Returns:
            The instance.

        Raises:
            WasmtimeError: If a start function traps, or the store is of another engine.
        """
        ref inner = self._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].component_instance_pre_instantiate(
                inner.handle, store._inner[].handle, Pointer(to=handle)
            ),
        )
        return ComponentInstance(store._inner, handle)
