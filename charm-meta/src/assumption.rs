//! What a charm assumes of the Juju that deploys it.

use crate::field::Field;
use crate::grammar::{is_feature, is_number};

/// One entry of `assumes`. A charm's list holds if every entry does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Assumption {
    /// Juju has this feature: `k8s-api`.
    Feature(String),
    /// The feature, mostly `juju` itself, has at least this version: `juju >= 3.6`.
    AtLeast(String, String),
    /// The feature has a version below this one: `juju < 4`.
    Below(String, String),
    /// One of these at least.
    AnyOf(Vec<Assumption>),
    /// Each of these.
    AllOf(Vec<Assumption>),
}

impl Assumption {
    /// Reads a list of assumptions.
    pub(crate) fn read_all(field: &Field<'_>) -> Vec<Self> {
        field.items().iter().filter_map(Self::read).collect()
    }

    fn read(field: &Field<'_>) -> Option<Self> {
        if !field.is_map() {
            let text = field.text()?;
            let assumption = Self::parse(text.trim());
            if assumption.is_none() {
                field.complain(format!(
                    "{text:?} is no assumption; write a feature such as `k8s-api`, or `juju >= 3.6`, or `juju < 4` \
                     (there are no other signs)"
                ));
            }
            return assumption;
        }
        match field.entries().as_slice() {
            [any] if any.name() == "any-of" => Some(Self::AnyOf(Self::read_all(any))),
            [all] if all.name() == "all-of" => Some(Self::AllOf(Self::read_all(all))),
            _ => {
                field.complain("a map here has one key, `any-of` or `all-of`, with a list below it");
                None
            }
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if is_feature(text) {
            return Some(Self::Feature(text.to_owned()));
        }
        let (feature, version, make): (_, _, fn(String, String) -> Self) = match text.split_once(">=") {
            Some((feature, version)) => (feature, version, Self::AtLeast),
            None => text.split_once('<').map(|(feature, version)| (feature, version, Self::Below as _))?,
        };
        let (feature, version) = (feature.trim(), version.trim());
        (is_feature(feature) && is_version(version)).then(|| make(feature.to_owned(), version.to_owned()))
    }
}

/// A version of Juju, whole or in part: `3`, `3.6`, `3.6.1`, `3.6-beta1`, `3.6.1.2`.
fn is_version(text: &str) -> bool {
    let short = |text: &str| is_number(text) && text.len() <= 9;
    let mut parts = text.split('.');
    let major = parts.next().is_some_and(short);
    let tagged = |text: &str| {
        text.split_once('-').is_some_and(|(minor, tag)| {
            let digits = tag.trim_start_matches(|c: char| c.is_ascii_lowercase());
            short(minor) && digits.len() < tag.len() && short(digits)
        })
    };
    let rest: Vec<&str> = parts.collect();
    major
        && match rest.as_slice() {
            [] => true,
            [minor, rest @ ..] if tagged(minor) => rest.len() <= 1 && rest.iter().all(|part| short(part)),
            _ => rest.len() <= 3 && rest.iter().all(|part| short(part)),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_and_versions() {
        let two = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let (juju, version) = two("juju", "3.6");
        assert_eq!(Assumption::parse("juju >= 3.6"), Some(Assumption::AtLeast(juju.clone(), version)));
        assert_eq!(Assumption::parse("juju<4"), Some(Assumption::Below(juju, "4".to_owned())));
        assert_eq!(Assumption::parse("k8s-api"), Some(Assumption::Feature("k8s-api".to_owned())));
        for bad in
            ["juju > 3", "juju <= 3", "juju = 3", "juju >= x", "juju >= ", "Juju", "juju >= 3.", "j", ""]
        {
            assert_eq!(Assumption::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn versions() {
        for good in ["3", "3.6", "3.6.1", "3.6-beta1", "3.6-rc1.2", "3.6.1.2"] {
            assert!(is_version(good), "{good}");
        }
        for bad in ["", "v3", "3.", "3.6-", "3.6-beta", "3.6-1", "1.2.3.4.5", "1234567890"] {
            assert!(!is_version(bad), "{bad}");
        }
    }
}
