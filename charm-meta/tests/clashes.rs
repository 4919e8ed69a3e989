//! Names that are two to Juju and one to Rust.

use charm_meta::Metadata;

#[track_caller]
fn clashes(yaml: &str) -> Vec<String> {
    let metadata = Metadata::parse(&format!("name: x\nsummary: s\ndescription: d\n{yaml}"));
    metadata.unwrap_or_default().clashes().iter().map(ToString::to_string).collect()
}

#[test]
fn two_spellings_of_one_name() {
    assert_eq!(
        clashes("requires: {a-b: x, a_b: x}\nprovides: {ab: x, a-b-c: x}\n"),
        ["endpoint: `a-b` and `a_b` would both be `AB` in Rust; rename one"]
    );
    assert_eq!(
        clashes("config: {options: {log-level: {}, log_level: {}}}\n"),
        ["option: `log-level` and `log_level` would both be `log_level` in Rust; rename one"]
    );
    assert_eq!(
        clashes("actions: {go: {params: {dry-run: {type: boolean}, dry_run: {type: boolean}}}}\n"),
        ["parameter of the action `go`: `dry-run` and `dry_run` would both be `dry_run` in Rust; rename one"]
    );
}

#[test]
fn types_may_meet_where_fields_do_not() {
    assert_eq!(
        clashes("requires: {a-1: x, a1: x}\n"),
        ["endpoint: `a-1` and `a1` would both be `A1` in Rust; rename one"]
    );
    assert_eq!(clashes("config: {options: {a-1: {}, a1: {}}}\n"), [""; 0]);
}

#[test]
fn kinds_do_not_meet() {
    let yaml = "requires: {web: x}\nresources: {web: {type: oci-image}}\ncontainers: {web: {resource: web}}\nactions: {web: {}}\n";
    assert_eq!(clashes(yaml), [""; 0]);
}

#[test]
fn parameters_meet_in_objects_values_and_types() {
    let go = |params: &str| clashes(&format!("actions: {{go: {{params: {params}}}, go-at: {{}}}}\n"));
    assert_eq!(
        go("{to: {type: object, properties: {a-b: {type: string}, a_b: {type: string}}}}"),
        ["parameter of `to` of the action `go`: `a-b` and `a_b` would both be `a_b` in Rust; rename one"]
    );
    assert_eq!(
        go("{how: {type: array, items: {type: string, enum: [sha-256, sha256, sha256]}}}"),
        [
            "value of the parameter `how` of the action `go`: `sha-256` and `sha256` would both be `Sha256` in Rust; rename one"
        ]
    );
    assert_eq!(
        go("{at: {enum: [dawn, dusk]}}"),
        [
            "type in the module `action`: `action go-at` and `parameter at of go` would both be `GoAt` in Rust; rename one"
        ]
    );
    assert_eq!(go("{at: {type: string}}"), [""; 0]);
    assert_eq!(
        go("{at: {type: object, properties: {additional: {type: string}}, additionalProperties: true}}"),
        [
            "type in the module `action`: `action go-at` and `parameter at of go` would both be `GoAt` in Rust; rename one",
            "parameter of `at` of the action `go`: `additional` and `additionalProperties` would both be `additional` in Rust; rename one",
        ]
    );
}
