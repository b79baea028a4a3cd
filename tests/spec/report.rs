//! What a run amounts to: its totals, and what is wrong with it.

use std::fmt::Write;
use std::iter::Sum;
use std::ops::Add;

use crate::groups::Group;
use crate::reference::Reference;
use crate::script::Outcome;
use crate::suite::Outcomes;

/// Why directives of files of a group cannot pass, and how many of each file. All others pass.
struct LeftOut {
    group: &'static str,
    because: &'static str,
    files: &'static [(&'static str, usize)],
}

const LEFT_OUT: &[LeftOut] = &[
    LeftOut {
        group: "custom-descriptors",
        because: "Wasmtime 48 does not implement the proposal custom-descriptors",
        files: &[
            ("array_new_exact.wast", 1),
            ("binary-descriptors.wast", 2),
            ("br_on_cast.wast", 1),
            ("br_on_cast_desc_eq.wast", 99),
            ("br_on_cast_desc_eq_fail.wast", 99),
            ("br_on_cast_fail.wast", 1),
            ("descriptors.wast", 6),
            ("exact-casts.wast", 111),
            ("exact-func-import.wast", 21),
            ("exact.wast", 16),
            ("ref_cast_desc_eq.wast", 93),
            ("ref_get_desc.wast", 27),
            ("struct_new_desc.wast", 26),
        ],
    },
    LeftOut {
        group: "mutable-global",
        because: "superseded by core 2.0, where segments before one that does not fit are written",
        files: &[("linking.wast", 4)],
    },
    LeftOut {
        group: "reference-types",
        because: "superseded by core 2.0, where the labels of a br_table that is never reached may differ in type",
        files: &[("unreached-invalid.wast", 1)],
    },
];

/// How many directives of a file are left out.
fn left_out(group: &str, file: &str) -> usize {
    let of_group = LEFT_OUT.iter().filter(|entry| entry.group == group).flat_map(|entry| entry.files);
    of_group.filter(|(name, _)| *name == file).map(|(_, directives)| directives).sum()
}

/// The groups and names of files of which directives are left out.
pub fn all_left_out() -> impl Iterator<Item = (&'static str, &'static str)> {
    LEFT_OUT.iter().flat_map(|entry| entry.files.iter().map(|(file, _)| (entry.group, *file)))
}

// ---- totals ----

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    pub passed: usize,
    pub failed: usize,
    pub left_out: usize,
}

/// The counts of files and of their directives.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    pub files: Counts,
    pub directives: Counts,
}

impl Tally {
    /// Of a file with so many directives, of which so many failed.
    fn of_file(directives: usize, failed: usize, left_out: usize) -> Self {
        let left_out = left_out.min(failed);
        let directives = Counts { passed: directives - failed, failed: failed - left_out, left_out };
        let file = match directives {
            Counts { failed: 1.., .. } => Counts { failed: 1, ..Counts::default() },
            Counts { left_out: 1.., .. } => Counts { left_out: 1, ..Counts::default() },
            _ => Counts { passed: 1, ..Counts::default() },
        };
        Tally { files: file, directives }
    }
}

impl Add for Counts {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Counts {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            left_out: self.left_out + other.left_out,
        }
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Tally::default(), |sum, next| Tally {
            files: sum.files + next.files,
            directives: sum.directives + next.directives,
        })
    }
}

/// A line of the table.
pub struct Row {
    name: String,
    /// Ours, and Wasmtime's own runner's where it was asked.
    pub tallies: Vec<Tally>,
}

/// A line for each group, and a last one for all of them.
pub fn rows(groups: &[Group], outcomes: &Outcomes, reference: Option<&Reference>) -> Vec<Row> {
    let mut rows: Vec<_> =
        groups.iter().zip(outcomes).map(|(group, files)| row_of_group(group, files, reference)).collect();
    let runners = 1 + usize::from(reference.is_some());
    let sums = (0..runners).map(|runner| rows.iter().map(|row| row.tallies[runner]).sum());
    let all = Row { name: "all".to_string(), tallies: sums.collect() };
    rows.push(all);
    rows
}

fn row_of_group(group: &Group, files: &[Vec<Outcome>], reference: Option<&Reference>) -> Row {
    let tally = |failed: &dyn Fn(&str, &[Outcome]) -> usize| {
        let files = group.files.iter().map(|file| file.name.as_str()).zip(files);
        files.map(|(file, found)| Tally::of_file(found.len(), failed(file, found), left_out(&group.name, file))).sum()
    };
    let mut tallies = vec![tally(&|_, found| found.iter().filter(|outcome| outcome.result.is_err()).count())];
    tallies.extend(reference.map(|reference| tally(&|file, _| reference.failed(&group.name, file).len())));
    Row { name: group.name.clone(), tallies }
}

/// The lines under their heads, and why what is left out is.
pub fn table(rows: &[Row]) -> String {
    const COLUMNS: &str = "| files passed  failed  left out | assertions passed  failed  left out ";
    let mut text = String::new();
    let runners = ["through the library", "Wasmtime's own runner"].iter().take(rows[0].tallies.len());
    let width = COLUMNS.len() - 2;
    let heads: String = runners.map(|runner| format!("| {runner:width$}")).collect();
    let _ = writeln!(text, "{:39}{}", "", heads.trim_end());
    let _ = writeln!(text, "{:39}{}", "", COLUMNS.repeat(rows[0].tallies.len()).trim_end());
    for row in rows {
        let counts: String = row.tallies.iter().map(cells).collect();
        let _ = writeln!(text, "{:39}{}", row.name, counts.trim_end());
    }
    for LeftOut { group, because, files } in LEFT_OUT {
        let files: Vec<_> = files.iter().map(|(file, directives)| format!("{file} {directives}")).collect();
        let _ = writeln!(text, "left out of {group}: {because} ({})", files.join(", "));
    }
    text
}

fn cells(tally: &Tally) -> String {
    let Tally { files, directives } = tally;
    format!(
        "| {:12}  {:6}  {:8} | {:17}  {:6}  {:8} ",
        files.passed, files.failed, files.left_out, directives.passed, directives.failed, directives.left_out
    )
}

/// The totals in one line.
pub fn summary(tally: &Tally) -> String {
    let Counts { passed, failed, left_out } = tally.directives;
    format!("{passed} passed, {failed} failed, {left_out} skipped")
}

// ---- what is wrong ----

/// All that should not be, a line each.
pub fn complaints(groups: &[Group], outcomes: &Outcomes, reference: Option<&Reference>) -> Vec<String> {
    let mut complaints = Vec::new();
    if groups.is_empty() {
        complaints.push("nothing was found to run".to_string());
    }
    for (group, files) in groups.iter().zip(outcomes) {
        if group.files.is_empty() {
            complaints.push(format!("{}: no file was found", group.name));
        }
        for (file, found) in group.files.iter().zip(files) {
            let place = format!("{}/{}", group.name, file.name);
            let failed = reference.map(|reference| reference.failed(&group.name, &file.name));
            let passes_there = |directive: &usize| failed.is_some_and(|failed| !failed.contains(directive));
            complaints.extend(complaints_of_file(&place, found, left_out(&group.name, &file.name), passes_there));
        }
    }
    complaints
}

fn complaints_of_file(
    place: &str,
    found: &[Outcome],
    left_out: usize,
    passes_there: impl Fn(&usize) -> bool,
) -> Vec<String> {
    let mut complaints = Vec::new();
    if found.is_empty() {
        complaints.push(format!("{place}: no directive was run"));
    }
    let failed: Vec<_> = found.iter().enumerate().filter(|(_, outcome)| outcome.result.is_err()).collect();
    let is_as_known = failed.len() == left_out;
    if !is_as_known && left_out > 0 {
        complaints.push(format!("{place}: {} directives fail, and {left_out} are left out", failed.len()));
    }
    for (index, Outcome { line, result }) in failed {
        let message = result.as_ref().unwrap_err();
        if passes_there(&index) {
            complaints.push(format!("{place}:{line}: passes with Wasmtime's own runner: {message}"));
        } else if !is_as_known {
            complaints.push(format!("{place}:{line}: {message}"));
        }
    }
    complaints
}
