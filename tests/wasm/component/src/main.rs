//! Makes a component of a core module and the world of its WIT.
//!
//!     make-component WIT MODULE OUTPUT

use std::error::Error;
use std::{env, fs};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<_> = env::args().skip(1).collect();
    let [wit, module, output] = args.as_slice() else {
        return Err("make-component WIT MODULE OUTPUT".into());
    };
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(wit)?;
    let world = resolve.select_world(&[package], None)?;
    let mut module = fs::read(module)?;
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8)?;
    let component = ComponentEncoder::default().validate(true).module(&module)?.encode()?;
    Ok(fs::write(output, component)?)
}
