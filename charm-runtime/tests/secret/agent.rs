//! An agent that answers as it is told, and keeps what it was asked.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

use charm_runtime::hook_command::{HookCommand, Output, Transport};
use charm_runtime::{Charm, Error, Exit, Host, MemoryHome};

/// The id that `secret-add` prints.
pub(crate) const ID: &str = "secret:9m4e2mr0ui3e8a215n4g";

/// What a command is answered.
#[derive(Clone)]
pub(crate) enum Answer {
    Says(String),
    Refuses(&'static str),
}

#[derive(Default)]
struct Inner {
    answers: Vec<(String, Answer)>,
    calls: Vec<String>,
}

/// Clones are of one agent.
#[derive(Clone, Default)]
pub(crate) struct Agent(Rc<RefCell<Inner>>);

impl Agent {
    /// A unit that leads, and has no secret.
    pub(crate) fn new() -> Self {
        let agent = Self::default();
        agent.says("is-leader", "true");
        agent.says("secret-add", &format!("{ID}\n"));
        agent.refuses("secret-info-get", r#"ERROR secret "x" not found"#);
        agent.refuses("secret-get", r#"ERROR secret "x" not found"#);
        agent.says("secret-ids", "null");
        agent.says("status-get", r#"{"status":"unknown"}"#);
        agent
    }

    /// A call that begins so is answered with this; what was said last holds.
    pub(crate) fn says(&self, begins: &str, stdout: &str) {
        self.0.borrow_mut().answers.push((begins.to_owned(), Answer::Says(stdout.to_owned())));
    }

    /// A call that begins so is refused.
    pub(crate) fn refuses(&self, begins: &str, stderr: &'static str) {
        self.0.borrow_mut().answers.push((begins.to_owned(), Answer::Refuses(stderr)));
    }

    /// An own secret is there, labelled so, with this content.
    pub(crate) fn has_secret(&self, label: &str, info: &str, content: &str) {
        let info = format!(r#"{{"9m4e2mr0ui3e8a215n4g":{{"label":"{label}",{info}}}}}"#);
        self.says(&format!("secret-info-get --format=json --label={label}"), &info);
        self.says(&format!("secret-info-get --format=json {ID}"), &info);
        self.says(&format!("secret-get --format=json {ID}"), content);
    }

    /// What was called since the last time this was asked: each with its arguments, and secret content in braces.
    pub(crate) fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.0.borrow_mut().calls)
    }

    /// The calls that change something about secrets.
    pub(crate) fn writes(&self) -> Vec<String> {
        let is_read = |call: &String| {
            ["secret-get", "secret-info-get", "secret-ids", "is-leader", "juju-log"]
                .iter()
                .any(|read| call.split(' ').next() == Some(read))
        };
        self.calls().into_iter().filter(|call| !is_read(call)).collect()
    }

    /// One dispatch of the charm, of the unit `pg/0`.
    pub(crate) fn dispatch<C: Charm>(&self, path: &str, variables: &[(&str, &str)]) -> Exit {
        self.dispatch_at::<C>(path, variables, &Rc::new(MemoryHome::default()))
    }

    /// The same, with the state of the one before.
    pub(crate) fn dispatch_at<C: Charm>(
        &self,
        path: &str,
        variables: &[(&str, &str)],
        home: &Rc<MemoryHome>,
    ) -> Exit {
        let usual = [("JUJU_DISPATCH_PATH", path), ("JUJU_UNIT_NAME", "pg/0"), ("JUJU_VERSION", "3.6.4")];
        let host = Host {
            environment: usual.iter().chain(variables).copied().collect(),
            transport: Box::new(self.clone()),
            clock: Box::new(Instant::now),
            home: Rc::clone(home) as _,
        };
        charm_runtime::dispatch::<C>(host).exit
    }
}

impl Transport for Agent {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        let mut inner = self.0.borrow_mut();
        let mut call = [&[command.name().to_owned()], command.arguments()].concat().join(" ");
        let answer = inner.answers.iter().rev().find(|(begins, _)| call.starts_with(begins.as_str()));
        let answer = answer.map_or(Answer::Says(String::new()), |(_, answer)| answer.clone());
        if let Some(content) = command.content() {
            let content: Vec<String> = content.iter().map(|(key, value)| format!("{key}={value}")).collect();
            call = format!("{call} {{{}}}", content.join(", "));
        }
        inner.calls.push(call);
        Ok(match answer {
            Answer::Says(stdout) => Output { stdout: stdout.into_bytes(), ..Output::default() },
            Answer::Refuses(stderr) => {
                Output { code: 1, stderr: format!("{stderr}\n").into_bytes(), ..Output::default() }
            }
        })
    }
}
