//! The shared objects: those that belong to no store.

use crate::abi::*;
use crate::boundary::{Failure, Result};
use crate::buffer::Buffer;
#[cfg(feature = "component")]
use crate::components::{Component, ComponentInstancePre, ComponentLinker};
use crate::config::Config;
use crate::engine::Engine;
use crate::handle::{Shared, kind_name, never_issued, slot_of, stale, wrong_kind};
use crate::instance_pre::InstancePre;
use crate::linker::Linker;
use crate::module::Module;
use crate::profiler::Profiler;
use crate::shared_memory::SharedMemory;
use crate::store;
use crate::types::Type;
use crate::wasi::Wasi;
use once_cell::sync::Lazy;
use parking_lot::Mutex;
use std::sync::Arc;

static OBJECTS: Lazy<Shared<Object>> = Lazy::new(Shared::new);

#[derive(Clone)]
pub(crate) enum Object {
    Config(Arc<Mutex<Config>>),
    Engine(Arc<Engine>),
    Module(Arc<Module>),
    Type(Arc<Type>),
    Linker(Arc<Linker>),
    InstancePre(Arc<InstancePre>),
    Error(Arc<Failure>),
    Buffer(Arc<Buffer>),
    SharedMemory(Arc<SharedMemory>),
    Profiler(Arc<Profiler>),
    Wasi(Arc<Wasi>),
    #[cfg(feature = "component")]
    Component(Arc<Component>),
    #[cfg(feature = "component")]
    ComponentLinker(Arc<ComponentLinker>),
    #[cfg(feature = "component")]
    ComponentInstancePre(Arc<ComponentInstancePre>),
}

impl Object {
    fn kind(&self) -> i32 {
        match self {
            Object::Config(_) => WTS_KIND_CONFIG,
            Object::Engine(_) => WTS_KIND_ENGINE,
            Object::Module(_) => WTS_KIND_MODULE,
            Object::Type(_) => WTS_KIND_TYPE,
            Object::Linker(_) => WTS_KIND_LINKER,
            Object::InstancePre(_) => WTS_KIND_INSTANCE_PRE,
            Object::Error(_) => WTS_KIND_ERROR,
            Object::Buffer(_) => WTS_KIND_BUFFER,
            Object::SharedMemory(_) => WTS_KIND_SHARED_MEMORY,
            Object::Profiler(_) => WTS_KIND_PROFILER,
            Object::Wasi(_) => WTS_KIND_WASI,
            #[cfg(feature = "component")]
            Object::Component(_) => WTS_KIND_COMPONENT,
            #[cfg(feature = "component")]
            Object::ComponentLinker(_) => WTS_KIND_COMPONENT_LINKER,
            #[cfg(feature = "component")]
            Object::ComponentInstancePre(_) => WTS_KIND_COMPONENT_INSTANCE_PRE,
        }
    }
}

/// What stands behind a kind of shared handle.
pub(crate) trait Kind: Sized {
    const KIND: i32;
    fn wrap(this: Arc<Self>) -> Object;
    fn unwrap(object: Object) -> Option<Arc<Self>>;
}

macro_rules! kinds {
    ($($variant:ident: $type:ty = $kind:ident;)*) => {$(
        impl Kind for $type {
            const KIND: i32 = $kind;
            fn wrap(this: Arc<Self>) -> Object {
                Object::$variant(this)
            }
            fn unwrap(object: Object) -> Option<Arc<Self>> {
                match object {
                    Object::$variant(this) => Some(this),
                    _ => None,
                }
            }
        }
    )*};
}

kinds! {
    Config: Mutex<Config> = WTS_KIND_CONFIG;
    Engine: Engine = WTS_KIND_ENGINE;
    Module: Module = WTS_KIND_MODULE;
    Type: Type = WTS_KIND_TYPE;
    Linker: Linker = WTS_KIND_LINKER;
    InstancePre: InstancePre = WTS_KIND_INSTANCE_PRE;
    Error: Failure = WTS_KIND_ERROR;
    Buffer: Buffer = WTS_KIND_BUFFER;
    SharedMemory: SharedMemory = WTS_KIND_SHARED_MEMORY;
    Profiler: Profiler = WTS_KIND_PROFILER;
    Wasi: Wasi = WTS_KIND_WASI;
}

#[cfg(feature = "component")]
kinds! {
    Component: Component = WTS_KIND_COMPONENT;
    ComponentLinker: ComponentLinker = WTS_KIND_COMPONENT_LINKER;
    ComponentInstancePre: ComponentInstancePre = WTS_KIND_COMPONENT_INSTANCE_PRE;
}

pub(crate) fn insert<T: Kind>(object: impl Into<Arc<T>>) -> Result<u64> {
    OBJECTS.insert(T::KIND, T::wrap(object.into()))
}

pub(crate) fn get<T: Kind>(handle: u64) -> Result<Arc<T>> {
    match OBJECTS.get(handle).and_then(T::unwrap) {
        Some(object) => Ok(object),
        None => explain(handle, T::KIND),
    }
}

/// Lets go of an object; what was made from it keeps what it needs.
pub(crate) fn delete<T: Kind>(handle: u64) -> Result {
    match OBJECTS.remove_if(handle, T::KIND, |object| object.kind() == T::KIND) {
        // Dropped here, where no lock is held.
        Some(_) => Ok(()),
        None => explain(handle, T::KIND),
    }
}

/// Why `handle` is not what was wanted.
#[cold]
pub(crate) fn explain<T>(handle: u64, wanted: i32) -> Result<T> {
    match kind(handle) {
        WTS_KIND_NONE if slot_of(handle) != 0 => store::explain(handle, wanted),
        WTS_KIND_NONE if OBJECTS.was_issued(handle) => stale(handle, wanted),
        WTS_KIND_NONE => never_issued(handle, wanted),
        found if found == wanted => {
            let kind = kind_name(wanted);
            Err(Failure::new(WTS_ERR_INTERNAL, format_args!("the {kind} {handle:#x} was not found")))
        }
        found => wrong_kind(wanted, found),
    }
}

/// The kind of a live handle, or `WTS_KIND_NONE`.
pub(crate) fn kind(handle: u64) -> i32 {
    if slot_of(handle) != 0 {
        return store::kind(handle);
    }
    // Looked at where it is: a copy taken here could be the last to go.
    OBJECTS.with(handle, Object::kind).unwrap_or(WTS_KIND_NONE)
}
