//! `credential-get`.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::{or_default, read, HookCommand, Transport};
use crate::error::Error;

/// The cloud that the model lives in, and how to log in there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct CloudSpec {
    /// The kind of cloud, such as `lxd`, `ec2` or `openstack`.
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
    /// Juju's name of the cloud.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// The region, where the cloud has regions.
    pub region: Option<String>,
    /// Where the cloud answers.
    pub endpoint: Option<String>,
    /// Where its identities are served.
    pub identity_endpoint: Option<String>,
    /// Where its storage is served.
    pub storage_endpoint: Option<String>,
    /// How to log in.
    pub credential: Option<CloudCredential>,
    /// Certificates to trust, in PEM.
    #[serde(rename = "cacertificates", deserialize_with = "or_default")]
    pub ca_certificates: Vec<String>,
    /// Whether certificates are not to be checked at all.
    #[serde(deserialize_with = "or_default")]
    pub skip_tls_verify: bool,
    /// Whether Juju's controller lives in this cloud too.
    #[serde(deserialize_with = "or_default")]
    pub is_controller_cloud: bool,
}

/// How to log in to a cloud. `Debug` names the attributes, and not their values.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct CloudCredential {
    /// Which kind it is, such as `userpass` or `certificate`.
    #[serde(deserialize_with = "or_default")]
    pub auth_type: String,
    /// What it consists of; which attributes there are depends on cloud and kind.
    #[serde(rename = "attrs", deserialize_with = "or_default")]
    pub attributes: BTreeMap<String, String>,
    /// Attributes that Juju keeps to itself.
    #[serde(deserialize_with = "or_default")]
    pub redacted: Vec<String>,
}

impl fmt::Debug for CloudCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&String> = self.attributes.keys().collect();
        f.debug_struct("CloudCredential")
            .field("auth_type", &self.auth_type)
            .field("attributes", &names)
            .finish_non_exhaustive()
    }
}

/// `credential-get`: the cloud, and how to log in there. Asked of the controller anew each time.
///
/// Fails with [`Error::is_permission_denied`] unless the operator trusts the application (`juju trust`; in the words of
/// Juju 3.6 and of 4), and with [`Error::is_not_supported`] on Kubernetes (Juju 4).
///
/// ```
/// use charm_runtime::hook_command::{credential_get, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer(
///     r#"{"type":"lxd","name":"home","credential":{"auth-type":"certificate","attrs":{"server-cert":"s3cret"}}}"#,
/// );
/// let cloud = credential_get(&juju)?;
/// assert_eq!((cloud.kind.as_str(), cloud.region.as_deref()), ("lxd", None));
/// assert!(!format!("{cloud:?}").contains("s3cret"));
/// assert_eq!(juju.calls(), [HookCommand::new("credential-get").arg("--format=json")]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn credential_get(juju: &dyn Transport) -> Result<CloudSpec, Error> {
    read(juju, &HookCommand::new("credential-get").json())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook_command::Scripted;

    #[test]
    fn a_whole_answer() {
        let answer = r#"{"type":"openstack","name":"c","region":"r","endpoint":"e","identity-endpoint":"i",
            "storage-endpoint":"s","credential":{"auth-type":"userpass","attrs":{"password":"hunter2"},
            "redacted":["x"]},"cacertificates":["pem"],"skip-tls-verify":true,"is-controller-cloud":true,"new":{}}"#;
        let cloud = credential_get(&Scripted::new().answer(answer)).unwrap();
        let credential = cloud.credential.clone().unwrap();
        assert_eq!(credential.attributes["password"], "hunter2");
        assert_eq!((cloud.ca_certificates.len(), cloud.skip_tls_verify), (1, true));
        assert_eq!(cloud.identity_endpoint.as_deref(), Some("i"));
        let shown = format!("{cloud:?}");
        assert!(shown.contains("password") && !shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn an_answer_that_is_none_is_not_quoted() {
        let juju = Scripted::new().answer(r#"{"credential":"hunter2"}"#);
        let error = credential_get(&juju).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }

    #[test]
    fn refusals_are_typed() {
        let juju = Scripted::new()
            .refuse(1, "cannot access cloud credentials: permission denied")
            .refuse(1, "cannot access cloud credentials: permission denied (unauthorized access)")
            .refuse(1, "cannot access cloud credentials: credential-get on a \"caas\" model not supported");
        assert!(credential_get(&juju).unwrap_err().is_permission_denied());
        assert!(credential_get(&juju).unwrap_err().is_permission_denied());
        assert!(credential_get(&juju).unwrap_err().is_not_supported());
    }
}
