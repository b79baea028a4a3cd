"""The types of values, functions, memories, tables and globals.

They are plain Mojo values, free of engines and stores.
"""

from ._ffi import (
    WTS_ANYREF,
    WTS_ARRAYREF,
    WTS_EQREF,
    WTS_ERR_KIND,
    WTS_EXNREF,
    WTS_EXTERNREF,
    WTS_F32,
    WTS_F64,
    WTS_FUNCREF,
    WTS_I16,
    WTS_I31REF,
    WTS_I32,
    WTS_I64,
    WTS_I8,
    WTS_KIND_FUNC,
    WTS_KIND_GLOBAL,
    WTS_KIND_MEMORY,
    WTS_KIND_SHARED_MEMORY,
    WTS_KIND_NONE,
    WTS_KIND_TABLE,
    WTS_KIND_TAG,
    WTS_MEMORY_64,
    WTS_MEMORY_SHARED,
    WTS_NULLEXNREF,
    WTS_NULLEXTERNREF,
    WTS_NULLFUNCREF,
    WTS_NULLREF,
    WTS_REF,
    WTS_REF_NULL,
    WTS_STRUCTREF,
    WTS_TABLE_64,
    WTS_UNLIMITED,
    WTS_V128,
)
from ._lib import _Library, _OfHandle, _text
from .error import WasmtimeError, _check

comptime WasmTy = Copyable & Deinitable
"""What a parameter or result must be: `Int32`, `UInt32`, `Bool` (i32), `Int64`, `UInt64` (i64), `Float32` (f32),
`Float64` (f64), `Func` (funcref), `ExternRef` (externref), `AnyRef` (anyref and its subtypes), `ExnRef` (exnref), or an
`Optional` of the last four, which may be null."""

comptime Boxable = Movable & Deinitable
"""What a value must be for the library to keep it: movable, and destroyed by itself."""

comptime _PAGE_SIZE_LOG2: Int32 = 16


@fieldwise_init
struct ValKind(Equatable, TrivialRegisterPassable, Writable):
    """The type of a value, such as `ValKind.I32`."""

    var code: Int32
    """The code of the type in the WebAssembly binary format."""

    comptime I32 = Self(WTS_I32)
    """32-bit integer."""
    comptime I64 = Self(WTS_I64)
    """64-bit integer."""
    comptime F32 = Self(WTS_F32)
    """32-bit float."""
    comptime F64 = Self(WTS_F64)
    """64-bit float."""
    comptime V128 = Self(WTS_V128)
    """128-bit vector."""
    comptime FUNCREF = Self(WTS_FUNCREF)
    """Function reference or null."""
    comptime EXTERNREF = Self(WTS_EXTERNREF)
    """Host reference or null."""
    comptime ANYREF = Self(WTS_ANYREF)
    """Internal reference or null."""
    comptime EQREF = Self(WTS_EQREF)
    """Internal reference that can be compared, or null."""
    comptime I31REF = Self(WTS_I31REF)
    """31-bit integer reference or null."""
    comptime STRUCTREF = Self(WTS_STRUCTREF)
    """Struct reference or null."""
    comptime ARRAYREF = Self(WTS_ARRAYREF)
    """Array reference or null."""
    comptime EXNREF = Self(WTS_EXNREF)
    """Exception reference or null."""
    comptime REF = Self(WTS_REF)
    """Reference that is never null; the full type says to what."""
    comptime REF_NULL = Self(WTS_REF_NULL)
    """Reference to a certain struct, array or function type, or null."""
    comptime I8 = Self(WTS_I8)
    """8-bit integer; in structs and arrays only."""
    comptime I16 = Self(WTS_I16)
    """16-bit integer; in structs and arrays only."""

    def is_number(self) -> Bool:
        """Tells whether this is `i32`, `i64`, `f32` or `f64`.

        Returns:
            True for the four number types.
        """
        return self.code >= WTS_F64 and self.code <= WTS_I32

    @doc_hidden
    def _takes(self, kind: Self) -> Bool:
        """Tells whether a Mojo type of this kind may stand for one of that kind; of references the library judges."""
        if self == kind:
            return True
        if self.is_number() or kind.is_number():
            return False
        if kind == Self.REF or kind == Self.REF_NULL:
            return True
        return self == Self.ANYREF and (
            kind == Self.EQREF
            or kind == Self.I31REF
            or kind == Self.STRUCTREF
            or kind == Self.ARRAYREF
        )

    def slots(self) -> Int:
        """Tells how many 64-bit slots a value takes.

        Returns:
            2 for `v128`, otherwise 1.
        """
        return 2 if self == Self.V128 else 1

    def name(self) -> StaticString:
        """Names the type as WebAssembly text does.

        Returns:
            A name such as `i32`.
        """
        var code = self.code
        if code == WTS_I32:
            return "i32"
        if code == WTS_I64:
            return "i64"
        if code == WTS_F32:
            return "f32"
        if code == WTS_F64:
            return "f64"
        if code == WTS_V128:
            return "v128"
        if code == WTS_FUNCREF:
            return "funcref"
        if code == WTS_EXTERNREF:
            return "externref"
        if code == WTS_ANYREF:
            return "anyref"
        if code == WTS_EQREF:
            return "eqref"
        if code == WTS_I31REF:
            return "i31ref"
        if code == WTS_STRUCTREF:
            return "structref"
        if code == WTS_ARRAYREF:
            return "arrayref"
        if code == WTS_EXNREF:
            return "exnref"
        if code == WTS_NULLREF:
            return "nullref"
        if code == WTS_NULLEXTERNREF:
            return "nullexternref"
        if code == WTS_NULLFUNCREF:
            return "nullfuncref"
        if code == WTS_NULLEXNREF:
            return "nullexnref"
        if code == WTS_I8:
            return "i8"
        if code == WTS_I16:
            return "i16"
        if code == WTS_REF:
            return "ref"
        if code == WTS_REF_NULL:
            return "ref null"
        return "unknown"

    def write_to(self, mut writer: Some[Writer]):
        """Writes the name.

        Args:
            writer: Where to write.
        """
        writer.write(self.name())


@fieldwise_init
struct ExternKind(Equatable, TrivialRegisterPassable, Writable):
    """What an import or export is, such as `ExternKind.FUNC`."""

    var code: Int32
    """One of the `WTS_KIND_*` numbers."""

    comptime FUNC = Self(WTS_KIND_FUNC)
    """A function."""
    comptime MEMORY = Self(WTS_KIND_MEMORY)
    """A memory."""
    comptime SHARED_MEMORY = Self(WTS_KIND_SHARED_MEMORY)
    """A memory that threads share; imports and exports of modules are `MEMORY` and tell it by their type."""
    comptime GLOBAL = Self(WTS_KIND_GLOBAL)
    """A global."""
    comptime TABLE = Self(WTS_KIND_TABLE)
    """A table."""
    comptime TAG = Self(WTS_KIND_TAG)
    """A tag of exceptions."""

    def name(self) -> StaticString:
        """Names the kind as WebAssembly text does.

        Returns:
            A name such as `func`.
        """
        if self == Self.FUNC:
            return "func"
        if self == Self.MEMORY:
            return "memory"
        if self == Self.SHARED_MEMORY:
            return "shared memory"
        if self == Self.GLOBAL:
            return "global"
        if self == Self.TABLE:
            return "table"
        if self == Self.TAG:
            return "tag"
        return "unknown"

    def write_to(self, mut writer: Some[Writer]):
        """Writes the name.

        Args:
            writer: Where to write.
        """
        writer.write(self.name())


def _write_kinds(
    mut writer: Some[Writer], label: StaticString, kinds: List[ValKind]
):
    if not kinds:
        return
    writer.write(" (", label)
    for kind in kinds:
        writer.write(" ", kind)
    writer.write(")")


def _codes(kinds: List[ValKind]) -> List[Int32]:
    return [kind.code for kind in kinds]


struct FuncType(Copyable, Equatable, Writable):
    """The kinds of the parameters and results of a function."""

    var params: List[ValKind]
    """The kinds of the parameters."""
    var results: List[ValKind]
    """The kinds of the results."""

    def __init__(
        out self, var params: List[ValKind], var results: List[ValKind]
    ):
        """Makes a function type.

        Args:
            params: The kinds of the parameters.
            results: The kinds of the results.
        """
        self.params = params^
        self.results = results^

    @doc_hidden
    def __init__(out self, lib: _Library, type: UInt64) raises WasmtimeError:
        self.params = _read_kinds(lib, _KindsOf(lib[].type_params), type)
        self.results = _read_kinds(lib, _KindsOf(lib[].type_results), type)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the type as WebAssembly text does.

        Args:
            writer: Where to write.
        """
        writer.write("(func")
        _write_kinds(writer, "param", self.params)
        _write_kinds(writer, "result", self.results)
        writer.write(")")


@fieldwise_init
struct _KindsOf(Copyable):
    """A function of the library that gets kinds. Mojo 1.0 passes no such function itself."""

    var call: def(
        UInt64, Pointer[mut=True, Int32, _], Int, Pointer[mut=True, Int, _]
    ) thin abi("C") -> Int32


def _read_kinds(
    lib: _Library, get: _KindsOf, type: UInt64
) raises WasmtimeError -> List[ValKind]:
    var codes = List[Int32](length=8, fill=0)
    var count = 0
    var status = get.call(
        type, codes.unsafe_ptr(), len(codes), Pointer(to=count)
    )
    if count > len(codes):
        codes.resize(count, 0)
        status = get.call(
            type, codes.unsafe_ptr(), len(codes), Pointer(to=count)
        )
    _check(lib, status)
    return [ValKind(codes[i]) for i in range(count)]


def _maximum(maximum: UInt64) -> Optional[UInt64]:
    if maximum == WTS_UNLIMITED:
        return None
    return maximum


def _write_limits(
    mut writer: Some[Writer], minimum: UInt64, maximum: Optional[UInt64]
):
    writer.write(minimum)
    if maximum:
        writer.write(" ", maximum.value())


struct MemoryType(Copyable, Equatable, Writable):
    """The limits of a memory, in pages."""

    var minimum: UInt64
    """The number of pages it starts with."""
    var maximum: Optional[UInt64]
    """The number of pages it may grow to."""
    var is_64: Bool
    """Whether addresses have 64 bits."""
    var shared: Bool
    """Whether threads may share it."""
    var page_size_log2: Int32
    """The page size as a power of two; 16 is the usual 64 KiB."""

    def __init__(
        out self,
        minimum: UInt64,
        maximum: UInt64 = WTS_UNLIMITED,
        *,
        is_64: Bool = False,
        shared: Bool = False,
        page_size_log2: Int32 = _PAGE_SIZE_LOG2,
    ):
        """Makes a memory type.

        Args:
            minimum: The number of pages it starts with.
            maximum: The number of pages it may grow to; `WTS_UNLIMITED` for no limit of its own.
            is_64: Whether addresses have 64 bits.
            shared: Whether threads may share it.
            page_size_log2: The page size as a power of two.
        """
        self.minimum = minimum
        self.maximum = _maximum(maximum)
        self.is_64 = is_64
        self.shared = shared
        self.page_size_log2 = page_size_log2

    @doc_hidden
    def __init__(out self, lib: _Library, type: UInt64) raises WasmtimeError:
        self.minimum = 0
        self.page_size_log2 = 0
        var maximum = UInt64(0)
        var flags = Int32(0)
        _check(
            lib,
            lib[].type_memory(
                type,
                Pointer(to=self.minimum),
                Pointer(to=maximum),
                Pointer(to=flags),
                Pointer(to=self.page_size_log2),
            ),
        )
        self.maximum = _maximum(maximum)
        self.is_64 = flags & WTS_MEMORY_64 != 0
        self.shared = flags & WTS_MEMORY_SHARED != 0

    @doc_hidden
    def _new(self, lib: _Library) raises WasmtimeError -> UInt64:
        var flags = Int32(0)
        if self.is_64:
            flags |= WTS_MEMORY_64
        if self.shared:
            flags |= WTS_MEMORY_SHARED
        var type = UInt64(0)
        _check(
            lib,
            lib[].type_new_memory(
                self.minimum,
                self.maximum.or_else(WTS_UNLIMITED),
                flags,
                self.page_size_log2,
                Pointer(to=type),
            ),
        )
        return type

    def write_to(self, mut writer: Some[Writer]):
        """Writes the type as WebAssembly text does.

        Args:
            writer: Where to write.
        """
        writer.write("(memory ")
        if self.is_64:
            writer.write("i64 ")
        _write_limits(writer, self.minimum, self.maximum)
        if self.shared:
            writer.write(" shared")
        if self.page_size_log2 != _PAGE_SIZE_LOG2:
            writer.write(" (pagesize ", 1 << Int(self.page_size_log2), ")")
        writer.write(")")


struct TableType(Copyable, Equatable, Writable):
    """The element kind and the limits of a table."""

    var element: ValKind
    """The kind of the elements."""
    var minimum: UInt64
    """The number of elements it starts with."""
    var maximum: Optional[UInt64]
    """The number of elements it may grow to."""
    var is_64: Bool
    """Whether indices have 64 bits."""

    def __init__(
        out self,
        element: ValKind,
        minimum: UInt64,
        maximum: UInt64 = WTS_UNLIMITED,
        *,
        is_64: Bool = False,
    ):
        """Makes a table type.

        Args:
            element: The kind of the elements.
            minimum: The number of elements it starts with.
            maximum: The number of elements it may grow to; `WTS_UNLIMITED` for no limit of its own.
            is_64: Whether indices have 64 bits.
        """
        self.element = element
        self.minimum = minimum
        self.maximum = _maximum(maximum)
        self.is_64 = is_64

    @doc_hidden
    def __init__(out self, lib: _Library, type: UInt64) raises WasmtimeError:
        self.element = ValKind(0)
        self.minimum = 0
        var maximum = UInt64(0)
        var flags = Int32(0)
        _check(
            lib,
            lib[].type_table(
                type,
                Pointer(to=self.element.code),
                Pointer(to=self.minimum),
                Pointer(to=maximum),
                Pointer(to=flags),
            ),
        )
        self.maximum = _maximum(maximum)
        self.is_64 = flags & WTS_TABLE_64 != 0

    @doc_hidden
    def _new(self, lib: _Library) raises WasmtimeError -> UInt64:
        var type = UInt64(0)
        _check(
            lib,
            lib[].type_new_table(
                self.element.code,
                self.minimum,
                self.maximum.or_else(WTS_UNLIMITED),
                WTS_TABLE_64 if self.is_64 else 0,
                Pointer(to=type),
            ),
        )
        return type

    def write_to(self, mut writer: Some[Writer]):
        """Writes the type as WebAssembly text does.

        Args:
            writer: Where to write.
        """
        writer.write("(table ")
        if self.is_64:
            writer.write("i64 ")
        _write_limits(writer, self.minimum, self.maximum)
        writer.write(" ", self.element, ")")


struct GlobalType(Copyable, Equatable, Writable):
    """The kind and the mutability of a global."""

    var content: ValKind
    """The kind of the value."""
    var mutable: Bool
    """Whether the value can be set."""

    def __init__(out self, content: ValKind, *, mutable: Bool = False):
        """Makes a global type.

        Args:
            content: The kind of the value.
            mutable: Whether the value can be set.
        """
        self.content = content
        self.mutable = mutable

    @doc_hidden
    def __init__(out self, lib: _Library, type: UInt64) raises WasmtimeError:
        self.content = ValKind(0)
        var mutable = Int32(0)
        _check(
            lib,
            lib[].type_global(
                type, Pointer(to=self.content.code), Pointer(to=mutable)
            ),
        )
        self.mutable = mutable != 0

    @doc_hidden
    def _new(self, lib: _Library) raises WasmtimeError -> UInt64:
        var type = UInt64(0)
        _check(
            lib,
            lib[].type_new_global(
                self.content.code, Int32(self.mutable), Pointer(to=type)
            ),
        )
        return type

    def write_to(self, mut writer: Some[Writer]):
        """Writes the type as WebAssembly text does.

        Args:
            writer: Where to write.
        """
        if self.mutable:
            writer.write("(global (mut ", self.content, "))")
        else:
            writer.write("(global ", self.content, ")")


struct ExternType(Copyable, Writable):
    """The type of an import or export: of a function, memory, table, global or tag."""

    var kind: ExternKind
    """What it is the type of."""
    var text: String
    """The type as WebAssembly text."""
    var _func: Optional[FuncType]
    var _memory: Optional[MemoryType]
    var _table: Optional[TableType]
    var _global: Optional[GlobalType]
    var _tag: List[ValKind]

    @doc_hidden
    def __init__(out self, lib: _Library, type: UInt64) raises WasmtimeError:
        """Reads a type handle, which stays the caller's."""
        self.kind = ExternKind(WTS_KIND_NONE)
        self._func = None
        self._memory = None
        self._table = None
        self._global = None
        self._tag = []
        _check(lib, lib[].type_kind(type, Pointer(to=self.kind.code)))
        self.text = _text(lib, _OfHandle(lib[].type_text, type))
        if self.kind == ExternKind.FUNC:
            self._func = FuncType(lib, type)
        elif self.kind == ExternKind.MEMORY:
            self._memory = MemoryType(lib, type)
        elif self.kind == ExternKind.TABLE:
            self._table = TableType(lib, type)
        elif self.kind == ExternKind.GLOBAL:
            self._global = GlobalType(lib, type)
        elif self.kind == ExternKind.TAG:
            self._tag = _read_kinds(lib, _KindsOf(lib[].type_params), type)

    def func(self) raises WasmtimeError -> FuncType:
        """Gets the type of a function.

        Returns:
            The function type.

        Raises:
            WasmtimeError: If it is the type of something else.
        """
        if not self._func:
            raise self._not("func")
        return self._func.value().copy()

    def memory(self) raises WasmtimeError -> MemoryType:
        """Gets the type of a memory.

        Returns:
            The memory type.

        Raises:
            WasmtimeError: If it is the type of something else.
        """
        if not self._memory:
            raise self._not("memory")
        return self._memory.value().copy()

    def table(self) raises WasmtimeError -> TableType:
        """Gets the type of a table.

        Returns:
            The table type.

        Raises:
            WasmtimeError: If it is the type of something else.
        """
        if not self._table:
            raise self._not("table")
        return self._table.value().copy()

    def global_(self) raises WasmtimeError -> GlobalType:
        """Gets the type of a global.

        Returns:
            The global type.

        Raises:
            WasmtimeError: If it is the type of something else.
        """
        if not self._global:
            raise self._not("global")
        return self._global.value().copy()

    def tag(self) raises WasmtimeError -> List[ValKind]:
        """Gets the type of a tag.

        Returns:
            The kinds of the fields of its exceptions.

        Raises:
            WasmtimeError: If it is the type of something else.
        """
        if self.kind != ExternKind.TAG:
            raise self._not("tag")
        return self._tag.copy()

    @doc_hidden
    def _not(self, wanted: StaticString) -> WasmtimeError:
        return WasmtimeError(
            WTS_ERR_KIND,
            "WTS_ERR_KIND",
            String("this is the type of a ", self.kind, ", not of a ", wanted),
        )

    def write_to(self, mut writer: Some[Writer]):
        """Writes the type as WebAssembly text does.

        Args:
            writer: Where to write.
        """
        writer.write(self.text)


def _take_type(lib: _Library, type: UInt64) raises WasmtimeError -> ExternType:
    """Reads a type handle and deletes it."""
    try:
        return ExternType(lib, type)
    finally:
        _ = lib[].type_delete(type)


struct ImportType(Copyable, Writable):
    """What a module asks for."""

    var module: String
    """The first of the two names."""
    var name: String
    """The second of the two names."""
    var type: ExternType
    """The type that is asked for."""

    @doc_hidden
    def __init__(
        out self, var module: String, var name: String, var type: ExternType
    ):
        self.module = module^
        self.name = name^
        self.type = type^

    def kind(self) -> ExternKind:
        """Tells what is asked for.

        Returns:
            The kind, such as `ExternKind.FUNC`.
        """
        return self.type.kind

    def write_to(self, mut writer: Some[Writer]):
        """Writes the import as WebAssembly text does.

        Args:
            writer: Where to write.
        """
        writer.write(
            '(import "', self.module, '" "', self.name, '" ', self.type, ")"
        )


struct ExportType(Copyable, Writable):
    """What a module offers."""

    var name: String
    """The name."""
    var type: ExternType
    """The type."""

    @doc_hidden
    def __init__(out self, var name: String, var type: ExternType):
        self.name = name^
        self.type = type^

    def kind(self) -> ExternKind:
        """Tells what is offered.

        Returns:
            The kind, such as `ExternKind.FUNC`.
        """
        return self.type.kind

    def write_to(self, mut writer: Some[Writer]):
        """Writes the export as WebAssembly text does.

        Args:
            writer: Where to write.
        """
        writer.write('(export "', self.name, '" ', self.type, ")")
