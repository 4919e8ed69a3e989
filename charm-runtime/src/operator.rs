//! What the executable answers an operator: `./dispatch queue`, `state`, `handlers`.

use std::ffi::OsString;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;
use std::rc::Rc;

use anyhow::{anyhow, Context as _};

use crate::charm::{Charm, Handler};
use crate::dispatch::queue;
use crate::environment::Environment;
use crate::event::Kind;
use crate::home::{DiskHome, StateHome};
use crate::log::stderr;
use crate::state;
use crate::stored::Records;
use crate::Result;

const USAGE: &str = "\
Juju runs this executable without arguments, once for each event of a unit.
By hand, in the charm directory (or by `juju exec --unit UNIT -- ./dispatch …`), it answers:

  queue              the deferred events, and those that were given up
  queue retry ID     tries one that was given up again, before the next event
  queue drop ID      removes one
  state              what is stored, by name and size
  state accept       takes the store as it is, where it is older than what was acknowledged
  state reset        puts the state aside; the unit begins anew
  handlers           the charm's events and the methods that handle them";

/// Answers one question. Exit code 2 for arguments that mean nothing.
#[cold]
pub(crate) fn operate<C: Charm>(
    arguments: &[OsString],
    environment: &Environment,
    out: &mut dyn Write,
) -> ExitCode {
    let words: Option<Vec<&str>> = arguments.iter().map(|word| word.to_str()).collect();
    let result = match words.as_deref() {
        Some(["-h" | "--help" | "help"]) => writeln!(out, "{USAGE}").map_err(Into::into),
        Some(["handlers"]) => handlers::<C>(out),
        Some([noun @ ("queue" | "state"), rest @ ..]) => match environment.charm_dir() {
            Err(error) => Err(error.into()),
            Ok(charm_dir) => {
                let home = DiskHome::new(charm_dir);
                match (*noun, rest) {
                    ("queue", []) => show_queue(home, out),
                    ("queue", ["retry", id]) => retry(home, id, out),
                    ("queue", ["drop", id]) => discard(home, id, out),
                    ("state", []) => show_state(home, out),
                    ("state", ["accept"]) => accept(&home, out),
                    ("state", ["reset"]) => reset(&home, out),
                    _ => return misunderstood(),
                }
            }
        },
        _ => return misunderstood(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // `./dispatch queue | head` closes the pipe; that is no failure.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            stderr(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn misunderstood() -> ExitCode {
    stderr(USAGE);
    ExitCode::from(2)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

fn handlers<C: Charm>(out: &mut dyn Write) -> Result<()> {
    let was = |handler: &Handler<C>| match handler.was {
        [] => String::new(),
        names => format!(" (was {})", names.join(", ")),
    };
    for row in C::TABLE.events {
        let kind = if row.kind == Kind::Action { "action " } else { "" };
        for handler in row.handlers {
            writeln!(out, "{kind}{}: {}{}", row.name, handler.id, was(handler))?;
        }
    }
    for any in C::TABLE.any {
        writeln!(out, "any: {}", any.handler.id)?;
        for (word, events) in [("also", any.also), ("except", any.except)] {
            if !events.is_empty() {
                writeln!(out, "  {word} {}", events.join(", "))?;
            }
        }
    }
    for (word, handlers) in [("status", C::TABLE.status), ("application status", C::TABLE.app_status)] {
        for handler in handlers {
            writeln!(out, "{word}: {}", handler.id)?;
        }
    }
    Ok(())
}

fn show_queue(home: DiskHome, out: &mut dyn Write) -> Result<()> {
    let records = Records::unchecked(Rc::new(home));
    let waiting = queue::entries(&records)?;
    let dead = queue::dead_letters(&records)?;
    if waiting.is_empty() && dead.is_empty() {
        writeln!(out, "nothing is deferred")?;
    }
    for (id, entry) in waiting {
        writeln!(out, "{id}  deferred  {} for {}: {}", entry.event, entry.handler, entry.reason)?;
    }
    for (id, letter) in dead {
        writeln!(out, "{id}  given up  {} for {}: {}", letter.event, letter.handler, letter.cause())?;
    }
    Ok(())
}

fn number(id: &str) -> Result<u64> {
    id.parse().map_err(|_| anyhow!("`{id}` is no id: `./dispatch queue` shows them"))
}

fn retry(home: DiskHome, id: &str, out: &mut dyn Write) -> Result<()> {
    let id = number(id)?;
    let home = Rc::new(home);
    let records = Records::unchecked(Rc::clone(&home) as Rc<dyn StateHome>);
    if !queue::retry(&records, id)? {
        return Err(anyhow!("no deferred event {id} was given up: `./dispatch queue` shows which were"));
    }
    home.forget_attempts(id)?;
    home.raise_pending()?;
    records.commit()?;
    writeln!(out, "{id} will be tried again before the unit's next event")?;
    Ok(())
}

fn discard(home: DiskHome, id: &str, out: &mut dyn Write) -> Result<()> {
    let id = number(id)?;
    let home = Rc::new(home);
    let records = Records::unchecked(Rc::clone(&home) as Rc<dyn StateHome>);
    if !queue::discard(&records, id)? {
        return Err(anyhow!("there is no deferred event {id}: `./dispatch queue` shows which there are"));
    }
    // The marker stays: the next dispatch finds the queue as it is, and brings the status in step.
    records.commit()?;
    home.forget_attempts(id)?;
    writeln!(out, "{id} is removed")?;
    Ok(())
}

fn show_state(home: DiskHome, out: &mut dyn Write) -> Result<()> {
    let directory = home.directory().to_owned();
    let records = Records::unchecked(Rc::new(home));
    let fields = records.scan(b"field/")?;
    writeln!(out, "in {}", directory.display())?;
    for (key, value) in &fields {
        // Names and sizes: values may be what a terminal should not show.
        writeln!(out, "{}  {} bytes", String::from_utf8_lossy(&key["field/".len()..]), value.len())?;
    }
    if fields.is_empty() {
        writeln!(out, "no field has been stored")?;
    }
    Ok(())
}

fn accept(home: &DiskHome, out: &mut dyn Write) -> Result<()> {
    state::accept(home.directory()).context("the state can't be accepted")?;
    writeln!(out, "the state is taken as it is")?;
    Ok(())
}

fn reset(home: &DiskHome, out: &mut dyn Write) -> Result<()> {
    let aside = state::reset(home.directory()).context("the state can't be put aside")?;
    writeln!(out, "the former state is in {}", aside.display())?;
    Ok(())
}
