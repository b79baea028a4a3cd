//! Where files and folders of the host are that stores open anew.
//!
//! A guest that may write to a folder could put a link there since the description was told of a place below it. What
//! a store opens therefore has to be where it was at first.

use super::{io_failure, options};
use crate::boundary::Result;
use std::fs::{self, File};
use std::io;
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{self, Path, PathBuf};

/// A file or a folder that existed.
#[derive(Clone)]
pub(super) struct Place {
    /// What it is opened by, which means the same when the process works in another folder.
    path: PathBuf,
    /// Where that leads to. Pipes, say, have no path.
    real: PathBuf,
    folder: bool,
}

/// Folders are opened as those of guests are: without a need to list them.
#[cfg(target_os = "linux")]
const FOLDER: i32 = libc::O_DIRECTORY | libc::O_PATH;
#[cfg(not(target_os = "linux"))]
const FOLDER: i32 = libc::O_DIRECTORY;

impl Place {
    /// Finds a file that can be read.
    pub fn file(path: &str) -> Result<Self> {
        Self::find(path, false)
    }

    pub fn folder(path: &str) -> Result<Self> {
        Self::find(path, true)
    }

    fn find(path: &str, folder: bool) -> Result<Self> {
        let path = Path::new(path);
        let found = fs::canonicalize(path).or_else(|_| path::absolute(path)).and_then(|path| {
            let file = open(&path, folder)?;
            Ok((Place { real: place_of(&file, &path)?, path, folder }, file))
        });
        match found {
            Ok((_, file)) if !folder && file.metadata().is_ok_and(|about| about.is_dir()) => {
                io_failure("read", path, &"it is a folder")
            }
            Ok((place, _)) => Ok(place),
            Err(error) if folder && error.kind() == io::ErrorKind::NotADirectory => {
                io_failure("opened to guests", path, &"it is not a folder")
            }
            Err(error) => io_failure("opened", path, &error),
        }
    }

    /// Opens it anew.
    pub fn open(&self) -> Result<File> {
        match open(&self.path, self.folder).and_then(|file| Ok((place_of(&file, &self.path)?, file))) {
            Ok((real, file)) if real == self.real => Ok(file),
            Ok((real, _)) => {
                io_failure("opened", &self.path, &format_args!("a link was put there, to {}", real.display()))
            }
            Err(error) => io_failure("opened", &self.path, &error),
        }
    }

    /// A path that leads to an open folder of this place, whatever has become of its names.
    pub fn path_of(&self, folder: &File) -> PathBuf {
        let link = link_to(folder);
        if link.exists() { link } else { self.path.clone() }
    }
}

fn open(path: &Path, folder: bool) -> io::Result<File> {
    if folder {
        fs::OpenOptions::new().read(true).custom_flags(FOLDER).open(path)
    } else {
        options().read(true).open(path)
    }
}

/// Where a file is that was opened by a path. Systems that cannot tell are asked where the path leads to.
fn place_of(file: &File, path: &Path) -> io::Result<PathBuf> {
    fs::read_link(link_to(file)).or_else(|_| fs::canonicalize(path))
}

/// On Linux, where there is a `/proc`.
fn link_to(file: &File) -> PathBuf {
    format!("/proc/self/fd/{}", file.as_raw_fd()).into()
}
