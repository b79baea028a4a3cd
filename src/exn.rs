//! Exceptions: made and thrown by the host, or caught by it.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::reference::{Reference, Scope, is_not, lost, not_made, root, with};
use crate::slots::{self, Slots};
use crate::store::{Data, Entered, enter, enter_store};
use std::convert::Infallible;
use wasmtime::{AsContextMut, ExnRef, ExnRefPre, ExnType, Extern, OwnedRooted, Ref, RootScope, Rooted, ValType};

/// The exception behind a handle of this store.
pub(crate) fn find(store: &Entered, reference: wts_reference_t) -> Result<OwnedRooted<ExnRef>> {
    match store.reference(reference.0)? {
        Reference::Exn(exception) => Ok(exception),
        _ => fail(WTS_ERR_TYPE, "the reference is not an exception"),
    }
}

/// Throws what a callback left.
pub(crate) fn throw(cx: impl AsContextMut<Data = Data>, exception: &OwnedRooted<ExnRef>) -> wasmtime::Error {
    let mut scope = RootScope::new(cx);
    let exception = exception.to_rooted(&mut scope);
    match scope.as_context_mut().throw::<Infallible>(exception) {
        Err(error) => error,
    }
}

/// Keeps the exception that nobody caught. Left where it is, it would be taken for that of the next call.
pub(crate) fn keep(mut cx: impl AsContextMut<Data = Data>) {
    let store = cx.as_context().data().slot.enter_again();
    let mut scope = RootScope::new(&mut cx);
    let taken = scope.as_context_mut().take_pending_exception();
    *store.body().uncaught.borrow_mut() = taken.and_then(|taken| taken.to_owned_rooted(&mut scope).ok());
}

/// Works on an exception in a scope for references.
fn with_exception<R>(
    reference: wts_reference_t,
    work: impl FnOnce(&Entered, &mut Scope<'_>, Rooted<ExnRef>) -> Result<R>,
) -> Result<R> {
    with(reference, |store, cx, value| match value {
        Ref::Exn(Some(exception)) => work(store, cx, exception),
        _ => is_not(cx, &value, "an exception"),
    })
}

/// Makes an exception of a tag from the values of its fields; the reference belongs to the caller.
///
/// `fields` holds the slots of all fields in their order, as many as the parameters of the tag's type take.
/// References in it are lent. Garbage is collected where memory is short.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference),
/// `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_TYPE` (another number of slots, or a reference of another type),
/// `WTS_ERR_RANGE` (a slot over 32 bits), `WTS_ERR_MEMORY`, `WTS_ERR_LIMIT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `fields` holds `fields_len` slots; `out_reference` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_exn_new(
    tag: wts_tag_t,
    fields: *const i64,
    fields_len: usize,
    out_reference: *mut wts_reference_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_reference, "out_reference")?;
        let fields = args::input(fields, fields_len, "fields")?;
        let store = enter(tag.0, WTS_KIND_TAG)?;
        let tag = store.tag(tag.0)?;
        let mut context = store.context()?;
        let mut scope = RootScope::new(context.as_context_mut());
        let ty = tag.ty(&scope);
        let types: Vec<ValType> = ty.ty().params().collect();
        slots::check_widths(&types, fields.len(), "the exception")?;
        let fields: Slots = fields.iter().collect();
        let values = slots::to_vals(&store, &mut scope, &types, &fields, "field")?;
        let made = ExnType::from_tag_type(&ty).and_then(|ty| {
            let allocator = ExnRefPre::new(&mut scope, ty);
            ExnRef::new(&mut scope, &allocator, &tag, &values)
        });
        let made = match made {
            Ok(made) => Ref::Exn(Some(made)),
            Err(error) => return not_made(&store, "an exception", error),
        };
        out.set(wts_reference_t(root(&store, &mut scope, &made)?));
        Ok(())
    })
}

/// Gets the tag of an exception, which tells what its fields mean.
///
/// The tag belongs to the store and is the same handle each time.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (another reference).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_tag` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_exn_tag(reference: wts_reference_t, out_tag: *mut wts_tag_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_tag, "out_tag")?;
        out.set(wts_tag_t(with_exception(reference, |store, cx, exception| {
            let tag = exception.tag(&mut *cx).or_else(lost)?;
            store.handle_of(cx, Extern::Tag(tag))
        })?));
        Ok(())
    })
}

/// Gets how many fields an exception has.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (another reference).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_exn_field_count(reference: wts_reference_t, out_count: *mut usize) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_count, "out_count")?;
        out.set(with_exception(reference, |_, cx, exception| Ok(exception.ty(&*cx).or_else(lost)?.fields().len()))?);
        Ok(())
    })
}

/// Gets the value of an exception's field, in as many slots as its type takes. A reference belongs to the
/// caller.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (another reference, or another number of slots), `WTS_ERR_RANGE` (no such field),
/// `WTS_ERR_LIMIT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `value` has room for `value_len` slots.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_exn_get(
    reference: wts_reference_t,
    index: usize,
    value: *mut i64,
    value_len: usize,
) -> wts_status_t {
    boundary(|| {
        let out = args::output(value, value_len, "value")?;
        with_exception(reference, |store, cx, exception| {
            let ty = exception.ty(&*cx).or_else(lost)?;
            let field = args::index(ty.field(index), index, ty.fields().len(), "field")?;
            slots::check_width(field.element_type().unpack(), value_len, "a field")?;
            let value = exception.field(&mut *cx, index).or_else(lost)?;
            slots::write_val(store, cx, &value, out)
        })
    })
}

/// Takes the exception that nobody caught: the one that ended the last such call of this store.
///
/// It is a reference that belongs to the caller. The store keeps it until it is taken, the next one takes its
/// place, or the store is deleted.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (also: there
/// is none), `WTS_ERR_LIMIT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_reference` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_store_take_exception(
    store: wts_store_t,
    out_reference: *mut wts_reference_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_reference, "out_reference")?;
        let store = enter_store(store)?;
        let Some(exception) = store.body().uncaught.take() else {
            return fail(WTS_ERR_STATE, "no call of this store ended with an exception that was not taken yet");
        };
        out.set(wts_reference_t(store.add_reference(Reference::Exn(exception))?));
        Ok(())
    })
}
