//! Instances of components, and their exports.

#![cfg_attr(not(feature = "component"), allow(unused))]

use crate::abi::*;
use crate::args;
use crate::boundary::{boundary, components};
use crate::store::enter;
use std::ffi::c_char;

/// Gets an exported function by its path, the same handle each time: `run`, or for a member of an exported instance
/// `ns:pkg/iface@1.0.0#func`. Methods of resources are members such as `[method]file.read`.
///
/// The function belongs to the store.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE`, `WTS_ERR_NOT_FOUND` (the message has the names that exist), `WTS_ERR_TYPE` (the export is not a
/// function), `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `path` holds `path_len` bytes; `out_func` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_instance_get_func(
    instance: wts_component_instance_t,
    path: *const c_char,
    path_len: usize,
    out_func: *mut wts_component_func_t,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_func, "out_func")?;
        let path = args::text(path, path_len, "path")?;
        let store = enter(instance.0, WTS_KIND_COMPONENT_INSTANCE)?;
        let found = store.component_instance(instance.0)?.func(&store, path)?;
        out.set(wts_component_func_t(found));
        Ok(())
    }))
}
