//! A crate that denies every warning: nothing that is generated gives one.
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub, unused_qualifications)]
#![deny(unused, nonstandard_style, rust_2018_idioms, let_underscore, keyword_idents)]
#![deny(clippy::all, clippy::pedantic)]
// A handler has the signature that its event gives it.
#![allow(clippy::needless_pass_by_value, clippy::unnecessary_wraps, clippy::unused_self)]
#![forbid(unsafe_code)]

/// A public charm.
pub mod public {
    use charm_runtime::prelude::*;

    /// What the other side writes.
    #[derive(Debug, Databag)]
    pub struct Service {
        /// Where it is.
        pub host: String,
        /// Its port.
        #[databag(raw)]
        pub port: Option<u16>,
    }

    /// The charm.
    #[charm(metadata = "every_event.yaml", state = sled, endpoint(website, remote = Service))]
    #[derive(Debug, Default)]
    pub struct Hello {
        started: Stored<bool>,
    }

    #[charm(metadata = "every_event.yaml")]
    impl Hello {
        #[on(start)]
        fn start(&mut self, cause: &Cause) -> Result<Outcome> {
            self.started.set(matches!(cause, Cause::Start(_)));
            Ok(Outcome::done())
        }

        #[on(action = "backup")]
        fn backup(&mut self) {}

        #[on(any)]
        fn reconcile(&self, leader: Option<Leader<'_>>) {
            let _ = leader;
        }
    }
}

/// A charm with types for everything.
pub mod typed {
    use charm_runtime::prelude::*;

    /// What an action answers.
    #[derive(Debug, ActionResults)]
    pub struct Rotated {
        old_keys: Vec<String>,
    }

    /// What the options mean.
    #[derive(Debug)]
    pub struct Settings;

    impl TryFrom<Config> for Settings {
        type Error = String;

        fn try_from(config: Config) -> Result<Self, String> {
            if config.r#type { Ok(Self) } else { Err("set type".to_owned()) }
        }
    }

    /// The charm.
    #[charm(metadata = "typed.yaml", option(port = u16), config = Settings)]
    #[derive(Debug, Default)]
    pub struct Hello;

    #[charm(metadata = "typed.yaml")]
    impl Hello {
        #[on(action = "rotate")]
        fn rotate(&mut self, params: action::RotateParams, _: &Settings) -> Rotated {
            Rotated { old_keys: vec![params.algorithm.to_string()] }
        }

        #[on(action = "backup")]
        #[on(action = "restore")]
        fn both(&mut self) -> Result<Rotated> {
            bail!("no")
        }
    }
}

/// A charm that only its own module sees.
mod private {
    use charm_runtime::prelude::*;

    #[charm(metadata = "machine.yaml")]
    #[derive(Debug, Default)]
    struct Hidden;

    #[charm(metadata = "machine.yaml")]
    impl Hidden {
        #[on(config_changed)]
        fn configure(&mut self, config: Config) {
            drop(config.greeting);
        }
    }

    /// Runs it.
    pub(crate) fn run() {
        if std::env::args().len() > 100 {
            charm_runtime::run::<Hidden>();
        }
    }
}

pub(crate) fn main() {
    private::run();
}
