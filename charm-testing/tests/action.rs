//! Actions: their parameters, their results, and what their failure means.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod local;

use charm_testing::model::{Action, ActionResult, ActionStatus};
use local::{Local, unit};

const ACTIONS: &str = "actions:
  act:
    params:
      greeting: {type: string}
      times: {type: integer}
      mood: {type: string, default: calm}
  other:
    params: {must: {type: string}}
    required: [must]
";

/// Runs the action `act` with `script` on a unit that has settled.
fn run(local: &mut Local, script: &str) -> Action {
    local.deploy("hello", ACTIONS, &format!("test $hook = act || exit 0\n{script}"), 1);
    local.settle();
    let params = serde_json::json!({"greeting": "good day", "times": 3, "nested": {"a": {"b": true}}});
    let id = local.model.run_action(&unit("hello/0"), "act", params.as_object().unwrap().clone()).unwrap();
    local.settle();
    local.model.action(id).unwrap().clone()
}

fn text(action: &Action, key: &str) -> Option<String> {
    match action.results.get(key)? {
        ActionResult::Text(text) => Some(text.clone()),
        ActionResult::Map(map) => Some(format!("{map:?}")),
    }
}

#[test]
fn an_action_answers() {
    let mut local = Local::new();
    let script = "action-get greeting; action-get nested.a.b; action-get missing; action-get --format=json\n\
                  action-set said=yes deep.er=1; action-log on its way; state-set acted=1; echo done >&2";
    let action = run(&mut local, script);
    assert_eq!(action.status, ActionStatus::Completed);
    let json = r#"{"greeting":"good day","mood":"calm","nested":{"a":{"b":true}},"times":3}"#;
    assert_eq!(text(&action, "stdout"), Some(format!("good day\nTrue\n{json}\n")));
    assert_eq!(text(&action, "stderr").as_deref(), Some("done\n"));
    assert_eq!(text(&action, "said").as_deref(), Some("yes"));
    assert_eq!(text(&action, "return-code").as_deref(), Some("0"));
    assert!(matches!(&action.results["deep"], ActionResult::Map(map) if map.contains_key("er")));
    assert_eq!(action.log, ["on its way"]);
    assert_eq!(local.model.unit(&unit("hello/0")).unwrap().charm_state()["acted"], "1");
}

#[test]
fn action_fail_fails_the_action_and_keeps_its_writes() {
    let mut local = Local::new();
    let action = run(&mut local, "action-fail 'no way'; action-set after=1; state-set acted=1");
    assert_eq!((action.status, action.message.as_str()), (ActionStatus::Failed, "no way"));
    assert_eq!(text(&action, "after").as_deref(), Some("1"));
    assert_eq!(local.model.unit(&unit("hello/0")).unwrap().charm_state()["acted"], "1");
    assert_ne!(local.status("hello/0").0, "error");
}

#[test]
fn a_crashing_action_drops_its_writes_and_is_not_retried() {
    let mut local = Local::new();
    let action = run(&mut local, "action-set said=yes; state-set acted=1; exit 7");
    assert_eq!((action.status, action.message.as_str()), (ActionStatus::Failed, "exit status 7"));
    assert_eq!(text(&action, "return-code").as_deref(), Some("7"));
    assert_eq!(text(&action, "said").as_deref(), Some("yes"));
    assert!(local.model.unit(&unit("hello/0")).unwrap().charm_state().is_empty());
    assert_ne!(local.status("hello/0").0, "error");
    assert_eq!(local.record("hello/0").iter().filter(|hook| *hook == "act").count(), 1);
}

#[test]
fn action_commands_have_their_rules() {
    let mut local = Local::new();
    let script = "action-set stdout=1; echo $?; action-set a.stderr.b=1; echo $?; action-set Key=1; echo $?; \
                  action-set =1; echo $?; action-set x; echo $?; action-fail ''; action-fail; echo $?";
    let action = run(&mut local, script);
    assert_eq!(text(&action, "stdout").as_deref(), Some("2\n2\n2\n2\n2\n0\n"));
    let stderr = "ERROR cannot set reserved action key \"stdout\"\n\
                  ERROR cannot set reserved action key \"stderr\"\n\
                  ERROR key \"Key\" must start and end with lowercase alphanumeric, and contain only lowercase \
                  alphanumeric, hyphens and periods\n\
                  ERROR key \"\" must start and end with lowercase alphanumeric, and contain only lowercase \
                  alphanumeric, hyphens and periods\n\
                  ERROR argument \"x\" must be of the form key...=value\n";
    assert_eq!(text(&action, "stderr").as_deref(), Some(stderr));
    assert_eq!(action.message, "action failed without reason given, check action for errors");
}

#[test]
fn outside_an_action_there_is_none() {
    let mut local = Local::new();
    local.deploy("hello", ACTIONS, "action-get 2> error; echo $? > code", 1);
    local.settle();
    assert_eq!(local.file("hello/0", "error"), "ERROR not running an action\n");
    assert_eq!(local.file("hello/0", "code"), "1\n");
    let error = local.model.run_action(&unit("hello/0"), "nothing", serde_json::Map::new()).unwrap_err();
    assert!(error.to_string().starts_with("action \"nothing\" not defined on unit \"hello/0\""), "{error}");
    let error = local.model.run_action(&unit("hello/0"), "other", serde_json::Map::new()).unwrap_err();
    assert_eq!(error.to_string(), "action \"other\" needs the parameter \"must\": give it a value");
    assert!(local.model.run_action(&unit("hello/7"), "act", serde_json::Map::new()).is_err());
}
