//! A file in the tree that holds generated code.

use std::path::Path;

use similar::TextDiff;

const REMEDY: &str = "`CHARM_DERIVE_TESTS=overwrite cargo test` writes it; then review it";

/// Compares generated code with its snapshot, or writes it there if that was asked for.
pub(crate) fn compare(package: &Path, snapshot: &Path, generated: &str) -> Result<(), String> {
    let path = package.join(snapshot);
    let shown = snapshot.display();
    if std::env::var_os("CHARM_DERIVE_TESTS").is_some_and(|wish| wish == "overwrite") {
        let written = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        return written
            .and_then(|()| std::fs::write(&path, generated))
            .map_err(|error| format!("{shown} can't be written: {error}"));
    }
    let recorded = std::fs::read_to_string(&path)
        .map_err(|error| format!("{shown} can't be read: {error}; {REMEDY}"))?
        .replace("\r\n", "\n");
    if recorded == generated {
        return Ok(());
    }
    let diff = TextDiff::from_lines(&recorded, generated);
    let diff = diff.unified_diff().header("as recorded", "as generated now").to_string();
    Err(format!("{shown} differs from the code that is generated now; {REMEDY}\n{diff}"))
}
