//! Bytes instead of time: of the libraries, and of live instances.

use crate::peer::{Work, each};
use crate::report::{Named, Samples};
use std::path::Path;
use std::process::Command;
use std::{env, fs};

const INSTANCES: u64 = 10_000;

/// Stripped by `make`, in megabytes.
pub fn libraries(folder: &Path) -> Named<Samples> {
    vec![("ours", size(folder, "ours")), ("capi", size(folder, "capi"))]
}

/// Ours without a compiler, for artifacts that were compiled elsewhere.
pub fn runtime_only(folder: &Path) -> Named<Samples> {
    vec![("ours", size(folder, "runtime"))]
}

fn size(folder: &Path, which: &str) -> Samples {
    let file = folder.join(libloading::library_filename(format!("stripped_{which}")));
    Samples::one(fs::metadata(file).unwrap().len() as f64 / 1e6)
}

/// What a live instance takes of memory in KiB, when there are ten thousand. Each peer has a process for it.
pub fn density() -> Named<Samples> {
    each(|peer| {
        ["ours", "rust", "capi"].contains(&peer).then(|| {
            let mut this = Command::new(env::current_exe().unwrap());
            let output = this.env("BENCH_DENSITY", peer).output().unwrap();
            assert!(output.status.success(), "{peer}: {output:?}");
            Samples::one(String::from_utf8(output.stdout).unwrap().trim().parse().unwrap())
        })
    })
}

pub fn print_density(mut work: Work) {
    let before = resident();
    work(INSTANCES);
    println!("{}", (resident() - before) / INSTANCES as f64 / 1024.0);
}

/// Bytes of this process that are in memory, page tables included.
fn resident() -> f64 {
    let status = fs::read_to_string("/proc/self/status").expect("only Linux tells this");
    let kib = |name: &str| -> f64 {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    };
    (kib("VmRSS:") + kib("VmPTE:")) * 1024.0
}
