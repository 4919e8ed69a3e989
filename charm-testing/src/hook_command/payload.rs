//! `payload-register`, `payload-unregister` and `payload-status-set`, of Juju 3.

use std::collections::BTreeMap;

use super::flags;
use super::{Call, Failure, Output, Reply, open_error, yaml};
use crate::model::{Payload, View, quoted};

/// The statuses that Juju knows.
const STATUSES: [&str; 4] = ["running", "starting", "stopped", "stopping"];

fn missing() -> Failure {
    Failure::usage("missing required arguments")
}

pub(super) fn payload_register(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let args = flags::parse(call.args, &mut [])?;
    let [kind, class, id, labels @ ..] = args.as_slice() else { return Err(missing()) };
    let classes = classes(call)?;
    match classes.get(class) {
        None => {
            return Err(Failure::run(format!("payload {} not found in metadata.yaml", quoted(class))));
        }
        Some(declared) if declared != kind => {
            return Err(Failure::run(format!(
                "incorrect type {} for payload {}, expected {}",
                quoted(kind),
                quoted(class),
                quoted(declared)
            )));
        }
        Some(_) => {}
    }
    let payload = Payload { kind: kind.clone(), labels: labels.to_vec(), status: "running".to_owned() };
    view.register_payload(class, id, payload);
    Ok(Output::none())
}

/// The classes of payloads that the charm declares, each with its type, from the directory in which the command was
/// called: Juju reads them anew each time.
fn classes(call: &Call<'_>) -> Result<BTreeMap<String, String>, Failure> {
    let path = call.dir.join("metadata.yaml");
    let bytes = std::fs::read(&path).map_err(|error| Failure::run(open_error(&path, &error)))?;
    yaml::text_of_each(&bytes, "payloads", "type").map_err(|error| Failure::run(format!("metadata: {error}")))
}

pub(super) fn payload_unregister(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let args = flags::parse(call.args, &mut [])?;
    let [class, id, rest @ ..] = args.as_slice() else { return Err(missing()) };
    flags::no_more(rest)?;
    view.unregister_payload(class, id);
    Ok(Output::none())
}

pub(super) fn payload_status_set(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let args = flags::parse(call.args, &mut [])?;
    let [class, id, status, rest @ ..] = args.as_slice() else { return Err(missing()) };
    flags::no_more(rest)?;
    if !STATUSES.contains(&status.as_str()) {
        let known = STATUSES.map(quoted).join(", ");
        return Err(Failure::run(format!(
            "status {} not supported; expected one of [{known}]",
            quoted(status)
        )));
    }
    view.set_payload_status(class, id, status)?;
    Ok(Output::none())
}
