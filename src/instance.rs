//! Instances: made from a list of imports, and their exports.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::error;
use crate::fiber;
use crate::module::{self, Module};
use crate::object;
use crate::store::{Context, Data, Entered, InstanceItem, enter, enter_store};
use std::ffi::c_char;
use std::sync::Arc;
use wasmtime::{AsContext, Extern, Instance};

/// The handle of what an instantiation made.
pub(crate) fn add(
    store: &Entered,
    mut cx: Context<'_>,
    module: &Arc<Module>,
    made: wasmtime::Result<Instance>,
) -> Result<u64> {
    match made {
        Ok(instance) => store.add_instance(instance, module.clone()),
        Err(error) => Err(error::from_link(error, &mut cx)),
    }
}

/// Instantiates a module with a list of imports, in the module's order, and runs its start function.
///
/// The instance belongs to the store.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_WRONG_STORE` (an import of another store; a module of another engine), `WTS_ERR_LINK` (an
/// import is missing, is one too many, or has another type), `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`, and what
/// the start function can end with: `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_EXIT`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`,
/// `WTS_ERR_INTERRUPT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `imports` holds `imports_len` handles; `out_instance` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_instance_new(
    store: wts_store_t,
    module: wts_module_t,
    imports: *const u64,
    imports_len: usize,
    out_instance: *mut wts_instance_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_instance, "out_instance")?;
        let imports = args::input(imports, imports_len, "imports")?;
        let module = object::get::<Module>(module.0)?;
        let store = enter_store(store)?;
        store.body().engine.check_same(&module.engine, "module")?;
        check_count(&module.module, imports.len())?;
        let given = module.module.imports().zip(imports.iter());
        let given = given.map(|(import, item)| store.external(item, || module::kind_of(&import.ty())));
        let imports = given.collect::<Result<Vec<_>>>()?;
        let mut context = store.context_to_run()?;
        check_types(&context, &module.module, &imports)?;
        let instance = if store.needs_fiber() {
            fiber::finish(&store, Instance::new_async(&mut context, &module.module, &imports))
        } else {
            Instance::new(&mut context, &module.module, &imports)
        };
        out.set(wts_instance_t(add(&store, context, &module, instance)?));
        Ok(())
    })
}

fn check_count(module: &wasmtime::Module, given: usize) -> Result {
    let wanted = module.imports().len();
    if let Some(missing) = module.imports().nth(given) {
        let (module, name) = (missing.module(), missing.name());
        return fail(
            WTS_ERR_LINK,
            format_args!("the module has {wanted} imports but {given} were given: {module:?} {name:?} is missing"),
        );
    }
    if given > wanted {
        return fail(WTS_ERR_LINK, format_args!("the module has {wanted} imports but {given} were given"));
    }
    Ok(())
}

/// Names the import whose kind is another one; Wasmtime tells all other differences.
fn check_types(cx: impl AsContext<Data = Data>, module: &wasmtime::Module, imports: &[Extern]) -> Result {
    for (import, given) in module.imports().zip(imports) {
        let (wanted, given) = (import.ty(), given.ty(&cx));
        if std::mem::discriminant(&wanted) != std::mem::discriminant(&given) {
            let (module, name) = (import.module(), import.name());
            let (wanted, given) = (crate::types::Type::of(&wanted), crate::types::Type::of(&given));
            return fail(WTS_ERR_LINK, format_args!("the import {module:?} {name:?} must be {wanted}, not {given}"));
        }
    }
    Ok(())
}

/// Gets an export by its name; the same handle each time.
///
/// The item belongs to the store. `wts_handle_kind` tells its kind.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE`, `WTS_ERR_NOT_FOUND` (the message has the names that exist).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `name` holds `name_len` bytes; `out_item` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_instance_get_export(
    instance: wts_instance_t,
    name: *const c_char,
    name_len: usize,
    out_item: *mut u64,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_item, "out_item")?;
        let name = args::bytes(name.cast(), name_len, "name")?;
        let store = enter(instance.0, WTS_KIND_INSTANCE)?;
        let instance = store.instance(instance.0)?;
        out.set(export(&store, &instance, instance.module.export_index(name)?)?);
        Ok(())
    })
}

/// The handle of the export at an index.
fn export(store: &Entered, instance: &InstanceItem, index: usize) -> Result<u64> {
    if let Some(known) = instance.exports.borrow().get(index).filter(|handle| **handle != 0) {
        return Ok(*known);
    }
    let exports = instance.module.exports();
    let export = exports.get(index)?;
    let mut context = store.context()?;
    let Some(found) = instance.instance.get_module_export(&mut context, &export.place) else {
        return fail(WTS_ERR_INTERNAL, "the instance lacks an export of its module");
    };
    let handle = store.handle_of_known(&mut context, found, export.signature.as_ref())?;
    let mut handles = instance.exports.borrow_mut();
    handles.resize(exports.len(), 0);
    handles[index] = handle;
    Ok(handle)
}

/// Works on an instance.
fn with<R>(instance: wts_instance_t, work: impl FnOnce(&Entered, &InstanceItem) -> Result<R>) -> Result<R> {
    let store = enter(instance.0, WTS_KIND_INSTANCE)?;
    let instance = store.instance(instance.0)?;
    work(&store, &instance)
}

/// Gets how many exports an instance has.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_instance_export_count(instance: wts_instance_t, out_count: *mut usize) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_count, "out_count")?;
        out.set(with(instance, |_, instance| Ok(instance.module.module.exports().len()))?);
        Ok(())
    })
}

/// Copies out the name of an export.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE`, `WTS_ERR_RANGE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_instance_export_name(
    instance: wts_instance_t,
    index: usize,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        with(instance, |_, instance| {
            args::copy_text_out(module::export(&instance.module.module, index)?.name(), buf, cap, out_len)
        })
    })
}

/// Gets what an export is: `WTS_KIND_FUNC`, `_MEMORY`, `_SHARED_MEMORY`, `_GLOBAL`, `_TABLE` or `_TAG`, as
/// `wts_handle_kind` tells of its handle.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_kind` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_instance_export_kind(
    instance: wts_instance_t,
    index: usize,
    out_kind: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_kind, "out_kind")?;
        out.set(with(instance, |_, instance| {
            Ok(module::kind_of(&module::export(&instance.module.module, index)?.ty()))
        })?);
        Ok(())
    })
}

/// Gets the export at an index; the same handle as by its name.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_RANGE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_item` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_instance_export_at(
    instance: wts_instance_t,
    index: usize,
    out_item: *mut u64,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_item, "out_item")?;
        out.set(with(instance, |store, instance| export(store, instance, index))?);
        Ok(())
    })
}
