//! `mojo/wasmtime_mojo/_ffi.mojo`: the constants and a table of typed function pointers.

use crate::abi::{Abi, Constant, Doc, Signature, Ty};

const HEAD: &str = r##""""The raw declarations of libwasmtime_shim.

Generated from the library's Rust source; `make generate` rewrites this file.

How C types are written here:

- A handle is `UInt64`, `size_t` is `Int`, `double` is `Float64`.
- `const T *` is `InT` and `T *` is `OutT`. Text and bytes are both `InBytes` and `OutBytes`. Their origins are
  unbound, so that what they point to stays alive across the call.
- `uint8_t **` is `OutPointer`: the library writes a pointer whose lifetime Mojo cannot know.
- `void *env` is `Env`, and a callback is a `thin abi("C")` function. There is no NULL: pass a `Drop` that does nothing.
"""

from std.ffi import OwnedDLHandle, RTLD

# One declaration a line, so that a change of the ABI is a change of one line.
# fmt: off

comptime InBytes = Pointer[mut=False, UInt8, _]
"""Bytes or UTF-8 text that the library reads."""
comptime OutBytes = Pointer[mut=True, UInt8, _]
"""Bytes or UTF-8 text that the library writes."""
comptime InI32 = Pointer[mut=False, Int32, _]
"""Value kinds that the library reads."""
comptime OutI32 = Pointer[mut=True, Int32, _]
"""One or more `Int32` that the library writes."""
comptime OutU32 = Pointer[mut=True, UInt32, _]
"""A `UInt32` that the library writes."""
comptime InI64 = Pointer[mut=False, Int64, _]
"""Slots that the library reads."""
comptime OutI64 = Pointer[mut=True, Int64, _]
"""One or more `Int64`, often slots, that the library writes."""
comptime InU64 = Pointer[mut=False, UInt64, _]
"""Handles that the library reads."""
comptime OutU64 = Pointer[mut=True, UInt64, _]
"""A handle or another `UInt64` that the library writes."""
comptime InF64 = Pointer[mut=False, Float64, _]
"""Doubles that the library reads."""
comptime OutF64 = Pointer[mut=True, Float64, _]
"""Doubles that the library writes."""
comptime InSize = Pointer[mut=False, Int, _]
"""Sizes that the library reads."""
comptime OutSize = Pointer[mut=True, Int, _]
"""A size that the library writes."""
comptime OutPointer = Pointer[mut=True, Pointer[UInt8, MutUntrackedOrigin], _]
"""A pointer to bytes that the library writes, or pointers to columns that it reads."""
comptime Env = Pointer[UInt8, MutUntrackedOrigin]
"""What a callback was registered with, untouched by the library."""
comptime Args = Pointer[Int64, ImmUntrackedOrigin]
"""The argument slots of a callback, valid until it returns."""
comptime Results = Pointer[Int64, MutUntrackedOrigin]
"""The result slots of a callback, valid until it returns."""
comptime Lent = Pointer[UInt8, ImmUntrackedOrigin]
"""Bytes or UTF-8 text that a callback is lent, valid until it returns."""
"##;

const LOOK_UP: &str = r##""""


# Code that stands here once is compiled once, and not for each type of a function.
@no_inline
def _look_up(lib: OwnedDLHandle, path: String) raises -> List[Int]:
    var addresses = List[Int]()
    for name in _NAMES.split():
        var symbol = lib.get_symbol[NoneType](name)
        if not symbol:
            raise Error("'", path, "' has no function ", name, ": libwasmtime_shim ", LIBRARY_VERSION, " is needed")
        addresses.append(Int(symbol.value()))
    return addresses^


@always_inline
def _function[F: TrivialRegisterPassable](address: Pointer[mut=False, Int, _]) -> F:
    # The function's address is the value that is pointed to.
    return address.unsafe_bitcast[F]()[]


struct _Lib(Movable):
    """The library's functions, looked up once."""

    var _handle: OwnedDLHandle

"##;

const OPEN: &str = r##"
    def __init__(out self, path: String) raises:
        """Opens the library and looks every function up.

        The library is never unloaded: Mojo drops this struct at its last use,
        which may be before the function it gave has returned.

        Args:
            path: A path, or a bare name to search for as `dlopen` does.

        Raises:
            An error if the library cannot be opened or lacks a function.
        """
        self._handle = OwnedDLHandle(path, RTLD.NOW | RTLD.NODELETE)
        var addresses = _look_up(self._handle, path)
        var first = addresses.unsafe_ptr()
"##;

const CLOSE: &str = "        _ = addresses^\n";

pub fn generate(abi: &Abi, version: &str) -> String {
    let mut out = HEAD.to_string();
    abi.callbacks.iter().for_each(|c| out += &callback(abi, c));
    out += &format!("\ncomptime LIBRARY_VERSION = \"{version}\"\n");
    out += "\"\"\"The version that these declarations are of.\"\"\"\n\n";
    abi.constants.iter().for_each(|c| out += &constant(c));
    out += "\ncomptime _NAMES = \"\"\"\n";
    abi.functions.iter().for_each(|f| out += &format!("{}\n", f.signature.name));
    out += LOOK_UP;
    abi.functions.iter().for_each(|f| out += &field(abi, &f.signature));
    out += OPEN;
    abi.functions.iter().enumerate().for_each(|(index, f)| out += &looked_up(index, &f.signature.name));
    out + CLOSE
}

fn callback(abi: &Abi, callback: &Signature) -> String {
    let declared = function_type(abi, callback, callback_types(callback));
    format!("comptime {} = {declared}\n{}\n", alias(&callback.name), docstring(&callback.doc))
}

fn constant(constant: &Constant) -> String {
    let ty = match constant.ty.as_str() {
        "uint64_t" => "UInt64",
        "uint32_t" => "UInt32",
        _ => "Int32",
    };
    format!("comptime {}: {ty} = {}\n{}\n", constant.name, constant.value, docstring(&constant.doc))
}

fn field(abi: &Abi, function: &Signature) -> String {
    let types = function.params.iter().map(|p| mojo(abi, &p.ty)).collect();
    let declared = function_type(abi, function, types);
    format!("    var {}: {declared}\n    {}\n", short(&function.name), docstring(&function.doc))
}

fn looked_up(index: usize, name: &str) -> String {
    let field = short(name);
    format!("        self.{field} = _function[type_of(self.{field})](first.unsafe_offset({index}))\n")
}

fn function_type(abi: &Abi, signature: &Signature, types: Vec<String>) -> String {
    let returns = signature.returns.as_ref().map_or("None".into(), |ty| mojo(abi, ty));
    format!("def({}) thin abi(\"C\") -> {returns}", types.join(", "))
}

fn docstring(doc: &Doc) -> String {
    let text = doc.summary().replace('\\', "\\\\").replace('"', "'");
    format!("\"\"\"{text}\"\"\"")
}

fn short(function: &str) -> &str {
    function.trim_start_matches("wts_")
}

/// `wts_callback_t` is `Callback`.
fn alias(callback: &str) -> String {
    let name = callback.trim_start_matches("wts_").trim_end_matches("_t");
    name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}

/// What a callback receives comes from the library, so its origins are untracked.
fn callback_types(callback: &Signature) -> Vec<String> {
    let ty = |ty: &Ty| match ty.c().as_str() {
        "void *" => "Env".to_string(),
        "const int64_t *" => "Args".to_string(),
        "int64_t *" => "Results".to_string(),
        "const char *" | "const uint8_t *" => "Lent".to_string(),
        "uint64_t *" => "Pointer[UInt64, MutUntrackedOrigin]".to_string(),
        "uint8_t *" => "Pointer[UInt8, MutUntrackedOrigin]".to_string(),
        "size_t *" => "Pointer[Int, MutUntrackedOrigin]".to_string(),
        "int32_t" => "Int32".to_string(),
        "int64_t" => "Int64".to_string(),
        "size_t" => "Int".to_string(),
        "uint64_t" | "wts_caller_t" | "wts_store_t" => "UInt64".to_string(),
        other => panic!("{}: teach tests/generated/mojo.rs to write `{other}` of a callback", callback.name),
    };
    callback.params.iter().map(|p| ty(&p.ty)).collect()
}

fn mojo(abi: &Abi, ty: &Ty) -> String {
    match ty {
        Ty::Name(name) if abi.is_callback(name) => alias(name),
        Ty::Name(name) => number(abi, name).to_string(),
        Ty::Pointer { mutable, to } => match (&**to, to.base()) {
            (Ty::Pointer { .. }, _) => "OutPointer".into(),
            (_, Some("c_void")) => "Env".into(),
            (_, name) => format!("{}{}", if *mutable { "Out" } else { "In" }, element(abi, name.unwrap_or(""))),
        },
        Ty::Foreign => panic!("a type that C lacks cannot cross"),
    }
}

fn number<'a>(abi: &Abi, name: &'a str) -> &'a str {
    match name {
        "i32" | "wts_status_t" => "Int32",
        "u32" => "UInt32",
        "i64" => "Int64",
        "u64" => "UInt64",
        "f64" => "Float64",
        "usize" => "Int",
        handle if abi.is_handle(handle) => "UInt64",
        other => panic!("teach tests/generated/mojo.rs to write `{other}`"),
    }
}

fn element(abi: &Abi, name: &str) -> &'static str {
    match name {
        "u8" | "c_char" => "Bytes",
        "usize" => "Size",
        name => match number(abi, name) {
            "Int32" => "I32",
            "UInt32" => "U32",
            "Int64" => "I64",
            "Float64" => "F64",
            _ => "U64",
        },
    }
}
