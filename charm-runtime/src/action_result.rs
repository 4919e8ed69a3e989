//! What an action answers.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde_json::Value;

use crate::error::Error;
use crate::juju::Juju;

/// The results of an action, as a type: `#[derive(ActionResults)]` on a struct, which a handler of an action returns.
///
/// Juju (3.6 and 4) keeps them when the action ends; `juju run` shows them. Every result is a text. A handler that
/// fails returns none; to report some all the same there is [`Action::set_result`](crate::event::Action::set_result).
///
/// | a field | its results |
/// |---|---|
/// | `new_key: String`, numbers, `bool`, `char` | `new-key=..` |
/// | `size: Option<u64>` | none for `None` |
/// | `backup: Backup`, which derives `ActionResults` too | `backup.size=..`, one for each field of `Backup` |
/// | `hosts: Vec<String>` | `hosts.0=..`, `hosts.1=..`; none for an empty one |
/// | `users: BTreeMap<String, u32>` | `users.admin=..`; a dot in a key makes one more level |
/// | `#[results(display)] when: T` | what `T` displays |
/// | `#[results(key = "backup.at")] when: String` | `backup.at=..` |
///
/// A key is parts joined by dots; a part is lowercase letters, digits and inner hyphens. What Juju refuses does not
/// compile where a field's name or `key = ".."` says it: that rule, two fields with one key, and what Juju writes
/// itself, of which the first four are no part of any key: `stdout`, `stderr`, `stdout-encoding`, `stderr-encoding`, and
/// `return-code`. A key that is known when the charm runs only, such as that of a map, is an error of the handler then.
/// So is a value of over 120 000 bytes, or with NUL.
///
/// `#[results(crate = path)]` on the struct says where this crate is found, if it was renamed.
///
/// ```
/// use charm_runtime::prelude::*;
///
/// #[derive(ActionResults)]
/// pub struct Rotated {
///     revision: u64,
///     old_keys: Vec<String>,
/// }
///
/// #[charm(metadata = "rotate.yaml")]
/// #[derive(Default)]
/// pub struct Webapp;
///
/// #[charm(metadata = "rotate.yaml")]
/// impl Webapp {
///     #[on(action = "rotate")]
///     fn rotate(&mut self, params: action::RotateParams) -> Result<Rotated> {
///         ensure!(params.keep >= 0, ActionFailed::new("keep: less than none"));
///         Ok(Rotated { revision: 8, old_keys: vec!["seven".to_owned()] })
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the results of an action",
    label = "not a struct with `#[derive(ActionResults)]`"
)]
pub trait ActionResults {
    /// Adds what it holds.
    #[track_caller]
    fn report(&self, results: &Results<'_>) -> Result<(), Error>;
}

/// A field of what an action answers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be a result of an action",
    label = "not a text, a number, a `bool`, a list or a map of them, nor a struct with `#[derive(ActionResults)]`",
    note = "mark the field `#[results(display)]` if it is shown by its `Display`"
)]
pub trait ResultValue {
    /// Adds it under a key.
    #[track_caller]
    fn report_as(&self, key: &str, results: &Results<'_>) -> Result<(), Error>;
}

/// Where results go: those of the action, or a part of them below a key.
pub struct Results<'r> {
    juju: &'r Juju,
    above: Option<String>,
}

impl fmt::Debug for Results<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Results({:?})", self.above)
    }
}

impl<'r> Results<'r> {
    pub(crate) fn new(juju: &'r Juju) -> Self {
        Self { juju, above: None }
    }

    fn key(&self, key: &str) -> String {
        self.above.as_ref().map_or_else(|| key.to_owned(), |above| format!("{above}.{key}"))
    }

    /// Adds a value under a key.
    #[track_caller]
    pub fn add<V: ResultValue + ?Sized>(&self, key: &str, value: &V) -> Result<(), Error> {
        value.report_as(key, self)
    }

    /// Adds a text under a key.
    #[track_caller]
    pub fn set(&self, key: &str, value: impl fmt::Display) -> Result<(), Error> {
        self.juju.stage_action_result(&self.key(key), value.to_string())
    }

    /// The results below a key.
    #[must_use]
    pub fn below(&self, key: &str) -> Results<'r> {
        Self { juju: self.juju, above: Some(self.key(key)) }
    }
}

#[diagnostic::do_not_recommend]
impl<T: ActionResults> ResultValue for T {
    #[track_caller]
    fn report_as(&self, key: &str, results: &Results<'_>) -> Result<(), Error> {
        self.report(&results.below(key))
    }
}

macro_rules! displayed {
    ($($type:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl ResultValue for $type {
            #[track_caller]
            fn report_as(&self, key: &str, results: &Results<'_>) -> Result<(), Error> {
                results.set(key, self)
            }
        }
    )*};
}

displayed!(bool char String str &str Cow<'_, str> i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64);

#[diagnostic::do_not_recommend]
impl<T: ResultValue> ResultValue for Option<T> {
    #[track_caller]
    fn report_as(&self, key: &str, results: &Results<'_>) -> Result<(), Error> {
        match self {
            Some(value) => value.report_as(key, results),
            None => Ok(()),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: ResultValue> ResultValue for Vec<T> {
    #[track_caller]
    fn report_as(&self, key: &str, results: &Results<'_>) -> Result<(), Error> {
        let items = results.below(key);
        for (index, item) in self.iter().enumerate() {
            item.report_as(&index.to_string(), &items)?;
        }
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl<K: fmt::Display, V: ResultValue> ResultValue for BTreeMap<K, V> {
    #[track_caller]
    fn report_as(&self, key: &str, results: &Results<'_>) -> Result<(), Error> {
        report_entries(self, &results.below(key))
    }
}

#[diagnostic::do_not_recommend]
impl<K: fmt::Display, V: ResultValue, S> ResultValue for HashMap<K, V, S> {
    #[track_caller]
    fn report_as(&self, key: &str, results: &Results<'_>) -> Result<(), Error> {
        report_entries(self, &results.below(key))
    }
}

/// Lists and maps as those of Rust; null is nothing.
#[diagnostic::do_not_recommend]
impl ResultValue for Value {
    #[track_caller]
    fn report_as(&self, key: &str, results: &Results<'_>) -> Result<(), Error> {
        match self {
            Self::Null => Ok(()),
            Self::String(text) => results.set(key, text),
            Self::Bool(_) | Self::Number(_) => results.set(key, self),
            Self::Array(items) => items.report_as(key, results),
            Self::Object(entries) => report_entries(entries, &results.below(key)),
        }
    }
}

#[track_caller]
fn report_entries<'v, K: fmt::Display, V: ResultValue + 'v>(
    entries: impl IntoIterator<Item = (K, &'v V)>,
    results: &Results<'_>,
) -> Result<(), Error> {
    for (key, value) in entries {
        value.report_as(&key.to_string(), results)?;
    }
    Ok(())
}
