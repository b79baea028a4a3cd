"""Fuel: a budget of instructions. Each Fibonacci number gets a full tank, until one needs more."""

from wasmtime_mojo import (
    Config,
    Engine,
    Instance,
    Module,
    Store,
    WTS_ERR_FUEL,
)

comptime WAT = """
(module
  (func $fibonacci (export "fibonacci") (param $n i32) (result i32)
    (if (result i32) (i32.lt_s (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else
        (i32.add
          (call $fibonacci (i32.sub (local.get $n) (i32.const 1)))
          (call $fibonacci (i32.sub (local.get $n) (i32.const 2))))))))
"""

comptime TANK = UInt64(10000)


def main() raises:
    var config = Config()
    config.set_fuel(True)
    var engine = Engine(config)
    var store = Store(engine)
    var instance = Instance(store, Module(engine, WAT))
    var fibonacci = instance.typed_func[Int32, Int32]("fibonacci")

    var n = Int32(0)
    while True:
        n += 1
        store.set_fuel(TANK)
        var result: Int32
        try:
            result = fibonacci(n)
        except error:
            if error.status != WTS_ERR_FUEL:
                raise error
            print(t"fibonacci({n}) needs more")
            break
        var spent = TANK - store.fuel()
        print(t"fibonacci({n}) = {result}, for {spent} of fuel")
