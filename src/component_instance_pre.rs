//! Components with their imports resolved, ready to be instantiated many times.

#![cfg_attr(not(feature = "component"), allow(unused))]

use crate::abi::*;
use crate::args;
use crate::boundary::components;
#[cfg(feature = "component")]
use crate::components::ComponentInstancePre;
use crate::drops::boundary;
use crate::object;
use crate::store::enter_store;

/// Instantiates in a store, and runs the start functions of the component's modules.
///
/// The instance belongs to the store.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_WRONG_STORE`
/// (another engine), `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`, `WTS_ERR_STATE` (also: the store has no WASI and the
/// component imports some), `WTS_ERR_UNSUPPORTED` (a build without components), and what start functions can end
/// with: `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_instance` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_instance_pre_instantiate(
    pre: wts_component_instance_pre_t,
    store: wts_store_t,
    out_instance: *mut wts_component_instance_t,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_instance, "out_instance")?;
        let pre = object::get::<ComponentInstancePre>(pre.0)?;
        let store = enter_store(store)?;
        out.set(wts_component_instance_t(pre.instantiate(&store)?));
        Ok(())
    }))
}

/// Deletes a pre-instance of a component. Its instances are not affected.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread. Drop callbacks of host functions may run here.
#[unsafe(no_mangle)]
pub extern "C" fn wts_component_instance_pre_delete(pre: wts_component_instance_pre_t) -> wts_status_t {
    components!(boundary(|| { object::delete::<ComponentInstancePre>(pre.0) }))
}
