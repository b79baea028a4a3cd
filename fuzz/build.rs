//! Writes the declarations of the exported functions from the library's own description, as other languages have them,
//! and links the built library where its sources are not built in.

use serde_json::Value;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

const DESCRIPTION: &str = "../include/wasmtime_shim.json";
const LIBRARY: &str = "../target/release";

fn main() {
    println!("cargo::rerun-if-changed={DESCRIPTION}");
    let description: Value = serde_json::from_str(&fs::read_to_string(DESCRIPTION).unwrap()).unwrap();
    let functions: String = list(&description["functions"]).iter().map(declaration).collect();
    let out = Path::new(&env::var("OUT_DIR").unwrap()).join("functions.rs");
    fs::write(out, format!("unsafe extern \"C\" {{\n{functions}}}\n")).unwrap();
    if env::var_os("CARGO_FEATURE_LIBFUZZER").is_none() {
        let folder = fs::canonicalize(LIBRARY).expect("the library is built: run `make build`");
        println!("cargo::rustc-link-search=native={}", folder.display());
        println!("cargo::rustc-link-lib=dylib=wasmtime_shim");
        println!("cargo::rustc-link-arg=-Wl,-rpath,{}", folder.display());
    }
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// A function that is given no pointers is safe to call.
fn declaration(function: &Value) -> String {
    let mut safety = "safe ";
    let mut params = String::new();
    for param in list(&function["params"]) {
        let (name, ty) = (text(&param["name"]), text(&param["type"]));
        if ty.contains('*') || text(&param["role"]) == "callback" {
            safety = "";
        }
        write!(params, "r#{name}: {}, ", rust_type(ty)).unwrap();
    }
    let (name, returns) = (text(&function["name"]), rust_type(text(&function["returns"])));
    format!("pub {safety}fn {name}({params}) -> {returns};\n")
}

/// The type of C in the words of Rust.
fn rust_type(c: &str) -> String {
    let spaced = c.replace('*', " * ");
    let mut words = spaced.split_whitespace().peekable();
    let mut is_const = words.next_if_eq(&"const").is_some();
    let mut ty = match words.next().expect("a type") {
        "int32_t" => "i32",
        "uint32_t" => "u32",
        "int64_t" => "i64",
        "uint64_t" => "u64",
        "uint8_t" => "u8",
        "size_t" => "usize",
        "double" => "f64",
        "char" => "c_char",
        "void" => "c_void",
        own => own,
    }
    .to_owned();
    for word in words {
        match word {
            "*" => {
                ty = format!("*{} {ty}", if is_const { "const" } else { "mut" });
                is_const = false;
            }
            _ => is_const = true,
        }
    }
    ty
}
