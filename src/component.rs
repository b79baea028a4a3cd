//! Components: compiled, cached, serialized, inspected.

#![cfg_attr(not(feature = "component"), allow(unused))]

use crate::abi::*;
use crate::args;
use crate::boundary::{boundary, components};
use crate::buffer;
#[cfg(feature = "component")]
use crate::components::{Component, Item};
use crate::engine::Engine;
use crate::module;
use crate::object;
use std::ffi::c_char;
use std::fs::File;
use std::path::Path;

/// Compiles a component, from the binary or the text format.
///
/// The component is deleted with `wts_component_delete`. `out_component` is not written on failure. The engine's
/// module cache keeps components too.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_COMPILE` (the message has the byte
/// offset, or for text the line and column), `WTS_ERR_STATE` (an engine without compiler, or for another machine),
/// `WTS_ERR_UNSUPPORTED` (a build without components or compiler), `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread. Compilation runs on threads of the library.
///
/// # Safety
/// `bytes` holds `bytes_len` bytes; `out_component` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_new(
    engine: wts_engine_t,
    bytes: *const u8,
    bytes_len: usize,
    out_component: *mut wts_component_t,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_component, "out_component")?;
        let bytes = args::bytes(bytes, bytes_len, "bytes")?;
        let engine = object::get::<Engine>(engine.0)?;
        out.set(wts_component_t(object::insert::<Component>(Component::load(&engine, bytes)?)?));
        Ok(())
    }))
}

/// Compiles a component from a file in the binary or the text format.
///
/// # Errors
/// As `wts_component_new`, and `WTS_ERR_UTF8` (the path), `WTS_ERR_IO`, `WTS_ERR_MEMORY` (for a file of its size).
///
/// # Threads
/// Any thread. Compilation runs on threads of the library.
///
/// # Safety
/// `path` holds `path_len` bytes; `out_component` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_new_file(
    engine: wts_engine_t,
    path: *const c_char,
    path_len: usize,
    out_component: *mut wts_component_t,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_component, "out_component")?;
        let path = args::text(path, path_len, "path")?;
        let engine = object::get::<Engine>(engine.0)?;
        let bytes = module::read_path(&engine, path)?;
        out.set(wts_component_t(object::insert::<Component>(Component::load(&engine, &bytes)?)?));
        Ok(())
    }))
}

/// Compiles a component, from the binary or the text format, to an artifact in a new buffer, without loading it.
/// See `wts_engine_precompile`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_COMPILE`, `WTS_ERR_STATE` (the
/// option `compiler` is off), `WTS_ERR_UNSUPPORTED` (a build without components or compiler), `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread. Compilation runs on threads of the library.
///
/// # Safety
/// `bytes` holds `bytes_len` bytes; `out_buffer` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_precompile(
    engine: wts_engine_t,
    bytes: *const u8,
    bytes_len: usize,
    out_buffer: *mut wts_buffer_t,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_buffer, "out_buffer")?;
        let bytes = args::bytes(bytes, bytes_len, "bytes")?;
        let engine = object::get::<Engine>(engine.0)?;
        out.set(buffer::give(Component::precompile(&engine, bytes)?)?);
        Ok(())
    }))
}

/// Copies out a component as an artifact, which `wts_component_deserialize` loads without compiling.
///
/// An artifact is code for one version, target and set of options, with a checksum, as one of a module is.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_MEMORY`,
/// `WTS_ERR_UNSUPPORTED` (a build without components or compiler).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_serialize(
    component: wts_component_t,
    buf: *mut u8,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    components!(boundary(|| {
        args::copy_out(&object::get::<Component>(component.0)?.serialize()?, buf, cap, out_len)
    }))
}

/// Writes a component to a file as an artifact. The file is written whole or not at all.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_IO`,
/// `WTS_ERR_MEMORY`, `WTS_ERR_UNSUPPORTED` (a build without components or compiler).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `path` holds `path_len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_serialize_file(
    component: wts_component_t,
    path: *const c_char,
    path_len: usize,
) -> wts_status_t {
    components!(boundary(|| {
        let path = args::text(path, path_len, "path")?;
        module::write(path, &object::get::<Component>(component.0)?.serialize()?)
    }))
}

/// Loads a component from an artifact.
///
/// The checksum is compared before anything is trusted. It detects accidents; against an attacker who can write
/// artifacts, set the option `artifact_key`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_CORRUPT` (truncated, edited,
/// foreign, or sealed with another key), `WTS_ERR_STATE` (made for another engine, version or machine, or of a
/// module), `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `bytes` holds `bytes_len` bytes; `out_component` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_deserialize(
    engine: wts_engine_t,
    bytes: *const u8,
    bytes_len: usize,
    out_component: *mut wts_component_t,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_component, "out_component")?;
        let bytes = args::bytes(bytes, bytes_len, "bytes")?;
        let engine = object::get::<Engine>(engine.0)?;
        let component = Component::deserialize(&engine, engine.key.as_ref(), bytes)?;
        out.set(wts_component_t(object::insert::<Component>(component)?));
        Ok(())
    }))
}

/// Loads a component from an artifact in a file. It is read, whatever the option `map_artifacts` says.
///
/// # Errors
/// As `wts_component_deserialize`, and `WTS_ERR_UTF8` (the path), `WTS_ERR_IO`, `WTS_ERR_MEMORY` (for a file of its size).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `path` holds `path_len` bytes; `out_component` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_deserialize_file(
    engine: wts_engine_t,
    path: *const c_char,
    path_len: usize,
    out_component: *mut wts_component_t,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_component, "out_component")?;
        let path = args::text(path, path_len, "path")?;
        let engine = object::get::<Engine>(engine.0)?;
        let component = match File::open(path) {
            Ok(file) => Component::read(&engine, engine.key.as_ref(), &file, Path::new(path))?,
            Err(error) => return module::cannot_read(Path::new(path), error),
        };
        out.set(wts_component_t(object::insert::<Component>(component)?));
        Ok(())
    }))
}

/// Copies out what a component imports and exports as the text of a world in WIT, with the interfaces that it
/// names.
///
/// Compiled components do not keep all that their WIT said: documentation is lost, a type that one interface takes
/// from another is defined again, and where a type has no name it is written out.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT` (the text
/// has over 16 MiB), `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_wit(
    component: wts_component_t,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    components!(boundary(|| { args::copy_text_out(&object::get::<Component>(component.0)?.wit()?, buf, cap, out_len) }))
}

/// Gets how many items a component imports. The members of an instance are items too, and follow it.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT` (the types have over 16 MiB
/// of text), `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_import_count(component: wts_component_t, out_count: *mut usize) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_count, "out_count")?;
        out.set(object::get::<Component>(component.0)?.imports()?.len());
        Ok(())
    }))
}

/// Copies out the name of an import, such as `run`; that of a member is `instance#member`, such as
/// `wasi:io/poll@0.2.0#poll`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`,
/// `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_import_name(
    component: wts_component_t,
    index: usize,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    components!(boundary(|| {
        let component = object::get::<Component>(component.0)?;
        args::copy_text_out(&Item::get(component.imports()?, index, "import")?.path, buf, cap, out_len)
    }))
}

/// Gets what an import is: `WTS_COMPONENT_ITEM_FUNC`, `_INSTANCE`, `_TYPE`, `_RESOURCE`, `_MODULE`, `_COMPONENT` or
/// `_CORE_FUNC`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`, `WTS_ERR_LIMIT`,
/// `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_kind` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_import_kind(
    component: wts_component_t,
    index: usize,
    out_kind: *mut i32,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_kind, "out_kind")?;
        let component = object::get::<Component>(component.0)?;
        out.set(Item::get(component.imports()?, index, "import")?.kind);
        Ok(())
    }))
}

/// Copies out the type of an import in the words of WIT, such as `func(name: string) -> result<u32, string>`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`,
/// `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_import_type(
    component: wts_component_t,
    index: usize,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    components!(boundary(|| {
        let component = object::get::<Component>(component.0)?;
        args::copy_text_out(&Item::get(component.imports()?, index, "import")?.text, buf, cap, out_len)
    }))
}

/// Gets how many items a component exports. The members of an instance are items too, and follow it.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT` (the types have over 16 MiB
/// of text), `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_export_count(component: wts_component_t, out_count: *mut usize) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_count, "out_count")?;
        out.set(object::get::<Component>(component.0)?.exports()?.len());
        Ok(())
    }))
}

/// Copies out the name of an export, such as `run`; that of a member is `instance#member`, such as
/// `wasi:io/poll@0.2.0#poll`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`,
/// `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_export_name(
    component: wts_component_t,
    index: usize,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    components!(boundary(|| {
        let component = object::get::<Component>(component.0)?;
        args::copy_text_out(&Item::get(component.exports()?, index, "export")?.path, buf, cap, out_len)
    }))
}

/// Gets what an export is: `WTS_COMPONENT_ITEM_FUNC`, `_INSTANCE`, `_TYPE`, `_RESOURCE`, `_MODULE`, `_COMPONENT` or
/// `_CORE_FUNC`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`, `WTS_ERR_LIMIT`,
/// `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_kind` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_export_kind(
    component: wts_component_t,
    index: usize,
    out_kind: *mut i32,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_kind, "out_kind")?;
        let component = object::get::<Component>(component.0)?;
        out.set(Item::get(component.exports()?, index, "export")?.kind);
        Ok(())
    }))
}

/// Copies out the type of an export in the words of WIT, such as `func(name: string) -> result<u32, string>`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`,
/// `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_export_type(
    component: wts_component_t,
    index: usize,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    components!(boundary(|| {
        let component = object::get::<Component>(component.0)?;
        args::copy_text_out(&Item::get(component.exports()?, index, "export")?.text, buf, cap, out_len)
    }))
}

/// Deletes a component. Its instances are not affected.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_component_delete(component: wts_component_t) -> wts_status_t {
    components!(boundary(|| { object::delete::<Component>(component.0) }))
}
