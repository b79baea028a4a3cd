"""Compiled components."""

from std.memory import ArcPointer

from ._ffi import (
    OutBytes,
    OutI32,
    OutSize,
    WTS_COMPONENT_ITEM_COMPONENT,
    WTS_COMPONENT_ITEM_CORE_FUNC,
    WTS_COMPONENT_ITEM_FUNC,
    WTS_COMPONENT_ITEM_INSTANCE,
    WTS_COMPONENT_ITEM_MODULE,
    WTS_COMPONENT_ITEM_RESOURCE,
    WTS_COMPONENT_ITEM_TYPE,
)
from ._lib import _bytes, _Library, _OfHandle, _OfIndex, _take_buffer, _text
from .engine import Engine
from .error import WasmtimeError, _check


@fieldwise_init
struct ComponentItemKind(Equatable, TrivialRegisterPassable):
    """What a component imports or exports."""

    var code: Int32
    """One of the `WTS_COMPONENT_ITEM_*` numbers."""

    comptime FUNC = Self(WTS_COMPONENT_ITEM_FUNC)
    """A function."""
    comptime INSTANCE = Self(WTS_COMPONENT_ITEM_INSTANCE)
    """An instance, which is what an interface becomes; its members are items of their own."""
    comptime TYPE = Self(WTS_COMPONENT_ITEM_TYPE)
    """A type that is not a resource."""
    comptime RESOURCE = Self(WTS_COMPONENT_ITEM_RESOURCE)
    """A resource type."""
    comptime MODULE = Self(WTS_COMPONENT_ITEM_MODULE)
    """A module."""
    comptime COMPONENT = Self(WTS_COMPONENT_ITEM_COMPONENT)
    """A component."""
    comptime CORE_FUNC = Self(WTS_COMPONENT_ITEM_CORE_FUNC)
    """A function of a module."""


@fieldwise_init
struct ComponentItem(Copyable):
    """Something that a component imports or exports."""

    var name: String
    """Its name; that of a member of an instance is `instance#member`."""
    var kind: ComponentItemKind
    """What it is."""
    var type: String
    """Its type in the words of WIT."""


struct _ComponentInner(Movable):
    var lib: _Library
    var handle: UInt64

    def __init__(out self, var lib: _Library, handle: UInt64):
        self.lib = lib^
        self.handle = handle

    def __deinit__(deinit self):
        _ = self.lib[].component_delete(self.handle)


@fieldwise_init
struct _Items(Copyable):
    """The functions of the library that tell what a component imports, or exports."""

    var count: def(UInt64, OutSize) thin abi("C") -> Int32
    var name: def(UInt64, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    var kind: def(UInt64, Int, OutI32) thin abi("C") -> Int32
    var type: def(UInt64, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32

    def of(
        self, component: _ComponentInner
    ) raises WasmtimeError -> List[ComponentItem]:
        ref lib = component.lib
        var handle = component.handle
        var count = 0
        _check(lib, self.count(handle, Pointer(to=count)))
        var items = List[ComponentItem](capacity=count)
        for index in range(count):
            var kind = Int32(0)
            _check(lib, self.kind(handle, index, Pointer(to=kind)))
            items.append(
                ComponentItem(
                    _text(lib, _OfIndex(self.name, handle, index)),
                    ComponentItemKind(kind),
                    _text(lib, _OfIndex(self.type, handle, index)),
                )
            )
        return items^


struct Component(ImplicitlyCopyable):
    """A compiled component, to be instantiated in any store of its engine.

    A copy is the same component. Any thread may use it.
    """

    var _inner: ArcPointer[_ComponentInner]

    @doc_hidden
    def __init__(out self, *, var lib: _Library, handle: UInt64):
        self._inner = ArcPointer(_ComponentInner(lib^, handle))

    def __init__(
        out self, engine: Engine, bytes: Span[UInt8, _]
    ) raises WasmtimeError:
        """Compiles a component.

        Args:
            engine: The engine.
            bytes: A component in the binary format, or as text.

        Raises:
            WasmtimeError: If the bytes are not a valid component; the message says where.
        """
        ref inner = engine._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].component_new(
                inner.handle,
                bytes.unsafe_ptr(),
                len(bytes),
                Pointer(to=handle),
            ),
        )
        self = Self(lib=inner.lib, handle=handle)

    def __init__(
        out self, engine: Engine, text: StringSpan
    ) raises WasmtimeError:
        """Compiles a component from text.

        Args:
            engine: The engine.
            text: The component as text.

        Raises:
            WasmtimeError: If the text is not a valid component; the message says where.
        """
        self = Self(engine, text.as_bytes())

    @staticmethod
    def from_file(
        engine: Engine, path: StringSpan
    ) raises WasmtimeError -> Self:
        """Compiles a component from a file in the binary format, or text.

        Args:
            engine: The engine.
            path: The file.

        Returns:
            The component.

        Raises:
            WasmtimeError: If the file cannot be read or is not a valid component.
        """
        ref inner = engine._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].component_new_file(
                inner.handle,
                path.unsafe_ptr(),
                path.byte_length(),
                Pointer(to=handle),
            ),
        )
        return Self(lib=inner.lib, handle=handle)

    @staticmethod
    def deserialize(
        engine: Engine, bytes: Span[UInt8, _]
    ) raises WasmtimeError -> Self:
        """Loads a component from an artifact, without compiling.

        Args:
            engine: An engine with the options of the one that made the artifact.
            bytes: What `serialize` or `precompile` gave.

        Returns:
            The component.

        Raises:
            WasmtimeError: If the artifact is damaged, or made for another engine, version or machine.
        """
        ref inner = engine._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].component_deserialize(
                inner.handle,
                bytes.unsafe_ptr(),
                len(bytes),
                Pointer(to=handle),
            ),
        )
        return Self(lib=inner.lib, handle=handle)

    @staticmethod
    def deserialize_file(
        engine: Engine, path: StringSpan
    ) raises WasmtimeError -> Self:
        """Loads a component from an artifact in a file, without compiling.

        Args:
            engine: An engine with the options of the one that made the artifact.
            path: What `serialize_file` wrote.

        Returns:
            The component.

        Raises:
            WasmtimeError: If the file cannot be read, is damaged, or made for another engine, version or machine.
        """
        ref inner = engine._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].component_deserialize_file(
                inner.handle,
                path.unsafe_ptr(),
                path.byte_length(),
                Pointer(to=handle),
            ),
        )
        return Self(lib=inner.lib, handle=handle)

    @staticmethod
    def precompile(
        engine: Engine, bytes: Span[UInt8, _]
    ) raises WasmtimeError -> List[UInt8]:
        """Compiles a component to an artifact without loading it.

        Args:
            engine: The engine, whose target may be another machine.
            bytes: A component in the binary format, or as text.

        Returns:
            The artifact.

        Raises:
            WasmtimeError: If the bytes are not a valid component.
        """
        ref inner = engine._inner[]
        var buffer = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].component_precompile(
                inner.handle,
                bytes.unsafe_ptr(),
                len(bytes),
                Pointer(to=buffer),
            ),
        )
        return _take_buffer(inner.lib, buffer)

    def serialize(self) raises WasmtimeError -> List[UInt8]:
        """Makes an artifact, which loads without compiling.

        Returns:
            The artifact.

        Raises:
            WasmtimeError: If the library has no compiler.
        """
        ref inner = self._inner[]
        return _bytes(
            inner.lib,
            _OfHandle(inner.lib[].component_serialize, inner.handle),
        )

    def serialize_file(self, path: StringSpan) raises WasmtimeError:
        """Writes an artifact to a file.

        Args:
            path: The file, which is written whole or not at all.

        Raises:
            WasmtimeError: If the file cannot be written.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].component_serialize_file(
                inner.handle, path.unsafe_ptr(), path.byte_length()
            ),
        )

    def wit(self) raises WasmtimeError -> String:
        """Tells what the component imports and exports as a world in WIT.

        Returns:
            The text.

        Raises:
            WasmtimeError: If the text would be too long.
        """
        ref inner = self._inner[]
        return _text(
            inner.lib, _OfHandle(inner.lib[].component_wit, inner.handle)
        )

    def imports(self) raises WasmtimeError -> List[ComponentItem]:
        """Lists the imports, each instance followed by its members.

        Returns:
            The imports.

        Raises:
            WasmtimeError: If the types would be too long as text.
        """
        ref inner = self._inner[]
        ref lib = inner.lib[]
        return _Items(
            lib.component_import_count,
            lib.component_import_name,
            lib.component_import_kind,
            lib.component_import_type,
        ).of(inner)

    def exports(self) raises WasmtimeError -> List[ComponentItem]:
        """Lists the exports, each instance followed by its members.

        Returns:
            The exports.

        Raises:
            WasmtimeError: If the types would be too long as text.
        """
        ref inner = self._inner[]
        ref lib = inner.lib[]
        return _Items(
            lib.component_export_count,
            lib.component_export_name,
            lib.component_export_kind,
            lib.component_export_type,
        ).of(inner)
