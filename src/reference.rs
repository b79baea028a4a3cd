//! References to garbage-collected objects, rooted by their handles.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::drops::Env;
use crate::handle::{Class, count_live};
use crate::slots::SlotKind;
use crate::store::{Data, Entered, enter, enter_store};
use std::ffi::c_void;
use std::sync::Arc;
use wasmtime::{AnyRef, AsContext, AsContextMut, ExnRef, ExternRef, OwnedRooted, Ref, RootScope};

/// A root: the object behind it is kept.
#[derive(Clone)]
pub(crate) enum Reference {
    Extern(OwnedRooted<ExternRef>),
    Any(OwnedRooted<AnyRef>),
    Exn(OwnedRooted<ExnRef>),
}

/// What an externref of ours holds.
struct HostValue {
    value: u64,
    /// Dropped with the object, when no holder is left.
    _env: Arc<Env>,
}

impl Entered {
    fn reference(&self, handle: u64) -> Result<Reference> {
        let found = self.body().references.borrow().get(&handle).cloned();
        match found {
            Some(reference) => Ok(reference),
            None => self.explain(handle, WTS_KIND_REFERENCE),
        }
    }

    fn add_reference(&self, reference: Reference) -> Result<u64> {
        let handle = self.slot().issue(Class::Reference)?;
        self.body().references.borrow_mut().insert(handle, reference);
        count_live(WTS_KIND_REFERENCE, 1);
        Ok(handle)
    }
}

/// Roots a reference under a new handle; null is 0.
pub(crate) fn root(store: &Entered, mut cx: impl AsContextMut<Data = Data>, value: &Ref) -> Result<u64> {
    let rooted = match value {
        Ref::Extern(Some(value)) => value.to_owned_rooted(&mut cx).map(Reference::Extern),
        Ref::Any(Some(value)) => value.to_owned_rooted(&mut cx).map(Reference::Any),
        Ref::Exn(Some(value)) => value.to_owned_rooted(&mut cx).map(Reference::Exn),
        _ => return Ok(0),
    };
    match rooted {
        Ok(reference) => store.add_reference(reference),
        Err(error) => fail(WTS_ERR_INTERNAL, format_args!("a reference could not be rooted: {error:#}")),
    }
}

/// The reference behind a handle, rooted in the scope of `cx`.
pub(crate) fn rooted(store: &Entered, mut cx: impl AsContextMut<Data = Data>, handle: u64) -> Result<Ref> {
    Ok(match store.reference(handle)? {
        Reference::Extern(value) => Ref::Extern(Some(value.to_rooted(&mut cx))),
        Reference::Any(value) => Ref::Any(Some(value.to_rooted(&mut cx))),
        Reference::Exn(value) => Ref::Exn(Some(value.to_rooted(&mut cx))),
    })
}

/// Unroots a reference, if the handle is one.
pub(crate) fn forget(store: &Entered, handle: u64) -> bool {
    let found = store.body().references.borrow_mut().remove(&handle).is_some();
    if found {
        count_live(WTS_KIND_REFERENCE, -1);
    }
    found
}

/// Unroots the references among values of `kinds`. There are fewer slots than kinds take where making them
/// failed.
pub(crate) fn forget_all(store: &Entered, kinds: &[SlotKind], mut slots: &[i64]) {
    for kind in kinds {
        let Some((value, rest)) = slots.split_at_checked(kind.width()) else {
            return;
        };
        if *kind == SlotKind::Reference {
            forget(store, value[0] as u64);
        }
        slots = rest;
    }
}

/// Makes an externref that holds `value`.
///
/// `drop`, if not NULL, runs once on `env` after the object was collected or its store deleted. The
/// reference belongs to the caller. On failure nothing was taken: `drop` does not run and
/// `out_reference` is not written.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_MEMORY`, `WTS_ERR_LIMIT`.
///
/// # Threads
/// One thread at a time per store. `drop` runs on the thread whose call let go of the object, when
/// the outermost call returns; while it runs the store is busy.
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
            Err(error) => return fail(WTS_ERR_MEMORY, format_args!("no memory for an externref: {error:#}")),
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

/// Gets the kind of a reference: `WTS_EXTERNREF`, `WTS_ANYREF` or `WTS_EXNREF`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_kind` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_reference_kind(reference: wts_reference_t, out_kind: *mut i32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_kind, "out_kind")?;
        let store = enter(reference.0, WTS_KIND_REFERENCE)?;
        out.set(match store.reference(reference.0)? {
            Reference::Extern(_) => WTS_EXTERNREF,
            Reference::Any(_) => WTS_ANYREF,
            Reference::Exn(_) => WTS_EXNREF,
        });
        Ok(())
    })
}

/// Roots the same object once more, under a handle of its own.
///
/// This is how a callback keeps a reference that it was lent, or answers one that it keeps.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_LIMIT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_reference` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_reference_clone(
    reference: wts_reference_t,
    out_reference: *mut wts_reference_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_reference, "out_reference")?;
        let store = enter(reference.0, WTS_KIND_REFERENCE)?;
        let again = store.reference(reference.0)?;
        out.set(wts_reference_t(store.add_reference(again)?));
        Ok(())
    })
}

/// Deletes a reference: its object is no longer kept by this handle.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_reference_delete(reference: wts_reference_t) -> wts_status_t {
    boundary(|| {
        let store = enter(reference.0, WTS_KIND_REFERENCE)?;
        if forget(&store, reference.0) { Ok(()) } else { store.explain(reference.0, WTS_KIND_REFERENCE) }
    })
}
