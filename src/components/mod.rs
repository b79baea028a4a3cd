//! What components need; a build without them lacks this folder.
//!
//! The exported functions stand in the files of their objects (`src/component.rs`, `src/component_linker.rs`, ...).

mod call;
mod flat;
mod host;
mod instance;
mod linker;
mod load;
mod resources;
mod value;
mod wit;

pub(crate) use call::ComponentFunc;
pub(crate) use flat::FlatType;
pub(crate) use host::{Form, HostFunc};
pub(crate) use instance::{ComponentInstance, ComponentInstancePre};
pub(crate) use linker::ComponentLinker;
pub(crate) use load::{Component, Item};
pub(crate) use resources::{HostType, Resources};
