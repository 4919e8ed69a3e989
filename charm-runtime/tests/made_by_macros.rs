//! Charms and databags that `macro_rules!` make: parts of them come from outside of the macro.
#![allow(missing_docs, dead_code, reason = "nobody reads them")]

use std::str::FromStr;

use charm_runtime::prelude::*;

macro_rules! databag {
    ($name:ident, $ty:tt, $field:ident) => {
        #[derive(Debug, PartialEq, Databag)]
        pub struct $name {
            #[databag(raw)]
            host: String,
            #[databag(raw)]
            $field: $ty,
            #[databag(raw)]
            perhaps: Option<$ty>,
            #[databag(default)]
            list: $ty,
        }
    };
}

macro_rules! content {
    ($name:ident, $ty:tt, $field:ident) => {
        #[derive(SecretContent)]
        pub struct $name {
            password: String,
            $field: $ty,
        }
    };
}

macro_rules! results {
    ($name:ident, $ty:tt, $field:ident) => {
        #[derive(ActionResults)]
        pub struct $name {
            host: String,
            $field: $ty,
            #[results(display)]
            shown: $ty,
        }
    };
}

macro_rules! charm {
    ($name:ident, $bag:tt, $level:tt, $settings:tt, $method:ident($argument:tt), $field:ident: $($stored:tt)*) => {
        #[charm(
            metadata = "made_by_macros.yaml",
            endpoint(database, remote = $bag),
            option(log_level = $level, port = u16),
            config = $settings
        )]
        #[derive(Default)]
        pub struct $name {
            $field: $($stored)*,
        }

        #[charm(metadata = "made_by_macros.yaml")]
        impl $name {
            #[on(config_changed)]
            fn $method(&mut self, argument: $argument, config: Config, _: $settings) -> Result<()> {
                let _ = (argument, config.log_level, config.port);
                Ok(())
            }

            #[on(action = "rotate")]
            fn rotate(&mut self, params: action::RotateParams) -> Answer {
                Answer { host: params.keep.to_string(), port: 1, shown: 2 }
            }

            #[status]
            fn status(&self, argument: $argument) -> Status {
                Status::active(format!("{argument:?}"))
            }
        }
    };
}

#[derive(Debug, Clone, PartialEq)]
pub struct LogLevel;

impl FromStr for LogLevel {
    type Err = String;

    fn from_str(_: &str) -> Result<Self, String> {
        Ok(Self)
    }
}

pub struct Settings;

impl TryFrom<Config> for Settings {
    type Error = String;

    fn try_from(_: Config) -> Result<Self, String> {
        Ok(Self)
    }
}

databag!(Database, u16, port);
content!(Credentials, String, username);
results!(Answer, u16, port);
charm!(Hello, Database, LogLevel, Settings, configure(Juju), visits: Stored<u32>);

#[test]
fn what_comes_from_outside_of_a_macro_is_found() {
    let bag = Database { host: "a".to_owned(), port: 1, perhaps: None, list: 2 };
    let entries = bag.to_entries().unwrap().into_iter().filter_map(|(key, value)| Some((key, value?)));
    assert_eq!(Database::from_entries(&entries.collect()), Ok(bag));
    let credentials = Credentials { password: "hunter2".to_owned(), username: "admin".to_owned() };
    assert!(!format!("{credentials:?}").contains("hunter2"));
    assert_eq!(<Hello as charm_runtime::Charm>::NAME, "hello");
}
