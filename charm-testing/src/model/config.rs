//! The configuration of applications.

use std::collections::BTreeMap;

use charm_meta::{ConfigOption, ConfigValue, OptionKind};

use super::application::unknown_application;
use super::error::ModelError;
use super::random::Random;
use super::{Model, View};

/// Reads a value as an operator types it.
fn parse(kind: OptionKind, text: &str) -> Option<ConfigValue> {
    Some(match kind {
        OptionKind::Secret if !text.is_empty() && !text.starts_with("secret:") => return None,
        OptionKind::String | OptionKind::Secret => ConfigValue::String(text.to_owned()),
        OptionKind::Int => ConfigValue::Int(text.parse().ok()?),
        OptionKind::Float => ConfigValue::Float(text.parse().ok().filter(|value: &f64| value.is_finite())?),
        OptionKind::Boolean => ConfigValue::Boolean(parse_bool(text)?),
    })
}

/// The spellings of truth that Juju takes.
pub(crate) fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

impl Model {
    /// Sets options of an application, as `juju config` does. Nothing is set if one of them is wrong.
    pub fn set_config<K: AsRef<str>, V: AsRef<str>>(
        &mut self,
        application: &str,
        values: impl IntoIterator<Item = (K, V)>,
    ) -> Result<(), ModelError> {
        let known = self.applications.get_mut(application).ok_or_else(|| unknown_application(application))?;
        let mut config = known.config.clone();
        for (key, value) in values {
            let (key, value) = (key.as_ref(), value.as_ref());
            let Some(option) = known.charm.metadata.config.get(key) else {
                let names: Vec<&str> = known.charm.metadata.config.keys().map(String::as_str).collect();
                return Err(ModelError::new(format!(
                    "unknown option {key:?} of application {application:?} (its charm has: {})",
                    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
                )));
            };
            let parsed = parse(option.kind, value).ok_or_else(|| {
                let kind = option.kind.name();
                ModelError::new(format!(
                    "option {key:?} of application {application:?} expected {kind}, got {value:?}"
                ))
            })?;
            config.insert(key.to_owned(), parsed);
        }
        if config != known.config {
            known.config = config;
            self.hash_config(application);
        }
        Ok(())
    }

    /// To be called after every change of what config-changed tells of.
    pub(crate) fn hash_config(&mut self, application: &str) {
        let Some(known) = self.applications.get_mut(application) else { return };
        let mut parts = vec![vec![u8::from(known.trusted)]];
        for (name, value) in &known.config {
            parts.extend([name.clone().into_bytes(), format!("{value:?}").into_bytes()]);
        }
        known.config_hash = Random::of(parts.iter().map(Vec::as_slice)).next();
        self.wake_application(application);
    }

    /// Takes options back to their defaults, as `juju config --reset` does. Nothing is reset if one of them is unknown.
    pub fn reset_config(
        &mut self,
        application: &str,
        keys: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<(), ModelError> {
        let known = self.applications.get_mut(application).ok_or_else(|| unknown_application(application))?;
        let mut config = known.config.clone();
        for key in keys {
            let key = key.as_ref();
            if !known.charm.metadata.config.contains_key(key) {
                return Err(ModelError::new(format!(
                    "unknown option {key:?} of application {application:?}"
                )));
            }
            config.remove(key);
        }
        if config != known.config {
            known.config = config;
            self.hash_config(application);
        }
        Ok(())
    }

    /// Whether an operator has set the option of an application.
    pub fn is_set(&self, application: &str, key: &str) -> bool {
        self.applications.get(application).is_some_and(|known| known.config.contains_key(key))
    }

    /// The options of an application with their values: the set one, or the charm's default, or none.
    pub fn config(&self, application: &str) -> BTreeMap<String, Option<ConfigValue>> {
        let Some(known) = self.applications.get(application) else { return BTreeMap::new() };
        let value = |name: &String, option: &ConfigOption| {
            known.config.get(name).or(option.default.as_ref()).cloned()
        };
        let options = known.charm.metadata.config.iter();
        options.map(|(name, option)| (name.clone(), value(name, option))).collect()
    }
}

impl View<'_> {
    /// The application's options as they were when this hook first asked for them.
    pub fn config(&mut self) -> &BTreeMap<String, Option<ConfigValue>> {
        let (model, context) = (&*self.model, &mut *self.context);
        let application = context.unit.application();
        context.config.get_or_insert_with(|| model.config(application))
    }
}
