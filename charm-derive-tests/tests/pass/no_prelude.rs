//! A crate without the standard prelude, which also has names of its own that generated code must not fall for.

#![no_implicit_prelude]

use ::charm_runtime::{Charm, Databag, Outcome, Result, Stored, Unit, charm, event};

#[allow(dead_code)]
mod core {}
#[allow(dead_code)]
mod std {}
#[allow(dead_code)]
struct Option;
#[allow(dead_code)]
struct String;
#[allow(dead_code)]
struct Handler;
#[allow(dead_code)]
trait Argument {}
#[allow(dead_code)]
trait Load {}

#[derive(Databag)]
pub struct Request {
    #[databag(raw)]
    host: ::std::option::Option<u32>,
    #[databag(raw, default)]
    port: u16,
    list: ::std::vec::Vec<u8>,
    #[databag(default)]
    flag: bool,
}

#[charm(metadata = "machine.yaml", endpoint(database, local = Request))]
#[derive(::std::default::Default)]
pub struct Hello {
    greeted: Stored<u32>,
}

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self, unit: &Unit, config: &Config, cause: &Cause) -> Result<Outcome> {
        let _ = (unit, config, cause);
        self.greeted.set(1);
        ::std::result::Result::Ok(Outcome::done())
    }

    #[on(storage_attached = "data")]
    fn storage(&mut self, _event: event::StorageAttached<storage::Data>) {}

    #[on(any)]
    fn reconcile(&mut self, config: Config) {
        let _ = config;
    }

    #[status]
    fn status(&self) -> ::charm_runtime::Status {
        ::charm_runtime::Status::active("")
    }
}

fn main() {
    ::std::assert_eq!(<Hello as Charm>::NAME, "hello");
    let request =
        Request { host: ::std::option::Option::None, port: 80, list: ::std::vec::Vec::new(), flag: true };
    let entries = Databag::to_entries(&request).unwrap();
    ::std::assert_eq!(entries["port"].as_deref(), ::std::option::Option::Some("80"));
}
