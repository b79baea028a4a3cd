//! Values on their way: slots and doubles into a call and back, through WebAssembly, host functions, batches, resumable
//! calls, globals and structs, against a model that knows bits only.

use crate::library::*;
use arbitrary::{Arbitrary, Unstructured};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::c_void;
use std::fmt::Write;
use std::sync::LazyLock;

/// The types of the values of a signature.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    I32,
    I64,
    F32,
    F64,
    V128,
    /// Fields of structs only; elsewhere an i32.
    I8,
    /// Likewise.
    I16,
}

impl Kind {
    fn code(self) -> i32 {
        match self {
            Kind::I32 => WTS_I32,
            Kind::I64 => WTS_I64,
            Kind::F32 => WTS_F32,
            Kind::F64 => WTS_F64,
            Kind::V128 => WTS_V128,
            Kind::I8 => WTS_I8,
            Kind::I16 => WTS_I16,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Kind::I64 => "i64",
            Kind::F32 => "f32",
            Kind::F64 => "f64",
            Kind::V128 => "v128",
            _ => "i32",
        }
    }

    /// How many slots it takes.
    fn width(self) -> usize {
        if self == Kind::V128 { 2 } else { 1 }
    }

    /// What is left of the packed ones outside of structs.
    fn unpacked(self) -> Self {
        if matches!(self, Kind::I8 | Kind::I16) { Kind::I32 } else { self }
    }
}

/// A slot; numbers near the edges of types are likely ones.
#[derive(Arbitrary, Clone, Copy, Debug)]
enum Slot {
    Any(i64),
    Small(i8),
    Near { power: u8, negative: bool, distance: i8 },
    Float(f32),
    Double(f64),
}

impl Slot {
    fn word(self) -> i64 {
        match self {
            Slot::Any(word) => word,
            Slot::Small(word) => i64::from(word),
            Slot::Near { power, negative, distance } => {
                let edge = 1i64 << (power % 64);
                let edge = if negative { edge.wrapping_neg() } else { edge };
                edge.wrapping_add(i64::from(distance))
            }
            Slot::Float(value) => i64::from(value.to_bits()),
            Slot::Double(value) => value.to_bits() as i64,
        }
    }
}

/// A double; whole numbers near the edges of types are likely ones.
#[derive(Arbitrary, Clone, Copy, Debug)]
enum Double {
    Any(f64),
    Float(f32),
    /// Amid two floats, and so with one bit more than they have.
    Amid(f32),
    Whole(Slot),
    Beside(Slot, bool),
}

impl Double {
    fn value(self) -> f64 {
        match self {
            Double::Any(value) => value,
            Double::Float(value) => f64::from(value),
            Double::Amid(value) => (f64::from(value) + f64::from(value.next_up())) / 2.0,
            Double::Whole(slot) => slot.word() as f64,
            Double::Beside(slot, true) => (slot.word() as f64).next_up(),
            Double::Beside(slot, false) => (slot.word() as f64).next_down(),
        }
    }
}

/// How the values travel.
#[derive(Arbitrary, Clone, Copy, Debug)]
enum Way {
    /// A host function, called by the host.
    Host,
    /// WebAssembly that returns what it is given.
    Wasm,
    /// WebAssembly that asks a host function.
    WasmAndHost,
    Doubles {
        through_host: bool,
    },
    Batch {
        rows: u8,
    },
    Columns {
        rows: u8,
    },
    Resumable {
        through_host: bool,
    },
    Globals,
    GlobalsAsDoubles,
    Structs,
    WrongCount {
        args: u8,
        results: u8,
    },
}

/// One input of the target.
#[derive(Arbitrary, Debug)]
struct Case {
    way: Way,
    kinds: Vec<Kind>,
    args: Vec<Slot>,
    /// What the host function answers with; what it was given, where there is none.
    answers: Vec<Slot>,
    doubles: Vec<Double>,
}

// ---- the model ----

/// Bits that the slots of a value stand for, if they fit: an i32 or f32 may be spelled signed or unsigned.
fn bits(kind: Kind, slots: &[i64]) -> Option<u128> {
    let slot = slots[0];
    match kind {
        Kind::I64 | Kind::F64 => Some(u128::from(slot as u64)),
        Kind::V128 => Some(u128::from(slot as u64) + (u128::from(slots[1] as u64) << 64)),
        _ if i128::from(slot) < -(1 << 31) || i128::from(slot) > 0xffff_ffff => None,
        Kind::I8 => Some(u128::from(slot as u8)),
        Kind::I16 => Some(u128::from(slot as u16)),
        Kind::I32 | Kind::F32 => Some(u128::from(slot as u32)),
    }
}

/// The slots that bits come back in: an i32 with its sign, all else without.
fn slots(kind: Kind, bits: u128) -> Vec<i64> {
    match kind {
        Kind::I32 if bits >> 31 == 1 => vec![bits as i64 - (1 << 32)],
        Kind::V128 => vec![bits as u64 as i64, (bits >> 64) as u64 as i64],
        _ => vec![bits as u64 as i64],
    }
}

/// Values one after the other, each from its own slots; none if one of them does not fit.
fn through(kinds: &[Kind], mut given: &[i64]) -> Option<Vec<i64>> {
    let mut out = Vec::new();
    for kind in kinds {
        let (mine, rest) = given.split_at(kind.width());
        given = rest;
        out.extend(slots(*kind, bits(*kind, mine)?));
    }
    Some(out)
}

/// A double in parts: its sign, an odd number, and the power of two that multiplies it. None for 0, infinities and NaNs.
fn parts(value: f64) -> Option<(bool, u64, i32)> {
    let bits = value.to_bits();
    let (fraction, exponent) = (bits & ((1 << 52) - 1), (bits >> 52 & 0x7ff) as i32);
    let (odd, power) = match exponent {
        0x7ff => return None,
        0 if fraction == 0 => return None,
        0 => (fraction, -1074),
        _ => (fraction | 1 << 52, exponent - 1075),
    };
    let zeros = odd.trailing_zeros();
    Some((bits >> 63 == 1, odd >> zeros, power + zeros as i32))
}

/// The whole number that a double is, if it is one of at most 64 bits.
fn whole(value: f64) -> Option<i128> {
    if value == 0.0 {
        return Some(0);
    }
    let (negative, odd, power) = parts(value)?;
    if !(0..=64).contains(&power) {
        return None;
    }
    let magnitude = i128::from(odd) << power;
    Some(if negative { -magnitude } else { magnitude })
}

/// The bits that a double stands for where a kind of number is wanted; none if that does not hold it. NaNs are one NaN.
fn bits_of_double(kind: Kind, value: f64) -> Option<u128> {
    match kind {
        Kind::F64 => Some(u128::from(value.to_bits())),
        Kind::I32 => {
            whole(value).filter(|whole| (-(1 << 31)..1 << 32).contains(whole)).map(|whole| whole as u32 as u128)
        }
        Kind::I64 => {
            whole(value).filter(|whole| (-(1 << 63)..1 << 63).contains(whole)).map(|whole| whole as u64 as u128)
        }
        _ => {
            let fits = match parts(value) {
                None => true,
                // 24 bits from the first to the last, none below 2^-149 and none from 2^128 on.
                Some((_, odd, power)) => {
                    let top = power + 64 - odd.leading_zeros() as i32;
                    odd < 1 << 24 && power >= -149 && top <= 128
                }
            };
            fits.then(|| u128::from((value as f32).to_bits()))
        }
    }
}

/// The double that bits are; none if no double is.
fn double_of_bits(kind: Kind, bits: u128) -> Option<f64> {
    match kind {
        Kind::F64 => Some(f64::from_bits(bits as u64)),
        Kind::F32 => Some(f64::from(f32::from_bits(bits as u32))),
        Kind::I32 => Some(f64::from(bits as u32 as i32)),
        _ => {
            let number = bits as u64 as i64;
            let magnitude = number.unsigned_abs();
            let length = 64 - magnitude.leading_zeros() - magnitude.trailing_zeros().min(63);
            (magnitude == 0 || length <= 53).then_some(number as f64)
        }
    }
}

fn same_double(one: f64, two: f64) -> bool {
    one.to_bits() == two.to_bits() || one.is_nan() && two.is_nan()
}

// ---- the library ----

static ENGINE: LazyLock<wts_engine_t> = LazyLock::new(|| engine(&[(WTS_OPT_FUEL, 0)]));

thread_local! {
    /// Compiled once for each signature; not too many of them are kept.
    static MODULES: RefCell<HashMap<Vec<Kind>, wts_module_t>> = RefCell::default();
}

const MODULES_KEPT: usize = 256;

/// A module for values of these kinds: `wasm` returns what it is given, `host` asks the host function it imports.
fn module_for(kinds: &[Kind]) -> wts_module_t {
    MODULES.with_borrow_mut(|modules| {
        if let Some(known) = modules.get(kinds) {
            return *known;
        }
        if modules.len() == MODULES_KEPT {
            modules.drain().for_each(|(_, module)| must(wts_module_delete(module), "wts_module_delete"));
        }
        let names: String = kinds.iter().map(|kind| format!(" {}", kind.name())).collect();
        let mut gets = String::new();
        (0..kinds.len()).for_each(|index| write!(gets, " local.get {index}").expect("a string grows"));
        let module = module(
            *ENGINE,
            format!(
                "(module (type $t (func (param{names}) (result{names})))
                   (import \"\" \"\" (func $f (type $t)))
                   (func (export \"wasm\") (type $t){gets})
                   (func (export \"host\") (type $t){gets} call $f))"
            ),
        );
        modules.insert(kinds.to_vec(), module);
        module
    })
}

/// What the host function is given, and what it answers.
#[derive(Default)]
struct Host {
    given: Vec<i64>,
    answers: Option<Vec<i64>>,
}

unsafe extern "C" fn host(
    env: *mut c_void,
    _: wts_caller_t,
    args: *const i64,
    nargs: usize,
    results: *mut i64,
    nresults: usize,
) -> i32 {
    // SAFETY: `env` is the `Host` that lives until the store is deleted, and the arrays are as long as said.
    let (host, args, results) = unsafe {
        let args = if nargs == 0 { &[] } else { std::slice::from_raw_parts(args, nargs) };
        let results = if nresults == 0 { &mut [] } else { std::slice::from_raw_parts_mut(results, nresults) };
        (&*env.cast::<RefCell<Host>>(), args, results)
    };
    let mut host = host.borrow_mut();
    host.given = args.to_vec();
    let answers = host.answers.as_deref().unwrap_or(args);
    if results.iter().any(|slot| *slot != 0) || answers.len() != results.len() {
        return -1;
    }
    results.copy_from_slice(answers);
    0
}

/// A store with the functions of a module for `kinds`, deleted at the end.
struct World {
    store: wts_store_t,
    host: Box<RefCell<Host>>,
    kinds: Vec<Kind>,
    /// The host function itself.
    direct: wts_func_t,
    instance: wts_instance_t,
}

impl World {
    fn new(kinds: &[Kind]) -> Self {
        let codes: Vec<i32> = kinds.iter().map(|kind| kind.code()).collect();
        let host = Box::new(RefCell::new(Host::default()));
        let (mut store, mut direct, mut instance) = (wts_store_t(0), wts_func_t(0), wts_instance_t(0));
        let env = std::ptr::from_ref(&*host).cast_mut().cast();
        // SAFETY: arrays are as long as said, outputs are variables, `host` lives as long as the store.
        unsafe {
            must(wts_store_new(*ENGINE, 0, &mut store), "wts_store_new");
            let (data, len) = (codes.as_ptr(), codes.len());
            must(wts_func_new(store, data, len, data, len, Some(self::host), env, None, &mut direct), "wts_func_new");
            must(wts_instance_new(store, module_for(kinds), &direct.0, 1, &mut instance), "wts_instance_new");
        }
        World { store, host, kinds: kinds.to_vec(), direct, instance }
    }

    fn func(&self, name: &str) -> wts_func_t {
        let mut func = 0;
        // SAFETY: the text is as long as said, the output a variable.
        must(
            unsafe { wts_instance_get_export(self.instance, name.as_ptr().cast(), name.len(), &mut func) },
            "wts_instance_get_export",
        );
        wts_func_t(func)
    }

    /// The model of a host function that is given `args` and has `answers`: what it is given and what comes back, or
    /// how the call fails.
    fn expected(&self, args: &[i64], asks_host: bool, answers: Option<&[i64]>) -> Result<Vec<i64>, wts_status_t> {
        let given = through(&self.kinds, args).ok_or(WTS_ERR_RANGE)?;
        if !asks_host {
            return Ok(given);
        }
        through(&self.kinds, answers.unwrap_or(&given)).ok_or(WTS_ERR_HOST)
    }

    fn check_given(&self, args: &[i64]) {
        if let Some(given) = through(&self.kinds, args) {
            assert_eq!(self.host.borrow().given, given, "the host function's arguments");
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            must(wts_store_delete(self.store), "wts_store_delete");
        }
    }
}

/// Marks memory that a failed call must not have written.
const UNTOUCHED: i64 = 0x5a5a_5a5a_a5a5_a5a5;

fn check(status: wts_status_t, results: &[i64], expected: Result<Vec<i64>, wts_status_t>, what: &str) {
    match expected {
        Ok(slots) => {
            must(status, what);
            assert_eq!(results, slots, "{what}");
        }
        Err(wanted) => {
            assert_eq!(status, wanted, "{what}: {}", Failure::take().message);
            if wanted == WTS_ERR_HOST {
                assert_eq!(Failure::take().host_code, Some(WTS_ERR_RANGE), "{what}");
            }
            assert!(results.iter().all(|slot| *slot == UNTOUCHED), "{what} failed and wrote {results:?}");
        }
    }
}

/// So many words as `kinds` take slots.
fn fill(slots: &[Slot], len: usize) -> Vec<i64> {
    (0..len).map(|index| slots.get(index).map_or(0, |slot| slot.word())).collect()
}

/// Runs one input.
pub fn run(data: &[u8]) {
    let Ok(case) = Case::arbitrary_take_rest(Unstructured::new(data)) else { return };
    let packed: Vec<Kind> = case.kinds.iter().copied().take(20).collect();
    let kinds: Vec<Kind> = packed.iter().map(|kind| kind.unpacked()).collect();
    module_for(&kinds);
    let before = live(WTS_KIND_NONE);
    let width = kinds.iter().map(|kind| kind.width()).sum();
    let args = fill(&case.args, width);
    let answers = (!case.answers.is_empty()).then(|| fill(&case.answers, width));
    let doubles: Vec<f64> =
        (0..kinds.len()).map(|index| case.doubles.get(index).map_or(0.0, |it| it.value())).collect();
    match case.way {
        Way::Globals => globals(&kinds, &args, &fill(&case.answers, width)),
        Way::GlobalsAsDoubles => globals_as_doubles(&kinds, &doubles, &args),
        Way::Structs => structs(&packed, &args, &fill(&case.answers, width)),
        way => call(way, &World::new(&kinds), &args, answers, &doubles),
    }
    assert_eq!(live(WTS_KIND_NONE), before, "handles left alive");
}

fn call(way: Way, world: &World, args: &[i64], answers: Option<Vec<i64>>, doubles: &[f64]) {
    world.host.borrow_mut().answers.clone_from(&answers);
    let answers = answers.as_deref();
    match way {
        Way::Host => call_slots(world, world.direct, args, true, answers),
        Way::Wasm => call_slots(world, world.func("wasm"), args, false, answers),
        Way::WasmAndHost => call_slots(world, world.func("host"), args, true, answers),
        Way::Doubles { through_host } => call_doubles(world, through_host, doubles, answers),
        Way::Batch { rows } => call_batch(world, many(rows), args),
        Way::Columns { rows } => call_columns(world, many(rows), args),
        Way::Resumable { through_host } => call_resumable(world, through_host, args, answers),
        Way::WrongCount { args: given, results } => call_wrong(world, given.into(), results.into()),
        Way::Globals | Way::GlobalsAsDoubles | Way::Structs => unreachable!("not calls"),
    }
}

/// Few rows are looped over by the host, over a thousand inside WebAssembly.
fn many(rows: u8) -> usize {
    if rows < 240 { usize::from(rows % 8) } else { 1100 + usize::from(rows) }
}

fn call_slots(world: &World, func: wts_func_t, args: &[i64], asks_host: bool, answers: Option<&[i64]>) {
    // The second call is the quick one: that of the function that was called last.
    for what in ["wts_func_call", "wts_func_call again"] {
        let mut results = vec![UNTOUCHED; args.len()];
        // SAFETY: the arrays are as long as said.
        let status = unsafe { wts_func_call(func, args.as_ptr(), args.len(), results.as_mut_ptr(), results.len()) };
        check(status, &results, world.expected(args, asks_host, answers), what);
        if asks_host {
            world.check_given(args);
        }
    }
}

fn call_resumable(world: &World, asks_host: bool, args: &[i64], answers: Option<&[i64]>) {
    let func = world.func(if asks_host { "host" } else { "wasm" });
    let mut pending = wts_pending_t(0);
    // SAFETY: the arrays are as long as said, and the output is a variable.
    let started = unsafe { wts_func_start(func, args.as_ptr(), args.len(), &mut pending) };
    let expected = world.expected(args, asks_host, answers);
    let mut results = vec![UNTOUCHED; args.len()];
    if started != WTS_OK {
        return check(started, &results, expected, "wts_func_start");
    }
    let mut status = wts_pending_poll(pending);
    while status == WTS_PENDING {
        status = wts_pending_poll(pending);
    }
    if status == WTS_OK {
        // SAFETY: the array is as long as said.
        status = unsafe { wts_pending_results(pending, results.as_mut_ptr(), results.len()) };
    }
    check(status, &results, expected, "a resumable call");
    must(wts_pending_delete(pending), "wts_pending_delete");
}

fn call_doubles(world: &World, asks_host: bool, doubles: &[f64], answers: Option<&[i64]>) {
    let func = world.func(if asks_host { "host" } else { "wasm" });
    let untouched = f64::from_bits(UNTOUCHED as u64);
    let mut results = vec![untouched; doubles.len()];
    // SAFETY: the arrays are as long as said.
    let status =
        unsafe { wts_func_call_f64(func, doubles.as_ptr(), doubles.len(), results.as_mut_ptr(), results.len()) };
    match doubles_expected(world, asks_host, doubles, answers) {
        Ok(wanted) => {
            must(status, "wts_func_call_f64");
            let same = results.iter().zip(&wanted).all(|(one, two)| same_double(*one, *two));
            assert!(same, "{doubles:?} came back as {results:?}, not {wanted:?}");
        }
        Err(wanted) => {
            assert_eq!(status, wanted, "{doubles:?}: {}", Failure::take().message);
            assert!(results.iter().all(|one| one.to_bits() == untouched.to_bits()), "a failed call wrote {results:?}");
        }
    }
}

fn doubles_expected(
    world: &World,
    asks_host: bool,
    doubles: &[f64],
    answers: Option<&[i64]>,
) -> Result<Vec<f64>, wts_status_t> {
    if world.kinds.contains(&Kind::V128) {
        return Err(WTS_ERR_TYPE);
    }
    let values = world.kinds.iter().zip(doubles);
    let given: Option<Vec<u128>> = values.map(|(kind, value)| bits_of_double(*kind, *value)).collect();
    let mut bits = given.ok_or(WTS_ERR_RANGE)?;
    if let Some(answers) = answers.filter(|_| asks_host) {
        let values = world.kinds.iter().zip(answers);
        let answered: Option<Vec<u128>> = values.map(|(kind, slot)| self::bits(*kind, &[*slot])).collect();
        bits = answered.ok_or(WTS_ERR_HOST)?;
    }
    let values = world.kinds.iter().zip(bits);
    let doubles: Option<Vec<f64>> = values.map(|(kind, bits)| double_of_bits(*kind, bits)).collect();
    doubles.ok_or(WTS_ERR_RANGE)
}

fn call_batch(world: &World, rows: usize, args: &[i64]) {
    let given = args.repeat(rows);
    let mut results = vec![UNTOUCHED; given.len()];
    let mut done = usize::MAX;
    let func = world.func("wasm");
    // SAFETY: the arrays are as long as said, and the output is a variable.
    let status = unsafe {
        let (args, results) = (given.as_ptr(), results.as_mut_ptr());
        wts_func_call_batch(func, rows, args, given.len(), results, given.len(), &mut done)
    };
    let row = world.expected(args, false, None);
    let expected = if rows == 0 { Ok(Vec::new()) } else { row.map(|row| row.repeat(rows)) };
    assert_eq!(done, if expected.is_ok() { rows } else { 0 }, "rows done");
    check(status, &results, expected, "wts_func_call_batch");
}

/// Columns hold just the bytes of their values, so there everything fits.
fn call_columns(world: &World, rows: usize, args: &[i64]) {
    let sizes: Vec<usize> =
        world.kinds.iter().map(|kind| if matches!(kind, Kind::I32 | Kind::F32) { 4 } else { 8 }).collect();
    let column = |(size, slot): (&usize, &i64)| slot.to_le_bytes()[..*size].repeat(rows);
    let given: Vec<Vec<u8>> = sizes.iter().zip(args).map(column).collect();
    let mut results: Vec<Vec<u8>> = given.iter().map(|column| vec![0x5a; column.len()]).collect();
    let ins: Vec<*const c_void> = given.iter().map(|column| column.as_ptr().cast()).collect();
    let outs: Vec<*mut c_void> = results.iter_mut().map(|column| column.as_mut_ptr().cast()).collect();
    let (mut done, strides) = (usize::MAX, std::ptr::null());
    let func = world.func("wasm");
    // SAFETY: there are as many columns as said, each with that many elements, and the output is a variable.
    let status = unsafe {
        let (ins, outs, len) = (ins.as_ptr(), outs.as_ptr(), world.kinds.len());
        wts_func_call_columns(func, rows, ins, len, strides, 0, outs, len, strides, 0, &mut done)
    };
    if world.kinds.contains(&Kind::V128) {
        assert_eq!((status, done), (WTS_ERR_TYPE, 0), "columns of vectors");
        return;
    }
    must(status, "wts_func_call_columns");
    assert_eq!(done, rows, "rows done");
    assert_eq!(results, given, "columns");
}

fn call_wrong(world: &World, nargs: usize, nresults: usize) {
    let wanted = world.kinds.iter().map(|kind| kind.width()).sum::<usize>();
    let args = vec![0; nargs];
    let mut results = vec![UNTOUCHED; nresults];
    let func = world.func("wasm");
    // SAFETY: the arrays are as long as said.
    let status = unsafe { wts_func_call(func, args.as_ptr(), nargs, results.as_mut_ptr(), nresults) };
    let right = nargs == wanted && nresults == wanted;
    check(status, &results, if right { Ok(vec![0; wanted]) } else { Err(WTS_ERR_TYPE) }, "a call with wrong counts");
}

/// Each value as a global of its own: made with one, set to the other.
fn globals(kinds: &[Kind], first: &[i64], second: &[i64]) {
    with_store(|store| {
        each(kinds, first, second, |kind, first, second| {
            let Some(global) = new_global(store, kind, first) else { return };
            check_global(global, kind, first);
            // SAFETY: the array is as long as said.
            let status = unsafe { wts_global_set(global, second.as_ptr(), second.len()) };
            assert_eq!(status, if bits(kind, second).is_some() { WTS_OK } else { WTS_ERR_RANGE }, "wts_global_set");
            check_global(global, kind, if status == WTS_OK { second } else { first });
        });
    });
}

fn each(kinds: &[Kind], mut first: &[i64], mut second: &[i64], mut work: impl FnMut(Kind, &[i64], &[i64])) {
    for kind in kinds {
        let (one, two) = (first.split_at(kind.width()), second.split_at(kind.width()));
        work(*kind, one.0, two.0);
        (first, second) = (one.1, two.1);
    }
}

fn with_store(work: impl FnOnce(wts_store_t)) {
    let mut store = wts_store_t(0);
    // SAFETY: the output is a variable.
    must(unsafe { wts_store_new(*ENGINE, 0, &mut store) }, "wts_store_new");
    work(store);
    must(wts_store_delete(store), "wts_store_delete");
}

fn new_global(store: wts_store_t, kind: Kind, value: &[i64]) -> Option<wts_global_t> {
    let (mut ty, mut global) = (wts_type_t(0), wts_global_t(0));
    // SAFETY: the array is as long as said, and the outputs are variables.
    let status = unsafe {
        must(wts_type_new_global(kind.code(), 1, &mut ty), "wts_type_new_global");
        wts_global_new(store, ty, value.as_ptr(), value.len(), &mut global)
    };
    must(wts_type_delete(ty), "wts_type_delete");
    match bits(kind, value) {
        Some(_) => must(status, "wts_global_new"),
        None => assert_eq!((status, global.0), (WTS_ERR_RANGE, 0), "wts_global_new"),
    }
    (status == WTS_OK).then_some(global)
}

fn check_global(global: wts_global_t, kind: Kind, value: &[i64]) {
    let mut found = vec![UNTOUCHED; kind.width()];
    // SAFETY: the array is as long as said.
    must(unsafe { wts_global_get(global, found.as_mut_ptr(), found.len()) }, "wts_global_get");
    assert_eq!(found, slots(kind, bits(kind, value).expect("it was taken")), "the value of a global");
}

fn globals_as_doubles(kinds: &[Kind], doubles: &[f64], first: &[i64]) {
    let mut doubles = doubles.iter();
    with_store(|store| {
        each(kinds, first, first, |kind, first, _| {
            let value = *doubles.next().expect("a double for each kind");
            let Some(global) = new_global(store, kind, first) else { return };
            let status = wts_global_set_f64(global, value);
            let untouched = f64::from_bits(UNTOUCHED as u64);
            let mut found = untouched;
            // SAFETY: the output is a variable.
            let got = unsafe { wts_global_get_f64(global, &mut found) };
            if kind == Kind::V128 {
                assert_eq!((status, got), (WTS_ERR_TYPE, WTS_ERR_TYPE), "a vector as a double");
                return;
            }
            let taken = bits_of_double(kind, value);
            assert_eq!(status, if taken.is_some() { WTS_OK } else { WTS_ERR_RANGE }, "{kind:?} set to {value:?}");
            let bits = taken.or(bits(kind, first)).expect("it was taken");
            match double_of_bits(kind, bits) {
                Some(wanted) => assert!(got == WTS_OK && same_double(found, wanted), "{kind:?}: {found:?}, {wanted:?}"),
                None => assert!(
                    got == WTS_ERR_RANGE && found.to_bits() == untouched.to_bits(),
                    "{kind:?} {bits:#x} was got as {found:?}"
                ),
            }
        });
    });
}

/// All values as the fields of a struct: made with the first, each set to its second.
fn structs(kinds: &[Kind], first: &[i64], second: &[i64]) {
    let codes: Vec<i32> = kinds.iter().map(|kind| kind.code()).collect();
    let mutable = vec![1; codes.len()];
    let (mut ty, mut made) = (wts_type_t(0), wts_reference_t(0));
    with_store(|store| {
        // SAFETY: the arrays are as long as said, and the outputs are variables.
        let status = unsafe {
            let (codes, len) = (codes.as_ptr(), codes.len());
            must(wts_type_new_struct(*ENGINE, codes, len, mutable.as_ptr(), len, &mut ty), "wts_type_new_struct");
            wts_struct_new(store, ty, first.as_ptr(), first.len(), &mut made)
        };
        if through(kinds, first).is_none() {
            assert_eq!((status, made.0), (WTS_ERR_RANGE, 0), "wts_struct_new");
            return;
        }
        must(status, "wts_struct_new");
        let mut index = 0;
        each(kinds, first, second, |kind, first, second| {
            check_field(made, index, kind, first);
            // SAFETY: the array is as long as said.
            let status = unsafe { wts_struct_set(made, index, second.as_ptr(), second.len()) };
            assert_eq!(status, if bits(kind, second).is_some() { WTS_OK } else { WTS_ERR_RANGE }, "wts_struct_set");
            check_field(made, index, kind, if status == WTS_OK { second } else { first });
            index += 1;
        });
    });
    must(wts_type_delete(ty), "wts_type_delete");
}

fn check_field(object: wts_reference_t, index: usize, kind: Kind, value: &[i64]) {
    let mut found = vec![UNTOUCHED; kind.width()];
    // SAFETY: the array is as long as said.
    must(unsafe { wts_struct_get(object, index, found.as_mut_ptr(), found.len()) }, "wts_struct_get");
    assert_eq!(found, slots(kind, bits(kind, value).expect("it was taken")), "field {index}, {kind:?}");
}
