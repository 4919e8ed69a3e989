//! The charm's options.
//!
//! `#[charm]` makes a struct `Config` of the options that `charmcraft.yaml` declares; this is what it reads them with.
//! An option whose value the charm can't use blocks the unit: the handler that asked ends with
//! [`Halt::Blocked`], the status names the option, what was done before is kept, and the process exits 0. Handlers and
//! status methods that don't ask run as ever.

use std::cell::OnceCell;
use std::fmt;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::Error;
use crate::halt::Halt;
use crate::hook_command::config_get;
use crate::juju::Juju;
use crate::value::{from_entries, kind, misfit, whole};

/// What has been read of the configuration.
#[derive(Default)]
pub(crate) struct Kept {
    options: OnceCell<Map<String, Value>>,
}

impl Juju {
    /// The options, read once per dispatch. Charms take their generated `Config` as an argument instead.
    #[track_caller]
    pub fn options(&self) -> Result<Options<'_>, Error> {
        if self.0.config.options.get().is_none() {
            let options = config_get(self)?;
            // Nobody else has set it: this is one thread, and config_get doesn't come back here.
            let _ = self.0.config.options.set(options);
        }
        Ok(Options(self.0.config.options.get_or_init(Map::new)))
    }
}

/// An option that can't be used. Unhandled it blocks the unit, since only its operator can set another.
#[cold]
#[track_caller]
fn unusable(option: &str, problem: impl fmt::Display) -> Error {
    let (what, problem) = (format!("option {option}"), problem.to_string());
    let halt = Halt::Blocked(format!("{what}: {problem}"));
    Error::invalid(what, problem).halting(halt)
}

/// The same of options that don't go together: whoever found that says which.
#[cold]
#[track_caller]
fn unusable_together(problem: impl fmt::Display) -> Error {
    let problem = problem.to_string();
    let halt = Halt::Blocked(format!("options: {problem}"));
    Error::invalid("options", problem).halting(halt)
}

/// What an option may be, by its type in `charmcraft.yaml`.
pub trait OptionValue: Sized {
    /// The type's name in `charmcraft.yaml`.
    const TYPE: &'static str;
    /// The value, where Juju's JSON has this type.
    fn of(value: &Value) -> Option<Self>;
}

impl OptionValue for String {
    const TYPE: &'static str = "string";
    fn of(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl OptionValue for i64 {
    const TYPE: &'static str = "int";
    fn of(value: &Value) -> Option<Self> {
        whole(value)
    }
}

impl OptionValue for f64 {
    const TYPE: &'static str = "float";
    fn of(value: &Value) -> Option<Self> {
        value.as_f64()
    }
}

impl OptionValue for bool {
    const TYPE: &'static str = "boolean";
    fn of(value: &Value) -> Option<Self> {
        value.as_bool()
    }
}

/// What the author makes of an option of type string or secret. Every type with [`FromStr`] is one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be made of an option that is a text",
    label = "not made of a text",
    note = "implement `FromStr` for it, with an error that has a `Display`: the status shows it"
)]
pub trait OfText: Sized {
    /// Makes it, or says to the operator why not.
    fn of_text(text: &str) -> Result<Self, String>;
}

#[diagnostic::do_not_recommend]
impl<T: FromStr<Err: fmt::Display>> OfText for T {
    fn of_text(text: &str) -> Result<Self, String> {
        text.parse().map_err(|error: T::Err| error.to_string())
    }
}

/// What the author makes of an option of type int, float or boolean. Every type with [`TryFrom`] of it is one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be made of an option that is `{O}` in Rust",
    label = "not made of `{O}`",
    note = "implement `TryFrom<{O}>` for it, with an error that has a `Display`: the status shows it"
)]
pub trait OfValue<O>: Sized {
    /// Makes it, or says to the operator why not.
    fn of_value(value: O) -> Result<Self, String>;
}

#[diagnostic::do_not_recommend]
impl<O, T: TryFrom<O, Error: fmt::Display + 'static> + 'static> OfValue<O> for T {
    fn of_value(value: O) -> Result<Self, String> {
        Self::try_from(value).map_err(|error| misfit::<T, _>(&error))
    }
}

/// The options of this dispatch, as Juju gives them.
#[derive(Debug, Clone, Copy)]
pub struct Options<'j>(pub(crate) &'j Map<String, Value>);

impl Options<'_> {
    /// An option without a default: `None` while nobody has set it.
    #[track_caller]
    pub fn get<T: OptionValue>(&self, name: &str) -> Result<Option<T>, Error> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match T::of(value) {
                Some(value) => Ok(Some(value)),
                None => Err(unusable(name, format!("expected {}, got {}", T::TYPE, kind(value)))),
            },
        }
    }

    /// An option with a default. Juju fills it in; the charm's own copy serves where Juju left it out.
    #[track_caller]
    pub fn get_or<T: OptionValue>(&self, name: &str, default: impl Into<T>) -> Result<T, Error> {
        Ok(self.get(name)?.unwrap_or_else(|| default.into()))
    }

    /// An option of type string or secret as the author's own type.
    #[track_caller]
    pub fn parse<T: OfText>(&self, name: &str) -> Result<Option<T>, Error> {
        match self.get::<String>(name)? {
            None => Ok(None),
            Some(text) => match T::of_text(&text) {
                Ok(value) => Ok(Some(value)),
                Err(error) => Err(unusable(name, error)),
            },
        }
    }

    /// The same with a default.
    #[track_caller]
    pub fn parse_or<T: OfText>(&self, name: &str, default: &str) -> Result<T, Error> {
        match self.parse(name)? {
            Some(value) => Ok(value),
            None => match T::of_text(default) {
                Ok(value) => Ok(value),
                Err(error) => Err(unusable(name, error)),
            },
        }
    }

    /// An option of type secret, usually a [`SecretId`](crate::SecretId), which [`Juju::secret`] reads once the user has
    /// granted it to the application. It is unset, too, where it was set to the empty text: so an operator takes it back.
    #[track_caller]
    pub fn secret<T: OfText>(&self, name: &str) -> Result<Option<T>, Error> {
        match self.0.get(name) {
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            _ => self.parse(name),
        }
    }

    /// An option of type int, float or boolean as the author's own type.
    #[track_caller]
    pub fn convert<O: OptionValue, T: OfValue<O>>(&self, name: &str) -> Result<Option<T>, Error> {
        match self.get::<O>(name)? {
            None => Ok(None),
            Some(value) => match T::of_value(value) {
                Ok(value) => Ok(Some(value)),
                Err(error) => Err(unusable(name, error)),
            },
        }
    }

    /// The same with a default.
    #[track_caller]
    pub fn convert_or<O: OptionValue, T: OfValue<O>>(&self, name: &str, default: O) -> Result<T, Error> {
        match T::of_value(self.get_or(name, default)?) {
            Ok(value) => Ok(value),
            Err(error) => Err(unusable(name, error)),
        }
    }

    /// All options as a type of the author's, by serde. Their names are those of `charmcraft.yaml`: a struct says
    /// `#[serde(rename_all = "kebab-case")]`.
    ///
    /// What doesn't fit is an error that blocks the unit and names the option.
    #[track_caller]
    pub fn read_as<T: DeserializeOwned>(&self) -> Result<T, Error> {
        match from_entries(self.0) {
            Ok(options) => Ok(options),
            Err(mismatch) => Err(match mismatch.name {
                Some(name) => unusable(&name, mismatch.problem),
                None => unusable_together(mismatch.problem),
            }),
        }
    }
}

/// A charm's options as a struct.
pub trait Load: Sized {
    /// Reads every option.
    #[track_caller]
    fn load(options: Options<'_>) -> Result<Self, Error>;
}

/// For charms without options.
impl Load for () {
    #[track_caller]
    fn load(_: Options<'_>) -> Result<Self, Error> {
        Ok(())
    }
}

/// What the author makes of all options: `#[charm(config = Settings)]`. Every type that is made of the `Config` by
/// [`TryFrom`] is one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be made of the options",
    label = "not made of a `Config`",
    note = "implement `TryFrom<Config>` for it, with an error that has a `Display`: the status shows it"
)]
pub trait OfOptions<C>: Sized {
    /// Makes it. What the options don't allow blocks the unit.
    #[track_caller]
    fn of_options(config: &C) -> Result<Self, Error>;
}

#[diagnostic::do_not_recommend]
impl<C: Clone, T: TryFrom<C, Error: fmt::Display>> OfOptions<C> for T {
    #[track_caller]
    fn of_options(config: &C) -> Result<Self, Error> {
        match T::try_from(config.clone()) {
            Ok(settings) => Ok(settings),
            Err(error) => Err(unusable_together(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    fn blocked<T>(result: Result<T, Error>) -> String {
        match result.err().unwrap().halt() {
            Some(Halt::Blocked(message)) => message.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_option_is_set_or_not() {
        let Value::Object(options) = json!({"name": "", "port": 8000.0, "nothing": null}) else { panic!() };
        let options = Options(&options);
        assert_eq!(options.get::<String>("name").unwrap(), Some(String::new()));
        assert_eq!(options.get::<i64>("port").unwrap(), Some(8000));
        assert_eq!(options.get::<bool>("nothing").unwrap(), None);
        assert_eq!(options.get::<bool>("absent").unwrap(), None);
        assert_eq!(options.get_or::<i64>("nothing", 3).unwrap(), 3);
        assert_eq!(options.convert::<i64, u16>("port").unwrap(), Some(8000));
        assert_eq!(options.convert_or::<i64, u16>("absent", 1).unwrap(), 1);
        assert_eq!(
            options.parse_or::<std::net::IpAddr>("absent", "::1").unwrap(),
            "::1".parse::<std::net::IpAddr>().unwrap()
        );
    }

    /// A type of the author's with the standard library's error.
    #[derive(Debug)]
    struct Own;

    impl TryFrom<i64> for Own {
        type Error = std::num::TryFromIntError;

        fn try_from(value: i64) -> Result<Self, Self::Error> {
            u8::try_from(value).map(|_| Self)
        }
    }

    #[test]
    fn what_cannot_be_used_blocks_and_names_the_option() {
        let Value::Object(options) = json!({"secret": "hunter2", "port": 1e6, "ratio": 0.5, "zero": 0})
        else {
            panic!()
        };
        let options = Options(&options);
        assert_eq!(blocked(options.get::<i64>("secret")), "option secret: expected int, got a text");
        assert_eq!(blocked(options.get::<i64>("ratio")), "option ratio: expected int, got a number");
        let range = "option port: expected a whole number from 0 to 65535";
        assert_eq!(blocked(options.convert::<i64, u16>("port")), range);
        assert_eq!(
            blocked(options.convert_or::<i64, i8>("absent", 128)),
            "option absent: expected a whole number from -128 to 127"
        );
        assert_eq!(
            blocked(options.convert::<i64, Own>("port")),
            "option port: the number is too large or too small"
        );
        assert!(blocked(options.parse::<std::net::IpAddr>("secret")).starts_with("option secret: "));
        assert!(blocked(options.parse_or::<u8>("absent", "x")).starts_with("option absent: "));
        assert!(blocked(u8::of_options(&300_i64)).starts_with("options: "));
    }

    #[test]
    fn serde_names_the_option_too() {
        #[derive(Debug, Deserialize)]
        #[allow(dead_code)] // it is never made
        struct Settings {
            port: u16,
        }
        let read = |value: Value| Options(value.as_object().unwrap()).read_as::<Settings>();
        assert_eq!(read(json!({"port": 8000.0, "other": 1})).unwrap().port, 8000);
        assert_eq!(blocked(read(json!({"port": "hunter2"}))), "option port: expected u16");
        assert_eq!(blocked(read(json!({}))), "options: missing field `port`");
    }
}
