//! The types of components as text, in the words of WIT.
//!
//! Wasmtime tells of each type what it is made of. The names that WIT gave them are those of the types that an instance
//! or the component exports or imports beside the functions that use them; a type without one is written out where it
//! stands. The text of a hostile component ends at a limit.

use super::load::Item;
use crate::abi::*;
use crate::boundary::{Result, fail};
use std::fmt::Write as _;
use wasmtime::component::types::{ComponentFunc, ComponentInstance, ComponentItem};
use wasmtime::component::{ResourceType, Type};
use wasmtime::{Engine, ExternType};

/// Longer texts are refused.
const LONGEST: usize = 16 << 20;

/// So many types are looked at to find the names of others. Components that need more are refused: a hostile one could
/// need hours.
const MOST_LOOKS: usize = 1 << 26;

/// The types that a type is made of.
pub(crate) fn parts(ty: &Type) -> Vec<Type> {
    match ty {
        Type::List(list) => vec![list.ty()],
        Type::FixedLengthList(list) => vec![list.ty()],
        Type::Map(map) => vec![map.key(), map.value()],
        Type::Record(record) => record.fields().map(|field| field.ty).collect(),
        Type::Tuple(tuple) => tuple.types().collect(),
        Type::Variant(variant) => variant.cases().filter_map(|case| case.ty).collect(),
        Type::Option(option) => vec![option.ty()],
        Type::Result(result) => result.ok().into_iter().chain(result.err()).collect(),
        Type::Future(future) => future.ty().into_iter().collect(),
        Type::Stream(stream) => stream.ty().into_iter().collect(),
        _ => Vec::new(),
    }
}

/// How many types comparing a type looks at, at most.
fn weight(ty: &Type) -> usize {
    1 + parts(ty).iter().map(weight).sum::<usize>()
}

/// What a resource type is called where it has no name.
const RESOURCE: &str = "resource";

/// The words that WIT has a meaning for, which names have to be marked against.
const KEYWORDS: [&str; 48] = [
    "as",
    "async",
    "bool",
    "borrow",
    "char",
    "constructor",
    "enum",
    "error-context",
    "export",
    "f32",
    "f64",
    "flags",
    "from",
    "func",
    "future",
    "import",
    "include",
    "interface",
    "list",
    "map",
    "option",
    "own",
    "package",
    "record",
    "resource",
    "result",
    "s16",
    "s32",
    "s64",
    "s8",
    "static",
    "stream",
    "string",
    "tuple",
    "type",
    "u16",
    "u32",
    "u64",
    "u8",
    "use",
    "variant",
    "with",
    "world",
    "_",
    "float32",
    "float64",
    "implements",
    "external-id",
];

/// A name, marked if it would be read as something else.
fn name(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("%{name}") } else { name.to_owned() }
}

/// The type of a value, with all that it is made of.
pub(crate) fn type_text(ty: &Type) -> String {
    let mut writer = Writer::default();
    writer.ty(ty);
    writer.text
}

/// The type of a function.
pub(crate) fn func_text(ty: &ComponentFunc) -> String {
    let mut writer = Writer::default();
    writer.func(ty, 0);
    writer.text
}

/// What a component imports or exports, with the members of its instances.
pub(crate) fn items<'a>(engine: &Engine, items: impl Iterator<Item = (&'a str, ComponentItem)>) -> Result<Vec<Item>> {
    let items: Vec<_> = items.collect();
    let mut list = List { engine, items: Vec::new(), length: 0, looks: 0 };
    list.add("", &items)?;
    Ok(list.items)
}

struct List<'a> {
    engine: &'a Engine,
    items: Vec<Item>,
    length: usize,
    looks: usize,
}

impl List<'_> {
    fn add(&mut self, path: &str, items: &[(&str, ComponentItem)]) -> Result {
        let mut writer = Writer::default();
        for (name, item) in items {
            writer.text.clear();
            writer.item(self.engine, name, item);
            let text = std::mem::take(&mut writer.text);
            let path = format!("{path}{name}");
            self.length += text.len() + path.len();
            self.looks += std::mem::take(&mut writer.looks);
            check(self.length, self.looks)?;
            self.items.push(Item { path: path.clone(), kind: Item::kind_of(item), text });
            if let ComponentItem::ComponentInstance(instance) = item {
                let members: Vec<_> = instance.exports(self.engine).map(|(name, item)| (name, item.ty)).collect();
                self.add(&(path + "#"), &members)?;
            }
        }
        Ok(())
    }
}

fn check(length: usize, looks: usize) -> Result {
    if length > LONGEST {
        return fail(WTS_ERR_LIMIT, format_args!("the types of the component take more than {LONGEST} bytes as text"));
    }
    if looks > MOST_LOOKS {
        return fail(WTS_ERR_LIMIT, "the component has more types with names than can be told apart");
    }
    Ok(())
}

/// A whole world: a package of its own with the world in it, and the packages of the interfaces that it names.
pub(crate) fn world(
    engine: &Engine,
    imports: &[(&str, ComponentItem)],
    exports: &[(&str, ComponentItem)],
) -> Result<String> {
    let mut world = World { engine, writer: Writer::default(), packages: Vec::new() };
    world.writer.text += "package root:component;\n\nworld root {\n";
    for (word, items) in [("import", imports), ("export", exports)] {
        for (name, item) in items {
            world.item(word, name, item)?;
            check(world.length(), world.writer.looks)?;
        }
    }
    world.writer.text += "}\n";
    for (package, interfaces) in world.packages {
        let _ =
            writeln!(world.writer.text, "\npackage {package} {{\n{}}}", interfaces.join("\n").replace("\n\n", "\n"));
    }
    Ok(world.writer.text)
}

struct World<'a> {
    engine: &'a Engine,
    writer: Writer,
    /// Packages with their interfaces, in the order in which they are named first.
    packages: Vec<(String, Vec<String>)>,
}

impl World<'_> {
    fn length(&self) -> usize {
        let interfaces = self.packages.iter().flat_map(|(_, interfaces)| interfaces);
        self.writer.text.len() + interfaces.map(String::len).sum::<usize>()
    }

    fn item(&mut self, word: &str, item_name: &str, item: &ComponentItem) -> Result {
        let instance = match item {
            ComponentItem::ComponentInstance(instance) => instance,
            // In a world types are defined, not imported.
            ComponentItem::Type(_) | ComponentItem::Resource(_) if word == "import" => {
                self.writer.define(1, item_name, item);
                return Ok(());
            }
            _ => {
                let mut text = String::new();
                std::mem::swap(&mut text, &mut self.writer.text);
                self.writer.item(self.engine, item_name, item);
                std::mem::swap(&mut text, &mut self.writer.text);
                let _ = writeln!(self.writer.text, "  {word} {}: {text};", name(item_name));
                return Ok(());
            }
        };
        match split(item_name) {
            Some((package, interface)) => {
                let _ = writeln!(self.writer.text, "  {word} {item_name};");
                self.interface(&package, &interface, instance);
            }
            None => {
                let body = self.body(instance, 2);
                let _ = writeln!(self.writer.text, "  {word} {}: interface {{\n{body}  }}", name(item_name));
            }
        }
        Ok(())
    }

    /// Adds an interface to its package. One that is imported and exported is the same.
    fn interface(&mut self, package: &str, interface: &str, instance: &ComponentInstance) {
        let text = format!("  interface {} {{\n{}  }}\n", name(interface), self.body(instance, 2));
        self.writer.looks += self.packages.len();
        let place = self.packages.iter().position(|(name, _)| name == package);
        let place = place.unwrap_or_else(|| {
            self.packages.push((package.to_owned(), Vec::new()));
            self.packages.len() - 1
        });
        let interfaces = &mut self.packages[place].1;
        self.writer.looks += interfaces.len();
        let head = text.lines().next().unwrap_or_default().to_owned();
        if !interfaces.iter().any(|other| other.lines().next() == Some(&head)) {
            interfaces.push(text);
        }
    }

    /// The members of an interface: types, then resources with their functions, then all other functions.
    fn body(&mut self, instance: &ComponentInstance, depth: usize) -> String {
        let members: Vec<_> = instance.exports(self.engine).map(|(name, item)| (name, item.ty)).collect();
        let mut writer = Writer { looks: self.writer.looks, ..Writer::default() };
        for (name, item) in &members {
            if let ComponentItem::Resource(_) = item {
                writer.names.resources.push(((*name).to_owned(), resource(item)));
            }
        }
        for (member, item) in &members {
            if let ComponentItem::Type(_) = item {
                writer.define(depth, member, item);
            }
        }
        for (member, item) in &members {
            if let ComponentItem::Resource(_) = item {
                writer.resource(depth, member, &members);
            }
        }
        for (member, item) in &members {
            if let (ComponentItem::ComponentFunc(func), false) = (item, member.starts_with('[')) {
                writer.indent(depth);
                let _ = write!(writer.text, "{}: ", name(member));
                writer.func(func, 0);
                writer.text += ";\n";
            }
        }
        self.writer.looks = writer.looks;
        writer.text
    }
}

fn resource(item: &ComponentItem) -> Option<ResourceType> {
    match item {
        ComponentItem::Resource(ty) => Some(*ty),
        _ => None,
    }
}

/// Package, with its version, and interface of a name such as `wasi:io/poll@0.2.0`.
fn split(name: &str) -> Option<(String, String)> {
    let (package, interface) = name.split_once('/')?;
    if !package.contains(':') {
        return None;
    }
    Some(match interface.split_once('@') {
        Some((interface, version)) => (format!("{package}@{version}"), interface.to_owned()),
        None => (package.to_owned(), interface.to_owned()),
    })
}

/// Types that have names.
#[derive(Default)]
struct Names {
    types: Vec<(String, Type)>,
    resources: Vec<(String, Option<ResourceType>)>,
}

#[derive(Default)]
struct Writer {
    text: String,
    names: Names,
    /// How many types were looked at for their names.
    looks: usize,
}

impl Writer {
    fn indent(&mut self, depth: usize) {
        (0..depth).for_each(|_| self.text += "  ");
    }

    /// Whether what is written will be refused.
    fn is_over(&self) -> bool {
        self.text.len() > LONGEST || self.looks > MOST_LOOKS
    }

    /// The name of a type, if it has one.
    fn name_of(&mut self, ty: &Type) -> Option<&str> {
        self.looks = self.looks.saturating_add((self.names.types.len() + 1).saturating_mul(weight(ty)));
        self.names.types.iter().find(|(_, known)| known == ty).map(|(name, _)| name.as_str())
    }

    /// A type by its name, if it has one, else written out.
    fn ty(&mut self, ty: &Type) {
        if self.is_over() {
            return;
        }
        // Those of the library have no need of a name.
        let named = match ty {
            Type::Record(_) | Type::Variant(_) | Type::Enum(_) | Type::Flags(_) => self.name_of(ty).map(name),
            _ => None,
        };
        match named {
            Some(known) => self.text += &known,
            None => self.structure(ty),
        }
    }

    fn structure(&mut self, ty: &Type) {
        match ty {
            Type::Bool => self.text += "bool",
            Type::S8 => self.text += "s8",
            Type::U8 => self.text += "u8",
            Type::S16 => self.text += "s16",
            Type::U16 => self.text += "u16",
            Type::S32 => self.text += "s32",
            Type::U32 => self.text += "u32",
            Type::S64 => self.text += "s64",
            Type::U64 => self.text += "u64",
            Type::Float32 => self.text += "f32",
            Type::Float64 => self.text += "f64",
            Type::Char => self.text += "char",
            Type::String => self.text += "string",
            Type::List(list) => self.generic("list", &[list.ty()]),
            Type::FixedLengthList(list) => {
                self.text += "list<";
                self.ty(&list.ty());
                let _ = write!(self.text, ", {}>", list.len());
            }
            Type::Map(map) => self.generic("map", &[map.key(), map.value()]),
            Type::Tuple(tuple) => self.generic("tuple", &tuple.types().collect::<Vec<_>>()),
            Type::Option(option) => self.generic("option", &[option.ty()]),
            Type::Result(result) => match (result.ok(), result.err()) {
                (None, None) => self.text += "result",
                (Some(ok), None) => self.generic("result", &[ok]),
                (Some(ok), Some(err)) => self.generic("result", &[ok, err]),
                (None, Some(err)) => {
                    self.text += "result<_, ";
                    self.ty(&err);
                    self.text += ">";
                }
            },
            Type::Future(future) => self.generic("future", future.ty().as_slice()),
            Type::Stream(stream) => self.generic("stream", stream.ty().as_slice()),
            Type::ErrorContext => self.text += "error-context",
            Type::Own(resource) => self.handle(resource),
            Type::Borrow(resource) => {
                self.text += "borrow<";
                self.handle(resource);
                self.text += ">";
            }
            Type::Record(_) | Type::Variant(_) | Type::Enum(_) | Type::Flags(_) => {
                let (word, fields) = fields(ty);
                let _ = write!(self.text, "{word} {{ ");
                for (position, (field, ty)) in fields.iter().enumerate() {
                    if position > 0 {
                        self.text += ", ";
                    }
                    self.field(word, field, ty.as_ref());
                }
                self.text += " }";
            }
        }
    }

    fn handle(&mut self, resource: &ResourceType) {
        self.looks += self.names.resources.len();
        let known = self.names.resources.iter().find(|(_, ty)| ty.as_ref() == Some(resource));
        self.text += &known.map_or_else(|| RESOURCE.to_owned(), |(known, _)| name(known));
    }

    fn generic(&mut self, word: &str, types: &[Type]) {
        self.text += word;
        for (position, ty) in types.iter().enumerate() {
            self.text += if position == 0 { "<" } else { ", " };
            self.ty(ty);
        }
        if !types.is_empty() {
            self.text += ">";
        }
    }

    /// A field of a record, a case of a variant or an enum, a flag.
    fn field(&mut self, word: &str, field: &str, ty: Option<&Type>) {
        self.text += &name(field);
        if let Some(ty) = ty {
            self.text += if word == "record" { ": " } else { "(" };
            self.ty(ty);
            self.text += if word == "record" { "" } else { ")" };
        }
    }

    /// A function from its first parameters on, of which so many are left out.
    fn func(&mut self, ty: &ComponentFunc, left_out: usize) {
        if ty.async_() {
            self.text += "async ";
        }
        self.text += "func(";
        self.params(ty, left_out);
        self.text += ")";
        for result in ty.results() {
            self.text += " -> ";
            self.ty(&result);
        }
    }

    fn params(&mut self, ty: &ComponentFunc, left_out: usize) {
        for (position, (param, ty)) in ty.params().skip(left_out).enumerate() {
            if position > 0 {
                self.text += ", ";
            }
            let _ = write!(self.text, "{}: ", name(param));
            self.ty(&ty);
        }
    }

    /// An item by itself.
    fn item(&mut self, engine: &Engine, item_name: &str, item: &ComponentItem) {
        match item {
            ComponentItem::ComponentFunc(func) => self.func(func, 0),
            ComponentItem::Type(ty) => {
                self.structure(ty);
                self.names.types.push((item_name.to_owned(), ty.clone()));
            }
            ComponentItem::Resource(ty) => {
                self.text += RESOURCE;
                self.names.resources.push((item_name.to_owned(), Some(*ty)));
            }
            ComponentItem::ComponentInstance(instance) => {
                let _ = write!(self.text, "interface of {} items", instance.exports(engine).len());
            }
            ComponentItem::Module(module) => {
                let (imports, exports) = (module.imports(engine).len(), module.exports(engine).len());
                let _ = write!(self.text, "module of {imports} imports and {exports} exports");
            }
            ComponentItem::Component(component) => {
                let (imports, exports) = (component.imports(engine).len(), component.exports(engine).len());
                let _ = write!(self.text, "component of {imports} imports and {exports} exports");
            }
            ComponentItem::CoreFunc(func) => {
                let _ = write!(self.text, "{}", crate::types::Type::of(&ExternType::Func(func.clone())));
            }
        }
    }

    /// A definition, after which the type goes by its name.
    fn define(&mut self, depth: usize, item_name: &str, item: &ComponentItem) {
        if self.is_over() {
            return;
        }
        let ComponentItem::Type(ty) = item else {
            self.indent(depth);
            let _ = writeln!(self.text, "resource {};", name(item_name));
            self.names.resources.push((item_name.to_owned(), resource(item)));
            return;
        };
        self.indent(depth);
        let (word, fields) = fields(ty);
        if fields.is_empty() || self.name_of(ty).is_some() {
            let _ = write!(self.text, "type {} = ", name(item_name));
            self.ty(ty);
            self.text += ";\n";
        } else {
            let _ = writeln!(self.text, "{word} {} {{", name(item_name));
            for (field, ty) in &fields {
                self.indent(depth + 1);
                self.field(word, field, ty.as_ref());
                self.text += ",\n";
            }
            self.indent(depth);
            self.text += "}\n";
        }
        self.names.types.push((item_name.to_owned(), ty.clone()));
    }

    /// A resource with its functions, whose names say whose they are.
    fn resource(&mut self, depth: usize, resource: &str, members: &[(&str, ComponentItem)]) {
        if self.is_over() {
            return;
        }
        self.looks += members.len();
        self.indent(depth);
        let _ = write!(self.text, "resource {}", name(resource));
        let start = self.text.len();
        for (member, item) in members {
            let ComponentItem::ComponentFunc(func) = item else { continue };
            let Some((kind, rest)) = member.strip_prefix('[').and_then(|member| member.split_once(']')) else {
                continue;
            };
            let (owner, method) = rest.split_once('.').unwrap_or((rest, ""));
            if owner != resource {
                continue;
            }
            self.indent(depth + 1);
            if kind.ends_with("constructor") {
                self.text += "constructor(";
                self.params(func, 0);
                self.text += ")";
            } else {
                let is_static = kind.ends_with("static");
                let _ = write!(self.text, "{}: {}", name(method), if is_static { "static " } else { "" });
                self.func(func, usize::from(!is_static));
            }
            self.text += ";\n";
        }
        if self.text.len() == start {
            self.text += ";\n";
            return;
        }
        self.text.insert_str(start, " {\n");
        self.indent(depth);
        self.text += "}\n";
    }
}

/// The word for a type that is made of named things, and these.
fn fields(ty: &Type) -> (&'static str, Vec<(String, Option<Type>)>) {
    match ty {
        Type::Record(ty) => ("record", ty.fields().map(|field| (field.name.to_owned(), Some(field.ty))).collect()),
        Type::Variant(ty) => ("variant", ty.cases().map(|case| (case.name.to_owned(), case.ty)).collect()),
        Type::Enum(ty) => ("enum", ty.names().map(|name| (name.to_owned(), None)).collect()),
        Type::Flags(ty) => ("flags", ty.names().map(|name| (name.to_owned(), None)).collect()),
        _ => ("type", Vec::new()),
    }
}
