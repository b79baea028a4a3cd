//! Options of engines: one table, which sets them, lists them and documents them.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::object;
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::ffi::c_char;
use std::num::NonZeroUsize;
use wasmtime::{InstanceAllocationStrategy, PoolingAllocationConfig};

/// What was set.
#[derive(Default, Clone)]
pub(crate) struct Config {
    numbers: BTreeMap<i32, i64>,
    texts: BTreeMap<i32, String>,
}

struct Opt {
    number: i32,
    name: &'static str,
    kind: i32,
    min: i64,
    max: i64,
    apply: Apply,
    doc: &'static str,
}

/// Where a value goes.
enum Apply {
    Wasmtime(fn(&mut wasmtime::Config, i64)),
    Pool(fn(&mut PoolingAllocationConfig, i64)),
    /// The library's own: `Engine` reads it.
    Own,
}
use Apply::{Own, Pool, Wasmtime};

const fn flag(number: i32, name: &'static str, apply: Apply, doc: &'static str) -> Opt {
    Opt { number, name, kind: WTS_OPTION_BOOL, min: 0, max: 1, apply, doc }
}

const fn int(number: i32, name: &'static str, min: i64, max: i64, apply: Apply, doc: &'static str) -> Opt {
    Opt { number, name, kind: WTS_OPTION_INT, min, max, apply, doc }
}

const fn bytes(number: i32, name: &'static str, min: i64, max: i64, apply: Apply, doc: &'static str) -> Opt {
    Opt { number, name, kind: WTS_OPTION_BYTES, min, max, apply, doc }
}

const fn choice(number: i32, name: &'static str, max: i64, apply: Apply, doc: &'static str) -> Opt {
    Opt { number, name, kind: WTS_OPTION_ENUM, min: 0, max, apply, doc }
}

const fn text(number: i32, name: &'static str, doc: &'static str) -> Opt {
    Opt { number, name, kind: WTS_OPTION_TEXT, min: 0, max: 0, apply: Own, doc }
}

const KIB: i64 = 1 << 10;
const TIB: i64 = 1 << 40;
/// More of anything pooled is a slip: the pool's own books would take gigabytes.
const MOST_POOLED: i64 = 1_000_000;

/// Room on a fiber's stack besides what WebAssembly may use.
const FIBER_HEADROOM: usize = 1 << 20;

#[rustfmt::skip]
static OPTIONS: &[Opt] = &[
    choice(WTS_OPT_STRATEGY, "strategy", 2, Wasmtime(strategy), "The compiler: 0 lets Wasmtime choose, 1 is Cranelift (optimising), 2 is Winch (compiles fast, runs slower)."),
    choice(WTS_OPT_OPT_LEVEL, "opt_level", 2, Wasmtime(opt_level), "How far Cranelift optimises: 0 not at all, 1 for speed (the default), 2 for speed and size."),
    flag(WTS_OPT_CACHE, "cache", Own, "Keep compiled modules in a cache folder and load them from there. Off by default."),
    text(WTS_OPT_CACHE_DIR, "cache_dir", "The cache folder. Setting it turns the cache on. By default the user's cache folder with wasmtime-shim below it."),
    bytes(WTS_OPT_CACHE_SIZE, "cache_size", 1, i64::MAX, Own, "How many bytes the cache may hold; the least recently used modules go first. 512 MiB by default."),
    text(WTS_OPT_ARTIFACT_KEY, "artifact_key", "A secret. Artifacts and cache entries are sealed with it, and none that another secret or no secret sealed is accepted."),
    flag(WTS_OPT_DEBUG_INFO, "debug_info", Wasmtime(|c, v| { c.debug_info(v != 0); }), "Emit DWARF, so that native debuggers see WebAssembly. Off by default."),
    flag(WTS_OPT_PARALLEL_COMPILATION, "parallel_compilation", Wasmtime(parallel), "Compile the functions of a module on several threads. On by default."),
    flag(WTS_OPT_FUEL, "fuel", Wasmtime(|c, v| { c.consume_fuel(v != 0); }), "Count fuel, so that wts_store_set_fuel can give a store a budget. Off by default."),
    flag(WTS_OPT_EPOCH_INTERRUPTION, "epoch_interruption", Wasmtime(|c, v| { c.epoch_interruption(v != 0); }), "Let timeouts, interrupts and epoch deadlines end guests. Code runs a little slower. Off by default."),
    bytes(WTS_OPT_MAX_WASM_STACK, "max_wasm_stack", 16 * KIB, 1 << 30, Wasmtime(max_wasm_stack), "Stack that WebAssembly may use. A thread that calls needs it and 64 KiB more. 512 KiB by default."),
    flag(WTS_OPT_BACKTRACE, "backtrace", Wasmtime(|c, v| if v == 0 { c.wasm_backtrace_max_frames(None); }), "Collect a backtrace when WebAssembly traps. On by default."),
    int(WTS_OPT_BACKTRACE_MAX_FRAMES, "backtrace_max_frames", 1, 10_000, Wasmtime(|c, v| { c.wasm_backtrace_max_frames(NonZeroUsize::new(v as usize)); }), "How many frames a backtrace holds at most. 20 by default."),
    bytes(WTS_OPT_MEMORY_RESERVATION, "memory_reservation", 0, 64 * TIB, Wasmtime(|c, v| { c.memory_reservation(v as u64); }), "Address space reserved for each memory. 4 GiB by default."),
    bytes(WTS_OPT_MEMORY_RESERVATION_FOR_GROWTH, "memory_reservation_for_growth", 0, 64 * TIB, Wasmtime(|c, v| { c.memory_reservation_for_growth(v as u64); }), "Address space reserved for growth behind a memory that has to move. 2 GiB by default."),
    bytes(WTS_OPT_MEMORY_GUARD_SIZE, "memory_guard_size", 0, 64 * TIB, Wasmtime(|c, v| { c.memory_guard_size(v as u64); }), "Guard region behind each memory. 32 MiB by default."),
    flag(WTS_OPT_MEMORY_MAY_MOVE, "memory_may_move", Wasmtime(|c, v| { c.memory_may_move(v != 0); }), "Memories may move when they outgrow their reservation. On by default."),
    choice(WTS_OPT_ALLOCATION_STRATEGY, "allocation_strategy", 1, Own, "Where instances come from: 0 maps memory for each (the default), 1 takes them from a pool of fixed size."),
    int(WTS_OPT_POOL_INSTANCES, "pool_instances", 1, MOST_POOLED, Pool(|p, v| { p.total_core_instances(v as u32); }), "Instances in the pool. 1,000 by default."),
    int(WTS_OPT_POOL_MEMORIES, "pool_memories", 0, MOST_POOLED, Pool(|p, v| { p.total_memories(v as u32); }), "Memories in the pool. 1,000 by default."),
    int(WTS_OPT_POOL_TABLES, "pool_tables", 0, MOST_POOLED, Pool(|p, v| { p.total_tables(v as u32); }), "Tables in the pool. 1,000 by default."),
    bytes(WTS_OPT_POOL_MAX_MEMORY_SIZE, "pool_max_memory_size", 0, TIB, Pool(|p, v| { p.max_memory_size(v as usize); }), "The largest memory in the pool. 4 GiB by default."),
    int(WTS_OPT_POOL_TABLE_ELEMENTS, "pool_table_elements", 0, 1 << 28, Pool(|p, v| { p.table_elements(v as usize); }), "Elements of the largest table in the pool. 20,000 by default."),
    bytes(WTS_OPT_POOL_MAX_INSTANCE_SIZE, "pool_max_instance_size", 1, 1 << 30, Pool(|p, v| { p.max_core_instance_size(v as usize); }), "The largest instance's own data in the pool. 1 MiB by default."),
    int(WTS_OPT_POOL_MEMORIES_PER_MODULE, "pool_memories_per_module", 0, MOST_POOLED, Pool(|p, v| { p.max_memories_per_module(v as u32); }), "Memories that one pooled module may define. 1 by default."),
    int(WTS_OPT_POOL_TABLES_PER_MODULE, "pool_tables_per_module", 0, MOST_POOLED, Pool(|p, v| { p.max_tables_per_module(v as u32); }), "Tables that one pooled module may define. 1 by default."),
    int(WTS_OPT_POOL_MAX_UNUSED_WARM_SLOTS, "pool_max_unused_warm_slots", 0, MOST_POOLED, Pool(|p, v| { p.max_unused_warm_slots(v as u32); }), "Unused places of the pool that keep a module's image. 100 by default."),
    bytes(WTS_OPT_POOL_MEMORY_KEEP_RESIDENT, "pool_memory_keep_resident", 0, TIB, Pool(|p, v| { p.linear_memory_keep_resident(v as usize); }), "Bytes of a pooled memory that are reset by writing zeros instead of unmapping. 0 by default."),
    bytes(WTS_OPT_POOL_TABLE_KEEP_RESIDENT, "pool_table_keep_resident", 0, TIB, Pool(|p, v| { p.table_keep_resident(v as usize); }), "Bytes of a pooled table that are reset by writing zeros instead of unmapping. 0 by default."),
    int(WTS_OPT_POOL_GC_HEAPS, "pool_gc_heaps", 0, MOST_POOLED, Pool(|p, v| { p.total_gc_heaps(v as u32); }), "Garbage-collected heaps in the pool. 1,000 by default."),
    int(WTS_OPT_POOL_STACKS, "pool_stacks", 0, MOST_POOLED, Pool(|p, v| { p.total_stacks(v as u32); }), "Fiber stacks in the pool. 1,000 by default."),
];

#[cfg(feature = "compiler")]
fn strategy(config: &mut wasmtime::Config, value: i64) {
    use wasmtime::Strategy::{Auto, Cranelift, Winch};
    config.strategy(match value as i32 {
        WTS_STRATEGY_CRANELIFT => Cranelift,
        WTS_STRATEGY_WINCH => Winch,
        _ => Auto,
    });
}

#[cfg(feature = "compiler")]
fn opt_level(config: &mut wasmtime::Config, value: i64) {
    use wasmtime::OptLevel::{None, Speed, SpeedAndSize};
    config.cranelift_opt_level(match value as i32 {
        WTS_OPTIMIZE_NONE => None,
        WTS_OPTIMIZE_SPEED_AND_SIZE => SpeedAndSize,
        _ => Speed,
    });
}

#[cfg(feature = "compiler")]
fn parallel(config: &mut wasmtime::Config, value: i64) {
    config.parallel_compilation(value != 0);
}

// Without a compiler these say how code would be made that is never made.
#[cfg(not(feature = "compiler"))]
use {no_compiler as strategy, no_compiler as opt_level, no_compiler as parallel};
#[cfg(not(feature = "compiler"))]
fn no_compiler(_: &mut wasmtime::Config, _: i64) {}

fn max_wasm_stack(config: &mut wasmtime::Config, value: i64) {
    let size = value as usize;
    config.max_wasm_stack(size).async_stack_size(size + FIBER_HEADROOM);
}

fn option(number: i32) -> Result<&'static Opt> {
    match OPTIONS.iter().find(|option| option.number == number) {
        Some(option) => Ok(option),
        None => fail(WTS_ERR_RANGE, format_args!("{number} is not an option; wts_option_at lists them")),
    }
}

impl Opt {
    fn is_text(&self) -> bool {
        self.kind == WTS_OPTION_TEXT
    }

    fn check_text(&self, wanted: bool) -> Result {
        match (self.is_text(), wanted) {
            (true, false) => {
                fail(WTS_ERR_TYPE, format_args!("the option {} is a text: wts_config_set_text sets it", self.name))
            }
            (false, true) => {
                fail(WTS_ERR_TYPE, format_args!("the option {} is a number: wts_config_set sets it", self.name))
            }
            _ => Ok(()),
        }
    }

    fn check(&self, value: i64) -> Result {
        if (self.min..=self.max).contains(&value) {
            return Ok(());
        }
        let (name, min, max) = (self.name, self.min, self.max);
        fail(WTS_ERR_RANGE, format_args!("the option {name} is {value}; it must be from {min} to {max}"))
    }

    fn not_set<T>(&self) -> Result<T> {
        fail(WTS_ERR_STATE, format_args!("the option {} was not set; its default applies", self.name))
    }
}

impl Config {
    pub fn number(&self, option: i32) -> Option<i64> {
        self.numbers.get(&option).copied()
    }

    pub fn text(&self, option: i32) -> Option<&str> {
        self.texts.get(&option).map(String::as_str)
    }

    pub fn is_on(&self, option: i32) -> bool {
        self.number(option) == Some(1)
    }

    /// Whether compiled modules are cached: said so, or a folder for it was named.
    pub fn caches(&self) -> bool {
        self.number(WTS_OPT_CACHE).map_or(self.text(WTS_OPT_CACHE_DIR).is_some(), |value| value == 1)
    }

    /// The options as Wasmtime wants them.
    pub fn to_wasmtime(&self) -> Result<wasmtime::Config> {
        self.check_together()?;
        let mut config = wasmtime::Config::new();
        let mut pool = PoolingAllocationConfig::new();
        for (number, value) in &self.numbers {
            match option(*number)?.apply {
                Wasmtime(apply) => apply(&mut config, *value),
                Pool(apply) => apply(&mut pool, *value),
                Own => {}
            }
        }
        if self.pools() {
            config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
        }
        Ok(config)
    }

    fn pools(&self) -> bool {
        self.number(WTS_OPT_ALLOCATION_STRATEGY) == Some(i64::from(WTS_ALLOCATION_POOLING))
    }

    /// Options that contradict each other; Wasmtime itself finds the rest.
    fn check_together(&self) -> Result {
        let pooled =
            OPTIONS.iter().find(|option| matches!(option.apply, Pool(_)) && self.number(option.number).is_some());
        if let (Some(option), false) = (pooled, self.pools()) {
            let name = option.name;
            return fail(WTS_ERR_STATE, format_args!("{name} is set, but allocation_strategy is not 1 (pooling)"));
        }
        for (option, name) in [(WTS_OPT_CACHE_SIZE, "cache_size"), (WTS_OPT_CACHE_DIR, "cache_dir")] {
            if !self.caches() && (self.number(option).is_some() || self.text(option).is_some()) {
                return fail(WTS_ERR_STATE, format_args!("{name} is set, but cache is not 1"));
            }
        }
        if self.number(WTS_OPT_BACKTRACE) == Some(0) && self.number(WTS_OPT_BACKTRACE_MAX_FRAMES).is_some() {
            return fail(WTS_ERR_STATE, "backtrace_max_frames is set, but backtrace is 0");
        }
        Ok(())
    }
}

/// Makes a config, in which nothing is set: the defaults apply.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_config` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_config_new(out_config: *mut wts_config_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_config, "out_config")?;
        out.set(wts_config_t(object::insert(Mutex::new(Config::default()))?));
        Ok(())
    })
}

/// Sets an option that is a number. `wts_option_range` tells which values fit.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no such option, or a value that
/// does not fit), `WTS_ERR_TYPE` (the option is a text).
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_config_set(config: wts_config_t, option: i32, value: i64) -> wts_status_t {
    boundary(|| {
        let config = object::get::<Mutex<Config>>(config.0)?;
        let option = self::option(option)?;
        option.check_text(false)?;
        option.check(value)?;
        config.lock().numbers.insert(option.number, value);
        Ok(())
    })
}

/// Gets what an option was set to.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no such option),
/// `WTS_ERR_TYPE` (the option is a text), `WTS_ERR_STATE` (it was not set).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_config_get(config: wts_config_t, option: i32, out_value: *mut i64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_value, "out_value")?;
        let config = object::get::<Mutex<Config>>(config.0)?;
        let option = self::option(option)?;
        option.check_text(false)?;
        let value = config.lock().number(option.number);
        match value {
            Some(value) => out.set(value),
            None => return option.not_set(),
        }
        Ok(())
    })
}

/// Sets an option that is a text.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no
/// such option, or an empty text), `WTS_ERR_TYPE` (the option is a number).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `text` holds `text_len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_config_set_text(
    config: wts_config_t,
    option: i32,
    text: *const c_char,
    text_len: usize,
) -> wts_status_t {
    boundary(|| {
        let text = args::text(text, text_len, "text")?;
        let config = object::get::<Mutex<Config>>(config.0)?;
        let option = self::option(option)?;
        option.check_text(true)?;
        if text.is_empty() {
            return fail(WTS_ERR_RANGE, format_args!("the option {} must not be empty", option.name));
        }
        config.lock().texts.insert(option.number, text.to_owned());
        Ok(())
    })
}

/// Copies out what an option was set to.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no
/// such option), `WTS_ERR_TYPE` (the option is a number), `WTS_ERR_STATE` (it was not set).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_config_get_text(
    config: wts_config_t,
    option: i32,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let config = object::get::<Mutex<Config>>(config.0)?;
        let option = self::option(option)?;
        option.check_text(true)?;
        let value = config.lock().text(option.number).map(str::to_owned);
        match value {
            Some(value) => args::copy_text_out(&value, buf, cap, out_len),
            None => option.not_set(),
        }
    })
}

/// Deletes a config. Engines made with it are not affected.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_config_delete(config: wts_config_t) -> wts_status_t {
    boundary(|| object::delete::<Mutex<Config>>(config.0))
}

/// Gets how many options there are.
///
/// # Errors
/// `WTS_ERR_NULL`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_option_count(out_count: *mut usize) -> wts_status_t {
    boundary(|| {
        args::out(out_count, "out_count")?.set(OPTIONS.len());
        Ok(())
    })
}

/// Gets the number of the option at an index.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_option` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_option_at(index: usize, out_option: *mut i32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_option, "out_option")?;
        out.set(args::index(OPTIONS.get(index), index, OPTIONS.len(), "option")?.number);
        Ok(())
    })
}

/// Finds an option by its name, such as `max_wasm_stack`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_NOT_FOUND`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `name` holds `name_len` bytes; `out_option` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_option_find(name: *const c_char, name_len: usize, out_option: *mut i32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_option, "out_option")?;
        let name = args::text(name, name_len, "name")?;
        match OPTIONS.iter().find(|option| option.name == name) {
            Some(option) => out.set(option.number),
            None => {
                let names: Vec<_> = OPTIONS.iter().map(|option| option.name).collect();
                let names = names.join(", ");
                return fail(WTS_ERR_NOT_FOUND, format_args!("there is no option {name:?}; the options are {names}"));
            }
        }
        Ok(())
    })
}

/// Copies out the name of an option.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (no such option).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_option_name(
    option: i32,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| args::copy_text_out(self::option(option)?.name, buf, cap, out_len))
}

/// Copies out what an option does.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (no such option).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_option_doc(
    option: i32,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| args::copy_text_out(self::option(option)?.doc, buf, cap, out_len))
}

/// Gets what kind of value an option has: `WTS_OPTION_...`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_RANGE` (no such option).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_kind` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_option_kind(option: i32, out_kind: *mut i32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_kind, "out_kind")?;
        out.set(self::option(option)?.kind);
        Ok(())
    })
}

/// Gets the smallest and the largest value of an option that is a number.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_RANGE` (no such option), `WTS_ERR_TYPE` (the option is a text).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// Both are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_option_range(option: i32, out_min: *mut i64, out_max: *mut i64) -> wts_status_t {
    boundary(|| {
        let out_min = args::out(out_min, "out_min")?;
        let out_max = args::out(out_max, "out_max")?;
        let option = self::option(option)?;
        option.check_text(false)?;
        out_min.set(option.min);
        out_max.set(option.max);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_of_options_are_unique_and_in_order() {
        for (index, option) in OPTIONS.iter().enumerate() {
            assert_eq!(option.number, index as i32 + 1, "{}", option.name);
            assert!(OPTIONS[..index].iter().all(|other| other.name != option.name));
            assert!(option.doc.ends_with('.'), "{}", option.name);
        }
    }

    #[test]
    fn every_option_constant_is_in_the_table() {
        let constants = include_str!("abi.rs").lines().filter(|line| line.starts_with("pub const WTS_OPT_"));
        assert_eq!(constants.count(), OPTIONS.len());
    }

    #[test]
    fn every_option_makes_an_engine_at_both_ends_of_its_range_or_is_refused() {
        for option in OPTIONS.iter().filter(|option| !option.is_text()) {
            for value in [option.min, option.max] {
                let mut config = Config::default();
                config.numbers.insert(option.number, value);
                if matches!(option.apply, Pool(_)) {
                    config.numbers.insert(WTS_OPT_ALLOCATION_STRATEGY, 1);
                }
                if option.number == WTS_OPT_CACHE_SIZE {
                    config.numbers.insert(WTS_OPT_CACHE, 1);
                }
                // Some ends are more than this machine can give; that must be an error, not a crash.
                let outcome = config.to_wasmtime().map(|config| wasmtime::Engine::new(&config).is_ok());
                assert!(outcome.is_ok(), "{} = {value}", option.name);
            }
        }
    }
}
