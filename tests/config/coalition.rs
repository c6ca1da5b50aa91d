//! The sample of a coalition's configurations.

use std::fs;
use std::path::Path;

use crate::program::Folder;

/// A brief with weak recommendations.
pub const BRIEF: &str = "# Universal Periodic Review of Zemland

## Children in prison

Half of the children share a cell with adults!

### Recommendations

- Continue efforts to protect children.
- Ratify the Optional Protocol by 2033.
";

/// The folder of sample configurations, as a copy.
pub fn coalition(name: &str) -> Folder {
    fn copy(from: &Path, inside: &str, folder: &Folder) {
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{inside}{}", path.file_name().unwrap().to_str().unwrap());
            if path.is_dir() {
                copy(&path, &format!("{name}/"), folder);
            } else {
                folder.write(&name, fs::read(&path).unwrap());
            }
        }
    }
    let folder = Folder::new(&format!("config-{name}"));
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config/coalition"), "", &folder);
    folder
}
