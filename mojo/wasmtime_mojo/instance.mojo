"""Instances of modules."""

from std.collections import Dict
from std.memory import ArcPointer

from ._lib import _OfIndex, _text
from .error import WasmtimeError, _check
from .extern_ import Extern
from .func import Func, TypedFunc
from .global_ import Global
from .memory import Memory
from .module import Module
from .store import _StoreRef, Store
from .table import Table
from .tag import Tag
from .types import WasmTy


struct _InstanceInner(Movable):
    var store: _StoreRef
    var handle: UInt64
    # The exports of an instance never change.
    var funcs: Dict[String, Func]

    def __init__(out self, var store: _StoreRef, handle: UInt64):
        self.store = store^
        self.handle = handle
        self.funcs = {}


struct Instance(ImplicitlyCopyable):
    """An instance of a module in a store.

    A copy is the same instance. It keeps its store alive.
    """

    var _inner: ArcPointer[_InstanceInner]

    @doc_hidden
    def __init__(out self, store: _StoreRef, handle: UInt64):
        self._inner = ArcPointer(_InstanceInner(store, handle))

    def __init__(
        out self, store: Store, module: Module, imports: List[Extern] = []
    ) raises WasmtimeError:
        """Instantiates a module with an explicit list of imports.

        Args:
            store: The store.
            module: The module.
            imports: What the module asks for, in its order.

        Raises:
            WasmtimeError: If an import is missing or has another type, or the start function traps.
        """
        ref inner = store._inner[]
        var handles = [item._handle for item in imports]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].instance_new(
                inner.handle,
                module._inner[].handle,
                handles.unsafe_ptr(),
                len(handles),
                Pointer(to=handle),
            ),
        )
        self = Self(store._inner, handle)

    def __getitem__(self, name: StringSpan) raises WasmtimeError -> Extern:
        """Finds an export.

        Args:
            name: The name; one that is not exported raises, and the error lists those that are.

        Returns:
            The export.

        Raises:
            WasmtimeError: If there is no such export; the message lists those that exist.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        var item = UInt64(0)
        _check(
            lib,
            lib[].instance_get_export(
                inner.handle,
                name.unsafe_ptr(),
                name.byte_length(),
                Pointer(to=item),
            ),
        )
        return Extern(inner.store, String(name), item)

    def exports(self) raises WasmtimeError -> List[Extern]:
        """Lists the exports.

        Returns:
            All exports with their names, in the order of the module.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref inner = self._inner[]
        ref lib = inner.store[].lib
        var count = 0
        _check(
            lib, lib[].instance_export_count(inner.handle, Pointer(to=count))
        )
        var result = List[Extern](capacity=count)
        for index in range(count):
            var item = UInt64(0)
            _check(
                lib,
                lib[].instance_export_at(inner.handle, index, Pointer(to=item)),
            )
            var name = _text(
                lib, _OfIndex(lib[].instance_export_name, inner.handle, index)
            )
            result.append(Extern(inner.store, name^, item))
        return result^

    def func(self, name: StringSpan) raises WasmtimeError -> Func:
        """Finds an exported function.

        Args:
            name: The name.

        Returns:
            The function.

        Raises:
            WasmtimeError: If there is no such export; the message lists those that exist.
        """
        ref funcs = self._inner[].funcs
        var key = String(name)
        var known = funcs.get(key)
        if known:
            return known.value()
        var func = self[name].func()
        funcs[key^] = func
        return func

    def memory(self, name: StringSpan) raises WasmtimeError -> Memory:
        """Finds an exported memory.

        Args:
            name: The name, usually `memory`.

        Returns:
            The memory.

        Raises:
            WasmtimeError: If there is no such export; the message lists those that exist.
        """
        return self[name].memory()

    def global_(self, name: StringSpan) raises WasmtimeError -> Global:
        """Finds an exported global.

        Args:
            name: The name.

        Returns:
            The global.

        Raises:
            WasmtimeError: If there is no such export; the message lists those that exist.
        """
        return self[name].global_()

    def table(self, name: StringSpan) raises WasmtimeError -> Table:
        """Finds an exported table.

        Args:
            name: The name.

        Returns:
            The table.

        Raises:
            WasmtimeError: If there is no such export; the message lists those that exist.
        """
        return self[name].table()

    def tag(self, name: StringSpan) raises WasmtimeError -> Tag:
        """Finds an exported tag.

        Args:
            name: The name.

        Returns:
            The tag.

        Raises:
            WasmtimeError: If there is no such export; the message lists those that exist.
        """
        return self[name].tag()

    def call[
        R: WasmTy = NoneType, *Ps: WasmTy
    ](self, name: StringSpan, *args: *Ps) raises WasmtimeError -> R:
        """Calls an exported function with Mojo values.

        Parameters:
            R: The type of the result; without it there is none, and `Results2` and so on are several.
            Ps: The types of the arguments.

        Args:
            name: The name.
            args: The arguments, such as `Int32(40)`.

        Returns:
            The result.

        Raises:
            WasmtimeError: If there is no such function, it has other types, or it traps.
        """
        return self.func(name).call[R, *Ps](*args)

    def typed_func[
        R: WasmTy, *Ps: WasmTy
    ](self, name: StringSpan) raises WasmtimeError -> TypedFunc[R, *Ps]:
        """Finds an exported function and checks its types once, for fast calls.

        Parameters:
            R: The type of the result: `NoneType` for none, `Results2` and so on for several.
            Ps: The types of the parameters.

        Args:
            name: The name.

        Returns:
            A function to call with Mojo values.

        Raises:
            WasmtimeError: If there is no such function or it has other types.
        """
        return self.func(name).typed[R, *Ps]()
