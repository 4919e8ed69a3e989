//! `goal-state`.

use std::collections::BTreeMap;

use super::flags::{self, Flag};
use super::format::Format;
use super::value::Value;
use super::{Call, OUTPUT, Output, Reply};
use crate::model::{Goals, View};

pub(super) fn goal_state(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Yaml);
    let args = flags::parse(
        call.args,
        &mut [Flag::format(Format::STRUCTURED, &mut out.format), Flag::text(OUTPUT, &mut out.file)],
    )?;
    flags::no_more(&args)?;
    let state = view.goal_state();
    let relations = state.relations.iter().map(|(endpoint, goals)| (endpoint.clone(), value(goals)));
    Ok(out.with(Value::Record(vec![
        ("units", value(&state.units)),
        ("relations", Value::Map(relations.collect())),
    ])))
}

fn value(goals: &Goals) -> Value {
    let fields = goals.iter().map(|(name, goal)| {
        let mut fields = vec![("status", Value::text(&goal.status))];
        if !goal.since.is_empty() {
            fields.push(("since", Value::text(&goal.since)));
        }
        (name.clone(), Value::Record(fields))
    });
    Value::Map(fields.collect::<BTreeMap<_, _>>())
}
