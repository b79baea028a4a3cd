"""A host function that raises: the call ends with its message, and everything stays usable."""

from std.testing import assert_equal

from wasmtime_mojo import Engine, Linker, Module, Store, WTS_ERR_HOST

comptime WAT = """
(module
  (import "env" "safe_divide"
    (func $safe_divide (param i32 i32) (result i32)))
  (func (export "divide") (param i32 i32) (result i32)
    (call $safe_divide (local.get 0) (local.get 1))))
"""


def safe_divide(dividend: Int32, divisor: Int32) raises -> Int32:
    if divisor == 0:
        raise Error(t"cannot divide {dividend} by zero")
    return dividend // divisor


def main() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    linker.func[safe_divide]("env", "safe_divide")
    var instance = linker.instantiate(store, Module(engine, WAT))
    var divide = instance.typed_func[Int32, Int32, Int32]("divide")

    try:
        print("84 / 0 =", divide(84, 0))
    except error:
        # A `WasmtimeError`, because no call in the `try` raises anything else.
        print("84 / 0:", error)
        assert_equal(error.status, WTS_ERR_HOST)
        assert_equal(error.message, "cannot divide 84 by zero")
    else:
        raise Error("the division by zero succeeded")

    var quotient = divide(84, 2)
    print("84 / 2 =", quotient)
    assert_equal(quotient, 42)
