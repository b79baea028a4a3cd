//! The targets in short, on the built library: each runs its corpus, and so many inputs of the same random sequence every
//! time, half of them changed from the corpus and half made up.

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use wasmtime_shim_fuzz::{bytes, calls, guests, slots, wave};

/// Targets count how many handles are alive, so they run one after the other.
static ALONE: Mutex<()> = Mutex::new(());

fn short(name: &str, target: fn(&[u8]), inputs: usize, longest: usize) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let corpus = corpus(name);
    assert!(!corpus.is_empty(), "there is no corpus for {name}");
    corpus.iter().for_each(|input| target(input));
    let mut random = SmallRng::seed_from_u64(0x5eed);
    for number in 0..inputs {
        let input =
            if number % 2 == 0 { changed(&corpus, longest, &mut random) } else { made_up(longest, &mut random) };
        target(&input);
    }
}

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a file can be read")).collect()
}

fn made_up(longest: usize, random: &mut SmallRng) -> Vec<u8> {
    let mut input = vec![0; random.random_range(1..=longest)];
    random.fill(&mut input[..]);
    input
}

/// One of the corpus with a few bytes changed, left out or put in, or with a part of another.
fn changed(corpus: &[Vec<u8>], longest: usize, random: &mut SmallRng) -> Vec<u8> {
    let mut input = corpus[random.random_range(0..corpus.len())].clone();
    for _ in 0..random.random_range(1..=4) {
        let at = random.random_range(0..=input.len());
        match random.random_range(0..4) {
            0 if at < input.len() => input[at] ^= 1 << random.random_range(0..8),
            1 if at < input.len() => drop(input.remove(at)),
            2 => input.insert(at, random.random()),
            _ => {
                let other = &corpus[random.random_range(0..corpus.len())];
                let from = random.random_range(0..=other.len());
                let len = random.random_range(0..=other.len() - from).min(64);
                let end = (at + len).min(input.len());
                input.splice(at..end, other[from..from + len].iter().copied());
            }
        }
    }
    input.truncate(longest);
    input
}

#[test]
fn bytes_that_may_be_anything() {
    short("bytes", bytes::run, 400, 4096);
}

#[test]
fn calls_in_any_order() {
    short("calls", calls::run, 4000, 4096);
}

#[test]
fn guests_of_two_compilers() {
    short("guests", guests::run, 150, 4096);
}

#[test]
fn slots_both_ways() {
    short("slots", slots::run, 4000, 512);
}

#[test]
fn values_as_text() {
    short("wave", wave::run, 1000, 512);
}
