//! Versions of the library and of the engine inside.

use crate::abi::wts_status_t;
use crate::args;
use crate::boundary::boundary;
use std::ffi::c_char;

const SHIM: &str = env!("CARGO_PKG_VERSION");
/// `Cargo.toml` pins it; a test compares the two.
pub(crate) const WASMTIME: &str = "48.0.8";

/// `major << 16 | minor << 8 | patch`.
const fn number(text: &str) -> u32 {
    let (mut whole, mut part, mut index) = (0, 0, 0);
    while index < text.len() {
        match text.as_bytes()[index] {
            digit @ b'0'..=b'9' => part = part * 10 + (digit - b'0') as u32,
            _ => {
                whole = whole << 8 | part;
                part = 0;
            }
        }
        index += 1;
    }
    whole << 8 | part
}

/// The version of this library: major times 65,536 plus minor times 256 plus patch.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_version_number() -> u32 {
    const { number(SHIM) }
}

/// The version of Wasmtime inside: major times 65,536 plus minor times 256 plus patch.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_version_wasmtime() -> u32 {
    const { number(WASMTIME) }
}

/// Copies out both versions as text.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_version_text(buf: *mut c_char, cap: usize, out_len: *mut usize) -> wts_status_t {
    boundary(|| args::copy_text_out(&format!("wasmtime-shim {SHIM} (wasmtime {WASMTIME})"), buf, cap, out_len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_hold_three_parts() {
        assert_eq!(number("48.0.8"), 48 << 16 | 8);
        assert_eq!(number("1.22.333"), 1 << 16 | 22 << 8 | 333);
    }

    #[test]
    fn the_engine_is_the_pinned_one() {
        assert!(include_str!("../Cargo.toml").contains(&format!("version = \"={WASMTIME}\"")));
    }
}
