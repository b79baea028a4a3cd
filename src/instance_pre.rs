//! Modules with their imports resolved, ready to be instantiated many times.

use crate::abi::*;
use crate::args;
use crate::drops::boundary;
use crate::engine::Engine;
use crate::instance;
use crate::linker::Home;
use crate::object;
use crate::store::{Data, enter_store};
use std::sync::Arc;

pub(crate) struct InstancePre {
    pub pre: wasmtime::InstancePre<Data>,
    pub engine: Arc<Engine>,
    pub home: Home,
}

/// Instantiates in a store, and runs the start function.
///
/// The instance belongs to the store.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_WRONG_STORE`, `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`, and what the start function can end with:
/// `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_FUEL`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LINK` (an import that was left
/// as a trap).
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
        pre.home.check(&store)?;
        let mut context = store.context_to_run()?;
        let instance = pre.pre.instantiate(&mut context);
        out.set(wts_instance_t(instance::add(&store, context, instance)?));
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
