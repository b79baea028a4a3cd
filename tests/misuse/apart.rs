//! Work in a process of its own, which may die of it.

use std::io::{Read, Write};
use std::os::fd::FromRawFd;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::{fs::File, process};

/// What `work` answers in a copy of this process, or how the copy ended instead. This process has one thread that runs.
pub fn apart(seconds: u32, work: impl FnOnce() -> String) -> Result<String, String> {
    let mut ends = [0; 2];
    // SAFETY: two descriptors are written.
    assert_eq!(unsafe { libc::pipe(ends.as_mut_ptr()) }, 0, "no pipe");
    // SAFETY: the ends are this function's own.
    let [mut from, mut to] = ends.map(|end| unsafe { File::from_raw_fd(end) });
    // SAFETY: the other threads of this process wait and hold no lock.
    let child = unsafe { libc::fork() };
    assert!(child >= 0, "no process");
    if child == 0 {
        drop(from);
        // SAFETY: signals this process.
        unsafe { libc::alarm(seconds) };
        limit_memory();
        let answer = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| process::abort());
        _ = to.write_all(answer.as_bytes());
        drop(to);
        // SAFETY: nothing of what exit would run is this process's.
        unsafe { libc::_exit(0) };
    }
    drop(to);
    let mut answer = String::new();
    _ = from.read_to_string(&mut answer);
    let mut status = 0;
    // SAFETY: a status is written.
    assert_eq!(unsafe { libc::waitpid(child, &mut status, 0) }, child, "the process is not there");
    match (libc::WIFSIGNALED(status), libc::WTERMSIG(status)) {
        (true, libc::SIGALRM) => Err(format!("hangs: it has not ended in {seconds} s")),
        (true, signal) => Err(format!("ends the process by signal {signal}")),
        _ if libc::WEXITSTATUS(status) != 0 => {
            Err(format!("ends the process with status {}", libc::WEXITSTATUS(status)))
        }
        _ => Ok(answer),
    }
}

/// What a huge number asks for is refused by the system, however much memory it has.
#[cfg(target_os = "linux")]
fn limit_memory() {
    const MORE: u64 = 32 << 30;
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: u64 = pages.split(' ').next().unwrap().parse().unwrap();
    let most = pages * 4096 + MORE;
    let limit = libc::rlimit { rlim_cur: most, rlim_max: most };
    // SAFETY: the limit is read.
    assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_AS, &limit) }, 0);
}

#[cfg(not(target_os = "linux"))]
fn limit_memory() {}
