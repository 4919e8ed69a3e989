//! `key=value` arguments and the YAML maps that `--file` reads.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{Call, Failure, yaml};
use crate::model::quoted;

/// Parses `key=value` arguments. Surrounding white space is lost, and no key may come twice.
pub(crate) fn from_args(args: &[String]) -> Result<BTreeMap<String, String>, Failure> {
    let mut settings = BTreeMap::new();
    for arg in args {
        let pair = arg.split_once('=').filter(|(key, _)| !key.is_empty());
        let (key, value) = pair
            .ok_or_else(|| Failure::usage(format!("expected \"key=value\", got {arg}", arg = quoted(arg))))?;
        match settings.entry(key.trim().to_owned()) {
            Entry::Vacant(entry) => entry.insert(value.trim().to_owned()),
            Entry::Occupied(entry) => {
                return Err(Failure::usage(format!("key {} specified more than once", quoted(entry.key()))));
            }
        };
    }
    Ok(settings)
}

/// Reads the settings in a file, or with `-` those on stdin.
pub(crate) fn from_file(call: &Call<'_>, file: &str) -> Result<BTreeMap<String, String>, Failure> {
    let bytes = if file == "-" {
        call.stdin.ok_or(Failure::NeedsStdin)?.to_vec()
    } else {
        let path = call.dir.join(file);
        std::fs::read(&path).map_err(|error| Failure::run(super::open_error(&path, &error)))?
    };
    yaml::map_of_texts(&bytes).map_err(Failure::run)
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
        assert_eq!(args(&["x"]), Err("expected \"key=value\", got \"x\"".to_owned()));
        assert_eq!(args(&["a=1", "a=2"]), Err("key \"a\" specified more than once".to_owned()));
    }
}
