//! Resources: those of guests that the host holds, and the host's own.

#![cfg_attr(not(feature = "component"), allow(unused))]

use crate::abi::*;
use crate::args;
use crate::boundary::components;
#[cfg(feature = "component")]
use crate::components::HostType;
use crate::drops::boundary;
use crate::store::{enter, enter_store};

/// Makes a resource of the host's, which the caller owns. `type` is what `wts_component_linker_define_resource`
/// gave.
///
/// The store has it until it is given away or deleted. Then, or when the guest that got it drops it, the function
/// of the type is called with `value`. On failure nothing was taken.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (no such type, or it is gone), `WTS_ERR_MEMORY`, `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build
/// without components).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_resource` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_resource_new(
    store: wts_store_t,
    r#type: u64,
    value: u64,
    out_resource: *mut wts_resource_t,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_resource, "out_resource")?;
        let store = enter_store(store)?;
        let ty = HostType::find(r#type)?;
        out.set(wts_resource_t(store.new_resource(ty, value)?));
        Ok(())
    }))
}

/// Gets the value that a resource of the host's was made with, whether it is owned or borrowed.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (a guest's resource), `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_resource_value(resource: wts_resource_t, out_value: *mut u64) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_value, "out_value")?;
        let store = enter(resource.0, WTS_KIND_RESOURCE)?;
        out.set(store.host_resource(resource.0)?.1);
        Ok(())
    }))
}

/// Gets the number of the type of a resource of the host's, as `wts_component_linker_define_resource` gave it.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (a guest's resource), `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_resource_type(resource: wts_resource_t, out_type: *mut u64) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_type, "out_type")?;
        let store = enter(resource.0, WTS_KIND_RESOURCE)?;
        out.set(store.host_resource(resource.0)?.0.into());
        Ok(())
    }))
}

/// Tells whether two resources are of the same type: 1 or 0. Each instance of a component has resource types of its
/// own.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE`, `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_same` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_resource_same_type(
    resource: wts_resource_t,
    other: wts_resource_t,
    out_same: *mut i32,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_same, "out_same")?;
        let store = enter(resource.0, WTS_KIND_RESOURCE)?;
        out.set(i32::from(store.same_resource_type(resource.0, other.0)?));
        Ok(())
    }))
}

/// Tells whether a resource is owned, 1, or lent to a host function that is running, 0.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_is` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_resource_is_owned(resource: wts_resource_t, out_is: *mut i32) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_is, "out_is")?;
        let store = enter(resource.0, WTS_KIND_RESOURCE)?;
        out.set(i32::from(store.resource_is_owned(resource.0)?));
        Ok(())
    }))
}

/// Deletes a resource: its owner drops it, or one that was lent goes back early.
///
/// The destructor of the guest or the function of the host that belongs to the type runs. The handle is gone then,
/// even if the destructor fails.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (also: it is lent to a call that is running),
/// `WTS_ERR_STATE`, `WTS_ERR_LIMIT` (too little stack), `WTS_ERR_UNSUPPORTED` (a build without components), and
/// what a destructor can end with: `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`,
/// `WTS_ERR_INTERRUPT`, `WTS_ERR_MEMORY`.
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_resource_delete(resource: wts_resource_t) -> wts_status_t {
    components!(boundary(|| { enter(resource.0, WTS_KIND_RESOURCE)?.drop_resource(resource.0) }))
}
