//! The runtime's hook commands against the simulated ones: what a charm writes is what it reads, whatever it is.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use charm_meta::Metadata;
use charm_runtime::hook_command::{
    HookCommand, Output, Transport, open_port, opened_ports, opened_ports_by_endpoint, relation_get,
    relation_get_app, relation_ids, relation_set, state_delete, state_get, state_get_key, state_set,
};
use charm_runtime::{Error, Port};
use charm_testing::hook_command::{self, Call};
use charm_testing::model::{HookContext, Model};

const APP: &str = "provides:\n  web: {interface: http}\n";

/// A hook of a leader with a relation, as a way to Juju.
struct Simulated(RefCell<(Model, HookContext)>);

impl Simulated {
    fn new() -> Self {
        let charm = |name: &str, declared: &str| {
            Metadata::parse(&format!("name: {name}\nsummary: s\ndescription: d\n{declared}")).unwrap()
        };
        let mut model = Model::new(1);
        model.deploy("app", charm("app", APP), 1).unwrap();
        model.deploy("web", charm("web", "requires:\n  backend: {interface: http}\n"), 1).unwrap();
        model.integrate("app", "web").unwrap();
        loop {
            let context = model.next().unwrap();
            if context.unit().to_string() == "app/0" && context.hook().name() == "start" {
                return Self(RefCell::new((model, context)));
            }
            model.finish(context, &charm_testing::model::Exit::Code(0));
        }
    }
}

impl Transport for Simulated {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        let (model, context) = &mut *self.0.borrow_mut();
        let call = Call {
            command: command.name(),
            args: command.arguments(),
            dir: Path::new("/"),
            stdin: command.standard_input(),
        };
        Ok(match hook_command::run(&mut model.view(context).unwrap(), &call) {
            Ok(answer) => Output { code: answer.code, stdout: answer.stdout, stderr: answer.stderr },
            Err(error) => Output { code: 1, stderr: error.to_string().into(), ..Output::default() },
        })
    }
}

/// SplitMix64: the same strings on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }

    /// Mostly what readers of YAML and JSON stumble over.
    fn character(&mut self) -> char {
        const ODD: &[char] = &[
            ' ', '\t', '\n', '\r', '\0', '\u{1}', '\u{1b}', '\u{7f}', '\u{80}', '\u{85}', '\u{9f}', '\u{a0}',
            '\u{2028}', '\u{2029}', '\u{feff}', '\u{fffe}', '\u{ffff}', '\u{fffd}', '\u{d7ff}', '\u{e000}',
            '😀', 'é', '"', '\'', '\\', '/', '{', '}', '[', ']', ',', ':', '?', '-', '#', '&', '*', '!', '|',
            '>', '%', '@', '`', '~', '=', '<', 'n', 'u', '0', '1', 'e', '+',
        ];
        match self.below(4) {
            0 => char::from_u32(u32::try_from(self.below(0x11_0000)).unwrap()).unwrap_or('s'),
            1 => char::from(u8::try_from(32 + self.below(95)).unwrap()),
            _ => ODD[self.below(ODD.len())],
        }
    }

    fn text(&mut self, most: usize) -> String {
        const WORDS: &[&str] =
            &["null", "~", "true", "1e+06", "0x10", "<<", "- a", "? b", "2020-01-01", " ", "---"];
        match self.below(8) {
            0 => WORDS[self.below(WORDS.len())].to_owned(),
            _ => (0..self.below(most)).map(|_| self.character()).collect(),
        }
    }

    fn map(&mut self, longest_key: usize) -> BTreeMap<String, String> {
        let entries = 1 + self.below(6);
        let mut key = || match self.text(longest_key) {
            key if key.is_empty() => "k".to_owned(),
            key => key,
        };
        let keys: Vec<String> = (0..entries).map(|_| key()).collect();
        keys.into_iter().map(|key| (key, self.text(40))).collect()
    }
}

#[test]
fn any_databag_reads_back_identical() {
    let juju = Simulated::new();
    let relation = relation_ids(&juju, "web").unwrap().remove(0);
    let mut random = Random(7);
    for round in 0..400 {
        // Some keys are longer than YAML's reader looks for one.
        let longest_key = if round % 8 == 0 { 3000 } else { 40 };
        for app in [false, true] {
            let read = || {
                if app {
                    relation_get_app(&juju, &relation, "app").unwrap()
                } else {
                    relation_get(&juju, &relation, "app/0").unwrap()
                }
            };
            let before = read();
            let written = random.map(longest_key);
            relation_set(&juju, &relation, app, &written).unwrap();
            let mut expected = before;
            expected.extend(written.clone());
            // An empty value deletes.
            expected.retain(|_, value| !value.is_empty());
            assert_eq!(read(), expected, "{written:?}");
            let cleared = expected.into_keys().map(|key| (key, String::new())).collect();
            relation_set(&juju, &relation, app, &cleared).unwrap();
            assert!(read().is_empty());
        }
    }
}

#[test]
fn any_state_reads_back_identical() {
    let juju = Simulated::new();
    assert!(state_get(&juju).unwrap().is_empty(), "state that was never made is null");
    let mut random = Random(11);
    for _ in 0..400 {
        let written = random.map(60);
        state_set(&juju, &written).unwrap();
        assert_eq!(state_get(&juju).unwrap(), written);
        for (key, value) in &written {
            assert_eq!(state_get_key(&juju, key).unwrap().as_ref(), Some(value), "{key:?}");
            state_delete(&juju, key).unwrap();
            assert_eq!(state_get_key(&juju, key).unwrap(), None, "{key:?}");
        }
        assert!(state_get(&juju).unwrap().is_empty());
    }
}

#[test]
fn ports_are_listed_as_they_were_opened() {
    let juju = Simulated::new();
    let opened = [Port::ICMP, Port::tcp(80), Port::tcp_range(8080, 8088), Port::udp(53)];
    for port in opened {
        open_port(&juju, port, &["web"]).unwrap();
    }
    assert_eq!(opened_ports(&juju).unwrap(), opened);
    let by_endpoint = opened_ports_by_endpoint(&juju).unwrap();
    assert!(by_endpoint.iter().all(|opened| opened.endpoints == ["web"]));
    let conflict = open_port(&juju, Port::tcp_range(70, 80), &[]).unwrap_err();
    assert!(conflict.is_port_conflict(), "{conflict}");
}
