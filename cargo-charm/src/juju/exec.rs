//! `juju exec`.

use anyhow::{Result, bail};
use charm_testing::model::{Model, UnitName};

use super::output::Output;
use super::{Client, operation, unit};

/// Run commands of the shell on units, where their hooks run
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// One text that the shell reads, or a program and its arguments
    #[arg(required = true, value_name = "COMMANDS")]
    words: Vec<String>,
    /// On these units (APPLICATION/leader means the leader), joined by commas
    #[arg(short, long = "unit", value_name = "UNITS", value_delimiter = ',')]
    units: Vec<String>,
    /// On all units of these applications, joined by commas
    #[arg(short, long = "application", alias = "app", value_name = "APPLICATIONS", value_delimiter = ',')]
    applications: Vec<String>,
    /// On all units: there are no machines here
    #[arg(long, conflicts_with_all = ["units", "applications"])]
    all: bool,
    /// Only say which operation it is; `show-operation` shows what became of it
    #[arg(long)]
    background: bool,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    ignored: Ignored,
}

/// What means nothing where units run one after another and on this machine.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
struct Ignored {
    /// Accepted: commands run to their end, or until their time is up
    #[arg(long, hide = true, value_name = "DURATION")]
    wait: Option<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true, num_args = 0..=1, require_equals = true)]
    parallel: Option<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    execution_group: Option<String>,
    /// Accepted: a unit's charm and its workload are in one place
    #[arg(long, hide = true)]
    operator: bool,
    /// Accepted: times are UTC
    #[arg(long, hide = true)]
    utc: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    color: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    no_color: bool,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let commands = commands(&options.words);
    let mut session = client.open()?;
    let model = &mut session.record.model;
    let mut tasks = Vec::new();
    for unit in units(options, model)? {
        tasks.push(model.exec(&unit, &commands, None)?.0);
    }
    operation::run(session, "exec run", tasks, options.background, &options.output, client)
}

/// The units that are meant, each once.
fn units(options: &Options, model: &Model) -> Result<Vec<UnitName>> {
    let mut units: Vec<UnitName> = Vec::new();
    if options.all {
        units.extend(model.units().map(|unit| unit.name.clone()));
    } else if options.units.is_empty() && options.applications.is_empty() {
        bail!("say where the commands are to run: by --unit, --application or --all");
    }
    for name in &options.units {
        units.push(unit::find(model, name)?);
    }
    for name in &options.applications {
        if model.application(name).is_none() {
            bail!("application {name:?} not found");
        }
        units.extend(model.units_of(name).map(|unit| unit.name.clone()));
    }
    units.sort();
    units.dedup();
    if units.is_empty() {
        bail!("no units are there to run the commands");
    }
    Ok(units)
}

/// What the shell is given: one word as it stands. Of several each stays one word, and `$` is kept from the shell, while
/// what else means something to it, such as `&&`, still does.
fn commands(words: &[String]) -> String {
    if let [commands] = words {
        return commands.clone();
    }
    let quoted = |word: &String| {
        let escaped = word.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$");
        let quotes = escaped != *word || word.is_empty() || word.contains(char::is_whitespace);
        if quotes { format!("\"{escaped}\"") } else { escaped }
    };
    words.iter().map(quoted).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_is_for_the_shell_and_several_stay_words() {
        let given = |words: &[&str]| commands(&words.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(given(&["echo $HOME && ls"]), "echo $HOME && ls");
        assert_eq!(given(&["echo", "a b", "$HOME", "", "say \"x\"", "&&", "ls", "-l"]), {
            r#"echo "a b" "\$HOME" "" "say \"x\"" && ls -l"#
        });
    }
}
