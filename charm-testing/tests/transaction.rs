//! What of a hook's writes is kept, and who sees it.

mod local;

use local::{Local, unit};

const PROVIDER: &str = "provides:\n  web: {interface: http}\n";
const REQUIRER: &str = "requires:\n  backend: {interface: http}\n";
const PEERS: &str = "peers:\n  fellows: {interface: gossip}\n";

#[test]
fn databags_are_read_on_the_other_side() {
    let mut local = Local::new();
    let write = "if test $hook = web-relation-joined; then\n\
                 relation-set url=http://x port=80\n\
                 relation-set --app name='the app'\n\
                 printf '{\"token\": \"a b\", \"port\": \"\"}' | relation-set --file -\n\
                 record own $(relation-get - app/0 --format json)\nfi";
    let read = "if test $hook = backend-relation-changed; then\n\
                record unit $(relation-get --format=json - app/0)\n\
                record app $(relation-get --app name)\n\
                record list $(relation-list) of $(relation-ids backend)\nfi";
    local.deploy("app", PROVIDER, write, 1);
    local.deploy("web", REQUIRER, read, 1);
    local.model.integrate("web", "app:web").unwrap();
    local.settle();
    let bag = "{\"egress-subnets\":\"10.0.0.10/32\",\"ingress-address\":\"10.0.0.10\",\"private-address\":\"10.0.0.10\",\
               \"token\":\"a b\",\"url\":\"http://x\"}";
    assert!(local.record("app/0").contains(&format!("own {bag}")), "{:?}", local.record("app/0"));
    let seen = local.record("web/0");
    assert!(seen.contains(&format!("unit {bag}")), "{seen:?}");
    assert!(seen.contains(&"app the app".to_owned()), "{seen:?}");
    assert_eq!(seen.last().unwrap(), "list app/0 of backend:0");
}

#[test]
fn nothing_of_a_failed_hook_is_published_but_its_status() {
    let mut local = Local::new();
    // It fails twice, and writes something else each time.
    let write = "test $hook = web-relation-joined || exit 0\n\
                 n=$(cat n 2>/dev/null || echo 0); n=$((n + 1)); echo $n > n\n\
                 record before $(relation-get x app/0) $(state-get s) $(opened-ports)\n\
                 relation-set x=$n; state-set s=$n; open-port $n\n\
                 record own $(relation-get x app/0) $(state-get s) $(opened-ports)\n\
                 status-set maintenance \"attempt $n\"; application-version-set $n\n\
                 test $n = 3";
    local.deploy("app", PROVIDER, write, 1);
    local.deploy(
        "web",
        REQUIRER,
        "test $hook = backend-relation-changed && record x $(relation-get x) || true",
        1,
    );
    local.model.integrate("web", "app:web").unwrap();
    local.settle();

    let record = local.record("app/0");
    let joined: Vec<&str> = record
        .iter()
        .filter(|line| line.starts_with("before") || line.starts_with("own"))
        .map(String::as_str)
        .collect();
    // Each attempt sees its own writes and none of the failed ones'.
    assert_eq!(joined, ["before", "own 1 1 1/tcp", "before", "own 2 2 2/tcp", "before", "own 3 3 3/tcp"]);
    let published: Vec<String> =
        local.record("web/0").into_iter().filter(|line| line.starts_with("x ")).collect();
    assert_eq!(published.last().unwrap(), "x 3");
    assert!(
        !published.contains(&"x 1".to_owned()) && !published.contains(&"x 2".to_owned()),
        "{published:?}"
    );

    // What Juju does at once outlives the failure; that it was overwritten shows in its last value.
    assert_eq!(local.status("app/0"), ("maintenance".to_owned(), "attempt 3".to_owned()));
    assert_eq!(local.model.application("app").unwrap().version, "3");
    let ports: Vec<String> =
        local.model.unit(&unit("app/0")).unwrap().ports().map(ToString::to_string).collect();
    assert_eq!(ports, ["3/tcp"]);
    // 5 s and 10 s of back-off, with Juju's jitter, in the model's time only.
    let waited = local.model.now().since_start().as_secs();
    assert!((14..=16).contains(&waited), "{waited}");
}

#[test]
fn a_hook_that_keeps_failing_leaves_its_unit_in_error() {
    let mut local = Local::new();
    local.deploy("bad", "actions:\n  look: {}\n", "status-set blocked why; test $hook != start", 1);
    local.deploy("good", "", "status-set active", 1);
    local.settle();
    let starts = local.record("bad/0").iter().filter(|hook| *hook == "start").count();
    assert_eq!(starts, 4, "once, and three retries");
    assert_eq!(local.status("bad/0"), ("error".to_owned(), "hook failed: \"start\"".to_owned()));
    assert_eq!(local.status("good/0").0, "active");
    assert!(
        local
            .log_lines()
            .contains(&"ERROR juju.worker.uniter.operation hook \"start\" failed: exit status 1".to_owned())
    );

    // In error a unit runs nothing but actions.
    local.take_record("bad/0");
    local.model.request_update_status();
    let action = local.model.run_action(&unit("bad/0"), "look", serde_json::Map::new()).unwrap();
    local.settle();
    assert_eq!(local.take_record("bad/0"), ["look"]);
    assert_eq!(local.model.action(action).unwrap().status, charm_testing::model::ActionStatus::Completed);
    assert_eq!(local.status("bad/0").0, "error");
}

#[test]
fn only_the_leader_writes_for_the_application() {
    let mut local = Local::new();
    let script = "test $hook = fellows-relation-changed || exit 0\n\
                  relation-set --app seen=$JUJU_UNIT_NAME 2> refusal; echo $? > code\n\
                  status-set --application active 2> status; echo $? >> code\n\
                  relation-get --app - $JUJU_UNIT_NAME > own; echo $? >> code";
    local.deploy("hello", PEERS, script, 2);
    local.settle();
    let leader = local.model.leader("hello").unwrap().to_string();
    let other = if leader == "hello/0" { "hello/1" } else { "hello/0" };
    assert_eq!(local.file(&leader, "code"), "0\n0\n0\n");
    assert_eq!(local.file(other, "code"), "1\n1\n0\n");
    assert_eq!(local.file(other, "refusal"), "ERROR cannot write relation settings\n");
    assert_eq!(local.file(other, "status"), "ERROR this unit is not the leader\n");
    assert_eq!(local.file(other, "own").trim(), format!("seen: {leader}"));
    // The leader isn't told of its own words, its fellow is.
    let told =
        |unit: &str| local.record(unit).iter().filter(|hook| *hook == "fellows-relation-changed").count();
    assert_eq!((told(&leader), told(other)), (0, 1));
}

#[test]
fn another_application_s_own_data_is_its_own() {
    let mut local = Local::new();
    let script = "test $hook = web-relation-changed || exit 0\n\
                  relation-get --app - app > own 2> refusal; echo $? > code\n\
                  relation-get - stranger/0 2> stranger; relation-get - web/7 2> absent";
    local.deploy("app", PROVIDER, script, 2);
    local.deploy("web", REQUIRER, "", 1);
    local.model.integrate("web", "app:web").unwrap();
    local.settle();
    let leader = local.model.leader("app").unwrap().to_string();
    let other = if leader == "app/0" { "app/1" } else { "app/0" };
    assert_eq!(local.file(&leader, "code"), "0\n");
    assert_eq!(local.file(other, "code"), "1\n");
    assert_eq!(local.file(other, "refusal"), "ERROR permission denied\n");
    assert_eq!(local.file(other, "stranger"), "ERROR permission denied\n");
    assert_eq!(local.file(other, "absent"), "ERROR settings for unit \"web/7\" not found\n");
}

#[test]
fn a_unit_that_is_leaving_is_no_member_but_can_be_read() {
    let mut local = Local::new();
    let script = "case $hook in web-relation-departed)\n\
                  record members $(relation-list); record data $(relation-get k web/0);;\n\
                  web-relation-broken)\n\
                  record ids $(relation-ids web); record members $(relation-list); record app $(relation-get --app k);;\n\
                  esac";
    local.deploy("app", PROVIDER, script, 1);
    let write = "test $hook = backend-relation-created || exit 0; relation-set k=v; relation-set --app k=w";
    local.deploy("web", REQUIRER, write, 1);
    let relation = local.model.integrate("web", "app:web").unwrap();
    local.settle();
    local.take_record("app/0");
    local.model.remove_unit(&unit("web/0")).unwrap();
    local.settle();
    let record = local.take_record("app/0");
    assert_eq!(record[..3], ["web-relation-departed web/0", "members", "data v"]);
    local.model.remove_relation(relation).unwrap();
    local.settle();
    assert_eq!(local.take_record("app/0"), ["web-relation-broken", "ids", "members", "app w"]);
}
