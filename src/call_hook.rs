//! Call hooks: a store tells each time WebAssembly is entered or left.

use crate::abi::*;
use crate::boundary::{Result, fail};
use crate::drops::{Env, boundary};
use crate::error::HostFailure;
use crate::handle::Slot;
use crate::store::{Body, Data, enter_store};
use std::ffi::c_void;
use std::rc::Rc;
use wasmtime::{CallHook, StoreContextMut};

pub(crate) struct Hook {
    function: unsafe extern "C" fn(*mut c_void, wts_store_t, i32) -> i32,
    env: Env,
}

fn number(event: CallHook) -> i32 {
    match event {
        CallHook::CallingWasm => WTS_HOOK_CALLING_WASM,
        CallHook::ReturningFromWasm => WTS_HOOK_RETURNING_FROM_WASM,
        CallHook::CallingHost => WTS_HOOK_CALLING_HOST,
        CallHook::ReturningFromHost => WTS_HOOK_RETURNING_FROM_HOST,
    }
}

/// The event with a number.
pub(crate) fn event(number: i32) -> Result<CallHook> {
    Ok(match number {
        WTS_HOOK_CALLING_WASM => CallHook::CallingWasm,
        WTS_HOOK_RETURNING_FROM_WASM => CallHook::ReturningFromWasm,
        WTS_HOOK_CALLING_HOST => CallHook::CallingHost,
        WTS_HOOK_RETURNING_FROM_HOST => CallHook::ReturningFromHost,
        _ => return fail(WTS_ERR_RANGE, format_args!("{number} is not an event of a call hook")),
    })
}

/// What Wasmtime calls in a store that has, or had, a hook.
fn run(slot: &'static Slot<Body>, context: StoreContextMut<'_, Data>, event: CallHook) -> wasmtime::Result<()> {
    // SAFETY: WebAssembly runs on the thread that is inside the store.
    let body = unsafe { slot.body_of_owner() };
    // A hook that clears itself lives until it returns.
    let Some(set) = body.call_hook.borrow().clone() else {
        return Ok(());
    };
    let store = wts_store_t(slot.first_item());
    // SAFETY: the user registered this function with this `env`.
    let status = body.show_to(context, || unsafe { (set.function)(set.env.env, store, number(event)) });
    if status == 0 && !slot.is_poisoned() {
        return Ok(());
    }
    let message = match status {
        0 => "the library panicked inside the call hook".to_owned(),
        _ => format!("the call hook failed with {status}"),
    };
    Err(HostFailure { trap: WTS_TRAP_NONE, code: status, message }.into())
}

/// Has `function` called each time WebAssembly of a store is entered or left, in place of the hook before.
///
/// `function` is called with `env`, the store, and what happens: `WTS_HOOK_...`. It answers 0 to go on, or a negative
/// number to end the guest with `WTS_ERR_HOST` and that number. It may look at the store, by `wts_store_backtrace`,
/// `wts_profiler_sample`, `wts_profiler_call_hook`, `wts_store_get_fuel` and `wts_store_set_fuel`; what else needs the
/// store is `WTS_ERR_BUSY`. `drop`, if not NULL, runs once on `env` when the hook is replaced or cleared or the store
/// is deleted. On failure nothing was taken: `drop` does not run. Stores that never had a hook are not slowed down.
///
/// # Errors
/// `WTS_ERR_NULL` (`function`), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (also in a callback
/// of the store), `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store; `function` is called on the thread that runs the store.
///
/// # Safety
/// `function` may be called with `env` until `drop`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_store_set_call_hook(
    store: wts_store_t,
    function: wts_call_hook_t,
    env: *mut c_void,
    drop: wts_drop_t,
) -> wts_status_t {
    boundary(|| {
        let Some(function) = function else {
            return fail(WTS_ERR_NULL, "function is NULL");
        };
        let store = enter_store(store)?;
        let slot = store.slot();
        store.context()?.with_store(|store| store.call_hook(move |context, event| run(slot, context, event)))?;
        let hook = Hook { function, env: Env::new(env, drop, Some(slot)) };
        hook.env.take();
        store.body().call_hook.replace(Some(Rc::new(hook)));
        // Whose end runs the drop callback of the hook before.
        store.context()?;
        Ok(())
    })
}

/// Takes the hook of a store away, if it has one. A hook may do so itself.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store. `drop` of the hook runs here or, in a callback, when the outermost call returns.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_clear_call_hook(store: wts_store_t) -> wts_status_t {
    boundary(|| {
        let store = enter_store(store)?;
        let look = store.look()?;
        store.body().call_hook.take();
        drop(look);
        // Its end runs the drop callback; in the hook itself that of the outermost call does.
        let _ = store.context();
        Ok(())
    })
}
