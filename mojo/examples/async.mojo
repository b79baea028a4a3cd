"""Resumable calls: an event loop drives WebAssembly, without a thread for it.

The call lets go when its slice of fuel is used up, and while a function of the host waits.
"""

from std.memory import ArcPointer

from wasmtime_mojo import (
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
  (import "host" "print" (func $print (param i32)))
  (func $fibonacci (param $n i32) (result i32)
    (if (result i32) (i32.lt_s (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else
        (i32.add
          (call $fibonacci (i32.sub (local.get $n) (i32.const 1)))
          (call $fibonacci (i32.sub (local.get $n) (i32.const 2)))))))
  (func (export "run") (param i32)
    (call $print (call $fibonacci (local.get 0)))))
"""


@fieldwise_init
struct Printer(Movable):
    """A slow device of the host."""

    var busy: Bool
    var ready: Bool
    var number: Int32


# Called again, with the same argument, each time that the call is polled,
# until it returns.
def print_number(
    mut printer: ArcPointer[Printer], number: Int32
) raises WasmtimeError:
    if not printer[].ready:
        printer[].busy = True
        printer[].number = number
        raise WasmtimeError.pending()


def drive(call: PendingCall, printer: ArcPointer[Printer]) raises:
    """The event loop. Each time that it has the thread it may do something else."""
    while not call.poll():
        if printer[].busy:
            print("the guest waits for the printer:", printer[].number)
            printer[].ready = True
        else:
            print("the guest's slice is over")
    print("the call has ended")


def main() raises:
    var config = Config()
    config.set_fuel(True)
    var engine = Engine(config)
    var linker = Linker(engine)
    var printer = ArcPointer(Printer(busy=False, ready=False, number=0))
    linker.waiting().func[print_number]("host", "print", printer)
    var store = Store(engine, asynchronous=True)
    store.set_fuel_slice(5000)
    var instance = linker.instantiate(store, Module(engine, WAT))
    drive(instance.func("run").start(Int32(15)), printer)
