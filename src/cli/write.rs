//! Files of the user, written so that each is the old one or the new one at any moment, whatever happens.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

/// Writes a file that was read before: `old` is what was read. A link stays, and the file to which it leads is written.
///
/// # Errors
/// A sentence that says why the file is as it was.
pub(super) fn replace(path: &Path, old: &[u8], new: &[u8], allowed: impl Fn(&Path) -> bool) -> Result<(), String> {
    let failed = |error: &io::Error| in_words(error);
    let is_link = fs::symlink_metadata(path).map_err(|error| failed(&error))?.file_type().is_symlink();
    let target = if is_link { fs::canonicalize(path).map_err(|error| failed(&error))? } else { path.to_owned() };
    if is_link && !allowed(&target) {
        return Err("not written: this is a link to a file outside the folders that you named; name that file itself".to_owned());
    }
    let permissions = fs::metadata(&target).map_err(|error| failed(&error))?.permissions();
    if permissions.readonly() || OpenOptions::new().write(true).open(&target).is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied) {
        return Err("not written: the file may only be read".to_owned());
    }
    let beside = Beside::new(&target, new, Some(permissions)).map_err(|error| failed(&error))?;
    if fs::read(&target).is_ok_and(|now| now != old) {
        return Err("not written: the file was changed by another program just now; try again".to_owned());
    }
    beside.take_the_place_of(&target).map_err(|error| failed(&error))
}

/// Writes a file that is the program's own, whether it was there before or not.
///
/// # Errors
/// A sentence that says why the file is as it was.
pub(super) fn create(path: &Path, new: &[u8]) -> Result<(), String> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let permissions = fs::metadata(&target).ok().map(|metadata| metadata.permissions());
    Beside::new(&target, new, permissions).and_then(|beside| beside.take_the_place_of(&target)).map_err(|error| in_words(&error))
}

fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "not written: no file may be written in this folder".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "not written: the disk is full".to_owned(),
        io::ErrorKind::FileTooLarge => "not written: the file would be larger than this system lets it be".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "not written: the disk may only be read".to_owned(),
        _ => format!("not written: {error}"),
    }
}

/// A new file beside another, which goes if it does not take its place. No run reads it as a brief: its name begins with a dot and does
/// not end as a brief's.
struct Beside(PathBuf);

/// Numbers the files of this process.
static NUMBER: AtomicU32 = AtomicU32::new(0);

impl Beside {
    fn new(target: &Path, bytes: &[u8], permissions: Option<fs::Permissions>) -> io::Result<Beside> {
        let (beside, mut file) = loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let path = folder(target).join(format!(".upr-{}-{number}.tmp", process::id()));
            match new_file(&path, permissions.is_some()) {
                Ok(file) => break (Beside(path), file),
                // Left over from a run with the same number that was cut short.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        };
        file.write_all(bytes)?;
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        file.sync_all()?;
        Ok(beside)
    }

    fn take_the_place_of(self, target: &Path) -> io::Result<()> {
        fs::rename(&self.0, target)?;
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
        let _ = fs::remove_file(&self.0);
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
