//! Whatever a hook command prints, and whatever the environment holds: an error at the most, never a panic.

#![allow(clippy::unwrap_used)] // on what is made here

use std::cell::RefCell;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::rc::Rc;
use std::time::Instant;

use charm_runtime::hook_command::{self as hook, HookCommand, Output, Transport};
use charm_runtime::prelude::*;
use charm_runtime::{Error, Exit, Host, MemoryHome, RelationId};

/// SplitMix64: the same answers on every machine.
#[derive(Clone)]
struct Random {
    state: Rc<RefCell<u64>>,
    /// The log's lines that tell of a panic: a dispatch makes an error of one.
    panics: Rc<RefCell<Vec<String>>>,
}

impl Random {
    fn new(seed: u64) -> Self {
        Self { state: Rc::new(RefCell::new(seed)), panics: Rc::default() }
    }

    fn below(&self, bound: usize) -> usize {
        let state = &mut *self.state.borrow_mut();
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = *state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }

    /// Something that Juju might have said, and then mutilated; or anything at all.
    fn bytes(&self) -> Vec<u8> {
        const SAID: &[&str] = &[
            "",
            "null",
            "true",
            "1e+06",
            "[]",
            "{}",
            "\"\"",
            "[\"db:1\",\"db:10\"]",
            "[\"80/tcp\",\"8080-8088/udp (a, b)\",\"icmp (*)\"]",
            "{\"kind\":\"block\",\"location\":\"/dev/sdb\"}",
            "{\"units\":{\"a/0\":{\"status\":\"active\",\"since\":\"\"}},\"relations\":{\"db\":{}}}",
            "{\"application-status\":{\"status\":\"active\",\"message\":\"\",\"units\":{}}}",
            "{\"status\":\"error\",\"message\":null,\"status-data\":{\"hook\":\"x\"}}",
            "{\"bind-addresses\":[{\"addresses\":[{\"value\":\"\\ud83d\"}]}],\"egress-subnets\":null}",
            "{\"type\":\"lxd\",\"credential\":{\"auth-type\":\"x\",\"attrs\":{\"a\":\"b\"}}}",
            "ERROR permission denied\n",
            "ERROR invalid value \"db:7\" for option -r: relation not found\n",
            "\u{feff}[\"\u{85}\"]\r\n",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        ];
        if self.below(4) == 0 {
            return (0..self.below(60)).map(|_| u8::try_from(self.below(256)).unwrap()).collect();
        }
        let mut bytes = SAID[self.below(SAID.len())].as_bytes().to_vec();
        for _ in 0..self.below(3) {
            let at = self.below(bytes.len() + 1);
            match self.below(3) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, u8::try_from(self.below(256)).unwrap()),
                _ if at < bytes.len() => bytes[at] = b'"',
                _ => {}
            }
        }
        bytes
    }
}

impl Transport for Random {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        if let Some(line) = command.arguments().iter().find(|argument| argument.contains("panicked")) {
            self.panics.borrow_mut().push(line.clone());
        }
        // Often enough what Juju does say, so that what comes after it is reached.
        if self.below(3) > 0 {
            return Ok(Output { stdout: fitting(command.name()).into(), ..Output::default() });
        }
        let code = [0, 0, 0, 1, 2, 3, -1][self.below(7)];
        Ok(Output { code, stdout: self.bytes(), stderr: self.bytes() })
    }
}

fn fitting(command: &str) -> &'static str {
    match command {
        "is-leader" => "true",
        "opened-ports" => r#"["80/tcp"]"#,
        "relation-ids" => r#"["db:7"]"#,
        "relation-list" | "secret-ids" => r#"["pg/0"]"#,
        "resource-get" => "/r/t",
        "status-get" => r#"{"status":"active","message":""}"#,
        "storage-get" => r#"{"kind":"filesystem","location":"/srv"}"#,
        "storage-list" => r#"["data/0"]"#,
        "unit-get" => r#""10.0.0.1""#,
        name if name.ends_with("-get") || name == "goal-state" => "{}",
        _ => "",
    }
}

/// A result that is an error prints one line, and tells nothing of what was printed by commands that may hold secrets.
fn look<T>(result: Result<T, Error>) -> bool {
    match result {
        Ok(_) => true,
        Err(error) => {
            let line = error.to_string();
            assert!(!line.is_empty() && !line.contains('\n') && line.len() < 4000, "{line:?}");
            let _ = (error.is_not_found(), error.is_relation_gone(), format!("{error:?}"));
            false
        }
    }
}

#[test]
fn no_answer_makes_a_command_panic() {
    let juju = Random::new(3);
    let relation: RelationId = serde_json::from_str("\"db:7\"").unwrap();
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..3000 {
        let results = [
            look(hook::action_get(&juju)),
            look(hook::config_get(&juju)),
            look(hook::credential_get(&juju)),
            look(hook::goal_state(&juju)),
            look(hook::is_leader(&juju)),
            look(hook::network_get(&juju, "db", Some(&relation))),
            look(hook::opened_ports(&juju)),
            look(hook::opened_ports_by_endpoint(&juju)),
            look(hook::relation_ids(&juju, "db")),
            look(hook::relation_list(&juju, &relation)),
            look(hook::resource_get(&juju, "tool")),
            look(hook::state_get(&juju)),
            look(hook::state_get_key(&juju, "key")),
            look(hook::status_get(&juju)),
            look(hook::status_get_app(&juju)),
            look(hook::storage_get(&juju, "data/0")),
            look(hook::storage_list(&juju, None)),
            look(hook::unit_get(&juju, hook::UnitAddress::Public)),
        ];
        taken += results.iter().filter(|taken| **taken).count();
        refused += results.iter().filter(|taken| !**taken).count();
    }
    // The test would be none if either were rare.
    assert!(taken > 3000 && refused > 3000, "{taken} taken, {refused} refused");
}

#[charm(metadata_str = "{name: a, summary: s, description: d, requires: {db: {interface: x, limit: 1}},
    storage: {data: {type: filesystem}}, resources: {tool: {type: file, filename: t}},
    config: {options: {port: {type: int, default: 80}}}, actions: {go: {}}}")]
#[derive(Default)]
struct Charm;

#[charm(metadata_str = "{name: a, summary: s, description: d, requires: {db: {interface: x, limit: 1}},
    storage: {data: {type: filesystem}}, resources: {tool: {type: file, filename: t}},
    config: {options: {port: {type: int, default: 80}}}, actions: {go: {}}}")]
impl Charm {
    /// Tries everything, and goes on whatever comes of it.
    #[on(any(also(action = "go")))]
    fn everything(
        &mut self,
        juju: &Juju,
        unit: &Unit,
        app: &App,
        model: &Model,
        ports: &Ports,
        tool: Resource<resource::Tool>,
    ) -> Result<()> {
        let _ = (unit.name(), unit.number(), unit.machine_id(), unit.principal(), unit.status());
        let _ = (app.name(), app.planned_units(), model.name(), model.uuid(), model.cloud_spec());
        let _ = (juju.version(), juju.leader().map(drop), ports.set([Port::tcp(80), Port::ICMP]));
        let _ = (tool.path(), juju.relations::<endpoint::Db>().map(|all| all.len()));
        for data in juju.storages::<storage::Data>()? {
            let _ = (data.location(), data.kind());
        }
        Ok(())
    }

    #[on(storage_attached = "data")]
    fn attached(
        &mut self,
        data: Storage<storage::Data>,
        config: &Config,
        db: Network<endpoint::Db>,
    ) -> Result<()> {
        let _ = (data.location()?, config.port, db.info()?.ingress_address());
        Ok(())
    }

    #[on(action = "go")]
    fn go(&mut self) {}

    #[status]
    fn status(&self) -> Status {
        Status::active("")
    }
}

#[test]
fn no_environment_and_no_answer_makes_a_dispatch_panic() {
    const NAMES: &[&str] = &[
        "JUJU_UNIT_NAME",
        "JUJU_STORAGE_ID",
        "JUJU_STORAGE_LOCATION",
        "JUJU_STORAGE_KIND",
        "JUJU_ACTION_NAME",
        "JUJU_ACTION_UUID",
        "JUJU_MODEL_NAME",
        "JUJU_MODEL_UUID",
        "JUJU_MACHINE_ID",
        "JUJU_PRINCIPAL_UNIT",
        "JUJU_VERSION",
        "JUJU_RELATION_ID",
        "JUJU_REMOTE_APP",
    ];
    const VALUES: &[&str] = &[
        "",
        "a/0",
        "a/99999999999999999999999",
        "data/0",
        "3.6.11",
        "4.0-beta2",
        "db:7",
        "go",
        "0",
        "filesystem",
    ];
    const PATHS: &[&str] = &[
        "hooks/install",
        "hooks/data-storage-attached",
        "actions/go",
        "hooks/db-relation-changed",
        "",
        "hooks/",
        "/",
    ];
    let random = Random::new(5);
    let mut ended = [0, 0];
    for _ in 0..600 {
        let mut variables: Vec<(OsString, OsString)> =
            vec![("JUJU_DISPATCH_PATH".into(), PATHS[random.below(PATHS.len())].into())];
        for name in NAMES {
            let value = match random.below(6) {
                0 => continue,
                1 => OsString::from_vec(random.bytes()),
                _ => VALUES[random.below(VALUES.len())].into(),
            };
            variables.push(((*name).into(), value));
        }
        let host = Host {
            environment: variables.into_iter().collect(),
            transport: Box::new(random.clone()),
            clock: Box::new(Instant::now),
            home: Rc::new(MemoryHome::default()),
        };
        let exit = charm_runtime::dispatch::<Charm>(host).exit;
        ended[usize::from(exit == Exit::Failure)] += 1;
    }
    assert_eq!(*random.panics.borrow(), [""; 0]);
    assert!(ended.iter().all(|count| *count > 20), "{ended:?}");
}
