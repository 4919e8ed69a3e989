//! Parameters and results of actions.

mod agent;

use std::collections::{BTreeMap, HashMap};

use agent::{Agent, Ran};
use charm_runtime::prelude::*;
use charm_runtime::serde_json::{json, Value};
use charm_runtime::Exit;

/// Results of every kind.
#[derive(ActionResults, Default)]
struct Report {
    new_key: String,
    r#type: &'static str,
    size: Option<u64>,
    missing: Option<u64>,
    ratio: f32,
    is_done: bool,
    backup: Backup,
    hosts: Vec<String>,
    parts: Vec<Backup>,
    users: BTreeMap<String, u8>,
    ports: HashMap<u16, char>,
    raw: Value,
    #[results(display)]
    shown: Shown,
    #[results(key = "moved.to.here")]
    elsewhere: i64,
}

#[derive(ActionResults, Default)]
struct Backup {
    file_name: String,
    done: bool,
}

/// Has no form but its display.
#[derive(Default)]
struct Shown;

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a b=c")
    }
}

#[derive(ActionResults)]
struct Keyed {
    by_name: BTreeMap<String, String>,
}

/// What `strict` takes, checked by the author.
struct Strict(String);

impl TryFrom<action::StrictParams> for Strict {
    type Error = String;

    fn try_from(params: action::StrictParams) -> Result<Self, String> {
        params.a.filter(|a| a.len() > 3).map(Self).ok_or_else(|| "a: more than three letters".to_owned())
    }
}

#[charm(metadata = "actions.yaml")]
#[derive(Default)]
struct Charm;

#[charm(metadata = "actions.yaml")]
impl Charm {
    #[on(action = "rotate")]
    fn rotate(&mut self, params: action::RotateParams, event: Action<action::Rotate>) -> Result<()> {
        event.set_result("seen", format!("{params:?}"))?;
        event.set_result("algorithm", params.algorithm)?;
        Ok(())
    }

    #[on(action = "strict")]
    fn strict(&mut self, Params(Strict(a)): Params<Strict>, action: Action<action::Strict>) -> Result<()> {
        action.set_result("a", a)?;
        Ok(())
    }

    #[on(action = "open")]
    fn open(&mut self, params: action::OpenParams) -> Keyed {
        let by_name = params.additional.into_iter().map(|(name, value)| (name, value.to_string()));
        Keyed { by_name: by_name.collect() }
    }

    #[on(action = "plain")]
    fn plain(&mut self, action: Action<action::Plain>) -> Result<Report> {
        action.log("begun")?;
        bail!(ActionFailed::new("no"))
    }

    #[on(action = "report")]
    #[on(action = "report-again")]
    fn report(&mut self) -> Report {
        Report {
            new_key: "k".into(),
            r#type: "t",
            size: Some(3),
            ratio: 0.5,
            is_done: true,
            backup: Backup { file_name: "f".into(), done: true },
            hosts: vec!["a".into(), "b".into()],
            parts: vec![Backup::default()],
            users: BTreeMap::from([("admin".into(), 1), ("x.y".into(), 2)]),
            ports: HashMap::from([(80, 'w')]),
            raw: json!({"a": [1, null, {"b": "c"}], "n": 1.5, "t": true}),
            elsewhere: -1,
            ..Report::default()
        }
    }
}

fn run(action: &str, params: &Value) -> Ran {
    Agent::default().says("action-get", params.to_string()).action::<Charm>(action)
}

/// What the action failed with. It exits 0 all the same.
#[track_caller]
fn failed(action: &str, params: &Value) -> String {
    let ran = run(action, params);
    assert_eq!(ran.exit, Exit::Success, "{ran:?}");
    let told = ran.arguments("action-fail");
    assert_eq!(told.len(), 1, "{ran:?}");
    told[0][1].clone()
}

#[track_caller]
fn results(action: &str, params: &Value) -> Vec<String> {
    let ran = run(action, params);
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert!(ran.arguments("action-fail").is_empty(), "{:?}", ran.arguments("action-fail"));
    ran.arguments("action-set").concat()
}

#[test]
fn parameters_have_the_types_of_their_schema() {
    let given = json!({
        "algorithm": "md5", "keep": 8000.0, "ratio": 2, "dry-run": true, "type": "t",
        "target": {"host": "h", "ports": [1.0], "ways": ["in", "out"]},
        "labels": {"a-b": "c"}, "anything": 7, "note": "n", "undeclared": 1,
    });
    let expected = "RotateParams { algorithm: Md5, anything: Some(Number(7)), dry_run: true, keep: 8000, \
                    labels: Some({\"a-b\": \"c\"}), note: Some(\"n\"), ratio: 2.0, \
                    target: Some(RotateTarget { host: \"h\", ports: [1], ways: Some([In, Out]) }), \
                    type: Some(\"t\") }";
    assert_eq!(results("rotate", &given), ["algorithm=md5", &format!("seen={expected}")]);
}

#[test]
fn what_juju_leaves_out_has_its_default_or_is_none() {
    let expected = "RotateParams { algorithm: Sha256, anything: None, dry_run: false, keep: 1, labels: None, \
                    note: None, ratio: 1.0, target: Some(RotateTarget { host: \"\", ports: [80, 443], ways: None }), \
                    type: None }";
    let given = json!({"keep": 1, "type": null, "note": null, "target": {"host": ""}});
    assert_eq!(results("rotate", &given), ["algorithm=sha-256", &format!("seen={expected}")]);
    assert_eq!(results("rotate", &json!({"keep": 1, "algorithm": ""}))[0], "algorithm=");
    assert_eq!(results("rotate", &json!({"keep": 1, "algorithm": "Self"}))[0], "algorithm=Self");
}

#[test]
fn an_invalid_parameter_fails_the_action_and_is_not_quoted() {
    for (given, message) in [
        (json!({}), "`keep`: it is required, and was not given"),
        (json!({"keep": "hunter2"}), "`keep`: expected a whole number of 64 bits, got a text"),
        (json!({"keep": 0.5}), "`keep`: expected a whole number of 64 bits, got a number"),
        (json!({"keep": null}), "`keep`: expected a whole number of 64 bits, got nothing"),
        (
            json!({"keep": 1, "algorithm": "hunter2"}),
            r#"`algorithm`: expected one of "sha-256", "md5", "", "Self""#,
        ),
        (json!({"keep": 1, "target": []}), "`target`: expected a map, got a list"),
        (json!({"keep": 1, "target": {}}), "`target.host`: it is required, and was not given"),
        (
            json!({"keep": 1, "target": {"host": "h", "ports": [1, "hunter2"]}}),
            "`target.ports[1]`: expected a whole number of 64 bits, got a text",
        ),
        (
            json!({"keep": 1, "target": {"host": "h", "hots\n": "hunter2"}}),
            "`target.hots␀`: there is no such parameter; there is host, ports, ways",
        ),
        (json!({"keep": 1, "labels": {"a": true}}), "`labels.a`: expected a text, got a boolean"),
    ] {
        assert_eq!(failed("rotate", &given), format!("action parameter {message}"), "{given}");
    }
    assert_eq!(
        failed("strict", &json!({"b": "hunter2"})),
        "action parameter `b`: there is no such parameter; there is a"
    );
}

#[test]
fn the_author_may_check_more() {
    assert_eq!(results("strict", &json!({"a": "four"})), ["a=four"]);
    assert_eq!(failed("strict", &json!({"a": "one"})), "action parameters: a: more than three letters");
}

#[test]
fn undeclared_parameters_are_kept_where_the_schema_says_so() {
    assert_eq!(results("open", &json!({"x": 1.0, "y": 2})), ["by-name.x=1", "by-name.y=2"]);
    assert_eq!(
        failed("open", &json!({"x": "1"})),
        "action parameter `x`: expected a whole number of 64 bits, got a text"
    );
}

#[test]
fn a_struct_becomes_results() {
    let expected = [
        "backup.done=true",
        "backup.file-name=f",
        "hosts.0=a",
        "hosts.1=b",
        "is-done=true",
        "moved.to.here=-1",
        "new-key=k",
        "parts.0.done=false",
        "parts.0.file-name=",
        "ports.80=w",
        "ratio=0.5",
        "raw.a.0=1",
        "raw.a.2.b=c",
        "raw.n=1.5",
        "raw.t=true",
        "shown=a b=c",
        "size=3",
        "type=t",
        "users.admin=1",
        "users.x.y=2",
    ];
    for action in ["report", "report-again"] {
        assert_eq!(results(action, &json!({})), expected);
    }
}

#[test]
fn an_action_without_parameters_asks_for_none_and_a_failed_one_has_no_results() {
    let ran = run("plain", &json!({}));
    assert_eq!(ran.exit, Exit::Success);
    assert!(ran.arguments("action-get").is_empty() && ran.arguments("action-set").is_empty());
    assert_eq!(ran.arguments("action-log"), [["--", "begun"]]);
    assert_eq!(ran.arguments("action-fail"), [["--", "no"]]);
}

#[test]
fn a_key_that_only_the_run_knows_is_checked_then() {
    for (name, problem) in [
        ("A", "action result `by-name.A`: a key is lowercase letters"),
        ("a_b", "action result `by-name.a_b`: a key is lowercase letters"),
    ] {
        let ran = run("open", &json!({name: 1}));
        assert_eq!(ran.exit, Exit::Failure);
        assert!(ran.log().contains(problem), "{}", ran.log());
        assert!(ran.arguments("action-set").is_empty() && ran.arguments("action-fail").is_empty());
    }
    let ran = run("open", &json!({"a": 1, "a.b": 2}));
    assert!(ran.log().contains("`by-name.a` is a result already"), "{}", ran.log());
}
