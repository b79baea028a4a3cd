//! Types of functions, memories, tables, globals and tags, and of references, structs and arrays.
//!
//! A type is free of engines and stores unless it names a concrete one: a struct, an array, a declared
//! function type, or a reference to one of them. Those belong to their engine.

use crate::abi::*;
use crate::args::{self, Input};
use crate::boundary::{Result, boundary, fail};
use crate::handle::with_article;
use crate::object;
use crate::value_type::{
    FieldName, check_engine, check_ref_engine, check_val_engine, kind_of, kind_of_ref, mutability, name, name_of_ref,
    ref_matches, ref_type, val_matches, val_same, val_type, val_types,
};
use std::ffi::c_char;
use std::fmt::{self, Display};
use wasmtime::{
    ArrayType, Engine, ExternType, FieldType, FuncType, GlobalType, HeapType, MemoryType, MemoryTypeBuilder,
    Mutability, RefType, StructType, TableType, TagType, ValType,
};

#[derive(Debug)]
pub(crate) enum Type {
    Func(Prototype),
    Memory { minimum: u64, maximum: u64, flags: i32, page_size_log2: u8 },
    Table { element: RefType, minimum: u64, maximum: u64, flags: i32 },
    Global { content: ValType, mutability: Mutability },
    Tag(Prototype),
    Struct(StructType),
    Array(ArrayType),
    Ref(RefType),
}

/// The parameters and results of a function.
#[derive(Clone, Debug)]
pub(crate) struct Prototype {
    pub params: Vec<ValType>,
    pub results: Vec<ValType>,
    /// As some engine knows it, where it comes from one: it may have subtypes and a supertype.
    declared: Option<FuncType>,
}

// ---- to and from Wasmtime ----

fn flag(is: bool, flag: i32) -> i32 {
    if is { flag } else { 0 }
}

impl Prototype {
    pub fn new(params: Vec<ValType>, results: Vec<ValType>) -> Self {
        Prototype { params, results, declared: None }
    }

    pub fn of(ty: FuncType) -> Self {
        Prototype { params: ty.params().collect(), results: ty.results().collect(), declared: Some(ty) }
    }

    pub fn declared(&self) -> Option<&FuncType> {
        self.declared.as_ref()
    }

    /// The type as an engine knows it.
    pub fn to_func(&self, engine: &Engine) -> Result<FuncType> {
        if let Some(ty) = &self.declared {
            if Engine::same(ty.engine(), engine) {
                return Ok(ty.clone());
            }
            // Without these it is what its parameters and results say, in every engine.
            if ty.finality().is_non_final() || ty.supertype().is_some() {
                check_engine(engine, ty.engine())?;
            }
        }
        self.params.iter().chain(&self.results).try_for_each(|ty| check_val_engine(ty, engine))?;
        match FuncType::try_new(engine, self.params.iter().cloned(), self.results.iter().cloned()) {
            Ok(ty) => Ok(ty),
            Err(error) => fail(WTS_ERR_MEMORY, format_args!("no memory for a function type: {error}")),
        }
    }

    /// Whether this is the type of a subtype of the other, by declaration as in WebAssembly.
    fn matches(&self, other: &Self) -> bool {
        match self.declared.as_ref().or(other.declared.as_ref()).map(FuncType::engine) {
            Some(engine) => match (self.to_func(engine), other.to_func(engine)) {
                (Ok(one), Ok(two)) => HeapType::from(one).matches(&two.into()),
                _ => false,
            },
            None => all_same(&self.params, &other.params) && all_same(&self.results, &other.results),
        }
    }
}

fn all_same(one: &[ValType], two: &[ValType]) -> bool {
    one.len() == two.len() && one.iter().zip(two).all(|(one, two)| val_same(one, two))
}

impl Type {
    pub fn func(params: Input<i32>, results: Input<i32>) -> Result<Self> {
        Ok(Type::Func(Prototype::new(val_types(params)?, val_types(results)?)))
    }

    pub fn of(ty: &ExternType) -> Self {
        match ty {
            ExternType::Func(ty) => Type::Func(Prototype::of(ty.clone())),
            ExternType::Memory(ty) => Self::of_memory(ty),
            ExternType::Table(ty) => Self::of_table(ty),
            ExternType::Global(ty) => Self::of_global(ty),
            ExternType::Tag(ty) => Self::of_tag(ty),
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
            element: ty.element().clone(),
            minimum: ty.minimum(),
            maximum: ty.maximum().unwrap_or(WTS_UNLIMITED),
            flags: flag(ty.is_64(), WTS_TABLE_64),
        }
    }

    pub fn of_global(ty: &GlobalType) -> Self {
        Type::Global { content: ty.content().clone(), mutability: ty.mutability() }
    }

    pub fn of_tag(ty: &TagType) -> Self {
        Type::Tag(Prototype::of(ty.ty().clone()))
    }

    /// What a reference to a concrete type refers to.
    pub fn of_concrete(ty: &HeapType) -> Option<Self> {
        match ty {
            HeapType::ConcreteFunc(ty) => Some(Type::Func(Prototype::of(ty.clone()))),
            HeapType::ConcreteStruct(ty) => Some(Type::Struct(ty.clone())),
            HeapType::ConcreteArray(ty) => Some(Type::Array(ty.clone())),
            _ => None,
        }
    }

    pub fn to_func(&self, engine: &Engine) -> Result<FuncType> {
        match self {
            Type::Func(prototype) => prototype.to_func(engine),
            _ => self.is_not("func"),
        }
    }

    pub fn to_tag(&self, engine: &Engine) -> Result<TagType> {
        match self {
            Type::Tag(prototype) => Ok(TagType::new(prototype.to_func(engine)?)),
            _ => self.is_not("tag"),
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

    pub fn to_table(&self, engine: &Engine) -> Result<TableType> {
        let Type::Table { element, minimum, maximum, flags } = self else {
            return self.is_not("table");
        };
        check_ref_engine(element, engine)?;
        table_type(element, *minimum, *maximum, *flags)
    }

    pub fn to_global(&self, engine: &Engine) -> Result<GlobalType> {
        let Type::Global { content, mutability } = self else {
            return self.is_not("global");
        };
        check_val_engine(content, engine)?;
        Ok(GlobalType::new(content.clone(), *mutability))
    }

    pub fn to_struct(&self, engine: &Engine) -> Result<StructType> {
        let Type::Struct(ty) = self else {
            return self.is_not("struct");
        };
        check_engine(engine, ty.engine())?;
        Ok(ty.clone())
    }

    pub fn to_array(&self, engine: &Engine) -> Result<ArrayType> {
        let Type::Array(ty) = self else {
            return self.is_not("array");
        };
        check_engine(engine, ty.engine())?;
        Ok(ty.clone())
    }

    pub fn to_ref(&self) -> Result<RefType> {
        match self {
            Type::Ref(ty) => Ok(ty.clone()),
            _ => self.is_not("reference"),
        }
    }

    /// What a reference may be asked to be: of a reference type, or to a struct, array or function.
    pub fn to_heap(&self, engine: &Engine) -> Result<HeapType> {
        match self {
            Type::Func(prototype) => Ok(prototype.to_func(engine)?.into()),
            Type::Struct(_) => Ok(self.to_struct(engine)?.into()),
            Type::Array(_) => Ok(self.to_array(engine)?.into()),
            Type::Ref(ty) => check_ref_engine(ty, engine).map(|()| ty.heap_type().clone()),
            _ => self.is_not("reference, struct, array or func"),
        }
    }

    fn kind(&self) -> i32 {
        match self {
            Type::Func(_) => WTS_KIND_FUNC,
            Type::Memory { .. } => WTS_KIND_MEMORY,
            Type::Table { .. } => WTS_KIND_TABLE,
            Type::Global { .. } => WTS_KIND_GLOBAL,
            Type::Tag(_) => WTS_KIND_TAG,
            Type::Struct(_) => WTS_TYPE_STRUCT,
            Type::Array(_) => WTS_TYPE_ARRAY,
            Type::Ref(_) => WTS_TYPE_REF,
        }
    }

    fn is_not<T>(&self, wanted: &str) -> Result<T> {
        fail(WTS_ERR_TYPE, format_args!("expected {} type, got {self}", with_article(wanted)))
    }

    /// The fields of a struct; an array has one.
    pub fn fields(&self) -> Result<Vec<FieldType>> {
        match self {
            Type::Struct(ty) => Ok(ty.fields().collect()),
            Type::Array(ty) => Ok(vec![ty.field_type()]),
            _ => self.is_not("struct or array"),
        }
    }

    /// Whether what has this type can stand where the other is wanted.
    pub fn matches(&self, other: &Self) -> bool {
        match (self, other) {
            (Type::Func(one), Type::Func(two)) => one.matches(two),
            (Type::Tag(one), Type::Tag(two)) => one.matches(two) && two.matches(one),
            (Type::Struct(one), Type::Struct(two)) => Engine::same(one.engine(), two.engine()) && one.matches(two),
            (Type::Array(one), Type::Array(two)) => Engine::same(one.engine(), two.engine()) && one.matches(two),
            (Type::Ref(one), Type::Ref(two)) => ref_matches(one, two),
            (Type::Global { content: one, mutability: is }, Type::Global { content: two, mutability: wanted }) => {
                is == wanted && if is.is_var() { val_same(one, two) } else { val_matches(one, two) }
            }
            (
                Type::Memory { minimum, maximum, flags, page_size_log2 },
                Type::Memory { minimum: least, maximum: most, flags: wanted, page_size_log2: size },
            ) => flags == wanted && page_size_log2 == size && within((*minimum, *maximum), (*least, *most)),
            (
                Type::Table { element, minimum, maximum, flags },
                Type::Table { element: of, minimum: least, maximum: most, flags: wanted },
            ) => {
                flags == wanted
                    && within((*minimum, *maximum), (*least, *most))
                    && ref_matches(element, of)
                    && ref_matches(of, element)
            }
            _ => false,
        }
    }
}

/// Whether the first limits lie within the second; no maximum is the largest number.
fn within(one: (u64, u64), two: (u64, u64)) -> bool {
    one.0 >= two.0 && one.1 <= two.1
}

fn table_type(element: &RefType, minimum: u64, maximum: u64, flags: i32) -> Result<TableType> {
    let most = (maximum != WTS_UNLIMITED).then_some(maximum);
    if flags & WTS_TABLE_64 != 0 {
        return Ok(TableType::new64(element.clone(), minimum, most));
    }
    let narrow = |limit: u64| match u32::try_from(limit) {
        Ok(limit) => Ok(limit),
        Err(_) => {
            fail(WTS_ERR_RANGE, format_args!("a table without WTS_TABLE_64 has at most 2^32 - 1 elements, not {limit}"))
        }
    };
    Ok(TableType::new(element.clone(), narrow(minimum)?, most.map(narrow).transpose()?))
}

/// As in the WebAssembly text format.
impl Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, word: &str, types: &[ValType]| {
            if types.is_empty() {
                return Ok(());
            }
            write!(f, " ({word}")?;
            types.iter().try_for_each(|ty| write!(f, " {}", name(ty)))?;
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
            Type::Func(Prototype { params, results, .. }) => {
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
                write!(f, " {}", name_of_ref(element))?;
            }
            Type::Global { content, mutability: Mutability::Var } => write!(f, "(global (mut {})", name(content))?,
            Type::Global { content, mutability: Mutability::Const } => write!(f, "(global {}", name(content))?,
            Type::Tag(Prototype { params, .. }) => {
                f.write_str("(tag")?;
                list(f, "param", params)?;
            }
            Type::Struct(ty) => {
                f.write_str("(struct")?;
                ty.fields().try_for_each(|field| write!(f, " (field {})", FieldName(&field)))?;
            }
            Type::Array(ty) => write!(f, "(array {}", FieldName(&ty.field_type()))?,
            Type::Ref(ty) => return f.write_str(&name_of_ref(ty)),
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

pub(crate) fn new_table(element: RefType, minimum: u64, maximum: u64, flags: i32) -> Result<Type> {
    check_flags(flags, WTS_TABLE_64)?;
    check_limits(minimum, maximum)?;
    table_type(&element, minimum, maximum, flags)?;
    Ok(Type::Table { element, minimum, maximum, flags })
}

pub(crate) fn make(out_type: *mut wts_type_t, ty: impl FnOnce() -> Result<Type>) -> wts_status_t {
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
        Type::func(params, results)
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
    make(out_type, || new_table(ref_type(element, "reference")?, minimum, maximum, flags))
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
    make(out_type, || Ok(Type::Global { content: val_type(content)?, mutability: mutability(is_mutable)? }))
}

/// Gets what a type is the type of: `WTS_KIND_FUNC`, `_MEMORY`, `_TABLE`, `_GLOBAL` or `_TAG`, or
/// `WTS_TYPE_STRUCT`, `_ARRAY` or `_REF`.
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

fn kinds(types: &[ValType]) -> Vec<i32> {
    types.iter().map(kind_of).collect()
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
        Type::Func(Prototype { params, .. }) | Type::Tag(Prototype { params, .. }) => {
            args::copy_out(&kinds(params), buf, cap, out_len)
        }
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
        Type::Func(Prototype { results, .. }) => args::copy_out(&kinds(results), buf, cap, out_len),
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
            Type::Table { ref element, minimum, maximum, flags } => {
                out_element.set(kind_of_ref(element));
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
            Type::Global { ref content, mutability } => {
                out_content.set(kind_of(content));
                out_is_mutable.set(i32::from(mutability.is_var()));
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
    fn types_read_like_the_text_format() {
        let ty = Type::Func(Prototype::new(vec![ValType::I32, ValType::F64], vec![ValType::EXTERNREF]));
        assert_eq!(ty.to_string(), "(func (param i32 f64) (result externref))");
        let ty = Type::Memory { minimum: 1, maximum: 9, flags: WTS_MEMORY_64, page_size_log2: 0 };
        assert_eq!(ty.to_string(), "(memory i64 1 9 (pagesize 1))");
        let ty = Type::Table { element: RefType::FUNCREF, minimum: 1, maximum: WTS_UNLIMITED, flags: 0 };
        assert_eq!(ty.to_string(), "(table 1 funcref)");
        assert_eq!(
            Type::Global { content: ValType::I64, mutability: Mutability::Var }.to_string(),
            "(global (mut i64))"
        );
    }
}
