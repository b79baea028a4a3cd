//! Linkers: names and what they stand for, to instantiate modules with.
//!
//! A linker is changed by copying: what runs WebAssembly works on the version it began with, and no
//! lock is held while it runs.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, fail};
use crate::drops::boundary;
use crate::engine::Engine;
use crate::error::{self, chain};
use crate::fiber;
use crate::func;
use crate::handle::IMPORTABLE;
use crate::host::Callback;
use crate::instance;
use crate::instance_pre::InstancePre;
use crate::module::Module;
use crate::object;
use crate::pending;
use crate::shared_memory::{self, SharedMemory};
use crate::slots::SlotKind;
use crate::store::{self, Context, Data, Entered, LinkedName, enter, enter_store};
use crate::types::Type;
use crate::wasi;
use parking_lot::Mutex;
use smallvec::smallvec;
use std::ffi::{c_char, c_void};
use std::sync::Arc;
use wasmtime::{Extern, Func};

pub(crate) struct Linker {
    pub engine: Arc<Engine>,
    version: Mutex<Version>,
}

#[derive(Clone)]
struct Version {
    linker: Arc<wasmtime::Linker<Data>>,
    shadows: bool,
    /// Counts the changes that may have replaced a definition: what was looked up before such a one is not
    /// used after it.
    replaced: u64,
    home: Home,
}

impl Version {
    /// One definition, which Wasmtime makes or refuses.
    fn change(&mut self, change: impl FnOnce(&mut wasmtime::Linker<Data>) -> Result) -> Result {
        change(Arc::make_mut(&mut self.linker))?;
        self.replaced += u64::from(self.shadows);
        Ok(())
    }

    /// Several definitions: all of them or, if one is refused, none.
    fn change_all(&mut self, change: impl FnOnce(&mut wasmtime::Linker<Data>) -> Result) -> Result {
        let mut changed = wasmtime::Linker::clone(&self.linker);
        change(&mut changed)?;
        self.linker = Arc::new(changed);
        self.replaced += u64::from(self.shadows);
        Ok(())
    }
}

/// Where a linker can be used.
#[derive(Clone, Copy, Default)]
pub(crate) struct Home {
    /// The store that it belongs to, once it holds an item of one.
    store: Option<wts_store_t>,
    /// Whether a function of it may wait, which only asynchronous stores can.
    waits: bool,
    /// Whether it defines WASI's functions.
    wasi: bool,
}

impl Home {
    /// Checks that `store` is home.
    pub fn check(self, store: &Entered) -> Result {
        if self.waits {
            store.check_async()?;
        }
        let Some(home) = self.store.filter(|home| home.0 != store.handle()) else {
            return Ok(());
        };
        if store::is_over(home.0) {
            return fail(WTS_ERR_STALE, "the linker holds items of a store that was deleted");
        }
        fail(WTS_ERR_WRONG_STORE, "the linker holds items of another store")
    }

    /// Whether a module imports WASI's functions from here.
    pub fn uses_wasi(self, module: &Module) -> bool {
        self.wasi && module.imports_wasi()
    }

    /// Checks that `store` is home and has what a module imports.
    pub fn check_module(self, store: &Entered, module: &Module) -> Result {
        self.check(store)?;
        if self.uses_wasi(module) { wasi::check(store) } else { Ok(()) }
    }
}

impl Linker {
    fn now(&self) -> Version {
        self.version.lock().clone()
    }

    fn change(&self, change: impl FnOnce(&mut wasmtime::Linker<Data>) -> Result) -> Result {
        self.version.lock().change(change)
    }

    fn change_all(&self, change: impl FnOnce(&mut wasmtime::Linker<Data>) -> Result) -> Result {
        self.version.lock().change_all(change)
    }

    /// For what brings in items of a store.
    fn change_at_home(&self, store: &Entered, change: impl FnOnce(&mut wasmtime::Linker<Data>) -> Result) -> Result {
        store.body().engine.check_same(&self.engine, "linker")?;
        let mut version = self.version.lock();
        version.home.check(store)?;
        version.change_all(change)?;
        version.home.store = Some(wts_store_t(store.handle()));
        Ok(())
    }

    /// For what brings in items of a store too, and runs callbacks: it worked on a copy of the version before, and no
    /// lock was held.
    fn replace_at_home(&self, store: &Entered, before: &Version, changed: wasmtime::Linker<Data>) -> Result {
        let mut version = self.version.lock();
        if !Arc::ptr_eq(&version.linker, &before.linker) {
            return fail(WTS_ERR_BUSY, "the linker was changed meanwhile");
        }
        version.linker = Arc::new(changed);
        version.replaced += u64::from(version.shadows);
        version.home.store = Some(wts_store_t(store.handle()));
        Ok(())
    }

    /// The version to use in a store.
    fn for_store(&self, store: &Entered) -> Result<Version> {
        store.body().engine.check_same(&self.engine, "linker")?;
        let now = self.now();
        now.home.check(store)?;
        Ok(now)
    }

    /// The version to instantiate a module with in a store.
    fn for_module(&self, store: &Entered, module: &Module) -> Result<Version> {
        module.engine.check_same(&self.engine, "module")?;
        store.body().engine.check_same(&self.engine, "linker")?;
        let now = self.now();
        now.home.check_module(store, module)?;
        Ok(now)
    }

    /// Defines WASI's functions.
    fn define_wasi(&self, waits: bool) -> Result {
        wasi::check_available()?;
        let mut version = self.version.lock();
        version.change_all(|linker| wasi::define(linker, waits).or_else(refused))?;
        version.home.waits |= waits;
        version.home.wasi = true;
        Ok(())
    }
}

/// Why a definition was refused.
fn refused(error: wasmtime::Error) -> Result {
    fail(WTS_ERR_STATE, format_args!("{}: allow it with wts_linker_set_allow_shadowing", chain(&error)))
}

/// Makes a linker, in which nothing is defined.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_linker` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_new(engine: wts_engine_t, out_linker: *mut wts_linker_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_linker, "out_linker")?;
        let engine = object::get::<Engine>(engine.0)?;
        let linker = Arc::new(wasmtime::Linker::new(&engine.engine));
        let version = Mutex::new(Version { linker, shadows: false, replaced: 0, home: Home::default() });
        out.set(wts_linker_t(object::insert::<Linker>(Linker { engine, version })?));
        Ok(())
    })
}

/// Makes a linker with the same definitions and settings, which is changed on its own from then on.
///
/// The new one is the caller's to delete. A host function is dropped when both let go of it.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_linker` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_clone(linker: wts_linker_t, out_linker: *mut wts_linker_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_linker, "out_linker")?;
        let linker = object::get::<Linker>(linker.0)?;
        let copy = Linker { engine: linker.engine.clone(), version: Mutex::new(linker.now()) };
        out.set(wts_linker_t(object::insert::<Linker>(copy)?));
        Ok(())
    })
}

/// Allows (1) or refuses (0, the default) that a name is defined again.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_linker_set_allow_shadowing(linker: wts_linker_t, allow: i32) -> wts_status_t {
    boundary(|| {
        let allow = args::flag(allow, "allow")?;
        let linker = object::get::<Linker>(linker.0)?;
        let mut version = linker.version.lock();
        version.shadows = allow;
        Arc::make_mut(&mut version.linker).allow_shadowing(allow);
        Ok(())
    })
}

/// Allows (1) or refuses (0, the default) commands that export more than functions and what is usual beside them.
///
/// `wts_linker_define_module` takes a module that exports `_start` for a command, and defines its functions only.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_linker_set_allow_unknown_exports(linker: wts_linker_t, allow: i32) -> wts_status_t {
    boundary(|| {
        let allow = args::flag(allow, "allow")?;
        let linker = object::get::<Linker>(linker.0)?;
        linker.change(|linker| {
            linker.allow_unknown_exports(allow);
            Ok(())
        })
    })
}

/// Defines a host function under two names, for all stores of the engine.
///
/// `params` and `results` hold value kinds. `function` is called with `env`; `drop`, if not NULL, runs
/// once on `env` when the linker and all that was instantiated with it are deleted. On failure nothing
/// was taken: `drop` does not run.
///
/// # Errors
/// `WTS_ERR_NULL` (`function` too), `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`,
/// `WTS_ERR_RANGE` (an unknown value kind), `WTS_ERR_UNSUPPORTED` (`WTS_REF`, `WTS_REF_NULL`: see
/// `wts_linker_define_func_of`), `WTS_ERR_STATE` (the name is taken), `WTS_ERR_LIMIT` (over 1,000 parameters or
/// results).
///
/// # Threads
/// Any thread. `function` is called on the thread that runs the store, so on several at once if several
/// stores use it.
///
/// # Safety
/// Texts and kinds are as long as said; `function` may be called with `env`, on any thread, until `drop`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_define_func(
    linker: wts_linker_t,
    module: *const c_char,
    module_len: usize,
    name: *const c_char,
    name_len: usize,
    params: *const i32,
    params_len: usize,
    results: *const i32,
    results_len: usize,
    function: wts_callback_t,
    env: *mut c_void,
    drop: wts_drop_t,
) -> wts_status_t {
    boundary(|| {
        let module = args::text(module, module_len, "module")?;
        let name = args::text(name, name_len, "name")?;
        let params = args::input(params, params_len, "params")?;
        let results = args::input(results, results_len, "results")?;
        define_func(linker, module, name, &Type::func(params, results)?, function, env, drop, false)
    })
}

fn define_func(
    linker: wts_linker_t,
    module: &str,
    name: &str,
    ty: &Type,
    function: wts_callback_t,
    env: *mut c_void,
    drop: wts_drop_t,
    waits: bool,
) -> Result {
    let linker = object::get::<Linker>(linker.0)?;
    let ty = ty.to_func(&linker.engine.engine)?;
    let callback = Callback::new(function, env, drop, &ty)?;
    let taken = callback.env.clone();
    let define = if waits { Callback::define_async } else { Callback::define };
    let mut version = linker.version.lock();
    version.change(|linker| define(callback, linker, module, name, ty).or_else(refused))?;
    version.home.waits |= waits;
    taken.take();
    Ok(())
}

/// Defines a host function that may answer `WTS_PENDING`; else as `wts_linker_define_func`.
///
/// Its call is left then, and `function` is called again when it is polled, with the same arguments and another caller,
/// until it answers something else. The linker serves stores with `WTS_STORE_ASYNC` only from then on; for others it is
/// `WTS_ERR_STATE`.
///
/// # Errors
/// As `wts_linker_define_func`.
///
/// # Threads
/// Any thread. `function` is called on the thread that runs the store, so on several at once if several
/// stores use it.
///
/// # Safety
/// Texts and kinds are as long as said; `function` may be called with `env`, on any thread, until `drop`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_define_func_async(
    linker: wts_linker_t,
    module: *const c_char,
    module_len: usize,
    name: *const c_char,
    name_len: usize,
    params: *const i32,
    params_len: usize,
    results: *const i32,
    results_len: usize,
    function: wts_callback_t,
    env: *mut c_void,
    drop: wts_drop_t,
) -> wts_status_t {
    boundary(|| {
        let module = args::text(module, module_len, "module")?;
        let name = args::text(name, name_len, "name")?;
        let params = args::input(params, params_len, "params")?;
        let results = args::input(results, results_len, "results")?;
        define_func(linker, module, name, &Type::func(params, results)?, function, env, drop, true)
    })
}

/// Defines a host function of a function type under two names; else as `wts_linker_define_func`.
///
/// # Errors
/// `WTS_ERR_NULL` (`function` too), `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`,
/// `WTS_ERR_WRONG_STORE` (a type of another engine), `WTS_ERR_TYPE` (not a function type), `WTS_ERR_STATE` (the
/// name is taken).
///
/// # Threads
/// Any thread. `function` is called on the thread that runs the store, so on several at once if several
/// stores use it.
///
/// # Safety
/// Texts are as long as said; `function` may be called with `env`, on any thread, until `drop`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_define_func_of(
    linker: wts_linker_t,
    module: *const c_char,
    module_len: usize,
    name: *const c_char,
    name_len: usize,
    r#type: wts_type_t,
    function: wts_callback_t,
    env: *mut c_void,
    drop: wts_drop_t,
) -> wts_status_t {
    boundary(|| {
        let module = args::text(module, module_len, "module")?;
        let name = args::text(name, name_len, "name")?;
        define_func(linker, module, name, &*object::get::<Type>(r#type.0)?, function, env, drop, false)
    })
}

/// Defines an existing func, memory, shared memory, global, table or tag under two names.
///
/// The linker belongs to the item's store from then on: it instantiates in no other. A shared memory that belongs to
/// no store leaves it free.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_WRONG_STORE` (the linker belongs to another store, or the item to another engine),
/// `WTS_ERR_STATE` (the name is taken).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// Texts are as long as said.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_define(
    linker: wts_linker_t,
    module: *const c_char,
    module_len: usize,
    name: *const c_char,
    name_len: usize,
    item: u64,
) -> wts_status_t {
    boundary(|| {
        let module = args::text(module, module_len, "module")?;
        let name = args::text(name, name_len, "name")?;
        let linker = object::get::<Linker>(linker.0)?;
        if let Some(memory) = shared_memory::of_no_store(item) {
            return define_shared_memory(&linker, module, name, &memory);
        }
        let store = enter(item, IMPORTABLE)?;
        let item = store.external(item, || IMPORTABLE)?;
        let context = store.context()?;
        linker.change_at_home(&store, |linker| linker.define(&context, module, name, item).map(drop).or_else(refused))
    })
}

fn define_shared_memory(linker: &Linker, module: &str, name: &str, memory: &SharedMemory) -> Result {
    memory.engine.check_same(&linker.engine, "shared memory")?;
    // Wasmtime wants to see a store, whichever it is.
    store::with_new(linker.engine.clone(), 0, |store| {
        let context = store.context()?;
        linker.change(|linker| {
            let defined = linker.define(&context, module, name, memory.memory.clone());
            defined.map(drop).or_else(refused)
        })
    })
}

/// Defines all exports of an instance under the module name `name`.
///
/// The linker belongs to the instance's store from then on.
///
/// # Errors
/// As `wts_linker_define`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `name` holds `name_len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_define_instance(
    linker: wts_linker_t,
    name: *const c_char,
    name_len: usize,
    instance: wts_instance_t,
) -> wts_status_t {
    boundary(|| {
        let name = args::text(name, name_len, "name")?;
        let linker = object::get::<Linker>(linker.0)?;
        let store = enter(instance.0, WTS_KIND_INSTANCE)?;
        let instance = store.instance(instance.0)?.instance;
        let mut context = store.context()?;
        linker.change_at_home(&store, |linker| linker.instance(&mut context, name, instance).map(drop).or_else(refused))
    })
}

/// Instantiates a module as its kind wants it and defines its exports under the module name `name`.
///
/// A command (it exports `_start`) is instantiated anew for each call of its exports. A reactor is
/// instantiated once, and its `_initialize` is called if it has one. The linker belongs to the store
/// from then on.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (the store,
/// or the linker was changed meanwhile), `WTS_ERR_STATE` (also: inside a resumable call), `WTS_ERR_WRONG_STORE`,
/// `WTS_ERR_LINK` (an import is missing or a name is taken), and what running it can end with: `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_EXIT`, `WTS_ERR_FUEL`,
/// `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `name` holds `name_len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_define_module(
    linker: wts_linker_t,
    store: wts_store_t,
    name: *const c_char,
    name_len: usize,
    module: wts_module_t,
) -> wts_status_t {
    boundary(|| {
        let name = args::text(name, name_len, "name")?;
        let linker = object::get::<Linker>(linker.0)?;
        let module = object::get::<Module>(module.0)?;
        let store = enter_store(store)?;
        let before = linker.for_module(&store, &module)?;
        let mut changed = wasmtime::Linker::clone(&before.linker);
        let mut context = store.context_to_run()?;
        let defined = if store.body().fibers {
            fiber::finish(&store, changed.module_async(&mut context, name, &module.module)).map(drop)
        } else if store.needs_fiber() {
            return fail(WTS_ERR_STATE, "a module cannot be defined by a linker inside a resumable call");
        } else {
            changed.module(&mut context, name, &module.module).map(drop)
        };
        if let Err(error) = defined {
            return Err(error::from_link(error, &mut context));
        }
        drop(context);
        linker.replace_at_home(&store, &before, changed)
    })
}

/// Defines each function that a module imports and the linker lacks, so that calling it fails with
/// `WTS_ERR_LINK`.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (another engine), `WTS_ERR_STATE`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_linker_define_unknown_imports_as_traps(
    linker: wts_linker_t,
    module: wts_module_t,
) -> wts_status_t {
    boundary(|| {
        let linker = object::get::<Linker>(linker.0)?;
        let module = object::get::<Module>(module.0)?;
        module.engine.check_same(&linker.engine, "module")?;
        linker.change_all(|linker| linker.define_unknown_imports_as_traps(&module.module).or_else(refused))
    })
}

/// Defines what a module imports and the linker lacks as items of `store` that do nothing: functions that return
/// zeros and nulls, globals and tables full of them, memories of zeros, tags. All of them or, if it fails, none.
///
/// The linker can be used with this store only afterwards.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (another store or engine), `WTS_ERR_BUSY`
/// (also: the linker was changed meanwhile), `WTS_ERR_STATE` (also: a shared memory, but the engine's option
/// `shared_memory` is off), `WTS_ERR_LINK` (the type has no zero: a reference that cannot be null), `WTS_ERR_LIMIT`,
/// `WTS_ERR_HOST` (the store's limiter failed), `WTS_ERR_MEMORY`.
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_linker_define_unknown_imports_as_defaults(
    linker: wts_linker_t,
    store: wts_store_t,
    module: wts_module_t,
) -> wts_status_t {
    boundary(|| {
        let linker = object::get::<Linker>(linker.0)?;
        let module = object::get::<Module>(module.0)?;
        let store = enter_store(store)?;
        module.engine.check_same(&linker.engine, "module")?;
        let before = linker.for_store(&store)?;
        let mut changed = wasmtime::Linker::clone(&before.linker);
        let defined = changed.define_unknown_imports_as_default_values(store.context()?, &module.module);
        defined.map_err(error::from_default)?;
        linker.replace_at_home(&store, &before, changed)
    })
}

/// Defines the functions of WASI 0.1 that a program's module imports from `wasi_snapshot_preview1`: all or, if a name
/// is taken, none.
///
/// What they do is up to the store (`wts_store_set_wasi`). One that has to wait, such as a read from an input that has
/// nothing yet, or sleeping, stops its thread; a timeout or an interrupt of the store ends it all the same, where the
/// engine's option `epoch_interruption` is on.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (a name is taken), `WTS_ERR_UNSUPPORTED` (a build
/// without WASI).
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_linker_define_wasi(linker: wts_linker_t) -> wts_status_t {
    boundary(|| object::get::<Linker>(linker.0)?.define_wasi(false))
}

/// Defines the functions of WASI 0.1 so that one that has to wait leaves its call: `wts_pending_poll` answers
/// `WTS_PENDING`, and the thread is free meanwhile; else as `wts_linker_define_wasi`.
///
/// The linker serves stores with `WTS_STORE_ASYNC` only from then on; for others it is `WTS_ERR_STATE`.
///
/// # Errors
/// As `wts_linker_define_wasi`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_linker_define_wasi_async(linker: wts_linker_t) -> wts_status_t {
    boundary(|| object::get::<Linker>(linker.0)?.define_wasi(true))
}

/// Defines `as_module`, `as_name` as another pair of names for what `module`, `name` stand for.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_NOT_FOUND`
/// (nothing has the old names), `WTS_ERR_STATE` (the new ones are taken).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// Texts are as long as said.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_alias(
    linker: wts_linker_t,
    module: *const c_char,
    module_len: usize,
    name: *const c_char,
    name_len: usize,
    as_module: *const c_char,
    as_module_len: usize,
    as_name: *const c_char,
    as_name_len: usize,
) -> wts_status_t {
    boundary(|| {
        let module = args::text(module, module_len, "module")?;
        let name = args::text(name, name_len, "name")?;
        let as_module = args::text(as_module, as_module_len, "as_module")?;
        let as_name = args::text(as_name, as_name_len, "as_name")?;
        let linker = object::get::<Linker>(linker.0)?;
        linker.change(|linker| match linker.alias(module, name, as_module, as_name) {
            Ok(_) => Ok(()),
            // Wasmtime has no type for either error; a test keeps these words.
            Err(error) if chain(&error).ends_with("defined twice") => refused(error),
            Err(_) => fail(WTS_ERR_NOT_FOUND, format_args!("the linker has no {module:?} {name:?}")),
        })
    })
}

/// Defines all names under the module name `module` under `as_module` too.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (a name is
/// taken).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// Texts are as long as said.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_alias_module(
    linker: wts_linker_t,
    module: *const c_char,
    module_len: usize,
    as_module: *const c_char,
    as_module_len: usize,
) -> wts_status_t {
    boundary(|| {
        let module = args::text(module, module_len, "module")?;
        let as_module = args::text(as_module, as_module_len, "as_module")?;
        let linker = object::get::<Linker>(linker.0)?;
        linker.change_all(|linker| linker.alias_module(module, as_module).or_else(refused))
    })
}

/// Gets what two names stand for, as an item of a store; the same handle each time, as long as no
/// definition was allowed to replace another.
///
/// The store remembers it, also when the linker is deleted.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_NOT_FOUND`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// Texts are as long as said; `out_item` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_get(
    linker: wts_linker_t,
    store: wts_store_t,
    module: *const c_char,
    module_len: usize,
    name: *const c_char,
    name_len: usize,
    out_item: *mut u64,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_item, "out_item")?;
        let module = args::text(module, module_len, "module")?;
        let name = args::text(name, name_len, "name")?;
        let id = linker.0;
        let linker = object::get::<Linker>(id)?;
        let store = enter_store(store)?;
        let version = linker.for_store(&store)?;
        match get(&store, id, &version, module, name)? {
            Some(item) => out.set(item),
            None => return fail(WTS_ERR_NOT_FOUND, format_args!("the linker has no {module:?} {name:?}")),
        }
        Ok(())
    })
}

/// Gets the default function of a module name: its export named with no characters, else `_start`, else a
/// function that does nothing.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_TYPE` (the default is not a function).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `name` holds `name_len` bytes; `out_func` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_get_default(
    linker: wts_linker_t,
    store: wts_store_t,
    name: *const c_char,
    name_len: usize,
    out_func: *mut wts_func_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_func, "out_func")?;
        let name = args::text(name, name_len, "name")?;
        let id = linker.0;
        let linker = object::get::<Linker>(id)?;
        let store = enter_store(store)?;
        let version = linker.for_store(&store)?;
        let default = match get(&store, id, &version, name, "")? {
            Some(item) => item,
            None => match get(&store, id, &version, name, "_start")? {
                Some(item) => item,
                None => nothing(&store)?,
            },
        };
        if let Err(failure) = store.func(default) {
            return fail(WTS_ERR_TYPE, format_args!("the default of {name:?} is not a function: {}", failure.message));
        }
        out.set(wts_func_t(default));
        Ok(())
    })
}

/// What two names stand for in a store, if anything. Wasmtime makes a host function anew each time it is
/// asked for one and keeps it as long as the store, so what was looked up before is remembered.
fn get(store: &Entered, linker: u64, version: &Version, module: &str, name: &str) -> Result<Option<u64>> {
    let known: LinkedName = (linker, version.replaced, module.into(), name.into());
    if let Some(handle) = store.body().linked.borrow().get(&known) {
        return Ok(Some(*handle));
    }
    let mut context = store.context()?;
    let Ok(found) = version.linker.get(&mut context, module, name) else {
        return Ok(None);
    };
    remember(store, known, context, found).map(Some)
}

/// The function that does nothing.
fn nothing(store: &Entered) -> Result<u64> {
    let known = LinkedName::default();
    if let Some(handle) = store.body().linked.borrow().get(&known) {
        return Ok(*handle);
    }
    let mut context = store.context()?;
    let func = Func::wrap(&mut context, || {});
    remember(store, known, context, Extern::Func(func))
}

fn remember(store: &Entered, name: LinkedName, mut cx: Context<'_>, found: Extern) -> Result<u64> {
    let handle = store.handle_of(&mut cx, found)?;
    store.body().linked.borrow_mut().insert(name, handle);
    Ok(handle)
}

/// Instantiates a module with what the linker defines, and runs its start function.
///
/// The instance belongs to the store.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_WRONG_STORE` (the linker belongs to another store; the module to another engine),
/// `WTS_ERR_LINK` (an import is missing or has another type; the message has its two names),
/// `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`, and what the start function can end with: `WTS_ERR_TRAP`,
/// `WTS_ERR_HOST`, `WTS_ERR_EXIT`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_instance` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_instantiate(
    linker: wts_linker_t,
    store: wts_store_t,
    module: wts_module_t,
    out_instance: *mut wts_instance_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_instance, "out_instance")?;
        out.set(wts_instance_t(Parts::get(linker, store, module)?.instantiate()?));
        Ok(())
    })
}

/// What an instance is made of.
struct Parts {
    linker: Arc<Linker>,
    store: Entered,
    module: Arc<Module>,
}

impl Parts {
    fn get(linker: wts_linker_t, store: wts_store_t, module: wts_module_t) -> Result<Self> {
        let linker = object::get::<Linker>(linker.0)?;
        let module = object::get::<Module>(module.0)?;
        Ok(Parts { linker, store: enter_store(store)?, module })
    }

    fn version(&self) -> Result<Version> {
        self.linker.for_module(&self.store, &self.module)
    }

    fn instantiate(&self) -> Result<u64> {
        let Parts { store, module, .. } = self;
        let version = self.version()?;
        let mut context = store.context_to_run()?;
        let instance = if store.needs_fiber() {
            fiber::finish(store, version.linker.instantiate_async(&mut context, &module.module))
        } else {
            version.linker.instantiate(&mut context, &module.module)
        };
        instance::add(store, context, module, instance)
    }
}

/// Calls an export that takes and returns nothing, if there is one.
fn call_export(store: &Entered, instance: u64, name: &str) -> Result<bool> {
    let item = store.instance(instance)?;
    let Ok(index) = item.module.export_index(name.as_bytes()) else {
        return Ok(false);
    };
    let export = item.module.exports().get(index)?;
    let Some(signature) = &export.signature else {
        return fail(WTS_ERR_TYPE, format_args!("{name:?} is not a function"));
    };
    if signature.check_slots(0, 0).is_err() {
        return fail(
            WTS_ERR_TYPE,
            format_args!("{name:?} takes or returns something, which that of a program does not"),
        );
    }
    let mut context = store.context()?;
    let Some(Extern::Func(func)) = item.instance.get_module_export(&mut context, &export.place) else {
        return fail(WTS_ERR_INTERNAL, "the instance lacks an export of its module");
    };
    drop(context);
    let (none, no_results) =
        (args::input(std::ptr::null(), 0, "args")?, args::output(std::ptr::null_mut(), 0, "results")?);
    func::call(store, func, signature, none, no_results)?;
    Ok(true)
}

/// Instantiates a command, a module that exports `_start`, and runs it to its end: a program that was compiled for
/// WASI.
///
/// `WTS_OK` means that it returned, or exited with status 0. Another status is `WTS_ERR_EXIT`, and
/// `wts_error_exit_status` tells it. The instance belongs to the store; a command that is run again gets another one.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (also: the store has no WASI and
/// the module imports some), `WTS_ERR_WRONG_STORE`, `WTS_ERR_LINK`, `WTS_ERR_NOT_FOUND` (no `_start`: it is no
/// command), `WTS_ERR_TYPE` (`_start` takes or returns something), `WTS_ERR_EXIT`, and what else the program can end
/// with: `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LIMIT`,
/// `WTS_ERR_MEMORY`.
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_linker_run_command(
    linker: wts_linker_t,
    store: wts_store_t,
    module: wts_module_t,
) -> wts_status_t {
    boundary(|| {
        let parts = Parts::get(linker, store, module)?;
        if parts.module.export_index(b"_start").is_err() {
            return fail(WTS_ERR_NOT_FOUND, "the module exports no \"_start\", so it is no command");
        }
        let ran = parts.instantiate().and_then(|instance| call_export(&parts.store, instance, "_start"));
        match ran {
            Err(failure) if failure.exit_status != Some(0) => Err(failure),
            _ => Ok(()),
        }
    })
}

/// Instantiates a reactor, a library that was compiled for WASI: calls its `_initialize`, if it has one, before
/// anything else.
///
/// The instance belongs to the store.
///
/// # Errors
/// As `wts_linker_instantiate`, and `WTS_ERR_EXIT` (it exited), `WTS_ERR_TYPE` (`_initialize` takes or returns
/// something, or the module is a command: it exports `_start`).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_instance` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_instantiate_reactor(
    linker: wts_linker_t,
    store: wts_store_t,
    module: wts_module_t,
    out_instance: *mut wts_instance_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_instance, "out_instance")?;
        let parts = Parts::get(linker, store, module)?;
        if parts.module.export_index(b"_start").is_ok() {
            return fail(
                WTS_ERR_TYPE,
                "the module is a command, since it exports \"_start\": wts_linker_run_command runs it",
            );
        }
        let instance = parts.instantiate()?;
        call_export(&parts.store, instance, "_initialize")?;
        out.set(wts_instance_t(instance));
        Ok(())
    })
}

/// Starts to instantiate a module with what the linker defines: a resumable call, as `wts_func_start` starts one.
///
/// The start function runs when it is polled. When it has ended, `wts_pending_results` gets one slot: the instance.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (also: inside a host function of
/// the store), `WTS_ERR_STATE` (also: another resumable call has not ended yet), `WTS_ERR_WRONG_STORE` (the linker
/// belongs to another store; the module to another engine), `WTS_ERR_LIMIT`. All else that `wts_linker_instantiate`
/// ends with `wts_pending_poll` does.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_pending` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_start_instance(
    linker: wts_linker_t,
    store: wts_store_t,
    module: wts_module_t,
    out_pending: *mut wts_pending_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_pending, "out_pending")?;
        let parts = Parts::get(linker, store, module)?;
        let version = parts.version()?;
        let Parts { store, module, .. } = parts;
        let slot = store.slot();
        let started = pending::start(&store, &[SlotKind::I64], |mut context| {
            Ok(Box::pin(async move {
                match version.linker.instantiate_async(&mut context, &module.module).await {
                    Ok(made) => Ok(smallvec![slot.enter_again().add_instance(made, module)? as i64]),
                    Err(error) => Err(error::from_link(error, context)),
                }
            }))
        });
        out.set(started?);
        Ok(())
    })
}

/// Resolves a module's imports once, for many instantiations with `wts_instance_pre_instantiate`.
///
/// What the linker defines later does not change it.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (another engine),
/// `WTS_ERR_LINK` (an import is missing or has another type).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_pre` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_linker_instantiate_pre(
    linker: wts_linker_t,
    module: wts_module_t,
    out_pre: *mut wts_instance_pre_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_pre, "out_pre")?;
        let linker = object::get::<Linker>(linker.0)?;
        let module = object::get::<Module>(module.0)?;
        module.engine.check_same(&linker.engine, "module")?;
        let now = linker.now();
        let pre = match now.linker.instantiate_pre(&module.module) {
            Ok(pre) => pre,
            Err(error) => return Err(error::describe(error, WTS_ERR_LINK)),
        };
        let pre = InstancePre::new(pre, module, linker.engine.clone(), now.home);
        out.set(wts_instance_pre_t(object::insert::<InstancePre>(pre)?));
        Ok(())
    })
}

/// Deletes a linker. What was instantiated with it is not affected.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread. Drop callbacks of its host functions may run here.
#[unsafe(no_mangle)]
pub extern "C" fn wts_linker_delete(linker: wts_linker_t) -> wts_status_t {
    boundary(|| object::delete::<Linker>(linker.0))
}
