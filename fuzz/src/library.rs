//! The exported functions as a C program sees them, and what every target repeats around them.

use std::ffi::{c_char, c_void};

#[allow(dead_code, reason = "no target needs all of it")]
mod functions {
    use super::*;
    include!(concat!(env!("OUT_DIR"), "/functions.rs"));
}

pub use crate::abi::*;
pub use functions::*;

/// Where the functions are, under libFuzzer.
#[cfg(feature = "libfuzzer")]
use wasmtime_shim as _;

/// Fails with a message when a call that has to succeed did not.
pub fn must(status: wts_status_t, what: &str) {
    if status != WTS_OK {
        panic!("{what} answers {status}: {}", Failure::take().message);
    }
}

/// What the thread's last error says.
pub struct Failure {
    pub message: String,
    pub trap: i32,
    /// What a host function failed with, if one did.
    pub host_code: Option<i32>,
}

impl Failure {
    /// Takes the last error from the thread.
    pub fn take() -> Self {
        let mut error = wts_error_t(0);
        let mut failure = Failure { message: "no last error".to_owned(), trap: WTS_TRAP_NONE, host_code: None };
        // SAFETY: the outputs are variables.
        unsafe {
            if wts_error_take(&mut error) == WTS_OK {
                failure.message = text(|buf, cap, len| wts_error_message(error, buf, cap, len));
                must(wts_error_trap_code(error, &mut failure.trap), "wts_error_trap_code");
                let mut code = 0;
                failure.host_code = (wts_error_host_code(error, &mut code) == WTS_OK).then_some(code);
                must(wts_error_delete(error), "wts_error_delete");
            }
        }
        failure
    }
}

/// What a function copies out, asking for its size first.
pub fn text(copy: impl Fn(*mut c_char, usize, *mut usize) -> wts_status_t) -> String {
    String::from_utf8(bytes(|buf, cap, len| copy(buf.cast(), cap, len))).expect("texts are UTF-8")
}

/// The same for bytes.
pub fn bytes(copy: impl Fn(*mut u8, usize, *mut usize) -> wts_status_t) -> Vec<u8> {
    let mut len = 0;
    let asked = copy(std::ptr::null_mut(), 0, &mut len);
    assert!(matches!(asked, WTS_OK | WTS_ERR_BUFFER), "asking for a size answers {asked}");
    let mut bytes = vec![0; len];
    must(copy(bytes.as_mut_ptr(), bytes.len(), &mut len), "copying out");
    bytes
}

/// The bytes of a buffer, which is deleted.
pub fn take_buffer(buffer: wts_buffer_t) -> Vec<u8> {
    let (mut data, mut len) = (std::ptr::null(), 0);
    // SAFETY: the outputs are variables, and what they say is copied while the buffer lives.
    let bytes = unsafe {
        must(wts_buffer_data(buffer, &mut data, &mut len), "wts_buffer_data");
        if len == 0 { Vec::new() } else { std::slice::from_raw_parts(data, len).to_vec() }
    };
    must(wts_buffer_delete(buffer), "wts_buffer_delete");
    bytes
}

/// An engine with these options.
pub fn engine(options: &[(i32, i64)]) -> wts_engine_t {
    engine_for("", options)
}

/// An engine that makes code for a target, this machine if none is named, with these options.
pub fn engine_for(target: &str, options: &[(i32, i64)]) -> wts_engine_t {
    print_panics();
    let (mut config, mut engine) = (wts_config_t(0), wts_engine_t(0));
    // SAFETY: the outputs are variables.
    unsafe {
        must(wts_config_new(&mut config), "wts_config_new");
        for (option, value) in options {
            must(wts_config_set(config, *option, *value), "wts_config_set");
        }
        if !target.is_empty() {
            let (text, len) = (target.as_ptr().cast(), target.len());
            must(wts_config_set_text(config, WTS_OPT_TARGET, text, len), "wts_config_set_text");
        }
        must(wts_engine_new(config, &mut engine), "wts_engine_new");
    }
    must(wts_config_delete(config), "wts_config_delete");
    engine
}

/// A module from the text format or from bytes.
pub fn module(engine: wts_engine_t, code: impl AsRef<[u8]>) -> wts_module_t {
    let (code, mut module) = (code.as_ref(), wts_module_t(0));
    // SAFETY: the input is a slice, the output a variable.
    must(unsafe { wts_module_new(engine, code.as_ptr(), code.len(), &mut module) }, "wts_module_new");
    module
}

/// How many handles of a kind are alive; of all kinds for `WTS_KIND_NONE`.
pub fn live(kind: i32) -> u64 {
    let mut count = 0;
    // SAFETY: the output is a variable.
    must(unsafe { wts_handle_live_count(kind, &mut count) }, "wts_handle_live_count");
    count
}

/// No input makes the library panic or break a rule of its own.
pub fn check_status(status: wts_status_t, what: &str) {
    if matches!(status, WTS_ERR_PANIC | WTS_ERR_INTERNAL) {
        panic!("{what} answers {status}: {}", Failure::take().message);
    }
}

/// Where the library is built in, it takes the panics of a target silently, too. They are to be seen.
#[cfg(feature = "libfuzzer")]
fn print_panics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let mut config = wts_config_t(0);
        // SAFETY: the output is a variable. With its first object the library puts its hook in place.
        must(unsafe { wts_config_new(&mut config) }, "wts_config_new");
        must(wts_config_delete(config), "wts_config_delete");
        let silent = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            eprintln!("{info}");
            silent(info);
        }));
    });
}

#[cfg(not(feature = "libfuzzer"))]
fn print_panics() {}
