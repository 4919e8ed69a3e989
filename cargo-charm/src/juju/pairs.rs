//! `KEY=VALUE`, from arguments and from YAML files.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// A pair as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) key: String,
    pub(crate) value: String,
}

impl std::str::FromStr for Pair {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some((key, value)) if !key.is_empty() => {
                Ok(Self { key: key.to_owned(), value: value.to_owned() })
            }
            _ => Err("write KEY=VALUE".to_owned()),
        }
    }
}

impl Pair {
    /// The value, or what is in the file that `@file` names.
    pub(crate) fn read(&self) -> Result<String> {
        match self.value.strip_prefix('@') {
            Some(path) => read_text(Path::new(path)),
            None => Ok(self.value.clone()),
        }
    }
}

/// The text of a file; `-` is standard input.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
        return Ok(text);
    }
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The map in a YAML file.
pub(crate) fn read_map(path: &Path) -> Result<BTreeMap<String, Value>> {
    // The reader's own words quote the lines around a mistake, and they may be secret.
    serde_saphyr::from_str(&read_text(path)?)
        .map_err(|error| without_quote(&error.to_string()))
        .with_context(|| format!("{} is no map in YAML: write lines of `key: value`", path.display()))
}

fn without_quote(error: &str) -> anyhow::Error {
    anyhow::anyhow!(error.lines().next().unwrap_or_default().to_owned())
}

/// A value of YAML as an operator would type it.
pub(crate) fn typed(value: &Value) -> Result<String> {
    Ok(match value {
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Null => String::new(),
        Value::Array(_) | Value::Object(_) => {
            bail!("a list or a map is no value: write one text, number or truth")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_in_a_file_is_told_without_its_content() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(&file, "password: hunter2\n  x: [").unwrap();
        let error = format!("{:#}", read_map(file.path()).unwrap_err());
        assert!(error.contains("is no map in YAML") && !error.contains("hunter2"), "{error}");
        fs::write(&file, "port: 80\nname: a\n").unwrap();
        let map = read_map(file.path()).unwrap();
        assert_eq!(typed(&map["port"]).unwrap(), "80");
    }
}
