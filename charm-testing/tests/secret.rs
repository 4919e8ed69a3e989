//! Secrets: what the commands answer, what a commit keeps, which hooks follow.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use charm_testing::model::{Exit, Hook, JujuVersion, Model};
use hooks::{call, failure, hook, id, in_hook, ok, related, settle, shared, unit, until};

#[test]
fn words_and_codes_are_juju_s() {
    let mut model = related(1);
    let uri = shared(&mut model, "");
    let bare = uri.strip_prefix("secret:").unwrap().to_owned();
    let unknown = "secret:9m4e2mr0ui3e8a215n4g";
    let mut context = hook(&mut model, "app/0");
    for (words, code, printed) in [
        ("secret-add", 2, "missing secret value or filename"),
        ("secret-add ab=1", 2, "key \"ab\" not valid"),
        ("secret-add abc", 2, "key value \"abc\" not valid"),
        ("secret-add abc=1 --owner me", 2, "secret owner \"me\" not valid"),
        ("secret-add abc=1 --rotate x", 2, "rotate policy \"x\" not valid"),
        ("secret-add abc=1 --expire x", 2, "expire time or duration \"x\" not valid"),
        ("secret-add abc=1 --expire -1h", 2, "negative expire duration \"-1h\" not valid"),
        ("secret-add --file /nowhere", 2, "open /nowhere: no such file or directory"),
        ("secret-set", 2, "missing secret URI"),
        ("secret-set x abc=1", 2, "secret URI \"x\" not valid"),
        ("secret-set http://x abc=1", 2, "secret URI scheme \"http\" not valid"),
        ("secret-get", 2, "require either a secret URI or label"),
        ("secret-get x", 2, "secret URI \"x\" not valid"),
        ("secret-get http://x", 2, "secret URI \"http://x\" not valid"),
        // The first argument is the URI, also where a label says which secret is meant.
        ("secret-get --label l token", 2, "secret URI \"token\" not valid"),
        ("secret-get --label l --peek --refresh", 2, "specify one of --peek or --refresh but not both"),
        ("secret-get URI token x", 2, "unrecognized args: [\"x\"]"),
        ("secret-get URI x", 1, "secret key value \"x\" not found"),
        ("secret-get UNKNOWN", 1, "secret \"9m4e2mr0ui3e8a215n4g\" not found"),
        ("secret-get --label x", 1, "consumer label \"x\" not found"),
        (
            "secret-get URI --format smart",
            2,
            "invalid value \"smart\" for option --format: unknown format \"smart\"",
        ),
        ("secret-info-get", 2, "require either a secret URI or label"),
        ("secret-info-get URI --label l", 2, "specify either a secret URI or label but not both"),
        ("secret-info-get UNKNOWN", 1, "secret \"9m4e2mr0ui3e8a215n4g\" not found"),
        ("secret-info-get --label x", 1, "secret \"x\" not found"),
        ("secret-ids x", 2, "unrecognized args: [\"x\"]"),
        ("secret-grant", 2, "missing secret URI"),
        ("secret-grant URI", 2, "no relation id specified"),
        ("secret-grant URI -r 9", 2, "invalid value \"9\" for option -r: relation not found"),
        ("secret-grant URI -r 0 --unit x", 2, "unit \"x\" not valid"),
        (
            "secret-grant URI -r 0 --unit app/0",
            2,
            "cannot specify unit \"app/0\" in relation to application \"web\"",
        ),
        ("secret-grant UNKNOWN -r 0", 1, "secret \"9m4e2mr0ui3e8a215n4g\" not found"),
        ("secret-revoke", 2, "missing secret URI"),
        ("secret-revoke URI", 2, "missing relation or application or unit"),
        ("secret-revoke URI --app web --unit web/0", 2, "specify only one of application or unit"),
        ("secret-revoke URI --app web -r 0", 2, "do not specify both relation and app"),
        ("secret-revoke URI --application A", 2, "application \"A\" not valid"),
        ("secret-remove", 2, "missing secret URI"),
        (
            "secret-remove URI --revision x",
            2,
            "invalid value \"x\" for option --revision: strconv.ParseInt: parsing \"x\": invalid syntax",
        ),
    ] {
        let words = words.replace("URI", &uri).replace("UNKNOWN", unknown);
        let expected = (code, format!("ERROR {printed}\n"));
        assert_eq!(call(&mut model, &mut context, &words), expected, "{words}");
    }
    for (words, printed) in [
        ("secret-get URI", "token: one"),
        ("secret-get BARE --format json", "{\"token\":\"one\"}"),
        ("secret-get --label l", "token: one"),
        ("secret-get URI token#base64", "b25l"),
        ("secret-get URI token --format=json", "\"one\""),
        ("secret-ids", "BARE"),
        ("secret-ids --format json", "[\"BARE\"]"),
        (
            "secret-info-get URI --format json",
            "{\"BARE\":{\"revision\":1,\"label\":\"l\",\"owner\":\"application\",\"access\":[{\"target\":\"application-web\",\
             \"scope\":\"relation-web.backend#app.web\",\"role\":\"view\"}]}}",
        ),
        (
            "secret-info-get --label l",
            "BARE:\n  revision: 1\n  label: l\n  owner: application\n  access:\n  - target: application-web\n    \
             scope: relation-web.backend#app.web\n    role: view",
        ),
    ] {
        let place = |text: &str| text.replace("URI", &uri).replace("BARE", &bare);
        assert_eq!(ok(&mut model, &mut context, &place(words)), place(printed), "{words}");
    }
}

#[test]
fn a_hook_sees_what_it_has_staged() {
    let mut model = related(1);
    let mut context = hook(&mut model, "app/0");
    assert_eq!(ok(&mut model, &mut context, "secret-ids --format=json"), "null");
    let uri = ok(
        &mut model,
        &mut context,
        "secret-add --label l --rotate daily --expire 48h --description d --owner unit key=1",
    );
    let bare = uri.strip_prefix("secret:").unwrap().to_owned();
    assert_eq!(ok(&mut model, &mut context, &format!("secret-get {uri}")), "key: \"1\"");
    assert_eq!(ok(&mut model, &mut context, "secret-get --label l"), "key: \"1\"");
    ok(&mut model, &mut context, &format!("secret-set {uri} --description e key=2"));
    assert_eq!(ok(&mut model, &mut context, "secret-get --label l --peek"), "key: \"2\"");
    let info = format!(
        "{{\"{bare}\":{{\"revision\":1,\"label\":\"l\",\"owner\":\"unit\",\"description\":\"e\",\"rotation\":\"daily\",\
         \"expiry\":\"2026-01-03T00:00:00Z\"}}}}"
    );
    assert_eq!(ok(&mut model, &mut context, &format!("secret-info-get {uri} --format json")), info);
    let again = call(&mut model, &mut context, "secret-add --label l key=1");
    assert_eq!(again, (1, "ERROR secret with label \"l\" already exists\n".to_owned()));
    model.finish(context, &Exit::Code(0));

    let secret = model.secret(&id(&uri)).unwrap();
    assert_eq!(
        (secret.latest, secret.revisions.len()),
        (1, 1),
        "an edit of what isn't there yet makes no revision"
    );
    assert_eq!(secret.revisions[&1].content.get("key").as_deref(), Some(&b"2"[..]));
    assert_eq!(secret.rotates.unwrap().to_string(), "2026-01-02 00:00:00Z");

    let mut context = hook(&mut model, "app/0");
    let get = format!("secret-get {uri} key");
    assert_eq!(ok(&mut model, &mut context, &get), "\"2\"");
    ok(&mut model, &mut context, &format!("secret-set {uri} key=3"));
    assert_eq!(
        ok(&mut model, &mut context, &get),
        "\"2\"",
        "a new revision is seen only by who asks for the latest"
    );
    assert_eq!(ok(&mut model, &mut context, &format!("{get} --peek")), "\"3\"");
    ok(&mut model, &mut context, &format!("secret-remove {uri}"));
    assert_eq!(ok(&mut model, &mut context, "secret-ids --format=json"), "null");
    model.finish(context, &Exit::Code(1));
    assert_eq!(model.secret(&id(&uri)).unwrap().latest, 1, "a failed hook has staged nothing");
}

#[test]
fn an_own_secret_is_tracked_anew_with_the_commit() {
    for (exit, content) in [(0, "\"3\""), (1, "\"1\"")] {
        let mut model = related(1);
        let uri = in_hook(&mut model, "app/0", &["secret-add key=1"]).remove(0);
        in_hook(&mut model, "app/0", &[&format!("secret-get {uri}")]);
        in_hook(&mut model, "app/0", &[&format!("secret-set {uri} key=2")]);
        let mut context = hook(&mut model, "app/0");
        assert_eq!(ok(&mut model, &mut context, &format!("secret-get {uri} key")), "\"1\"");
        ok(&mut model, &mut context, &format!("secret-set {uri} key=3"));
        assert_eq!(ok(&mut model, &mut context, &format!("secret-get {uri} key --refresh")), "\"3\"");
        model.finish(context, &Exit::Code(exit));
        let mut context = hook(&mut model, "app/0");
        let tracked = ok(&mut model, &mut context, &format!("secret-get {uri} key"));
        assert_eq!(tracked, content);
        model.finish(context, &Exit::Code(0));
    }
}

#[test]
fn a_consumer_reads_the_revision_it_tracks() {
    let mut model = related(1);
    let uri = in_hook(&mut model, "app/0", &["secret-add token=one"]).remove(0);
    let get = format!("secret-get {uri} token");
    let mut context = hook(&mut model, "web/0");
    let denied = (1, "ERROR permission denied\n".to_owned());
    assert_eq!(call(&mut model, &mut context, &get), denied);
    model.finish(context, &Exit::Code(0));
    in_hook(&mut model, "app/0", &[&format!("secret-grant {uri} -r 0")]);
    assert_eq!(in_hook(&mut model, "web/0", &[&format!("{get} --label mine")]), ["one"]);
    in_hook(&mut model, "app/0", &[&format!("secret-set {uri} token=two")]);

    let mut context = until(&mut model, "web/0", "secret-changed");
    let Hook::Secret(event) = context.hook().clone() else { panic!("{:?}", context.hook()) };
    assert_eq!((event.secret, event.label.as_str(), event.revision), (id(&uri), "mine", None));
    assert_eq!(ok(&mut model, &mut context, "secret-get --label mine"), "token: one");
    assert_eq!(ok(&mut model, &mut context, "secret-get --label mine --peek"), "token: two");
    assert_eq!(ok(&mut model, &mut context, "secret-get --label mine"), "token: one");
    assert_eq!(ok(&mut model, &mut context, "secret-get --label mine --refresh"), "token: two");
    // What a consumer does to its tracking isn't staged: it stays although the hook fails.
    model.finish(context, &Exit::Code(1));
    let mut context = until(&mut model, "web/0", "secret-changed");
    assert_eq!(ok(&mut model, &mut context, &get), "two");
    model.finish(context, &Exit::Code(0));

    in_hook(&mut model, "app/0", &[&format!("secret-revoke {uri} --app web")]);
    let mut context = hook(&mut model, "web/0");
    assert_eq!(call(&mut model, &mut context, &get), denied);
}

#[test]
fn a_consumer_s_label_is_its_own() {
    let mut model = related(1);
    let first = in_hook(&mut model, "app/0", &["secret-add --owner unit --label l token=one"]).remove(0);
    let second = in_hook(&mut model, "app/0", &["secret-add --owner unit token=two"]).remove(0);
    for uri in [&first, &second] {
        in_hook(&mut model, "app/0", &[&format!("secret-grant {uri} -r 0 --unit web/0")]);
    }
    let mut context = hook(&mut model, "web/0");
    // The owner's label is unknown to others.
    assert_eq!(call(&mut model, &mut context, "secret-get --label l").0, 1);
    ok(&mut model, &mut context, &format!("secret-get {first} --label l"));
    let taken = call(&mut model, &mut context, &format!("secret-get {second} --label l"));
    let words =
        "getting latest secret revision: secret label \"l\" for consumer \"unit-web-0\" already exists";
    assert_eq!(taken, (1, format!("ERROR {words}\n")));
}

#[test]
fn only_the_leader_manages_what_is_the_application_s() {
    let mut model = related(2);
    let leader = model.leader("app").unwrap().to_string();
    let other = if leader == "app/0" { "app/1" } else { "app/0" };
    let uri = in_hook(&mut model, &leader, &["secret-add --label l token=one"]).remove(0);
    let mut context = hook(&mut model, other);
    let refused = (1, "ERROR this unit is not the leader\n".to_owned());
    assert_eq!(call(&mut model, &mut context, "secret-add token=two"), refused);
    assert_eq!(ok(&mut model, &mut context, "secret-get --label l"), "token: one");
    assert_eq!(ok(&mut model, &mut context, "secret-ids --format json"), "null");
    assert_eq!(call(&mut model, &mut context, "secret-info-get --label l").0, 1);
    // It is not among what this unit manages, so that it is found out only at the end.
    ok(&mut model, &mut context, &format!("secret-set {uri} token=two"));
    model.finish(context, &Exit::Code(0));
    let cause = format!("cannot apply changes: updating secrets: \"{other}\" is not leader of \"app\"");
    assert_eq!(failure(&model, other), Some(cause));

    // The leader that has lost its lease is told at once.
    let mut context = hook(&mut model, &leader);
    model.set_leader(&unit(other));
    assert_eq!(call(&mut model, &mut context, &format!("secret-set {uri} token=two")), refused);
    assert_eq!(call(&mut model, &mut context, &format!("secret-remove {uri}")), refused);
    assert_eq!(call(&mut model, &mut context, &format!("secret-grant {uri} -r 0")), refused);
    assert_eq!(call(&mut model, &mut context, &format!("secret-revoke {uri} --app web")), refused);
}

/// Runs commands in a hook of `app/0` that exits with 0, and returns why it failed nevertheless.
fn refused(model: &mut Model, commands: &[&str]) -> Option<String> {
    let mut context = hook(model, "app/0");
    for words in commands {
        ok(model, &mut context, words);
    }
    model.finish(context, &Exit::Code(0));
    failure(model, "app/0").map(|cause| cause.replace("cannot apply changes: ", ""))
}

#[test]
fn what_is_wrong_is_often_found_out_only_at_the_commit() {
    let unknown = "secret:9m4e2mr0ui3e8a215n4g";
    let fresh = || {
        let mut model = related(1);
        let uri = shared(&mut model, "");
        (model, uri)
    };
    for (words, cause) in [
        ("secret-set UNKNOWN token=x", "updating secrets: secret \"9m4e2mr0ui3e8a215n4g\" not found"),
        ("secret-remove UNKNOWN", "removing secrets: secret \"9m4e2mr0ui3e8a215n4g\" not found"),
        (
            "secret-revoke UNKNOWN --app web",
            "revoking secrets access: secret \"9m4e2mr0ui3e8a215n4g\" not found",
        ),
        ("secret-set URI", "updating secrets: at least one attribute to update must be specified"),
        ("secret-add --label l token=x", "creating secrets: secret with label \"l\" already exists"),
    ] {
        let (mut model, uri) = fresh();
        let words = words.replace("URI", &uri).replace("UNKNOWN", unknown);
        assert_eq!(refused(&mut model, &[&words, "state-set k=v"]).as_deref(), Some(cause), "{words}");
        assert!(model.unit(&unit("app/0")).unwrap().charm_state().is_empty(), "{words}");
    }

    // Someone else's, though it may be read.
    let (mut model, uri) = fresh();
    let mut context = hook(&mut model, "web/0");
    ok(&mut model, &mut context, &format!("secret-get {uri}"));
    ok(&mut model, &mut context, &format!("secret-set {uri} token=x"));
    model.finish(context, &Exit::Code(0));
    let cause = "cannot apply changes: updating secrets: permission denied";
    assert_eq!(failure(&model, "web/0").as_deref(), Some(cause));
}

#[test]
fn a_secret_that_is_added_and_removed_in_one_hook_fails_it() {
    let mut model = related(1);
    let mut context = hook(&mut model, "app/0");
    let uri = ok(&mut model, &mut context, "secret-add token=x");
    ok(&mut model, &mut context, &format!("secret-remove {uri}"));
    assert_eq!(ok(&mut model, &mut context, "secret-ids --format json"), "null");
    model.finish(context, &Exit::Code(0));
    let cause = failure(&model, "app/0").unwrap();
    assert!(cause.ends_with(&format!("removing secrets: secret \"{}\" not found", id(&uri))), "{cause}");
}

#[test]
fn one_subject_has_its_permission_by_one_relation() {
    let mut model = Model::new(0);
    model.deploy("app", hooks::charm("app", hooks::PROVIDER), 1).unwrap();
    let two = "requires:\n  one: {interface: http}\n  two: {interface: http}\n";
    model.deploy("web", hooks::charm("web", two), 1).unwrap();
    model.integrate("app", "web:one").unwrap();
    model.integrate("app", "web:two").unwrap();
    settle(&mut model);
    let uri = in_hook(&mut model, "app/0", &["secret-add token=x"]).remove(0);
    in_hook(&mut model, "app/0", &[&format!("secret-grant {uri} -r 0")]);
    let cause = format!(
        "granting secrets access: cannot change access to \"{uri}\" for \"application-web\": cannot change secret \
         permission scope"
    );
    assert_eq!(refused(&mut model, &[&format!("secret-grant {uri} -r 1")]), Some(cause));

    // Single units have to go before their application can come.
    let mut model = related(1);
    let uri = in_hook(&mut model, "app/0", &["secret-add token=x"]).remove(0);
    let mut context = hook(&mut model, "app/0");
    ok(&mut model, &mut context, &format!("secret-grant {uri} -r 0 --unit web/0"));
    let words =
        "any unit level grants need to be revoked before granting access to the corresponding application";
    let grant = format!("secret-grant {uri} -r 0");
    assert_eq!(call(&mut model, &mut context, &grant), (1, format!("ERROR {words}\n")));
}

#[test]
fn a_permission_ends_with_its_relation() {
    let mut model = related(1);
    let uri = shared(&mut model, "");
    in_hook(&mut model, "web/0", &[&format!("secret-get {uri}")]);
    model.remove_relation(charm_testing::model::RelationId(0)).unwrap();
    settle(&mut model);
    let mut context = hook(&mut model, "web/0");
    assert_eq!(call(&mut model, &mut context, &format!("secret-get {uri}")).1, "ERROR permission denied\n");
}

#[test]
fn of_several_removed_revisions_only_the_last_goes() {
    let mut model = related(1);
    let uri = shared(&mut model, "");
    for token in ["two", "three"] {
        in_hook(&mut model, "app/0", &[&format!("secret-set {uri} token={token}")]);
    }
    let remove = |revision| format!("secret-remove {uri} --revision {revision}");
    in_hook(&mut model, "app/0", &[&remove(1), &remove(2)]);
    assert_eq!(model.secret(&id(&uri)).unwrap().revisions.keys().collect::<Vec<_>>(), [&1, &3]);
}

#[test]
fn secrets_of_a_refused_commit_stay_behind_in_juju_3() {
    for (version, stays) in [(JujuVersion::V3_6, true), (JujuVersion::V4_0, false)] {
        let mut model = related(1);
        model.set_version(version);
        let mut context = hook(&mut model, "app/0");
        ok(&mut model, &mut context, "secret-add --label l token=x");
        ok(&mut model, &mut context, "state-set k=v");
        model.refuse_commit(&unit("app/0"), "state changing too quickly");
        model.finish(context, &Exit::Code(0));
        let cause = "cannot apply changes: state changing too quickly";
        assert_eq!(failure(&model, "app/0").as_deref(), Some(cause));
        assert_eq!(model.secrets().count() == 1, stays);
        assert!(model.unit(&unit("app/0")).unwrap().charm_state().is_empty());

        let mut context = until(&mut model, "app/0", "update-status");
        ok(&mut model, &mut context, "secret-add --label l token=x");
        model.finish(context, &Exit::Code(0));
        let failed = failure(&model, "app/0");
        assert_eq!(failed.is_some_and(|cause| cause.contains("\"l\" already exists")), stays);
    }
}

#[test]
fn the_operator_s_secrets_are_read_by_whom_they_are_granted() {
    let mut model = related(1);
    let secret = model.add_secret("mine", [("password", "x")].into_iter().collect());
    let get = format!("secret-get {} password", secret.uri());
    let mut context = hook(&mut model, "web/0");
    assert_eq!(call(&mut model, &mut context, &get).1, "ERROR permission denied\n");
    model.grant_secret(&secret, "web").unwrap();
    assert_eq!(ok(&mut model, &mut context, &get), "x");
    model.finish(context, &Exit::Code(0));
    model.update_secret(&secret, &[("password", "y")].into_iter().collect()).unwrap();
    assert!(settle(&mut model).contains(&"web/0 secret-changed".to_owned()));
    model.revoke_secret(&secret, "web").unwrap();
    let mut context = hook(&mut model, "web/0");
    assert_eq!(call(&mut model, &mut context, &get).0, 1);
}

#[test]
fn content_of_any_bytes_reads_back() {
    let mut model = related(1);
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("value");
    std::fs::write(&file, " =\n\u{85}é\"\n ").unwrap();
    let add = format!("secret-add --owner unit key#file={} raw#base64=/wD/", file.display());
    let uri = in_hook(&mut model, "app/0", &[&add]).remove(0);
    let get = format!("secret-get {uri} --format json");
    let read = in_hook(
        &mut model,
        "app/0",
        &[&get, &format!("secret-get {uri} raw"), &format!("secret-get {uri} raw#base64")],
    );
    assert_eq!(read[0], "{\"key\":\" =\\n\u{85}é\\\"\\n \",\"raw\":\"\\ufffd\\u0000\\ufffd\"}");
    assert_eq!(read[1..], ["!!binary /wD/", "/wD/"]);

    let uri = in_hook(&mut model, "app/0", &["secret-add --owner unit key#base64=%%"]).remove(0);
    let mut context = hook(&mut model, "app/0");
    let wrong = call(&mut model, &mut context, &format!("secret-get {uri}"));
    assert_eq!(wrong, (1, "ERROR illegal base64 data at input byte 0\n".to_owned()));
    assert!(!format!("{context:?}{model:?}").contains("%%"), "nothing secret is shown");
}

/// In Juju 3 removals come first, in Juju 4 last: only there is the label of a secret that goes still taken, and then
/// nothing of the hook is kept.
#[test]
fn removals_come_first_in_juju_3_and_last_in_juju_4() {
    for (version, replaced) in [(JujuVersion::V3_6, true), (JujuVersion::V4_0, false)] {
        let mut model = related(1);
        model.set_version(version);
        let old = id(&in_hook(&mut model, "app/0", &["secret-add --label l token=one"]).remove(0));
        let mut context = hook(&mut model, "app/0");
        ok(&mut model, &mut context, &format!("secret-remove {}", old.uri()));
        ok(&mut model, &mut context, "secret-add --label l token=two");
        model.finish(context, &Exit::Code(0));
        assert_eq!(failure(&model, "app/0").is_none(), replaced, "{version}");
        assert_eq!(model.secret(&old).is_none(), replaced, "{version}");
        assert_eq!(model.secrets().count(), 1, "{version}");
    }
}

/// A permission goes with the application that has it: one of the same name that comes later has none.
#[test]
fn a_permission_of_the_operator_s_goes_with_its_application() {
    let mut model = related(1);
    let secret = model.add_secret("s", [("token", "one")].into_iter().collect());
    model.grant_secret(&secret, "web").unwrap();
    in_hook(&mut model, "web/0", &[&format!("secret-get {}", secret.uri())]);
    model.force_remove_application("web").unwrap();
    settle(&mut model);
    model.deploy("web", hooks::charm("web", hooks::REQUIRER), 1).unwrap();
    settle(&mut model);
    let mut context = hook(&mut model, "web/0");
    let (code, printed) = call(&mut model, &mut context, &format!("secret-get {}", secret.uri()));
    assert_eq!((code, printed.as_str()), (1, "ERROR permission denied\n"));
}

/// With an application go its secrets; readers at the other end of a relation find none any more.
#[test]
fn a_secret_goes_with_its_owner() {
    let mut model = related(1);
    let of_application = shared(&mut model, "");
    let of_unit = in_hook(&mut model, "app/0", &["secret-add --owner unit token=one"]).remove(0);
    in_hook(&mut model, "app/0", &[&format!("secret-grant {of_unit} -r 0")]);
    in_hook(
        &mut model,
        "web/0",
        &[&format!("secret-get {of_application}"), &format!("secret-get {of_unit}")],
    );
    model.remove_application("app").unwrap();
    settle(&mut model);
    assert_eq!(model.secrets().count(), 0);
    let mut context = hook(&mut model, "web/0");
    for uri in [of_application, of_unit] {
        let (code, printed) = call(&mut model, &mut context, &format!("secret-get {uri}"));
        assert!(code == 1 && printed.contains("not found"), "{printed}");
    }
    model.finish(context, &Exit::Code(0));
    assert_eq!(settle(&mut model), [""; 0]);
    assert_eq!(model.overlooked(), 0);
}
