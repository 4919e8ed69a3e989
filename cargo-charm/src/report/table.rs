//! The run as a plain table, for readers without JavaScript.

use std::fmt::Write as _;

use super::change::Change;
use super::data::{Data, Row};
use super::escaped;

pub(super) fn render(data: &Data) -> String {
    let mut table = String::from(
        "<table>\n<thead><tr><th>#</th><th>Unit</th><th>Hook</th><th>Model time</th><th>Took</th><th>End</th>\
         <th>What changed</th></tr></thead>\n<tbody>\n",
    );
    for row in &data.rows {
        // Writing to a String never fails.
        let _ = match row {
            Row::Between { at, changes } => writeln!(
                table,
                "<tr><td></td><td></td><td></td><td>{} s</td><td></td><td></td><td>{}</td></tr>",
                at / 1000,
                list(changes)
            ),
            Row::Hook(run) => {
                let retry =
                    if run.attempt > 1 { format!(", attempt {}", run.attempt) } else { String::new() };
                let end = if run.failure.is_empty() { run.end } else { &run.failure };
                writeln!(
                    table,
                    "<tr><td>{}</td><td>{}</td><td>{}{retry}</td><td>{} s</td><td>{:.1} ms</td><td>{}</td><td>{}</td></tr>",
                    run.number,
                    escaped(&run.unit),
                    escaped(&run.name),
                    run.at / 1000,
                    run.took,
                    escaped(end),
                    list(&run.changes)
                )
            }
        };
    }
    table.push_str("</tbody>\n</table>\n");
    table
}

fn list(changes: &[Change]) -> String {
    if changes.is_empty() {
        return String::new();
    }
    let item = |change: &Change| {
        let Change { kind, by, what, key, old, new } = change;
        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
        let words = format!("{by}: {kind} {what} {key}: {} → {}", value(old), value(new));
        format!("<li>{}</li>", escaped(&words))
    };
    format!("<ul>{}</ul>", changes.iter().map(item).collect::<String>())
}
