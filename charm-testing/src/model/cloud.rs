//! The cloud of the model, and who may know how to get in.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::application::unknown_application;
use super::error::{ModelError, Refusal};
use super::{Model, View};

/// A cloud with the means to use it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloudSpec {
    /// What kind it is: `lxd`, `ec2`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The region, if it has any.
    pub region: String,
    /// Where it is reached.
    pub endpoint: String,
    /// Where identities are checked, if elsewhere.
    pub identity_endpoint: String,
    /// Where storage is reached, if elsewhere.
    pub storage_endpoint: String,
    /// What lets one in.
    pub credential: Option<CloudCredential>,
    /// The certificates to trust, as PEM.
    pub ca_certificates: Vec<String>,
    /// Whether certificates are not checked.
    pub skip_tls_verify: bool,
    /// Whether it is the controller's own.
    pub is_controller_cloud: bool,
}

/// What lets one into a cloud. Its attributes are never shown by `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloudCredential {
    /// The kind: `certificate`, `userpass`.
    pub auth_type: String,
    /// What it consists of.
    pub attributes: BTreeMap<String, String>,
    /// The names of attributes that were left out.
    pub redacted: Vec<String>,
}

impl fmt::Debug for CloudCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CloudCredential").field("auth_type", &self.auth_type).finish_non_exhaustive()
    }
}

impl CloudSpec {
    /// A LXD on this machine.
    pub(crate) fn local() -> Self {
        let attributes = [("client-cert", "cert"), ("client-key", "key"), ("server-cert", "server")];
        let attributes =
            attributes.map(|(key, value)| (key.to_owned(), format!("-----{value} of the local model-----")));
        Self {
            kind: "lxd".to_owned(),
            name: "localhost".to_owned(),
            region: "localhost".to_owned(),
            endpoint: "https://10.0.0.1:8443".to_owned(),
            credential: Some(CloudCredential {
                auth_type: "certificate".to_owned(),
                attributes: BTreeMap::from(attributes),
                redacted: Vec::new(),
            }),
            is_controller_cloud: true,
            ..Self::default()
        }
    }

    /// A Kubernetes on this machine.
    pub(crate) fn local_kubernetes() -> Self {
        let token = "-----token of the local model-----".to_owned();
        Self {
            kind: "kubernetes".to_owned(),
            name: "microk8s".to_owned(),
            endpoint: "https://10.0.0.1:16443".to_owned(),
            credential: Some(CloudCredential {
                auth_type: "oauth2".to_owned(),
                attributes: BTreeMap::from([("Token".to_owned(), token)]),
                redacted: Vec::new(),
            }),
            ..Self::local()
        }
    }
}

impl Model {
    /// The cloud that the model is in.
    pub fn cloud(&self) -> &CloudSpec {
        &self.cloud
    }

    /// Says which cloud the model is in. It starts in a LXD.
    pub fn set_cloud(&mut self, cloud: CloudSpec) {
        self.cloud = cloud;
    }

    /// Lets an application know how to use the cloud, or no more, as `juju trust` does. Its units run config-changed.
    pub fn trust(&mut self, application: &str, trusted: bool) -> Result<(), ModelError> {
        let known = self.applications.get_mut(application).ok_or_else(|| unknown_application(application))?;
        if known.trusted != trusted {
            known.trusted = trusted;
            self.hash_config(application);
        }
        Ok(())
    }

    /// Whether an application may know how to use the cloud.
    pub fn is_trusted(&self, application: &str) -> bool {
        self.applications.get(application).is_some_and(|known| known.trusted)
    }
}

impl View<'_> {
    /// The cloud, if the operator trusts the application.
    pub fn cloud(&self) -> Result<&CloudSpec, Refusal> {
        if self.model.is_kubernetes() && self.model.version().is_4() {
            return Err(Refusal::NoCloudOnKubernetes);
        }
        let application = self.model.applications.get(self.context.unit().application());
        match application {
            Some(application) if application.trusted => Ok(&self.model.cloud),
            _ => Err(Refusal::PermissionDenied),
        }
    }
}
