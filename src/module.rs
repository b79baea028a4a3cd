//! Modules: compiled, cached, serialized, inspected.

use crate::abi::*;
use crate::args;
use crate::artifact::{self, Key};
use crate::boundary::{Result, boundary, fail};
#[cfg(feature = "compiler")]
use crate::cache::Entry;
use crate::engine::Engine;
use crate::error::chain;
use crate::func::Signature;
use crate::inspect::Sections;
use crate::object;
use crate::types::Type;
use crate::wasi;
use once_cell::sync::OnceCell;
use rustc_hash::FxHashMap;
use std::ffi::c_char;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use wasmtime::{ExternType, ImportType, ModuleExport, ModuleFunction};

pub(crate) struct Module {
    pub module: wasmtime::Module,
    pub engine: Arc<Engine>,
    exports: OnceCell<Exports>,
    pub sections: Sections,
    functions: OnceCell<Vec<ModuleFunction>>,
    imports_wasi: OnceCell<bool>,
}

/// The exports of a module, worked out when the first is looked up: what is the same for all its
/// instances.
#[derive(Default)]
pub(crate) struct Exports {
    /// By the bytes of their names, so that only a name which is not found is checked to be UTF-8.
    indices: FxHashMap<Box<[u8]>, usize>,
    all: Vec<Export>,
}

pub(crate) struct Export {
    pub place: ModuleExport,
    /// How it is called, if it is a function.
    pub signature: Option<Arc<Signature>>,
}

impl Module {
    fn new(module: wasmtime::Module, sections: Sections, engine: Arc<Engine>) -> Self {
        let (exports, functions, imports_wasi) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Module { module, engine, exports, sections, functions, imports_wasi }
    }

    /// The functions that it defines, listed when first asked for.
    pub fn functions(&self) -> &[ModuleFunction] {
        self.functions.get_or_init(|| self.module.functions().collect())
    }

    /// Whether it imports functions of WASI 0.1.
    pub fn imports_wasi(&self) -> bool {
        *self.imports_wasi.get_or_init(|| self.module.imports().any(|import| import.module() == wasi::MODULE))
    }

    pub fn exports(&self) -> &Exports {
        self.exports.get_or_init(|| {
            let mut exports = Exports::default();
            for (index, export) in self.module.exports().enumerate() {
                let place = self.module.get_export_index(export.name()).expect("an export has its place");
                let signature = export.ty().func().map(|ty| Arc::new(Signature::new(ty)));
                exports.indices.insert(export.name().as_bytes().into(), index);
                exports.all.push(Export { place, signature });
            }
            exports
        })
    }

    /// The index of an export by its name, or a failure that names those which exist.
    pub fn export_index(&self, name: &[u8]) -> Result<usize> {
        match self.exports().indices.get(name) {
            Some(index) => Ok(*index),
            None => no_export(&self.module, args::utf8(name, "name")?),
        }
    }
}

impl Exports {
    pub fn get(&self, index: usize) -> Result<&Export> {
        args::index(self.all.get(index), index, self.all.len(), "export")
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }
}

// ---- compile ----

/// Does something with the binary form of a module, where there is stack enough for any.
#[cfg(feature = "compiler")]
pub(crate) fn with_binary<R: Send>(
    engine: &Engine,
    bytes: &[u8],
    work: impl FnOnce(&[u8]) -> wasmtime::Result<R> + Send,
) -> Result<R> {
    check_size(engine, bytes)?;
    check_input(bytes)?;
    crate::workers::run(|| {
        #[cfg(feature = "wat")]
        let bytes = &*match wat::parse_bytes(bytes) {
            Ok(bytes) => bytes,
            Err(error) => return fail(WTS_ERR_COMPILE, error),
        };
        check_size(engine, bytes)?;
        check_functions(engine, bytes)?;
        work(bytes).or_else(|error| fail(WTS_ERR_COMPILE, chain(&error)))
    })
}

#[cfg(feature = "compiler")]
fn compile(engine: &Arc<Engine>, bytes: &[u8]) -> Result<Module> {
    with_binary(engine, bytes, |wasm| {
        let module = wasmtime::Module::from_binary(&engine.engine, wasm)?;
        Ok(Module::new(module, Sections::of(wasm), engine.clone()))
    })
}

/// Compiles to an artifact, for this machine or another.
#[cfg(feature = "compiler")]
pub(crate) fn precompile(engine: &Engine, bytes: &[u8]) -> Result<Vec<u8>> {
    engine.check_has_compiler()?;
    with_binary(engine, bytes, |wasm| {
        let code = engine.engine.precompile_module(wasm)?;
        Ok(artifact::seal(code, Sections::of(wasm).packed(), engine.key.as_ref()))
    })
}

#[cfg(feature = "compiler")]
fn validate(engine: &Engine, bytes: &[u8]) -> Result {
    with_binary(engine, bytes, |wasm| {
        wasmtime::Module::validate(&engine.engine, wasm)?;
        check_imports(wasm)
    })
}

/// Wasmtime's validation reads compact imports, which it compiles none of.
#[cfg(feature = "compiler")]
fn check_imports(wasm: &[u8]) -> wasmtime::Result<()> {
    use wasmparser::{Parser, Payload::ImportSection, WasmFeatures};
    let mut parser = Parser::new(0);
    parser.set_features(WasmFeatures::all().difference(WasmFeatures::COMPACT_IMPORTS));
    for payload in parser.parse_all(wasm) {
        if let ImportSection(imports) = payload? {
            imports.into_imports().try_for_each(|import| import.map(drop))?;
        }
    }
    Ok(())
}

#[cfg(not(feature = "compiler"))]
fn compile<T>(_: &Engine, _: &[u8]) -> Result<T> {
    fail(WTS_ERR_UNSUPPORTED, "this build has no compiler: it loads artifacts with wts_module_deserialize")
}

#[cfg(not(feature = "compiler"))]
use compile as validate;

#[cfg(not(feature = "compiler"))]
pub(crate) fn precompile(engine: &Engine, bytes: &[u8]) -> Result<Vec<u8>> {
    compile(engine, bytes)
}

#[cfg(feature = "compiler")]
fn check_size(engine: &Engine, bytes: &[u8]) -> Result {
    let (size, most) = (bytes.len() as u64, engine.max_wasm_size);
    if size <= most {
        return Ok(());
    }
    fail(WTS_ERR_LIMIT, format_args!("this is WebAssembly of {size} bytes, but the option max_wasm_size is {most}"))
}

/// Counts the functions that are defined, also in modules within a component. What is no WebAssembly has none; who
/// compiles it finds out.
#[cfg(feature = "compiler")]
fn check_functions(engine: &Engine, wasm: &[u8]) -> Result {
    use wasmparser::{Parser, Payload::CodeSectionStart};
    let most = engine.max_wasm_functions;
    if most == u64::MAX {
        return Ok(());
    }
    let mut total = 0;
    for payload in Parser::new(0).parse_all(wasm).map_while(|payload| payload.ok()) {
        if let CodeSectionStart { count, .. } = payload {
            total += u64::from(count);
        }
        if total > most {
            return fail(
                WTS_ERR_LIMIT,
                format_args!(
                    "this is WebAssembly of {total} functions or more, but the option max_wasm_functions is {most}"
                ),
            );
        }
    }
    Ok(())
}

/// What can be told from the first bytes, in better words than a parser's.
#[cfg(feature = "compiler")]
fn check_input(bytes: &[u8]) -> Result {
    if bytes.is_empty() {
        return fail(WTS_ERR_COMPILE, "this is not WebAssembly: there are no bytes");
    }
    if bytes.starts_with(b"\0asm") {
        return Ok(());
    }
    if bytes.starts_with(b"\x7fELF") {
        return fail(
            WTS_ERR_COMPILE,
            "this is an artifact, not WebAssembly: wts_module_deserialize loads it, or wts_component_deserialize",
        );
    }
    match std::str::from_utf8(bytes) {
        Ok(_) if cfg!(feature = "wat") => Ok(()),
        Ok(_) => fail(
            WTS_ERR_COMPILE,
            "this is not WebAssembly (it does not begin with \\0asm), and this build does not read its text format",
        ),
        Err(_) => {
            fail(WTS_ERR_COMPILE, "this is not WebAssembly: it does not begin with \\0asm, and it is no text either")
        }
    }
}

/// From the cache if it has it, else compiled and cached.
#[cfg(feature = "compiler")]
fn load(engine: &Arc<Engine>, bytes: &[u8]) -> Result<Module> {
    let compile = || compile(engine, bytes);
    load_or_compile(engine, bytes, compile, serialize, |file, entry| {
        deserialize_file(engine, Some(&entry.key), file, &entry.path)
    })
}

/// What bytes compile to, from the cache if it has it.
#[cfg(feature = "compiler")]
pub(crate) fn load_or_compile<T>(
    engine: &Engine,
    bytes: &[u8],
    compile: impl FnOnce() -> Result<T>,
    serialize: fn(&T, Option<&Key>) -> Result<Vec<u8>>,
    deserialize_file: impl FnOnce(&File, &Entry) -> Result<T>,
) -> Result<T> {
    engine.check_compiles()?;
    check_size(engine, bytes)?;
    let Some(cache) = &engine.cache else {
        return compile();
    };
    let entry = cache.entry(engine, bytes);
    if let Some(found) = cache.get(&entry, |file| deserialize_file(file, &entry)) {
        return Ok(found);
    }
    let compiled = compile()?;
    if let Some(warning) = cache.put(&entry, &serialize(&compiled, Some(&entry.key))?) {
        engine.warn(warning);
    }
    Ok(compiled)
}

#[cfg(not(feature = "compiler"))]
fn load(engine: &Arc<Engine>, bytes: &[u8]) -> Result<Module> {
    compile(engine, bytes)
}

// ---- artifacts ----

#[cfg(not(feature = "compiler"))]
fn serialize(_: &Module, _: Option<&Key>) -> Result<Vec<u8>> {
    fail(WTS_ERR_UNSUPPORTED, "this build has no compiler, and Wasmtime serializes with it only")
}

#[cfg(feature = "compiler")]
fn serialize(module: &Module, key: Option<&Key>) -> Result<Vec<u8>> {
    match module.module.serialize() {
        Ok(code) => Ok(artifact::seal(code, module.sections.packed(), key)),
        Err(error) => fail(WTS_ERR_MEMORY, format_args!("the module cannot be serialized: {}", chain(&error))),
    }
}

/// The artifact of a module as its engine seals it.
fn artifact_of(module: wts_module_t) -> Result<Vec<u8>> {
    let module = object::get::<Module>(module.0)?;
    serialize(&module, module.engine.key.as_ref())
}

fn deserialize(engine: &Arc<Engine>, key: Option<&Key>, bytes: &[u8]) -> Result<Module> {
    let (code, sections) = artifact::open(bytes, key)?;
    if wasmtime::Engine::detect_precompiled(code) == Some(wasmtime::Precompiled::Component) {
        return fail(WTS_ERR_STATE, "the artifact holds a component: wts_component_deserialize loads it");
    }
    // SAFETY: the checksum tells that this is what `serialize` wrote; Wasmtime checks that the
    // version, the target and the settings are its own.
    match unsafe { wasmtime::Module::deserialize(&engine.engine, code) } {
        Ok(module) => Ok(Module::new(module, Sections::from_packed(sections), engine.clone())),
        Err(error) => fail(
            WTS_ERR_STATE,
            format_args!("the artifact was made for another engine, version or machine: {}", chain(&error)),
        ),
    }
}

/// The same from a file, with a copy less where the system allows it.
fn deserialize_file(engine: &Arc<Engine>, key: Option<&Key>, file: &File, path: &Path) -> Result<Module> {
    if let Some((file, sections)) = artifact::mappable(file, engine.maps, key) {
        // SAFETY: as in `deserialize`; and nobody can change the file, or the user promised that nobody does.
        if let Ok(module) = unsafe { wasmtime::Module::deserialize_open_file(&engine.engine, file) } {
            return Ok(Module::new(module, Sections::from_packed(sections), engine.clone()));
        }
    }
    // Also finds what was wrong.
    deserialize(engine, key, &read(file, path, u64::MAX)?)
}

/// Reads a file to its end, or to a byte more than `most`. What is no file in a folder, such as a device or a pipe, may
/// have no end.
pub(crate) fn read(file: &File, path: &Path, most: u64) -> Result<Vec<u8>> {
    const ENDLESS: u64 = 256 << 20;
    let data = file.metadata().ok();
    let ends = data.as_ref().is_some_and(|data| data.is_file());
    let limit = most.saturating_add(1).min(if ends { u64::MAX } else { ENDLESS });
    let mut bytes = Vec::new();
    if let Some(data) = data.filter(|_| ends)
        && bytes.try_reserve_exact(data.len().min(limit) as usize).is_err()
    {
        return fail(
            WTS_ERR_MEMORY,
            format_args!("cannot read {path:?}: there is no memory for its {} bytes", data.len()),
        );
    }
    match { file }.take(limit).read_to_end(&mut bytes) {
        Ok(_) if ends || (bytes.len() as u64) < ENDLESS => Ok(bytes),
        Ok(_) => fail(WTS_ERR_IO, format_args!("cannot read {path:?}: it has no end within {ENDLESS} bytes")),
        Err(error) => cannot_read(path, error),
    }
}

/// Opens a file of WebAssembly and reads it, no more of it than the engine takes.
pub(crate) fn read_path(engine: &Engine, path: &str) -> Result<Vec<u8>> {
    let path = Path::new(path);
    read(&File::open(path).or_else(|error| cannot_read(path, error))?, path, engine.max_wasm_size)
}

pub(crate) fn cannot_read<T>(path: &Path, error: std::io::Error) -> Result<T> {
    if path.is_dir() {
        return fail(WTS_ERR_IO, format_args!("cannot read {path:?}: it is a folder"));
    }
    fail(WTS_ERR_IO, format_args!("cannot read {path:?}: {error}"))
}

/// Writes a file whole or not at all.
pub(crate) fn write(path: &str, bytes: &[u8]) -> Result {
    let folder = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = (|| {
        let mut file = tempfile::Builder::new().permissions(default_permissions()).tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.persist(path)?;
        Ok::<_, std::io::Error>(())
    })();
    written.or_else(|error| fail(WTS_ERR_IO, format_args!("cannot write {path:?}: {error}")))
}

/// What a file made in the ordinary way has; the process's mask is applied to it.
pub(crate) fn default_permissions() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

// ---- exported ----

/// Compiles a module, from the binary or the text format.
///
/// The module is deleted with `wts_module_delete`. `out_module` is not written on failure.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_COMPILE` (the message has the
/// byte offset, or for text the line and column), `WTS_ERR_STATE` (an engine without compiler, or for another
/// machine), `WTS_ERR_UNSUPPORTED` (a build without compiler), `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread. Compilation runs on threads of the library.
///
/// # Safety
/// `bytes` holds `bytes_len` bytes; `out_module` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_new(
    engine: wts_engine_t,
    bytes: *const u8,
    bytes_len: usize,
    out_module: *mut wts_module_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_module, "out_module")?;
        let bytes = args::bytes(bytes, bytes_len, "bytes")?;
        let engine = object::get::<Engine>(engine.0)?;
        out.set(wts_module_t(object::insert::<Module>(load(&engine, bytes)?)?));
        Ok(())
    })
}

/// Compiles a module from a file in the binary or the text format.
///
/// # Errors
/// As `wts_module_new`, and `WTS_ERR_UTF8` (the path), `WTS_ERR_IO`, `WTS_ERR_MEMORY` (for a file of its size).
///
/// # Threads
/// Any thread. Compilation runs on threads of the library.
///
/// # Safety
/// `path` holds `path_len` bytes; `out_module` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_new_file(
    engine: wts_engine_t,
    path: *const c_char,
    path_len: usize,
    out_module: *mut wts_module_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_module, "out_module")?;
        let path = args::text(path, path_len, "path")?;
        let engine = object::get::<Engine>(engine.0)?;
        out.set(wts_module_t(object::insert::<Module>(load(&engine, &read_path(&engine, path)?)?)?));
        Ok(())
    })
}

/// Checks that bytes are a valid module for an engine, without compiling them.
///
/// # Errors
/// As `wts_module_new`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `bytes` holds `bytes_len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_validate(engine: wts_engine_t, bytes: *const u8, bytes_len: usize) -> wts_status_t {
    boundary(|| {
        let bytes = args::bytes(bytes, bytes_len, "bytes")?;
        validate(&*object::get::<Engine>(engine.0)?, bytes)
    })
}

/// Copies out a module as an artifact, which `wts_module_deserialize` loads without compiling.
///
/// An artifact is code for one version, target and set of options, with a checksum.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_MEMORY`,
/// `WTS_ERR_UNSUPPORTED` (a build without compiler).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_serialize(
    module: wts_module_t,
    buf: *mut u8,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| args::copy_out(&artifact_of(module)?, buf, cap, out_len))
}

/// Writes a module to a file as an artifact. The file is written whole or not at all.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_IO`,
/// `WTS_ERR_MEMORY`, `WTS_ERR_UNSUPPORTED` (a build without compiler).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `path` holds `path_len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_serialize_file(
    module: wts_module_t,
    path: *const c_char,
    path_len: usize,
) -> wts_status_t {
    boundary(|| {
        let path = args::text(path, path_len, "path")?;
        write(path, &artifact_of(module)?)
    })
}

/// Loads a module from an artifact.
///
/// The checksum is compared before anything is trusted. It detects accidents; against an attacker who
/// can write artifacts, set the option `artifact_key`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_CORRUPT` (truncated, edited,
/// foreign, or sealed with another key), `WTS_ERR_STATE` (made for another engine, version or machine).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `bytes` holds `bytes_len` bytes; `out_module` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_deserialize(
    engine: wts_engine_t,
    bytes: *const u8,
    bytes_len: usize,
    out_module: *mut wts_module_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_module, "out_module")?;
        let bytes = args::bytes(bytes, bytes_len, "bytes")?;
        let engine = object::get::<Engine>(engine.0)?;
        out.set(wts_module_t(object::insert::<Module>(deserialize(&engine, engine.key.as_ref(), bytes)?)?));
        Ok(())
    })
}

/// Loads a module from an artifact in a file.
///
/// # Errors
/// As `wts_module_deserialize`, and `WTS_ERR_UTF8` (the path), `WTS_ERR_IO`, `WTS_ERR_MEMORY` (for a file of its size).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `path` holds `path_len` bytes; `out_module` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_deserialize_file(
    engine: wts_engine_t,
    path: *const c_char,
    path_len: usize,
    out_module: *mut wts_module_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_module, "out_module")?;
        let path = args::text(path, path_len, "path")?;
        let engine = object::get::<Engine>(engine.0)?;
        let module = match File::open(path) {
            Ok(file) => deserialize_file(&engine, engine.key.as_ref(), &file, Path::new(path))?,
            Err(error) => return cannot_read(Path::new(path), error),
        };
        out.set(wts_module_t(object::insert::<Module>(module)?));
        Ok(())
    })
}

/// Copies out the name that a module gives itself, empty if it has none.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_name(
    module: wts_module_t,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let module = object::get::<Module>(module.0)?;
        args::copy_text_out(module.module.name().unwrap_or_default(), buf, cap, out_len)
    })
}

/// What an import or export yields: the kind of handle.
pub(crate) fn kind_of(ty: &ExternType) -> i32 {
    match ty {
        ExternType::Func(_) => WTS_KIND_FUNC,
        ExternType::Global(_) => WTS_KIND_GLOBAL,
        ExternType::Table(_) => WTS_KIND_TABLE,
        ExternType::Memory(ty) if ty.is_shared() => WTS_KIND_SHARED_MEMORY,
        ExternType::Memory(_) => WTS_KIND_MEMORY,
        ExternType::Tag(_) => WTS_KIND_TAG,
    }
}

fn import(module: &Module, index: usize) -> Result<ImportType<'_>> {
    let mut imports = module.module.imports();
    let count = imports.len();
    args::index(imports.nth(index), index, count, "import")
}

pub(crate) fn export(module: &wasmtime::Module, index: usize) -> Result<wasmtime::ExportType<'_>> {
    let mut exports = module.exports();
    let count = exports.len();
    args::index(exports.nth(index), index, count, "export")
}

/// Says that there is no export of a name, and which there are.
#[cold]
pub(crate) fn no_export<T>(module: &wasmtime::Module, name: &str) -> Result<T> {
    const MOST: usize = 20;
    let mut message = format!("there is no export {name:?}; the exports are ");
    let exports = module.exports();
    let count = exports.len();
    for (index, export) in exports.take(MOST).enumerate() {
        let _ = write!(message, "{}{:?}", if index == 0 { "" } else { ", " }, export.name());
    }
    match count {
        0 => message = format!("there is no export {name:?}: the module exports nothing"),
        1..=MOST => {}
        _ => drop(write!(message, " and {} more", count - MOST)),
    }
    fail(WTS_ERR_NOT_FOUND, message)
}

/// Gets how many imports a module has.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_import_count(module: wts_module_t, out_count: *mut usize) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_count, "out_count")?;
        out.set(object::get::<Module>(module.0)?.module.imports().len());
        Ok(())
    })
}

/// Copies out the module name of an import, the first of its two names.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_import_module(
    module: wts_module_t,
    index: usize,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let module = object::get::<Module>(module.0)?;
        args::copy_text_out(import(&module, index)?.module(), buf, cap, out_len)
    })
}

/// Copies out the name of an import, the second of its two names.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_import_name(
    module: wts_module_t,
    index: usize,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let module = object::get::<Module>(module.0)?;
        args::copy_text_out(import(&module, index)?.name(), buf, cap, out_len)
    })
}

/// Gets what an import must be: `WTS_KIND_FUNC`, `_MEMORY`, `_SHARED_MEMORY`, `_GLOBAL`, `_TABLE` or `_TAG`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_kind` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_import_kind(
    module: wts_module_t,
    index: usize,
    out_kind: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_kind, "out_kind")?;
        let module = object::get::<Module>(module.0)?;
        out.set(kind_of(&import(&module, index)?.ty()));
        Ok(())
    })
}

/// Gets the type of an import, a new handle.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_import_type(
    module: wts_module_t,
    index: usize,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_type, "out_type")?;
        let module = object::get::<Module>(module.0)?;
        out.set(wts_type_t(object::insert::<Type>(Type::of(&import(&module, index)?.ty()))?));
        Ok(())
    })
}

/// Gets how many exports a module has.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_export_count(module: wts_module_t, out_count: *mut usize) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_count, "out_count")?;
        out.set(object::get::<Module>(module.0)?.module.exports().len());
        Ok(())
    })
}

/// Copies out the name of an export.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_export_name(
    module: wts_module_t,
    index: usize,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let module = object::get::<Module>(module.0)?;
        args::copy_text_out(export(&module.module, index)?.name(), buf, cap, out_len)
    })
}

/// Gets what an export is: `WTS_KIND_FUNC`, `_MEMORY`, `_SHARED_MEMORY`, `_GLOBAL`, `_TABLE` or `_TAG`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_kind` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_export_kind(
    module: wts_module_t,
    index: usize,
    out_kind: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_kind, "out_kind")?;
        let module = object::get::<Module>(module.0)?;
        out.set(kind_of(&export(&module.module, index)?.ty()));
        Ok(())
    })
}

/// Gets the type of an export, a new handle.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_export_type(
    module: wts_module_t,
    index: usize,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_type, "out_type")?;
        let module = object::get::<Module>(module.0)?;
        out.set(wts_type_t(object::insert::<Type>(Type::of(&export(&module.module, index)?.ty()))?));
        Ok(())
    })
}

/// Finds the index of an export by its name.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_NOT_FOUND` (the
/// message has the names that exist).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `name` holds `name_len` bytes; `out_index` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_export_find(
    module: wts_module_t,
    name: *const c_char,
    name_len: usize,
    out_index: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_index, "out_index")?;
        let name = args::bytes(name.cast(), name_len, "name")?;
        let module = object::get::<Module>(module.0)?;
        out.set(module.export_index(name)?);
        Ok(())
    })
}

/// Deletes a module. Its instances are not affected.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_module_delete(module: wts_module_t) -> wts_status_t {
    boundary(|| object::delete::<Module>(module.0))
}
