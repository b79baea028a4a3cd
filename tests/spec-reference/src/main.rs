//! Runs the suite with Wasmtime's own runner, and prints of each file which directives fail: group, file and the
//! numbers of the directives, with tabs between them.

#[path = "../../spec/groups.rs"]
mod groups;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use groups::{Group, Options};
use wasmtime::{Config, Engine};
use wasmtime_wast::{Async, SpectestConfig, WastContext};
use wast::lexer::Lexer;
use wast::parser::{self, ParseBuffer};
use wast::{Wast, WastDirective};

/// Scripts nest deeply, and exhaust stacks.
const STACK: usize = 16 << 20;

fn main() {
    let groups = groups::groups();
    let work: Vec<_> = groups.iter().flat_map(|group| group.files.iter().map(move |file| (group, file))).collect();
    let next = AtomicUsize::new(0);
    let worker = || {
        while let Some((group, file)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
            let failed: Vec<_> = failed(group, file.contents).iter().map(usize::to_string).collect();
            println!("{}\t{}\t{}", group.name, file.name, failed.join(" "));
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().unwrap().get() {
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).unwrap();
        }
    });
}

/// The numbers of the directives that fail. Wasmtime's runner ends with the first one, so it is run again without
/// that one, until it comes to the end.
fn failed(group: &Group, text: &str) -> Vec<usize> {
    let mut directives = directives(text);
    let mut failed = Vec::new();
    while let Some(number) = first_failure(group.options, &directives) {
        remove(&mut directives, number, &mut failed);
    }
    failed
}

struct Directive {
    text: String,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Module,
    /// Of the module before it.
    Register,
    Other,
}

/// Where there is no module, what is asserted of it fails too, so an empty one takes its place. That is not to be
/// registered.
fn remove(directives: &mut [Directive], number: usize, failed: &mut Vec<usize>) {
    failed.push(number);
    let is_module = directives[number].kind == Kind::Module;
    directives[number].text = if is_module { "(module)" } else { "" }.to_string();
    let of_module =
        (number + 1..directives.len()).take_while(|next| is_module && directives[*next].kind != Kind::Module);
    for next in of_module.filter(|next| directives[*next].kind == Kind::Register).collect::<Vec<_>>() {
        failed.push(next);
        directives[next].text.clear();
    }
}

/// The directives of a script, each with all that stands behind it.
fn directives(text: &str) -> Vec<Directive> {
    let mut lexer = Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let buffer = ParseBuffer::new_with_lexer(lexer).unwrap();
    let directives = parser::parse::<Wast>(&buffer).unwrap().directives;
    // A span is that of the keyword. What stands before the first directive belongs to it.
    let begin = |directive: &WastDirective| text[..directive.span().offset()].rfind('(');
    let mut begins: Vec<_> = directives.iter().map(|directive| begin(directive).unwrap_or(0)).collect();
    begins[0] = 0;
    let ends = begins[1..].iter().copied().chain([text.len()]);
    let texts = begins.iter().zip(ends).map(|(begin, end)| text[*begin..end].to_string());
    let kinds = directives.iter().map(|directive| match directive {
        WastDirective::Module(_) => Kind::Module,
        WastDirective::Register { module: None, .. } => Kind::Register,
        _ => Kind::Other,
    });
    texts.zip(kinds).map(|(text, kind)| Directive { text, kind }).collect()
}

/// The number of the first directive that fails.
fn first_failure(options: Options, directives: &[Directive]) -> Option<usize> {
    let mut script = String::new();
    let mut first_lines = Vec::new();
    for directive in directives {
        first_lines.push(1 + script.matches('\n').count());
        script.push_str(&directive.text);
        script.push('\n');
    }
    let message = format!("{:?}", run(options, &script).err()?);
    let line = line_of(&message).unwrap_or_else(|| panic!("no line: {message}"));
    Some(first_lines.partition_point(|first| *first <= line) - 1)
}

/// The line that an error of the runner names: of a directive that fails, or that cannot even be encoded.
fn line_of(message: &str) -> Option<usize> {
    let places = ["failed directive on names.wast:", "failure processing directive on line "];
    let line = places.iter().find_map(|place| message.split(place).nth(1))?;
    line.lines().next()?.parse().ok()
}

/// As Wasmtime's own tests do, which compare the messages of traps only.
fn run(options: Options, script: &str) -> wasmtime::Result<()> {
    let engine = engine(options)?;
    let mut context = WastContext::new(&engine, Async::No, |_| {});
    let use_shared_memory = options.contains(&("shared_memory", 1));
    context.register_spectest(&SpectestConfig { use_shared_memory, suppress_prints: true })?;
    context.ignore_error_messages(true).generate_dwarf(false);
    // It takes names of every kind from a file with this name.
    context.run_wast("names.wast", script.as_bytes())
}

fn engine(options: Options) -> wasmtime::Result<Engine> {
    let mut config = Config::new();
    for (name, value) in options {
        let on = *value == 1;
        match *name {
            "shared_memory" => config.shared_memory(on),
            "wasm_bulk_memory" => config.wasm_bulk_memory(on),
            "wasm_custom_page_sizes" => config.wasm_custom_page_sizes(on),
            "wasm_exceptions" => config.wasm_exceptions(on),
            "wasm_extended_const" => config.wasm_extended_const(on),
            "wasm_function_references" => config.wasm_function_references(on),
            "wasm_gc" => config.wasm_gc(on),
            "wasm_memory64" => config.wasm_memory64(on),
            "wasm_multi_memory" => config.wasm_multi_memory(on),
            "wasm_multi_value" => config.wasm_multi_value(on),
            "wasm_reference_types" => config.wasm_reference_types(on),
            "wasm_relaxed_simd" => config.wasm_relaxed_simd(on),
            "wasm_simd" => config.wasm_simd(on),
            "wasm_tail_call" => config.wasm_tail_call(on),
            "wasm_threads" => config.wasm_threads(on),
            "wasm_wide_arithmetic" => config.wasm_wide_arithmetic(on),
            _ => panic!("the option {name} is unknown"),
        };
    }
    Engine::new(&config)
}
