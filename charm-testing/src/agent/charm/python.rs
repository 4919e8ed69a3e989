//! Charms in Python, which as sources have no `dispatch`: packing makes it.

use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use super::CharmOptions;
use super::error::CharmError;
use super::files::Content;

/// What is run of such a charm.
pub(super) const CHARM: &str = "src/charm.py";

/// The text of the `dispatch` for a Python charm.
pub(super) fn dispatch(content: &Content, options: &CharmOptions) -> Result<Vec<u8>, CharmError> {
    let mut script = b"#!/bin/sh\n\
        # The charm came without a dispatch: this one was made for it.\n\
        export PYTHONPATH=lib:src:venv\n\
        exec "
        .to_vec();
    match &options.python {
        Some(python) => quote(&mut script, &interpreter(python)?),
        // Of a packed charm, `venv` mostly is a plain directory of modules, which PYTHONPATH names.
        None if content.has("venv/bin/python3") => script.extend(b"venv/bin/python3"),
        None => script.extend(b"python3"),
    }
    script.extend(b" src/charm.py\n");
    Ok(script)
}

/// The interpreter itself, or the one of a virtual environment. Not resolved further: a virtual environment is known by
/// the path that its interpreter is called by.
fn interpreter(python: &Path) -> Result<std::path::PathBuf, CharmError> {
    let path = if python.is_dir() { python.join("bin/python3") } else { python.to_owned() };
    let path = std::path::absolute(&path).map_err(|error| CharmError::io("find", &path, error))?;
    if path.is_file() {
        return Ok(path);
    }
    Err(CharmError::Refused(format!(
        "no Python at {}: give an interpreter or the directory of a virtual environment",
        path.display()
    )))
}

/// A path as one word of a shell script, whatever it is made of.
fn quote(script: &mut Vec<u8>, path: &Path) {
    script.push(b'\'');
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'\'' => script.extend(b"'\\''"),
            byte => script.push(*byte),
        }
    }
    script.push(b'\'');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_path_is_one_word() {
        let mut script = Vec::new();
        quote(&mut script, Path::new("/a b/it's/$x"));
        assert_eq!(script, b"'/a b/it'\\''s/$x'");
    }
}
