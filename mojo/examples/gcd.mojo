"""A function with parameters and a result: the greatest common divisor."""

from wasmtime_mojo import Engine, Instance, Module, Store

comptime WAT = """
(module
  (func (export "gcd") (param $a i32) (param $b i32) (result i32)
    (local $rest i32)
    (loop $again
      (if (local.get $b)
        (then
          (local.set $rest (i32.rem_u (local.get $a) (local.get $b)))
          (local.set $a (local.get $b))
          (local.set $b (local.get $rest))
          (br $again))))
    (local.get $a)))
"""


def main() raises:
    var engine = Engine()
    var instance = Instance(Store(engine), Module(engine, WAT))
    var divisor = instance.call[Int32]("gcd", Int32(6), Int32(27))
    print("gcd(6, 27) =", divisor)
