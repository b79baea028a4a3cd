//! Everything side by side in one run: this library from C and from Mojo, the crate `wasmtime` from Rust, and
//! Wasmtime's own C API from C. Rounds are short and interleaved, so that what the machine does meanwhile hits all.
//!
//! `make bench`, or `make bench BENCH=call` for one; `target/bench/results.json` has the numbers.

mod peer;
mod report;
mod rust;
mod sizes;
mod threads;

use peer::{CPeer, Peer, Process, Work, each, timed};
use report::{Named, Outcome, Samples};
use rust::Rust;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// Nanoseconds. A round is shorter than the time slices of a machine that does other work too.
const ROUND: f64 = 200_000.0;

/// For the rounds of one bench.
const BUDGET: Duration = Duration::from_secs(2);
const MIN_ROUNDS: usize = 5;

/// Where things happen to lie in memory can make a call half as slow again. So everything is set up several times
/// anew, each time on a fresh thread.
const LAYOUTS: usize = 5;

/// Nanoseconds. What takes so long does not depend on a layout.
const SLOW: f64 = 1e9;

struct Bench {
    name: &'static str,
    unit: &'static str,
    measure: Box<Measure>,
}

type Measure = dyn Fn(&Peers) -> Named<Samples>;

/// Nanoseconds of each peer's work, divided by `scale`.
fn timing(name: &'static str, unit: &'static str, scale: f64, who: fn(&Peers, &'static str) -> Named<Peer>) -> Bench {
    Bench { name, unit, measure: Box::new(move |peers| interleave(|| who(peers, name), scale)) }
}

fn benches() -> Vec<Bench> {
    let ns = |name| timing(name, "ns", 1.0, Peers::of);
    // A million rows.
    let row = |name| timing(name, "ns", 1e6, Peers::of);
    let ms = |name| timing(name, "ms", 1e6, Peers::of);
    let mojo = |name, scale| timing(name, "ns", scale, Peers::with_mojo);
    let other = |name, unit, measure: fn(&Peers) -> Named<Samples>| Bench { name, unit, measure: Box::new(measure) };
    vec![
        ns("call"),
        ns("call_mixed"),
        ns("callback"),
        row("batch"),
        row("columns"),
        ns("lookup"),
        ns("lookup_index"),
        ns("instantiate_call"),
        ns("instantiate_call_one"),
        ns("memory_read_64"),
        ns("memory_read_1m"),
        ns("memory_write_64"),
        ns("memory_write_1m"),
        mojo("mojo_call", 1.0),
        mojo("mojo_callback", 1.0),
        mojo("mojo_batch", 1e6),
        other("threads_call", "x", |peers| peers.threads("call")),
        other("threads_instantiate_call", "x", |peers| peers.threads("instantiate_call")),
        ms("compile_zlib"),
        ms("compile_sqlite"),
        ms("load_zlib"),
        ms("load_sqlite"),
        ms("cached_zlib"),
        ms("cached_sqlite"),
        ms("mapped_zlib"),
        ms("mapped_sqlite"),
        timing("start", "ms", 1e6, Peers::start),
        timing("mojo_start", "ms", 1e6, Peers::mojo_start),
        other("size", "MB", |peers| sizes::libraries(&peers.folder)),
        other("size_runtime", "MB", |peers| sizes::runtime_only(&peers.folder)),
        other("density", "KiB", |_| sizes::density()),
        other("density_most", "1000", |_| sizes::most_instances()),
    ]
}

/// Living as long as the process.
struct Peers {
    folder: PathBuf,
    modules: PathBuf,
    ours: &'static CPeer,
    capi: &'static CPeer,
    rust: &'static Rust,
}

impl Peers {
    /// `folder` is where `make` puts what it compiled for the peers.
    fn new(folder: PathBuf, modules: PathBuf) -> Self {
        let load =
            |name| &*Box::leak(Box::new(CPeer::load(&folder.join(libloading::library_filename(name)), &modules)));
        let (ours, capi) = (load("bench_ours"), load("bench_capi"));
        let rust = Box::leak(Box::new(Rust::new(&modules)));
        Peers { ours, capi, rust, folder, modules }
    }

    /// The work of a peer, for this thread.
    fn work(&self, peer: &str, name: &str) -> Option<Work> {
        match peer {
            "ours" => self.ours.work(name),
            "rust" => self.rust.work(name),
            "capi" => self.capi.work(name),
            "capi_unchecked" => self.capi.work(&format!("unchecked_{name}")),
            "native" => self.rust.native(name),
            _ => None,
        }
    }

    fn of(&self, name: &'static str) -> Named<Peer> {
        each(|peer| self.work(peer, name).map(timed))
    }

    /// What Mojo does, beside the same from C.
    fn with_mojo(&self, name: &'static str) -> Named<Peer> {
        let in_c = match name.strip_prefix("mojo_").unwrap() {
            // Mojo's rows are columns.
            "batch" => "columns",
            same => same,
        };
        let mojo = Process::start(Command::new(self.folder.join(name)).arg(self.modules.join("guest.wasm")));
        vec![("ours", timed(self.ours.work(in_c).unwrap())), ("mojo", mojo)]
    }

    /// How many times faster two threads are than one.
    fn threads(&self, name: &str) -> Named<Samples> {
        let (ours, rust, capi) = (self.ours, self.rust, self.capi);
        vec![
            ("ours", threads::speedup(|| ours.work(name).unwrap())),
            ("rust", threads::speedup(|| rust.work(name).unwrap())),
            ("capi", threads::speedup(|| capi.work(name).unwrap())),
        ]
    }

    /// From start to end of a process.
    fn start(&self, _: &'static str) -> Named<Peer> {
        vec![("ours", self.program("start_ours")), ("capi", self.program("start_capi"))]
    }

    fn mojo_start(&self, _: &'static str) -> Named<Peer> {
        let program = |name| self.program(name);
        vec![("ours", program("start_ours")), ("mojo", program("mojo_start")), ("native", program("mojo_empty"))]
    }

    fn program(&self, name: &str) -> Peer {
        let mut command = Command::new(self.folder.join(name));
        command.arg(&self.modules);
        timed(Box::new(move |n| (0..n).for_each(|_| check_version(&mut command))))
    }
}

fn check_version(command: &mut Command) {
    let output = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(output.status.success() && output.stdout == b"1.3.2\n", "{command:?}: {output:?}");
}

/// The modules that all peers read, in a folder where they also keep caches and artifacts.
fn write_modules(folder: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("guest.wasm"), wat::parse_file("benches/guest.wat").unwrap()).unwrap();
    fs::copy("tests/wasm/zlib.wasm", folder.join("zlib.wasm")).unwrap();
    fs::copy(folder.join("../sqlite.wasm"), folder.join("sqlite.wasm")).unwrap();
    let cache = format!("[cache]\ndirectory = {:?}\n", folder.join("cache_capi"));
    fs::write(folder.join("cache_capi.toml"), cache).unwrap();
}

fn main() {
    let folder = PathBuf::from(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into())).join("bench");
    let folder = folder.canonicalize().unwrap_or_else(|_| panic!("run `make bench`, which compiles the peers"));
    let modules = folder.join("modules");
    // See `sizes::density`.
    if let Ok(dense) = env::var("BENCH_DENSITY") {
        let (peer, instances) = dense.split_once(' ').unwrap();
        let work = Peers::new(folder, modules).work(peer, "density").unwrap();
        return sizes::print_density(work, instances.parse().unwrap());
    }
    write_modules(&modules);
    let benches = wanted(&env::var("BENCH").unwrap_or_default());
    let peers = Peers::new(folder, modules);
    println!("{}", report::header());
    let mut outcomes = Vec::new();
    for bench in benches {
        let outcome = Outcome { name: bench.name, unit: bench.unit, samples: (bench.measure)(&peers) };
        println!("{}", outcome.row());
        outcomes.push(outcome);
    }
    report::write(&outcomes, &peers.folder);
}

/// The bench of this name, or those whose names begin with it: `memory` is four.
fn wanted(name: &str) -> Vec<Bench> {
    let (exact, others): (Vec<_>, Vec<_>) = benches().into_iter().partition(|bench| bench.name == name);
    if !exact.is_empty() {
        return exact;
    }
    let found: Vec<_> = others.into_iter().filter(|bench| bench.name.starts_with(name)).collect();
    let names = || benches().iter().map(|bench| bench.name).collect::<Vec<_>>().join(", ");
    assert!(!found.is_empty(), "there is no bench `{name}`, only {}", names());
    found
}

/// Many rounds, in which each peer has its turn.
fn interleave(make: impl Fn() -> Named<Peer> + Sync, scale: f64) -> Named<Samples> {
    let times: Vec<f64> = make().iter_mut().map(|(_, peer)| peer(1)).collect();
    let layouts = if times.iter().sum::<f64>() > SLOW { 1 } else { LAYOUTS };
    let mut samples = Vec::new();
    for layout in 0..layouts {
        let measure = || with_deeper_stack(layout, &mut || rounds(make(), scale, layouts, &mut samples));
        thread::scope(|scope| scope.spawn(measure).join().unwrap());
    }
    samples
}

fn with_deeper_stack(by: usize, run: &mut dyn FnMut()) {
    let pad = [by; 50];
    if by == 0 {
        run()
    } else {
        with_deeper_stack(by - 1, run)
    }
    black_box(pad);
}

/// The part of one layout.
fn rounds(mut peers: Named<Peer>, scale: f64, layouts: usize, samples: &mut Named<Samples>) {
    if samples.is_empty() {
        *samples = peers.iter().map(|(name, _)| (*name, Samples::new())).collect();
    }
    let counts: Vec<u64> = peers.iter_mut().map(|(_, peer)| calibrate(peer)).collect();
    let (start, mut done) = (Instant::now(), 0);
    while done < MIN_ROUNDS || start.elapsed() < BUDGET / layouts as u32 {
        for ((_, peer), (n, (_, samples))) in peers.iter_mut().zip(counts.iter().zip(samples.iter_mut())) {
            samples.add(peer(*n) / *n as f64 / scale);
        }
        done += 1;
    }
}

/// How many times make a round. The first time, which may have to set something up, does not count.
fn calibrate(peer: &mut Peer) -> u64 {
    peer(1);
    let mut n = 1;
    while peer(n) < ROUND / 2.0 {
        n *= 2;
    }
    n
}
