//! The header compiles alone and twice, in every C and C++ that is promised, and needs numbers and pointers only.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{env, fs};

const STANDARDS: [(&str, &str); 5] = [("c", "c99"), ("c", "c11"), ("c", "c17"), ("c++", "c++11"), ("c++", "c++20")];

const WARNINGS: [&str; 4] = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];

const FORBIDDEN: [&str; 5] = ["struct", "union", "enum", "bool", "float"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn header() -> String {
    let path = root().join("include/wasmtime_shim.h");
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Not `println!`, which cargo hides when a test passes.
fn report(line: &str) {
    io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// The C compiler that builds of C code on this machine use.
fn system_compiler() -> Vec<String> {
    let target = env!("WTS_TARGET");
    let compiler = cc::Build::new().cargo_metadata(false).target(target).host(target).opt_level(0).get_compiler();
    vec![compiler.path().display().to_string()]
}

/// The commands of the compilers at hand: the system's and gcc must be, and clang as itself or inside zig
/// should.
fn compilers() -> Vec<Vec<String>> {
    let python = root().join(".venv/bin/python");
    let zig = env::var("ZIG").unwrap_or_else(|_| format!("{} -m ziglang", python.display()));
    let words = |command: &str| command.split_whitespace().map(str::to_string).collect::<Vec<_>>();
    let mut all = vec![system_compiler(), words("gcc"), words("clang"), words(&format!("{zig} cc"))];
    all.dedup();
    let (present, absent): (Vec<_>, Vec<_>) = all.into_iter().partition(|command| answers(command));
    for command in absent {
        assert_ne!(command, ["gcc"], "gcc is needed for this test");
        report(&format!("header not compiled by `{}`, which is not installed", command.join(" ")));
    }
    present
}

fn answers(command: &[String]) -> bool {
    let version = Command::new(&command[0]).args(&command[1..]).arg("--version").current_dir(root()).output();
    version.is_ok_and(|output| output.status.success())
}

/// Compiles one source, given on standard input, with the folder of headers `include`.
fn compile(compiler: &[String], (language, standard): (&str, &str), include: &Path, source: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(&compiler[0])
        .args(&compiler[1..])
        .args(WARNINGS)
        .args(["-x", language, &format!("-std={standard}"), "-c", "-", "-I"])
        .arg(include)
        .arg("-o")
        .arg(folder.path().join("out.o"))
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(source.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

const ALONE: &str = "#include \"wasmtime_shim.h\"\n";
const TWICE: &str = "#include \"wasmtime_shim.h\"\n#include \"wasmtime_shim.h\"\n";

#[test]
fn compiles_alone_and_twice_without_a_warning() {
    for compiler in compilers() {
        for standard in STANDARDS {
            for source in [ALONE, TWICE] {
                let output = compile(&compiler, standard, &root().join("include"), source);
                let said = String::from_utf8_lossy(&output.stderr);
                assert!(output.status.success(), "{} -std={}:\n{source}{said}", compiler.join(" "), standard.1);
            }
        }
        report(&format!("header compiled by `{}` in {} standards", compiler.join(" "), STANDARDS.len()));
    }
}

#[test]
fn a_broken_header_does_not_compile() {
    let gcc = ["gcc".to_string()];
    let without = |cut: &str| {
        let folder = tempfile::tempdir().unwrap();
        let mutant = header().replace(cut, "");
        assert_ne!(mutant, header(), "`{cut}` is not in the header");
        fs::write(folder.path().join("wasmtime_shim.h"), mutant).unwrap();
        folder
    };
    let no_guard = without("#define WASMTIME_SHIM_H\n");
    assert!(compile(&gcc, ("c", "c99"), no_guard.path(), ALONE).status.success());
    assert!(!compile(&gcc, ("c", "c99"), no_guard.path(), TWICE).status.success());
    let no_include = without("#include <stdint.h>\n");
    assert!(!compile(&gcc, ("c++", "c++11"), no_include.path(), ALONE).status.success());
}

#[test]
fn only_numbers_and_pointers_are_declared() {
    assert_eq!(forbidden_words(&header()), Vec::<&str>::new());
    assert_eq!(forbidden_words("/* bool\n * enum */ struct x; // float\nint a; union y;"), ["struct", "union"]);
}

/// The words in code, not in comments, for which other languages would need C's layouts.
fn forbidden_words(header: &str) -> Vec<&str> {
    let outside_block = header.split("/*").enumerate().map(|(i, part)| match (i, part.split_once("*/")) {
        (0, _) => part,
        (_, Some((_, code))) => code,
        (_, None) => "",
    });
    let code = outside_block.flat_map(str::lines).map(|line| line.split("//").next().unwrap());
    let words = code.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'));
    words.filter(|word| FORBIDDEN.contains(word)).collect()
}
