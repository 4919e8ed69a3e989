//! What an action has answered.

use std::collections::BTreeMap;

use crate::model::{Action, ActionResult, ActionStatus, Results};

/// A run of an action that has ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActionRun {
    /// Its results, by their keys with dots: `backup.size`. What Juju adds (`return-code`) is not among them.
    pub results: BTreeMap<String, String>,
    /// Why it failed, where it did: what the operator reads.
    pub failure: Option<String>,
    /// What it said on its way (`action-log`).
    pub log: Vec<String>,
}

impl ActionRun {
    /// One result.
    pub fn result(&self, key: &str) -> Option<&str> {
        self.results.get(key).map(String::as_str)
    }
}

impl From<&Action> for ActionRun {
    fn from(action: &Action) -> Self {
        let mut results = BTreeMap::new();
        flatten("", &action.results, &mut results);
        results.remove("return-code");
        let failure = (action.status == ActionStatus::Failed).then(|| action.message.clone());
        Self { results, failure, log: action.log.clone() }
    }
}

fn flatten(prefix: &str, results: &Results, flat: &mut BTreeMap<String, String>) {
    for (key, result) in results {
        let key = format!("{prefix}{key}");
        match result {
            ActionResult::Text(text) => {
                flat.insert(key, text.clone());
            }
            ActionResult::Map(inner) => flatten(&format!("{key}."), inner, flat),
        }
    }
}
