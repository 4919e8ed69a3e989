//! Whole models: several charms, several units, many events.
//!
//! A [`LocalJuju`] is a model whose charms are Rust types. They are run within the test, in its thread, with the real
//! dispatch of the framework and the hook commands of the [model](crate::model): what one charm writes, the others are
//! told of, in an order that Juju could choose. Nothing is shared with other tests, no file is touched, and a copy of a
//! `LocalJuju` (it is `Clone`) goes its own way.
//!
//! ```
//! use charm_runtime::prelude::*;
//!
//! #[derive(Debug, PartialEq, Databag)]
//! pub struct Page {
//!     pub url: String,
//! }
//!
//! mod site {
//!     # use super::*;
//!     #[charm(endpoint(page, local = Page),
//!         metadata_str = "{name: site, summary: A., description: A., provides: {page: {interface: page}}, \
//!             config: {options: {host: {type: string, default: localhost}}}}")]
//!     #[derive(Default)]
//!     pub struct Site {}
//!
//!     #[charm(metadata_str = "{name: site, summary: A., description: A., provides: {page: {interface: page}}, \
//!             config: {options: {host: {type: string, default: localhost}}}}")]
//!     impl Site {
//!         #[on(any)]
//!         fn tell(&mut self, config: &Config, pages: Relations<endpoint::Page>, leader: Option<Leader>) -> Result<()> {
//!             let Some(leader) = leader else { return Ok(()) };
//!             for page in &pages {
//!                 page.local_app(&leader).set(&Page { url: format!("http://{}", config.host) })?;
//!             }
//!             Ok(())
//!         }
//!     }
//! }
//!
//! mod reader {
//!     # use super::*;
//!     #[charm(endpoint(page, remote = Page),
//!         metadata_str = "{name: reader, summary: A., description: A., requires: {page: {interface: page, limit: 1}}}")]
//!     #[derive(Default)]
//!     pub struct Reader {}
//!
//!     #[charm(metadata_str = "{name: reader, summary: A., description: A., requires: {page: {interface: page, limit: 1}}}")]
//!     impl Reader {
//!         #[status]
//!         fn status(&self, page: Option<Relation<endpoint::Page>>) -> Result<Status> {
//!             let page = page.or_blocked("relate a page")?;
//!             let page = page.remote_app().load()?.or_waiting("the page")?;
//!             Ok(Status::active(format!("reading {}", page.url)))
//!         }
//!     }
//! }
//!
//! # fn main() -> Result<(), charm_testing::local::JujuError> {
//! use charm_testing::LocalJuju;
//!
//! let mut juju = LocalJuju::new();
//! juju.deploy::<site::Site>("site", 2)?;
//! juju.deploy::<reader::Reader>("reader", 1)?;
//! juju.integrate("site", "reader")?;
//! juju.settle()?;
//! assert_eq!(juju.unit("reader/0").status(), Status::active("reading http://localhost"));
//!
//! juju.configure("site", [("host", "example.com")])?;
//! juju.settle()?;
//! let page = juju.unit("reader/0").relation::<reader::endpoint::Page>().remote_app();
//! assert_eq!(page, Some(Page { url: "http://example.com".to_owned() }));
//! # Ok(())
//! # }
//! ```
//!
//! # What differs from processes
//!
//! A charm's `static`s live as long as the test, a file that it writes is a file of this machine, and `juju exec` fails:
//! there is no shell. What the [agent](crate::agent) does as well, real kills and the way through sockets, is left to it.

mod charm;
mod error;
mod operator;
mod run;
mod settle;
mod surroundings;
mod unit;

use std::collections::{BTreeMap, BTreeSet};

use charm_runtime::Memory;

use crate::model::{JujuVersion, LogLine, Model, Substrate, UnitName};
use charm::LinkedCharm;

pub use error::JujuError;
pub(crate) use run::Circumstances;
pub use run::Ran;
pub use unit::UnitView;

/// A model whose charms are Rust types, run within the test. See the [module](self).
#[derive(Debug, Clone)]
pub struct LocalJuju {
    model: Model,
    /// Each application's charms, by the revision that each is.
    charms: BTreeMap<String, Vec<(u64, LinkedCharm)>>,
    memories: BTreeMap<UnitName, Memory>,
    /// Units whose pod has been replaced, and that have run nothing in the new one.
    new_pods: BTreeSet<UnitName>,
    /// Why the last run of a unit's charm failed, if it did.
    failures: BTreeMap<UnitName, String>,
    log: Vec<LogLine>,
    /// How many hooks [`settle`](Self::settle) runs, where the author says so.
    limit: Option<usize>,
}

impl LocalJuju {
    /// An empty model of Juju 3.6. The same calls make the same run.
    pub fn new() -> Self {
        Self::with_seed(0)
    }

    /// An empty model in which this seed chooses wherever Juju's order is arbitrary.
    pub fn with_seed(seed: u64) -> Self {
        Self {
            model: Model::new(seed),
            charms: BTreeMap::new(),
            memories: BTreeMap::new(),
            new_pods: BTreeSet::new(),
            failures: BTreeMap::new(),
            log: Vec::new(),
            limit: None,
        }
    }

    /// Has it be another Juju: [`JujuVersion::V4_0`].
    #[must_use]
    pub fn version(mut self, version: JujuVersion) -> Self {
        self.model.set_version(version);
        self
    }

    /// Makes it a model on Kubernetes, or on machines, as it is otherwise. Before the first application is deployed.
    #[track_caller]
    pub fn set_substrate(&mut self, substrate: Substrate) -> Result<(), JujuError> {
        Ok(self.model.set_substrate(substrate)?)
    }

    /// Has [`settle`](Self::settle) give up after as many hooks. The default is 1000, or 200 for each unit if that is more.
    #[must_use]
    pub fn limit(mut self, hooks: usize) -> Self {
        self.limit = Some(hooks);
        self
    }

    /// The model, with all that Juju knows.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The model, for what has no method here. A charm is deployed and refreshed by this type's own methods only: the
    /// model doesn't know Rust types.
    pub fn model_mut(&mut self) -> &mut Model {
        &mut self.model
    }

    /// What units store in their charms' fields: the unit, the field's key, and the value, which may be secret.
    pub(crate) fn stored_values(&self) -> Vec<(UnitName, String, Vec<u8>)> {
        let of = |(unit, memory): (&UnitName, &Memory)| {
            let store = charm_runtime::MemoryHome::new(memory.clone()).store();
            let fields = store.records().iter().filter_map(|(key, value)| {
                let key = String::from_utf8_lossy(key).into_owned();
                Some((unit.clone(), key.strip_prefix("field/")?.to_owned(), value.clone()))
            });
            fields.collect::<Vec<_>>()
        };
        self.memories.iter().filter(|(unit, _)| self.model.unit(unit).is_some()).flat_map(of).collect()
    }

    /// What has been logged, by charms and by Juju.
    pub fn log(&self) -> &[LogLine] {
        &self.log
    }

    /// Whether a line of the log has this in it.
    pub fn logged(&self, text: &str) -> bool {
        self.log.iter().any(|line| line.message.contains(text))
    }
}

impl Default for LocalJuju {
    fn default() -> Self {
        Self::new()
    }
}
