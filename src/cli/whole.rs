//! A file that appears when it is whole.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::report::one_line;

use super::inputs::shown;

/// A file that takes the place of another when it is finished; until then it stands beside it under a name of its own, and goes if it
/// is not finished. Every error says the name of the file and is of no special kind: a pipe that closes here is not standard output.
pub(super) struct Whole {
    out: BufWriter<File>,
    path: PathBuf,
    /// The name until then; none if the path is no ordinary file, such as a pipe, and is written to directly.
    beside: Option<PathBuf>,
}

impl Whole {
    /// Begins a file of this path. What a link leads to is replaced, not the link.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(super) fn new(path: &Path) -> io::Result<Whole> {
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let failed = |error: io::Error| named(&path, &error);
        let before = fs::metadata(&path).ok();
        if before.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(failed(io::Error::other("this is a folder")));
        }
        if before.as_ref().is_some_and(|before| !before.is_file()) {
            let out = File::create(&path).map_err(failed)?;
            return Ok(Whole { out: BufWriter::new(out), path, beside: None });
        }
        let (beside, file) = beside(&path).map_err(failed)?;
        let permissions = before.map_or(Ok(()), |before| file.set_permissions(before.permissions()));
        let whole = Whole { out: BufWriter::new(file), path, beside: Some(beside) };
        match permissions {
            Ok(()) => Ok(whole),
            Err(error) => Err(named(&whole.path, &error)),
        }
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// If it cannot be written; then what stood there before stays.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        if let Some(beside) = &self.beside {
            fs::rename(beside, &self.path).map_err(|error| named(&self.path, &error))?;
            self.beside = None;
        }
        Ok(())
    }
}

/// A new file in the same folder. No run reads it as a brief: its name does not end as a brief's.
fn beside(path: &Path) -> io::Result<(PathBuf, File)> {
    let name = path.file_name().ok_or_else(|| io::Error::other("this is a folder"))?;
    let mut number = 0;
    loop {
        let mut own = OsString::from(".");
        own.push(name);
        own.push(format!(".{}-{number}.part", std::process::id()));
        let beside = path.with_file_name(own);
        match File::options().write(true).create_new(true).open(&beside) {
            Ok(file) => return Ok((beside, file)),
            // Left over from a run with the same number that was cut short.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // One that was only interrupted is tried again.
        self.out.write(bytes).map_err(|error| if error.kind() == io::ErrorKind::Interrupted { error } else { named(&self.path, &error) })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush().map_err(|error| named(&self.path, &error))
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        // Nobody wants half a report; that it could not be removed helps nobody either.
        if let Some(beside) = &self.beside {
            let _ = fs::remove_file(beside);
        }
    }
}

/// An error with the name of the file.
pub(super) fn named(path: &Path, error: &io::Error) -> io::Error {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::PermissionDenied => "the file may not be written".to_owned(),
        _ => error.to_string(),
    };
    io::Error::other(format!("{}: {reason}", one_line(&shown(path))))
}
