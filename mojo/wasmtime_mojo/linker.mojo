"""Names for what modules import."""

from std.memory import ArcPointer

from ._ffi import (
    Callback,
    Drop,
    Env,
    InBytes,
    InI32,
    InI64,
    OutI64,
    WTS_OK,
    WTS_UNLIMITED,
)
from ._box import _env, _free_env, _heap
from ._lib import _Library
from ._slots import (
    _func_type,
    _lend,
    _numbers,
    _result_count,
    _take_results,
)
from .compat import (
    _callback_trampoline,
    _CallbackEnv,
    _kinds,
    _no_finalizer,
    EnvPtr,
    FinalizerCallback,
    WasmtimeCallback,
)
from .engine import Engine
from .error import WasmtimeError, _check, _exit_status
from .extern_ import Extern
from .func import Func, _check_kinds
from .host import _Body, _trampoline, HostFuncs
from .instance import Instance
from .module import Module
from .pending import PendingInstance
from .store import _StoreInner, _StoreRef, _User, Store
from .types import FuncType, WasmTy, _codes
from .wasi import Wasi


@fieldwise_init
struct _DefineFunc(Copyable):
    """A function of the library that defines a host function. Mojo 1.0 passes no such function itself."""

    var call: def(
        UInt64,
        InBytes,
        Int,
        InBytes,
        Int,
        InI32,
        Int,
        InI32,
        Int,
        Callback,
        Env,
        Drop,
    ) thin abi("C") -> Int32


struct _LinkerInner(Movable):
    var lib: _Library
    var handle: UInt64
    # An item that is defined here lives in its store.
    var stores: List[_StoreRef]

    def __init__(out self, var lib: _Library, handle: UInt64):
        self.lib = lib^
        self.handle = handle
        self.stores = []

    def __deinit__(deinit self):
        _ = self.lib[].linker_delete(self.handle)

    def keep(mut self, store: _StoreRef):
        for kept in self.stores:
            if kept is store:
                return
        self.stores.append(store)


struct Linker(HostFuncs, ImplicitlyCopyable):
    """Gives names to host functions and other items, and instantiates modules that import them.

    `func` takes ordinary Mojo functions, as `HostFuncs` tells. A copy is the same linker. Host functions may be used in any store of the engine; other items tie the linker to
    their store, which it keeps alive.
    """

    var _inner: ArcPointer[_LinkerInner]

    def __init__(out self, engine: Engine) raises WasmtimeError:
        """Makes a linker without definitions.

        Args:
            engine: The engine.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = engine._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib, inner.lib[].linker_new(inner.handle, Pointer(to=handle))
        )
        self._inner = ArcPointer(_LinkerInner(inner.lib, handle))

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
            inner.lib[].linker_clone(inner.handle, Pointer(to=handle)),
        )
        var copy = _LinkerInner(inner.lib, handle)
        copy.stores = inner.stores.copy()
        return Self(_inner=ArcPointer(copy^))

    @doc_hidden
    def __init__(out self, *, var _inner: ArcPointer[_LinkerInner]):
        self._inner = _inner^

    def ptr(self) -> LinkerPtr:
        """Gets this linker.

        Returns:
            This linker.
        """
        return self

    @doc_hidden
    def _library(self) -> _Library:
        return self._inner[].lib

    @doc_hidden
    def _define_host[
        body: _Body, R: WasmTy, *Ps: WasmTy
    ](
        self, module: StringSpan, name: StringSpan, env: Env, drop: Drop
    ) raises WasmtimeError:
        self._define_callback(
            _DefineFunc(self._inner[].lib[].linker_define_func),
            module,
            name,
            _func_type[R, *Ps](),
            _trampoline[body],
            env,
            drop,
        )

    @doc_hidden
    def _define_callback(
        self,
        define: _DefineFunc,
        module: StringSpan,
        name: StringSpan,
        type: FuncType,
        function: Callback,
        env: Env,
        drop: Drop,
    ) raises WasmtimeError:
        ref inner = self._inner[]
        var params = _codes(type.params)
        var results = _codes(type.results)
        var status = define.call(
            inner.handle,
            module.unsafe_ptr(),
            module.byte_length(),
            name.unsafe_ptr(),
            name.byte_length(),
            params.unsafe_ptr(),
            len(params),
            results.unsafe_ptr(),
            len(results),
            function,
            env,
            drop,
        )
        if status != WTS_OK:
            # The environment holds a reference to the library; the error is read with ours.
            var error = WasmtimeError._last(inner.lib, status)
            drop(env)
            raise error^

    def waiting(self) -> WaitingFuncs:
        """Gets what defines host functions that may wait: `linker.waiting().func[receive]("env", "receive")`.

        Returns:
            Their definitions in this linker.
        """
        return WaitingFuncs(self)

    def define_func(
        self,
        module: StringSpan,
        name: StringSpan,
        params: List[UInt8],
        results: List[UInt8],
        callback: WasmtimeCallback,
        env: EnvPtr = EnvPtr.unsafe_dangling(),
        finalizer: FinalizerCallback = _no_finalizer,
    ) raises WasmtimeError:
        """Defines a host function of which the types are known at run time only. `func` is simpler.

        Args:
            module: The first of the two names.
            name: The second of the two names.
            params: The kinds of the parameters, such as `WASM_I32`.
            results: The kinds of the results.
            callback: The function.
            env: What the function gets as its first argument.
            finalizer: Frees `env` once, when nothing can call the function any more.

        Raises:
            WasmtimeError: If the two names are defined already or a kind is unknown.
        """
        var type = FuncType(_kinds(params), _kinds(results))
        var place = _heap(
            _CallbackEnv(self._library(), callback, env, finalizer, type.copy())
        )
        self._define_callback(
            _DefineFunc(self._inner[].lib[].linker_define_func),
            module,
            name,
            type,
            _callback_trampoline,
            _env(place),
            _free_env[_CallbackEnv],
        )

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
            inner.lib[].linker_set_allow_shadowing(inner.handle, Int32(allow)),
        )

    def allow_unknown_exports(self, allow: Bool) raises WasmtimeError:
        """Chooses whether `define_module` takes commands that export more than functions.

        Args:
            allow: True to leave the rest undefined, False to raise.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].linker_set_allow_unknown_exports(
                inner.handle, Int32(allow)
            ),
        )

    def define(
        self, module: StringSpan, name: StringSpan, item: Extern
    ) raises WasmtimeError:
        """Defines a function, memory, shared memory, global or table that exists.

        What belongs to a store ties the linker to it.

        Args:
            module: The first of the two names.
            name: The second of the two names.
            item: The item.

        Raises:
            WasmtimeError: If the two names are defined already, or the linker belongs to another store.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].linker_define(
                inner.handle,
                module.unsafe_ptr(),
                module.byte_length(),
                name.unsafe_ptr(),
                name.byte_length(),
                item._handle,
            ),
        )
        if not item._shared:
            inner.keep(item._store)

    def define_instance(
        self, name: StringSpan, instance: Instance
    ) raises WasmtimeError:
        """Defines all exports of an instance.

        Args:
            name: The first of the two names; the second ones are those of the exports.
            instance: The instance.

        Raises:
            WasmtimeError: If a name is defined already, or the linker belongs to another store.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].linker_define_instance(
                inner.handle,
                name.unsafe_ptr(),
                name.byte_length(),
                instance._inner[].handle,
            ),
        )
        inner.keep(instance._inner[].store)

    def define_module(
        self, store: Store, name: StringSpan, module: Module
    ) raises WasmtimeError:
        """Instantiates a module and defines its exports.

        A command, which has `_start`, gets a fresh instance for each call; a reactor, which may have `_initialize`, has
        one instance.

        Args:
            store: Where the instance lives.
            name: The first of the two names; the second ones are those of the exports.
            module: The module.

        Raises:
            WasmtimeError: If a name is defined already, an import is missing, or the module traps.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].linker_define_module(
                inner.handle,
                store._inner[].handle,
                name.unsafe_ptr(),
                name.byte_length(),
                module._inner[].handle,
            ),
        )
        inner.keep(store._inner)

    def define_unknown_imports_as_traps(
        self, module: Module
    ) raises WasmtimeError:
        """Defines all functions that a module asks for and that are not defined yet, to trap when called.

        Args:
            module: The module.

        Raises:
            WasmtimeError: If an unknown import is not a function.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].linker_define_unknown_imports_as_traps(
                inner.handle, module._inner[].handle
            ),
        )

    def define_unknown_imports_as_defaults(
        self, store: Store, module: Module
    ) raises WasmtimeError:
        """Defines all that a module asks for and that is not defined yet, as items that are zero and do nothing.

        The linker belongs to the store from then on.

        Args:
            store: The store.
            module: The module.

        Raises:
            WasmtimeError: If an import is of a type that has no zero, or the linker belongs to another store.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].linker_define_unknown_imports_as_defaults(
                inner.handle, store._inner[].handle, module._inner[].handle
            ),
        )
        self._inner[].keep(store._inner)

    def alias(
        self,
        module: StringSpan,
        name: StringSpan,
        as_module: StringSpan,
        as_name: StringSpan,
    ) raises WasmtimeError:
        """Gives a definition two further names.

        Args:
            module: The first name it has.
            name: The second name it has.
            as_module: The first name it gets.
            as_name: The second name it gets.

        Raises:
            WasmtimeError: If there is no such definition.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].linker_alias(
                inner.handle,
                module.unsafe_ptr(),
                module.byte_length(),
                name.unsafe_ptr(),
                name.byte_length(),
                as_module.unsafe_ptr(),
                as_module.byte_length(),
                as_name.unsafe_ptr(),
                as_name.byte_length(),
            ),
        )

    def alias_module(
        self, module: StringSpan, as_module: StringSpan
    ) raises WasmtimeError:
        """Gives all definitions of a first name a further first name.

        Args:
            module: The first name they have.
            as_module: The first name they get.

        Raises:
            WasmtimeError: If there is no such definition.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].linker_alias_module(
                inner.handle,
                module.unsafe_ptr(),
                module.byte_length(),
                as_module.unsafe_ptr(),
                as_module.byte_length(),
            ),
        )

    def get(
        self, store: Store, module: StringSpan, name: StringSpan
    ) raises WasmtimeError -> Extern:
        """Finds a definition.

        Args:
            store: The store that a host function is to live in.
            module: The first of the two names.
            name: The second of the two names.

        Returns:
            The item.

        Raises:
            WasmtimeError: If there is no such definition.
        """
        ref inner = self._inner[]
        var item = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].linker_get(
                inner.handle,
                store._inner[].handle,
                module.unsafe_ptr(),
                module.byte_length(),
                name.unsafe_ptr(),
                name.byte_length(),
                Pointer(to=item),
            ),
        )
        return Extern(store._inner, String(name), item)

    def get_default(
        self, store: Store, name: StringSpan
    ) raises WasmtimeError -> Func:
        """Finds the default function of a module that was defined under a name.

        Args:
            store: The store.
            name: The first of the two names.

        Returns:
            Its `_start`, or what is exported without a name.

        Raises:
            WasmtimeError: If there is no such definition.
        """
        ref inner = self._inner[]
        var func = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].linker_get_default(
                inner.handle,
                store._inner[].handle,
                name.unsafe_ptr(),
                name.byte_length(),
                Pointer(to=func),
            ),
        )
        return Func(store._inner, func)

    def instantiate(
        self, store: Store, module: Module
    ) raises WasmtimeError -> Instance:
        """Instantiates a module with the definitions of this linker.

        Args:
            store: The store.
            module: The module; an import that is not defined raises and is named.

        Returns:
            The instance.

        Raises:
            WasmtimeError: If an import is missing or has another type, or the start function traps.
        """
        ref inner = self._inner[]
        var instance = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].linker_instantiate(
                inner.handle,
                store._inner[].handle,
                module._inner[].handle,
                Pointer(to=instance),
            ),
        )
        return Instance(store._inner, instance)

    def define_wasi(self, *, waiting: Bool = False) raises WasmtimeError:
        """Defines the functions of WASI 0.1, which programs import from `wasi_snapshot_preview1`.

        What they do is up to the store (`Store.set_wasi`).

        Args:
            waiting: Whether a function that has to wait leaves its call, until it is polled again; the linker serves stores made
                with `asynchronous=True` only then. Else it stops the thread.

        Raises:
            WasmtimeError: If a name is taken, or the library was built without WASI.
        """
        ref inner = self._inner[]
        if waiting:
            _check(
                inner.lib, inner.lib[].linker_define_wasi_async(inner.handle)
            )
        else:
            _check(inner.lib, inner.lib[].linker_define_wasi(inner.handle))

    def run_command(
        self, store: Store, module: Module
    ) raises WasmtimeError -> Int32:
        """Runs a program that was compiled for WASI: instantiates a module and calls its `_start`.

        Args:
            store: The store, which has WASI.
            module: The program.

        Returns:
            Its exit status: 0 if it just returned.

        Raises:
            WasmtimeError: If it is no program, an import is missing, or it ended otherwise.
        """
        ref inner = self._inner[]
        return _exit_status(
            inner.lib,
            inner.lib[].linker_run_command(
                inner.handle, store._inner[].handle, module._inner[].handle
            ),
        )

    def instantiate_reactor(
        self, store: Store, module: Module
    ) raises WasmtimeError -> Instance:
        """Instantiates a library that was compiled for WASI, and calls its `_initialize` first.

        Args:
            store: The store, which has WASI.
            module: The library.

        Returns:
            The instance.

        Raises:
            WasmtimeError: If an import is missing, the module is a program, or `_initialize` fails.
        """
        ref inner = self._inner[]
        var instance = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].linker_instantiate_reactor(
                inner.handle,
                store._inner[].handle,
                module._inner[].handle,
                Pointer(to=instance),
            ),
        )
        return Instance(store._inner, instance)

    def start(
        self, store: Store, module: Module
    ) raises WasmtimeError -> PendingInstance:
        """Starts to instantiate a module: its start function runs when it is polled.

        Args:
            store: The store, which the instantiation has to itself until it ends.
            module: The module.

        Returns:
            What is polled.

        Raises:
            WasmtimeError: If the store is in use.
        """
        ref inner = self._inner[]
        var pending = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].linker_start_instance(
                inner.handle,
                store._inner[].handle,
                module._inner[].handle,
                Pointer(to=pending),
            ),
        )
        return PendingInstance(store._inner, pending)

    def instantiate_pre(
        self, module: Module
    ) raises WasmtimeError -> InstancePre:
        """Finds and checks the imports of a module once, for many instances.

        Args:
            module: The module.

        Returns:
            What makes instances.

        Raises:
            WasmtimeError: If an import is missing or has another type.
        """
        ref inner = self._inner[]
        var pre = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].linker_instantiate_pre(
                inner.handle, module._inner[].handle, Pointer(to=pre)
            ),
        )
        return InstancePre(self, module, pre)


struct WaitingFuncs(HostFuncs, ImplicitlyCopyable):
    """Takes ordinary Mojo functions as host functions that may wait.

    A function that has to wait raises `WasmtimeError.pending()`. Its call is left then, and the function is called again
    when the call is polled, with the same arguments, until it returns or raises something else. The linker serves
    stores made with `asynchronous=True` only from then on.
    """

    var _linker: Linker

    @doc_hidden
    def __init__(out self, linker: Linker):
        self._linker = linker

    @doc_hidden
    def _library(self) -> _Library:
        return self._linker._library()

    @doc_hidden
    def _define_host[
        body: _Body, R: WasmTy, *Ps: WasmTy
    ](
        self, module: StringSpan, name: StringSpan, env: Env, drop: Drop
    ) raises WasmtimeError:
        self._linker._define_callback(
            _DefineFunc(self._library()[].linker_define_func_async),
            module,
            name,
            _func_type[R, *Ps](),
            _trampoline[body],
            env,
            drop,
        )


comptime LinkerPtr = Linker
"""What `Linker.ptr` returns."""


struct _InstancePreInner(Movable):
    # Keeps alive the stores of the items that it holds.
    var linker: Linker
    var module: Module
    var handle: UInt64

    def __init__(out self, linker: Linker, module: Module, handle: UInt64):
        self.linker = linker
        self.module = module
        self.handle = handle

    def __deinit__(deinit self):
        _ = self.linker._inner[].lib[].instance_pre_delete(self.handle)
        _ = self.linker^


struct InstancePre(ImplicitlyCopyable):
    """A module of which the imports were found and checked already.

    A copy is the same object. Any thread may use it.
    """

    var _inner: ArcPointer[_InstancePreInner]

    @doc_hidden
    def __init__(out self, linker: Linker, module: Module, handle: UInt64):
        self._inner = ArcPointer(_InstancePreInner(linker, module, handle))

    def instantiate(self, store: Store) raises WasmtimeError -> Instance:
        """Makes an instance.

        Args:
            store: The store.

        Returns:
            The instance.

        Raises:
            WasmtimeError: If an import is missing or has another type, or the start function traps.
        """
        ref lib = store._inner[].lib
        var instance = UInt64(0)
        _check(
            lib,
            lib[].instance_pre_instantiate(
                self._inner[].handle,
                store._inner[].handle,
                Pointer(to=instance),
            ),
        )
        return Instance(store._inner, instance)

    def set_wasi(self, wasi: Wasi) raises WasmtimeError:
        """Gives the stores that `call` and `typed_func` make what a description says of WASI, in place of another one.

        Each takes it as it is then, with a context of its own. A module that imports no WASI does not use it.

        Args:
            wasi: The description.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref lib = self._inner[].linker._inner[].lib
        _check(
            lib,
            lib[].instance_pre_set_wasi(
                self._inner[].handle, wasi._inner[].handle
            ),
        )

    def call[
        R: WasmTy = NoneType, *Ps: WasmTy
    ](
        self,
        name: StringSpan,
        *args: *Ps,
        user: UInt64 = 0,
        fuel: UInt64 = WTS_UNLIMITED,
        timeout_ms: Int = -1,
        memory_bytes: UInt64 = WTS_UNLIMITED,
    ) raises WasmtimeError -> R:
        """Calls an exported function in a store and an instance that are made for this call and deleted after it.

        For many calls of one function, `typed_func` is faster.

        Parameters:
            R: The type of the result: a number, `NoneType` for none, `Results2` and so on for several.
            Ps: The types of the arguments, all of them numbers.

        Args:
            name: The name.
            args: The arguments, such as `Int32(40)`.
            user: A number that host functions find with `Caller.user`.
            fuel: How much fuel the call may consume, if the option `fuel` is on.
            timeout_ms: How long it may take with its instantiation, if the option `epoch_interruption` is on; -1 is for ever.
            memory_bytes: How large each memory may be.

        Returns:
            The result.

        Raises:
            WasmtimeError: If there is no such function, it has other types, it traps, or it needs more than it may.
        """
        return self.typed_func[R, *Ps](name)(
            *args,
            user=user,
            fuel=fuel,
            timeout_ms=timeout_ms,
            memory_bytes=memory_bytes,
        )

    def typed_func[
        R: WasmTy, *Ps: WasmTy
    ](self, name: StringSpan) raises WasmtimeError -> InstancePreFunc[R, *Ps]:
        """Finds an exported function and checks its types once, for many calls that have an instance each.

        Parameters:
            R: The type of the result: a number, `NoneType` for none, `Results2` and so on for several.
            Ps: The types of the parameters, all of them numbers.

        Args:
            name: The name.

        Returns:
            A function to call with Mojo values.

        Raises:
            WasmtimeError: If there is no such function or it has other types.
        """
        ref module = self._inner[].module
        var index = module._export_index(name)
        _check_kinds[R, *Ps](
            module._inner[].lib, module._export_type(index).func()
        )
        return InstancePreFunc[R, *Ps](self, index)


comptime _PreCall = def(
    UInt64, Int, UInt64, UInt64, Int64, UInt64, InI64, Int, OutI64, Int
) thin abi("C") -> Int32


struct InstancePreFunc[R: WasmTy, *Ps: WasmTy](ImplicitlyCopyable):
    """An exported function that runs in a store and an instance of its own each time: one for each request.

    Any thread may use it.

    Parameters:
        R: The type of the result.
        Ps: The types of the parameters.
    """

    var _call: _PreCall
    var _handle: UInt64
    var _index: Int
    var _pre: InstancePre
    # Stands for the store of a call, which nobody gets to see.
    var _store: _StoreRef

    @doc_hidden
    def __init__(out self, pre: InstancePre, index: Int):
        comptime assert _numbers[
            Self.R, *Self.Ps
        ](), "a reference would not outlive the store of the call"
        ref lib = pre._inner[].module._inner[].lib
        self._call = lib[].instance_pre_call
        self._handle = pre._inner[].handle
        self._index = index
        self._pre = pre
        self._store = _StoreRef(_StoreInner(lib, 0, 0))

    def __call__(
        self,
        *args: *Self.Ps,
        user: UInt64 = 0,
        fuel: UInt64 = WTS_UNLIMITED,
        timeout_ms: Int = -1,
        memory_bytes: UInt64 = WTS_UNLIMITED,
    ) raises WasmtimeError -> Self.R:
        """Makes a store and an instance, calls the function, and deletes both.

        Args:
            args: The arguments.
            user: A number that host functions find with `Caller.user`.
            fuel: How much fuel the call may consume, if the option `fuel` is on.
            timeout_ms: How long it may take with its instantiation, if the option `epoch_interruption` is on; -1 is for ever.
            memory_bytes: How large each memory may be.

        Returns:
            The result.

        Raises:
            WasmtimeError: If the function or the start function traps or needs more than it may.
        """
        comptime count = Self.Ps.__len__()
        comptime result_count = _result_count[Self.R]()
        var slots = Array[Int64, max(count, 1)](uninitialized=True)
        var results = Array[Int64, max(result_count, 1)](uninitialized=True)
        comptime for i in range(count):
            slots.unsafe_ptr()[unsafe_offset=i] = _lend(args[i])
        var who = _User(user)
        var status = self._call(
            self._handle,
            self._index,
            UInt64(Int(Pointer(to=who))),
            fuel,
            Int64(timeout_ms),
            memory_bytes,
            slots.unsafe_ptr(),
            count,
            results.unsafe_ptr(),
            result_count,
        )
        # Host functions looked at it until now.
        _ = who^
        _check(self._store[].lib, status)
        return _take_results[Self.R](self._store, results.unsafe_ptr())
