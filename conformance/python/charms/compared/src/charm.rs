//! What charm.py beside it is in Python.

use charm_runtime::prelude::*;

/// What the backend tells.
#[derive(Debug, PartialEq, Databag)]
#[databag(raw)]
pub struct Backend {
    /// Where it is.
    pub host: String,
}

/// What it is answered.
#[derive(Debug, PartialEq, Databag)]
#[databag(raw)]
pub struct Answer {
    /// Its host.
    pub client_of: String,
}

/// Opens a port, and answers its backend.
#[charm(metadata = "../charmcraft.yaml", endpoint(backend, remote = Backend, local_unit = Answer))]
#[derive(Default)]
pub struct Compared;

#[charm(metadata = "../charmcraft.yaml")]
impl Compared {
    #[on(config_changed)]
    fn open(&mut self, config: &Config, ports: Ports, unit: &Unit) -> Result<()> {
        let port = u16::try_from(config.port)?;
        ports.open(Port::tcp(port))?;
        unit.set_status(&Status::active(format!("listening on {port}")))?;
        Ok(())
    }

    #[on(relation_changed = "backend")]
    fn answer(&mut self, event: RelationChanged<endpoint::Backend>) -> Result<()> {
        if let Some(backend) = event.relation.remote_app().load()? {
            event.relation.local_unit().set(&Answer { client_of: backend.host })?;
        }
        Ok(())
    }
}
