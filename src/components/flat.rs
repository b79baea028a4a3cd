//! The types that host functions of components are written for, whose values travel in slots and as bytes.

use super::value::{Signature, is_bytes};
use super::wit;
use crate::abi::*;
use crate::boundary::{Result, fail};
use wasmtime::component::Type;

/// The types of which a value travels in a slot or as bytes.
const FLAT: [&str; 14] =
    ["bool", "s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "f32", "f64", "char", "string", "list<u8>"];

fn flat_name(ty: &Type) -> Option<&'static str> {
    Some(match ty {
        Type::Bool => "bool",
        Type::S8 => "s8",
        Type::U8 => "u8",
        Type::S16 => "s16",
        Type::U16 => "u16",
        Type::S32 => "s32",
        Type::U32 => "u32",
        Type::S64 => "s64",
        Type::U64 => "u64",
        Type::Float32 => "f32",
        Type::Float64 => "f64",
        Type::Char => "char",
        Type::String => "string",
        _ if is_bytes(ty) => "list<u8>",
        _ => return None,
    })
}

/// The type that a host function was written for.
pub(crate) struct FlatType {
    params: Vec<&'static str>,
    result: Option<&'static str>,
}

impl FlatType {
    /// Reads a type as WIT has it, such as `func(x: u32, string) -> bool`; parameters need no names.
    pub fn parse(text: &str) -> Result<Self> {
        let inner = text.trim().strip_prefix("func").and_then(|rest| rest.trim_start().strip_prefix('('));
        let Some((params, result)) = inner.and_then(|inner| inner.split_once(')')) else {
            return no_func(text);
        };
        let param = |param: &str| flat(text, param.split_once(':').map_or(param, |(_, ty)| ty));
        let params =
            if params.trim().is_empty() { Vec::new() } else { params.split(',').map(param).collect::<Result<_>>()? };
        let result = match (result.trim(), result.trim().strip_prefix("->")) {
            ("", _) => None,
            (_, Some(ty)) => Some(flat(text, ty)?),
            _ => return no_func(text),
        };
        let bytes = params.iter().filter(|ty| matches!(**ty, "string" | "list<u8>")).count();
        if bytes > 1 {
            return fail(
                WTS_ERR_TYPE,
                format_args!("{text:?} has {bytes} parameters that are bytes, of which there can be one: use text"),
            );
        }
        Ok(FlatType { params, result })
    }

    /// Checks that a component imports the function with this type.
    pub fn check(&self, signature: &Signature) -> Result {
        let params = signature.params.iter().map(|(_, ty)| flat_name(ty));
        let same = params.eq(self.params.iter().copied().map(Some));
        if same && signature.result.as_ref().map(flat_name) == self.result.map(Some) {
            return Ok(());
        }
        let params: Vec<_> = signature.params.iter().map(|(_, ty)| wit::type_text(ty)).collect();
        let result = signature.result.as_ref().map(wit::type_text);
        let imported = func_text(&params.join(", "), result.as_deref());
        let defined = func_text(&self.params.join(", "), self.result);
        fail(WTS_ERR_TYPE, format_args!("the component imports it as {imported}, but it was defined as {defined}"))
    }
}

fn func_text(params: &str, result: Option<&str>) -> String {
    format!("func({params}){}", result.map_or_else(String::new, |result| format!(" -> {result}")))
}

fn flat(text: &str, ty: &str) -> Result<&'static str> {
    match FLAT.iter().find(|known| **known == ty.trim()) {
        Some(known) => Ok(known),
        None => fail(
            WTS_ERR_TYPE,
            format_args!("{text:?} is not the type of a host function: {:?} is none of {}", ty.trim(), FLAT.join(", ")),
        ),
    }
}

fn no_func<T>(text: &str) -> Result<T> {
    fail(
        WTS_ERR_TYPE,
        format_args!("{text:?} is not the type of a function: it must be like \"func(x: u32) -> string\""),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<(Vec<&'static str>, Option<&'static str>)> {
        FlatType::parse(text).ok().map(|ty| (ty.params, ty.result))
    }

    #[test]
    fn types_of_functions_are_read_with_and_without_names() {
        assert_eq!(parsed("func()"), Some((vec![], None)));
        assert_eq!(parsed(" func ( ) -> char"), Some((vec![], Some("char"))));
        assert_eq!(
            parsed("func(x: u32, list<u8>, %a: f64) -> string"),
            Some((vec!["u32", "list<u8>", "f64"], Some("string")))
        );
        assert_eq!(parsed("func(string)->bool"), Some((vec!["string"], Some("bool"))));
    }

    #[test]
    fn what_is_no_type_of_a_function_is_refused() {
        for wrong in [
            "",
            "func",
            "func(",
            "u32",
            "func(u32",
            "func(u32,)",
            "func(,)",
            "func(u33)",
            "func() ->",
            "func() u32",
            "func() -> list<u16>",
            "func(string, list<u8>)",
            "func(x:)",
            "func() -> u32 x",
            "func(u32) -> (u32)",
            "function()",
        ] {
            assert_eq!(FlatType::parse(wrong).err().map(|failure| failure.status), Some(WTS_ERR_TYPE), "{wrong}");
        }
    }
}
