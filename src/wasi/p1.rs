//! The functions of WASI 0.1 in a linker.
//!
//! Wasmtime's own bindings wait in ways that nothing ends, so these stand beside them: each calls Wasmtime's
//! implementation, and what has to wait does so in `wait`.

use super::{MODULE, state, wait};
use crate::abi::*;
use crate::error::{HostFailure, Stopped};
use crate::store::Data;
use wasmtime::component::ResourceTableError;
use wasmtime::{AsContextMut, Caller, Extern, Linker};
use wasmtime_wasi::I32Exit;
use wasmtime_wasi::p1::WasiP1Ctx;
use wasmtime_wasi::p1::wasi_snapshot_preview1::{self as functions, WasiSnapshotPreview1 as _};
use wiggle::{GuestError, GuestMemory};

/// All functions that return an error number, with their parameters as WebAssembly has them. Wasmtime has those that
/// `wait` as futures.
macro_rules! functions {
    ($define:ident in $linker:ident) => {
        functions! { $define in $linker:
            call args_get(argv: i32, argv_buf: i32);
            call args_sizes_get(out_count: i32, out_size: i32);
            call environ_get(environ: i32, environ_buf: i32);
            call environ_sizes_get(out_count: i32, out_size: i32);
            call clock_res_get(id: i32, out_resolution: i32);
            call clock_time_get(id: i32, precision: i64, out_time: i32);
            wait fd_advise(fd: i32, offset: i64, len: i64, advice: i32);
            call fd_allocate(fd: i32, offset: i64, len: i64);
            wait fd_close(fd: i32);
            wait fd_datasync(fd: i32);
            wait fd_fdstat_get(fd: i32, out_stat: i32);
            call fd_fdstat_set_flags(fd: i32, flags: i32);
            call fd_fdstat_set_rights(fd: i32, base: i64, inheriting: i64);
            wait fd_filestat_get(fd: i32, out_stat: i32);
            wait fd_filestat_set_size(fd: i32, size: i64);
            wait fd_filestat_set_times(fd: i32, atim: i64, mtim: i64, flags: i32);
            wait fd_pread(fd: i32, iovs: i32, iovs_len: i32, offset: i64, out_read: i32);
            call fd_prestat_get(fd: i32, out_prestat: i32);
            call fd_prestat_dir_name(fd: i32, path: i32, path_len: i32);
            wait fd_pwrite(fd: i32, iovs: i32, iovs_len: i32, offset: i64, out_written: i32);
            wait fd_read(fd: i32, iovs: i32, iovs_len: i32, out_read: i32);
            wait fd_readdir(fd: i32, buf: i32, buf_len: i32, cookie: i64, out_used: i32);
            wait fd_renumber(fd: i32, to: i32);
            wait fd_seek(fd: i32, offset: i64, whence: i32, out_offset: i32);
            wait fd_sync(fd: i32);
            call fd_tell(fd: i32, out_offset: i32);
            wait fd_write(fd: i32, iovs: i32, iovs_len: i32, out_written: i32);
            wait path_create_directory(fd: i32, path: i32, path_len: i32);
            wait path_filestat_get(fd: i32, flags: i32, path: i32, path_len: i32, out_stat: i32);
            wait path_filestat_set_times(
                fd: i32, flags: i32, path: i32, path_len: i32, atim: i64, mtim: i64, fst_flags: i32
            );
            wait path_link(
                old_fd: i32, old_flags: i32, old: i32, old_len: i32, new_fd: i32, new: i32, new_len: i32
            );
            wait path_open(
                fd: i32, dirflags: i32, path: i32, path_len: i32, oflags: i32, base: i64, inheriting: i64, fdflags: i32,
                out_fd: i32
            );
            wait path_readlink(fd: i32, path: i32, path_len: i32, buf: i32, buf_len: i32, out_used: i32);
            wait path_remove_directory(fd: i32, path: i32, path_len: i32);
            wait path_rename(fd: i32, old: i32, old_len: i32, new_fd: i32, new: i32, new_len: i32);
            wait path_symlink(old: i32, old_len: i32, fd: i32, new: i32, new_len: i32);
            wait path_unlink_file(fd: i32, path: i32, path_len: i32);
            wait poll_oneoff(subscriptions: i32, out_events: i32, count: i32, out_count: i32);
            call proc_raise(signal: i32);
            call sched_yield();
            call random_get(buf: i32, buf_len: i32);
            call sock_accept(fd: i32, flags: i32, out_fd: i32);
            call sock_recv(fd: i32, data: i32, data_len: i32, flags: i32, out_read: i32, out_flags: i32);
            call sock_send(fd: i32, data: i32, data_len: i32, flags: i32, out_sent: i32);
            call sock_shutdown(fd: i32, how: i32);
        }
    };
    ($define:ident in $linker:ident: $($how:ident $name:ident($($arg:ident: $ty:ident),*);)*) => {
        $($define!($how $linker, $name($($arg: $ty),*));)*
    };
}

/// A function that does not wait.
macro_rules! call {
    ($linker:ident, $name:ident($($arg:ident: $ty:ident),*)) => {
        $linker.func_wrap(
            MODULE,
            stringify!($name),
            |mut caller: Caller<'_, Data>, $($arg: $ty),*| -> wasmtime::Result<i32> {
                let memory = caller.get_export("memory");
                let (mut memory, wasi) = parts(&memory, &mut caller)?;
                functions::$name(wasi, &mut memory, $($arg),*).map_err(ended)
            },
        )?
    };
}

/// A function that stops its thread while it waits.
macro_rules! blocking {
    (call $linker:ident, $name:ident($($arg:ident: $ty:ident),*)) => {
        call!($linker, $name($($arg: $ty),*))
    };
    (wait $linker:ident, $name:ident($($arg:ident: $ty:ident),*)) => {
        $linker.func_wrap(
            MODULE,
            stringify!($name),
            |mut caller: Caller<'_, Data>, $($arg: $ty),*| -> wasmtime::Result<i32> {
                let slot = caller.data().slot;
                let memory = caller.get_export("memory");
                let (mut memory, wasi) = parts(&memory, &mut caller)?;
                wait::block_on(slot, functions::$name(wasi, &mut memory, $($arg),*))?.map_err(ended)
            },
        )?
    };
}

/// A function that leaves its call while it waits.
macro_rules! suspending {
    (call $linker:ident, $name:ident($($arg:ident: $ty:ident),*)) => {
        call!($linker, $name($($arg: $ty),*))
    };
    (wait $linker:ident, $name:ident($($arg:ident: $ty:ident),*)) => {
        $linker.func_wrap_async(
            MODULE,
            stringify!($name),
            |mut caller: Caller<'_, Data>, ($($arg,)*): ($($ty,)*)| {
                Box::new(async move {
                    let slot = caller.data().slot;
                    let memory = caller.get_export("memory");
                    let (mut memory, wasi) = parts(&memory, &mut caller)?;
                    wait::suspended(slot, functions::$name(wasi, &mut memory, $($arg),*)).await?.map_err(ended)
                })
            },
        )?
    };
}

/// Defines all of them. What waits stops its thread.
pub(crate) fn define(linker: &mut Linker<Data>) -> wasmtime::Result<()> {
    functions!(blocking in linker);
    define_exit(linker)
}

/// Defines all of them. What waits leaves its call, which asynchronous stores can.
pub(crate) fn define_async(linker: &mut Linker<Data>) -> wasmtime::Result<()> {
    functions!(suspending in linker);
    define_exit(linker)
}

/// Wasmtime's own takes no status above 125, and programs use all that an `int` has.
fn define_exit(linker: &mut Linker<Data>) -> wasmtime::Result<()> {
    let exit = |status: i32| -> wasmtime::Result<()> { Err(I32Exit(status).into()) };
    linker.func_wrap(MODULE, "proc_exit", exit).map(drop)
}

/// The guest's memory, and what WASI gives to it.
fn parts<'a>(
    memory: &'a Option<Extern>,
    caller: &'a mut Caller<'_, Data>,
) -> wasmtime::Result<(GuestMemory<'a>, &'a mut WasiP1Ctx)> {
    let fuel = caller.as_context_mut().hostcall_fuel();
    let (memory, data) = match memory {
        Some(Extern::Memory(memory)) => {
            let (bytes, data) = memory.data_and_store_mut(caller);
            (GuestMemory::Unshared(bytes), data)
        }
        Some(Extern::SharedMemory(memory)) => (GuestMemory::Shared(memory.data()), caller.data_mut()),
        _ => return Err(no_memory()),
    };
    let wasi = state(data);
    wasi.set_hostcall_fuel(fuel);
    Ok((memory, wasi))
}

#[cold]
fn no_memory() -> wasmtime::Error {
    let message = "the module calls WASI but does not export its memory under the name \"memory\"".to_owned();
    Stopped { status: WTS_ERR_LINK, trap: WTS_TRAP_NONE, message }.into()
}

/// What a guest ends with that a function of WASI ended.
#[cold]
fn ended(error: wasmtime::Error) -> wasmtime::Error {
    if error.is::<I32Exit>() || error.is::<Stopped>() || error.is::<HostFailure>() {
        return error;
    }
    let (status, trap) = match error.downcast_ref::<GuestError>().map(innermost) {
        Some(GuestError::PtrOverflow | GuestError::PtrOutOfBounds(_)) => (WTS_ERR_TRAP, WTS_TRAP_MEMORY_OUT_OF_BOUNDS),
        Some(GuestError::PtrNotAligned(..)) => (WTS_ERR_TRAP, WTS_TRAP_HEAP_MISALIGNED),
        None if matches!(error.downcast_ref(), Some(ResourceTableError::Full)) => (WTS_ERR_LIMIT, WTS_TRAP_NONE),
        _ => (WTS_ERR_HOST, WTS_TRAP_NONE),
    };
    Stopped { status, trap, message: format!("WASI: {}", crate::error::chain(&error)) }.into()
}

fn innermost(error: &GuestError) -> &GuestError {
    match error {
        GuestError::InFunc { err, .. } => innermost(err),
        error => error,
    }
}
