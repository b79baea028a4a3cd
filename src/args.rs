//! Raw arguments to checked arguments: the only code that follows a caller's pointers.
//!
//! Pointers come here straight from exported functions, whose `# Safety` sections bind the caller:
//! each is NULL or valid for the length beside it during the call. What can be checked is (NULL,
//! length, UTF-8); what cannot is that promise, and it is the reason of every `unsafe` block below.
//! Nothing is assumed about alignment.

use crate::abi::*;
use crate::boundary::{Result, fail};
use std::cell::{Cell, UnsafeCell};
use std::ffi::c_char;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicU8, AtomicU64};

/// A caller's array that is read. It may be unaligned, so it is no slice.
#[derive(Clone, Copy)]
pub(crate) struct Input<T> {
    data: *const T,
    len: usize,
}

impl<T: Copy> Input<T> {
    pub fn len(self) -> usize {
        self.len
    }

    #[inline]
    pub fn iter(self) -> impl ExactSizeIterator<Item = T> {
        // SAFETY: within the array that the caller promised.
        (0..self.len).map(move |index| unsafe { self.data.add(index).read_unaligned() })
    }
}

impl Input<u8> {
    /// Copies all of it to as many bytes, which may be part of it: so they are cells, which nobody has alone.
    pub fn copy_all_to(self, bytes: &[Cell<u8>]) {
        assert!(bytes.len() == self.len);
        // SAFETY: within the array that the caller promised.
        unsafe { self.data.copy_to(bytes.as_ptr().cast::<u8>().cast_mut(), self.len) };
    }
}

impl Output<u8> {
    /// Writes all of it from as many bytes, which may be part of it.
    pub fn copy_all_from(self, bytes: &[Cell<u8>]) {
        assert!(bytes.len() == self.len);
        // SAFETY: within the array that the caller promised.
        unsafe { self.data.copy_from(bytes.as_ptr().cast(), self.len) };
    }
}

/// Bytes that other threads may use meanwhile: some single ones, words, some single ones.
fn shared_words(bytes: &[UnsafeCell<u8>]) -> (&[AtomicU8], &[AtomicU64], &[AtomicU8]) {
    // SAFETY: shared memories are accessed by atomic means only, and atomics have the size of what they hold.
    unsafe {
        let (first, words, last) = bytes.align_to::<AtomicU64>();
        (first.align_to().1, words, last.align_to().1)
    }
}

/// Sets bytes that other threads may use meanwhile.
pub(crate) fn fill_shared(bytes: &[UnsafeCell<u8>], byte: u8) {
    let (first, words, last) = shared_words(bytes);
    first.iter().chain(last).for_each(|place| place.store(byte, Relaxed));
    words.iter().for_each(|place| place.store(u64::from_ne_bytes([byte; 8]), Relaxed));
}

impl Input<u8> {
    /// Copies all of it to as many bytes, which other threads may use meanwhile.
    pub fn copy_all_to_shared(self, bytes: &[UnsafeCell<u8>]) {
        assert!(bytes.len() == self.len);
        let (first, words, last) = shared_words(bytes);
        let mut from = self.data;
        // SAFETY: as many bytes are read, one after the other, as the caller's array has.
        unsafe {
            for place in first {
                place.store(from.read(), Relaxed);
                from = from.add(1);
            }
            for place in words {
                place.store(from.cast::<u64>().read_unaligned(), Relaxed);
                from = from.add(8);
            }
            for place in last {
                place.store(from.read(), Relaxed);
                from = from.add(1);
            }
        }
    }
}

impl Output<u8> {
    /// Writes all of it from as many bytes, which other threads may use meanwhile.
    pub fn copy_all_from_shared(self, bytes: &[UnsafeCell<u8>]) {
        assert!(bytes.len() == self.len);
        let (first, words, last) = shared_words(bytes);
        let mut to = self.data;
        // SAFETY: as many bytes are written, one after the other, as the caller's array has.
        unsafe {
            for place in first {
                to.write(place.load(Relaxed));
                to = to.add(1);
            }
            for place in words {
                to.cast::<u64>().write_unaligned(place.load(Relaxed));
                to = to.add(8);
            }
            for place in last {
                to.write(place.load(Relaxed));
                to = to.add(1);
            }
        }
    }
}

impl Input<i64> {
    /// A part of it.
    pub fn part(self, first: usize, len: usize) -> Self {
        assert!(first + len <= self.len);
        Input { data: self.data.wrapping_add(first), len }
    }

    /// Copies elements from `first` on, as many as fill `bytes`.
    pub fn copy_to(self, first: usize, bytes: &mut [u8]) {
        assert!(first * 8 + bytes.len() <= self.len * 8);
        // SAFETY: within the array that the caller promised.
        unsafe { self.data.add(first).cast::<u8>().copy_to_nonoverlapping(bytes.as_mut_ptr(), bytes.len()) };
    }
}

impl Output<i64> {
    /// A part of it.
    pub fn part(self, first: usize, len: usize) -> Self {
        assert!(first + len <= self.len);
        Output { data: self.data.wrapping_add(first), len }
    }

    /// Writes elements from `first` on.
    pub fn copy_from(self, first: usize, bytes: &[u8]) {
        assert!(first * 8 + bytes.len() <= self.len * 8);
        // SAFETY: within the array that the caller promised.
        unsafe { self.data.add(first).cast::<u8>().copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
    }
}

/// A caller's array whose elements stand `stride` bytes apart.
pub(crate) struct Strided {
    data: *mut u8,
    len: usize,
    stride: usize,
}

/// No element is larger.
const LARGEST: usize = 8;

pub(crate) fn strided(data: *mut u8, len: usize, stride: usize, name: &str) -> Result<Strided> {
    check(data, len, name)?;
    let span = len.checked_mul(stride).and_then(|span| span.checked_add(LARGEST));
    if span.is_none_or(|span| span > isize::MAX as usize) {
        return fail(WTS_ERR_RANGE, format_args!("{name} is larger than memory: {len} elements, {stride} bytes apart"));
    }
    Ok(Strided { data, len, stride })
}

impl Strided {
    /// Whether elements of a size overlap each other.
    pub fn overlaps(&self, size: usize) -> bool {
        self.stride < size && self.len > 1
    }

    /// Copies elements of `N` bytes from `first` on, the first to the start of `to` and each `row` bytes
    /// further than the one before.
    #[inline]
    pub fn gather<const N: usize>(&self, first: usize, count: usize, to: &mut [u8], row: usize) {
        assert!(first + count <= self.len && N <= LARGEST);
        for (index, to) in to.chunks_mut(row).take(count).enumerate() {
            // SAFETY: within the array that the caller promised.
            let element = unsafe { self.data.add((first + index) * self.stride).cast::<[u8; N]>().read_unaligned() };
            to[..N].copy_from_slice(&element);
        }
    }

    /// Copies elements the other way.
    #[inline]
    pub fn scatter<const N: usize>(&self, first: usize, count: usize, from: &[u8], row: usize) {
        assert!(first + count <= self.len && N <= LARGEST);
        for (index, from) in from.chunks(row).take(count).enumerate() {
            let element: [u8; N] = from[..N].try_into().expect("as many bytes as asked for");
            // SAFETY: within the array that the caller promised.
            unsafe { self.data.add((first + index) * self.stride).cast::<[u8; N]>().write_unaligned(element) };
        }
    }
}

/// A caller's array that is written. It may be unaligned.
#[derive(Clone, Copy)]
pub(crate) struct Output<T> {
    data: *mut T,
    len: usize,
}

impl<T: Copy> Output<T> {
    pub fn len(self) -> usize {
        self.len
    }

    /// Writes each element.
    #[inline(always)]
    pub fn write(self, value: impl Fn(usize) -> T) {
        each(self.len, |index| {
            // SAFETY: within the array that the caller promised.
            unsafe { self.data.add(index).write_unaligned(value(index)) }
        });
    }
}

/// Calls `work` for each index below `count`: the first few in straight code, since a loop costs as much as
/// the moving of a value.
#[inline(always)]
pub(crate) fn each(count: usize, mut work: impl FnMut(usize)) {
    const STRAIGHT: usize = 4;
    for index in 0..STRAIGHT {
        if index == count {
            return;
        }
        work(index);
    }
    for index in STRAIGHT..count {
        work(index);
    }
}

#[inline]
pub(crate) fn input<T: Copy>(data: *const T, len: usize, name: &str) -> Result<Input<T>> {
    check(data, len, name)?;
    Ok(Input { data, len })
}

/// An array that is read, if it has as many elements as wanted, which are not absurdly many.
#[inline(always)]
pub(crate) fn input_of<T: Copy>(data: *const T, len: usize, wanted: usize) -> Option<Input<T>> {
    // NULL is below every length but 0, and nothing else is.
    (len == wanted && data.addr() >= len).then_some(Input { data, len })
}

/// An array that is written, in the same way.
#[inline(always)]
pub(crate) fn output_of<T: Copy>(data: *mut T, len: usize, wanted: usize) -> Option<Output<T>> {
    (len == wanted && data.addr() >= len).then_some(Output { data, len })
}

#[inline]
pub(crate) fn output<T: Copy>(data: *mut T, len: usize, name: &str) -> Result<Output<T>> {
    check(data, len, name)?;
    Ok(Output { data, len })
}

#[inline]
fn check<T>(data: *const T, len: usize, name: &str) -> Result {
    if len == 0 || (!data.is_null() && len <= isize::MAX as usize / size_of::<T>()) {
        return Ok(());
    }
    refuse(data.is_null(), len, name)
}

#[cold]
fn refuse(null: bool, len: usize, name: &str) -> Result {
    if null {
        fail(WTS_ERR_NULL, format_args!("{name} is NULL but its length is {len}"))
    } else {
        fail(WTS_ERR_RANGE, format_args!("the length of {name}, {len}, is more than memory can hold"))
    }
}

pub(crate) fn bytes<'a>(data: *const u8, len: usize, name: &str) -> Result<&'a [u8]> {
    check(data, len, name)?;
    if len == 0 {
        return Ok(&[]);
    }
    // SAFETY: checked above; bytes are always aligned, and the caller keeps them for the call.
    Ok(unsafe { std::slice::from_raw_parts(data, len) })
}

pub(crate) fn text<'a>(data: *const c_char, len: usize, name: &str) -> Result<&'a str> {
    utf8(bytes(data.cast(), len, name)?, name)
}

/// Bytes as the text that they should be.
pub(crate) fn utf8<'a>(bytes: &'a [u8], name: &str) -> Result<&'a str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => {
            fail(WTS_ERR_UTF8, format_args!("{name} is not UTF-8: byte {} is the first wrong one", error.valid_up_to()))
        }
    }
}

/// Where one result goes.
#[derive(Clone, Copy)]
pub(crate) struct Out<T>(*mut T);

#[inline]
pub(crate) fn out<T>(pointer: *mut T, name: &str) -> Result<Out<T>> {
    if pointer.is_null() {
        return fail(WTS_ERR_NULL, format_args!("{name} is NULL"));
    }
    Ok(Out(pointer))
}

impl<T> Out<T> {
    #[inline]
    pub fn set(self, value: T) {
        // SAFETY: not NULL, and the caller promised room for one value.
        unsafe { self.0.write_unaligned(value) }
    }
}

/// The rule of all buffers: the length needed is always told, a capacity of 0 only asks for it, and one that
/// is too small gets nothing else. Answers whether there is something to copy.
fn wants<T>(len: usize, buf: *const T, cap: usize, out_len: *mut usize) -> Result<bool> {
    let out_len = out(out_len, "out_len")?;
    check(buf, cap, "buf")?;
    out_len.set(len);
    if cap != 0 && cap < len {
        return fail(WTS_ERR_BUFFER, format_args!("the buffer holds {cap} elements but {len} are needed"));
    }
    Ok(cap != 0)
}

/// Copies `value` out by the rule of all buffers.
pub(crate) fn copy_out<T: Copy>(value: &[T], buf: *mut T, cap: usize, out_len: *mut usize) -> Result {
    if !wants(value.len(), buf, cap, out_len)? {
        return Ok(());
    }
    // SAFETY: `buf` has room for `cap` elements by the caller's promise; bytes are copied so that
    // its alignment does not matter.
    unsafe {
        let size = size_of_val(value);
        std::ptr::copy_nonoverlapping(value.as_ptr().cast::<u8>(), buf.cast::<u8>(), size);
    }
    Ok(())
}

/// Has `len` bytes written out by the rule of all buffers.
pub(crate) fn fill_out(
    len: usize,
    buf: *mut u8,
    cap: usize,
    out_len: *mut usize,
    fill: impl FnOnce(&mut [u8]) -> Result,
) -> Result {
    if !wants(len, buf, cap, out_len)? {
        return Ok(());
    }
    // SAFETY: `buf` has room for `cap` bytes, which nobody else uses during the call, by the caller's promise.
    let bytes = unsafe {
        buf.write_bytes(0, len);
        std::slice::from_raw_parts_mut(buf, len)
    };
    fill(bytes)
}

pub(crate) fn copy_text_out(value: &str, buf: *mut c_char, cap: usize, out_len: *mut usize) -> Result {
    copy_out(value.as_bytes(), buf.cast(), cap, out_len)
}

/// An index into something that has `count` elements.
pub(crate) fn index<T>(found: Option<T>, index: usize, count: usize, what: &str) -> Result<T> {
    match found {
        Some(found) => Ok(found),
        None => fail(WTS_ERR_RANGE, format_args!("{what} {index} is out of range: there are {count}")),
    }
}

/// A time: none for -1, which is for ever.
pub(crate) fn time(time: i64, what: &str) -> Result<Option<u64>> {
    match time {
        -1 => Ok(None),
        0.. => Ok(Some(time as u64)),
        _ => fail(WTS_ERR_RANGE, format_args!("the {what} is {time}; it must be -1 or more")),
    }
}

/// A flag: 0 or 1.
pub(crate) fn flag(value: i32, name: &str) -> Result<bool> {
    match value {
        0 => Ok(false),
        1 => Ok(true),
        _ => fail(WTS_ERR_RANGE, format_args!("{name} is {value}; it must be 0 or 1")),
    }
}

/// Whether an argument is the second of two constants. Another number is refused, with their names.
macro_rules! is_second {
    ($value:ident, $first:ident, $second:ident) => {
        match $value {
            $first => Ok(false),
            $second => Ok(true),
            other => crate::args::neither(other, stringify!($value), stringify!($first), stringify!($second)),
        }
    };
}
pub(crate) use is_second;

#[cold]
pub(crate) fn neither<T>(value: i32, name: &str, first: &str, second: &str) -> Result<T> {
    fail(WTS_ERR_RANGE, format_args!("{name} is {value}; it must be {first} or {second}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_needs_length_zero() {
        assert_eq!(bytes(std::ptr::null(), 0, "x").unwrap(), b"");
        assert_eq!(bytes(std::ptr::null(), 1, "x").unwrap_err().status, WTS_ERR_NULL);
        assert_eq!(bytes(&1, usize::MAX, "x").unwrap_err().status, WTS_ERR_RANGE);
        assert_eq!(input(std::ptr::dangling::<i64>(), usize::MAX / 8, "x").err().unwrap().status, WTS_ERR_RANGE);
    }

    #[test]
    fn unaligned_arrays_are_read_and_written() {
        let mut raw = [0u8; 24];
        let pointer = raw[1..].as_mut_ptr().cast::<i64>();
        output(pointer, 2, "x").unwrap().write(|index| [7, -5][index]);
        assert_eq!(input(pointer.cast_const(), 2, "x").unwrap().iter().collect::<Vec<_>>(), [7, -5]);
        assert_eq!(raw[17..], [0; 7]);
    }

    #[test]
    fn copy_out_tells_the_size() {
        let mut len = 0;
        copy_out(b"four", std::ptr::null_mut(), 0, &mut len).unwrap();
        assert_eq!(len, 4);
        let mut buf = [7u8; 4];
        assert_eq!(copy_out(b"four", buf.as_mut_ptr(), 3, &mut len).unwrap_err().status, WTS_ERR_BUFFER);
        assert_eq!(buf, [7; 4]);
        copy_out(b"four", buf.as_mut_ptr(), 4, &mut len).unwrap();
        assert_eq!(&buf, b"four");
    }
}
