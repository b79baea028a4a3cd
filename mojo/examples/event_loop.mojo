"""Resumable calls: one thread lets three guests take turns, and one of them waits for a message."""

from wasmtime_mojo import (
    Caller,
    Config,
    Engine,
    Linker,
    Module,
    PendingCall,
    Store,
    WasmtimeError,
)

comptime WAT = """
(module
  (import "env" "receive" (func $receive (result i32)))
  (func (export "sum") (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (local.get $n)))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (local.get $sum))
  (func (export "wait") (param i32) (result i32)
    (i32.add (local.get 0) (call $receive))))
"""


struct Clock(Movable):
    """Tells host functions which turn it is."""

    var asked: Int

    def __init__(out self):
        self.asked = 0


def receive(mut clock: Clock) raises WasmtimeError -> Int32:
    """Nothing has arrived before it is asked for the third time."""
    clock.asked += 1
    if clock.asked < 3:
        raise WasmtimeError.pending()
    return 42


def main() raises:
    var config = Config()
    config.set_fuel(True)
    var engine = Engine(config)
    var linker = Linker(engine)
    linker.waiting().func[receive]("env", "receive", Clock())
    var module = Module(engine, WAT)

    var names: List[String] = ["sum", "wait", "sum"]
    var arguments: List[Int32] = [100, 1000, 200]
    var calls = List[PendingCall[Int32]]()
    for i in range(len(names)):
        var store = Store(engine, asynchronous=True)
        store.set_fuel_slice(500)
        var instance = linker.instantiate(store, module)
        calls.append(instance.func(names[i]).start[Int32](arguments[i]))

    for turn in range(1, 6):
        print("turn ", turn, ":", sep="", end="")
        for call in calls:
            if call.poll():
                print("", call.result(), end="")
            else:
                print(" ...", end="")
        print()
