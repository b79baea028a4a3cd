//! Components: compiled, cached, serialized; what they import and export.

use super::wit;
use crate::abi::*;
use crate::args;
use crate::artifact::{self, Key};
use crate::boundary::{Result, fail};
use crate::engine::Engine;
use crate::error::chain;
use crate::module;
use once_cell::sync::OnceCell;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use wasmtime::component::ComponentExportIndex;
use wasmtime::component::types::ComponentItem;

pub(crate) struct Component {
    pub component: wasmtime::component::Component,
    pub engine: Arc<Engine>,
    imports: OnceCell<Vec<Item>>,
    exports: OnceCell<Vec<Item>>,
}

/// Something that a component imports or exports. Members of instances are items of their own, `instance#member`.
pub(crate) struct Item {
    pub path: String,
    pub kind: i32,
    pub text: String,
}

impl Component {
    fn new(component: wasmtime::component::Component, engine: Arc<Engine>) -> Self {
        Component { component, engine, imports: OnceCell::new(), exports: OnceCell::new() }
    }

    #[cfg(feature = "compiler")]
    pub fn load(engine: &Arc<Engine>, bytes: &[u8]) -> Result<Self> {
        let compile = || Self::compile(engine, bytes);
        module::load_or_compile(engine, bytes, compile, Self::serialize_with, |file, entry| {
            Self::read(engine, Some(&entry.key), file, &entry.path)
        })
    }

    #[cfg(feature = "compiler")]
    fn compile(engine: &Arc<Engine>, bytes: &[u8]) -> Result<Self> {
        module::with_binary(engine, bytes, |wasm| {
            let component = wasmtime::component::Component::from_binary(&engine.engine, wasm)?;
            Ok(Component::new(component, engine.clone()))
        })
    }

    /// Compiles to an artifact, for this machine or another.
    #[cfg(feature = "compiler")]
    pub fn precompile(engine: &Engine, bytes: &[u8]) -> Result<Vec<u8>> {
        engine.check_has_compiler()?;
        module::with_binary(engine, bytes, |wasm| {
            let code = engine.engine.precompile_component(wasm)?;
            Ok(artifact::seal(code, &[], engine.key.as_ref()))
        })
    }

    /// The artifact as its engine seals it.
    pub fn serialize(&self) -> Result<Vec<u8>> {
        self.serialize_with(self.engine.key.as_ref())
    }

    #[cfg(feature = "compiler")]
    fn serialize_with(&self, key: Option<&Key>) -> Result<Vec<u8>> {
        match self.component.serialize() {
            Ok(code) => Ok(artifact::seal(code, &[], key)),
            Err(error) => fail(WTS_ERR_MEMORY, format_args!("the component cannot be serialized: {}", chain(&error))),
        }
    }

    #[cfg(not(feature = "compiler"))]
    pub fn load<T>(_: &Engine, _: &[u8]) -> Result<T> {
        fail(WTS_ERR_UNSUPPORTED, "this build has no compiler: it loads artifacts with wts_component_deserialize")
    }

    #[cfg(not(feature = "compiler"))]
    pub fn precompile(engine: &Engine, bytes: &[u8]) -> Result<Vec<u8>> {
        Self::load(engine, bytes)
    }

    #[cfg(not(feature = "compiler"))]
    fn serialize_with(&self, _: Option<&Key>) -> Result<Vec<u8>> {
        fail(WTS_ERR_UNSUPPORTED, "this build has no compiler, and Wasmtime serializes with it only")
    }

    pub fn deserialize(engine: &Arc<Engine>, key: Option<&Key>, bytes: &[u8]) -> Result<Self> {
        let (code, _) = artifact::open(bytes, key)?;
        if wasmtime::Engine::detect_precompiled(code) == Some(wasmtime::Precompiled::Module) {
            return fail(WTS_ERR_STATE, "the artifact holds a module: wts_module_deserialize loads it");
        }
        // SAFETY: the checksum tells that this is what `serialize` wrote; Wasmtime checks that the version, the target
        // and the settings are its own.
        match unsafe { wasmtime::component::Component::deserialize(&engine.engine, code) } {
            Ok(component) => Ok(Component::new(component, engine.clone())),
            Err(error) => fail(
                WTS_ERR_STATE,
                format_args!("the artifact was made for another engine, version or machine: {}", chain(&error)),
            ),
        }
    }

    /// The same from a file. Wasmtime maps none that it did not open itself, so it is read.
    pub fn read(engine: &Arc<Engine>, key: Option<&Key>, file: &File, path: &Path) -> Result<Self> {
        Self::deserialize(engine, key, &module::read(file, path, u64::MAX)?)
    }

    pub fn imports(&self) -> Result<&[Item]> {
        let list = || {
            let ty = self.component.component_type();
            wit::items(&self.engine.engine, ty.imports(&self.engine.engine).map(|(name, item)| (name, item.ty)))
        };
        self.imports.get_or_try_init(list).map(Vec::as_slice)
    }

    pub fn exports(&self) -> Result<&[Item]> {
        let list = || {
            let ty = self.component.component_type();
            wit::items(&self.engine.engine, ty.exports(&self.engine.engine).map(|(name, item)| (name, item.ty)))
        };
        self.exports.get_or_try_init(list).map(Vec::as_slice)
    }

    /// Whether it imports interfaces of WASI.
    pub fn imports_wasi(&self) -> bool {
        let ty = self.component.component_type();
        ty.imports(&self.engine.engine).any(|(name, _)| name.starts_with("wasi:"))
    }

    /// The whole world, as WIT.
    pub fn wit(&self) -> Result<String> {
        let ty = self.component.component_type();
        let engine = &self.engine.engine;
        let imports: Vec<_> = ty.imports(engine).map(|(name, item)| (name, item.ty)).collect();
        let exports: Vec<_> = ty.exports(engine).map(|(name, item)| (name, item.ty)).collect();
        wit::world(engine, &imports, &exports)
    }

    /// Where an export is: `instance#member`, or the name of one that belongs to no instance.
    pub fn find(&self, path: &str) -> Result<ComponentExportIndex> {
        let mut found: Option<ComponentExportIndex> = None;
        for name in path.split('#') {
            match self.component.get_export_index(found.as_ref(), name) {
                Some(index) => found = Some(index),
                None => return self.no_export(path),
            }
        }
        // `split` yields one name at least.
        found.map_or_else(|| self.no_export(path), Ok)
    }

    #[cold]
    fn no_export<T>(&self, path: &str) -> Result<T> {
        const MOST: usize = 20;
        let exports = self.exports()?;
        let names: Vec<_> = exports.iter().take(MOST).map(|item| format!("{:?}", item.path)).collect();
        let more = match exports.len() {
            0 => {
                return fail(
                    WTS_ERR_NOT_FOUND,
                    format_args!("there is no export {path:?}: the component exports nothing"),
                );
            }
            count if count > MOST => format!(" and {} more", count - MOST),
            _ => String::new(),
        };
        fail(WTS_ERR_NOT_FOUND, format_args!("there is no export {path:?}; the exports are {}{more}", names.join(", ")))
    }
}

impl Item {
    pub fn get<'a>(items: &'a [Item], index: usize, what: &str) -> Result<&'a Item> {
        args::index(items.get(index), index, items.len(), what)
    }

    pub fn kind_of(item: &ComponentItem) -> i32 {
        match item {
            ComponentItem::ComponentFunc(_) => WTS_COMPONENT_ITEM_FUNC,
            ComponentItem::ComponentInstance(_) => WTS_COMPONENT_ITEM_INSTANCE,
            ComponentItem::Type(_) => WTS_COMPONENT_ITEM_TYPE,
            ComponentItem::Resource(_) => WTS_COMPONENT_ITEM_RESOURCE,
            ComponentItem::Module(_) => WTS_COMPONENT_ITEM_MODULE,
            ComponentItem::Component(_) => WTS_COMPONENT_ITEM_COMPONENT,
            ComponentItem::CoreFunc(_) => WTS_COMPONENT_ITEM_CORE_FUNC,
        }
    }
}
