"""Mojo values to text in WAVE, the WebAssembly value encoding, and back."""

from std.reflection import reflect

from ._ffi import WTS_ERR_TYPE
from ._lib import _Library
from .error import WasmtimeError, _error
from .types import WasmTy

comptime _UNSUPPORTED = (
    "a value of a component is a Bool, an integer or float of fixed width, a"
    " String, a List or Optional of one of these, or as a result a"
    " ComponentResult of two of these; call_wave takes all others as text"
)


@always_inline
def _byte(character: StringSpan) -> UInt8:
    """Gives the byte of a character that has one."""
    return UInt8(ord(character))


def _brief(text: String) -> String:
    """Writes a number without the zeros at its ends, which Mojo 1.0 takes few of."""
    var out = List[UInt8]()
    var digits = 0
    var exponent = 0
    var fraction = False
    for byte in text.as_bytes():
        if byte == _byte("."):
            fraction = True
        elif byte >= _byte("0") and byte <= _byte("9"):
            exponent -= 1 if fraction else 0
            if byte != _byte("0") or digits > 0:
                digits += 1
                out.append(byte)
        elif byte == _byte("-") and len(out) == 0:
            out.append(byte)
        else:
            # No digits, or with an exponent.
            return text
    if digits == 0:
        return text
    while out[len(out) - 1] == _byte("0"):
        _ = out.pop()
        exponent += 1
    return String(from_utf8_lossy=out) + "e" + String(exponent)


def _quote(text: StringSpan, mut out: List[UInt8]):
    """Writes a string in quotes."""
    out.append(_byte('"'))
    for byte in text.as_bytes():
        if byte == _byte('"') or byte == _byte("\\"):
            out.append(_byte("\\"))
            out.append(byte)
        elif byte < 0x20:
            out.extend(String("\\u{", hex(Int(byte))[byte=2:], "}").as_bytes())
        else:
            out.append(byte)
    out.append(_byte('"'))


def _write_list[E: WasmTy](values: List[E], mut out: List[UInt8]):
    out.append(_byte("["))
    for i in range(len(values)):
        if i > 0:
            out.append(_byte(","))
        _write(values[i], out)
    out.append(_byte("]"))


def _write_optional[E: WasmTy](value: Optional[E], mut out: List[UInt8]):
    if value:
        out.extend("some(".as_bytes())
        _write(value.value(), out)
        out.append(_byte(")"))
    else:
        out.extend("none".as_bytes())


def _write[T: WasmTy](value: T, mut out: List[UInt8]):
    """Writes an argument."""
    comptime if T == Bool:
        out.extend(("true" if rebind[Bool](value) else "false").as_bytes())
    elif T == String:
        _quote(rebind[String](value), out)
    elif T == StaticString:
        _quote(rebind[StaticString](value), out)
    elif T == List[Bool]:
        _write_list(rebind[List[Bool]](value), out)
    elif T == List[String]:
        _write_list(rebind[List[String]](value), out)
    elif T == List[Int8]:
        _write_list(rebind[List[Int8]](value), out)
    elif T == List[UInt8]:
        _write_list(rebind[List[UInt8]](value), out)
    elif T == List[Int16]:
        _write_list(rebind[List[Int16]](value), out)
    elif T == List[UInt16]:
        _write_list(rebind[List[UInt16]](value), out)
    elif T == List[Int32]:
        _write_list(rebind[List[Int32]](value), out)
    elif T == List[UInt32]:
        _write_list(rebind[List[UInt32]](value), out)
    elif T == List[Int64]:
        _write_list(rebind[List[Int64]](value), out)
    elif T == List[UInt64]:
        _write_list(rebind[List[UInt64]](value), out)
    elif T == List[Float32]:
        _write_list(rebind[List[Float32]](value), out)
    elif T == List[Float64]:
        _write_list(rebind[List[Float64]](value), out)
    elif T == Optional[Bool]:
        _write_optional(rebind[Optional[Bool]](value), out)
    elif T == Optional[String]:
        _write_optional(rebind[Optional[String]](value), out)
    elif T == Optional[Int8]:
        _write_optional(rebind[Optional[Int8]](value), out)
    elif T == Optional[UInt8]:
        _write_optional(rebind[Optional[UInt8]](value), out)
    elif T == Optional[Int16]:
        _write_optional(rebind[Optional[Int16]](value), out)
    elif T == Optional[UInt16]:
        _write_optional(rebind[Optional[UInt16]](value), out)
    elif T == Optional[Int32]:
        _write_optional(rebind[Optional[Int32]](value), out)
    elif T == Optional[UInt32]:
        _write_optional(rebind[Optional[UInt32]](value), out)
    elif T == Optional[Int64]:
        _write_optional(rebind[Optional[Int64]](value), out)
    elif T == Optional[UInt64]:
        _write_optional(rebind[Optional[UInt64]](value), out)
    elif T == Optional[Float32]:
        _write_optional(rebind[Optional[Float32]](value), out)
    elif T == Optional[Float64]:
        _write_optional(rebind[Optional[Float64]](value), out)
    elif _is_literal[T]("StringLiteral") and conforms_to(T, Writable):
        _quote(String(value), out)
    elif _is_number[T]() and conforms_to(T, Writable):
        out.extend(String(value).as_bytes())
    else:
        comptime assert False, _UNSUPPORTED


def _is_literal[T: WasmTy](name: StaticString) -> Bool:
    """Tells literals, whose types have no name to compare with."""
    return name in reflect[T].name()


def _is_number[T: WasmTy]() -> Bool:
    """Tells numbers, and literals of numbers."""
    comptime name = reflect[T].name()
    return (
        (name.startswith("SIMD[") and name.endswith(", 1]"))
        or _is_literal[T]("IntLiteral")
        or _is_literal[T]("FloatLiteral")
    )


struct _Reader:
    """Reads values out of a text."""

    var lib: _Library
    var bytes: List[UInt8]
    var at: Int

    def __init__(out self, lib: _Library, var bytes: List[UInt8]):
        self.lib = lib
        self.bytes = bytes^
        self.at = 0

    def misfit(self, wanted: StringSpan) -> WasmtimeError:
        return _error(
            self.lib,
            WTS_ERR_TYPE,
            String(
                "the result ",
                String(from_utf8_lossy=self.bytes),
                " is not ",
                wanted,
                ", at byte ",
                self.at,
            ),
        )

    def skip(mut self):
        while self.at < len(self.bytes) and self.bytes[self.at] == _byte(" "):
            self.at += 1

    def takes(mut self, word: StaticString) -> Bool:
        """Goes behind a word, if it is next."""
        self.skip()
        var wanted = word.as_bytes()
        if self.at + len(wanted) > len(self.bytes):
            return False
        for i in range(len(wanted)):
            if self.bytes[self.at + i] != wanted[i]:
                return False
        self.at += len(wanted)
        return True

    def expect(
        mut self, word: StaticString, wanted: StringSpan
    ) raises WasmtimeError:
        if not self.takes(word):
            raise self.misfit(wanted)

    def end(mut self, wanted: StringSpan) raises WasmtimeError:
        self.skip()
        if self.at != len(self.bytes):
            raise self.misfit(wanted)

    def number(mut self) -> String:
        """Reads what a number is made of."""
        self.skip()
        var start = self.at
        while self.at < len(self.bytes):
            var byte = self.bytes[self.at]
            if (
                byte == _byte(",")
                or byte == _byte("]")
                or byte == _byte(")")
                or byte == _byte(" ")
            ):
                break
            self.at += 1
        return String(from_utf8_lossy=Span(self.bytes)[start : self.at])

    def integer[D: DType](mut self) raises WasmtimeError -> Scalar[D]:
        comptime wanted = "a whole number that fits"
        var negative = self.takes("-")
        var start = self.at
        var value = UInt64(0)
        while (
            self.at < len(self.bytes)
            and self.bytes[self.at] >= _byte("0")
            and self.bytes[self.at] <= _byte("9")
        ):
            value = value * 10 + UInt64(self.bytes[self.at] - _byte("0"))
            self.at += 1
        if self.at == start:
            raise self.misfit(wanted)
        # The library wrote it, so it fits 64 bits.
        var result = Scalar[D](0) - Scalar[D](value) if negative else Scalar[D](
            value
        )
        if (
            UInt64(0) - UInt64(Int64(result)) if negative else UInt64(result)
        ) != value or (negative and result > 0):
            raise self.misfit(wanted)
        return result

    def float[D: DType](mut self) raises WasmtimeError -> Scalar[D]:
        var text = self.number()
        try:
            return Scalar[D](atof(_brief(text)))
        except:
            raise self.misfit("a float")

    def string(mut self) raises WasmtimeError -> String:
        self.expect('"', "a string")
        var out = List[UInt8]()
        while self.at < len(self.bytes):
            var byte = self.bytes[self.at]
            self.at += 1
            if byte == _byte('"'):
                return String(from_utf8_lossy=out)
            if byte != _byte("\\"):
                out.append(byte)
                continue
            byte = self.bytes[self.at]
            self.at += 1
            if byte == _byte("n"):
                out.append(_byte("\n"))
            elif byte == _byte("t"):
                out.append(_byte("\t"))
            elif byte == _byte("r"):
                out.append(_byte("\r"))
            elif byte == _byte("u"):
                self.expect("{", "a string")
                var code = 0
                while not self.takes("}"):
                    code = code * 16 + _hex_digit(self.bytes[self.at])
                    self.at += 1
                out.extend(chr(code).as_bytes())
            else:
                out.append(byte)
        raise self.misfit("a string")

    def list[E: WasmTy](mut self) raises WasmtimeError -> List[E]:
        comptime wanted = "a list"
        self.expect("[", wanted)
        var values = List[E]()
        if self.takes("]"):
            return values^
        while True:
            values.append(_read[E](self))
            if self.takes("]"):
                return values^
            self.expect(",", wanted)

    def optional[E: WasmTy](mut self) raises WasmtimeError -> Optional[E]:
        comptime wanted = "an option"
        if self.takes("none"):
            return None
        self.expect("some(", wanted)
        var value = _read[E](self)
        self.expect(")", wanted)
        return Optional(value^)


def _hex_digit(byte: UInt8) -> Int:
    if byte <= _byte("9"):
        return Int(byte - _byte("0"))
    return Int((byte | 0x20) - _byte("a")) + 10


trait _FromWave:
    """A type of this package that is read from text."""

    @staticmethod
    def _read(mut reader: _Reader) raises WasmtimeError -> Self:
        """Reads a value."""
        ...


@fieldwise_init
struct ComponentResult[T: WasmTy, E: WasmTy](Boolable, Copyable, _FromWave):
    """What a function of a component that can fail returns: `result<T, E>`.

    `NoneType` stands for a side without a value.

    Parameters:
        T: The type of a success.
        E: The type of a failure.
    """

    var ok: Optional[Self.T]
    """The value of a success."""
    var err: Optional[Self.E]
    """The value of a failure."""

    def __bool__(self) -> Bool:
        """Tells whether it is a success.

        Returns:
            True if it is.
        """
        return Bool(self.ok)

    @doc_hidden
    @staticmethod
    def _read(mut reader: _Reader) raises WasmtimeError -> Self:
        if reader.takes("ok"):
            return Self(_read_payload[Self.T](reader), None)
        reader.expect("err", "a result")
        return Self(None, _read_payload[Self.E](reader))


def _read_payload[T: WasmTy](mut reader: _Reader) raises WasmtimeError -> T:
    comptime if T == NoneType:
        return rebind_var[T](None)
    else:
        reader.expect("(", "a result with a value")
        var value = _read[T](reader)
        reader.expect(")", "a result with a value")
        return value^


def _read[T: WasmTy](mut reader: _Reader) raises WasmtimeError -> T:
    """Reads a result."""
    comptime if T == Bool:
        if reader.takes("true"):
            return rebind_var[T](True)
        reader.expect("false", "a Bool")
        return rebind_var[T](False)
    elif T == String:
        return rebind_var[T](reader.string())
    elif T == Int8:
        return rebind_var[T](reader.integer[DType.int8]())
    elif T == UInt8:
        return rebind_var[T](reader.integer[DType.uint8]())
    elif T == Int16:
        return rebind_var[T](reader.integer[DType.int16]())
    elif T == UInt16:
        return rebind_var[T](reader.integer[DType.uint16]())
    elif T == Int32:
        return rebind_var[T](reader.integer[DType.int32]())
    elif T == UInt32:
        return rebind_var[T](reader.integer[DType.uint32]())
    elif T == Int64:
        return rebind_var[T](reader.integer[DType.int64]())
    elif T == UInt64:
        return rebind_var[T](reader.integer[DType.uint64]())
    elif T == Float32:
        return rebind_var[T](reader.float[DType.float32]())
    elif T == Float64:
        return rebind_var[T](reader.float[DType.float64]())
    elif T == List[Bool]:
        return rebind_var[T](reader.list[Bool]())
    elif T == List[String]:
        return rebind_var[T](reader.list[String]())
    elif T == List[Int8]:
        return rebind_var[T](reader.list[Int8]())
    elif T == List[UInt8]:
        return rebind_var[T](reader.list[UInt8]())
    elif T == List[Int16]:
        return rebind_var[T](reader.list[Int16]())
    elif T == List[UInt16]:
        return rebind_var[T](reader.list[UInt16]())
    elif T == List[Int32]:
        return rebind_var[T](reader.list[Int32]())
    elif T == List[UInt32]:
        return rebind_var[T](reader.list[UInt32]())
    elif T == List[Int64]:
        return rebind_var[T](reader.list[Int64]())
    elif T == List[UInt64]:
        return rebind_var[T](reader.list[UInt64]())
    elif T == List[Float32]:
        return rebind_var[T](reader.list[Float32]())
    elif T == List[Float64]:
        return rebind_var[T](reader.list[Float64]())
    elif T == Optional[Bool]:
        return rebind_var[T](reader.optional[Bool]())
    elif T == Optional[String]:
        return rebind_var[T](reader.optional[String]())
    elif T == Optional[Int8]:
        return rebind_var[T](reader.optional[Int8]())
    elif T == Optional[UInt8]:
        return rebind_var[T](reader.optional[UInt8]())
    elif T == Optional[Int16]:
        return rebind_var[T](reader.optional[Int16]())
    elif T == Optional[UInt16]:
        return rebind_var[T](reader.optional[UInt16]())
    elif T == Optional[Int32]:
        return rebind_var[T](reader.optional[Int32]())
    elif T == Optional[UInt32]:
        return rebind_var[T](reader.optional[UInt32]())
    elif T == Optional[Int64]:
        return rebind_var[T](reader.optional[Int64]())
    elif T == Optional[UInt64]:
        return rebind_var[T](reader.optional[UInt64]())
    elif T == Optional[Float32]:
        return rebind_var[T](reader.optional[Float32]())
    elif T == Optional[Float64]:
        return rebind_var[T](reader.optional[Float64]())
    elif conforms_to(T, _FromWave):
        return T._read(reader)
    else:
        comptime assert False, _UNSUPPORTED


def _parse[
    T: WasmTy
](lib: _Library, var bytes: List[UInt8]) raises WasmtimeError -> T:
    """Reads the whole result of a call."""
    comptime if T == NoneType:
        return rebind_var[T](None)
    else:
        var reader = _Reader(lib, bytes^)
        var value = _read[T](reader)
        reader.end("one value")
        return value^
