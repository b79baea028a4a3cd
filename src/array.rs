//! Arrays: garbage-collected sequences of elements of one type.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::object;
use crate::reference::{Scope, as_any, is_not, lost, not_made, root, with};
use crate::slots::{self, SlotKind, Slots};
use crate::store::{Entered, enter_store};
use crate::types::Type;
use wasmtime::{ArrayRef, ArrayRefPre, ArrayType, AsContextMut, Ref, RootScope, Rooted, StorageType, ValType};

/// Works on an array in a scope for references.
fn with_array<R>(
    reference: wts_reference_t,
    work: impl FnOnce(&Entered, &mut Scope<'_>, Rooted<ArrayRef>, ArrayType) -> Result<R>,
) -> Result<R> {
    with(reference, |store, cx, value| {
        let Some(Some(found)) = as_any(&value).map(|any| any.as_array(&*cx)).transpose().or_else(lost)? else {
            return is_not(cx, &value, "an array");
        };
        let ty = found.ty(&*cx).or_else(lost)?;
        work(store, cx, found, ty)
    })
}

/// An index into an array.
fn element(cx: &Scope<'_>, array: Rooted<ArrayRef>, index: u64) -> Result<u32> {
    let len = array.len(cx).or_else(lost)?;
    match u32::try_from(index) {
        Ok(index) if index < len => Ok(index),
        _ => fail(WTS_ERR_RANGE, format_args!("element {index} is out of range: there are {len}")),
    }
}

fn check_len(len: u64) -> Result<u32> {
    match u32::try_from(len) {
        Ok(len) => Ok(len),
        Err(_) => fail(WTS_ERR_LIMIT, format_args!("an array has at most 2^32 - 1 elements, not {len}")),
    }
}

/// Makes an array of a type. The elements that `make` is to give it were checked: Wasmtime leaves one that is
/// half made in the heap where they do not fit.
fn new(
    store: wts_store_t,
    ty: wts_type_t,
    out_reference: *mut wts_reference_t,
    make: impl FnOnce(&Entered, &mut Scope<'_>, ArrayType) -> Result<wasmtime::Result<Rooted<ArrayRef>>>,
) -> Result {
    let out = args::out(out_reference, "out_reference")?;
    let ty = object::get::<Type>(ty.0)?;
    let store = enter_store(store)?;
    let ty = ty.to_array(&store.body().engine.engine)?;
    let mut context = store.context()?;
    let mut scope = RootScope::new(context.as_context_mut());
    let made = match make(&store, &mut scope, ty)? {
        Ok(made) => Ref::Any(Some(made.to_anyref())),
        Err(error) => return not_made(&store, "an array", error),
    };
    out.set(wts_reference_t(root(&store, &mut scope, &made)?));
    Ok(())
}

fn value_type(ty: &ArrayType) -> ValType {
    ty.element_type().unpack().clone()
}

/// Makes an array of `len` elements, each `value`; the reference belongs to the caller.
///
/// `value` holds as many slots as an element takes: two for a v128, one for others, of an i8 or i16 the low bits
/// count. A reference in it is lent. Garbage is collected where memory is short. A large array takes its time
/// (some 30 ns an element), which no deadline ends.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference, or a type
/// of another engine), `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_TYPE` (not an array type, another number of slots,
/// or a reference of another type), `WTS_ERR_RANGE` (a slot over 32 bits), `WTS_ERR_MEMORY`, `WTS_ERR_LIMIT` (more
/// elements than any array has).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `value` holds `value_len` slots; `out_reference` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_array_new(
    store: wts_store_t,
    r#type: wts_type_t,
    value: *const i64,
    value_len: usize,
    len: u64,
    out_reference: *mut wts_reference_t,
) -> wts_status_t {
    boundary(|| {
        let value = args::input(value, value_len, "value")?;
        new(store, r#type, out_reference, |store, cx, ty| {
            let element = value_type(&ty);
            slots::check_width(&element, value.len(), "an element")?;
            let value: Slots = value.iter().collect();
            let value = slots::to_val(store, &mut *cx, &element, &value, "element", 0)?;
            let len = check_len(len)?;
            let allocator = ArrayRefPre::new(&mut *cx, ty);
            Ok(ArrayRef::new(cx, &allocator, &value, len))
        })
    })
}

/// Makes an array of the elements whose slots `elements` holds; else as `wts_array_new`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference, or a type
/// of another engine), `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_TYPE` (not an array type, half a v128, or a
/// reference of another type), `WTS_ERR_RANGE` (a slot over 32 bits), `WTS_ERR_MEMORY`, `WTS_ERR_LIMIT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `elements` holds `elements_len` slots; `out_reference` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_array_new_fixed(
    store: wts_store_t,
    r#type: wts_type_t,
    elements: *const i64,
    elements_len: usize,
    out_reference: *mut wts_reference_t,
) -> wts_status_t {
    boundary(|| {
        let elements = args::input(elements, elements_len, "elements")?;
        new(store, r#type, out_reference, |store, cx, ty| {
            let element = value_type(&ty);
            let width = SlotKind::of(&element).width();
            if !elements.len().is_multiple_of(width) {
                return fail(
                    WTS_ERR_TYPE,
                    format_args!("each element takes {width} slots, but there are {}", elements.len()),
                );
            }
            let len = check_len((elements.len() / width) as u64)? as usize;
            let mut values = Vec::new();
            if values.try_reserve_exact(len).is_err() {
                return fail(WTS_ERR_MEMORY, format_args!("there is no memory for the values of {len} elements"));
            }
            for position in 0..len {
                let slots: Slots = elements.part(position * width, width).iter().collect();
                values.push(slots::to_val(store, &mut *cx, &element, &slots, "element", position)?);
            }
            let allocator = ArrayRefPre::new(&mut *cx, ty);
            Ok(ArrayRef::new_fixed(cx, &allocator, &values))
        })
    })
}

fn check_bytes(ty: &ArrayType) -> Result {
    match ty.element_type() {
        StorageType::I8 => Ok(()),
        _ => fail(WTS_ERR_TYPE, format_args!("the elements of {} are not i8", Type::Array(ty.clone()))),
    }
}

/// Makes an array of i8 from bytes, which are copied; the reference belongs to the caller.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a type of another
/// engine), `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_TYPE` (not the type of an array of i8), `WTS_ERR_MEMORY`,
/// `WTS_ERR_LIMIT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `bytes` holds `bytes_len` bytes; `out_reference` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_array_new_bytes(
    store: wts_store_t,
    r#type: wts_type_t,
    bytes: *const u8,
    bytes_len: usize,
    out_reference: *mut wts_reference_t,
) -> wts_status_t {
    boundary(|| {
        let bytes = args::bytes(bytes, bytes_len, "bytes")?;
        new(store, r#type, out_reference, |_, cx, ty| {
            check_bytes(&ty)?;
            check_len(bytes.len() as u64)?;
            let allocator = ArrayRefPre::new(&mut *cx, ty);
            Ok(ArrayRef::new_from_i8_slice(cx, &allocator, bytes))
        })
    })
}

/// Copies out the elements of an array of i8.
///
/// `cap` 0 asks for their number.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE`, `WTS_ERR_TYPE` (another reference, or an array of something else).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_array_bytes(
    reference: wts_reference_t,
    buf: *mut u8,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        with_array(reference, |_, cx, array, ty| {
            check_bytes(&ty)?;
            let len = array.len(&*cx).or_else(lost)? as usize;
            args::fill_out(len, buf, cap, out_len, |bytes| array.copy_to_i8_slice(cx, bytes).or_else(lost))
        })
    })
}

/// Gets the type of an array, a new handle.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (another reference).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_array_type(reference: wts_reference_t, out_type: *mut wts_type_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_type, "out_type")?;
        let ty = with_array(reference, |_, _, _, ty| Ok(Type::Array(ty)))?;
        out.set(wts_type_t(object::insert::<Type>(ty)?));
        Ok(())
    })
}

/// Gets how many elements an array has.
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
pub unsafe extern "C" fn wts_array_len(reference: wts_reference_t, out_count: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_count, "out_count")?;
        out.set(u64::from(with_array(reference, |_, cx, array, _| array.len(&*cx).or_else(lost))?));
        Ok(())
    })
}

/// Gets an element of an array, in as many slots as its type takes. An i8 or i16 is read as unsigned. A
/// reference belongs to the caller.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (another reference, or another number of slots), `WTS_ERR_RANGE` (no such element),
/// `WTS_ERR_LIMIT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `value` has room for `value_len` slots.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_array_get(
    reference: wts_reference_t,
    index: u64,
    value: *mut i64,
    value_len: usize,
) -> wts_status_t {
    boundary(|| {
        let out = args::output(value, value_len, "value")?;
        with_array(reference, |store, cx, array, ty| {
            let index = element(cx, array, index)?;
            slots::check_width(&value_type(&ty), value_len, "an element")?;
            let value = array.get(&mut *cx, index).or_else(lost)?;
            slots::write_val(store, cx, &value, out)
        })
    })
}

/// Sets an element of an array, in as many slots as its type takes. Of an i8 or i16 the low bits count. A
/// reference is lent.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference),
/// `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the elements are immutable), `WTS_ERR_TYPE` (not an array, another number of
/// slots, or a reference of another type), `WTS_ERR_RANGE` (no such element, or a slot over 32 bits).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `value` holds `value_len` slots.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_array_set(
    reference: wts_reference_t,
    index: u64,
    value: *const i64,
    value_len: usize,
) -> wts_status_t {
    boundary(|| {
        let given = args::input(value, value_len, "value")?;
        with_array(reference, |store, cx, array, ty| {
            let index = element(cx, array, index)?;
            if !ty.mutability().is_var() {
                return fail(WTS_ERR_STATE, "the elements of the array are immutable");
            }
            let ty = value_type(&ty);
            slots::check_width(&ty, given.len(), "an element")?;
            let given: Slots = given.iter().collect();
            let value = slots::to_val(store, &mut *cx, &ty, &given, "element", index as usize)?;
            array.set(cx, index, value).or_else(lost)
        })
    })
}
