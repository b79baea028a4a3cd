//! Slots to Wasmtime's values and back.

use crate::abi::*;
use crate::args::Output;
use crate::boundary::{Result, fail};
use crate::reference;
use crate::store::{Data, Entered};
use crate::value_type::{name as name_of, name_of_ref};
use smallvec::SmallVec;
use std::mem::MaybeUninit;
use wasmtime::{AsContextMut, Extern, HeapType, Ref, RefType, V128, Val, ValRaw, ValType};

/// So many values a call keeps on the stack; where there are more it asks the heap.
pub(crate) const FEW: usize = 16;
pub(crate) type Slots = SmallVec<[i64; FEW]>;
pub(crate) type Vals = SmallVec<[Val; 8]>;

/// The kinds of the parameters or of the results of a function.
pub(crate) struct Kinds {
    kinds: Box<[SlotKind]>,
    /// How many slots they take.
    pub slots: usize,
    /// Whether values and slots stand side by side, and few enough for the masks: no v128.
    pub simple: bool,
    /// A bit for each value of 32 bits, and for each i32 among them.
    narrow: u32,
    signed: u32,
}

impl Kinds {
    pub fn new(types: &[ValType]) -> Self {
        let kinds: Box<[SlotKind]> = types.iter().map(SlotKind::of).collect();
        let mask = |wanted: &[SlotKind]| {
            let bits = kinds.iter().take(FEW).enumerate();
            bits.fold(0, |mask, (index, kind)| mask | u32::from(wanted.contains(kind)) << index)
        };
        Kinds {
            slots: kinds.iter().map(|kind| kind.width()).sum(),
            simple: kinds.len() <= FEW && !kinds.contains(&SlotKind::V128),
            narrow: mask(&[SlotKind::I32, SlotKind::F32]),
            signed: mask(&[SlotKind::I32]),
            kinds,
        }
    }
}

impl std::ops::Deref for Kinds {
    type Target = [SlotKind];
    #[inline]
    fn deref(&self) -> &[SlotKind] {
        &self.kinds
    }
}

/// How a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

    /// Whether the value has 32 bits.
    pub fn is_narrow(self) -> bool {
        matches!(self, SlotKind::I32 | SlotKind::F32)
    }

    pub fn width(self) -> usize {
        if self == SlotKind::V128 { 2 } else { 1 }
    }
}

/// The 32 bits of a slot, which may be spelled signed or unsigned.
fn low(slot: i64, what: &str, position: usize) -> Result<u32> {
    if fits_32(slot) { Ok(slot as u32) } else { too_wide(slot, what, position) }
}

#[inline(always)]
pub(crate) fn fits_32(slot: i64) -> bool {
    (-(1 << 31)..1 << 32).contains(&slot)
}

#[cold]
#[inline(never)]
fn too_wide<T>(slot: i64, what: &str, position: usize) -> Result<T> {
    fail(WTS_ERR_RANGE, format_args!("{what} {position} is {slot}, which does not fit 32 bits"))
}

/// Checks that a slot holds what the kind at a position of simple `kinds` does. Then it is a raw value as it is: where
/// there are 32 bits, nobody reads the others.
#[inline(always)]
pub(crate) fn check_simple(kinds: &Kinds, position: usize, slot: i64, what: &str) -> Result {
    if kinds.narrow >> position & 1 == 1 && !fits_32(slot) {
        return too_wide(slot, what, position);
    }
    Ok(())
}

/// As many slots as simple `kinds` take to raw values.
#[inline(always)]
pub(crate) fn write_simple(
    kinds: &Kinds,
    slots: impl ExactSizeIterator<Item = i64>,
    raw: &mut [MaybeUninit<ValRaw>],
    what: &str,
) -> Result {
    for (position, slot) in slots.enumerate() {
        let narrow = kinds.narrow >> position & 1 == 1;
        if narrow && !fits_32(slot) {
            return too_wide(slot, what, position);
        }
        let bits = if narrow { u64::from(slot as u32) } else { slot as u64 };
        raw[position].write(ValRaw::u64(bits));
    }
    Ok(())
}

/// As many slots as any `kinds` but references take to raw values.
#[cold]
#[inline(never)]
pub(crate) fn write_any(
    kinds: &Kinds,
    mut slots: impl Iterator<Item = i64>,
    raw: &mut [MaybeUninit<ValRaw>],
    what: &str,
) -> Result {
    let mut slot = || slots.next().expect("as many slots as the kinds take");
    for (position, (kind, raw)) in kinds.iter().zip(raw).enumerate() {
        raw.write(match kind {
            SlotKind::I32 => ValRaw::u32(low(slot(), what, position)?),
            SlotKind::F32 => ValRaw::f32(low(slot(), what, position)?),
            SlotKind::I64 => ValRaw::i64(slot()),
            SlotKind::F64 => ValRaw::f64(slot() as u64),
            SlotKind::V128 => ValRaw::v128(join(slot(), slot())),
            SlotKind::Reference => unreachable!("signatures with references take the other path"),
        });
    }
    Ok(())
}

/// The raw value at a position of simple `kinds` as a slot.
///
/// # Safety
///
/// `raw` holds a value of each kind, and `position` is that of one.
#[inline(always)]
pub(crate) unsafe fn read_simple(kinds: &Kinds, raw: &[MaybeUninit<ValRaw>], position: usize) -> i64 {
    // SAFETY: the caller's promise.
    let raw = unsafe { raw.get_unchecked(position).assume_init_ref() };
    if kinds.signed >> position & 1 == 1 {
        i64::from(raw.get_i32())
    } else if kinds.narrow >> position & 1 == 1 {
        i64::from(raw.get_u32())
    } else {
        raw.get_i64()
    }
}

/// The raw values of any `kinds` but references as slots.
///
/// # Safety
///
/// `raw` holds a value of each kind.
#[cold]
#[inline(never)]
pub(crate) unsafe fn read_any(kinds: &Kinds, raw: &[MaybeUninit<ValRaw>]) -> Slots {
    let mut slots = Slots::new();
    for (kind, raw) in kinds.iter().zip(raw) {
        // SAFETY: the caller's promise.
        let raw = unsafe { raw.assume_init_ref() };
        match kind {
            SlotKind::I32 => slots.push(i64::from(raw.get_i32())),
            SlotKind::F32 => slots.push(i64::from(raw.get_f32())),
            SlotKind::I64 => slots.push(raw.get_i64()),
            SlotKind::F64 => slots.push(raw.get_f64() as i64),
            SlotKind::V128 => slots.extend(<[i64; 2]>::from(split(raw.get_v128()))),
            SlotKind::Reference => unreachable!("signatures with references take the other path"),
        }
    }
    slots
}

fn join(low: i64, high: i64) -> u128 {
    u128::from(low as u64) | u128::from(high as u64) << 64
}

fn split(value: u128) -> (i64, i64) {
    (value as i64, (value >> 64) as i64)
}

// ---- values, for signatures with references and for globals ----

/// Checks how many slots were given for a value of type `ty`.
pub(crate) fn check_width(ty: &ValType, given: usize, what: &str) -> Result {
    let wanted = SlotKind::of(ty).width();
    if given != wanted {
        return fail(WTS_ERR_TYPE, format_args!("{what} of type {} takes {wanted} slots, not {given}", name_of(ty)));
    }
    Ok(())
}

/// Checks how many slots were given for values of types `types`.
pub(crate) fn check_widths(types: &[ValType], given: usize, what: &str) -> Result {
    let wanted: usize = types.iter().map(|ty| SlotKind::of(ty).width()).sum();
    if given != wanted {
        return fail(
            WTS_ERR_TYPE,
            format_args!("{what} takes {wanted} slots {} but {given} were given", describe(types)),
        );
    }
    Ok(())
}

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
        ValType::Ref(ty) => to_ref(store, &mut cx, ty, slots[0] as u64, what, position)?.into(),
    })
}

/// Several values of types `types` from as many slots as they take.
pub(crate) fn to_vals(
    store: &Entered,
    mut cx: impl AsContextMut<Data = Data>,
    types: &[ValType],
    mut slots: &[i64],
    what: &str,
) -> Result<Vals> {
    let value = |(position, ty): (usize, &ValType)| {
        let (mine, rest) = slots.split_at(SlotKind::of(ty).width());
        slots = rest;
        to_val(store, &mut cx, ty, mine, what, position)
    };
    types.iter().enumerate().map(value).collect()
}

/// One reference from its handle; 0 is null.
pub(crate) fn to_ref(
    store: &Entered,
    mut cx: impl AsContextMut<Data = Data>,
    ty: &RefType,
    handle: u64,
    what: &str,
    position: usize,
) -> Result<Ref> {
    if handle == 0 {
        if !ty.is_nullable() {
            return fail(WTS_ERR_TYPE, format_args!("{what} {position} is null but its type is {}", name_of_ref(ty)));
        }
        return Ok(Ref::null(ty.heap_type()));
    }
    store.check_same_store(handle, wanted_kind(ty))?;
    let value = match ty.heap_type().top() {
        HeapType::Func => Ref::Func(Some(store.func(handle)?.0)),
        _ => reference::rooted(store, &mut cx, handle)?,
    };
    if !reference::matches(&cx, &value, ty)? {
        return fail(
            WTS_ERR_TYPE,
            format_args!("{what} {position} is a reference of another type; it must be {}", name_of_ref(ty)),
        );
    }
    Ok(value)
}

fn wanted_kind(ty: &RefType) -> i32 {
    if matches!(ty.heap_type().top(), HeapType::Func) { WTS_KIND_FUNC } else { WTS_KIND_REFERENCE }
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
            let reference = value.ref_();
            slots.push(match reference {
                Some(reference) => from_ref(store, &mut cx, &reference)? as i64,
                None => return fail(WTS_ERR_UNSUPPORTED, "continuation references cannot cross"),
            });
        }
    }
    Ok(())
}

/// Writes one value to as many slots as it takes.
pub(crate) fn write_val(store: &Entered, cx: impl AsContextMut<Data = Data>, value: &Val, out: Output<i64>) -> Result {
    let mut slots = Slots::new();
    from_val(store, cx, value, &mut slots)?;
    out.write(|index| slots[index]);
    Ok(())
}

/// Several values as slots.
pub(crate) fn from_vals(
    store: &Entered,
    mut cx: impl AsContextMut<Data = Data>,
    values: &[Val],
    slots: &mut Slots,
) -> Result {
    values.iter().try_for_each(|value| from_val(store, &mut cx, value, slots))
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
    let names: Vec<_> = types.iter().map(name_of).collect();
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
