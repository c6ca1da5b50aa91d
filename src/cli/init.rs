//! `upr init`: what a folder of briefs needs so that everybody checks the same: a configuration, a check before each commit, a check in
//! the workflows of GitHub.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{CLEAN, FAILED, complain, stdout};
use crate::files::shown;

/// `upr init`.
#[derive(Args)]
pub(super) struct Init {
    /// The folder of the briefs.
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    /// Also put the check into Git's own hook of this clone, for people who do not use pre-commit.
    #[arg(long)]
    git_hook: bool,
}

/// What is written where.
const FILES: [(&str, &str); 3] = [
    ("upr.toml", include_str!("init/upr.toml")),
    (".pre-commit-config.yaml", include_str!("init/pre-commit.yaml")),
    (".github/workflows/upr.yml", include_str!("init/workflow.yml")),
];

const HOOK: (&str, &str) = (".git/hooks/pre-commit", include_str!("init/pre-commit.sh"));

impl Init {
    pub(super) fn run(&self) -> io::Result<u8> {
        let mut out = stdout();
        let mut code = CLEAN;
        let is_clone = self.folder.join(".git").is_dir();
        if self.git_hook && !is_clone {
            complain(&format!("{}: this is not the top folder of a Git repository, so there is no hook to write", shown(&self.folder)));
            code = FAILED;
        }
        for (name, text) in FILES.into_iter().chain((self.git_hook && is_clone).then_some(HOOK)) {
            let path = if self.folder == Path::new(".") { PathBuf::from(name) } else { self.folder.join(name) };
            match write(&path, &text.replace("{version}", env!("CARGO_PKG_VERSION")), name == HOOK.0) {
                Ok(()) => writeln!(out, "{}: written", shown(&path))?,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => writeln!(out, "{}: is there already, and is left as it is", shown(&path))?,
                Err(error) => {
                    complain(&format!("{}: the file cannot be written: {error}", shown(&path)));
                    code = FAILED;
                }
            }
        }
        out.flush()?;
        Ok(code)
    }
}

/// Writes a file that does not exist yet.
fn write(path: &Path, text: &str, is_program: bool) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if is_program {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o755);
    }
    #[cfg(not(unix))]
    let _ = is_program;
    options.open(path)?.write_all(text.as_bytes())
}
