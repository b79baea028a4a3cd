//! `tests/abi.lock`: sorted prototypes and numbers, so that a change of the ABI is a change of one line.

use crate::abi::{Abi, Signature};

const HEAD: &str = "\
# The ABI, one declaration a line. `make generate` rewrites this file; a line that is changed or removed here breaks
# programs that were built before, and is a line in CHANGELOG.md.
";

pub fn generate(abi: &Abi) -> String {
    let types = abi.types.iter().map(|t| format!("typedef {} {}", t.base, t.name));
    let callbacks = abi.callbacks.iter().map(|c| prototype(c, &format!("typedef {} (*{})", c.c_returns(), c.name)));
    let constants = abi.constants.iter().map(|c| format!("{} = {}", c.name, c.value));
    let functions = abi.functions.iter().map(|f| &f.signature);
    let functions = functions.map(|s| prototype(s, &format!("{} {}", s.c_returns(), s.name)));
    [sorted(types.chain(callbacks)), sorted(constants), sorted(functions)]
        .iter()
        .fold(HEAD.into(), |out, part| out + "\n" + part)
}

fn prototype(signature: &Signature, head: &str) -> String {
    format!("{head}({})", signature.c_params())
}

fn sorted(lines: impl Iterator<Item = String>) -> String {
    let mut lines: Vec<_> = lines.map(|line| line + "\n").collect();
    lines.sort();
    lines.concat()
}
