//! Wasmtime behind a flat C ABI: 64-bit handles, `int64_t` slots, statuses.
//!
//! The header `include/wasmtime_shim.h` is generated from these files. Data flows one
//! way: raw arguments, checked arguments (`args`, `handle`), Wasmtime, slots and statuses
//! (`slots`, `boundary`).

#![warn(missing_docs, unsafe_op_in_unsafe_fn, clippy::undocumented_unsafe_blocks)]
// The exported functions hand their pointers to `args`; each says what its caller promises.
#![allow(clippy::too_many_arguments)]

pub mod abi;

// What everything stands on.
mod args;
mod boundary;
mod cache;
#[cfg(feature = "component")]
mod components;
mod coredump;
mod drops;
mod epoch;
mod fiber;
mod host;
mod limits;
mod object;
mod owner;
#[cfg(test)]
mod panics;
mod process;
mod settings;
mod slots;
mod timer;
mod value_type;
#[cfg(feature = "compiler")]
mod workers;

// One room per object.
pub mod array;
pub mod artifact;
pub mod batch;
pub mod buffer;
pub mod call_hook;
pub mod caller;
pub mod component;
pub mod component_func;
pub mod component_instance;
pub mod component_instance_pre;
pub mod component_linker;
pub mod config;
pub mod engine;
pub mod error;
pub mod exn;
pub mod externref;
pub mod func;
pub mod gc_type;
pub mod global;
pub mod handle;
pub mod i31;
pub mod inspect;
pub mod instance;
pub mod instance_pre;
pub mod linker;
pub mod memory;
pub mod module;
pub mod pending;
pub mod profiler;
pub mod reference;
pub mod resource;
pub mod shared_memory;
pub mod store;
pub mod struct_;
pub mod table;
pub mod tag;
pub mod thread;
pub mod types;
pub mod version;
pub mod wasi;
