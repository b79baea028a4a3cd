//! What the scripts need of the library, in Rust's terms.
//!
//! SAFETY, of each call here: handles may be any number, and pointers are those of live values and slices, which
//! stand beside their lengths.

use std::ffi::c_void;
use std::ptr::null_mut;

use crate::library::*;

/// Why a call of the library, or of the runner itself, failed.
#[derive(Debug)]
pub struct Failure {
    /// `WTS_OK` where the library was not at fault.
    pub status: i32,
    pub trap: i32,
    pub message: String,
}

pub type Result<T = (), E = Failure> = std::result::Result<T, E>;

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Failure { status: WTS_OK, trap: 0, message }
    }
}

impl From<wast::Error> for Failure {
    fn from(error: wast::Error) -> Self {
        format!("the suite's text does not encode: {}", error.message()).into()
    }
}

fn check(status: i32) -> Result {
    if status == WTS_OK { Ok(()) } else { Err(last_error(status)) }
}

#[cold]
fn last_error(status: i32) -> Failure {
    let message = text(|buf, cap, len| unsafe { (LIBRARY.wts_error_message)(0, buf, cap, len) });
    let trap = out(|code| unsafe { (LIBRARY.wts_error_trap_code)(0, code) });
    Failure { status, trap: trap.unwrap(), message: message.unwrap() }
}

/// What a call writes to its `out_...`.
fn out<T: Default>(call: impl FnOnce(*mut T) -> i32) -> Result<T> {
    let mut value = T::default();
    check(call(&mut value))?;
    Ok(value)
}

/// What a call copies out to `buf` and `cap`, with its length.
fn copied<T: Default + Clone>(call: impl Fn(*mut T, usize, *mut usize) -> i32) -> Result<Vec<T>> {
    let mut len = 0;
    // Of an empty thing there is nothing to copy, so the status does not matter until the second call.
    call(null_mut(), 0, &mut len);
    let mut buffer = vec![T::default(); len];
    check(call(buffer.as_mut_ptr(), len, &mut len))?;
    Ok(buffer)
}

fn text(call: impl Fn(*mut u8, usize, *mut usize) -> i32) -> Result<String> {
    Ok(String::from_utf8(copied(call)?).expect("texts are UTF-8"))
}

/// A handle that is deleted in the end.
pub struct Owned {
    handle: u64,
    delete: unsafe extern "C" fn(u64) -> i32,
}

impl Owned {
    fn new(delete: unsafe extern "C" fn(u64) -> i32, call: impl FnOnce(*mut u64) -> i32) -> Result<Self> {
        Ok(Owned { handle: out(call)?, delete })
    }

    pub fn handle(&self) -> u64 {
        self.handle
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        check(unsafe { (self.delete)(self.handle) }).unwrap();
    }
}

/// An engine, with what the scripts have to know of its options.
pub struct Engine {
    engine: Owned,
    pub has_shared_memories: bool,
}

impl Engine {
    pub fn handle(&self) -> u64 {
        self.engine.handle
    }
}

pub fn engine(options: &[(&str, i64)]) -> Result<Engine> {
    let config = Owned::new(LIBRARY.wts_config_delete, |out| unsafe { (LIBRARY.wts_config_new)(out) })?;
    for (name, value) in options {
        let option = out(|out| unsafe { (LIBRARY.wts_option_find)(name.as_ptr(), name.len(), out) })?;
        check(unsafe { (LIBRARY.wts_config_set)(config.handle, option, *value) })?;
    }
    let engine = Owned::new(LIBRARY.wts_engine_delete, |out| unsafe { (LIBRARY.wts_engine_new)(config.handle, out) })?;
    Ok(Engine { engine, has_shared_memories: options.contains(&("shared_memory", 1)) })
}

pub fn store(engine: &Engine) -> Result<Owned> {
    Owned::new(LIBRARY.wts_store_delete, |out| unsafe { (LIBRARY.wts_store_new)(engine.handle(), 0, out) })
}

pub fn module(engine: &Engine, bytes: &[u8]) -> Result<Owned> {
    Owned::new(LIBRARY.wts_module_delete, |out| unsafe {
        (LIBRARY.wts_module_new)(engine.handle(), bytes.as_ptr(), bytes.len(), out)
    })
}

// ---- linkers ----

/// Of two definitions with one name the later one holds.
pub fn linker(engine: &Engine) -> Result<Owned> {
    let linker =
        Owned::new(LIBRARY.wts_linker_delete, |out| unsafe { (LIBRARY.wts_linker_new)(engine.handle(), out) })?;
    check(unsafe { (LIBRARY.wts_linker_set_allow_shadowing)(linker.handle, 1) })?;
    Ok(linker)
}

pub fn define(linker: &Owned, module: &str, name: &str, item: u64) -> Result {
    check(unsafe {
        (LIBRARY.wts_linker_define)(linker.handle, module.as_ptr(), module.len(), name.as_ptr(), name.len(), item)
    })
}

/// A host function that does nothing and has no results.
pub fn define_func(linker: &Owned, module: &str, name: &str, params: &[i32]) -> Result {
    unsafe extern "C" fn nothing(_: *mut c_void, _: u64, _: *const i64, _: usize, _: *mut i64, _: usize) -> i32 {
        WTS_OK
    }
    let results: [i32; 0] = [];
    check(unsafe {
        (LIBRARY.wts_linker_define_func)(
            linker.handle,
            module.as_ptr(),
            module.len(),
            name.as_ptr(),
            name.len(),
            params.as_ptr(),
            params.len(),
            results.as_ptr(),
            results.len(),
            nothing,
            null_mut(),
            None,
        )
    })
}

pub fn define_instance(linker: &Owned, name: &str, instance: u64) -> Result {
    check(unsafe { (LIBRARY.wts_linker_define_instance)(linker.handle, name.as_ptr(), name.len(), instance) })
}

pub fn instantiate(linker: &Owned, store: &Owned, module: &Owned) -> Result<u64> {
    out(|out| unsafe { (LIBRARY.wts_linker_instantiate)(linker.handle, store.handle, module.handle, out) })
}

// ---- items of a store ----

pub fn kind(handle: u64) -> i32 {
    unsafe { (LIBRARY.wts_handle_kind)(handle) }
}

pub fn export(instance: u64, name: &str) -> Result<u64> {
    out(|out| unsafe { (LIBRARY.wts_instance_get_export)(instance, name.as_ptr(), name.len(), out) })
}

/// The exports of an instance, by name.
pub fn exports(instance: u64) -> Result<Vec<(String, u64)>> {
    let count = out(|out| unsafe { (LIBRARY.wts_instance_export_count)(instance, out) })?;
    let export = |index| {
        let name = text(|buf, cap, len| unsafe { (LIBRARY.wts_instance_export_name)(instance, index, buf, cap, len) });
        Ok((name?, out(|out| unsafe { (LIBRARY.wts_instance_export_at)(instance, index, out) })?))
    };
    (0..count).map(export).collect()
}

pub fn memory(store: &Owned, minimum: u64, maximum: u64) -> Result<u64> {
    let ty = new_memory_type(minimum, maximum, 0)?;
    out(|out| unsafe { (LIBRARY.wts_memory_new)(store.handle, ty.handle, out) })
}

pub fn shared_memory(engine: &Engine, minimum: u64, maximum: u64) -> Result<Owned> {
    let ty = new_memory_type(minimum, maximum, WTS_MEMORY_SHARED)?;
    Owned::new(LIBRARY.wts_shared_memory_delete, |out| unsafe {
        (LIBRARY.wts_shared_memory_new)(engine.handle(), ty.handle, out)
    })
}

/// The shared memory of an export, for other stores.
pub fn share(memory: u64) -> Result<Owned> {
    Owned::new(LIBRARY.wts_shared_memory_delete, |out| unsafe { (LIBRARY.wts_shared_memory_share)(memory, out) })
}

/// A table of null functions.
pub fn table(store: &Owned, minimum: u64, maximum: u64, flags: i32) -> Result<u64> {
    let ty = new_type(|out| unsafe { (LIBRARY.wts_type_new_table)(WTS_FUNCREF, minimum, maximum, flags, out) })?;
    out(|out| unsafe { (LIBRARY.wts_table_new)(store.handle, ty.handle, 0, out) })
}

pub fn constant(store: &Owned, content: i32, value: i64) -> Result<u64> {
    let ty = new_type(|out| unsafe { (LIBRARY.wts_type_new_global)(content, 0, out) })?;
    out(|out| unsafe { (LIBRARY.wts_global_new)(store.handle, ty.handle, &value, 1, out) })
}

fn new_memory_type(minimum: u64, maximum: u64, flags: i32) -> Result<Owned> {
    const PAGE_LOG2: i32 = 16;
    new_type(|out| unsafe { (LIBRARY.wts_type_new_memory)(minimum, maximum, flags, PAGE_LOG2, out) })
}

fn new_type(call: impl FnOnce(*mut u64) -> i32) -> Result<Owned> {
    Owned::new(LIBRARY.wts_type_delete, call)
}

/// The value of a global, as its kind and its slots.
pub fn read(global: u64) -> Result<(i32, Vec<i64>)> {
    let ty = new_type(|out| unsafe { (LIBRARY.wts_global_type)(global, out) })?;
    let mut is_mutable = 0;
    let kind = out(|out| unsafe { (LIBRARY.wts_type_global)(ty.handle, out, &mut is_mutable) })?;
    let kind = abstract_kind(kind, |out| unsafe { (LIBRARY.wts_type_content_type)(ty.handle, out) })?;
    let mut slots = vec![0; width(kind)];
    check(unsafe { (LIBRARY.wts_global_get)(global, slots.as_mut_ptr(), slots.len()) })?;
    Ok((kind, slots))
}

/// Calls a function; the kinds of its results, and their slots.
pub fn call(func: u64, args: &[i64]) -> Result<(Vec<i32>, Vec<i64>)> {
    let ty = new_type(|out| unsafe { (LIBRARY.wts_func_type)(func, out) })?;
    let kinds = copied(|buf, cap, len| unsafe { (LIBRARY.wts_type_results)(ty.handle, buf, cap, len) })?;
    let kinds = kinds.into_iter().enumerate().map(|(index, kind)| {
        abstract_kind(kind, |out| unsafe { (LIBRARY.wts_type_result_type)(ty.handle, index, out) })
    });
    let kinds: Vec<_> = kinds.collect::<Result<_>>()?;
    let mut slots = vec![0; kinds.iter().copied().map(width).sum()];
    check(unsafe { (LIBRARY.wts_func_call)(func, args.as_ptr(), args.len(), slots.as_mut_ptr(), slots.len()) })?;
    Ok((kinds, slots))
}

/// The kind of a type, of a concrete reference type that of its abstract one.
fn abstract_kind(kind: i32, ty: impl FnOnce(*mut u64) -> i32) -> Result<i32> {
    if kind != WTS_REF && kind != WTS_REF_NULL {
        return Ok(kind);
    }
    let ty = new_type(ty)?;
    let (mut kind, mut is_nullable, mut concrete) = (0, 0, 0);
    check(unsafe { (LIBRARY.wts_type_ref)(ty.handle, &mut kind, &mut is_nullable, &mut concrete) })?;
    if concrete != 0 {
        check(unsafe { (LIBRARY.wts_type_delete)(concrete) })?;
    }
    Ok(kind)
}

/// How many slots a value takes.
pub fn width(kind: i32) -> usize {
    if kind == WTS_V128 { 2 } else { 1 }
}

// ---- references ----

/// A reference is deleted before its store is.
fn new_reference(call: impl FnOnce(*mut u64) -> i32) -> Result<Owned> {
    Owned::new(LIBRARY.wts_reference_delete, call)
}

/// Takes over a reference that a call gave.
pub fn own_reference(handle: u64) -> Owned {
    Owned { handle, delete: LIBRARY.wts_reference_delete }
}

pub fn externref(store: &Owned, value: u64) -> Result<Owned> {
    new_reference(|out| unsafe { (LIBRARY.wts_externref_new)(store.handle, value, null_mut(), None, out) })
}

pub fn to_any(externref: &Owned) -> Result<Owned> {
    new_reference(|out| unsafe { (LIBRARY.wts_anyref_convert_extern)(externref.handle, out) })
}

pub fn to_extern(anyref: &Owned) -> Result<Owned> {
    new_reference(|out| unsafe { (LIBRARY.wts_externref_convert_any)(anyref.handle, out) })
}

/// The value of an externref that the host made.
pub fn externref_value(reference: &Owned) -> Result<u64> {
    out(|out| unsafe { (LIBRARY.wts_externref_get)(reference.handle, out) })
}

pub fn reference_kind(reference: &Owned) -> Result<i32> {
    out(|out| unsafe { (LIBRARY.wts_reference_kind)(reference.handle, out) })
}

pub fn take_exception(store: &Owned) -> Result<Owned> {
    new_reference(|out| unsafe { (LIBRARY.wts_store_take_exception)(store.handle, out) })
}

/// How many handles of any kind are alive.
pub fn live_handles() -> u64 {
    out(|out| unsafe { (LIBRARY.wts_handle_live_count)(WTS_KIND_NONE, out) }).unwrap()
}
