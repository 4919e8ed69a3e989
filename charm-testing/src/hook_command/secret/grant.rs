//! `secret-grant`, `secret-revoke` and `secret-remove`.

use super::required;
use crate::hook_command::flags::{self, Flag};
use crate::hook_command::relation::{relation, relation_flag};
use crate::hook_command::{Call, Failure, Output, Reply};
use crate::model::{Subject, UnitName, View, is_application_name, quoted};

fn unit_of(name: &str) -> Result<UnitName, Failure> {
    name.parse().map_err(|_| Failure::usage(format!("unit {name} not valid", name = quoted(name))))
}

pub(in crate::hook_command) fn secret_grant(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let (mut id, mut unit) = (None, None);
    let args =
        flags::parse(call.args, &mut [Flag::text(&["unit"], &mut unit), relation_flag(view, &mut id)])?;
    let secret = required(&args)?;
    let relation = relation(view, id)?;
    let application = view.remote_application(relation).unwrap_or_default().to_owned();
    let subject = match unit.filter(|unit| !unit.is_empty()) {
        None => Subject::Application(application),
        Some(name) => {
            let unit = unit_of(&name)?;
            if unit.application() != application {
                return Err(Failure::usage(format!(
                    "cannot specify unit {name} in relation to application {application}",
                    name = quoted(&name),
                    application = quoted(&application)
                )));
            }
            Subject::Unit(unit)
        }
    };
    flags::no_more(&args[1..])?;
    view.grant_secret(&secret, relation, subject)?;
    Ok(Output::none())
}

pub(in crate::hook_command) fn secret_revoke(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let (mut id, mut unit, mut application) = (None, None, None);
    let args = flags::parse(
        call.args,
        &mut [
            Flag::text(&["app", "application"], &mut application),
            Flag::text(&["unit"], &mut unit),
            relation_flag(view, &mut id),
        ],
    )?;
    let secret = required(&args)?;
    let application = application.filter(|name| !name.is_empty());
    if let Some(name) = application.as_ref().filter(|name| !is_application_name(name)) {
        return Err(Failure::usage(format!("application {name} not valid", name = quoted(name))));
    }
    let unit = unit.filter(|name| !name.is_empty()).map(|name| unit_of(&name)).transpose()?;
    if application.is_some() && unit.is_some() {
        return Err(Failure::usage("specify only one of application or unit"));
    }
    // A relation hook's own relation counts as one that was named.
    let related = match relation(view, id) {
        Ok(_) if application.is_some() => {
            return Err(Failure::usage("do not specify both relation and app"));
        }
        Ok(relation) => view.remote_application(relation).map(str::to_owned),
        Err(_) => application,
    };
    let subject = match (unit, related) {
        (Some(unit), _) => Subject::Unit(unit),
        (None, Some(application)) => Subject::Application(application),
        (None, None) => return Err(Failure::usage("missing relation or application or unit")),
    };
    flags::no_more(&args[1..])?;
    view.revoke_secret(&secret, subject)?;
    Ok(Output::none())
}

pub(in crate::hook_command) fn secret_remove(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut revision = 0i64;
    let args = flags::parse(call.args, &mut [Flag::integer(&["revision"], &mut revision)])?;
    let secret = required(&args)?;
    flags::no_more(&args[1..])?;
    let one = u32::try_from(revision).ok().filter(|revision| *revision > 0);
    view.remove_secret(&secret, one)?;
    Ok(Output::none())
}
