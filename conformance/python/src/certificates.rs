//! Certificates over the interface tls-certificates: each authority signs for the server of the other language.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, ensure};
use charm_testing::model::{JujuVersion, Moment, SecretOwner, StatusKind, UnitName};
use serde_json::Value;
use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::pem::{Pem, parse_x509_pem};
use x509_parser::prelude::FromDer as _;

use crate::charm::{Charms, Language};
use crate::local::Local;
use crate::runs::Shown;

/// Each authority with its server, which is of the other language.
const PAIRS: [(&str, &str); 2] = [("python-authority", "rust-server"), ("rust-authority", "python-server")];

struct Certificates {
    local: Local,
    domain: &'static str,
}

/// The serial numbers of all units' certificates.
type Serials = BTreeMap<UnitName, Vec<u8>>;

/// Goes through it once.
pub(crate) fn run(charms: &Charms<'_>, seed: u64, juju: JujuVersion) -> Result<Shown> {
    let mut all = Certificates { local: Local::new(charms, seed, juju)?, domain: "example" };
    all.deploy(charms).context("deployed")?;
    all.renew().context("renewed")?;
    all.rename().context("under another name")?;
    all.hand_over().context("with another leader")?;
    all.part().context("parted")?;
    Ok(format!("{} hooks", all.local.ran.len()))
}

impl Certificates {
    fn deploy(&mut self, charms: &Charms<'_>) -> Result<()> {
        for (name, charm, language) in [
            ("python-authority", "certificate-authority", Language::Python),
            ("rust-authority", "certificate-authority", Language::Rust("rust-certificate-authority")),
            ("python-server", "server", Language::Python),
            ("rust-server", "server", Language::Rust("rust-server")),
        ] {
            let source = charms.package.join("charms").join(charm);
            self.local.deploy(name, charms.open(&source, language)?, 2)?;
        }
        for (authority, server) in PAIRS {
            self.local.model.integrate(authority, server)?;
        }
        self.local.settle()?;
        self.serials(2).map(drop)
    }

    /// All ask for another name: the old certificates go, new ones come.
    fn rename(&mut self) -> Result<()> {
        let before = self.serials(2)?;
        self.domain = "example.org";
        for (_, server) in PAIRS {
            self.local.model.set_config(server, [("domain", self.domain)])?;
        }
        self.local.settle()?;
        let after = self.serials(2)?;
        for (unit, serial) in after {
            ensure!(before[&unit] != serial, "the certificate of {unit} is still the old one");
        }
        Ok(())
    }

    /// The library keeps each certificate in a secret that expires before it does. Juju tells when, and it asks anew.
    fn renew(&mut self) -> Result<()> {
        let before = self.serials(2)?;
        let expiries: Vec<Moment> =
            self.local.secrets_of("python-server").iter().filter_map(|secret| secret.expires()).collect();
        ensure!(expiries.len() == 2, "of the two certificates of python-server {} expire", expiries.len());
        let last = expiries.iter().max().map(|moment| moment.since_start()).unwrap_or_default();
        let now = self.local.model.now().since_start();
        self.local.model.advance(last.saturating_sub(now) + Duration::from_secs(1));
        self.local.settle()?;
        let after = self.serials(2)?;
        for (unit, serial) in &after {
            let expired = unit.application() == "python-server";
            ensure!(
                (before[unit] != *serial) == expired,
                "the certificate of {unit} is not the expected one"
            );
        }
        Ok(())
    }

    /// Another unit leads each authority. It signs for a new unit with the application's key, and the others keep what
    /// they have.
    fn hand_over(&mut self) -> Result<()> {
        let before = self.serials(2)?;
        let authorities = self.authorities()?;
        for (authority, server) in PAIRS {
            let leader = self.local.leader(authority)?;
            self.local.model.remove_unit(&leader)?;
            self.local.settle()?;
            ensure!(self.local.leader(authority)? != leader, "{leader} still leads");
            self.local.model.add_units(server, 1)?;
        }
        self.local.settle()?;
        ensure!(self.authorities()? == authorities, "an authority has another certificate than before");
        let after = self.serials(3)?;
        for (unit, serial) in before {
            ensure!(after[&unit] == serial, "the certificate of {unit} was replaced");
        }
        Ok(())
    }

    /// The relations go, and with them the servers' keys; then everything goes.
    fn part(&mut self) -> Result<()> {
        for (authority, _) in PAIRS {
            let relation = self.local.relation(authority)?.id;
            self.local.model.remove_relation(relation)?;
        }
        self.local.settle()?;
        for (authority, server) in PAIRS {
            ensure!(self.local.relation(authority).is_err(), "the relation of {authority} is still there");
            ensure!(self.local.secrets_of(server).is_empty(), "{server} has kept secrets");
            for unit in self.local.model.units_of(server) {
                let message = unit.workload.message.as_str();
                let blocked = unit.workload.kind == StatusKind::Blocked;
                ensure!(blocked && message == "relate a certificate authority", "{}: {message}", unit.name);
            }
        }
        for (authority, server) in PAIRS {
            self.local.model.remove_application(authority)?;
            self.local.model.remove_application(server)?;
        }
        self.local.settle()?;
        self.local.expect_empty()
    }

    /// Fails unless each of the `count` units of each server has a certificate for its name and its key by its
    /// authority, and no authority has signed anything else.
    fn serials(&self, count: usize) -> Result<Serials> {
        let mut serials = Serials::new();
        for (authority, server) in PAIRS {
            self.local.expect_active(server, count, |unit| format!("certificate for {}", self.name(unit)))?;
            let relation = self.local.relation(authority)?;
            let issued = list(relation.application_data(authority), "certificates")?;
            ensure!(
                issued.len() == count,
                "{authority} has signed {} certificates, not {count}",
                issued.len()
            );
            for unit in self.local.units_of(server) {
                let requests = list(relation.unit_data(&unit), "certificate_signing_requests")?;
                ensure!(requests.len() == 1, "{unit} has asked for {} certificates", requests.len());
                let request = text(&requests[0], "certificate_signing_request")?;
                let answers = |one: &&Value| {
                    text(one, "certificate_signing_request").is_ok_and(|found| found == request)
                };
                let certificate = issued.iter().find(answers);
                let certificate =
                    certificate.with_context(|| format!("{authority} has no answer for {unit}"))?;
                let serial = check(certificate, request, &self.name(&unit))
                    .with_context(|| format!("what {authority} has signed for {unit}"))?;
                serials.insert(unit, serial);
            }
            // Its key stays with the unit that it is for.
            for secret in self.local.secrets_of(server) {
                ensure!(matches!(secret.owner, SecretOwner::Unit(_)), "{server} shares a key");
                ensure!(secret.grants.is_empty(), "{server} has granted a key: {:?}", secret.grants);
            }
        }
        Ok(serials)
    }

    /// The certificates that the authorities sign by.
    fn authorities(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for (authority, _) in PAIRS {
            let relation = self.local.relation(authority)?;
            let issued = list(relation.application_data(authority), "certificates")?;
            found.push(text(issued.first().context("nothing is signed")?, "ca")?.to_owned());
        }
        Ok(found)
    }

    /// The name that a unit has a certificate for.
    fn name(&self, unit: &UnitName) -> String {
        format!("{}.{}", unit.to_string().replace('/', "-"), self.domain)
    }
}

/// Checks a certificate against its request and its authority, and returns its serial number.
fn check(issued: &Value, request: &str, name: &str) -> Result<Vec<u8>> {
    let (certificate, ca, request) =
        (pem(text(issued, "certificate")?)?, pem(text(issued, "ca")?)?, pem(request)?);
    let (certificate, ca) = (certificate.parse_x509()?, ca.parse_x509()?);
    let (_, request) = X509CertificationRequest::from_der(&request.contents)?;
    certificate.verify_signature(Some(ca.public_key())).context("it is not signed by its authority")?;
    ensure!(ca.is_ca(), "its authority is none");
    ensure!(certificate.issuer() == ca.subject(), "it names another authority");
    let asked = &request.certification_request_info;
    ensure!(certificate.public_key().raw == asked.subject_pki.raw, "it is for another key");
    let common = certificate.subject().iter_common_name().next().and_then(|name| name.as_str().ok());
    ensure!(common == Some(name), "it is for {common:?}, not for {name}");
    Ok(certificate.raw_serial().to_vec())
}

fn pem(text: &str) -> Result<Pem> {
    parse_x509_pem(text.as_bytes()).map(|(_, pem)| pem).map_err(|error| anyhow!("no PEM: {error}"))
}

/// A list in a databag.
fn list(databag: Option<&BTreeMap<String, String>>, key: &str) -> Result<Vec<Value>> {
    let text = databag.and_then(|data| data.get(key)).with_context(|| format!("no {key} in the databag"))?;
    Ok(serde_json::from_str(text)?)
}

/// A text in an object, without space around it.
fn text<'a>(object: &'a Value, key: &str) -> Result<&'a str> {
    Ok(object[key].as_str().with_context(|| format!("no {key}"))?.trim())
}
