//! One charm that declares everything: what it is read as, what it is sent, and the files Juju gets.

use std::collections::BTreeSet;

use charm_meta::{
    Assumption, CharmUser, ConfigValue, Count, Event, EventKind, Metadata, OptionKind, ResourceKind, Role,
    Scope, Split, StorageKind, Subject,
};
use serde_json::{Value as Json, json};

const SAMPLE: &str = "\
name: k8s-web
type: charm
title: Web
summary: Serves pages.
description: |
  Serves pages.
  Many of them.
base: ubuntu@24.04
platforms: {amd64: }
parts: {charm: {plugin: nil}}
links:
  contact: Web Team <web@example.com>
  documentation: https://example.com/docs
  issues: [https://example.com/issues]
  website: https://example.com
assumes:
- juju >= 3.6
- any-of: [k8s-api, juju < 4]
charm-user: sudoer
terms: [lorem/2]
subordinate: true
requires:
  host: {interface: juju-info, scope: container}
  db: &client
    interface: postgresql_client
    limit: 1
    optional: true
  cache:
    <<: *client
    interface: redis
provides: {website: http}
peers: {cluster: {interface: web-cluster, limit: 0}}
extra-bindings: {admin: }
storage:
  data: {type: filesystem, location: /srv, description: Pages, multiple: {range: 1-3}, minimum-size: 2G}
  disk: {type: block, read-only: true, shared: yes, multiple: {range: 0+}, properties: [transient]}
resources:
  image: {type: oci-image, description: The server, upstream-source: nginx}
  theme: {type: file, filename: theme.tgz}
devices:
  gpu: {type: nvidia.com/gpu, description: Fast, countmax: 2}
containers:
  web: {resource: image, mounts: [{storage: data, location: /pages}], uid: 584792, gid: 33}
config:
  options:
    hostname: {type: string, description: The name}
    port: {type: int, default: 8080}
    ratio: {type: float, default: 0.5}
    tls: {type: boolean, default: off}
    key: {type: secret}
    plain: {default: x}
actions:
  rotate:
    title: Rotate
    description: Makes new keys.
    params:
      force: {type: boolean, default: false}
      reason: {type: string}
    required: [reason]
    additionalProperties: false
    parallel: true
    execution-group: keys
    minProperties: 1
  ping:
";

fn sample() -> Metadata {
    Metadata::parse(SAMPLE).unwrap_or_default()
}

#[test]
fn scalars_and_lists() {
    assert_eq!(Metadata::parse(SAMPLE).err(), None);
    let charm = sample();
    assert_eq!(
        (charm.name.as_str(), charm.title.as_deref(), charm.summary.as_str()),
        ("k8s-web", Some("Web"), "Serves pages.")
    );
    assert_eq!(charm.description, "Serves pages.\nMany of them.\n");
    assert!(charm.subordinate);
    assert_eq!(charm.charm_user, Some(CharmUser::Sudoer));
    assert_eq!(charm.terms, ["lorem/2"]);
    assert_eq!(charm.extra_bindings, BTreeSet::from(["admin".to_owned()]));
    let text = str::to_owned;
    let any_of = vec![Assumption::Feature(text("k8s-api")), Assumption::Below(text("juju"), text("4"))];
    assert_eq!(charm.assumes, [Assumption::AtLeast(text("juju"), text("3.6")), Assumption::AnyOf(any_of)]);
}

#[test]
fn endpoints() {
    let charm = sample();
    let seen: Vec<_> = charm
        .endpoints
        .iter()
        .map(|(name, e)| (name.as_str(), e.role, e.interface.as_str(), e.limit, e.scope, e.optional))
        .collect();
    assert_eq!(
        seen,
        [
            // What is merged in by `<<` counts, and the map's own keys win.
            ("cache", Role::Requires, "redis", Some(1), Scope::Global, true),
            ("cluster", Role::Peers, "web-cluster", None, Scope::Global, false),
            ("db", Role::Requires, "postgresql_client", Some(1), Scope::Global, true),
            ("host", Role::Requires, "juju-info", None, Scope::Container, false),
            ("website", Role::Provides, "http", None, Scope::Global, false),
        ]
    );
}

#[test]
fn what_a_unit_has() {
    let charm = sample();
    let data = &charm.storages["data"];
    assert_eq!(
        (data.kind, data.location.as_deref(), data.minimum_size),
        (StorageKind::Filesystem, Some("/srv"), Some(2048))
    );
    assert_eq!(data.multiple, Count { min: 1, max: Some(3) });
    let disk = &charm.storages["disk"];
    assert_eq!(
        (disk.kind, disk.read_only, disk.shared, disk.transient),
        (StorageKind::Block, true, true, true)
    );
    assert_eq!(disk.multiple, Count { min: 0, max: None });
    assert_eq!(
        (charm.resources["image"].kind, charm.resources["theme"].kind),
        (ResourceKind::OciImage, ResourceKind::File)
    );
    assert_eq!(charm.resources["theme"].filename.as_deref(), Some("theme.tgz"));
    let gpu = &charm.devices["gpu"];
    assert_eq!((gpu.kind.as_str(), gpu.count_min, gpu.count_max), ("nvidia.com/gpu", 1, 2));
    let web = &charm.containers["web"];
    assert_eq!((web.resource.as_deref(), web.uid, web.gid), (Some("image"), Some(584_792), Some(33)));
    assert_eq!((web.mounts[0].storage.as_str(), web.mounts[0].location.as_str()), ("data", "/pages"));
}

#[test]
fn options() {
    let charm = sample();
    let seen: Vec<_> =
        charm.config.iter().map(|(name, o)| (name.as_str(), o.kind, o.default.clone())).collect();
    assert_eq!(
        seen,
        [
            ("hostname", OptionKind::String, None),
            ("key", OptionKind::Secret, None),
            ("plain", OptionKind::String, Some(ConfigValue::String("x".to_owned()))),
            ("port", OptionKind::Int, Some(ConfigValue::Int(8080))),
            ("ratio", OptionKind::Float, Some(ConfigValue::Float(0.5))),
            ("tls", OptionKind::Boolean, Some(ConfigValue::Boolean(false))),
        ]
    );
}

#[test]
fn actions() {
    let charm = sample();
    let rotate = &charm.actions["rotate"];
    assert!(rotate.parallel);
    assert_eq!(
        (rotate.execution_group.as_deref(), rotate.additional_properties),
        (Some("keys"), Some(false))
    );
    assert_eq!(
        rotate.schema(),
        json!({
            "type": "object",
            "title": "Rotate",
            "description": "Makes new keys.",
            "properties": {"force": {"type": "boolean", "default": false}, "reason": {"type": "string"}},
            "required": ["reason"],
            "additionalProperties": false,
            "minProperties": 1,
        })
    );
    assert_eq!(
        charm.actions["ping"].schema(),
        json!({"type": "object", "description": "No description", "properties": {}})
    );
}

#[test]
fn events_in_their_order() {
    let events = sample().events();
    let lifecycle = EventKind::ALL.iter().filter(|kind| kind.subject() == Subject::None).count();
    assert!(events[..lifecycle].iter().all(|event| event.subject.is_none()));
    assert_eq!(events[0].dispatch_name(), "install");
    let names: Vec<String> = events[lifecycle..].iter().map(Event::dispatch_name).collect();
    let relation = |endpoint: &str, kinds: &[&str]| -> Vec<String> {
        kinds.iter().map(|kind| format!("{endpoint}-relation-{kind}")).collect()
    };
    let all = ["created", "joined", "changed", "departed", "broken"];
    let mut expected = relation("cache", &all);
    expected.extend(relation("cluster", &all[..4])); // A peer relation is never broken.
    expected.extend(["db", "host", "website"].iter().flat_map(|endpoint| relation(endpoint, &all)));
    for name in [
        "data-storage-attached",
        "data-storage-detaching",
        "disk-storage-attached",
        "disk-storage-detaching",
        "web-pebble-ready",
        "web-pebble-custom-notice",
        "web-pebble-check-failed",
        "web-pebble-check-recovered",
        "ping",
        "rotate",
    ] {
        expected.push(name.to_owned());
    }
    assert_eq!(names, expected);
    let paths: BTreeSet<String> = events.iter().map(Event::dispatch_path).collect();
    assert_eq!(paths.len(), events.len());
    assert!(paths.contains("actions/rotate") && paths.contains("hooks/web-pebble-ready"));
}

#[test]
fn files_for_juju() {
    let files = Split::of(SAMPLE).unwrap();
    let metadata: Json = serde_json::from_str(&files.metadata).unwrap();
    let keys: Vec<&str> = metadata.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "assumes",
            "charm-user",
            "containers",
            "description",
            "devices",
            "display-name",
            "docs",
            "extra-bindings",
            "issues",
            "maintainers",
            "name",
            "peers",
            "provides",
            "requires",
            "resources",
            "storage",
            "subordinate",
            "summary",
            "terms",
            "website",
        ]
    );
    assert_eq!(metadata["display-name"], "Web");
    assert_eq!(metadata["maintainers"], json!(["Web Team <web@example.com>"]));
    assert_eq!(metadata["requires"]["cache"], json!({"interface": "redis", "limit": 1, "optional": true}));
    assert_eq!(metadata["extra-bindings"], json!({"admin": null}));
    assert_eq!(metadata["storage"]["disk"]["shared"], json!(true));
    let config: Json = serde_json::from_str(&files.config.unwrap()).unwrap();
    assert_eq!(config["options"]["tls"], json!({"type": "boolean", "default": false}));
    let actions: Json = serde_json::from_str(&files.actions.unwrap()).unwrap();
    assert_eq!(actions["ping"], Json::Null);
    assert_eq!(actions["rotate"]["required"], json!(["reason"]));
}

#[test]
fn files_that_are_not_needed_and_texts_that_yaml_refuses() {
    let files = Split::of("name: x\ntitle:\nconfig: {}\nsummary: \"a\\x7f\\x85\\uFEFFü\"\n").unwrap();
    assert_eq!((files.config, files.actions), (None, None));
    assert_eq!(files.metadata, "{\n  \"name\": \"x\",\n  \"summary\": \"a\\u007f\\u0085\\ufeffü\"\n}\n");
    let problems = Split::of("name: [x").unwrap_err();
    assert_eq!(problems[0].line, 1);
}
