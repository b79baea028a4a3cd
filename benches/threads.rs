//! Two threads beside one.

use crate::calibrate;
use crate::peer::{Work, timed};
use crate::report::Samples;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::time::Instant;
use std::{hint, thread};

const ROUNDS: u64 = 301;

/// How many times more two threads do than one in the same time. `make` makes a thread's own work.
pub fn speedup(make: impl Fn() -> Work + Sync) -> Samples {
    // The round that the other thread may begin, the one it has done, and how often the work is done in each.
    let [allowed, done, n] = <[AtomicU64; 3]>::default();
    let mut samples = Samples::new();
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut work = make();
            work(1);
            for round in 1..=ROUNDS {
                wait_until(&allowed, round);
                work(n.load(SeqCst));
                done.store(round, SeqCst);
            }
        });
        let mut work = timed(make());
        n.store(calibrate(&mut work), SeqCst);
        for round in 1..=ROUNDS {
            let alone = work(n.load(SeqCst));
            let start = Instant::now();
            allowed.store(round, SeqCst);
            work(n.load(SeqCst));
            wait_until(&done, round);
            samples.add(2.0 * alone / start.elapsed().as_nanos() as f64);
        }
    });
    samples
}

/// Without sleeping, so that both threads begin at once.
fn wait_until(counter: &AtomicU64, round: u64) {
    while counter.load(SeqCst) < round {
        hint::spin_loop();
    }
}
