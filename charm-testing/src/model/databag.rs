//! Databags: what one side of a relation writes and the other reads.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Changes to a databag, made in a hook and published when it ends well. As in Juju an empty value deletes its key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Writes(BTreeMap<String, String>);

impl Writes {
    /// Sets `key`, or deletes it if `value` is empty.
    pub fn set(&mut self, key: String, value: String) {
        self.0.insert(key, value);
    }

    /// Lays the changes over `content`.
    pub(crate) fn over(&self, content: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let mut merged = content.clone();
        for (key, value) in &self.0 {
            if value.is_empty() {
                merged.remove(key);
            } else {
                merged.insert(key.clone(), value.clone());
            }
        }
        merged
    }
}

/// The published content of a databag, of a unit or of an application.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Databag {
    content: BTreeMap<String, String>,
    version: u64,
}

impl Databag {
    /// What the other side can read.
    pub fn content(&self) -> &BTreeMap<String, String> {
        &self.content
    }

    /// Counts the changes; 0 if nothing was ever written. Watchers compare versions, so that many writes become one
    /// relation-changed, and a write that changes nothing none.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// How many bytes the keys and values of a databag will come to.
    pub(crate) fn size_with(bag: Option<&Self>, writes: &Writes) -> usize {
        let kept =
            bag.into_iter().flat_map(|bag| &bag.content).filter(|(key, _)| !writes.0.contains_key(*key));
        let written = writes.0.iter().filter(|(_, value)| !value.is_empty());
        kept.chain(written).map(|(key, value)| key.len() + value.len()).sum()
    }

    /// Publishes `writes`. Says whether they changed anything.
    pub(crate) fn apply(&mut self, writes: &Writes) -> bool {
        let content = writes.over(&self.content);
        let changed = content != self.content;
        if changed {
            self.content = content;
            self.version += 1;
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writes(pairs: &[(&str, &str)]) -> Writes {
        let mut writes = Writes::default();
        for (key, value) in pairs {
            writes.set((*key).to_owned(), (*value).to_owned());
        }
        writes
    }

    #[test]
    fn only_differences_are_a_new_version() {
        let mut bag = Databag::default();
        assert!(!bag.apply(&writes(&[("gone", "")])));
        assert_eq!(bag.version(), 0);
        assert!(bag.apply(&writes(&[("a", "1"), ("b", "2")])));
        assert!(!bag.apply(&writes(&[("a", "1")])));
        assert_eq!(bag.version(), 1);
        assert!(bag.apply(&writes(&[("a", "")])));
        assert_eq!(bag.content(), &BTreeMap::from([("b".to_owned(), "2".to_owned())]));
    }
}
