//! Core dumps: the state of a store at the time of a trap, in WebAssembly's own format.

use crate::abi::*;
use crate::boundary::{Result, fail};
use crate::store::Data;
use wasmtime::{AsContextMut, HeapType, Module, RootScope, WasmCoreDump};

/// The writer keeps the dump in memory twice, and its sections have 32-bit sizes.
const MOST: u64 = 1 << 30;

/// How a dump of a program without a name begins: magic number, version, and the section `core`.
const NAMELESS: &[u8] = b"\0asm\x01\0\0\0\x00\x07\x04core\x00\x00";

/// The bytes of a dump, for [`named`]. What the writer would panic of is found before.
pub(crate) fn serialize(dump: &WasmCoreDump, mut cx: impl AsContextMut<Data = Data>) -> Result<Vec<u8>> {
    let mut cx = RootScope::new(cx.as_context_mut());
    let size: u64 = dump.memories().iter().map(|memory| memory.data_size(&cx) as u64).sum();
    if size > MOST {
        return fail(WTS_ERR_LIMIT, format_args!("no core dump: the memories hold {size} bytes, over {MOST}"));
    }
    let strange = dump.globals().iter().map(|global| global.ty(&cx)).find(|ty| {
        let top = ty.content().as_ref().map(|ty| ty.heap_type().top());
        !matches!(top, None | Some(HeapType::Func | HeapType::Extern | HeapType::Any))
    });
    if let Some(ty) = strange {
        return fail(WTS_ERR_UNSUPPORTED, format_args!("no core dump: a global holds {}", ty.content()));
    }
    // A module that stands on the stack for another store can be known here without an instance.
    let instances: Vec<_> = dump.instances().iter().map(|instance| instance.module(&cx)).collect();
    if !dump.frames().iter().all(|frame| instances.iter().any(|module| Module::same(module, frame.module()))) {
        return fail(WTS_ERR_UNSUPPORTED, "no core dump: a function on the stack has no instance in the store");
    }
    Ok(dump.serialize(&mut cx, ""))
}

/// A dump with the name of the program in its first section.
pub(crate) fn named(dump: &[u8], name: &str) -> Vec<u8> {
    let Some(rest) = dump.strip_prefix(NAMELESS) else {
        return dump.to_vec();
    };
    let mut content = b"\x04core\x00".to_vec();
    number(&mut content, name.len());
    content.extend_from_slice(name.as_bytes());
    let mut named = b"\0asm\x01\0\0\0\x00".to_vec();
    number(&mut named, content.len());
    [named.as_slice(), &content, rest].concat()
}

/// LEB128.
fn number(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_put_in() {
        let dump = [NAMELESS, b"rest"].concat();
        assert_eq!(named(&dump, ""), dump);
        assert_eq!(named(&dump, "a.wasm"), b"\0asm\x01\0\0\0\x00\x0d\x04core\x00\x06a.wasmrest");
        let long = named(&dump, &"n".repeat(200));
        assert!(long.starts_with(b"\0asm\x01\0\0\0\x00\xd0\x01\x04core\x00\xc8\x01nnn") && long.ends_with(b"nrest"));
    }
}
