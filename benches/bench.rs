//! Side by side in one run: this library through its C ABI, and the `wasmtime` crate from Rust with the
//! same engine settings. Rounds are interleaved, so that what the machine does meanwhile hits both.
//!
//! `make bench`, or `make bench BENCH=call` for one.

use libloading::Library;
use std::ffi::c_void;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;
use wasmtime::{Caller, Engine, Instance, Linker, Module, Store};

/// Many short ones: shorter than the time slices of a machine that does other work too.
const ROUNDS: usize = 801;

const MODULE: &str = r#"(module
    (import "env" "add" (func $host (param i32 i32) (result i32)))
    (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
    (func (export "loop") (param $n i32) (result i32) (local $sum i32)
        loop $again
            (local.set $sum (call $host (local.get $sum) (local.get $n)))
            (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))
        end
        local.get $sum))"#;

/// One thing to measure: runs its work `n` times.
type Run<'a> = Box<dyn FnMut(u32) + 'a>;

struct Bench<'a> {
    name: &'static str,
    per_round: u32,
    ours: Run<'a>,
    rust: Run<'a>,
}

fn main() {
    let wanted = std::env::var("BENCH").unwrap_or_default();
    let shim = Shim::load();
    let ours = Ours::new(&shim);
    let (mut store, instance) = rust();
    let add = instance.get_typed_func::<(i32, i32), i32>(&mut store, "add").unwrap();
    let (mut callback_store, callback_instance) = rust();
    let count = callback_instance.get_typed_func::<i32, i32>(&mut callback_store, "loop").unwrap();

    let benches = [
        Bench {
            name: "call",
            per_round: 10_000,
            ours: Box::new(|n| (0..n).for_each(|_| ours.call(ours.add, &[40, 2]))),
            rust: Box::new(move |n| {
                for _ in 0..n {
                    black_box(add.call(&mut store, black_box((40, 2))).unwrap());
                }
            }),
        },
        Bench {
            name: "callback",
            per_round: 20_000,
            ours: Box::new(|n| ours.call(ours.count, &[i64::from(n)])),
            rust: Box::new(move |n| {
                black_box(count.call(&mut callback_store, n as i32).unwrap());
            }),
        },
    ];
    println!(
        "{:<10} {:>12} {:>12} {:>8}   (ns each: median, minimum; ratio of medians)",
        "name", "ours", "Rust", "ratio"
    );
    for mut bench in benches {
        if wanted.is_empty() || wanted == bench.name {
            report(&mut bench);
        }
    }
}

fn report(bench: &mut Bench<'_>) {
    let (mut ours, mut rust) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(time(&mut bench.ours, bench.per_round));
        rust.push(time(&mut bench.rust, bench.per_round));
    }
    let (ours, rust) = (statistics(ours), statistics(rust));
    let show = |(median, minimum): (f64, f64)| format!("{median:.1} {minimum:.1}");
    println!("{:<10} {:>12} {:>12} {:>8.2}", bench.name, show(ours), show(rust), ours.0 / rust.0);
}

fn time(run: &mut Run<'_>, n: u32) -> f64 {
    let start = Instant::now();
    run(n);
    start.elapsed().as_nanos() as f64 / f64::from(n)
}

/// Median and minimum.
fn statistics(mut samples: Vec<f64>) -> (f64, f64) {
    samples.sort_by(f64::total_cmp);
    (samples[samples.len() / 2], samples[0])
}

fn rust() -> (Store<()>, Instance) {
    let engine = Engine::default();
    let module = Module::new(&engine, MODULE).unwrap();
    let mut linker = Linker::new(&engine);
    linker.func_wrap("env", "add", |_: Caller<'_, ()>, a: i32, b: i32| a.wrapping_add(b)).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = linker.instantiate(&mut store, &module).unwrap();
    (store, instance)
}

/// The functions that the benches use, from the library as it is shipped.
struct Shim {
    engine_new: unsafe extern "C" fn(u64, *mut u64) -> i32,
    module_new: unsafe extern "C" fn(u64, *const u8, usize, *mut u64) -> i32,
    linker_new: unsafe extern "C" fn(u64, *mut u64) -> i32,
    linker_define_func: DefineFunc,
    store_new: unsafe extern "C" fn(u64, u64, *mut u64) -> i32,
    linker_instantiate: unsafe extern "C" fn(u64, u64, u64, *mut u64) -> i32,
    instance_get_export: unsafe extern "C" fn(u64, *const u8, usize, *mut u64) -> i32,
    func_call: unsafe extern "C" fn(u64, *const i64, usize, *mut i64, usize) -> i32,
    _library: Library,
}

type Callback = unsafe extern "C" fn(*mut c_void, u64, *const i64, usize, *mut i64, usize) -> i32;
type DefineFunc = unsafe extern "C" fn(
    u64,
    *const u8,
    usize,
    *const u8,
    usize,
    *const i32,
    usize,
    *const i32,
    usize,
    Callback,
    *mut c_void,
    *const c_void,
) -> i32;

impl Shim {
    fn load() -> Self {
        let here = std::env::current_exe().unwrap();
        let release: PathBuf = here.ancestors().nth(2).unwrap().into();
        // SAFETY: it is this package's own library, and the types are those of its header.
        unsafe {
            let library = Library::new(release.join(libloading::library_filename("wasmtime_shim"))).unwrap();
            macro_rules! symbol {
                ($name:ident) => {
                    *library.get(concat!("wts_", stringify!($name))).unwrap()
                };
            }
            Shim {
                engine_new: symbol!(engine_new),
                module_new: symbol!(module_new),
                linker_new: symbol!(linker_new),
                linker_define_func: symbol!(linker_define_func),
                store_new: symbol!(store_new),
                linker_instantiate: symbol!(linker_instantiate),
                instance_get_export: symbol!(instance_get_export),
                func_call: symbol!(func_call),
                _library: library,
            }
        }
    }
}

struct Ours<'a> {
    shim: &'a Shim,
    add: u64,
    count: u64,
}

impl<'a> Ours<'a> {
    fn new(shim: &'a Shim) -> Self {
        let made = |make: &dyn Fn(*mut u64) -> i32| {
            let mut handle = 0;
            assert_eq!(make(&mut handle), 0);
            handle
        };
        const I32: i32 = 0x7f;
        // SAFETY: pointers and lengths belong together, and all of them outlive the calls.
        unsafe {
            let engine = made(&|out| (shim.engine_new)(0, out));
            let module = made(&|out| (shim.module_new)(engine, MODULE.as_ptr(), MODULE.len(), out));
            let linker = made(&|out| (shim.linker_new)(engine, out));
            let (params, results) = ([I32, I32], [I32]);
            let status = (shim.linker_define_func)(
                linker,
                "env".as_ptr(),
                3,
                "add".as_ptr(),
                3,
                params.as_ptr(),
                2,
                results.as_ptr(),
                1,
                add,
                std::ptr::null_mut(),
                std::ptr::null(),
            );
            assert_eq!(status, 0);
            let store = made(&|out| (shim.store_new)(engine, 0, out));
            let instance = made(&|out| (shim.linker_instantiate)(linker, store, module, out));
            let export = |name: &str| made(&|out| (shim.instance_get_export)(instance, name.as_ptr(), name.len(), out));
            Ours { shim, add: export("add"), count: export("loop") }
        }
    }

    fn call(&self, func: u64, args: &[i64]) {
        let mut result = 0;
        // SAFETY: as many slots as said.
        let status = unsafe { (self.shim.func_call)(func, args.as_ptr(), args.len(), &mut result, 1) };
        assert_eq!(status, 0);
        black_box(result);
    }
}

unsafe extern "C" fn add(
    _env: *mut c_void,
    _caller: u64,
    args: *const i64,
    _nargs: usize,
    results: *mut i64,
    _nresults: usize,
) -> i32 {
    // SAFETY: registered with two parameters and one result.
    unsafe { *results = i64::from((*args as i32).wrapping_add(*args.add(1) as i32)) };
    0
}
