//! Globals: made by the host or exported by an instance.

use crate::abi::*;
use crate::args::{self, Input};
use crate::boundary::{Result, boundary, fail};
use crate::object;
use crate::reference::Scope;
use crate::slots::{self, SlotKind, Slots};
use crate::store::{Data, Entered, enter, enter_store};
use crate::types::Type;
use wasmtime::{AsContextMut, Extern, Global, GlobalType, Mutability, RootScope, Val};

/// Works on a global in a scope for references.
fn with<R>(global: wts_global_t, work: impl FnOnce(&Entered, &mut Scope<'_>, Global) -> Result<R>) -> Result<R> {
    let store = enter(global.0, WTS_KIND_GLOBAL)?;
    let global = store.global(global.0)?;
    let mut context = store.context()?;
    work(&store, &mut RootScope::new(context.as_context_mut()), global)
}

/// The value for a global of a type.
fn value(store: &Entered, cx: impl AsContextMut<Data = Data>, ty: &GlobalType, slots: Input<i64>) -> Result<Val> {
    slots::check_width(ty.content(), slots.len(), "a global")?;
    let slots: Slots = slots.iter().collect();
    slots::to_val(store, cx, ty.content(), &slots, "value", 0)
}

/// Makes a global with a value, in as many slots as its type takes.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference,
/// or a type of another engine), `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_TYPE` (not a global type, or a value of another type),
/// `WTS_ERR_RANGE`, `WTS_ERR_MEMORY`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `value` holds `value_len` slots; `out_global` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_global_new(
    store: wts_store_t,
    r#type: wts_type_t,
    value: *const i64,
    value_len: usize,
    out_global: *mut wts_global_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_global, "out_global")?;
        let slots = args::input(value, value_len, "value")?;
        let ty = object::get::<Type>(r#type.0)?;
        let store = enter_store(store)?;
        let ty = ty.to_global(&store.body().engine.engine)?;
        let mut context = store.context()?;
        let mut scope = RootScope::new(context.as_context_mut());
        let value = self::value(&store, &mut scope, &ty, slots)?;
        let global = match Global::new(&mut scope, ty, value) {
            Ok(global) => global,
            Err(error) => return fail(WTS_ERR_TYPE, format_args!("the global cannot be made: {error:#}")),
        };
        out.set(wts_global_t(store.handle_of(&mut scope, Extern::Global(global))?));
        Ok(())
    })
}

/// Gets the type of a global, a new handle.
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
pub unsafe extern "C" fn wts_global_type(global: wts_global_t, out_type: *mut wts_type_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_type, "out_type")?;
        let ty = with(global, |_, cx, global| Ok(Type::of_global(&global.ty(&*cx))))?;
        out.set(wts_type_t(object::insert::<Type>(ty)?));
        Ok(())
    })
}

/// Gets the value of a global, in as many slots as its type takes. A reference belongs to the caller.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (another number of slots).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `value` has room for `value_len` slots.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_global_get(global: wts_global_t, value: *mut i64, value_len: usize) -> wts_status_t {
    boundary(|| {
        let out = args::output(value, value_len, "value")?;
        with(global, |store, cx, global| {
            let ty = global.ty(&*cx);
            slots::check_width(ty.content(), value_len, "a global")?;
            let value = global.get(&mut *cx);
            slots::write_val(store, cx, &value, out)
        })
    })
}

/// Sets the value of a global, in as many slots as its type takes. A reference is lent.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference),
/// `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the global is immutable), `WTS_ERR_TYPE` (another number of slots, or a
/// value of another type), `WTS_ERR_RANGE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `value` holds `value_len` slots.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_global_set(global: wts_global_t, value: *const i64, value_len: usize) -> wts_status_t {
    boundary(|| {
        let slots = args::input(value, value_len, "value")?;
        with(global, |store, cx, global| {
            let ty = global.ty(&*cx);
            let value = self::value(store, &mut *cx, &ty, slots)?;
            set(cx, global, &ty, value)
        })
    })
}

fn set(cx: impl AsContextMut<Data = Data>, global: Global, ty: &GlobalType, value: Val) -> Result {
    if ty.mutability() == Mutability::Const {
        return fail(WTS_ERR_STATE, "the global is immutable");
    }
    match global.set(cx, value) {
        Ok(()) => Ok(()),
        Err(error) => fail(WTS_ERR_TYPE, format_args!("the global cannot be set: {error:#}")),
    }
}

/// Gets the value of a global as a double.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (not a number), `WTS_ERR_RANGE` (an i64 that no double holds exactly).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_global_get_f64(global: wts_global_t, out_value: *mut f64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_value, "out_value")?;
        with(global, |store, cx, global| {
            let kind = SlotKind::of(global.ty(&*cx).content());
            slots::check_number(kind, "value", 0)?;
            let value = global.get(&mut *cx);
            let mut slots = Slots::new();
            slots::from_val(store, cx, &value, &mut slots)?;
            out.set(slots::double_from_slot(kind, slots[0], "value", 0)?);
            Ok(())
        })
    })
}

/// Sets the value of a global from a double.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the global is immutable),
/// `WTS_ERR_TYPE` (not a number), `WTS_ERR_RANGE` (its type does not hold the double exactly).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_global_set_f64(global: wts_global_t, value: f64) -> wts_status_t {
    boundary(|| {
        with(global, |store, cx, global| {
            let ty = global.ty(&*cx);
            let kind = SlotKind::of(ty.content());
            slots::check_number(kind, "value", 0)?;
            let slot = slots::slot_from_double(kind, value, "value", 0)?;
            let value = slots::to_val(store, &mut *cx, ty.content(), &[slot], "value", 0)?;
            set(cx, global, &ty, value)
        })
    })
}
