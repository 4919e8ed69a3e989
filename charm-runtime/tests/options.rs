//! Options that a charm can't use block the unit, and nothing else.

mod agent;

use agent::{Agent, Ran};
use charm_runtime::prelude::*;
use charm_runtime::serde_json::{json, Value};
use charm_runtime::Exit;

#[derive(Debug, Clone, Copy, PartialEq)]
enum LogLevel {
    Info,
    Debug,
}

impl std::str::FromStr for LogLevel {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "info" => Ok(Self::Info),
            "debug" => Ok(Self::Debug),
            _ => Err("expected info or debug"),
        }
    }
}

/// What options mean together.
#[derive(Debug)]
struct Settings {
    #[allow(dead_code)] // shown by its `Debug`
    url: String,
}

impl TryFrom<Config> for Settings {
    type Error = String;

    fn try_from(config: Config) -> Result<Self, String> {
        match (config.tls, config.port) {
            (Some(true), 80) => Err("tls can't be on port 80".to_owned()),
            (tls, port) => Ok(Self { url: format!("{}:{port}", tls.unwrap_or_default()) }),
        }
    }
}

#[charm(
    metadata = "options.yaml",
    option(log_level = LogLevel, port = u16),
    option(size = u8, hostname = std::net::Ipv4Addr),
    config = Settings
)]
#[derive(Default)]
struct Charm {
    count: Stored<u32>,
}

#[charm(metadata = "options.yaml")]
impl Charm {
    #[on(start)]
    fn before(&mut self, juju: &Juju) -> Result<()> {
        *self.count.get_mut()? += 1;
        info!("before");
        juju.hook_command(&charm_runtime::hook_command::HookCommand::new("open-port").arg("80"))?;
        Ok(())
    }

    #[on(start)]
    fn start(&mut self, config: Config) {
        info!("{config:?}");
    }

    #[on(config_changed)]
    fn configure(&mut self, settings: &Settings) {
        info!("{settings:?}");
    }

    #[on(update_status)]
    fn update(&mut self) {
        info!("updated");
    }

    #[on(any(except(config_changed, update_status)))]
    fn any(&mut self, settings: Settings, config: &Config) {
        info!("any {settings:?} {}", config.port);
    }

    #[on(action = "show")]
    fn show(&mut self, _: &Config) {}

    #[status]
    fn status(&self) -> Status {
        Status::active("all is well")
    }

    #[status]
    fn status_of_options(&self, config: &Config) -> Status {
        Status::waiting(format!("for {}", config.port))
    }
}

/// Asks for options in a status method alone.
mod watcher {
    use charm_runtime::prelude::*;

    #[charm(metadata = "options.yaml", option(port = u16))]
    #[derive(Default)]
    pub(super) struct Watcher {}

    #[charm(metadata = "options.yaml")]
    impl Watcher {
        #[on(update_status)]
        fn update(&mut self) {
            info!("updated");
        }

        #[on(action = "show")]
        fn show(&mut self) {}

        #[status]
        fn status(&self) -> Status {
            Status::active("all is well")
        }

        #[status]
        fn status_of_options(&self, config: &Config) -> Status {
            Status::waiting(format!("for {}", config.port))
        }
    }
}

fn agent(options: &Value) -> Agent {
    let status = json!({"status": "unknown", "message": "", "status-data": {}});
    Agent::default().says("config-get", options.to_string()).says("status-get", status.to_string())
}

#[track_caller]
fn shown(ran: &Ran) -> String {
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    ran.arguments("status-set").iter().map(|arguments| arguments.join(" ")).collect()
}

#[test]
fn options_have_the_authors_types() {
    let given = json!({
        "log-level": "debug", "port": 8000.0, "size": 1, "ratio": 1, "tls": true, "admin": "", "hostname": "10.0.0.1",
    });
    let ran = agent(&given).hook::<Charm>("start");
    let expected =
        "Config { admin: None, hostname: Some(10.0.0.1), log_level: Debug, port: 8000, ratio: 1.0, \
                    size: Some(1), tls: Some(true) }";
    assert!(ran.log().contains(expected), "{}", ran.log());
    assert!(ran.log().contains("any Settings { url: \"true:8000\" } 8000"), "{}", ran.log());
    assert_eq!(shown(&ran), "-- waiting for 8000");

    let ran = agent(&json!({})).hook::<Charm>("start");
    let expected = "Config { admin: None, hostname: None, log_level: Info, port: 8080, ratio: 0.5, size: None, tls: None }";
    assert!(ran.log().contains(expected), "{}", ran.log());
}

#[test]
fn one_that_cannot_be_used_blocks_and_keeps_what_was_done() {
    for (given, status) in [
        (json!({"log-level": "hunter2"}), "option log-level: expected info or debug"),
        (json!({"port": 70000}), "option port: expected a whole number from 0 to 65535"),
        (json!({"port": "hunter2"}), "option port: expected int, got a text"),
        (json!({"size": -1}), "option size: expected a whole number from 0 to 255"),
        (json!({"tls": 1}), "option tls: expected boolean, got a number"),
        (json!({"hostname": "hunter2"}), "option hostname: invalid IPv4 address syntax"),
    ] {
        let ran = agent(&given).hook::<Charm>("start");
        assert_eq!(shown(&ran), format!("-- blocked {status}"), "{given}");
        assert_eq!(ran.arguments("open-port"), [["80"]]);
        assert!(ran.log().contains("before") && !ran.log().contains("hunter2"), "{}", ran.log());
    }
}

#[test]
fn options_that_do_not_go_together_block_too() {
    let ran = agent(&json!({"tls": true, "port": 80})).hook::<Charm>("config-changed");
    assert_eq!(shown(&ran), "-- blocked options: tls can't be on port 80");
}

#[test]
fn what_does_not_ask_for_options_runs_as_ever() {
    let ran = agent(&json!({"port": 70000})).hook::<watcher::Watcher>("update-status");
    assert!(ran.log().contains("updated"), "{}", ran.log());
    // The status method that asks for them is blocked; the most urgent is shown.
    assert!(shown(&ran).starts_with("-- blocked option port: "));
}

#[test]
fn an_action_that_asks_for_them_fails_with_the_same_words() {
    let ran = agent(&json!({"tls": 1})).action::<Charm>("show");
    assert_eq!(ran.exit, Exit::Success);
    let expected = ["--", "blocked: option tls: expected boolean, got a number"];
    assert_eq!(ran.arguments("action-fail"), [expected]);
}
