//! The environment of a hook, built from nothing: Juju lets none of its own through.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use crate::model::{
    Hook, HookContext, Model, PebbleHookKind, RelationHook, RelationHookKind, Storage, UnitName,
};

/// Where the shell's and the system's own programs are, on any Linux.
const SYSTEM_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The places that a hook is told of.
pub(crate) struct Places<'a> {
    pub(crate) charm: &'a Path,
    pub(crate) tools: &'a Path,
    pub(crate) socket: &'a OsStr,
}

/// The variables of one hook.
pub(crate) fn variables(
    model: &Model,
    context: &HookContext,
    places: &Places<'_>,
) -> Vec<(String, OsString)> {
    let unit = context.unit();
    let hook = context.hook();
    let principal = model.unit(unit).and_then(|unit| unit.principal.as_ref());
    let principal = principal.map(ToString::to_string).unwrap_or_default();
    let mut variables: Vec<(String, OsString)> = Vec::new();
    let mut set = |name: &str, value: OsString| variables.push((name.to_owned(), value));

    set("CHARM_DIR", places.charm.into());
    set("JUJU_CHARM_DIR", places.charm.into());
    set("JUJU_CONTEXT_ID", context.id().into());
    // For an action and for commands it is set, and empty.
    let hook_name = if hook.is_of_lifecycle() { hook.name() } else { String::new() };
    set("JUJU_HOOK_NAME", hook_name.into());
    set("JUJU_AGENT_SOCKET_ADDRESS", places.socket.into());
    set("JUJU_AGENT_SOCKET_NETWORK", "unix".into());
    set("JUJU_UNIT_NAME", unit.to_string().into());
    set("JUJU_MODEL_UUID", model.uuid().into());
    set("JUJU_MODEL_NAME", model.name().into());
    set("JUJU_API_ADDRESSES", "10.0.0.1:17070".into());
    if model.version().major < 4 {
        set("JUJU_SLA", "unsupported".into());
    }
    set("JUJU_MACHINE_ID", model.machine_id(unit).into());
    set("JUJU_PRINCIPAL_UNIT", principal.into());
    set("JUJU_AVAILABILITY_ZONE", "".into());
    set("JUJU_VERSION", model.version().to_string().into());
    set("CLOUD_API_VERSION", "".into());
    for proxy in ["HTTP", "HTTPS", "FTP"] {
        set(&format!("JUJU_CHARM_{proxy}_PROXY"), "".into());
    }
    set("JUJU_CHARM_NO_PROXY", "".into());

    variables.extend(about(hook).into_iter().map(|(name, value)| (name.to_owned(), value.into())));
    let mut set = |name: &str, value: OsString| variables.push((name.to_owned(), value));
    set("APT_LISTCHANGES_FRONTEND", "none".into());
    set("DEBIAN_FRONTEND", "noninteractive".into());
    set("LANG", "C.UTF-8".into());
    set("TERM", "tmux-256color".into());
    let mut path = places.tools.as_os_str().to_owned();
    path.push(":");
    path.push(SYSTEM_PATH);
    set("PATH", path);
    if !matches!(hook, Hook::Exec(_)) {
        set("JUJU_DISPATCH_PATH", hook.dispatch_path().into());
    }
    variables
}

fn name_of(unit: Option<&UnitName>) -> String {
    unit.map(ToString::to_string).unwrap_or_default()
}

fn about_relation(hook: &RelationHook) -> Vec<(&'static str, String)> {
    vec![
        ("JUJU_RELATION", hook.endpoint.clone()),
        ("JUJU_RELATION_ID", hook.relation_key()),
        // Set even if no unit is meant: an empty value, and not a missing one, says so.
        ("JUJU_REMOTE_UNIT", name_of(hook.remote_unit.as_ref())),
        ("JUJU_REMOTE_APP", hook.remote_application.clone()),
    ]
}

/// What the environment says of the hook itself, where it says anything.
pub(crate) fn about(hook: &Hook) -> Vec<(&'static str, String)> {
    match hook {
        Hook::Exec(exec) => exec.relation.iter().flat_map(about_relation).collect(),
        Hook::Relation(hook) => {
            let mut about = about_relation(hook);
            if hook.kind == RelationHookKind::Departed {
                about.push(("JUJU_DEPARTING_UNIT", name_of(hook.departing_unit.as_ref())));
            }
            about
        }
        Hook::Secret(hook) => {
            let mut about =
                vec![("JUJU_SECRET_ID", hook.secret.uri()), ("JUJU_SECRET_LABEL", hook.label.clone())];
            about.extend(hook.revision.map(|revision| ("JUJU_SECRET_REVISION", revision.to_string())));
            about
        }
        Hook::Storage(hook) => vec![
            ("JUJU_STORAGE_ID", hook.storage.to_string()),
            ("JUJU_STORAGE_LOCATION", hook.location.clone()),
            ("JUJU_STORAGE_KIND", Storage::kind_name(hook.storage_kind).to_owned()),
        ],
        Hook::Pebble(hook) => {
            let mut about = vec![("JUJU_WORKLOAD_NAME", hook.container.clone())];
            match &hook.kind {
                PebbleHookKind::Ready => {}
                PebbleHookKind::CustomNotice { id, kind, key } => about.extend([
                    ("JUJU_NOTICE_ID", id.clone()),
                    ("JUJU_NOTICE_TYPE", kind.clone()),
                    ("JUJU_NOTICE_KEY", key.clone()),
                ]),
                PebbleHookKind::CheckFailed { check } | PebbleHookKind::CheckRecovered { check } => {
                    about.push(("JUJU_PEBBLE_CHECK_NAME", check.clone()));
                }
            }
            about
        }
        Hook::Action { id, name } => vec![
            ("JUJU_ACTION_NAME", name.clone()),
            ("JUJU_ACTION_UUID", id.to_string()),
            ("JUJU_ACTION_TAG", format!("action-{id}")),
        ],
        _ => Vec::new(),
    }
}
