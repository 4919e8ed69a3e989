//! A server on this framework and rcgen: what `charm.py` beside it is on ops.

use charm_runtime::prelude::*;
use rcgen::{CertificateParams, DnType, KeyPair, PublicKeyData};
use serde::{Deserialize, Serialize};
use x509_parser::pem::parse_x509_pem;

/// What a unit asks for.
#[derive(Debug, PartialEq, Databag)]
#[databag(rename_all = "snake_case")]
pub struct Asked {
    /// Its requests.
    pub certificate_signing_requests: Vec<Request>,
}

/// A request.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// In PEM.
    pub certificate_signing_request: String,
    /// Whether the certificate is to be that of an authority.
    pub ca: bool,
}

/// What the application at the other end answers.
#[derive(Debug, PartialEq, Databag)]
pub struct Answered {
    /// The certificates of all units.
    #[databag(default)]
    pub certificates: Vec<Issued>,
}

/// A certificate; all in PEM.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Issued {
    /// The request that it answers.
    pub certificate_signing_request: String,
    /// The certificate itself.
    pub certificate: String,
}

/// What the unit proves itself with.
#[derive(PartialEq, SecretContent)]
pub struct Identity {
    /// Its key, in PEM.
    pub private_key: SecretString,
}

/// The charm.
#[charm(
    metadata = "../charmcraft.yaml",
    endpoint(certificates, remote = Answered, local_unit = Asked),
    secret(identity, content = Identity, owner = unit)
)]
#[derive(Default)]
pub struct Server {
    /// The name that is asked for, or was last.
    name: Stored<String>,
}

#[charm(metadata = "../charmcraft.yaml")]
impl Server {
    #[on(any)]
    fn reconcile(
        &mut self,
        config: &Config,
        certificates: Option<Relation<endpoint::Certificates>>,
        identity: Secret<secret::Identity>,
        unit: &Unit,
    ) -> Result<()> {
        let certificates = certificates.or_blocked("relate a certificate authority")?;
        let key = match identity.content()? {
            Some(identity) => KeyPair::from_pem(identity.private_key.expose())?,
            None => {
                let key = KeyPair::generate()?;
                identity.ensure(unit, &Identity { private_key: key.serialize_pem().into() })?;
                key
            }
        };
        let name = format!("{}.{}", unit.name()?.replace('/', "-"), config.domain);
        let databag = certificates.local_unit();
        // A request is signed with random numbers: it is made once for each name.
        if databag.load()?.is_none() || *self.name.get()? != name {
            let mut params = CertificateParams::new(vec![name.clone()])?;
            params.distinguished_name.push(DnType::CommonName, name.as_str());
            let request = params.serialize_request(&key)?.pem()?;
            let requests = vec![Request { certificate_signing_request: request, ca: false }];
            databag.set(&Asked { certificate_signing_requests: requests })?;
            self.name.set(name);
        }
        let asked = databag.load()?.or_waiting("a request")?.certificate_signing_requests;
        let answered = certificates.remote_app().load()?.or_waiting("a certificate")?;
        let ours = |issued: &&Issued| {
            let answers = issued.certificate_signing_request.trim();
            asked.iter().any(|request| request.certificate_signing_request.trim() == answers)
        };
        let issued = answered.certificates.iter().find(ours).or_waiting("a certificate")?;
        let (_, pem) = parse_x509_pem(issued.certificate.as_bytes())?;
        let certificate = pem.parse_x509()?;
        ensure!(
            certificate.public_key().raw == key.subject_public_key_info(),
            "the certificate is for another key"
        );
        Ok(())
    }

    #[on(relation_broken = endpoint::Certificates)]
    fn gone(&mut self, identity: Secret<secret::Identity>, unit: &Unit) -> Result<()> {
        identity.remove_all(unit)?;
        self.name.set(String::new());
        Ok(())
    }

    #[status]
    fn status(&self) -> Result<Status> {
        Ok(Status::active(format!("certificate for {}", self.name.get()?)))
    }
}

charm_runtime::main!(Server);
