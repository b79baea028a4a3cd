//! One function: a call of it that is right, and then all that is wrong with one argument each.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use crate::abi::{Function, Param};
use crate::apart::apart;
use crate::arguments::{Arguments, Expected, Value, Wrong, is_free};
use crate::exceptions::{Exceptions, Instead};
use crate::fixture::{Callback, Fixture};
use crate::library::{Library, fits};
use crate::memory::REGION;

/// What came of one function.
#[derive(Default)]
pub struct Report {
    pub cases: usize,
    /// Whether a right call was found, without which every case is wrong in more than one argument.
    pub valid: bool,
    pub findings: Vec<String>,
}

/// A call that succeeds, as far as one is known: which of the candidates it takes, in which callback.
struct Right {
    callback: Callback,
    choice: Vec<usize>,
}

pub struct Checker<'a> {
    pub library: &'a Library,
    pub arguments: Arguments<'a>,
    pub exceptions: &'a Exceptions,
    /// So long a case may take.
    pub seconds: u32,
}

/// Before the number of an exception that a case needed.
const NEEDED: &str = "needed ";

/// So long is looked for a call that is right.
const SEARCH: Duration = Duration::from_secs(5);

impl Checker<'_> {
    pub fn check(&self, function: &Function) -> Report {
        assert!(fits(function), "{} has more parameters than this test can hand over", function.name);
        let free: Vec<_> = (0..function.params.len()).filter(|index| is_free(&function.params[*index])).collect();
        let mut report = Report::default();
        let mut right = Right { callback: Callback::Core, choice: vec![0; free.len()] };
        for callback in [Callback::Core, Callback::Component] {
            match apart(60, || self.in_context(function, callback, |caller| self.search(function, caller))) {
                Ok(found) if !found.is_empty() => {
                    report.valid = true;
                    let indices = found.split(' ').filter(|index| *index != "-");
                    right = Right { callback, choice: indices.map(|index| index.parse().expect("a number")).collect() };
                    break;
                }
                Ok(_) => {}
                Err(how) => report.findings.push(format!("{}: a right call {how}", function.name)),
            }
            if !takes_caller(function) {
                break;
            }
        }
        // The right call alone, which is a case like the others.
        self.case(&mut report, function, &right, None);
        for (place, index) in free.iter().enumerate() {
            let param = &function.params[*index];
            let candidates = self.arguments.candidates(param, None);
            let value = candidates.get(right.choice[place]).cloned().unwrap_or(Value::Word(0));
            for wrong in self.arguments.wrong(function, *index, &value) {
                self.case(&mut report, function, &right, Some((place, param, wrong)));
            }
        }
        report
    }

    /// Functions that take a caller work in a callback only.
    fn in_context(&self, function: &Function, callback: Callback, work: impl FnOnce(Option<u64>) -> String) -> String {
        if !takes_caller(function) {
            return work(None);
        }
        let (mut work, mut answer) = (Some(work), String::new());
        self.arguments.fixture.in_callback(self.library, callback, &mut |caller| {
            answer = work.take().expect("it is called once")(Some(caller));
        });
        answer
    }

    fn candidates(&self, function: &Function, caller: Option<u64>) -> Vec<Vec<Value>> {
        let free = function.params.iter().filter(|p| is_free(p));
        free.map(|p| self.arguments.candidates(p, caller)).collect()
    }

    /// Which candidates make a call that succeeds: their numbers.
    fn search(&self, function: &Function, caller: Option<u64>) -> String {
        let candidates = self.candidates(function, caller);
        let mut choice = vec![0; candidates.len()];
        let end = Instant::now() + SEARCH;
        if candidates.iter().any(Vec::is_empty) {
            return String::new();
        }
        while Instant::now() < end {
            let values: Vec<_> = candidates.iter().zip(&choice).map(|(c, index)| c[*index].clone()).collect();
            if self.library.call(&function.name, &self.arguments.lay_out(function, &values)) >= 0 {
                return format!("- {}", choice.iter().map(usize::to_string).collect::<Vec<_>>().join(" "))
                    .trim()
                    .into();
            }
            if next(&mut choice, &candidates).is_break() {
                break;
            }
        }
        String::new()
    }

    fn case(&self, report: &mut Report, function: &Function, right: &Right, wrong: Option<(usize, &Param, Wrong)>) {
        let name = match &wrong {
            Some((_, param, wrong)) => format!("{}({}: {})", function.name, param.name, wrong.name),
            None => format!("{}, nothing wrong", function.name),
        };
        let parts = wrong.as_ref().map(|(_, param, wrong)| (param.name.as_str(), wrong.name.as_str()));
        let exception = parts.and_then(|(param, value)| self.exceptions.find(&function.name, param, value));
        if let Some((line, Instead::Skip)) = exception {
            self.exceptions.used.borrow_mut().insert(line);
            return;
        }
        report.cases += 1;
        let valid = report.valid;
        let plain = wrong.as_ref().map_or(Expected::Any, |(_, _, wrong)| degraded(&wrong.expected, valid));
        let expected = match &exception {
            Some((_, Instead::Ends(expected))) => degraded(expected, valid),
            _ => plain.clone(),
        };
        let ended = apart(self.seconds, || {
            self.in_context(function, right.callback, |caller| {
                let mut values = self.candidates(function, caller);
                let mut values: Vec<_> = values
                    .iter_mut()
                    .zip(&right.choice)
                    .map(|(c, index)| if c.is_empty() { Value::Word(0) } else { c.swap_remove(*index) })
                    .collect();
                if let Some((place, _, wrong)) = &wrong {
                    values[*place] = wrong.value.clone();
                }
                self.run(function, values, &expected)
            })
        });
        match ended {
            Err(how) => report.findings.push(format!("{name}: {how}")),
            Ok(answer) => {
                let mut lines = answer.lines();
                let status = lines.next().and_then(|line| line.parse().ok());
                for line in lines {
                    match line.strip_prefix(NEEDED) {
                        Some(line) => _ = self.exceptions.used.borrow_mut().insert(line.parse().expect("a number")),
                        None => report.findings.push(format!("{name}: {line}")),
                    }
                }
                match (exception, status) {
                    (Some((line, _)), Some(status)) if !valid || !is_expected(&plain, status) => {
                        self.exceptions.used.borrow_mut().insert(line);
                    }
                    _ => {}
                }
            }
        }
    }

    /// One call: its status in the first line, then what is wrong with it, a line each.
    fn run(&self, function: &Function, mut values: Vec<Value>, expected: &Expected) -> String {
        if values.contains(&Value::Short) && !self.shorten(function, &mut values) {
            return String::new();
        }
        let (library, fixture) = (self.library, self.arguments.fixture);
        let live = library.live_handles();
        let args = self.arguments.lay_out(function, &values);
        let status = library.call(&function.name, &args);
        let mut lines = vec![status.to_string()];
        let name = self.arguments.abi.status_name(status);
        if !function.can_fail() {
            return lines.remove(0);
        }
        let pends = status == 1 && function.doc.contains("WTS_PENDING");
        // The header says it once for all lengths.
        let is_absurd = values.iter().any(|value| matches!(value, Value::Zeros(len) if *len > isize::MAX as u64));
        let is_told = function.errors.contains(&name) || is_absurd && name == "WTS_ERR_RANGE";
        if status != 0 && !pends && !is_told {
            lines.push(format!("answers {name}, which its documentation does not say: {}", library.last_message()));
        }
        if !is_expected(expected, status) {
            lines.push(format!("answers {name}, not {}: {}", self.names(expected), library.last_message()));
        }
        if status < 0 {
            self.look_at_failure(function, status, live, &mut lines);
        }
        let canaries = if status < 0 { &fixture.canaries[..] } else { &fixture.canaries[1..] };
        if !canaries.iter().all(|canary| Fixture::adds(library, *canary)) {
            lines.push("leaves a store behind in which 40 and 2 are no longer 42".into());
        }
        lines.join("\n")
    }

    fn look_at_failure(&self, function: &Function, status: i32, live: u64, lines: &mut Vec<String>) {
        if !function.leaves_last_error() && self.library.last_message().is_empty() {
            lines.push("fails without a message".into());
        }
        let after = self.library.live_handles();
        if after != live {
            lines.push(format!("fails and leaves {after} handles alive where there were {live}"));
        }
        let is_need = |name: &str| {
            let buffers = function.params.iter().filter(|p| p.role == "buf");
            self.arguments.abi.status_name(status) == "WTS_ERR_BUFFER"
                && buffers.filter_map(|p| p.len.as_deref()).any(|len| len == name)
        };
        let touched = self.arguments.memory.touched(function);
        for name in touched {
            match self.exceptions.written(&function.name, name) {
                Some(line) => lines.push(format!("{NEEDED}{line}")),
                None if is_need(name) => {}
                None => lines.push(format!("fails but has written {name}")),
            }
        }
    }

    /// Makes the buffer one element shorter than what comes out. Nothing can be shorter than nothing.
    fn shorten(&self, function: &Function, values: &mut [Value]) -> bool {
        let place = values.iter().position(|v| *v == Value::Short).expect("it is there");
        values[place] = Value::Raw(0, 0);
        let args = self.arguments.lay_out(function, values);
        let status = self.library.call(&function.name, &args);
        let buffer = function.params.iter().find(|p| p.role == "buf").expect("only buffers are short");
        let len = function.index(buffer.len.as_deref().expect("a buffer has a length"));
        // SAFETY: the region of the parameter that says how much is needed.
        let need = unsafe { self.arguments.memory.region(len).cast::<usize>().read() };
        // A capacity of 0 is the question how much it is, so the shortest buffer is of one.
        values[place] = Value::Room(need.saturating_sub(1));
        status == 0 && need > 1 && need * buffer.element_size() <= REGION
    }

    fn names(&self, expected: &Expected) -> String {
        match expected {
            Expected::Any => "anything".into(),
            Expected::Error => "an error".into(),
            Expected::Status(statuses) => {
                let names: Vec<_> = statuses.iter().map(|s| self.arguments.abi.status_name(*s)).collect();
                names.join(" or ")
            }
        }
    }
}

fn takes_caller(function: &Function) -> bool {
    function.params.iter().any(|p| p.kind.as_deref() == Some("caller"))
}

/// Where another argument is wrong too, the error may be about that.
fn degraded(expected: &Expected, valid: bool) -> Expected {
    match expected {
        Expected::Status(_) if !valid => Expected::Error,
        expected => expected.clone(),
    }
}

fn is_expected(expected: &Expected, status: i32) -> bool {
    match expected {
        Expected::Any => true,
        Expected::Error => status < 0,
        Expected::Status(statuses) => statuses.contains(&status),
    }
}

/// The next choice, the first places changing fastest, until there are no more.
fn next(choice: &mut [usize], candidates: &[Vec<Value>]) -> ControlFlow<()> {
    for (index, candidates) in choice.iter_mut().zip(candidates) {
        *index += 1;
        if *index < candidates.len() {
            return ControlFlow::Continue(());
        }
        *index = 0;
    }
    ControlFlow::Break(())
}
