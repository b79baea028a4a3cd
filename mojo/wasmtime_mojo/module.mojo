"""Compiled modules."""

from std.memory import ArcPointer

from ._lib import _bytes, _Library, _OfHandle, _OfIndex, _text
from .engine import Engine
from .error import WasmtimeError, _check
from .types import ExportType, ExternType, ImportType, _take_type


struct _ModuleInner(Movable):
    var lib: _Library
    var handle: UInt64

    def __init__(out self, var lib: _Library, handle: UInt64):
        self.lib = lib^
        self.handle = handle

    def __deinit__(deinit self):
        _ = self.lib[].module_delete(self.handle)


struct Module(ImplicitlyCopyable):
    """A compiled module, to be instantiated in any store of its engine.

    A copy is the same module. Any thread may use it.
    """

    var _inner: ArcPointer[_ModuleInner]

    @doc_hidden
    def __init__(out self, *, var lib: _Library, handle: UInt64):
        self._inner = ArcPointer(_ModuleInner(lib^, handle))

    def __init__(
        out self, engine: Engine, bytes: Span[UInt8, _]
    ) raises WasmtimeError:
        """Compiles a module.

        Args:
            engine: The engine.
            bytes: A module in the binary format, or as text.

        Raises:
            WasmtimeError: If the bytes are not a valid module; the message says where.
        """
        ref inner = engine._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].module_new(
                inner.handle,
                bytes.unsafe_ptr(),
                len(bytes),
                Pointer(to=handle),
            ),
        )
        self = Self(lib=inner.lib, handle=handle)

    def __init__(
        out self, engine: Engine, bytes: List[UInt8]
    ) raises WasmtimeError:
        """Compiles a module.

        Args:
            engine: The engine.
            bytes: A module in the binary format, or as text.

        Raises:
            WasmtimeError: If the bytes are not a valid module; the message says where.
        """
        self = Self(engine, Span(bytes))

    def __init__(
        out self, engine: Engine, text: StringSpan
    ) raises WasmtimeError:
        """Compiles a module.

        Args:
            engine: The engine.
            text: A module as text.

        Raises:
            WasmtimeError: If the bytes are not a valid module; the message says where.
        """
        self = Self(engine, text.as_bytes())

    @staticmethod
    def from_file(
        engine: Engine, path: StringSpan
    ) raises WasmtimeError -> Self:
        """Compiles a module from a file.

        Args:
            engine: The engine.
            path: A file in the binary format, or as text.

        Returns:
            The module.

        Raises:
            WasmtimeError: If the file cannot be read or is not a valid module.
        """
        ref inner = engine._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].module_new_file(
                inner.handle,
                path.unsafe_ptr(),
                path.byte_length(),
                Pointer(to=handle),
            ),
        )
        return Self(lib=inner.lib, handle=handle)

    @staticmethod
    def validate(engine: Engine, bytes: Span[UInt8, _]) raises WasmtimeError:
        """Checks a module without compiling it; raises what is wrong with it.

        Args:
            engine: The engine.
            bytes: A module in the binary format, or as text.

        Raises:
            WasmtimeError: If the bytes are not a valid module; the message says where.
        """
        ref inner = engine._inner[]
        _check(
            inner.lib,
            inner.lib[].module_validate(
                inner.handle, bytes.unsafe_ptr(), len(bytes)
            ),
        )

    @staticmethod
    def deserialize(
        engine: Engine, bytes: Span[UInt8, _]
    ) raises WasmtimeError -> Self:
        """Loads a module that `serialize` made.

        Args:
            engine: An engine with the same options.
            bytes: The artifact; a damaged or foreign one raises before any of it is trusted.

        Returns:
            The module.

        Raises:
            WasmtimeError: If the artifact is damaged, foreign, or of another engine.
        """
        ref inner = engine._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].module_deserialize(
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
        """Loads a module from a file that `serialize_file` made.

        Args:
            engine: An engine with the same options.
            path: The artifact; a damaged or foreign one raises before any of it is trusted.

        Returns:
            The module.

        Raises:
            WasmtimeError: If the file cannot be read, or is damaged, foreign, or of another engine.
        """
        ref inner = engine._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].module_deserialize_file(
                inner.handle,
                path.unsafe_ptr(),
                path.byte_length(),
                Pointer(to=handle),
            ),
        )
        return Self(lib=inner.lib, handle=handle)

    def ptr(self) -> ModulePtr:
        """Gets what `Linker.instantiate` takes.

        Returns:
            This module.
        """
        return self

    def serialize(self) raises WasmtimeError -> List[UInt8]:
        """Makes an artifact that `deserialize` loads without compiling.

        Returns:
            The compiled code with a checksum.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        return _bytes(
            inner.lib, _OfHandle(inner.lib[].module_serialize, inner.handle)
        )

    def serialize_file(self, path: StringSpan) raises WasmtimeError:
        """Writes an artifact that `deserialize_file` loads without compiling.

        Args:
            path: The file to write.

        Raises:
            WasmtimeError: If the file cannot be written.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].module_serialize_file(
                inner.handle, path.unsafe_ptr(), path.byte_length()
            ),
        )

    def name(self) raises WasmtimeError -> String:
        """Reads the name that the module gives itself.

        Returns:
            The name, empty if there is none.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        return _text(
            inner.lib, _OfHandle(inner.lib[].module_name, inner.handle)
        )

    def imports(self) raises WasmtimeError -> List[ImportType]:
        """Lists what the module asks for.

        Returns:
            Names and types, in the order of the module.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        ref lib = inner.lib
        var count = 0
        _check(lib, lib[].module_import_count(inner.handle, Pointer(to=count)))
        var result = List[ImportType](capacity=count)
        for index in range(count):
            var type = UInt64(0)
            _check(
                lib,
                lib[].module_import_type(inner.handle, index, Pointer(to=type)),
            )
            result.append(
                ImportType(
                    _text(
                        lib,
                        _OfIndex(
                            lib[].module_import_module, inner.handle, index
                        ),
                    ),
                    _text(
                        lib,
                        _OfIndex(lib[].module_import_name, inner.handle, index),
                    ),
                    _take_type(lib, type),
                )
            )
        return result^

    def exports(self) raises WasmtimeError -> List[ExportType]:
        """Lists what the module offers.

        Returns:
            Names and types, in the order of the module.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        ref lib = inner.lib
        var count = 0
        _check(lib, lib[].module_export_count(inner.handle, Pointer(to=count)))
        var result = List[ExportType](capacity=count)
        for index in range(count):
            result.append(
                ExportType(
                    _text(
                        lib,
                        _OfIndex(lib[].module_export_name, inner.handle, index),
                    ),
                    self._export_type(index),
                )
            )
        return result^

    def export_type(self, name: StringSpan) raises WasmtimeError -> ExternType:
        """Finds the type of an export.

        Args:
            name: The name of the export.

        Returns:
            The type.

        Raises:
            WasmtimeError: If there is no such export; the message lists those that exist.
        """
        return self._export_type(self._export_index(name))

    @doc_hidden
    def _export_index(self, name: StringSpan) raises WasmtimeError -> Int:
        ref inner = self._inner[]
        var index = 0
        _check(
            inner.lib,
            inner.lib[].module_export_find(
                inner.handle,
                name.unsafe_ptr(),
                name.byte_length(),
                Pointer(to=index),
            ),
        )
        return index

    @doc_hidden
    def _export_type(self, index: Int) raises WasmtimeError -> ExternType:
        ref inner = self._inner[]
        var type = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].module_export_type(
                inner.handle, index, Pointer(to=type)
            ),
        )
        return _take_type(inner.lib, type)


comptime ModulePtr = Module
"""What `Module.ptr` returns."""
