//! Slots to Wasmtime's values and back.

use crate::abi::*;
use crate::args::{Input, Output};
use crate::boundary::{Result, fail};
use crate::func::Signature;
use crate::reference;
use crate::store::{Data, Entered};
use crate::types::{kind_name, kind_of};
use smallvec::{SmallVec, smallvec};
use std::mem::MaybeUninit;
use wasmtime::{AsContextMut, Extern, HeapType, Ref, V128, Val, ValRaw, ValType};

/// Values on the stack: most signatures fit.
pub(crate) type Raw = SmallVec<[ValRaw; 16]>;
pub(crate) type Slots = SmallVec<[i64; 16]>;

/// How a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlotKind {
    I32,
    I64,
    F32,
    F64,
    V128,
    Reference,
}

impl SlotKind {
    pub fn of(ty: &ValType) -> Self {
        match ty {
            ValType::I32 => SlotKind::I32,
            ValType::I64 => SlotKind::I64,
            ValType::F32 => SlotKind::F32,
            ValType::F64 => SlotKind::F64,
            ValType::V128 => SlotKind::V128,
            ValType::Ref(_) => SlotKind::Reference,
        }
    }

    pub fn width(self) -> usize {
        if self == SlotKind::V128 { 2 } else { 1 }
    }
}

/// The 32 bits of a slot, which may be spelled signed or unsigned.
#[inline]
fn low(slot: i64, what: &str, position: usize) -> Result<u32> {
    if (-(1 << 31)..1 << 32).contains(&slot) { Ok(slot as u32) } else { too_wide(slot, what, position) }
}

#[cold]
fn too_wide<T>(slot: i64, what: &str, position: usize) -> Result<T> {
    fail(WTS_ERR_RANGE, format_args!("{what} {position} is {slot}, which does not fit 32 bits"))
}

/// Arguments of a call to raw values. The counts were compared before.
#[inline]
pub(crate) fn args_to_raw(signature: &Signature, args: Input<i64>, raw: &mut [ValRaw]) -> Result {
    let mut slot = 0;
    for (position, kind) in signature.params.iter().enumerate() {
        raw[position] = match kind {
            SlotKind::I32 => ValRaw::u32(low(args.get(slot), "argument", position)?),
            SlotKind::F32 => ValRaw::f32(low(args.get(slot), "argument", position)?),
            SlotKind::I64 => ValRaw::i64(args.get(slot)),
            SlotKind::F64 => ValRaw::f64(args.get(slot) as u64),
            SlotKind::V128 => {
                slot += 1;
                ValRaw::v128(join(args.get(slot - 1), args.get(slot)))
            }
            SlotKind::Reference => unreachable!("signatures with references take the other path"),
        };
        slot += 1;
    }
    Ok(())
}

/// Raw results of a call to slots.
#[inline]
pub(crate) fn raw_to_results(signature: &Signature, raw: &[ValRaw], results: Output<i64>) {
    let mut slot = 0;
    for (kind, raw) in signature.results.iter().zip(raw) {
        if *kind == SlotKind::V128 {
            let (low, high) = split(raw.get_v128());
            results.set(slot, low);
            results.set(slot + 1, high);
        } else {
            results.set(slot, raw_to_slot(*kind, raw));
        }
        slot += kind.width();
    }
}

#[inline]
fn raw_to_slot(kind: SlotKind, raw: &ValRaw) -> i64 {
    match kind {
        SlotKind::I32 => i64::from(raw.get_i32()),
        SlotKind::F32 => i64::from(raw.get_f32()),
        SlotKind::I64 => raw.get_i64(),
        SlotKind::F64 => raw.get_f64() as i64,
        SlotKind::V128 | SlotKind::Reference => unreachable!("not one number"),
    }
}

/// Raw arguments of a host function to slots.
#[inline]
pub(crate) fn raw_to_args(signature: &Signature, raw: &[MaybeUninit<ValRaw>], slots: &mut Slots) {
    for (kind, raw) in signature.params.iter().zip(raw) {
        // SAFETY: Wasmtime filled in a value for each parameter of the type that the function has.
        let raw = unsafe { raw.assume_init_ref() };
        if *kind == SlotKind::V128 {
            let (low, high) = split(raw.get_v128());
            slots.push(low);
            slots.push(high);
        } else {
            slots.push(raw_to_slot(*kind, raw));
        }
    }
}

/// Slots that a host function answered to raw results.
#[inline]
pub(crate) fn results_to_raw(signature: &Signature, slots: &[i64], raw: &mut [MaybeUninit<ValRaw>]) -> Result {
    let mut slot = 0;
    for (position, kind) in signature.results.iter().enumerate() {
        raw[position].write(match kind {
            SlotKind::I32 => ValRaw::u32(low(slots[slot], "result", position)?),
            SlotKind::F32 => ValRaw::f32(low(slots[slot], "result", position)?),
            SlotKind::I64 => ValRaw::i64(slots[slot]),
            SlotKind::F64 => ValRaw::f64(slots[slot] as u64),
            SlotKind::V128 => ValRaw::v128(join(slots[slot], slots[slot + 1])),
            SlotKind::Reference => unreachable!("signatures with references take the other path"),
        });
        slot += kind.width();
    }
    Ok(())
}

pub(crate) fn raw_buffer(len: usize) -> Raw {
    smallvec![ValRaw::i64(0); len]
}

fn join(low: i64, high: i64) -> u128 {
    u128::from(low as u64) | u128::from(high as u64) << 64
}

fn split(value: u128) -> (i64, i64) {
    (value as i64, (value >> 64) as i64)
}

// ---- values, for signatures with references and for globals ----

/// One value of type `ty` from its slots.
pub(crate) fn to_val(
    store: &Entered,
    mut cx: impl AsContextMut<Data = Data>,
    ty: &ValType,
    slots: &[i64],
    what: &str,
    position: usize,
) -> Result<Val> {
    Ok(match ty {
        ValType::I32 => Val::I32(low(slots[0], what, position)? as i32),
        ValType::I64 => Val::I64(slots[0]),
        ValType::F32 => Val::F32(low(slots[0], what, position)?),
        ValType::F64 => Val::F64(slots[0] as u64),
        ValType::V128 => Val::V128(V128::from(join(slots[0], slots[1]))),
        ValType::Ref(ty) => to_ref(store, &mut cx, ty.heap_type(), slots[0] as u64, what, position)?.into(),
    })
}

/// One reference from its handle; 0 is null.
pub(crate) fn to_ref(
    store: &Entered,
    mut cx: impl AsContextMut<Data = Data>,
    ty: &HeapType,
    handle: u64,
    what: &str,
    position: usize,
) -> Result<Ref> {
    if handle == 0 {
        return Ok(Ref::null(ty));
    }
    store.check_same_store(handle, wanted_kind(ty))?;
    if matches!(ty.top(), HeapType::Func) {
        return Ok(Ref::Func(Some(store.func(handle)?.0)));
    }
    let reference = reference::rooted(store, &mut cx, handle)?;
    let fits = matches!(
        (&reference, ty.top()),
        (Ref::Extern(_), HeapType::Extern) | (Ref::Any(_), HeapType::Any) | (Ref::Exn(_), HeapType::Exn)
    );
    if !fits {
        return fail(WTS_ERR_TYPE, format_args!("{what} {position} is a reference of another type; it must be {ty}"));
    }
    Ok(reference)
}

fn wanted_kind(ty: &HeapType) -> i32 {
    if matches!(ty.top(), HeapType::Func) { WTS_KIND_FUNC } else { WTS_KIND_REFERENCE }
}

/// One value as slots. References become handles that the receiver owns.
pub(crate) fn from_val(
    store: &Entered,
    mut cx: impl AsContextMut<Data = Data>,
    value: &Val,
    slots: &mut Slots,
) -> Result {
    match value {
        Val::I32(value) => slots.push(i64::from(*value)),
        Val::I64(value) => slots.push(*value),
        Val::F32(bits) => slots.push(i64::from(*bits)),
        Val::F64(bits) => slots.push(*bits as i64),
        Val::V128(value) => {
            let (low, high) = split(value.as_u128());
            slots.push(low);
            slots.push(high);
        }
        Val::FuncRef(_) | Val::ExternRef(_) | Val::AnyRef(_) | Val::ExnRef(_) | Val::ContRef(_) => {
            let reference = value.clone().ref_();
            slots.push(match reference {
                Some(reference) => from_ref(store, &mut cx, &reference)? as i64,
                None => return fail(WTS_ERR_UNSUPPORTED, "continuation references cannot cross"),
            });
        }
    }
    Ok(())
}

/// One reference as a handle that the receiver owns, 0 for null.
pub(crate) fn from_ref(store: &Entered, mut cx: impl AsContextMut<Data = Data>, value: &Ref) -> Result<u64> {
    match value {
        Ref::Func(None) => Ok(0),
        Ref::Func(Some(func)) => store.handle_of(&mut cx, Extern::Func(*func)),
        _ => reference::root(store, &mut cx, value),
    }
}

// ---- doubles ----

/// A double as the slot of a number, if it fits exactly.
pub(crate) fn slot_from_double(kind: SlotKind, value: f64, what: &str, position: usize) -> Result<i64> {
    let whole = value.fract() == 0.0;
    let slot = match kind {
        SlotKind::I32 if whole && (-2147483648.0..4294967296.0).contains(&value) => Some(value as i64 as i32 as i64),
        // The bounds are powers of two, so both are exact.
        SlotKind::I64 if whole && (-9223372036854775808.0..9223372036854775808.0).contains(&value) => {
            Some(value as i64)
        }
        SlotKind::F32 if value.is_nan() || f64::from(value as f32) == value => {
            Some(i64::from((value as f32).to_bits()))
        }
        SlotKind::F64 => Some(value.to_bits() as i64),
        _ => None,
    };
    match slot {
        Some(slot) => Ok(slot),
        None => {
            fail(WTS_ERR_RANGE, format_args!("{what} {position} is {value}, which {} cannot hold exactly", name(kind)))
        }
    }
}

/// A number's slot as a double, if it fits exactly.
pub(crate) fn double_from_slot(kind: SlotKind, slot: i64, what: &str, position: usize) -> Result<f64> {
    match kind {
        SlotKind::I32 => Ok(f64::from(slot as i32)),
        SlotKind::F32 => Ok(f64::from(f32::from_bits(slot as u32))),
        SlotKind::F64 => Ok(f64::from_bits(slot as u64)),
        SlotKind::I64 if (slot as f64) as i128 == i128::from(slot) => Ok(slot as f64),
        _ => fail(WTS_ERR_RANGE, format_args!("{what} {position} is {slot}, which a double cannot hold exactly")),
    }
}

/// Checks that a value can travel as a double at all.
pub(crate) fn check_number(kind: SlotKind, what: &str, position: usize) -> Result {
    if matches!(kind, SlotKind::V128 | SlotKind::Reference) {
        return fail(
            WTS_ERR_TYPE,
            format_args!("{what} {position} is {}, which is not a number; call with slots instead", name(kind)),
        );
    }
    Ok(())
}

fn name(kind: SlotKind) -> &'static str {
    match kind {
        SlotKind::I32 => "i32",
        SlotKind::I64 => "i64",
        SlotKind::F32 => "f32",
        SlotKind::F64 => "f64",
        SlotKind::V128 => "v128",
        SlotKind::Reference => "a reference",
    }
}

/// The types of a signature for a message: `(i32, i32)`.
pub(crate) fn describe(types: &[ValType]) -> String {
    let names: Vec<_> = types.iter().map(|ty| kind_name(kind_of(ty))).collect();
    format!("({})", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_convert_exactly_or_not_at_all() {
        let slot = |kind, value| slot_from_double(kind, value, "argument", 0).ok();
        assert_eq!(slot(SlotKind::I32, -2147483648.0), Some(-2147483648));
        assert_eq!(slot(SlotKind::I32, 4294967295.0), Some(-1));
        assert_eq!(slot(SlotKind::I32, 4294967296.0), None);
        assert_eq!(slot(SlotKind::I32, 0.5), None);
        assert_eq!(slot(SlotKind::I32, f64::NAN), None);
        assert_eq!(slot(SlotKind::I64, 9223372036854775808.0), None);
        assert_eq!(slot(SlotKind::I64, -9223372036854775808.0), Some(i64::MIN));
        assert_eq!(slot(SlotKind::F32, 0.1), None);
        assert_eq!(slot(SlotKind::F32, 0.5), Some(0x3f00_0000));
        assert!(slot(SlotKind::F32, f64::NAN).is_some());
        let double = |kind, slot| double_from_slot(kind, slot, "result", 0).ok();
        assert_eq!(double(SlotKind::I64, (1 << 53) + 1), None);
        assert_eq!(double(SlotKind::I64, 1 << 53), Some(9007199254740992.0));
        assert_eq!(double(SlotKind::I64, i64::MAX), None);
        assert_eq!(double(SlotKind::I32, -1), Some(-1.0));
    }

    #[test]
    fn small_slots_may_be_signed_or_unsigned() {
        assert_eq!(low(-1, "argument", 0).unwrap(), u32::MAX);
        assert_eq!(low(0xffff_ffff, "argument", 0).unwrap(), u32::MAX);
        assert_eq!(low(1 << 32, "argument", 0).unwrap_err().status, WTS_ERR_RANGE);
        assert_eq!(low(-(1 << 31) - 1, "argument", 0).unwrap_err().status, WTS_ERR_RANGE);
    }

    #[test]
    fn v128_halves_are_low_first() {
        assert_eq!(split(join(-1, 2)), (-1, 2));
        assert_eq!(join(-1, 0), u128::from(u64::MAX));
    }
}
