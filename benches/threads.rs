//! Two threads beside one.

use crate::calibrate;
use crate::peer::{Work, timed};
use crate::report::Samples;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::time::Instant;
use std::{hint, thread};

const SAMPLES: u64 = 15;

/// For one sample, which is made of the shortest times: on a machine that does other work too, both threads run at
/// once in some of the rounds only.
const ROUNDS: u64 = 60;

/// How many times more two threads do than one in the same time. `make` makes a thread's own work.
pub fn speedup(make: impl Fn() -> Work + Sync) -> Samples {
    // The round that the other thread may begin, the one it has done, and how often the work is done in each.
    let [allowed, done, n] = <[AtomicU64; 3]>::default();
    let mut samples = Samples::new();
    thread::scope(|scope| {
        scope.spawn(|| {
            stay_on_core(1);
            let mut work = make();
            work(1);
            for round in 1..=SAMPLES * ROUNDS {
                wait_until(&allowed, round);
                work(n.load(SeqCst));
                done.store(round, SeqCst);
            }
        });
        scope.spawn(|| {
            stay_on_core(0);
            let mut work = timed(make());
            n.store(calibrate(&mut work), SeqCst);
            for sample in 0..SAMPLES {
                let (mut alone, mut together) = (f64::MAX, f64::MAX);
                for round in sample * ROUNDS + 1..=(sample + 1) * ROUNDS {
                    alone = alone.min(work(n.load(SeqCst)));
                    let start = Instant::now();
                    allowed.store(round, SeqCst);
                    work(n.load(SeqCst));
                    wait_until(&done, round);
                    together = together.min(start.elapsed().as_nanos() as f64);
                }
                samples.add(2.0 * alone / together);
            }
        });
    });
    samples
}

/// Without sleeping, so that both threads begin at once.
fn wait_until(counter: &AtomicU64, round: u64) {
    while counter.load(SeqCst) < round {
        hint::spin_loop();
    }
}

/// A busy system would put both threads on one core. Where it cannot be told, it may.
fn stay_on_core(core: usize) {
    #[cfg(target_os = "linux")]
    // SAFETY: the set is as large as said.
    unsafe {
        let mut set: libc::cpu_set_t = std::mem::zeroed();
        libc::CPU_SET(core, &mut set);
        libc::sched_setaffinity(0, size_of_val(&set), &set);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = core;
}
