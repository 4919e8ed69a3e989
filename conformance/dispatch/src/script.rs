//! Handlers that do what a file tells them.
//!
//! The file `script` in the charm directory holds a line for each handler that is to do anything:
//!
//! ```text
//! config_changed: store colour=red; set cluster ready=yes; defer not yet
//! ```
//!
//! Every handler that runs first adds its name to the file `ran`, beside it; some steps add what they saw.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;

use charm_runtime::hook_command::HookCommand;
use charm_runtime::prelude::*;
use charm_runtime::{
    DeclaredSecret, LocalDatabag, RawDatabag, RawSecret, Role, RotatePolicy, SingleSecret, UnitOwned,
};

/// The file with a line for each handler, in the charm directory.
pub const SCRIPT: &str = "script";
/// The file with a line for each handler that ran, in the charm directory.
pub const RAN: &str = "ran";

/// What a handler has its hands on.
#[derive(Debug)]
pub struct Hands<'h> {
    /// The way to Juju.
    pub juju: &'h Juju,
    /// A stored number: `count` adds one.
    pub count: &'h mut Stored<u32>,
    /// Stored texts: `store KEY=VALUE`, `forget KEY`, `read KEY`.
    pub notes: &'h mut StoredMap<String, String>,
    /// A field that is no state: `scribble TEXT`, `show`.
    pub scratch: &'h mut String,
}

/// The endpoint `cluster` of these charms.
#[derive(Debug)]
struct Cluster;

impl Endpoint for Cluster {
    const NAME: &'static str = "cluster";
    const ROLE: Role = Role::Peers;
    const INTERFACE: &'static str = "subject-peers";
    type RemoteApp = RawDatabag;
    type LocalApp = RawDatabag;
    type RemoteUnit = RawDatabag;
    type LocalUnit = RawDatabag;
}

/// The endpoint `db` of these charms.
#[derive(Debug)]
struct Db;

impl Endpoint for Db {
    const NAME: &'static str = "db";
    const ROLE: Role = Role::Requires;
    const INTERFACE: &'static str = "postgresql";
    type RemoteApp = RawDatabag;
    type LocalApp = RawDatabag;
    type RemoteUnit = RawDatabag;
    type LocalUnit = RawDatabag;
}

/// A secret of the unit's: `ensure TEXT` makes it.
#[derive(Debug)]
struct Admin;

impl DeclaredSecret for Admin {
    type Content = RawSecret;
    type Owner = UnitOwned;
    const NAME: &'static str = "admin";
    const DESCRIPTION: Option<&'static str> = None;
    const ROTATE: RotatePolicy = RotatePolicy::Never;
    const EXPIRE: Option<std::time::Duration> = None;
}

impl SingleSecret for Admin {}

/// Plays the part of `handler`.
pub fn play(handler: &str, hands: Hands<'_>) -> Result<Outcome> {
    note(hands.juju, handler)?;
    let mut player = Player { handler, hands };
    for step in steps(player.hands.juju, handler)? {
        let (word, rest) = step.split_once(' ').unwrap_or((&step, ""));
        if let Some(outcome) = player.step(word, rest)? {
            return Ok(outcome);
        }
    }
    Ok(Outcome::done())
}

/// Plays the part of a method with `#[status]`: `active MESSAGE` and so on, or no status at all.
pub fn play_status(method: &str, juju: &Juju) -> Result<Option<Status>> {
    note(juju, method)?;
    for step in steps(juju, method)? {
        let (word, rest) = step.split_once(' ').unwrap_or((&step, ""));
        match word {
            "active" => return Ok(Some(Status::active(rest))),
            "waiting" => return Ok(Some(Status::waiting(rest))),
            "maintenance" => return Ok(Some(Status::maintenance(rest))),
            "blocked" => return Ok(Some(Status::blocked(rest))),
            "halt" => return Err(Halt::Blocked(rest.to_owned()).into()),
            "fail" => bail!("{rest}"),
            "set" => each_databag(juju, rest, false)?,
            _ => bail!("`{step}` is no step of a status"),
        }
    }
    Ok(None)
}

/// Adds a line to the file `ran`.
pub fn note(juju: &Juju, line: &str) -> Result<()> {
    let path = file(juju, RAN)?;
    let mut ran = OpenOptions::new().append(true).create(true).open(path)?;
    Ok(ran.write_all(format!("{line}\n").as_bytes())?)
}

fn file(juju: &Juju, name: &str) -> Result<PathBuf> {
    Ok(juju.environment().charm_dir()?.join(name))
}

fn steps(juju: &Juju, handler: &str) -> Result<Vec<String>> {
    let script = fs::read_to_string(file(juju, SCRIPT)?)?;
    let part = script.lines().filter_map(|line| line.split_once(": ")).find(|(name, _)| *name == handler);
    let steps = part.map_or("", |(_, steps)| steps);
    Ok(steps.split("; ").filter(|step| !step.is_empty()).map(str::to_owned).collect())
}

struct Player<'p> {
    handler: &'p str,
    hands: Hands<'p>,
}

impl Player<'_> {
    /// One step. An outcome ends the part, and so does an error.
    fn step(&mut self, word: &str, rest: &str) -> Result<Option<Outcome>> {
        let juju = self.hands.juju;
        match word {
            "defer" => return Ok(Some(Outcome::defer(rest))),
            "fail" => bail!("{rest}"),
            #[allow(clippy::panic)] // what happens then is what is tested
            "panic" => panic!("{rest}"),
            "kill" => kill_this_process()?,
            "blocked" => return Err(Halt::Blocked(rest.to_owned()).into()),
            "waiting" => return Err(Halt::Waiting(rest.to_owned())).context("behind a context"),
            "maintenance" => return Err(Halt::Maintenance(rest.to_owned()).into()),
            "action-failed" => return Err(ActionFailed::new(rest)).context("behind a context"),
            "action-failed-keeping" => return Err(ActionFailed::keeping(rest).into()),
            "count" => *self.hands.count.get_mut()? += 1,
            "store" => {
                let (key, value) = pair(rest)?;
                self.hands.notes.insert(&key, &value)?;
            }
            "forget" => self.hands.notes.remove(&rest.to_owned())?,
            "read" => {
                let value = self.hands.notes.get(&rest.to_owned())?;
                self.say(&format!("{rest}={value:?}"))?;
            }
            "scribble" => rest.clone_into(self.hands.scratch),
            "show" => self.say(&format!("scratch={:?}", self.hands.scratch))?,
            "set" => each_databag(juju, rest, false)?,
            "set-app" => each_databag(juju, rest, true)?,
            "set-app-if-leading" if juju.leader()?.is_some() => each_databag(juju, rest, true)?,
            "set-app-if-leading" => {}
            "see" => {
                let (endpoint, key) = rest.split_once(' ').context("see ENDPOINT KEY")?;
                let found = databags(juju, endpoint, |bag| Ok(bag.get(key)?))?;
                self.say(&format!("{rest}={found:?}"))?;
            }
            "lead" => self.say(&format!("leader={}", juju.leader()?.is_some()))?,
            "ensure" => {
                let content = RawSecret::from([("password", rest), ("user-name", "admin")]);
                let id = juju.own_secret::<Admin>().ensure(&juju.unit(), &content)?;
                self.say(&format!("secret={id}"))?;
            }
            "track" => {
                let content = juju.secret(&rest.parse::<SecretId>()?).track()?;
                self.say(&format!("content={content:?}"))?;
            }
            "send" => {
                let mut words = rest.split(' ').map(str::to_owned);
                let command = HookCommand::new(words.next().context("send COMMAND")?).args(words);
                juju.hook_command(&command)?;
            }
            // A step is part of one line.
            "log" => info!("{}", rest.replace("\\n", "\n")),
            "debug" => debug!("{rest}"),
            "warn" => warn!("{rest}"),
            "why" => {
                let broken = juju.broken_relation::<Db>().context("no relation of db breaks")?;
                info!("{broken:?}: {:?}", broken.reason());
            }
            _ => bail!("`{word}` is no step of a handler"),
        }
        Ok(None)
    }

    fn say(&self, what: &str) -> Result<()> {
        note(self.hands.juju, &format!("{} {what}", self.handler))
    }
}

/// As the system's out-of-memory killer does: nothing runs afterwards.
fn kill_this_process() -> Result<()> {
    let this = rustix::process::getpid();
    Ok(rustix::process::kill_process(this, rustix::process::Signal::KILL)?)
}

fn pair(text: &str) -> Result<(String, String)> {
    let (key, value) = text.split_once('=').context("KEY=VALUE")?;
    Ok((key.to_owned(), value.to_owned()))
}

/// `ENDPOINT KEY=VALUE`, in the own databag of each of the endpoint's relations.
fn each_databag(juju: &Juju, text: &str, of_app: bool) -> Result<()> {
    let (endpoint, pair_of) = text.split_once(' ').context("ENDPOINT KEY=VALUE")?;
    let (key, value) = pair(pair_of)?;
    if !of_app {
        return databags(juju, endpoint, |bag| write(&bag, &key, &value)).map(drop);
    }
    let leader = juju.leader()?.context("not the leader")?;
    for relation in juju.relations::<Cluster>()? {
        write(&relation.local_app(&leader), &key, &value)?;
    }
    Ok(())
}

/// An empty value deletes.
fn write(bag: &LocalDatabag<'_, RawDatabag>, key: &str, value: &str) -> Result<()> {
    if value.is_empty() {
        bag.remove(key)?;
    } else {
        bag.insert(key, value)?;
    }
    Ok(())
}

fn databags<T>(
    juju: &Juju,
    endpoint: &str,
    each: impl Fn(LocalDatabag<'_, RawDatabag>) -> Result<T>,
) -> Result<Vec<T>> {
    match endpoint {
        "cluster" => juju.relations::<Cluster>()?.iter().map(|it| each(it.local_unit())).collect(),
        "db" => juju.relations::<Db>()?.iter().map(|it| each(it.local_unit())).collect(),
        other => bail!("no endpoint `{other}`"),
    }
}
