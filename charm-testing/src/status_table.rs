//! A model as `juju status` shows it.

use std::fmt::Write as _;

use crate::model::{AgentStatus, Life, Model, Substrate, Unit};

/// The tables of `juju status`: the model, its applications, its units, its relations. `timestamp` is the time of day
/// that stands in the first.
pub fn render(model: &Model, timestamp: &str) -> String {
    render_revisions(model, timestamp, &|_| 0)
}

/// As [`render`], with the revisions of the applications' charms, which a model doesn't count.
pub fn render_revisions(model: &Model, timestamp: &str, revision: &dyn Fn(&str) -> u32) -> String {
    let header = vec![
        row(["Model", "Controller", "Cloud/Region", "Version", "Timestamp"]),
        row([model.name(), "local", &cloud(model), &model.version().to_string(), timestamp]),
    ];
    let tables = [header, applications(model, revision), units(model), relations(model)];
    let tables: Vec<String> =
        tables.iter().filter(|table| table.len() > 1).map(|table| aligned(table)).collect();
    tables.join("\n")
}

/// One line per unit, such as `hello/0  active` and, if it has one, its message: what a reader looks for last.
pub fn summary(model: &Model) -> String {
    let lines: Vec<Vec<String>> = model
        .units()
        .map(|unit| {
            let (status, message) = unit.shown_status();
            vec![unit.name.to_string(), status.to_string(), message]
        })
        .collect();
    aligned(&lines)
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

/// The cloud, with its region unless that has its name.
fn cloud(model: &Model) -> String {
    let cloud = model.cloud();
    if cloud.region == cloud.name { cloud.name.clone() } else { format!("{}/{}", cloud.name, cloud.region) }
}

fn applications(model: &Model, revision: &dyn Fn(&str) -> u32) -> Vec<Vec<String>> {
    let mut table =
        vec![row(["App", "Version", "Status", "Scale", "Charm", "Channel", "Rev", "Exposed", "Message"])];
    for application in model.applications() {
        let status = model.application_status(&application.name);
        let failed =
            model.units_of(&application.name).find(|unit| unit.failure.is_some()).map(Unit::shown_status);
        let (kind, message) = failed.unwrap_or((status.kind, status.message));
        let scale = model.units_of(&application.name).count().to_string();
        let cells = [&application.name, &application.version, kind.as_str(), &scale];
        let charm = application.charm.metadata.name.as_str();
        let revision = revision(&application.name).to_string();
        table.push(row([cells[0], cells[1], cells[2], cells[3], charm, "", &revision, "no", &message]));
    }
    table
}

fn units(model: &Model) -> Vec<Vec<String>> {
    let on_machines = model.substrate() == Substrate::Machines;
    let address = if on_machines { "Public address" } else { "Address" };
    let mut table = vec![row(["Unit", "Workload", "Agent", "Machine", address, "Ports", "Message"])];
    for unit in principals_first(model) {
        let leads = model.leader(unit.name.application()) == Some(&unit.name);
        let indent = if unit.principal.is_some() { "  " } else { "" };
        let name = format!("{indent}{}{}", unit.name, if leads { "*" } else { "" });
        let (kind, message) = unit.shown_status();
        let message = match (unit.life, unit.agent) {
            (Life::Dying, AgentStatus::Idle) if message.is_empty() => "dying".to_owned(),
            _ => message,
        };
        let ports: Vec<String> = unit.ports().map(ToString::to_string).collect();
        // A subordinate's is its principal's, which stands above it.
        let machine = if unit.principal.is_some() { String::new() } else { unit.machine.to_string() };
        let agent = unit.agent.to_string();
        let address = unit.address.to_string();
        table.push(row([&name, kind.as_str(), &agent, &machine, &address, &ports.join(","), &message]));
    }
    if !on_machines {
        // A pod is none.
        for row in &mut table {
            row.remove(3);
        }
    }
    table
}

/// Each unit with its subordinates after it.
fn principals_first(model: &Model) -> impl Iterator<Item = &Unit> {
    let principals = model.units().filter(|unit| unit.principal.is_none());
    principals.flat_map(|unit| std::iter::once(unit).chain(model.subordinates_of(&unit.name)))
}

fn relations(model: &Model) -> Vec<Vec<String>> {
    let mut table = vec![row(["Integration provider", "Requirer", "Interface", "Type", "Message"])];
    for relation in model.relations() {
        let provider = relation.provider.to_string();
        let requirer = relation.requirer.as_ref().map_or_else(|| provider.clone(), ToString::to_string);
        let kind = match relation.is_peer() {
            true => "peer",
            false if relation.container_scoped => "subordinate",
            false => "regular",
        };
        let message = match relation.life {
            Life::Dying => "dying",
            Life::Alive if relation.suspended => "suspended",
            Life::Alive => "",
        };
        table.push(row([&provider, &requirer, &relation.interface, kind, message]));
    }
    table
}

/// Columns two spaces apart, numbers not set apart from texts, no spaces at the ends of lines.
fn aligned(table: &[Vec<String>]) -> String {
    let columns = table.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        table.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in table {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            // A message of several lines would tear the table.
            let cell = cell.replace('\n', " ");
            // Writing to a String never fails.
            let _ = write!(line, "{cell:width$}  ");
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_and_empty_ones_stay() {
        let table = vec![
            row(["Unit", "Ports", "Message"]),
            row(["a/0*", "", "two\nlines"]),
            row(["bbbbb/10", "", ""]),
        ];
        assert_eq!(aligned(&table), "Unit      Ports  Message\na/0*             two lines\nbbbbb/10\n");
    }
}
