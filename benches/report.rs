//! Statistics of the samples, the table, and `results.json`.

use hdrhistogram::Histogram;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// In the order of the table. `native` is the same work without WebAssembly.
pub const PEERS: [&str; 6] = ["ours", "rust", "capi", "capi_unchecked", "mojo", "native"];

/// A histogram holds whole numbers: millionths of the unit.
const SCALE: f64 = 1e6;

/// Something of each peer that takes part.
pub type Named<T> = Vec<(&'static str, T)>;

pub struct Samples(Histogram<u64>);

impl Samples {
    pub fn new() -> Self {
        Samples(Histogram::new(4).unwrap())
    }

    pub fn add(&mut self, value: f64) {
        self.0.record((value * SCALE).round() as u64).unwrap();
    }

    /// What does not vary.
    pub fn one(value: f64) -> Self {
        let mut samples = Self::new();
        samples.add(value);
        samples
    }

    fn median(&self) -> f64 {
        self.0.value_at_quantile(0.5) as f64 / SCALE
    }

    fn minimum(&self) -> f64 {
        self.0.min() as f64 / SCALE
    }
}

/// What was measured under one name: the samples of each peer that has the bench.
pub struct Outcome {
    pub name: &'static str,
    pub unit: &'static str,
    pub samples: Named<Samples>,
}

impl Outcome {
    fn of(&self, peer: &str) -> Option<&Samples> {
        self.samples.iter().find(|(name, _)| *name == peer).map(|(_, samples)| samples)
    }

    /// Medians, and the minima beside them; null for a peer that does not have the bench.
    fn json(&self) -> Value {
        let all = |number: fn(&Samples) -> f64| PEERS.map(|peer| (peer.to_string(), json!(self.of(peer).map(number))));
        let mut object =
            serde_json::Map::from_iter([("name".into(), json!(self.name)), ("unit".into(), json!(self.unit))]);
        object.extend(all(Samples::median));
        object.insert("minima".into(), Value::Object(all(Samples::minimum).into_iter().collect()));
        Value::Object(object)
    }

    pub fn row(&self) -> String {
        let cell = |text: Option<String>| format!(" {:>16}", text.unwrap_or_default());
        let values =
            PEERS.map(|peer| cell(self.of(peer).map(|of| format!("{} {}", show(of.median()), show(of.minimum())))));
        let ours = self.of("ours");
        let ratio = |peer| {
            let (ours, peer) = (ours?, self.of(peer)?);
            Some(format!("{:.2} {:.2}", ours.median() / peer.median(), ours.minimum() / peer.minimum()))
        };
        let ratios = PEERS[1..].iter().map(|peer| cell(ratio(peer)));
        format!("{:<25} {:<4}{} |{}", self.name, self.unit, values.concat(), ratios.collect::<String>())
    }
}

pub fn header() -> String {
    let cell = |text: String| format!(" {text:>16}");
    let ratios = PEERS[1..].iter().map(|peer| cell(format!("ours/{}", peer.replace("capi_", ""))));
    format!(
        "median and minimum of each; ratios of medians and of minima\n{:<25} {:<4}{} |{}",
        "name",
        "unit",
        PEERS.map(|peer| cell(peer.to_string())).concat(),
        ratios.collect::<String>()
    )
}

/// Three digits that mean something.
fn show(value: f64) -> String {
    let decimals = [1000.0, 100.0, 1.0].iter().filter(|limit| value < **limit).count();
    format!("{value:.decimals$}")
}

pub fn write(outcomes: &[Outcome], folder: &Path) {
    let list: Vec<Value> = outcomes.iter().map(Outcome::json).collect();
    fs::write(folder.join("results.json"), serde_json::to_string_pretty(&list).unwrap() + "\n").unwrap();
    fs::write(folder.join("machine.txt"), machine() + "\n").unwrap();
}

/// By its processor.
fn machine() -> String {
    let linux = fs::read_to_string("/proc/cpuinfo").ok();
    let line = linux.as_deref().and_then(|text| text.lines().find_map(|line| line.strip_prefix("model name")));
    let apple = || Command::new("sysctl").args(["-n", "machdep.cpu.brand_string"]).output().ok();
    let name = match line {
        Some(line) => line.trim_start_matches([' ', '\t', ':']).to_string(),
        None => apple().map_or_else(String::new, |output| String::from_utf8_lossy(&output.stdout).trim().to_string()),
    };
    format!("{name}, {} cores, {}", std::thread::available_parallelism().unwrap(), std::env::consts::ARCH)
}
