//! Hook commands as processes: exit codes and words.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod local;

use local::Local;

/// Runs `commands`, one per line, in the joined hook of the second of two related units, and returns for each its
/// exit code and what it printed.
fn in_relation_hook(commands: &[&str]) -> Vec<String> {
    let mut local = Local::new();
    let lines: Vec<String> = commands
        .iter()
        .enumerate()
        .map(|(n, command)| {
            format!("({command}) > out 2>&1 < /dev/null; echo \"$? $(cat out)\" > result-{n}")
        })
        .collect();
    let script = format!("test $hook = backend-relation-joined || exit 0\n{}\ntrue", lines.join("\n"));
    local.deploy("app", "provides:\n  web: {interface: http}\n", "relation-set k=v 2>/dev/null || true", 1);
    local.deploy(
        "web",
        "requires:\n  backend: {interface: http}\nstorage:\n  data: {type: filesystem}\n",
        &script,
        1,
    );
    local.model.integrate("web", "app:web").unwrap();
    local.settle();
    (0..commands.len()).map(|n| local.file("web/0", &format!("result-{n}")).trim_end().to_owned()).collect()
}

#[test]
fn codes_and_words_are_juju_s() {
    let cases = [
        ("relation-get --bogus", "2 ERROR option provided but not defined: --bogus"),
        ("relation-get -r", "2 ERROR option needs an argument: -r"),
        (
            "relation-get -r backend:99",
            "2 ERROR invalid value \"backend:99\" for option -r: relation not found",
        ),
        ("relation-get -r xx", "2 ERROR invalid value \"xx\" for option -r: invalid relation id"),
        ("relation-get -r=0", "2 ERROR invalid value \"=0\" for option -r: invalid relation id"),
        (
            "relation-get --format xml",
            "2 ERROR invalid value \"xml\" for option --format: unknown format \"xml\"",
        ),
        ("is-leader a b", "2 ERROR unrecognized args: [\"a\" \"b\"]"),
        ("relation-get -r anything:0 missing", "0"),
        ("relation-get --format=json missing", "0 null"),
        ("relation-get - app", "2 ERROR expected unit name, got application name \"app\""),
        ("relation-get - 'a b'", "2 ERROR invalid unit name \"a b\""),
        ("relation-get -o /nowhere/x", "1 ERROR open /nowhere/x: no such file or directory"),
        ("relation-list", "0 app/0"),
        ("relation-list --app", "0 app"),
        ("relation-list --format json", "0 [\"app/0\"]"),
        ("relation-ids", "0 backend:0"),
        ("relation-ids nothing --format=json", "0 []"),
        ("relation-set x", "2 ERROR expected \"key=value\", got \"x\""),
        ("relation-set a=1 a=2", "2 ERROR key \"a\" specified more than once"),
        (
            "echo '- a' | relation-set --file -",
            "1 ERROR yaml: unmarshal errors:\n  line 1: cannot unmarshal !!seq into map[string]string",
        ),
        ("relation-set --file nowhere", "1 ERROR open"),
        ("status-set", "2 ERROR invalid args, require <status> [message]"),
        (
            "status-set error",
            "2 ERROR invalid status \"error\", expected one of [maintenance blocked waiting active]",
        ),
        ("status-set waiting 'for you'; status-get", "0 waiting"),
        (
            "status-get --include-data --format=json",
            "0 {\"message\":\"for you\",\"status\":\"waiting\",\"status-data\":{}}",
        ),
        ("application-version-set", "2 ERROR no version specified"),
        ("juju-log", "2 ERROR no message specified"),
        ("config-get --all key", "2 ERROR cannot use argument --all together with key \"key\""),
        ("config-get", "0 {}"),
        ("config-get key --format=json", "0 null"),
        ("state-get --format=json", "0 null"),
        ("state-get", "0 {}"),
        ("state-get --strict k", "1 ERROR \"k\" not found"),
        ("state-get k --format=json", "0 \"\""),
        ("state-set k=v; state-get k; state-delete k; state-get k", "0 v"),
        ("storage-list --format=json", "0 [\"data/0\"]"),
        ("storage-get", "2 ERROR no storage instance specified"),
        ("storage-get -s x", "2 ERROR invalid value \"x\" for option -s: invalid storage ID \"x\""),
        ("open-port 80; open-port 53/UDP; open-port icmp; opened-ports", "0 icmp\n80/tcp\n53/udp"),
        ("close-port 80; opened-ports --format json", "0 [\"icmp\",\"53/udp\"]"),
        (
            "open-port 50-60/udp",
            "1 ERROR cannot open 50-60/udp (unit \"web/0\"): port range conflicts with 53/udp (unit \"web/0\") requested earlier",
        ),
        ("unit-get private-address", "0 10.0.0.11"),
        ("unit-get x", "2 ERROR unknown setting \"x\""),
        ("unit-get", "2 ERROR no setting specified"),
        ("network-get", "2 ERROR no arguments specified"),
        ("network-get x", "1 ERROR no network config found for binding \"x\""),
        ("network-get backend --bind-address", "0 10.0.0.11"),
        ("network-get backend --egress-subnets --format json", "0 [\"10.0.0.11/32\"]"),
        ("secret-ids --format=json", "0 null"),
        ("secret-get", "2 ERROR require either a secret URI or label"),
        ("secret-get x", "2 ERROR secret URI \"x\" not valid"),
        ("secret-get secret:9m4e2mr0ui3e8a215n4g", "1 ERROR secret \"9m4e2mr0ui3e8a215n4g\" not found"),
        ("secret-info-get --label l", "1 ERROR secret \"l\" not found"),
        ("action-set a=b", "1 ERROR not running an action"),
        ("is-leader", "0 True"),
        ("is-leader --format=json", "0 true"),
    ];
    let commands: Vec<&str> = cases.iter().map(|(command, _)| *command).collect();
    for ((command, expected), result) in cases.iter().zip(in_relation_hook(&commands)) {
        // Where the path of the unit's directory follows, only the beginning is known.
        let matches =
            if expected.ends_with("open") { result.starts_with(expected) } else { result == *expected };
        assert!(matches, "{command}\n  gave {result:?}\n  not  {expected:?}");
    }
}

#[test]
fn a_hook_command_works_only_in_its_hook() {
    let results = in_relation_hook(&[
        "JUJU_CONTEXT_ID=other is-leader",
        "env -u JUJU_CONTEXT_ID is-leader",
        "JUJU_AGENT_SOCKET_ADDRESS=/nowhere is-leader",
    ]);
    assert!(
        results[0].starts_with("1 ERROR bad request: expected context id \"web/0-backend-relation-joined-")
    );
    assert!(results[0].ends_with("got \"other\""));
    assert_eq!(results[1], "1 ERROR JUJU_CONTEXT_ID not set");
    assert!(results[2].starts_with("1 ERROR cannot reach the agent at /nowhere:"), "{}", results[2]);
}

#[test]
fn a_relation_must_be_named_outside_its_hooks() {
    let mut local = Local::new();
    local.deploy("hello", "", "relation-get 2> get; relation-ids 2> ids; true", 1);
    local.settle();
    assert_eq!(local.file("hello/0", "get"), "ERROR no relation id specified\n");
    assert_eq!(local.file("hello/0", "ids"), "ERROR no endpoint name specified\n");
}
