//! Bytes instead of time: of the libraries, and of live instances.

use crate::peer::{Work, each};
use crate::report::{Named, Samples};
use std::path::Path;
use std::process::Command;
use std::{env, fs};

const INSTANCES: u64 = 10_000;
const DENSE: [&str; 3] = ["ours", "rust", "capi"];

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
        DENSE.contains(&peer).then(|| Samples::one(density_of(peer, INSTANCES).expect("as many are alive at once")))
    })
}

/// How many live instances there can be, in thousands. The system's limit of mappings ends it.
pub fn most_instances() -> Named<Samples> {
    each(|peer| {
        DENSE.contains(&peer).then(|| {
            let (mut fit, mut too_many) = (INSTANCES / 1000, 64);
            while too_many - fit > 1 {
                let middle = (fit + too_many) / 2;
                let fits = density_of(peer, middle * 1000).is_some();
                *if fits { &mut fit } else { &mut too_many } = middle;
            }
            Samples::one(fit as f64)
        })
    })
}

/// KiB for each of so many instances, if they can be.
fn density_of(peer: &str, instances: u64) -> Option<f64> {
    let mut this = Command::new(env::current_exe().unwrap());
    let output = this.env("BENCH_DENSITY", format!("{peer} {instances}")).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().parse().ok().filter(|_| output.status.success())
}

pub fn print_density(mut work: Work, instances: u64) {
    let before = resident();
    work(instances);
    println!("{}", (resident() - before) / instances as f64 / 1024.0);
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
