//! References to garbage-collected objects, rooted by their handles.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::gc_type;
use crate::handle::{Class, count_live};
use crate::object;
use crate::slots::SlotKind;
use crate::store::{Data, Entered, enter, enter_suspended};
use crate::types::Type;
use crate::value_type::{kind_of_heap, ref_type};
use wasmtime::{
    AnyRef, AsContext, AsContextMut, ExnRef, ExternRef, HeapType, OwnedRooted, PoolConcurrencyLimitError, Ref, RefType,
    RootScope, Rooted, StoreContextMut, Trap,
};

pub(crate) type Scope<'a> = RootScope<StoreContextMut<'a, Data>>;

/// A root: the object behind it is kept.
#[derive(Clone)]
pub(crate) enum Reference {
    Extern(OwnedRooted<ExternRef>),
    Any(OwnedRooted<AnyRef>),
    Exn(OwnedRooted<ExnRef>),
}

impl Entered {
    pub fn reference(&self, handle: u64) -> Result<Reference> {
        let found = self.body().references.borrow().get(&handle).cloned();
        match found {
            Some(reference) => Ok(reference),
            None => self.explain(handle, WTS_KIND_REFERENCE),
        }
    }

    pub fn add_reference(&self, reference: Reference) -> Result<u64> {
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
pub(crate) fn rooted(store: &Entered, cx: impl AsContextMut<Data = Data>, handle: u64) -> Result<Ref> {
    Ok(store.reference(handle)?.to_ref(cx))
}

impl Reference {
    fn to_ref(&self, mut cx: impl AsContextMut<Data = Data>) -> Ref {
        match self {
            Reference::Extern(value) => Ref::Extern(Some(value.to_rooted(&mut cx))),
            Reference::Any(value) => Ref::Any(Some(value.to_rooted(&mut cx))),
            Reference::Exn(value) => Ref::Exn(Some(value.to_rooted(&mut cx))),
        }
    }
}

/// Works on a reference in a scope for references.
pub(crate) fn with<R>(
    reference: wts_reference_t,
    work: impl FnOnce(&Entered, &mut Scope<'_>, Ref) -> Result<R>,
) -> Result<R> {
    let store = enter(reference.0, WTS_KIND_REFERENCE)?;
    let found = store.reference(reference.0)?;
    let mut context = store.context()?;
    let mut scope = RootScope::new(context.as_context_mut());
    let value = found.to_ref(&mut scope);
    work(&store, &mut scope, value)
}

/// An internal reference, such as to a struct.
pub(crate) fn as_any(value: &Ref) -> Option<Rooted<AnyRef>> {
    value.as_any().flatten().copied()
}

/// Why a reference is not what was wanted.
#[cold]
pub(crate) fn is_not<T>(cx: impl AsContext<Data = Data>, value: &Ref, wanted: &str) -> Result<T> {
    let found = match heap_of(cx, value)? {
        HeapType::Extern => "a host reference",
        HeapType::Any => "a host reference made an internal one",
        HeapType::I31 => "an i31",
        HeapType::ConcreteStruct(_) => "a struct",
        HeapType::ConcreteArray(_) => "an array",
        _ => "an exception",
    };
    fail(WTS_ERR_TYPE, format_args!("the reference is {found}, not {wanted}"))
}

/// The type of what a reference refers to; null and functions have no handle of a reference.
fn heap_of(cx: impl AsContext<Data = Data>, value: &Ref) -> Result<HeapType> {
    match value {
        Ref::Any(Some(value)) => value.ty(&cx).or_else(lost),
        Ref::Exn(_) => Ok(HeapType::Exn),
        _ => Ok(HeapType::Extern),
    }
}

/// A reference that Wasmtime does not know, though a handle roots it.
#[cold]
pub(crate) fn lost<T>(error: wasmtime::Error) -> Result<T> {
    fail(WTS_ERR_INTERNAL, format_args!("a reference could not be used: {error:#}"))
}

/// Whether a reference is of a type. Functions are of declared types, as in WebAssembly; Wasmtime would compare
/// their parameters and results.
pub(crate) fn matches(cx: impl AsContext<Data = Data>, value: &Ref, ty: &RefType) -> Result<bool> {
    match (value, ty.heap_type()) {
        (Ref::Func(Some(func)), wanted @ HeapType::ConcreteFunc(_)) => Ok(HeapType::from(func.ty(&cx)).matches(wanted)),
        _ => value.matches_ty(&cx, ty).or_else(lost),
    }
}

/// Why an object could not be made.
#[cold]
pub(crate) fn not_made<T>(store: &Entered, what: &str, error: wasmtime::Error) -> Result<T> {
    gc_type::check_collects(&store.body().engine.engine)?;
    let status = match error.downcast_ref::<Trap>() {
        Some(Trap::AllocationTooLarge) => WTS_ERR_LIMIT,
        _ if error.is::<PoolConcurrencyLimitError>() => WTS_ERR_LIMIT,
        _ => WTS_ERR_MEMORY,
    };
    fail(status, format_args!("no memory for {what}: {error:#}"))
}

/// Roots the object of a handle once more; a handle that is no reference's is answered as it is.
pub(crate) fn again(store: &Entered, handle: u64) -> Result<u64> {
    let found = store.body().references.borrow().get(&handle).cloned();
    found.map_or(Ok(handle), |reference| store.add_reference(reference))
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

/// Gets the kind of a reference, the most exact one: `WTS_EXTERNREF`, `WTS_I31REF`, `WTS_STRUCTREF`,
/// `WTS_ARRAYREF`, `WTS_EXNREF`, or `WTS_ANYREF` for a host reference that was made an internal one.
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
        let heap = with(reference, |_, cx, value| heap_of(&*cx, &value))?;
        out.set(kind_of_heap(&heap).expect("no handle is a continuation's"));
        Ok(())
    })
}

/// Gets the type of a reference, a new handle: never null, and to the very struct or array type that the
/// object was made with.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_reference_type(reference: wts_reference_t, out_type: *mut wts_type_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_type, "out_type")?;
        let heap = with(reference, |_, cx, value| heap_of(&*cx, &value))?;
        out.set(wts_type_t(object::insert::<Type>(Type::Ref(RefType::new(false, heap)))?));
        Ok(())
    })
}

fn test(
    reference: wts_reference_t,
    out: *mut i32,
    name: &str,
    wanted: impl FnOnce(&Entered) -> Result<HeapType>,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out, name)?;
        out.set(i32::from(with(reference, |store, cx, value| {
            matches(&*cx, &value, &RefType::new(false, wanted(store)?))
        })?));
        Ok(())
    })
}

/// Tells whether a reference is of an abstract kind, such as `WTS_EQREF`: 1, or 0. WebAssembly's `ref.test`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (no kind of reference), `WTS_ERR_UNSUPPORTED` (`WTS_REF`, `WTS_REF_NULL`).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_is` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_reference_is(reference: wts_reference_t, kind: i32, out_is: *mut i32) -> wts_status_t {
    test(reference, out_is, "out_is", |_| Ok(ref_type(kind, "reference")?.heap_type().clone()))
}

/// Tells whether a reference is of a type: 1 if the object's own type is the same or a subtype, else 0.
/// WebAssembly's `ref.test`.
///
/// `type` is a reference type, or the type of a struct or an array.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_WRONG_STORE` (a type of another engine), `WTS_ERR_TYPE` (another type).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_matches` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_reference_matches(
    reference: wts_reference_t,
    r#type: wts_type_t,
    out_matches: *mut i32,
) -> wts_status_t {
    test(reference, out_matches, "out_matches", |store| {
        object::get::<Type>(r#type.0)?.to_heap(&store.body().engine.engine)
    })
}

/// Tells whether two references are of the same object: 1, or 0. WebAssembly's `ref.eq`; two i31 are the
/// same when their values are.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_same` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_reference_same(
    reference: wts_reference_t,
    other: wts_reference_t,
    out_same: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_same, "out_same")?;
        let same = with(reference, |store, cx, one| {
            store.check_same_store(other.0, WTS_KIND_REFERENCE)?;
            let same = match (one, rooted(store, &mut *cx, other.0)?) {
                (Ref::Extern(Some(one)), Ref::Extern(Some(two))) => Rooted::ref_eq(&*cx, &one, &two),
                (Ref::Any(Some(one)), Ref::Any(Some(two))) => Rooted::ref_eq(&*cx, &one, &two),
                (Ref::Exn(Some(one)), Ref::Exn(Some(two))) => Rooted::ref_eq(&*cx, &one, &two),
                _ => Ok(false),
            };
            same.or_else(lost)
        })?;
        out.set(i32::from(same));
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

/// Deletes a reference: its object is no longer kept by this handle. A resumable call in its store does not prevent that.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_reference_delete(reference: wts_reference_t) -> wts_status_t {
    boundary(|| {
        let store = enter_suspended(reference.0, WTS_KIND_REFERENCE)?;
        if forget(&store, reference.0) { Ok(()) } else { store.explain(reference.0, WTS_KIND_REFERENCE) }
    })
}
