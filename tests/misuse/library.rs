//! The built library, whose functions are all called in one way.

use std::collections::HashMap;
use std::env;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::ffi::c_void;

use crate::abi::Function;

/// An argument as it crosses.
#[derive(Clone, Copy, Debug)]
pub enum Arg {
    Word(u64),
    Double(f64),
}

/// Every exported function takes numbers, pointers and doubles, and no more than these. The calling conventions of
/// x86-64 and AArch64 hand the first kinds over in one order and doubles in another, whatever stands between them, and
/// who calls clears up; so one type calls them all, and what a function does not take it does not see.
type Any = unsafe extern "C" fn(
    u64,
    u64,
    u64,
    u64,
    u64,
    u64,
    u64,
    u64,
    u64,
    u64,
    u64,
    u64,
    u64,
    u64,
    u64,
    u64,
    f64,
    f64,
) -> i32;

pub const MOST_WORDS: usize = 16;
pub const MOST_DOUBLES: usize = 2;

pub struct Library {
    library: libloading::Library,
    /// Functions that are not the library's: to prove that the test finds what it looks for.
    pub fakes: HashMap<String, *const c_void>,
}

impl Library {
    /// `cargo test` puts the library beside the tests.
    pub fn load() -> Self {
        let path = env::current_exe().unwrap().with_file_name(format!("{DLL_PREFIX}wasmtime_shim{DLL_SUFFIX}"));
        // SAFETY: loading it runs nothing that needs anything.
        let library = unsafe { libloading::Library::new(&path) };
        Library { library: library.unwrap_or_else(|e| panic!("{}: {e}", path.display())), fakes: HashMap::new() }
    }

    fn address(&self, name: &str) -> *const c_void {
        if let Some(fake) = self.fakes.get(name) {
            return *fake;
        }
        // SAFETY: only the address is looked at here.
        let symbol = unsafe { self.library.get::<*const c_void>(name) };
        symbol.map_or_else(|e| panic!("{name}: {e}"), |symbol| *symbol)
    }

    pub fn call(&self, name: &str, args: &[Arg]) -> i32 {
        let mut words = [0; MOST_WORDS];
        let mut doubles = [0.0; MOST_DOUBLES];
        let (mut word, mut double) = (words.iter_mut(), doubles.iter_mut());
        for arg in args {
            match *arg {
                Arg::Word(value) => *word.next().expect("no function takes more words") = value,
                Arg::Double(value) => *double.next().expect("no function takes more doubles") = value,
            }
        }
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = words;
        let [x, y] = doubles;
        // SAFETY: see `Any`. Whether the arguments are any good is what is tested, in a process that may die of it.
        unsafe {
            let function: Any = std::mem::transmute(self.address(name));
            function(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, x, y)
        }
    }

    /// A call in which all arguments are words.
    pub fn words(&self, name: &str, words: &[u64]) -> i32 {
        let args: Vec<_> = words.iter().map(|word| Arg::Word(*word)).collect();
        self.call(name, &args)
    }

    /// A call that succeeds and gives one word by its last parameter.
    pub fn get(&self, name: &str, words: &[u64]) -> u64 {
        let mut out = 0u64;
        let mut words = words.to_vec();
        words.push(&raw mut out as u64);
        let status = self.words(name, &words);
        assert!(status == 0, "{name} answers {status} {}", self.last_message());
        out
    }

    pub fn ok(&self, name: &str, words: &[u64]) {
        let status = self.words(name, words);
        assert!(status == 0, "{name} answers {status} {}", self.last_message());
    }

    pub fn last_message(&self) -> String {
        let (mut buf, mut len) = ([0u8; 4096], 0usize);
        let words = [0, buf.as_mut_ptr() as u64, buf.len() as u64, &raw mut len as u64];
        let status = self.words("wts_error_message", &words);
        if status == 0 { String::from_utf8_lossy(&buf[..len]).into_owned() } else { String::new() }
    }

    pub fn live_handles(&self) -> u64 {
        self.get("wts_handle_live_count", &[0])
    }
}

pub fn fits(function: &Function) -> bool {
    let doubles = function.params.iter().filter(|p| p.r#type == "double").count();
    doubles <= MOST_DOUBLES && function.params.len() - doubles <= MOST_WORDS
}
