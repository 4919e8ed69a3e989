//! What a charm writes to a databag, read back from a Juju that reads its standard input as Juju does.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use charm_meta::Metadata;
use charm_runtime::hook_command::{HookCommand, Output, Transport, relation_get, relation_set};
use charm_runtime::{Error, RelationId};
use charm_testing::hook_command::{self, Call};
use charm_testing::model::{HookContext, Model};

/// A hook of a unit with a relation.
struct Hook(RefCell<(Model, HookContext)>);

impl Hook {
    fn of_peers() -> Self {
        let text = "name: a\nsummary: s\ndescription: d\npeers:\n  cluster: {interface: c}\n";
        let mut model = Model::new(0);
        model.deploy("a", Metadata::parse(text).unwrap(), 1).unwrap();
        loop {
            let context = model.next().unwrap();
            if context.hook().name() == "cluster-relation-created" {
                return Self(RefCell::new((model, context)));
            }
            model.finish(context, &charm_testing::model::Exit::Code(0));
        }
    }
}

impl Transport for Hook {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        let (model, context) = &mut *self.0.borrow_mut();
        let call = Call {
            command: command.name(),
            args: command.arguments(),
            dir: Path::new("/"),
            stdin: command.standard_input(),
        };
        let answer = hook_command::run(&mut model.view(context).unwrap(), &call).unwrap();
        Ok(Output { code: answer.code, stdout: answer.stdout, stderr: answer.stderr })
    }
}

/// Pseudo-random numbers, the same in every run.
struct Seeded(u64);

impl Seeded {
    fn next(&mut self, below: u32) -> u32 {
        // Knuth's multiplier; the upper half has the better bits.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap() % below
    }

    /// Mostly of characters that some reader or other has trouble with.
    fn text(&mut self, most: u32) -> String {
        let hard: Vec<char> =
            "\0\u{1}\u{8}\t\n\r\u{1b} !\"#$%&'*+,-./:;<=>?@[\\]^_`{|}~\u{7f}\u{80}\u{85}\u{9f}\u{a0}\u{2028}\u{2029}\u{feff}\u{fffd}\u{fffe}\u{ffff}😀"
                .chars()
                .collect();
        // What YAML would take for something else than a text.
        let words = ["null", "~", "true", "on", "1e+06", "0x10", "2020-01-01", "#", "- a", "a: b", "?"];
        if self.next(8) == 0 {
            return words[self.next(11) as usize].to_owned();
        }
        let length = 1 + self.next(most);
        (0..length)
            .filter_map(|_| match self.next(3) {
                0 => char::from_u32(self.next(0x11_0000)),
                _ => Some(hard[self.next(u32::try_from(hard.len()).unwrap()) as usize]),
            })
            .collect()
    }
}

#[test]
fn any_map_of_texts_reads_back_identical() {
    let hook = Hook::of_peers();
    let relation: RelationId = "cluster:0".parse().unwrap();
    let before = relation_get(&hook, &relation, "a/0").unwrap();
    let mut seeded = Seeded(1);
    for _ in 0..500 {
        let mut written = BTreeMap::new();
        for _ in 0..seeded.next(6) {
            written.insert(seeded.text(20), seeded.text(60));
        }
        // To Juju an empty value is none; an empty key is refused.
        written.retain(|key, value| !key.is_empty() && !value.is_empty() && !before.contains_key(key));
        relation_set(&hook, &relation, false, &written).unwrap();
        let read = relation_get(&hook, &relation, "a/0").unwrap();
        let expected: BTreeMap<_, _> = before.clone().into_iter().chain(written.clone()).collect();
        assert_eq!(read, expected);
        let deleted = written.into_keys().map(|key| (key, String::new())).collect();
        relation_set(&hook, &relation, false, &deleted).unwrap();
        assert_eq!(relation_get(&hook, &relation, "a/0").unwrap(), before);
    }
}

#[test]
fn keys_of_every_length_that_is_taken_read_back() {
    let hook = Hook::of_peers();
    let relation: RelationId = "cluster:0".parse().unwrap();
    for length in [1, 127, 128, 1000] {
        let written: BTreeMap<_, _> = [("k".repeat(length), "v".to_owned())].into();
        relation_set(&hook, &relation, false, &written).unwrap();
        assert_eq!(relation_get(&hook, &relation, "a/0").unwrap()[&"k".repeat(length)], "v");
    }
}
