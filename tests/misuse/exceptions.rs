//! `exceptions.tsv`: the cases that are left out or that end otherwise, each with its reason.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::abi::Abi;
use crate::arguments::Expected;

pub struct Exceptions {
    lines: Vec<Line>,
    /// The lines that were needed.
    pub used: RefCell<BTreeSet<usize>>,
}

struct Line {
    function: String,
    parameter: String,
    value: String,
    instead: Instead,
}

#[derive(Clone, PartialEq)]
pub enum Instead {
    /// The case is not run.
    Skip,
    /// It ends so.
    Ends(Expected),
    /// The output is written although the call fails.
    Written,
}

impl Exceptions {
    pub fn read(text: &str, abi: &Abi) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let lines = lines.map(|line| {
            let fields: Vec<_> = line.split('\t').collect();
            let &[function, parameter, value, instead, reason] = fields.as_slice() else {
                panic!("function, parameter, value, what instead, reason: {line}");
            };
            assert!(!reason.is_empty(), "no reason: {line}");
            let instead = match instead {
                "skip" => Instead::Skip,
                "any" => Instead::Ends(Expected::Any),
                "error" => Instead::Ends(Expected::Error),
                "written" => Instead::Written,
                names => Instead::Ends(Expected::Status(names.split(',').map(|name| abi.number(name)).collect())),
            };
            Line { function: function.into(), parameter: parameter.into(), value: value.into(), instead }
        });
        Exceptions { lines: lines.collect(), used: RefCell::default() }
    }

    /// The line for a case, with its number.
    pub fn find(&self, function: &str, parameter: &str, value: &str) -> Option<(usize, Instead)> {
        let is = |pattern: &str, name: &str| match pattern.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => pattern == name,
        };
        let lines = self.lines.iter().enumerate();
        let mut fitting = lines.filter(|(_, line)| line.instead != Instead::Written).filter(|(_, line)| {
            is(&line.function, function) && is(&line.parameter, parameter) && is(&line.value, value)
        });
        fitting.next().map(|(number, line)| (number, line.instead.clone()))
    }

    /// The line that allows a call that fails to write an output.
    pub fn written(&self, function: &str, parameter: &str) -> Option<usize> {
        let is = |line: &Line| (line.function.as_str(), line.parameter.as_str()) == (function, parameter);
        self.lines.iter().position(|line| line.instead == Instead::Written && is(line))
    }

    /// The lines that no case needed, where those in `used` were.
    pub fn stale(&self, used: &BTreeSet<usize>) -> Vec<String> {
        let lines = self.lines.iter().enumerate().filter(|(number, _)| !used.contains(number));
        lines
            .map(|(_, l)| format!("{} {} {}: this exception is needed no more", l.function, l.parameter, l.value))
            .collect()
    }
}
