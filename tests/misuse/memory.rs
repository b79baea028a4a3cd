//! Where arguments point to: for each parameter a region that only that one uses.

use std::ptr;

use crate::abi::Function;

/// So much of an output is compared with what was in it.
const WATCHED: usize = 4096;
const MARK: u8 = 0xA5;

/// Room for what any function copies out.
pub const REGION: usize = 4 << 20;

/// Lengths up to this one are true, of whatever element.
pub const HUGE: usize = 1 << 31;

pub struct Memory {
    regions: *mut u8,
    /// Zeros that are not written.
    huge: *mut u8,
}

impl Memory {
    pub fn new() -> Self {
        let huge = map(HUGE * 8);
        #[cfg(target_os = "linux")]
        // SAFETY: advice only, so that zeros that are read cost a page of the system's largest.
        unsafe {
            libc::madvise(huge.cast(), HUGE * 8, libc::MADV_HUGEPAGE)
        };
        Memory { regions: map(REGION * 16), huge }
    }

    pub fn region(&self, parameter: usize) -> *mut u8 {
        assert!(parameter < 16);
        // SAFETY: within the mapping.
        unsafe { self.regions.add(parameter * REGION) }
    }

    pub fn huge(&self) -> *mut u8 {
        self.huge
    }

    pub fn write(&self, parameter: usize, bytes: &[u8]) -> u64 {
        assert!(bytes.len() <= REGION);
        let region = self.region(parameter);
        // SAFETY: within the region.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), region, bytes.len()) };
        region as u64
    }

    pub fn mark(&self, parameter: usize) -> u64 {
        self.write(parameter, &[MARK; WATCHED])
    }

    /// The outputs of a function that are not what they were.
    pub fn touched<'a>(&self, function: &'a Function) -> Vec<&'a str> {
        let outputs = function.params.iter().enumerate().filter(|(_, p)| p.is_output());
        let touched = outputs.filter(|(index, _)| {
            // SAFETY: within the region.
            let bytes = unsafe { std::slice::from_raw_parts(self.region(*index), WATCHED) };
            bytes.iter().any(|byte| *byte != MARK)
        });
        touched.map(|(_, p)| p.name.as_str()).collect()
    }
}

fn map(size: usize) -> *mut u8 {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
    // SAFETY: a mapping of its own.
    let mapped = unsafe { libc::mmap(ptr::null_mut(), size, libc::PROT_READ | libc::PROT_WRITE, flags, -1, 0) };
    assert_ne!(mapped, libc::MAP_FAILED, "no address space for {size} bytes");
    mapped.cast()
}
