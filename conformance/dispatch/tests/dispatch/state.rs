//! What is stored, from one process to the next and from one revision to the next.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::rc::Rc;
use std::time::Instant;

use charm_runtime::hook_command::{HookCommand, Output, Transport};
use charm_runtime::prelude::*;
use charm_runtime::{DiskHome, Environment, Error, Exit, Host, dispatch};
use serde::{Deserialize, Serialize};

use super::unit::{LATER, SUBJECT, set_mode, subject};

#[test]
fn what_one_process_stored_the_next_one_reads() {
    let mut unit = subject();
    unit.script("install", "store colour=red; store empty=; count");
    unit.hook("install").run().succeeds();
    unit.script("update_status", "read colour; read empty; read missing; count; forget colour; read colour");
    let ran = unit.hook("update-status").run().succeeds();
    let noted: Vec<_> = ran.handlers.iter().filter(|line| line.starts_with("update_status ")).collect();
    assert_eq!(
        noted,
        [
            "update_status colour=Some(\"red\")",
            "update_status empty=Some(\"\")",
            "update_status missing=None",
            "update_status colour=None"
        ]
    );
    let keys: Vec<_> = unit.stored().1.into_iter().collect();
    assert_eq!(keys, [("field/count".into(), "2".into()), ("field/notes/empty".into(), "\"\"".into())]);
}

#[test]
fn a_renamed_field_is_read_under_its_old_name_and_renaming_the_struct_loses_nothing() {
    let mut unit = subject();
    unit.script("install", "count; store colour=red");
    unit.hook("install").run().succeeds();
    unit.upgrade(LATER);
    unit.script("update_status", "count; read colour");
    let ran = unit.hook("update-status").run().succeeds();
    assert!(ran.handled("update_status colour=Some(\"red\")"), "{ran:#?}");
    assert_eq!(unit.field("counted").as_deref(), Some("2"));
    assert_eq!(unit.field("count"), None);
}

#[test]
fn what_a_revision_does_not_know_is_left_alone() {
    let mut unit = subject();
    unit.upgrade(LATER);
    unit.script("update_status", "count");
    unit.hook("update-status").run().succeeds();
    unit.upgrade(SUBJECT);
    unit.hook("update-status").run().succeeds();
    assert_eq!(unit.field("counted").as_deref(), Some("1"));
    assert_eq!(unit.field("count").as_deref(), Some("1"));
}

#[test]
fn a_stored_value_of_another_type_is_an_error_and_stays() {
    let mut unit = subject();
    unit.script("install", "count");
    unit.hook("install").run().succeeds();
    {
        use charm_runtime::state::{Batch, SledStore, StateStore as _};
        let mut batch = Batch::new();
        batch.put("field/count", "\"hunter2\"");
        SledStore::open(&unit.state_dir()).unwrap().commit(batch).unwrap();
    }
    let ran = unit.hook("install").run().fails();
    ran.logged("handler `install`: stored field `count`: what is stored is not of the field's type any more");
    assert!(!ran.log().join("").contains("hunter2"), "what is stored is not for the log: {ran:#?}");
    assert_eq!(unit.field("count").as_deref(), Some("\"hunter2\""));
}

#[test]
fn the_state_is_closed_to_other_users_and_stays_so() {
    fn modes(directory: &std::path::Path, found: &mut Vec<(String, u32)>) {
        for entry in fs::read_dir(directory).unwrap() {
            let entry = entry.unwrap();
            let metadata = entry.metadata().unwrap();
            let mode = metadata.permissions().mode() & 0o777;
            let expected = if metadata.is_dir() { 0o700 } else { 0o600 };
            if mode != expected {
                found.push((entry.path().display().to_string(), mode));
            }
            if metadata.is_dir() {
                modes(&entry.path(), found);
            }
        }
    }
    let mut unit = subject();
    unit.script("update_status", &format!("count; store long={}; defer not yet", "x".repeat(20_000)));
    unit.hook("update-status").run().succeeds();
    let mut open = Vec::new();
    modes(&unit.state_dir(), &mut open);
    assert_eq!(open, []);

    set_mode(&unit.state_dir().join("store/db"), 0o644);
    set_mode(&unit.state_dir(), 0o755);
    unit.hook("update-status").run().succeeds();
    modes(&unit.state_dir(), &mut open);
    assert_eq!(open, []);
    assert_eq!(fs::metadata(unit.state_dir()).unwrap().permissions().mode() & 0o777, 0o700);
}

/// One value of everything that a charm may want to keep.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
struct Everything {
    nothing: Option<u8>,
    nested_nothing: Vec<Option<bool>>,
    flag: bool,
    whole: i64,
    large: u64,
    real: f64,
    text: String,
    bytes: Vec<u8>,
    list: Vec<String>,
    map: BTreeMap<String, Vec<i32>>,
    set: BTreeSet<(u8, char)>,
    inner: Option<Box<Everything>>,
}

fn everything() -> Everything {
    Everything {
        nothing: None,
        nested_nothing: vec![None, Some(true), None],
        flag: true,
        whole: i64::MIN,
        large: u64::MAX,
        real: 0.1 + 0.2,
        text: "a\0\u{7f}\u{2028}é😀\"\\\n".to_owned(),
        bytes: (0..=255).collect(),
        list: vec![String::new(), "b".to_owned()],
        map: [("a".to_owned(), vec![]), (String::new(), vec![-1, 0])].into(),
        set: [(1, 'a'), (0, '\u{10ffff}')].into(),
        inner: None,
    }
}

#[charm(metadata_str = "{name: keeper, summary: s, description: d}")]
#[derive(Debug, Default)]
struct Keeper {
    value: Stored<Everything>,
    option: Stored<Option<u32>>,
    zero: Stored<u32>,
    empty: Stored<String>,
}

#[charm(metadata_str = "{name: keeper, summary: s, description: d}")]
impl Keeper {
    #[on(install)]
    fn install(&mut self) {
        self.value.set(Everything { inner: Some(Box::new(everything())), ..everything() });
        self.option.set(Some(1));
        self.zero.set(0);
        self.empty.set(String::new());
    }

    /// Changes nested values in place.
    #[on(start)]
    fn start(&mut self) -> Result<()> {
        let inner = self.value.get_mut()?.inner.as_mut().context("stored by install")?;
        ensure!(**inner == everything());
        inner.map.entry("a".to_owned()).or_default().push(7);
        self.option.set(None);
        Ok(())
    }

    #[on(update_status)]
    fn check(&mut self) -> Result<()> {
        let inner = self.value.get()?.inner.as_ref().context("stored by install")?;
        ensure!(inner.map["a"] == [7]);
        ensure!(*self.value.get()? == Everything { inner: Some(inner.clone()), ..everything() });
        ensure!(self.option.get()?.is_none() && *self.zero.get()? == 0 && self.empty.get()?.is_empty());
        Ok(())
    }
}

struct Silent;

impl Transport for Silent {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        assert_eq!(command.name(), "juju-log");
        panic!("{command}")
    }
}

#[test]
fn every_kind_of_value_comes_back_as_itself_changed_in_place_or_not() {
    let directory = tempfile::tempdir().unwrap();
    for hook in ["install", "start", "update-status"] {
        let variables = [("JUJU_DISPATCH_PATH", format!("hooks/{hook}"))];
        let finished = dispatch::<Keeper>(Host {
            environment: variables.into_iter().collect::<Environment>(),
            transport: Box::new(Silent),
            clock: Box::new(Instant::now),
            home: Rc::new(DiskHome::new(directory.path())),
        });
        assert_eq!(finished.exit, Exit::Success, "{hook}");
    }
}
