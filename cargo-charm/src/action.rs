//! Actions that the command line asks for.

use std::fmt::Write as _;

use anyhow::{Result, bail};
use charm_testing::model::{ActionResult, ActionStatus, Model, Results, UnitName};
use serde_json::{Map, Value};

use crate::local::Local;

/// `[UNIT] ACTION [KEY=VALUE…]`, as it is given to `--action`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wanted {
    /// Whose unit: its name, or `leader` after its application. None for the leader of the only application.
    unit: Option<String>,
    name: String,
    params: Map<String, Value>,
}

/// Takes apart what stands behind `--action`.
pub(crate) fn parse(text: &str) -> Result<Wanted, String> {
    let words = shell_words::split(text).map_err(|error| format!("{error}; close each quote"))?;
    let mut words = words.into_iter().peekable();
    let unit = words.next_if(|word| word.contains('/') && !word.contains('='));
    let name = words.next().filter(|name| !name.contains('='));
    let name = name.ok_or_else(|| "write [UNIT] ACTION [KEY=VALUE…]".to_owned())?;
    let mut params = Map::new();
    for word in words {
        let (key, value) = word.split_once('=').filter(|(key, _)| !key.is_empty()).ok_or_else(|| {
            format!("{word:?} is no parameter of {name}: write KEY=VALUE, in quotes if it has blanks")
        })?;
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
        let path: Vec<&str> = key.split('.').collect();
        insert(&mut params, &path, value);
    }
    Ok(Wanted { unit, name, params })
}

/// A key of several parts, joined by dots, is one within maps.
fn insert(params: &mut Map<String, Value>, path: &[&str], value: Value) {
    match path {
        [] => {}
        [key] => {
            params.insert((*key).to_owned(), value);
        }
        [key, rest @ ..] => {
            let inner = params.entry((*key).to_owned()).or_insert_with(|| Value::Object(Map::new()));
            if !inner.is_object() {
                *inner = Value::Object(Map::new());
            }
            if let Value::Object(inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

impl Wanted {
    fn unit(&self, model: &Model) -> Result<UnitName> {
        let application = match &self.unit {
            Some(unit) => match unit.strip_suffix("/leader") {
                Some(application) => application.to_owned(),
                None => return unit.parse().map_err(|error| anyhow::anyhow!("--action: {error}")),
            },
            None => {
                let mut names = model.applications().map(|application| &application.name);
                match (names.next(), names.next()) {
                    (Some(name), None) => name.clone(),
                    _ => {
                        bail!("--action {:?} must say on which unit: write \"UNIT {}\"", self.name, self.name)
                    }
                }
            }
        };
        match model.leader(&application) {
            Some(leader) => Ok(leader.clone()),
            None => bail!("--action {:?}: application {application:?} has no leader", self.name),
        }
    }

    /// Runs the action to its end, and all hooks that it leads to; shows what it answers. An action that fails fails
    /// the run.
    pub(crate) fn run(&self, local: &mut Local<'_>) -> Result<()> {
        let unit = self.unit(&local.model)?;
        let id = local.model.run_action(&unit, &self.name, self.params.clone())?;
        local.print("");
        local.settle()?;
        let Some(action) = local.model.action(id) else { return Ok(()) };
        let (status, message) = (action.status, action.message.clone());
        let end = match status {
            ActionStatus::Completed => "completed",
            ActionStatus::Failed => "failed",
            ActionStatus::Cancelled | ActionStatus::Aborting | ActionStatus::Aborted => "was cancelled",
            ActionStatus::Pending | ActionStatus::Running => "never ran",
        };
        let mut shown = format!("\naction {id} {} on {unit}: {end}", action.name);
        for line in &action.log {
            let _ = write!(shown, "\n  log: {line}");
        }
        show(&mut shown, &action.results, 1);
        local.print(&shown);
        if status == ActionStatus::Completed {
            return Ok(());
        }
        let why = if message.is_empty() { "its unit did not come to it".to_owned() } else { message };
        bail!("action {:?} on {unit} {end}: {why}", self.name)
    }
}

fn show(shown: &mut String, results: &Results, depth: usize) {
    for (key, result) in results {
        let _ = write!(shown, "\n{:depth$}{key}:", "", depth = depth * 2);
        match result {
            ActionResult::Map(inner) => show(shown, inner, depth + 1),
            ActionResult::Text(text) if text.trim_end().contains('\n') => {
                for line in text.lines() {
                    let _ = write!(shown, "\n{:depth$}{line}", "", depth = depth * 2 + 2);
                }
            }
            ActionResult::Text(text) => {
                let _ = write!(shown, " {}", text.trim_end());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_read_as_a_shell_would() {
        let wanted = parse("hello/0 greet name='a b' times=3 deep.er=true empty=").unwrap();
        assert_eq!((wanted.unit.as_deref(), wanted.name.as_str()), (Some("hello/0"), "greet"));
        let params = serde_json::json!({"name": "a b", "times": 3, "deep": {"er": true}, "empty": ""});
        assert_eq!(Value::Object(wanted.params), params);
        assert_eq!(parse("greet path=/a").unwrap().unit, None);
        for (wrong, words) in [
            ("", "write [UNIT]"),
            ("k=v", "write [UNIT]"),
            ("greet 'x", "quote"),
            ("greet x", "is no parameter of greet"),
        ] {
            assert!(parse(wrong).unwrap_err().contains(words), "{wrong}");
        }
    }
}
