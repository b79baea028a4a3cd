//! Who is measured: Rust functions, C functions of a library, processes.

use crate::report::{Named, PEERS};
use libloading::Library;
use std::ffi::{CString, c_char};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

/// Does its work as many times as it is told.
pub type Work = Box<dyn FnMut(u64)>;

/// The same, and answers how many nanoseconds all of it took.
pub type Peer = Box<dyn FnMut(u64) -> f64>;

pub fn timed(mut work: Work) -> Peer {
    Box::new(move |n| {
        let start = Instant::now();
        work(n);
        start.elapsed().as_nanos() as f64
    })
}

/// What each peer that there is answers, by its name.
pub fn each<T>(of: impl Fn(&'static str) -> Option<T>) -> Named<T> {
    PEERS.into_iter().filter_map(|peer| Some((peer, of(peer)?))).collect()
}

/// A library made of C: see `c/bench.h`. It stays loaded, so this struct must live as long as the process.
pub struct CPeer {
    library: Library,
    modules: CString,
}

impl CPeer {
    pub fn load(library: &Path, modules: &Path) -> Self {
        // SAFETY: it is compiled from `c/`, and loading it runs nothing.
        let library = unsafe { Library::new(library) }.unwrap_or_else(|e| panic!("{}: {e}", library.display()));
        CPeer { library, modules: CString::new(modules.to_str().unwrap()).unwrap() }
    }

    /// The function of a bench, if there is one, for this thread.
    pub fn work(&self, name: &str) -> Option<Work> {
        // SAFETY: the types are those of `c/bench.h`, and neither the library nor the text goes away.
        unsafe {
            let function = *self.library.get::<unsafe extern "C" fn(u64)>(format!("bench_{name}")).ok()?;
            self.library.get::<unsafe extern "C" fn(*const c_char)>("bench_setup").unwrap()(self.modules.as_ptr());
            Some(Box::new(move |n| function(n)))
        }
    }
}

/// A program that does its work as many times as a line of its input says, and answers with the
/// nanoseconds, so that its rounds are interleaved with those of the others.
pub struct Process {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Process {
    pub fn start(command: &mut Command) -> Peer {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap_or_else(|e| panic!("{command:?}: {e}"));
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut process = Process { child, input, output };
        Box::new(move |n| process.run(n))
    }

    fn run(&mut self, n: u64) -> f64 {
        writeln!(self.input, "{n}").unwrap();
        let mut answer = String::new();
        self.output.read_line(&mut answer).unwrap();
        answer.trim().parse().unwrap_or_else(|_| panic!("a process answered {answer:?}"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // 0 ends it.
        let ended = writeln!(self.input, "0").and_then(|()| self.child.wait());
        assert!(ended.is_ok_and(|status| status.success()), "a process ended badly");
    }
}
