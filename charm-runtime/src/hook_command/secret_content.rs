//! How a secret's content reaches a command without being seen on the way.
//!
//! An argument can be read by every user of the machine while the process runs. So by exec each value is a file that
//! only its owner can read, named in the argument; where no process is between, the value itself is there.

use std::ffi::OsString;
use std::fs::{DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::secret::RawSecret;

/// How many names are tried for the directory: somebody may have made directories of such names.
const MOST_ATTEMPTS: u128 = 100;

/// The values of a secret as files, each readable by this user alone, in a directory of their own. They are gone when
/// this is.
pub(super) struct ContentFiles {
    directory: PathBuf,
    arguments: Vec<OsString>,
}

impl ContentFiles {
    /// Writes them, under the system's directory for what is temporary.
    pub(super) fn write(content: &RawSecret) -> std::io::Result<Self> {
        let mut files = Self { directory: fresh_directory()?, arguments: Vec::new() };
        for (number, (key, value)) in content.iter().enumerate() {
            // Not named by the key, in which there may be a path.
            let path = files.directory.join(number.to_string());
            OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&path)?
                .write_all(value.as_bytes())?;
            let mut argument = OsString::from(format!("{key}#file="));
            argument.push(path);
            files.arguments.push(argument);
        }
        Ok(files)
    }

    /// `KEY#file=PATH`, for each. The agent opens them, from a working directory of its own: the paths are absolute.
    pub(super) fn arguments(&self) -> &[OsString] {
        &self.arguments
    }
}

impl Drop for ContentFiles {
    fn drop(&mut self) {
        // Nobody else can read what can't be removed; there is nothing better to do.
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// Made by this process, or it would not be private.
fn fresh_directory() -> std::io::Result<PathBuf> {
    let base = std::path::absolute(std::env::temp_dir())?;
    let process = std::process::id();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    for attempt in 0..MOST_ATTEMPTS {
        let directory = base.join(format!("charm-secret-{process}-{:x}", now.wrapping_add(attempt)));
        match DirBuilder::new().mode(0o700).create(&directory) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => return made.map(|()| directory),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// `KEY#base64=VALUE`, for each: for ways to Juju on which arguments are seen by nobody else.
pub(super) fn as_arguments(content: &RawSecret) -> impl Iterator<Item = String> + '_ {
    content.iter().map(|(key, value)| format!("{key}#base64={}", base64(value.as_bytes())))
}

/// The usual alphabet, padded.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |index: usize| u32::from(three.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for index in 0..4 {
            if index <= three.len() {
                text.push(char::from(ALPHABET[(bits >> (18 - 6 * index) & 63) as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn files_are_private_whole_and_gone_afterwards() {
        let value = " leading, a=b\nand trailing \n";
        let content = RawSecret::from([("../password", value), ("user-name", "é\0")]);
        let files = ContentFiles::write(&content).unwrap();
        let directory = files.directory.clone();
        let mode = |path: &PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&directory), 0o700);
        let paths: Vec<PathBuf> = files
            .arguments()
            .iter()
            .zip(["../password", "user-name"])
            .map(|(argument, key)| {
                let argument = argument.to_str().unwrap();
                PathBuf::from(argument.strip_prefix(&format!("{key}#file=")).unwrap())
            })
            .collect();
        assert_eq!(paths.len(), 2);
        for (path, value) in paths.iter().zip([value, "é\0"]) {
            assert!(path.is_absolute() && path.starts_with(&directory));
            assert_eq!(mode(path), 0o600);
            assert_eq!(std::fs::read_to_string(path).unwrap(), value);
        }
        drop(files);
        assert!(!directory.exists());
    }

    /// What the agent reads from the files is what was given; by base64 the tests against the local Juju see to that.
    #[test]
    fn any_content_is_in_its_files() {
        const PARTS: [&str; 16] = [
            " ", "\n", "\r\n", "\t", "=", "==", "#file=", "'", "\"", "\\", "\0", "\u{7f}", "\u{85}",
            "\u{feff}", "😀", "x",
        ];
        let mut state: u64 = 1;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        };
        for _ in 0..100 {
            let mut text = || -> String { (0..=next(6)).map(|_| PARTS[next(PARTS.len())]).collect() };
            let content = RawSecret::from([("one", text()), ("other-key", text())]);
            let files = ContentFiles::write(&content).unwrap();
            let read: RawSecret = files
                .arguments()
                .iter()
                .map(|argument| {
                    let (key, path) = argument.to_str().unwrap().split_once("#file=").unwrap();
                    (key.to_owned(), std::fs::read_to_string(path).unwrap())
                })
                .collect();
            assert!(read == content);
        }
    }

    #[test]
    fn base64_is_padded() {
        // The examples of RFC 4648, and what its other alphabet writes otherwise.
        let cases: [(&[u8], &str); 8] = [
            (b"", ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foo", "Zm9v"),
            (b"foob", "Zm9vYg=="),
            (b"fooba", "Zm9vYmE="),
            (b"foobar", "Zm9vYmFy"),
            (b"\xfb\xff\xfe", "+//+"),
        ];
        for (bytes, text) in cases {
            assert_eq!(base64(bytes), text);
        }
    }
}
