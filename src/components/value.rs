//! Values of components: slots, bytes and WAVE text to Wasmtime's values and back.
//!
//! Types decide before anything is converted: which values travel in slots, and which have no words in WAVE. Text is
//! read by our own walk over the tree that `wasm_wave` parses, which checks as it goes, says where something is wrong,
//! and has resources as handle numbers. What `wasm_wave` writes it writes itself, from values in which handle numbers
//! stand for resources.

use super::resources::Handles;
use super::wit;
use crate::abi::*;
use crate::boundary::{Result, fail};
use crate::slots::fits_32;
use crate::store::Entered;
use std::fmt::Display;
use std::str::FromStr;
use wasmtime::component::types::ComponentFunc as FuncType;
use wasmtime::component::wasm_wave::ast::{Node, NodeType};
use wasmtime::component::wasm_wave::parser::{ParserError, ParserErrorKind};
use wasmtime::component::wasm_wave::untyped::UntypedFuncCall;
use wasmtime::component::wasm_wave::{self};
use wasmtime::component::{Type, Val};

/// What a call needs to know of a function's type, worked out once.
pub(crate) struct Signature {
    pub params: Vec<(String, Type)>,
    pub result: Option<Type>,
    /// Whether there are resources among them.
    pub resources: bool,
    /// A type among them that WAVE has no words for.
    lacks: Option<&'static str>,
}

impl Signature {
    pub fn new(ty: &FuncType) -> Self {
        let params: Vec<_> = ty.params().map(|(name, ty)| (name.to_owned(), ty)).collect();
        let result = ty.results().next();
        let mut scan = Scan { resources: false, lacks: None };
        params.iter().map(|(_, ty)| ty).chain(&result).for_each(|ty| scan.visit(ty));
        Signature { params, result, resources: scan.resources, lacks: scan.lacks }
    }

    /// Checks that all values can be written in WAVE.
    pub fn check_wave(&self) -> Result {
        match self.lacks {
            None => Ok(()),
            Some(what) => fail(
                WTS_ERR_UNSUPPORTED,
                format_args!("the function has a {what} among its parameters and results, which WAVE has no words for"),
            ),
        }
    }

    /// The result type, if there is one.
    fn results(&self) -> usize {
        usize::from(self.result.is_some())
    }
}

/// Looks through types for what is special about them.
struct Scan {
    resources: bool,
    lacks: Option<&'static str>,
}

impl Scan {
    fn visit(&mut self, ty: &Type) {
        match ty {
            Type::Own(_) | Type::Borrow(_) => self.resources = true,
            Type::Map(_) => self.lacks = Some("map"),
            Type::Future(_) => self.lacks = Some("future"),
            Type::Stream(_) => self.lacks = Some("stream"),
            Type::ErrorContext => self.lacks = Some("error-context"),
            _ => wit::parts(ty).iter().for_each(|ty| self.visit(ty)),
        }
    }
}

// ---- slots ----

/// Whether a value of the type travels in a slot.
pub(crate) fn is_scalar(ty: &Type) -> bool {
    use Type::*;
    matches!(ty, Bool | S8 | U8 | S16 | U16 | S32 | U32 | S64 | U64 | Float32 | Float64 | Char)
}

/// Whether a value of the type travels as bytes.
pub(crate) fn is_bytes(ty: &Type) -> bool {
    match ty {
        Type::String => true,
        Type::List(list) => list.ty() == Type::U8,
        _ => false,
    }
}

#[cold]
fn no_slot<T>(what: &str, ty: &Type) -> Result<T> {
    let ty = wit::type_text(ty);
    fail(WTS_ERR_TYPE, format_args!("{what} is a {ty}, which does not travel in a slot: use text"))
}

/// The value of a slot.
pub(crate) fn from_slot(ty: &Type, slot: i64, what: &str) -> Result<Val> {
    fn int<T: TryFrom<i64>>(ty: &Type, slot: i64, what: &str) -> Result<T> {
        T::try_from(slot).or_else(|_| out_of_range(ty, slot, what))
    }
    Ok(match ty {
        Type::Bool if (0..=1).contains(&slot) => Val::Bool(slot == 1),
        Type::Bool => return out_of_range(ty, slot, what),
        Type::S8 => Val::S8(int(ty, slot, what)?),
        Type::U8 => Val::U8(int(ty, slot, what)?),
        Type::S16 => Val::S16(int(ty, slot, what)?),
        Type::U16 => Val::U16(int(ty, slot, what)?),
        Type::S32 => Val::S32(int(ty, slot, what)?),
        Type::U32 => Val::U32(int(ty, slot, what)?),
        Type::S64 => Val::S64(slot),
        Type::U64 => Val::U64(slot as u64),
        Type::Float32 if fits_32(slot) => Val::Float32(f32::from_bits(slot as u32)),
        Type::Float32 => return out_of_range(ty, slot, what),
        Type::Float64 => Val::Float64(f64::from_bits(slot as u64)),
        Type::Char => match u32::try_from(slot).ok().and_then(char::from_u32) {
            Some(value) => Val::Char(value),
            None => return out_of_range(ty, slot, what),
        },
        _ => return no_slot(what, ty),
    })
}

#[cold]
fn out_of_range<T>(ty: &Type, slot: i64, what: &str) -> Result<T> {
    let ty = wit::type_text(ty);
    fail(WTS_ERR_RANGE, format_args!("{what} is {slot}, which is not a {ty}"))
}

/// The slot of a value whose type travels in one.
pub(crate) fn to_slot(val: &Val) -> i64 {
    match val {
        Val::Bool(value) => i64::from(*value),
        Val::S8(value) => i64::from(*value),
        Val::U8(value) => i64::from(*value),
        Val::S16(value) => i64::from(*value),
        Val::U16(value) => i64::from(*value),
        Val::S32(value) => i64::from(*value),
        Val::U32(value) => i64::from(*value),
        Val::S64(value) => *value,
        Val::U64(value) => *value as i64,
        Val::Float32(value) => i64::from(value.to_bits()),
        Val::Float64(value) => value.to_bits() as i64,
        Val::Char(value) => i64::from(u32::from(*value)),
        _ => unreachable!("its type was found to travel in a slot"),
    }
}

/// The value of bytes that are of a type which travels so.
pub(crate) fn from_bytes(ty: &Type, bytes: &[u8], what: &str) -> Result<Val> {
    Ok(match ty {
        Type::String => Val::String(crate::args::utf8(bytes, what)?.to_owned()),
        _ => Val::List(bytes.iter().map(|byte| Val::U8(*byte)).collect()),
    })
}

/// The bytes of a value whose type travels so.
pub(crate) fn to_bytes(val: Val) -> Vec<u8> {
    match val {
        Val::String(text) => text.into_bytes(),
        Val::List(list) => list.iter().map(|val| to_slot(val) as u8).collect(),
        _ => unreachable!("its type was found to travel as bytes"),
    }
}

/// How the values of a call in slots, and in bytes where that is allowed, are laid out.
pub(crate) struct Layout {
    /// Where among the parameters bytes stand.
    pub bytes: Option<usize>,
    /// How many slots the arguments take.
    pub args: usize,
    pub result: ResultAs,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum ResultAs {
    Nothing,
    Slot,
    Bytes,
}

impl ResultAs {
    /// How many slots it takes.
    pub fn slots(self) -> usize {
        usize::from(self == ResultAs::Slot)
    }
}

impl Layout {
    /// The layout of numbers, booleans and characters, which have a slot each. `with_bytes` allows one parameter and
    /// the result to be a `string` or `list<u8>`.
    pub fn of(signature: &Signature, with_bytes: bool) -> Result<Self> {
        let mut bytes = None;
        for (position, (name, ty)) in signature.params.iter().enumerate() {
            if is_scalar(ty) {
                continue;
            }
            if !with_bytes || !is_bytes(ty) {
                return no_slot(&what(position, name), ty);
            }
            if bytes.replace(position).is_some() {
                return fail(
                    WTS_ERR_TYPE,
                    format_args!(
                        "{} is the second that would be bytes, of which there can be one: use text",
                        what(position, name)
                    ),
                );
            }
        }
        let result = match &signature.result {
            None => ResultAs::Nothing,
            Some(ty) if is_scalar(ty) => ResultAs::Slot,
            Some(ty) if with_bytes && is_bytes(ty) => ResultAs::Bytes,
            Some(ty) => return no_slot("the result", ty),
        };
        Ok(Layout { bytes, args: signature.params.len() - usize::from(bytes.is_some()), result })
    }

    pub fn check_counts(&self, nargs: usize, nresults: usize) -> Result {
        let (args, results) = (self.args, self.result.slots());
        if nargs != args {
            return fail(WTS_ERR_TYPE, format_args!("the function takes {args} slots but {nargs} were given"));
        }
        if nresults != results {
            return fail(
                WTS_ERR_TYPE,
                format_args!("the function returns {results} slots but there is room for {nresults}"),
            );
        }
        Ok(())
    }

    /// The arguments as values.
    pub fn args(&self, signature: &Signature, mut slots: impl Iterator<Item = i64>, bytes: &[u8]) -> Result<Vec<Val>> {
        let convert = |(position, (name, ty)): (usize, &(String, Type))| {
            if self.bytes == Some(position) {
                return from_bytes(ty, bytes, &what(position, name));
            }
            from_slot(ty, slots.next().expect("the slots were counted"), &what(position, name))
        };
        signature.params.iter().enumerate().map(convert).collect()
    }

    /// The arguments as slots, and the bytes of the one that is bytes.
    pub fn split(&self, args: &[Val]) -> (Vec<i64>, Vec<u8>) {
        let (mut slots, mut bytes) = (Vec::with_capacity(self.args), Vec::new());
        for (position, arg) in args.iter().enumerate() {
            if self.bytes == Some(position) {
                bytes = to_bytes(arg.clone());
            } else {
                slots.push(to_slot(arg));
            }
        }
        (slots, bytes)
    }
}

fn what(position: usize, name: &str) -> String {
    format!("argument {position} ({name:?})")
}

// ---- WAVE ----

/// The arguments of a call, as a tuple in WAVE.
pub(crate) fn write_args(vals: &[Val]) -> Result<String> {
    let mut text = "(".to_owned();
    for (position, val) in vals.iter().enumerate() {
        if position > 0 {
            text += ", ";
        }
        text += &write(val)?;
    }
    Ok(text + ")")
}

/// A value in WAVE. Resources were replaced by the numbers of their handles.
pub(crate) fn write(val: &Val) -> Result<String> {
    wasm_wave::to_string(val)
        .or_else(|error| fail(WTS_ERR_INTERNAL, format_args!("a value could not be written: {error}")))
}

/// Reads the arguments of a call: a tuple, `()` if there are none. Options at the end may be left out.
pub(crate) fn read_args(store: &Entered, signature: &Signature, text: &str, handles: &mut Handles) -> Result<Vec<Val>> {
    // A tuple of nothing is no value in WAVE, but a call without arguments is one.
    const NAME: &str = "f";
    let source = format!("{NAME}{text}");
    let call = UntypedFuncCall::parse(&source)
        .or_else(|error| not_wave(text, NAME.len(), "the text of the arguments", &error))?;
    if call.name() != NAME {
        // The text went on with the name.
        return fail(WTS_ERR_TYPE, format_args!("the arguments are no tuple: they begin with {:?}", excerpt(text)));
    }
    let given = call.params_node().map(|node| node.as_tuple());
    let mut given = given
        .transpose()
        .or_else(|error| not_wave(text, NAME.len(), "the text of the arguments", &error))?
        .into_iter()
        .flatten();
    let mut vals = Vec::with_capacity(signature.params.len());
    for (position, (name, ty)) in signature.params.iter().enumerate() {
        match given.next() {
            Some(node) => {
                let what = what(position, name);
                vals.push(Reader { store, source: &source, shift: NAME.len(), what: &what, handles }.value(node, ty)?);
            }
            None if matches!(ty, Type::Option(_)) => vals.push(Val::Option(None)),
            None => return wrong_count(signature, position),
        }
    }
    match given.count() {
        0 => Ok(vals),
        more => wrong_count(signature, signature.params.len() + more),
    }
}

#[cold]
fn wrong_count<T>(signature: &Signature, given: usize) -> Result<T> {
    let params: Vec<_> = signature.params.iter().map(|(name, ty)| format!("{name}: {}", wit::type_text(ty))).collect();
    let (count, params) = (params.len(), params.join(", "));
    fail(WTS_ERR_TYPE, format_args!("the function takes {count} arguments ({params}) but {given} were given"))
}

/// Reads the result of a host function.
pub(crate) fn read_result(store: &Entered, ty: &Type, text: &str, handles: &mut Handles) -> Result<Val> {
    let value = wasm_wave::untyped::UntypedValue::parse(text)
        .or_else(|error| not_wave(text, 0, "the text of the result", &error))?;
    Reader { store, source: text, shift: 0, what: "the result", handles }.value(value.node(), ty)
}

/// Says that a text is not WAVE, and where. The library's own text begins `shift` bytes before the user's.
#[cold]
fn not_wave<T>(text: &str, shift: usize, what: &str, error: &ParserError) -> Result<T> {
    let at = error.span().start.saturating_sub(shift).min(text.len());
    let detail = error.detail().map_or_else(String::new, |detail| format!(" {detail}"));
    let kind = error.kind();
    if matches!(kind, ParserErrorKind::UnexpectedEnd) {
        return fail(
            WTS_ERR_TYPE,
            format_args!("{what} is not WAVE: the text ends too early, after {} bytes", text.len()),
        );
    }
    fail(
        WTS_ERR_TYPE,
        format_args!("{what} is not WAVE: {kind}{detail} at byte {at}, before {:?}", excerpt(&text[floor(text, at)..])),
    )
}

/// Enough of a text to recognise it.
fn excerpt(text: &str) -> &str {
    const MOST: usize = 32;
    &text[..floor(text, MOST.min(text.len()))]
}

/// The start of the character that a byte belongs to.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Reads values out of a parsed text.
struct Reader<'a> {
    store: &'a Entered,
    source: &'a str,
    shift: usize,
    what: &'a str,
    handles: &'a mut Handles,
}

impl Reader<'_> {
    fn value(&mut self, node: &Node, ty: &Type) -> Result<Val> {
        Ok(match ty {
            Type::Bool => Val::Bool(self.fits(node, ty, node.as_bool())?),
            Type::S8 => Val::S8(self.integer(node, ty)?),
            Type::U8 => Val::U8(self.integer(node, ty)?),
            Type::S16 => Val::S16(self.integer(node, ty)?),
            Type::U16 => Val::U16(self.integer(node, ty)?),
            Type::S32 => Val::S32(self.integer(node, ty)?),
            Type::U32 => Val::U32(self.integer(node, ty)?),
            Type::S64 => Val::S64(self.integer(node, ty)?),
            Type::U64 => Val::U64(self.integer(node, ty)?),
            Type::Float32 => Val::Float32(self.fits(node, ty, node.as_number(self.source))?),
            Type::Float64 => Val::Float64(self.fits(node, ty, node.as_number(self.source))?),
            Type::Char => Val::Char(self.fits(node, ty, node.as_char(self.source))?),
            Type::String => Val::String(self.fits(node, ty, node.as_str(self.source))?.into_owned()),
            Type::List(list) => Val::List(self.elements(node, ty, &list.ty())?),
            Type::FixedLengthList(list) => {
                let elements = self.elements(node, ty, &list.ty())?;
                if elements.len() != list.len() as usize {
                    return self.misfit(node, ty, format_args!("{} elements were given", elements.len()));
                }
                Val::FixedLengthList(elements)
            }
            Type::Record(record) => self.record(node, ty, record)?,
            Type::Tuple(tuple) => {
                let (given, types) = (self.fits(node, ty, node.as_tuple())?, tuple.types());
                if given.len() != types.len() {
                    return self.misfit(node, ty, format_args!("{} elements were given", given.len()));
                }
                Val::Tuple(given.zip(types).map(|(node, ty)| self.value(node, &ty)).collect::<Result<_>>()?)
            }
            Type::Variant(variant) => {
                let (label, payload) = self.fits(node, ty, node.as_variant(self.source))?;
                let Some(case) = variant.cases().find(|case| case.name == label) else {
                    return self.misfit(node, ty, format_args!("it has no case {label}"));
                };
                Val::Variant(label.to_owned(), self.payload(node, ty, label, payload, case.ty)?)
            }
            Type::Enum(cases) => {
                let label = self.fits(node, ty, node.as_enum(self.source))?;
                if !cases.names().any(|name| name == label) {
                    return self.misfit(node, ty, format_args!("it has no case {label}"));
                }
                Val::Enum(label.to_owned())
            }
            Type::Option(option) => self.option(node, ty, option.ty())?,
            Type::Result(result) => self.result(node, ty, result.ok(), result.err())?,
            Type::Flags(flags) => {
                let mut set = Vec::new();
                for label in self.fits(node, ty, node.as_flags(self.source))? {
                    let label = label.strip_prefix('%').unwrap_or(label);
                    if !flags.names().any(|name| name == label) {
                        return self.misfit(node, ty, format_args!("it has no flag {label}"));
                    }
                    set.push(label.to_owned());
                }
                Val::Flags(set)
            }
            Type::Own(resource) => self.handle(node, ty, |reader, handle| {
                reader.handles.add(reader.store, handle, resource, true, reader.what)
            })?,
            Type::Borrow(resource) => self.handle(node, ty, |reader, handle| {
                reader.handles.add(reader.store, handle, resource, false, reader.what)
            })?,
            Type::Map(_) | Type::Future(_) | Type::Stream(_) | Type::ErrorContext => {
                return fail(WTS_ERR_UNSUPPORTED, format_args!("WAVE has no words for a {}", wit::type_text(ty)));
            }
        })
    }

    fn elements(&mut self, node: &Node, ty: &Type, element: &Type) -> Result<Vec<Val>> {
        self.fits(node, ty, node.as_list())?.map(|node| self.value(node, element)).collect()
    }

    fn record(&mut self, node: &Node, ty: &Type, record: &wasmtime::component::types::Record) -> Result<Val> {
        // The text `{}` is no flags and no fields.
        let nothing = node.ty() == NodeType::Flags && node.as_flags(self.source).is_ok_and(|flags| flags.count() == 0);
        let given: Vec<_> =
            if nothing { Vec::new() } else { self.fits(node, ty, node.as_record(self.source))?.collect() };
        if let Some((unknown, node)) = given.iter().find(|(name, _)| !record.fields().any(|field| field.name == *name))
        {
            return self.misfit(node, ty, format_args!("it has no field {unknown}"));
        }
        let mut fields = Vec::with_capacity(record.fields().len());
        for field in record.fields() {
            let value = match given.iter().find(|(name, _)| *name == field.name) {
                Some((_, node)) => self.value(node, &field.ty)?,
                None if matches!(field.ty, Type::Option(_)) => Val::Option(None),
                None => return self.misfit(node, ty, format_args!("the field {} is missing", field.name)),
            };
            fields.push((field.name.to_owned(), value));
        }
        Ok(Val::Record(fields))
    }

    fn option(&mut self, node: &Node, ty: &Type, some: Type) -> Result<Val> {
        Ok(Val::Option(match node.ty() {
            NodeType::OptionNone => None,
            NodeType::OptionSome => {
                let payload = self.fits(node, ty, node.as_option())?;
                self.payload(node, ty, "some", payload, Some(some))?
            }
            // `some` may be left out where that is no other value.
            _ if !matches!(some, Type::Option(_) | Type::Result(_)) => Some(Box::new(self.value(node, &some)?)),
            _ => return self.misfit(node, ty, "it is some(...) or none"),
        }))
    }

    fn result(&mut self, node: &Node, ty: &Type, ok: Option<Type>, err: Option<Type>) -> Result<Val> {
        Ok(Val::Result(match node.as_result() {
            Ok(Ok(payload)) => Ok(self.payload(node, ty, "ok", payload, ok)?),
            Ok(Err(payload)) => Err(self.payload(node, ty, "err", payload, err)?),
            // `ok` may be left out where that is no other value.
            Err(_) => match ok {
                Some(ok) if !matches!(ok, Type::Option(_) | Type::Result(_)) => {
                    Ok(Some(Box::new(self.value(node, &ok)?)))
                }
                _ => return self.misfit(node, ty, "it is ok, ok(...), err or err(...)"),
            },
        }))
    }

    fn payload(
        &mut self,
        node: &Node,
        ty: &Type,
        case: &str,
        payload: Option<&Node>,
        wanted: Option<Type>,
    ) -> Result<Option<Box<Val>>> {
        match (payload, wanted) {
            (None, None) => Ok(None),
            (Some(node), Some(ty)) => Ok(Some(Box::new(self.value(node, &ty)?))),
            (None, Some(_)) => self.misfit(node, ty, format_args!("the case {case} has a value, {case}(...)")),
            (Some(_), None) => self.misfit(node, ty, format_args!("the case {case} has no value")),
        }
    }

    /// A resource, whose place the number of its handle takes until all is read.
    fn handle(&mut self, node: &Node, ty: &Type, check: impl FnOnce(&mut Self, u64) -> Result) -> Result<Val> {
        let handle = match node.as_number(self.source) {
            Ok(handle) => handle,
            Err(_) => return self.misfit(node, ty, "a resource is the number of its handle"),
        };
        check(self, handle)?;
        Ok(Val::U64(handle))
    }

    fn integer<T: FromStr>(&self, node: &Node, ty: &Type) -> Result<T> {
        match node.as_number(self.source) {
            Ok(value) => Ok(value),
            Err(_) if node.as_number::<i128>(self.source).is_ok() => {
                let (at, ty) = (self.at(node), wit::type_text(ty));
                fail(WTS_ERR_RANGE, format_args!("{}: {} does not fit a {ty} (byte {at})", self.what, self.text(node)))
            }
            Err(_) => self.misfit(node, ty, "it is a whole number"),
        }
    }

    fn fits<T>(&self, node: &Node, ty: &Type, found: std::result::Result<T, ParserError>) -> Result<T> {
        found.or_else(|error| match error.kind() {
            ParserErrorKind::InvalidType => self.misfit(node, ty, "that is something else"),
            kind => self.misfit(node, ty, kind),
        })
    }

    #[cold]
    fn misfit<T>(&self, node: &Node, ty: &Type, why: impl Display) -> Result<T> {
        let (what, at, text, ty) = (self.what, self.at(node), self.text(node), wit::type_text(ty));
        fail(WTS_ERR_TYPE, format_args!("{what}: {text} is not a {ty}: {why} (byte {at})"))
    }

    fn at(&self, node: &Node) -> usize {
        node.span().start - self.shift
    }

    fn text(&self, node: &Node) -> &str {
        excerpt(&self.source[node.span()])
    }
}

impl Signature {
    /// Room for the result of a call.
    pub fn room(&self) -> Vec<Val> {
        vec![Val::Bool(false); self.results()]
    }
}
