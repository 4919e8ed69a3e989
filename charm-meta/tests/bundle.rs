//! Bundles.

use charm_meta::{Bundle, ConfigValue, EndpointRef};

const BUNDLE: &str = "\
bundle: kubernetes
default-base: ubuntu@24.04
machines: {0: }
saas:
  logs: {url: 'admin/cos.logs'}
applications:
  web:
    charm: ./web
    scale: 3
    trust: true
    options: {port: 80, tls: yes, name: web, ratio: 0.5, unset: }
    constraints: mem=1G
  db: {charm: postgresql-k8s, num_units: 0, channel: 14/stable}
  one: {charm: one}
relations:
- [web:db, db]
- - web:logging
  - logs:logging
";

#[test]
fn a_whole_bundle() {
    let bundle = Bundle::parse(BUNDLE).unwrap();
    let web = &bundle.applications["web"];
    assert_eq!((web.charm.as_str(), web.num_units, web.trust), ("./web", 3, true));
    let options: Vec<_> = web.options.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    assert_eq!(
        options,
        [
            ("name", ConfigValue::String("web".to_owned())),
            ("port", ConfigValue::Int(80)),
            ("ratio", ConfigValue::Float(0.5)),
            ("tls", ConfigValue::Boolean(true)),
        ]
    );
    assert_eq!((bundle.applications["db"].num_units, bundle.applications["one"].num_units), (0, 1));
    let relations: Vec<String> = bundle.relations.iter().map(|(a, b)| format!("{a} {b}")).collect();
    assert_eq!(relations, ["web:db db", "web:logging logs:logging"]);
    assert_eq!(bundle.relations[0].1, EndpointRef { application: "db".to_owned(), endpoint: None });
    assert!(bundle.saas.contains("logs"));
}

/// There is exactly one problem, at the mark `«`.
#[track_caller]
fn refuses(marked: &str, path: &str, words: &str) {
    let before = marked.split('«').next().unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let problems = Bundle::parse(&marked.replace('«', "")).err().unwrap_or_default();
    let found: Vec<_> = problems.iter().map(|p| (p.line, p.column, p.path.as_str())).collect();
    assert_eq!(found, [(line, column, path)], "{marked}\n{problems:#?}");
    assert!(problems[0].message.contains(words), "{words:?} is not in {:?}", problems[0].message);
}

#[test]
fn applications() {
    refuses("«relations: []\n", "applications", "at least one application");
    refuses("applications: «{}\n", "applications", "at least one application");
    refuses("applications:\n  «web: {}\n", "applications.web.charm", "needs a charm");
    refuses("applications:\n  web: {charm: «''}\n", "applications.web.charm", "needs a charm");
    refuses("applications:\n  «web: \n", "applications.web", "must be a map");
    refuses("applications:\n  «web-1: {charm: web}\n", "applications.web-1", "no application's name");
    refuses(
        "applications:\n  web: {charm: web, num_units: «-1}\n",
        "applications.web.num_units",
        "number of units",
    );
    refuses(
        "applications:\n  web: {charm: web, num_units: 1, scale: «2}\n",
        "applications.web.scale",
        "keep one",
    );
    refuses(
        "applications:\n  web: {charm: web, «num-units: 1}\n",
        "applications.web.num-units",
        "`num_units`",
    );
    refuses(
        "applications:\n  web: {charm: web, options: {a: «[1]}}\n",
        "applications.web.options.a",
        "quotes",
    );
    refuses(
        "applications:\n  web: {charm: web, trust: «perhaps}\n",
        "applications.web.trust",
        "true or false",
    );
    refuses("applications: {web: {charm: web}}\nsaas:\n  «web: {}\n", "saas.web", "the same name");
}

#[test]
fn relations() {
    let bundle = |relations: &str| {
        format!("applications: {{web: {{charm: web}}, db: {{charm: db}}}}\nrelations:\n{relations}")
    };
    assert_eq!(Bundle::parse(&bundle("- [web, db]\n- [web:a, db]\n")).err(), None);
    refuses(&bundle("- [web:db, «dbb:x]\n"), "relations[0][1]", "did you mean `db`?");
    refuses(&bundle("- «[web]\n"), "relations[0]", "two ends");
    refuses(&bundle("- «[web, db, db]\n"), "relations[0]", "two ends");
    refuses(&bundle("- «web db\n"), "relations[0]", "must be a list");
    refuses(&bundle("- [web, «'db:']\n"), "relations[0][1]", "no end of a relation");
    refuses(&bundle("- [web, «3]\n"), "relations[0][1]", "must be a text");
    refuses(&bundle("- «[web:a, web:b]\n"), "relations[0]", "to itself");
    refuses(&bundle("- [web, db]\n- «[db, web]\n"), "relations[1]", "above already");
}

#[test]
fn no_bundle_at_all() {
    refuses("«", "", "must be a map");
    refuses("a: b\n  c«: d\n", "", "no YAML");
}
