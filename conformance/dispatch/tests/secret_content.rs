//! Content reads back as it was written, through a reader that is as particular as Juju's.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::cell::RefCell;
use std::path::Path;

use charm_meta::Metadata;
use charm_runtime::hook_command::{
    HookCommand, Output, OwnSecret, SecretAdd, SecretGet, SecretSet, Transport, secret_add, secret_get,
    secret_ids, secret_info_get, secret_remove, secret_set,
};
use charm_runtime::{Error, RawSecret, RotatePolicy, SecretId, SecretOwner};
use charm_testing::hook_command::{self, Call};
use charm_testing::model::{Exit, Hook, HookContext, JujuVersion, Model};

/// The way to a unit's Juju, in memory.
struct InMemory(RefCell<(Model, HookContext)>);

impl InMemory {
    fn new(version: JujuVersion) -> Self {
        let mut model = Model::new(0);
        model.set_version(version);
        let charm = Metadata::parse("name: app\nsummary: s\ndescription: d\n").unwrap();
        model.deploy("app", charm, 1).unwrap();
        while let Some(context) = model.next() {
            model.finish(context, &Exit::Code(0));
        }
        let context = model.begin(&"app/0".parse().unwrap(), Hook::UpdateStatus);
        Self(RefCell::new((model, context)))
    }

    /// Ends the hook well, and begins another.
    fn commit(self) -> Self {
        let (mut model, context) = self.0.into_inner();
        model.finish(context, &Exit::Code(0));
        let unit = "app/0".parse().unwrap();
        let failure = model.unit(&unit).and_then(|unit| unit.failure.clone());
        assert!(failure.is_none(), "{failure:?}");
        let context = model.begin(&unit, Hook::UpdateStatus);
        Self(RefCell::new((model, context)))
    }
}

impl Transport for InMemory {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        let (model, context) = &mut *self.0.borrow_mut();
        let args = command.arguments_with_content();
        let call = Call { command: command.name(), args: &args, dir: Path::new("/"), stdin: None };
        let answer = hook_command::run(&mut model.view(context).unwrap(), &call).unwrap();
        Ok(Output { code: answer.code, stdout: answer.stdout, stderr: answer.stderr })
    }
}

/// Strings that differ from each other in every way that a reader could be wrong about; the same each time.
fn texts() -> impl Iterator<Item = String> {
    const PARTS: [&str; 24] = [
        " ", "\n", "\r\n", "\t", "=", "==", "#file=", "#base64=", "--", "'", "\"", "\\", ":", "null", "~",
        "{}", "1e+06", "\u{7f}", "\u{85}", "\u{feff}", "\u{0}", "😀", "é", "x",
    ];
    let mut state: u64 = 1;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    (0..300).map(move |_| (0..=next(6)).map(|_| PARTS[next(PARTS.len())]).collect())
}

#[test]
fn any_content_reads_back_identical() {
    for version in [JujuVersion::V3_6, JujuVersion::V4_0] {
        let mut juju = InMemory::new(version);
        let mut ids: Vec<(SecretId, RawSecret)> = Vec::new();
        let mut texts = texts();
        while let (Some(one), Some(other)) = (texts.next(), texts.next()) {
            let content = RawSecret::from([("one", one), ("other-key", other)]);
            let id = match ids.first() {
                // Half of them are new revisions.
                Some((id, _)) if ids.len() % 2 == 0 => {
                    let id = id.clone();
                    secret_set(&juju, &id, Some(&content), &SecretSet::default()).unwrap();
                    ids.retain(|(known, _)| *known != id);
                    id
                }
                _ => secret_add(&juju, &content, &SecretAdd::default()).unwrap(),
            };
            juju = juju.commit();
            ids.push((id, content));
            let (id, content) = ids.last().unwrap();
            assert!(secret_get(&juju, &SecretGet::of(id).peek()).unwrap() == *content, "{id}");
        }
        for (id, content) in &ids {
            assert!(secret_get(&juju, &SecretGet::of(id).peek()).unwrap() == *content, "{id}");
        }
        let mut known: Vec<SecretId> = ids.into_iter().map(|(id, _)| id).collect();
        known.sort();
        assert_eq!(secret_ids(&juju).unwrap(), known);
    }
}

#[test]
fn what_is_told_of_a_secret_is_what_was_said() {
    let juju = InMemory::new(JujuVersion::V3_6);
    let options = SecretAdd {
        owner: SecretOwner::Unit,
        label: Some("admin:7"),
        description: Some("--what = \"for\"?"),
        expire: Some(std::time::Duration::from_secs(86_400).into()),
        rotate: Some(RotatePolicy::Yearly),
    };
    let id = secret_add(&juju, &RawSecret::from([("key", "value")]), &options).unwrap();
    let juju = juju.commit();
    let info = secret_info_get(&juju, OwnSecret::Label("admin:7")).unwrap();
    assert_eq!((&info.id, info.revision, info.owner), (&id, 1, SecretOwner::Unit));
    assert_eq!(info.description.as_deref(), Some("--what = \"for\"?"));
    assert_eq!(info.rotate, Some(RotatePolicy::Yearly));
    assert!(info.expires.is_some() && info.rotates.is_some());
    secret_remove(&juju, &id, None).unwrap();
    let juju = juju.commit();
    assert!(secret_info_get(&juju, OwnSecret::Id(&id)).unwrap_err().is_not_found());
    assert!(secret_get(&juju, &SecretGet::of(&id)).unwrap_err().is_not_found());
}

/// What is taken here is what Juju takes: neither more nor less.
#[test]
fn limits_are_jujus_own() {
    let juju = InMemory::new(JujuVersion::V4_0);
    let content = |size| RawSecret::from([("key", "x".repeat(size))]);
    secret_add(&juju, &content(750_000), &SecretAdd::default()).unwrap();
    let error = secret_add(&juju, &content(750_001), &SecretAdd::default()).unwrap_err();
    assert!(error.is_invalid(), "{error}");
    let juju = InMemory::new(JujuVersion::V3_6);
    secret_add(&juju, &content(6144), &SecretAdd::default()).unwrap();
    let error = secret_add(&juju, &content(6145), &SecretAdd::default()).unwrap_err();
    assert!(error.to_string().contains("too large: 8196 bytes"), "{error}");
}
