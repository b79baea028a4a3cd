//! Modules with their imports resolved, ready to be instantiated many times.

use crate::abi::*;
use crate::args::{self, Input, Output};
use crate::boundary::{Result, fail};
use crate::drops::boundary;
use crate::engine::Engine;
use crate::error;
use crate::fiber;
use crate::func::{self, Signature};
use crate::instance;
use crate::linker::Home;
use crate::module::Module;
use crate::object;
use crate::store::{self, Context, Data, Entered, enter_store};
use crate::wasi::{self, Wasi};
use parking_lot::Mutex;
use std::sync::Arc;
use wasmtime::{Extern, Instance, ModuleExport};

pub(crate) struct InstancePre {
    pub pre: wasmtime::InstancePre<Data>,
    pub module: Arc<Module>,
    pub engine: Arc<Engine>,
    pub home: Home,
    /// What the stores of `wts_instance_pre_call` get of WASI.
    wasi: Mutex<Option<Arc<Wasi>>>,
}

impl InstancePre {
    pub fn new(pre: wasmtime::InstancePre<Data>, module: Arc<Module>, engine: Arc<Engine>, home: Home) -> Self {
        InstancePre { pre, module, engine, home, wasi: Mutex::default() }
    }

    /// Gives a new store what the module needs of it.
    fn furnish(&self, store: &Entered) -> Result {
        let wasi = if self.home.uses_wasi(&self.module) { self.wasi.lock().clone() } else { None };
        if let Some(wasi) = wasi {
            wasi::set(store, &wasi)?;
        }
        self.home.check_module(store, &self.module)
    }

    fn instantiate(&self, store: &Entered, context: &mut Context<'_>) -> wasmtime::Result<Instance> {
        if store.needs_fiber() {
            return fiber::finish(store, self.pre.instantiate_async(context));
        }
        self.pre.instantiate(context)
    }

    /// One call in a store that holds nothing yet.
    fn call(
        &self,
        store: &Entered,
        place: &ModuleExport,
        signature: &Signature,
        args: Input<i64>,
        results: Output<i64>,
    ) -> Result {
        let mut context = store.context_to_run()?;
        let instance = match self.instantiate(store, &mut context) {
            Ok(instance) => instance,
            Err(error) => return Err(error::from_link(error, &mut context)),
        };
        let Some(Extern::Func(func)) = instance.get_module_export(&mut context, place) else {
            return fail(WTS_ERR_INTERNAL, "the instance lacks an export of its module");
        };
        drop(context);
        func::call(store, func, signature, args, results)
    }
}

/// Instantiates in a store, and runs the start function.
///
/// The instance belongs to the store.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_WRONG_STORE`, `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`, and what the start function can end with:
/// `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_EXIT`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`,
/// `WTS_ERR_LINK` (an import that was left as a trap).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_instance` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_instance_pre_instantiate(
    pre: wts_instance_pre_t,
    store: wts_store_t,
    out_instance: *mut wts_instance_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_instance, "out_instance")?;
        let pre = object::get::<InstancePre>(pre.0)?;
        let store = enter_store(store)?;
        store.body().engine.check_same(&pre.engine, "pre-instance")?;
        pre.home.check_module(&store, &pre.module)?;
        let mut context = store.context_to_run()?;
        let instance = pre.instantiate(&store, &mut context);
        out.set(wts_instance_t(instance::add(&store, context, &pre.module, instance)?));
        Ok(())
    })
}

/// Makes a store and an instance, calls one of its exports, and deletes both: a request in one crossing.
///
/// `export_index` is that of `wts_module_export_find`. `user` is the store's value, for host functions.
/// `fuel` is the store's budget, `WTS_UNLIMITED` for none. `timeout_ms` is that of `wts_store_set_timeout_ms`,
/// -1 for none; it counts from before the instantiation. `memory_bytes` bounds each memory of the store,
/// `WTS_UNLIMITED` for none. A module that imports WASI gets what `wts_instance_pre_set_wasi` set. `results` is not
/// written on failure.
///
/// # Errors
/// As `wts_store_new`, `wts_store_set_wasi`, `wts_instance_pre_instantiate` and `wts_func_call`; `WTS_ERR_RANGE`
/// (no such export, or a timeout below -1), `WTS_ERR_TYPE` (it is not a function, or takes or returns references),
/// `WTS_ERR_WRONG_STORE` (the linker held an item of a store), `WTS_ERR_STATE` (a budget or a timeout, but the
/// engine's option `fuel` or `epoch_interruption` is off), `WTS_ERR_LIMIT` (a memory larger than `memory_bytes`).
///
/// # Threads
/// Any thread. Drop callbacks of the store may run here.
///
/// # Safety
/// `args` holds `nargs` slots and `results` has room for `nresults`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_instance_pre_call(
    pre: wts_instance_pre_t,
    export_index: usize,
    user: u64,
    fuel: u64,
    timeout_ms: i64,
    memory_bytes: u64,
    args: *const i64,
    nargs: usize,
    results: *mut i64,
    nresults: usize,
) -> wts_status_t {
    boundary(|| {
        let args = args::input(args, nargs, "args")?;
        let results = args::output(results, nresults, "results")?;
        let timeout = args::time(timeout_ms, "timeout")?;
        let pre = object::get::<InstancePre>(pre.0)?;
        let export = pre.module.exports().get(export_index)?;
        let Some(signature) = &export.signature else {
            return fail(WTS_ERR_TYPE, format_args!("export {export_index} is not a function"));
        };
        if !signature.plain {
            return fail(WTS_ERR_TYPE, "the function has references, which would not outlive its store");
        }
        signature.check_slots(nargs, nresults)?;
        store::with_new(pre.engine.clone(), user, |store| {
            pre.furnish(store)?;
            if fuel != WTS_UNLIMITED {
                store.set_fuel(fuel)?;
            }
            if timeout.is_some() {
                store.bell()?.set_timeout(timeout)?;
            }
            if memory_bytes != WTS_UNLIMITED {
                store.limit(|limits| limits.memory_bytes = memory_bytes)?;
            }
            pre.call(store, &export.place, signature, args, results)
        })
    })
}

/// Gives the stores that `wts_instance_pre_call` makes what a description says of WASI, in place of another one.
///
/// Each takes it as it is then, and has a context of its own (`wts_store_set_wasi`). The pre-instance keeps the
/// description; its handle stays the caller's to delete. A module that imports no WASI does not use it.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread. Drop callbacks of the description before may run here.
#[unsafe(no_mangle)]
pub extern "C" fn wts_instance_pre_set_wasi(pre: wts_instance_pre_t, wasi: wts_wasi_t) -> wts_status_t {
    boundary(|| {
        let pre = object::get::<InstancePre>(pre.0)?;
        let before = pre.wasi.lock().replace(object::get::<Wasi>(wasi.0)?);
        drop(before);
        Ok(())
    })
}

/// Deletes a pre-instance. Its instances are not affected.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread. Drop callbacks of host functions may run here.
#[unsafe(no_mangle)]
pub extern "C" fn wts_instance_pre_delete(pre: wts_instance_pre_t) -> wts_status_t {
    boundary(|| object::delete::<InstancePre>(pre.0))
}
