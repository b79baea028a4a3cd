//! What the suite says of a trap, against what the library does.

use crate::library::*;
use crate::objects::Failure;

/// The texts that the suite expects begin with one of these, and the trap has one of the codes.
const TRAPS: &[(&str, &[i32])] = &[
    ("unreachable", &[WTS_TRAP_UNREACHABLE]),
    ("integer divide by zero", &[WTS_TRAP_INTEGER_DIVISION_BY_ZERO]),
    ("integer overflow", &[WTS_TRAP_INTEGER_OVERFLOW]),
    ("invalid conversion to integer", &[WTS_TRAP_BAD_CONVERSION_TO_INTEGER]),
    ("call stack exhausted", &[WTS_TRAP_STACK_OVERFLOW]),
    ("out of bounds memory access", &[WTS_TRAP_MEMORY_OUT_OF_BOUNDS]),
    ("out of bounds table access", &[WTS_TRAP_TABLE_OUT_OF_BOUNDS]),
    ("out of bounds array access", &[WTS_TRAP_ARRAY_OUT_OF_BOUNDS]),
    ("elements segment does not fit", &[WTS_TRAP_TABLE_OUT_OF_BOUNDS]),
    ("data segment does not fit", &[WTS_TRAP_MEMORY_OUT_OF_BOUNDS]),
    // Early texts do not say of what.
    ("out of bounds", &[WTS_TRAP_MEMORY_OUT_OF_BOUNDS, WTS_TRAP_TABLE_OUT_OF_BOUNDS]),
    ("undefined", &[WTS_TRAP_TABLE_OUT_OF_BOUNDS]),
    ("uninitialized", &[WTS_TRAP_INDIRECT_CALL_TO_NULL]),
    ("indirect call", &[WTS_TRAP_BAD_SIGNATURE]),
    ("unaligned atomic", &[WTS_TRAP_HEAP_MISALIGNED]),
    ("expected shared memory", &[WTS_TRAP_ATOMIC_WAIT_NON_SHARED_MEMORY]),
    ("null function reference", &[WTS_TRAP_NULL_REFERENCE, WTS_TRAP_INDIRECT_CALL_TO_NULL]),
    ("null ", &[WTS_TRAP_NULL_REFERENCE]),
    ("cast failure", &[WTS_TRAP_CAST_FAILURE]),
];

/// Where Wasmtime says something else than the suite: the suite's text begins with the first.
const REWORDED: &[(&str, &str)] = &[
    // Wasmtime does not say which element.
    ("uninitialized element ", "uninitialized element"),
    // Segments that do not fit have trapped since core 2.0.
    ("elements segment does not fit", "out of bounds table access"),
    ("data segment does not fit", "out of bounds memory access"),
    // Wasmtime does not say what the null reference should have been one to.
    ("null function reference", "null reference"),
    ("null structure reference", "null reference"),
    ("null array reference", "null reference"),
    ("null i31 reference", "null reference"),
];

/// Whether a failure is the trap that the suite expects, by its code and its text.
pub fn matches(failure: &Failure, expected: &str) -> bool {
    let codes = TRAPS.iter().find(|(text, _)| expected.starts_with(text)).map(|(_, codes)| *codes);
    let text = REWORDED.iter().find(|(text, _)| expected.starts_with(text)).map_or(expected, |(_, text)| text);
    failure.status == WTS_ERR_TRAP
        && codes.is_some_and(|codes| codes.contains(&failure.trap))
        && failure.message.contains(text)
}
