//! What can't be is refused, and named.

use std::collections::BTreeMap;

use charm_runtime::{Port, Status};
use charm_testing::model::{JujuVersion, StatusKind};
use charm_testing::transition::{RelationState, ShownStatus};
use charm_testing::{Faults, Relation, Secret, State, on};
use serde_json::json;

use crate::other::{self, Other};
use crate::webapp::{Webapp, action, endpoint};

fn problems(state: &State<Webapp>, event: impl Into<on::Event>) -> Vec<String> {
    let refused = state.try_run(event, Faults::new()).expect_err("it can't be");
    refused.problems().to_vec()
}

/// The one thing that is wrong.
fn problem(state: &State<Webapp>, event: impl Into<on::Event>) -> String {
    let mut problems = problems(state, event);
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.remove(0)
}

fn problem_of(state: &State<Webapp>) -> String {
    problem(state, on::install())
}

fn new() -> State<Webapp> {
    State::new()
}

fn ingress(remote: &str) -> Relation<endpoint::Ingress> {
    Relation::new(remote)
}

#[test]
fn options_are_declared_and_of_their_type() {
    assert_eq!(problem_of(&new().config("prot", 1)), "the charm has no option `prot`; did you mean `port`?");
    let unlike = problem_of(&new().config("x", 1));
    assert!(unlike.ends_with("it has `certificate`, `debug`, `hostname`, `port`, `ratio`"), "{unlike}");
    let wrong = [
        new().config("port", "80"),
        new().config("hostname", 1),
        new().config("ratio", 1),
        new().config("ratio", f64::NAN),
        new().config("debug", "yes"),
        new().config("certificate", "abc"),
        new().config("certificate", "secret:password"),
    ];
    for state in wrong {
        let option = state.config.keys().next().unwrap().clone();
        let problem = problem_of(&state);
        assert!(problem.starts_with(&format!("the option `{option}` is of type ")), "{problem}");
    }
    new()
        .config("certificate", "secret:9m4e2mr0ui3e8a215n4g")
        .config("debug", false)
        .run(on::install())
        .succeeded();
}

#[test]
fn relations_are_at_endpoints_of_the_charm() {
    let state = new().relation(Relation::<other::endpoint::Databases>::new("pg"));
    assert_eq!(problem_of(&state), "the charm has no endpoint `databases`; did you mean `database`?");
    let event = on::relation_changed::<other::endpoint::Databases>();
    assert!(problem(&new(), event).contains("needs a relation there"));
}

#[test]
fn relation_ids_are_unique() {
    let state = new().relation(ingress("a").id(5)).relation(Relation::<endpoint::Database>::new("b").id(5));
    assert_eq!(
        problem_of(&state),
        "the relation of endpoint `database` has the id 5, and one of `ingress` has it already: give it another"
    );
}

#[test]
fn relations_are_with_other_applications() {
    assert!(problem_of(&new().relation(ingress("webapp"))).contains("the unit's own application"));
    assert!(problem_of(&new().relation(ingress("no/app"))).contains("no application's name"));
    let twice = problem_of(&new().relation(ingress("a")).relation(ingress("a")));
    assert!(twice.contains("both with `a`"), "{twice}");
}

#[test]
fn limits_hold() {
    let database = |remote: &str| Relation::<endpoint::Database>::new(remote);
    let state = new().relation(database("a")).relation(database("b"));
    assert_eq!(problem_of(&state), "the endpoint `database` has 2 relations, and takes 1");
}

#[test]
fn peers_are_the_other_units_of_the_application() {
    let itself = new().relation(Relation::<endpoint::Peers>::peers().remote_units([0, 1]));
    assert!(problem_of(&itself).contains("webapp/0 itself"));

    let mut state = new();
    state.relations.clear();
    assert!(problem_of(&state).contains("has no peer relation"));

    let peers = |remote_app: &str, remote_app_data: BTreeMap<_, _>| RelationState {
        endpoint: "peers".to_owned(),
        remote_app: remote_app.to_owned(),
        remote_app_data,
        ..RelationState::default()
    };
    state.relations.insert(0, peers("other", BTreeMap::new()));
    assert!(problem_of(&state).contains("its peers are units of `webapp`"));
    state.relations.insert(0, peers("webapp", BTreeMap::from([("a".to_owned(), "b".to_owned())])));
    assert!(problem_of(&state).contains("that is `local_app` there"));
    state.relations.insert(0, peers("webapp", BTreeMap::new()));
    state.relations.insert(1, peers("webapp", BTreeMap::new()));
    let two = problems(&state, on::install()).join("\n");
    assert!(two.contains("has 2 relations, and takes 1"), "{two}");
}

#[test]
fn databags_hold_what_juju_holds() {
    let empty_value = problem_of(&new().relation(ingress("a").remote_unit(2, [("key", "")])));
    assert!(empty_value.contains("in ingress:1 the databag of a/2 has the key `key`"), "{empty_value}");
    let empty_key = problem_of(&new().relation(ingress("a").local_app([("", "x")])));
    assert!(empty_key.contains("the local application has an empty key"), "{empty_key}");
}

#[test]
fn a_relation_event_has_its_relation_and_its_unit() {
    let joined = on::relation_joined::<endpoint::Ingress>;
    assert!(problem(&new(), joined()).contains("needs a relation there"));

    let bare = new().relation(ingress("a"));
    assert!(problem(&bare, joined()).contains("needs a remote unit"));
    assert!(problem(&bare, on::relation_departed::<endpoint::Ingress>()).contains("needs a remote unit"));
    assert!(problem(&bare, on::relation_changed::<endpoint::Ingress>().unit(3)).contains("no remote unit 3"));
    assert!(problem(&bare, on::relation_created::<endpoint::Ingress>().unit(3)).contains("about no unit"));
    assert!(problem(&bare, joined().of(9)).contains("no relation 9; it has 1"));
    assert!(
        problem(&bare, on::relation_created::<endpoint::Ingress>().because_this_unit_goes())
            .contains("gets no")
    );

    let several = new().relation(ingress("a").remote_units([0, 1])).relation(ingress("b"));
    assert!(problem(&several, joined()).contains("several relations (1, 2)"));
    assert!(problem(&several, joined().of(1)).contains("several remote units"));
}

#[test]
fn a_secret_event_has_its_secret_and_comes_to_whom_it_concerns() {
    let read = || Secret::granted_by("pg", [("password", "x")]).read();
    let admin = || Secret::of_app("admin", [("password", "x")]);
    assert!(problem(&new(), on::secret_changed(&read())).contains("add `.secret(..)`"));
    let unread = Secret::granted_by("pg", [("password", "x")]);
    assert!(problem(&new().secret(unread.clone()), on::secret_changed(&unread)).contains("add `.read()`"));
    let reader = new().secret(read());
    assert!(problem(&reader, on::secret_changed(&read()).revision(1)).contains("names no revision"));
    assert!(problem(&reader, on::secret_rotate(&read())).contains("who manages"));

    let leader = new().leader(true).secret(admin());
    assert!(problem(&leader, on::secret_changed("admin")).contains("this unit manages it"));
    assert!(problem(&leader, on::secret_expired("admin").revision(7)).contains("has no revision 7"));
    assert!(
        problem(&leader, on::secret_remove("admin"))
            .contains("no revision of the secret `admin` is obsolete")
    );
    assert!(problem(&leader, on::secret_remove("admin").revision(1)).contains("is the latest"));
    let follower = new().secret(admin());
    assert!(problem(&follower, on::secret_rotate("admin")).contains("the leader of the application"));
    assert!(problem_of(&leader.clone().secret(admin())).contains("two secrets have the id"));
    assert!(problem_of(&leader.name("webapp/2")).contains("name the unit first"));
}

#[test]
fn secrets_hold_what_juju_holds() {
    let app = |label: &str, key: &str, value: &str| Secret::of_app(label, [(key, value)]);
    let key = problem_of(&new().secret(app("admin", "pw", "x")));
    assert_eq!(key, "revision 1 of the secret `admin` can't be: key \"pw\" not valid");
    let empty = problem_of(&new().secret(app("admin", "password", "x").revision([("password", "")])));
    assert!(empty.contains("revision 2 of the secret `admin`") && empty.contains("is empty"), "{empty}");
    let none: [(&str, &str); 0] = [];
    assert!(problem_of(&new().secret(Secret::of_unit("key", none))).contains("no keys"));
    let large = app("admin", "password", &"x".repeat(7000));
    assert!(problem_of(&new().secret(large.clone())).contains("too large"));
    new().juju(JujuVersion::V4_0).secret(large).run(on::install()).succeeded();

    let twins = new().secret(app("admin", "password", "x")).secret(Secret::of_unit("admin", [("key", "x")]));
    assert!(problem_of(&twins).contains("have the label `admin`"));
    let old = JujuVersion { major: 2, minor: 9, patch: 0 };
    assert!(
        problem_of(&new().juju(old).secret(app("admin", "password", "x")))
            .contains("Juju 2.9.0 has no secrets")
    );
}

#[test]
fn a_leader_is_elected_who_leads() {
    assert!(problem(&new(), on::leader_elected()).contains(".leader(true)"));
}

#[test]
fn actions_and_their_parameters_are_declared() {
    let other = problem(&new(), on::action::<other::action::Rotat>());
    assert_eq!(other, "the charm has no action `rotat`; did you mean `rotate`?");
    let rotate = on::action::<action::Rotate>;
    assert!(problem(&new(), rotate()).contains("needs the parameter `user`"));
    let unknown = problem(&new(), rotate().param("user", "a").param("kep", 1));
    assert_eq!(unknown, "the action `rotate` has no parameter `kep`; did you mean `keep`?");
    let wrong = problem(&new(), rotate().param("user", "a").param("keep", "x"));
    assert!(wrong.contains("`keep` of the action `rotate` is of type integer, and \"x\" is not"), "{wrong}");
    let wrong = problem(&new(), rotate().param("user", 1));
    assert!(wrong.contains("is of type string"), "{wrong}");
}

#[test]
fn parameters_are_checked_as_deep_as_they_go() {
    let problems = |target| {
        let event = on::action::<other::action::Rotat>().param("target", target);
        State::<Other>::new()
            .try_run(event, Faults::new())
            .map_or_else(|refused| refused.problems().to_vec(), |_| Vec::new())
    };
    let none: [String; 0] = [];
    assert_eq!(problems(json!({"host": "a", "ports": [1, null], "labels": {"tier": "b"}})), none);
    assert_eq!(
        problems(json!({"hots": "a", "algorithm": "md6", "ports": [1, "2"], "labels": {"tier": 1}})),
        [
            r#"the parameter `target.algorithm` of the action `rotat` is one of "md5", "sha", and "md6" is not"#,
            "the action `rotat` has no parameter `target.hots`; did you mean `host`?",
            "the parameter `target.labels.tier` of the action `rotat` is of type string, and 1 is not",
            r#"the parameter `target.ports[1]` of the action `rotat` is of type integer or null, and "2" is not"#,
            "the action `rotat` needs the parameter `target.host`",
        ]
    );
    assert_eq!(
        problems(json!([])),
        ["the parameter `target` of the action `rotat` is of type object, and [] is not"]
    );
}

#[test]
fn names_statuses_and_ports_are_juju_s() {
    assert!(problem_of(&new().name("webapp")).contains("no unit's name"));
    let failed = ShownStatus { kind: StatusKind::Error, message: String::new() };
    assert!(problem_of(&new().unit_status(failed)).contains("`error`"));
    let range = Port::tcp_range;
    assert!(problem_of(&new().ports([range(80, 90), range(85, 85)])).contains("overlap"));
    assert!(problem_of(&new().ports([range(90, 80)])).contains("end before they begin"));
    new()
        .unit_status(Status::active(""))
        .ports([range(80, 90), range(91, 91)])
        .run(on::install())
        .succeeded();
}

#[test]
fn what_was_deferred_has_a_handler_and_can_wait() {
    let handler = problem_of(&new().deferred(on::config_changed(), "confgure"));
    assert_eq!(handler, "config-changed has no handler `confgure`; did you mean `configure`?");
    assert!(problem_of(&new().deferred(on::stop(), "stop")).contains("can't be deferred"));
    let action = on::action::<action::Rotate>().param("user", "a");
    assert!(problem_of(&new().deferred(action, "rotate")).contains("can't be deferred"));
    let relation = on::relation_changed::<endpoint::Database>();
    assert!(problem_of(&new().deferred(relation, "database")).contains("needs a relation there"));
}

#[test]
fn stored_fields_that_cannot_be_written_are_a_problem() {
    let state = new().stored(|_| Err::<(), _>(anyhow::anyhow!("no")));
    assert_eq!(problem_of(&state), "the stored fields can't be written: no");
}

#[test]
fn faults_are_of_commands_that_there_are() {
    let refused =
        |state: State<Webapp>, faults| state.try_run(on::install(), faults).unwrap_err().to_string();
    let unknown = refused(new(), Faults::new().refuse("relation-sett", "x"));
    assert_eq!(
        unknown,
        "this can't be: there is no hook command `relation-sett`; did you mean `relation-set`?"
    );
    assert!(
        refused(new().leader(true), Faults::new().lose_leadership_before("x"))
            .contains("no hook command `x`")
    );
    assert!(refused(new(), Faults::new().lose_leadership_before_commit()).contains("doesn't lead"));
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let state = new().config("prot", 1).name("x").relation(ingress("webapp"));
    assert_eq!(problems(&state, on::leader_elected()).len(), 4);
}

#[test]
#[should_panic(expected = "this can't be: the charm has no option `prot`; did you mean `port`?")]
fn a_run_that_cannot_be_ends_the_test() {
    let _ = new().config("prot", 1).run(on::install());
}
