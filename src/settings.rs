//! What the options that are texts mean to Wasmtime. Each is understood when it is set, so that a mistake is found
//! there, and again when an engine is made.

use crate::abi::*;
use crate::boundary::{Result, fail};
use wasmtime::{ModuleVersionStrategy, OperatorCost};

/// What code is made for.
pub(crate) fn target(config: &mut wasmtime::Config, text: &str) -> Result {
    match config.target(text) {
        Ok(_) => Ok(()),
        Err(error) => fail(
            WTS_ERR_RANGE,
            format_args!("{text:?} is not a target triple, such as x86_64-unknown-linux-gnu: {error:#}"),
        ),
    }
}

/// The version of the application's own, behind Wasmtime's, without which artifacts of another Wasmtime would be
/// taken.
pub(crate) fn module_version(config: &mut wasmtime::Config, text: &str) -> Result {
    const MOST: usize = 100;
    if text.len() > MOST {
        return fail(WTS_ERR_RANGE, format_args!("module_version has {} bytes; it may have {MOST}", text.len()));
    }
    let version = format!("{} {text}", crate::version::WASMTIME);
    config.module_version(ModuleVersionStrategy::Custom(version)).expect("a version of less than 256 bytes");
    Ok(())
}

/// The items of a text, which commas separate, each as name and value.
fn items(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    text.split(',').map(|item| match item.split_once('=') {
        Some((name, value)) => (name.trim(), Some(value.trim())),
        None => (item.trim(), None),
    })
}

// ---- fuel ----

macro_rules! costs {
    ($(@$proposal:ident $operator:ident $({ $($field:ident: $ty:ty),* })? => $visit:ident ($($more:tt)*))*) => {
        /// Where the cost of an operator stands.
        fn cost<'a>(costs: &'a mut OperatorCost, name: &str) -> Option<&'a mut u8> {
            match name {
                $(stringify!($operator) => Some(&mut costs.$operator),)*
                _ => variable_cost(&mut costs.variable, name),
            }
        }
    };
}
wasmparser::for_each_operator!(costs);

macro_rules! variable_costs {
    ($($name:ident)*) => {
        /// Where the cost of what an operator works on stands.
        fn variable_cost<'a>(costs: &'a mut wasmtime::VariableOperatorCost, name: &str) -> Option<&'a mut u8> {
            match name {
                $(stringify!($name) => Some(&mut costs.$name),)*
                _ => None,
            }
        }

        /// The names of those costs.
        const VARIABLE_COSTS: &str = concat!($(stringify!($name), " "),*);
    };
}
variable_costs! {
    memory_copy_per_byte memory_fill_per_byte memory_init_per_byte memory_grow_per_page
    table_copy_per_element table_fill_per_element table_init_per_element table_grow_per_element
    array_copy_per_element array_fill_per_element array_new_data_per_element array_init_data_per_element
    array_new_elem_per_element array_init_elem_per_element array_new_default_per_element array_new_per_element
}

/// What operators cost.
pub(crate) fn fuel_costs(config: &mut wasmtime::Config, text: &str) -> Result {
    let mut costs = OperatorCost::new();
    for (name, value) in items(text) {
        let Some(cost) = cost(&mut costs, name) else {
            return fail(
                WTS_ERR_RANGE,
                format_args!(
                    "there is no operator {name:?}; operators are named like I32Add, CallIndirect, MemoryCopy, and what \
                     they work on costs {VARIABLE_COSTS}"
                ),
            );
        };
        match value.map(str::parse) {
            Some(Ok(value)) => *cost = value,
            _ => return fail(WTS_ERR_RANGE, format_args!("{name} costs from 0 to 255, as in {name}=2")),
        }
    }
    config.operator_cost(costs);
    Ok(())
}

// ---- Cranelift ----

/// Flags that are on or off, of all processors and of some. None of them can make code wrong: whether the machine has a
/// feature is checked before code runs.
const SWITCHES: &[&str] =
    &["enable_alias_analysis", "enable_heap_access_spectre_mitigation", "enable_table_access_spectre_mitigation"];
#[rustfmt::skip]
const SWITCHES_OF_X86_64: &[&str] = &[
    "has_sse3", "has_ssse3", "has_cmpxchg16b", "has_sse41", "has_sse42", "has_avx", "has_avx2", "has_fma",
    "has_avx_vnni", "has_avx512bitalg", "has_avx512dq", "has_avx512f", "has_avx512vl", "has_avx512vbmi",
    "has_avx512vnni", "has_popcnt", "has_bmi1", "has_bmi2", "has_lzcnt",
];
const SWITCHES_OF_AARCH64: &[&str] = &[
    "has_lse",
    "has_pauth",
    "has_fp16",
    "has_dotprod",
    "has_i8mm",
    "sign_return_address",
    "sign_return_address_all",
    "sign_return_address_with_bkey",
    "use_bti",
];

/// Makes of x86-64, which stand for several features.
#[rustfmt::skip]
const PRESETS: &[&str] = &[
    "x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4", "nehalem", "westmere", "sandybridge", "ivybridge", "haswell",
    "broadwell", "skylake", "skylake-avx512", "cascadelake", "icelake-client", "icelake-server", "tigerlake",
    "sapphirerapids", "znver1", "znver2", "znver3", "znver4",
];

/// Flags that are numbers, and the largest of each that makes sense.
const NUMBERS: &[(&str, u32)] = &[
    ("log2_min_function_alignment", 12),
    ("wasmtime_inlining_small_callee_size", 100_000),
    ("wasmtime_inlining_sum_size_threshold", 100_000),
];

/// Flags of Cranelift, of which most would make compiled code unsafe: only those known to be safe.
pub(crate) fn cranelift_flags(config: &mut wasmtime::Config, text: &str) -> Result {
    for (name, value) in items(text) {
        if [SWITCHES, SWITCHES_OF_X86_64, SWITCHES_OF_AARCH64].concat().contains(&name) {
            match value.unwrap_or("true") {
                value @ ("true" | "false") => set(config, name, value),
                _ => return fail(WTS_ERR_RANGE, format_args!("the flag {name} is {name}=true or {name}=false")),
            }
        } else if PRESETS.contains(&name) {
            if value.is_some() {
                return fail(WTS_ERR_RANGE, format_args!("the flag {name} is a preset and has no value"));
            }
            enable(config, name);
        } else if let Some((_, most)) = NUMBERS.iter().find(|number| number.0 == name) {
            match value.map(str::parse::<u32>) {
                Some(Ok(number)) if number <= *most => set(config, name, &number.to_string()),
                _ => return fail(WTS_ERR_RANGE, format_args!("the flag {name} is a number from 0 to {most}")),
            }
        } else {
            let numbers: Vec<_> = NUMBERS.iter().map(|number| number.0).collect();
            let known = [SWITCHES, &numbers, SWITCHES_OF_X86_64, PRESETS, SWITCHES_OF_AARCH64].concat().join(", ");
            return fail(WTS_ERR_RANGE, format_args!("the flag {name:?} cannot be set; those that can are {known}"));
        }
    }
    Ok(())
}

#[cfg(feature = "compiler")]
fn set(config: &mut wasmtime::Config, name: &str, value: &str) {
    // SAFETY: the flag is one of those above.
    unsafe { config.cranelift_flag_set(name, value) };
}

#[cfg(feature = "compiler")]
fn enable(config: &mut wasmtime::Config, name: &str) {
    // SAFETY: as above.
    unsafe { config.cranelift_flag_enable(name) };
}

// Without a compiler no code is made that they could change.
#[cfg(not(feature = "compiler"))]
fn set(_: &mut wasmtime::Config, _: &str, _: &str) {}
#[cfg(not(feature = "compiler"))]
fn enable(_: &mut wasmtime::Config, _: &str) {}

#[cfg(all(test, feature = "compiler"))]
mod tests {
    use super::*;

    fn makes_an_engine(text: &str) -> bool {
        let mut config = wasmtime::Config::new();
        cranelift_flags(&mut config, text).unwrap();
        wasmtime::Engine::new(&config).is_ok()
    }

    #[test]
    fn every_flag_is_known_to_cranelift() {
        let numbers = NUMBERS.iter().map(|(name, most)| format!("{name}={most}"));
        let switches = SWITCHES.iter().map(|name| format!("{name}=false"));
        for text in numbers.chain(switches) {
            assert!(makes_an_engine(&text), "{text}");
        }
        for name in [SWITCHES_OF_X86_64, PRESETS].concat() {
            assert_eq!(makes_an_engine(name), cfg!(target_arch = "x86_64"), "{name}");
        }
        for name in SWITCHES_OF_AARCH64 {
            assert_eq!(makes_an_engine(name), cfg!(target_arch = "aarch64"), "{name}");
        }
    }

    #[test]
    fn every_cost_is_an_operator_or_what_it_works_on() {
        let mut costs = OperatorCost::new();
        for name in VARIABLE_COSTS.split_whitespace().chain(["I32Add", "Call", "MemoryCopy", "V128Load", "StructNew"]) {
            *cost(&mut costs, name).unwrap() = 7;
        }
        assert_eq!((costs.I32Add, costs.variable.memory_copy_per_byte, costs.I64Add), (7, 7, 1));
        assert!(cost(&mut costs, "i32.add").is_none());
    }
}
