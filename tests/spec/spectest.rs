//! The module `spectest`, which the suite's modules import from.

use crate::library::*;
use crate::objects::{self, Engine, Owned, Result};

const FUNCS: [(&str, &[i32]); 7] = [
    ("print", &[]),
    ("print_i32", &[WTS_I32]),
    ("print_i64", &[WTS_I64]),
    ("print_f32", &[WTS_F32]),
    ("print_f64", &[WTS_F64]),
    ("print_i32_f32", &[WTS_I32, WTS_F32]),
    ("print_f64_f64", &[WTS_F64, WTS_F64]),
];

const GLOBALS: [(&str, i32, i64); 4] = [
    ("global_i32", WTS_I32, 666),
    ("global_i64", WTS_I64, 666),
    // Both are 666.6.
    ("global_f32", WTS_F32, 0x4426_a666),
    ("global_f64", WTS_F64, 0x4084_d4cc_cccc_cccd),
];

pub fn define(linker: &Owned, store: &Owned) -> Result {
    for (name, params) in FUNCS {
        objects::define_func(linker, "spectest", name, params)?;
    }
    for (name, kind, value) in GLOBALS {
        objects::define(linker, "spectest", name, objects::constant(store, kind, value)?)?;
    }
    objects::define(linker, "spectest", "table", objects::table(store, 10, 20, 0)?)?;
    objects::define(linker, "spectest", "table64", objects::table(store, 10, 20, WTS_TABLE_64)?)?;
    objects::define(linker, "spectest", "memory", objects::memory(store, 1, 2)?)
}

/// Where the engine has shared memories.
pub fn define_shared_memory(linker: &Owned, engine: &Engine) -> Result {
    objects::define(linker, "spectest", "shared_memory", objects::shared_memory(engine, 1, 1)?.handle())
}
