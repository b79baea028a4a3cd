"""What instances export and modules import: functions, memories, globals, tables and tags."""

from ._ffi import WTS_ERR_KIND
from .error import WasmtimeError, _error
from .func import Func
from .global_ import Global
from .memory import Memory
from .shared_memory import SharedMemory
from .store import _StoreInner, _StoreRef
from .table import Table
from .tag import Tag
from .types import ExternKind


struct Extern(ImplicitlyCopyable, Writable):
    """A function, memory, shared memory, global, table or tag, with the name it was found under."""

    var name: String
    """The name; empty if it was made from an object."""
    var kind: ExternKind
    """What it is."""
    var _store: _StoreRef
    var _handle: UInt64
    # What belongs to no store is kept alive here.
    var _shared: Optional[SharedMemory]

    @doc_hidden
    def __init__(out self, store: _StoreRef, var name: String, handle: UInt64):
        self.name = name^
        self.kind = ExternKind(store[].lib[].handle_kind(handle))
        self._store = store
        self._handle = handle
        self._shared = None

    @implicit
    def __init__(out self, func: Func):
        """Wraps a function.

        Args:
            func: The function.
        """
        self = Self(func._store, "", func._handle)

    @implicit
    def __init__(out self, memory: Memory):
        """Wraps a memory.

        Args:
            memory: The memory.
        """
        self = Self(memory._store, "", memory._handle)

    @implicit
    def __init__(out self, global_: Global):
        """Wraps a global.

        Args:
            global_: The global.
        """
        self = Self(global_._store, "", global_._handle)

    @implicit
    def __init__(out self, table: Table):
        """Wraps a table.

        Args:
            table: The table.
        """
        self = Self(table._store, "", table._handle)

    @implicit
    def __init__(out self, tag: Tag):
        """Wraps a tag.

        Args:
            tag: The tag.
        """
        self = Self(tag._store, "", tag._handle)

    @implicit
    def __init__(out self, memory: SharedMemory):
        """Wraps a shared memory.

        Args:
            memory: The memory.
        """
        ref inner = memory._inner[]
        var none = _StoreRef(_StoreInner(inner.lib, 0, user=0))
        self = Self(none, "", inner.handle)
        self._shared = memory

    def func(self) raises WasmtimeError -> Func:
        """Gets the function.

        Returns:
            The function.

        Raises:
            WasmtimeError: If it is something else.
        """
        self._require(ExternKind.FUNC)
        return Func(self._store, self._handle)

    def memory(self) raises WasmtimeError -> Memory:
        """Gets the memory.

        Returns:
            The memory.

        Raises:
            WasmtimeError: If it is something else.
        """
        self._require(ExternKind.MEMORY)
        return Memory(self._store, self._handle)

    def shared_memory(self) raises WasmtimeError -> SharedMemory:
        """Gets the shared memory.

        Returns:
            The memory, which outlives the store.

        Raises:
            WasmtimeError: If it is something else.
        """
        self._require(ExternKind.SHARED_MEMORY)
        return SharedMemory(self._store[].lib, of=self._handle)

    def global_(self) raises WasmtimeError -> Global:
        """Gets the global.

        Returns:
            The global.

        Raises:
            WasmtimeError: If it is something else.
        """
        self._require(ExternKind.GLOBAL)
        return Global(self._store, self._handle)

    def tag(self) raises WasmtimeError -> Tag:
        """Gets the tag.

        Returns:
            The tag.

        Raises:
            WasmtimeError: If it is something else.
        """
        self._require(ExternKind.TAG)
        return Tag(self._store, self._handle)

    def table(self) raises WasmtimeError -> Table:
        """Gets the table.

        Returns:
            The table.

        Raises:
            WasmtimeError: If it is something else.
        """
        self._require(ExternKind.TABLE)
        return Table(self._store, self._handle)

    def type_text(self) raises WasmtimeError -> String:
        """Writes its type as WebAssembly text does.

        Returns:
            Text such as `(func (param i32) (result i32))`.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        if self.kind == ExternKind.FUNC:
            return String(self.func().type())
        if self.kind == ExternKind.MEMORY:
            return String(self.memory().type())
        if self.kind == ExternKind.SHARED_MEMORY:
            return String(self.shared_memory().type())
        if self.kind == ExternKind.GLOBAL:
            return String(self.global_().type())
        if self.kind == ExternKind.TABLE:
            return String(self.table().type())
        return String("(", self.kind, ")")

    @doc_hidden
    def _require(self, kind: ExternKind) raises WasmtimeError:
        if self.kind != kind:
            raise _error(
                self._store[].lib,
                WTS_ERR_KIND,
                String('"', self.name, '" is a ', self.kind, ", not a ", kind),
            )

    def write_to(self, mut writer: Some[Writer]):
        """Writes the name and the kind.

        Args:
            writer: Where to write.
        """
        writer.write('"', self.name, '" (', self.kind, ")")
