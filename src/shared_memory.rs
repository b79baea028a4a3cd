//! Shared memories: linear memories of no store, which several stores and threads use at once.
//!
//! There are two sorts of handles. Those of `wts_shared_memory_new` and `wts_shared_memory_share` belong to no
//! store. Those that a lookup of an export gives are remembered by the store, so that each lookup gives the same
//! one, and go with it. All functions take both; only to find the memory is the store entered, so that nobody
//! is inside a store while it waits.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::engine::Engine;
use crate::handle::slot_of;
use crate::memory;
use crate::object;
use crate::store;
use crate::types::Type;
use std::cell::UnsafeCell;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicI32, AtomicI64};
use std::time::Duration;
use wasmtime::{Trap, WaitResult};

pub(crate) struct SharedMemory {
    pub memory: wasmtime::SharedMemory,
    pub engine: Arc<Engine>,
}

fn find(memory: wts_shared_memory_t) -> Result<Arc<SharedMemory>> {
    if slot_of(memory.0) == 0 {
        return object::get::<SharedMemory>(memory.0);
    }
    store::enter(memory.0, WTS_KIND_SHARED_MEMORY)?.shared_memory(memory.0)
}

/// The memory behind a handle that belongs to no store.
pub(crate) fn of_no_store(handle: u64) -> Option<Arc<SharedMemory>> {
    let is = slot_of(handle) == 0 && object::kind(handle) == WTS_KIND_SHARED_MEMORY;
    if is { object::get::<SharedMemory>(handle).ok() } else { None }
}

/// Where its bytes are, which never changes as long as it is alive.
pub(crate) fn identity(memory: &wasmtime::SharedMemory) -> u64 {
    memory.data().as_ptr() as u64
}

impl SharedMemory {
    /// The bytes from `offset` on, `len` of them.
    fn part(&self, offset: u64, len: u64) -> Result<&[UnsafeCell<u8>]> {
        let data = self.memory.data();
        let range = memory::range(data.len(), offset, len)?;
        Ok(&data[range])
    }

    /// Checks where something atomic of `size` bytes is to happen.
    fn check_atomic(&self, offset: u64, size: u64) -> Result {
        if !offset.is_multiple_of(size) {
            return fail(
                WTS_ERR_RANGE,
                format_args!("an atomic access of {size} bytes is at a multiple of {size}, not at {offset}"),
            );
        }
        self.part(offset, size).map(drop)
    }

    fn atomic_i32(&self, offset: u64) -> Result<&AtomicI32> {
        self.check_atomic(offset, 4)?;
        // SAFETY: it lies in the memory and is aligned; memories begin at a page.
        Ok(unsafe { AtomicI32::from_ptr(self.memory.data()[offset as usize].get().cast()) })
    }

    fn atomic_i64(&self, offset: u64) -> Result<&AtomicI64> {
        self.check_atomic(offset, 8)?;
        // SAFETY: as above.
        Ok(unsafe { AtomicI64::from_ptr(self.memory.data()[offset as usize].get().cast()) })
    }
}

/// What was checked before Wasmtime looked.
#[cold]
fn no_place(trap: Trap) -> Result {
    fail(WTS_ERR_RANGE, format_args!("no atomic access is possible there: {trap}"))
}

fn timeout(timeout_ns: i64) -> Result<Option<Duration>> {
    Ok(args::time(timeout_ns, "timeout")?.map(Duration::from_nanos))
}

fn number_of(result: WaitResult) -> i32 {
    match result {
        WaitResult::Ok => WTS_WAIT_NOTIFIED,
        WaitResult::Mismatch => WTS_WAIT_NOT_EQUAL,
        WaitResult::TimedOut => WTS_WAIT_TIMED_OUT,
    }
}

/// Makes a shared memory of a memory type with `WTS_MEMORY_SHARED`, filled with zeros.
///
/// It belongs to no store: it can be imported by instances of any store of the engine, on any thread. It is deleted
/// with `wts_shared_memory_delete`; instances that import it keep what they need.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (not a memory type, or not a
/// shared one), `WTS_ERR_STATE` (the engine's option `shared_memory` is off), `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread, several at once.
///
/// # Safety
/// `out_memory` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_new(
    engine: wts_engine_t,
    r#type: wts_type_t,
    out_memory: *mut wts_shared_memory_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_memory, "out_memory")?;
        let engine = object::get::<Engine>(engine.0)?;
        let ty = object::get::<Type>(r#type.0)?.to_memory()?;
        if !ty.is_shared() {
            return fail(WTS_ERR_TYPE, "the memory type lacks WTS_MEMORY_SHARED: wts_memory_new makes such a memory");
        }
        if !engine.engine.get_shared_memory() {
            return fail(
                WTS_ERR_STATE,
                "there are no shared memories: set the option shared_memory of the engine's config to 1",
            );
        }
        let memory = match wasmtime::SharedMemory::new(&engine.engine, ty) {
            Ok(memory) => memory,
            Err(error) => return fail(WTS_ERR_LIMIT, format_args!("the memory cannot be made: {error:#}")),
        };
        out.set(wts_shared_memory_t(object::insert::<SharedMemory>(SharedMemory { memory, engine })?));
        Ok(())
    })
}

/// Makes another handle to a shared memory, which belongs to no store: it takes the memory of an export to other
/// stores and threads. It is deleted with `wts_shared_memory_delete`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `out_memory` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_share(
    memory: wts_shared_memory_t,
    out_memory: *mut wts_shared_memory_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_memory, "out_memory")?;
        out.set(wts_shared_memory_t(object::insert::<SharedMemory>(find(memory)?)?));
        Ok(())
    })
}

/// Finds out whether two handles name the same shared memory: 1 if so, else 0.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `out_same` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_same(
    memory: wts_shared_memory_t,
    other: wts_shared_memory_t,
    out_same: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_same, "out_same")?;
        let (memory, other) = (find(memory)?, find(other)?);
        out.set(i32::from(identity(&memory.memory) == identity(&other.memory)));
        Ok(())
    })
}

/// Gets the type of a shared memory, a new handle.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_type(
    memory: wts_shared_memory_t,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_type, "out_type")?;
        let ty = Type::of_memory(&find(memory)?.memory.ty());
        out.set(wts_type_t(object::insert::<Type>(ty)?));
        Ok(())
    })
}

/// Gets the size of a shared memory in pages. It never shrinks.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `out_pages` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_size(memory: wts_shared_memory_t, out_pages: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_pages, "out_pages")?;
        out.set(find(memory)?.memory.size());
        Ok(())
    })
}

/// Gets the size of a shared memory in bytes. It never shrinks.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `out_bytes` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_data_size(memory: wts_shared_memory_t, out_bytes: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_bytes, "out_bytes")?;
        out.set(find(memory)?.memory.data_size() as u64);
        Ok(())
    })
}

/// Grows a shared memory by `delta` pages of zeros. `out_previous` receives its size before, in pages. It stays
/// where it is.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_LIMIT` (over its maximum or the engine's option `memory_reservation`, or the system gives no more).
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `out_previous` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_grow(
    memory: wts_shared_memory_t,
    delta: u64,
    out_previous: *mut u64,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_previous, "out_previous")?;
        let memory = find(memory)?;
        match memory.memory.grow(delta) {
            Ok(previous) => out.set(previous),
            Err(error) => {
                let (size, ty) = (memory.memory.size(), Type::of_memory(&memory.memory.ty()));
                return fail(
                    WTS_ERR_LIMIT,
                    format_args!("{ty}, which has {size} pages, cannot grow by {delta}: {error:#}"),
                );
            }
        }
        Ok(())
    })
}

/// Gets where a shared memory's bytes are and how many there are now.
///
/// They stay there as long as a handle to the memory or a store that uses it is alive. Reading and writing through
/// the pointer is not checked, and is to be atomic where other threads use the same bytes.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// Both are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_data(
    memory: wts_shared_memory_t,
    out_data: *mut *mut u8,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let out_data = args::out(out_data, "out_data")?;
        let out_len = args::out(out_len, "out_len")?;
        let memory = find(memory)?;
        let data = memory.memory.data();
        out_data.set(data.as_ptr().cast::<u8>().cast_mut());
        out_len.set(data.len());
        Ok(())
    })
}

/// Copies `len` bytes at `offset` out of a shared memory.
///
/// What other threads write meanwhile may arrive in part: aligned words of 8 bytes are copied whole, in no order.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (they do not all lie in the memory; nothing is copied).
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `buf` has room for `len` bytes, outside of the memory.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_read(
    memory: wts_shared_memory_t,
    offset: u64,
    buf: *mut u8,
    len: usize,
) -> wts_status_t {
    boundary(|| {
        let buf = args::output(buf, len, "buf")?;
        find(memory)?.part(offset, len as u64).map(|part| buf.copy_all_from_shared(part))
    })
}

/// Copies bytes into a shared memory at `offset`.
///
/// Other threads that read meanwhile may get a part of them: aligned words of 8 bytes are copied whole, in no
/// order.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (they do not all fit the memory; nothing is copied).
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `bytes` holds `bytes_len` bytes, outside of the memory.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_write(
    memory: wts_shared_memory_t,
    offset: u64,
    bytes: *const u8,
    bytes_len: usize,
) -> wts_status_t {
    boundary(|| {
        let bytes = args::input(bytes, bytes_len, "bytes")?;
        find(memory)?.part(offset, bytes_len as u64).map(|part| bytes.copy_all_to_shared(part))
    })
}

/// Sets `len` bytes at `offset` of a shared memory to `byte`, from 0 to 255, in no order.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (the byte,
/// or they do not all lie in the memory).
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_shared_memory_fill(
    memory: wts_shared_memory_t,
    offset: u64,
    len: u64,
    byte: i32,
) -> wts_status_t {
    boundary(|| {
        let byte = memory::byte(byte)?;
        find(memory)?.part(offset, len).map(|part| args::fill_shared(part, byte))
    })
}

/// Loads a 32-bit integer at `offset` of a shared memory atomically, in sequential order.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory, or `offset` is no multiple of 4).
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_atomic_load_i32(
    memory: wts_shared_memory_t,
    offset: u64,
    out_value: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_value, "out_value")?;
        out.set(i32::from_le(find(memory)?.atomic_i32(offset)?.load(SeqCst)));
        Ok(())
    })
}

/// Stores a 32-bit integer at `offset` of a shared memory atomically, in sequential order. It wakes nobody:
/// `wts_shared_memory_notify` does.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (it does not
/// lie in the memory, or `offset` is no multiple of 4).
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_shared_memory_atomic_store_i32(
    memory: wts_shared_memory_t,
    offset: u64,
    value: i32,
) -> wts_status_t {
    boundary(|| {
        find(memory)?.atomic_i32(offset)?.store(value.to_le(), SeqCst);
        Ok(())
    })
}

/// Adds to a 32-bit integer at `offset` of a shared memory atomically, in sequential order, wrapping round.
/// `out_previous` receives its value before.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory, or `offset` is no multiple of 4).
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `out_previous` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_atomic_add_i32(
    memory: wts_shared_memory_t,
    offset: u64,
    value: i32,
    out_previous: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_previous, "out_previous")?;
        let add = |now| Some(i32::from_le(now).wrapping_add(value).to_le());
        let memory = find(memory)?;
        let (Ok(previous) | Err(previous)) = memory.atomic_i32(offset)?.fetch_update(SeqCst, SeqCst, add);
        out.set(i32::from_le(previous));
        Ok(())
    })
}

/// Stores a 32-bit integer at `offset` of a shared memory if `expected` is there, in one atomic step.
/// `out_previous` receives what was there: `expected` if the value was stored.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory, or `offset` is no multiple of 4).
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `out_previous` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_atomic_compare_exchange_i32(
    memory: wts_shared_memory_t,
    offset: u64,
    expected: i32,
    value: i32,
    out_previous: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_previous, "out_previous")?;
        let memory = find(memory)?;
        let place = memory.atomic_i32(offset)?;
        let (Ok(previous) | Err(previous)) = place.compare_exchange(expected.to_le(), value.to_le(), SeqCst, SeqCst);
        out.set(i32::from_le(previous));
        Ok(())
    })
}

/// Loads a 64-bit integer at `offset` of a shared memory atomically, in sequential order.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory, or `offset` is no multiple of 8).
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_atomic_load_i64(
    memory: wts_shared_memory_t,
    offset: u64,
    out_value: *mut i64,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_value, "out_value")?;
        out.set(i64::from_le(find(memory)?.atomic_i64(offset)?.load(SeqCst)));
        Ok(())
    })
}

/// Stores a 64-bit integer at `offset` of a shared memory atomically, in sequential order. It wakes nobody:
/// `wts_shared_memory_notify` does.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (it does not
/// lie in the memory, or `offset` is no multiple of 8).
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_shared_memory_atomic_store_i64(
    memory: wts_shared_memory_t,
    offset: u64,
    value: i64,
) -> wts_status_t {
    boundary(|| {
        find(memory)?.atomic_i64(offset)?.store(value.to_le(), SeqCst);
        Ok(())
    })
}

/// Adds to a 64-bit integer at `offset` of a shared memory atomically, in sequential order, wrapping round.
/// `out_previous` receives its value before.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory, or `offset` is no multiple of 8).
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `out_previous` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_atomic_add_i64(
    memory: wts_shared_memory_t,
    offset: u64,
    value: i64,
    out_previous: *mut i64,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_previous, "out_previous")?;
        let add = |now| Some(i64::from_le(now).wrapping_add(value).to_le());
        let memory = find(memory)?;
        let (Ok(previous) | Err(previous)) = memory.atomic_i64(offset)?.fetch_update(SeqCst, SeqCst, add);
        out.set(i64::from_le(previous));
        Ok(())
    })
}

/// Stores a 64-bit integer at `offset` of a shared memory if `expected` is there, in one atomic step.
/// `out_previous` receives what was there: `expected` if the value was stored.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory, or `offset` is no multiple of 8).
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `out_previous` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_atomic_compare_exchange_i64(
    memory: wts_shared_memory_t,
    offset: u64,
    expected: i64,
    value: i64,
    out_previous: *mut i64,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_previous, "out_previous")?;
        let memory = find(memory)?;
        let place = memory.atomic_i64(offset)?;
        let (Ok(previous) | Err(previous)) = place.compare_exchange(expected.to_le(), value.to_le(), SeqCst, SeqCst);
        out.set(i64::from_le(previous));
        Ok(())
    })
}

/// Wakes at most `count` of those that wait at `offset` of a shared memory, in WebAssembly or in
/// `wts_shared_memory_wait_i32` and `_i64`. `out_woken` receives how many were woken.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (it does not lie in the memory, or `offset` is no multiple of 4).
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `out_woken` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_notify(
    memory: wts_shared_memory_t,
    offset: u64,
    count: u32,
    out_woken: *mut u32,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_woken, "out_woken")?;
        let memory = find(memory)?;
        memory.check_atomic(offset, 4)?;
        match memory.memory.atomic_notify(offset, count) {
            Ok(woken) => out.set(woken),
            Err(trap) => return no_place(trap),
        }
        Ok(())
    })
}

/// Waits while the 32-bit integer at `offset` of a shared memory is `expected`, until it is notified.
///
/// Waiting ends after `timeout_ns` nanoseconds; -1 waits for ever. `out_result` receives `WTS_WAIT_NOTIFIED`,
/// `WTS_WAIT_NOT_EQUAL` (at once) or `WTS_WAIT_TIMED_OUT`. Nothing else ends it: neither a deadline nor an
/// interrupt of a store does.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (a timeout below -1, it does not lie in the memory, or `offset` is no multiple of 4).
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `out_result` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_wait_i32(
    memory: wts_shared_memory_t,
    offset: u64,
    expected: i32,
    timeout_ns: i64,
    out_result: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_result, "out_result")?;
        let timeout = timeout(timeout_ns)?;
        let memory = find(memory)?;
        memory.check_atomic(offset, 4)?;
        match memory.memory.atomic_wait32(offset, expected as u32, timeout) {
            Ok(result) => out.set(number_of(result)),
            Err(trap) => return no_place(trap),
        }
        Ok(())
    })
}

/// Waits while the 64-bit integer at `offset` of a shared memory is `expected`, until it is notified.
///
/// Waiting ends after `timeout_ns` nanoseconds; -1 waits for ever. `out_result` receives `WTS_WAIT_NOTIFIED`,
/// `WTS_WAIT_NOT_EQUAL` (at once) or `WTS_WAIT_TIMED_OUT`. Nothing else ends it: neither a deadline nor an
/// interrupt of a store does.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (a timeout below -1, it does not lie in the memory, or `offset` is no multiple of 8).
///
/// # Threads
/// Any thread, several at once; with the handle of an export, one at a time per store.
///
/// # Safety
/// `out_result` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_shared_memory_wait_i64(
    memory: wts_shared_memory_t,
    offset: u64,
    expected: i64,
    timeout_ns: i64,
    out_result: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_result, "out_result")?;
        let timeout = timeout(timeout_ns)?;
        let memory = find(memory)?;
        memory.check_atomic(offset, 8)?;
        match memory.memory.atomic_wait64(offset, expected as u64, timeout) {
            Ok(result) => out.set(number_of(result)),
            Err(trap) => return no_place(trap),
        }
        Ok(())
    })
}

/// Deletes a handle to a shared memory. The memory goes with its last handle and the last store that uses it.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the handle of an export: it goes with its
/// store).
///
/// # Threads
/// Any thread, several at once.
#[unsafe(no_mangle)]
pub extern "C" fn wts_shared_memory_delete(memory: wts_shared_memory_t) -> wts_status_t {
    boundary(|| {
        if slot_of(memory.0) != 0 && object::kind(memory.0) == WTS_KIND_SHARED_MEMORY {
            return fail(
                WTS_ERR_STATE,
                "this shared memory is an export of an instance: the handle goes with its store",
            );
        }
        object::delete::<SharedMemory>(memory.0)
    })
}
