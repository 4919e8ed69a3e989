//! `key=value` arguments and the YAML maps that `--file` reads.

use std::collections::BTreeMap;

use super::{Call, Failure, yaml};
use crate::model::quoted;

/// Parses `key=value` arguments. Surrounding white space is lost, and no key may come twice.
pub(crate) fn from_args(args: &[String]) -> Result<BTreeMap<String, String>, Failure> {
    pairs(args, true).map_err(Failure::usage)
}

/// The same, where no value may be empty. The error is for what has called for it to complete.
pub(crate) fn filled(args: &[String]) -> Result<BTreeMap<String, String>, String> {
    pairs(args, false)
}

fn pairs(args: &[String], may_be_empty: bool) -> Result<BTreeMap<String, String>, String> {
    let mut settings = BTreeMap::new();
    for arg in args.iter().filter(|arg| !arg.is_empty()) {
        let pair = arg.split_once('=').map(|(key, value)| (key.trim(), value.trim()));
        let (key, value) = pair.ok_or_else(|| format!("expected \"key=value\", got {}", quoted(arg)))?;
        if key.is_empty() || value.is_empty() && !may_be_empty {
            return Err(format!("expected \"key=value\", got \"{key}={value}\""));
        }
        if settings.insert(key.to_owned(), value.to_owned()).is_some() {
            return Err(format!("key {} specified more than once", quoted(key)));
        }
    }
    Ok(settings)
}

/// Reads the settings in a file, or with `-` those on stdin.
pub(crate) fn from_file(call: &Call<'_>, file: &str) -> Result<BTreeMap<String, String>, Failure> {
    yaml::map_of_texts(&read_file(call, file)?).map_err(Failure::run)
}

/// What is in a file, or with `-` what is on stdin.
pub(super) fn read_file(call: &Call<'_>, file: &str) -> Result<Vec<u8>, Failure> {
    if file == "-" {
        return Ok(call.stdin.ok_or(Failure::NeedsStdin)?.to_vec());
    }
    if file.is_empty() {
        return Err(Failure::run("path not set"));
    }
    let path = call.dir.join(file);
    std::fs::read(&path).map_err(|error| Failure::run(super::open_error(&path, &error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_trimmed_and_unique() {
        let args = |args: &[&str]| {
            let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
            from_args(&args).map_err(Failure::message)
        };
        let trimmed = BTreeMap::from([("a".to_owned(), "b=c".to_owned()), ("d".to_owned(), String::new())]);
        assert_eq!(args(&[" a = b=c ", "d="]), Ok(trimmed));
        for (wrong, shown) in [("x", "x"), (" x ", " x "), ("=x", "=x"), (" = x", "=x")] {
            assert_eq!(args(&[wrong]), Err(format!("expected \"key=value\", got \"{shown}\"")));
        }
        assert_eq!(args(&[""]), Ok(BTreeMap::new()));
        assert_eq!(args(&["a=1", "a=2"]), Err("key \"a\" specified more than once".to_owned()));
    }
}
