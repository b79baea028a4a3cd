//! Epoch callbacks: what a guest meets when its store's epoch deadline is reached.

use crate::abi::*;
use crate::boundary::{Result, fail};
use crate::drops::Env;
use crate::error::HostFailure;
use crate::handle::Slot;
use crate::store::{Body, Data};
use crate::timer::Bell;
use std::ffi::c_void;
use std::sync::Arc;
#[cfg(feature = "wasi")]
use std::task::Waker;
use wasmtime::{AsContextMut, StoreContextMut, Trap, UpdateDeadline};

type Function = unsafe extern "C" fn(*mut c_void, wts_store_t, *mut u64) -> i32;

/// A callback that decides whether the guest goes on.
pub(crate) struct EpochCallback {
    function: Function,
    pub env: Env,
}

impl EpochCallback {
    pub fn new(
        function: wts_epoch_callback_t,
        env: *mut c_void,
        drop: wts_drop_t,
        home: &'static Slot<Body>,
    ) -> Result<Self> {
        match function {
            Some(function) => Ok(EpochCallback { function, env: Env::new(env, drop, Some(home)) }),
            None => fail(WTS_ERR_NULL, "function is NULL"),
        }
    }

    fn call(&self, bell: &Bell, ticks: &mut u64) -> i32 {
        // SAFETY: the user registered this function with this `env`.
        unsafe { (self.function)(self.env.env, wts_store_t(bell.store), ticks) }
    }
}

/// What a guest does that came to the end of its epochs.
pub(crate) fn answer(bell: &Arc<Bell>, mut cx: StoreContextMut<'_, Data>) -> wasmtime::Result<UpdateDeadline> {
    let answer = bell.answer(|| ask(bell, &mut cx))?;
    if matches!(answer, UpdateDeadline::Yield(_)) {
        // SAFETY: WebAssembly runs on the thread that is inside the store.
        unsafe { cx.data().slot.body_of_owner() }.waits.set(true);
    }
    Ok(answer)
}

/// What a guest that waits in a host function is to end with.
pub(crate) fn end(mut cx: StoreContextMut<'_, Data>) -> Option<wasmtime::Error> {
    // SAFETY: WebAssembly runs on the thread that is inside the store.
    let bell = unsafe { cx.data().slot.body_of_owner() }.bell.clone()?;
    bell.end(&mut || ask(&bell, &mut cx))
}

/// What a guest that waits outside of WebAssembly is to end with; `waker` is woken when that changes. The context is in
/// use then, so an epoch callback is asked without.
#[cfg(feature = "wasi")]
pub(crate) fn end_of_wait(slot: &'static Slot<Body>, waker: Option<&Waker>) -> Option<wasmtime::Error> {
    // SAFETY: WebAssembly runs on the thread that is inside the store.
    let body = unsafe { slot.body_of_owner() };
    let bell = body.bell.as_ref()?;
    bell.listen(waker);
    bell.end(&mut || {
        let callback = body.epoch_callback.borrow().clone();
        let callback = callback.ok_or(Trap::Interrupt)?;
        answered(bell, slot, |ticks| body.with_frame(|| callback.call(bell, ticks)))
    })
}

/// Asks the callback, if there is one, for another deadline.
fn ask(bell: &Bell, cx: &mut StoreContextMut<'_, Data>) -> wasmtime::Result<()> {
    let slot = cx.data().slot;
    // SAFETY: WebAssembly runs on the thread that is inside the store.
    let body = unsafe { slot.body_of_owner() };
    // It may be replaced while it runs.
    let Some(callback) = body.epoch_callback.borrow().clone() else {
        return Err(Trap::Interrupt.into());
    };
    // So that what the callback calls can begin. Wasmtime ends that at the next ring.
    cx.set_epoch_deadline(1);
    answered(bell, slot, |ticks| {
        let status = body.lend_to(cx.as_context_mut(), || callback.call(bell, ticks));
        // If the guest ends now, the next one comes here again.
        cx.set_epoch_deadline(0);
        status
    })
}

/// Does what the callback says.
fn answered(bell: &Bell, slot: &Slot<Body>, ask: impl FnOnce(&mut u64) -> i32) -> wasmtime::Result<()> {
    let mut ticks = 1;
    let status = ask(&mut ticks);
    if status == 0 && !slot.is_poisoned() {
        bell.set_epoch_deadline(ticks.max(1));
        return Ok(());
    }
    let message = match status {
        0 => "the library panicked inside the epoch callback".to_owned(),
        1.. => format!("the epoch callback answered {status}, which has no meaning"),
        _ => format!("the epoch callback ended the guest with {status}"),
    };
    Err(HostFailure { trap: WTS_TRAP_INTERRUPT, code: status, message }.into())
}
