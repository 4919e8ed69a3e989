//! A certificate authority on this framework and rcgen: what `charm.py` beside it is on ops.

use charm_runtime::prelude::*;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateSigningRequestParams, DnType, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SerialNumber,
};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

/// How long certificates are good for, in days.
const VALIDITY: i64 = 90;

/// What a unit asks for.
#[derive(Debug, PartialEq, Databag)]
#[databag(rename_all = "snake_case")]
pub struct Asked {
    /// Its requests.
    #[databag(default)]
    pub certificate_signing_requests: Vec<Request>,
}

/// A request.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// In PEM.
    pub certificate_signing_request: String,
}

/// What the application answers.
#[derive(Debug, PartialEq, Databag)]
pub struct Answered {
    /// The certificates of all units.
    #[databag(default)]
    pub certificates: Vec<Issued>,
}

/// A certificate; all in PEM.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Issued {
    /// Who signed it.
    pub ca: String,
    /// The request that it answers.
    pub certificate_signing_request: String,
    /// The certificate itself.
    pub certificate: String,
    /// It and those above it.
    pub chain: Vec<String>,
}

/// What the authority signs with.
#[derive(PartialEq, SecretContent)]
pub struct Authority {
    /// Its key, in PEM.
    pub private_key: SecretString,
    /// Its own certificate, in PEM.
    pub certificate: String,
}

impl Authority {
    fn new(name: &str) -> Result<Self> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        distinguish(&mut params)?;
        let certificate = params.self_signed(&key)?.pem();
        Ok(Self { private_key: key.serialize_pem().into(), certificate })
    }
}

/// Has what is signed be good from now on, and differ from all that was signed before: by itself, rcgen numbers a
/// certificate by its key.
fn distinguish(params: &mut CertificateParams) -> Result<()> {
    params.not_before = OffsetDateTime::now_utc();
    params.not_after = params.not_before + Duration::days(VALIDITY);
    let mut serial = [0; 16];
    getrandom::fill(&mut serial).context("no random numbers for a serial number")?;
    params.serial_number = Some(SerialNumber::from_slice(&serial));
    Ok(())
}

/// The charm.
#[charm(
    metadata = "../charmcraft.yaml",
    endpoint(certificates, remote_unit = Asked, local = Answered),
    secret(authority, content = Authority, owner = app)
)]
#[derive(Default)]
pub struct CertificateAuthority;

#[charm(metadata = "../charmcraft.yaml")]
impl CertificateAuthority {
    /// Answers what is asked, and takes back what is asked no more.
    ///
    /// Not as units depart: to a leader that goes itself all of them do, and it would take back every answer.
    #[on(any(except(relation_departed = endpoint::Certificates)))]
    fn sign(
        &mut self,
        clients: Relations<endpoint::Certificates>,
        authority: Secret<secret::Authority>,
        leader: Option<Leader>,
        app: &App,
    ) -> Result<()> {
        let Some(leader) = leader else { return Ok(()) };
        let content = match authority.content()? {
            Some(content) => content,
            None => {
                let made = Authority::new(app.name()?)?;
                authority.ensure(&leader, &made)?;
                made
            }
        };
        let issuer =
            Issuer::from_ca_cert_pem(&content.certificate, KeyPair::from_pem(content.private_key.expose())?)?;
        for client in &clients {
            let answer = client.local_app(&leader);
            let certified = answer.load()?.map(|answered| answered.certificates).unwrap_or_default();
            let mut certificates = Vec::new();
            for unit in client.units()? {
                let asked = unit.databag().load()?;
                for request in asked.into_iter().flat_map(|asked| asked.certificate_signing_requests) {
                    let request = request.certificate_signing_request;
                    let known = certified.iter().find(|one| one.certificate_signing_request == request);
                    certificates.push(match known {
                        Some(known) => known.clone(),
                        None => issue(request, &issuer, &content.certificate)?,
                    });
                }
            }
            answer.set(&Answered { certificates })?;
        }
        Ok(())
    }

    #[status]
    fn status(&self) -> Status {
        Status::active("")
    }
}

fn issue(request: String, issuer: &Issuer<'_, KeyPair>, ca: &str) -> Result<Issued> {
    let mut wanted = CertificateSigningRequestParams::from_pem(&request)?;
    distinguish(&mut wanted.params)?;
    let certificate = wanted.signed_by(issuer)?.pem();
    let chain = vec![certificate.clone(), ca.to_owned()];
    Ok(Issued { ca: ca.to_owned(), certificate_signing_request: request, certificate, chain })
}

charm_runtime::main!(CertificateAuthority);
