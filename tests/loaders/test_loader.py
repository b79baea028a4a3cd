"""The loader of examples/python: every function is there, and what it makes of slices, outputs, callbacks and failures."""

import gc
import json
import os
import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples/python"))
from wts import Error, Library  # noqa: E402

ABI = ROOT / "include/wasmtime_shim.json"
wts = Library(os.environ["WASMTIME_SHIM_LIB"], ABI)

GUEST = """(module
  (import "host" "f" (func $f (param i32 i64) (result i32 i64)))
  (func (export "run") (param i32 i64) (result i32 i64) (call $f (local.get 0) (local.get 1))))"""


class Loader(unittest.TestCase):
    def setUp(self):
        self.engine = wts.engine_new(0)
        self.store = wts.store_new(self.engine, 0)

    def tearDown(self):
        wts.store_delete(self.store)
        wts.engine_delete(self.engine)
        self.assertEqual(wts.handle_live_count(wts.KIND_NONE), 0)
        self.assertEqual(wts._kept, {}, "the library let go of every callback")

    def call(self, function, *args):
        """Runs `function` as host function."""
        linker = wts.linker_new(self.engine)
        module = wts.module_new(self.engine, GUEST)
        try:
            wts.linker_define_func(linker, "host", "f", [wts.I32, wts.I64], [wts.I32, wts.I64], function)
            gc.collect()
            instance = wts.linker_instantiate(linker, self.store, module)
            return wts.func_call(wts.instance_get_export(instance, "run"), args, 2)
        finally:
            wts.module_delete(module)
            wts.linker_delete(linker)

    def fails(self, status, words, function, *args):
        with self.assertRaises(Error) as caught:
            function(*args)
        self.assertEqual(caught.exception.args[0], status)
        self.assertIn(words, caught.exception.args[1])

    def test_everything_is_there_in_sixty_lines(self):
        abi = json.loads(ABI.read_text())
        for name in [each["name"][4:] for each in abi["functions"] + abi["constants"]]:
            self.assertTrue(hasattr(wts, name), name)
        source = re.sub(r'""".*?"""', "", (ROOT / "examples/python/wts.py").read_text(), flags=re.S)
        lines = [line for line in source.splitlines() if line.strip() and not line.strip().startswith("#")]
        self.assertLessEqual(len(lines), 60)

    def test_slices_and_outputs(self):
        self.assertIn(json.loads(ABI.read_text())["abi"], wts.version_text())
        self.assertEqual(wts.status_name(wts.ERR_TRAP), "WTS_ERR_TRAP")
        self.assertEqual(wts.artifact_detect(b""), wts.ARTIFACT_NONE)
        type = wts.type_new_func([wts.I32, wts.F64], [])
        self.assertEqual((wts.type_params(type), wts.type_results(type)), ([wts.I32, wts.F64], []))
        wts.type_delete(type)

    def test_a_host_function_gets_lists_and_answers_one(self):
        self.assertEqual(self.call(lambda caller, args: [args[0] + 1, args[1] * 2], 41, -(2**40)), [42, -(2**41)])

    def test_what_a_host_function_raises_is_the_message(self):
        def raises(caller, args):
            raise KeyError("nobody")
        self.fails(wts.ERR_HOST, "KeyError('nobody')", self.call, raises, 1, 2)
        self.fails(wts.ERR_HOST, "ValueError", self.call, lambda caller, args: [1, 2, 3], 1, 2)
        self.fails(wts.ERR_HOST, "ValueError", self.call, lambda caller, args: None, 1, 2)

    def test_a_failure_has_status_and_message(self):
        self.fails(wts.ERR_COMPILE, "WTS_ERR_COMPILE", wts.module_new, self.engine, "(module")
        self.fails(wts.ERR_STALE, "WTS_ERR_STALE", wts.type_text, self.deleted_type())
        self.fails(wts.ERR_HANDLE, "WTS_ERR_HANDLE", wts.linker_define_func, 0, "a", "b", [], [], print)

    def deleted_type(self):
        type = wts.type_new_func([], [])
        wts.type_delete(type)
        return type

    def test_other_callbacks_answer_a_number(self):
        events = []
        wts.store_set_call_hook(self.store, lambda store, event: events.append(event))
        self.call(lambda caller, args: [0, 0], 1, 2)
        self.assertEqual(events, [wts.HOOK_CALLING_WASM, wts.HOOK_CALLING_HOST, wts.HOOK_RETURNING_FROM_HOST, wts.HOOK_RETURNING_FROM_WASM])


if __name__ == "__main__":
    unittest.main()
