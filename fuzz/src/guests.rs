//! Modules that wasm-smith makes up, run by two compilers side by side: Cranelift, and Winch or Pulley.
//!
//! With fuel, limits and a deadline. Results, traps, memories, globals and tables have to be the same.

use crate::library::*;
use arbitrary::{Arbitrary, Result, Unstructured};
use std::sync::LazyLock;
use wasm_smith::{Config, Module};

const SHARED: &[(i32, i64)] = &[
    (WTS_OPT_FUEL, 1),
    (WTS_OPT_EPOCH_INTERRUPTION, 1),
    (WTS_OPT_PARALLEL_COMPILATION, 0),
    (WTS_OPT_MAX_WASM_STACK, 128 << 10),
    (WTS_OPT_WASM_WIDE_ARITHMETIC, 1),
    (WTS_OPT_WASM_CUSTOM_PAGE_SIZES, 1),
];
const SAME_EVERYWHERE: &[(i32, i64)] = &[(WTS_OPT_RELAXED_SIMD_DETERMINISTIC, 1)];

static CRANELIFT: LazyLock<wts_engine_t> = LazyLock::new(|| engine(&[SHARED, SAME_EVERYWHERE].concat()));
static PULLEY: LazyLock<wts_engine_t> = LazyLock::new(|| engine_for("pulley64", &[SHARED, SAME_EVERYWHERE].concat()));
/// Winch has no switch for what makes relaxed SIMD the same everywhere, nor for some proposals.
static WINCH: LazyLock<wts_engine_t> =
    LazyLock::new(|| engine(&[SHARED, &[(WTS_OPT_STRATEGY, i64::from(WTS_STRATEGY_WINCH))]].concat()));

/// What modules end themselves with, and what they are given beyond that.
const STEPS: u32 = 2_000;
const FUEL: u64 = 1_000_000;
const TIMEOUT_MS: i64 = 5_000;
const MEMORY: u64 = 2 << 20;
const TABLE: u64 = 2_000;
const CALLS: usize = 16;

/// Runs one input; one that is too short for a module does nothing.
pub fn run(data: &[u8]) {
    let engines = [*CRANELIFT, *PULLEY, *WINCH];
    let before = live(WTS_KIND_NONE);
    let _ = compare(engines, &mut Unstructured::new(data));
    assert_eq!(live(WTS_KIND_NONE), before, "handles left alive");
}

fn compare([cranelift, pulley, winch]: [wts_engine_t; 3], u: &mut Unstructured<'_>) -> Result<()> {
    // Winch is at home on x86-64.
    let with_winch = cfg!(target_arch = "x86_64") && u.arbitrary()?;
    let mut module = Module::new(config(u, with_winch)?, u)?;
    module.ensure_termination(STEPS).expect("every module has valid bodies");
    let bytes = module.to_bytes();
    check_valid(cranelift, &bytes);
    let Some(one) = Guest::new(cranelift, &bytes) else { return Ok(()) };
    let Some(two) = Guest::new(if with_winch { winch } else { pulley }, &bytes) else { return Ok(()) };
    let pair = Pair { one, two, same_fuel: !with_winch };
    match pair.instantiate() {
        Some(exports) => pair.run(&exports, u),
        None => Ok(()),
    }
}

/// Small modules of everything that both compilers may know.
fn config(u: &mut Unstructured<'_>, with_winch: bool) -> Result<Config> {
    let mut config = Config::arbitrary(u)?;
    config.canonicalize_nans = true;
    config.export_everything = true;
    config.threads_enabled = false;
    config.wide_arithmetic_enabled = u.arbitrary()?;
    config.custom_page_sizes_enabled = u.arbitrary()?;
    config.min_funcs = 1;
    config.max_funcs = config.max_funcs.clamp(1, 8);
    config.max_imports = config.max_imports.min(8);
    config.max_types = config.max_types.min(16);
    config.max_globals = config.max_globals.min(8);
    config.max_memories = config.max_memories.min(2);
    config.max_tables = config.max_tables.min(3);
    config.max_tags = config.max_tags.min(4);
    config.max_type_size = 100;
    config.max_instructions = config.max_instructions.min(200);
    config.max_memory32_bytes = config.max_memory32_bytes.min(MEMORY);
    config.max_memory64_bytes = config.max_memory64_bytes.min(u128::from(MEMORY));
    config.max_table_elements = config.max_table_elements.min(TABLE);
    if with_winch {
        config.gc_enabled = false;
        config.exceptions_enabled = false;
        config.tail_call_enabled = false;
        config.relaxed_simd_enabled = false;
    }
    Ok(config)
}

fn check_valid(engine: wts_engine_t, bytes: &[u8]) {
    // SAFETY: the input is a slice.
    must(unsafe { wts_module_validate(engine, bytes.as_ptr(), bytes.len()) }, "wts_module_validate");
}

/// One compiler's module and store.
struct Guest {
    module: wts_module_t,
    store: wts_store_t,
    linker: wts_linker_t,
}

/// How a call ended.
#[derive(Debug, PartialEq)]
struct Ending {
    status: wts_status_t,
    trap: i32,
}

impl Ending {
    fn of(status: wts_status_t, what: &str) -> Self {
        let trap = if status == WTS_OK { WTS_TRAP_NONE } else { Failure::take().trap };
        check_status(status, what);
        let known = matches!(
            status,
            WTS_OK
                | WTS_ERR_TRAP
                | WTS_ERR_FUEL
                | WTS_ERR_TIMEOUT
                | WTS_ERR_LIMIT
                | WTS_ERR_LINK
                | WTS_ERR_TYPE
                | WTS_ERR_HOST
                | WTS_ERR_MEMORY
        );
        assert!(known, "{what} answers {status}");
        Ending { status, trap }
    }

    /// Whether it depends on how large frames are, how long things take, and what else is the compiler's own.
    fn is_its_own(&self) -> bool {
        self.trap == WTS_TRAP_STACK_OVERFLOW
            || matches!(self.status, WTS_ERR_FUEL | WTS_ERR_TIMEOUT | WTS_ERR_LIMIT | WTS_ERR_MEMORY)
    }
}

impl Guest {
    /// None where the compiler does not do what is in the module.
    fn new(engine: wts_engine_t, bytes: &[u8]) -> Option<Self> {
        let (mut module, mut store, mut linker) = (wts_module_t(0), wts_store_t(0), wts_linker_t(0));
        // SAFETY: the input is a slice, the outputs are variables.
        unsafe {
            let status = wts_module_new(engine, bytes.as_ptr(), bytes.len(), &mut module);
            if status != WTS_OK {
                check_status(status, "wts_module_new");
                assert!(
                    matches!(status, WTS_ERR_COMPILE | WTS_ERR_UNSUPPORTED | WTS_ERR_LIMIT),
                    "wts_module_new: {status}"
                );
                return None;
            }
            must(wts_store_new(engine, 0, &mut store), "wts_store_new");
            must(wts_linker_new(engine, &mut linker), "wts_linker_new");
        }
        must(wts_store_set_fuel(store, FUEL), "wts_store_set_fuel");
        must(wts_store_set_timeout_ms(store, TIMEOUT_MS), "wts_store_set_timeout_ms");
        must(wts_store_set_limits(store, MEMORY, TABLE, 1, 10, 10, 0), "wts_store_set_limits");
        Some(Guest { module, store, linker })
    }

    /// Makes the instance, with zeros for what it imports.
    fn instantiate(&self) -> (Ending, wts_instance_t) {
        let mut instance = wts_instance_t(0);
        let defined = wts_linker_define_unknown_imports_as_defaults(self.linker, self.store, self.module);
        let ending = Ending::of(defined, "wts_linker_define_unknown_imports_as_defaults");
        if ending.status != WTS_OK {
            return (ending, instance);
        }
        // SAFETY: the output is a variable.
        let status = unsafe { wts_linker_instantiate(self.linker, self.store, self.module, &mut instance) };
        (Ending::of(status, "wts_linker_instantiate"), instance)
    }

    fn fuel_consumed(&self) -> u64 {
        let mut fuel = 0;
        // SAFETY: the output is a variable.
        must(unsafe { wts_store_fuel_consumed(self.store, &mut fuel) }, "wts_store_fuel_consumed");
        fuel
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            must(wts_linker_delete(self.linker), "wts_linker_delete");
            must(wts_store_delete(self.store), "wts_store_delete");
            must(wts_module_delete(self.module), "wts_module_delete");
        }
    }
}

/// An export of an instance.
#[derive(Clone, Copy)]
struct Export {
    kind: i32,
    item: u64,
}

fn exports(instance: wts_instance_t) -> Vec<Export> {
    let mut count = 0;
    // SAFETY: outputs are variables.
    unsafe {
        must(wts_instance_export_count(instance, &mut count), "wts_instance_export_count");
        let export = |index| {
            let mut export = Export { kind: 0, item: 0 };
            must(wts_instance_export_kind(instance, index, &mut export.kind), "wts_instance_export_kind");
            must(wts_instance_export_at(instance, index, &mut export.item), "wts_instance_export_at");
            export
        };
        (0..count).map(export).collect()
    }
}

/// The kinds of the parameters and results of a function.
fn signature(func: wts_func_t) -> (Vec<i32>, Vec<i32>) {
    let mut ty = wts_type_t(0);
    // SAFETY: the output is a variable, and kinds are copied to as much room as said.
    unsafe {
        must(wts_func_type(func, &mut ty), "wts_func_type");
        let params = kinds(|buf, cap, len| wts_type_params(ty, buf, cap, len));
        let results = kinds(|buf, cap, len| wts_type_results(ty, buf, cap, len));
        must(wts_type_delete(ty), "wts_type_delete");
        (params, results)
    }
}

fn kinds(copy: impl Fn(*mut i32, usize, *mut usize) -> wts_status_t) -> Vec<i32> {
    let mut len = 0;
    copy(std::ptr::null_mut(), 0, &mut len);
    let mut kinds = vec![0; len];
    must(copy(kinds.as_mut_ptr(), kinds.len(), &mut len), "copying kinds");
    kinds
}

fn is_number(kind: i32) -> bool {
    matches!(kind, WTS_I32 | WTS_I64 | WTS_F32 | WTS_F64 | WTS_V128)
}

fn width(kinds: &[i32]) -> usize {
    kinds.iter().map(|kind| if *kind == WTS_V128 { 2 } else { 1 }).sum()
}

/// Slots that can be compared: of a reference whether it is null. References are given back.
fn comparable(kinds: &[i32], slots: &[i64]) -> Vec<i64> {
    let mut slots = slots.iter();
    let mut out = Vec::new();
    for kind in kinds {
        let slot = *slots.next().expect("as many slots as kinds take");
        out.push(if is_number(*kind) { slot } else { let_go(slot as u64) });
        if *kind == WTS_V128 {
            out.push(*slots.next().expect("a vector has two slots"));
        }
    }
    out
}

/// Functions live as long as their store; all else that comes out is the receiver's to delete.
fn let_go(handle: u64) -> i64 {
    if handle != 0 {
        let status = wts_reference_delete(wts_reference_t(handle));
        assert!(matches!(status, WTS_OK | WTS_ERR_KIND), "wts_reference_delete answers {status}");
    }
    i64::from(handle != 0)
}

/// The same module twice.
struct Pair {
    one: Guest,
    two: Guest,
    /// Fuel is counted by the code that Cranelift makes, for Pulley too.
    same_fuel: bool,
}

impl Pair {
    /// Whether the two go on side by side. What is a compiler's own affair ends the comparison.
    fn agree(&self, one: &Ending, two: &Ending, what: &str) -> bool {
        if one.is_its_own() || two.is_its_own() {
            return false;
        }
        assert_eq!(one, two, "{what} ends in two ways");
        true
    }

    /// The exports of both instances, if there are instances and nothing is left open.
    fn instantiate(&self) -> Option<Vec<[Export; 2]>> {
        let ((one, first), (two, second)) = (self.one.instantiate(), self.two.instantiate());
        if !self.agree(&one, &two, "instantiation") || one.status != WTS_OK {
            return None;
        }
        let (first, second) = (exports(first), exports(second));
        assert_eq!(first.len(), second.len(), "exports");
        Some(first.into_iter().zip(second).map(|(one, two)| [one, two]).collect())
    }

    fn run(&self, exports: &[[Export; 2]], u: &mut Unstructured<'_>) -> Result<()> {
        compare_state(exports);
        for [one, two] in exports.iter().filter(|pair| pair[0].kind == WTS_KIND_FUNC).cycle().take(CALLS) {
            let funcs = [wts_func_t(one.item), wts_func_t(two.item)];
            if !self.call(funcs, u)? {
                break;
            }
            compare_state(exports);
        }
        Ok(())
    }

    fn call(&self, [one, two]: [wts_func_t; 2], u: &mut Unstructured<'_>) -> Result<bool> {
        let (params, results) = signature(one);
        assert_eq!((&params, &results), (&signature(two).0, &signature(two).1), "signatures");
        let mut args = Vec::new();
        for kind in &params {
            args.push(number(*kind, u)?);
            if *kind == WTS_V128 {
                args.push(u.arbitrary()?);
            }
        }
        let before = [self.one.fuel_consumed(), self.two.fuel_consumed()];
        let (first, second) = (call(one, &args, &results), call(two, &args, &results));
        if !self.agree(&first.0, &second.0, "a call") {
            return Ok(false);
        }
        if self.same_fuel {
            let consumed = [self.one.fuel_consumed() - before[0], self.two.fuel_consumed() - before[1]];
            assert_eq!(consumed[0], consumed[1], "fuel");
        }
        assert_eq!(first.1, second.1, "results of {results:x?} for {args:?}");
        Ok(true)
    }
}

/// An argument; references are null.
fn number(kind: i32, u: &mut Unstructured<'_>) -> Result<i64> {
    Ok(match kind {
        WTS_I32 | WTS_F32 => i64::from(u.arbitrary::<u32>()?),
        _ if is_number(kind) => u.arbitrary()?,
        _ => 0,
    })
}

fn call(func: wts_func_t, args: &[i64], kinds: &[i32]) -> (Ending, Vec<i64>) {
    let mut results = vec![0; width(kinds)];
    // SAFETY: the arrays are as long as said.
    let status = unsafe { wts_func_call(func, args.as_ptr(), args.len(), results.as_mut_ptr(), results.len()) };
    (Ending::of(status, "wts_func_call"), comparable(kinds, &results))
}

/// What both export has the same content.
fn compare_state(exports: &[[Export; 2]]) {
    for [one, two] in exports {
        assert_eq!(one.kind, two.kind, "kinds of exports");
        match one.kind {
            WTS_KIND_MEMORY => assert!(memory(one.item) == memory(two.item), "memories differ"),
            WTS_KIND_GLOBAL => assert_eq!(global(one.item), global(two.item), "globals"),
            WTS_KIND_TABLE => assert_eq!(table(one.item), table(two.item), "tables"),
            _ => {}
        }
    }
}

/// The bytes of a memory; nothing runs while they are looked at.
fn memory(item: u64) -> &'static [u8] {
    let (mut data, mut len) = (std::ptr::null_mut(), 0);
    // SAFETY: the outputs are variables, and the memory is there until its store is deleted.
    unsafe {
        must(wts_memory_data(wts_memory_t(item), &mut data, &mut len), "wts_memory_data");
        if len == 0 { &[] } else { std::slice::from_raw_parts(data, len) }
    }
}

fn global(item: u64) -> Vec<i64> {
    let (global, mut ty) = (wts_global_t(item), wts_type_t(0));
    let (mut kind, mut is_mutable) = (0, 0);
    // SAFETY: the outputs are variables, and the array is as long as said.
    unsafe {
        must(wts_global_type(global, &mut ty), "wts_global_type");
        must(wts_type_global(ty, &mut kind, &mut is_mutable), "wts_type_global");
        must(wts_type_delete(ty), "wts_type_delete");
        let mut value = vec![0; width(&[kind])];
        must(wts_global_get(global, value.as_mut_ptr(), value.len()), "wts_global_get");
        comparable(&[kind], &value)
    }
}

/// The size of a table, and which of its first elements are null.
fn table(item: u64) -> (u64, Vec<i64>) {
    let (table, mut size) = (wts_table_t(item), 0);
    // SAFETY: outputs are variables.
    unsafe {
        must(wts_table_size(table, &mut size), "wts_table_size");
        let element = |index| {
            let mut value = 0;
            must(wts_table_get(table, index, &mut value), "wts_table_get");
            let_go(value)
        };
        (size, (0..size.min(32)).map(element).collect())
    }
}
