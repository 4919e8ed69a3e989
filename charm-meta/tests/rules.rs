//! Juju's rules, one by one: what breaks a rule is refused at its own place, and its nearest lawful neighbour
//! is taken.

use charm_meta::Metadata;

const HEADER: &str = "name: web\nsummary: A web.\ndescription: It serves.\n";

/// The text without its mark `«`, and the line and column of the mark.
fn unmarked(marked: &str) -> (String, (usize, usize)) {
    let before = marked.split('«').next().unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (marked.replace('«', ""), (line, column))
}

#[track_caller]
fn takes(yaml: &str) {
    let problems = Metadata::parse(&format!("{HEADER}{yaml}")).err();
    assert_eq!(problems, None, "{yaml}");
}

/// There is exactly one problem, it stands at the mark, and it has this path and these words.
#[track_caller]
fn refuses(yaml: &str, path: &str, words: &str) {
    refuses_whole(&format!("{HEADER}{yaml}"), path, words);
}

#[track_caller]
fn refuses_whole(marked: &str, path: &str, words: &str) {
    let (text, place) = unmarked(marked);
    let problems = Metadata::parse(&text).err().unwrap_or_default();
    let found: Vec<_> = problems.iter().map(|p| ((p.line, p.column), p.path.as_str())).collect();
    assert_eq!(found, [(place, path)], "{marked}\n{problems:#?}");
    assert!(problems[0].message.contains(words), "{words:?} is not in {:?}", problems[0].message);
}

#[test]
fn what_juju_requires() {
    takes("");
    refuses_whole("«summary: s\ndescription: d\n", "name", "add `name: …`");
    refuses_whole("«name: x\ndescription: d\n", "summary", "add `summary: …`");
    refuses_whole("«name: x\nsummary: s\n", "description", "add `description: …`");
    refuses_whole("name: x\nsummary: «3\ndescription: d\n", "summary", "put it in quotes");
    refuses_whole("name: x\n«summary:\ndescription: d\n", "summary", "not nothing");
    refuses_whole("«[name, x]\n", "", "must be a map, not a list");
    refuses_whole("«", "", "must be a map, not nothing");
}

#[test]
fn everything_is_told_at_once() {
    let text = "name: Web\nrequires:\n  db: {}\n  juju: pg\nstorage:\n  data: {type: disk}\nsumary: x\n";
    let problems = Metadata::parse(text).unwrap_err();
    let places: Vec<String> =
        problems.iter().map(|p| format!("{}:{}:{}", p.line, p.column, p.path)).collect();
    assert_eq!(
        places,
        [
            "1:1:description",
            "1:1:summary",
            "1:7:name",
            "3:3:requires.db.interface",
            "4:3:requires.juju",
            "6:16:storage.data.type",
            "7:1:sumary",
        ]
    );
}

#[test]
fn charm_names() {
    let whole = |name: &str| format!("name: {name}\nsummary: s\ndescription: d\n");
    for good in ["a", "web-k8s", "a1", "s3-integrator", "web-v2", &"a".repeat(40)] {
        assert_eq!(Metadata::parse(&whole(good)).err(), None, "{good}");
    }
    for bad in ["Web", "web_app", "1web", "web-", "we--b", "web-2", &"a".repeat(41), "''", "a.b"] {
        refuses_whole(&whole(&format!("«{bad}")), "name", "is no charm's name");
    }
}

#[test]
fn keys_that_charmcraft_refuses() {
    takes(
        "type: charm\nbase: ubuntu@24.04\nplatforms: {amd64: }\nparts: {charm: {plugin: nil}}\nlinks: {}\nanalysis: {}\n",
    );
    refuses("«requries: {}\n", "requries", "did you mean `requires`?");
    refuses("«extra_bindings: {}\n", "extra_bindings", "did you mean `extra-bindings`?");
    refuses("«series: [jammy]\n", "series", "write `platforms`");
    refuses("«min-juju-version: '3.6'\n", "min-juju-version", "write `assumes:");
    refuses("«maintainers: [me]\n", "maintainers", "links.contact");
    refuses("«display-name: Web\n", "display-name", "write `title`");
    refuses("«payloads: {}\n", "payloads", "drop it");
    refuses("«x-mine: 1\n", "x-mine", "charmcraft knows no such key");
    refuses("type: «bundle\n", "type", "must be one of `charm`");
    refuses("«on: {}\n", "true", "put it in quotes");
}

#[test]
fn lengths() {
    takes(&format!("title: {}\n", "t".repeat(40)));
    takes("title: öö\n");
    refuses(&format!("title: «{}\n", "t".repeat(41)), "title", "2 to 40 characters");
    refuses("title: «t\n", "title", "2 to 40 characters");
    refuses_whole(&format!("name: x\nsummary: «{}\ndescription: d\n", "s".repeat(201)), "summary", "200");
}

#[test]
fn endpoints() {
    takes(
        "requires:\n  db: postgresql_client\n  s3: {interface: s3, limit: 1, optional: true, scope: global}\n",
    );
    takes(
        "requires:\n  db: {interface: pg, limit: }\nprovides: {metrics-endpoint: {interface: prometheus_scrape}}\npeers:\n",
    );
    refuses("requires:\n  «db:\n    limit: 1\n", "requires.db.interface", "names its interface");
    refuses("requires:\n  «db: \n", "requires.db", "must be a map, not nothing");
    refuses("requires:\n  db: «''\n", "requires.db", "names its interface");
    refuses("requires:\n  db: {interface: «''}\n", "requires.db.interface", "names its interface");
    refuses("requires:\n  db: {interface: «3}\n", "requires.db.interface", "in quotes");
    refuses(
        "requires:\n  db: {interface: pg, scope: «contianer}\n",
        "requires.db.scope",
        "did you mean `container`?",
    );
    refuses("requires:\n  db: {interface: pg, limit: «many}\n", "requires.db.limit", "a whole number");
    refuses("requires:\n  db: {interface: pg, limit: «-1}\n", "requires.db.limit", "a number of relations");
    refuses("requires:\n  db: {interface: pg, limit: «1.0}\n", "requires.db.limit", "a whole number");
    refuses(
        "requires:\n  db: {interface: pg, optional: «sometimes}\n",
        "requires.db.optional",
        "true or false",
    );
    refuses(
        "requires:\n  db: {interface: pg, «optinal: true}\n",
        "requires.db.optinal",
        "did you mean `optional`?",
    );
    // A key that is nobody's slip is Juju's to ignore, and somebody's to use.
    takes("requires:\n  db: {interface: pg, versions: [v1]}\n");
}

#[test]
fn endpoint_names() {
    takes("requires: {a: x, a-1: x, a_b: x, k8s-service: x}\n");
    for bad in ["Db", "db-", "1db", "d.b", "db--x"] {
        refuses(&format!("requires:\n  «{bad}: pg\n"), &format!("requires.{bad}"), "is no endpoint's name");
    }
    refuses("requires:\n  «1: pg\n", "requires.1", "put it in quotes");
    refuses("requires: {db: pg}\nprovides:\n  «db: pg\n", "provides.db", "stands below `requires` already");
}

#[test]
fn reserved_names() {
    refuses("requires:\n  «juju: pg\n", "requires.juju", "Juju keeps");
    refuses("provides:\n  «juju-info: http\n", "provides.juju-info", "Juju keeps");
    refuses("provides:\n  info: «juju-info\n", "provides.info", "only Juju provides");
    refuses("peers:\n  info: {interface: «juju-x}\n", "peers.info.interface", "only Juju provides");
    takes("requires: {info: juju-info}\nprovides: {jujube: jujube}\n");
    let subordinate = "subordinate: true\nrequires:\n  juju-info: {interface: juju-info, scope: container}\n";
    takes(subordinate);
    // The exception is the subordinate's alone.
    refuses(
        "subordinate: false\nrequires:\n  «juju-info: {interface: juju-info, scope: container}\n",
        "requires.juju-info",
        "Juju keeps",
    );
    assert!(
        Metadata::parse("name: juju-x\nsummary: s\ndescription: d\nprovides: {juju-y: juju-z}\n").is_ok()
    );
}

#[test]
fn subordinates() {
    takes("subordinate: true\nrequires: {host: {interface: juju-info, scope: container}}\n");
    refuses("«subordinate: true\n", "subordinate", "needs an endpoint to its principal");
    refuses("«subordinate: true\nrequires: {host: juju-info}\n", "subordinate", "`scope: container`");
    refuses(
        "«subordinate: true\nprovides: {host: {interface: h, scope: container}}\n",
        "subordinate",
        "below `requires`",
    );
    // A wrong scope is one mistake, not two.
    refuses(
        "subordinate: true\nrequires: {host: {interface: h, scope: «containr}}\n",
        "requires.host.scope",
        "did you mean",
    );
    refuses("subordinate: «maybe\n", "subordinate", "true or false");
}

#[test]
fn extra_bindings() {
    takes("extra-bindings: {admin: , public: }\n");
    refuses("extra-bindings: «{}\n", "extra-bindings", "no binding here");
    refuses("extra-bindings:\n  admin: «yes\n", "extra-bindings.admin", "a name alone");
    refuses("extra-bindings: «[admin]\n", "extra-bindings", "a map");
    refuses("requires: {db: pg}\nextra-bindings:\n  «db:\n", "extra-bindings.db", "a binding by itself");
}

#[test]
fn storages() {
    takes(
        "storage:\n  data: {type: filesystem, location: /srv, shared: false, read-only: 'true', properties: [transient]}\n",
    );
    takes("storage:\n  data: {type: block, location: ''}\n");
    refuses("storage:\n  «data: {}\n", "storage.data.type", "needs `type:");
    refuses("storage:\n  «data: \n", "storage.data", "must be a map");
    refuses("storage:\n  data: {type: «disk}\n", "storage.data.type", "`filesystem`, `block`");
    refuses(
        "storage:\n  data: {type: block, location: «/srv}\n",
        "storage.data.location",
        "only a filesystem",
    );
    refuses(
        "storage:\n  data: {type: block, properties: [«fast]}\n",
        "storage.data.properties[0]",
        "`transient`",
    );
    refuses("storage:\n  data: {type: block, «description: }\n", "storage.data.description", "drop the key");
    refuses(
        "storage:\n  data: {type: block, «minimum_size: 1G}\n",
        "storage.data.minimum_size",
        "`minimum-size`",
    );
    refuses("storage:\n  «my_data: {type: block}\n", "storage.my_data", "no storage's name");
    refuses("storage:\n  «data-1: {type: block}\n", "storage.data-1", "no storage's name");
}

#[test]
fn storage_counts_and_sizes() {
    for good in ["1", "'1'", "0-2", "1+", "0+", "2-", "2-4"] {
        takes(&format!("storage:\n  data: {{type: block, multiple: {{range: {good}}}}}\n"));
    }
    let range = |range: &str, words: &str| {
        let yaml = format!("storage:\n  data: {{type: block, multiple: {{range: {range}}}}}\n");
        refuses(&yaml, "storage.data.multiple.range", words);
    };
    range("«0", "none at all");
    range("«0-0", "none at all");
    range("«-1", "a range is");
    range("«many", "a range is");
    range("«1.5", "a whole number");
    range("«4-2", "lower number first");
    refuses("storage:\n  data: {type: block, «multiple: {}}\n", "storage.data.multiple.range", "add `range:");
    refuses("storage:\n  data: {type: block, multiple: «2}\n", "storage.data.multiple", "must be a map");
    takes("storage:\n  data: {type: block, minimum-size: 1.5GiB}\n");
    refuses("storage:\n  data: {type: block, minimum-size: «1K}\n", "storage.data.minimum-size", "a size is");
    refuses(
        "storage:\n  data: {type: block, minimum-size: «1024}\n",
        "storage.data.minimum-size",
        "in quotes",
    );
}

#[test]
fn devices() {
    takes("devices:\n  gpu: {type: nvidia.com/gpu, countmin: 1, countmax: 2}\n");
    refuses("devices:\n  «gpu: {countmin: 1}\n", "devices.gpu.type", "needs a type");
    refuses("devices:\n  gpu: {type: «''}\n", "devices.gpu.type", "needs a type");
    refuses("devices:\n  gpu: {type: g, countmin: «-1}\n", "devices.gpu.countmin", "a count is");
    refuses(
        "devices:\n  gpu: {type: g, countmin: 3, countmax: «2}\n",
        "devices.gpu.countmax",
        "may not be less",
    );
    refuses("devices:\n  gpu: {type: g, countmin: «3}\n", "devices.gpu.countmin", "each is 1 if not given");
}

#[test]
fn resources() {
    takes(
        "resources:\n  image: {type: oci-image, upstream-source: nginx}\n  file: {type: file, filename: a.tgz}\n  plain: {filename: b}\n",
    );
    refuses("resources:\n  r: {type: «image}\n", "resources.r.type", "`file`, `oci-image`");
    refuses("resources:\n  «r: {type: file}\n", "resources.r.filename", "add `filename: …`");
    refuses("resources:\n  «r: {}\n", "resources.r.filename", "add `filename: …`");
    refuses("resources:\n  r: {type: file, filename: «a/b}\n", "resources.r.filename", "no `/`");
    refuses("resources:\n  r: {type: file, filename: «''}\n", "resources.r.filename", "may not be empty");
    refuses("resources:\n  r: «nginx\n", "resources.r", "must be a map");
}

#[test]
fn containers() {
    let around = "resources:\n  image: {type: oci-image}\n  file: {filename: f}\nstorage:\n  data: {type: filesystem}\ncontainers:\n";
    let good = |yaml: &str| takes(&format!("{around}  {yaml}\n"));
    let bad = |yaml: &str, path: &str, words: &str| refuses(&format!("{around}  {yaml}\n"), path, words);
    good("web: {resource: image, mounts: [{storage: data, location: /srv}], uid: 999, gid: 10000}");
    good("web: {bases: [{name: ubuntu, channel: '24.04', architectures: [amd64]}]}");
    good("web: {}");
    bad("web: {resource: «imago}", "containers.web.resource", "did you mean `image`?");
    bad("web: {resource: «file}", "containers.web.resource", "`type: oci-image`");
    bad("web: {mounts: [«{location: /srv}]}", "containers.web.mounts[0].storage", "names its storage");
    bad("web: {mounts: [«{storage: data}]}", "containers.web.mounts[0].location", "names its place");
    bad(
        "web: {mounts: [{storage: «date, location: /x}]}",
        "containers.web.mounts[0].storage",
        "there is no storage",
    );
    bad("web: {«mounts: }", "containers.web.mounts", "must be a list");
    bad("web: {uid: «1000}", "containers.web.uid", "1000 to 9999");
    bad("web: {gid: «9999}", "containers.web.gid", "1000 to 9999");
    bad("web: {uid: «-1}", "containers.web.uid", "an id is");
    bad("web: {bases: [«{channel: '24.04'}]}", "containers.web.bases[0].name", "needs a name");
    bad("«web: ", "containers.web", "must be a map");
}

#[test]
fn a_wrong_resource_or_storage_is_not_missing_too() {
    refuses(
        "resources: {image: {type: «oci}}\ncontainers: {web: {resource: image}}\n",
        "resources.image.type",
        "must be one of",
    );
    refuses(
        "storage: {«data: {}}\ncontainers: {web: {mounts: [{storage: data, location: /x}]}}\n",
        "storage.data.type",
        "needs `type:",
    );
}

#[test]
fn charm_users_terms_and_assumptions() {
    takes("charm-user: non-root\nterms: [lorem-ipsum, owner/lorem/1]\n");
    refuses("charm-user: «nobody\n", "charm-user", "`root`, `sudoer`, `non-root`");
    refuses("terms: [ok-term, «Bad]\n", "terms[1]", "a term is");
    refuses("terms: «lorem\n", "terms", "must be a list");
    takes("assumes:\n- juju >= 3.6\n- k8s-api\n- any-of: [juju < 4, {all-of: [k8s-api]}]\n");
    refuses("assumes: [«juju > 3.6]\n", "assumes[0]", "no assumption");
    refuses("assumes: [k8s-api, «3]\n", "assumes[1]", "in quotes");
    refuses("assumes:\n- any-of: [«juju == 3]\n", "assumes[0].any-of[0]", "no assumption");
    refuses("assumes:\n- «some-of: [k8s-api]\n", "assumes[0]", "`any-of` or `all-of`");
    refuses("assumes: «{juju: '3'}\n", "assumes", "must be a list");
}

#[test]
fn option_types_and_defaults() {
    let option = |option: &str| format!("config:\n  options:\n    o: {{{option}}}\n");
    for good in [
        "type: string, default: 'yes'",
        "default: abc",
        "type: string",
        "type: string, default: ",
        "type: int, default: -3",
        "type: int, default: '3'",
        "type: float, default: 3.0",
        "type: boolean, default: no",
        "type: boolean, default: 'true'",
        "type: secret, default: ''",
        "type: secret, default: 'secret:abc'",
    ] {
        takes(&option(good));
    }
    let bad = |yaml: &str, words: &str| refuses(&option(yaml), "config.options.o.default", words);
    bad("type: string, default: «yes", "the boolean true; put it in quotes");
    bad("type: string, default: «3", "put it in quotes");
    bad("type: string, default: «10:30", "the number 630; put it in quotes");
    bad("type: int, default: «abc", "type int may not be the text");
    bad("type: int, default: «3.0", "type int");
    bad("type: int, default: «99999999999999999999", "type int");
    bad("type: float, default: «3", "write 3.0");
    bad("type: boolean, default: «1", "type boolean");
    bad("type: boolean, default: «'yes'", "type boolean");
    bad("type: secret, default: «abc", "URI of a secret");
    bad("type: string, default: «[a]", "a list");
    refuses(&option("type: «list"), "config.options.o.type", "must be one of");
    refuses(&option("type: «str"), "config.options.o.type", "did you mean `string`?");
    refuses(&option("«defualt: a"), "config.options.o.defualt", "did you mean `default`?");
}

#[test]
fn option_names() {
    takes("config:\n  options: {log-level: {type: string}, logLevel: {type: string}, a_b: {type: int}}\n");
    for bad in ["a.b", "$a", "''"] {
        let path = format!("config.options.{}", bad.trim_matches('\''));
        refuses(&format!("config:\n  options:\n    «{bad}: {{type: string}}\n"), &path, "an option's name");
    }
    refuses("«config:\n  log-level: {type: string}\n", "config", "below `config.options`");
    takes("config: {}\n");
}

#[test]
fn action_names() {
    takes("actions: {rotate: , rotate-now: {}, s3-sync: {}, start: {}, jujube: {}}\n");
    refuses("actions:\n  «foo_bar: {}\n", "actions.foo_bar", "write `foo-bar`");
    refuses("actions:\n  «Foo: {}\n", "actions.Foo", "write `foo`");
    refuses("actions:\n  «foo-: {}\n", "actions.foo-", "choose another");
    refuses("actions:\n  «juju: {}\n", "actions.juju", "Juju keeps");
    refuses("actions:\n  «juju-x: {}\n", "actions.juju-x", "Juju keeps");
}

#[test]
fn action_keys() {
    takes(
        "actions: {a: {description: d, title: t, parallel: true, execution-group: g, required: [x], additionalProperties: false}}\n",
    );
    takes(
        "actions: {a: {params: {x: {type: string}}, minProperties: 1, additionalProperties: {type: string}, x-mine: 1}}\n",
    );
    let bad = |yaml: &str, key: &str, words: &str| {
        refuses(&format!("actions:\n  a: {{{yaml}}}\n"), &format!("actions.a{key}"), words);
    };
    bad("«description: ", ".description", "a text");
    bad("title: «3", ".title", "a text");
    bad("parallel: «'true'", ".parallel", "true or false");
    bad("execution-group: «1", ".execution-group", "a text");
    bad("required: «x", ".required", "a list");
    bad("required: [«1]", ".required[0]", "a text");
    bad("params: «[x]", ".params", "a map");
    bad("additionalProperties: «nope", ".additionalProperties", "a map");
    bad("minProperties: «-1", ".minProperties", "0 or more");
    bad("«param: {}", ".param", "did you mean `params`?");
    refuses("actions:\n  a: «x\n", "actions.a", "must be a map");
}

#[test]
fn action_parameters_are_json_schema() {
    let good = |schema: &str| takes(&format!("actions:\n  a: {{params: {{p: {schema}}}}}\n"));
    let bad = |schema: &str, path: &str, words: &str| {
        refuses(
            &format!("actions:\n  a: {{params: {{p: {schema}}}}}\n"),
            &format!("actions.a.params.p{path}"),
            words,
        );
    };
    good("{type: string, enum: [a, b], default: a, pattern: '^a$', description: d}");
    good("{type: [integer, 'null'], minimum: 0, exclusiveMinimum: true, multipleOf: 0.5}");
    good(
        "{type: object, properties: {x: {type: array, items: {type: string}, uniqueItems: true}}, required: [x]}",
    );
    good(
        "{anyOf: [{type: string}, {type: 'null'}], not: {type: array}, dependencies: {x: [y], z: {type: object}}}",
    );
    good("{x-hint: anything}");
    bad("«string", "", "described by a map");
    bad("{type: «int}", ".type", "did you mean `integer`?");
    bad("{type: «bool}", ".type", "did you mean `boolean`?");
    bad("{type: «strnig}", ".type", "did you mean `string`?");
    bad("{type: [string, «list]}", ".type[1]", "did you mean `array`?");
    bad("{«type: }", ".type", "a text");
    bad("{enum: «[]}", ".enum", "at least one");
    bad("{required: «true}", ".required", "the action's own `required`");
    bad("{minimum: «'0'}", ".minimum", "a number");
    bad("{multipleOf: «0}", ".multipleOf", "above 0");
    bad("{exclusiveMinimum: «1}", ".exclusiveMinimum", "draft 4");
    bad("{minLength: «-1}", ".minLength", "0 or more");
    bad("{items: «string}", ".items", "described by a map");
    bad("{properties: {x: {type: «float}}}", ".properties.x.type", "did you mean `number`?");
    bad("{anyOf: «{}}", ".anyOf", "at least one schema");
    bad("{oneOf: [{type: «dict}]}", ".oneOf[0].type", "did you mean `object`?");
    bad("{«$ref: x}", ".$ref", "write the schema out");
    bad("{items: [{«$schema: x}]}", ".items[0].$schema", "write the schema out");
    bad("{enum: [{«$ref: x}]}", ".enum[0].$ref", "write the schema out");
    bad("{properties: {«on: {type: string}}}", ".properties.true", "put it in quotes");
    refuses("actions:\n  a: {params: {«$ref: {type: string}}}\n", "actions.a.params.$ref", "Juju refuses");
    refuses("actions:\n  a: {«$schema: x}\n", "actions.a.$schema", "Juju refuses");
}
