//! `credential-get`.

use super::flags::{self, Flag};
use super::format::Format;
use super::value::Value;
use super::{Call, Failure, OUTPUT, Output, Reply};
use crate::model::{CloudCredential, View};

pub(super) fn credential_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let args = flags::parse(
        call.args,
        &mut [Flag::format(Format::ALL, &mut out.format), Flag::text(OUTPUT, &mut out.file)],
    )?;
    flags::no_more(&args)?;
    let cloud = view.cloud();
    let cloud =
        cloud.map_err(|refusal| Failure::run(format!("cannot access cloud credentials: {refusal}")))?;
    let mut fields = vec![("type", Value::text(&cloud.kind)), ("name", Value::text(&cloud.name))];
    for (name, text) in [
        ("region", &cloud.region),
        ("endpoint", &cloud.endpoint),
        ("identity-endpoint", &cloud.identity_endpoint),
        ("storage-endpoint", &cloud.storage_endpoint),
    ] {
        if !text.is_empty() {
            fields.push((name, Value::text(text)));
        }
    }
    if let Some(credential) = &cloud.credential {
        fields.push(("credential", shown(credential)));
    }
    if !cloud.ca_certificates.is_empty() {
        fields.push(("cacertificates", Value::texts(&cloud.ca_certificates)));
    }
    for (name, truth) in
        [("skip-tls-verify", cloud.skip_tls_verify), ("is-controller-cloud", cloud.is_controller_cloud)]
    {
        if truth {
            fields.push((name, Value::Bool(true)));
        }
    }
    Ok(out.with(Value::Record(fields)))
}

fn shown(credential: &CloudCredential) -> Value {
    let mut fields = vec![("auth-type", Value::text(&credential.auth_type))];
    if !credential.attributes.is_empty() {
        fields.push(("attrs", Value::map(credential.attributes.clone())));
    }
    if !credential.redacted.is_empty() {
        fields.push(("redacted", Value::texts(&credential.redacted)));
    }
    Value::Record(fields)
}
