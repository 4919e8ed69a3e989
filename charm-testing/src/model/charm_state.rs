//! The state that a charm keeps with Juju (`state-get`, `state-set`).

use std::collections::BTreeMap;

use super::View;

impl View<'_> {
    /// What the unit has stored, with this hook's own changes.
    pub fn charm_state(&self) -> BTreeMap<String, String> {
        let mut state = self.unit().charm_state.clone();
        for (key, value) in &self.context.state_writes {
            match value {
                Some(value) => state.insert(key.clone(), value.clone()),
                None => state.remove(key),
            };
        }
        state
    }

    /// Stages a value, or with `None` its removal.
    pub fn write_charm_state(&mut self, key: &str, value: Option<&str>) {
        self.context.state_writes.insert(key.to_owned(), value.map(str::to_owned));
    }
}
