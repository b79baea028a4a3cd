//! Functions: made by the host or exported by an instance, and called.

use crate::abi::*;
use crate::args::{self, Input, Output};
use crate::boundary::{Result, boundary, fail};
use crate::error;
use crate::fiber;
use crate::host::Callback;
use crate::object;
use crate::pending;
use crate::reference::{self, Scope};
use crate::slots::{self, FEW, Kinds, Slots, Vals};
use crate::store::{Context, Data, Entered, enter, enter_quickly, enter_store};
use crate::types::{Prototype, Type};
use smallvec::SmallVec;
use std::ffi::c_void;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::sync::Arc;
use wasmtime::{AsContextMut, Extern, Func, FuncType, HeapType, RootScope, StoreContextMut, Val, ValRaw, ValType};

/// What a call needs to know of a function's type, worked out once.
pub(crate) struct Signature {
    pub params: Kinds,
    pub results: Kinds,
    pub param_types: Box<[ValType]>,
    pub result_types: Box<[ValType]>,
    /// Numbers and vectors only: values move as raw bits.
    pub plain: bool,
    /// Few numbers only: no memory is asked for.
    pub fast: bool,
    /// How many slots the parameters of a fast one take; of others more than there can be.
    quick_params: usize,
}

impl Signature {
    pub fn new(ty: &FuncType) -> Self {
        let param_types: Box<[ValType]> = ty.params().collect();
        let result_types: Box<[ValType]> = ty.results().collect();
        let (params, results) = (Kinds::new(&param_types), Kinds::new(&result_types));
        let plain = !param_types.iter().chain(&result_types).any(ValType::is_ref);
        let fast = plain && params.simple && results.simple;
        let quick_params = if fast { params.slots } else { usize::MAX };
        Signature { fast, quick_params, plain, params, results, param_types, result_types }
    }

    pub fn check_slots(&self, args: usize, results: usize) -> Result {
        if (args ^ self.params.slots) | (results ^ self.results.slots) == 0 {
            return Ok(());
        }
        self.wrong_count(args, results, self.params.slots, self.results.slots, "slots")
    }

    #[cold]
    #[inline(never)]
    fn wrong_count(&self, args: usize, results: usize, params: usize, wanted: usize, unit: &str) -> Result {
        let (param_types, result_types) = (slots::describe(&self.param_types), slots::describe(&self.result_types));
        fail(
            WTS_ERR_TYPE,
            if args != params {
                format!("the function takes {params} {unit} {param_types} but {args} were given")
            } else {
                format!("the function returns {wanted} {unit} {result_types} but there is room for {results}")
            },
        )
    }
}

/// Calls with slots on both sides. The counts are right.
pub(crate) fn call(
    store: &Entered,
    func: Func,
    signature: &Signature,
    args: Input<i64>,
    results: Output<i64>,
) -> Result {
    if !signature.fast || !store.has_stack() {
        return call_any(store, func, signature, args, results);
    }
    let mut raw = [const { MaybeUninit::uninit() }; FEW];
    slots::write_simple(&signature.params, args.iter(), &mut raw, "argument")?;
    let mut context = store.context()?;
    if let Err(error) = call_raw(&mut context, func, &mut raw) {
        return failed(context, error);
    }
    drop(context);
    // SAFETY: the function returned, so it has written its results, of which a fast signature has few.
    results.write(|index| unsafe { slots::read_simple(&signature.results, &raw, index) });
    Ok(())
}

#[inline(never)]
fn call_any(store: &Entered, func: Func, signature: &Signature, args: Input<i64>, results: Output<i64>) -> Result {
    if !signature.plain || store.needs_fiber() {
        return call_checked(store, func, signature, args, results);
    }
    let mut raw = Box::new_uninit_slice(signature.params.len().max(signature.results.len()));
    slots::write_any(&signature.params, args.iter(), &mut raw, "argument")?;
    store.check_stack()?;
    let mut context = store.context()?;
    if let Err(error) = call_raw(&mut context, func, &mut raw) {
        return failed(context, error);
    }
    drop(context);
    // SAFETY: the function returned, so it has written its results.
    let slots = unsafe { slots::read_any(&signature.results, &raw) };
    results.write(|index| slots[index]);
    Ok(())
}

/// Calls with the bits of numbers and vectors, off any fiber and with enough stack: `raw` holds arguments of the
/// function's parameter types, has room for its results, and holds them afterwards.
#[inline(always)]
fn call_raw(context: &mut Context<'_>, func: Func, raw: &mut [MaybeUninit<ValRaw>]) -> wasmtime::Result<()> {
    // SAFETY: `raw` is as said, and `enter` saw to it that the function is of this store.
    unsafe { func.call_unchecked(context, std::ptr::from_mut(raw) as *mut [ValRaw]) }
}

/// A call with Wasmtime's checked values, rooted for as long as it takes: the collector moves references. Calls on
/// fibers are such ones too.
struct Checked<'a> {
    scope: Scope<'a>,
    params: Vals,
    results: Vals,
}

impl<'a> Checked<'a> {
    fn new(
        store: &Entered,
        context: StoreContextMut<'a, Data>,
        signature: &Signature,
        args: Input<i64>,
    ) -> Result<Self> {
        let args: Slots = args.iter().collect();
        let mut scope = RootScope::new(context);
        let params = slots::to_vals(store, &mut scope, &signature.param_types, &args, "argument")?;
        let results = signature.results.iter().map(|_| Val::I32(0)).collect();
        Ok(Checked { scope, params, results })
    }

    fn run(&mut self, func: Func) -> Result {
        let outcome = func.call(&mut self.scope, &self.params, &mut self.results);
        outcome.map_err(|error| error::from_checked_call(error, &mut self.scope))
    }

    async fn run_on_fiber(&mut self, func: Func) -> Result {
        let outcome = func.call_async(&mut self.scope, &self.params, &mut self.results).await;
        outcome.map_err(|error| error::from_fiber(error, &mut self.scope))
    }

    /// The results as slots. References become handles that the receiver owns.
    fn answer(mut self, store: &Entered, signature: &Signature) -> Result<Slots> {
        let mut answer = Slots::new();
        if let Err(failure) = slots::from_vals(store, &mut self.scope, &self.results, &mut answer) {
            // Nobody would have the handles of the results before it.
            reference::forget_all(store, &signature.results, &answer);
            return Err(failure);
        }
        Ok(answer)
    }
}

#[cold]
fn call_checked(store: &Entered, func: Func, signature: &Signature, args: Input<i64>, results: Output<i64>) -> Result {
    let mut context = store.context_to_run()?;
    let mut call = Checked::new(store, context.as_context_mut(), signature, args)?;
    if store.needs_fiber() {
        fiber::finish(store, call.run_on_fiber(func))?;
    } else {
        call.run(func)?;
    }
    let answer = call.answer(store, signature)?;
    results.write(|index| answer[index]);
    Ok(())
}

/// Starts a resumable call of a function with slots.
///
/// Nothing runs before `wts_pending_poll`. The call has the store until it ends or is deleted: all else that works in the
/// store is `WTS_ERR_STATE`, except `wts_pending_delete`, `wts_store_interrupt`, `wts_store_enter`, `wts_store_leave`,
/// `wts_reference_delete` and `wts_store_delete`. References in `args` are lent, and kept as long as the call takes. The
/// call is deleted with `wts_pending_delete`. `out_pending` is not written on failure.
///
/// It runs on a stack of its own, of the engine's option `async_stack_size`, and so do the host functions that it
/// calls. Of that, host functions have 1 MiB or more by default, which nobody checks: deep recursion there ends the
/// process. Who looks where the stack of its thread ends, or scans it for references, such as a garbage collector of
/// another language, does not find its way there. Calls inside of host functions, also those of other stores, run to
/// their end on stacks of their own, 128 of them inside each other at most. A store keeps the stack of its last call
/// for the next one; in a pool it counts as used. Starting, polling and deleting a call takes about a microsecond
/// longer than `wts_func_call`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference),
/// `WTS_ERR_TYPE` (a count, or the type of a reference), `WTS_ERR_RANGE` (an i32 or f32 slot over 32 bits),
/// `WTS_ERR_BUSY` (also: inside a host function of the store), `WTS_ERR_STATE` (also: another resumable call has not
/// ended yet), `WTS_ERR_LIMIT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `args` holds `nargs` slots; `out_pending` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_func_start(
    func: wts_func_t,
    args: *const i64,
    nargs: usize,
    out_pending: *mut wts_pending_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_pending, "out_pending")?;
        let args = args::input(args, nargs, "args")?;
        let store = enter(func.0, WTS_KIND_FUNC)?;
        let signature = store.signature(func.0)?;
        let (func, _) = store.func(func.0)?;
        signature.check_slots(nargs, signature.results.slots)?;
        out.set(start(&store, func, signature, args)?);
        Ok(())
    })
}

fn start(store: &Entered, func: Func, signature: Arc<Signature>, args: Input<i64>) -> Result<wts_pending_t> {
    let returns = signature.clone();
    pending::start(store, &returns.results, |context| {
        let mut call = Checked::new(store, context, &signature, args)?;
        let slot = store.slot();
        Ok(Box::pin(async move {
            call.run_on_fiber(func).await?;
            call.answer(&slot.enter_again(), &signature)
        }))
    })
}

/// Makes a function of the host's in a store.
///
/// `params` and `results` hold value kinds. `function` is called with `env`; `drop`, if not NULL, runs
/// once on `env` after the store is deleted. On failure nothing was taken: `drop` does not run and
/// `out_func` is not written.
///
/// # Errors
/// `WTS_ERR_NULL` (`function` too), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE`, `WTS_ERR_RANGE` (an unknown value kind), `WTS_ERR_UNSUPPORTED` (`WTS_REF`, `WTS_REF_NULL`:
/// see `wts_func_new_of`), `WTS_ERR_LIMIT` (over 1,000 parameters or results).
///
/// # Threads
/// One thread at a time per store. `drop` runs on the thread that deletes the store.
///
/// # Safety
/// `params` and `results` hold as many kinds as said; `function` may be called with `env` until `drop`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_func_new(
    store: wts_store_t,
    params: *const i32,
    params_len: usize,
    results: *const i32,
    results_len: usize,
    function: wts_callback_t,
    env: *mut c_void,
    drop: wts_drop_t,
    out_func: *mut wts_func_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_func, "out_func")?;
        let params = args::input(params, params_len, "params")?;
        let results = args::input(results, results_len, "results")?;
        let ty = Type::func(params, results)?;
        out.set(wts_func_t(new(enter_store(store)?, &ty, function, env, drop, Callback::into_func)?));
        Ok(())
    })
}

fn new(
    store: Entered,
    ty: &Type,
    function: wts_callback_t,
    env: *mut c_void,
    drop: wts_drop_t,
    make: impl FnOnce(Callback, StoreContextMut<'_, Data>, FuncType) -> Func,
) -> Result<u64> {
    let mut context = store.context()?;
    let ty = ty.to_func(&store.body().engine.engine)?;
    let callback = Callback::new(function, env, drop, &ty)?;
    let taken = callback.env.clone();
    let func = make(callback, context.as_context_mut(), ty);
    let handle = store.handle_of(&mut context, Extern::Func(func))?;
    taken.take();
    Ok(handle)
}

/// Makes a function of the host's in a store from a function type; else as `wts_func_new`.
///
/// # Errors
/// `WTS_ERR_NULL` (`function` too), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE`, `WTS_ERR_WRONG_STORE` (a type of another engine), `WTS_ERR_TYPE` (not a function type).
///
/// # Threads
/// One thread at a time per store. `drop` runs on the thread that deletes the store.
///
/// # Safety
/// `function` may be called with `env` until `drop`; `out_func` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_func_new_of(
    store: wts_store_t,
    r#type: wts_type_t,
    function: wts_callback_t,
    env: *mut c_void,
    drop: wts_drop_t,
    out_func: *mut wts_func_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_func, "out_func")?;
        let ty = object::get::<Type>(r#type.0)?;
        out.set(wts_func_t(new(enter_store(store)?, &ty, function, env, drop, Callback::into_func)?));
        Ok(())
    })
}

/// Makes a function of the host's, which may answer `WTS_PENDING`, in a store with `WTS_STORE_ASYNC`; else as
/// `wts_func_new`. See `wts_linker_define_func_async`.
///
/// # Errors
/// As `wts_func_new`; `WTS_ERR_STATE` too for a store without `WTS_STORE_ASYNC`.
///
/// # Threads
/// One thread at a time per store. `drop` runs on the thread that deletes the store.
///
/// # Safety
/// `params` and `results` hold as many kinds as said; `function` may be called with `env` until `drop`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_func_new_async(
    store: wts_store_t,
    params: *const i32,
    params_len: usize,
    results: *const i32,
    results_len: usize,
    function: wts_callback_t,
    env: *mut c_void,
    drop: wts_drop_t,
    out_func: *mut wts_func_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_func, "out_func")?;
        let params = args::input(params, params_len, "params")?;
        let results = args::input(results, results_len, "results")?;
        let ty = Type::func(params, results)?;
        let store = enter_store(store)?;
        store.check_async()?;
        out.set(wts_func_t(new(store, &ty, function, env, drop, Callback::into_async_func)?));
        Ok(())
    })
}

/// Calls a function with slots.
///
/// `nargs` and `nresults` count slots and must be what the function's type says (a v128 takes two).
/// References in `args` are lent; those in `results` belong to the caller. `results` is not written
/// on failure. After a trap the store and its objects stay usable.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a
/// reference), `WTS_ERR_TYPE` (a count, or the type of a reference), `WTS_ERR_RANGE` (an i32 or f32
/// slot over 32 bits), `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_LIMIT` (too little stack),
/// `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_EXIT`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LINK` (an
/// import that was left as a trap), `WTS_ERR_MEMORY`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `args` holds `nargs` slots and `results` has room for `nresults`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_func_call(
    func: wts_func_t,
    args: *const i64,
    nargs: usize,
    results: *mut i64,
    nresults: usize,
) -> wts_status_t {
    boundary(|| match usual(func.0, args, nargs, results, nresults) {
        Some((store, args, results)) => call_quickly(store, func.0, args, results),
        None => call_slowly(func.0, args, nargs, results, nresults),
    })
}

/// Whether a call is as most are: by the thread that the store favours, the function that was called last, with few
/// numbers. Those are spared some questions.
#[inline(always)]
fn usual(
    func: u64,
    args: *const i64,
    nargs: usize,
    results: *mut i64,
    nresults: usize,
) -> Option<(Entered, Input<i64>, Output<i64>)> {
    let store = enter_quickly(func)?;
    if !store.is_last_func(func) {
        return None;
    }
    let (_, signature) = store.last_func(func);
    let args = args::input_of(args, nargs, signature.quick_params)?;
    let results = args::output_of(results, nresults, signature.results.slots)?;
    store.has_stack().then_some((store, args, results))
}

/// A call that is as most are.
#[inline(always)]
fn call_quickly(store: Entered, func: u64, args: Input<i64>, results: Output<i64>) -> Result {
    let (func, signature) = store.last_func(func);
    let mut raw = [const { MaybeUninit::uninit() }; FEW];
    slots::write_simple(&signature.params, args.iter(), &mut raw, "argument")?;
    // Not put back when the call panics: nothing can be done with the store then.
    let mut context = ManuallyDrop::new(store.context()?);
    if let Err(error) = call_raw(&mut context, func, &mut raw) {
        return failed(ManuallyDrop::into_inner(context), error);
    }
    drop(ManuallyDrop::into_inner(context));
    // SAFETY: the function returned, so it has written its results, of which a fast signature has few.
    results.write(|index| unsafe { slots::read_simple(&signature.results, &raw, index) });
    store.end();
    Ok(())
}

/// What to make of a call that did not end well; the context is put back.
#[cold]
#[inline(never)]
fn failed(mut context: Context<'_>, error: wasmtime::Error) -> Result {
    Err(error::from_call(error, &mut context))
}

/// A call that is not, or is wrong.
#[cold]
#[inline(never)]
fn call_slowly(func: u64, args: *const i64, nargs: usize, results: *mut i64, nresults: usize) -> Result {
    let store = enter(func, WTS_KIND_FUNC)?;
    let (func, signature) = store.func(func)?;
    signature.check_slots(nargs, nresults)?;
    let args = args::input(args, nargs, "args")?;
    let results = args::output(results, nresults, "results")?;
    call(&store, func, signature, args, results)
}

/// Calls a function with doubles, for languages where every number is one.
///
/// Each argument is converted to its parameter's type if that holds it exactly, and each result to a
/// double. `nargs` and `nresults` count values. `results` is not written on failure; a result that no
/// double holds exactly is found when the function has already run.
///
/// # Errors
/// As `wts_func_call`, and `WTS_ERR_RANGE` for a value that does not fit exactly, `WTS_ERR_TYPE` for a
/// function that takes or returns a vector or a reference.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `args` holds `nargs` doubles and `results` has room for `nresults`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_func_call_f64(
    func: wts_func_t,
    args: *const f64,
    nargs: usize,
    results: *mut f64,
    nresults: usize,
) -> wts_status_t {
    boundary(|| {
        let args = args::input(args, nargs, "args")?;
        let results = args::output(results, nresults, "results")?;
        let store = enter(func.0, WTS_KIND_FUNC)?;
        let (func, signature) = store.func(func.0)?;
        let (params, wanted) = (signature.params.len(), signature.results.len());
        if args.len() != params || results.len() != wanted {
            return signature.wrong_count(args.len(), results.len(), params, wanted, "values");
        }
        call_with_doubles(&store, func, signature, args, results)
    })
}

fn call_with_doubles(
    store: &Entered,
    func: Func,
    signature: &Signature,
    args: Input<f64>,
    results: Output<f64>,
) -> Result {
    for (position, kind) in signature.params.iter().enumerate() {
        slots::check_number(*kind, "argument", position)?;
    }
    for (position, kind) in signature.results.iter().enumerate() {
        slots::check_number(*kind, "result", position)?;
    }
    let mut given = Slots::new();
    for (position, (kind, value)) in signature.params.iter().zip(args.iter()).enumerate() {
        given.push(slots::slot_from_double(*kind, value, "argument", position)?);
    }
    let mut answer: Slots = signature.results.iter().map(|_| 0).collect();
    call(
        store,
        func,
        signature,
        args::input(given.as_ptr(), given.len(), "args")?,
        args::output(answer.as_mut_ptr(), answer.len(), "results")?,
    )?;
    let mut doubles: SmallVec<[f64; 16]> = SmallVec::new();
    for (position, (kind, slot)) in signature.results.iter().zip(&answer).enumerate() {
        doubles.push(slots::double_from_slot(*kind, *slot, "result", position)?);
    }
    results.write(|index| doubles[index]);
    Ok(())
}

/// Gets the type of a function, a new handle.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_func_type(func: wts_func_t, out_type: *mut wts_type_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_type, "out_type")?;
        let store = enter(func.0, WTS_KIND_FUNC)?;
        let (func, _) = store.func(func.0)?;
        let ty = func.ty(&store.context()?);
        out.set(wts_type_t(object::insert::<Type>(Type::Func(Prototype::of(ty)))?));
        Ok(())
    })
}

fn count(func: wts_func_t, out_count: *mut usize, pick: impl FnOnce(&Signature) -> usize) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_count, "out_count")?;
        let store = enter(func.0, WTS_KIND_FUNC)?;
        out.set(pick(store.func(func.0)?.1));
        Ok(())
    })
}

/// Gets how many parameters a function has.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_func_param_count(func: wts_func_t, out_count: *mut usize) -> wts_status_t {
    count(func, out_count, |signature| signature.params.len())
}

/// Gets how many results a function has.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_func_result_count(func: wts_func_t, out_count: *mut usize) -> wts_status_t {
    count(func, out_count, |signature| signature.results.len())
}

/// Gets how many slots a function's arguments take: one each, two for a v128.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_func_param_slots(func: wts_func_t, out_count: *mut usize) -> wts_status_t {
    count(func, out_count, |signature| signature.params.slots)
}

/// Gets how many slots a function's results take: one each, two for a v128.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_func_result_slots(func: wts_func_t, out_count: *mut usize) -> wts_status_t {
    count(func, out_count, |signature| signature.results.slots)
}

/// Tells whether two handles name the same function.
///
/// A function that a module imports and exports again is another one than the original.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`,
/// `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_same` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_func_same(func: wts_func_t, other: wts_func_t, out_same: *mut i32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_same, "out_same")?;
        let store = enter(func.0, WTS_KIND_FUNC)?;
        let (one, _) = store.func(func.0)?;
        store.check_same_store(other.0, WTS_KIND_FUNC)?;
        let (two, _) = store.func(other.0)?;
        let mut context = store.context()?;
        let same = one.to_raw(&mut context) == two.to_raw(&mut context);
        out.set(i32::from(same));
        Ok(())
    })
}

/// Tells whether a function is of a type: 1 if its own is the same or a subtype, else 0.
///
/// `type` is a function type, or a reference type: whether a reference to the function fits it.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_WRONG_STORE` (a type of another engine), `WTS_ERR_TYPE` (another type).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_matches` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_func_matches(func: wts_func_t, r#type: wts_type_t, out_matches: *mut i32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_matches, "out_matches")?;
        let ty = object::get::<Type>(r#type.0)?;
        let store = enter(func.0, WTS_KIND_FUNC)?;
        let (func, _) = store.func(func.0)?;
        let wanted = ty.to_heap(&store.body().engine.engine)?;
        let own = HeapType::from(func.ty(&store.context()?));
        out.set(i32::from(own.matches(&wanted)));
        Ok(())
    })
}
