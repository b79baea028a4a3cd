//! Linear memories: made by the host or exported by an instance; every access is bounds-checked.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::error;
use crate::object;
use crate::slots::{self, SlotKind};
use crate::store::{Context, Entered, enter, enter_store};
use crate::types::Type;
use std::cell::Cell;
use std::ops::{Range, RangeInclusive};
use wasmtime::{AsContext, AsContextMut, Extern, Memory};

/// Works on a memory with its store's context.
#[inline]
fn with<R>(memory: wts_memory_t, work: impl FnOnce(&Entered, Context<'_>, Memory) -> Result<R>) -> Result<R> {
    let store = enter(memory.0, WTS_KIND_MEMORY)?;
    let memory = store.memory(memory.0)?;
    let context = store.context()?;
    work(&store, context, memory)
}

/// The bytes from `offset` on, `len` of them, in a memory of `size` bytes.
#[inline]
pub(crate) fn range(size: usize, offset: u64, len: u64) -> Result<Range<usize>> {
    match offset.checked_add(len).filter(|end| *end <= size as u64) {
        Some(end) => Ok(offset as usize..end as usize),
        None => outside(offset, len, size),
    }
}

pub(crate) fn byte(byte: i32) -> Result<u8> {
    match u8::try_from(byte) {
        Ok(byte) => Ok(byte),
        Err(_) => fail(WTS_ERR_RANGE, format_args!("the byte is {byte}; it must be from 0 to 255")),
    }
}

#[cold]
fn outside<T>(offset: u64, len: u64, size: usize) -> Result<T> {
    fail(WTS_ERR_RANGE, format_args!("{len} bytes at offset {offset} do not lie in the memory, which has {size} bytes"))
}

#[inline]
fn with_part<R>(memory: wts_memory_t, offset: u64, len: u64, work: impl FnOnce(&mut [u8]) -> R) -> Result<R> {
    with(memory, |_, mut context, memory| {
        let data = memory.data_mut(context.as_context_mut());
        let range = range(data.len(), offset, len)?;
        Ok(work(&mut data[range]))
    })
}

/// The same for bytes that the caller may have a pointer to.
#[inline]
fn with_cells<R>(memory: wts_memory_t, offset: u64, len: u64, work: impl FnOnce(&[Cell<u8>]) -> R) -> Result<R> {
    with(memory, |_, mut context, memory| {
        let data = Cell::from_mut(memory.data_mut(context.as_context_mut())).as_slice_of_cells();
        let range = range(data.len(), offset, len)?;
        Ok(work(&data[range]))
    })
}

#[inline]
fn load<const N: usize, T>(
    memory: wts_memory_t,
    offset: u64,
    out_value: *mut T,
    decode: impl FnOnce([u8; N]) -> T,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_value, "out_value")?;
        let bytes = with_part(memory, offset, N as u64, |part| <[u8; N]>::try_from(&*part))?;
        out.set(decode(bytes.expect("as many bytes as asked for")));
        Ok(())
    })
}

#[inline]
fn store<const N: usize>(memory: wts_memory_t, offset: u64, value: Result<[u8; N]>) -> Result {
    let value = value?;
    with_part(memory, offset, N as u64, |part| part.copy_from_slice(&value))
}

/// A value whose lowest `N` bytes are stored, if no others are needed.
fn narrow<const N: usize>(value: i64, fits: RangeInclusive<i64>) -> Result<[u8; N]> {
    if !fits.contains(&value) {
        let (low, high) = fits.into_inner();
        return fail(WTS_ERR_RANGE, format_args!("{value} does not fit {N} bytes: it must be from {low} to {high}"));
    }
    Ok(value.to_le_bytes()[..N].try_into().expect("at most 8 bytes"))
}

/// Makes a memory of a memory type, filled with zeros.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (not a memory type, or a shared one, for `wts_shared_memory_new`), `WTS_ERR_LIMIT`,
/// `WTS_ERR_HOST` (the store's limiter failed).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_memory` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_new(
    store: wts_store_t,
    r#type: wts_type_t,
    out_memory: *mut wts_memory_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_memory, "out_memory")?;
        let ty = object::get::<Type>(r#type.0)?.to_memory()?;
        if ty.is_shared() {
            return fail(
                WTS_ERR_TYPE,
                "the memory type has WTS_MEMORY_SHARED: wts_shared_memory_new makes such a memory",
            );
        }
        let store = enter_store(store)?;
        let mut context = store.context()?;
        let memory = match Memory::new(&mut context, ty) {
            Ok(memory) => memory,
            Err(error) => return Err(error::from_growth(error, "the memory cannot be made")),
        };
        out.set(wts_memory_t(store.handle_of(&mut context, Extern::Memory(memory))?));
        Ok(())
    })
}

/// Gets the type of a memory, a new handle.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_type(memory: wts_memory_t, out_type: *mut wts_type_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_type, "out_type")?;
        let ty = with(memory, |_, context, memory| Ok(Type::of_memory(&memory.ty(&context))))?;
        out.set(wts_type_t(object::insert::<Type>(ty)?));
        Ok(())
    })
}

/// Gets the size of a memory in pages.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_pages` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_size(memory: wts_memory_t, out_pages: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_pages, "out_pages")?;
        out.set(with(memory, |_, context, memory| Ok(memory.size(&context)))?);
        Ok(())
    })
}

/// Gets the size of a memory in bytes.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_bytes` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_data_size(memory: wts_memory_t, out_bytes: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_bytes, "out_bytes")?;
        out.set(with(memory, |_, context, memory| Ok(memory.data_size(&context) as u64))?);
        Ok(())
    })
}

/// Gets the size of a memory's pages in bytes: 65,536, or 1 where its type says so.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_bytes` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_page_size(memory: wts_memory_t, out_bytes: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_bytes, "out_bytes")?;
        out.set(with(memory, |_, context, memory| Ok(memory.page_size(&context)))?);
        Ok(())
    })
}

/// Grows a memory by `delta` pages of zeros. `out_previous` receives its size before, in pages.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_LIMIT` (over its maximum or the store's limits, or the system gives no more), `WTS_ERR_HOST` (the
/// store's limiter failed).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_previous` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_grow(memory: wts_memory_t, delta: u64, out_previous: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_previous, "out_previous")?;
        let previous = with(memory, |_, mut context, memory| match memory.grow(&mut context, delta) {
            Ok(previous) => Ok(previous),
            Err(error) => {
                let (size, ty) = (memory.size(&context), Type::of_memory(&memory.ty(&context)));
                let what = format_args!("{ty}, which has {size} pages, cannot grow by {delta}");
                Err(error::from_growth(error, what))
            }
        })?;
        out.set(previous);
        Ok(())
    })
}

/// Copies `len` bytes at `offset` out of a memory.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (they do not all lie in the memory; nothing is copied).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `buf` has room for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_read(memory: wts_memory_t, offset: u64, buf: *mut u8, len: usize) -> wts_status_t {
    boundary(|| {
        let buf = args::output(buf, len, "buf")?;
        with_cells(memory, offset, len as u64, |part| buf.copy_all_from(part))
    })
}

/// Copies bytes into a memory at `offset`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (they do not all fit the memory; nothing is copied).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `bytes` holds `bytes_len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_write(
    memory: wts_memory_t,
    offset: u64,
    bytes: *const u8,
    bytes_len: usize,
) -> wts_status_t {
    boundary(|| {
        let bytes = args::input(bytes, bytes_len, "bytes")?;
        with_cells(memory, offset, bytes_len as u64, |part| bytes.copy_all_to(part))
    })
}

/// Sets `len` bytes at `offset` of a memory to `byte`, from 0 to 255.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (the byte,
/// or they do not all lie in the memory).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_memory_fill(memory: wts_memory_t, offset: u64, len: u64, byte: i32) -> wts_status_t {
    boundary(|| {
        let byte = self::byte(byte)?;
        with_part(memory, offset, len, |part| part.fill(byte))
    })
}

/// Gets where a memory's bytes are and how many.
///
/// The pointer is valid until WebAssembly runs in the store, this memory grows, or the store is deleted.
/// Reading and writing through it is not checked.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store, and so is the use of the pointer.
///
/// # Safety
/// Both are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_data(
    memory: wts_memory_t,
    out_data: *mut *mut u8,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let out_data = args::out(out_data, "out_data")?;
        let out_len = args::out(out_len, "out_len")?;
        with(memory, |_, context, memory| {
            out_data.set(memory.data_ptr(context.as_context()));
            out_len.set(memory.data_size(context.as_context()));
            Ok(())
        })
    })
}

/// Loads a signed 8-bit integer at `offset` of a memory, little-endian.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_load_i8(memory: wts_memory_t, offset: u64, out_value: *mut i64) -> wts_status_t {
    load(memory, offset, out_value, |bytes| i64::from(i8::from_le_bytes(bytes)))
}

/// Loads an unsigned 8-bit integer at `offset` of a memory, little-endian.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_load_u8(memory: wts_memory_t, offset: u64, out_value: *mut i64) -> wts_status_t {
    load(memory, offset, out_value, |bytes| i64::from(u8::from_le_bytes(bytes)))
}

/// Loads a signed 16-bit integer at `offset` of a memory, little-endian.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_load_i16(memory: wts_memory_t, offset: u64, out_value: *mut i64) -> wts_status_t {
    load(memory, offset, out_value, |bytes| i64::from(i16::from_le_bytes(bytes)))
}

/// Loads an unsigned 16-bit integer at `offset` of a memory, little-endian.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_load_u16(memory: wts_memory_t, offset: u64, out_value: *mut i64) -> wts_status_t {
    load(memory, offset, out_value, |bytes| i64::from(u16::from_le_bytes(bytes)))
}

/// Loads a signed 32-bit integer at `offset` of a memory, little-endian.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_load_i32(memory: wts_memory_t, offset: u64, out_value: *mut i64) -> wts_status_t {
    load(memory, offset, out_value, |bytes| i64::from(i32::from_le_bytes(bytes)))
}

/// Loads an unsigned 32-bit integer at `offset` of a memory, little-endian.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_load_u32(memory: wts_memory_t, offset: u64, out_value: *mut i64) -> wts_status_t {
    load(memory, offset, out_value, |bytes| i64::from(u32::from_le_bytes(bytes)))
}

/// Loads a 64-bit integer at `offset` of a memory, little-endian.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_load_i64(memory: wts_memory_t, offset: u64, out_value: *mut i64) -> wts_status_t {
    load(memory, offset, out_value, i64::from_le_bytes)
}

/// Loads a 32-bit float at `offset` of a memory, little-endian.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_load_f32(memory: wts_memory_t, offset: u64, out_value: *mut f64) -> wts_status_t {
    load(memory, offset, out_value, |bytes| f64::from(f32::from_le_bytes(bytes)))
}

/// Loads a 64-bit float at `offset` of a memory, little-endian.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_memory_load_f64(memory: wts_memory_t, offset: u64, out_value: *mut f64) -> wts_status_t {
    load(memory, offset, out_value, f64::from_le_bytes)
}

/// Stores an 8-bit integer, signed or unsigned, at `offset` of a memory, little-endian.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (a value over 8 bits, or it does not lie in the memory).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_memory_store_i8(memory: wts_memory_t, offset: u64, value: i64) -> wts_status_t {
    boundary(|| store(memory, offset, narrow::<1>(value, i64::from(i8::MIN)..=i64::from(u8::MAX))))
}

/// Stores a 16-bit integer, signed or unsigned, at `offset` of a memory, little-endian.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (a value over 16 bits, or it does not lie in the memory).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_memory_store_i16(memory: wts_memory_t, offset: u64, value: i64) -> wts_status_t {
    boundary(|| store(memory, offset, narrow::<2>(value, i64::from(i16::MIN)..=i64::from(u16::MAX))))
}

/// Stores a 32-bit integer, signed or unsigned, at `offset` of a memory, little-endian.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (a value over 32 bits, or it does not lie in the memory).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_memory_store_i32(memory: wts_memory_t, offset: u64, value: i64) -> wts_status_t {
    boundary(|| store(memory, offset, narrow::<4>(value, i64::from(i32::MIN)..=i64::from(u32::MAX))))
}

/// Stores a 64-bit integer at `offset` of a memory, little-endian.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (it does not lie in the memory).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_memory_store_i64(memory: wts_memory_t, offset: u64, value: i64) -> wts_status_t {
    boundary(|| store(memory, offset, Ok(value.to_le_bytes())))
}

/// Stores a 32-bit float at `offset` of a memory, little-endian.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (a value that no 32-bit float holds exactly, or it does not lie in the memory).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_memory_store_f32(memory: wts_memory_t, offset: u64, value: f64) -> wts_status_t {
    boundary(|| {
        let bits = slots::slot_from_double(SlotKind::F32, value, "value", 0).map(|slot| (slot as u32).to_le_bytes());
        store(memory, offset, bits)
    })
}

/// Stores a 64-bit float at `offset` of a memory, little-endian.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (it does not lie in the memory).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_memory_store_f64(memory: wts_memory_t, offset: u64, value: f64) -> wts_status_t {
    boundary(|| store(memory, offset, Ok(value.to_le_bytes())))
}
