//! Programs that must compile, and programs that must not.

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use trybuild::TestCases;

use crate::recording::Recording;

/// Compiles and runs programs, single ones and all in directories; trybuild panics if one fails.
pub(crate) fn pass(package: &Path, programs: &[PathBuf], directories: &[PathBuf]) -> Result<(), String> {
    let globs: Vec<PathBuf> =
        directories.iter().map(|directory| programs_in(package, directory)).collect::<Result<_, _>>()?;
    // Without a case trybuild would complain.
    if !(programs.is_empty() && globs.is_empty()) {
        let cases = TestCases::new();
        programs.iter().chain(&globs).for_each(|programs| cases.pass(programs));
    }
    Ok(())
}

/// What trybuild knows a directory's programs by. It would be content with none: a mistyped name must not pass.
fn programs_in(package: &Path, directory: &Path) -> Result<PathBuf, String> {
    let entries = std::fs::read_dir(package.join(directory))
        .map_err(|error| format!("{} can't be read: {error}", directory.display()))?;
    let is_program =
        |entry: std::fs::DirEntry| entry.path().extension().is_some_and(|extension| extension == "rs");
    if entries.flatten().any(is_program) {
        Ok(directory.join("*.rs"))
    } else {
        Err(format!("{} holds no .rs file: there is nothing to compile", directory.display()))
    }
}

/// Compiles the programs in a directory, which must fail as their `.stderr` files say; trybuild panics if one doesn't.
pub(crate) fn fail(package: &Path, directory: &Path) -> Result<(), String> {
    let programs = programs_in(package, directory)?;
    let recording = Recording::of(&package.join(directory))?;
    let is_set = |variable: &str, value: &str| std::env::var_os(variable).is_some_and(|set| set == value);
    let overwrites = is_set("TRYBUILD", "overwrite");
    match recording.by_another() {
        Some(note) if !overwrites => {
            if is_set("CHARM_DERIVE_TESTS_STRICT", "1") {
                return Err(format!(
                    "{note}; test with the former, or record anew with `TRYBUILD=overwrite cargo test`"
                ));
            }
            // Not by `eprintln`, which the test harness hides while all is well.
            let _ = writeln!(std::io::stderr(), "{note}: only the first line of each is compared");
            fail_with_first_lines(&package.join(directory))
        }
        _ => {
            TestCases::new().compile_fail(programs);
            if overwrites { recording.renew() } else { Ok(()) }
        }
    }
}

/// Compiles the programs in a directory, which must fail with the first line of their `.stderr` among the messages.
fn fail_with_first_lines(directory: &Path) -> Result<(), String> {
    let copies = Copies::of(directory)?;
    // Where a program has no `.stderr`, trybuild leaves its messages in `wip`, and panics in the end.
    let _ = catch_unwind(AssertUnwindSafe(|| TestCases::new().compile_fail(copies.directory.join("*.rs"))));
    let check = |name: &String| check_first_line(directory, name).err();
    let problems: Vec<String> = copies.names.iter().filter_map(check).collect();
    // Only if it holds nothing else.
    let _ = std::fs::read_dir("wip").map(|left| {
        if left.flatten().all(|entry| entry.file_name() == ".gitignore") {
            let _ = std::fs::remove_dir_all("wip");
        }
    });
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

fn check_first_line(directory: &Path, name: &str) -> Result<(), String> {
    let said = Path::new("wip").join(name).with_extension("stderr");
    let messages = std::fs::read_to_string(&said).map_err(|_| format!("{name} compiles, and it must not"))?;
    let _ = std::fs::remove_file(&said);
    let recorded = directory.join(name).with_extension("stderr");
    let recorded = std::fs::read_to_string(&recorded)
        .map_err(|error| format!("{} can't be read: {error}", recorded.display()))?;
    let first = recorded.lines().next().unwrap_or_default();
    if messages.lines().any(|line| line == first) {
        return Ok(());
    }
    Err(format!("{name} does not fail with its first line, {first:?}, but with\n{messages}"))
}

/// The programs of a directory and the metadata beside them, without the `.stderr` files.
struct Copies {
    directory: PathBuf,
    names: Vec<String>,
}

impl Copies {
    fn of(original: &Path) -> Result<Self, String> {
        let directory = std::env::temp_dir().join(format!("charm-derive-tests-{}", std::process::id()));
        let mut copies = Self { directory, names: Vec::new() };
        match copies.fill(original) {
            Ok(()) => Ok(copies),
            Err(error) => Err(format!("{} can't be copied: {error}", original.display())),
        }
    }

    fn fill(&mut self, original: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(&self.directory)?;
        for entry in std::fs::read_dir(original)? {
            let path = entry?.path();
            let (Some(name), Some(extension)) = (path.file_name(), path.extension()) else { continue };
            if path.is_file() && extension != "stderr" {
                std::fs::copy(&path, self.directory.join(name))?;
                if extension == "rs" {
                    self.names.push(name.to_string_lossy().into_owned());
                }
            }
        }
        self.names.sort();
        Ok(())
    }
}

impl Drop for Copies {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_without_programs_is_a_mistake() {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let error = fail(package, Path::new("tests/fale")).unwrap_err();
        assert!(error.contains("tests/fale can't be read"), "{error}");
        let error = pass(package, &[], &[PathBuf::from(".")]).unwrap_err();
        assert!(error.contains("holds no .rs file"), "{error}");
    }

    #[test]
    fn on_another_compiler_the_first_lines_count() {
        let directory = std::env::temp_dir().join(format!("charm-derive-tests-unit-{}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let write = |name: &str, text: &str| std::fs::write(directory.join(name), text).unwrap();
        write("same.rs", "compile_error!(\"the mistake\");\nfn main() {}\n");
        write("same.stderr", "error: the mistake\n  drawn otherwise\n");
        write("other.rs", "compile_error!(\"another mistake\");\nfn main() {}\n");
        write("other.stderr", "error: the mistake\n");
        write("compiles.rs", "fn main() {}\n");
        write("compiles.stderr", "error: the mistake\n");

        let problems = fail_with_first_lines(&directory).unwrap_err();
        std::fs::remove_dir_all(&directory).unwrap();
        assert!(problems.contains("compiles.rs compiles, and it must not"), "{problems}");
        assert!(problems.contains("other.rs does not fail with its first line"), "{problems}");
        assert!(problems.contains("error: another mistake"), "{problems}");
        assert!(!problems.contains("same.rs"), "{problems}");
        assert!(!Path::new("wip").exists(), "what trybuild left is cleaned up");
    }
}
