//! The ids of secrets.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::quoted;
use crate::model::random::Random;

/// The id of a secret: 20 characters of `0-9` and `a-v`, without `secret:`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SecretId(String);

impl SecretId {
    /// Reads an id as hook commands take it: bare, after `secret:`, or with the model first (`secret://<uuid>/<id>`).
    /// The error is Juju's text for it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let invalid = || format!("secret URI {text} not valid", text = quoted(text));
        let rest = match text.split_once(':') {
            Some(("secret", rest)) => rest,
            Some((scheme, _)) if is_scheme(scheme) => {
                return Err(format!("secret URI scheme {scheme} not valid", scheme = quoted(scheme)));
            }
            Some(_) => return Err(invalid()),
            None => text,
        };
        let id = rest.rsplit('/').next().unwrap_or_default();
        let known = id.len() == 20 && id.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'v').contains(&b));
        if known { Ok(Self(id.to_owned())) } else { Err(invalid()) }
    }

    /// A new id: 96 bits of chance in base 32.
    pub(crate) fn random(random: &mut Random) -> Self {
        let bits = u128::from(random.next()) << 32 | u128::from(random.next() >> 32);
        // The last of the 20 digits has only one bit left to show.
        let digit =
            |at: u32| b"0123456789abcdefghijklmnopqrstuv"[((bits << 4) >> (95 - 5 * at) & 0x1f) as usize];
        Self((0..20).map(|at| char::from(digit(at))).collect())
    }

    /// The id without `secret:`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id as charms hand it on: `secret:9m4e2mr0ui3e8a215n4g`.
    pub fn uri(&self) -> String {
        format!("secret:{}", self.0)
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

impl fmt::Display for SecretId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_in_each_of_its_forms() {
        let id = "9m4e2mr0ui3e8a215n4g";
        for text in [id.to_owned(), format!("secret:{id}"), format!("secret://6bf5-x/{id}")] {
            assert_eq!(SecretId::parse(&text).unwrap().as_str(), id);
        }
        for wrong in ["", "x", "secret:", "secret:9m4e2mr0ui3e8a215n4", "secret:9M4E2MR0UI3E8A215N4G", ":x"] {
            assert_eq!(SecretId::parse(wrong), Err(format!("secret URI {wrong:?} not valid")));
        }
        assert_eq!(SecretId::parse("http:x"), Err("secret URI scheme \"http\" not valid".to_owned()));
    }

    #[test]
    fn a_new_id_has_the_form_of_one() {
        let mut random = Random::new(1);
        let (first, second) = (SecretId::random(&mut random), SecretId::random(&mut random));
        assert_ne!(first, second);
        assert_eq!(SecretId::parse(&first.uri()), Ok(first.clone()));
        assert!(first.as_str().ends_with(['0', 'g']), "{first}");
    }
}
