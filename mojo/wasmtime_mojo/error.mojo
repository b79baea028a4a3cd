"""What every call of this package raises."""

from ._ffi import (
    WTS_ERR_EXIT,
    WTS_ERR_HOST,
    WTS_ERR_TRAP,
    WTS_OK,
    WTS_PENDING,
    WTS_TRAP_NONE,
    WTS_UNLIMITED,
)
from ._lib import (
    _Library,
    _OfHandle,
    _OfIndex,
    _OfNumber,
    _OfSymbol,
    _take_buffer,
    _text_or_empty,
)


struct FrameSymbol(Copyable, Writable):
    """A place in the source that a frame stands at, as debug information tells it."""

    var name: String
    """The name of the function as its programmer wrote it, empty if unknown."""
    var file: String
    """The path of the source file as its compiler wrote it, empty if unknown."""
    var line: Optional[Int]
    """The line, from 1."""
    var column: Optional[Int]
    """The column, from 1."""

    @doc_hidden
    def __init__(
        out self, lib: _Library, error: UInt64, frame: Int, symbol: Int
    ):
        self.name = _text_or_empty(
            _OfSymbol(lib[].error_frame_symbol_name, error, frame, symbol)
        )
        self.file = _text_or_empty(
            _OfSymbol(lib[].error_frame_symbol_file, error, frame, symbol)
        )
        var line = UInt32(0)
        var column = UInt32(0)
        _ = lib[].error_frame_symbol(
            error, frame, symbol, Pointer(to=line), Pointer(to=column)
        )
        self.line = _from_one(line)
        self.column = _from_one(column)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the name, the file and the line.

        Args:
            writer: Where to write.
        """
        writer.write(self.name, " at ", self.file)
        if self.line:
            writer.write(":", self.line.value())


struct Frame(Copyable, Writable):
    """One frame of the WebAssembly stack."""

    var func_index: UInt32
    """The index of the function in its module."""
    var func_name: String
    """The name of the function, empty if the module does not tell."""
    var module_name: String
    """The name of the module, empty if it has none."""
    var func_offset: Optional[UInt64]
    """Where the frame is, in bytes from the start of the function."""
    var module_offset: Optional[UInt64]
    """Where the frame is, in bytes from the start of the module."""
    var symbols: List[FrameSymbol]
    """Places in the source, innermost first: functions that were inlined, then the function itself.

    Empty unless the option `backtrace_details` is on and the module has debug information."""

    @doc_hidden
    def __init__(out self, lib: _Library, error: UInt64, index: Int):
        self.func_index = 0
        var func_offset = WTS_UNLIMITED
        var module_offset = WTS_UNLIMITED
        _ = lib[].error_frame(
            error,
            index,
            Pointer(to=self.func_index),
            Pointer(to=func_offset),
            Pointer(to=module_offset),
        )
        self.func_name = _text_or_empty(
            _OfIndex(lib[].error_frame_func_name, error, index)
        )
        self.module_name = _text_or_empty(
            _OfIndex(lib[].error_frame_module_name, error, index)
        )
        self.func_offset = _known(func_offset)
        self.module_offset = _known(module_offset)
        var symbols = 0
        _ = lib[].error_frame_symbol_count(error, index, Pointer(to=symbols))
        self.symbols = [
            FrameSymbol(lib, error, index, symbol) for symbol in range(symbols)
        ]

    def write_to(self, mut writer: Some[Writer]):
        """Writes the names and the offset of the frame.

        Args:
            writer: Where to write.
        """
        if self.module_name:
            writer.write(self.module_name, "!")
        if self.func_name:
            writer.write(self.func_name)
        else:
            writer.write("<wasm function ", self.func_index, ">")
        if self.module_offset:
            writer.write(" @ ", hex(self.module_offset.value()))


struct Backtrace(Copyable, Writable):
    """The WebAssembly stack at a moment at which nothing failed."""

    var text: String
    """The stack as text."""
    var frames: List[Frame]
    """The frames, innermost first."""

    @doc_hidden
    def __init__(out self, lib: _Library, *, taking: UInt64):
        """Copies a captured backtrace and deletes it."""
        self.text = _text_or_empty(_OfHandle(lib[].error_backtrace, taking))
        self.frames = _frames(lib, taking)
        _ = lib[].error_delete(taking)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text.

        Args:
            writer: Where to write.
        """
        writer.write(self.text)


struct WasmtimeError(Copyable, Writable):
    """Why a call failed.

    It prints as its message, with the WebAssembly backtrace if there is one.
    """

    var status: Int32
    """The status of the library, one of the `WTS_ERR_*` numbers."""
    var name: String
    """The name of the status, such as `WTS_ERR_TRAP`."""
    var message: String
    """What was wrong, and if possible what would be right."""
    var trap_code: Int32
    """One of the `WTS_TRAP_*` numbers; `WTS_TRAP_NONE` if this is not a trap."""
    var trap_name: String
    """The name of the trap code; empty if this is not a trap."""
    var backtrace: String
    """The WebAssembly stack as text; empty if there is none."""
    var frames: List[Frame]
    """The WebAssembly stack, innermost frame first."""
    var coredump: List[UInt8]
    """The state of the store as a WebAssembly core dump; empty unless the option `coredump_on_trap` is on."""
    var exit_status: Optional[Int32]
    """The exit status, if the program ended itself."""
    var host_code: Optional[Int32]
    """What the host function returned, if one failed."""
    var rows_done: Optional[Int]
    """How many rows were done before the one that failed, if this was a call of many rows."""

    def __init__(
        out self, status: Int32, var name: String, var message: String
    ):
        """Makes an error that did not come from the library.

        Args:
            status: One of the `WTS_ERR_*` numbers.
            name: The name of that number.
            message: What was wrong.
        """
        self.status = status
        self.name = name^
        self.message = message^
        self.trap_code = WTS_TRAP_NONE
        self.trap_name = String()
        self.backtrace = String()
        self.frames = []
        self.coredump = []
        self.exit_status = None
        self.host_code = None
        self.rows_done = None

    @staticmethod
    def trap(code: Int32, var message: String) -> Self:
        """Makes an error that a host function raises to trap with a code.

        Args:
            code: One of the `WTS_TRAP_*` numbers; `WTS_TRAP_NONE` for an ordinary failure of the host.
            message: What was wrong.

        Returns:
            The error to raise.
        """
        if code == WTS_TRAP_NONE:
            return Self(WTS_ERR_HOST, "WTS_ERR_HOST", message^)
        var error = Self(WTS_ERR_TRAP, "WTS_ERR_TRAP", message^)
        error.trap_code = code
        return error^

    @staticmethod
    def pending() -> Self:
        """Makes what a host function raises to say that it has to wait, and is to be called again.

        Returns:
            The error to raise; see `Linker.waiting`.
        """
        return Self(WTS_PENDING, "WTS_PENDING", "the host function has to wait")

    @doc_hidden
    @staticmethod
    def _last(lib: _Library, status: Int32) -> Self:
        """Copies the last error of this thread, for a call that returned `status`."""
        var error = Self(
            status,
            _text_or_empty(_OfNumber(lib[].status_name, status)),
            _text_or_empty(_OfHandle(lib[].error_message, 0)),
        )
        _ = lib[].error_trap_code(0, Pointer(to=error.trap_code))
        if error.trap_code != WTS_TRAP_NONE:
            error.trap_name = _text_or_empty(
                _OfNumber(lib[].trap_name, error.trap_code)
            )
        error.backtrace = _text_or_empty(_OfHandle(lib[].error_backtrace, 0))
        error.frames = _frames(lib, 0)
        error.coredump = _coredump(lib)
        var number = Int32(0)
        if lib[].error_exit_status(0, Pointer(to=number)) == WTS_OK:
            error.exit_status = number
        if lib[].error_host_code(0, Pointer(to=number)) == WTS_OK:
            error.host_code = number
        return error^

    def is_trap(self) -> Bool:
        """Tells whether WebAssembly trapped.

        Returns:
            True if there is a trap code.
        """
        return self.trap_code != WTS_TRAP_NONE

    def write_to(self, mut writer: Some[Writer]):
        """Writes the message, and the backtrace if there is one.

        Args:
            writer: Where to write.
        """
        writer.write(self.message)
        if self.backtrace:
            # Its last line ends too, but what prints an error ends the line itself.
            writer.write("\n", self.backtrace)


def _frames(lib: _Library, error: UInt64) -> List[Frame]:
    var count = 0
    _ = lib[].error_frame_count(error, Pointer(to=count))
    return [Frame(lib, error, index) for index in range(count)]


def _coredump(lib: _Library) -> List[UInt8]:
    var buffer = UInt64(0)
    var name = UInt8(0)
    var status = lib[].error_coredump(
        0, Pointer(to=name), 0, Pointer(to=buffer)
    )
    if status != WTS_OK:
        return []
    try:
        return _take_buffer(lib, buffer)
    except:
        return []


def _from_one(number: UInt32) -> Optional[Int]:
    if number == 0:
        return None
    return Int(number)


def _known(offset: UInt64) -> Optional[UInt64]:
    if offset == WTS_UNLIMITED:
        return None
    return offset


@always_inline
def _check(lib: _Library, status: Int32) raises WasmtimeError:
    """Raises the last error of this thread unless `status` is success."""
    if status != WTS_OK:
        raise WasmtimeError._last(lib, status)


def _exit_status(lib: _Library, status: Int32) raises WasmtimeError -> Int32:
    """Tells the exit status of a program that ran with this status."""
    var exit = Int32(0)
    if (
        status == WTS_ERR_EXIT
        and lib[].error_exit_status(0, Pointer(to=exit)) == WTS_OK
    ):
        return exit
    _check(lib, status)
    return 0


def _error(lib: _Library, status: Int32, var message: String) -> WasmtimeError:
    """Makes an error that this package found itself."""
    return WasmtimeError(
        status,
        _text_or_empty(_OfNumber(lib[].status_name, status)),
        message^,
    )
