//! What a revision of a secret holds.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::base64;

/// The content of a secret: values by key, kept in base64 as Juju keeps them. Never shown by `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretContent(BTreeMap<String, String>);

impl SecretContent {
    /// Content that is in base64 already. Juju doesn't look into it before it is read.
    pub(crate) fn encoded(values: BTreeMap<String, String>) -> Self {
        Self(values)
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The value of `key` in base64.
    pub(crate) fn encoded_value(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// The value of `key`; none if there is no such key or what was stored is no base64.
    pub fn get(&self, key: &str) -> Option<Vec<u8>> {
        base64::decode(self.0.get(key)?).ok()
    }

    /// All values, or the words in which reading what is no base64 fails.
    pub(crate) fn decoded(&self) -> Result<BTreeMap<String, Vec<u8>>, String> {
        let decode =
            |text: &str| base64::decode(text).map_err(|at| format!("illegal base64 data at input byte {at}"));
        self.0.iter().map(|(key, text)| Ok((key.clone(), decode(text)?))).collect()
    }
}

impl<K: Into<String>, V: AsRef<[u8]>> FromIterator<(K, V)> for SecretContent {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(values: I) -> Self {
        Self(values.into_iter().map(|(key, value)| (key.into(), base64::encode(value.as_ref()))).collect())
    }
}

impl fmt::Debug for SecretContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.keys().map(|key| (key, "redacted"))).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_reads_back_and_is_never_shown() {
        let content: SecretContent =
            [("user", " a=b\n".as_bytes()), ("key", &[0, 255])].into_iter().collect();
        assert_eq!(content.get("user").as_deref(), Some(&b" a=b\n"[..]));
        assert_eq!(content.get("key").as_deref(), Some(&[0, 255][..]));
        assert_eq!(format!("{content:?}"), r#"{"key": "redacted", "user": "redacted"}"#);
    }
}
