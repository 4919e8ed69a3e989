//! A secret's id.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::content::RawSecret;
use crate::error::Error;

/// A secret's id, as it travels in databags and in config: `secret:9m4e2mr0ui3e8a215n4g`.
///
/// Plain data: it can be stored, compared, and written to a databag. [`Juju::secret`](crate::Juju::secret) reads what it
/// names, as the content `C`.
///
/// Three forms are taken: `secret:ID`, `secret://MODEL-UUID/ID` for a secret of another model, and the bare ID that
/// `secret-ids` prints. They are shown in the first two.
///
/// ```
/// use charm_runtime::SecretId;
///
/// let id: SecretId = "9m4e2mr0ui3e8a215n4g".parse()?;
/// assert_eq!(id.to_string(), "secret:9m4e2mr0ui3e8a215n4g");
/// assert!("password".parse::<SecretId>().is_err());
/// # Ok::<(), charm_runtime::Error>(())
/// ```
pub struct SecretId<C = RawSecret> {
    model: Option<String>,
    id: String,
    content: PhantomData<fn() -> C>,
}

/// How long the ids are that Juju makes.
const LENGTH: usize = 20;

impl<C> SecretId<C> {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (rest, is_bare) = match text.strip_prefix("secret:") {
            Some(rest) => (rest, false),
            None => (text, true),
        };
        let (model, id) = match rest.strip_prefix("//") {
            Some(rest) if !is_bare => {
                let (model, id) = rest.split_once('/')?;
                let is_sound = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
                if model.is_empty() || !model.bytes().all(is_sound) {
                    return None;
                }
                (Some(model.to_owned()), id)
            }
            Some(_) => return None,
            None => (None, rest),
        };
        let is_sound = |b: u8| b.is_ascii_digit() || b.is_ascii_lowercase();
        // A bare word could be anything: it has to look like an id. With a scheme, its length is Juju's to judge.
        let has_length = if is_bare { id.len() == LENGTH } else { !id.is_empty() };
        (has_length && id.bytes().all(is_sound)).then(|| Self {
            model,
            id: id.to_owned(),
            content: PhantomData,
        })
    }

    /// The id alone, without `secret:` and model.
    pub fn bare(&self) -> &str {
        &self.id
    }

    /// The UUID of the model that the secret is in, where the id names it: a secret of another model.
    pub fn model_uuid(&self) -> Option<&str> {
        self.model.as_deref()
    }

    /// The same id, of a secret whose content is a `T`: for ids that come from config or from an event.
    pub fn typed<T>(&self) -> SecretId<T> {
        SecretId { model: self.model.clone(), id: self.id.clone(), content: PhantomData }
    }

    /// The form that everything here is filed under.
    pub(crate) fn raw(&self) -> SecretId {
        self.typed()
    }
}

impl<C> fmt::Display for SecretId<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.model {
            Some(model) => write!(f, "secret://{model}/{}", self.id),
            None => write!(f, "secret:{}", self.id),
        }
    }
}

impl<C> fmt::Debug for SecretId<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretId({self})")
    }
}

impl<C> FromStr for SecretId<C> {
    type Err = Error;

    #[track_caller]
    fn from_str(text: &str) -> Result<Self, Error> {
        match Self::parse(text) {
            Some(id) => Ok(id),
            // Not what stands there: it may be a password in the wrong place.
            None => Err(Error::invalid("secret id", "expected one such as `secret:9m4e2mr0ui3e8a215n4g`")),
        }
    }
}

impl<C> Serialize for SecretId<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, C> Deserialize<'de> for SecretId<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

// By hand: a derive would ask it of the content's type too.

impl<C> Clone for SecretId<C> {
    fn clone(&self) -> Self {
        self.typed()
    }
}

impl<C> PartialEq for SecretId<C> {
    fn eq(&self, other: &Self) -> bool {
        (&self.model, &self.id) == (&other.model, &other.id)
    }
}

impl<C> Eq for SecretId<C> {}

impl<C> PartialOrd for SecretId<C> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<C> Ord for SecretId<C> {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.model, &self.id).cmp(&(&other.model, &other.id))
    }
}

impl<C> Hash for SecretId<C> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.model, &self.id).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_jujus_forms_are_taken_and_shown_in_one() {
        let cases = [
            ("secret:9m4e2mr0ui3e8a215n4g", "secret:9m4e2mr0ui3e8a215n4g"),
            ("9m4e2mr0ui3e8a215n4g", "secret:9m4e2mr0ui3e8a215n4g"),
            (
                "secret://5f1e2a6c-0c1f-4a3e-8f2b-0123456789ab/9m4e2mr0ui3e8a215n4g",
                "secret://5f1e2a6c-0c1f-4a3e-8f2b-0123456789ab/9m4e2mr0ui3e8a215n4g",
            ),
        ];
        for (text, shown) in cases {
            let id: SecretId = text.parse().unwrap();
            assert_eq!(id.to_string(), shown);
            assert_eq!(id.bare(), "9m4e2mr0ui3e8a215n4g");
            let json = serde_json::to_string(&id).unwrap();
            assert_eq!(json, format!("{shown:?}"));
            assert_eq!(serde_json::from_str::<SecretId>(&json).unwrap(), id);
        }
    }

    #[test]
    fn anything_else_is_refused_and_not_repeated() {
        let wrong = [
            "",
            "secret:",
            "password",
            "secret:With Space",
            "secret:UPPER",
            "secret:///x",
            "secret://m",
            "secret://m/",
            "//m/9m4e2mr0ui3e8a215n4g",
            "--help",
            "secret:-",
            "9m4e2mr0ui3e8a215n4",
        ];
        for text in wrong {
            let error = text.parse::<SecretId>().unwrap_err().to_string();
            assert_eq!(error, "secret id: expected one such as `secret:9m4e2mr0ui3e8a215n4g`", "{text}");
        }
    }
}
