//! A unit: where a charm's executable runs, and what is seen of it.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use charm_conformance_dispatch::fake::{ANSWERS, Answer, CALLS, Call};
use charm_conformance_dispatch::script::{RAN, SCRIPT};
use charm_runtime::state::{SledStore, StateStore as _};
use tempfile::TempDir;

pub(crate) const SUBJECT: &str = env!("CARGO_BIN_EXE_subject");
pub(crate) const LATER: &str = env!("CARGO_BIN_EXE_later");
pub(crate) const BARE: &str = env!("CARGO_BIN_EXE_bare");
pub(crate) const CHOOSY: &str = env!("CARGO_BIN_EXE_choosy");
pub(crate) const FAKE: &str = env!("CARGO_BIN_EXE_fake-hook-command");

/// What Juju would say of a unit without relations, storage or leadership. Tests add what differs: the last one holds.
const JUJU: [(&str, &str); 22] = [
    ("action-fail", ""),
    ("action-get", "{}"),
    ("action-log", ""),
    ("action-set", ""),
    ("application-version-set", ""),
    ("config-get", r#"{"greeting":"hello"}"#),
    ("is-leader", "false"),
    ("juju-log", ""),
    ("open-port", ""),
    ("relation-get", "{}"),
    ("relation-ids", "[]"),
    ("relation-list", "[]"),
    ("relation-set", ""),
    ("secret-add", "secret:9m4e2mr0ui3e8a215n4g\n"),
    ("secret-get", "{}"),
    ("secret-info-get", ""),
    ("secret-remove", ""),
    ("secret-set", ""),
    ("status-get", r#"{"message":"","status":"unknown","status-data":{}}"#),
    ("status-set", ""),
    ("storage-get", "{}"),
    ("storage-list", "[]"),
];

/// A charm directory, and the commands that are on PATH there.
pub(crate) struct Unit {
    root: TempDir,
    answers: Vec<Answer>,
    script: BTreeMap<String, String>,
}

/// A unit of the charm under test.
pub(crate) fn subject() -> Unit {
    Unit::of(SUBJECT)
}

impl Unit {
    /// A unit of the charm whose executable this is.
    pub(crate) fn of(executable: &str) -> Self {
        let root = tempfile::Builder::new().prefix("dispatch-").tempdir().unwrap();
        let unit = Self { root, answers: Vec::new(), script: BTreeMap::new() };
        fs::create_dir(unit.charm_dir()).unwrap();
        fs::create_dir(unit.commands()).unwrap();
        fs::write(unit.charm_dir().join(SCRIPT), "").unwrap();
        unit.upgrade(executable);
        for (name, _) in JUJU {
            symlink(FAKE, unit.commands().join(name)).unwrap();
        }
        let mut unit =
            unit.saying(JUJU.into_iter().map(|(begins, stdout)| Answer::says(begins, stdout)).collect());
        unit.juju_refuses("secret-info-get", r#"ERROR secret "x" not found"#);
        unit
    }

    /// Puts another revision of the charm in place.
    pub(crate) fn upgrade(&self, executable: &str) {
        let dispatch = self.charm_dir().join("dispatch");
        let _ = fs::remove_file(&dispatch);
        symlink(executable, dispatch).unwrap();
    }

    pub(crate) fn charm_dir(&self) -> PathBuf {
        self.root.path().join("charm")
    }

    pub(crate) fn state_dir(&self) -> PathBuf {
        self.charm_dir().join(".unit-state")
    }

    /// The directory of the hook commands.
    pub(crate) fn commands(&self) -> PathBuf {
        self.root.path().join("commands")
    }

    fn saying(mut self, answers: Vec<Answer>) -> Self {
        for answer in answers {
            self.answer(answer);
        }
        self
    }

    /// From now on Juju answers so.
    pub(crate) fn answer(&mut self, answer: Answer) {
        self.answers.push(answer);
        fs::write(self.root.path().join(ANSWERS), serde_json::to_vec(&self.answers).unwrap()).unwrap();
    }

    /// From now on Juju answers a call that begins so, with this.
    pub(crate) fn juju_says(&mut self, begins: &str, stdout: &str) {
        self.answer(Answer::says(begins, stdout));
    }

    /// From now on Juju refuses a call that begins so.
    pub(crate) fn juju_refuses(&mut self, begins: &str, stderr: &str) {
        self.answer(Answer::refuses(begins, stderr));
    }

    /// From now on this handler plays these steps.
    pub(crate) fn script(&mut self, handler: &str, steps: &str) {
        self.script.insert(handler.to_owned(), steps.to_owned());
        let lines: Vec<String> =
            self.script.iter().map(|(name, steps)| format!("{name}: {steps}\n")).collect();
        fs::write(self.charm_dir().join(SCRIPT), lines.concat()).unwrap();
    }

    /// A dispatch of a hook, by its name.
    pub(crate) fn hook(&self, name: &str) -> Dispatch<'_> {
        self.dispatch(&format!("hooks/{name}"))
    }

    /// A dispatch of a relation's hook, which `unit` on the other side caused.
    pub(crate) fn relation_hook(&self, name: &str, relation: &str, unit: &str) -> Dispatch<'_> {
        let app = unit.split('/').next().unwrap();
        self.hook(name)
            .with("JUJU_RELATION", relation.split(':').next().unwrap())
            .with("JUJU_RELATION_ID", relation)
            .with("JUJU_REMOTE_APP", app)
            .with("JUJU_REMOTE_UNIT", unit)
    }

    /// A dispatch of an action.
    pub(crate) fn action(&self, name: &str) -> Dispatch<'_> {
        self.dispatch(&format!("actions/{name}")).with("JUJU_ACTION_NAME", name).with("JUJU_ACTION_UUID", "7")
    }

    pub(crate) fn dispatch(&self, path: &str) -> Dispatch<'_> {
        self.start(&[]).with("JUJU_DISPATCH_PATH", path)
    }

    /// What an operator types in the charm directory: no variable of Juju's is there.
    pub(crate) fn operator(&self, arguments: &[&str]) -> Ran {
        self.start(arguments).without("JUJU_CHARM_DIR").without("JUJU_UNIT_NAME").run()
    }

    pub(crate) fn start(&self, arguments: &[&str]) -> Dispatch<'_> {
        let variables = [
            ("PATH", self.commands().into_os_string()),
            ("JUJU_CHARM_DIR", self.charm_dir().into_os_string()),
            ("JUJU_UNIT_NAME", "subject/0".into()),
        ];
        Dispatch {
            unit: self,
            arguments: arguments.iter().map(Into::into).collect(),
            variables: variables.into_iter().map(|(name, value)| (name.into(), value)).collect(),
            user: None,
        }
    }

    /// Puts copies of the executables in place and opens the way to them, for a process of another user.
    pub(crate) fn reachable(&self, executable: &str) {
        let copies =
            [(self.charm_dir().join("dispatch"), executable), (self.commands().join("juju-log"), FAKE)];
        for (path, original) in copies {
            fs::remove_file(&path).unwrap();
            fs::copy(original, path).unwrap();
        }
        // The charm and the commands note what they do.
        for notes in [self.root.path().join(CALLS), self.charm_dir().join(RAN)] {
            fs::write(&notes, "").unwrap();
            set_mode(&notes, 0o666);
        }
        set_mode(self.root.path(), 0o755);
    }

    /// The calls of commands that the last process has made so far.
    pub(crate) fn calls(&self) -> Vec<Call> {
        let calls = lines(&self.root.path().join(CALLS));
        calls.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Everything that is stored, as text; and how many commits there were.
    ///
    /// Looked at in a copy: nothing of the unit's own files is touched.
    pub(crate) fn stored(&self) -> (u64, BTreeMap<String, String>) {
        if !self.state_dir().exists() {
            return (0, BTreeMap::new());
        }
        let copy = tempfile::tempdir().unwrap();
        let directory = copy.path().join(".unit-state");
        copy_all(&self.state_dir(), &directory);
        let store = SledStore::open(&directory).unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let records = store.scan(b"").unwrap().into_iter().map(|(key, value)| (text(key), text(value)));
        (store.seq(), records.collect())
    }

    /// One stored field, as JSON.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        self.stored().1.remove(&format!("field/{name}"))
    }

    /// The queue as the operator is shown it, a line for each entry.
    pub(crate) fn queue(&self) -> Vec<String> {
        let shown = self.operator(&["queue"]);
        assert_eq!(shown.code, Some(0), "{shown:?}");
        shown.stdout.lines().map(str::to_owned).collect()
    }

    /// Every file of the charm directory, with what changes when somebody writes to it.
    pub(crate) fn listing(&self) -> Vec<String> {
        let mut lines = Vec::new();
        list(&self.charm_dir(), &mut lines);
        lines.sort();
        lines
    }
}

fn list(path: &Path, lines: &mut Vec<String>) {
    let found = fs::symlink_metadata(path).unwrap();
    lines.push(format!(
        "{} inode {} mode {:o} size {} modified {}.{} changed {}.{}",
        path.display(),
        found.ino(),
        found.mode(),
        found.size(),
        found.mtime(),
        found.mtime_nsec(),
        found.ctime(),
        found.ctime_nsec(),
    ));
    if found.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            list(&entry.unwrap().path(), lines);
        }
    }
}

pub(crate) fn copy_all(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_all(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A process about to be started.
pub(crate) struct Dispatch<'u> {
    unit: &'u Unit,
    arguments: Vec<OsString>,
    variables: BTreeMap<OsString, OsString>,
    user: Option<u32>,
}

impl Dispatch<'_> {
    pub(crate) fn with(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.variables.insert(name.into(), value.as_ref().to_owned());
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.variables.remove(OsStr::new(name));
        self
    }

    /// As another user. Only root can start such a process, and the unit must be [`Unit::reachable`] for it.
    pub(crate) fn under_user(mut self, user: u32) -> Self {
        self.user = Some(user);
        self
    }

    /// As somebody whom a file's mode keeps out: anybody but root.
    pub(crate) fn kept_out_by_modes(self) -> Self {
        if is_root() { self.under_user(NOBODY) } else { self }
    }

    /// The process, not yet started.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(self.unit.charm_dir().join("dispatch"));
        command.args(&self.arguments).env_clear().envs(&self.variables);
        command.current_dir(self.unit.charm_dir()).stdin(Stdio::null());
        if let Some(user) = self.user {
            command.uid(user).gid(user);
        }
        command
    }

    /// Runs it to its end, and takes what is seen of it.
    pub(crate) fn run(self) -> Ran {
        let calls = self.unit.root.path().join(CALLS);
        let ran = self.unit.charm_dir().join(RAN);
        for earlier in [&calls, &ran] {
            // Neither made nor touched without need: tests compare what the charm's process did.
            if fs::metadata(earlier).is_ok_and(|earlier| earlier.len() > 0) {
                fs::write(earlier, "").unwrap();
            }
        }
        let output = self.command().output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran {
            code: output.status.code(),
            signal: output.status.signal(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            calls: self.unit.calls(),
            handlers: lines(&ran),
        }
    }
}

fn lines(path: &Path) -> Vec<String> {
    fs::read_to_string(path).unwrap_or_default().lines().map(str::to_owned).collect()
}

/// What is seen of a process that has ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) signal: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) calls: Vec<Call>,
    /// The handlers that ran, and what they noted.
    pub(crate) handlers: Vec<String>,
}

impl Ran {
    /// That it exited 0 and had nothing to complain about.
    #[track_caller]
    pub(crate) fn succeeds(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:#?}");
        assert_eq!(self.stderr, "", "{self:#?}");
        self
    }

    /// That it exited 1, for Juju to try it again.
    #[track_caller]
    pub(crate) fn fails(self) -> Self {
        assert_eq!(self.code, Some(1), "{self:#?}");
        self
    }

    /// The calls of one command: its arguments, joined.
    pub(crate) fn calls_of(&self, name: &str) -> Vec<String> {
        self.calls.iter().filter(|call| call.argv[0] == name).map(|call| call.argv[1..].join(" ")).collect()
    }

    /// The names of the commands that were called, but for `juju-log`.
    pub(crate) fn commands(&self) -> Vec<&str> {
        self.calls.iter().map(|call| call.argv[0].as_str()).filter(|name| *name != "juju-log").collect()
    }

    /// The lines that Juju was given for its log, each after its level.
    pub(crate) fn log(&self) -> Vec<String> {
        let calls = self.calls.iter().filter(|call| call.argv[0] == "juju-log");
        let lines = calls.flat_map(|call| {
            let [_, option, level, dashes, text] = call.argv.as_slice() else { panic!("{call:?}") };
            assert_eq!((option.as_str(), dashes.as_str()), ("--log-level", "--"));
            text.lines().map(move |line| format!("{level}: {line}"))
        });
        lines.collect()
    }

    /// The one line of the log that holds `words`.
    #[track_caller]
    pub(crate) fn logged(&self, words: &str) -> String {
        let mut found: Vec<String> = self.log().into_iter().filter(|line| line.contains(words)).collect();
        assert_eq!(found.len(), 1, "one line with {words:?} expected in {self:#?}");
        found.remove(0)
    }

    /// Whether this handler ran, and nothing noted hides it.
    pub(crate) fn handled(&self, handler: &str) -> bool {
        self.handlers.iter().any(|line| line == handler)
    }

    /// The handlers that ran, without what they noted.
    pub(crate) fn names(&self) -> Vec<&str> {
        let is_name = |line: &&str| !line.contains(['=', ' ']);
        self.handlers.iter().map(String::as_str).filter(is_name).collect()
    }
}

/// A user that owns nothing.
pub(crate) const NOBODY: u32 = 65534;

/// Whether this process may do everything, starting others as another user included.
pub(crate) fn is_root() -> bool {
    rustix::process::getuid().is_root()
}

pub(crate) fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}
