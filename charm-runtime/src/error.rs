//! The error of the runtime's own functions.
//!
//! Two people read an error. Whoever runs the model reads one line, in an action's outcome or in `juju status`: what was
//! wrong and what to do; that is `Display`. The charm's author reads the log: the same line, the sources behind it with
//! the command's arguments, and the line of the charm that asked; that is `{error:#}`. A caller that wants to go on asks
//! a predicate, such as [`Error::is_relation_gone`]; the representation stays private, since Juju's wording differs
//! between versions and will differ again.

use std::error::Error as StdError;
use std::fmt;
use std::panic::Location;

use crate::databag::EntryError;
use crate::halt::{find, halted, Halt};
use crate::hook_command::{cut_at, HookCommand, Refusal};
use crate::state::StateError;

/// The result of a handler: any error travels in it, and `?` works on all of them.
pub type Result<T, E = anyhow::Error> = std::result::Result<T, E>;

/// What one of the runtime's own functions says when it can't do what was asked.
///
/// `{error}` is one line for whoever runs the model; `{error:#}` adds what belongs in a log: the sources, the hook
/// command with its arguments (never a value that may be secret), and where in the charm it was asked for. The runtime
/// logs what comes out of a handler so, with the event and the handler before it.
///
/// In a handler it becomes an [`anyhow::Error`] by `?`. The other way, too: a function that returns this error takes
/// an [`anyhow::Error`] or a [`Halt`] by `?`, and predicates see through it.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    /// The line of the charm that asked. Every function between it and here is `#[track_caller]`.
    location: &'static Location<'static>,
    /// How a handler ends that doesn't handle this error.
    halt: Option<Halt>,
}

enum Kind {
    /// A variable of the hook environment is missing or malformed.
    Environment { variable: String, problem: String },
    /// A hook command said no.
    Refused { refusal: Refusal, said: String, call: Call },
    /// A hook command could not be run, or its answer not be understood.
    HookCommand { problem: String, call: Call },
    /// The unit's stored state.
    State(StateError),
    /// A value that can be known to be refused, refused before Juju is asked.
    Invalid { what: String, problem: String, refusal: Option<Refusal> },
    /// A databag's entry is not of the form that its type wants.
    Databag { bag: String, key: String, problem: String },
    /// More than Juju takes, refused before it is asked.
    TooLarge { what: String, size: usize, limit: usize },
    /// Something that was said before in this dispatch, and still holds.
    Said(String),
    /// An action's parameter has another form than the handler asked for.
    Parameter { name: String, problem: String },
    /// Of the charm's own, on its way through a function that returns this type.
    Other(anyhow::Error),
}

/// How a hook command was called: for the log.
#[derive(Debug)]
struct Call {
    name: String,
    shown: String,
    code: Option<i32>,
    source: Option<std::io::Error>,
}

impl Call {
    fn new(command: &HookCommand, code: Option<i32>, source: Option<std::io::Error>) -> Self {
        Self { name: command.name().to_owned(), shown: command.to_string(), code, source }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "called as `{}`", self.shown)?;
        self.code.map_or(Ok(()), |code| write!(f, ", exit code {code}"))
    }
}

impl StdError for Call {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

impl Error {
    #[cold]
    #[track_caller]
    fn new(kind: Kind) -> Self {
        Self(Box::new(Inner { kind, location: Location::caller(), halt: None }))
    }

    #[cold]
    #[track_caller]
    pub(crate) fn environment(variable: &str, problem: impl Into<String>) -> Self {
        Self::new(Kind::Environment { variable: variable.to_owned(), problem: problem.into() })
    }

    #[cold]
    #[track_caller]
    pub(crate) fn refused(command: &HookCommand, code: i32, stderr: &[u8]) -> Self {
        let said = one_line(&String::from_utf8_lossy(stderr));
        let refusal = Refusal::of(command, &said);
        // Juju repeats arguments in some of its complaints.
        let said = command.without_values(said);
        Self::new(Kind::Refused { refusal, said, call: Call::new(command, Some(code), None) })
    }

    #[cold]
    #[track_caller]
    pub(crate) fn hook_command(command: &HookCommand, problem: impl Into<String>) -> Self {
        Self::new(Kind::HookCommand { problem: problem.into(), call: Call::new(command, None, None) })
    }

    #[cold]
    #[track_caller]
    pub(crate) fn hook_command_io(
        command: &HookCommand,
        problem: impl Into<String>,
        source: std::io::Error,
    ) -> Self {
        Self::new(Kind::HookCommand { problem: problem.into(), call: Call::new(command, None, Some(source)) })
    }

    #[cold]
    #[track_caller]
    pub(crate) fn invalid(what: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::new(Kind::Invalid { what: what.into(), problem: problem.into(), refusal: None })
    }

    /// What Juju would refuse so, refused before it is asked: to a predicate it is the same.
    #[cold]
    #[track_caller]
    pub(crate) fn foreseen(refusal: Refusal, what: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::new(Kind::Invalid { what: what.into(), problem: problem.into(), refusal: Some(refusal) })
    }

    #[cold]
    #[track_caller]
    pub(crate) fn said(what: String) -> Self {
        Self::new(Kind::Said(what))
    }

    #[cold]
    #[track_caller]
    pub(crate) fn parameter(name: &str, problem: impl Into<String>) -> Self {
        Self::new(Kind::Parameter { name: name.to_owned(), problem: problem.into() })
    }

    /// As made here: for an error that came through a `dyn` call or a closure, where the location is lost.
    #[cold]
    #[track_caller]
    pub(crate) fn here(self) -> Self {
        self.at(Location::caller())
    }

    /// As made there: for what is staged, and found to be wrong when it is sent.
    #[cold]
    pub(crate) fn at(mut self, location: &'static Location<'static>) -> Self {
        self.0.location = location;
        self
    }

    /// Makes of this error one that ends a handler with a status instead of failing the dispatch, if the handler hands
    /// it on by `?`: for what comes by itself ([`Halt::Waiting`]), or what somebody must put right ([`Halt::Blocked`]).
    /// The status shows the halt's message; the log has the error.
    #[must_use]
    pub fn halting(mut self, halt: Halt) -> Self {
        self.0.halt = Some(halt);
        self
    }

    /// The halt with which a handler ends that hands this error on, if it has one.
    pub fn halt(&self) -> Option<&Halt> {
        self.0.halt.as_ref().or_else(|| self.wrapped().and_then(halted))
    }

    /// Where the charm asked for what failed: its own line, not one of this crate's, unless the runtime asked by
    /// itself, as it does when it sends what was staged.
    pub fn location(&self) -> &'static Location<'static> {
        self.0.location
    }

    /// The location, where it is not one of this crate's own lines, which would tell an author nothing.
    fn authors_location(&self) -> Option<&'static Location<'static>> {
        let own = file!().trim_end_matches("error.rs");
        (!self.0.location.file().starts_with(own)).then_some(self.0.location)
    }

    /// What went in as an error of another type.
    pub(crate) fn wrapped(&self) -> Option<&anyhow::Error> {
        match &self.0.kind {
            Kind::Other(error) => Some(error),
            _ => None,
        }
    }

    /// The kind, whatever it is wrapped in.
    fn kind(&self) -> &Kind {
        self.wrapped().and_then(find::<Self>).map_or(&self.0.kind, Self::kind)
    }

    #[cold]
    #[track_caller]
    pub(crate) fn databag(bag: String, error: &EntryError) -> Self {
        let (key, problem) = (error.key().to_owned(), error.problem().to_owned());
        Self::new(Kind::Databag { bag, key, problem })
    }

    #[cold]
    #[track_caller]
    pub(crate) fn too_large(what: String, size: usize, limit: usize) -> Self {
        Self::new(Kind::TooLarge { what, size, limit })
    }

    fn refusal(&self) -> Option<Refusal> {
        match self.kind() {
            Kind::Refused { refusal, .. } => Some(*refusal),
            Kind::Invalid { refusal, .. } => *refusal,
            _ => None,
        }
    }

    /// This unit is not, or no longer, the leader.
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

    /// Juju knows no such thing, or not yet.
    pub fn is_not_found(&self) -> bool {
        self.refusal() == Some(Refusal::NotFound)
    }

    /// There is another of this name: a secret's label is taken.
    pub fn is_already_exists(&self) -> bool {
        self.refusal() == Some(Refusal::AlreadyExists)
    }

    /// Units have a grant of a secret of their own: it is to be revoked before their application can have one.
    pub fn is_granted_to_units(&self) -> bool {
        self.refusal() == Some(Refusal::GrantedToUnits)
    }

    /// What runs is a restricted hook, such as collect-metrics, in which Juju 3 serves only a few commands.
    pub fn is_restricted(&self) -> bool {
        self.refusal() == Some(Refusal::Restricted)
    }

    /// This Juju, or this kind of model, can't do that: it has no such command, or not for Kubernetes, or not in an
    /// action.
    pub fn is_not_supported(&self) -> bool {
        match self.kind() {
            // A command that Juju doesn't have is not among those that it puts on PATH.
            Kind::HookCommand { call, .. } => {
                call.source.as_ref().is_some_and(|source| source.kind() == std::io::ErrorKind::NotFound)
            }
            _ => self.refusal() == Some(Refusal::NotSupported),
        }
    }

    /// The ports overlap with others that are open on the machine, of this unit or of another.
    pub fn is_port_conflict(&self) -> bool {
        self.refusal() == Some(Refusal::PortConflict)
    }

    /// A value that Juju would refuse, or an answer of Juju's that is not what was declared.
    pub fn is_invalid(&self) -> bool {
        matches!(self.kind(), Kind::Invalid { .. })
    }

    /// The unit's stored state can't be read or written.
    pub fn is_state(&self) -> bool {
        matches!(self.kind(), Kind::State(_))
    }

    /// A databag holds a value that is not of the form its type wants, or was to be given one that it can't hold. The
    /// message names the databag, the relation, the owner and the key, and never quotes the value.
    pub fn is_databag(&self) -> bool {
        matches!(self.kind(), Kind::Databag { .. })
    }

    /// More was to be written than Juju takes; nothing was. The message names the size and the limit.
    pub fn is_too_large(&self) -> bool {
        matches!(self.kind(), Kind::TooLarge { .. }) || self.refusal() == Some(Refusal::TooLarge)
    }

    /// An action's parameter has another form than the handler asked for; unhandled, it fails the action.
    pub fn is_parameter(&self) -> bool {
        matches!(self.kind(), Kind::Parameter { .. })
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

/// What whoever runs the model reads: the chain without what is for the log.
pub(crate) fn told(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain().filter(|cause| !cause.is::<Call>()) {
        if !line.is_empty() {
            line.push_str(": ");
        }
        line.push_str(&cause.to_string());
    }
    line
}

/// What the charm's author reads in the log: the whole chain, and where in the charm it began.
pub(crate) fn logged(error: &anyhow::Error) -> String {
    match location(error) {
        // An error of the stored state ends with the command that leads out of it, whoever met it.
        Some(location) if !find::<Error>(error).is_some_and(Error::is_state) => {
            format!("{error:#} ({})", At(location))
        }
        _ => format!("{error:#}"),
    }
}

/// Where in the charm an error began, where that is known.
pub(crate) fn location(error: &anyhow::Error) -> Option<&'static Location<'static>> {
    let found = find::<Error>(error)?;
    found.wrapped().and_then(location).or_else(|| found.authors_location())
}

struct At(&'static Location<'static>);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {}:{}", self.0.file(), self.0.line())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            Kind::Environment { variable, problem } => {
                write!(f, "environment variable {variable}: {problem}")
            }
            Kind::Refused { said, call, .. } if said.is_empty() => {
                write!(f, "Juju refused `{}` and said nothing", call.name)
            }
            Kind::Refused { said, call, .. } => write!(f, "Juju refused `{}`: {said}", call.name),
            Kind::HookCommand { problem, call } => write!(f, "hook command `{}`: {problem}", call.name),
            Kind::State(error) => error.fmt(f),
            Kind::Databag { bag, key, problem } => write!(f, "{bag}, key `{key}`: {problem}"),
            Kind::TooLarge { what, size, limit } => {
                write!(f, "{what}: it would have {size} bytes, and Juju takes at most {limit}")
            }
            Kind::Said(what) => f.write_str(what),
            Kind::Invalid { what, problem, .. } => write!(f, "{what}: {problem}"),
            Kind::Parameter { name, problem } if name.is_empty() => write!(f, "action parameters: {problem}"),
            Kind::Parameter { name, problem } => write!(f, "action parameter `{name}`: {problem}"),
            Kind::Other(error) => error.fmt(f),
        }?;
        if !f.alternate() {
            return Ok(());
        }
        // anyhow has written the sources of its own.
        if self.wrapped().is_none() {
            let mut source = self.source();
            while let Some(cause) = source {
                write!(f, ": {cause}")?;
                source = cause.source();
            }
        }
        match self.authors_location() {
            Some(location) if !self.is_state() => write!(f, " ({})", At(location)),
            _ => Ok(()),
        }
    }
}

/// What the log has of it: what a failing test shows is the same, and holds no value either.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self:#})")
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.kind {
            Kind::Refused { call, .. } | Kind::HookCommand { call, .. } => Some(call),
            Kind::Other(error) => error.source(),
            _ => None,
        }
    }
}

impl From<StateError> for Error {
    #[cold]
    #[track_caller]
    fn from(error: StateError) -> Self {
        Self::new(Kind::State(error))
    }
}

impl From<Halt> for Error {
    #[cold]
    #[track_caller]
    fn from(halt: Halt) -> Self {
        Self::new(Kind::Said(halt.to_string())).halting(halt)
    }
}

/// Nothing is lost by it: contexts, halts and what the predicates know.
impl From<anyhow::Error> for Error {
    #[cold]
    #[track_caller]
    fn from(error: anyhow::Error) -> Self {
        let outermost: &(dyn StdError + Send + Sync) = error.as_ref();
        // With contexts before it, a downcast would drop them.
        if outermost.is::<Self>() {
            match error.downcast() {
                Ok(error) => return error,
                Err(error) => return Self::new(Kind::Other(error)),
            }
        }
        Self::new(Kind::Other(error))
    }
}
