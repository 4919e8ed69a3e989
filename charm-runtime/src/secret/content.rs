//! What is in a secret.

use std::collections::BTreeMap;
use std::fmt;

use crate::error::Error;
use crate::hook_command::Refusal;

/// What stands for a value wherever one is shown.
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

/// The content of a secret as Juju has it: a map of strings. Its `Debug` shows the keys alone.
///
/// A key begins with a letter and has at least three characters, lowercase letters, digits and single hyphens between
/// them (Juju 3.6 and 4). A value isn't empty. Juju counts sizes in base64, four bytes for three: in Juju 3 a value has
/// up to 8 KiB of it (6144 bytes as they are) and a secret 64 KiB, in Juju 4 either up to 1,000,000 bytes (750,000). All
/// of that is checked when the content is written.
///
/// ```
/// use charm_runtime::RawSecret;
///
/// let content = RawSecret::from([("user-name", "admin"), ("password", "hunter2")]);
/// assert_eq!(content.get("password"), Some("hunter2"));
/// assert!(!format!("{content:?}").contains("hunter2"));
/// ```
#[derive(Clone, PartialEq, Eq, Default)]
pub struct RawSecret(BTreeMap<String, String>);

impl RawSecret {
    /// Without anything in it; Juju doesn't take it so.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// Sets the value of a key.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.0.insert(key.into(), value.into());
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &str) {
        self.0.remove(key);
    }

    /// The keys and their values, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether Juju takes it, within these limits.
    #[track_caller]
    pub(crate) fn check(&self, what: &str, limits: &Limits) -> Result<(), Error> {
        if self.is_empty() {
            return Err(Error::invalid(what, "it has no content: Juju takes at least one key"));
        }
        let mut total = 0;
        for (key, value) in &self.0 {
            if !is_key(key) {
                let shown: String = key.chars().take(40).collect();
                let problem = format!("the key {shown:?} is none that Juju takes: {KEY_RULE}");
                return Err(Error::invalid(what, problem));
            }
            if value.is_empty() {
                let problem = format!("the value of `{key}` is empty, which Juju refuses: leave the key out");
                return Err(Error::invalid(what, problem));
            }
            let size = in_base64(value);
            if size > limits.value {
                let problem =
                    format!("the value of `{key}` has {} bytes, {size} in base64; {limits}", value.len());
                return Err(Error::foreseen(Refusal::TooLarge, what, problem));
            }
            total += size;
        }
        if total > limits.content {
            let problem = format!("its values have {total} bytes in base64; {limits}");
            return Err(Error::foreseen(Refusal::TooLarge, what, problem));
        }
        Ok(())
    }
}

/// In words, for whoever chose a key that isn't one.
pub(crate) const KEY_RULE: &str =
    "at least three lowercase letters and digits, the first a letter, with single hyphens between them";

/// Juju's rule, `^([a-z](?:-?[a-z0-9]){2,})$`.
fn is_key(key: &str) -> bool {
    let bytes = key.as_bytes();
    let is_word = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let words = bytes.iter().filter(|byte| is_word(byte)).count();
    words >= 3
        && bytes.first().is_some_and(u8::is_ascii_lowercase)
        && bytes.last().is_some_and(is_word)
        && bytes.iter().all(|byte| is_word(byte) || *byte == b'-')
        && !key.contains("--")
}

/// How many bytes Juju counts.
fn in_base64(value: &str) -> usize {
    value.len().div_ceil(3) * 4
}

/// How much a secret holds, in bytes of base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    value: usize,
    content: usize,
    juju: &'static str,
}

impl Limits {
    const JUJU_3: Self = Self { value: 8 << 10, content: 64 << 10, juju: "Juju 3" };
    /// No Juju takes more.
    pub(crate) const LARGEST: Self = Self { value: 1_000_000, content: 1_000_000, juju: "Juju" };

    /// By `JUJU_VERSION`, such as `3.6.4`.
    pub(crate) fn of(version: Option<&str>) -> Self {
        match version.and_then(|version| version.split('.').next()) {
            Some("3") => Self::JUJU_3,
            _ => Self::LARGEST,
        }
    }
}

impl fmt::Display for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { value, content, juju } = self;
        write!(f, "{juju} takes up to {value} bytes of it in a value and {content} in a secret")
    }
}

impl fmt::Debug for RawSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.keys().map(|key| (key, Redacted))).finish()
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for RawSecret {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

impl<K: Into<String>, V: Into<String>, const N: usize> From<[(K, V); N]> for RawSecret {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl From<BTreeMap<String, String>> for RawSecret {
    fn from(entries: BTreeMap<String, String>) -> Self {
        Self(entries)
    }
}

/// A string that is shown nowhere: its `Debug` is `<redacted>`, and it has no `Display`.
///
/// ```
/// use charm_runtime::SecretString;
///
/// let password = SecretString::from("hunter2");
/// assert_eq!(format!("{password:?}"), "<redacted>");
/// assert_eq!(password.expose(), "hunter2");
/// ```
#[derive(Clone, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct SecretString(String);

impl SecretString {
    /// The string itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The string itself.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl<S: Into<String>> From<S> for SecretString {
    fn from(text: S) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for SecretString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Redacted.fmt(f)
    }
}

/// What a secret's content is, as a type: `#[derive(SecretContent)]` on a struct, or [`RawSecret`].
///
/// The derive takes a struct whose fields are [`SecretField`]s: each is a key, `user_name` being `user-name`, and an
/// `Option` may be missing. `#[secret(rename = "other-key")]` on a field names another key; a key that Juju doesn't take
/// doesn't compile. Keys that the type doesn't know are ignored. It also writes a `Debug` that shows no value, so a
/// struct with it derives no other.
///
/// ```
/// use charm_runtime::{RawSecret, SecretContent, SecretString};
///
/// #[derive(SecretContent, Clone, PartialEq)]
/// struct Credentials {
///     user_name: String,
///     password: SecretString,
///     #[secret(rename = "tls-ca")]
///     ca: Option<String>,
/// }
///
/// let raw = RawSecret::from([("user-name", "admin"), ("password", "hunter2")]);
/// let credentials = Credentials::from_raw(&raw)?;
/// assert_eq!(credentials.user_name, "admin");
/// assert_eq!(credentials.to_raw(), raw);
/// assert!(!format!("{credentials:?}").contains("admin"));
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the content of a secret",
    note = "write `#[derive(SecretContent)]` on the struct, or take `RawSecret`, a map of strings"
)]
pub trait SecretContent: Sized + 'static {
    /// What it is called where a person reads of it, such as `credentials`.
    const NAME: &'static str;
    /// As Juju stores it.
    fn to_raw(&self) -> RawSecret;
    /// From what Juju stores; an error names the key that is missing or wrong, and no value.
    fn from_raw(raw: &RawSecret) -> Result<Self, Error>;
}

impl SecretContent for RawSecret {
    const NAME: &'static str = "secret";

    fn to_raw(&self) -> Self {
        self.clone()
    }

    fn from_raw(raw: &RawSecret) -> Result<Self, Error> {
        Ok(raw.clone())
    }
}

/// What a field of a secret's content may be: `String`, [`SecretString`], a number, `bool`, or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be a field of a secret's content",
    note = "a field is a `String`, a `SecretString`, a number, a `bool`, or an `Option` of one of them"
)]
pub trait SecretField: Sized {
    /// Puts it under a key.
    fn write(&self, key: &str, raw: &mut RawSecret);
    /// Takes it from a key.
    fn read(key: &str, raw: &RawSecret) -> Result<Self, Error>;
}

#[track_caller]
fn value<'r>(key: &str, raw: &'r RawSecret) -> Result<&'r str, Error> {
    match raw.get(key) {
        Some(value) => Ok(value),
        None => Err(Error::invalid("secret content", format!("it has no `{key}`"))),
    }
}

impl SecretField for String {
    fn write(&self, key: &str, raw: &mut RawSecret) {
        raw.insert(key, self);
    }

    #[track_caller]
    fn read(key: &str, raw: &RawSecret) -> Result<Self, Error> {
        value(key, raw).map(str::to_owned)
    }
}

impl SecretField for SecretString {
    fn write(&self, key: &str, raw: &mut RawSecret) {
        raw.insert(key, self.expose());
    }

    #[track_caller]
    fn read(key: &str, raw: &RawSecret) -> Result<Self, Error> {
        value(key, raw).map(Self::from)
    }
}

impl<T: SecretField> SecretField for Option<T> {
    fn write(&self, key: &str, raw: &mut RawSecret) {
        if let Some(value) = self {
            value.write(key, raw);
        }
    }

    #[track_caller]
    fn read(key: &str, raw: &RawSecret) -> Result<Self, Error> {
        match raw.get(key) {
            Some(_) => T::read(key, raw).map(Some),
            None => Ok(None),
        }
    }
}

macro_rules! parsed_fields {
    ($($type:ty)*) => {$(
        impl SecretField for $type {
            fn write(&self, key: &str, raw: &mut RawSecret) {
                raw.insert(key, self.to_string());
            }

            #[track_caller]
            fn read(key: &str, raw: &RawSecret) -> Result<Self, Error> {
                match value(key, raw)?.trim().parse() {
                    Ok(value) => Ok(value),
                    // Without its words, which may repeat the value.
                    Err(_) => {
                        let problem = format!("the value of `{key}` is no {}", stringify!($type));
                        Err(Error::invalid("secret content", problem))
                    }
                }
            }
        }
    )*};
}

parsed_fields!(bool u8 u16 u32 u64 i8 i16 i32 i64 f64);

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &str, value: &str) -> Result<(), String> {
        let limits = Limits::of(Some("4.0.1"));
        RawSecret::from([(key, value)]).check("s", &limits).map_err(|error| error.to_string())
    }

    #[test]
    fn keys_follow_jujus_rule() {
        for good in ["abc", "a-bc", "a-b-c", "a00", "user-name", "abcdefghijklmnopqrstuvwxyz-0123456789"] {
            assert_eq!(check(good, "v"), Ok(()), "{good}");
        }
        for bad in
            ["", "a", "ab", "a-b", "0bc", "abc-", "-abc", "ab--c", "aBc", "a_bc", "a.bc", "é12", "abc\n"]
        {
            assert!(check(bad, "v").unwrap_err().contains("lowercase letters"), "{bad}");
        }
    }

    #[test]
    fn what_juju_refuses_is_refused_before_the_call() {
        assert!(check("password", "").unwrap_err().contains("`password` is empty"));
        assert!(RawSecret::new().check("s", &Limits::LARGEST).is_err());
        assert_eq!(check("password", &"x".repeat(750_000)), Ok(()));
        let too_large = RawSecret::from([("password", "x".repeat(750_001))]);
        assert!(too_large.check("s", &Limits::LARGEST).unwrap_err().is_too_large());
        let error = check("password", &"x".repeat(750_001)).unwrap_err();
        assert!(error.contains("750001 bytes, 1000004 in base64") && error.contains("1000000"), "{error}");
    }

    #[test]
    fn juju_3_takes_less() {
        let limits = Limits::of(Some("3.6.4"));
        assert_eq!(limits, Limits::JUJU_3);
        assert_eq!(Limits::of(Some("4.0-beta1")), Limits::LARGEST);
        assert_eq!(Limits::of(None), Limits::LARGEST);
        let check = |raw: RawSecret| raw.check("s", &limits).map_err(|error| error.to_string());
        assert!(check(RawSecret::from([("abc", "x".repeat(6144))])).is_ok());
        let error = check(RawSecret::from([("abc", "x".repeat(6145))])).unwrap_err();
        assert!(error.contains("6145 bytes, 8196 in base64") && error.contains("8192"), "{error}");
        let nine = (0..9).map(|n| (format!("key{n}"), "x".repeat(6000)));
        let error = check(nine.collect()).unwrap_err();
        assert!(error.contains("72000 bytes in base64") && error.contains("65536"), "{error}");
    }

    #[test]
    fn fields_name_their_key_and_no_value() {
        let raw = RawSecret::from([("port", "hunter2")]);
        let error = u16::read("port", &raw).unwrap_err().to_string();
        assert_eq!(error, "secret content: the value of `port` is no u16");
        assert_eq!(String::read("name", &raw).unwrap_err().to_string(), "secret content: it has no `name`");
        assert_eq!(Option::<u16>::read("name", &raw).unwrap(), None);
        assert!(Option::<u16>::read("port", &raw).is_err());
    }
}
