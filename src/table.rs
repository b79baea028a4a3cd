//! Tables of references: made by the host or exported by an instance.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::error;
use crate::object;
use crate::reference::Scope;
use crate::slots;
use crate::store::{Entered, enter, enter_store};
use crate::types::Type;
use wasmtime::{AsContextMut, Extern, Ref, RootScope, Table, TableType};

/// Works on a table in a scope for references.
fn with<R>(table: wts_table_t, work: impl FnOnce(&Entered, &mut Scope<'_>, Table) -> Result<R>) -> Result<R> {
    let store = enter(table.0, WTS_KIND_TABLE)?;
    let table = store.table(table.0)?;
    let mut context = store.context()?;
    work(&store, &mut RootScope::new(context.as_context_mut()), table)
}

/// An element for a table of a type.
fn element(store: &Entered, cx: &mut Scope<'_>, ty: &TableType, handle: u64) -> Result<Ref> {
    slots::to_ref(store, cx, ty.element(), handle, "element", 0)
}

fn outside<T>(index: u64, size: u64) -> Result<T> {
    fail(WTS_ERR_RANGE, format_args!("index {index} is out of the table, which has {size} elements"))
}

fn check_part(index: u64, len: u64, size: u64) -> Result {
    if index.checked_add(len).is_some_and(|end| end <= size) {
        return Ok(());
    }
    fail(
        WTS_ERR_RANGE,
        format_args!("{len} elements at index {index} do not lie in the table, which has {size} elements"),
    )
}

fn cannot_be_set(error: wasmtime::Error) -> Result {
    fail(WTS_ERR_TYPE, format_args!("the element cannot be set: {error:#}"))
}

/// Makes a table of a table type, filled with `init`: a func or reference handle, or 0 for null.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE`, `WTS_ERR_TYPE` (not a table type, or an element of another type), `WTS_ERR_LIMIT`,
/// `WTS_ERR_HOST` (the store's limiter failed).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_table` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_table_new(
    store: wts_store_t,
    r#type: wts_type_t,
    init: u64,
    out_table: *mut wts_table_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_table, "out_table")?;
        let ty = object::get::<Type>(r#type.0)?;
        let store = enter_store(store)?;
        let ty = ty.to_table(&store.body().engine.engine)?;
        let mut context = store.context()?;
        let mut scope = RootScope::new(context.as_context_mut());
        let init = element(&store, &mut scope, &ty, init)?;
        let table = match Table::new(&mut scope, ty, init) {
            Ok(table) => table,
            Err(error) => return Err(error::from_growth(error, "the table cannot be made")),
        };
        out.set(wts_table_t(store.handle_of(&mut scope, Extern::Table(table))?));
        Ok(())
    })
}

/// Gets the type of a table, a new handle.
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
pub unsafe extern "C" fn wts_table_type(table: wts_table_t, out_type: *mut wts_type_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_type, "out_type")?;
        let ty = with(table, |_, cx, table| Ok(Type::of_table(&table.ty(&*cx))))?;
        out.set(wts_type_t(object::insert::<Type>(ty)?));
        Ok(())
    })
}

/// Gets an element of a table: 0 for null, a func handle (the same each time), or a reference handle that
/// belongs to the caller.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE` (no such element).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_table_get(table: wts_table_t, index: u64, out_value: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_value, "out_value")?;
        out.set(with(table, |store, cx, table| match table.get(&mut *cx, index) {
            Some(found) => slots::from_ref(store, cx, &found),
            None => outside(index, table.size(&*cx)),
        })?);
        Ok(())
    })
}

/// Sets an element of a table: 0 for null, a func handle, or a reference handle, which is lent.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE`, `WTS_ERR_RANGE` (no such element).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_table_set(table: wts_table_t, index: u64, value: u64) -> wts_status_t {
    boundary(|| {
        with(table, |store, cx, table| {
            let value = element(store, cx, &table.ty(&*cx), value)?;
            let size = table.size(&*cx);
            if index >= size {
                return outside(index, size);
            }
            table.set(&mut *cx, index, value).or_else(cannot_be_set)
        })
    })
}

/// Gets how many elements a table has.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_size` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_table_size(table: wts_table_t, out_size: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_size, "out_size")?;
        out.set(with(table, |_, cx, table| Ok(table.size(&*cx)))?);
        Ok(())
    })
}

/// Grows a table by `delta` elements, each `init`: a func or reference handle, or 0 for null.
/// `out_previous` receives its size before.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE`, `WTS_ERR_TYPE`, `WTS_ERR_LIMIT` (over its maximum or the store's limits, or the system gives no
/// more), `WTS_ERR_HOST` (the store's limiter failed).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_previous` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_table_grow(
    table: wts_table_t,
    delta: u64,
    init: u64,
    out_previous: *mut u64,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_previous, "out_previous")?;
        out.set(with(table, |store, cx, table| {
            let init = element(store, cx, &table.ty(&*cx), init)?;
            match table.grow(&mut *cx, delta, init) {
                Ok(previous) => Ok(previous),
                Err(error) => {
                    let (size, ty) = (table.size(&*cx), Type::of_table(&table.ty(&*cx)));
                    let what = format_args!("{ty}, which has {size} elements, cannot grow by {delta}");
                    Err(error::from_growth(error, what))
                }
            }
        })?);
        Ok(())
    })
}

/// Sets `len` elements of a table from `index` on to `value`: a func or reference handle, which is lent, or 0 for
/// null.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE`, `WTS_ERR_RANGE` (they do not all lie in the table; none is set).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_table_fill(table: wts_table_t, index: u64, value: u64, len: u64) -> wts_status_t {
    boundary(|| {
        with(table, |store, cx, table| {
            let value = element(store, cx, &table.ty(&*cx), value)?;
            check_part(index, len, table.size(&*cx))?;
            table.fill(&mut *cx, index, value, len).or_else(cannot_be_set)
        })
    })
}

/// Copies `len` elements of a table from `source_index` on to another table of the store, or to another place of the
/// same one, where both places may overlap.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_TYPE` (the table holds no elements of the other's type), `WTS_ERR_RANGE` (they do not all lie in both
/// tables; none is copied).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_table_copy(
    table: wts_table_t,
    index: u64,
    source: wts_table_t,
    source_index: u64,
    len: u64,
) -> wts_status_t {
    boundary(|| {
        with(table, |store, cx, table| {
            store.check_same_store(source.0, WTS_KIND_TABLE)?;
            let source = store.table(source.0)?;
            let (to, from) = (table.ty(&*cx), source.ty(&*cx));
            if !from.element().matches(to.element()) {
                let (to, from) = (to.element(), from.element());
                return fail(WTS_ERR_TYPE, format_args!("a table of {to} cannot hold what a table of {from} holds"));
            }
            check_part(source_index, len, source.size(&*cx))?;
            check_part(index, len, table.size(&*cx))?;
            Table::copy(&mut *cx, &table, index, &source, source_index, len).or_else(cannot_be_set)
        })
    })
}
