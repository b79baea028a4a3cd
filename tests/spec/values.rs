//! The suite's constants as slots, and its patterns against results.

use wast::core::{AbstractHeapType, HeapType, NanPattern, V128Pattern, WastArgCore, WastRetCore};
use wast::token::{F32, F64};
use wast::{WastArg, WastRet};

use crate::library::*;
use crate::objects::{self, Owned, Result};

// ---- arguments ----

/// The slots of arguments, and the references among them, which are good for as long as these are held.
pub fn encode(store: &Owned, args: &[WastArg]) -> Result<(Vec<i64>, Vec<Owned>)> {
    let (mut slots, mut references) = (Vec::new(), Vec::new());
    let mut lend = |slots: &mut Vec<i64>, reference: Owned| {
        slots.push(reference.handle() as i64);
        references.push(reference);
    };
    for arg in args {
        let WastArg::Core(arg) = arg else { return Err(format!("{arg:?} is not of core WebAssembly").into()) };
        match arg {
            WastArgCore::I32(value) => slots.push(i64::from(*value)),
            WastArgCore::I64(value) => slots.push(*value),
            WastArgCore::F32(value) => slots.push(i64::from(value.bits)),
            WastArgCore::F64(value) => slots.push(value.bits as i64),
            WastArgCore::V128(value) => {
                let bits = u128::from_le_bytes(value.to_le_bytes());
                slots.extend([bits as i64, (bits >> 64) as i64]);
            }
            WastArgCore::RefNull(_) => slots.push(0),
            WastArgCore::RefExtern(value) => lend(&mut slots, objects::externref(store, u64::from(*value))?),
            WastArgCore::RefHost(value) => {
                lend(&mut slots, objects::to_any(&objects::externref(store, u64::from(*value))?)?);
            }
        }
    }
    Ok((slots, references))
}

// ---- results ----

/// A result, bit by bit.
#[derive(Debug, PartialEq)]
pub enum Value {
    I32(i32),
    I64(i64),
    F32(u32),
    F64(u64),
    V128(u128),
    /// A null, by the kind of its type.
    Null(i32),
    Func,
    /// An externref, with its value if the host made it.
    Extern(Option<u64>),
    /// An externref that was made internal, with its value if the host made it.
    Host(Option<u64>),
    /// Another reference, by its kind.
    Object(i32),
    /// A slot that is not spelled as those of its kind.
    Malformed(i32, i64),
}

/// Values from the slots of their kinds. References among them are let go.
pub fn decode(kinds: &[i32], mut slots: &[i64]) -> Result<Vec<Value>> {
    let mut values = Vec::new();
    for kind in kinds {
        let (value, rest) = slots.split_at(objects::width(*kind));
        values.push(decode_one(*kind, value)?);
        slots = rest;
    }
    Ok(values)
}

fn decode_one(kind: i32, slots: &[i64]) -> Result<Value> {
    let slot = slots[0];
    Ok(match kind {
        WTS_I32 if slot == i64::from(slot as i32) => Value::I32(slot as i32),
        WTS_F32 if slot == i64::from(slot as u32) => Value::F32(slot as u32),
        WTS_I32 | WTS_F32 => Value::Malformed(kind, slot),
        WTS_I64 => Value::I64(slot),
        WTS_F64 => Value::F64(slot as u64),
        WTS_V128 => Value::V128(u128::from(slot as u64) | u128::from(slots[1] as u64) << 64),
        _ if slot == 0 => Value::Null(kind),
        _ => decode_reference(slot as u64)?,
    })
}

fn decode_reference(handle: u64) -> Result<Value> {
    if objects::kind(handle) == WTS_KIND_FUNC {
        return Ok(Value::Func);
    }
    let reference = objects::own_reference(handle);
    Ok(match objects::reference_kind(&reference)? {
        WTS_EXTERNREF => Value::Extern(objects::externref_value(&reference).ok()),
        WTS_ANYREF => Value::Host(objects::externref_value(&objects::to_extern(&reference)?).ok()),
        kind => Value::Object(kind),
    })
}

/// Whether a result is what the suite expects.
pub fn matches(value: &Value, expected: &WastRet) -> bool {
    matches!(expected, WastRet::Core(expected) if matches_core(value, expected))
}

fn matches_core(value: &Value, expected: &WastRetCore) -> bool {
    match (expected, value) {
        (WastRetCore::Either(choices), _) => choices.iter().any(|choice| matches_core(value, choice)),
        (WastRetCore::I32(expected), Value::I32(value)) => value == expected,
        (WastRetCore::I64(expected), Value::I64(value)) => value == expected,
        (WastRetCore::F32(expected), Value::F32(value)) => matches_f32(*value, expected),
        (WastRetCore::F64(expected), Value::F64(value)) => matches_f64(*value, expected),
        (WastRetCore::V128(expected), Value::V128(value)) => matches_v128(*value, expected),
        (WastRetCore::RefNull(None), Value::Null(_)) => true,
        (WastRetCore::RefNull(Some(expected)), Value::Null(kind)) => matches_null(*kind, expected),
        (WastRetCore::RefFunc(_), Value::Func) => true,
        (WastRetCore::RefExtern(None), Value::Extern(_)) => true,
        (WastRetCore::RefExtern(Some(expected)), Value::Extern(value)) => *value == Some(u64::from(*expected)),
        (WastRetCore::RefHost(expected), Value::Host(value)) => *value == Some(u64::from(*expected)),
        (WastRetCore::RefAny, Value::Host(_)) => true,
        (WastRetCore::RefAny | WastRetCore::RefEq, Value::Object(WTS_I31REF | WTS_STRUCTREF | WTS_ARRAYREF)) => true,
        (WastRetCore::RefI31, Value::Object(WTS_I31REF)) => true,
        (WastRetCore::RefStruct, Value::Object(WTS_STRUCTREF)) => true,
        (WastRetCore::RefArray, Value::Object(WTS_ARRAYREF)) => true,
        _ => false,
    }
}

/// The four hierarchies of references, by the kinds and by the heap types in each.
const HIERARCHIES: [(&[i32], &[AbstractHeapType]); 4] = {
    use AbstractHeapType::*;
    [
        (&[WTS_FUNCREF, WTS_NULLFUNCREF], &[Func, NoFunc]),
        (&[WTS_EXTERNREF, WTS_NULLEXTERNREF], &[Extern, NoExtern]),
        (&[WTS_EXNREF, WTS_NULLEXNREF], &[Exn, NoExn]),
        (
            &[WTS_ANYREF, WTS_EQREF, WTS_I31REF, WTS_STRUCTREF, WTS_ARRAYREF, WTS_NULLREF],
            &[Any, Eq, I31, Struct, Array, None],
        ),
    ]
};

/// All nulls of a hierarchy are one.
fn matches_null(kind: i32, expected: &HeapType) -> bool {
    let HeapType::Abstract { shared: false, ty } = expected else { return false };
    HIERARCHIES.iter().any(|(kinds, types)| kinds.contains(&kind) && types.contains(ty))
}

fn matches_f32(bits: u32, expected: &NanPattern<F32>) -> bool {
    const QUIET_NAN: u32 = 0x7fc0_0000;
    match expected {
        NanPattern::CanonicalNan => bits & (u32::MAX >> 1) == QUIET_NAN,
        NanPattern::ArithmeticNan => bits & QUIET_NAN == QUIET_NAN,
        NanPattern::Value(expected) => bits == expected.bits,
    }
}

fn matches_f64(bits: u64, expected: &NanPattern<F64>) -> bool {
    const QUIET_NAN: u64 = 0x7ff8_0000_0000_0000;
    match expected {
        NanPattern::CanonicalNan => bits & (u64::MAX >> 1) == QUIET_NAN,
        NanPattern::ArithmeticNan => bits & QUIET_NAN == QUIET_NAN,
        NanPattern::Value(expected) => bits == expected.bits,
    }
}

fn matches_v128(bits: u128, expected: &V128Pattern) -> bool {
    match expected {
        V128Pattern::I8x16(lanes) => lanes.map(|lane| lane as u8) == bits.to_le_bytes(),
        V128Pattern::I16x8(lanes) => (0..).zip(lanes).all(|(index, lane)| (bits >> (16 * index)) as i16 == *lane),
        V128Pattern::I32x4(lanes) => (0..).zip(lanes).all(|(index, lane)| (bits >> (32 * index)) as i32 == *lane),
        V128Pattern::I64x2(lanes) => (0..).zip(lanes).all(|(index, lane)| (bits >> (64 * index)) as i64 == *lane),
        V128Pattern::F32x4(lanes) => {
            (0..).zip(lanes).all(|(index, lane)| matches_f32((bits >> (32 * index)) as u32, lane))
        }
        V128Pattern::F64x2(lanes) => {
            (0..).zip(lanes).all(|(index, lane)| matches_f64((bits >> (64 * index)) as u64, lane))
        }
    }
}
