"""The types of references, structs and arrays. They belong to an engine."""

from std.memory import ArcPointer

from ._lib import _Library, _OfHandle, _text_or_empty
from .engine import Engine
from .error import WasmtimeError, _check
from .types import ValKind


struct _TypeInner(Movable):
    var lib: _Library
    var handle: UInt64

    def __init__(out self, lib: _Library, handle: UInt64):
        self.lib = lib
        self.handle = handle

    def __deinit__(deinit self):
        _ = self.lib[].type_delete(self.handle)


comptime _TypeRef = ArcPointer[_TypeInner]


def _write(type: _TypeRef, mut writer: Some[Writer]):
    writer.write(
        _text_or_empty(_OfHandle(type[].lib[].type_text, type[].handle))
    )


def _matches(a: _TypeRef, b: _TypeRef) raises WasmtimeError -> Bool:
    var matches = Int32(0)
    _check(
        a[].lib,
        a[].lib[].type_matches(a[].handle, b[].handle, Pointer(to=matches)),
    )
    return matches != 0


struct RefType(ImplicitlyCopyable, Writable):
    """The full type of a reference: what it refers to, and whether it may be null.

    A copy is the same type.
    """

    var _inner: _TypeRef

    @doc_hidden
    def __init__(out self, lib: _Library, handle: UInt64):
        """Takes a handle over."""
        self._inner = _TypeRef(_TypeInner(lib, handle))

    def __init__(
        out self, engine: Engine, kind: ValKind, *, nullable: Bool
    ) raises WasmtimeError:
        """Makes the type of references of a kind.

        Args:
            engine: The engine.
            kind: What they refer to, such as `ValKind.FUNCREF`.
            nullable: Whether they may be null.

        Raises:
            WasmtimeError: If that is no kind of references.
        """
        ref lib = engine._inner[].lib
        var handle = UInt64(0)
        _check(
            lib,
            lib[].type_new_ref(kind.code, Int32(nullable), Pointer(to=handle)),
        )
        self = Self(lib, handle)

    def __init__(
        out self, engine: Engine, to: StructType, *, nullable: Bool
    ) raises WasmtimeError:
        """Makes the type of references to structs of a type.

        Args:
            engine: The engine.
            to: The type of the structs.
            nullable: Whether they may be null.

        Raises:
            WasmtimeError: If the type belongs to another engine.
        """
        self = Self(engine, to._inner, nullable)

    def __init__(
        out self, engine: Engine, to: ArrayType, *, nullable: Bool
    ) raises WasmtimeError:
        """Makes the type of references to arrays of a type.

        Args:
            engine: The engine.
            to: The type of the arrays.
            nullable: Whether they may be null.

        Raises:
            WasmtimeError: If the type belongs to another engine.
        """
        self = Self(engine, to._inner, nullable)

    @doc_hidden
    def __init__(
        out self, engine: Engine, to: _TypeRef, nullable: Bool
    ) raises WasmtimeError:
        ref inner = engine._inner[]
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].type_new_ref_to(
                inner.handle, to[].handle, Int32(nullable), Pointer(to=handle)
            ),
        )
        self = Self(inner.lib, handle)

    def nullable(self) raises WasmtimeError -> Bool:
        """Tells whether references of this type may be null.

        Returns:
            True if they may.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref lib = self._inner[].lib
        var kind = Int32(0)
        var nullable = Int32(0)
        var concrete = UInt64(0)
        _check(
            lib,
            lib[].type_ref(
                self._inner[].handle,
                Pointer(to=kind),
                Pointer(to=nullable),
                Pointer(to=concrete),
            ),
        )
        if concrete != 0:
            _ = lib[].type_delete(concrete)
        return nullable != 0

    def matches(self, other: Self) raises WasmtimeError -> Bool:
        """Tells whether this is a subtype of another type, or the same.

        Args:
            other: The other type.

        Returns:
            True if it is.

        Raises:
            WasmtimeError: If the library fails.
        """
        return _matches(self._inner, other._inner)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the type as WebAssembly text does.

        Args:
            writer: Where to write.
        """
        _write(self._inner, writer)


struct Field(ImplicitlyCopyable):
    """A field of a struct, or the elements of an array."""

    var kind: ValKind
    """The kind of the value: `ValKind.I8`, `ValKind.I16`, or a kind of values."""
    var mutable: Bool
    """Whether the value can be set."""
    var _type: Optional[RefType]

    def __init__(out self, kind: ValKind, *, mutable: Bool = False):
        """Describes a field.

        Args:
            kind: The kind of the value.
            mutable: Whether the value can be set.
        """
        self.kind = kind
        self.mutable = mutable
        self._type = None

    def __init__(
        out self, type: RefType, *, mutable: Bool = False
    ) raises WasmtimeError:
        """Describes a field that holds references never null, or to a certain struct or array type.

        Args:
            type: The type of the references.
            mutable: Whether the value can be set.

        Raises:
            WasmtimeError: If the library fails.
        """
        self.kind = ValKind.REF_NULL if type.nullable() else ValKind.REF
        self.mutable = mutable
        self._type = type

    @doc_hidden
    def _handle(self) -> UInt64:
        return self._type.value()._inner[].handle if self._type else 0


def _read_fields(type: _TypeRef) raises WasmtimeError -> List[Field]:
    ref lib = type[].lib
    var nothing = Int32(0)
    var count = 0
    _check(
        lib,
        lib[].type_fields(
            type[].handle, Pointer(to=nothing), 0, Pointer(to=count)
        ),
    )
    var fields = List[Field](capacity=count)
    for index in range(count):
        var kind = ValKind(0)
        var mutable = Int32(0)
        _check(
            lib,
            lib[].type_field(
                type[].handle,
                index,
                Pointer(to=kind.code),
                Pointer(to=mutable),
            ),
        )
        fields.append(Field(kind, mutable=mutable != 0))
        if kind == ValKind.REF or kind == ValKind.REF_NULL:
            var handle = UInt64(0)
            _check(
                lib,
                lib[].type_field_type(type[].handle, index, Pointer(to=handle)),
            )
            fields[index]._type = RefType(lib, handle)
    return fields^


struct StructType(ImplicitlyCopyable, Writable):
    """The type of a struct: its fields.

    A copy is the same type.
    """

    var _inner: _TypeRef

    @doc_hidden
    def __init__(out self, lib: _Library, handle: UInt64):
        """Takes a handle over."""
        self._inner = _TypeRef(_TypeInner(lib, handle))

    def __init__(
        out self,
        engine: Engine,
        fields: List[Field],
        *,
        supertype: Optional[StructType] = None,
        final: Bool = True,
    ) raises WasmtimeError:
        """Makes a struct type.

        Args:
            engine: The engine.
            fields: The fields.
            supertype: A type that is not final and whose fields these begin with.
            final: Whether it has no subtypes.

        Raises:
            WasmtimeError: If a kind is unknown or the supertype does not allow it.
        """
        ref inner = engine._inner[]
        var kinds = [field.kind.code for field in fields]
        var mutability = [Int32(field.mutable) for field in fields]
        var types = [field._handle() for field in fields]
        var base = supertype.value()._inner[].handle if supertype else 0
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].type_new_struct_of(
                inner.handle,
                base,
                Int32(final),
                kinds.unsafe_ptr(),
                len(kinds),
                mutability.unsafe_ptr(),
                len(mutability),
                types.unsafe_ptr(),
                len(types),
                Pointer(to=handle),
            ),
        )
        self = Self(inner.lib, handle)

    def fields(self) raises WasmtimeError -> List[Field]:
        """Lists the fields.

        Returns:
            The fields in their order.

        Raises:
            WasmtimeError: If the library fails.
        """
        return _read_fields(self._inner)

    def matches(self, other: Self) raises WasmtimeError -> Bool:
        """Tells whether this is a subtype of another type, or the same.

        Args:
            other: The other type.

        Returns:
            True if it is.

        Raises:
            WasmtimeError: If the library fails.
        """
        return _matches(self._inner, other._inner)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the type as WebAssembly text does.

        Args:
            writer: Where to write.
        """
        _write(self._inner, writer)


struct ArrayType(ImplicitlyCopyable, Writable):
    """The type of an array: its elements.

    A copy is the same type.
    """

    var _inner: _TypeRef

    @doc_hidden
    def __init__(out self, lib: _Library, handle: UInt64):
        """Takes a handle over."""
        self._inner = _TypeRef(_TypeInner(lib, handle))

    def __init__(
        out self,
        engine: Engine,
        element: Field,
        *,
        supertype: Optional[ArrayType] = None,
        final: Bool = True,
    ) raises WasmtimeError:
        """Makes an array type.

        Args:
            engine: The engine.
            element: The elements.
            supertype: A type that is not final and that this one matches.
            final: Whether it has no subtypes.

        Raises:
            WasmtimeError: If the kind is unknown or the supertype does not allow it.
        """
        ref inner = engine._inner[]
        var base = supertype.value()._inner[].handle if supertype else 0
        var handle = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].type_new_array_of(
                inner.handle,
                base,
                Int32(final),
                element.kind.code,
                element._handle(),
                Int32(element.mutable),
                Pointer(to=handle),
            ),
        )
        self = Self(inner.lib, handle)

    def element(self) raises WasmtimeError -> Field:
        """Describes the elements.

        Returns:
            Their kind and mutability.

        Raises:
            WasmtimeError: If the library fails.
        """
        return _read_fields(self._inner)[0]

    def matches(self, other: Self) raises WasmtimeError -> Bool:
        """Tells whether this is a subtype of another type, or the same.

        Args:
            other: The other type.

        Returns:
            True if it is.

        Raises:
            WasmtimeError: If the library fails.
        """
        return _matches(self._inner, other._inner)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the type as WebAssembly text does.

        Args:
            writer: Where to write.
        """
        _write(self._inner, writer)


def _unpacked(kind: ValKind) -> ValKind:
    """The kind of a value that is read from a field."""
    if kind == ValKind.I8 or kind == ValKind.I16:
        return ValKind.I32
    return kind
