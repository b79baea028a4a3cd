//! Ceilings on how many instructions the fast paths take. Unlike time, callgrind's count is the same on each run,
//! so a regression shows whatever else the machine does.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// So many that what happens once, such as the first lookup of a name, weighs little.
const TIMES: u32 = 10_000;

/// A few percent above what each takes. Lower one when the path got faster; raise one only for a reason.
const CEILINGS: [(&str, f64); 3] = [("call", 395.0), ("callback", 167.0), ("lookup", 271.0)];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Not `println!`, which cargo hides when a test passes.
fn report(line: &str) {
    io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// The C program, with the library that `cargo test` put beside this test.
fn compile(folder: &Path) -> PathBuf {
    let target = env!("WTS_TARGET");
    let library = env::current_exe().unwrap().with_file_name(format!("{DLL_PREFIX}wasmtime_shim{DLL_SUFFIX}"));
    let soname = concat!("libwasmtime_shim.so.", env!("CARGO_PKG_VERSION_MAJOR"));
    std::os::unix::fs::symlink(&library, folder.join(soname)).unwrap();
    let program = folder.join("instructions");
    let compiler = cc::Build::new().cargo_metadata(false).target(target).host(target).opt_level(2).get_compiler();
    let status = Command::new(compiler.path())
        .args(["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-Iinclude", "tests/c/instructions.c"])
        .args([&library, Path::new("-o"), &program])
        .arg(format!("-Wl,-rpath,{}", folder.display()))
        .current_dir(root())
        .status();
    assert!(status.unwrap().success());
    program
}

/// Instructions for one time of `what`.
fn count(program: &Path, what: &str) -> f64 {
    let folder = program.parent().unwrap();
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--toggle-collect=measured", "--callgrind-out-file=callgrind.out"])
        .arg(program)
        .args([what, &TIMES.to_string()])
        .current_dir(folder)
        .output()
        .unwrap();
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what}: {messages}");
    let collected = messages.lines().find_map(|line| line.split("Collected :").nth(1));
    let collected: f64 = collected.unwrap_or_else(|| panic!("{messages}")).trim().parse().unwrap();
    fs::remove_file(folder.join("callgrind.out")).unwrap();
    collected / f64::from(TIMES)
}

#[test]
fn fast_paths_stay_below_their_ceilings() {
    if Command::new("valgrind").arg("--version").output().is_err() {
        assert!(env::var_os("CI").is_none(), "valgrind is needed for this test");
        return report("instructions not counted: valgrind is not installed");
    }
    let folder = tempfile::tempdir().unwrap();
    let program = compile(folder.path());
    let counts = CEILINGS.map(|(what, ceiling)| (what, count(&program, what), ceiling));
    for (what, count, ceiling) in counts {
        report(&format!("{what}: {count:.1} instructions, at most {ceiling}"));
    }
    for (what, count, ceiling) in counts {
        assert!(count <= ceiling, "{what} takes {count:.1} instructions, more than {ceiling}");
    }
}
