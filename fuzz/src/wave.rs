//! Values of components as text in WAVE, as bytes and as slots, through functions that return what they are given.
//!
//! What is taken comes back, and what comes back is taken and comes back the same.

use crate::library::*;
use std::fmt::Write;
use std::sync::LazyLock;

/// The types of what goes through as text. `pad` is so wide that all goes through memory, where a value has the same
/// layout as a parameter and as a result: so one core function returns any of them.
const TEXTS: &[(&str, &str)] = &[
    ("numbers", "(tuple bool s8 u8 s16 u16 s32 u32 s64 u64 f32 f64 char)"),
    ("string", "string"),
    ("bytes", "(list u8)"),
    ("lists", "(list (list string))"),
    ("floats", "(list (tuple f32 f64))"),
    ("options", "(tuple (option u8) (option (option string)) (option (list bool)))"),
    ("results", "(tuple (result) (result u8) (result (error string)) (result u16 (error (list u8))))"),
    ("record", "$record"),
    ("variant", "(list $variant)"),
    ("enum", "(list $enum)"),
    ("flags", "(list $flags)"),
    ("fixed", "(list u8 3)"),
];

/// Scalars, and the core type that each has. They go through as slots.
const SCALARS: &[(&str, &str)] = &[
    ("bool", "i32"),
    ("s8", "i32"),
    ("u8", "i32"),
    ("s16", "i32"),
    ("u16", "i32"),
    ("s32", "i32"),
    ("u32", "i32"),
    ("s64", "i64"),
    ("u64", "i64"),
    ("f32", "f32"),
    ("f64", "f64"),
    ("char", "i32"),
];

/// How many numbers `pad` has: more than go to a function outside of memory.
const PAD: usize = 17;

/// What memory is given out for stays until the call returns. Results of two values are left at 16.
const CORE: &str = r#"
    (core module $m
      (memory (export "memory") 1)
      (global $next (mut i32) (i32.const 64))
      (func (export "realloc") (param $old i32) (param $old_size i32) (param $align i32) (param $size i32) (result i32)
        (local $at i32)
        (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
                                (i32.sub (i32.const 0) (local.get $align))))
        (global.set $next (i32.add (local.get $at) (local.get $size)))
        (block $room
          (loop $more
            (br_if $room (i32.le_u (global.get $next) (i32.mul (memory.size) (i32.const 65536))))
            (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
          unreachable)
        (memory.copy (local.get $at) (local.get $old) (local.get $old_size))
        (local.get $at))
      (func (export "free") (param i32) (global.set $next (i32.const 64)))
      (func (export "i32") (param i32) (result i32) (local.get 0))
      (func (export "i64") (param i64) (result i64) (local.get 0))
      (func (export "f32") (param f32) (result f32) (local.get 0))
      (func (export "f64") (param f64) (result f64) (local.get 0))
      (func (export "two") (param i32 i32) (result i32)
        (i32.store (i32.const 16) (local.get 0))
        (i32.store (i32.const 20) (local.get 1))
        (i32.const 16)))
    (core instance $i (instantiate $m))
    (alias core export $i "memory" (core memory $memory))
    (alias core export $i "realloc" (core func $realloc))
    (type $record' (record (field "a" u32) (field "b-c" string) (field "some" (option bool)) (field "inf" (list s64))))
    (export $record "r" (type $record'))
    (type $variant' (variant (case "none") (case "one" u32) (case "many" (list f64)) (case "true") (case "ok" string)))
    (export $variant "v" (type $variant'))
    (type $enum' (enum "nan" "false" "err" "plain"))
    (export $enum "e" (type $enum'))
    (type $flags' (flags "inf" "some" "x" "y-z"))
    (export $flags "f" (type $flags'))
"#;

fn component_text() -> String {
    let mut text = format!("(component {CORE}");
    let pad = format!("(tuple{})", " u64".repeat(PAD));
    let options = "(memory $memory) (realloc (core func $realloc)) (post-return (core func $i \"free\"))";
    for (name, ty) in TEXTS {
        let ty = format!("(param \"value\" {ty}) (param \"pad\" {pad}) (result (tuple {ty} {pad}))");
        write!(text, "(func (export \"text-{name}\") {ty} (canon lift (core func $i \"i32\") {options}))").unwrap();
    }
    for (name, ty) in [("string", "string"), ("list", "(list u8)")] {
        let ty = format!("(param \"value\" {ty}) (result {ty})");
        write!(text, "(func (export \"bytes-{name}\") {ty} (canon lift (core func $i \"two\") {options}))").unwrap();
    }
    for (ty, core) in SCALARS {
        let signature = format!("(param \"value\" {ty}) (result {ty})");
        write!(text, "(func (export \"slot-{ty}\") {signature} (canon lift (core func $i \"{core}\")))").unwrap();
    }
    text + ")"
}

struct Guest {
    engine: wts_engine_t,
    pre: wts_component_instance_pre_t,
}

static GUEST: LazyLock<Guest> = LazyLock::new(|| {
    let engine = engine(&[(WTS_OPT_WASM_COMPONENT_MODEL_FIXED_LENGTH_LISTS, 1)]);
    let text = component_text();
    let (mut component, mut linker) = (wts_component_t(0), wts_component_linker_t(0));
    let mut pre = wts_component_instance_pre_t(0);
    // SAFETY: the input is a slice, the outputs are variables.
    unsafe {
        must(wts_component_new(engine, text.as_ptr(), text.len(), &mut component), "wts_component_new");
        must(wts_component_linker_new(engine, &mut linker), "wts_component_linker_new");
        must(wts_component_linker_instance_pre(linker, component, &mut pre), "wts_component_linker_instance_pre");
    }
    Guest { engine, pre }
});

/// Runs one input: text for each function that takes text, bytes, and slots of 8 bytes each.
pub fn run(data: &[u8]) {
    let guest = &*GUEST;
    let before = live(WTS_KIND_NONE);
    let (mut store, mut instance) = (wts_store_t(0), wts_component_instance_t(0));
    // SAFETY: outputs are variables.
    unsafe {
        must(wts_store_new(guest.engine, 0, &mut store), "wts_store_new");
        must(wts_component_instance_pre_instantiate(guest.pre, store, &mut instance), "instantiating");
    }
    for (name, _) in TEXTS {
        text_through(func(instance, &format!("text-{name}")), name, data);
    }
    bytes_through(func(instance, "bytes-string"), data, std::str::from_utf8(data).is_ok());
    bytes_through(func(instance, "bytes-list"), data, true);
    for slot in data.chunks_exact(8).take(8) {
        let slot = i64::from_le_bytes(slot.try_into().expect("8 bytes"));
        SCALARS.iter().for_each(|(ty, _)| slot_through(func(instance, &format!("slot-{ty}")), ty, slot));
    }
    must(wts_store_delete(store), "wts_store_delete");
    assert_eq!(live(WTS_KIND_NONE), before, "handles left alive");
}

fn func(instance: wts_component_instance_t, name: &str) -> wts_component_func_t {
    let mut func = wts_component_func_t(0);
    // SAFETY: the text is as long as said, the output a variable.
    let status = unsafe { wts_component_instance_get_func(instance, name.as_ptr().cast(), name.len(), &mut func) };
    must(status, name);
    func
}

/// Calls with a text; the result's, or the status.
fn call(func: wts_component_func_t, args: &[u8]) -> Result<String, wts_status_t> {
    let mut buffer = wts_buffer_t(0);
    // SAFETY: the input is a slice, the output a variable.
    match unsafe { wts_component_func_call_wave(func, args.as_ptr().cast(), args.len(), &mut buffer) } {
        WTS_OK => Ok(String::from_utf8(take_buffer(buffer)).expect("WAVE is UTF-8")),
        status => {
            assert_eq!(buffer.0, 0, "a failed call wrote its output");
            Err(status)
        }
    }
}

fn text_through(func: wts_component_func_t, name: &str, data: &[u8]) {
    let pad = ["0"; PAD].join(", ");
    let args = [b"(", data, b", (", pad.as_bytes(), b"))"].concat();
    match call(func, &args) {
        Ok(result) => {
            let again = call(func, result.as_bytes()).unwrap_or_else(|status| {
                panic!("{name}: {result} came back and is refused with {status}: {}", Failure::take().message)
            });
            assert_eq!(again, result, "{name}");
        }
        Err(WTS_ERR_UTF8) => assert!(std::str::from_utf8(data).is_err(), "{name}: {data:?} is UTF-8"),
        Err(status) => {
            let message = Failure::take().message;
            let known = matches!(status, WTS_ERR_TYPE | WTS_ERR_RANGE | WTS_ERR_UNSUPPORTED | WTS_ERR_LIMIT);
            assert!(known, "{name}: {status}: {message}");
            assert!(!message.is_empty(), "{name}: {status} without a message");
        }
    }
}

fn bytes_through(func: wts_component_func_t, data: &[u8], fits: bool) {
    let mut buffer = wts_buffer_t(0);
    let (none, no_results) = (std::ptr::null(), std::ptr::null_mut());
    // SAFETY: the input is a slice, the output a variable.
    let status =
        unsafe { wts_component_func_call_bytes(func, none, 0, data.as_ptr(), data.len(), no_results, 0, &mut buffer) };
    if fits {
        must(status, "wts_component_func_call_bytes");
        assert_eq!(take_buffer(buffer), data, "bytes");
    } else {
        assert_eq!((status, buffer.0), (WTS_ERR_UTF8, 0), "bytes that are not UTF-8");
    }
}

/// The slot that comes back, if the value is one of the type.
fn expected(ty: &str, slot: i64) -> Option<i64> {
    let whole = |low: i64, high: i64| (low..=high).contains(&slot).then_some(slot);
    match ty {
        "bool" => whole(0, 1),
        "s8" => whole(-0x80, 0x7f),
        "u8" => whole(0, 0xff),
        "s16" => whole(-0x8000, 0x7fff),
        "u16" => whole(0, 0xffff),
        "s32" => whole(-0x8000_0000, 0x7fff_ffff),
        "u32" => whole(0, 0xffff_ffff),
        "f32" => whole(-0x8000_0000, 0xffff_ffff).map(|slot| slot & 0xffff_ffff),
        "char" => whole(0, 0xd7ff).or(whole(0xe000, 0x10_ffff)),
        _ => Some(slot),
    }
}

fn slot_through(func: wts_component_func_t, ty: &str, slot: i64) {
    let mut result = 0;
    // SAFETY: the input and the output are variables.
    let status = unsafe { wts_component_func_call(func, &slot, 1, &mut result, 1) };
    match expected(ty, slot) {
        Some(wanted) => {
            must(status, ty);
            assert!(same(ty, result, wanted), "{ty}: {slot:#x} came back as {result:#x}");
        }
        None => assert_eq!((status, result), (WTS_ERR_RANGE, 0), "{ty}: {slot:#x}"),
    }
}

/// Floats may come back as another NaN.
fn same(ty: &str, one: i64, two: i64) -> bool {
    let is_nan = |slot: i64| match ty {
        "f32" => f32::from_bits(slot as u32).is_nan(),
        _ => ty == "f64" && f64::from_bits(slot as u64).is_nan(),
    };
    one == two || is_nan(one) && is_nan(two)
}
