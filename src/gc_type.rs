//! Types of references, structs and arrays; types that name them; and how types compare.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::engine::Engine;
use crate::object;
use crate::types::{Prototype, Type, make, new_table};
use crate::value_type::{
    check_field_engine, check_val_engine, field_type, field_types, full_val_types, kind_of_heap, kind_of_storage,
    mutability, name, ref_type, val_types,
};
use std::sync::Arc;
use wasmtime::{ArrayType, ExnType, FieldType, Finality, FuncType, RefType, StructType, ValType};

/// A finished type, which has no subtypes, or one that may have some.
fn finality(is_final: i32) -> Result<Finality> {
    Ok(if args::flag(is_final, "is_final")? { Finality::Final } else { Finality::NonFinal })
}

/// The supertype behind a handle, if there is one.
fn supertype(handle: wts_type_t) -> Result<Option<Arc<Type>>> {
    if handle.0 == 0 { Ok(None) } else { object::get(handle.0).map(Some) }
}

/// An engine that collects garbage; Wasmtime panics where another one is asked for the layout of objects.
fn collecting(engine: wts_engine_t) -> Result<Arc<Engine>> {
    let engine = object::get::<Engine>(engine.0)?;
    check_collects(&engine.engine)?;
    Ok(engine)
}

/// Checks that an engine has garbage-collected objects at all.
pub(crate) fn check_collects(engine: &wasmtime::Engine) -> Result {
    // This is where Wasmtime tells.
    match ExnType::new(engine, []) {
        Ok(_) => Ok(()),
        Err(error) => fail(WTS_ERR_STATE, format_args!("the engine was made without garbage collection: {error:#}")),
    }
}

/// What a supertype does not allow.
fn unfit(error: wasmtime::Error) -> Box<crate::boundary::Failure> {
    crate::boundary::Failure::new(WTS_ERR_TYPE, format_args!("the type cannot be made: {error:#}"))
}

fn new_struct(
    engine: &wasmtime::Engine,
    supertype: Option<&Type>,
    finality: Finality,
    fields: Vec<FieldType>,
) -> Result<Type> {
    fields.iter().try_for_each(|field| check_field_engine(field, engine))?;
    let supertype = supertype.map(|ty| ty.to_struct(engine)).transpose()?;
    StructType::with_finality_and_supertype(engine, finality, supertype.as_ref(), fields)
        .map(Type::Struct)
        .map_err(unfit)
}

fn new_array(
    engine: &wasmtime::Engine,
    supertype: Option<&Type>,
    finality: Finality,
    field: FieldType,
) -> Result<Type> {
    check_field_engine(&field, engine)?;
    let supertype = supertype.map(|ty| ty.to_array(engine)).transpose()?;
    ArrayType::with_finality_and_supertype(engine, finality, supertype.as_ref(), field).map(Type::Array).map_err(unfit)
}

/// Makes the type of references of an abstract kind, which are never null unless `is_nullable` is 1.
///
/// `kind` says what they refer to: `WTS_FUNCREF` to functions, `WTS_EQREF` to what can be compared.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_RANGE` (no kind of reference, or a flag that is not 0 or 1),
/// `WTS_ERR_UNSUPPORTED` (`WTS_REF`, `WTS_REF_NULL`).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_new_ref(kind: i32, is_nullable: i32, out_type: *mut wts_type_t) -> wts_status_t {
    make(out_type, || {
        let nullable = args::flag(is_nullable, "is_nullable")?;
        Ok(Type::Ref(RefType::new(nullable, ref_type(kind, "reference")?.heap_type().clone())))
    })
}

/// Makes the type of references to a struct, array or function of type `type`, which are never null unless
/// `is_nullable` is 1.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a type of another
/// engine), `WTS_ERR_TYPE` (not the type of a struct, array or function), `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_new_ref_to(
    engine: wts_engine_t,
    r#type: wts_type_t,
    is_nullable: i32,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    make(out_type, || {
        let nullable = args::flag(is_nullable, "is_nullable")?;
        let engine = object::get::<Engine>(engine.0)?;
        let heap = object::get::<Type>(r#type.0)?.to_heap(&engine.engine)?;
        if !heap.is_concrete() {
            return fail(WTS_ERR_TYPE, "the type is that of a reference; wts_type_new_ref makes such ones");
        }
        Ok(Type::Ref(RefType::new(nullable, heap)))
    })
}

/// Makes the type of a function that belongs to an engine: it may take and return references of any type,
/// and have subtypes.
///
/// Beside each kind that is `WTS_REF` or `WTS_REF_NULL` stands its reference type, beside others 0;
/// `param_types` and `result_types` may be empty where there are none. `supertype` is 0 or a function type
/// that is not final and that this one matches. A type that `is_final` (1) has no subtypes.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a type of another
/// engine), `WTS_ERR_TYPE` (not a reference type, not of the kind beside it, or the supertype does not allow
/// it), `WTS_ERR_RANGE` (an unknown kind, or numbers of kinds and types that differ), `WTS_ERR_LIMIT` (over
/// 1,000 parameters or results).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// The four arrays are as long as said; `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_new_func_of(
    engine: wts_engine_t,
    supertype: wts_type_t,
    is_final: i32,
    params: *const i32,
    params_len: usize,
    param_types: *const wts_type_t,
    param_types_len: usize,
    results: *const i32,
    results_len: usize,
    result_types: *const wts_type_t,
    result_types_len: usize,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    make(out_type, || {
        let params = args::input(params, params_len, "params")?;
        let param_types = args::input(param_types, param_types_len, "param_types")?;
        let results = args::input(results, results_len, "results")?;
        let result_types = args::input(result_types, result_types_len, "result_types")?;
        let engine = &object::get::<Engine>(engine.0)?.engine;
        let supertype = self::supertype(supertype)?;
        let params = full_val_types(params, param_types, "param_types")?;
        let results = full_val_types(results, result_types, "result_types")?;
        params.iter().chain(&results).try_for_each(|ty| check_val_engine(ty, engine))?;
        let supertype = supertype.map(|ty| ty.to_func(engine)).transpose()?;
        FuncType::with_finality_and_supertype(engine, finality(is_final)?, supertype.as_ref(), params, results)
            .map(|ty| Type::Func(Prototype::of(ty)))
            .map_err(unfit)
    })
}

/// Makes the type of a table of any reference type; else as `wts_type_new_table`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (`element` is not a reference
/// type), `WTS_ERR_RANGE` (limits or flags).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_new_table_of(
    element: wts_type_t,
    minimum: u64,
    maximum: u64,
    flags: i32,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    make(out_type, || new_table(object::get::<Type>(element.0)?.to_ref()?, minimum, maximum, flags))
}

/// Makes the type of a global that holds references of any type. `is_mutable` is 0 or 1.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (`content` is not a reference
/// type), `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_new_global_of(
    content: wts_type_t,
    is_mutable: i32,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    make(out_type, || {
        let content = ValType::Ref(object::get::<Type>(content.0)?.to_ref()?);
        Ok(Type::Global { content, mutability: mutability(is_mutable)? })
    })
}

/// Makes the type of a tag from the kinds of the fields of its exceptions.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_RANGE` (an unknown kind), `WTS_ERR_LIMIT` (over 1,000), `WTS_ERR_UNSUPPORTED`
/// (`WTS_REF`, `WTS_REF_NULL`: see `wts_type_new_tag_of`).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `params` holds as many kinds as said; `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_new_tag(
    params: *const i32,
    params_len: usize,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    make(out_type, || {
        let params = val_types(args::input(params, params_len, "params")?)?;
        Ok(Type::Tag(Prototype::new(params, Vec::new())))
    })
}

/// Makes the type of a tag whose exceptions have the parameters of a function type as fields.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (not a function type, or one
/// with results).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_new_tag_of(func_type: wts_type_t, out_type: *mut wts_type_t) -> wts_status_t {
    make(out_type, || match &*object::get::<Type>(func_type.0)? {
        Type::Func(prototype) if prototype.results.is_empty() => Ok(Type::Tag(prototype.clone())),
        other => fail(WTS_ERR_TYPE, format_args!("expected a func type without results, got {other}")),
    })
}

/// Makes the type of a struct from the kinds of its fields: `WTS_I8`, `WTS_I16`, or a kind of values.
///
/// `mutability` holds 1 for each field that can be set and 0 for the others. The type is final.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (an unknown kind, or the
/// lengths differ), `WTS_ERR_STATE` (the engine has no garbage collection), `WTS_ERR_LIMIT` (over 10,000
/// fields). A field that is `WTS_REF` or `WTS_REF_NULL` is `WTS_ERR_HANDLE`: see `wts_type_new_struct_of`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `fields` and `mutability` are as long as said; `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_new_struct(
    engine: wts_engine_t,
    fields: *const i32,
    fields_len: usize,
    mutability: *const i32,
    mutability_len: usize,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    make(out_type, || {
        let fields = args::input(fields, fields_len, "fields")?;
        let mutability = args::input(mutability, mutability_len, "mutability")?;
        let none = args::input(std::ptr::null(), 0, "types")?;
        let engine = collecting(engine)?;
        new_struct(&engine.engine, None, Finality::Final, field_types(fields, mutability, none)?)
    })
}

/// Makes the type of a struct of which fields may be references of any type, and which may have subtypes
/// and a supertype.
///
/// `types` holds the reference type of each field that is `WTS_REF` or `WTS_REF_NULL` and 0 for the others; it
/// may be empty. `supertype` is 0 or a struct type that is not final and whose fields this one begins with.
/// A type that `is_final` (1) has no subtypes. Types that refer to themselves come from modules only.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a type of another
/// engine), `WTS_ERR_TYPE` (not a reference type, not of the kind beside it, or the supertype does not allow
/// it), `WTS_ERR_RANGE` (an unknown kind, or the lengths differ), `WTS_ERR_STATE` (the engine has no garbage
/// collection), `WTS_ERR_LIMIT` (over 10,000 fields).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// The three arrays are as long as said; `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_new_struct_of(
    engine: wts_engine_t,
    supertype: wts_type_t,
    is_final: i32,
    fields: *const i32,
    fields_len: usize,
    mutability: *const i32,
    mutability_len: usize,
    types: *const wts_type_t,
    types_len: usize,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    make(out_type, || {
        let fields = args::input(fields, fields_len, "fields")?;
        let mutability = args::input(mutability, mutability_len, "mutability")?;
        let types = args::input(types, types_len, "types")?;
        let engine = collecting(engine)?;
        let supertype = self::supertype(supertype)?;
        let fields = field_types(fields, mutability, types)?;
        new_struct(&engine.engine, supertype.as_deref(), finality(is_final)?, fields)
    })
}

/// Makes the type of an array from the kind of its elements: `WTS_I8`, `WTS_I16`, or a kind of values.
///
/// `is_mutable` is 1 if elements can be set, else 0. The type is final.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (an unknown kind),
/// `WTS_ERR_STATE` (the engine has no garbage collection). An element that is `WTS_REF` or `WTS_REF_NULL` is
/// `WTS_ERR_HANDLE`: see `wts_type_new_array_of`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_new_array(
    engine: wts_engine_t,
    element: i32,
    is_mutable: i32,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    make(out_type, || {
        let engine = collecting(engine)?;
        let field = field_type(element, wts_type_t(0), mutability(is_mutable)?)?;
        new_array(&engine.engine, None, Finality::Final, field)
    })
}

/// Makes the type of an array whose elements may be references of any type, and which may have subtypes and
/// a supertype.
///
/// `element_type` is the reference type of elements that are `WTS_REF` or `WTS_REF_NULL`, else 0. `supertype`
/// is 0 or an array type that is not final and that this one matches. A type that `is_final` (1) has no
/// subtypes.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a type of another
/// engine), `WTS_ERR_TYPE` (not a reference type, not of the kind beside it, or the supertype does not allow
/// it), `WTS_ERR_RANGE` (an unknown kind), `WTS_ERR_STATE` (the engine has no garbage collection).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_new_array_of(
    engine: wts_engine_t,
    supertype: wts_type_t,
    is_final: i32,
    element: i32,
    element_type: wts_type_t,
    is_mutable: i32,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    make(out_type, || {
        let engine = collecting(engine)?;
        let supertype = self::supertype(supertype)?;
        let field = field_type(element, element_type, mutability(is_mutable)?)?;
        new_array(&engine.engine, supertype.as_deref(), finality(is_final)?, field)
    })
}

// ---- what types are made of ----

/// Copies out the kinds of a struct type's fields; of an array type's elements, one kind.
///
/// `cap` and `out_len` count kinds. `cap` 0 asks for their number.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another
/// type).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` kinds; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_fields(
    r#type: wts_type_t,
    buf: *mut i32,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let fields = object::get::<Type>(r#type.0)?.fields()?;
        let kinds: Vec<i32> = fields.iter().map(|field| kind_of_storage(field.element_type())).collect();
        args::copy_out(&kinds, buf, cap, out_len)
    })
}

/// Gets the kind of a struct type's field, and 1 if it can be set, else 0; of an array type's elements, as
/// field 0.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type),
/// `WTS_ERR_RANGE` (no such field).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// Both are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_field(
    r#type: wts_type_t,
    index: usize,
    out_kind: *mut i32,
    out_is_mutable: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out_kind = args::out(out_kind, "out_kind")?;
        let out_is_mutable = args::out(out_is_mutable, "out_is_mutable")?;
        let fields = object::get::<Type>(r#type.0)?.fields()?;
        let field = args::index(fields.get(index), index, fields.len(), "field")?;
        out_kind.set(kind_of_storage(field.element_type()));
        out_is_mutable.set(i32::from(field.mutability().is_var()));
        Ok(())
    })
}

/// The reference type of a value.
fn reference(ty: &ValType) -> Result<Type> {
    match ty {
        ValType::Ref(ty) => Ok(Type::Ref(ty.clone())),
        _ => fail(WTS_ERR_TYPE, format_args!("{} is not a reference", name(ty))),
    }
}

/// Makes the reference type of one of several values.
fn make_of(
    out_type: *mut wts_type_t,
    ty: wts_type_t,
    index: usize,
    what: &str,
    pick: impl FnOnce(&Type) -> Option<&[ValType]>,
) -> wts_status_t {
    make(out_type, || {
        let ty = object::get::<Type>(ty.0)?;
        let Some(types) = pick(&ty) else {
            return fail(WTS_ERR_TYPE, format_args!("{ty} has no {what}s"));
        };
        reference(args::index(types.get(index), index, types.len(), what)?)
    })
}

/// Gets the reference type of a parameter of a function type or of a tag type, a new handle.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type, or the
/// parameter is not a reference), `WTS_ERR_RANGE` (no such parameter).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_param_type(
    r#type: wts_type_t,
    index: usize,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    make_of(out_type, r#type, index, "parameter", |ty| match ty {
        Type::Func(prototype) | Type::Tag(prototype) => Some(&prototype.params),
        _ => None,
    })
}

/// Gets the reference type of a result of a function type, a new handle.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type, or the result
/// is not a reference), `WTS_ERR_RANGE` (no such result).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_result_type(
    r#type: wts_type_t,
    index: usize,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    make_of(out_type, r#type, index, "result", |ty| match ty {
        Type::Func(prototype) => Some(&prototype.results),
        _ => None,
    })
}

/// Gets the reference type of a struct type's field, or of an array type's elements as field 0, a new
/// handle.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type, or the field is
/// not a reference), `WTS_ERR_RANGE` (no such field).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_field_type(
    r#type: wts_type_t,
    index: usize,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    make(out_type, || {
        let fields = object::get::<Type>(r#type.0)?.fields()?;
        let field = args::index(fields.get(index), index, fields.len(), "field")?;
        reference(field.element_type().unpack())
    })
}

/// Gets the reference type of a table type's elements, a new handle.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_element_type(r#type: wts_type_t, out_type: *mut wts_type_t) -> wts_status_t {
    make(out_type, || match &*object::get::<Type>(r#type.0)? {
        Type::Table { element, .. } => Ok(Type::Ref(element.clone())),
        other => fail(WTS_ERR_TYPE, format_args!("expected a table type, got {other}")),
    })
}

/// Gets the reference type of a global type's value, a new handle.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type, or the value is
/// not a reference).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_content_type(r#type: wts_type_t, out_type: *mut wts_type_t) -> wts_status_t {
    make(out_type, || match &*object::get::<Type>(r#type.0)? {
        Type::Global { content, .. } => reference(content),
        other => fail(WTS_ERR_TYPE, format_args!("expected a global type, got {other}")),
    })
}

/// Gets what a reference type says: what it refers to, as the kind of its abstract type, and whether it may
/// be null (1) or not (0).
///
/// `out_type` receives the struct, array or function type that it refers to, a new handle; 0 if it refers
/// to an abstract type.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type),
/// `WTS_ERR_UNSUPPORTED` (a continuation).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// All three are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_ref(
    r#type: wts_type_t,
    out_kind: *mut i32,
    out_is_nullable: *mut i32,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    boundary(|| {
        let out_kind = args::out(out_kind, "out_kind")?;
        let out_is_nullable = args::out(out_is_nullable, "out_is_nullable")?;
        let out_type = args::out(out_type, "out_type")?;
        let ty = object::get::<Type>(r#type.0)?.to_ref()?;
        let Some(kind) = kind_of_heap(ty.heap_type()) else {
            return fail(WTS_ERR_UNSUPPORTED, "references to continuations cannot be looked into");
        };
        let concrete = match Type::of_concrete(ty.heap_type()) {
            Some(concrete) => object::insert::<Type>(concrete)?,
            None => 0,
        };
        out_kind.set(kind);
        out_is_nullable.set(i32::from(ty.is_nullable()));
        out_type.set(wts_type_t(concrete));
        Ok(())
    })
}

/// What an engine knows of a struct, array or function type; a function type that is free of engines is as
/// one without supertype that is final.
fn declared(ty: &Type) -> Result<(Option<Type>, Finality)> {
    match ty {
        Type::Struct(ty) => Ok((ty.supertype().map(Type::Struct), ty.finality())),
        Type::Array(ty) => Ok((ty.supertype().map(Type::Array), ty.finality())),
        Type::Func(prototype) => Ok(match prototype.declared() {
            Some(ty) => (ty.supertype().map(|ty| Type::Func(Prototype::of(ty))), ty.finality()),
            None => (None, Finality::Final),
        }),
        _ => fail(WTS_ERR_TYPE, format_args!("expected a struct, array or func type, got {ty}")),
    }
}

/// Gets the declared supertype of a struct, array or function type, a new handle; 0 if it has none.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_supertype(r#type: wts_type_t, out_type: *mut wts_type_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_type, "out_type")?;
        let supertype = declared(&*object::get::<Type>(r#type.0)?)?.0;
        out.set(wts_type_t(supertype.map_or(Ok(0), object::insert::<Type>)?));
        Ok(())
    })
}

/// Tells whether a struct, array or function type is final: 1 if it can have no subtypes, else 0.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_is_final` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_is_final(r#type: wts_type_t, out_is_final: *mut i32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_is_final, "out_is_final")?;
        let (_, finality) = declared(&*object::get::<Type>(r#type.0)?)?;
        out.set(i32::from(finality.is_final()));
        Ok(())
    })
}

fn compare(
    one: wts_type_t,
    two: wts_type_t,
    out: *mut i32,
    name: &str,
    compare: impl FnOnce(&Type, &Type) -> bool,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out, name)?;
        let (one, two) = (object::get::<Type>(one.0)?, object::get::<Type>(two.0)?);
        out.set(i32::from(compare(&one, &two)));
        Ok(())
    })
}

/// Tells whether what has this type can be used where `other` is wanted: 1 if it is the same type or a
/// subtype, else 0. Concrete types of two engines never match.
///
/// Structs, arrays and functions are subtypes by declaration, as in WebAssembly. A memory or table matches
/// when its limits lie within the others.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_matches` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_matches(
    r#type: wts_type_t,
    other: wts_type_t,
    out_matches: *mut i32,
) -> wts_status_t {
    compare(r#type, other, out_matches, "out_matches", Type::matches)
}

/// Tells whether two handles are of the same type: 1 if each matches the other, else 0.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_same` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_same(r#type: wts_type_t, other: wts_type_t, out_same: *mut i32) -> wts_status_t {
    compare(r#type, other, out_same, "out_same", |one, two| one.matches(two) && two.matches(one))
}
