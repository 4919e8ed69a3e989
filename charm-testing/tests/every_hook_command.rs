//! Every hook command that Juju 4 has: the runtime's function of that name and the simulated command understand each
//! other, in the words of Juju 3.6 and in those of 4.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;

use charm_runtime::hook_command::*;
use charm_runtime::{Error, Port, RawSecret, RelationId, SecretId, SecretOwner, Status};
use charm_testing::hook_command::{self as simulated, Call};
use charm_testing::model::{HookContext, JujuVersion, Model};
use hooks::{charm, hook, settle, unit};

const APP: &str = "provides:\n  web: {interface: http}\n\
                   storage:\n  data: {type: filesystem, location: /srv/data}\n  \
                   logs: {type: filesystem, multiple: {range: 0+}}\n\
                   resources:\n  tool: {type: file, filename: tool.tar}\n\
                   config:\n  options:\n    port: {type: int, default: 80}\n    name: {type: string}\n\
                   actions:\n  act:\n    params:\n      depth: {type: integer, default: 2}\n";

/// A hook, or an action, as a way to Juju that remembers which commands were called.
struct Simulated {
    model: RefCell<(Model, HookContext)>,
    called: RefCell<BTreeSet<String>>,
}

impl Simulated {
    /// `app/0` leads; `web/0` is related.
    fn model(version: JujuVersion) -> Model {
        let mut model = Model::new(1);
        model.set_version(version);
        model.deploy("app", charm("app", APP), 2).unwrap();
        model.deploy("web", charm("web", hooks::REQUIRER), 1).unwrap();
        model.integrate("app", "web").unwrap();
        settle(&mut model);
        model.set_leader(&unit("app/0"));
        settle(&mut model);
        model
    }

    fn hook_of(name: &str, version: JujuVersion) -> Self {
        let mut model = Self::model(version);
        let context = hook(&mut model, name);
        Self { model: RefCell::new((model, context)), called: RefCell::default() }
    }

    fn action(version: JujuVersion) -> Self {
        let mut model = Self::model(version);
        model.run_action(&unit("app/0"), "act", serde_json::Map::new()).unwrap();
        let context = model.next().unwrap();
        Self { model: RefCell::new((model, context)), called: RefCell::default() }
    }
}

impl Transport for Simulated {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        self.called.borrow_mut().insert(command.name().to_owned());
        let (model, context) = &mut *self.model.borrow_mut();
        let args = command.arguments_with_content();
        let call = Call {
            command: command.name(),
            args: &args,
            dir: Path::new("/"),
            stdin: Some(command.standard_input().unwrap_or_default()),
        };
        Ok(match simulated::run(&mut model.view(context).unwrap(), &call) {
            Ok(answer) => Output { code: answer.code, stdout: answer.stdout, stderr: answer.stderr },
            Err(error) => Output { code: 1, stderr: format!("ERROR {error}\n").into(), ..Output::default() },
        })
    }
}

fn web() -> RelationId {
    "web:0".parse().unwrap()
}

fn gone() -> RelationId {
    "web:99".parse().unwrap()
}

fn map(key: &str, value: &str) -> std::collections::BTreeMap<String, String> {
    [(key.to_owned(), value.to_owned())].into()
}

fn content(value: &str) -> RawSecret {
    RawSecret::from([("token", value)])
}

fn own(juju: &Simulated) -> Result<SecretId, Error> {
    Ok(secret_ids(juju)?.remove(0))
}

fn strange() -> SecretId {
    "secret:9m4e2mr0ui3e8a215n4g".parse().unwrap()
}

type Said = Result<String, Error>;
type Step = (&'static str, fn(&Simulated) -> Said, &'static str);

fn said<T: Debug>(answer: Result<T, Error>) -> Said {
    answer.map(|answer| format!("{answer:?}"))
}

/// In one hook, one after another. The last word of each is what the function returned.
const IN_A_HOOK: &[Step] = &[
    ("application-version-set", |juju| said(application_version_set(juju, "-14.2")), "()"),
    ("config-get", |juju| said(config_get(juju).map(|options| options["port"].as_i64())), "Some(80)"),
    ("config-get", |juju| said(config_get_all(juju).map(|options| options["name"].is_null())), "true"),
    ("config-get", |juju| said(config_get_key(juju, "port").map(|port| port?.as_i64())), "Some(80)"),
    ("config-get", |juju| said(config_get_key(juju, "name")), "None"),
    ("config-get", |juju| said(config_get_key(juju, "-unheard-of")), "None"),
    ("goal-state", |juju| said(goal_state(juju).map(|state| state.units.len())), "2"),
    ("goal-state", |juju| said(goal_state(juju).map(|state| state.relations["web"].len())), "2"),
    ("is-leader", |juju| said(is_leader(juju)), "true"),
    ("juju-log", |juju| said(juju_log(juju, LogLevel::Debug, "--debug")), "()"),
    ("juju-reboot", |juju| said(juju_reboot(juju, RebootWhen::AfterHook)), "()"),
    (
        "network-get",
        |juju| said(network_get(juju, "web", None).map(|info| info.bind_address().is_some())),
        "true",
    ),
    (
        "network-get",
        |juju| said(network_get(juju, "web", Some(&web())).map(|info| info.ingress_address().is_some())),
        "true",
    ),
    (
        "unit-get",
        |juju| said(unit_get(juju, UnitAddress::Private).map(|address| address.is_empty())),
        "false",
    ),
    ("open-port", |juju| said(open_port(juju, Port::tcp(80), &[])), "()"),
    ("open-port", |juju| said(open_port(juju, Port::udp_range(53, 54), &["web"])), "()"),
    (
        "opened-ports",
        |juju| Ok(opened_ports(juju)?.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
        "80/tcp 53-54/udp",
    ),
    (
        "opened-ports",
        |juju| said(opened_ports_by_endpoint(juju).map(|ports| ports[1].endpoints.clone())),
        "[\"web\"]",
    ),
    ("close-port", |juju| said(close_port(juju, Port::udp_range(53, 54), &["web"])), "()"),
    ("close-port", |juju| said(close_port(juju, Port::ICMP, &[])), "()"),
    ("opened-ports", |juju| said(opened_ports(juju).map(|ports| ports.len())), "1"),
    ("relation-ids", |juju| said(relation_ids(juju, "web").map(|ids| ids == [web()])), "true"),
    ("relation-ids", |juju| said(relation_ids(juju, "unheard-of")), "[]"),
    ("relation-list", |juju| said(relation_list(juju, &web())), "[\"web/0\"]"),
    ("relation-list", |juju| said(relation_remote_app(juju, &web())), "Some(\"web\")"),
    ("relation-model-get", |juju| said(relation_model_get(juju, &web()).map(|uuid| uuid.is_some())), "true"),
    ("relation-set", |juju| said(relation_set(juju, &web(), false, &map("a", " 1=\u{85}\n"))), "()"),
    ("relation-set", |juju| said(relation_set(juju, &web(), true, &map("b", "2"))), "()"),
    (
        "relation-get",
        |juju| said(relation_get(juju, &web(), "app/0").map(|bag| bag["a"] == " 1=\u{85}\n")),
        "true",
    ),
    ("relation-get", |juju| said(relation_get_app(juju, &web(), "app")), "{\"b\": \"2\"}"),
    (
        "relation-get",
        |juju| said(relation_get(juju, &web(), "web/0").map(|bag| bag.contains_key("ingress-address"))),
        "true",
    ),
    ("state-get", |juju| said(state_get(juju)), "{}"),
    ("state-set", |juju| said(state_set(juju, &map("k", ""))), "()"),
    ("state-get", |juju| said(state_get_key(juju, "k")), "Some(\"\")"),
    ("state-delete", |juju| said(state_delete(juju, "k")), "()"),
    ("state-get", |juju| said(state_get_key(juju, "k")), "None"),
    ("status-set", |juju| said(status_set(juju, StatusOf::Unit, &Status::blocked(" --x "))), "()"),
    ("status-set", |juju| said(status_set(juju, StatusOf::App, &Status::waiting(""))), "()"),
    ("status-get", |juju| said(status_get(juju).map(|status| status.message)), "\" --x \""),
    (
        "status-get",
        |juju| said(status_get_app(juju).map(|app| (app.status.name, app.units.len()))),
        "(\"waiting\", 2)",
    ),
    ("storage-list", |juju| said(storage_list(juju, None).map(|ids| ids.len())), "1"),
    ("storage-list", |juju| said(storage_list(juju, Some("unheard-of"))), "[]"),
    (
        "storage-get",
        |juju| {
            said(
                storage_get(juju, &storage_list(juju, Some("data"))?[0])
                    .map(|data| (data.kind, data.location)),
            )
        },
        "(Some(Filesystem), Some(\"/srv/data\"))",
    ),
    ("storage-add", |juju| said(storage_add(juju, "logs", 2)), "()"),
    (
        "secret-add",
        |juju| {
            let options = SecretAdd { owner: SecretOwner::Unit, label: Some("l"), ..SecretAdd::default() };
            said(secret_add(juju, &content(" a=b\n"), &options).map(drop))
        },
        "()",
    ),
    ("secret-ids", |juju| said(secret_ids(juju).map(|ids| ids.len())), "1"),
    (
        "secret-set",
        |juju| {
            let options = SecretSet { description: Some("-- what for"), ..SecretSet::default() };
            said(secret_set(juju, &own(juju)?, None, &options))
        },
        "()",
    ),
    (
        "secret-get",
        |juju| said(secret_get(juju, &SecretGet::of(&own(juju)?)).map(|secret| secret == content(" a=b\n"))),
        "true",
    ),
    (
        "secret-info-get",
        |juju| said(secret_info_get(juju, OwnSecret::Label("l")).map(|info| info.description)),
        "Some(\"-- what for\")",
    ),
    ("secret-grant", |juju| said(secret_grant(juju, &own(juju)?, &web(), None)), "()"),
    ("secret-revoke", |juju| said(secret_revoke(juju, &own(juju)?, SecretRevoke::App("web"))), "()"),
    ("secret-remove", |juju| said(secret_remove(juju, &own(juju)?, None)), "()"),
    ("secret-ids", |juju| said(secret_ids(juju)), "[]"),
    ("resource-get", |juju| said(resource_get(juju, "tool")), "\"/r/tool.tar\""),
    ("credential-get", |juju| said(credential_get(juju).map(|cloud| cloud.kind)), "\"lxd\""),
];

const IN_AN_ACTION: &[Step] = &[
    ("action-get", |juju| said(action_get(juju).map(|all| all["depth"].as_i64())), "Some(2)"),
    ("action-get", |juju| said(action_get_key(juju, "depth").map(|depth| depth?.as_i64())), "Some(2)"),
    ("action-get", |juju| said(action_get_key(juju, "depth.deeper")), "None"),
    ("action-log", |juju| said(action_log(juju, "--half")), "()"),
    ("action-set", |juju| said(action_set(juju, &map("backup.size", "=1 "))), "()"),
    ("action-fail", |juju| said(action_fail(juju, "")), "()"),
    ("action-fail", |juju| said(action_fail(juju, "--full")), "()"),
];

fn take(juju: &Simulated, steps: &[Step]) {
    for (command, step, expected) in steps {
        juju.called.borrow_mut().remove(*command);
        let answer = step(juju).unwrap_or_else(|error| format!("{error:#}"));
        assert_eq!(answer, *expected, "{command}");
        assert!(juju.called.borrow().contains(*command), "{command} was not called");
    }
}

#[test]
fn each_is_understood() {
    for version in [JujuVersion::V3_6, JujuVersion::V4_0] {
        let in_hook = Simulated::hook_of("app/0", version);
        in_hook.model.borrow_mut().0.attach_resource("app", "tool", "/r/tool.tar").unwrap();
        in_hook.model.borrow_mut().0.trust("app", true).unwrap();
        take(&in_hook, IN_A_HOOK);
        let in_action = Simulated::action(version);
        take(&in_action, IN_AN_ACTION);
        let called: BTreeSet<String> = &*in_hook.called.borrow() | &*in_action.called.borrow();
        let all: BTreeSet<String> = simulated::names(JujuVersion::V4_0).map(str::to_owned).collect();
        assert_eq!(called, all);
    }
}

type Refused = (&'static str, fn(&Simulated) -> Said, fn(&Error) -> bool);

/// To a unit that doesn't lead and isn't trusted.
const REFUSED: &[Refused] = &[
    ("action-get", |juju| said(action_get(juju)), Error::is_not_supported),
    ("action-set", |juju| said(action_set(juju, &map("a", "b"))), Error::is_not_supported),
    ("action-fail", |juju| said(action_fail(juju, "")), Error::is_not_supported),
    ("action-log", |juju| said(action_log(juju, "a")), Error::is_not_supported),
    ("close-port", |juju| said(close_port(juju, Port::tcp(85), &[])), Error::is_port_conflict),
    ("credential-get", |juju| said(credential_get(juju)), Error::is_permission_denied),
    ("network-get", |juju| said(network_get(juju, "unheard-of", None)), Error::is_not_found),
    ("network-get", |juju| said(network_get(juju, "web", Some(&gone()))), Error::is_relation_gone),
    ("open-port", |juju| said(open_port(juju, Port::tcp(85), &[])), Error::is_port_conflict),
    ("relation-get", |juju| said(relation_get(juju, &gone(), "web/0")), Error::is_relation_gone),
    ("relation-get", |juju| said(relation_get(juju, &web(), "web/7")), Error::is_not_found),
    ("relation-get", |juju| said(relation_get_app(juju, &gone(), "web")), Error::is_relation_gone),
    ("relation-get", |juju| said(relation_get_app(juju, &web(), "app")), Error::is_permission_denied),
    ("relation-list", |juju| said(relation_list(juju, &gone())), Error::is_relation_gone),
    ("relation-list", |juju| said(relation_remote_app(juju, &gone())), Error::is_relation_gone),
    ("relation-model-get", |juju| said(relation_model_get(juju, &gone())), Error::is_relation_gone),
    (
        "relation-set",
        |juju| said(relation_set(juju, &gone(), false, &map("a", "b"))),
        Error::is_relation_gone,
    ),
    ("relation-set", |juju| said(relation_set(juju, &web(), true, &map("a", "b"))), Error::is_not_leader),
    ("resource-get", |juju| said(resource_get(juju, "tool")), Error::is_not_found),
    (
        "secret-add",
        |juju| said(secret_add(juju, &content("a"), &SecretAdd::default()).map(drop)),
        Error::is_not_leader,
    ),
    (
        "secret-get",
        |juju| said(secret_get(juju, &SecretGet::labelled("not the leader"))),
        Error::is_not_found,
    ),
    ("secret-info-get", |juju| said(secret_info_get(juju, OwnSecret::Id(&strange()))), Error::is_not_found),
    ("secret-grant", |juju| said(secret_grant(juju, &strange(), &web(), None)), Error::is_not_found),
    ("secret-grant", |juju| said(secret_grant(juju, &strange(), &gone(), None)), Error::is_relation_gone),
    (
        "secret-revoke",
        |juju| said(secret_revoke(juju, &strange(), SecretRevoke::Relation(&gone()))),
        Error::is_relation_gone,
    ),
    ("status-get", |juju| said(status_get_app(juju)), Error::is_not_leader),
    ("status-set", |juju| said(status_set(juju, StatusOf::App, &Status::active(""))), Error::is_not_leader),
    ("storage-get", |juju| said(storage_get(juju, "data/99")), Error::is_not_found),
];

#[test]
fn each_refusal_is_told_by_its_predicate() {
    for version in [JujuVersion::V3_6, JujuVersion::V4_0] {
        let juju = Simulated::hook_of("app/1", version);
        open_port(&juju, Port::tcp_range(80, 90), &[]).unwrap();
        let juju = {
            let (mut model, context) = juju.model.into_inner();
            model.finish(context, &charm_testing::model::Exit::Code(0));
            let context = hook(&mut model, "app/1");
            Simulated { model: RefCell::new((model, context)), called: RefCell::default() }
        };
        for (command, step, is_so) in REFUSED {
            let refused = step(&juju);
            assert!(refused.as_ref().is_err_and(is_so), "{version}, {command}: {refused:?}");
        }
        let action = Simulated::action(version);
        assert!(juju_reboot(&action, RebootWhen::AfterHook).unwrap_err().is_not_supported());
    }
}
