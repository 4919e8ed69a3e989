//! The content that `secret-add` and `secret-set` are given: `key=value`, `key#base64=`, `key#file=`, and `--file`.

use std::collections::BTreeMap;
use std::path::Path;

use crate::hook_command::{open_error, yaml};
use crate::model::{JujuVersion, SecretContent, encode_base64, quoted};

/// How much a secret may hold, in bytes of base64.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    value: usize,
    content: usize,
}

impl Limits {
    pub(super) fn of(version: JujuVersion) -> Self {
        if version.major >= 4 {
            Self { value: 1_000_000, content: 1_000_000 }
        } else {
            Self { value: 8 * 1024, content: 64 * 1024 }
        }
    }
}

/// The content of the arguments.
pub(super) fn from_args(args: &[String], limits: Limits) -> Result<BTreeMap<String, String>, String> {
    let mut given: Vec<(String, Vec<u8>)> = Vec::new();
    for arg in args {
        // The padding of base64 is no separator.
        let stripped = arg.trim_end_matches('=');
        let at = stripped.find('=').filter(|at| *at > 0);
        let at = at.ok_or_else(|| format!("key value {arg} not valid", arg = quoted(arg)))?;
        let (key, value) = (&arg[..at], &arg[at + 1..]);
        match key.strip_suffix("#file") {
            Some(key) => {
                let read = read_file(value, limits.value);
                let content = read.map_err(|error| match error {
                    FileError::TooLarge(message) => message,
                    FileError::Unreadable(message) => {
                        format!("reading content for secret key {key}: {message}", key = quoted(key))
                    }
                })?;
                given.push((key.to_owned(), content));
            }
            None => given.push((key.to_owned(), value.as_bytes().to_vec())),
        }
    }
    encode(given, limits)
}

/// The content of a file of JSON or YAML.
pub(super) fn from_file(file: &str, limits: Limits) -> Result<BTreeMap<String, String>, String> {
    let bytes = read_file(file, limits.content).map_err(|error| match error {
        FileError::TooLarge(message) | FileError::Unreadable(message) => message,
    })?;
    let values: BTreeMap<String, String> = match serde_json::from_slice(&bytes) {
        Ok(values) => values,
        Err(_) => yaml::map_of_texts(&bytes)?,
    };
    encode(values.into_iter().map(|(key, value)| (key, value.into_bytes())).collect(), limits)
}

enum FileError {
    TooLarge(String),
    Unreadable(String),
}

/// Reads a file as the agent does: from its own directory, which is not the charm's, so that only an absolute path
/// means anything.
fn read_file(file: &str, limit: usize) -> Result<Vec<u8>, FileError> {
    let path = Path::new("/").join(file);
    let size = std::fs::metadata(&path).map(|metadata| metadata.len());
    match size {
        Ok(size) if size > limit as u64 => Err(FileError::TooLarge(format!(
            "secret content in file {file} too large: {size} bytes",
            file = quoted(file)
        ))),
        _ => std::fs::read(&path).map_err(|error| FileError::Unreadable(open_error(Path::new(file), &error))),
    }
}

fn encode(given: Vec<(String, Vec<u8>)>, limits: Limits) -> Result<BTreeMap<String, String>, String> {
    let mut content = BTreeMap::new();
    let mut total = 0;
    for (key, value) in given {
        let (key, value) = match key.strip_suffix("#base64") {
            Some(key) => (key.to_owned(), String::from_utf8_lossy(&value).into_owned()),
            None => (key, encode_base64(&value)),
        };
        if !is_key(&key) {
            return Err(format!("key {key} not valid", key = quoted(&key)));
        }
        let size = value.len();
        if size > limits.value {
            return Err(format!(
                "base64 encoded secret content for key {key} too large: {size} bytes",
                key = quoted(&key)
            ));
        }
        total += size;
        content.insert(key, value);
    }
    if total > limits.content {
        return Err(format!("base64 encoded secret content too large: {total} bytes"));
    }
    Ok(content)
}

/// Three characters at least, words of letters and digits joined by single hyphens, a letter first.
fn is_key(key: &str) -> bool {
    let word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.split('-').all(word)
        && key.bytes().filter(|b| *b != b'-').count() >= 3
}

/// Whether a secret can hold this, or why not.
pub(crate) fn check(content: &SecretContent, version: JujuVersion) -> Result<(), String> {
    if content.is_empty() {
        return Err("it has no keys".to_owned());
    }
    let mut given = Vec::new();
    for key in content.keys() {
        match content.encoded_value(key) {
            None | Some("") => return Err(format!("the value of `{key}` is empty")),
            Some(value) => given.push((format!("{key}#base64"), value.as_bytes().to_vec())),
        }
    }
    encode(given, Limits::of(version)).map(drop)
}

/// The arguments' content under that of the file: for secrets the file wins.
pub(super) fn content(
    args: &[String],
    file: Option<&str>,
    version: JujuVersion,
) -> Result<SecretContent, String> {
    let limits = Limits::of(version);
    let mut content = from_args(args, limits)?;
    if let Some(file) = file.filter(|file| !file.is_empty()) {
        content.extend(from_file(file, limits)?);
    }
    Ok(SecretContent::encoded(content))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(args: &[&str]) -> Result<SecretContent, String> {
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        content(&args, None, JujuVersion::V3_6)
    }

    #[test]
    fn keys_follow_juju_s_rule() {
        for key in ["abc", "a1b", "a-b-c", "password", "a-1-2"] {
            assert!(is_key(key), "{key}");
        }
        for key in ["", "a", "ab", "a-b", "1ab", "Abc", "a--bc", "abc-", "-abc", "a_bc", "äbc"] {
            assert!(!is_key(key), "{key}");
        }
    }

    #[test]
    fn values_keep_their_blanks_and_equal_signs() {
        let content = given(&["key= a=b ", "encoded#base64=Zg==", "key2=x=="]).unwrap();
        assert_eq!(content.get("key").as_deref(), Some(&b" a=b "[..]));
        assert_eq!(content.get("encoded").as_deref(), Some(&b"f"[..]));
        assert_eq!(content.get("key2").as_deref(), Some(&b"x=="[..]));
    }

    #[test]
    fn refusals_have_juju_s_words() {
        for (arg, error) in [
            ("x", "key value \"x\" not valid"),
            ("key=", "key value \"key=\" not valid"),
            ("=v", "key value \"=v\" not valid"),
            ("AB=v", "key \"AB\" not valid"),
            (
                "key#file=/nowhere",
                "reading content for secret key \"key\": open /nowhere: no such file or directory",
            ),
            (
                "key#file=relative",
                "reading content for secret key \"key\": open relative: no such file or directory",
            ),
        ] {
            assert_eq!(given(&[arg]), Err(error.to_owned()), "{arg}");
        }
        let large = "x".repeat(7000);
        let error = "base64 encoded secret content for key \"key\" too large: 9336 bytes";
        assert_eq!(given(&[&format!("key={large}")]), Err(error.to_owned()));
        let many: Vec<String> = (100..111).map(|n| format!("key{n}={}", "x".repeat(6000))).collect();
        let error = "base64 encoded secret content too large: 88000 bytes";
        assert_eq!(content(&many, None, JujuVersion::V3_6), Err(error.to_owned()));
        assert!(content(&many, None, JujuVersion::V4_0).is_ok());
    }

    #[test]
    fn a_file_may_be_json_or_yaml_and_wins() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("content");
        for text in ["{\"key\": \"\\ud83d\\ude00\"}", "key: 😀"] {
            std::fs::write(&path, text).unwrap();
            let args = ["key=argument".to_owned(), "other=v".to_owned()];
            let content = content(&args, path.to_str(), JujuVersion::V3_6).unwrap();
            assert_eq!(content.get("key").as_deref(), Some("😀".as_bytes()));
            assert_eq!(content.keys().collect::<Vec<_>>(), ["key", "other"]);
        }
    }
}
