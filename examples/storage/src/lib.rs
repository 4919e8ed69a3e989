//! A charm for machines with a storage: it keeps the pages of a web site there.
//!
//! ```console
//! $ juju deploy ./pages --storage content=10G --resource site=site.tar
//! $ juju detach-storage content/0
//! $ juju attach-storage pages/0 content/0
//! ```
//!
//! The pages come as a resource, and are unpacked onto the storage when it is attached, which is before install. A storage
//! outlives its unit: one that comes with pages keeps them. Without a storage the unit is blocked, and its port closed.
//!
//! Whatever the charm writes lies on the storage. Installing a web server and having it read `server.conf` is left out, so
//! that `cargo charm run` changes nothing on your own machine.

use std::fs;
use std::path::Path;
use std::process::Command;

use charm_runtime::prelude::*;

const NO_STORAGE: &str = "attach the storage content";

/// Shown until an operator attaches the resource `site`.
const PLACEHOLDER: &str = "<!doctype html><title>Pages</title><p>Attach the resource <code>site</code>.\n";

/// The charm.
#[charm(option(port = u16))]
#[derive(Default)]
pub struct Pages {
    /// How often pages were unpacked. The unit's own, wherever its storage goes.
    edition: Stored<u32>,
}

#[charm]
impl Pages {
    #[on(storage_attached = "content")]
    fn attached(
        &mut self,
        content: Storage<storage::Content>,
        site: Resource<resource::Site>,
        unit: &Unit,
    ) -> Result<Outcome> {
        let Some(place) = content.location()? else {
            return Ok(Outcome::defer("the storage is not provisioned yet"));
        };
        if place.join("pages").exists() {
            info!("{} comes with pages, which are kept", content.id());
        } else {
            self.publish(&place, &site, unit)?;
        }
        Ok(Outcome::done())
    }

    /// A new resource comes with this event, too.
    #[on(upgrade_charm)]
    fn upgraded(
        &mut self,
        content: Option<Storage<storage::Content>>,
        site: Resource<resource::Site>,
        unit: &Unit,
    ) -> Result<()> {
        let content = content.or_blocked(NO_STORAGE)?;
        let place = content.location()?.or_waiting("the storage")?;
        self.publish(&place, &site, unit)
    }

    /// The storage is still there during this event: what writes to it has to stop now.
    #[on(storage_detaching = "content")]
    fn detaching(&mut self, ports: &Ports) -> Result<()> {
        ports.set([])?;
        bail!(Halt::blocked(NO_STORAGE))
    }

    /// Whatever happens, the server's configuration and the open port are as they have to be.
    #[on(any(except(storage_detaching = "content")))]
    fn serve(
        &mut self,
        content: Option<Storage<storage::Content>>,
        web: Network<binding::Web>,
        ports: &Ports,
        config: &Config,
    ) -> Result<()> {
        let content = content.or_blocked(NO_STORAGE)?;
        let place = content.location()?.or_waiting("the storage")?;
        let root = place.join("pages");
        root.exists().then_some(()).or_blocked("attach the resource site: there are no pages")?;
        let network = web.info()?;
        let address = network.bind_address().or_waiting("an address")?;
        let server = format!("listen = {address}:{}\nroot = {}\n", config.port, root.display());
        fs::write(place.join("server.conf"), server).context("cannot write the server's configuration")?;
        ports.set([Port::tcp(config.port)])?;
        Ok(())
    }

    #[status]
    fn status(&self) -> Result<Status> {
        Ok(Status::active(format!("edition {}", self.edition.get()?)))
    }
}

impl Pages {
    /// Lays the pages out anew. Until all of them are there the old ones stay.
    fn publish(&mut self, place: &Path, site: &Resource<resource::Site>, unit: &Unit) -> Result<()> {
        let (pages, new) = (place.join("pages"), place.join("pages.new"));
        // What an event that failed on its way may have left.
        remove(&new)?;
        fs::create_dir_all(&new)?;
        match site.path()? {
            Some(archive) => unpack(&archive, &new)?,
            None => fs::write(new.join("index.html"), PLACEHOLDER)?,
        }
        remove(&pages)?;
        fs::rename(&new, &pages)?;
        let edition = self.edition.get_mut()?;
        *edition += 1;
        unit.set_workload_version(&edition.to_string())?;
        Ok(())
    }
}

fn remove(directory: &Path) -> Result<()> {
    if directory.exists() {
        fs::remove_dir_all(directory).with_context(|| format!("cannot remove {}", directory.display()))?;
    }
    Ok(())
}

/// An archive that can't be read is the operator's to replace.
fn unpack(archive: &Path, to: &Path) -> Result<()> {
    let mut tar = Command::new("tar");
    tar.arg("--extract").arg("--file").arg(archive).arg("--directory").arg(to);
    let output = tar.output().context("cannot run tar")?;
    if !output.status.success() {
        warn!("{}", String::from_utf8_lossy(&output.stderr).trim());
        bail!(Halt::blocked("attach another resource site: tar can't read this one"));
    }
    Ok(())
}
