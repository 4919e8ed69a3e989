//! State-transition tests: one event, a state in, a state out.
//!
//! A [`State`] says what a unit of a charm is like, in the charm's own types. [`State::run`] runs the charm's handlers
//! with one event, in this process and thread, with the real dispatch of the framework and the hook commands of the
//! model, and returns a [`Transition`]: the state afterwards, the log, the calls, and the error if the charm failed. It
//! takes some tens of microseconds, and touches no file and nothing that other tests could see.
//!
//! ```
//! use charm_runtime::prelude::*;
//!
//! #[derive(Debug, PartialEq, Databag)]
//! pub struct Request {
//!     pub database: String,
//! }
//!
//! #[derive(Databag)]
//! pub struct Server {
//!     pub host: String,
//! }
//!
//! #[charm(endpoint(db, remote = Server, local = Request),
//!     metadata_str = "{name: shop, summary: Sells., description: Sells., \
//!         config: {options: {currency: {type: string}}}, requires: {db: {interface: pg, limit: 1}}}")]
//! #[derive(Default)]
//! pub struct Shop {
//!     opened: Stored<u32>,
//! }
//!
//! #[charm(metadata_str = "{name: shop, summary: Sells., description: Sells., \
//!         config: {options: {currency: {type: string}}}, requires: {db: {interface: pg, limit: 1}}}")]
//! impl Shop {
//!     #[on(any)]
//!     fn open(&mut self, config: &Config, db: Option<Relation<endpoint::Db>>, leader: Option<Leader>) -> Result<()> {
//!         let db = db.or_blocked("relate a database")?;
//!         if let Some(leader) = &leader {
//!             db.local_app(leader).set(&Request { database: "shop".to_owned() })?;
//!         }
//!         config.currency.as_ref().or_blocked("set currency")?;
//!         db.remote_app().load()?.or_waiting("the database")?;
//!         *self.opened.get_mut()? += 1;
//!         Ok(())
//!     }
//!
//!     #[status]
//!     fn status(&self) -> Status {
//!         Status::active("")
//!     }
//! }
//!
//! fn main() {
//!     use charm_testing::{Relation, State, on};
//!
//!     // Nothing is there yet.
//!     let state = State::<Shop>::new().leader(true).config("currency", "EUR");
//!     let out = state.run(on::config_changed()).succeeded();
//!     assert_eq!(out.unit_status(), Status::blocked("relate a database"));
//!
//!     // A database comes, and has not answered: the request goes out, and stays although the handler halts.
//!     let state = out.state.relation(Relation::<endpoint::Db>::new("postgresql"));
//!     let out = state.run(on::relation_created::<endpoint::Db>()).succeeded();
//!     let request = Request { database: "shop".to_owned() };
//!     assert_eq!(out.relation::<endpoint::Db>().local_app(), Some(request));
//!     assert_eq!(out.unit_status(), Status::waiting("the database"));
//!
//!     // It answers.
//!     let server = Server { host: "10.0.0.7".to_owned() };
//!     let answered = Relation::<endpoint::Db>::new("postgresql").remote_app(&server);
//!     let state = State::<Shop>::new().config("currency", "EUR").relation(answered);
//!     let out = state.run(on::relation_changed::<endpoint::Db>()).succeeded();
//!     assert_eq!(out.unit_status(), Status::active(""));
//!     assert_eq!(out.stored(|shop| *shop.opened.get().unwrap()), 1);
//! }
//! ```
//!
//! # What is refused
//!
//! A state or an event that Juju could not bring about is refused with a message that names what is wrong: options,
//! parameters and endpoints that the charm doesn't declare, values of another type, a relation event without its
//! relation or unit, two relations where one is allowed, a leader-elected for a unit that doesn't lead. Much of it
//! doesn't compile in the first place, since endpoints and actions are types.
//!
//! # What goes wrong
//!
//! [`Faults`] has hook commands refused, the process killed, leadership lost, and Juju's commit fail. What a charm leaves
//! behind then is the state of the transition, and the retry is the next run.
//!
//! # What is not here
//!
//! One unit sees one event; what its words do to others is a matter of a [`LocalJuju`](crate::LocalJuju). Statuses that Juju
//! sets by itself around hooks (at install, start, stop and remove) are set here too.

mod action;
mod bag;
mod consistency;
mod content;
mod fault;
mod metadata;
pub mod on;
mod parameter;
mod port;
mod relation;
mod resolve;
mod run;
mod secret;
mod state;
mod status;
mod storage;
mod surroundings;
#[expect(clippy::module_inception, reason = "the noun that the module is named after")]
mod transition;
mod unit;

pub use action::ActionRun;
pub use bag::{Bag, GivenBag};
pub use consistency::Inconsistent;
pub use content::GivenContent;
pub use fault::Faults;
pub(crate) use fault::{Kill, When};
pub(crate) use metadata::of as metadata_of;
pub(crate) use parameter::problems as parameter_problems;
pub use relation::{Related, Relation, RelationState};
pub use secret::{Secret, SecretAfter, SecretName};
pub use state::{State, Written};
pub use status::ShownStatus;
pub use storage::StorageEvent;
pub use transition::{Call, LogLine, Transition};
pub use unit::UnitState;

/// Ends the test: what it asked for can't be, or is not so.
#[track_caller]
#[expect(clippy::panic, reason = "this is how a test fails")]
pub(crate) fn stop_test(why: &str) -> ! {
    panic!("{why}")
}
