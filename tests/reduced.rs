//! The library without compiler, components and WASI: what is left out says so, with `WTS_ERR_UNSUPPORTED`.
//!
//! `make bench BENCH=size` builds it, since its size is measured there; so does
//! `cargo rustc --release --no-default-features --lib --crate-type cdylib --target-dir target/runtime`.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{env, fs, ptr};

use libloading::Library;
use serde_json::Value;

const UNSUPPORTED: &str = "WTS_ERR_UNSUPPORTED";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Not `println!`, which cargo hides when a test passes.
fn report(line: &str) {
    io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// The newest build of it, if there is one.
fn library() -> Option<PathBuf> {
    let name = format!("{DLL_PREFIX}wasmtime_shim{DLL_SUFFIX}");
    let built = ["ship", "release"].map(|profile| root().join("target/runtime").join(profile).join(&name));
    let built = built.into_iter().filter(|path| path.exists());
    built.max_by_key(|path| fs::metadata(path).unwrap().modified().unwrap())
}

struct Reduced {
    library: Library,
    abi: Value,
}

impl Reduced {
    fn load(path: &Path) -> Self {
        // SAFETY: loading it runs nothing that needs anything.
        let library = unsafe { Library::new(path) }.unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let abi = fs::read_to_string(root().join("include/wasmtime_shim.json")).unwrap();
        Reduced { library, abi: serde_json::from_str(&abi).unwrap() }
    }

    /// Calls a function, whose parameters are numbers and pointers. What it does not take it does not see.
    fn call(&self, name: &str, args: &[u64]) -> i32 {
        type Words = unsafe extern "C" fn(u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64) -> i32;
        let mut words = [0; 12];
        words[..args.len()].copy_from_slice(args);
        let [a, b, c, d, e, f, g, h, i, j, k, l] = words;
        // SAFETY: the arguments are right, or such that they are refused.
        unsafe { self.library.get::<Words>(name).unwrap()(a, b, c, d, e, f, g, h, i, j, k, l) }
    }

    /// Calls a function that gives a handle, after these arguments.
    fn make(&self, name: &str, args: &[u64]) -> u64 {
        let mut handle = 0u64;
        let args = [args, &[ptr::from_mut(&mut handle) as u64]].concat();
        assert_eq!(self.call(name, &args), 0, "{name}: {}", self.message());
        handle
    }

    fn message(&self) -> String {
        let (mut text, mut len) = ([0u8; 1024], 0usize);
        let args = [0, text.as_mut_ptr() as u64, text.len() as u64, ptr::from_mut(&mut len) as u64];
        assert_eq!(self.call("wts_error_message", &args), 0);
        String::from_utf8_lossy(&text[..len]).into_owned()
    }

    fn number(&self, constant: &str) -> i32 {
        let constants = self.abi["constants"].as_array().unwrap();
        let found = constants.iter().find(|known| known["name"] == constant).unwrap();
        found["value"].to_string().trim_matches('"').parse().unwrap()
    }

    /// A call that ends so because the build lacks something, which the message names.
    fn check(&self, name: &str, args: &[u64], word: &str) {
        let status = self.call(name, args);
        assert_eq!(status, self.number(UNSUPPORTED), "{name}: {}", self.message());
        assert!(self.message().contains(word), "{name}: {word:?} is not in {:?}", self.message());
    }

    /// The functions that are said to end so in a build without components.
    fn of_components(&self) -> Vec<&str> {
        let functions = self.abi["functions"].as_array().unwrap().iter();
        let of_components = functions.filter(|function| {
            let object = function["object"].as_str().unwrap();
            let only_there = object.starts_with("component") || object == "resource";
            only_there && function["errors"].as_array().unwrap().iter().any(|error| error == UNSUPPORTED)
        });
        let mut names: Vec<_> = of_components.map(|function| function["name"].as_str().unwrap()).collect();
        names.extend(["wts_store_set_hostcall_fuel", "wts_store_get_hostcall_fuel"]);
        names
    }
}

#[test]
fn what_is_left_out_says_so() {
    let Some(path) = library() else {
        return report("reduced library not tested: there is none in target/runtime (make bench BENCH=size builds it)");
    };
    let reduced = Reduced::load(&path);
    let of_components = reduced.of_components();
    assert!(of_components.len() > 40, "{of_components:?}");
    for name in &of_components {
        // Nothing else is looked at.
        reduced.check(name, &[], "no components");
    }

    let engine = reduced.make("wts_engine_new", &[0]);
    let linker = reduced.make("wts_linker_new", &[engine]);
    let mut handle = 0u64;
    let out = ptr::from_mut(&mut handle) as u64;
    let (wasm, wat) = (b"\0asm\x01\0\0\0", b"(module)");
    let (wasm, wat) = ([wasm.as_ptr() as u64, wasm.len() as u64], [wat.as_ptr() as u64, wat.len() as u64]);
    reduced.check("wts_wasi_new", &[out], "\"wasi\"");
    reduced.check("wts_linker_define_wasi", &[linker], "\"wasi\"");
    reduced.check("wts_linker_define_wasi_async", &[linker], "\"wasi\"");
    for bytes in [wasm, wat] {
        reduced.check("wts_module_new", &[engine, bytes[0], bytes[1], out], "no compiler");
        reduced.check("wts_engine_precompile", &[engine, bytes[0], bytes[1], out], "no compiler");
    }
    assert_eq!(handle, 0);
    // What is there works.
    let store = reduced.make("wts_store_new", &[engine, 0]);
    for (delete, handle) in [("wts_store_delete", store), ("wts_linker_delete", linker), ("wts_engine_delete", engine)]
    {
        assert_eq!(reduced.call(delete, &[handle]), 0);
    }
    report(&format!("reduced library: {} functions of components, WASI and the compiler say so", of_components.len()));
}
