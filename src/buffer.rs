//! Buffers: bytes that the library made and the caller takes over.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary};
use crate::object;

pub(crate) struct Buffer(Box<[u8]>);

/// Hands bytes over under a new handle.
pub(crate) fn give(bytes: Vec<u8>) -> Result<wts_buffer_t> {
    Ok(wts_buffer_t(object::insert::<Buffer>(Buffer(bytes.into()))?))
}

/// Copies out the bytes of a buffer; `cap` 0 asks for the size.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_buffer_copy(
    buffer: wts_buffer_t,
    buf: *mut u8,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| args::copy_out(&object::get::<Buffer>(buffer.0)?.0, buf, cap, out_len))
}

/// Gets where the bytes of a buffer are and how many. They stay there, unchanged, until the buffer is deleted.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// Both are writable. The bytes are not read after the buffer was deleted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_buffer_data(
    buffer: wts_buffer_t,
    out_data: *mut *const u8,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let out_data = args::out(out_data, "out_data")?;
        let out_len = args::out(out_len, "out_len")?;
        let buffer = object::get::<Buffer>(buffer.0)?;
        out_data.set(buffer.0.as_ptr());
        out_len.set(buffer.0.len());
        Ok(())
    })
}

/// Deletes a buffer.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_buffer_delete(buffer: wts_buffer_t) -> wts_status_t {
    boundary(|| object::delete::<Buffer>(buffer.0))
}
