//! Guest profilers: samples of the WebAssembly stack, for Firefox's profiler.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::buffer;
use crate::call_hook;
use crate::engine::Engine;
use crate::module::Module;
use crate::object;
use crate::store::{Look, enter_store};
use parking_lot::Mutex;
use std::ffi::c_char;
use std::sync::Arc;
use std::time::Duration;
use wasmtime::GuestProfiler;

pub(crate) struct Profiler {
    engine: Arc<Engine>,
    /// None when it is finished.
    running: Mutex<Option<GuestProfiler>>,
}

impl Profiler {
    /// Records something of a store.
    fn record(&self, store: wts_store_t, record: impl FnOnce(&mut GuestProfiler, Look<'_>)) -> Result {
        let store = enter_store(store)?;
        store.body().engine.check_same(&self.engine, "profiler")?;
        let context = store.look()?;
        match &mut *self.running.lock() {
            Some(profiler) => record(profiler, context),
            None => return finished(),
        }
        Ok(())
    }
}

#[cold]
fn finished<T>() -> Result<T> {
    fail(WTS_ERR_STATE, "the profiler is finished")
}

/// Makes a profiler, which from now on measures time.
///
/// `name` is that of the profile, `interval_ns` about how long there is between samples, in nanoseconds. Frames of
/// functions of `modules` are recorded, and no others. The profiler is deleted with `wts_profiler_delete`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a module of
/// another engine), `WTS_ERR_STATE` (the engine instruments code for debugging), `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `name` holds `name_len` bytes and `modules` holds `modules_len` handles; `out_profiler` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_profiler_new(
    engine: wts_engine_t,
    name: *const c_char,
    name_len: usize,
    interval_ns: u64,
    modules: *const wts_module_t,
    modules_len: usize,
    out_profiler: *mut wts_profiler_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_profiler, "out_profiler")?;
        let name = args::text(name, name_len, "name")?;
        let modules = args::input(modules, modules_len, "modules")?;
        let engine = object::get::<Engine>(engine.0)?;
        let modules = modules.iter().map(|module| {
            let module = object::get::<Module>(module.0)?;
            engine.check_same(&module.engine, "module")?;
            Ok((module.module.name().unwrap_or("<unknown>").to_owned(), module.module.clone()))
        });
        let modules = modules.collect::<Result<Vec<_>>>()?;
        let interval = Duration::from_nanos(interval_ns);
        let running = match GuestProfiler::new(&engine.engine, name, interval, modules) {
            Ok(profiler) => Mutex::new(Some(profiler)),
            Err(error) => return fail(WTS_ERR_STATE, format_args!("the profiler cannot be made: {error:#}")),
        };
        out.set(wts_profiler_t(object::insert::<Profiler>(Profiler { engine, running })?));
        Ok(())
    })
}

/// Records the WebAssembly stack of a store as it is now.
///
/// It is called in a callback of that store, such as a host function, at regular times; where no WebAssembly runs
/// the sample is empty. `delta_ns` is the processor time since the sample before, in nanoseconds, or 0.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the profiler is finished),
/// `WTS_ERR_WRONG_STORE` (a store of another engine).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_profiler_sample(profiler: wts_profiler_t, store: wts_store_t, delta_ns: u64) -> wts_status_t {
    boundary(|| {
        let profiler = object::get::<Profiler>(profiler.0)?;
        profiler.record(store, |profiler, context| profiler.sample(&context, Duration::from_nanos(delta_ns)))
    })
}

/// Records that a host function is called or returns, so that the profile shows its time. It is called in the call hook
/// of the store, with the `event` that the hook was told.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the profiler is finished),
/// `WTS_ERR_WRONG_STORE` (a store of another engine), `WTS_ERR_RANGE` (not an event).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_profiler_call_hook(profiler: wts_profiler_t, store: wts_store_t, event: i32) -> wts_status_t {
    boundary(|| {
        let event = call_hook::event(event)?;
        let profiler = object::get::<Profiler>(profiler.0)?;
        profiler.record(store, |profiler, context| profiler.call_hook(&context, event))
    })
}

/// Ends a profile and gives it as a new buffer: JSON in the processed profile format of Firefox, to be opened at
/// `https://profiler.firefox.com`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (it is finished already),
/// `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_buffer` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_profiler_finish(profiler: wts_profiler_t, out_buffer: *mut wts_buffer_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_buffer, "out_buffer")?;
        let Some(running) = object::get::<Profiler>(profiler.0)?.running.lock().take() else {
            return finished();
        };
        let mut profile = Vec::new();
        if let Err(error) = running.finish(&mut profile) {
            return fail(WTS_ERR_INTERNAL, format_args!("the profile cannot be written: {error:#}"));
        }
        out.set(buffer::give(profile)?);
        Ok(())
    })
}

/// Deletes a profiler, finished or not.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_profiler_delete(profiler: wts_profiler_t) -> wts_status_t {
    boundary(|| object::delete::<Profiler>(profiler.0))
}
