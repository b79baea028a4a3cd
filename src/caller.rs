//! Callers: what a host function can learn of and do to the instance that called it.

use crate::abi::*;
use crate::args;
use crate::batch::is_of_driver;
use crate::boundary::{Result, boundary, fail};
use crate::error;
use crate::exn;
use crate::handle::{Class, class_bits, stale};
use crate::store::{Data, Entered, Frame, enter_suspended};
use std::ffi::c_char;
use wasmtime::Caller;

/// Enters the store of a callback that is running on this thread.
fn enter_callback(caller: wts_caller_t) -> Result<Entered> {
    // A callback that answered `WTS_PENDING` has returned, so while its call is suspended the caller is gone too.
    let store = match enter_suspended(caller.0, WTS_KIND_CALLER) {
        // Another thread cannot be in this callback, so to it the caller is as good as gone.
        Err(failure) if failure.status == WTS_ERR_BUSY && class_bits(caller.0) == Class::Caller as u64 => {
            return stale(caller.0, WTS_KIND_CALLER);
        }
        result => result?,
    };
    if store.frame(caller.0).is_none() {
        return store.explain(caller.0, WTS_KIND_CALLER);
    }
    Ok(store)
}

fn frame(store: &Entered, caller: wts_caller_t) -> Result<&Frame> {
    match store.frame(caller.0) {
        Some(frame) if store.body().frame.get().is_some_and(|top| std::ptr::eq(top.as_ptr(), frame)) => Ok(frame),
        _ => fail(WTS_ERR_BUSY, "the callback of this caller waits for a call of its own that is running"),
    }
}

/// Gets an export of the instance that called the host function.
///
/// The item belongs to the store and is the same handle each time.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (the callback has
/// returned), `WTS_ERR_BUSY` (it waits for a nested call), `WTS_ERR_NOT_FOUND` (no export of that name,
/// or called by a component or the host itself).
///
/// # Threads
/// The thread that runs the callback.
///
/// # Safety
/// `name` holds `name_len` bytes; `out_item` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_caller_get_export(
    caller: wts_caller_t,
    name: *const c_char,
    name_len: usize,
    out_item: *mut u64,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_item, "out_item")?;
        let name = args::text(name, name_len, "name")?;
        let store = enter_callback(caller)?;
        let frame = frame(&store, caller)?;
        if frame.caller.is_null() {
            return fail(WTS_ERR_NOT_FOUND, "a component is calling, which shows its host functions no exports");
        }
        let mut context = store.context()?;
        let get = |caller: &mut Caller<'static, Data>| if is_of_driver(name) { None } else { caller.get_export(name) };
        let Some(found) = context.with_caller(frame, get) else {
            return fail(
                WTS_ERR_NOT_FOUND,
                format_args!("the calling instance has no export {name:?}, or the host itself is calling"),
            );
        };
        out.set(store.handle_of(&mut context, found)?);
        Ok(())
    })
}

/// Gets the store in which the callback runs.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (the callback has returned).
///
/// # Threads
/// The thread that runs the callback.
///
/// # Safety
/// `out_store` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_caller_get_store(caller: wts_caller_t, out_store: *mut wts_store_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_store, "out_store")?;
        out.set(wts_store_t(enter_callback(caller)?.handle()));
        Ok(())
    })
}

/// Gets the caller's value of the store in which the callback runs.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (the callback has returned).
///
/// # Threads
/// The thread that runs the callback.
///
/// # Safety
/// `out_user` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_caller_get_user(caller: wts_caller_t, out_user: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_user, "out_user")?;
        out.set(enter_callback(caller)?.body().user.get());
        Ok(())
    })
}

/// Sets the caller's value of the store in which the callback runs.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (the callback has returned).
///
/// # Threads
/// The thread that runs the callback.
#[unsafe(no_mangle)]
pub extern "C" fn wts_caller_set_user(caller: wts_caller_t, user: u64) -> wts_status_t {
    boundary(|| {
        enter_callback(caller)?.body().user.set(user);
        Ok(())
    })
}

/// Captures the WebAssembly stack that led to the callback. See `wts_store_backtrace`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (the callback has returned), `WTS_ERR_BUSY`.
///
/// # Threads
/// The thread that runs the callback.
///
/// # Safety
/// `out_backtrace` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_caller_backtrace(caller: wts_caller_t, out_backtrace: *mut wts_error_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_backtrace, "out_backtrace")?;
        out.set(enter_callback(caller)?.backtrace()?);
        Ok(())
    })
}

/// Leaves the message and code of the trap that the callback raises by answering a negative number.
///
/// With `WTS_TRAP_NONE` the call that led here ends with `WTS_ERR_HOST`, with another code as if
/// WebAssembly had trapped that way. Without effect if the callback answers 0, or left an exception by
/// `wts_caller_throw`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_RANGE` (not a trap code), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`,
/// `WTS_ERR_STALE` (the callback has returned).
///
/// # Threads
/// The thread that runs the callback.
///
/// # Safety
/// `message` holds `message_len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_caller_set_trap(
    caller: wts_caller_t,
    code: i32,
    message: *const c_char,
    message_len: usize,
) -> wts_status_t {
    boundary(|| {
        let message = args::text(message, message_len, "message")?;
        error::check_trap_code(code)?;
        let store = enter_callback(caller)?;
        if let Some(frame) = store.frame(caller.0) {
            frame.leave(|left| left.trap = Some((code, message.to_owned())));
        }
        Ok(())
    })
}

/// Leaves the exception that the callback throws by answering a negative number; it is lent.
///
/// WebAssembly may catch it by its tag. If nobody does, the call that led here ends with `WTS_ERR_TRAP`, and
/// `wts_store_take_exception` gives it back. What `wts_caller_set_trap` leaves, before or after, does not count
/// then. Without effect if the callback answers 0.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (the callback has returned, or the reference was deleted),
/// `WTS_ERR_WRONG_STORE` (a reference of another store), `WTS_ERR_TYPE` (not a reference to an exception),
/// `WTS_ERR_STATE` (a component is calling, through which no exception passes).
///
/// # Threads
/// The thread that runs the callback.
#[unsafe(no_mangle)]
pub extern "C" fn wts_caller_throw(caller: wts_caller_t, exception: wts_reference_t) -> wts_status_t {
    boundary(|| {
        let store = enter_callback(caller)?;
        store.check_same_store(exception.0, WTS_KIND_REFERENCE)?;
        let exception = exn::find(&store, exception)?;
        if let Some(frame) = store.frame(caller.0) {
            if frame.caller.is_null() {
                return fail(WTS_ERR_STATE, "a component is calling, and no exception passes through components");
            }
            frame.leave(|left| left.exception = Some(exception));
        }
        Ok(())
    })
}

/// Leaves the result of a host function of components, which it returns by answering 0: WAVE text for one of
/// `wts_component_linker_define_func_wave`, the bytes of the `string` or `list<u8>` for one of
/// `wts_component_linker_define_func_bytes`. They are copied. A result that was left before is replaced. Without effect
/// if the callback fails, or its result is a slot.
///
/// Resources in the text are given if their type is `own`: their handles are gone when the host function has returned.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (the callback has returned), `WTS_ERR_STATE` (it
/// is no host function of components: its results are slots).
///
/// # Threads
/// The thread that runs the callback.
///
/// # Safety
/// `bytes` holds `bytes_len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_caller_set_result(
    caller: wts_caller_t,
    bytes: *const u8,
    bytes_len: usize,
) -> wts_status_t {
    boundary(|| {
        let bytes = args::bytes(bytes, bytes_len, "bytes")?;
        let store = enter_callback(caller)?;
        let Some(frame) = store.frame(caller.0).filter(|frame| frame.caller.is_null()) else {
            return fail(WTS_ERR_STATE, "the results of this host function are slots");
        };
        frame.leave(|left| left.result = Some(bytes.to_vec()));
        Ok(())
    })
}
