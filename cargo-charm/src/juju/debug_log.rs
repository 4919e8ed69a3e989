//! `juju debug-log`.

use std::time::Duration;

use anyhow::{Result, bail};
use charm_testing::model::Level;
use clap::ValueEnum;

use super::journal::Entry;
use super::{Client, session, time};

/// How often the log is looked at for new lines.
const INTERVAL: Duration = Duration::from_millis(200);

/// Show the log of the model
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(crate) struct Options {
    /// Only these units, applications or machines; may be repeated
    #[arg(short, long)]
    include: Vec<String>,
    /// Not these; may be repeated
    #[arg(short = 'x', long)]
    exclude: Vec<String>,
    /// Only these modules, such as `unit.hello/0`; may be repeated
    #[arg(long)]
    include_module: Vec<String>,
    /// Not these modules; may be repeated
    #[arg(long)]
    exclude_module: Vec<String>,
    /// Only this level and the graver ones
    #[arg(short, long, value_name = "LEVEL")]
    level: Option<String>,
    /// Begin with this many of the most recent lines
    #[arg(short = 'n', long, value_name = "LINES")]
    lines: Option<usize>,
    /// Show this many of the most recent lines; 0 means all
    #[arg(long, default_value_t = 0, value_name = "LINES")]
    limit: usize,
    /// Show the whole log, as without it
    #[arg(long)]
    replay: bool,
    /// Accepted: without --tail it ends anyway
    #[arg(long)]
    no_tail: bool,
    /// Go on with new lines until interrupted
    #[arg(long, conflicts_with = "no_tail")]
    tail: bool,
    /// Show dates as well as times
    #[arg(long)]
    date: bool,
    /// Show milliseconds
    #[arg(long)]
    ms: bool,
    /// JSON gives one object a line
    #[arg(long, value_enum, default_value = "text")]
    format: LogFormat,
    /// Accepted: times are UTC
    #[arg(long, hide = true)]
    utc: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    location: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    color: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let least = match &options.level {
        None => Level::Trace,
        Some(name) => match Level::from_name(name) {
            Some(level) => level,
            None => bail!("level {name:?} is none of TRACE, DEBUG, INFO, WARNING, ERROR, CRITICAL"),
        },
    };
    let journal = session::journal(&client.data, &client.model()?)?;
    let read = || -> Result<Vec<Entry>> {
        let mut entries = journal.read()?;
        entries.retain(|entry| entry.line.level >= least && options.wants(entry));
        Ok(entries)
    };
    let entries = read()?;
    let most = [Some(options.limit).filter(|limit| *limit > 0), options.lines];
    let most = most.into_iter().flatten().min().filter(|_| !options.replay).unwrap_or(usize::MAX);
    let mut text = String::new();
    for entry in &entries[entries.len().saturating_sub(most)..] {
        text += &options.render(entry);
    }
    client.print(&text)?;
    let mut shown = entries.len();
    if !options.tail {
        return Ok(());
    }
    loop {
        std::thread::sleep(INTERVAL);
        let entries = read()?;
        // Fewer than before: the oldest have been dropped.
        for entry in entries.get(shown..).unwrap_or_default() {
            let line = options.render(entry);
            if client.out.write_all(line.as_bytes()).and_then(|()| client.out.flush()).is_err() {
                // Whoever read it has gone away.
                return Ok(());
            }
        }
        shown = entries.len();
    }
}

impl Options {
    fn wants(&self, entry: &Entry) -> bool {
        let unit = &entry.line.unit;
        let names = [unit.to_string(), unit.tag(), unit.application().to_owned()];
        // `unit-hello-*` is all that begins so.
        let meant = |given: &String| match given.strip_suffix('*') {
            Some(start) => names.iter().any(|name| name.starts_with(start)),
            None => names.contains(given),
        };
        let module = |given: &String| {
            let rest = entry.line.module.strip_prefix(given.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        (self.include.is_empty() || self.include.iter().any(meant))
            && !self.exclude.iter().any(meant)
            && (self.include_module.is_empty() || self.include_module.iter().any(module))
            && !self.exclude_module.iter().any(module)
    }

    fn render(&self, entry: &Entry) -> String {
        let moment = time::of_unix(entry.time);
        if self.format == LogFormat::Json {
            let line = &entry.line;
            let value = serde_json::json!({
                "timestamp": time::rfc3339(moment),
                "entity": line.unit.tag(),
                "level": line.level.to_string(),
                "module": line.module,
                "message": line.message,
            });
            return format!("{value}\n");
        }
        let time_of_day = Duration::from_millis(entry.time % 86_400_000);
        let line = entry.line.render(time_of_day);
        let (entity, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let (clock, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let date = if self.date { format!("{} ", time::of_date(moment)) } else { String::new() };
        let fraction = if self.ms { format!(".{:03}", entry.time % 1000) } else { String::new() };
        format!("{entity} {date}{clock}{fraction} {rest}\n")
    }
}
