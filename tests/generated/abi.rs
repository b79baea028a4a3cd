//! What `src/` says about the ABI: every type, constant, callback and exported function.

use std::fs;
use std::path::{Path, PathBuf};

use syn::{
    Attribute, BinOp, Expr, FnArg, GenericArgument, Item, Lit, Pat, PathArguments, ReturnType, Type, UnOp, Visibility,
};

/// A section of the header, in its order: its objects (`wts_<object>_...`) and constants (`WTS_<prefix>...`).
pub struct Section {
    pub title: &'static str,
    pub objects: &'static [&'static str],
    pub constants: &'static [&'static str],
}

const fn section(title: &'static str, objects: &'static [&'static str], constants: &'static [&'static str]) -> Section {
    Section { title, objects, constants }
}

pub const SECTIONS: [Section; 35] = [
    section("Version", &["version"], &["VERSION_"]),
    section("Status and errors", &["status", "trap", "error"], &["OK", "PENDING", "ERR_", "TRAP_"]),
    section("Handle", &["handle"], &["KIND_"]),
    section(
        "Config",
        &["config", "option"],
        &[
            "OPTION_",
            "OPT_",
            "STRATEGY_",
            "OPTIMIZE_",
            "ALLOCATION_",
            "COLLECTOR_",
            "REGALLOC_",
            "INLINING_",
            "PROFILING_",
            "PAGEMAP_SCAN_",
        ],
    ),
    section("Engine", &["engine"], &["POOL_"]),
    section("Artifact", &["artifact"], &["ARTIFACT_"]),
    section("Module", &["module"], &[]),
    section("Type", &["type"], &[""]),
    section("Store", &["store"], &["STORE_", "HOOK_"]),
    section("Linker", &["linker"], &[]),
    section("Pre-instance", &["instance_pre"], &[]),
    section("Instance", &["instance"], &[]),
    section("Func", &["func"], &[]),
    section("Pending call", &["pending"], &[]),
    section("Caller", &["caller"], &[]),
    section("Memory", &["memory"], &[]),
    section("Shared memory", &["shared_memory"], &["WAIT_"]),
    section("Global", &["global"], &[]),
    section("Table", &["table"], &[]),
    section("Tag", &["tag"], &[]),
    section("Reference", &["reference", "externref", "anyref"], &[]),
    section("I31", &["i31"], &[]),
    section("Struct", &["struct"], &[]),
    section("Array", &["array"], &[]),
    section("Exception", &["exn"], &[]),
    section("Component", &["component"], &["COMPONENT_ITEM_"]),
    section("Component linker", &["component_linker"], &[]),
    section("Pre-instance of a component", &["component_instance_pre"], &[]),
    section("Component instance", &["component_instance"], &[]),
    section("Component func", &["component_func"], &[]),
    section("Resource", &["resource"], &[]),
    section("Buffer", &["buffer"], &[]),
    section("Profiler", &["profiler"], &[]),
    section("WASI", &["wasi"], &["WASI_"]),
    section("Thread", &["thread"], &[]),
];

#[derive(Default)]
pub struct Abi {
    pub types: Vec<TypeDef>,
    pub constants: Vec<Constant>,
    pub callbacks: Vec<Signature>,
    pub functions: Vec<Function>,
}

/// A handle (`repr(transparent)` over `u64`) or an alias of a number.
pub struct TypeDef {
    pub name: String,
    pub doc: Doc,
    pub base: String,
}

pub struct Constant {
    pub name: String,
    pub ty: String,
    pub value: i128,
    pub doc: Doc,
}

pub struct Signature {
    pub name: String,
    pub doc: Doc,
    pub params: Vec<Param>,
    pub returns: Option<Ty>,
}

pub struct Function {
    pub object: &'static str,
    pub signature: Signature,
}

pub struct Param {
    pub name: String,
    pub ty: Ty,
}

#[derive(Clone, PartialEq)]
pub enum Ty {
    Name(String),
    Pointer {
        mutable: bool,
        to: Box<Ty>,
    },
    /// Anything that C has no word for: a slice, a tuple, a reference.
    Foreign,
}

/// A documentation comment, cut at its `# Headings`.
#[derive(Default)]
pub struct Doc {
    pub text: String,
    sections: Vec<(String, String)>,
}

impl Abi {
    pub fn of_crate(root: &Path) -> Result<Abi, String> {
        let mut abi = Abi::default();
        for path in source_files(&root.join("src")) {
            let source = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            abi.add(&source).map_err(|e| format!("{}: {e}", path.display()))?;
        }
        let place = |f: &Function| SECTIONS.iter().position(|section| section.objects.contains(&f.object));
        abi.functions.sort_by_key(place);
        Ok(abi)
    }

    /// Adds what one source file declares.
    pub fn add(&mut self, source: &str) -> Result<(), String> {
        for item in syn::parse_file(source).map_err(|e| e.to_string())?.items {
            match item {
                Item::Struct(item) if is_transparent(&item.attrs) && crosses(&item.vis, &item.ident) => {
                    self.add_handle(&item)
                }
                Item::Type(item) if crosses(&item.vis, &item.ident) => self.add_alias(&item),
                Item::Const(item) if crosses(&item.vis, &item.ident) => self.add_constant(&item)?,
                Item::Fn(item) if is_exported(&item.attrs) => self.add_function(&item)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn add_handle(&mut self, item: &syn::ItemStruct) {
        let base = item.fields.iter().next().map_or_else(String::new, |field| Ty::of(&field.ty).c());
        self.types.push(TypeDef { name: item.ident.to_string(), doc: Doc::of(&item.attrs), base });
    }

    fn add_constant(&mut self, item: &syn::ItemConst) -> Result<(), String> {
        let name = item.ident.to_string();
        let value = number(&item.expr).ok_or(format!("{name}: its value is not a plain number"))?;
        self.constants.push(Constant { name, ty: Ty::of(&item.ty).c(), value, doc: Doc::of(&item.attrs) });
        Ok(())
    }

    fn add_function(&mut self, item: &syn::ItemFn) -> Result<(), String> {
        let name = item.sig.ident.to_string();
        let object = object_of(&name).ok_or(format!("{name}: add its object to SECTIONS"))?;
        let params = item.sig.inputs.iter().map(Param::of).collect::<Option<_>>();
        let params = params.ok_or(format!("{name}: each parameter must be `name: type`"))?;
        let signature = Signature { name, doc: Doc::of(&item.attrs), params, returns: returns(&item.sig.output) };
        self.functions.push(Function { object, signature });
        Ok(())
    }

    fn add_alias(&mut self, item: &syn::ItemType) {
        let (name, doc) = (item.ident.to_string(), Doc::of(&item.attrs));
        match callback_type(&item.ty) {
            Some(f) => {
                let argument = |(i, arg): (usize, &syn::BareFnArg)| Param {
                    name: arg.name.as_ref().map_or_else(|| format!("arg{i}"), |(name, _)| plain(name)),
                    ty: Ty::of(&arg.ty),
                };
                let params = f.inputs.iter().enumerate().map(argument).collect();
                self.callbacks.push(Signature { name, doc, params, returns: returns(&f.output) });
            }
            None => self.types.push(TypeDef { name, doc, base: Ty::of(&item.ty).c() }),
        }
    }

    /// The statuses that a function's `# Errors` names; a function named there stands for its own.
    pub fn errors<'a>(&'a self, function: &'a Function) -> Vec<&'a str> {
        let (mut errors, mut read, mut unread) = (Vec::new(), Vec::new(), vec![function]);
        while let Some(function) = unread.pop() {
            read.push(&function.signature.name);
            for word in words(function.signature.doc.section("Errors").unwrap_or("")) {
                if word.starts_with("WTS_ERR_") && !errors.contains(&word) {
                    errors.push(word);
                }
                unread.extend(
                    self.functions.iter().filter(|f| f.signature.name == word && !read.contains(&&f.signature.name)),
                );
            }
        }
        errors
    }

    pub fn is_handle(&self, ty: &str) -> bool {
        self.types.iter().any(|t| t.name == ty && t.base == "uint64_t")
    }

    pub fn is_callback(&self, ty: &str) -> bool {
        self.callbacks.iter().any(|c| c.name == ty)
    }
}

impl Function {
    /// A total function cannot fail: it returns its value, not a status.
    pub fn is_total(&self) -> bool {
        self.signature.returns != Some(Ty::Name("wts_status_t".into()))
    }
}

impl Signature {
    /// The parameters as C declares them.
    pub fn c_params(&self) -> String {
        if self.params.is_empty() {
            return "void".into();
        }
        let declared = |p: &Param| match p.ty.c() {
            ty if ty.ends_with('*') => format!("{ty}{}", p.name),
            ty => format!("{ty} {}", p.name),
        };
        self.params.iter().map(declared).collect::<Vec<_>>().join(", ")
    }

    pub fn c_returns(&self) -> String {
        self.returns.as_ref().map_or("void".into(), Ty::c)
    }
}

impl Param {
    fn of(arg: &FnArg) -> Option<Param> {
        let FnArg::Typed(arg) = arg else { return None };
        let Pat::Ident(name) = &*arg.pat else { return None };
        Some(Param { name: plain(&name.ident), ty: Ty::of(&arg.ty) })
    }
}

impl Ty {
    fn of(ty: &Type) -> Ty {
        match ty {
            Type::Path(path) => Ty::Name(path.path.segments.last().unwrap().ident.to_string()),
            Type::Ptr(pointer) => {
                Ty::Pointer { mutable: pointer.mutability.is_some(), to: Box::new(Ty::of(&pointer.elem)) }
            }
            _ => Ty::Foreign,
        }
    }

    /// The type as C spells it.
    pub fn c(&self) -> String {
        match self {
            Ty::Name(name) => c_name(name).to_string(),
            Ty::Pointer { mutable, to } => match (&**to, to.c()) {
                (Ty::Pointer { .. }, inner) if *mutable => format!("{inner}*"),
                (Ty::Pointer { .. }, inner) => format!("{inner}const *"),
                (_, inner) if *mutable => format!("{inner} *"),
                (_, inner) => format!("const {inner} *"),
            },
            Ty::Foreign => "a type that C lacks".into(),
        }
    }

    /// The name of the type behind the pointers.
    pub fn base(&self) -> Option<&str> {
        match self {
            Ty::Name(name) => Some(name),
            Ty::Pointer { to, .. } => to.base(),
            Ty::Foreign => None,
        }
    }
}

fn c_name(rust: &str) -> &str {
    match rust {
        "i32" => "int32_t",
        "u32" => "uint32_t",
        "i64" => "int64_t",
        "u64" => "uint64_t",
        "f64" => "double",
        "usize" => "size_t",
        "u8" => "uint8_t",
        "c_char" => "char",
        "c_void" => "void",
        other => other,
    }
}

impl Doc {
    fn of(attrs: &[Attribute]) -> Doc {
        let without_links = |line: String| line.replace("[`", "`").replace("`]", "`");
        let lines: Vec<String> = attrs.iter().filter_map(doc_line).map(without_links).collect();
        let mut doc = Doc::default();
        for line in lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)) {
            match (line.strip_prefix("# "), doc.sections.last_mut()) {
                (Some(heading), _) => doc.sections.push((heading.to_string(), String::new())),
                (None, Some((_, text))) => *text += &format!("{line}\n"),
                (None, None) => doc.text += &format!("{line}\n"),
            }
        }
        doc.text = doc.text.trim().to_string();
        doc.sections.iter_mut().for_each(|(_, text)| *text = text.trim().to_string());
        doc
    }

    pub fn section(&self, heading: &str) -> Option<&str> {
        self.sections.iter().find(|(name, text)| name == heading && !text.is_empty()).map(|(_, text)| text.as_str())
    }

    pub fn words(&self) -> impl Iterator<Item = &str> {
        let texts = self.sections.iter().map(|(_, text)| text.as_str());
        [self.text.as_str()].into_iter().chain(texts).flat_map(words)
    }

    /// The first sentence, on one line.
    pub fn summary(&self) -> String {
        let paragraph = self.text.split("\n\n").next().unwrap_or("").replace('\n', " ");
        match paragraph.split_once(". ") {
            Some((sentence, _)) => format!("{sentence}."),
            None => paragraph,
        }
    }
}

fn source_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let nested = paths.into_iter().flat_map(|path| if path.is_dir() { source_files(&path) } else { vec![path] });
    nested.filter(|path| path.extension().is_some_and(|e| e == "rs")).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

fn doc_line(attr: &Attribute) -> Option<String> {
    let syn::Meta::NameValue(meta) = &attr.meta else { return None };
    match &meta.value {
        Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) if meta.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

/// The object of `wts_<object>_<verb>`; the longest name wins: `instance_pre` before `instance`.
fn object_of(function: &str) -> Option<&'static str> {
    let rest = function.strip_prefix("wts_")?;
    let of_this = |object: &&str| rest.strip_prefix(*object).is_some_and(|verb| verb.starts_with('_'));
    SECTIONS.iter().flat_map(|section| section.objects).copied().filter(of_this).max_by_key(|object| object.len())
}

/// `Option<unsafe extern "C" fn(...)>`, the only shape of callback that cbindgen and NULL agree on.
fn callback_type(ty: &Type) -> Option<&syn::TypeBareFn> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(Type::BareFn(f)) => Some(f),
        _ => None,
    }
}

fn returns(output: &ReturnType) -> Option<Ty> {
    match output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => Some(Ty::of(ty)),
    }
}

fn number(expr: &Expr) -> Option<i128> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(int) => int.base10_parse().ok(),
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => number(&unary.expr).map(|n| -n),
        Expr::Binary(shift) if matches!(shift.op, BinOp::Shl(_)) => Some(number(&shift.left)? << number(&shift.right)?),
        Expr::Path(path) => {
            let names: Vec<_> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            match names.join("::").as_str() {
                "u64::MAX" => Some(u64::MAX.into()),
                "i64::MAX" => Some(i64::MAX.into()),
                "u32::MAX" => Some(u32::MAX.into()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// `r#type` is `type` to C.
fn plain(name: &syn::Ident) -> String {
    name.to_string().trim_start_matches("r#").to_string()
}

fn crosses(visibility: &Visibility, name: &syn::Ident) -> bool {
    let name = name.to_string();
    matches!(visibility, Visibility::Public(_)) && (name.starts_with("wts_") || name.starts_with("WTS_"))
}

fn is_transparent(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|a| a.path().is_ident("repr") && a.parse_args::<syn::Ident>().is_ok_and(|i| i == "transparent"))
}

/// `#[unsafe(no_mangle)]`, or `#[no_mangle]` of older editions.
fn is_exported(attrs: &[Attribute]) -> bool {
    let wrapped = |a: &Attribute| a.parse_args::<syn::Ident>().is_ok_and(|inner| inner == "no_mangle");
    attrs.iter().any(|a| a.path().is_ident("no_mangle") || a.path().is_ident("unsafe") && wrapped(a))
}
