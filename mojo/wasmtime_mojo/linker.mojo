"""Names for what modules import."""

from std.memory import ArcPointer

from ._ffi import Callback, Drop, Env, WTS_OK
from ._box import _env, _free_env, _heap
from ._lib import _Library
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
from .error import WasmtimeError, _check
from .extern_ import Extern
from .func import Func
from .host import HostFuncs
from .instance import Instance
from .module import Module
from .store import _StoreRef, Store
from .types import FuncType, _codes


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
    def _define_host(
        self,
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
        var status = inner.lib[].linker_define_func(
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
        self._define_host(
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

    def define(
        self, module: StringSpan, name: StringSpan, item: Extern
    ) raises WasmtimeError:
        """Defines a function, memory, global or table that exists.

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
        return InstancePre(self, pre)


comptime LinkerPtr = Linker
"""What `Linker.ptr` returns."""


struct _InstancePreInner(Movable):
    # Keeps alive the stores of the items that it holds.
    var linker: Linker
    var handle: UInt64

    def __init__(out self, linker: Linker, handle: UInt64):
        self.linker = linker
        self.handle = handle

    def __deinit__(deinit self):
        _ = self.linker._inner[].lib[].instance_pre_delete(self.handle)
        _ = self.linker^


struct InstancePre(ImplicitlyCopyable):
    """A module of which the imports were found and checked already.

    A copy is the same object.
    """

    var _inner: ArcPointer[_InstancePreInner]

    @doc_hidden
    def __init__(out self, linker: Linker, handle: UInt64):
        self._inner = ArcPointer(_InstancePreInner(linker, handle))

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
