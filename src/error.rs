//! Errors: the last one of each thread, taken ones, statuses and trap codes by name.

use crate::abi::*;
use crate::args;
use crate::batch;
use crate::boundary::{self, Failure, Frame, Result, Symbol, boundary_of_errors, fail};
use crate::buffer;
use crate::coredump;
use crate::exn;
use crate::object;
use crate::store::Data;
use std::ffi::c_char;
use std::fmt::{self, Display, Write};
use std::sync::Arc;
use wasmtime::{
    AsContextMut, FrameSymbol, GcHeapOutOfMemory, OutOfMemory, PoolConcurrencyLimitError, ThrownException, Trap,
    UnknownImportError, WasmBacktrace, WasmCoreDump,
};

// ---- names ----

const STATUSES: [(wts_status_t, &str, &str); 29] = [
    (WTS_OK, "WTS_OK", "success"),
    (WTS_PENDING, "WTS_PENDING", "the resumable call is not finished yet"),
    (WTS_ERR_NULL, "WTS_ERR_NULL", "a pointer was NULL where memory was needed"),
    (WTS_ERR_HANDLE, "WTS_ERR_HANDLE", "the handle is 0 or was never issued"),
    (WTS_ERR_KIND, "WTS_ERR_KIND", "the handle is of another kind of object"),
    (WTS_ERR_STALE, "WTS_ERR_STALE", "the object behind the handle was deleted"),
    (WTS_ERR_WRONG_STORE, "WTS_ERR_WRONG_STORE", "the object belongs to another store or engine"),
    (WTS_ERR_UTF8, "WTS_ERR_UTF8", "a text is not UTF-8"),
    (WTS_ERR_RANGE, "WTS_ERR_RANGE", "a number, index or offset is out of range"),
    (WTS_ERR_BUFFER, "WTS_ERR_BUFFER", "the buffer is too small"),
    (WTS_ERR_TYPE, "WTS_ERR_TYPE", "the count or the type of a value does not fit"),
    (WTS_ERR_BUSY, "WTS_ERR_BUSY", "the object is in use"),
    (WTS_ERR_STATE, "WTS_ERR_STATE", "the object is not in a state that allows this"),
    (WTS_ERR_COMPILE, "WTS_ERR_COMPILE", "the module is not valid or could not be compiled"),
    (WTS_ERR_LINK, "WTS_ERR_LINK", "the imports of the module could not be satisfied"),
    (WTS_ERR_TRAP, "WTS_ERR_TRAP", "WebAssembly trapped"),
    (WTS_ERR_EXIT, "WTS_ERR_EXIT", "the program ended itself"),
    (WTS_ERR_FUEL, "WTS_ERR_FUEL", "the store ran out of fuel"),
    (WTS_ERR_TIMEOUT, "WTS_ERR_TIMEOUT", "the deadline of the store passed"),
    (WTS_ERR_INTERRUPT, "WTS_ERR_INTERRUPT", "the store was interrupted"),
    (WTS_ERR_HOST, "WTS_ERR_HOST", "a host function failed"),
    (WTS_ERR_MEMORY, "WTS_ERR_MEMORY", "memory could not be allocated"),
    (WTS_ERR_LIMIT, "WTS_ERR_LIMIT", "a limit was reached"),
    (WTS_ERR_IO, "WTS_ERR_IO", "a file could not be read or written"),
    (WTS_ERR_CORRUPT, "WTS_ERR_CORRUPT", "an artifact is damaged, edited or not ours"),
    (WTS_ERR_NOT_FOUND, "WTS_ERR_NOT_FOUND", "nothing has that name"),
    (WTS_ERR_PANIC, "WTS_ERR_PANIC", "the library panicked"),
    (WTS_ERR_INTERNAL, "WTS_ERR_INTERNAL", "the library broke a rule of its own"),
    (WTS_ERR_UNSUPPORTED, "WTS_ERR_UNSUPPORTED", "this build or platform cannot do that"),
];

const TRAPS: [(i32, &str, Option<Trap>); 19] = [
    (WTS_TRAP_NONE, "WTS_TRAP_NONE", None),
    (WTS_TRAP_STACK_OVERFLOW, "WTS_TRAP_STACK_OVERFLOW", Some(Trap::StackOverflow)),
    (WTS_TRAP_MEMORY_OUT_OF_BOUNDS, "WTS_TRAP_MEMORY_OUT_OF_BOUNDS", Some(Trap::MemoryOutOfBounds)),
    (WTS_TRAP_HEAP_MISALIGNED, "WTS_TRAP_HEAP_MISALIGNED", Some(Trap::HeapMisaligned)),
    (WTS_TRAP_TABLE_OUT_OF_BOUNDS, "WTS_TRAP_TABLE_OUT_OF_BOUNDS", Some(Trap::TableOutOfBounds)),
    (WTS_TRAP_INDIRECT_CALL_TO_NULL, "WTS_TRAP_INDIRECT_CALL_TO_NULL", Some(Trap::IndirectCallToNull)),
    (WTS_TRAP_BAD_SIGNATURE, "WTS_TRAP_BAD_SIGNATURE", Some(Trap::BadSignature)),
    (WTS_TRAP_INTEGER_OVERFLOW, "WTS_TRAP_INTEGER_OVERFLOW", Some(Trap::IntegerOverflow)),
    (WTS_TRAP_INTEGER_DIVISION_BY_ZERO, "WTS_TRAP_INTEGER_DIVISION_BY_ZERO", Some(Trap::IntegerDivisionByZero)),
    (WTS_TRAP_BAD_CONVERSION_TO_INTEGER, "WTS_TRAP_BAD_CONVERSION_TO_INTEGER", Some(Trap::BadConversionToInteger)),
    (WTS_TRAP_UNREACHABLE, "WTS_TRAP_UNREACHABLE", Some(Trap::UnreachableCodeReached)),
    (WTS_TRAP_INTERRUPT, "WTS_TRAP_INTERRUPT", Some(Trap::Interrupt)),
    (WTS_TRAP_OUT_OF_FUEL, "WTS_TRAP_OUT_OF_FUEL", Some(Trap::OutOfFuel)),
    (
        WTS_TRAP_ATOMIC_WAIT_NON_SHARED_MEMORY,
        "WTS_TRAP_ATOMIC_WAIT_NON_SHARED_MEMORY",
        Some(Trap::AtomicWaitNonSharedMemory),
    ),
    (WTS_TRAP_NULL_REFERENCE, "WTS_TRAP_NULL_REFERENCE", Some(Trap::NullReference)),
    (WTS_TRAP_ARRAY_OUT_OF_BOUNDS, "WTS_TRAP_ARRAY_OUT_OF_BOUNDS", Some(Trap::ArrayOutOfBounds)),
    (WTS_TRAP_ALLOCATION_TOO_LARGE, "WTS_TRAP_ALLOCATION_TOO_LARGE", Some(Trap::AllocationTooLarge)),
    (WTS_TRAP_CAST_FAILURE, "WTS_TRAP_CAST_FAILURE", Some(Trap::CastFailure)),
    (WTS_TRAP_UNHANDLED_TAG, "WTS_TRAP_UNHANDLED_TAG", Some(Trap::UnhandledTag)),
];

fn status(number: wts_status_t) -> Result<(&'static str, &'static str)> {
    match STATUSES.iter().find(|known| known.0 == number) {
        Some((_, name, text)) => Ok((name, text)),
        None => fail(WTS_ERR_RANGE, format_args!("{number} is not a status")),
    }
}

fn trap_code(trap: Trap) -> i32 {
    TRAPS.iter().find(|known| known.2 == Some(trap)).map_or(WTS_TRAP_OTHER, |known| known.0)
}

/// The name and the text of a trap code.
fn trap(code: i32) -> Result<(&'static str, String)> {
    match TRAPS.iter().find(|known| known.0 == code) {
        Some((_, name, Some(trap))) => Ok((name, trap.to_string())),
        Some((_, name, None)) => Ok((name, "not a trap".to_owned())),
        None if code == WTS_TRAP_OTHER => Ok(("WTS_TRAP_OTHER", "another trap; the message says which".to_owned())),
        None => fail(WTS_ERR_RANGE, format_args!("{code} is not a trap code")),
    }
}

/// Checks a trap code that a callback leaves.
pub(crate) fn check_trap_code(code: i32) -> Result {
    trap(code).map(drop)
}

// ---- Wasmtime's errors ----

/// What a failed callback hands through Wasmtime to the call that led to it.
#[derive(Debug)]
pub(crate) struct HostFailure {
    pub trap: i32,
    pub code: i32,
    pub message: String,
}

impl Display for HostFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for HostFailure {}

/// Why the library itself ends a guest.
#[derive(Debug)]
pub(crate) struct Stopped {
    pub status: wts_status_t,
    pub trap: i32,
    pub message: String,
}

impl Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Stopped {}

/// An error of a call. `cx` gives up the exception that nobody caught, if that is what it was.
#[cold]
#[inline(never)]
pub(crate) fn from_call(error: wasmtime::Error, cx: impl AsContextMut<Data = Data>) -> Box<Failure> {
    from_wasmtime(error, cx, WTS_ERR_HOST)
}

/// An error of a call whose arguments Wasmtime checked too.
#[cold]
pub(crate) fn from_checked_call(error: wasmtime::Error, cx: impl AsContextMut<Data = Data>) -> Box<Failure> {
    from_wasmtime(error, cx, WTS_ERR_TYPE)
}

/// An error of a call on a fiber, of which Wasmtime has found the arguments to be right: what no type tells apart is that
/// there was no stack for it, or that something in between does without fibers.
#[cold]
pub(crate) fn from_fiber(error: wasmtime::Error, cx: impl AsContextMut<Data = Data>) -> Box<Failure> {
    // A test keeps these words.
    let otherwise = if chain(&error).contains("from an async context") { WTS_ERR_STATE } else { WTS_ERR_MEMORY };
    from_wasmtime(error, cx, otherwise)
}

/// An error of a call of a component, whose arguments were found to be right: what no type tells apart is that the
/// guest broke the rules of the canonical ABI.
#[cfg(feature = "component")]
#[cold]
pub(crate) fn from_component(error: wasmtime::Error, cx: impl AsContextMut<Data = Data>) -> Box<Failure> {
    // Tests keep these words.
    let otherwise = match chain(&error) {
        said if said.contains("fuel allocated for hostcalls has been exhausted") => WTS_ERR_LIMIT,
        _ if matches!(error.downcast_ref(), Some(wasmtime::component::ResourceTableError::Full)) => WTS_ERR_LIMIT,
        said if said.contains("unknown import") && said.contains("has not been defined") => WTS_ERR_LINK,
        _ => WTS_ERR_TRAP,
    };
    let cannot_enter = matches!(error.downcast_ref(), Some(Trap::CannotEnterComponent));
    let mut failure = from_wasmtime(error, cx, otherwise);
    if cannot_enter && failure.frames.is_empty() {
        failure.status = WTS_ERR_STATE;
        failure.trap = WTS_TRAP_NONE;
        failure.message =
            "WebAssembly of this store trapped before: its component instances cannot be called any more".to_owned();
    } else if failure.status == WTS_ERR_TRAP && failure.trap == WTS_TRAP_NONE {
        failure.trap = WTS_TRAP_OTHER;
    }
    failure
}

/// An error of an instantiation.
#[cold]
pub(crate) fn from_link(error: wasmtime::Error, cx: impl AsContextMut<Data = Data>) -> Box<Failure> {
    let otherwise = of_link(&error);
    from_wasmtime(error, cx, otherwise)
}

/// An error of making what a module imports.
#[cold]
pub(crate) fn from_default(error: wasmtime::Error) -> Box<Failure> {
    // Wasmtime has no type for it; a test keeps these words.
    let is_type = error.root_cause().to_string().ends_with("default value");
    let otherwise = if is_type { WTS_ERR_LINK } else { of_link(&error) };
    describe(error, otherwise)
}

/// The status of an error of linking that no type tells.
fn of_link(error: &wasmtime::Error) -> wts_status_t {
    // Wasmtime has types for the others; a test keeps these words.
    let said = chain(error);
    if said.contains("incompatible import type") || said.ends_with("defined twice") {
        WTS_ERR_LINK
    } else if said.contains("shared memory support is disabled") {
        WTS_ERR_STATE
    } else if error.chain().any(|cause| cause.is::<std::io::Error>()) || said.contains("(os error ") {
        WTS_ERR_MEMORY
    } else {
        WTS_ERR_LIMIT
    }
}

/// `otherwise` is the status of an error that is none of those which Wasmtime's types tell apart.
fn from_wasmtime(
    error: wasmtime::Error,
    mut cx: impl AsContextMut<Data = Data>,
    otherwise: wts_status_t,
) -> Box<Failure> {
    if error.is::<ThrownException>() {
        exn::keep(&mut cx);
    }
    let coredump = error.downcast_ref::<WasmCoreDump>().map(|dump| coredump::serialize(dump, cx));
    let mut failure = describe(error, otherwise);
    failure.coredump = coredump;
    failure
}

/// Wasmtime says "thrown Wasm exception".
const UNCAUGHT: &str = "uncaught exception: one was thrown and nobody caught it; wts_store_take_exception gives it";

/// An error that no store was needed for.
#[cold]
pub(crate) fn describe(error: wasmtime::Error, otherwise: wts_status_t) -> Box<Failure> {
    let (status, trap) = status_and_trap(&error, otherwise);
    let backtrace = error.downcast_ref::<WasmBacktrace>();
    Box::new(Failure {
        status,
        message: if error.is::<ThrownException>() { UNCAUGHT.to_owned() } else { message(&error) },
        trap,
        host_code: error.downcast_ref::<HostFailure>().map(|host| host.code),
        exit_status: exit_status(&error),
        backtrace: backtrace.map(backtrace_text).unwrap_or_default(),
        frames: backtrace.map(frames).unwrap_or_default(),
        coredump: None,
    })
}

/// The status that a guest of WASI exited with.
#[cfg(feature = "wasi")]
fn exit_status(error: &wasmtime::Error) -> Option<i32> {
    error.downcast_ref::<wasmtime_wasi::I32Exit>().map(|exit| exit.0)
}

#[cfg(not(feature = "wasi"))]
fn exit_status(_: &wasmtime::Error) -> Option<i32> {
    None
}

fn status_and_trap(error: &wasmtime::Error, otherwise: wts_status_t) -> (wts_status_t, i32) {
    if let Some(stopped) = error.downcast_ref::<Stopped>() {
        return (stopped.status, stopped.trap);
    }
    if exit_status(error).is_some() {
        return (WTS_ERR_EXIT, WTS_TRAP_NONE);
    }
    let host = error.downcast_ref::<HostFailure>();
    let trap = match host {
        Some(host) => host.trap,
        None if error.is::<ThrownException>() => WTS_TRAP_OTHER,
        None => error.downcast_ref::<Trap>().map_or(WTS_TRAP_NONE, |trap| trap_code(*trap)),
    };
    let status = match trap {
        WTS_TRAP_OUT_OF_FUEL => WTS_ERR_FUEL,
        WTS_TRAP_INTERRUPT => WTS_ERR_INTERRUPT,
        WTS_TRAP_NONE if host.is_some() => WTS_ERR_HOST,
        WTS_TRAP_NONE if error.is::<UnknownImportError>() => WTS_ERR_LINK,
        WTS_TRAP_NONE if error.is::<PoolConcurrencyLimitError>() => WTS_ERR_LIMIT,
        WTS_TRAP_NONE if error.is::<OutOfMemory>() || error.is::<GcHeapOutOfMemory<()>>() => WTS_ERR_MEMORY,
        WTS_TRAP_NONE => otherwise,
        _ => WTS_ERR_TRAP,
    };
    (status, trap)
}

/// Why a memory or table was not made or did not grow; `what` comes before what Wasmtime says.
#[cold]
pub(crate) fn from_growth(error: wasmtime::Error, what: impl Display) -> Box<Failure> {
    if error.is::<HostFailure>() || error.is::<Stopped>() {
        return describe(error, WTS_ERR_LIMIT);
    }
    Failure::new(WTS_ERR_LIMIT, format_args!("{what}: {error:#}"))
}

/// A backtrace that was captured while nothing failed.
pub(crate) fn of_backtrace(backtrace: &WasmBacktrace) -> Failure {
    Failure { backtrace: backtrace_text(backtrace), frames: frames(backtrace), ..Failure::default() }
}

/// The frames that are not the library's own.
fn guests(backtrace: &WasmBacktrace) -> impl Iterator<Item = &wasmtime::FrameInfo> {
    backtrace.frames().iter().filter(|frame| frame.module().name() != Some(batch::DRIVER))
}

/// A backtrace, innermost frame first: offset in the module, names, and where debug info has them the
/// source lines.
fn backtrace_text(backtrace: &WasmBacktrace) -> String {
    let mut text = String::new();
    for (index, frame) in guests(backtrace).enumerate() {
        let module = frame.module().name().unwrap_or("<unknown>");
        let func = match frame.func_name() {
            Some(name) => demangled(name),
            None => format!("<wasm function {}>", frame.func_index()),
        };
        let offset = frame.module_offset().map_or_else(|| "?".to_owned(), |offset| format!("{offset:#x}"));
        let _ = writeln!(text, "{index:>5}: {offset:>8} - {module}!{func}");
        for symbol in frame.symbols() {
            let (name, file) = (symbol.name().map(demangled), symbol.file());
            let line = symbol.line().map_or_else(String::new, |line| format!(":{line}"));
            let _ = writeln!(text, "{:>18} {} at {}{line}", "-", name.as_deref().unwrap_or(&func), file.unwrap_or("?"));
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// The name that a programmer wrote, where a compiler made another of it. Only names that look made are
/// tried: `f` would be read as the C++ for `float`.
fn demangled(name: &str) -> String {
    if let Ok(rust) = rustc_demangle::try_demangle(name) {
        return format!("{rust:#}");
    }
    let cpp = Some(name).filter(|name| name.starts_with("_Z")).and_then(|name| cpp_demangle::Symbol::new(name).ok());
    cpp.and_then(|symbol| symbol.demangle().ok()).unwrap_or_else(|| name.to_owned())
}

/// The root cause first, then what Wasmtime says about it; the backtrace has a getter of its own.
fn message(error: &wasmtime::Error) -> String {
    let backtrace = error.downcast_ref::<WasmBacktrace>().map(ToString::to_string);
    let dump = error.downcast_ref::<WasmCoreDump>().map(ToString::to_string);
    let told = |part: &String| Some(part) == backtrace.as_ref() || Some(part) == dump.as_ref();
    let mut parts: Vec<_> = error.chain().map(ToString::to_string).filter(|part| !told(part)).collect();
    parts.dedup();
    let cause = parts.pop().unwrap_or_default();
    if parts.is_empty() { cause } else { format!("{cause} ({})", parts.join("; ")) }
}

/// All that an error says, outermost first, in one line where it has no lines of its own.
pub(crate) fn chain(error: &wasmtime::Error) -> String {
    format!("{error:#}")
}

fn frames(backtrace: &WasmBacktrace) -> Vec<Frame> {
    let offset = |offset: Option<usize>| offset.map_or(WTS_UNLIMITED, |offset| offset as u64);
    let frame = |frame: &wasmtime::FrameInfo| Frame {
        func_index: frame.func_index(),
        func_offset: offset(frame.func_offset()),
        module_offset: offset(frame.module_offset()),
        func_name: frame.func_name().unwrap_or_default().to_owned(),
        module_name: frame.module().name().unwrap_or_default().to_owned(),
        symbols: frame.symbols().iter().map(symbol).collect(),
    };
    guests(backtrace).map(frame).collect()
}

fn symbol(symbol: &FrameSymbol) -> Symbol {
    Symbol {
        name: symbol.name().map(demangled).unwrap_or_default(),
        file: symbol.file().unwrap_or_default().to_owned(),
        line: symbol.line().unwrap_or_default(),
        column: symbol.column().unwrap_or_default(),
    }
}

// ---- exported ----

/// Copies out the name of a status: `WTS_ERR_NULL`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (not a status). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_status_name(
    number: i32,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary_of_errors(|| args::copy_text_out(status(number)?.0, buf, cap, out_len))
}

/// Copies out what a status means, in a few words.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (not a status). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_status_text(
    number: i32,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary_of_errors(|| args::copy_text_out(status(number)?.1, buf, cap, out_len))
}

/// Copies out the name of a trap code: `WTS_TRAP_UNREACHABLE`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (not a trap code). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_trap_name(code: i32, buf: *mut c_char, cap: usize, out_len: *mut usize) -> wts_status_t {
    boundary_of_errors(|| args::copy_text_out(trap(code)?.0, buf, cap, out_len))
}

/// Copies out what a trap code means, in Wasmtime's words.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (not a trap code). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_trap_text(code: i32, buf: *mut c_char, cap: usize, out_len: *mut usize) -> wts_status_t {
    boundary_of_errors(|| args::copy_text_out(&trap(code)?.1, buf, cap, out_len))
}

/// The error behind a handle, or for 0 the last one of this thread.
fn find(error: wts_error_t) -> Result<Arc<Failure>> {
    if error.0 != 0 {
        return object::get(error.0);
    }
    match boundary::last_error() {
        Some(failure) => Ok(failure),
        None => fail(WTS_ERR_STATE, "no call failed on this thread yet"),
    }
}

fn frame(failure: &Failure, index: usize) -> Result<&Frame> {
    args::index(failure.frames.get(index), index, failure.frames.len(), "frame")
}

fn frame_symbol(failure: &Failure, index: usize, symbol: usize) -> Result<&Symbol> {
    let symbols = &frame(failure, index)?.symbols;
    args::index(symbols.get(symbol), symbol, symbols.len(), "symbol")
}

/// Gets the status of an error. 0 is the last error of this thread.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet).
/// The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_status` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_status(error: wts_error_t, out_status: *mut i32) -> wts_status_t {
    boundary_of_errors(|| {
        let out = args::out(out_status, "out_status")?;
        out.set(find(error)?.status);
        Ok(())
    })
}

/// Copies out the message of an error. 0 is the last error of this thread.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE`
/// (no error yet). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_message(
    error: wts_error_t,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary_of_errors(|| args::copy_text_out(&find(error)?.message, buf, cap, out_len))
}

/// Gets the trap code of an error, `WTS_TRAP_NONE` if it is not a trap. 0 is the last error of this
/// thread.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet).
/// The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_code` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_trap_code(error: wts_error_t, out_code: *mut i32) -> wts_status_t {
    boundary_of_errors(|| {
        let out = args::out(out_code, "out_code")?;
        out.set(find(error)?.trap);
        Ok(())
    })
}

/// Gets the negative number that the failed host function answered. 0 is the last error of this thread.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet, or
/// no host function failed). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_code` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_host_code(error: wts_error_t, out_code: *mut i32) -> wts_status_t {
    boundary_of_errors(|| {
        let out = args::out(out_code, "out_code")?;
        match find(error)?.host_code {
            Some(code) => out.set(code),
            None => return fail(WTS_ERR_STATE, "no host function failed"),
        }
        Ok(())
    })
}

/// Gets the exit status of a program that ended itself. 0 is the last error of this thread.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet, or
/// the error is no exit). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_status` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_exit_status(error: wts_error_t, out_status: *mut i32) -> wts_status_t {
    boundary_of_errors(|| {
        let out = args::out(out_status, "out_status")?;
        match find(error)?.exit_status {
            Some(status) => out.set(status),
            None => return fail(WTS_ERR_STATE, "the error is not the exit of a program"),
        }
        Ok(())
    })
}

/// Copies out the WebAssembly backtrace of an error as text, empty if it has none. 0 is the last error
/// of this thread.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE`
/// (no error yet). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_backtrace(
    error: wts_error_t,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary_of_errors(|| args::copy_text_out(&find(error)?.backtrace, buf, cap, out_len))
}

/// Gets how many frames the backtrace of an error has. 0 is the last error of this thread.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet).
/// The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_frame_count(error: wts_error_t, out_count: *mut usize) -> wts_status_t {
    boundary_of_errors(|| {
        let out = args::out(out_count, "out_count")?;
        out.set(find(error)?.frames.len());
        Ok(())
    })
}

/// Gets one frame of a backtrace, innermost first: the index of the function in its module, and where
/// it stood, in bytes from the start of the function and of the module (`WTS_UNLIMITED` if unknown).
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet),
/// `WTS_ERR_RANGE` (no such frame). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// All three are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_frame(
    error: wts_error_t,
    index: usize,
    out_func_index: *mut u32,
    out_func_offset: *mut u64,
    out_module_offset: *mut u64,
) -> wts_status_t {
    boundary_of_errors(|| {
        let out_func_index = args::out(out_func_index, "out_func_index")?;
        let out_func_offset = args::out(out_func_offset, "out_func_offset")?;
        let out_module_offset = args::out(out_module_offset, "out_module_offset")?;
        let failure = find(error)?;
        let frame = frame(&failure, index)?;
        out_func_index.set(frame.func_index);
        out_func_offset.set(frame.func_offset);
        out_module_offset.set(frame.module_offset);
        Ok(())
    })
}

/// Copies out the name of a frame's function, empty if it has none.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE`
/// (no error yet), `WTS_ERR_RANGE` (no such frame). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_frame_func_name(
    error: wts_error_t,
    index: usize,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary_of_errors(|| args::copy_text_out(&frame(&*find(error)?, index)?.func_name, buf, cap, out_len))
}

/// Copies out the name of a frame's module, empty if it has none.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE`
/// (no error yet), `WTS_ERR_RANGE` (no such frame). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_frame_module_name(
    error: wts_error_t,
    index: usize,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary_of_errors(|| args::copy_text_out(&frame(&*find(error)?, index)?.module_name, buf, cap, out_len))
}

/// Gets how many symbols of the source a frame has, innermost first: its function, before it those that the compiler
/// inlined there. 0 without debug information.
///
/// Debug information is read if the engine's option `backtrace_details` is on and the module has some (DWARF).
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet),
/// `WTS_ERR_RANGE` (no such frame). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_frame_symbol_count(
    error: wts_error_t,
    index: usize,
    out_count: *mut usize,
) -> wts_status_t {
    boundary_of_errors(|| {
        let out = args::out(out_count, "out_count")?;
        out.set(frame(&*find(error)?, index)?.symbols.len());
        Ok(())
    })
}

/// Gets the line and the column of a symbol, from 1; 0 if unknown.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet),
/// `WTS_ERR_RANGE` (no such frame or symbol). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// Both are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_frame_symbol(
    error: wts_error_t,
    index: usize,
    symbol: usize,
    out_line: *mut u32,
    out_column: *mut u32,
) -> wts_status_t {
    boundary_of_errors(|| {
        let out_line = args::out(out_line, "out_line")?;
        let out_column = args::out(out_column, "out_column")?;
        let failure = find(error)?;
        let symbol = frame_symbol(&failure, index, symbol)?;
        out_line.set(symbol.line);
        out_column.set(symbol.column);
        Ok(())
    })
}

/// Copies out the name of a symbol's function as its programmer wrote it, empty if unknown.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE`
/// (no error yet), `WTS_ERR_RANGE` (no such frame or symbol). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_frame_symbol_name(
    error: wts_error_t,
    index: usize,
    symbol: usize,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary_of_errors(|| args::copy_text_out(&frame_symbol(&*find(error)?, index, symbol)?.name, buf, cap, out_len))
}

/// Copies out the path of a symbol's source file as its compiler wrote it, empty if unknown.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE`
/// (no error yet), `WTS_ERR_RANGE` (no such frame or symbol). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_frame_symbol_file(
    error: wts_error_t,
    index: usize,
    symbol: usize,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary_of_errors(|| args::copy_text_out(&frame_symbol(&*find(error)?, index, symbol)?.file, buf, cap, out_len))
}

/// Gets the core dump of an error as a new buffer: a WebAssembly module with the sections `core`, `coremodules`,
/// `coreinstances`, `corestack`, and the memories and globals of the store as they were. 0 is the last error of this
/// thread.
///
/// `name` is the name of the program that the dump tells. Dumps are made if the engine's option `coredump_on_trap`
/// is on. Values of locals are not in it, and references are null; what a memory holds behind its last whole 4 KiB is
/// left out.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet,
/// or one without dump), `WTS_ERR_LIMIT` (the memories of the store were over 1 GiB), `WTS_ERR_UNSUPPORTED` (a global
/// of the store holds exceptions). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `name` holds `name_len` bytes; `out_buffer` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_coredump(
    error: wts_error_t,
    name: *const c_char,
    name_len: usize,
    out_buffer: *mut wts_buffer_t,
) -> wts_status_t {
    boundary_of_errors(|| {
        let out = args::out(out_buffer, "out_buffer")?;
        let name = args::text(name, name_len, "name")?;
        match &find(error)?.coredump {
            Some(Ok(dump)) => out.set(buffer::give(coredump::named(dump, name))?),
            Some(Err(none)) => return fail(none.status, &none.message),
            None => return fail(WTS_ERR_STATE, "the error has no core dump"),
        }
        Ok(())
    })
}

/// Moves the last error of this thread into a handle, which any thread may read and which is deleted
/// with `wts_error_delete`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_STATE` (no error yet). The last error stays as it is.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_error` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_error_take(out_error: *mut wts_error_t) -> wts_status_t {
    boundary_of_errors(|| {
        let out = args::out(out_error, "out_error")?;
        let Some(failure) = boundary::take_last_error() else {
            return fail(WTS_ERR_STATE, "no call failed on this thread yet");
        };
        out.set(wts_error_t(object::insert::<Failure>(failure)?));
        Ok(())
    })
}

/// Deletes an error that was taken.
///
/// # Errors
/// `WTS_ERR_HANDLE` (0 too), `WTS_ERR_KIND`, `WTS_ERR_STALE`. The last error stays as it is.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_error_delete(error: wts_error_t) -> wts_status_t {
    boundary_of_errors(|| object::delete::<Failure>(error.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trap_of_wasmtime_has_a_code() {
        for number in 0..=u8::MAX {
            let Some(trap_of_wasmtime) = Trap::from_u8(number) else { continue };
            assert!(trap(trap_code(trap_of_wasmtime)).is_ok());
        }
        assert_eq!(trap_code(Trap::UnreachableCodeReached), WTS_TRAP_UNREACHABLE);
        assert_eq!(trap_code(Trap::InvalidChar), WTS_TRAP_OTHER);
    }
}
