//! Host functions: Wasmtime calls a callback of the user's.

use crate::abi::*;
use crate::args::each;
use crate::boundary::{Result, fail};
use crate::drops::Env;
use crate::epoch;
use crate::error::HostFailure;
use crate::exn;
use crate::func::Signature;
use crate::handle::Class;
use crate::reference;
use crate::slots::{self, FEW, Slots};
use crate::store::{Data, Entered, Frame, Left};
use smallvec::smallvec;
use std::cell::RefCell;
use std::ffi::c_void;
use std::future::{Future, poll_fn};
use std::mem::MaybeUninit;
use std::sync::Arc;
use std::task::Poll;
use wasmtime::{AsContextMut, Caller, Func, FuncType, Linker, StoreContextMut, Val, ValRaw};

type Function = unsafe extern "C" fn(*mut c_void, wts_caller_t, *const i64, usize, *mut i64, usize) -> i32;

/// More results than these are rare, and so many are cheaper to clear than to count.
const FEW_RESULTS: usize = 4;

pub(crate) struct Callback {
    function: Function,
    pub env: Arc<Env>,
    signature: Signature,
}

impl Callback {
    pub fn new(function: wts_callback_t, env: *mut c_void, drop: wts_drop_t, ty: &FuncType) -> Result<Self> {
        let Some(function) = function else {
            return fail(WTS_ERR_NULL, "function is NULL");
        };
        Ok(Callback { function, env: Arc::new(Env::new(env, drop, None)), signature: Signature::new(ty) })
    }

    pub fn into_func(self, cx: StoreContextMut<'_, Data>, ty: FuncType) -> Func {
        if !self.signature.plain {
            return Func::new(cx, ty, move |mut caller, params, results| {
                self.run_checked(&mut caller, params, results, failed)
            });
        }
        // SAFETY: the signature was made from `ty`, and values are read and written by it.
        unsafe { Func::new_unchecked(cx, ty, move |caller, values| self.run_raw(caller, values)) }
    }

    pub fn define(self, linker: &mut Linker<Data>, module: &str, name: &str, ty: FuncType) -> wasmtime::Result<()> {
        if !self.signature.plain {
            let run = move |mut caller: Caller<'_, Data>, params: &[Val], results: &mut [Val]| {
                self.run_checked(&mut caller, params, results, failed)
            };
            return linker.func_new(module, name, ty, run).map(drop);
        }
        let run = move |caller: Caller<'_, Data>, values: &mut [MaybeUninit<ValRaw>]| self.run_raw(caller, values);
        // SAFETY: the signature was made from `ty`, and values are read and written by it.
        unsafe { linker.func_new_unchecked(module, name, ty, run).map(drop) }
    }

    /// As `into_func`, for a callback that may answer `WTS_PENDING`.
    pub fn into_async_func(self, cx: StoreContextMut<'_, Data>, ty: FuncType) -> Func {
        let callback = Arc::new(self);
        Func::new_async(cx, ty, move |caller, params, results| callback.clone().wait(caller, params, results))
    }

    /// As `define`, for a callback that may answer `WTS_PENDING`.
    pub fn define_async(
        self,
        linker: &mut Linker<Data>,
        module: &str,
        name: &str,
        ty: FuncType,
    ) -> wasmtime::Result<()> {
        let callback = Arc::new(self);
        let defined = linker.func_new_async(module, name, ty, move |caller, params, results| {
            callback.clone().wait(caller, params, results)
        });
        defined.map(drop)
    }

    /// Calls until the callback answers something else than `WTS_PENDING`.
    fn wait<'a>(
        self: Arc<Self>,
        mut caller: Caller<'a, Data>,
        params: &'a [Val],
        results: &'a mut [Val],
    ) -> Box<dyn Future<Output = wasmtime::Result<()>> + Send + 'a> {
        let mut waited = false;
        Box::new(poll_fn(move |_| {
            // What WebAssembly would be ended with, it meets here: it may wait for ever.
            if waited && let Some(error) = epoch::end(caller.as_context_mut()) {
                return Poll::Ready(Err(error));
            }
            waited = true;
            match self.run_checked(&mut caller, params, results, failed_unless_waiting) {
                Ok(()) => Poll::Ready(Ok(())),
                Err(Some(error)) => Poll::Ready(Err(error)),
                Err(None) => Poll::Pending,
            }
        }))
    }

    /// Numbers and vectors: bits are moved, and nothing is allocated unless there are many.
    #[inline]
    fn run_raw(&self, mut caller: Caller<'_, Data>, values: &mut [MaybeUninit<ValRaw>]) -> wasmtime::Result<()> {
        let Signature { params, results, .. } = &self.signature;
        if !self.signature.fast || results.slots > FEW_RESULTS {
            return self.run_many(caller, values);
        }
        let mut args = [const { MaybeUninit::<i64>::uninit() }; FEW];
        each(params.slots, |position| {
            // SAFETY: Wasmtime filled in a value for each parameter of the type that the function has.
            args[position].write(unsafe { slots::read_simple(params, values, position) });
        });
        // SAFETY: as many were written just now, which are at most `FEW`.
        let args = unsafe { args.get_unchecked(..params.slots).assume_init_ref() };
        let answer = &mut [0; FEW_RESULTS][..results.slots];
        self.call(&mut caller, args, answer, failed)?;
        slots::write_simple(results, answer.iter().copied(), values, "result").map_err(misbehaved)
    }

    #[cold]
    #[inline(never)]
    fn run_many(&self, mut caller: Caller<'_, Data>, values: &mut [MaybeUninit<ValRaw>]) -> wasmtime::Result<()> {
        // SAFETY: Wasmtime filled in a value for each parameter of the type that the function has.
        let args = unsafe { slots::read_any(&self.signature.params, values) };
        let mut answer: Slots = smallvec![0; self.signature.results.slots];
        self.call(&mut caller, &args, &mut answer, failed)?;
        slots::write_any(&self.signature.results, answer.iter().copied(), values, "result").map_err(misbehaved)
    }

    /// References: handles are lent for the callback, and those that come back are given away.
    fn run_checked<E: From<wasmtime::Error>>(
        &self,
        caller: &mut Caller<'_, Data>,
        params: &[Val],
        results: &mut [Val],
        otherwise: Otherwise<E>,
    ) -> std::result::Result<(), E> {
        let store = caller.data().slot.enter_again();
        let mut args = Slots::new();
        let mut answer: Slots = smallvec![0; self.signature.results.slots];
        let outcome = slots::from_vals(&store, &mut *caller, params, &mut args)
            .map_err(|failure| misbehaved(failure).into())
            .and_then(|()| self.call(caller, &args, &mut answer, otherwise))
            .and_then(|()| Ok(self.results(&store, caller, &answer, results).map_err(misbehaved)?));
        // What was lent, and what was given away.
        reference::forget_all(&store, &self.signature.params, &args);
        reference::forget_all(&store, &self.signature.results, &answer);
        outcome
    }

    fn results(&self, store: &Entered, caller: &mut Caller<'_, Data>, answer: &[i64], results: &mut [Val]) -> Result {
        let values = slots::to_vals(store, caller, &self.signature.result_types, answer, "result")?;
        results.copy_from_slice(&values);
        Ok(())
    }

    /// Calls the callback with the context in place, so that it can use its store.
    #[inline(always)]
    fn call<E: From<wasmtime::Error>>(
        &self,
        caller: &mut Caller<'_, Data>,
        args: &[i64],
        results: &mut [i64],
        otherwise: Otherwise<E>,
    ) -> std::result::Result<(), E> {
        let slot = caller.data().slot;
        // SAFETY: WebAssembly runs on the thread that is inside the store.
        let body = unsafe { slot.body_of_owner() };
        let handle = slot.issue(Class::Caller).map_err(misbehaved)?;
        let frame = Frame {
            handle,
            caller: std::ptr::from_mut(caller).cast::<Caller<'static, Data>>(),
            left: RefCell::new(None),
            outer: body.frame.get(),
        };
        body.frame.set(Some((&frame).into()));
        // SAFETY: taken back two lines below, before `caller` is used again.
        unsafe { body.lend((*frame.caller).as_context_mut()) };
        // SAFETY: the user registered this function with this `env`; the arrays are as long as said.
        let status = unsafe {
            (self.function)(
                self.env.env,
                wts_caller_t(handle),
                args.as_ptr(),
                args.len(),
                results.as_mut_ptr(),
                results.len(),
            )
        };
        body.take_back();
        body.frame.set(frame.outer);
        if status != 0 || slot.is_poisoned() {
            return Err(otherwise(caller, frame, status));
        }
        Ok(())
    }
}

/// What to make of another answer than success.
type Otherwise<E> = fn(&mut Caller<'_, Data>, Frame, i32) -> E;

/// A callback that may answer that it waits, which is no error.
#[cold]
fn failed_unless_waiting(caller: &mut Caller<'_, Data>, frame: Frame, status: i32) -> Option<wasmtime::Error> {
    let slot = caller.data().slot;
    if status != WTS_PENDING || slot.is_poisoned() {
        return Some(failed(caller, frame, status));
    }
    // SAFETY: WebAssembly runs on the thread that is inside the store.
    unsafe { slot.body_of_owner() }.waits.set(true);
    None
}

/// A callback that answered something else than success, with what it left by `wts_caller_set_trap` or
/// `wts_caller_throw`.
#[cold]
fn failed(caller: &mut Caller<'_, Data>, frame: Frame, status: i32) -> wasmtime::Error {
    let (trap, message) = match frame.left.into_inner().map(|left| *left) {
        Some(Left::Trap(code, message)) => (code, message),
        Some(Left::Exception(exception)) if status != 0 => return exn::throw(caller, &exception),
        _ if status == 0 => (WTS_TRAP_NONE, "the library panicked inside the host function".to_owned()),
        _ if status == WTS_PENDING => {
            (WTS_TRAP_NONE, "the host function answered WTS_PENDING, but was not made by an async function".to_owned())
        }
        _ => (WTS_TRAP_NONE, format!("the host function failed with {status}")),
    };
    HostFailure { trap, code: status, message }.into()
}

/// A callback whose values cannot be used.
#[cold]
#[allow(clippy::boxed_local, reason = "failures travel boxed")]
pub(crate) fn misbehaved(failure: Box<crate::boundary::Failure>) -> wasmtime::Error {
    HostFailure { trap: WTS_TRAP_NONE, code: failure.status, message: format!("host function: {}", failure.message) }
        .into()
}
