//! Types of functions, memories, tables, globals and tags: plain data, free of engines and stores.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::object;
use std::ffi::c_char;
use std::fmt::{self, Display};
use wasmtime::{ExternType, FuncType, GlobalType, HeapType, MemoryType, MemoryTypeBuilder, Mutability, RefType};
use wasmtime::{TableType, ValType};

/// Wasmtime refuses larger function types, in some places by a panic.
const MOST_PARAMS: usize = 1000;

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Func { params: Vec<i32>, results: Vec<i32> },
    Memory { minimum: u64, maximum: u64, flags: i32, page_size_log2: u8 },
    Table { element: i32, minimum: u64, maximum: u64, flags: i32 },
    Global { content: i32, mutable: bool },
    Tag { params: Vec<i32> },
}

// ---- kinds of values ----

const KINDS: [(i32, &str, Option<HeapType>); 19] = [
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

fn kind_of_ref(ty: &RefType) -> i32 {
    if !ty.is_nullable() {
        return WTS_REF;
    }
    let same = |heap: &HeapType| std::mem::discriminant(heap) == std::mem::discriminant(ty.heap_type());
    KINDS.iter().find(|known| known.2.as_ref().is_some_and(same)).map_or(WTS_REF_NULL, |known| known.0)
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

fn ref_type(kind: i32, what: &str) -> Result<RefType> {
    match KINDS.iter().find(|known| known.0 == kind) {
        Some((_, _, Some(heap))) => Ok(RefType::new(true, heap.clone())),
        Some((WTS_REF | WTS_REF_NULL, ..)) => fail(
            WTS_ERR_UNSUPPORTED,
            "types with references to concrete types come from modules; they cannot be made here",
        ),
        Some((_, name, _)) => fail(WTS_ERR_RANGE, format_args!("{name} is not a reference type")),
        None => fail(
            WTS_ERR_RANGE,
            format_args!(
                "{kind:#x} is not a kind of {what}; the kinds are WTS_I32, WTS_I64, WTS_F32, WTS_F64, WTS_V128 and those of references"
            ),
        ),
    }
}

// ---- to and from Wasmtime ----

fn flag(is: bool, flag: i32) -> i32 {
    if is { flag } else { 0 }
}

impl Type {
    pub fn func(
        params: impl ExactSizeIterator<Item = i32>,
        results: impl ExactSizeIterator<Item = i32>,
    ) -> Result<Self> {
        if params.len() > MOST_PARAMS || results.len() > MOST_PARAMS {
            return fail(
                WTS_ERR_LIMIT,
                format_args!(
                    "a function has at most {MOST_PARAMS} parameters and {MOST_PARAMS} results, not {} and {}",
                    params.len(),
                    results.len()
                ),
            );
        }
        let (params, results): (Vec<_>, Vec<_>) = (params.collect(), results.collect());
        for kind in params.iter().chain(&results) {
            val_type(*kind)?;
        }
        Ok(Type::Func { params, results })
    }

    pub fn of_signature(params: &[ValType], results: &[ValType]) -> Self {
        let kinds = |types: &[ValType]| types.iter().map(kind_of).collect();
        Type::Func { params: kinds(params), results: kinds(results) }
    }

    pub fn of(ty: &ExternType) -> Self {
        match ty {
            ExternType::Func(ty) => Type::Func {
                params: ty.params().map(|ty| kind_of(&ty)).collect(),
                results: ty.results().map(|ty| kind_of(&ty)).collect(),
            },
            ExternType::Memory(ty) => Self::of_memory(ty),
            ExternType::Table(ty) => Self::of_table(ty),
            ExternType::Global(ty) => Self::of_global(ty),
            ExternType::Tag(ty) => Type::Tag { params: ty.ty().params().map(|ty| kind_of(&ty)).collect() },
        }
    }

    pub fn of_memory(ty: &MemoryType) -> Self {
        Type::Memory {
            minimum: ty.minimum(),
            maximum: ty.maximum().unwrap_or(WTS_UNLIMITED),
            flags: flag(ty.is_64(), WTS_MEMORY_64) | flag(ty.is_shared(), WTS_MEMORY_SHARED),
            page_size_log2: ty.page_size_log2(),
        }
    }

    pub fn of_table(ty: &TableType) -> Self {
        Type::Table {
            element: kind_of_ref(ty.element()),
            minimum: ty.minimum(),
            maximum: ty.maximum().unwrap_or(WTS_UNLIMITED),
            flags: flag(ty.is_64(), WTS_TABLE_64),
        }
    }

    pub fn of_global(ty: &GlobalType) -> Self {
        Type::Global { content: kind_of(ty.content()), mutable: ty.mutability() == Mutability::Var }
    }

    pub fn to_func(&self, engine: &wasmtime::Engine) -> Result<FuncType> {
        let Type::Func { params, results } = self else {
            return self.is_not("func");
        };
        let types = |kinds: &[i32]| kinds.iter().map(|kind| val_type(*kind)).collect::<Result<Vec<_>>>();
        match FuncType::try_new(engine, types(params)?, types(results)?) {
            Ok(ty) => Ok(ty),
            Err(error) => fail(WTS_ERR_MEMORY, format_args!("no memory for a function type: {error}")),
        }
    }

    pub fn to_memory(&self) -> Result<MemoryType> {
        let &Type::Memory { minimum, maximum, flags, page_size_log2 } = self else {
            return self.is_not("memory");
        };
        let ty = MemoryTypeBuilder::new()
            .min(minimum)
            .max((maximum != WTS_UNLIMITED).then_some(maximum))
            .memory64(flags & WTS_MEMORY_64 != 0)
            .shared(flags & WTS_MEMORY_SHARED != 0)
            .page_size_log2(page_size_log2)
            .build();
        match ty {
            Ok(ty) => Ok(ty),
            Err(error) => fail(WTS_ERR_RANGE, format_args!("a memory type that cannot be: {error:#}")),
        }
    }

    pub fn to_table(&self) -> Result<TableType> {
        let &Type::Table { element, minimum, maximum, flags } = self else {
            return self.is_not("table");
        };
        let element = ref_type(element, "reference")?;
        let most = (maximum != WTS_UNLIMITED).then_some(maximum);
        if flags & WTS_TABLE_64 != 0 {
            return Ok(TableType::new64(element, minimum, most));
        }
        let narrow = |limit: u64| match u32::try_from(limit) {
            Ok(limit) => Ok(limit),
            Err(_) => fail(
                WTS_ERR_RANGE,
                format_args!("a table without WTS_TABLE_64 has at most 2^32 - 1 elements, not {limit}"),
            ),
        };
        Ok(TableType::new(element, narrow(minimum)?, most.map(narrow).transpose()?))
    }

    pub fn to_global(&self) -> Result<GlobalType> {
        let &Type::Global { content, mutable } = self else {
            return self.is_not("global");
        };
        Ok(GlobalType::new(val_type(content)?, if mutable { Mutability::Var } else { Mutability::Const }))
    }

    fn kind(&self) -> i32 {
        match self {
            Type::Func { .. } => WTS_KIND_FUNC,
            Type::Memory { .. } => WTS_KIND_MEMORY,
            Type::Table { .. } => WTS_KIND_TABLE,
            Type::Global { .. } => WTS_KIND_GLOBAL,
            Type::Tag { .. } => WTS_KIND_TAG,
        }
    }

    fn is_not<T>(&self, wanted: &str) -> Result<T> {
        fail(WTS_ERR_TYPE, format_args!("expected a {wanted} type, got {self}"))
    }
}

/// As in the WebAssembly text format.
impl Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, word: &str, kinds: &[i32]| {
            if kinds.is_empty() {
                return Ok(());
            }
            write!(f, " ({word}")?;
            kinds.iter().try_for_each(|kind| write!(f, " {}", kind_name(*kind)))?;
            f.write_str(")")
        };
        let limits = |f: &mut fmt::Formatter<'_>, is_64: bool, minimum: u64, maximum: u64| {
            if is_64 {
                f.write_str(" i64")?;
            }
            write!(f, " {minimum}")?;
            if maximum == WTS_UNLIMITED { Ok(()) } else { write!(f, " {maximum}") }
        };
        match self {
            Type::Func { params, results } => {
                f.write_str("(func")?;
                list(f, "param", params)?;
                list(f, "result", results)?;
            }
            Type::Memory { minimum, maximum, flags, page_size_log2 } => {
                f.write_str("(memory")?;
                limits(f, flags & WTS_MEMORY_64 != 0, *minimum, *maximum)?;
                if flags & WTS_MEMORY_SHARED != 0 {
                    f.write_str(" shared")?;
                }
                if *page_size_log2 != 16 {
                    write!(f, " (pagesize {})", 1u64 << page_size_log2)?;
                }
            }
            Type::Table { element, minimum, maximum, flags } => {
                f.write_str("(table")?;
                limits(f, flags & WTS_TABLE_64 != 0, *minimum, *maximum)?;
                write!(f, " {}", kind_name(*element))?;
            }
            Type::Global { content, mutable: true } => write!(f, "(global (mut {})", kind_name(*content))?,
            Type::Global { content, mutable: false } => write!(f, "(global {}", kind_name(*content))?,
            Type::Tag { params } => {
                f.write_str("(tag")?;
                list(f, "param", params)?;
            }
        }
        f.write_str(")")
    }
}

fn check_limits(minimum: u64, maximum: u64) -> Result {
    if minimum > maximum {
        return fail(WTS_ERR_RANGE, format_args!("the minimum, {minimum}, is over the maximum, {maximum}"));
    }
    Ok(())
}

fn check_flags(flags: i32, known: i32) -> Result {
    if flags & !known != 0 {
        return fail(WTS_ERR_RANGE, format_args!("the flags {flags:#x} hold more than {known:#x}"));
    }
    Ok(())
}

fn make(out_type: *mut wts_type_t, ty: impl FnOnce() -> Result<Type>) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_type, "out_type")?;
        out.set(wts_type_t(object::insert::<Type>(ty()?)?));
        Ok(())
    })
}

/// Makes the type of a function from the kinds of its parameters and results.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_RANGE` (an unknown kind), `WTS_ERR_LIMIT` (over 1,000 of either),
/// `WTS_ERR_UNSUPPORTED` (`WTS_REF`, `WTS_REF_NULL`).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `params` and `results` hold as many kinds as said; `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_new_func(
    params: *const i32,
    params_len: usize,
    results: *const i32,
    results_len: usize,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    make(out_type, || {
        let params = args::input(params, params_len, "params")?;
        let results = args::input(results, results_len, "results")?;
        Type::func(params.iter(), results.iter())
    })
}

/// Makes the type of a memory.
///
/// `minimum` and `maximum` are in pages, `WTS_UNLIMITED` for no maximum. `flags` are `WTS_MEMORY_...`.
/// A page has 2 to the power of `page_size_log2` bytes; 16 is the usual.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_RANGE` (limits, flags or a page size that no memory has).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_new_memory(
    minimum: u64,
    maximum: u64,
    flags: i32,
    page_size_log2: i32,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    make(out_type, || {
        check_flags(flags, WTS_MEMORY_64 | WTS_MEMORY_SHARED)?;
        check_limits(minimum, maximum)?;
        let Ok(page_size_log2) = u8::try_from(page_size_log2) else {
            return fail(WTS_ERR_RANGE, format_args!("page_size_log2 is {page_size_log2}; it must be 0 or 16"));
        };
        let ty = Type::Memory { minimum, maximum, flags, page_size_log2 };
        ty.to_memory()?;
        Ok(ty)
    })
}

/// Makes the type of a table.
///
/// `element` is the kind of its elements, a reference. `minimum` and `maximum` are in elements,
/// `WTS_UNLIMITED` for no maximum. `flags` are `WTS_TABLE_...`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_RANGE` (an element that is no reference, limits or flags), `WTS_ERR_UNSUPPORTED`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_new_table(
    element: i32,
    minimum: u64,
    maximum: u64,
    flags: i32,
    out_type: *mut wts_type_t,
) -> wts_status_t {
    make(out_type, || {
        check_flags(flags, WTS_TABLE_64)?;
        check_limits(minimum, maximum)?;
        let ty = Type::Table { element, minimum, maximum, flags };
        ty.to_table()?;
        Ok(ty)
    })
}

/// Makes the type of a global. `content` is a value kind; `is_mutable` is 0 or 1.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_RANGE`, `WTS_ERR_UNSUPPORTED`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_new_global(content: i32, is_mutable: i32, out_type: *mut wts_type_t) -> wts_status_t {
    make(out_type, || {
        let ty = Type::Global { content, mutable: args::flag(is_mutable, "is_mutable")? };
        ty.to_global()?;
        Ok(ty)
    })
}

/// Gets what a type is the type of: `WTS_KIND_FUNC`, `_MEMORY`, `_TABLE`, `_GLOBAL` or `_TAG`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_kind` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_kind(r#type: wts_type_t, out_kind: *mut i32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_kind, "out_kind")?;
        out.set(object::get::<Type>(r#type.0)?.kind());
        Ok(())
    })
}

/// Copies out the kinds of a function type's parameters; of a tag type's too.
///
/// `cap` and `out_len` count kinds. `cap` 0 asks for their number.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE`
/// (another type).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` kinds; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_params(
    r#type: wts_type_t,
    buf: *mut i32,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| match &*object::get::<Type>(r#type.0)? {
        Type::Func { params, .. } | Type::Tag { params } => args::copy_out(params, buf, cap, out_len),
        other => other.is_not("func"),
    })
}

/// Copies out the kinds of a function type's results.
///
/// `cap` and `out_len` count kinds. `cap` 0 asks for their number.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE`
/// (another type).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` kinds; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_results(
    r#type: wts_type_t,
    buf: *mut i32,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| match &*object::get::<Type>(r#type.0)? {
        Type::Func { results, .. } => args::copy_out(results, buf, cap, out_len),
        other => other.is_not("func"),
    })
}

/// Gets what a memory type says: limits in pages, flags, and the page size as a power of 2.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// All four are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_memory(
    r#type: wts_type_t,
    out_minimum: *mut u64,
    out_maximum: *mut u64,
    out_flags: *mut i32,
    out_page_size_log2: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out_minimum = args::out(out_minimum, "out_minimum")?;
        let out_maximum = args::out(out_maximum, "out_maximum")?;
        let out_flags = args::out(out_flags, "out_flags")?;
        let out_page_size_log2 = args::out(out_page_size_log2, "out_page_size_log2")?;
        match *object::get::<Type>(r#type.0)? {
            Type::Memory { minimum, maximum, flags, page_size_log2 } => {
                out_minimum.set(minimum);
                out_maximum.set(maximum);
                out_flags.set(flags);
                out_page_size_log2.set(i32::from(page_size_log2));
                Ok(())
            }
            ref other => other.is_not("memory"),
        }
    })
}

/// Gets what a table type says: the kind of its elements, limits in elements, and flags.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// All four are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_table(
    r#type: wts_type_t,
    out_element: *mut i32,
    out_minimum: *mut u64,
    out_maximum: *mut u64,
    out_flags: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out_element = args::out(out_element, "out_element")?;
        let out_minimum = args::out(out_minimum, "out_minimum")?;
        let out_maximum = args::out(out_maximum, "out_maximum")?;
        let out_flags = args::out(out_flags, "out_flags")?;
        match *object::get::<Type>(r#type.0)? {
            Type::Table { element, minimum, maximum, flags } => {
                out_element.set(element);
                out_minimum.set(minimum);
                out_maximum.set(maximum);
                out_flags.set(flags);
                Ok(())
            }
            ref other => other.is_not("table"),
        }
    })
}

/// Gets what a global type says: the kind of its value, and 1 if it can be changed, else 0.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// Both are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_global(
    r#type: wts_type_t,
    out_content: *mut i32,
    out_is_mutable: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out_content = args::out(out_content, "out_content")?;
        let out_is_mutable = args::out(out_is_mutable, "out_is_mutable")?;
        match *object::get::<Type>(r#type.0)? {
            Type::Global { content, mutable } => {
                out_content.set(content);
                out_is_mutable.set(i32::from(mutable));
                Ok(())
            }
            ref other => other.is_not("global"),
        }
    })
}

/// Copies out a type as in the WebAssembly text format: `(func (param i32) (result i64))`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_type_text(
    r#type: wts_type_t,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| args::copy_text_out(&object::get::<Type>(r#type.0)?.to_string(), buf, cap, out_len))
}

/// Deletes a type.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_type_delete(r#type: wts_type_t) -> wts_status_t {
    boundary(|| object::delete::<Type>(r#type.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_survive_the_way_to_wasmtime_and_back() {
        for (kind, name, _) in KINDS {
            match val_type(kind) {
                Ok(ty) => assert_eq!(kind_of(&ty), kind, "{name}"),
                Err(failure) => assert!(matches!(kind, WTS_REF | WTS_REF_NULL), "{}", failure.message),
            }
        }
    }

    #[test]
    fn types_read_like_the_text_format() {
        let ty = Type::func([WTS_I32, WTS_F64].into_iter(), [WTS_EXTERNREF].into_iter()).unwrap();
        assert_eq!(ty.to_string(), "(func (param i32 f64) (result externref))");
        let ty = Type::Memory { minimum: 1, maximum: 9, flags: WTS_MEMORY_64, page_size_log2: 0 };
        assert_eq!(ty.to_string(), "(memory i64 1 9 (pagesize 1))");
        let ty = Type::Table { element: WTS_FUNCREF, minimum: 1, maximum: WTS_UNLIMITED, flags: 0 };
        assert_eq!(ty.to_string(), "(table 1 funcref)");
        assert_eq!(Type::Global { content: WTS_I64, mutable: true }.to_string(), "(global (mut i64))");
    }
}
