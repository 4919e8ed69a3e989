//! A directory for one test with charms of one script, and calls of `juju` on models that lie in it.

#![allow(dead_code, reason = "each test program uses its part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

pub(crate) struct Place(tempfile::TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        symlink(env!("CARGO_BIN_EXE_cargo-charm"), place.path().join("juju")).unwrap();
        place
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, path: &str, content: &str) -> &Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// A charm that is one script of the shell; `$hook` is the hook's or action's name.
    pub(crate) fn charm(&self, name: &str, declarations: &str, script: &str) -> &Self {
        let charmcraft = format!("name: {name}\nsummary: A test\ndescription: A test\n{declarations}");
        self.write(&format!("{name}/charmcraft.yaml"), &charmcraft);
        let dispatch = format!("{name}/dispatch");
        self.write(&dispatch, &format!("#!/bin/sh\nhook=${{JUJU_DISPATCH_PATH##*/}}\n{script}\n"));
        fs::set_permissions(self.path().join(dispatch), fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    /// The program under the name `juju`, with its models in this place.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(self.path().join("juju"));
        command.args(args).current_dir(self.path()).env("JUJU_DATA", self.path().join("data"));
        command.env_remove("JUJU_MODEL").env_remove("CHARM_JUJU_WAIT").env_remove("CHARM_PYTHON");
        command
    }

    pub(crate) fn juju(&self, args: &[&str]) -> Outcome {
        Outcome::of(self.command(args).output().unwrap())
    }

    /// What a call that succeeds prints.
    #[track_caller]
    pub(crate) fn ok(&self, args: &[&str]) -> String {
        self.juju(args).succeeded().stdout
    }

    /// What a call that succeeds prints as JSON.
    #[track_caller]
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let text = self.ok(&[args, &["--format", "json"]].concat());
        serde_json::from_str(&text).unwrap()
    }

    pub(crate) fn spawn(&self, args: &[&str]) -> Child {
        self.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// The directory of the model that is there without having been asked for.
    pub(crate) fn model(&self) -> PathBuf {
        self.path().join("data/cargo-charm/models/local")
    }

    /// The workload status of a unit and its message.
    #[track_caller]
    pub(crate) fn workload(&self, unit: &str) -> (String, String) {
        let status = self.json(&["status"]);
        let application = unit.split('/').next().unwrap();
        let unit = &status["applications"][application]["units"][unit]["workload-status"];
        let text = |key: &str| unit[key].as_str().unwrap_or_default().to_owned();
        (text("current"), text("message"))
    }

    /// The hooks that have run, in the order of the log: `unit-hello-0 install`.
    pub(crate) fn hooks(&self) -> Vec<String> {
        let log = self.ok(&["debug-log"]);
        let ran = |line: &str| {
            let (unit, rest) = line.split_once(": ")?;
            let hook = rest.split_once("ran \"")?.1.strip_suffix("\" hook")?;
            Some(format!("{unit} {hook}"))
        };
        log.lines().filter_map(ran).collect()
    }
}

pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert_eq!(self.code, Some(0), "{}\n{}", self.stdout, self.stderr);
        self
    }

    /// Checks that it failed with code 1, and that its last line was `ERROR ` and these words.
    #[track_caller]
    pub(crate) fn failed_with(self, words: &str) -> Self {
        assert_eq!(self.code, Some(1), "{}\n{}", self.stdout, self.stderr);
        let last = self.stderr.lines().last().unwrap_or_default();
        assert!(last.starts_with("ERROR ") && last.contains(words), "not {words:?}:\n{}", self.stderr);
        self
    }
}
