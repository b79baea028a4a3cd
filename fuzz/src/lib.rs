//! What is tried with random input: a function for each target, which panics when something is not as it should be. The
//! targets in `fuzz_targets/` run them under libFuzzer, `tests/short.rs` runs them on the built library.

#[path = "../../src/abi.rs"]
#[allow(dead_code, unused_imports, reason = "no target needs all of it")]
mod abi;
pub mod bytes;
pub mod calls;
pub mod guests;
mod library;
pub mod slots;
pub mod wave;
