"""Functions of components."""

from ._ffi import InI64
from ._lib import _OfHandle, _take_buffer, _text
from ._wave import _byte, _parse, _write
from .error import WasmtimeError, _check
from .store import _StoreRef
from .types import WasmTy


struct ComponentFunc(ImplicitlyCopyable):
    """A function that an instance of a component exports.

    A copy is the same function. It keeps its store alive.
    """

    var _store: _StoreRef
    var _handle: UInt64

    @doc_hidden
    def __init__(out self, store: _StoreRef, handle: UInt64):
        self._store = store
        self._handle = handle

    def type(self) raises WasmtimeError -> String:
        """Tells the type in the words of WIT.

        Returns:
            The type, such as `func(name: string) -> list<u8>`.

        Raises:
            WasmtimeError: If the store was closed or another thread uses it.
        """
        ref lib = self._store[].lib
        return _text(lib, _OfHandle(lib[].component_func_type, self._handle))

    def call[
        R: WasmTy = NoneType, *Ps: WasmTy
    ](self, *args: *Ps) raises WasmtimeError -> R:
        """Calls the function with Mojo values.

        A `Bool`, an integer or float of fixed width, a `String`, and a `List` or `Optional` of these stand for the types of
        components that have the same values, and a `ComponentResult` for a `result` that is returned.

        Parameters:
            R: The type of the result; without it there is none.
            Ps: The types of the arguments.

        Args:
            args: The arguments.

        Returns:
            The result.

        Raises:
            WasmtimeError: If the function has other types, or traps.
        """
        var text = List[UInt8]()
        text.append(_byte("("))
        comptime for i in range(Ps.__len__()):
            comptime if i > 0:
                text.append(_byte(","))
            _write(args[i], text)
        text.append(_byte(")"))
        return _parse[R](self._store[].lib, self._call(text))

    def call_wave(self, args: StringSpan) raises WasmtimeError -> String:
        """Calls the function with text in WAVE, the WebAssembly value encoding.

        Args:
            args: A tuple, such as `(1, "a", {x: 2, y: 3}, [some('b'), none])`; `()` if there are no arguments. A resource is
                the number of its handle, as `Resource.handle` tells it.

        Returns:
            The result, empty if there is none.

        Raises:
            WasmtimeError: If the text is not WAVE or does not fit the types, which the message says with its place; or the
                function traps.
        """
        return String(from_utf8_lossy=self._call(args.as_bytes()))

    def call_bytes(
        self, bytes: Span[UInt8, _], slots: List[Int64] = []
    ) raises WasmtimeError -> List[UInt8]:
        """Calls a function that takes a `string` or `list<u8>` and returns one, or nothing, without encoding.

        Args:
            bytes: The bytes.
            slots: The other arguments, which are numbers.

        Returns:
            The bytes that it returns; none if it returns nothing.

        Raises:
            WasmtimeError: If the function has other types, or traps.
        """
        ref lib = self._store[].lib
        var buffer = UInt64(0)
        var no_result = Int64(0)
        _check(
            lib,
            lib[].component_func_call_bytes(
                self._handle,
                slots.unsafe_ptr(),
                len(slots),
                bytes.unsafe_ptr(),
                len(bytes),
                Pointer(to=no_result),
                0,
                Pointer(to=buffer),
            ),
        )
        if buffer == 0:
            return []
        return _take_buffer(lib, buffer)

    @doc_hidden
    def _call(self, text: Span[UInt8, _]) raises WasmtimeError -> List[UInt8]:
        ref lib = self._store[].lib
        var result = UInt64(0)
        _check(
            lib,
            lib[].component_func_call_wave(
                self._handle,
                text.unsafe_ptr(),
                len(text),
                Pointer(to=result),
            ),
        )
        return _take_buffer(lib, result)
