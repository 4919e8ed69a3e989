//! What becomes of an error: who reads what of it, and where it says it began.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

use charm_runtime::hook_command::{Exec, HookCommand, Output, Transport};
use charm_runtime::prelude::*;
use charm_runtime::{Error, Exit, Failure, Host, MemoryHome};

const PASSWORD: &str = "hunter2-and-more";

/// Refuses every command of one name, in these words, and notes the last argument of every other.
struct Fake {
    refused: &'static str,
    stderr: &'static str,
    said: Rc<RefCell<Vec<String>>>,
}

impl Transport for Fake {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        if command.name() == self.refused {
            return Ok(Output { code: 1, stdout: Vec::new(), stderr: self.stderr.into() });
        }
        if let Some(text) = command.arguments().last() {
            self.said.borrow_mut().push(format!("{}: {text}", command.name()));
        }
        let stdout = match command.name() {
            "relation-ids" => r#"["db:1"]"#,
            "config-get" => r#"{"port":"eighty"}"#,
            "status-get" => r#"{"status":"unknown"}"#,
            "action-get" => r#"{"size":"much"}"#,
            _ => "{}",
        };
        Ok(Output { code: 0, stdout: stdout.into(), stderr: Vec::new() })
    }
}

#[charm(metadata = "errors.yaml")]
#[derive(Default)]
struct Charm {
    count: Stored<u32>,
    notes: StoredMap<String, u32>,
}

/// The lines that fail carry the name of their handler: that is how a test finds them.
#[charm(metadata = "errors.yaml")]
impl Charm {
    #[on(install)]
    fn own_databag(&mut self, juju: &Juju) -> Result<()> {
        for relation in juju.relations::<endpoint::Db>()? {
            relation.local_unit().insert("password", PASSWORD)?; // fails: own_databag
        }
        Ok(())
    }

    #[on(start)]
    fn remote_databag(&mut self, juju: &Juju) -> Result<()> {
        let relation = juju.relation::<endpoint::Db>()?.context("a relation")?;
        relation.remote_unit("pg/0").load()?; // fails: remote_databag
        Ok(())
    }

    #[on(config_changed)]
    fn options(
        &mut self,
        _: &Config, // fails: options
    ) {
    }

    #[on(update_status)]
    fn command(&mut self, juju: &Juju) -> Result<()> {
        let secret = HookCommand::new("secret-add").arg(format!("password={PASSWORD}"));
        juju.hook_command(&secret).context("second").context("first")?; // fails: command
        Ok(())
    }

    #[on(upgrade_charm)]
    fn stored(&mut self) -> Result<()> {
        let mut unbound: StoredMap<String, u32> = StoredMap::default();
        self.count.get()?;
        self.notes.entries()?;
        unbound.insert(&"a".to_owned(), &1)?; // fails: stored
        Ok(())
    }

    #[on(leader_elected)]
    fn through_a_library(&mut self, juju: &Juju) -> Result<()> {
        library(juju).context("the library")
    }

    #[on(stop)]
    fn halting(&mut self, juju: &Juju) -> Result<()> {
        let read = juju.hook_command(&HookCommand::new("secret-get").arg("secret:x")); // fails: halting
        match read {
            Err(error) if error.is_permission_denied() => {
                let halt = Halt::Waiting("the secret is not granted yet".into());
                Err(error.halting(halt)).context("reading the password")
            }
            read => {
                read?;
                Ok(())
            }
        }
    }

    #[on(action = "deep")]
    fn deep(&mut self, juju: &Juju) -> Result<()> {
        self.command(juju)
    }

    #[on(action = "measure")]
    fn measure(&mut self, action: Action<action::Measure>) -> Result<()> {
        let size: Option<u32> = action.parameter("size")?; // fails: measure
        ensure!(size.is_none());
        Ok(())
    }
}

/// In between, the charm's own errors and the runtime's become each other.
fn library(juju: &Juju) -> Result<(), Error> {
    let asked = juju.hook_command(&HookCommand::new("goal-state")); // fails: through_a_library
    asked.context("how the others are")?;
    Ok(())
}

/// Through a function with the runtime's error type.
fn through(error: anyhow::Error) -> Result<(), Error> {
    Err(error)?;
    Ok(())
}

/// What was seen of a dispatch.
struct Ran {
    exit: Exit,
    failures: Vec<Failure>,
    said: Vec<String>,
}

impl Ran {
    /// The one failure. The log has the whole of it.
    #[track_caller]
    fn failure(&self) -> &Failure {
        let [failure] = self.failures.as_slice() else { panic!("{:#?} {:#?}", self.failures, self.said) };
        assert_eq!(self.exit, Exit::Failure);
        let logged = format!("juju-log: {failure:#}");
        assert!(self.said.contains(&logged), "{logged} expected in {:#?}", self.said);
        failure
    }
}

fn dispatch(path: &str, refused: &'static str, stderr: &'static str) -> Ran {
    let said = Rc::default();
    let environment = [
        ("JUJU_DISPATCH_PATH", path),
        ("JUJU_UNIT_NAME", "a/0"),
        ("JUJU_ACTION_NAME", path.rsplit('/').next().unwrap()),
        ("JUJU_ACTION_UUID", "1"),
    ];
    let host = Host {
        environment: environment.into_iter().collect(),
        transport: Box::new(Fake { refused, stderr, said: Rc::clone(&said) }),
        clock: Box::new(Instant::now),
        home: Rc::new(MemoryHome::default()),
    };
    let finished = charm_runtime::dispatch::<Charm>(host);
    Ran { exit: finished.exit, failures: finished.failures, said: said.take() }
}

/// ` (at FILE:LINE)` of the line that is marked as failing for this handler.
fn place(handler: &str) -> String {
    let mark = format!("// fails: {handler}");
    let line = include_str!("errors.rs").lines().position(|line| line.ends_with(&mark)).unwrap() + 1;
    format!(" (at {}:{line})", file!())
}

#[test]
fn the_location_is_the_authors_line_however_deep_the_call() {
    for (event, handler, refused) in [
        ("install", "own_databag", "relation-get"),
        ("start", "remote_databag", "relation-get"),
        ("config-changed", "options", "config-get"),
        ("update-status", "command", "secret-add"),
        ("upgrade-charm", "stored", ""),
        ("leader-elected", "through_a_library", "goal-state"),
    ] {
        let ran = dispatch(&format!("hooks/{event}"), refused, "ERROR boom\n");
        let failure = ran.failure();
        assert_eq!((failure.event(), failure.handler()), (event, Some(handler)));
        assert!(!failure.is_deferred());
        let location = failure.location().unwrap();
        assert_eq!(format!(" (at {}:{})", location.file(), location.line()), place(handler));
        let logged = format!("{failure:#}");
        assert!(logged.ends_with(&place(handler)), "{logged}");
    }
}

#[test]
fn the_log_has_everything_and_the_operator_what_matters() {
    let ran = dispatch("actions/deep", "secret-add", "ERROR boom\n");
    let failure = ran.failure();
    assert_eq!(failure.to_string(), "deep: handler `deep`: first: second: Juju refused `secret-add`: boom");
    let called = "called as `secret-add password`, exit code 1";
    assert_eq!(format!("{failure:#}"), format!("{failure}: {called}{}", place("command")));
}

#[test]
fn contexts_and_predicates_survive_the_way_through_the_runtimes_type() {
    let ran = dispatch("hooks/leader-elected", "goal-state", "ERROR not the leader\n");
    let said = ran.failure().to_string();
    let chain = "the library: how the others are: Juju refused `goal-state`: not the leader";
    assert_eq!(said, format!("leader-elected: handler `through_a_library`: {chain}"));

    let own = through(anyhow!("inner").context("outer")).unwrap_err();
    assert_eq!((own.to_string().as_str(), format!("{own:#}").contains("outer: inner (at ")), ("outer", true));
    let blocked = through(anyhow!("inner").context(Halt::Blocked("b".into())).context("outer")).unwrap_err();
    assert_eq!(blocked.halt(), Some(&Halt::Blocked("b".into())));
    let failed = anyhow::Error::from(through(ActionFailed::new("no").into()).unwrap_err());
    assert_eq!(failed.to_string(), "no");
}

#[test]
fn an_error_with_a_halt_ends_its_handler_with_that_status() {
    let ran = dispatch("hooks/stop", "secret-get", "ERROR permission denied\n");
    assert_eq!((ran.exit, ran.failures.len()), (Exit::Success, 0));
    assert!(ran.said.contains(&"status-set: the secret is not granted yet".to_owned()), "{:#?}", ran.said);
    let logged = format!(
        "juju-log: `halting` ended with waiting: the secret is not granted yet: reading the password: \
         Juju refused `secret-get`: permission denied: called as `secret-get secret:x`, exit code 1{}",
        place("halting")
    );
    assert!(ran.said.contains(&logged), "{logged} expected in {:#?}", ran.said);
    // Another refusal is a failure.
    dispatch("hooks/stop", "secret-get", "ERROR connection is shut down\n").failure();
}

#[test]
fn a_wrong_parameter_fails_the_action_and_the_log_says_where() {
    let ran = dispatch("actions/measure", "", "");
    assert_eq!((ran.exit, ran.failures.len()), (Exit::Success, 0));
    let failed: Vec<&String> = ran.said.iter().filter(|said| said.starts_with("action-fail: ")).collect();
    let [failed] = failed.as_slice() else { panic!("{:#?}", ran.said) };
    assert!(failed.starts_with("action-fail: action parameter `size`: "), "{failed}");
    assert!(!failed.contains(".rs"), "{failed}");
    let logged =
        ran.said.iter().any(|said| said.starts_with("juju-log: ") && said.ends_with(&place("measure")));
    assert!(logged, "{:#?}", ran.said);
}

#[test]
fn no_reader_is_shown_a_value() {
    let repeats = format!("ERROR expected \"key=value\", got \"{PASSWORD}\"\n");
    let ran = dispatch("hooks/update-status", "secret-add", repeats.leak());
    for shown in [format!("{:#}", ran.failure()), format!("{:?}", ran.failures), format!("{:#?}", ran.said)] {
        assert!(!shown.contains(PASSWORD), "{shown}");
    }
    assert!(ran.failure().to_string().contains(r#"expected "key=value", got "…""#), "{}", ran.failure());

    for command in ["secret-set", "relation-set", "state-set", "leader-set", "action-set"] {
        let with_arguments = HookCommand::new(command).arg("--app").arg(format!("a={PASSWORD}"));
        let like_an_option = HookCommand::new(command).arg("--").arg(format!("--a={PASSWORD}"));
        let with_input = HookCommand::new(command).stdin(format!(r#"{{"a":"{PASSWORD}"}}"#));
        for call in [with_arguments, like_an_option, with_input] {
            let shown = format!("{call} {call:?}");
            assert!(!shown.contains(PASSWORD) && shown.contains(command), "{shown}");
        }
    }
}

#[test]
fn a_halt_goes_in_by_the_question_mark_and_knows_where() {
    fn library() -> Result<(), Error> {
        None::<()>.or_waiting("for the others")?; // fails: library
        Ok(())
    }
    let error = library().unwrap_err();
    assert_eq!(error.halt(), Some(&Halt::Waiting("for the others".into())));
    assert_eq!(format!("{error:#}"), format!("waiting: for the others{}", place("library")));
    // The outermost wins: who hands an error on knows better what it means there.
    let blocked = error.halting(Halt::Blocked("relate the others".into()));
    assert_eq!(blocked.halt(), Some(&Halt::Blocked("relate the others".into())));
    let wrapped = through(anyhow::Error::from(blocked).context("more")).unwrap_err();
    assert_eq!(wrapped.halt(), Some(&Halt::Blocked("relate the others".into())));
}

#[test]
fn a_command_that_juju_does_not_have_is_not_supported() {
    let missing = HookCommand::new("no-command-of-any-juju");
    let error = Exec::default().run(&missing).unwrap_err();
    assert!(error.is_not_supported(), "{error}");
    assert!(format!("{error:#}").contains("No such file"), "{error:#}");
    let there = Exec::default().run(&HookCommand::new("true"));
    assert!(there.is_ok(), "{there:?}");
}

#[test]
fn it_is_small_and_goes_anywhere() {
    fn goes_anywhere<T: Send + Sync + 'static>() {}
    goes_anywhere::<Error>();
    assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
}
