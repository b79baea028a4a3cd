"""Compiles a module, is called by it, calls it, writes its memory, catches its trap, and calls it for 1,000 rows."""
import os
from pathlib import Path

from wts import Error, Library

ROOT = Path(__file__).resolve().parents[2]
wts = Library(os.environ["WASMTIME_SHIM_LIB"], ROOT / "include/wasmtime_shim.json")


def log(caller, args):
    memory = wts.caller_get_export(caller, "memory")
    address, length = args
    print(wts.memory_read(memory, address, length).decode())


engine = wts.engine_new(0)
store = wts.store_new(engine, 0)
linker = wts.linker_new(engine)
wts.linker_define_func(linker, "host", "log", [wts.I32, wts.I32], [], log)
module = wts.module_new(engine, (ROOT / "examples/guest.wat").read_text())
instance = wts.linker_instantiate(linker, store, module)
greet, add, divide, memory = (wts.instance_get_export(instance, name) for name in ("greet", "add", "divide", "memory"))

wts.func_call(greet, [], 0)
print("40 + 2 =", *wts.func_call(add, [40, 2], 1))
wts.memory_write(memory, 16, "HELLO")
wts.func_call(greet, [], 0)
try:
    wts.func_call(divide, [1, 0], 1)
except Error as error:
    print(error.args[1])
sums, done = wts.func_call_batch(add, 1000, [n for row in range(1000) for n in (row, 2)], 1000)
print(f"{done} rows, the last is {sums[-1]}")

wts.module_delete(module)
wts.linker_delete(linker)
wts.store_delete(store)
wts.engine_delete(engine)
print(wts.handle_live_count(wts.KIND_NONE), "handles are left")
