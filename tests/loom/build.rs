//! Makes models of src/owner.rs: its own text, with loom's atomics and with a fence where the library has the system's
//! barrier; and mutants of it, each without something that it needs.

use std::path::Path;
use std::{env, fs};

const SOURCE: &str = "../../src/owner.rs";

/// The system's barrier puts what each thread does before and after it in order, as two fences do, one at each side.
const BARRIER: &str = "mod barrier {
    pub fn is_available() -> bool { true }
    pub fn run() { loom::sync::atomic::fence(loom::sync::atomic::Ordering::SeqCst) }
}";

/// What stands for what. Each has to be in the source, or the model is no model of it any more.
const CHANGES: [(&str, &str); 5] = [
    ("use std::sync::atomic::", "use loom::sync::atomic::"),
    ("compiler_fence", "fence"),
    ("std::hint::spin_loop()", "loom::hint::spin_loop()"),
    // How often to look again; in a model once more is enough.
    ("let mut patience = 50;", "let mut patience = 1;"),
    ("patience = 1000;", "patience = 1;"),
];

/// The parts of a rule that a model without them must break.
const MUTANTS: [(&str, &str, &str); 4] = [
    ("without_fence", "fence(Ordering::SeqCst);", ""),
    ("without_barrier", "barrier::run();", ""),
    ("without_looking", "!self.revoked.load(Ordering::Relaxed) || self.was_inside()", "true"),
    ("without_release", "self.by_bias.store(times, Ordering::Release)", "self.by_bias.store(times, Ordering::Relaxed)"),
];

fn main() {
    println!("cargo::rerun-if-changed={SOURCE}");
    let source = fs::read_to_string(SOURCE).unwrap();
    let end = source.find("#[cfg(target_os = \"linux\")]\nmod barrier").expect("the barrier is at the end");
    let lines = source[..end].lines().filter(|line| !line.starts_with("//!"));
    let mut model = lines.collect::<Vec<_>>().join("\n");
    for (from, to) in CHANGES {
        model = replace(&model, from, to);
    }
    write("owner", &model);
    for (name, from, to) in MUTANTS {
        write(name, &replace(&model, from, to));
    }
}

fn replace(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from:?} is not in {SOURCE} any more");
    text.replace(from, to)
}

fn write(name: &str, model: &str) {
    let path = Path::new(&env::var("OUT_DIR").unwrap()).join(format!("{name}.rs"));
    fs::write(path, format!("{model}\n{BARRIER}\n")).unwrap();
}
