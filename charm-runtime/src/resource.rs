//! Resources: files and images that come beside the charm.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::path::PathBuf;

use crate::error::Error;
use crate::hook_command::resource_get;
use crate::juju::Juju;

/// A resource of the charm, as a type: `#[charm]` makes one for each that `charmcraft.yaml` declares.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a resource",
    note = "the charm's resources are the types in the module `resource` beside the struct with `#[charm]`"
)]
pub trait ResourceName: 'static {
    /// The name in `charmcraft.yaml`.
    const NAME: &'static str;
    /// What it is.
    const KIND: ResourceKind;
}

/// What a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResourceKind {
    /// A file.
    File,
    /// A container's image. Juju starts the container from it; the charm is given a file that describes it.
    OciImage,
}

/// A resource of the charm: an argument of handlers. Nothing is asked or fetched before [`path`](Self::path).
///
/// ```
/// # use charm_runtime::prelude::*;
/// # use charm_runtime::Resource;
/// # #[charm(metadata_str = "{name: a, summary: s, description: d, resources: {tool: {type: file, filename: tool.tar}}}")]
/// # #[derive(Default)]
/// # struct Tool;
/// # #[charm(metadata_str = "{name: a, summary: s, description: d, resources: {tool: {type: file, filename: tool.tar}}}")]
/// # impl Tool {
/// #[on(install)]
/// #[on(upgrade_charm)]
/// fn unpack(&mut self, tool: Resource<resource::Tool>) -> Result<()> {
///     let archive = tool.path()?.or_blocked("attach the resource `tool`")?;
///     info!("unpacking {}", archive.display());
///     Ok(())
/// }
/// # }
/// ```
pub struct Resource<R> {
    juju: Juju,
    name: PhantomData<fn() -> R>,
}

impl<R> Clone for Resource<R> {
    fn clone(&self) -> Self {
        Self { juju: self.juju.clone(), name: PhantomData }
    }
}

impl<R: ResourceName> fmt::Debug for Resource<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Resource({})", R::NAME)
    }
}

impl<R: ResourceName> Resource<R> {
    pub(crate) fn new(juju: &Juju) -> Self {
        Self { juju: juju.clone(), name: PhantomData }
    }

    /// The file that the unit was given; `None` where nobody has given the application this resource.
    ///
    /// Immediate: Juju downloads it unless it is there already, which may take minutes; once per dispatch. A charm from
    /// Charmhub has at least its default one, which may be an empty file: look at its length. A new one comes with an
    /// upgrade-charm event. Of an `oci-image` it is a file that says where the image is, and how to log in there.
    #[track_caller]
    pub fn path(&self) -> Result<Option<PathBuf>, Error> {
        self.juju.resource(R::NAME)
    }
}

/// What has been fetched.
#[derive(Default)]
pub(crate) struct Kept {
    paths: RefCell<BTreeMap<&'static str, Option<PathBuf>>>,
}

impl Juju {
    #[track_caller]
    fn resource(&self, name: &'static str) -> Result<Option<PathBuf>, Error> {
        if let Some(path) = self.0.resource.paths.borrow().get(name) {
            return Ok(path.clone());
        }
        let path = match resource_get(self, name) {
            Ok(path) => Some(path),
            Err(error) if error.is_not_found() => None,
            Err(error) => return Err(error),
        };
        self.0.resource.paths.borrow_mut().insert(name, path.clone());
        Ok(path)
    }
}
