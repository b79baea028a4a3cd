//! Host functions: Wasmtime calls a callback of the user's.

use crate::abi::*;
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
use std::cell::Cell;
use std::ffi::c_void;
use std::future::{Future, poll_fn};
use std::mem::MaybeUninit;
use std::sync::Arc;
use std::task::Poll;
use wasmtime::{AsContextMut, Caller, Func, FuncType, Linker, StoreContextMut, Val, ValRaw};

type Function = unsafe extern "C" fn(*mut c_void, wts_caller_t, *const i64, usize, *mut i64, usize) -> i32;

/// What Wasmtime wants of a function that moves raw values.
trait Raw: Fn(Caller<'_, Data>, &mut [MaybeUninit<ValRaw>]) -> wasmtime::Result<()> + Send + Sync + 'static {}

impl<F> Raw for F where
    F: Fn(Caller<'_, Data>, &mut [MaybeUninit<ValRaw>]) -> wasmtime::Result<()> + Send + Sync + 'static
{
}

/// Where such a function of a known type is made.
trait Home {
    type Made;

    /// # Safety
    ///
    /// `function` reads and writes values of that type.
    unsafe fn make(self, function: impl Raw) -> Self::Made;
}

struct InStore<'a>(StoreContextMut<'a, Data>, FuncType);

impl Home for InStore<'_> {
    type Made = Func;
    unsafe fn make(self, function: impl Raw) -> Func {
        // SAFETY: the caller's promise.
        unsafe { Func::new_unchecked(self.0, self.1, function) }
    }
}

struct InLinker<'a> {
    linker: &'a mut Linker<Data>,
    module: &'a str,
    name: &'a str,
    ty: FuncType,
}

impl Home for InLinker<'_> {
    type Made = wasmtime::Result<()>;
    unsafe fn make(self, function: impl Raw) -> Self::Made {
        // SAFETY: the caller's promise.
        unsafe { self.linker.func_new_unchecked(self.module, self.name, self.ty, function) }.map(drop)
    }
}

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
            return Func::new(cx, ty, self.checked());
        }
        self.raw(InStore(cx, ty))
    }

    pub fn define(self, linker: &mut Linker<Data>, module: &str, name: &str, ty: FuncType) -> wasmtime::Result<()> {
        if !self.signature.plain {
            return linker.func_new(module, name, ty, self.checked()).map(drop);
        }
        self.raw(InLinker { linker, module, name, ty })
    }

    fn checked(self) -> impl Fn(Caller<'_, Data>, &[Val], &mut [Val]) -> wasmtime::Result<()> + Send + Sync + 'static {
        move |mut caller, params, results| self.run_checked(&mut caller, params, results, failed)
    }

    /// Makes the function that has what it takes for its signature and nothing else: a callback is so short that
    /// asking how many values there are would take a tenth of it.
    fn raw<H: Home>(self, home: H) -> H::Made {
        fn few<const PARAMS: usize, const RESULTS: usize>(callback: Callback) -> impl Raw {
            // SAFETY: see below.
            move |caller, values| unsafe { callback.run_few::<PARAMS, RESULTS>(caller, values) }
        }
        let Signature { params, results, fast, .. } = &self.signature;
        // SAFETY: values are read and written by the signature, which was made from the type that `home` has.
        unsafe {
            match (params.len(), results.len()) {
                (0, 0) if *fast => home.make(few::<0, 0>(self)),
                (0, 1) if *fast => home.make(few::<0, 1>(self)),
                (1, 0) if *fast => home.make(few::<1, 0>(self)),
                (1, 1) if *fast => home.make(few::<1, 1>(self)),
                (2, 0) if *fast => home.make(few::<2, 0>(self)),
                (2, 1) if *fast => home.make(few::<2, 1>(self)),
                (3, 0) if *fast => home.make(few::<3, 0>(self)),
                (3, 1) if *fast => home.make(few::<3, 1>(self)),
                (4, 0) if *fast => home.make(few::<4, 0>(self)),
                (4, 1) if *fast => home.make(few::<4, 1>(self)),
                _ => home.make(move |caller: Caller<'_, Data>, values: &mut [_]| self.run_any(caller, values)),
            }
        }
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

    /// A few numbers: bits are moved in straight code, and nothing is allocated.
    ///
    /// # Safety
    ///
    /// The signature is a fast one and has so many.
    #[inline(always)]
    unsafe fn run_few<const PARAMS: usize, const RESULTS: usize>(
        &self,
        mut caller: Caller<'_, Data>,
        values: &mut [MaybeUninit<ValRaw>],
    ) -> wasmtime::Result<()> {
        const { assert!(RESULTS <= 1 && cfg!(target_endian = "little")) };
        let Signature { params, results, .. } = &self.signature;
        // SAFETY: Wasmtime filled in a value for each parameter of the type that the function has.
        let args: [i64; PARAMS] = std::array::from_fn(|index| unsafe { slots::read_simple(params, values, index) });
        // SAFETY: the arguments were read and there is room for a result, which begins where its slot does.
        let answer = unsafe { values.as_mut_ptr().cast::<[i64; RESULTS]>().as_mut_unchecked() };
        *answer = [0; RESULTS];
        self.call(&mut caller, &args, answer, failed)?;
        for (index, slot) in answer.iter().enumerate() {
            slots::check_simple(results, index, *slot, "result").map_err(misbehaved)?;
        }
        Ok(())
    }

    /// Numbers, if they are not too many, without asking the heap.
    fn run_any(&self, mut caller: Caller<'_, Data>, values: &mut [MaybeUninit<ValRaw>]) -> wasmtime::Result<()> {
        let Signature { params, results, .. } = &self.signature;
        if !self.signature.fast {
            return self.run_many(caller, values);
        }
        let mut args = [const { MaybeUninit::<i64>::uninit() }; FEW];
        for (position, arg) in args.iter_mut().enumerate().take(params.len()) {
            // SAFETY: Wasmtime filled in a value for each parameter of the type that the function has.
            arg.write(unsafe { slots::read_simple(params, values, position) });
        }
        // SAFETY: as many were written just now.
        let args = unsafe { args[..params.len()].assume_init_ref() };
        let answer = &mut [0; FEW][..results.len()];
        self.call(&mut caller, args, answer, failed)?;
        slots::write_simple(results, answer.iter().copied(), values, "result").map_err(misbehaved)
    }

    /// Numbers and vectors.
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
        store.run_waiting_drops();
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
            left: Cell::new(None),
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
        if let Some(left) = frame.left.take() {
            let_go(left);
        }
        // Nothing is left to drop, which asking for would take a call.
        std::mem::forget(frame);
        Ok(())
    }
}

#[cold]
#[inline(never)]
#[allow(clippy::boxed_local, reason = "what is left is boxed")]
fn let_go(_: Box<Left>) {}

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
    let left = frame.left.into_inner().unwrap_or_default();
    let (trap, message) = match (left.trap, left.exception) {
        (_, Some(exception)) if status != 0 => return exn::throw(caller, &exception),
        (Some(trap), _) => trap,
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
