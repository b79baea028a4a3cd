//! The official test suite of WebAssembly, directive by directive, only through the exported functions of the library.

mod checks;
mod groups;
mod library;
mod objects;
mod reference;
mod report;
mod script;
mod spectest;
mod suite;
mod traps;
mod values;

use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard};
use std::{env, fs};

use reference::Reference;

/// What `make spec` prints.
const TABLE: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/spec.txt");

/// Tests that make objects run one after another, so that each can count what it left.
struct Alone(#[expect(dead_code, reason = "held, not read")] MutexGuard<'static, ()>);

fn alone() -> Alone {
    static ALONE: Mutex<()> = Mutex::new(());
    Alone(ALONE.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
}

impl Drop for Alone {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(objects::live_handles(), 0, "handles are left alive");
        }
    }
}

#[test]
fn suite_passes() {
    let _alone = alone();
    let reference = env::var_os("WTS_SPEC_REFERENCE").map(|path| Reference::read(&fs::read_to_string(path).unwrap()));
    let groups = groups::groups();
    let outcomes = suite::run(&groups);

    let rows = report::rows(&groups, &outcomes, reference.as_ref());
    let summary = report::summary(&rows.last().unwrap().tallies[0]);
    fs::write(TABLE, format!("{}{summary}\n", report::table(&rows))).unwrap();
    // Not `println!`, which cargo hides when a test passes.
    io::stdout().write_all(format!("specification: {summary}\n").as_bytes()).unwrap();

    let complaints = report::complaints(&groups, &outcomes, reference.as_ref());
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
