// Every function of libwasmtime_shim, made when it is loaded from what wasmtime_shim.json says of it.
//
// A slice is given as a text, a Buffer or an array, and one that is to be filled as its length. What a call answers are
// its outputs; a failure is thrown. A callback takes handles, numbers and arrays; a host function answers its results.
const fs = require('node:fs');
const koffi = require('koffi');

const ARRAYS = {
  int32_t: Int32Array, uint32_t: Uint32Array, int64_t: BigInt64Array, uint64_t: BigUint64Array, size_t: BigUint64Array,
  double: Float64Array, char: Buffer, uint8_t: Buffer,
};

const ANSWERED = ['buf', 'out', 'out_ptr'], GIVEN = ['handle', 'value', 'in_ptr', 'out']; // to a callback of JavaScript

exports.load = (library, description) => {
  const native = koffi.load(library), abi = JSON.parse(fs.readFileSync(description, 'utf8'));
  const numbers = Object.fromEntries(abi.types.map((t) => [t.name, t.c]));
  const callbacks = Object.fromEntries(abi.callbacks.map((c) => [c.name, c]));
  const kept = new Map(); // registered callbacks, until the library drops their `env`, which is the key
  const wts = Object.fromEntries(abi.constants.map((c) => [c.name.replace(/^WTS_/, ''), c.value]));
  let keys = 0n;

  const type = (p) => numbers[p.type] ?? (callbacks[p.type] || p.type.endsWith('*') ? 'void *' : p.type);
  const array = (p) => ARRAYS[numbers[p.element] ?? p.element] ?? BigUint64Array;
  const filled = (p, size) => (array(p) === Buffer ? Buffer.alloc(size) : new (array(p))(size));
  for (const c of abi.callbacks) c.pointer = koffi.pointer(koffi.proto(c.name, c.returns, c.params.map(type)));
  const release = (key) => kept.has(key) && (koffi.unregister(kept.get(key)), kept.delete(key));
  const drop = koffi.register((key) => void release(key), callbacks.wts_drop_t.pointer);

  const callback = (c, run) => koffi.register((...raw) => {
    const values = Object.fromEntries(c.params.map((p, i) => [p.name, raw[i]]));
    const slice = (p) => new (array(p))(koffi.view(values[p.name], 8 * Number(values[p.len])));
    for (const p of c.params.filter((p) => p.len)) values[p.name] = slice(p);
    try {
      const answer = run(...c.params.filter((p) => GIVEN.includes(p.role)).map((p) => values[p.name]));
      if (!values.results) return answer ?? 0;
      for (const i of values.results.keys()) values.results[i] = BigInt(answer[i]);
      return 0;
    } catch (error) { // must not pass through the library
      if (values.caller) wts.caller_set_trap(values.caller, wts.TRAP_NONE, String(error));
      return -1;
    }
  }, c.pointer);

  const argument = (p, values, next, room, key) => {
    if (p.role === 'out_ptr') return filled(p, next());
    if (p.role === 'out' || p.role === 'buf') return filled(p, p.role === 'out' ? 1 : room);
    if (p.role === 'len' || p.role === 'cap') return values[p.of].length;
    if (p.role === 'callback') return kept.set(key, callback(callbacks[p.type], next())).get(key);
    if (p.role === 'drop' || (p.role === 'env' && kept.has(key))) return p.role === 'drop' ? drop : key;
    const given = next();
    if (p.role !== 'in_ptr' || ArrayBuffer.isView(given)) return given;
    return array(p).from(given, array(p).name.startsWith('Big') ? BigInt : undefined);
  };

  const output = (p, value) => (p.role === 'out' ? value[0] : p.element === 'char' ? value.toString() : value);

  const call = (f, c, given, room = 0) => {
    const values = {}, rest = given.values(), key = ++keys;
    for (const p of f.params) values[p.name] = argument(p, values, () => rest.next().value, room, key);
    const status = c(...Object.values(values));
    // The first time, or the size has grown since.
    if ('cap' in values && values.out_len[0] > room) return call(f, c, given, Number(values.out_len[0]));
    if (status < 0) throw release(key), new Error(`${wts.status_name(status)}: ${wts.error_message(0)}`);
    const outs = f.params.filter((p) => ANSWERED.includes(p.role)).map((p) => output(p, values[p.name]));
    return 'cap' in values || outs.length === 1 ? outs[0] : outs.length ? outs : status;
  };

  for (const f of abi.functions) {
    const c = native.func(f.name, numbers[f.returns] ?? f.returns, f.params.map(type));
    wts[f.name.replace(/^wts_/, '')] = (...given) => call(f, c, given);
  }
  return wts;
};
