//! Every exported function with every wrong value in every parameter, each case in a process of its own.
//!
//! All of it follows from `include/wasmtime_shim.json`, so a function is covered on the day it is added. A call of the
//! function that succeeds is looked for among live objects and likely numbers; then one argument after the other is
//! made wrong. The call has to end with the status that belongs to that mistake, with its outputs, all other objects
//! and the number of live handles as they were.

mod abi;
mod apart;
mod arguments;
mod check;
mod exceptions;
mod fakes;
mod fixture;
mod library;
mod memory;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{env, fs, thread};

use abi::{Abi, Function};
use arguments::Arguments;
use check::Checker;
use exceptions::Exceptions;
use fixture::Fixture;
use library::Library;
use memory::Memory;

const EXCEPTIONS: &str = include_str!("exceptions.tsv");

/// Which functions a process checks: `all 0 2`, the first half, or `fakes`.
const SHARE: &str = "WTS_MISUSE_SHARE";
const REPORT: &str = "WTS_MISUSE_REPORT";
/// The functions whose names contain this alone, for who looks into one.
const ONLY: &str = "WTS_MISUSE_ONLY";

fn abi() -> Abi {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("include/wasmtime_shim.json");
    Abi::read(&fs::read_to_string(path).unwrap())
}

/// What all processes found.
#[derive(Default)]
struct Total {
    functions: usize,
    cases: usize,
    invalid: Vec<String>,
    findings: Vec<String>,
    used: BTreeSet<usize>,
}

impl Total {
    /// What a process wrote, a line each.
    fn add(&mut self, report: &str) {
        for line in report.lines() {
            let (what, rest) = line.split_once(' ').expect("each line says what it is");
            match what {
                "function" => self.functions += 1,
                "cases" => self.cases += rest.parse::<usize>().expect("a number"),
                "invalid" => self.invalid.push(rest.to_string()),
                "used" => _ = self.used.insert(rest.parse().expect("a number")),
                "end" => {}
                _ => self.findings.push(rest.to_string()),
            }
        }
    }
}

/// One process's part: the functions, checked, and what came of it for the process that waits.
fn work(functions: &[Function], library: &Library, seconds: u32, to: &mut File) {
    let abi = abi();
    let exceptions = Exceptions::read(EXCEPTIONS, &abi);
    let (fixture, memory) = (Fixture::new(library), Memory::new());
    let arguments = Arguments { abi: &abi, fixture: &fixture, memory: &memory };
    let checker = Checker { library, arguments, exceptions: &exceptions, seconds };
    for function in functions {
        let start = Instant::now();
        let report = checker.check(function);
        writeln!(to, "function {} {:?}", function.name, start.elapsed()).unwrap();
        writeln!(to, "cases {}", report.cases).unwrap();
        if !report.valid {
            match exceptions.find(&function.name, "-", "right") {
                Some((line, _)) => drop(exceptions.used.borrow_mut().insert(line)),
                None => writeln!(to, "invalid {}", function.name).unwrap(),
            }
        }
        report.findings.iter().for_each(|finding| writeln!(to, "finding {finding}").unwrap());
    }
    exceptions.used.borrow().iter().for_each(|line| writeln!(to, "used {line}").unwrap());
    fixture.files.remove();
    writeln!(to, "end of the share").unwrap();
}

fn do_share(share: &str, to: &mut File) {
    let mut library = Library::load();
    if share == "fakes" {
        library.fakes = fakes::addresses();
        return work(&fakes::described(), &library, 1, to);
    }
    let numbers: Vec<usize> = share.split(' ').skip(1).map(|number| number.parse().unwrap()).collect();
    let only = env::var(ONLY).unwrap_or_default();
    let functions = abi().functions.into_iter().filter(|function| function.name.contains(&only)).enumerate();
    let mine = functions.filter(|(index, _)| index % numbers[1] == numbers[0]);
    work(&mine.map(|(_, function)| function).collect::<Vec<_>>(), &library, 20, to);
}

/// Runs this program again, for the same test and one share of it; its report.
fn run_share(test: &str, share: &str) -> String {
    let report = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("misuse {share}.txt"));
    _ = fs::remove_file(&report);
    let mut command = Command::new(env::current_exe().unwrap());
    command.args([test, "--exact", "--test-threads=1", "--nocapture", "--quiet"]);
    let output = command.env(SHARE, share).env(REPORT, &report).output().unwrap();
    let text = fs::read_to_string(&report).unwrap_or_default();
    let whole = text.ends_with("end of the share\n");
    assert!(whole, "share {share}: {text}\n{}", String::from_utf8_lossy(&output.stderr));
    text
}

/// Whether this process is one that does a share.
fn did_share() -> bool {
    let share = env::var(SHARE);
    if let Ok(share) = &share {
        do_share(share, &mut File::create(env::var(REPORT).unwrap()).unwrap());
    }
    share.is_ok()
}

/// Not `println!`, which cargo hides when a test passes.
fn print(line: &str) {
    io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}

#[test]
fn every_wrong_argument_is_refused() {
    if did_share() {
        return;
    }
    let processes = thread::available_parallelism().map_or(1, |count| count.get());
    let mut total = Total::default();
    let reports: Vec<_> = thread::scope(|scope| {
        let run = |index| {
            scope.spawn(move || run_share("every_wrong_argument_is_refused", &format!("all {index} {processes}")))
        };
        let running: Vec<_> = (0..processes).map(run).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    reports.iter().for_each(|report| total.add(report));
    print(&format!("misuse: {} functions, {} wrong arguments", total.functions, total.cases));
    let unknown = |name: &String| {
        format!("{name}: no call of it is known that succeeds; tests/misuse/fixture.rs makes what it needs")
    };
    total.findings.extend(total.invalid.iter().map(unknown));
    if env::var(ONLY).is_err() {
        total.findings.extend(Exceptions::read(EXCEPTIONS, &abi()).stale(&total.used));
    }
    assert!(total.findings.is_empty(), "\n{}\n{} findings", total.findings.join("\n"), total.findings.len());
}

/// The proof that misbehaviour is found: functions that misbehave, each in its own way.
#[test]
fn functions_that_misbehave_are_found() {
    if did_share() {
        return;
    }
    let mut total = Total::default();
    total.add(&run_share("functions_that_misbehave_are_found", "fakes"));
    for (name, finding) in fakes::FINDINGS {
        let found = total.findings.iter().any(|line| line.contains(name) && line.contains(finding));
        assert_eq!(found, !finding.is_empty(), "{name}: {finding:?} in\n{}", total.findings.join("\n"));
    }
}
