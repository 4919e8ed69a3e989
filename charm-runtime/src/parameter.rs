//! The parameters of actions, read into types.
//!
//! `#[charm]` makes a struct of the parameters that an action declares in `charmcraft.yaml`, and a handler of that
//! action takes it as an argument. Juju (3.6 and 4) has checked them against the whole JSON schema before the action
//! runs. Here their form alone is read; what has another form fails the action with a message that names the
//! parameter, and not the charm. No message quotes a value.
//!
//! | in the schema | in Rust |
//! |---|---|
//! | `type: string`, `integer`, `number`, `boolean` | `String`, `i64`, `f64`, `bool` |
//! | `enum` of strings | an enum: `action::RotateAlgorithm` for `algorithm` of `rotate` |
//! | `type: object` with `properties` | a struct: `action::RotateTarget` for `target` of `rotate` |
//! | `type: object` without | `BTreeMap<String, T>` by its `additionalProperties` |
//! | `type: array` | `Vec<T>` by its `items` |
//! | `type: [T, "null"]` | `Option<T>` |
//! | anything else: several types, none, `oneOf`… | [`serde_json::Value`] |
//!
//! A parameter that is neither `required` nor has a `default` is an `Option`. `additionalProperties: false` refuses
//! undeclared ones; `true` or a schema keeps them in a field `additional`; where nothing is said they are ignored (Juju
//! 3 lets them through, Juju 4 refuses them).

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use serde_json::{Map, Value};

use crate::argument::{Argument, Call};
use crate::charm::Charm;
use crate::error::Error;
use crate::event::{Action, ActionName};
use crate::value::{kind, whole};

/// The parameters of an action, or of an object among them. `#[charm]` implements it.
pub trait Parameters: Sized {
    /// Reads them.
    #[track_caller]
    fn read(given: Given<'_>) -> Result<Self, Error>;
}

/// Of an action without parameters.
impl Parameters for () {
    #[track_caller]
    fn read(_: Given<'_>) -> Result<Self, Error> {
        Ok(())
    }
}

/// What a parameter may become.
pub trait FromParameter: Sized {
    /// Reads it.
    #[track_caller]
    fn from_parameter(parameter: Parameter<'_>) -> Result<Self, Error>;
}

/// A value and where it stands.
#[derive(Clone, Copy)]
pub struct Parameter<'p> {
    value: &'p Value,
    path: Path<'p>,
}

/// Values by their names, and where they stand.
#[derive(Clone, Copy)]
pub struct Given<'p> {
    entries: &'p Map<String, Value>,
    path: Path<'p>,
}

/// Where a value stands: `target.hosts[2].port`.
#[derive(Clone, Copy)]
enum Path<'p> {
    All,
    Name(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => Ok(()),
            Self::Index(list, index) => write!(f, "{list}[{index}]"),
            Self::Name(object, name) => {
                if !matches!(object, Self::All) {
                    write!(f, "{object}.")?;
                }
                // One that nobody declared has any length, and any characters.
                let shown: String = name.chars().take(80).collect();
                let cut = if shown.len() < name.len() { "…" } else { "" };
                write!(f, "{}{cut}", shown.replace(char::is_control, "␀"))
            }
        }
    }
}

/// Not the values: one may be a password.
impl fmt::Debug for Parameter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Parameter({}: {})", self.path, kind(self.value))
    }
}

impl fmt::Debug for Given<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.entries.keys()).finish()
    }
}

impl<'p> Parameter<'p> {
    /// The value, as Juju gives it.
    pub fn value(&self) -> &'p Value {
        self.value
    }

    #[cold]
    #[track_caller]
    fn mismatch(&self, expected: &str) -> Error {
        let found = kind(self.value);
        Error::parameter(&self.path.to_string(), format!("expected {expected}, got {found}"))
    }

    #[track_caller]
    fn expect<T>(&self, found: Option<T>, expected: &str) -> Result<T, Error> {
        match found {
            Some(found) => Ok(found),
            None => Err(self.mismatch(expected)),
        }
    }

    /// One of several texts; the value that stands beside it.
    #[track_caller]
    pub fn choice<T: Copy>(&self, known: &[(&str, T)]) -> Result<T, Error> {
        let text = self.expect(self.value.as_str(), "a text")?;
        match known.iter().find(|(name, _)| *name == text) {
            Some((_, value)) => Ok(*value),
            None => {
                let names: Vec<String> = known.iter().map(|(name, _)| format!("{name:?}")).collect();
                let problem = format!("expected one of {}", names.join(", "));
                Err(Error::parameter(&self.path.to_string(), problem))
            }
        }
    }
}

impl<'p> Given<'p> {
    pub(crate) fn all(entries: &'p Map<String, Value>) -> Self {
        Self { entries, path: Path::All }
    }

    /// One that must be given.
    #[track_caller]
    pub fn required<T: FromParameter>(&self, name: &str) -> Result<T, Error> {
        let path = Path::Name(&self.path, name);
        match self.entries.get(name) {
            Some(value) => T::from_parameter(Parameter { value, path }),
            None => Err(Error::parameter(&path.to_string(), "it is required, and was not given")),
        }
    }

    /// One that need not be given.
    #[track_caller]
    pub fn optional<T: FromParameter>(&self, name: &str) -> Result<Option<T>, Error> {
        match self.entries.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => {
                T::from_parameter(Parameter { value, path: Path::Name(&self.path, name) }).map(Some)
            }
        }
    }

    /// One with a default, as JSON. Juju fills it in; the charm's own copy serves where Juju left it out.
    #[track_caller]
    pub fn or_default<T: FromParameter>(&self, name: &str, default: &str) -> Result<T, Error> {
        let path = Path::Name(&self.path, name);
        if let Some(value) = self.entries.get(name) {
            return T::from_parameter(Parameter { value, path });
        }
        match serde_json::from_str(default) {
            Ok(value) => T::from_parameter(Parameter { value: &value, path }),
            // `#[charm]` wrote it.
            Err(_) => Err(Error::invalid(format!("default of the parameter `{path}`"), "it is no JSON")),
        }
    }

    fn others<'k>(
        &self,
        known: &'k [&str],
    ) -> impl Iterator<Item = (&'p String, &'p Value)> + use<'p, 'k, '_> {
        let known: Vec<&str> = known.to_vec();
        self.entries.iter().filter(move |(name, _)| !known.contains(&name.as_str()))
    }

    /// Refuses what is not declared.
    #[track_caller]
    pub fn refuse_others(&self, known: &[&str]) -> Result<(), Error> {
        match self.others(known).next() {
            None => Ok(()),
            Some((name, _)) => {
                let path = Path::Name(&self.path, name).to_string();
                let there = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                Err(Error::parameter(&path, format!("there is no such parameter; there is {there}")))
            }
        }
    }

    /// What is not declared, by its name.
    #[track_caller]
    pub fn keep_others<T: FromParameter>(&self, known: &[&str]) -> Result<BTreeMap<String, T>, Error> {
        let mut others = BTreeMap::new();
        for (name, value) in self.others(known) {
            let path = Path::Name(&self.path, name);
            others.insert(name.clone(), T::from_parameter(Parameter { value, path })?);
        }
        Ok(others)
    }
}

macro_rules! scalars {
    ($($type:ty = $expected:literal, |$value:ident| $take:expr;)*) => {$(
        impl FromParameter for $type {
            #[track_caller]
            fn from_parameter(parameter: Parameter<'_>) -> Result<Self, Error> {
                let $value = parameter.value;
                parameter.expect($take, $expected)
            }
        }
    )*};
}

scalars! {
    String = "a text", |value| value.as_str().map(str::to_owned);
    i64 = "a whole number of 64 bits", |value| whole(value);
    f64 = "a number", |value| value.as_f64();
    bool = "true or false", |value| value.as_bool();
    Value = "a value", |value| Some(value.clone());
}

impl<T: FromParameter> FromParameter for Option<T> {
    #[track_caller]
    fn from_parameter(parameter: Parameter<'_>) -> Result<Self, Error> {
        if parameter.value.is_null() {
            Ok(None)
        } else {
            T::from_parameter(parameter).map(Some)
        }
    }
}

impl<T: FromParameter> FromParameter for Vec<T> {
    #[track_caller]
    fn from_parameter(parameter: Parameter<'_>) -> Result<Self, Error> {
        let values = parameter.expect(parameter.value.as_array(), "a list")?;
        let mut items = Self::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            let path = Path::Index(&parameter.path, index);
            items.push(T::from_parameter(Parameter { value, path })?);
        }
        Ok(items)
    }
}

impl<T: FromParameter> FromParameter for BTreeMap<String, T> {
    #[track_caller]
    fn from_parameter(parameter: Parameter<'_>) -> Result<Self, Error> {
        let entries = parameter.expect(parameter.value.as_object(), "a map")?;
        Given { entries, path: parameter.path }.keep_others(&[])
    }
}

impl<T: Parameters> FromParameter for T {
    #[track_caller]
    fn from_parameter(parameter: Parameter<'_>) -> Result<Self, Error> {
        let entries = parameter.expect(parameter.value.as_object(), "a map")?;
        T::read(Given { entries, path: parameter.path })
    }
}

/// The parameters of an action as the author's own type: an argument of the action's handler.
///
/// The type is made of the generated struct by [`TryFrom`]. Where that fails the action fails, with what the error
/// displays, and exit code 0. To read a type of one's own by serde there is
/// [`Action::parameters_as`](crate::event::Action::parameters_as).
///
/// ```
/// use charm_runtime::prelude::*;
///
/// pub struct Rotation {
///     keep: usize,
/// }
///
/// impl TryFrom<action::RotateParams> for Rotation {
///     type Error = String;
///
///     fn try_from(params: action::RotateParams) -> Result<Self, String> {
///         let keep = usize::try_from(params.keep).map_err(|_| "keep: less than none".to_owned())?;
///         Ok(Self { keep })
///     }
/// }
///
/// #[charm(metadata = "rotate.yaml")]
/// #[derive(Default)]
/// pub struct Webapp;
///
/// #[charm(metadata = "rotate.yaml")]
/// impl Webapp {
///     #[on(action = "rotate")]
///     fn rotate(&mut self, Params(rotation): Params<Rotation>) {
///         info!("{} old keys are kept", rotation.keep);
///     }
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params<T>(pub T);

impl<T> Deref for Params<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[diagnostic::do_not_recommend]
impl<'d, C, A, T> Argument<'d, C, Action<A>> for Params<T>
where
    C: Charm,
    A: ActionName,
    T: TryFrom<A::Params>,
    T::Error: fmt::Display,
{
    #[track_caller]
    fn take(call: &'d Call<'d, C>) -> Result<Self, Error> {
        match T::try_from(call.parameters::<A>()?) {
            Ok(params) => Ok(Self(params)),
            Err(error) => Err(Error::parameter("", error.to_string())),
        }
    }
}
