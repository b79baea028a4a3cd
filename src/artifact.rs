//! Artifacts: compiled modules in an envelope that tells damage, forgery and foreign files before
//! any of it is trusted.
//!
//! The envelope is a trailer, since Wasmtime maps code from offset 0: the code, what Wasmtime does not
//! keep of the module (see `Sections`), then 64 bytes. These are the checksum (32), the length of the
//! code (8), flags (4), the version of this layout (4) and a mark (16), little-endian. The checksum is
//! BLAKE3 over all that stands before it and the bytes of the trailer after it, keyed if the engine has
//! an artifact key.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use std::ffi::c_char;
use std::fs::File;
use std::io::Write;
use std::os::unix::fs::FileExt;

const MARK: &[u8; 16] = b"wasmtime-shim\r\n\x1a";
const LAYOUT: u32 = 2;
const KEYED: u32 = 1;
const TRAILER: usize = 64;
const CHECKSUM: usize = 32;
/// Small enough for the processor's fastest cache, and for the allocator to keep.
const PIECE: usize = 32 << 10;
/// To copy code of up to this size once more costs less than a file in memory does.
const SMALL: u64 = 256 << 10;

pub(crate) type Key = [u8; 32];

/// The key that a secret of any length stands for.
pub(crate) fn key(secret: &str) -> Key {
    blake3::derive_key("wasmtime-shim artifact key 1", secret.as_bytes())
}

pub(crate) fn hasher(key: Option<&Key>) -> blake3::Hasher {
    key.map_or_else(blake3::Hasher::new, blake3::Hasher::new_keyed)
}

/// Puts code, which may have been mapped with the envelope around it, into its envelope.
#[cfg(any(test, feature = "compiler"))]
pub(crate) fn seal(mut code: Vec<u8>, sections: &[u8], key: Option<&Key>) -> Vec<u8> {
    if let Some(length) = code_length(&code) {
        code.truncate(length);
    }
    let mut rest = Vec::with_capacity(TRAILER - CHECKSUM);
    rest.extend((code.len() as u64).to_le_bytes());
    rest.extend(if key.is_some() { KEYED } else { 0 }.to_le_bytes());
    rest.extend(LAYOUT.to_le_bytes());
    rest.extend(MARK);
    let checksum = hasher(key).update(&code).update(sections).update(&rest).finalize();
    code.extend(sections);
    code.extend(checksum.as_bytes());
    code.extend(rest);
    code
}

/// How long the code in an envelope is, as far as that can be told without judging it.
#[cfg(any(test, feature = "compiler"))]
fn code_length(bytes: &[u8]) -> Option<usize> {
    let (content, trailer) = bytes.split_last_chunk::<TRAILER>()?;
    let rest = trailer.last_chunk::<{ TRAILER - CHECKSUM }>()?;
    let length = usize::try_from(written(rest)).ok()?;
    (rest.ends_with(MARK) && length <= content.len()).then_some(length)
}

/// The length of the code, from the part of the trailer behind the checksum.
fn written(rest: &[u8]) -> u64 {
    u64::from_le_bytes(rest[..8].try_into().expect("8 bytes"))
}

/// Takes code and sections out of their envelope, if nothing is wrong with it.
pub(crate) fn open<'a>(bytes: &'a [u8], key: Option<&Key>) -> Result<(&'a [u8], &'a [u8])> {
    let Some((content, trailer)) = bytes.split_last_chunk::<TRAILER>() else {
        return fail(WTS_ERR_CORRUPT, format_args!("{} bytes are too few for an artifact", bytes.len()));
    };
    let code = check(content, content.len() as u64, trailer, key, |hasher, _| {
        hasher.update(content);
    })?;
    Ok(content.split_at(code as usize))
}

/// Judges an artifact by its trailer, and answers how long its code is. `start` is how its content begins, `length` how
/// long that is, and `feed` gives it to the hasher, knowing how much of it is code.
fn check(
    start: &[u8],
    length: u64,
    trailer: &[u8; TRAILER],
    key: Option<&Key>,
    feed: impl FnOnce(&mut blake3::Hasher, u64),
) -> Result<u64> {
    let (checksum, rest) = trailer.split_at(CHECKSUM);
    if &rest[16..] != MARK {
        return fail(WTS_ERR_CORRUPT, not_ours(start));
    }
    let layout = u32::from_le_bytes(rest[12..16].try_into().expect("4 bytes"));
    if layout != LAYOUT {
        return fail(
            WTS_ERR_STATE,
            format_args!("the artifact has layout {layout}, this library reads layout {LAYOUT}: compile it again"),
        );
    }
    let flags = u32::from_le_bytes(rest[8..12].try_into().expect("4 bytes"));
    match (flags & KEYED != 0, key) {
        (true, None) => {
            return fail(WTS_ERR_CORRUPT, "the artifact is sealed with a key, but the engine has no artifact_key");
        }
        (false, Some(_)) => {
            return fail(WTS_ERR_CORRUPT, "the engine has an artifact_key, but the artifact is not sealed with one");
        }
        _ => {}
    }
    let code = written(rest);
    if length < code {
        return fail(
            WTS_ERR_CORRUPT,
            format_args!("the artifact is damaged: it holds {length} bytes where {code} of code were written"),
        );
    }
    let mut hasher = hasher(key);
    feed(&mut hasher, code);
    // Compared in constant time, as keyed checksums must be.
    let expected = blake3::Hash::from_bytes(checksum.try_into().expect("32 bytes"));
    if hasher.update(rest).finalize() != expected {
        return fail(WTS_ERR_CORRUPT, "the artifact is damaged or was edited: its checksum does not match its content");
    }
    Ok(code)
}

/// The sections of an artifact, and the artifact itself, once its checksum was found right, as a file that Wasmtime
/// maps where it would copy bytes: the file itself if `trusted` to stay as it is, else a copy of the code in memory
/// that nobody can change. None for a file that is small, where the system has no such memory, or if anything is wrong
/// with the file: [`open`] says what.
pub(crate) fn mappable(file: &File, trusted: bool, key: Option<&Key>) -> Option<(File, Vec<u8>)> {
    let length = file.metadata().ok().filter(|data| data.is_file())?.len().checked_sub(TRAILER as u64)?;
    if !trusted && length < SMALL {
        return None;
    }
    let mut trailer = [0; TRAILER];
    file.read_exact_at(&mut trailer, length).ok()?;
    let copy = if trusted { None } else { Some(sealed::new()?) };
    let (mut read, mut sections) = (None, Vec::new());
    check(&[], length, &trailer, key, |hasher, mut code| {
        read = read_through(file, length, hasher, |piece| {
            let (piece, rest) = piece.split_at(piece.len().min(code as usize));
            code -= piece.len() as u64;
            sections.extend_from_slice(rest);
            copy.as_ref().map_or(Some(()), |mut copy| copy.write_all(piece).ok())
        });
    })
    .ok()?;
    read?;
    let file = match copy {
        Some(copy) => sealed::seal(copy)?,
        None => file.try_clone().ok()?,
    };
    Some((file, sections))
}

/// Reads so many bytes from the start of a file, and hashes each piece while the cache has it.
fn read_through(
    file: &File,
    length: u64,
    hasher: &mut blake3::Hasher,
    mut also: impl FnMut(&[u8]) -> Option<()>,
) -> Option<()> {
    let mut piece = vec![0; PIECE.min(length as usize)];
    let mut done = 0;
    while done < length {
        let count = piece.len().min((length - done) as usize);
        file.read_exact_at(&mut piece[..count], done).ok()?;
        hasher.update(&piece[..count]);
        also(&piece[..count])?;
        done += count as u64;
    }
    Some(())
}

/// Files in memory that nobody can change once they are sealed.
#[cfg(target_os = "linux")]
mod sealed {
    use memfd::{FileSeal, Memfd, MemfdOptions};
    use std::fs::File;

    pub fn new() -> Option<File> {
        MemfdOptions::default().allow_sealing(true).create("wasmtime-shim").ok().map(Memfd::into_file)
    }

    pub fn seal(file: File) -> Option<File> {
        let file = Memfd::try_from_file(file).ok()?;
        file.add_seals(&[FileSeal::SealShrink, FileSeal::SealGrow, FileSeal::SealWrite]).ok()?;
        Some(file.into_file())
    }
}

#[cfg(not(target_os = "linux"))]
mod sealed {
    use std::fs::File;

    pub fn new() -> Option<File> {
        None
    }

    pub fn seal(_: File) -> Option<File> {
        None
    }
}

fn not_ours(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\0asm") {
        "this is WebAssembly, not an artifact: wts_module_new compiles it"
    } else if bytes.starts_with(b"\x7fELF") {
        "the artifact is truncated, or was not written by this library: its trailer is missing"
    } else {
        "this is not an artifact of this library: its trailer is missing"
    }
}

/// The kind of artifact that an envelope holds, by what its code begins with.
fn detect(trailer: Option<&[u8; TRAILER]>, code: impl FnOnce() -> Option<wasmtime::Precompiled>) -> i32 {
    use wasmtime::Precompiled::{Component, Module};
    match trailer.filter(|trailer| trailer.ends_with(MARK)).and_then(|_| code()) {
        Some(Module) => WTS_ARTIFACT_MODULE,
        Some(Component) => WTS_ARTIFACT_COMPONENT,
        None => WTS_ARTIFACT_NONE,
    }
}

fn detect_file(path: &str) -> std::io::Result<i32> {
    let file = File::open(path)?;
    let mut trailer = [0; TRAILER];
    let found = match file.metadata()?.len().checked_sub(TRAILER as u64) {
        Some(length) => file.read_exact_at(&mut trailer, length).map(|()| Some(&trailer))?,
        None => None,
    };
    Ok(detect(found, || wasmtime::Engine::detect_precompiled_file(path).ok().flatten()))
}

/// Tells what bytes are: `WTS_ARTIFACT_...`. They are not judged: that they are what they seem to be, whole and made for
/// an engine, `wts_module_deserialize` finds out.
///
/// # Errors
/// `WTS_ERR_NULL`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `bytes` holds `bytes_len` bytes; `out_kind` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_artifact_detect(bytes: *const u8, bytes_len: usize, out_kind: *mut i32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_kind, "out_kind")?;
        let bytes = args::bytes(bytes, bytes_len, "bytes")?;
        out.set(detect(bytes.last_chunk(), || wasmtime::Engine::detect_precompiled(bytes)));
        Ok(())
    })
}

/// Tells what a file is, as `wts_artifact_detect`. Little of it is read.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_IO`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `path` holds `path_len` bytes; `out_kind` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_artifact_detect_file(
    path: *const c_char,
    path_len: usize,
    out_kind: *mut i32,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_kind, "out_kind")?;
        let path = args::text(path, path_len, "path")?;
        match detect_file(path) {
            Ok(kind) => out.set(kind),
            Err(error) => return fail(WTS_ERR_IO, format_args!("cannot read {path:?}: {error}")),
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(bytes: &[u8], key: Option<&Key>) -> i32 {
        open(bytes, key).err().map_or(WTS_OK, |failure| failure.status)
    }

    #[test]
    fn every_edit_and_every_truncation_is_found() {
        let sealed = seal(b"\x7fELF some code".to_vec(), b"sections", None);
        assert_eq!(open(&sealed, None).unwrap(), (&b"\x7fELF some code"[..], &b"sections"[..]));
        assert_eq!(seal(sealed.clone(), b"sections", None), sealed);
        for bit in 0..sealed.len() * 8 {
            let mut edited = sealed.clone();
            edited[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(status(&edited, None), WTS_OK, "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert_eq!(status(&sealed[..length], None), WTS_ERR_CORRUPT, "length {length}");
        }
    }

    /// As Wasmtime 47 would write it: nothing is damaged.
    #[cfg(feature = "compiler")]
    #[test]
    fn artifacts_of_another_wasmtime_are_refused() {
        use crate::{boundary::last_error, engine, module};
        let mut config = wasmtime::Config::new();
        config.module_version(wasmtime::ModuleVersionStrategy::Custom("47".to_owned())).unwrap();
        let code = wasmtime::Engine::new(&config).unwrap().precompile_module(b"\0asm\x01\0\0\0").unwrap();
        let sealed = seal(code, &[], None);
        let (mut engine, mut loaded) = (wts_engine_t(0), wts_module_t(7));
        // SAFETY: all pointers are to what they are said to be.
        let status = unsafe {
            assert_eq!(engine::wts_engine_new(wts_config_t(0), &mut engine), WTS_OK);
            module::wts_module_deserialize(engine, sealed.as_ptr(), sealed.len(), &mut loaded)
        };
        assert_eq!((status, loaded.0), (WTS_ERR_STATE, 7));
        assert!(last_error().unwrap().message.contains("incompatible version '47'"));
        assert_eq!(engine::wts_engine_delete(engine), WTS_OK);
    }

    #[test]
    fn a_key_must_be_the_right_one() {
        let (one, two) = (key("one"), key("two"));
        let sealed = seal(b"code".to_vec(), &[], Some(&one));
        assert_eq!(status(&sealed, Some(&one)), WTS_OK);
        assert_eq!(status(&sealed, Some(&two)), WTS_ERR_CORRUPT);
        assert_eq!(status(&sealed, None), WTS_ERR_CORRUPT);
        assert_eq!(status(&seal(b"code".to_vec(), &[], None), Some(&one)), WTS_ERR_CORRUPT);
    }
}
