//! The error of the runtime's own functions.
//!
//! Two people read an error. The operator sees one line: what was wrong, where, what to do; that is
//! `Display`. The author, in the log, sees the chain of sources behind it (`{error:#}` through `anyhow`).
//! A caller that wants to go on asks a predicate, such as [`Error::is_relation_gone`]; the representation
//! stays private, since Juju's wording differs between versions and will differ again.

use std::fmt;

use crate::hook_command::{cut_at, HookCommand, Refusal};
use crate::state::StateError;

/// The result of a handler: any error travels in it, and `?` works on all of them.
pub type Result<T, E = anyhow::Error> = std::result::Result<T, E>;

/// What one of the runtime's own functions says when it can't do what was asked.
pub struct Error(Box<Kind>);

#[derive(Debug)]
enum Kind {
    /// A variable of the hook environment is missing or malformed.
    Environment { variable: String, problem: String },
    /// A hook command said no.
    Refused { command: String, refusal: Refusal, code: i32, stderr: String },
    /// A hook command could not be run, or its answer not be understood.
    HookCommand { command: String, problem: String, source: Option<std::io::Error> },
    /// The unit's stored state.
    State(StateError),
    /// A value that can be known to be refused, refused before Juju is asked.
    Invalid { what: String, problem: String },
    /// Something that was said before in this dispatch, and still holds.
    Said(String),
    /// An action's parameter has another form than the handler asked for.
    Parameter { name: String, problem: String },
}

impl Error {
    #[cold]
    pub(crate) fn environment(variable: &str, problem: impl Into<String>) -> Self {
        Self(Box::new(Kind::Environment { variable: variable.to_owned(), problem: problem.into() }))
    }

    #[cold]
    pub(crate) fn refused(command: &HookCommand, code: i32, stderr: &[u8]) -> Self {
        let stderr = one_line(&String::from_utf8_lossy(stderr));
        let refusal = Refusal::of(command, &stderr);
        Self(Box::new(Kind::Refused { command: command.to_string(), refusal, code, stderr }))
    }

    #[cold]
    pub(crate) fn hook_command(command: &HookCommand, problem: impl Into<String>) -> Self {
        Self(Box::new(Kind::HookCommand {
            command: command.to_string(),
            problem: problem.into(),
            source: None,
        }))
    }

    #[cold]
    pub(crate) fn hook_command_io(
        command: &HookCommand,
        problem: impl Into<String>,
        source: std::io::Error,
    ) -> Self {
        let command = command.to_string();
        Self(Box::new(Kind::HookCommand { command, problem: problem.into(), source: Some(source) }))
    }

    #[cold]
    pub(crate) fn invalid(what: impl Into<String>, problem: impl Into<String>) -> Self {
        Self(Box::new(Kind::Invalid { what: what.into(), problem: problem.into() }))
    }

    #[cold]
    pub(crate) fn said(what: String) -> Self {
        Self(Box::new(Kind::Said(what)))
    }

    #[cold]
    pub(crate) fn parameter(name: &str, problem: impl Into<String>) -> Self {
        Self(Box::new(Kind::Parameter { name: name.to_owned(), problem: problem.into() }))
    }

    fn refusal(&self) -> Option<Refusal> {
        match &*self.0 {
            Kind::Refused { refusal, .. } => Some(*refusal),
            _ => None,
        }
    }

    /// Juju refused because this unit is not, or no longer, the leader.
    pub fn is_not_leader(&self) -> bool {
        self.refusal() == Some(Refusal::NotLeader)
    }

    /// The relation is gone. Juju says so in several words, `permission denied` among them (3.6 and 4).
    pub fn is_relation_gone(&self) -> bool {
        self.refusal() == Some(Refusal::RelationGone)
    }

    /// Juju refused access.
    pub fn is_permission_denied(&self) -> bool {
        self.refusal() == Some(Refusal::PermissionDenied)
    }

    /// Juju knows no such thing.
    pub fn is_not_found(&self) -> bool {
        self.refusal() == Some(Refusal::NotFound)
    }

    /// The unit's stored state can't be read or written.
    pub fn is_state(&self) -> bool {
        matches!(&*self.0, Kind::State(_))
    }

    /// An action's parameter has another form than the handler asked for; unhandled, it fails the action.
    pub fn is_parameter(&self) -> bool {
        matches!(&*self.0, Kind::Parameter { .. })
    }
}

/// What is wrong with a piece of JSON, without quoting from it: it may hold what no log should.
pub(crate) fn shape(error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let what = match error.classify() {
        Category::Data => "it is of another type",
        Category::Eof => "it is cut short",
        Category::Syntax | Category::Io => "it is no JSON",
    };
    format!("{what}, at line {} column {}", error.line(), error.column())
}

/// Juju's error lines begin with `ERROR `, and some tools print several lines; the operator gets one.
fn one_line(stderr: &str) -> String {
    let lines = stderr.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut joined = String::new();
    for line in lines {
        if !joined.is_empty() {
            joined.push_str("; ");
        }
        joined.push_str(line.strip_prefix("ERROR ").unwrap_or(line));
        if joined.len() > 2000 {
            joined.truncate(cut_at(&joined, 2000));
            joined.push('…');
            break;
        }
    }
    joined
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Environment { variable, problem } => {
                write!(f, "environment variable {variable}: {problem}")
            }
            Kind::Refused { command, code, stderr, .. } if stderr.is_empty() => {
                write!(f, "hook command `{command}` failed with exit code {code} and said nothing")
            }
            Kind::Refused { command, code, stderr, .. } => {
                write!(f, "hook command `{command}` failed with exit code {code}: {stderr}")
            }
            Kind::HookCommand { command, problem, source } => {
                write!(f, "hook command `{command}`: {problem}")?;
                source.as_ref().map_or(Ok(()), |source| write!(f, ": {source}"))
            }
            Kind::State(error) => error.fmt(f),
            Kind::Said(what) => f.write_str(what),
            Kind::Invalid { what, problem } => write!(f, "{what}: {problem}"),
            Kind::Parameter { name, problem } => write!(f, "action parameter `{name}`: {problem}"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}

impl From<StateError> for Error {
    #[cold]
    fn from(error: StateError) -> Self {
        Self(Box::new(Kind::State(error)))
    }
}
