//! `include/wasmtime_shim.h`: what cbindgen writes, sorted into sections, its comments in plain C style.

use std::collections::HashMap;
use std::path::Path;

use crate::abi::{Abi, SECTIONS, Section};

const OPEN: &str = "#ifdef __cplusplus\nextern \"C\" {\n#endif";
const CLOSE: &str = "#ifdef __cplusplus\n}\n#endif\n\n#endif /* WASMTIME_SHIM_H */";

pub fn generate(root: &Path, abi: &Abi) -> String {
    let raw = cbindgen_output(root);
    // cbindgen parts declarations by an empty line; within a comment, "empty" lines have their star.
    let blocks: Vec<&str> = raw.split("\n\n").map(str::trim).collect();
    let named = blocks.iter().filter_map(|block| Some((declared_name(block)?, tidy(block)))).collect();
    let block = |name: &str| find(&named, name);

    let mut out: Vec<String> =
        blocks.iter().take_while(|b| declared_name(b).is_none()).map(|b| b.to_string()).collect();
    out.push(OPEN.into());
    out.push(banner("Types"));
    out.extend(abi.types.iter().map(|t| block(&t.name)));
    out.extend(abi.callbacks.iter().map(|c| block(&c.name)));
    SECTIONS.iter().for_each(|section| out.extend(section_blocks(abi, section, &named)));
    out.push(CLOSE.into());
    out.join("\n\n") + "\n"
}

fn cbindgen_output(root: &Path) -> String {
    let config = cbindgen::Config::from_file(root.join("cbindgen.toml")).unwrap_or_else(|e| panic!("{e}"));
    // From the root module and not from the crate: that would run cargo.
    let builder = cbindgen::Builder::new().with_config(config).with_src(root.join("src/lib.rs"));
    let mut text = Vec::new();
    builder.generate().unwrap_or_else(|e| panic!("cbindgen: {e}")).write(&mut text);
    String::from_utf8(text).expect("cbindgen writes UTF-8")
}

/// The banner, the constants (one paragraph for each prefix) and the functions of a section.
fn section_blocks(abi: &Abi, section: &Section, named: &HashMap<&str, String>) -> Vec<String> {
    let block = |name: &str| find(named, name);
    let paragraph = |prefix: &&str| {
        let names = abi.constants.iter().map(|c| c.name.as_str()).filter(|name| constant_prefix(name) == *prefix);
        names.map(block).collect::<Vec<_>>().join("\n")
    };
    let constants = section.constants.iter().map(paragraph).filter(|text| !text.is_empty());
    let functions = abi.functions.iter().filter(|f| section.objects.contains(&f.object));
    let functions = functions.map(|f| block(&f.signature.name));
    [banner(section.title)].into_iter().chain(constants).chain(functions).collect()
}

/// The prefix in `SECTIONS` that a constant goes by: the longest that fits.
fn constant_prefix(name: &str) -> &'static str {
    let rest = name.trim_start_matches("WTS_");
    let prefixes = SECTIONS.iter().flat_map(|section| section.constants).copied();
    prefixes.filter(|prefix| rest.starts_with(prefix)).max_by_key(|prefix| prefix.len()).unwrap_or("")
}

fn banner(title: &str) -> String {
    format!("/* ---- {title} {} */", "-".repeat(88 - title.len()))
}

/// What follows the comment.
fn code(block: &str) -> &str {
    block.rsplit("*/\n").next().unwrap_or(block)
}

/// What a block declares: a constant, a function, a callback, or another type.
fn declared_name(block: &str) -> Option<&str> {
    let code = code(block);
    if let Some(constant) = code.strip_prefix("#define ") {
        constant.split(' ').next()
    } else if let Some(function) = code.strip_prefix("WTS_API") {
        function.split('(').next()?.split_whitespace().last()
    } else {
        let ty = code.strip_prefix("typedef ")?;
        let callback = ty.split_once("(*").and_then(|(_, rest)| rest.split(')').next());
        callback.or(ty.trim_end_matches(';').split(' ').next_back())
    }
}

fn find(named: &HashMap<&str, String>, name: &str) -> String {
    named.get(name).unwrap_or_else(|| panic!("cbindgen left {name} out; see [export] in cbindgen.toml")).clone()
}

/// `# Errors` and the text below it become `Errors: text`, links lose their brackets, and a comment of one line
/// takes one line.
fn tidy(block: &str) -> String {
    let (mut lines, mut heading) = (Vec::new(), None);
    for line in block.lines() {
        match (line.strip_prefix(" * # "), heading) {
            (Some(title), _) => heading = Some(title),
            (None, None) => lines.push(line.to_string()),
            (None, Some(_)) if line.trim_end() == " *" => {}
            (None, Some(title)) => {
                let joined = format!(" * {title}: {}", line.trim_start_matches(" * "));
                let apart = [format!(" * {title}:"), line.to_string()];
                lines.extend(if joined.len() > 120 { apart.to_vec() } else { vec![joined] });
                heading = None;
            }
        }
    }
    if let [open, text, close, ..] = lines.as_slice()
        && (open.as_str(), close.as_str()) == ("/**", " */")
    {
        let comment = format!("/** {} */", text.trim_start_matches(" * "));
        lines.splice(..3, [comment]);
    }
    lines.join("\n").replace("[`", "`").replace("`]", "`")
}

#[test]
fn comments_are_tidied() {
    let block = "/**\n * Does [`wts_x`].\n *\n * # Errors\n *\n * `WTS_ERR_NULL`.\n */\nWTS_API int32_t wts_y(void);";
    assert_eq!(tidy(block), "/**\n * Does `wts_x`.\n *\n * Errors: `WTS_ERR_NULL`.\n */\nWTS_API int32_t wts_y(void);");
    assert_eq!(tidy("/**\n * Success.\n */\n#define WTS_OK 0"), "/** Success. */\n#define WTS_OK 0");
}

#[test]
fn declared_names_are_read() {
    let name = |code: &str| declared_name(code).map(str::to_string);
    assert_eq!(name("/** Does x. */\nWTS_API wts_status_t wts_x(void);").unwrap(), "wts_x");
    assert_eq!(name("#define WTS_OK 0").unwrap(), "WTS_OK");
    assert_eq!(name("typedef uint64_t wts_x_t;").unwrap(), "wts_x_t");
    assert_eq!(name("typedef void (*wts_x_t)(void *env);").unwrap(), "wts_x_t");
    assert_eq!(name("#ifndef WTS_API\n#define WTS_API\n#endif"), None);
}
