//! Engines: settings, compiled, and what modules share.

use crate::abi::*;
use crate::args;
use crate::artifact::{self, Key};
use crate::boundary::{Result, boundary, fail};
use crate::cache::Cache;
use crate::config::{Config, MAX_WASM_STACK};
use crate::object;
use crate::slots::SlotKind;
use crate::timer;
#[cfg(feature = "compiler")]
use crate::{error::chain, workers};
use once_cell::sync::OnceCell;
use parking_lot::Mutex;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::ffi::c_char;
use std::sync::atomic::{AtomicU64, Ordering, fence};

type Drivers = FxHashMap<(Vec<SlotKind>, Vec<SlotKind>), Option<wasmtime::Module>>;

pub(crate) struct Engine {
    pub engine: wasmtime::Engine,
    pub max_wasm_stack: usize,
    pub fuel: bool,
    pub epochs: bool,
    /// The user's epoch. Wasmtime's own is a doorbell that makes stores look at this one.
    pub clock: AtomicU64,
    pub cache: Option<Cache>,
    /// Whether files of artifacts are mapped.
    pub maps: bool,
    pub key: Option<Key>,
    /// Why it cannot compile modules to run them here, if it cannot.
    idle: Option<String>,
    warnings: Mutex<VecDeque<String>>,
    /// Batch drivers by the kinds of parameters and results; none where none can be made.
    pub drivers: Mutex<Drivers>,
}

impl Engine {
    fn new(config: &Config) -> Result<Self> {
        let settings = config.to_wasmtime()?;
        check_mach_ports(config)?;
        let engine = match wasmtime::Engine::new(&settings) {
            Ok(engine) => engine,
            Err(error) => return fail(WTS_ERR_STATE, format_args!("the options do not fit together: {error:#}")),
        };
        Ok(Engine {
            idle: idle(&engine, config)?,
            engine,
            max_wasm_stack: config.number(WTS_OPT_MAX_WASM_STACK).unwrap_or(MAX_WASM_STACK) as usize,
            fuel: config.is_on(WTS_OPT_FUEL),
            epochs: config.is_on(WTS_OPT_EPOCH_INTERRUPTION),
            clock: AtomicU64::default(),
            cache: Cache::new(config)?,
            maps: config.is_on(WTS_OPT_MAP_ARTIFACTS),
            key: config.text(WTS_OPT_ARTIFACT_KEY).map(artifact::key),
            warnings: Mutex::default(),
            drivers: Mutex::default(),
        })
    }

    #[cfg(feature = "compiler")]
    pub fn warn(&self, warning: String) {
        self.warnings.lock().push_back(warning);
    }

    /// Refuses to compile a module that is to run here, where the engine cannot do that.
    #[cfg(feature = "compiler")]
    pub fn check_compiles(&self) -> Result {
        match &self.idle {
            Some(reason) => fail(WTS_ERR_STATE, reason),
            None => Ok(()),
        }
    }

    /// Brings all guests of the engine to `Bell::answer`.
    pub fn ring(&self) {
        // Who hears it sees what was done before.
        fence(Ordering::SeqCst);
        self.engine.increment_epoch();
    }

    pub fn check_same(&self, other: &Engine, what: &str) -> Result {
        if wasmtime::Engine::same(&self.engine, &other.engine) {
            return Ok(());
        }
        fail(WTS_ERR_WRONG_STORE, format_args!("the {what} belongs to another engine"))
    }
}

/// Why an engine cannot compile modules to run them here. What the code is for is the user's to choose, and this machine
/// need not be able to run it; but flags that this machine lacks, without a target, are a mistake.
#[cfg(feature = "compiler")]
fn idle(engine: &wasmtime::Engine, config: &Config) -> Result<Option<String>> {
    const EMPTY: &[u8] = b"\0asm\x01\0\0\0";
    if !config.compiles() {
        return Ok(Some("the engine loads artifacts only: its option compiler is 0".to_owned()));
    }
    let (target, flags) = (config.text(WTS_OPT_TARGET), config.text(WTS_OPT_CRANELIFT_FLAGS));
    if target.is_none() && flags.is_none() {
        return Ok(None);
    }
    // Wasmtime looks at this when there is a module.
    let Err(error) = workers::run(|| Ok(wasmtime::Module::new(engine, EMPTY)))? else {
        return Ok(None);
    };
    let reason = chain(&error);
    match target {
        Some(target) => {
            Ok(Some(format!("the engine makes artifacts only (wts_engine_precompile) for {target}: {reason}")))
        }
        None => fail(WTS_ERR_STATE, format_args!("the options do not fit this machine: {reason}")),
    }
}

#[cfg(not(feature = "compiler"))]
fn idle(_: &wasmtime::Engine, _: &Config) -> Result<Option<String>> {
    Ok(None)
}

/// Wasmtime panics if engines of one process differ in how they catch traps on macOS.
fn check_mach_ports(config: &Config) -> Result {
    static CHOSEN: OnceCell<bool> = OnceCell::new();
    let chosen = config.number(WTS_OPT_MACOS_USE_MACH_PORTS) != Some(0);
    if cfg!(target_vendor = "apple") && *CHOSEN.get_or_init(|| chosen) != chosen {
        return fail(WTS_ERR_STATE, "macos_use_mach_ports is not what it is in the first engine of this process");
    }
    Ok(())
}

/// Makes an engine with the options of a config; `config` 0 stands for the defaults.
///
/// The config stays usable. The engine is deleted with `wts_engine_delete`. `out_engine` is not
/// written on failure.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (options that do not
/// fit together), `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_engine` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_engine_new(config: wts_config_t, out_engine: *mut wts_engine_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_engine, "out_engine")?;
        let config = match config.0 {
            0 => Config::default(),
            handle => object::get::<Mutex<Config>>(handle)?.lock().clone(),
        };
        out.set(wts_engine_t(object::insert::<Engine>(Engine::new(&config)?)?));
        Ok(())
    })
}

/// Moves an engine's epoch on by one tick. See `wts_store_set_epoch_deadline`.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread, while WebAssembly runs too.
#[unsafe(no_mangle)]
pub extern "C" fn wts_engine_increment_epoch(engine: wts_engine_t) -> wts_status_t {
    boundary(|| {
        let engine = object::get::<Engine>(engine.0)?;
        engine.clock.fetch_add(1, Ordering::SeqCst);
        engine.ring();
        timer::tick(&engine);
        Ok(())
    })
}

/// Gets how often an engine's module cache had a module and how often it had not; 0 and 0 without a
/// cache.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// Both are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_engine_cache_counts(
    engine: wts_engine_t,
    out_hits: *mut u64,
    out_misses: *mut u64,
) -> wts_status_t {
    boundary(|| {
        let out_hits = args::out(out_hits, "out_hits")?;
        let out_misses = args::out(out_misses, "out_misses")?;
        let engine = object::get::<Engine>(engine.0)?;
        let read = |pick: fn(&Cache) -> &AtomicU64| {
            engine.cache.as_ref().map_or(0, |cache| pick(cache).load(Ordering::Relaxed))
        };
        out_hits.set(read(|cache| &cache.hits));
        out_misses.set(read(|cache| &cache.misses));
        Ok(())
    })
}

/// Copies out the oldest warning that was not taken yet, and forgets it; empty when there is none.
///
/// A warning is about something that works, but not as it should: a cache folder that cannot be
/// written. `cap` 0 asks for the size and leaves the warning.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER` (the warning stays), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_engine_take_warning(
    engine: wts_engine_t,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let engine = object::get::<Engine>(engine.0)?;
        let mut warnings = engine.warnings.lock();
        args::copy_text_out(warnings.front().map_or("", String::as_str), buf, cap, out_len)?;
        if cap > 0 {
            warnings.pop_front();
        }
        Ok(())
    })
}

/// Deletes an engine. What was made with it keeps what it needs.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_engine_delete(engine: wts_engine_t) -> wts_status_t {
    boundary(|| object::delete::<Engine>(engine.0))
}
