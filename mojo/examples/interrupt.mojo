"""An endless loop in WebAssembly is ended from another thread, and again by a time limit.

Mojo's standard library starts no threads, so the system's are called here.
"""

from std.ffi import external_call
from std.time import sleep

from wasmtime_mojo import Config, Engine, Instance, Module, Store

comptime WAT = """
(module (func (export "run") (loop $forever (br $forever))))
"""


def interrupt_soon(store: Pointer[Store, MutUntrackedOrigin]) abi("C") -> Int:
    sleep(0.2)
    print("interrupting")
    try:
        store[].interrupt()
    except error:
        print(error)
    return 0


def call(instance: Instance):
    """Calls a function that does not return by itself, and prints how it ended."""
    try:
        instance.call("run")
    except error:
        print("the loop ended:", error.name)


def main() raises:
    var config = Config()
    config.set_epoch_interruption(True)
    var engine = Engine(config)
    var store = Store(engine)
    var instance = Instance(store, Module(engine, WAT))

    print("entering the loop")
    var thread = UInt64(0)
    if external_call["pthread_create", Int32](
        Pointer(to=thread), UInt64(0), interrupt_soon, Pointer(to=store)
    ):
        raise Error("no thread")
    call(instance)
    _ = external_call["pthread_join", Int32](thread, UInt64(0))

    store.set_timeout(100)
    call(instance)
