//! Arguments that a function may like, and such that it must not.

use std::ffi::c_void;

use crate::abi::{Abi, Function, Param};
use crate::fixture::{Fixture, OF_STORES, nothing};
use crate::library::Arg;
use crate::memory::{HUGE, Memory, REGION};

/// What is handed over for one parameter; lengths and capacities go with their pointers.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Word(u64),
    Double(f64),
    /// The bytes behind a pointer, and how many elements they are.
    Slice(Vec<u8>, usize),
    /// Room for so many elements.
    Room(usize),
    /// An address as it is, beside a length as it is.
    Raw(u64, u64),
    /// Memory of zeros beside a length that is true, if it is not larger than all memory.
    Zeros(u64),
    /// Room that is one element too small for what comes out.
    Short,
}

/// What has to come of a wrong value.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// Success or an error that is documented.
    Any,
    Error,
    Status(Vec<i32>),
}

pub struct Wrong {
    pub name: String,
    pub value: Value,
    pub expected: Expected,
}

/// The parameters that are chosen; all others follow from these.
pub fn is_free(param: &Param) -> bool {
    !["len", "cap"].contains(&param.role.as_str())
}

fn slice<const N: usize>(elements: &[[u8; N]]) -> Value {
    Value::Slice(elements.concat(), elements.len())
}

fn words(elements: &[u64]) -> Value {
    slice(&elements.iter().map(|e| e.to_ne_bytes()).collect::<Vec<_>>())
}

fn bytes(bytes: &[u8]) -> Value {
    Value::Slice(bytes.to_vec(), bytes.len())
}

pub struct Arguments<'a> {
    pub abi: &'a Abi,
    pub fixture: &'a Fixture,
    pub memory: &'a Memory,
}

impl Arguments<'_> {
    /// Values that may be right, the likeliest first.
    pub fn candidates(&self, param: &Param, caller: Option<u64>) -> Vec<Value> {
        let (live, files) = (&self.fixture.live, &self.fixture.files);
        let each = |numbers: &[u64]| numbers.iter().map(|number| Value::Word(*number)).collect::<Vec<_>>();
        let kinds = |kinds: &[i32]| slice(&kinds.iter().map(|kind| kind.to_ne_bytes()).collect::<Vec<_>>());
        match param.role.as_str() {
            "handle" => match param.kind.as_deref().expect("a handle has a kind") {
                "caller" => each(&[caller.unwrap_or(0)]),
                "any" => each(&[live["func"][0], 0]),
                "item" => each(&[live["func"][0], live["memory"][0]]),
                "config" => each(&[live["config"][0], 0]),
                kind => live.get(kind).map_or(Vec::new(), |objects| each(objects)),
            },
            "value" => match param.r#type.as_str() {
                // Kinds of values, flags, options.
                "int32_t" => each(&[127, 1, 0, 112, 3, 4, 9, 16]),
                // Types of resources are numbers that no kind of handle is.
                "uint64_t" if param.name == "type" => each(&live["type of a resource"]),
                "uint64_t" => each(&[1, 0, 8, u64::MAX]),
                "int64_t" => each(&[1, 0, u64::MAX]),
                "size_t" => each(&[0, 1]),
                "double" => vec![Value::Double(1.0)],
                _ => each(&[1]),
            },
            "callback" => each(&[nothing as *const c_void as u64]),
            "env" | "drop" => each(&[0]),
            "out" | "buf" => vec![Value::Room(REGION / param.element_size())],
            "out_ptr" => (0..3).rev().map(Value::Room).collect(),
            _ => match (param.kind.as_deref(), param.element.as_deref()) {
                (Some("item"), _) => vec![words(&live["func"][2..]), words(&[])],
                (Some(kind), _) => {
                    let objects = live.get(kind).map_or(Vec::new(), |objects| objects.clone());
                    objects.iter().map(|object| words(&[*object])).chain([words(&[])]).collect()
                }
                (_, Some("char")) => {
                    let folder = files.folder.to_str().expect("the path of the tree is UTF-8");
                    let texts = [
                        folder,
                        "add",
                        "env",
                        "f",
                        "fuel",
                        "echo",
                        "(1)",
                        "127.0.0.1",
                        "1",
                        "func()",
                        &files.module,
                        &files.artifact,
                        &files.none,
                        &files.component,
                        &files.component_artifact,
                    ];
                    texts.iter().map(|text| bytes(text.as_bytes())).collect()
                }
                (_, Some("uint8_t")) => {
                    let Fixture { wasm, artifact, component, component_artifact, .. } = self.fixture;
                    [wasm, artifact, component, component_artifact, &b"bytes"[..]].map(bytes).to_vec()
                }
                (_, Some("int32_t")) => vec![kinds(&[127]), kinds(&[]), kinds(&[100]), kinds(&[1])],
                (_, Some("double")) => vec![slice(&[40f64, 2.0].map(f64::to_ne_bytes)), words(&[])],
                // Columns: two of a number each, one of a result.
                (_, Some("const void *")) => vec![words(&[self.memory.huge() as u64; 2])],
                (_, Some("void *")) => vec![words(&[self.memory.region(15) as u64])],
                (_, Some("size_t")) => vec![words(&[8, 8]), words(&[8]), words(&[])],
                _ => vec![words(&[40, 2]), words(&[1]), words(&[])],
            },
        }
    }

    /// The arguments of a call, with each value where it belongs.
    pub fn lay_out(&self, function: &Function, values: &[Value]) -> Vec<Arg> {
        let mut args = vec![Arg::Word(0); function.params.len()];
        let free = (0..function.params.len()).filter(|index| is_free(&function.params[*index]));
        for (index, value) in free.zip(values) {
            let param = &function.params[index];
            if param.is_output() {
                self.memory.mark(index);
            }
            let region = self.memory.region(index) as u64;
            let (word, len) = match value {
                Value::Word(word) => (*word, None),
                Value::Double(number) => {
                    args[index] = Arg::Double(*number);
                    continue;
                }
                Value::Slice(bytes, len) => (self.memory.write(index, bytes), Some(*len as u64)),
                Value::Room(len) => (region, Some(*len as u64)),
                Value::Raw(address, len) => (*address, Some(*len)),
                Value::Zeros(len) if param.role == "in_ptr" => (self.memory.huge() as u64, Some(*len)),
                Value::Zeros(len) => (region, Some(*len)),
                Value::Short => unreachable!("the need is known when this is laid out"),
            };
            args[index] = Arg::Word(word);
            let length = if param.role == "buf" { &param.cap } else { &param.len };
            if let (Some(name), Some(len)) = (length, len) {
                args[function.index(name)] = Arg::Word(len);
            }
        }
        args
    }

    /// All that is wrong for a parameter, where `right` is what it may be.
    pub fn wrong(&self, function: &Function, index: usize, right: &Value) -> Vec<Wrong> {
        let param = &function.params[index];
        match param.role.as_str() {
            "handle" => self.wrong_handles(function, param, Value::Word),
            "value" => self.wrong_numbers(param),
            "callback" => vec![wrong("NULL", Value::Word(0), self.status(&["NULL"]))],
            "env" => vec![wrong("all ones", Value::Word(u64::MAX), Expected::Any)],
            // NULL is right, and anything else has to be a function.
            "drop" => Vec::new(),
            "out" => vec![wrong("NULL", Value::Raw(0, 0), self.status(&["NULL"]))],
            "buf" => self.wrong_buffers(),
            "in_ptr" => {
                let mut all = self.wrong_lengths(param, right);
                if param.is_text() {
                    let texts: [&[u8]; 4] = [b"\xff", b"\xed\xa0\x80", b"\xc3", b"add\xff"];
                    all.extend(texts.map(|text| wrong(&format!("{text:x?}"), bytes(text), self.status(&["UTF8"]))));
                    all.push(wrong("empty", bytes(b""), Expected::Any));
                    all.push(wrong("NUL inside", bytes(b"a\0d"), Expected::Any));
                }
                if param.kind.is_some() {
                    all.extend(self.wrong_handles(function, param, |handle| words(&[handle])));
                }
                if param.element.as_deref() == Some("int32_t") {
                    let kinds = [-1i32, 2, 98, i32::MIN, i32::MAX];
                    all.extend(
                        kinds.map(|kind| wrong(&format!("of {kind}"), slice(&[kind.to_ne_bytes()]), Expected::Error)),
                    );
                }
                all
            }
            "out_ptr" => self.wrong_lengths(param, right),
            other => panic!("{}: parameters of role {other} are not known here", function.name),
        }
    }

    fn status(&self, names: &[&str]) -> Expected {
        Expected::Status(names.iter().map(|name| self.abi.number(&format!("WTS_ERR_{name}"))).collect())
    }

    fn wrong_numbers(&self, param: &Param) -> Vec<Wrong> {
        let named = ["kind", "option", "flags", "element", "content", "metric", "event"];
        let one_of_few = named.contains(&param.name.as_str());
        let number = |number: u64| wrong(&format!("{:#x}", number), Value::Word(number), Expected::Any);
        match param.r#type.as_str() {
            "double" => {
                let numbers = [f64::NAN, f64::INFINITY, -f64::INFINITY, -0.0, 0.5, 1e300, 9007199254740993.0];
                numbers.map(|number| wrong(&number.to_string(), Value::Double(number), Expected::Any)).into()
            }
            "int32_t" | "uint32_t" => {
                let far = [-1, i32::MIN, i32::MAX, 198, 1 << 30].map(|number| Wrong {
                    name: number.to_string(),
                    value: Value::Word(number as u32 as u64),
                    expected: if one_of_few { Expected::Error } else { Expected::Any },
                });
                far.into_iter().chain([0, 1, 2, 99].map(number)).collect()
            }
            _ => [0, 1, 2, u64::MAX, 1 << 31, 1 << 32, 1 << 47, 1 << 63, i64::MAX as u64, 0x9e3779b97f4a7c15]
                .map(number)
                .into(),
        }
    }

    fn wrong_lengths(&self, param: &Param, right: &Value) -> Vec<Wrong> {
        let (empty, len) = match right {
            Value::Slice(_, len) | Value::Room(len) => (*len == 0, *len as u64),
            _ => (true, 0),
        };
        // Where nothing was right, one more may be wrong in itself.
        let null = if empty { self.status(&["NULL", "TYPE", "RANGE"]) } else { self.status(&["NULL"]) };
        let beyond = self.status(&["RANGE", "TYPE", "LIMIT"]);
        let zeros = |len: u64| Value::Zeros(len);
        let mut all = vec![
            wrong("NULL", Value::Raw(0, len.max(1)), null),
            wrong("NULL of length 0", Value::Raw(0, 0), Expected::Any),
            wrong("length 0", zeros(0), Expected::Any),
            wrong("length 2^63", zeros(1 << 63), beyond.clone()),
            wrong("length SIZE_MAX", zeros(u64::MAX), beyond),
        ];
        // Where something says how many there have to be; a text of this length would be one.
        if param.element_size() > 1 {
            all.push(wrong("length 2^31", zeros(HUGE as u64), Expected::Any));
        }
        all.push(wrong("length 1", zeros(1), Expected::Any));
        all
    }

    fn wrong_buffers(&self) -> Vec<Wrong> {
        vec![
            wrong("NULL", Value::Raw(0, 64), self.status(&["NULL"])),
            wrong("NULL of capacity 0", Value::Raw(0, 0), Expected::Any),
            wrong("too short", Value::Short, self.status(&["BUFFER"])),
            wrong("capacity SIZE_MAX", Value::Zeros(u64::MAX), Expected::Any),
            wrong("capacity 2^63", Value::Zeros(1 << 63), Expected::Any),
        ]
    }

    fn wrong_handles(&self, function: &Function, param: &Param, value: impl Fn(u64) -> Value) -> Vec<Wrong> {
        let kind = param.kind.as_deref().expect("a handle has a kind");
        let fixture = self.fixture;
        let mut all = Vec::new();
        let mut add = |name: &str, handle: u64, expected: Expected| all.push(wrong(name, value(handle), expected));

        let never = || self.status(&["HANDLE"]);
        let stale = || self.status(&["STALE"]);
        add("0", 0, never());
        add("all ones", u64::MAX, never());
        add("the sign bit", 1 << 63, never());
        add("1, a handle that was deleted", 1, self.status(&["STALE"]));
        let store = fixture.live["store"][0];
        add("one that its store has not issued yet", store + 1_000_000, never());
        // The same each time, so that a finding can be found again.
        let mut random = 0x2545_f491_4f6c_dd1du64;
        for round in 0..6 {
            random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            add(&format!("random word {round}"), random, never());
        }

        let objects = |objects: &'_ std::collections::HashMap<&str, Vec<u64>>| {
            let kind = if kind == "any" || kind == "item" { "func" } else { kind };
            objects.get(kind).map(|objects| objects[0])
        };
        if let Some(deleted) = objects(&fixture.deleted) {
            add("a deleted one", deleted, stale());
        }
        if let Some(reused) = objects(&fixture.reused) {
            add("one whose slot was reused", reused, stale());
        }
        let others = function.params.iter().filter(|p| p.kind.as_deref().is_some_and(is_of_store) && !p.is_output());
        let has_other = others.count() > 1;
        if let Some(busy) = objects(&fixture.busy) {
            let statuses = if has_other { &["BUSY", "WRONG_STORE"][..] } else { &["BUSY"] };
            add("one of a busy store", busy, self.status(statuses));
        }
        if let Some(elsewhere) = objects(&fixture.elsewhere) {
            let of_store = is_of_store(kind);
            let expected = if of_store && has_other { self.status(&["WRONG_STORE"]) } else { Expected::Any };
            let name = if of_store { "one of another store" } else { "one of another engine" };
            add(name, elsewhere, expected);
        }
        for (other, objects) in fixture.live.iter().filter(|(kind, _)| !kind.contains(' ')) {
            let fits = match kind {
                "any" => ["func", "reference"].contains(other),
                "item" => {
                    ["func", "memory", "global", "table", "tag", "shared_memory", "instance", "module"].contains(other)
                }
                _ => *other == kind,
            };
            if !fits {
                // That is in a store of its own, which answers first.
                let statuses = if *other == "pending" { &["KIND", "STATE", "WRONG_STORE"][..] } else { &["KIND"] };
                add(&format!("a {other}"), objects[0], self.status(statuses));
            }
        }
        all
    }
}

fn is_of_store(kind: &str) -> bool {
    OF_STORES.contains(&kind) || kind == "any" || kind == "item"
}

fn wrong(name: &str, value: Value, expected: Expected) -> Wrong {
    Wrong { name: name.to_string(), value, expected }
}
