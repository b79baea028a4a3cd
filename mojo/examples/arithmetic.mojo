"""Floating point: `add` and `multiply_add`, called with Mojo's `Float64`."""

from std.testing import assert_equal

from wasmtime_mojo import Engine, Instance, Module, Store

comptime WAT = """
(module
  (func (export "add") (param f64 f64) (result f64)
    (f64.add (local.get 0) (local.get 1)))
  (func (export "multiply_add") (param f64 f64 f64) (result f64)
    (f64.add (f64.mul (local.get 0) (local.get 1)) (local.get 2))))
"""


def main() raises:
    var engine = Engine()
    # A module without imports needs no linker.
    var instance = Instance(Store(engine), Module(engine, WAT))

    var sum = instance.call[Float64]("add", Float64(1.5), Float64(2.25))
    print("1.5 + 2.25 =", sum)

    # With the types stated once, the arguments may be bare literals.
    var multiply_add = instance.typed_func[Float64, Float64, Float64, Float64](
        "multiply_add"
    )
    var product = multiply_add(2.5, 4, 0.5)
    print("2.5 * 4 + 0.5 =", product)

    assert_equal(sum, 3.75)
    assert_equal(product, 10.5)
