//! Host references: a value of the host's that WebAssembly holds without looking inside.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::drops::Env;
use crate::reference::{Reference, Scope, as_any, is_not, lost, not_made, root, with};
use crate::store::{enter, enter_store};
use std::ffi::c_void;
use std::sync::Arc;
use wasmtime::{AnyRef, AsContext, AsContextMut, ExternRef, Ref, RootScope};

/// What an externref of ours holds.
struct HostValue {
    value: u64,
    /// Dropped with the object, when no holder is left.
    _env: Arc<Env>,
}

/// Makes an externref that holds `value`.
///
/// `drop`, if not NULL, runs once on `env` after the object was collected or its store deleted. The
/// reference belongs to the caller. On failure nothing was taken: `drop` does not run and
/// `out_reference` is not written.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (also:
/// the engine has no garbage collection), `WTS_ERR_MEMORY`, `WTS_ERR_LIMIT`.
///
/// # Threads
/// One thread at a time per store. `drop` runs on the thread whose call let go of the object, when the outermost call
/// returns, or before that when the guest calls a host function that takes or gives references; while it runs the
/// store is busy.
///
/// # Safety
/// `env` is valid until `drop`; `out_reference` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_externref_new(
    store: wts_store_t,
    value: u64,
    env: *mut c_void,
    drop: wts_drop_t,
    out_reference: *mut wts_reference_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_reference, "out_reference")?;
        let store = enter_store(store)?;
        let mut context = store.context()?;
        let env = Arc::new(Env::new(env, drop, Some(store.slot())));
        let mut scope = RootScope::new(context.as_context_mut());
        let held = HostValue { value, _env: env.clone() };
        let object = match ExternRef::new(&mut scope, held) {
            Ok(object) => object,
            Err(error) => return not_made(&store, "an externref", error),
        };
        let handle = root(&store, &mut scope, &Ref::Extern(Some(object)))?;
        env.take();
        out.set(wts_reference_t(handle));
        Ok(())
    })
}

/// Gets the value that an externref was made with.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (a reference that `wts_externref_new` did not make).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_externref_get(reference: wts_reference_t, out_value: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_value, "out_value")?;
        let store = enter(reference.0, WTS_KIND_REFERENCE)?;
        let Reference::Extern(value) = store.reference(reference.0)? else {
            return fail(WTS_ERR_TYPE, "the reference is not an externref");
        };
        let context = store.context()?;
        let data = value.data(context.as_context()).ok().flatten();
        match data.and_then(|data| data.downcast_ref::<HostValue>()) {
            Some(held) => out.set(held.value),
            None => return fail(WTS_ERR_TYPE, "the externref was not made by wts_externref_new"),
        }
        Ok(())
    })
}

/// Makes a new reference of what `convert` makes of one.
fn convert(
    reference: wts_reference_t,
    out_reference: *mut wts_reference_t,
    convert: impl FnOnce(&mut Scope<'_>, Ref) -> Result<Ref>,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_reference, "out_reference")?;
        out.set(wts_reference_t(with(reference, |store, cx, value| {
            let converted = convert(cx, value)?;
            root(store, cx, &converted)
        })?));
        Ok(())
    })
}

/// Makes an externref of an internal reference: WebAssembly's `extern.convert_any`.
///
/// It is a new reference to the same object, which belongs to the caller.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (not an internal reference), `WTS_ERR_LIMIT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_reference` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_externref_convert_any(
    reference: wts_reference_t,
    out_reference: *mut wts_reference_t,
) -> wts_status_t {
    convert(reference, out_reference, |cx, value| match as_any(&value) {
        Some(any) => ExternRef::convert_any(cx, any).map(|made| Ref::Extern(Some(made))).or_else(lost),
        None => is_not(cx, &value, "an internal one"),
    })
}

/// Makes an internal reference of an externref: WebAssembly's `any.convert_extern`.
///
/// It is a new reference to the same object, which belongs to the caller.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (not an externref), `WTS_ERR_LIMIT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_reference` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_anyref_convert_extern(
    reference: wts_reference_t,
    out_reference: *mut wts_reference_t,
) -> wts_status_t {
    convert(reference, out_reference, |cx, value| match value {
        Ref::Extern(Some(found)) => AnyRef::convert_extern(cx, found).map(|made| Ref::Any(Some(made))).or_else(lost),
        _ => is_not(cx, &value, "an externref"),
    })
}
