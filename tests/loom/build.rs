//! Makes models of src/owner.rs and src/handle.rs: their own text, with loom's atomics and locks, and with a fence where
//! the library has the system's barrier; and mutants of them, each without something that it needs.

use std::path::Path;
use std::{env, fs};

const OWNER: &str = "../../src/owner.rs";
const HANDLE: &str = "../../src/handle.rs";

/// What stands for what. Each has to be in the source, or the model is no model of it any more.
type Changes = [(&'static str, &'static str)];

/// The parts of a rule that a model without them must break: a name, what is in the model, what the mutant has instead.
type Mutants = [(&'static str, &'static str, &'static str)];

/// The system's barrier puts what each thread does before and after it in order, as two fences do, one at each side.
const BARRIER: &str = "mod barrier {
    pub fn is_available() -> bool { true }
    pub fn run() { loom::sync::atomic::fence(loom::sync::atomic::Ordering::SeqCst) }
}";

const CHANGES_OF_OWNER: &Changes = &[
    ("use std::sync::atomic::", "use loom::sync::atomic::"),
    ("compiler_fence", "fence"),
    ("std::hint::spin_loop()", "loom::hint::spin_loop()"),
    ("std::thread::yield_now()", "loom::thread::yield_now()"),
    // How often to look again; in a model once more is enough.
    ("let mut patience = 50;", "let mut patience = 1;"),
    ("patience = 1000;", "patience = 1;"),
];

const MUTANTS_OF_OWNER: &Mutants = &[
    ("without_fence", "fence(Ordering::SeqCst);", ""),
    ("without_barrier", "barrier::run();", ""),
    ("without_looking", "!self.revoked.load(Ordering::Relaxed) || self.was_inside()", "true"),
    ("without_release", "self.by_bias.store(times, Ordering::Release)", "self.by_bias.store(times, Ordering::Relaxed)"),
];

const CHANGES_OF_HANDLE: &Changes = &[
    // Loom's atomics are made at run time.
    ("pub const fn new()", "pub fn new()"),
    (
        "[const { AtomicPtr::new(std::ptr::null_mut()) }; SLOTS]",
        "std::array::from_fn(|_| AtomicPtr::new(std::ptr::null_mut()))",
    ),
    ("std::hint::spin_loop()", "loom::hint::spin_loop()"),
    // Few enough that they are used again.
    ("const SLOTS: usize = if cfg!(miri) { 1 << 8 } else { 1 << 16 };", "const SLOTS: usize = 3;"),
    ("const PLENTY: usize = if cfg!(miri) { 50 } else { 1024 };", "const PLENTY: usize = 1;"),
    ("const SHARDS: usize = 64;", "const SHARDS: usize = 1;"),
    // What must never be missing is looked for.
    (".unwrap_unchecked()", ".unwrap()"),
];

const MUTANTS_OF_HANDLE: &Mutants = &[
    ("without_base", "serials.first.store(serials.next.load(Ordering::Relaxed), Ordering::Release);", ""),
    ("without_looking_again", "|| !self.is_over(handle)", "|| true"),
    (
        "without_publishing",
        "self.slots[free.made].store(std::ptr::from_ref(slot).cast_mut(), Ordering::Release);",
        "self.slots[free.made].store(std::ptr::from_ref(slot).cast_mut(), Ordering::Relaxed);",
    ),
    (
        "without_exchange",
        "let counter = self.next.fetch_add(1, Ordering::Relaxed);",
        "let counter = self.next.load(Ordering::Relaxed); self.next.store(counter + 1, Ordering::Relaxed);",
    ),
];

fn main() {
    let owner = read(OWNER);
    let end = place(&owner, "#[cfg(target_os = \"linux\")]\nmod barrier");
    models("owner", &format!("{}\n{BARRIER}\n", &owner[..end]), CHANGES_OF_OWNER, MUTANTS_OF_OWNER);

    // What handle.rs says of kinds and of live handles, and what it exports, is no part of the model.
    let handle = read(HANDLE);
    let part = |from, to| &handle[place(&handle, from)..place(&handle, to)];
    let word = part("// ---- the word ----", "// ---- kinds and how many of each are alive ----");
    let tables = part("// ---- shared objects: slot 0 ----", "// ---- exported ----");
    models("handle", &format!("use super::prelude::*;\n{word}{tables}"), CHANGES_OF_HANDLE, MUTANTS_OF_HANDLE);
}

fn read(path: &str) -> String {
    println!("cargo::rerun-if-changed={path}");
    fs::read_to_string(path).unwrap()
}

fn place(source: &str, text: &str) -> usize {
    source.find(text).unwrap_or_else(|| panic!("{text:?} is in the source no more"))
}

/// Writes a model and its mutants, each under its name.
fn models(name: &str, source: &str, changes: &Changes, mutants: &Mutants) {
    let lines: Vec<_> = source.lines().filter(|line| !line.starts_with("//!")).collect();
    let model = changes.iter().fold(lines.join("\n"), |model, (from, to)| replace(&model, from, to));
    for (mutant, from, to) in mutants {
        write(mutant, &replace(&model, from, to));
    }
    write(name, &model);
}

fn replace(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from:?} is in the source no more");
    text.replace(from, to)
}

fn write(name: &str, model: &str) {
    let path = Path::new(&env::var("OUT_DIR").unwrap()).join(format!("{name}.rs"));
    fs::write(path, model).unwrap();
}
