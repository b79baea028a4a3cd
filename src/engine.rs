//! Engines: settings, compiled, and what modules share.

use crate::abi::*;
use crate::args;
use crate::artifact::{self, Key};
use crate::boundary::{Result, boundary, fail};
use crate::buffer;
use crate::cache::Cache;
use crate::config::{Config, MAX_WASM_STACK};
use crate::module;
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

/// What the library itself was compiled for.
const HOST: &str = env!("WTS_TARGET");

type Drivers = FxHashMap<(Vec<SlotKind>, Vec<SlotKind>), Option<wasmtime::Module>>;

pub(crate) struct Engine {
    pub engine: wasmtime::Engine,
    pub max_wasm_stack: usize,
    /// What a fiber has besides, for host functions.
    pub stack_for_hosts: usize,
    pub fuel: bool,
    pub epochs: bool,
    /// The user's epoch. Wasmtime's own is a doorbell that makes stores look at this one.
    pub clock: AtomicU64,
    pub cache: Option<Cache>,
    /// Whether files of artifacts are mapped.
    pub maps: bool,
    pub key: Option<Key>,
    /// The most that it compiles.
    pub max_wasm_size: u64,
    #[cfg(feature = "compiler")]
    pub max_wasm_functions: u64,
    /// The triple that its code is for.
    target: String,
    #[cfg(feature = "compiler")]
    has_compiler: bool,
    /// Why it cannot compile modules to run them here, if it cannot.
    #[cfg(feature = "compiler")]
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
            // Wasmtime knows it by its compiler.
            target: engine.get_target().unwrap_or_else(|| config.text(WTS_OPT_TARGET).unwrap_or(HOST).to_owned()),
            #[cfg(feature = "compiler")]
            has_compiler: config.compiles(),
            #[cfg(feature = "compiler")]
            idle: idle(&engine, config)?,
            engine,
            max_wasm_stack: config.number(WTS_OPT_MAX_WASM_STACK).unwrap_or(MAX_WASM_STACK) as usize,
            stack_for_hosts: config.stack_for_hosts(),
            fuel: config.is_on(WTS_OPT_FUEL),
            epochs: config.is_on(WTS_OPT_EPOCH_INTERRUPTION),
            clock: AtomicU64::default(),
            cache: Cache::new(config)?,
            maps: config.is_on(WTS_OPT_MAP_ARTIFACTS),
            key: config.text(WTS_OPT_ARTIFACT_KEY).map(artifact::key),
            max_wasm_size: config.number(WTS_OPT_MAX_WASM_SIZE).map_or(u64::MAX, |size| size as u64),
            #[cfg(feature = "compiler")]
            max_wasm_functions: config.number(WTS_OPT_MAX_WASM_FUNCTIONS).map_or(u64::MAX, |count| count as u64),
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

    #[cfg(feature = "compiler")]
    pub fn check_has_compiler(&self) -> Result {
        match &self.idle {
            Some(reason) if !self.has_compiler => fail(WTS_ERR_STATE, reason),
            _ => Ok(()),
        }
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

/// Compiles a module, from the binary or the text format, to an artifact in a new buffer, without loading it. With the
/// option `target` it may be for another machine, where `wts_module_deserialize` loads it.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_COMPILE`, `WTS_ERR_STATE` (the
/// option `compiler` is off), `WTS_ERR_UNSUPPORTED` (a build without compiler), `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread. Compilation runs on threads of the library.
///
/// # Safety
/// `bytes` holds `bytes_len` bytes; `out_buffer` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_engine_precompile(
    engine: wts_engine_t,
    bytes: *const u8,
    bytes_len: usize,
    out_buffer: *mut wts_buffer_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_buffer, "out_buffer")?;
        let bytes = args::bytes(bytes, bytes_len, "bytes")?;
        let engine = object::get::<Engine>(engine.0)?;
        out.set(buffer::give(module::precompile(&engine, bytes)?)?);
        Ok(())
    })
}

/// Gets a number that two engines share only if artifacts of one load in the other. Engines that differ in it may fit
/// all the same: loading decides.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_UNSUPPORTED` (a build without
/// compiler).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_hash` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_engine_compatibility_hash(engine: wts_engine_t, out_hash: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_hash, "out_hash")?;
        out.set(compatibility_hash(&*object::get::<Engine>(engine.0)?)?);
        Ok(())
    })
}

#[cfg(feature = "compiler")]
fn compatibility_hash(engine: &Engine) -> Result<u64> {
    let mut hasher = artifact::hasher(engine.key.as_ref());
    crate::cache::feed(&engine.engine, &mut hasher);
    let hash = hasher.finalize();
    Ok(u64::from_le_bytes(*hash.as_bytes().first_chunk().expect("a hash of 32 bytes")))
}

#[cfg(not(feature = "compiler"))]
fn compatibility_hash(_: &Engine) -> Result<u64> {
    fail(WTS_ERR_UNSUPPORTED, "this build has no compiler, and Wasmtime tells its settings with one only")
}

/// Gets a number that the pool of an engine tells of itself: `WTS_POOL_...`. It changes while stores come and go.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no such number),
/// `WTS_ERR_STATE` (the engine has no pool).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_engine_pool_metric(
    engine: wts_engine_t,
    metric: i32,
    out_value: *mut u64,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_value, "out_value")?;
        let engine = object::get::<Engine>(engine.0)?;
        let Some(pool) = engine.engine.pooling_allocator_metrics() else {
            return fail(WTS_ERR_STATE, "the engine has no pool: allocation_strategy is not 1");
        };
        out.set(match metric {
            WTS_POOL_CORE_INSTANCES => pool.core_instances(),
            WTS_POOL_COMPONENT_INSTANCES => pool.component_instances(),
            WTS_POOL_MEMORIES => pool.memories() as u64,
            WTS_POOL_TABLES => pool.tables() as u64,
            WTS_POOL_STACKS => pool.stacks() as u64,
            WTS_POOL_GC_HEAPS => pool.gc_heaps() as u64,
            WTS_POOL_UNUSED_WARM_MEMORIES => u64::from(pool.unused_warm_memories()),
            WTS_POOL_UNUSED_MEMORY_BYTES_RESIDENT => pool.unused_memory_bytes_resident() as u64,
            WTS_POOL_UNUSED_WARM_TABLES => u64::from(pool.unused_warm_tables()),
            WTS_POOL_UNUSED_TABLE_BYTES_RESIDENT => pool.unused_table_bytes_resident() as u64,
            WTS_POOL_UNUSED_WARM_STACKS => u64::from(pool.unused_warm_stacks()),
            WTS_POOL_UNUSED_STACK_BYTES_RESIDENT => {
                pool.unused_stack_bytes_resident().map_or(WTS_UNLIMITED, |bytes| bytes as u64)
            }
            _ => return fail(WTS_ERR_RANGE, format_args!("a pool has no number {metric}")),
        });
        Ok(())
    })
}

/// Copies out the target triple that an engine makes code for, or takes it of.
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
pub unsafe extern "C" fn wts_engine_target(
    engine: wts_engine_t,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| args::copy_text_out(&object::get::<Engine>(engine.0)?.target, buf, cap, out_len))
}

/// Tells whether an engine runs WebAssembly with Pulley, Wasmtime's interpreter: 1 or 0.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_is` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_engine_is_pulley(engine: wts_engine_t, out_is: *mut i32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_is, "out_is")?;
        out.set(i32::from(object::get::<Engine>(engine.0)?.engine.is_pulley()));
        Ok(())
    })
}

/// Tells whether two handles name the same engine: 1 or 0.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_same` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_engine_same(
    engine: wts_engine_t,
    other: wts_engine_t,
    out_same: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_same, "out_same")?;
        let (engine, other) = (object::get::<Engine>(engine.0)?, object::get::<Engine>(other.0)?);
        out.set(i32::from(wasmtime::Engine::same(&engine.engine, &other.engine)));
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
