//! Functions of components: called with text, slots or bytes.

#![cfg_attr(not(feature = "component"), allow(unused))]

use crate::abi::*;
use crate::args;
use crate::boundary::components;
use crate::buffer;
use crate::drops::boundary;
use crate::store::enter;
use std::ffi::c_char;

/// Copies out the type of a function in the words of WIT, such as `func(name: string) -> list<u8>`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE`, `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_func_type(
    func: wts_component_func_t,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    components!(boundary(|| {
        let store = enter(func.0, WTS_KIND_COMPONENT_FUNC)?;
        args::copy_text_out(&store.component_func(func.0)?.text, buf, cap, out_len)
    }))
}

/// Gets how many parameters a function has.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_func_param_count(
    func: wts_component_func_t,
    out_count: *mut usize,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_count, "out_count")?;
        let store = enter(func.0, WTS_KIND_COMPONENT_FUNC)?;
        out.set(store.component_func(func.0)?.signature.params.len());
        Ok(())
    }))
}

/// Gets how many results a function has: 0 or 1.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_func_result_count(
    func: wts_component_func_t,
    out_count: *mut usize,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_count, "out_count")?;
        let store = enter(func.0, WTS_KIND_COMPONENT_FUNC)?;
        out.set(usize::from(store.component_func(func.0)?.signature.result.is_some()));
        Ok(())
    }))
}

/// Calls a function with its arguments and result as text in WAVE, the WebAssembly value encoding.
///
/// `args` is a tuple: `(1, "a", {x: 2, y: 3}, [some('b'), none])`, or `()` if there are none; options at the end
/// may be left out. The result comes in a new buffer, `ok([1, 2])` for example, which is empty if the function
/// returns none.
///
/// A resource is the number of its handle. One that stands for a `borrow` is lent for the call, one that stands for
/// an `own` is given away: unless the call was refused as a mistake of the caller's, the handle is gone, whatever
/// the call ends with. One that comes out belongs to the caller. NaNs lose their payload. After a trap no component
/// instance of the store can be called any more.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE` (also: WebAssembly of the store trapped before), `WTS_ERR_TRAP` (also: the guest broke the rules
/// of the canonical ABI, with `WTS_TRAP_OTHER`), `WTS_ERR_HOST`, `WTS_ERR_EXIT` (a program of WASI ended itself),
/// `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LINK` (an import that was left as a trap),
/// `WTS_ERR_MEMORY`, `WTS_ERR_LIMIT` (too little stack, or a result of over 128 MiB:
/// `wts_store_set_hostcall_fuel`), `WTS_ERR_WRONG_STORE` (a resource), `WTS_ERR_TYPE` (the text is not WAVE, or
/// values are not of the types of the parameters; the message says where), `WTS_ERR_RANGE` (a number that does not
/// fit), `WTS_ERR_UNSUPPORTED` (a `map`, `future`, `stream` or `error-context`, for which WAVE has no words; a
/// build without components).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `args` holds `args_len` bytes; `out_result` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_func_call_wave(
    func: wts_component_func_t,
    args: *const c_char,
    args_len: usize,
    out_result: *mut wts_buffer_t,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_result, "out_result")?;
        let args = args::text(args, args_len, "args")?;
        let store = enter(func.0, WTS_KIND_COMPONENT_FUNC)?;
        let result = store.component_func(func.0)?.call_wave(&store, args)?;
        out.set(buffer::give(result.into_bytes())?);
        Ok(())
    }))
}

/// Calls a function whose parameters and result are numbers, booleans and characters with slots, without text.
///
/// An integer is a slot of that value, a `bool` 0 or 1, a `char` its code point, an `f32` its bits in the low half,
/// an `f64` its bits. `results` is not written on failure. See `wts_component_func_call_wave` for what a trap
/// means.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (also:
/// WebAssembly of the store trapped before), `WTS_ERR_TRAP` (also: the guest broke the rules of the canonical ABI,
/// with `WTS_TRAP_OTHER`), `WTS_ERR_HOST`, `WTS_ERR_EXIT` (a program of WASI ended itself), `WTS_ERR_FUEL`,
/// `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LINK` (an import that was left as a trap), `WTS_ERR_MEMORY`,
/// `WTS_ERR_LIMIT` (too little stack, or a result of over 128 MiB: `wts_store_set_hostcall_fuel`), `WTS_ERR_TYPE`
/// (a count, or a function with other types), `WTS_ERR_RANGE` (a slot that is not a value of its type),
/// `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `args` holds `nargs` slots and `results` has room for `nresults`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_func_call(
    func: wts_component_func_t,
    args: *const i64,
    nargs: usize,
    results: *mut i64,
    nresults: usize,
) -> wts_status_t {
    components!(boundary(|| {
        let args = args::input(args, nargs, "args")?;
        let results = args::output(results, nresults, "results")?;
        let store = enter(func.0, WTS_KIND_COMPONENT_FUNC)?;
        store.component_func(func.0)?.call_slots(&store, args, results)
    }))
}

/// Calls a function that has one `string` or `list<u8>` among its parameters, or returns one, besides numbers,
/// booleans and characters, without encoding.
///
/// `bytes` is that parameter, wherever it stands, and is ignored if there is none; `args` holds slots of the
/// others, as in `wts_component_func_call`. A `string` or `list<u8>` that is returned comes in a new buffer, and
/// `nresults` is 0; otherwise `out_buffer` becomes 0. Functions of one such parameter that return one or nothing
/// are the fastest.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (also:
/// WebAssembly of the store trapped before), `WTS_ERR_TRAP` (also: the guest broke the rules of the canonical ABI,
/// with `WTS_TRAP_OTHER`), `WTS_ERR_HOST`, `WTS_ERR_EXIT` (a program of WASI ended itself), `WTS_ERR_FUEL`,
/// `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LINK` (an import that was left as a trap), `WTS_ERR_MEMORY`,
/// `WTS_ERR_LIMIT` (too little stack, or a result of over 128 MiB: `wts_store_set_hostcall_fuel`), `WTS_ERR_UTF8`
/// (a `string`), `WTS_ERR_TYPE` (a count, or a function with other types), `WTS_ERR_RANGE` (a slot that is not a
/// value of its type), `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `args` holds `nargs` slots, `bytes` `bytes_len` bytes, and `results` has room for `nresults`; `out_buffer` is
/// writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_func_call_bytes(
    func: wts_component_func_t,
    args: *const i64,
    nargs: usize,
    bytes: *const u8,
    bytes_len: usize,
    results: *mut i64,
    nresults: usize,
    out_buffer: *mut wts_buffer_t,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_buffer, "out_buffer")?;
        let args = args::input(args, nargs, "args")?;
        let bytes = args::bytes(bytes, bytes_len, "bytes")?;
        let results = args::output(results, nresults, "results")?;
        let store = enter(func.0, WTS_KIND_COMPONENT_FUNC)?;
        let answer = store.component_func(func.0)?.call_bytes(&store, args, bytes, results)?;
        out.set(answer.map_or(Ok(wts_buffer_t(0)), buffer::give)?);
        Ok(())
    }))
}
