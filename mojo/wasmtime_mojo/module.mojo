"""Compiled modules."""

from std.memory import ArcPointer

from ._ffi import InBytes, OutBytes, OutSize, WTS_UNLIMITED
from ._lib import (
    _bytes,
    _Library,
    _OfHandle,
    _OfIndex,
    _take_buffer,
    _Text,
    _text,
)
from .engine import Engine
from .error import WasmtimeError, _check
from .types import ExportType, ExternType, ImportType, _take_type


@fieldwise_init
struct ResourcesRequired(Equatable, TrivialRegisterPassable):
    """What an instance of a module takes besides its imports."""

    var memories: Int
    """How many memories."""
    var max_memory_size: UInt64
    """The largest first size of a memory, in pages."""
    var tables: Int
    """How many tables."""
    var max_table_size: UInt64
    """The largest first size of a table, in elements."""


@fieldwise_init
struct ModuleFunction(Copyable):
    """A function that a module defines."""

    var index: Int
    """Its index among all functions of the module, imports included."""
    var name: String
    """Its name, empty if it has none."""
    var code_offset: Int
    """Where its code begins in `Module.text`."""
    var code_size: Int
    """How long its code is, in bytes."""


@fieldwise_init
struct AddressMapEntry(Copyable):
    """A place in a module's code, which reaches to the next."""

    var code_offset: Int
    """Where it is in `Module.text`."""
    var wasm_offset: Optional[Int]
    """Where in the binary module it comes from, if from anywhere."""


@fieldwise_init
struct _OfSection(Copyable, _Text):
    """A getter of a custom section."""

    var get: def(UInt64, InBytes, Int, Int, OutBytes, Int, OutSize) thin abi(
        "C"
    ) -> Int32
    var module: UInt64
    var name: String
    var index: Int

    def read(self, buffer: OutBytes, capacity: Int, size: OutSize) -> Int32:
        return self.get(
            self.module,
            self.name.unsafe_ptr(),
            self.name.byte_length(),
            self.index,
            buffer,
            capacity,
            size,
        )


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

    def custom_sections(
        self, name: StringSpan
    ) raises WasmtimeError -> List[List[UInt8]]:
        """Reads the custom sections of a name. Those named `name` and `.debug_...` are not kept.

        Args:
            name: The name.

        Returns:
            Their contents, in the order of the module.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        ref lib = inner.lib
        var count = 0
        _check(
            lib,
            lib[].module_custom_section_count(
                inner.handle,
                name.unsafe_ptr(),
                name.byte_length(),
                Pointer(to=count),
            ),
        )
        var result = List[List[UInt8]](capacity=count)
        for index in range(count):
            result.append(
                _bytes(
                    lib,
                    _OfSection(
                        lib[].module_custom_section,
                        inner.handle,
                        String(name),
                        index,
                    ),
                )
            )
        return result^

    def resources_required(self) raises WasmtimeError -> ResourcesRequired:
        """Tells what an instance takes besides its imports.

        Returns:
            Memories and tables.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        var memories = UInt32(0)
        var pages = UInt64(0)
        var tables = UInt32(0)
        var elements = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].module_resources_required(
                inner.handle,
                Pointer(to=memories),
                Pointer(to=pages),
                Pointer(to=tables),
                Pointer(to=elements),
            ),
        )
        return ResourcesRequired(Int(memories), pages, Int(tables), elements)

    def functions(self) raises WasmtimeError -> List[ModuleFunction]:
        """Lists the functions that the module defines.

        Returns:
            The functions, in the order of the module.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        ref lib = inner.lib
        var count = 0
        _check(lib, lib[].module_func_count(inner.handle, Pointer(to=count)))
        var result = List[ModuleFunction](capacity=count)
        for index in range(count):
            var func_index = UInt32(0)
            var offset = UInt64(0)
            var size = UInt64(0)
            _check(
                lib,
                lib[].module_func(
                    inner.handle,
                    index,
                    Pointer(to=func_index),
                    Pointer(to=offset),
                    Pointer(to=size),
                ),
            )
            var name = _text(
                lib, _OfIndex(lib[].module_func_name, inner.handle, index)
            )
            result.append(
                ModuleFunction(Int(func_index), name, Int(offset), Int(size))
            )
        return result^

    def address_map(self) raises WasmtimeError -> List[AddressMapEntry]:
        """Reads the map from the module's code to the binary module.

        Returns:
            The places, in the order of the code.

        Raises:
            WasmtimeError: If `generate_address_map` was off.
        """
        ref inner = self._inner[]
        ref lib = inner.lib
        var size = 0
        var numbers = List[UInt64](length=1, fill=0)
        _check(
            lib,
            lib[].module_address_map(
                inner.handle, numbers.unsafe_ptr(), 0, Pointer(to=size)
            ),
        )
        if size > 0:
            numbers.resize(size, 0)
            _check(
                lib,
                lib[].module_address_map(
                    inner.handle, numbers.unsafe_ptr(), size, Pointer(to=size)
                ),
            )
        var result = List[AddressMapEntry](capacity=size // 2)
        for index in range(0, size, 2):
            var wasm = Optional[Int](None)
            if numbers[index + 1] != WTS_UNLIMITED:
                wasm = Int(numbers[index + 1])
            result.append(AddressMapEntry(Int(numbers[index]), wasm))
        return result^

    def text(self) raises WasmtimeError -> List[UInt8]:
        """Reads the machine code of the module.

        Returns:
            The code.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        var buffer = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].module_text(inner.handle, Pointer(to=buffer)),
        )
        return _take_buffer(inner.lib, buffer)

    def debug_bytecode(self) raises WasmtimeError -> List[UInt8]:
        """Reads the binary module that this one was compiled from.

        Returns:
            Its bytes.

        Raises:
            WasmtimeError: If `guest_debug` was off.
        """
        ref inner = self._inner[]
        var buffer = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].module_debug_bytecode(inner.handle, Pointer(to=buffer)),
        )
        return _take_buffer(inner.lib, buffer)

    def image_range(self) raises WasmtimeError -> Tuple[Int, Int]:
        """Tells where the compiled image is in memory, to have the system keep it there.

        Returns:
            Its address and its size in bytes.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        var data = Pointer[UInt8, MutUntrackedOrigin].unsafe_dangling()
        var size = 0
        _check(
            inner.lib,
            inner.lib[].module_image_range(
                inner.handle, Pointer(to=data), Pointer(to=size)
            ),
        )
        return (Int(data), size)

    def initialize_copy_on_write_image(self) raises WasmtimeError:
        """Makes the image of the module's memory now instead of at its first instantiation.

        Raises:
            WasmtimeError: If there is no memory for it.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].module_initialize_copy_on_write_image(inner.handle),
        )

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
