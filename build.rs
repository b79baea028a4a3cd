//! Names the shared library for the linker, and forbids unloading it.

use std::env;

fn main() {
    // Of the library itself; the tests compile C for it.
    println!("cargo::rustc-env=WTS_TARGET={}", env::var("TARGET").unwrap());
    println!("cargo::rerun-if-changed=build.rs");
    let major = env::var("CARGO_PKG_VERSION_MAJOR").unwrap();
    // Programs remember this name instead of the file they were linked against, so that a library
    // with another ABI is never taken for this one.
    if env::var("CARGO_CFG_TARGET_VENDOR").unwrap() == "apple" {
        link_arg(&format!("-install_name,@rpath/libwasmtime_shim.{major}.dylib"));
    } else if env::var("CARGO_CFG_TARGET_FAMILY").unwrap() == "unix" {
        link_arg(&format!("-soname,libwasmtime_shim.so.{major}"));
        // Wasmtime leaves signal handlers behind: after dlclose they would point at unmapped code.
        link_arg("-z,nodelete");
    }
}

fn link_arg(arg: &str) {
    println!("cargo::rustc-cdylib-link-arg=-Wl,{arg}");
}
