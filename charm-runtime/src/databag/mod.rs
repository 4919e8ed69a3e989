//! Databags: what the two sides of a relation tell each other.
//!
//! To Juju a databag is a map of strings. Here each side of an endpoint has a type, bound to it once on the charm's
//! struct; [`Databag`] is how that type is read from the map and written to it.

mod bags;
mod entry;
mod local;
mod read_only;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Deref, DerefMut};

pub(crate) use bags::{BagOwner, Kept, StagedBags};
pub use entry::{Entries, EntryError, JsonValue, RawValue};
pub use local::LocalDatabag;
pub use read_only::ReadOnlyDatabag;
pub(crate) use read_only::{Own, Owner};

/// One side of a relation, as a type: its fields are keys of the databag.
///
/// `#[derive(Databag)]` implements it for a struct; an endpoint is bound to such types with
/// `#[charm(endpoint(..))]`.
///
/// ```
/// use charm_runtime::prelude::*;
///
/// #[derive(Debug, PartialEq, Databag)]
/// pub struct Database {
///     /// The key `endpoints`, with a JSON list.
///     endpoints: Vec<String>,
///     /// The key `tls-ca`; absent for `None`.
///     tls_ca: Option<String>,
///     /// The key `version`, with the text as it stands.
///     #[databag(raw)]
///     version: String,
///     /// The key `read_only`; `false` where it is absent.
///     #[databag(rename = "read_only", default)]
///     is_read_only: bool,
/// }
///
/// let database = Database {
///     endpoints: vec!["10.0.0.1:5432".to_owned()],
///     tls_ca: None,
///     version: "16.2".to_owned(),
///     is_read_only: true,
/// };
/// let entries = database.to_entries()?;
/// assert_eq!(entries["endpoints"].as_deref(), Some(r#"["10.0.0.1:5432"]"#));
/// assert_eq!(entries["version"].as_deref(), Some("16.2"));
/// assert_eq!(entries["tls-ca"], None);
/// # let entries = entries.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
/// # assert_eq!(Database::from_entries(&entries)?, database);
/// # Ok::<(), charm_runtime::EntryError>(())
/// ```
///
/// # Values
///
/// A value is JSON, written in one way only: without blanks, the keys of maps sorted. So an unchanged value is an
/// unchanged text, and causes no relation-changed on the other side. (A `HashSet` has no order, and no canonical form:
/// take a `BTreeSet`.) A field whose value is JSON's `null`, such as `None`, has no key in the databag; a key that is
/// absent reads as `null` does.
///
/// With `raw` a value is plain text, by `Display` and `FromStr`: for interfaces that were not made for JSON. To Juju an
/// empty text is none, so writing one is an error: make the field an `Option`.
///
/// # What is read
///
/// Keys that the type doesn't have are ignored, and left alone when it is written. A key that is absent, whose field is
/// neither an `Option` nor has `default`, means that the other side has not written yet:
/// [`load`](ReadOnlyDatabag::load) returns `None`. A value of the wrong form is an error that names the key and never
/// quotes the value.
///
/// # Options
///
/// | on a field | meaning |
/// |---|---|
/// | `rename = "key"` | the databag's key; else it is the field's name by `rename_all` |
/// | `raw` | plain text instead of JSON |
/// | `default` | `Default::default()` where the key is absent |
///
/// | on the struct | meaning |
/// |---|---|
/// | `rename_all = "snake_case"` | how keys are made of names; `"kebab-case"` otherwise. Also `camelCase`, `PascalCase`, `SCREAMING_SNAKE_CASE`, `SCREAMING-KEBAB-CASE`, `lowercase`, `UPPERCASE` |
/// | `raw` | all fields are plain text |
/// | `crate = path` | where this crate is found, if it was renamed |
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no databag",
    note = "write `#[derive(Databag)]` above the struct whose fields are the databag's keys"
)]
pub trait Databag: Sized {
    /// The type from what is in a databag.
    ///
    /// Fails with [`EntryError::missing`] where a key that it needs is absent, with [`EntryError::invalid`] where a
    /// value is not of the form that it must have.
    fn from_entries(entries: &BTreeMap<String, String>) -> Result<Self, EntryError>;

    /// What is written to a databag: a value for each key of the type, or `None` for a key that is to be absent.
    fn to_entries(&self) -> Result<Entries, EntryError>;
}

/// A databag without a type: a map of strings, as Juju has it. Endpoints to which no type is bound have these.
///
/// In a unit's databag are keys of Juju's own, too: `private-address`, `ingress-address`, `egress-subnets`.
///
/// Setting one sets the keys that it holds and leaves the others alone.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RawDatabag(BTreeMap<String, String>);

impl Databag for RawDatabag {
    fn from_entries(entries: &BTreeMap<String, String>) -> Result<Self, EntryError> {
        Ok(Self(entries.clone()))
    }

    fn to_entries(&self) -> Result<Entries, EntryError> {
        Ok(self.0.iter().map(|(key, value)| (key.clone(), Some(value.clone()))).collect())
    }
}

impl Deref for RawDatabag {
    type Target = BTreeMap<String, String>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for RawDatabag {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for RawDatabag {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

/// Only the keys: a value may be a password.
impl fmt::Debug for RawDatabag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RawDatabag")?;
        f.debug_set().entries(self.0.keys()).finish()
    }
}
