//! What Wasmtime's own runner makes of the same files, as `tests/spec-reference` tells it.

use std::collections::{HashMap, HashSet};

/// Of each group and file which directives fail.
pub struct Reference(HashMap<(String, String), HashSet<usize>>);

impl Reference {
    /// A line is a group, a file and the numbers of the directives, with tabs between them and spaces between numbers.
    pub fn read(text: &str) -> Self {
        let line = |line: &str| {
            let parts: Vec<_> = line.split('\t').collect();
            let [group, file, failed] = parts[..] else { panic!("{line:?} is not of three parts") };
            let failed = failed.split_whitespace().map(|number| number.parse().unwrap()).collect();
            ((group.to_string(), file.to_string()), failed)
        };
        Reference(text.lines().map(line).collect())
    }

    pub fn failed(&self, group: &str, file: &str) -> &HashSet<usize> {
        let failed = self.0.get(&(group.to_string(), file.to_string()));
        failed.unwrap_or_else(|| panic!("Wasmtime's own runner did not run {group}/{file}"))
    }
}
