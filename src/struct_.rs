//! Structs: garbage-collected objects with fields.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::object;
use crate::reference::{Scope, as_any, is_not, lost, not_made, root, with};
use crate::slots::{self, Slots};
use crate::store::{Entered, enter_store};
use crate::types::Type;
use wasmtime::{AsContextMut, FieldType, Ref, RootScope, Rooted, StructRef, StructRefPre, StructType, ValType};

/// Works on a struct in a scope for references.
fn with_struct<R>(
    reference: wts_reference_t,
    work: impl FnOnce(&Entered, &mut Scope<'_>, Rooted<StructRef>, StructType) -> Result<R>,
) -> Result<R> {
    with(reference, |store, cx, value| {
        let Some(Some(found)) = as_any(&value).map(|any| any.as_struct(&*cx)).transpose().or_else(lost)? else {
            return is_not(cx, &value, "a struct");
        };
        let ty = found.ty(&*cx).or_else(lost)?;
        work(store, cx, found, ty)
    })
}

fn field(ty: &StructType, index: usize) -> Result<FieldType> {
    args::index(ty.field(index), index, ty.fields().len(), "field")
}

/// Makes a struct of a struct type from the values of its fields; the reference belongs to the caller.
///
/// `fields` holds the slots of all fields in their order: two for a v128, one for others, of an i8 or i16 the
/// low bits count. References in it are lent. Garbage is collected where memory is short.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference, or a type
/// of another engine), `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_TYPE` (not a struct type, another number of slots,
/// or a reference of another type), `WTS_ERR_RANGE` (a slot over 32 bits), `WTS_ERR_MEMORY`, `WTS_ERR_LIMIT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `fields` holds `fields_len` slots; `out_reference` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_struct_new(
    store: wts_store_t,
    r#type: wts_type_t,
    fields: *const i64,
    fields_len: usize,
    out_reference: *mut wts_reference_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_reference, "out_reference")?;
        let fields = args::input(fields, fields_len, "fields")?;
        let ty = object::get::<Type>(r#type.0)?;
        let store = enter_store(store)?;
        let ty = ty.to_struct(&store.body().engine.engine)?;
        let types: Vec<ValType> = ty.fields().map(|field| field.element_type().unpack().clone()).collect();
        slots::check_widths(&types, fields.len(), "the struct")?;
        let fields: Slots = fields.iter().collect();
        let mut context = store.context()?;
        let mut scope = RootScope::new(context.as_context_mut());
        let values = slots::to_vals(&store, &mut scope, &types, &fields, "field")?;
        let allocator = StructRefPre::new(&mut scope, ty);
        let made = match StructRef::new(&mut scope, &allocator, &values) {
            Ok(made) => Ref::Any(Some(made.to_anyref())),
            Err(error) => return not_made(&store, "a struct", error),
        };
        out.set(wts_reference_t(root(&store, &mut scope, &made)?));
        Ok(())
    })
}

/// Gets the type of a struct, a new handle.
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
pub unsafe extern "C" fn wts_struct_type(reference: wts_reference_t, out_type: *mut wts_type_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_type, "out_type")?;
        let ty = with_struct(reference, |_, _, _, ty| Ok(Type::Struct(ty)))?;
        out.set(wts_type_t(object::insert::<Type>(ty)?));
        Ok(())
    })
}

/// Gets how many fields a struct has.
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
pub unsafe extern "C" fn wts_struct_field_count(reference: wts_reference_t, out_count: *mut usize) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_count, "out_count")?;
        out.set(with_struct(reference, |_, _, _, ty| Ok(ty.fields().len()))?);
        Ok(())
    })
}

/// Gets the value of a struct's field, in as many slots as its type takes. An i8 or i16 is read as unsigned. A
/// reference belongs to the caller.
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
pub unsafe extern "C" fn wts_struct_get(
    reference: wts_reference_t,
    index: usize,
    value: *mut i64,
    value_len: usize,
) -> wts_status_t {
    boundary(|| {
        let out = args::output(value, value_len, "value")?;
        with_struct(reference, |store, cx, found, ty| {
            let field = field(&ty, index)?;
            slots::check_width(field.element_type().unpack(), value_len, "a field")?;
            let value = found.field(&mut *cx, index).or_else(lost)?;
            slots::write_val(store, cx, &value, out)
        })
    })
}

/// Sets the value of a struct's field, in as many slots as its type takes. Of an i8 or i16 the low bits count. A
/// reference is lent.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference),
/// `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the field is immutable), `WTS_ERR_TYPE` (not a struct, another number of slots,
/// or a reference of another type), `WTS_ERR_RANGE` (no such field, or a slot over 32 bits).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `value` holds `value_len` slots.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_struct_set(
    reference: wts_reference_t,
    index: usize,
    value: *const i64,
    value_len: usize,
) -> wts_status_t {
    boundary(|| {
        let given = args::input(value, value_len, "value")?;
        with_struct(reference, |store, cx, found, ty| {
            let field = field(&ty, index)?;
            if !field.mutability().is_var() {
                return fail(WTS_ERR_STATE, format_args!("field {index} is immutable"));
            }
            let ty = field.element_type().unpack();
            slots::check_width(ty, given.len(), "a field")?;
            let given: Slots = given.iter().collect();
            let value = slots::to_val(store, &mut *cx, ty, &given, "field", index)?;
            found.set_field(cx, index, value).or_else(lost)
        })
    })
}
