// Compiles a module, is called by it, calls it, writes its memory, catches its trap, and calls it for 1,000 rows.

const fs = require('node:fs');
const path = require('node:path');
const { load } = require('./wts');

const ROOT = path.join(__dirname, '../..');
const wts = load(process.env.WASMTIME_SHIM_LIB, path.join(ROOT, 'include/wasmtime_shim.json'));

wts.thread_set_stack(1 << 20); // koffi runs C on a stack of its own, of 2 MiB

function log(caller, [address, length]) {
  const memory = wts.caller_get_export(caller, 'memory');
  console.log(wts.memory_read(memory, address, Number(length)).toString());
}

const engine = wts.engine_new(0);
const store = wts.store_new(engine, 0);
const linker = wts.linker_new(engine);
wts.linker_define_func(linker, 'host', 'log', [wts.I32, wts.I32], [], log);
const module_ = wts.module_new(engine, fs.readFileSync(path.join(ROOT, 'examples/guest.wat')));
const instance = wts.linker_instantiate(linker, store, module_);
const exported = (name) => wts.instance_get_export(instance, name);
const [greet, add, divide, memory] = ['greet', 'add', 'divide', 'memory'].map(exported);

wts.func_call(greet, [], 0);
console.log('40 + 2 =', Number(wts.func_call(add, [40, 2], 1)[0]));
wts.memory_write(memory, 16, 'HELLO');
wts.func_call(greet, [], 0);
try {
  wts.func_call(divide, [1, 0], 1);
} catch (error) {
  console.log(error.message);
}
const rows = Array.from({ length: 1000 }, (_, row) => [row, 2]);
const [sums, done] = wts.func_call_batch(add, 1000, rows.flat(), 1000);
console.log(`${done} rows, the last is ${sums.at(-1)}`);

wts.module_delete(module_);
wts.linker_delete(linker);
wts.store_delete(store);
wts.engine_delete(engine);
console.log(Number(wts.handle_live_count(wts.KIND_NONE)), 'handles are left');
