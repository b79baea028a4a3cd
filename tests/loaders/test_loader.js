// The loader of examples/javascript: every function is there, and what it makes of slices, outputs, callbacks and failures.
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');

const ROOT = path.join(__dirname, '../..');
const SOURCE = path.join(ROOT, 'examples/javascript/wts.js');
const ABI = path.join(ROOT, 'include/wasmtime_shim.json');
const wts = require(SOURCE).load(process.env.WASMTIME_SHIM_LIB, ABI);
wts.thread_set_stack(1 << 20);

const GUEST = `(module
  (import "host" "f" (func $f (param i32 i64) (result i32 i64)))
  (func (export "run") (param i32 i64) (result i32 i64) (call $f (local.get 0) (local.get 1))))`;

// Calls `run` with a store, and asserts that nothing is left.
function withStore(run) {
  const engine = wts.engine_new(0);
  const store = wts.store_new(engine, 0);
  try {
    run(engine, store);
  } finally {
    wts.store_delete(store);
    wts.engine_delete(engine);
  }
  assert.equal(wts.handle_live_count(wts.KIND_NONE), 0n);
}

// Runs `host` as host function.
function callHost(engine, store, host, args) {
  const linker = wts.linker_new(engine);
  const module_ = wts.module_new(engine, GUEST);
  try {
    wts.linker_define_func(linker, 'host', 'f', [wts.I32, wts.I64], [wts.I32, wts.I64], host);
    const instance = wts.linker_instantiate(linker, store, module_);
    return [...wts.func_call(wts.instance_get_export(instance, 'run'), args, 2)];
  } finally {
    wts.module_delete(module_);
    wts.linker_delete(linker);
  }
}

test('everything is there in sixty lines', () => {
  const abi = JSON.parse(fs.readFileSync(ABI));
  for (const { name } of [...abi.functions, ...abi.constants]) assert.ok(name.slice(4) in wts, name);
  const lines = fs.readFileSync(SOURCE, 'utf8').split('\n').filter((line) => line.trim() && !line.trim().startsWith('//'));
  assert.ok(lines.length <= 60, `${lines.length} lines`);
});

test('slices and outputs', () => {
  assert.match(wts.version_text(), new RegExp(JSON.parse(fs.readFileSync(ABI)).abi));
  assert.equal(wts.status_name(wts.ERR_TRAP), 'WTS_ERR_TRAP');
  assert.equal(wts.artifact_detect(Buffer.alloc(0)), wts.ARTIFACT_NONE);
  const type = wts.type_new_func([wts.I32, wts.F64], []);
  assert.deepEqual([[...wts.type_params(type)], [...wts.type_results(type)]], [[wts.I32, wts.F64], []]);
  wts.type_delete(type);
});

test('a host function gets arrays and answers one', () => withStore((engine, store) => {
  const host = (caller, [a, b]) => [a + 1n, b * 2n];
  assert.deepEqual(callHost(engine, store, host, [41, -(2 ** 40)]), [42n, -(2n ** 41n)]);
}));

test('what a host function throws is the message', () => withStore((engine, store) => {
  const throws = () => { throw new RangeError('nobody'); };
  assert.throws(() => callHost(engine, store, throws, [1, 2]), /WTS_ERR_HOST: RangeError: nobody/);
  assert.throws(() => callHost(engine, store, () => [1], [1, 2]), /WTS_ERR_HOST: TypeError/);
}));

test('a failure has its name and its message', () => withStore((engine) => {
  assert.throws(() => wts.module_new(engine, '(module'), /^Error: WTS_ERR_COMPILE: /);
  assert.throws(() => wts.linker_define_func(0, 'a', 'b', [], [], () => []), /^Error: WTS_ERR_HANDLE: /);
}));

test('other callbacks answer a number', () => withStore((engine, store) => {
  const events = [];
  wts.store_set_call_hook(store, (_, event) => { events.push(event); });
  callHost(engine, store, () => [0, 0], [1, 2]);
  const { HOOK_CALLING_WASM, HOOK_CALLING_HOST, HOOK_RETURNING_FROM_HOST, HOOK_RETURNING_FROM_WASM } = wts;
  assert.deepEqual(events, [HOOK_CALLING_WASM, HOOK_CALLING_HOST, HOOK_RETURNING_FROM_HOST, HOOK_RETURNING_FROM_WASM]);
}));
