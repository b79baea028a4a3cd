//! What each parameter is for, told from its name, its type and its neighbours.

use serde::Serialize;

use crate::abi::{Abi, Param, Ty};

/// The role and what belongs to it.
#[derive(Default, Serialize)]
pub struct Role {
    role: &'static str,
    /// Of a handle, or of the handles behind a pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    /// What a pointer points to.
    #[serde(skip_serializing_if = "Option::is_none")]
    element: Option<String>,
    /// The parameters that hold a buffer's capacity and a pointer's length.
    #[serde(skip_serializing_if = "Option::is_none")]
    cap: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    len: Option<String>,
    /// The pointer that a length or a capacity belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
}

/// The role of the n-th parameter of a function or of a callback, or `None` when the conventions of the ABI do not give
/// it one. A callback has no `object`.
pub fn role(abi: &Abi, object: &str, params: &[Param], index: usize) -> Option<Role> {
    let (param, rest) = params[index..].split_first()?;
    let previous = index.checked_sub(1).map(|i| &params[i]);
    let kind = |name: &str, ty: &str| handle_kind(abi, object, name, ty);
    match &param.ty {
        Ty::Name(name) if name == "wts_drop_t" => Some(plain("drop")),
        Ty::Name(name) if abi.is_callback(name) => Some(plain("callback")),
        Ty::Name(name) if name == "usize" => size(param, previous),
        Ty::Name(name) => Some(match kind(&param.name, name) {
            Some(kind) => Role { kind: Some(kind), ..plain("handle") },
            None => plain("value"),
        }),
        Ty::Pointer { to, .. } if matches!(&**to, Ty::Name(name) if name == "c_void") => {
            (param.name == "env").then(|| plain("env"))
        }
        Ty::Pointer { mutable, to } => pointer(param, *mutable, to, rest, kind),
        Ty::Foreign => None,
    }
}

/// One output, a buffer to copy out to, or else a slice, which needs its length behind it.
fn pointer(
    param: &Param,
    mutable: bool,
    to: &Ty,
    rest: &[Param],
    kind: impl Fn(&str, &str) -> Option<String>,
) -> Option<Role> {
    let element = Some(to.c());
    let next: Vec<_> = rest.iter().take(2).map(|p| p.name.as_str()).collect();
    if let Some(name) = param.name.strip_prefix("out_").filter(|_| mutable) {
        return Some(Role { element, kind: kind(name, to.base()?), ..plain("out") });
    }
    if mutable && param.name == "buf" && next == ["cap", "out_len"] {
        return Some(Role { element, cap: Some("cap".into()), len: Some("out_len".into()), ..plain("buf") });
    }
    let len = next.first().filter(|name| is_length(name, &param.name))?.to_string();
    let role = if mutable { "out_ptr" } else { "in_ptr" };
    Some(Role { element, len: Some(len), kind: kind(&param.name, to.base()?), ..plain(role) })
}

fn plain(role: &'static str) -> Role {
    Role { role, ..Role::default() }
}

/// A size is the length or the capacity of the pointer before it, or a value that does not sound like one.
fn size(param: &Param, previous: Option<&Param>) -> Option<Role> {
    let pointer = previous.filter(|p| matches!(p.ty, Ty::Pointer { .. }));
    let of = |role, pointer: &Param| Some(Role { of: Some(pointer.name.clone()), ..plain(role) });
    match pointer {
        Some(pointer) if pointer.name == "buf" && param.name == "cap" => of("cap", pointer),
        Some(pointer) if is_length(&param.name, &pointer.name) => of("len", pointer),
        _ if param.name == "cap" || param.name == "len" || param.name.ends_with("_len") => None,
        _ => Some(plain("value")),
    }
}

fn is_length(name: &str, of: &str) -> bool {
    name == format!("{of}_len") || name == format!("n{of}") || (of, name) == ("buf", "len")
}

/// The kind of a handle. Where several kinds fit the type is `uint64_t`, and its name tells: an item is what a module
/// imports or exports; `any` handle is what a table holds or `wts_handle_kind` looks at.
fn handle_kind(abi: &Abi, object: &str, name: &str, ty: &str) -> Option<String> {
    match (ty, object, name) {
        (handle, ..) if abi.is_handle(handle) => Some(handle.trim_start_matches("wts_").trim_end_matches("_t").into()),
        ("u64", _, "item" | "imports") => Some("item".into()),
        ("u64", _, "handle") | ("u64", "table", "value" | "init") => Some("any".into()),
        _ => None,
    }
}
