//! The names of units, as Juju writes them.

use crate::model::quoted;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The name of a unit: its application and its number, `hello/0`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UnitName {
    application: String,
    number: u32,
}

impl UnitName {
    /// The unit `number` of `application`.
    pub fn new(application: impl Into<String>, number: u32) -> Self {
        Self { application: application.into(), number }
    }

    /// All names that units of `application` can have.
    pub(crate) fn all_of(application: &str) -> RangeInclusive<Self> {
        Self::new(application, 0)..=Self::new(application, u32::MAX)
    }

    /// The name of its application.
    pub fn application(&self) -> &str {
        &self.application
    }

    /// Its number, unique within the application.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The name as Juju's agents carry it in directories and in the log: `unit-hello-0`.
    pub fn tag(&self) -> String {
        format!("unit-{}-{}", self.application, self.number)
    }
}

impl fmt::Display for UnitName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.application, self.number)
    }
}

/// A text that is no unit name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidUnitName(String);

impl fmt::Display for InvalidUnitName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid unit name {}", quoted(&self.0))
    }
}

impl std::error::Error for InvalidUnitName {}

impl FromStr for UnitName {
    type Err = InvalidUnitName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidUnitName(text.to_owned());
        let (application, number) = text.split_once('/').ok_or_else(invalid)?;
        // `hello/07` is another spelling of a unit that has a name already.
        let canonical = number == "0" || !number.starts_with('0');
        if !is_application_name(application) || !canonical || !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(invalid());
        }
        Ok(Self::new(application, number.parse().map_err(|_| invalid())?))
    }
}

impl TryFrom<String> for UnitName {
    type Error = InvalidUnitName;

    fn try_from(text: String) -> Result<Self, InvalidUnitName> {
        text.parse()
    }
}

impl From<UnitName> for String {
    fn from(name: UnitName) -> Self {
        name.to_string()
    }
}

/// Whether Juju takes `name` as the name of an application: words of lower-case letters and digits joined by
/// hyphens, the first starting with a letter, each later one with at least one letter.
pub fn is_application_name(name: &str) -> bool {
    let word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.split('-').all(word)
        && name.split('-').skip(1).all(|word| word.bytes().any(|b| b.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_names_are_application_and_number() {
        let unit: UnitName = "k8s-app/12".parse().unwrap();
        assert_eq!((unit.application(), unit.number()), ("k8s-app", 12));
        assert_eq!(unit.tag(), "unit-k8s-app-12");
        for wrong in
            ["", "hello", "hello/", "/0", "hello/x", "hello/-1", "hello/07", "hello/0/1", "hello/99999999999"]
        {
            assert!(wrong.parse::<UnitName>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn application_names_follow_juju() {
        for right in ["a", "hello", "k8s-service", "a1-b2c"] {
            assert!(is_application_name(right), "{right}");
        }
        for wrong in ["", "-a", "a-", "a--b", "1a", "A", "a_b", "a-1", "ü"] {
            assert!(!is_application_name(wrong), "{wrong}");
        }
    }
}
