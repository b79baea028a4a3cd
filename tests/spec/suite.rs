//! Runs the suite.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::groups::{Group, Options};
use crate::objects::{self, Engine};
use crate::script::{self, Outcome};

/// What came of each directive, of each file, of each group.
pub type Outcomes = Vec<Vec<Vec<Outcome>>>;

pub fn run(groups: &[Group]) -> Outcomes {
    let engines = engines(groups);
    let mut work: Vec<_> = (0..groups.len()).flat_map(|g| (0..groups[g].files.len()).map(move |f| (g, f))).collect();
    // The longest first, so that no thread is left with one alone.
    work.sort_by_key(|(g, f)| Reverse(groups[*g].files[*f].contents.len()));
    let next = AtomicUsize::new(0);
    let worker = || {
        let take = || work.get(next.fetch_add(1, Ordering::Relaxed));
        let run = |&(g, f): &(usize, usize)| {
            let group: &Group = &groups[g];
            (g, f, script::run(&engines[group.options], group.files[f].contents))
        };
        std::iter::from_fn(take).map(run).collect::<Vec<_>>()
    };

    let mut outcomes: Outcomes = groups.iter().map(|group| group.files.iter().map(|_| Vec::new()).collect()).collect();
    thread::scope(|scope| {
        let spawn = |_| thread::Builder::new().stack_size(script::STACK).spawn_scoped(scope, worker).unwrap();
        let workers: Vec<_> = (0..thread::available_parallelism().unwrap().get()).map(spawn).collect();
        for (g, f, found) in workers.into_iter().flat_map(|worker| worker.join().unwrap()) {
            outcomes[g][f] = found;
        }
    });
    outcomes
}

/// One for all groups with the same options, since engines take long to make.
fn engines(groups: &[Group]) -> HashMap<Options, Engine> {
    let mut engines = HashMap::new();
    for group in groups {
        engines.entry(group.options).or_insert_with(|| {
            objects::engine(group.options).unwrap_or_else(|failure| panic!("{}: {failure:?}", group.name))
        });
    }
    engines
}
