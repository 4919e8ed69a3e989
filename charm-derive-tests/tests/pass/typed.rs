//! Parameters, results and options with types: generated ones, and the author's own.

use charm_runtime::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct LogLevel(String);

impl std::str::FromStr for LogLevel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(Self(text.to_owned()))
    }
}

pub struct Settings {
    port: u16,
}

impl TryFrom<Config> for Settings {
    type Error = &'static str;

    fn try_from(config: Config) -> Result<Self, Self::Error> {
        Ok(Self { port: config.port.ok_or("set a port")? })
    }
}

pub struct Rotation {
    keep: usize,
}

impl TryFrom<action::RotateParams> for Rotation {
    type Error = std::num::TryFromIntError;

    fn try_from(params: action::RotateParams) -> Result<Self, Self::Error> {
        Ok(Self { keep: usize::try_from(params.keep)? })
    }
}

#[derive(ActionResults)]
pub struct Rotated {
    new_key: String,
    r#type: &'static str,
    size: Option<u64>,
    backup: BackedUp,
    parts: Vec<BackedUp>,
    #[results(display)]
    address: std::net::Ipv4Addr,
    #[results(key = "moved.to")]
    elsewhere: std::collections::BTreeMap<String, f64>,
    #[cfg(any())]
    never: NoSuchType,
}

#[derive(ActionResults, Clone)]
pub struct BackedUp {
    size: u64,
}

#[derive(ActionResults)]
struct Nothing;

#[charm(
    metadata = "typed.yaml",
    option(log_level = LogLevel, port = u16),
    option(r#type = bool, admin = LogLevel),
    config = Settings
)]
#[derive(Default)]
pub struct Hello;

#[charm(metadata = "typed.yaml")]
impl Hello {
    #[on(action = "rotate")]
    fn rotate(&mut self, params: action::RotateParams, event: Action<action::Rotate>) -> Result<Rotated> {
        let _: (i64, Option<String>, Option<Vec<action::RotateWays>>) =
            (params.keep, params.r#type, params.ways);
        let port: Option<i64> = params.target.map(|target| target._3rd_port);
        let _: charm_runtime::serde_json::Value = params.anything;
        let _: Option<Option<f64>> = params.limits.and_then(|limits| Some(limits.get("a")?.cpu));
        let _: Option<String> = params.note;
        let algorithm = match params.algorithm {
            action::RotateAlgorithm::Md5 => bail!(ActionFailed::new("too weak")),
            action::RotateAlgorithm::Self_ | action::RotateAlgorithm::_2 | action::RotateAlgorithm::Empty => "",
            strong => strong.as_str(),
        };
        event.set_result("count", params.additional.len())?;
        let backup = BackedUp { size: 1 };
        Ok(Rotated {
            new_key: format!("{algorithm} {}", params.algorithm),
            r#type: "key",
            size: port.and_then(|port| port.try_into().ok()),
            parts: vec![backup.clone()],
            backup,
            address: std::net::Ipv4Addr::LOCALHOST,
            elsewhere: std::collections::BTreeMap::new(),
        })
    }

    #[on(action = "rotate")]
    fn rotate_checked(&mut self, Params(rotation): Params<Rotation>) {
        let _ = rotation.keep;
    }

    #[on(action = "backup")]
    #[on(action = "restore")]
    fn both(&mut self) -> BackedUp {
        BackedUp { size: 2 }
    }

    #[on(action = "backup")]
    fn nothing(&mut self) -> Result<Nothing, std::io::Error> {
        Ok(Nothing)
    }

    #[on(config_changed)]
    fn configure(&mut self, config: Config, borrowed: &Config, settings: &Settings, owned: Settings) {
        let LogLevel(level) = config.log_level;
        let _: (Option<u16>, bool, &Option<LogLevel>) = (config.port, config.r#type, &borrowed.admin);
        let _ = (level, settings.port, owned.port);
    }

    #[status]
    fn status(&self, settings: &Settings) -> Status {
        Status::active(format!("on {}", settings.port))
    }
}

fn main() {
    let events = <Hello as charm_runtime::Charm>::TABLE.events;
    let handlers = |name: &str| events.iter().find(|row| row.name == name).map(|row| row.handlers.len());
    assert_eq!(handlers("rotate"), Some(2));
    assert_eq!(handlers("backup"), Some(2));
    assert_eq!(handlers("restore"), Some(1));
}
