//! The charm's options.
//!
//! `#[charm]` makes a struct `Config` of the options that `charmcraft.yaml` declares; this is what it reads them with.

use std::cell::OnceCell;

use serde_json::{Map, Value};

use crate::error::Error;
use crate::hook_command::config_get;
use crate::juju::Juju;

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
        // Options reach the unit as JSON numbers, which for Juju are floating-point: 8000 may come as 8000.0.
        value.as_i64().or_else(|| {
            let float = value.as_f64()?;
            #[allow(clippy::cast_possible_truncation)] // within ±2^53, and integral: exact
            (float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0).then_some(float as i64)
        })
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

/// What a value is, without saying which: an option may be a password.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) | Value::Object(_) => "a collection",
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
                None => Err(Error::invalid(
                    format!("config option `{name}`"),
                    format!("charmcraft.yaml declares it as {}, and Juju gives {}", T::TYPE, kind(value)),
                )),
            },
        }
    }

    /// An option with a default. Juju fills it in; the charm's own copy serves where Juju left it out.
    #[track_caller]
    pub fn get_or<T: OptionValue>(&self, name: &str, default: impl Into<T>) -> Result<T, Error> {
        Ok(self.get(name)?.unwrap_or_else(|| default.into()))
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
