//! Which compiler said what stands in `.stderr` files.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The version that a directory's `.stderr` files were recorded with, and the one that is there.
#[derive(Debug)]
pub(crate) struct Recording {
    file: PathBuf,
    /// None for a directory where nothing says it.
    recorded: Option<String>,
    present: String,
}

impl Recording {
    pub(crate) fn of(directory: &Path) -> Result<Self, String> {
        let file = directory.join("rustc-version.txt");
        let recorded = match std::fs::read_to_string(&file) {
            Ok(text) => Some(text.trim().to_owned()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(format!("{} can't be read: {error}", file.display())),
        };
        Ok(Self { file, recorded, present: present()? })
    }

    /// That they were recorded with another compiler, as the beginning of a sentence.
    pub(crate) fn by_another(&self) -> Option<String> {
        let Self { file, recorded, present } = self;
        let recorded = recorded.as_ref().filter(|recorded| *recorded != present)?;
        let directory = file.parent().unwrap_or(Path::new("")).display();
        Some(format!("the .stderr files in {directory} were recorded with {recorded}, and this is {present}"))
    }

    /// Says that all of them are by the compiler that is there.
    pub(crate) fn renew(&self) -> Result<(), String> {
        std::fs::write(&self.file, format!("{}\n", self.present))
            .map_err(|error| format!("{} can't be written: {error}", self.file.display()))
    }
}

/// What `rustc --version` says, such as `rustc 1.95.0 (59807616e 2026-04-14)`.
fn present() -> Result<String, String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(&rustc)
        .arg("--version")
        .output()
        .map_err(|error| format!("{} --version can't be run: {error}", rustc.display()))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_compiler_is_named_and_renewed() {
        let directory =
            std::env::temp_dir().join(format!("charm-derive-tests-recording-{}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        assert_eq!(Recording::of(&directory).unwrap().by_another(), None, "nothing says which it was");

        std::fs::write(directory.join("rustc-version.txt"), "rustc 1.0.0\n").unwrap();
        let recording = Recording::of(&directory).unwrap();
        let note = recording.by_another().unwrap();
        assert!(note.contains("were recorded with rustc 1.0.0, and this is rustc 1."), "{note}");

        recording.renew().unwrap();
        assert_eq!(Recording::of(&directory).unwrap().by_another(), None);
        std::fs::remove_dir_all(&directory).unwrap();
    }
}
