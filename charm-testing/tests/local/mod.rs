//! A local Juju with charms that are shell scripts.

#![allow(dead_code, reason = "each test program uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use charm_meta::Metadata;
use charm_testing::agent::{Agent, Rest};
use charm_testing::model::{LogLine, Model, UnitName};

/// A model, its agent, and what they leave behind.
pub(crate) struct Local {
    pub(crate) model: Model,
    pub(crate) agent: Agent,
    pub(crate) log: Vec<LogLine>,
    directory: tempfile::TempDir,
}

/// The beginning of every script: it records which hook it is run for.
const RECORD: &str = "#!/bin/sh\nset -u\n\
    record() { echo \"$*\" >> \"$CHARM_DIR/record\"; }\n\
    hook=${JUJU_DISPATCH_PATH#*/}\n\
    record \"$hook${JUJU_REMOTE_UNIT:+ $JUJU_REMOTE_UNIT}\"\n";

pub(crate) fn unit(name: &str) -> UnitName {
    name.parse().unwrap()
}

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_charm-hook-command"))
}

impl Local {
    pub(crate) fn new() -> Self {
        Self::with_seed(0)
    }

    pub(crate) fn with_seed(seed: u64) -> Self {
        Self::with(seed, "work")
    }

    /// One whose agent works in that directory, below one of the test's own.
    pub(crate) fn in_directory(work: &str) -> Self {
        Self::with(0, work)
    }

    fn with(seed: u64, work: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let agent = Agent::new(&directory.path().join(work), program()).unwrap();
        Self { model: Model::new(seed), agent, log: Vec::new(), directory }
    }

    /// Deploys a charm whose `dispatch` records its hook and then does what `script` says.
    pub(crate) fn deploy(&mut self, name: &str, declarations: &str, script: &str, units: u32) {
        let charm = self.charm_source(name);
        fs::create_dir_all(&charm).unwrap();
        write_executable(&charm.join("dispatch"), &format!("{RECORD}{script}\n"));
        self.deploy_directory(name, declarations, units);
    }

    /// Deploys what lies in [`Local::charm_source`].
    pub(crate) fn deploy_directory(&mut self, name: &str, declarations: &str, units: u32) {
        let text = format!("name: {name}\nsummary: A test\ndescription: A test\n{declarations}");
        let metadata = Metadata::parse(&text).unwrap();
        self.model.deploy(name, metadata, units).unwrap();
        let charm = self.charm_source(name);
        self.agent.set_charm(name, &charm);
    }

    /// Gives an application what lies in [`Local::charm_source`] now as its next revision.
    pub(crate) fn refresh(&mut self, name: &str, declarations: &str) {
        let text = format!("name: {name}\nsummary: A test\ndescription: A test\n{declarations}");
        self.model.refresh(name, Metadata::parse(&text).unwrap()).unwrap();
    }

    /// As if the program had been started again.
    pub(crate) fn restart_agent(&mut self) {
        self.agent = Agent::new(&self.directory.path().join("work"), program()).unwrap();
    }

    pub(crate) fn charm_source(&self, name: &str) -> PathBuf {
        self.directory.path().join("charms").join(name)
    }

    /// Runs everything that is due.
    pub(crate) fn settle(&mut self) {
        let log = &mut self.log;
        let rest = self.agent.settle(&mut self.model, 500, &mut |line| log.push(line.clone())).unwrap();
        assert_eq!(rest, Rest::Reached, "{:#?}", self.log);
    }

    /// What the unit's scripts have recorded, a line each.
    pub(crate) fn record(&self, unit_name: &str) -> Vec<String> {
        self.file(unit_name, "record").lines().map(str::to_owned).collect()
    }

    /// What the unit's scripts have recorded since the last call.
    pub(crate) fn take_record(&self, unit_name: &str) -> Vec<String> {
        let record = self.record(unit_name);
        let _ = fs::remove_file(self.agent.charm_directory(&unit(unit_name)).join("record"));
        record
    }

    /// A file that the unit's scripts have written into their charm directory; empty if they haven't.
    pub(crate) fn file(&self, unit_name: &str, file: &str) -> String {
        fs::read_to_string(self.agent.charm_directory(&unit(unit_name)).join(file)).unwrap_or_default()
    }

    /// Has all later hooks of the unit do something else.
    pub(crate) fn write_hook(&self, unit_name: &str, script: &str) {
        let dispatch = self.agent.charm_directory(&unit(unit_name)).join("dispatch");
        write_executable(&dispatch, &format!("{RECORD}{script}\n"));
    }

    pub(crate) fn status(&self, unit_name: &str) -> (String, String) {
        let (kind, message) = self.model.unit(&unit(unit_name)).unwrap().shown_status();
        (kind.to_string(), message)
    }

    /// The log as `LEVEL module message`.
    pub(crate) fn log_lines(&self) -> Vec<String> {
        let line = |line: &LogLine| format!("{} {} {}", line.level, line.module, line.message);
        self.log.iter().map(line).collect()
    }
}

pub(crate) fn write_executable(path: &Path, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}
