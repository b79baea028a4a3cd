//! The functions that the built library exports, the header declares and the JSON describes are the same.

use std::collections::BTreeSet;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use object::Object;

type Names = BTreeSet<String>;

/// `cargo test` puts the library beside the tests.
fn library() -> PathBuf {
    env::current_exe().unwrap().with_file_name(format!("{DLL_PREFIX}wasmtime_shim{DLL_SUFFIX}"))
}

fn read(path: impl AsRef<Path>) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn exported(library: &[u8]) -> Names {
    let file = object::File::parse(library).unwrap();
    let names = file.exports().unwrap().into_iter().map(|export| String::from_utf8_lossy(export.name()).into_owned());
    // Mach-O puts an underscore before each name.
    names.map(|name| if cfg!(target_os = "macos") { name[1..].to_string() } else { name }).collect()
}

fn declared(header: &str) -> Names {
    // A long declaration has its prefix on a line of its own.
    let header = header.replace("WTS_API\n", "WTS_API ");
    let declarations = header.lines().filter_map(|line| line.strip_prefix("WTS_API "));
    let names = declarations.map(|code| code.split('(').next().unwrap().rsplit([' ', '*']).next().unwrap());
    names.map(str::to_string).collect()
}

fn described(json: &str) -> Names {
    let document: serde_json::Value = serde_json::from_str(json).unwrap();
    let functions = document["functions"].as_array().unwrap().iter();
    functions.map(|function| function["name"].as_str().unwrap().to_string()).collect()
}

/// Not `println!`, which cargo hides when a test passes.
fn report(line: &str) {
    io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// What stands in one place and not in the other, one line each.
fn differences(a: (&str, &Names), b: (&str, &Names)) -> Vec<String> {
    let missing = |(here, names): (&str, &Names), (there, others): (&str, &Names)| {
        names
            .difference(others)
            .map(|name| format!("{name} is in the {here} and not in the {there}"))
            .collect::<Vec<_>>()
    };
    [missing(a, b), missing(b, a)].concat()
}

#[test]
fn library_header_and_json_list_the_same_functions() {
    let library = exported(&read(library()));
    let header = declared(&String::from_utf8(read("include/wasmtime_shim.h")).unwrap());
    let json = described(&String::from_utf8(read("include/wasmtime_shim.json")).unwrap());

    let found =
        [differences(("library", &library), ("header", &header)), differences(("header", &header), ("JSON", &json))];
    assert!(found.concat().is_empty(), "\n{}\n`make generate` rewrites header and JSON", found.concat().join("\n"));
    assert!(!library.is_empty(), "the library exports nothing");
    report(&format!("library, header and JSON: the same {} functions", library.len()));
}

#[test]
fn every_function_can_be_looked_up() {
    // SAFETY: loading the library runs no code of its own, and nothing is called.
    let loaded = unsafe { libloading::Library::new(library()) }.unwrap();
    for name in declared(&String::from_utf8(read("include/wasmtime_shim.h")).unwrap()) {
        let symbol = unsafe { loaded.get::<unsafe extern "C" fn()>(name.as_bytes()) };
        assert!(symbol.is_ok(), "{name}: {}", symbol.unwrap_err());
    }
    assert!(unsafe { loaded.get::<unsafe extern "C" fn()>(b"wts_no_such_function") }.is_err());
}

#[test]
fn a_difference_is_named() {
    let header =
        "/** Like WTS_API int x(void). */\nWTS_API const char *wts_a(void);\nWTS_API\nint32_t wts_b(int32_t x);\n";
    let json = r#"{ "functions": [{ "name": "wts_b" }, { "name": "wts_c" }] }"#;
    let found = differences(("header", &declared(header)), ("JSON", &described(json)));
    assert_eq!(found, ["wts_a is in the header and not in the JSON", "wts_c is in the JSON and not in the header"]);
}
