//! The parameters of actions, as types.
#![allow(clippy::unwrap_used)] // helpers of tests are tests

use charm_meta::{Metadata, Others, Parameter, ParameterType as Type, Parameters};
use serde_json::{Value as Json, json};

#[track_caller]
fn parameters(action: &str) -> Parameters {
    let yaml = format!("name: x\nsummary: s\ndescription: d\nactions:\n  go: {action}\n");
    Metadata::parse(&yaml).unwrap().actions["go"].parameters()
}

#[track_caller]
fn kind(schema: &str) -> Type {
    parameters(&format!("{{params: {{it: {schema}}}}}")).declared.remove(0).kind
}

#[test]
fn each_type_of_schema_has_its_own() {
    assert_eq!(kind("{type: string}"), Type::String);
    assert_eq!(kind("{type: integer}"), Type::Integer);
    assert_eq!(kind("{type: number}"), Type::Number);
    assert_eq!(kind("{type: boolean}"), Type::Boolean);
    assert_eq!(kind("{type: array}"), Type::List(Box::new(Type::Any)));
    assert_eq!(kind("{type: array, items: {type: string}}"), Type::List(Box::new(Type::String)));
    assert_eq!(kind("{type: array, items: [{type: string}]}"), Type::List(Box::new(Type::Any)));
    assert_eq!(kind("{type: object}"), Type::Map(Box::new(Type::Any)));
    let map = Type::Map(Box::new(Type::Integer));
    assert_eq!(kind("{type: object, additionalProperties: {type: integer}}"), map);
    assert_eq!(kind("{type: [string, \"null\"]}"), Type::Nullable(Box::new(Type::String)));
}

#[test]
fn what_has_no_type_of_its_own_is_anything() {
    for schema in
        ["{}", "{type: [string, integer]}", "{type: \"null\"}", "{oneOf: [{type: string}]}", "{enum: [1, a]}"]
    {
        assert_eq!(kind(schema), Type::Any, "{schema}");
    }
}

#[test]
fn a_choice_is_of_texts_that_rust_can_name() {
    let choice = |values: &[&str]| Type::Choice(values.iter().map(|value| (*value).to_owned()).collect());
    assert_eq!(kind("{type: string, enum: [md5, sha256, md5]}"), choice(&["md5", "sha256"]));
    assert_eq!(kind("{enum: [\"\", a]}"), choice(&["", "a"]));
    let nullable = kind("{type: [string, \"null\"], enum: [a, null]}");
    assert_eq!(nullable, Type::Nullable(Box::new(choice(&["a"]))));
    assert_eq!(kind("{type: string, enum: [\"+\", \"-\"]}"), Type::String);
    assert_eq!(kind("{type: integer, enum: [1, 2]}"), Type::Integer);
}

#[test]
fn an_object_has_parameters_of_its_own() {
    let object = kind(
        "{properties: {a: {type: string}, b: {type: integer, default: 3}}, required: [a], additionalProperties: false}",
    );
    let parameter = |name: &str, kind, required, default| Parameter {
        name: name.to_owned(),
        description: None,
        kind,
        required,
        default,
    };
    let declared =
        vec![parameter("a", Type::String, true, None), parameter("b", Type::Integer, false, Some(json!(3)))];
    assert_eq!(object, Type::Object(Parameters { declared, others: Others::Refused }));
}

#[test]
fn the_others_are_ignored_refused_or_kept() {
    assert_eq!(parameters("{}").others, Others::Ignored);
    assert!(parameters("{}").is_empty());
    assert_eq!(parameters("{additionalProperties: false}").others, Others::Refused);
    assert_eq!(parameters("{additionalProperties: true}").others, Others::Kept(Box::new(Type::Any)));
    assert!(!parameters("{additionalProperties: true}").is_empty());
    let typed = parameters("{additionalProperties: {type: boolean}}").others;
    assert_eq!(typed, Others::Kept(Box::new(Type::Boolean)));
    let patterns = "{additionalProperties: false, patternProperties: {\"^x-\": {type: string}}}";
    assert_eq!(parameters(patterns).others, Others::Ignored);
}

#[test]
fn a_default_fits_its_own_type() {
    let wrong = |params: &str| parameters(&format!("{{params: {params}}}")).wrong_defaults();
    assert_eq!(
        wrong("{a: {type: integer, default: 8.0}, b: {default: x}, c: {type: string, default: null}}"),
        [""; 0]
    );
    assert_eq!(wrong("{a: {type: integer, default: 8.5}, b: {enum: [x], default: y}}"), ["a", "b"]);
    let nested = "{a: {type: object, properties: {b: {type: boolean, default: 1}}, default: {c: 1}}}";
    assert_eq!(wrong(nested), ["a.b"]);
    let required = "{a: {type: object, properties: {b: {type: boolean}}, required: [b], default: {}}}";
    assert_eq!(wrong(required), ["a"]);
    let numbers: Json = json!([1e18, 1e19, 1.5, "1"]);
    let whole: Vec<bool> = numbers.as_array().unwrap().iter().map(|n| Type::Integer.fits(n)).collect();
    assert_eq!(whole, [true, false, false, false]);
}
