//! Files, written so that each is the old one or the new one at any moment, whatever happens.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::files::shown;
use crate::report::one_line;

/// Writes a file that was read before: `old` is what was read. A link stays, and the file to which it leads is written.
///
/// # Errors
/// A sentence that says why the file is as it was.
pub(super) fn replace(path: &Path, old: &[u8], new: &[u8], allowed: impl Fn(&Path) -> bool) -> Result<(), String> {
    let failed = |error: io::Error| format!("not written: {}", in_words(&error));
    let is_link = fs::symlink_metadata(path).map_err(failed)?.file_type().is_symlink();
    let target = if is_link { fs::canonicalize(path).map_err(failed)? } else { path.to_owned() };
    if is_link && !allowed(&target) {
        return Err("not written: this is a link to a file outside the folders that you named; name that file itself".to_owned());
    }
    let permissions = fs::metadata(&target).map_err(failed)?.permissions();
    if permissions.readonly() || OpenOptions::new().write(true).open(&target).is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied) {
        return Err("not written: the file may only be read".to_owned());
    }
    let mut beside = Beside::new(&target, Some(permissions)).map_err(failed)?;
    beside.out.write_all(new).and_then(|()| beside.settle()).map_err(failed)?;
    if fs::read(&target).is_ok_and(|now| now != old) {
        return Err("not written: the file was changed by another program just now; try again".to_owned());
    }
    beside.take_the_place_of(&target).map_err(failed)
}

/// A file that is the program's own, whether it was there before or not: it takes the place of another when it is finished. Every error
/// says the name of the file and is of no special kind: a pipe that closes here is not standard output.
pub(super) struct Whole {
    path: PathBuf,
    out: Out,
}

enum Out {
    Beside(Beside),
    /// What is no ordinary file, such as a pipe, is written to directly.
    Direct(BufWriter<File>),
}

impl Whole {
    /// Begins a file of this path. What a link leads to is replaced, not the link.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(super) fn new(path: &Path) -> io::Result<Whole> {
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let out = match fs::metadata(&path) {
            Ok(before) if before.is_dir() => Err(io::Error::other("this is a folder")),
            Ok(before) if !before.is_file() => File::create(&path).map(|file| Out::Direct(BufWriter::new(file))),
            before => Beside::new(&path, before.ok().map(|before| before.permissions())).map(Out::Beside),
        };
        match out {
            Ok(out) => Ok(Whole { path, out }),
            Err(error) => Err(named(&path, &error)),
        }
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// If it cannot be written; then what stood there before stays.
    pub(super) fn finish(self) -> io::Result<()> {
        let finished = match self.out {
            Out::Beside(mut beside) => beside.settle().and_then(|()| beside.take_the_place_of(&self.path)),
            Out::Direct(mut out) => out.flush(),
        };
        finished.map_err(|error| named(&self.path, &error))
    }

    fn out(&mut self) -> &mut BufWriter<File> {
        match &mut self.out {
            Out::Beside(beside) => &mut beside.out,
            Out::Direct(out) => out,
        }
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // One that was only interrupted is tried again.
        let written = self.out().write(bytes);
        written.map_err(|error| if error.kind() == io::ErrorKind::Interrupted { error } else { named(&self.path, &error) })
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.out().flush();
        flushed.map_err(|error| named(&self.path, &error))
    }
}

/// A new file beside another, which goes if it does not take its place. No run reads it as a brief: its name begins with a dot and does
/// not end as a brief's.
struct Beside {
    path: PathBuf,
    out: BufWriter<File>,
}

/// Numbers the files of this process.
static NUMBER: AtomicU32 = AtomicU32::new(0);

impl Beside {
    fn new(target: &Path, permissions: Option<Permissions>) -> io::Result<Beside> {
        let beside = loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let path = folder(target).join(format!(".upr-{}-{number}.part", process::id()));
            match new_file(&path, permissions.is_some()) {
                Ok(file) => break Beside { path, out: BufWriter::new(file) },
                // Left over from a run with the same number that was cut short.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        };
        if let Some(permissions) = permissions {
            beside.out.get_ref().set_permissions(permissions)?;
        }
        Ok(beside)
    }

    /// All that was written reaches the disk.
    fn settle(&mut self) -> io::Result<()> {
        self.out.flush()?;
        self.out.get_ref().sync_all()
    }

    fn take_the_place_of(self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        // The new name reaches the disk with its folder; not every system can open one.
        if let Ok(folder) = File::open(folder(target)) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // After the renaming there is nothing to remove.
        let _ = fs::remove_file(&self.path);
    }
}

fn folder(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Creates a file; one that is to have the permissions of another is for its owner alone until then.
fn new_file(path: &Path, is_private: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if is_private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = is_private;
    options.open(path)
}

/// Why a file cannot be written.
fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "no file may be written here".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::FileTooLarge => "the file would be larger than this system lets it be".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk may only be read".to_owned(),
        _ => error.to_string(),
    }
}

/// An error with the name of the file.
pub(super) fn named(path: &Path, error: &io::Error) -> io::Error {
    // A new file needs nothing but its folder.
    let reason = if error.kind() == io::ErrorKind::NotFound { "there is no such folder".to_owned() } else { in_words(error) };
    io::Error::other(format!("{}: {reason}", one_line(&shown(path))))
}
