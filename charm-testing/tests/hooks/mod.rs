//! A model whose hooks a test runs itself, call by call.

#![allow(dead_code, reason = "each test program uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::path::Path;

use charm_meta::Metadata;
use charm_testing::hook_command::{self, Answer, Call, CallError};
use charm_testing::model::{Exit, Hook, HookContext, Model, SecretId, UnitName};

pub(crate) const PROVIDER: &str = "provides:\n  web: {interface: http}\n";
pub(crate) const REQUIRER: &str = "requires:\n  backend: {interface: http}\n";

pub(crate) fn charm(name: &str, declarations: &str) -> Metadata {
    Metadata::parse(&format!("name: {name}\nsummary: A test\ndescription: A test\n{declarations}")).unwrap()
}

pub(crate) fn unit(name: &str) -> UnitName {
    name.parse().unwrap()
}

/// Two related applications at rest, `app` with as many units and `web` with one.
pub(crate) fn related(units: u32) -> Model {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", PROVIDER), units).unwrap();
    model.deploy("web", charm("web", REQUIRER), 1).unwrap();
    model.integrate("app", "web").unwrap();
    settle(&mut model);
    model
}

/// Runs all hooks that are due and returns them: `web/0 start`.
pub(crate) fn settle(model: &mut Model) -> Vec<String> {
    let mut hooks = Vec::new();
    while let Some(context) = model.next() {
        hooks.push(format!("{} {}", context.unit(), context.hook().name()));
        model.finish(context, &Exit::Code(0));
    }
    hooks
}

/// A hook as the stories below tell it: `web/0 backend-relation-joined app/0`.
pub(crate) fn told(context: &HookContext) -> String {
    let remote = context.hook().relation().and_then(|hook| hook.remote_unit.as_ref());
    let remote = remote.map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{} {}{remote}", context.unit(), context.hook().name())
}

/// Runs all hooks that are due and returns them with the units they are about. No unit may have been overlooked.
pub(crate) fn story(model: &mut Model) -> Vec<String> {
    let mut story = Vec::new();
    while let Some(context) = model.next() {
        story.push(told(&context));
        model.finish(context, &Exit::Code(0));
        assert!(story.len() < 1000, "it does not come to rest: {:?}", &story[990..]);
    }
    assert_eq!(model.overlooked(), 0, "units slept although they had something to do: {story:?}");
    story
}

/// What of a story is of one unit, without its name.
pub(crate) fn of<'s>(story: &'s [String], unit: &str) -> Vec<&'s str> {
    let prefix = format!("{unit} ");
    story.iter().filter_map(|line| line.strip_prefix(&prefix)).collect()
}

/// Runs hooks until one of that unit and name is begun.
pub(crate) fn until(model: &mut Model, unit_name: &str, hook: &str) -> HookContext {
    loop {
        let context = model.next().unwrap();
        if *context.unit() == unit(unit_name) && context.hook().name() == hook {
            return context;
        }
        model.finish(context, &Exit::Code(0));
    }
}

/// Begins an update-status of the unit.
pub(crate) fn hook(model: &mut Model, unit_name: &str) -> HookContext {
    model.begin(&unit(unit_name), Hook::UpdateStatus)
}

pub(crate) fn run(model: &mut Model, context: &mut HookContext, words: &[&str]) -> Result<Answer, CallError> {
    let args: Vec<String> = words[1..].iter().map(|word| (*word).to_owned()).collect();
    let call = Call { command: words[0], args: &args, dir: Path::new("/"), stdin: None };
    hook_command::run(&mut model.view(context).unwrap(), &call)
}

/// Runs a command of words without blanks in them, and returns its code and all that it printed.
pub(crate) fn call(model: &mut Model, context: &mut HookContext, words: &str) -> (i32, String) {
    let words: Vec<&str> = words.split(' ').collect();
    let answer = run(model, context, &words).unwrap();
    let printed = [answer.stdout, answer.stderr].concat();
    (answer.code, String::from_utf8(printed).unwrap())
}

/// The output of a command that succeeds, without its last newline.
pub(crate) fn ok(model: &mut Model, context: &mut HookContext, words: &str) -> String {
    let (code, printed) = call(model, context, words);
    assert_eq!(code, 0, "{words}: {printed}");
    printed.strip_suffix('\n').map(str::to_owned).unwrap_or(printed)
}

/// Runs commands in one update-status of the unit and commits; each must succeed. Returns what they printed.
pub(crate) fn in_hook(model: &mut Model, unit_name: &str, commands: &[&str]) -> Vec<String> {
    let mut context = hook(model, unit_name);
    let printed = commands.iter().map(|words| ok(model, &mut context, words)).collect();
    model.finish(context, &Exit::Code(0));
    let failure = model.unit(&unit(unit_name)).and_then(|unit| unit.failure.clone());
    assert!(failure.is_none(), "{failure:?}");
    printed
}

/// Why the unit is in error.
pub(crate) fn failure(model: &Model, unit_name: &str) -> Option<String> {
    Some(model.unit(&unit(unit_name))?.failure.as_ref()?.cause.clone())
}

/// Has `app/0` make a secret `token=one` and returns its URI.
pub(crate) fn shared(model: &mut Model, flags: &str) -> String {
    let add = format!("secret-add --label l {flags} token=one").replace("  ", " ");
    let uri = in_hook(model, "app/0", &[&add]).remove(0);
    in_hook(model, "app/0", &[&format!("secret-grant {uri} -r 0")]);
    uri
}

pub(crate) fn id(uri: &str) -> SecretId {
    SecretId::parse(uri).unwrap()
}
