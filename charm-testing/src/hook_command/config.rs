//! `config-get`.

use charm_meta::ConfigValue;

use super::flags::{self, Flag};
use super::format::Format;
use super::value::Value;
use super::{Call, Failure, OUTPUT, Output, Reply};
use crate::model::{View, quoted};

pub(super) fn config_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let mut all = false;
    let args = flags::parse(
        call.args,
        &mut [
            Flag::format(Format::ALL, &mut out.format),
            Flag::text(OUTPUT, &mut out.file),
            Flag::switch(&["a", "all"], &mut all),
        ],
    )?;
    flags::no_more(args.get(1..).unwrap_or_default())?;
    let config = view.config();
    if let Some(key) = args.first().filter(|key| !key.is_empty()) {
        if all {
            return Err(Failure::usage(format!(
                "cannot use argument --all together with key {key}",
                key = quoted(key)
            )));
        }
        return Ok(out.with(value(config.get(key).and_then(Option::as_ref))));
    }
    let shown = config.iter().filter(|(_, value)| all || value.is_some());
    Ok(out.with(Value::Map(shown.map(|(name, option)| (name.clone(), value(option.as_ref()))).collect())))
}

#[expect(clippy::cast_precision_loss, reason = "Juju's agent has every number as a float")]
fn value(option: Option<&ConfigValue>) -> Value {
    match option {
        None => Value::Null,
        Some(ConfigValue::String(text)) => Value::text(text),
        Some(ConfigValue::Int(number)) => Value::Float(*number as f64),
        Some(ConfigValue::Float(number)) => Value::Float(*number),
        Some(ConfigValue::Boolean(truth)) => Value::Bool(*truth),
    }
}
