//! The rules of the ABI that can be read off the source. Each answers with the lines to print; none is good news.

use crate::abi::{Abi, Function, Signature, Ty};
use crate::role::role;

const NUMBERS: [&str; 6] = ["i32", "u32", "i64", "u64", "f64", "usize"];

/// Types that only cross behind a pointer.
const POINTEES: [&str; 3] = ["u8", "c_char", "c_void"];

pub fn documentation(abi: &Abi) -> Vec<String> {
    let missing = |f: &Function| {
        let doc = &f.signature.doc;
        let pointers = f.signature.params.iter().any(|p| matches!(p.ty, Ty::Pointer { .. }));
        let needed = [("Errors", !f.is_total()), ("Threads", true), ("Safety", pointers)];
        let headings = needed.into_iter().filter(|(heading, needed)| *needed && doc.section(heading).is_none());
        let mut lines: Vec<_> =
            headings.map(|(heading, _)| format!("{}: no `# {heading}`", f.signature.name)).collect();
        if !doc.text.ends_with('.') {
            lines.push(format!("{}: no sentence that says what it does", f.signature.name));
        }
        if doc.section("Errors").is_some() && abi.errors(f).is_empty() {
            lines.push(format!("{}: `# Errors` names no status", f.signature.name));
        }
        lines
    };
    abi.functions.iter().flat_map(missing).collect()
}

/// Every name of the ABI that a documentation comment mentions exists.
pub fn names_in_documentation(abi: &Abi) -> Vec<String> {
    let functions = abi.functions.iter().map(|f| &f.signature);
    let names: Vec<&str> = (abi.types.iter().map(|t| t.name.as_str()))
        .chain(abi.constants.iter().map(|c| c.name.as_str()))
        .chain(functions.clone().chain(&abi.callbacks).map(|s| s.name.as_str()))
        .collect();
    let docs = (functions.chain(&abi.callbacks).map(|s| (&s.name, &s.doc)))
        .chain(abi.types.iter().map(|t| (&t.name, &t.doc)))
        .chain(abi.constants.iter().map(|c| (&c.name, &c.doc)));
    let unknown = |word: &&str| {
        let named = word.starts_with("wts_") || word.starts_with("WTS_");
        // `WTS_OPT_...` stands for all that begin so.
        named && !names.contains(word) && !(word.ends_with('_') && names.iter().any(|name| name.starts_with(word)))
    };
    let mut lines = Vec::new();
    for (name, doc) in docs {
        lines.extend(
            doc.words().filter(unknown).map(|word| format!("{name}: its comment names `{word}`, which does not exist")),
        );
    }
    lines
}

/// Only numbers, handles, callbacks and pointers to the first two cross.
pub fn types(abi: &Abi) -> Vec<String> {
    let functions = abi.functions.iter().map(|f| &f.signature);
    let mut lines = Vec::new();
    for signature in functions.chain(&abi.callbacks) {
        let params = signature.params.iter().map(|p| (p.name.as_str(), &p.ty));
        let foreign = params.filter(|(_, ty)| !crosses(abi, ty)).map(|(name, _)| name);
        lines.extend(foreign.map(|name| format!("{}: the type of `{name}` may not cross", signature.name)));
        if signature.returns.as_ref().is_some_and(|ty| !is_value(abi, ty)) {
            lines.push(format!("{}: what it returns may not cross", signature.name));
        }
    }
    lines
}

pub fn roles(abi: &Abi) -> Vec<String> {
    let mut lines = Vec::new();
    let callbacks = abi.callbacks.iter().map(|c| ("", c));
    for (object, signature) in abi.functions.iter().map(|f| (f.object, &f.signature)).chain(callbacks) {
        let Signature { name, params, .. } = signature;
        let unclear = (0..params.len()).filter(|i| role(abi, object, params, *i).is_none());
        let names = unclear.map(|i| &params[i].name);
        lines.extend(names.map(|param| format!("{name}: the conventions do not say what `{param}` is for")));
    }
    lines
}

fn crosses(abi: &Abi, ty: &Ty) -> bool {
    match ty {
        Ty::Name(name) => is_value(abi, ty) || abi.is_callback(name),
        Ty::Pointer { to, .. } => {
            is_value(abi, to) || is_pointee(to) || matches!(&**to, Ty::Pointer { to, .. } if is_pointee(to))
        }
        Ty::Foreign => false,
    }
}

fn is_value(abi: &Abi, ty: &Ty) -> bool {
    let is_status = |name: &str| abi.types.iter().any(|t| t.name == name && t.base == "int32_t");
    matches!(ty, Ty::Name(name) if NUMBERS.contains(&name.as_str()) || abi.is_handle(name) || is_status(name))
}

fn is_pointee(ty: &Ty) -> bool {
    matches!(ty, Ty::Name(name) if POINTEES.contains(&name.as_str()))
}

/// What a rule says about one mutant, in a source where all else is in order.
#[cfg(test)]
fn verdict(rule: fn(&Abi) -> Vec<String>, mutant: &str) -> Vec<String> {
    const BASE: &str = r#"
        pub type wts_status_t = i32;
        #[repr(transparent)] pub struct wts_memory_t(pub u64);
        #[repr(transparent)] pub struct wts_flag_t(pub bool);
        #[repr(C)] pub struct wts_limits_t { minimum: u64, maximum: u64 }
        pub type wts_drop_t = Option<unsafe extern "C" fn(env: *mut c_void)>;
        /// A pointer was NULL.
        pub const WTS_ERR_NULL: wts_status_t = -1;
    "#;
    let mut abi = Abi::default();
    abi.add(BASE).unwrap();
    abi.add(mutant).unwrap();
    rule(&abi)
}

#[test]
fn an_undocumented_function_is_found() {
    let function = "#[unsafe(no_mangle)] pub extern \"C\" fn wts_memory_x(out_size: *mut u64) -> wts_status_t { 0 }";
    let documented = format!(
        "/// Does x.\n/// # Errors\n/// `WTS_ERR_NULL`.\n/// # Threads\n/// Any.\n/// # Safety\n/// Valid.\n{function}"
    );
    assert!(verdict(documentation, &documented).is_empty());
    for heading in ["Errors", "Threads", "Safety"] {
        let mutant = documented.replace(&format!("# {heading}"), heading);
        assert_eq!(verdict(documentation, &mutant), [format!("wts_memory_x: no `# {heading}`")]);
    }
    let mutant = documented.replace("/// Does x.\n", "");
    assert_eq!(verdict(documentation, &mutant), ["wts_memory_x: no sentence that says what it does"]);
    let as_another = format!(
        "{documented}\n{}",
        documented.replace("ory_x", "ory_y").replace("`WTS_ERR_NULL`", "As `wts_memory_x`")
    );
    assert!(verdict(documentation, &as_another).is_empty());
    let mutant = documented.replace("`WTS_ERR_NULL`", "None");
    assert_eq!(verdict(documentation, &mutant), ["wts_memory_x: `# Errors` names no status"]);
    let total =
        "/// Does x.\n/// # Threads\n/// Any.\n#[unsafe(no_mangle)] pub extern \"C\" fn wts_memory_y() -> u32 { 0 }";
    assert!(verdict(documentation, total).is_empty());
}

#[test]
fn a_name_that_does_not_exist_is_found() {
    let function = "#[unsafe(no_mangle)] pub extern \"C\" fn wts_memory_x() -> wts_status_t { 0 }";
    assert!(verdict(names_in_documentation, &format!("/// `WTS_ERR_NULL`, `WTS_ERR_...`.\n{function}")).is_empty());
    let mutant = format!("/// Like `wts_memory_y`.\n/// # Errors\n/// `WTS_ERR_NONE`.\n{function}");
    let found = verdict(names_in_documentation, &mutant);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("`wts_memory_y`") && found[1].contains("`WTS_ERR_NONE`"), "{found:?}");
}

#[test]
fn a_type_that_may_not_cross_is_found() {
    let function = |params: &str, returns: &str| {
        format!("#[unsafe(no_mangle)] pub extern \"C\" fn wts_memory_x({params}) -> {returns} {{ 0 }}")
    };
    let good = "memory: wts_memory_t, out_data: *mut *mut u8, out_len: *mut usize, x: f64, drop: wts_drop_t";
    assert!(verdict(types, &function(good, "wts_status_t")).is_empty());
    let numbers = ["bool", "f32", "u8", "i16", "wts_flag_t", "wts_limits_t"];
    let others = ["Vec<u8>", "&[u8]", "(i32, i32)", "*const bool", "*mut wts_drop_t", "*const wts_limits_t"];
    for bad in numbers.iter().chain(&others) {
        let found = verdict(types, &function(&format!("memory: wts_memory_t, x: {bad}"), "wts_status_t"));
        assert_eq!(found, ["wts_memory_x: the type of `x` may not cross"], "{bad}");
    }
    for bad in ["bool", "*const u8", "wts_drop_t", "Option<u32>", "wts_limits_t"] {
        assert_eq!(verdict(types, &function("", bad)), ["wts_memory_x: what it returns may not cross"], "{bad}");
    }
}

#[test]
fn a_parameter_without_a_role_is_found() {
    let function = |params: &str| {
        format!("#[unsafe(no_mangle)] pub extern \"C\" fn wts_memory_x({params}) -> wts_status_t {{ 0 }}")
    };
    let good = "memory: wts_memory_t, name: *const c_char, name_len: usize, index: usize, args: *const i64, \
                nargs: usize, buf: *mut u8, cap: usize, out_len: *mut usize, env: *mut c_void, drop: wts_drop_t";
    assert!(verdict(roles, &function(good)).is_empty());
    for (bad, name) in [
        ("name: *const c_char", "name"),
        ("name: *const c_char, len: usize", "name"),
        ("name_len: usize", "name_len"),
        ("buf: *mut u8, cap: usize", "buf"),
        ("size: *mut u64", "size"),
        ("out_size: *const u64", "out_size"),
        ("data: *mut c_void", "data"),
    ] {
        let found = verdict(roles, &function(bad));
        assert_eq!(
            found.first(),
            Some(&format!("wts_memory_x: the conventions do not say what `{name}` is for")),
            "{bad}"
        );
    }
    let callback =
        |params: &str| format!("pub type wts_x_t = Option<unsafe extern \"C\" fn(env: *mut c_void, {params}) -> i32>;");
    assert!(
        verdict(roles, &callback("caller: wts_caller_t, args: *const i64, nargs: usize, out_ticks: *mut u64"))
            .is_empty()
    );
    let found = verdict(roles, &callback("args: *const i64, count: usize"));
    assert_eq!(found, ["wts_x_t: the conventions do not say what `args` is for"]);
}

#[test]
fn an_object_without_a_section_is_found() {
    let mutant = "#[unsafe(no_mangle)] pub extern \"C\" fn wts_teapot_new() -> i32 { 0 }";
    assert_eq!(Abi::default().add(mutant).unwrap_err(), "wts_teapot_new: add its object to SECTIONS");
}
