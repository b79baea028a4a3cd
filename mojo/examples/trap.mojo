"""A trap: its code, and its backtrace as text and frame by frame."""

from std.testing import assert_equal

from wasmtime_mojo import (
    Engine,
    Instance,
    Module,
    Store,
    WasmtimeError,
    WTS_TRAP_INTEGER_DIVISION_BY_ZERO,
)

comptime WAT = """
(module $calculator
  (func $divide (param i32 i32) (result i32)
    (i32.div_s (local.get 0) (local.get 1)))
  (func $average (export "average") (param $sum i32) (param $count i32)
    (result i32)
    (call $divide (local.get $sum) (local.get $count))))
"""


def average_of_nothing(instance: Instance) raises -> WasmtimeError:
    """Divides by zero and returns the error."""
    try:
        _ = instance.call[Int32]("average", Int32(10), Int32(0))
    except error:
        return error^
    raise Error("the average of nothing did not trap")


def main() raises:
    var engine = Engine()
    var instance = Instance(Store(engine), Module(engine, WAT))
    var error = average_of_nothing(instance)

    # An error prints as its message and its backtrace.
    print(error)
    print(t"{error.name}, {error.trap_name} (code {error.trap_code})")
    # Innermost first, each with its place in the module.
    for frame in error.frames:
        print(" ", frame)

    assert_equal(error.is_trap(), True)
    assert_equal(error.trap_code, WTS_TRAP_INTEGER_DIVISION_BY_ZERO)
    assert_equal(len(error.frames), 2)
    assert_equal(error.frames[0].func_name, "divide")
    assert_equal(error.frames[1].func_name, "average")
    assert_equal(error.frames[1].module_name, "calculator")

    # A trap ends one call; the instance stays usable.
    assert_equal(instance.call[Int32]("average", Int32(84), Int32(2)), 42)
