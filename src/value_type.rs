//! Types of values and of fields: kinds, and the full types of references.

use crate::abi::*;
use crate::args::Input;
use crate::boundary::{Result, fail};
use crate::object;
use crate::types::Type;
use std::fmt::{self, Display};
use wasmtime::{Engine, FieldType, HeapType, Mutability, RefType, StorageType, ValType};

const KINDS: [(i32, &str, Option<HeapType>); 21] = [
    (WTS_I32, "i32", None),
    (WTS_I64, "i64", None),
    (WTS_F32, "f32", None),
    (WTS_F64, "f64", None),
    (WTS_V128, "v128", None),
    (WTS_FUNCREF, "funcref", Some(HeapType::Func)),
    (WTS_EXTERNREF, "externref", Some(HeapType::Extern)),
    (WTS_ANYREF, "anyref", Some(HeapType::Any)),
    (WTS_EQREF, "eqref", Some(HeapType::Eq)),
    (WTS_I31REF, "i31ref", Some(HeapType::I31)),
    (WTS_STRUCTREF, "structref", Some(HeapType::Struct)),
    (WTS_ARRAYREF, "arrayref", Some(HeapType::Array)),
    (WTS_EXNREF, "exnref", Some(HeapType::Exn)),
    (WTS_NULLREF, "nullref", Some(HeapType::None)),
    (WTS_NULLEXTERNREF, "nullexternref", Some(HeapType::NoExtern)),
    (WTS_NULLFUNCREF, "nullfuncref", Some(HeapType::NoFunc)),
    (WTS_NULLEXNREF, "nullexnref", Some(HeapType::NoExn)),
    (WTS_REF, "(ref ...)", None),
    (WTS_REF_NULL, "(ref null ...)", None),
    (WTS_I8, "i8", None),
    (WTS_I16, "i16", None),
];

pub(crate) fn kind_name(kind: i32) -> &'static str {
    KINDS.iter().find(|known| known.0 == kind).map_or("unknown", |known| known.1)
}

/// The kind of a value type. A reference type that has no code of its own is told as
/// `WTS_REF` or `WTS_REF_NULL`.
pub(crate) fn kind_of(ty: &ValType) -> i32 {
    match ty {
        ValType::I32 => WTS_I32,
        ValType::I64 => WTS_I64,
        ValType::F32 => WTS_F32,
        ValType::F64 => WTS_F64,
        ValType::V128 => WTS_V128,
        ValType::Ref(ty) => kind_of_ref(ty),
    }
}

pub(crate) fn kind_of_ref(ty: &RefType) -> i32 {
    match kind_of_heap(ty.heap_type()) {
        _ if !ty.is_nullable() => WTS_REF,
        Some(kind) if !ty.heap_type().is_concrete() => kind,
        _ => WTS_REF_NULL,
    }
}

/// The kind of what a reference refers to, of a concrete type that of its abstract one. Continuations have
/// none.
pub(crate) fn kind_of_heap(ty: &HeapType) -> Option<i32> {
    let heap = match ty {
        HeapType::ConcreteFunc(_) => &HeapType::Func,
        HeapType::ConcreteStruct(_) => &HeapType::Struct,
        HeapType::ConcreteArray(_) => &HeapType::Array,
        HeapType::ConcreteExn(_) => &HeapType::Exn,
        other => other,
    };
    let same = |known: &HeapType| std::mem::discriminant(known) == std::mem::discriminant(heap);
    KINDS.iter().find(|known| known.2.as_ref().is_some_and(same)).map(|known| known.0)
}

pub(crate) fn kind_of_storage(ty: &StorageType) -> i32 {
    match ty {
        StorageType::I8 => WTS_I8,
        StorageType::I16 => WTS_I16,
        StorageType::ValType(ty) => kind_of(ty),
    }
}

/// The value type of a kind.
pub(crate) fn val_type(kind: i32) -> Result<ValType> {
    Ok(match kind {
        WTS_I32 => ValType::I32,
        WTS_I64 => ValType::I64,
        WTS_F32 => ValType::F32,
        WTS_F64 => ValType::F64,
        WTS_V128 => ValType::V128,
        _ => ValType::Ref(ref_type(kind, "value")?),
    })
}

/// Wasmtime refuses functions of more parameters or results, in some places by a panic, and structs of more
/// fields.
const MOST_PARAMS: usize = 1000;
const MOST_FIELDS: usize = 10_000;

/// The types of the parameters or results of a function.
pub(crate) fn val_types(kinds: Input<i32>) -> Result<Vec<ValType>> {
    check_count(kinds.len(), MOST_PARAMS, "function", "parameters or results")?;
    kinds.iter().map(val_type).collect()
}

fn check_count(count: usize, most: usize, of: &str, what: &str) -> Result {
    if count > most {
        return fail(WTS_ERR_LIMIT, format_args!("a {of} has at most {most} {what}, not {count}"));
    }
    Ok(())
}

const REFERENCES: &str = "WTS_FUNCREF, WTS_EXTERNREF, WTS_ANYREF, WTS_EQREF, WTS_I31REF, WTS_STRUCTREF, WTS_ARRAYREF, \
    WTS_EXNREF and their nulls";

/// The nullable reference type of a kind; `what` is a value or a reference.
pub(crate) fn ref_type(kind: i32, what: &str) -> Result<RefType> {
    match KINDS.iter().find(|known| known.0 == kind) {
        Some((_, _, Some(heap))) => Ok(RefType::new(true, heap.clone())),
        Some((WTS_REF | WTS_REF_NULL, name, _)) => fail(
            WTS_ERR_UNSUPPORTED,
            format_args!("{name} does not say to what: give its type to the function whose name ends in _of"),
        ),
        Some((WTS_I8 | WTS_I16, name, _)) => {
            fail(WTS_ERR_RANGE, format_args!("{name} is for fields of structs and elements of arrays only"))
        }
        Some((_, name, _)) => fail(WTS_ERR_RANGE, format_args!("{name} is not a reference type")),
        None => {
            let numbers = if what == "value" { "WTS_I32, WTS_I64, WTS_F32, WTS_F64, WTS_V128, " } else { "" };
            fail(WTS_ERR_RANGE, format_args!("{kind:#x} is not a kind of {what}; the kinds are {numbers}{REFERENCES}"))
        }
    }
}

/// The value type of a kind beside which a reference type is given, or 0.
fn full_val_type(kind: i32, ty: wts_type_t) -> Result<ValType> {
    if ty.0 == 0 && !matches!(kind, WTS_REF | WTS_REF_NULL) {
        return val_type(kind);
    }
    let ty = object::get::<Type>(ty.0)?.to_ref()?;
    if kind_of_ref(&ty) != kind {
        return fail(
            WTS_ERR_TYPE,
            format_args!("the kind is {} but the type beside it is {}", kind_name(kind), name_of_ref(&ty)),
        );
    }
    Ok(ValType::Ref(ty))
}

/// What belongs to `kinds`, beside each of which stands a reference type or 0; `types` may be empty.
fn beside(kinds: Input<i32>, types: Input<wts_type_t>, name: &str) -> Result<Vec<(i32, wts_type_t)>> {
    if types.len() != 0 && types.len() != kinds.len() {
        return fail(
            WTS_ERR_RANGE,
            format_args!("{name} has {} elements; it must have {} or none", types.len(), kinds.len()),
        );
    }
    let types = types.iter().chain(std::iter::repeat(wts_type_t(0)));
    Ok(kinds.iter().zip(types).collect())
}

pub(crate) fn full_val_types(kinds: Input<i32>, types: Input<wts_type_t>, name: &str) -> Result<Vec<ValType>> {
    check_count(kinds.len(), MOST_PARAMS, "function", "parameters or results")?;
    beside(kinds, types, name)?.into_iter().map(|(kind, ty)| full_val_type(kind, ty)).collect()
}

pub(crate) fn mutability(is_mutable: i32) -> Result<Mutability> {
    Ok(if crate::args::flag(is_mutable, "is_mutable")? { Mutability::Var } else { Mutability::Const })
}

/// The type of a field of a struct or of the elements of an array.
pub(crate) fn field_type(kind: i32, ty: wts_type_t, mutability: Mutability) -> Result<FieldType> {
    let storage = match kind {
        WTS_I8 => StorageType::I8,
        WTS_I16 => StorageType::I16,
        _ => StorageType::ValType(full_val_type(kind, ty)?),
    };
    Ok(FieldType::new(mutability, storage))
}

pub(crate) fn field_types(
    kinds: Input<i32>,
    are_mutable: Input<i32>,
    types: Input<wts_type_t>,
) -> Result<Vec<FieldType>> {
    if are_mutable.len() != kinds.len() {
        return fail(
            WTS_ERR_RANGE,
            format_args!("there are {} fields but mutability has {} elements", kinds.len(), are_mutable.len()),
        );
    }
    check_count(kinds.len(), MOST_FIELDS, "struct", "fields")?;
    let fields = beside(kinds, types, "types")?.into_iter().zip(are_mutable.iter());
    fields.map(|((kind, ty), is_mutable)| field_type(kind, ty, mutability(is_mutable)?)).collect()
}

// ---- engines ----

/// The engine that a type belongs to: a concrete reference's.
fn engine_of(ty: &HeapType) -> Option<&Engine> {
    Some(match ty {
        HeapType::ConcreteFunc(ty) => ty.engine(),
        HeapType::ConcreteStruct(ty) => ty.engine(),
        HeapType::ConcreteArray(ty) => ty.engine(),
        HeapType::ConcreteExn(ty) => ty.engine(),
        HeapType::ConcreteCont(ty) => ty.engine(),
        _ => return None,
    })
}

pub(crate) fn check_engine(engine: &Engine, of: &Engine) -> Result {
    if Engine::same(engine, of) { Ok(()) } else { fail(WTS_ERR_WRONG_STORE, "the type belongs to another engine") }
}

/// Checks that references are of types of an engine; Wasmtime panics at others.
pub(crate) fn check_ref_engine(ty: &RefType, engine: &Engine) -> Result {
    engine_of(ty.heap_type()).map_or(Ok(()), |of| check_engine(engine, of))
}

pub(crate) fn check_val_engine(ty: &ValType, engine: &Engine) -> Result {
    ty.as_ref().map_or(Ok(()), |ty| check_ref_engine(ty, engine))
}

pub(crate) fn check_field_engine(ty: &FieldType, engine: &Engine) -> Result {
    ty.element_type().as_val_type().map_or(Ok(()), |ty| check_val_engine(ty, engine))
}

/// Whether two types can be compared: Wasmtime panics at types of different engines.
pub(crate) fn comparable(one: &HeapType, two: &HeapType) -> bool {
    match (engine_of(one), engine_of(two)) {
        (Some(one), Some(two)) => Engine::same(one, two),
        _ => true,
    }
}

pub(crate) fn ref_matches(one: &RefType, two: &RefType) -> bool {
    comparable(one.heap_type(), two.heap_type()) && one.matches(two)
}

pub(crate) fn val_matches(one: &ValType, two: &ValType) -> bool {
    match (one, two) {
        (ValType::Ref(one), ValType::Ref(two)) => ref_matches(one, two),
        _ => one.matches(two),
    }
}

pub(crate) fn val_same(one: &ValType, two: &ValType) -> bool {
    val_matches(one, two) && val_matches(two, one)
}

// ---- names ----

/// A value type as in the WebAssembly text format; of a concrete type, what it is.
pub(crate) fn name(ty: &ValType) -> String {
    match ty {
        ValType::Ref(ty) => name_of_ref(ty),
        _ => kind_name(kind_of(ty)).to_owned(),
    }
}

pub(crate) fn name_of_ref(ty: &RefType) -> String {
    let heap = ty.heap_type();
    if ty.is_nullable() && !heap.is_concrete() {
        let name = kind_of_heap(heap).map(kind_name);
        return name.map_or_else(|| format!("(ref null {heap})"), str::to_owned);
    }
    let null = if ty.is_nullable() { "null " } else { "" };
    match heap {
        HeapType::ConcreteFunc(_) => format!("(ref {null}(func ...))"),
        HeapType::ConcreteStruct(_) => format!("(ref {null}(struct ...))"),
        HeapType::ConcreteArray(_) => format!("(ref {null}(array ...))"),
        HeapType::ConcreteExn(_) => format!("(ref {null}exn)"),
        HeapType::ConcreteCont(_) => format!("(ref {null}(cont ...))"),
        _ => format!("(ref {null}{heap})"),
    }
}

/// A field as in the text format, without the word before it.
pub(crate) struct FieldName<'a>(pub &'a FieldType);

impl Display for FieldName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let storage = self.0.element_type();
        let name = storage.as_val_type().map_or_else(|| kind_name(kind_of_storage(storage)).to_owned(), name);
        if self.0.mutability().is_var() { write!(f, "(mut {name})") } else { f.write_str(&name) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_survive_the_way_to_wasmtime_and_back() {
        for (kind, name, _) in KINDS {
            match val_type(kind) {
                Ok(ty) => assert_eq!(kind_of(&ty), kind, "{name}"),
                Err(failure) => {
                    assert!(matches!(kind, WTS_REF | WTS_REF_NULL | WTS_I8 | WTS_I16), "{}", failure.message);
                }
            }
        }
    }

    #[test]
    fn references_that_are_never_null_have_names() {
        let name = |nullable, heap| name_of_ref(&RefType::new(nullable, heap));
        assert_eq!(name(true, HeapType::Extern), "externref");
        assert_eq!(name(false, HeapType::Extern), "(ref extern)");
        assert_eq!(name(true, HeapType::NoFunc), "nullfuncref");
        assert_eq!(name(true, HeapType::Cont), "(ref null cont)");
    }
}
