//! `docs/coverage.md` says what does the work of each function of Wasmtime's C API and of each method of the crate
//! `wasmtime`, or why nothing does. Each name that it gives exists, its counts are right, and nothing is missing.
//!
//! `WTS_GENERATE=1` (`make generate`) rewrites its counts, adds rows for what is new, which are empty, and takes away
//! those of what is gone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use syn::{Attribute, ImplItem, Item, Type, Visibility};

type Names = BTreeSet<String>;

const DOCUMENT: &str = "docs/coverage.md";
const C_API: &str = "Wasmtime's C API";
const CRATE: &str = "The crate wasmtime";
const COUNTS: [&str; 2] = ["<!-- counts -->\n", "<!-- end of counts -->"];
const CLASSES: [&str; 3] = ["covered", "by pattern", "left out"];

// ---- The document ----

/// What is between two headings: one header of the C API, or types that belong together.
struct Section {
    part: String,
    /// What the heading names: headers or types.
    of: Vec<String>,
    rows: BTreeMap<String, String>,
}

/// The words between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The cells of a row of a table, if it is one below the heading of the table.
fn row(line: &str) -> Option<(&str, &str)> {
    let (name, cell) = line.strip_prefix("| `")?.strip_suffix('|')?.split_once("` |")?;
    Some((name, cell.trim()))
}

fn sections(document: &str) -> Result<Vec<Section>, String> {
    let mut part = String::new();
    let mut found: Vec<Section> = Vec::new();
    for line in document.lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            let of = quoted(heading).map(str::to_string).collect();
            found.push(Section { part: part.clone(), of, rows: BTreeMap::new() });
        } else if let Some(heading) = line.strip_prefix("## ") {
            part = heading.to_string();
            found.push(Section { part: part.clone(), of: Vec::new(), rows: BTreeMap::new() });
        } else if let (Some((name, cell)), Some(section)) = (row(line), found.last_mut())
            && section.rows.insert(name.to_string(), cell.to_string()).is_some()
        {
            return Err(format!("{name} has two rows in {:?}", section.of));
        }
    }
    Ok(found)
}

/// Which of `CLASSES` a row belongs to, by how its text begins.
fn class(cell: &str) -> Option<usize> {
    ["`wts_", "`WTS_"].iter().any(|name| cell.starts_with(name)).then_some(0).or_else(|| {
        let after = |word| cell.strip_prefix(word).is_some_and(|words: &str| words.trim().len() > 3);
        if after("Pattern: ") { Some(1) } else { after("Left out: ").then_some(2) }
    })
}

/// What is wrong with the document: rows that say nothing, and names that the ABI does not have.
fn mistakes(document: &str, abi: &Names) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for section in sections(document)? {
        for (name, cell) in &section.rows {
            if class(cell).is_none() {
                found
                    .push(format!("{name} of {:?} says neither a name, nor `Pattern: `, nor `Left out: `", section.of));
            }
        }
    }
    for name in quoted(document).flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_')) {
        if (name.starts_with("wts_") || name.starts_with("WTS_")) && !abi.contains(name) {
            found.push(format!("there is no {name}"));
        }
    }
    let (_, counts, _) = around_counts(document)?;
    let right = count(document)?;
    if counts != right {
        found.push(format!("the counts are not those of the tables, which are\n{right}"));
    }
    Ok(found)
}

fn around_counts(document: &str) -> Result<(&str, &str, &str), String> {
    let between = || format!("the counts stand between {}and {}", COUNTS[0], COUNTS[1]);
    let (before, rest) = document.split_once(COUNTS[0]).ok_or_else(between)?;
    let (counts, after) = rest.split_once(COUNTS[1]).ok_or_else(between)?;
    Ok((before, counts, after))
}

fn count(document: &str) -> Result<String, String> {
    let mut table = format!("| | all | {} |\n|---|---|---|---|---|\n", CLASSES.join(" | "));
    let sections = sections(document)?;
    for part in [C_API, CRATE] {
        let mut numbers = [0; CLASSES.len()];
        let rows = sections.iter().filter(|section| section.part == part).flat_map(|section| section.rows.values());
        rows.filter_map(|cell| class(cell)).for_each(|class| numbers[class] += 1);
        let all: usize = numbers.iter().sum();
        table += &format!("| {part} | {all} | {} | {} | {} |\n", numbers[0], numbers[1], numbers[2]);
    }
    Ok(table)
}

// ---- What there is to cover ----

/// The functions of each header, or the public methods of each type.
type Surface = BTreeMap<String, Names>;

/// What a program prints.
fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The folder of a package that a manifest's lock file pins.
fn package(manifest: &str, name: &str) -> PathBuf {
    let host = run(Command::new("rustc").arg("-vV"));
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    // Without the platform it would download what other systems need.
    cargo.args(["metadata", "--locked", "--format-version", "1", "--filter-platform", host, "--manifest-path"]);
    let metadata: serde_json::Value = serde_json::from_str(&run(cargo.arg(path(manifest)))).unwrap();
    let package = metadata["packages"].as_array().unwrap().iter().find(|package| package["name"] == name);
    let manifest = package.unwrap_or_else(|| panic!("{manifest} pins no {name}"))["manifest_path"].as_str().unwrap();
    Path::new(manifest).parent().unwrap().to_path_buf()
}

/// All files below a folder that end so, by their path from there.
fn files(folder: &Path, suffix: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap().path();
        let name = entry.file_name().unwrap().to_str().unwrap().to_string();
        if entry.is_dir() {
            let inside = files(&entry, suffix).into_iter();
            found.extend(inside.map(|(path, text)| (format!("{name}/{path}"), text)));
        } else if name.ends_with(suffix) {
            found.push((name, fs::read_to_string(&entry).unwrap()));
        }
    }
    found
}

/// A header without comments and without what the preprocessor reads.
fn declarations(header: &str) -> String {
    let mut code = String::new();
    let mut rest = header;
    while let Some((before, comment)) = rest.split_once("/*") {
        code += before;
        rest = comment.split_once("*/").unwrap().1;
    }
    code += rest;
    let mut continued = false;
    let lines = code.lines().map(|line| line.split("//").next().unwrap()).filter(|line| {
        let skip = continued || line.trim_start().starts_with('#');
        continued = skip && line.trim_end().ends_with('\\');
        !skip
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The functions that a header declares, some through its macros.
fn functions(header: &str) -> Names {
    // Each macro with which of its arguments is the name, and what it makes of it.
    const MACROS: [(&str, usize, &str, &[&str]); 4] = [
        ("WASMTIME_CONFIG_PROP(", 1, "wasmtime_config_", &["_set"]),
        ("WASMTIME_POOLING_ALLOCATION_CONFIG_PROP(", 0, "wasmtime_pooling_allocation_config_", &["_set"]),
        ("WASI_DECLARE_OWN(", 0, "wasi_", &["_delete"]),
        ("DECLARE_VEC(", 0, "", &["_new", "_new_empty", "_new_uninit", "_copy", "_delete"]),
    ];
    let code = declarations(header);
    let mut names = Names::new();
    for marker in ["WASM_API_EXTERN", "WASI_API_EXTERN", "static inline"] {
        let declared = code.split(marker).skip(1).filter_map(|code| code.split('(').next());
        names.extend(declared.filter_map(|code| code.rsplit([' ', '\n', '*']).next()).map(str::to_string));
    }
    for (macro_name, argument, prefix, suffixes) in MACROS {
        for arguments in code.split(macro_name).skip(1).filter_map(|code| code.split(')').next()) {
            let name = arguments.split(',').nth(argument).unwrap().trim();
            names.extend(suffixes.iter().map(|suffix| format!("{prefix}{name}{suffix}")));
        }
    }
    names.retain(|name| !name.starts_with("__"));
    names
}

fn headers() -> Surface {
    let folder = package("benches/sources/Cargo.toml", "wasmtime-c-api-impl").join("include");
    let with_functions = files(&folder, ".h").into_iter().map(|(path, text)| (path, functions(&text)));
    // wasm.h and doc-wasm.h are another API, which Wasmtime's builds on.
    with_functions.filter(|(path, names)| !path.ends_with("wasm.h") && !names.is_empty()).collect()
}

fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .filter_map(|attribute| attribute.meta.require_list().ok())
        .any(|list| list.path.is_ident("doc") && list.tokens.to_string() == "hidden")
}

/// The public methods in a file, by type.
fn methods(items: &[Item], found: &mut Surface) {
    for item in items {
        if let Item::Mod(inside) = item
            && let Some((_, items)) = &inside.content
        {
            methods(items, found);
        }
        let Item::Impl(block) = item else { continue };
        let (None, Type::Path(of)) = (&block.trait_, &*block.self_ty) else { continue };
        let of = of.path.segments.last().unwrap().ident.to_string();
        for inner in &block.items {
            if let ImplItem::Fn(method) = inner
                && matches!(method.vis, Visibility::Public(_))
                && !is_hidden(&method.attrs)
            {
                found.entry(of.clone()).or_default().insert(method.sig.ident.to_string());
            }
        }
    }
}

fn types() -> Surface {
    // `vm` is private but for the pool's metrics; `disabled` has the same without a collector; no feature of ours has
    // `concurrent`.
    let others = ["runtime/vm/", "runtime/gc/disabled/", "runtime/wave/", "runtime/component/concurrent"];
    let of_others = |path: &str| others.iter().any(|other| path.starts_with(other)) && !path.ends_with("metrics.rs");
    let mut found = Surface::new();
    for (path, text) in files(&package("Cargo.toml", "wasmtime").join("src"), ".rs") {
        if of_others(&path) {
            continue;
        }
        let mut here = Surface::new();
        methods(&syn::parse_file(&text).unwrap_or_else(|e| panic!("{path}: {e}")).items, &mut here);
        // Modules and components have types of the same names.
        let of = if path.starts_with("runtime/component/") { "component::" } else { "" };
        for (name, methods) in here {
            found.entry(format!("{of}{name}")).or_default().extend(methods);
        }
    }
    found
}

/// Makes the rows of a document those of the surface, and its counts those of the tables.
fn refreshed(document: &str, headers: &Surface, types: &Surface) -> Result<String, String> {
    let mut written = String::new();
    let mut lines = document.lines().peekable();
    let mut sections = sections(document)?.into_iter();
    let mut section = None;
    while let Some(line) = lines.next() {
        if line.starts_with("## ") || line.starts_with("### ") {
            section = sections.next();
        }
        written += line;
        written.push('\n');
        // The rows stand below the line that ends the heading of a table.
        if let (true, Some(section)) = (line.starts_with("|---"), &section) {
            while lines.next_if(|line| row(line).is_some()).is_some() {}
            for (name, cell) in expected(section, headers, types)? {
                written += &format!("| `{name}` | {cell} |\n");
            }
        }
    }
    let counts = count(&written)?;
    let (before, _, after) = around_counts(&written)?;
    Ok(format!("{before}{}{counts}{}{after}", COUNTS[0], COUNTS[1]))
}

/// The rows that a section should have; what they say is what they say now.
fn expected(section: &Section, headers: &Surface, types: &Surface) -> Result<BTreeMap<String, String>, String> {
    let surface = if section.part == C_API { headers } else { types };
    let mut rows = BTreeMap::new();
    for of in &section.of {
        for name in surface.get(of).ok_or_else(|| format!("there is nothing in `{of}`"))? {
            rows.insert(name.clone(), section.rows.get(name).cloned().unwrap_or_default());
        }
    }
    Ok(rows)
}

/// Headers that no section is about. Which types have a section is a choice: private ones have methods, too.
fn forgotten<'a>(document: &str, headers: &'a Surface) -> Result<Vec<&'a String>, String> {
    let sections = sections(document)?;
    let present: BTreeSet<&String> = sections.iter().flat_map(|section| &section.of).collect();
    Ok(headers.keys().filter(|path| !present.contains(path)).collect())
}

// ---- The tests ----

fn path(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(of)
}

fn read(of: &str) -> String {
    fs::read_to_string(path(of)).unwrap()
}

/// The functions, constants and types of the ABI.
fn abi() -> Names {
    let abi: serde_json::Value = serde_json::from_str(&read("include/wasmtime_shim.json")).unwrap();
    let lists = ["functions", "constants", "types", "callbacks"].iter().flat_map(|list| abi[list].as_array().unwrap());
    lists.map(|item| item["name"].as_str().unwrap().to_string()).collect()
}

#[test]
fn nothing_is_missing_and_nothing_is_stale() {
    let (headers, types) = (headers(), types());
    let document = read(DOCUMENT);
    let fresh = refreshed(&document, &headers, &types).unwrap();
    if env::var_os("WTS_GENERATE").is_some() {
        fs::write(path(DOCUMENT), &fresh).unwrap();
    } else if let Some(line) = document.lines().zip(fresh.lines()).position(|(old, new)| old != new) {
        let (old, new) = (document.lines().nth(line).unwrap(), fresh.lines().nth(line).unwrap());
        panic!("{DOCUMENT}:{} should be `{new}` instead of `{old}`; WTS_GENERATE=1 rewrites it", line + 1);
    }
    assert_eq!(forgotten(&document, &headers).unwrap(), Vec::<&String>::new());
}

#[test]
fn the_document_says_what_is_true() {
    let mistakes = mistakes(&read(DOCUMENT), &abi()).unwrap();
    assert!(mistakes.is_empty(), "{DOCUMENT}: {}", mistakes.join("\n"));
}

// ---- Mutants: each wrong document is refused, and for the right reason ----

const SMALL: &str = "# Coverage\n\n<!-- counts -->\n\
    | | all | covered | by pattern | left out |\n|---|---|---|---|---|\n\
    | Wasmtime's C API | 3 | 1 | 1 | 1 |\n| The crate wasmtime | 1 | 1 | 0 | 0 |\n<!-- end of counts -->\n\n\
    ## Wasmtime's C API\n\n### `wasmtime/engine.h`\n\n| function | here |\n|---|---|\n\
    | `wasmtime_engine_a` | `wts_engine_a`, or `WTS_OK` |\n\
    | `wasmtime_engine_b` | Pattern: copy the number. |\n\
    | `wasmtime_engine_c` | Left out: nobody needs it. |\n\n\
    ## The crate wasmtime\n\n### `Engine`, `EngineWeak`\n\n| method | here |\n|---|---|\n\
    | `new` | `WTS_OK` |\n";

fn set(names: &[&str]) -> Names {
    names.iter().map(|name| name.to_string()).collect()
}

fn small_surface() -> (Surface, Surface) {
    let header = "/* int wasmtime_not(void); */\n#define X(name) \\\n  WASM_API_EXTERN void name(void);\n\
        WASM_API_EXTERN wasm_engine_t *wasmtime_engine_a(void); // WASM_API_EXTERN void no(void);\n\
        WASM_API_EXTERN void\nwasmtime_engine_b(int (*callback)(void));\n\
        static inline void wasmtime_engine_c(int *a) { *a = 0; }\nstatic inline void __check() {}\n";
    let headers = [("wasmtime/engine.h", functions(header))];
    let code = "impl Engine { pub fn new() {} fn private() {} #[doc(hidden)] pub fn hidden() {} }\n\
        impl Clone for Engine { fn clone(&self) {} }\nmod inner { impl<'a> super::EngineWeak<'a> { pub(crate) fn up() {} } }";
    let mut types = Surface::from([("EngineWeak".to_string(), Names::new())]);
    methods(&syn::parse_file(code).unwrap().items, &mut types);
    (headers.map(|(path, names)| (path.to_string(), names)).into(), types)
}

fn small_mistakes(document: &str) -> Vec<String> {
    mistakes(document, &set(&["wts_engine_a", "WTS_OK"])).unwrap()
}

#[test]
fn a_right_document_is_accepted() {
    let (headers, types) = small_surface();
    assert_eq!(small_mistakes(SMALL), Vec::<String>::new());
    assert_eq!(refreshed(SMALL, &headers, &types).unwrap(), SMALL);
    assert_eq!(forgotten(SMALL, &headers).unwrap(), Vec::<&String>::new());
}

#[test]
fn wrong_documents_are_refused() {
    let mutants = [
        ("`wts_engine_a`", "`wts_engine_z`", "there is no wts_engine_z"),
        ("`WTS_OK` |\n| `wasmtime", "`WTS_NO` |\n| `wasmtime", "there is no WTS_NO"),
        ("Pattern: copy the number.", "", "wasmtime_engine_b"),
        ("Pattern: copy the number.", "copy the number.", "wasmtime_engine_b"),
        ("Left out: nobody needs it.", "Left out: ", "wasmtime_engine_c"),
        ("| 3 | 1 | 1 | 1 |", "| 3 | 2 | 1 | 0 |", "the counts"),
        ("| 1 | 1 | 0 | 0 |", "| 2 | 1 | 0 | 0 |", "the counts"),
    ];
    for (right, wrong, complaint) in mutants {
        let mutant = SMALL.replacen(right, wrong, 1);
        assert_ne!(mutant, SMALL);
        let mistakes = small_mistakes(&mutant);
        assert!(mistakes.iter().any(|mistake| mistake.contains(complaint)), "{wrong}: {mistakes:?}");
    }
    assert!(mistakes(&SMALL.replace("<!-- counts -->", ""), &Names::new()).is_err());
    let twice = SMALL.replace("_engine_c`", "_engine_b`");
    assert!(sections(&twice).is_err_and(|complaint| complaint.contains("two rows")));
}

#[test]
fn missing_and_stale_rows_are_found() {
    let (headers, types) = small_surface();
    let missing = SMALL.replacen("| `wasmtime_engine_b` | Pattern: copy the number. |\n", "", 1);
    assert!(refreshed(&missing, &headers, &types).unwrap().contains("| `wasmtime_engine_b` |  |\n"));
    let stale = SMALL.replacen("| `new`", "| `newer` | `WTS_OK` |\n| `new`", 1);
    assert_eq!(refreshed(&stale, &headers, &types).unwrap(), SMALL);
    let recounted = SMALL.replacen("| 3 | 1 | 1 | 1 |", "| 3 | 0 | 1 | 2 |", 1);
    assert_eq!(refreshed(&recounted, &headers, &types).unwrap(), SMALL);
    assert!(refreshed(&SMALL.replace("`Engine`,", "`Engines`,"), &headers, &types).is_err());

    let mut more = headers.clone();
    more.insert("wasmtime/new.h".to_string(), set(&["wasmtime_new"]));
    assert_eq!(forgotten(SMALL, &more).unwrap(), ["wasmtime/new.h"]);
}
