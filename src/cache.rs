//! The module cache: compiled modules in a folder, under the hash of what they were made from.
//!
//! An entry is an artifact in its envelope, sealed with a key of its own, so that none is taken for another; one that is
//! damaged or strange is deleted and compiled again. Files are written under a temporary name and renamed, so processes
//! can share a folder.

// What is not compiled is not cached.
#![cfg_attr(not(feature = "compiler"), allow(dead_code, unused_imports))]

use crate::artifact::{self, Key};
use crate::boundary::Result;
use crate::config::Config;
use crate::engine::Engine;
use crate::module;
use crate::{abi::*, boundary::fail};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

const DEFAULT_SIZE: u64 = 512 << 20;
const SUFFIX: &str = "wtsc";
/// Of files that are being written, or were when their process ended; no write takes so long.
const UNFINISHED: &str = "wtsc-new";
const LONGEST_WRITE: Duration = Duration::from_secs(3600);

pub(crate) struct Cache {
    folder: PathBuf,
    size: u64,
    pub hits: AtomicU64,
    pub misses: AtomicU64,
    warned: AtomicBool,
}

/// Where something is kept, and the key that seals it there: both follow from what it was made from.
pub(crate) struct Entry {
    pub path: PathBuf,
    pub key: Key,
}

/// Feeds Wasmtime's hash of its version and of an engine's settings to ours.
#[cfg(feature = "compiler")]
pub(crate) fn feed(engine: &wasmtime::Engine, hasher: &mut blake3::Hasher) {
    engine.precompile_compatibility_hash().hash(&mut Feed(hasher));
}

struct Feed<'a>(&'a mut blake3::Hasher);

impl Hasher for Feed<'_> {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
    fn finish(&self) -> u64 {
        0
    }
}

impl Cache {
    /// The cache that a config asks for, if any.
    pub fn new(config: &Config) -> Result<Option<Self>> {
        if !config.caches() {
            return Ok(None);
        }
        let folder = match config.text(WTS_OPT_CACHE_DIR) {
            Some(folder) => PathBuf::from(folder),
            None => match dirs::cache_dir() {
                Some(folder) => folder.join("wasmtime-shim"),
                None => return fail(WTS_ERR_STATE, "the user has no cache folder: set cache_dir"),
            },
        };
        let size = config.number(WTS_OPT_CACHE_SIZE).map_or(DEFAULT_SIZE, |size| size as u64);
        let zero = AtomicU64::default;
        Ok(Some(Cache { folder, size, hits: zero(), misses: zero(), warned: AtomicBool::new(false) }))
    }

    /// The entry for what `bytes` compile to under an engine's settings. What an engine would refuse to compile it does
    /// not find either, so the limit is one of them.
    #[cfg(feature = "compiler")]
    pub fn entry(&self, engine: &Engine, bytes: &[u8]) -> Entry {
        let mut hasher = artifact::hasher(engine.key.as_ref());
        hasher.update(concat!("wasmtime-shim cache ", env!("CARGO_PKG_VERSION")).as_bytes());
        hasher.update(&engine.max_wasm_functions.to_le_bytes());
        feed(&engine.engine, &mut hasher);
        hasher.update(bytes);
        let (mut name, mut key) = ([0; 32], [0; 32]);
        let mut output = hasher.finalize_xof();
        output.fill(&mut name);
        output.fill(&mut key);
        let path = self.folder.join(blake3::Hash::from_bytes(name).to_hex().as_str()).with_extension(SUFFIX);
        Entry { path, key }
    }

    /// Reads an entry with `load`, which judges it. One that is no good is deleted.
    pub fn get<T>(&self, entry: &Entry, load: impl FnOnce(&File) -> Result<T>) -> Option<T> {
        let found = File::open(&entry.path).ok().and_then(|file| match load(&file) {
            Ok(found) => {
                // For the order of eviction; a folder that cannot be written keeps its order.
                let _ = file.set_modified(SystemTime::now());
                Some(found)
            }
            Err(_) => {
                let _ = fs::remove_file(&entry.path);
                None
            }
        });
        let count = if found.is_some() { &self.hits } else { &self.misses };
        count.fetch_add(1, Ordering::Relaxed);
        found
    }

    /// Writes an entry and evicts what is over the size. The first failure is told.
    pub fn put(&self, entry: &Entry, sealed: &[u8]) -> Option<String> {
        let error = self.write(&entry.path, sealed).err()?;
        if self.warned.swap(true, Ordering::Relaxed) {
            return None;
        }
        let folder = self.folder.display();
        Some(format!("the module cache {folder} cannot be written, so modules are compiled each time: {error}"))
    }

    fn write(&self, entry: &Path, sealed: &[u8]) -> std::io::Result<()> {
        if sealed.len() as u64 > self.size {
            return Ok(());
        }
        fs::create_dir_all(&self.folder)?;
        // Users may share a folder that one of them fills.
        let mut file = tempfile::Builder::new()
            .suffix(&format!(".{UNFINISHED}"))
            .permissions(module::default_permissions())
            .tempfile_in(&self.folder)?;
        file.write_all(sealed)?;
        file.persist(entry)?;
        self.evict()
    }

    /// Deletes the least recently used entries until the rest fits, and what nobody will finish.
    fn evict(&self) -> std::io::Result<()> {
        let mut entries = Vec::new();
        for file in fs::read_dir(&self.folder)?.flatten() {
            let (path, Ok(data)) = (file.path(), file.metadata()) else { continue };
            let modified = data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            match path.extension().and_then(OsStr::to_str) {
                Some(SUFFIX) => entries.push((modified, data.len(), path)),
                Some(UNFINISHED) if modified.elapsed().is_ok_and(|age| age > LONGEST_WRITE) => {
                    let _ = fs::remove_file(path);
                }
                _ => {}
            }
        }
        let mut total: u64 = entries.iter().map(|entry| entry.1).sum();
        entries.sort();
        for (_, size, path) in entries {
            if total <= self.size {
                break;
            }
            // Another process may have been first.
            let _ = fs::remove_file(path);
            total -= size;
        }
        Ok(())
    }
}
