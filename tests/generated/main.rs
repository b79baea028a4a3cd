//! The artefacts that are generated from `src/` and committed.
//!
//! Each test compares one of them with what the source says now. With `WTS_GENERATE=1` (`make generate`) it
//! rewrites the file instead.

mod abi;
mod header;
mod json;
mod lock;
mod mojo;
mod role;
mod rules;

use std::path::{Path, PathBuf};
use std::{env, fs};

use abi::Abi;

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn crate_abi() -> Abi {
    Abi::of_crate(&root()).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn header_is_current() {
    check("include/wasmtime_shim.h", &header::generate(&root(), &crate_abi()));
}

/// cbindgen reads the source in its own way: what it understood must be what all the other artefacts say.
#[test]
fn header_and_lock_have_the_same_prototypes() {
    let abi = crate_abi();
    let on_one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let header = on_one_line(header::generate(&root(), &abi));
    let lock = lock::generate(&abi);
    let prototypes = lock.lines().filter(|line| line.contains("wts_"));
    let missing = prototypes.filter(|prototype| !header.contains(&format!(" {prototype};")));
    none(missing.map(|prototype| format!("not so in the header: {prototype}")).collect());
}

#[test]
fn json_is_current() {
    check("include/wasmtime_shim.json", &json::generate(&crate_abi(), VERSION));
}

#[test]
fn mojo_declarations_are_current() {
    check("mojo/wasmtime_mojo/_ffi.mojo", &mojo::generate(&crate_abi(), VERSION));
}

#[test]
fn abi_lock_is_current() {
    check("tests/abi.lock", &lock::generate(&crate_abi()));
}

#[test]
fn every_function_is_documented() {
    none(rules::documentation(&crate_abi()));
    none(rules::names_in_documentation(&crate_abi()));
}

#[test]
fn only_numbers_and_pointers_cross() {
    none(rules::types(&crate_abi()));
}

#[test]
fn every_parameter_has_a_role() {
    none(rules::roles(&crate_abi()));
}

fn none(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// Fails when the committed file is stale, or rewrites it.
fn check(path: &str, fresh: &str) {
    let file = root().join(path);
    if env::var("WTS_GENERATE").is_ok_and(|value| value == "1") {
        return write(&file, fresh);
    }
    let committed = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{path}: {e}; `make generate` writes it"));
    if let Some(difference) = first_difference(&committed, fresh) {
        panic!("{path} is stale; `make generate` rewrites it.\n{difference}");
    }
}

fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
}

fn first_difference(committed: &str, fresh: &str) -> Option<String> {
    let (mut old, mut new) = (committed.split('\n'), fresh.split('\n'));
    for number in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (a, b) if a == b => continue,
            (a, b) => {
                let shown = |line: Option<&str>| line.unwrap_or("(the file ends)").to_string();
                return Some(format!("line {number}\n  committed: {}\n  source:    {}", shown(a), shown(b)));
            }
        }
    }
    None
}

#[test]
fn the_first_differing_line_is_named() {
    assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
    assert_eq!(first_difference("a\nb\n", "a\nc\n").unwrap(), "line 2\n  committed: b\n  source:    c");
    assert_eq!(first_difference("a\n", "a\nb\n").unwrap(), "line 2\n  committed: \n  source:    b");
}
