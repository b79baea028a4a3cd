//! Functions that break the rules of the ABI, one rule each, and one that keeps them.

use std::collections::HashMap;
use std::ffi::c_void;

use crate::abi::Function;
use crate::library::Library;

const WTS_ERR_NULL: i32 = -1;
const WTS_ERR_INTERNAL: i32 = -61;

/// What each takes: a store and an output, as `wts_store_get_user`.
type Fake = unsafe extern "C" fn(u64, *mut u64) -> i32;

thread_local! {
    static LIBRARY: &'static Library = Box::leak(Box::new(Library::load()));
}

fn library() -> &'static Library {
    LIBRARY.with(|library| *library)
}

fn get_user(store: u64, out: *mut u64) -> i32 {
    library().words("wts_store_get_user", &[store, out as u64])
}

unsafe extern "C" fn fake_that_is_right(store: u64, out: *mut u64) -> i32 {
    get_user(store, out)
}

unsafe extern "C" fn fake_that_crashes(store: u64, out: *mut u64) -> i32 {
    // SAFETY: none, which is what is to be found.
    unsafe { out.write_volatile(0) };
    get_user(store, out)
}

unsafe extern "C" fn fake_that_hangs(store: u64, out: *mut u64) -> i32 {
    if store == 0 {
        loop {
            std::hint::spin_loop();
        }
    }
    get_user(store, out)
}

unsafe extern "C" fn fake_that_aborts(store: u64, out: *mut u64) -> i32 {
    match get_user(store, out) {
        // Stale.
        -4 => std::process::abort(),
        status => status,
    }
}

unsafe extern "C" fn fake_that_accepts(store: u64, out: *mut u64) -> i32 {
    if out.is_null() {
        return get_user(store, out);
    }
    // SAFETY: not NULL.
    unsafe { out.write(1) };
    0
}

unsafe extern "C" fn fake_that_confuses(store: u64, out: *mut u64) -> i32 {
    match get_user(store, out) {
        0 => 0,
        _ => get_user(store, std::ptr::null_mut()).min(WTS_ERR_NULL),
    }
}

unsafe extern "C" fn fake_that_writes(store: u64, out: *mut u64) -> i32 {
    if !out.is_null() {
        // SAFETY: not NULL.
        unsafe { out.write(0) };
    }
    get_user(store, out)
}

unsafe extern "C" fn fake_that_leaks(store: u64, out: *mut u64) -> i32 {
    library().get("wts_config_new", &[]);
    get_user(store, out)
}

unsafe extern "C" fn fake_without_documentation(store: u64, out: *mut u64) -> i32 {
    if get_user(store, out) == 0 { 0 } else { WTS_ERR_INTERNAL }
}

unsafe extern "C" fn fake_that_spoils(store: u64, out: *mut u64) -> i32 {
    let status = get_user(store, out);
    if status == WTS_ERR_NULL {
        library().words("wts_store_interrupt", &[store]);
    }
    status
}

const FAKES: [(&str, Fake); 10] = [
    ("fake_that_is_right", fake_that_is_right),
    ("fake_that_crashes", fake_that_crashes),
    ("fake_that_hangs", fake_that_hangs),
    ("fake_that_aborts", fake_that_aborts),
    ("fake_that_accepts", fake_that_accepts),
    ("fake_that_confuses", fake_that_confuses),
    ("fake_that_writes", fake_that_writes),
    ("fake_that_leaks", fake_that_leaks),
    ("fake_without_documentation", fake_without_documentation),
    ("fake_that_spoils", fake_that_spoils),
];

/// What has to be found of each; nothing of the first.
pub const FINDINGS: [(&str, &str); 10] = [
    ("fake_that_is_right", ""),
    ("fake_that_crashes(out_user: NULL)", "signal 11"),
    ("fake_that_hangs(store: 0)", "hangs"),
    ("fake_that_aborts(store: a deleted one)", "signal 6"),
    ("fake_that_accepts(store: a module)", "answers WTS_OK, not WTS_ERR_KIND"),
    ("fake_that_confuses(store: a deleted one)", "answers WTS_ERR_NULL, not WTS_ERR_STALE"),
    ("fake_that_writes(store: a deleted one)", "has written out_user"),
    ("fake_that_leaks(store: 0)", "handles alive"),
    ("fake_without_documentation(store: 0)", "answers WTS_ERR_INTERNAL, which its documentation does not say"),
    ("fake_that_spoils(out_user: NULL)", "no longer 42"),
];

pub fn addresses() -> HashMap<String, *const c_void> {
    FAKES.iter().map(|(name, fake)| (name.to_string(), *fake as *const c_void)).collect()
}

/// The description of `wts_store_get_user` under the names of the fakes.
pub fn described() -> Vec<Function> {
    let model = crate::abi().functions.into_iter().find(|function| function.name == "wts_store_get_user");
    let model = model.expect("the function is there");
    FAKES.iter().map(|(name, _)| Function { name: name.to_string(), ..model.clone() }).collect()
}
