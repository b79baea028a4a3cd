//! Many calls in one crossing: rows of slots, or columns of numbers.
//!
//! The loop runs inside WebAssembly, in a small driver module that is made for a signature and cached
//! by the engine. A driver imports the function, has a memory of its own that rows are copied to and
//! from in chunks, and counts the rows that are done. Where there is no driver to be had (few rows, no
//! compiler, one that is running already) the rows go through single calls, with the same results.

use crate::abi::*;
use crate::args::{self, Input, Output};
use crate::boundary::{Failure, Result, boundary, fail};
use crate::engine::Engine;
use crate::error;
use crate::fiber;
use crate::func::{self, Signature};
use crate::slots::{SlotKind, Slots, fits_32};
use crate::store::{Entered, enter};
use std::cell::Cell;
use std::ffi::c_void;
use std::rc::Rc;
use wasmtime::{AsContextMut, Func, Global, Instance, Memory, TypedFunc, Val};

/// Below so many rows a driver does not pay: it is an instance of its own.
const WORTH_A_DRIVER: usize = 1000;

/// The name of driver modules, which backtraces leave out.
pub(crate) const DRIVER: &str = "wasmtime-shim batch driver";

/// What a driver exports. The names begin as its own does, so that a host function that it calls is not shown them.
const RUN_EXPORT: &str = "wasmtime-shim batch driver run";
const MEMORY_EXPORT: &str = "wasmtime-shim batch driver memory";
const DONE_EXPORT: &str = "wasmtime-shim batch driver done";

/// Whether an export is one of a driver, which is nobody's business.
pub(crate) fn is_of_driver(export: &str) -> bool {
    export.starts_with(DRIVER)
}

/// A driver in a store, for one function.
pub(crate) struct Driver {
    memory: Memory,
    run: TypedFunc<i32, ()>,
    done: Global,
    /// How many rows its memory holds.
    chunk: usize,
    busy: Cell<bool>,
}

// ---- where rows come from and go to ----

/// The arguments and results of all rows.
enum Rows {
    /// Slots, row after row.
    Slots { args: Input<i64>, results: Output<i64> },
    /// One array for each parameter and result.
    Columns { args: Vec<Column>, results: Vec<Column> },
}

/// One array with an element for each row.
struct Column {
    kind: SlotKind,
    data: args::Strided,
}

/// How many bytes of a driver's memory a value takes.
fn bytes_of(kinds: &[SlotKind]) -> usize {
    kinds.iter().map(|kind| kind.width() * 8).sum()
}

impl Rows {
    /// Copies the arguments of rows to a driver's memory, up to the first that does not fit. Answers how
    /// many did.
    fn gather(&self, signature: &Signature, first: usize, count: usize, memory: &mut [u8]) -> usize {
        match self {
            Rows::Slots { args, .. } => {
                let row = signature.params.slots;
                args.copy_to(first * row, &mut memory[..count * row * 8]);
                fitting_rows(signature, &memory[..count * row * 8], count)
            }
            Rows::Columns { args, .. } => {
                let row = bytes_of(&signature.params);
                for (position, column) in args.iter().enumerate() {
                    column.gather(first, count, &mut memory[position * 8..], row);
                }
                count
            }
        }
    }

    /// Copies the results of rows from a driver's memory.
    fn scatter(&self, signature: &Signature, first: usize, count: usize, memory: &[u8]) {
        let row = bytes_of(&signature.results);
        match self {
            Rows::Slots { results, .. } => results.copy_from(first * row / 8, &memory[..count * row]),
            Rows::Columns { results, .. } => {
                for (position, column) in results.iter().enumerate() {
                    column.scatter(first, count, &memory[position * 8..], row);
                }
            }
        }
    }

    /// Calls for one row.
    fn call_one(&self, store: &Entered, func: Func, signature: &Signature, row: usize) -> Result {
        match self {
            Rows::Slots { args, results } => {
                let (params, wanted) = (signature.params.slots, signature.results.slots);
                func::call(store, func, signature, args.part(row * params, params), results.part(row * wanted, wanted))
            }
            Rows::Columns { args, results } => {
                let given: Slots = args.iter().map(|column| column.load_slot(row)).collect();
                let mut answer: Slots = results.iter().map(|_| 0).collect();
                let given = args::input(given.as_ptr(), given.len(), "args")?;
                func::call(store, func, signature, given, args::output(answer.as_mut_ptr(), answer.len(), "results")?)?;
                results.iter().zip(&answer).for_each(|(column, slot)| column.scatter(row, 1, &slot.to_le_bytes(), 8));
                Ok(())
            }
        }
    }
}

/// How many rows from the first on have all their 32-bit values within 32 bits.
fn fitting_rows(signature: &Signature, slots: &[u8], count: usize) -> usize {
    let narrow = signature.params.iter().all(|kind| kind.is_narrow());
    if narrow && all_fit(slots) { count } else { first_rows_that_fit(signature, slots, count) }
}

/// Whether all slots are within 32 bits, without a branch for each, so that several are looked at at once.
fn all_fit(slots: &[u8]) -> bool {
    let slots = slots.chunks_exact(8).map(|slot| i64::from_le_bytes(slot.try_into().expect("8 bytes")));
    // The sign tells: of what is below the least, of what is above the greatest, and of sums that are both.
    slots.fold(0, |signs, slot| signs | slot.wrapping_add(1 << 31) | (u32::MAX as i64).wrapping_sub(slot)) >= 0
}

fn first_rows_that_fit(signature: &Signature, slots: &[u8], count: usize) -> usize {
    let row = signature.params.slots;
    let mut fitting = count;
    let mut slot = 0;
    for kind in signature.params.iter() {
        if kind.is_narrow() {
            let value = |index: usize| {
                let at = (index * row + slot) * 8;
                i64::from_le_bytes(slots[at..at + 8].try_into().expect("8 bytes"))
            };
            fitting = (0..fitting).position(|index| !fits_32(value(index))).unwrap_or(fitting);
        }
        slot += kind.width();
    }
    fitting
}

fn size_of_element(kind: SlotKind) -> usize {
    if kind.is_narrow() { 4 } else { 8 }
}

impl Column {
    fn size(&self) -> usize {
        size_of_element(self.kind)
    }

    /// Elements to the first bytes of places that are `row` bytes apart.
    fn gather(&self, first: usize, count: usize, to: &mut [u8], row: usize) {
        match self.size() {
            4 => self.data.gather::<4>(first, count, to, row),
            _ => self.data.gather::<8>(first, count, to, row),
        }
    }

    /// Elements from such places.
    fn scatter(&self, first: usize, count: usize, from: &[u8], row: usize) {
        match self.size() {
            4 => self.data.scatter::<4>(first, count, from, row),
            _ => self.data.scatter::<8>(first, count, from, row),
        }
    }

    fn load_slot(&self, row: usize) -> i64 {
        let mut bytes = [0; 8];
        self.gather(row, 1, &mut bytes, 8);
        i64::from_le_bytes(bytes)
    }
}

// ---- the driver module ----

#[cfg(feature = "compiler")]
mod make {
    use super::*;
    use wasm_encoder::{
        CodeSection, ConstExpr, EntityType, ExportKind, ExportSection, Function, FunctionSection, GlobalSection,
        GlobalType, ImportSection, InstructionSink, MemArg, MemorySection, MemoryType, Module, NameSection,
        TypeSection, ValType,
    };

    /// A driver's memory, in pages of 64 KiB: a part of a common second-level cache.
    const PAGES: u64 = 8;

    fn val_type(kind: SlotKind) -> ValType {
        match kind {
            SlotKind::I32 => ValType::I32,
            SlotKind::I64 => ValType::I64,
            SlotKind::F32 => ValType::F32,
            SlotKind::F64 => ValType::F64,
            SlotKind::V128 => ValType::V128,
            SlotKind::Reference => unreachable!("references were refused"),
        }
    }

    fn at(offset: usize) -> MemArg {
        MemArg { offset: offset as u64, align: 3, memory_index: 0 }
    }

    /// How many rows fit the memory of a driver.
    pub fn chunk(signature: &Signature) -> usize {
        let row = bytes_of(&signature.params) + bytes_of(&signature.results);
        ((PAGES as usize) << 16) / row.max(8)
    }

    pub fn compile(engine: &Engine, signature: &Signature) -> Result<wasmtime::Module> {
        let bytes = driver(signature);
        crate::workers::run(|| match wasmtime::Module::new(&engine.engine, &bytes) {
            Ok(module) => Ok(module),
            Err(error) => fail(WTS_ERR_INTERNAL, error::chain(&error)),
        })
    }

    fn driver(signature: &Signature) -> Vec<u8> {
        let kinds = |kinds: &[SlotKind]| kinds.iter().map(|kind| val_type(*kind)).collect::<Vec<_>>();
        let mut types = TypeSection::new();
        types.ty().function(kinds(&signature.params), kinds(&signature.results));
        types.ty().function([ValType::I32], []);
        let mut imports = ImportSection::new();
        imports.import("", "", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        functions.function(1);
        let mut memories = MemorySection::new();
        let limits =
            MemoryType { minimum: PAGES, maximum: Some(PAGES), memory64: false, shared: false, page_size_log2: None };
        memories.memory(limits);
        let mut globals = GlobalSection::new();
        globals.global(GlobalType { val_type: ValType::I32, mutable: true, shared: false }, &ConstExpr::i32_const(0));
        let mut exports = ExportSection::new();
        exports.export(RUN_EXPORT, ExportKind::Func, 1);
        exports.export(MEMORY_EXPORT, ExportKind::Memory, 0);
        exports.export(DONE_EXPORT, ExportKind::Global, 0);
        let mut code = CodeSection::new();
        code.function(&body(signature));
        let mut names = NameSection::new();
        names.module(DRIVER);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&memories).section(&globals);
        module.section(&exports).section(&code).section(&names);
        module.finish()
    }

    // Locals.
    const ROWS: u32 = 0;
    const FROM: u32 = 1;
    const TO: u32 = 2;
    const COUNT: u32 = 3;
    const FIRST_RESULT: u32 = 4;
    // The global.
    const DONE: u32 = 0;

    /// For each row: load the arguments, call, store the results, count. The host reads the count when a row trapped;
    /// nobody here does, so that no row waits for the one before.
    fn body(signature: &Signature) -> Function {
        let (from, to) = (bytes_of(&signature.params), bytes_of(&signature.results));
        let results = signature.results.iter().map(|kind| val_type(*kind));
        let mut function = Function::new_with_locals_types([ValType::I32; 3].into_iter().chain(results));
        let mut code = function.instructions();
        code.i32_const((chunk(signature) * from) as i32).local_set(TO);
        code.loop_(wasm_encoder::BlockType::Empty);
        load_arguments(&mut code, signature);
        code.call(0);
        store_results(&mut code, signature);
        code.local_get(FROM).i32_const(from as i32).i32_add().local_set(FROM);
        code.local_get(TO).i32_const(to as i32).i32_add().local_set(TO);
        code.local_get(COUNT).i32_const(1).i32_add().local_tee(COUNT).global_set(DONE);
        code.local_get(COUNT).local_get(ROWS).i32_lt_u().br_if(0);
        code.end().end();
        function
    }

    fn load_arguments(code: &mut InstructionSink<'_>, signature: &Signature) {
        let mut offset = 0;
        for kind in signature.params.iter() {
            code.local_get(FROM);
            match kind {
                SlotKind::I32 => code.i32_load(MemArg { align: 2, ..at(offset) }),
                SlotKind::I64 => code.i64_load(at(offset)),
                SlotKind::F32 => code.f32_load(MemArg { align: 2, ..at(offset) }),
                SlotKind::F64 => code.f64_load(at(offset)),
                SlotKind::V128 | SlotKind::Reference => code.v128_load(at(offset)),
            };
            offset += kind.width() * 8;
        }
    }

    fn store_results(code: &mut InstructionSink<'_>, signature: &Signature) {
        for index in (0..signature.results.len()).rev() {
            code.local_set(FIRST_RESULT + index as u32);
        }
        let mut offset = 0;
        for (index, kind) in signature.results.iter().enumerate() {
            code.local_get(TO).local_get(FIRST_RESULT + index as u32);
            match kind {
                SlotKind::I32 => code.i64_extend_i32_s().i64_store(at(offset)),
                SlotKind::I64 => code.i64_store(at(offset)),
                SlotKind::F32 => code.i32_reinterpret_f32().i64_extend_i32_u().i64_store(at(offset)),
                SlotKind::F64 => code.f64_store(at(offset)),
                SlotKind::V128 | SlotKind::Reference => code.v128_store(at(offset)),
            };
            offset += kind.width() * 8;
        }
    }
}

#[cfg(not(feature = "compiler"))]
mod make {
    use super::*;

    pub fn chunk(_: &Signature) -> usize {
        1
    }

    pub fn compile(_: &Engine, _: &Signature) -> Result<wasmtime::Module> {
        fail(WTS_ERR_UNSUPPORTED, "this build has no compiler")
    }
}

/// The driver module for a signature, if one can be made.
fn driver_module(engine: &Engine, signature: &Signature) -> Option<wasmtime::Module> {
    let key = (signature.params.to_vec(), signature.results.to_vec());
    if let Some(known) = engine.drivers.lock().get(&key) {
        return known.clone();
    }
    // Not under the lock: compiling takes a while, and making one twice does no harm.
    let module = make::compile(engine, signature).ok();
    engine.drivers.lock().insert(key, module.clone());
    module
}

/// The driver for a function in its store, made when first asked for.
fn driver(store: &Entered, handle: u64, func: Func, signature: &Signature) -> Result<Option<Rc<Driver>>> {
    let body = store.body();
    if let Some(known) = body.drivers.borrow().get(&handle) {
        return Ok(known.clone());
    }
    // The limits, which drivers are exempt from, can be changed while nothing runs only.
    if body.limited.get() && !store.is_outermost() {
        return Ok(None);
    }
    let driver = match driver_module(&body.engine, signature) {
        Some(module) => instantiate(store, &module, func, signature)?.map(Rc::new),
        None => None,
    };
    body.drivers.borrow_mut().insert(handle, driver.clone());
    Ok(driver)
}

/// Nothing when Wasmtime refuses: there is no room in a pool, or the function's type is one of a group.
fn instantiate(
    store: &Entered,
    module: &wasmtime::Module,
    func: Func,
    signature: &Signature,
) -> Result<Option<Driver>> {
    let Some(instance) = instantiate_unlimited(store, module, func)? else {
        return Ok(None);
    };
    let mut context = store.context()?;
    let run = instance.get_typed_func(&mut context, RUN_EXPORT).ok();
    let memory = instance.get_memory(&mut context, MEMORY_EXPORT);
    let done = instance.get_global(&mut context, DONE_EXPORT);
    let (Some(run), Some(memory), Some(done)) = (run, memory, done) else {
        return fail(WTS_ERR_INTERNAL, "a batch driver lacks an export");
    };
    Ok(Some(Driver { memory, run, done, chunk: make::chunk(signature), busy: Cell::new(false) }))
}

/// An instance that is not subject to the store's limits.
fn instantiate_unlimited(store: &Entered, module: &wasmtime::Module, func: Func) -> Result<Option<Instance>> {
    if !store.body().limited.get() {
        return new_instance(store, module, func);
    }
    store.limit(|limits| {
        limits.making_driver = true;
        limits.drivers += 1;
    })?;
    let made = new_instance(store, module, func);
    // Where none was made, none is counted again.
    let count = usize::from(matches!(made, Ok(Some(_))));
    store.limit(|limits| {
        limits.making_driver = false;
        limits.drivers += count;
    })?;
    made
}

fn new_instance(store: &Entered, module: &wasmtime::Module, func: Func) -> Result<Option<Instance>> {
    let mut context = store.context_to_run()?;
    let made = if store.needs_fiber() {
        fiber::finish(store, Instance::new_async(&mut context, module, &[func.into()]))
    } else {
        Instance::new(&mut context, module, &[func.into()])
    };
    Ok(made.ok())
}

// ---- running ----

/// Runs all rows; `done` counts those that completed, also when one fails.
fn run(store: &Entered, handle: u64, rows: usize, calls: &Rows, done: &mut usize) -> Result {
    let (func, signature) = store.func(handle)?;
    if rows >= WORTH_A_DRIVER {
        let driver = driver(store, handle, func, signature)?;
        if let Some(driver) = driver.filter(|driver| !driver.busy.replace(true)) {
            let outcome = drive(store, &driver, func, signature, rows, calls, done);
            driver.busy.set(false);
            return outcome;
        }
    }
    while *done < rows {
        calls.call_one(store, func, signature, *done)?;
        *done += 1;
    }
    Ok(())
}

fn drive(
    store: &Entered,
    driver: &Driver,
    func: Func,
    signature: &Signature,
    rows: usize,
    calls: &Rows,
    done: &mut usize,
) -> Result {
    let results_at = driver.chunk * bytes_of(&signature.params);
    while *done < rows {
        let count = driver.chunk.min(rows - *done);
        let mut context = store.context_to_run()?;
        let fitting = calls.gather(signature, *done, count, driver.memory.data_mut(&mut context));
        if fitting > 0 {
            // Here and not in the driver, which may end before it begins: for want of fuel, say.
            driver.done.set(&mut context, Val::I32(0)).expect("the count is a mutable i32");
            let rows = fitting as i32;
            let fiber = store.needs_fiber();
            let outcome = if fiber {
                fiber::finish(store, driver.run.call_async(&mut context, rows))
            } else {
                driver.run.call(&mut context, rows)
            };
            let ran = match driver.done.get(&mut context) {
                Val::I32(ran) => ran as usize,
                _ => return fail(WTS_ERR_INTERNAL, "a batch driver counts in i32"),
            };
            calls.scatter(signature, *done, ran, &driver.memory.data(&context)[results_at..]);
            *done += ran;
            if let Err(error) = outcome {
                let failed = if fiber { error::from_fiber } else { error::from_call };
                return Err(failed(error, context.as_context_mut()));
            }
        }
        drop(context);
        if fitting < count {
            // The row after has a value that does not fit, and a single call says which.
            calls.call_one(store, func, signature, *done)?;
            *done += 1;
        }
    }
    Ok(())
}

/// Runs rows and tells how far they came, and in which row they failed.
fn run_and_tell(store: &Entered, handle: u64, rows: usize, calls: &Rows, out_done: args::Out<usize>) -> Result {
    let mut done = 0;
    let outcome = run(store, handle, rows, calls, &mut done);
    out_done.set(done);
    outcome.map_err(|failure| Box::new(Failure { message: format!("row {done}: {}", failure.message), ..*failure }))
}

fn check_plain(signature: &Signature) -> Result {
    if signature.plain {
        return Ok(());
    }
    fail(
        WTS_ERR_TYPE,
        "functions with references cannot be called in a batch: their handles are given one call at a time",
    )
}

/// Calls a function once for each row of slots, in one crossing.
///
/// `args` holds the argument slots of the first row, then those of the second, and so on; `results` has
/// room for the result slots in the same order. `args_len` and `results_len` count slots: rows times what
/// the function's type says. `out_done` receives how many rows completed; when one fails, it and those
/// after it are not done, the results before it are kept, and the message names the row.
///
/// The loop runs inside WebAssembly from about a thousand rows on, where it consumes some fuel of its own
/// for each row.
///
/// # Errors
/// As `wts_func_call` for the row that failed. `WTS_ERR_TYPE` too for a function with references,
/// `WTS_ERR_NULL`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `args` holds `args_len` slots and `results` has room for `results_len`; `out_done` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_func_call_batch(
    func: wts_func_t,
    rows: usize,
    args: *const i64,
    args_len: usize,
    results: *mut i64,
    results_len: usize,
    out_done: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let out_done = args::out(out_done, "out_done")?;
        out_done.set(0);
        let args = args::input(args, args_len, "args")?;
        let results = args::output(results, results_len, "results")?;
        let store = enter(func.0, WTS_KIND_FUNC)?;
        let (_, signature) = store.func(func.0)?;
        check_plain(signature)?;
        check_length(rows, signature.params.slots, args_len, "args")?;
        check_length(rows, signature.results.slots, results_len, "results")?;
        run_and_tell(&store, func.0, rows, &Rows::Slots { args, results }, out_done)
    })
}

fn check_length(rows: usize, row: usize, given: usize, name: &str) -> Result {
    if rows.checked_mul(row) == Some(given) {
        return Ok(());
    }
    fail(WTS_ERR_TYPE, format_args!("{rows} rows of {row} slots do not make the {given} slots of {name}"))
}

/// Calls a function once for each row of columns, in one crossing.
///
/// `args` holds a pointer for each parameter and `results` one for each result: to the first of `rows`
/// elements of exactly that type (`int32_t`, `int64_t`, `float`, `double`), each the column's stride in
/// bytes behind the one before. Without strides (length 0) the elements stand side by side. Nothing has to
/// be aligned. `out_done` is as in `wts_func_call_batch`.
///
/// # Errors
/// As `wts_func_call` for the row that failed. `WTS_ERR_TYPE` too for a function with vectors or
/// references or another number of columns or strides, `WTS_ERR_NULL` for a column, `WTS_ERR_RANGE` for a stride
/// smaller than an element of the results or a column larger than memory.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// Each column has `rows` elements at its stride; result columns do not overlap others; `out_done` is
/// writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_func_call_columns(
    func: wts_func_t,
    rows: usize,
    args: *const *const c_void,
    nargs: usize,
    arg_strides: *const usize,
    arg_strides_len: usize,
    results: *const *mut c_void,
    nresults: usize,
    result_strides: *const usize,
    result_strides_len: usize,
    out_done: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let out_done = args::out(out_done, "out_done")?;
        out_done.set(0);
        let args = args::input(args, nargs, "args")?;
        let arg_strides = args::input(arg_strides, arg_strides_len, "arg_strides")?;
        let results = args::input(results, nresults, "results")?;
        let result_strides = args::input(result_strides, result_strides_len, "result_strides")?;
        let store = enter(func.0, WTS_KIND_FUNC)?;
        let (_, signature) = store.func(func.0)?;
        let args = columns(&signature.params, rows, args, <*const c_void>::cast_mut, arg_strides, "argument")?;
        let results = columns(&signature.results, rows, results, |pointer| pointer, result_strides, "result")?;
        if results.iter().any(|column| column.data.overlaps(column.size())) {
            return fail(WTS_ERR_RANGE, "the stride of a result is smaller than its elements");
        }
        run_and_tell(&store, func.0, rows, &Rows::Columns { args, results }, out_done)
    })
}

fn columns<P: Copy>(
    kinds: &[SlotKind],
    rows: usize,
    pointers: Input<P>,
    writable: impl Fn(P) -> *mut c_void,
    strides: Input<usize>,
    what: &str,
) -> Result<Vec<Column>> {
    if kinds.len() != pointers.len() {
        return fail(
            WTS_ERR_TYPE,
            format_args!("the function has {} {what}s but {} columns were given", kinds.len(), pointers.len()),
        );
    }
    if strides.len() != 0 && strides.len() != kinds.len() {
        return fail(WTS_ERR_TYPE, format_args!("{} columns have {} strides", kinds.len(), strides.len()));
    }
    let mut strides = strides.iter();
    let column = |(position, (kind, pointer)): (usize, (&SlotKind, P))| {
        if matches!(kind, SlotKind::V128 | SlotKind::Reference) {
            return fail(WTS_ERR_TYPE, format_args!("{what} {position} is not a number, so it has no column"));
        }
        let stride = strides.next().unwrap_or(size_of_element(*kind));
        let data = args::strided(writable(pointer).cast(), rows, stride, &format!("the column of {what} {position}"))?;
        Ok(Column { kind: *kind, data })
    };
    kinds.iter().zip(pointers.iter()).enumerate().map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_judged_together_as_alone() {
        let edges = [0, 1, -1, 1 << 31, -(1 << 31), u32::MAX.into(), i64::MAX, i64::MIN];
        for slot in edges.iter().flat_map(|edge: &i64| [edge.wrapping_sub(1), *edge, edge.wrapping_add(1)]) {
            let slots = [7, slot, -7].map(i64::to_le_bytes).concat();
            assert_eq!(all_fit(&slots), fits_32(slot), "{slot}");
        }
    }
}
