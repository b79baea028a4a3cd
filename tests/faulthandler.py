"""Python's faulthandler takes SIGSEGV from whoever had it. Guests trap all the same: with signals where it came first,
without them where it comes later.

    faulthandler.py LIBRARY
"""

import ctypes
import faulthandler
import subprocess
import sys

WAT = b"""(module (memory 1)
    (func (export "bounds") i32.const -4 i32.load drop)
    (func $deep (export "deep") call $deep))"""

WTS_ERR_TRAP = -22
WTS_OPT_SIGNALS_BASED_TRAPS = 73
TRAPS = {b"bounds": 2, b"deep": 1}


def get(call, *args):
    """A call that gives a handle."""
    out = ctypes.c_uint64()
    status = call(*args, ctypes.byref(out))
    assert status == 0, (call.__name__, status)
    return out.value


def word(value):
    return ctypes.c_uint64(value)


def run(path, signals, before):
    if before:
        faulthandler.enable()
    library = ctypes.CDLL(path)
    config = get(library.wts_config_new)
    status = library.wts_config_set(word(config), WTS_OPT_SIGNALS_BASED_TRAPS, ctypes.c_int64(signals))
    assert status == 0, status
    engine = get(library.wts_engine_new, word(config))
    if not before:
        faulthandler.enable()
    module = get(library.wts_module_new, word(engine), WAT, ctypes.c_size_t(len(WAT)))
    store = get(library.wts_store_new, word(engine), word(0))
    instance = get(library.wts_instance_new, word(store), word(module), None, ctypes.c_size_t(0))
    for _ in range(3):
        for name, code in TRAPS.items():
            func = get(library.wts_instance_get_export, word(instance), name, ctypes.c_size_t(len(name)))
            nothing = ctypes.c_size_t(0)
            status = library.wts_func_call(word(func), None, nothing, None, nothing)
            assert status == WTS_ERR_TRAP, status
            found = ctypes.c_int32()
            assert library.wts_error_trap_code(word(0), ctypes.byref(found)) == 0
            assert found.value == code, (name, found.value)


def main():
    path = sys.argv[1]
    if len(sys.argv) > 2:
        return run(path, int(sys.argv[2]), sys.argv[3] == "before")
    # Handlers are the process's, so each case has one of its own.
    for signals, when in (1, "before"), (0, "before"), (0, "after"):
        subprocess.run([sys.executable, "-B", __file__, path, str(signals), when], check=True, timeout=60)
        print(f"ok     faulthandler {when} the engine, traps {'with' if signals else 'without'} signals")


if __name__ == "__main__":
    main()
