//! How long an answer about leadership is relied on. In process, since it needs a clock that is told the time.

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use charm_runtime::hook_command::{HookCommand, Output, Transport};
use charm_runtime::prelude::*;
use charm_runtime::{DiskHome, Environment, Error, Exit, Host, dispatch};

/// A leader that takes its time between its writes and the end.
#[charm(metadata_str = "{name: slow, summary: s, description: d, peers: {cluster: {interface: slow-peers}}}")]
#[derive(Debug, Default)]
struct Slow {
    worked: Stored<u32>,
}

#[charm(metadata_str = "{name: slow, summary: s, description: d, peers: {cluster: {interface: slow-peers}}}")]
impl Slow {
    #[on(update_status)]
    fn work(&mut self, juju: &Juju, leader: Option<Leader<'_>>) -> Result<()> {
        let Some(leader) = leader else {
            *self.worked.get_mut()? += 1;
            return Ok(());
        };
        for relation in juju.relations::<endpoint::Cluster>()? {
            relation.local_app(&leader).insert("a", "1")?;
        }
        *self.worked.get_mut()? += 1;
        juju.hook_command(&HookCommand::new("pass-time"))?;
        juju.leader()?.context("asked again")?;
        Ok(())
    }
}

/// Juju, and its clock.
#[derive(Clone)]
struct World {
    now: Rc<Cell<Instant>>,
    /// How long the handler works.
    work: Duration,
    /// What is-leader answers, first to last.
    answers: Rc<RefCell<Vec<&'static str>>>,
    calls: Rc<RefCell<Vec<String>>>,
}

impl Transport for World {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        self.calls.borrow_mut().push(command.name().to_owned());
        let stdout = match command.name() {
            "pass-time" => {
                self.now.set(self.now.get() + self.work);
                ""
            }
            "is-leader" => self.answers.borrow_mut().remove(0),
            "relation-ids" => r#"["cluster:0"]"#,
            "relation-get" => "{}",
            _ => "",
        };
        Ok(Output { code: 0, stdout: stdout.into(), stderr: Vec::new() })
    }
}

/// Works for so many seconds, and tells how it ended, what was called, and whether anything is stored.
fn works(seconds: u64, answers: &[&'static str]) -> (Exit, Vec<String>, bool) {
    works_in(tempfile::tempdir().unwrap().path(), seconds, answers)
}

fn works_in(directory: &Path, seconds: u64, answers: &[&'static str]) -> (Exit, Vec<String>, bool) {
    let world = World {
        now: Rc::new(Cell::new(Instant::now())),
        work: Duration::from_secs(seconds),
        answers: Rc::new(RefCell::new(answers.to_vec())),
        calls: Rc::default(),
    };
    let clock = Rc::clone(&world.now);
    let variables = [("JUJU_DISPATCH_PATH", "hooks/update-status"), ("JUJU_UNIT_NAME", "slow/0")];
    let finished = dispatch::<Slow>(Host {
        environment: variables.into_iter().collect::<Environment>(),
        transport: Box::new(world.clone()),
        clock: Box::new(move || clock.get()),
        home: Rc::new(DiskHome::new(directory)),
    });
    let is_stored = directory.join(".unit-state").exists();
    let calls = world.calls.take().into_iter().filter(|name| name != "juju-log").collect();
    (finished.exit, calls, is_stored)
}

const WORK: [&str; 4] = ["is-leader", "relation-ids", "relation-get", "pass-time"];

#[test]
fn an_answer_of_less_than_20_seconds_is_enough_to_write_for_the_application() {
    let (exit, calls, is_stored) = works(19, &["true"]);
    assert_eq!((exit, is_stored), (Exit::Success, true));
    assert_eq!(calls, [&WORK[..], &["relation-set"]].concat());
}

#[test]
fn after_20_seconds_juju_is_asked_again_before_anything_is_sent() {
    let (exit, calls, is_stored) = works(20, &["true", "true"]);
    assert_eq!((exit, is_stored), (Exit::Success, true));
    assert_eq!(calls, [&WORK[..], &["is-leader", "relation-set"]].concat());
}

#[test]
fn where_leadership_is_lost_by_then_nothing_is_sent_or_stored_and_the_dispatch_fails() {
    let directory = tempfile::tempdir().unwrap();
    let (exit, calls, is_stored) = works_in(directory.path(), 20, &["true", "false"]);
    assert_eq!((exit, is_stored), (Exit::Failure, false));
    assert_eq!(calls, [&WORK[..], &["is-leader"]].concat());
    // Juju tries again, and this unit is one of the others by then.
    let (exit, calls, is_stored) = works_in(directory.path(), 20, &["false"]);
    assert_eq!((exit, is_stored), (Exit::Success, true));
    assert_eq!(calls, ["is-leader"]);
}

#[test]
fn a_handler_asks_again_once_the_lease_may_be_over() {
    let (exit, calls, _) = works(30, &["true", "true"]);
    assert_eq!(exit, Exit::Success);
    assert_eq!(calls, [&WORK[..], &["is-leader", "relation-set"]].concat());
}
