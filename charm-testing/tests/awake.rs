//! A model asks only those units for a hook that something has happened to, and overlooks none.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use std::time::Duration;

use charm_testing::model::{Exit, Hook, Model, RelationId};
use hooks::{call, charm, unit};

const APP: &str = "provides: {web: {interface: http}}\npeers: {fellows: {interface: fellow}}\nstorage: {data: \
                   {type: filesystem, multiple: {range: 0-3}}}\nconfig: {options: {n: {type: int}}}\nactions: {list: \
                   {}}\n";
const WEB: &str = "requires: {backend: {interface: http}}\n";

/// Runs what is due; each hook writes what others read, and reads what others wrote.
fn settle(model: &mut Model, count: &mut usize) {
    while let Some(mut context) = model.next() {
        *count += 1;
        assert!(*count < 5000, "it does not come to rest");
        if let Hook::Relation(hook) = context.hook().clone() {
            let id = hook.relation;
            call(
                model,
                &mut context,
                &format!("relation-set -r {id} {}={}", hook.kind, context_number(*count)),
            );
            call(model, &mut context, &format!("relation-set -r {id} --app {}=1", hook.kind));
            let (code, uri) = call(model, &mut context, "secret-add --owner unit --rotate daily token=one");
            if code == 0 && hook.kind.to_string() == "joined" {
                call(model, &mut context, &format!("secret-grant {} -r {id}", uri.trim()));
                call(model, &mut context, &format!("relation-set -r {id} secret={}", uri.trim()));
            }
        }
        let kinds = [Exit::Code(0), Exit::Code(0), Exit::Code(0), Exit::Code(1), Exit::Signal(9)];
        model.finish(context, &kinds[*count % kinds.len()]);
    }
}

/// Few different values, or no relation would ever rest.
fn context_number(count: usize) -> usize {
    count / 1000
}

#[test]
fn no_hook_is_overlooked() {
    for seed in 0..20 {
        let mut model = Model::new(seed);
        model.set_retries(100);
        let mut count = 0;
        model.deploy("app", charm("app", APP), 2).unwrap();
        model.deploy("web", charm("web", WEB), 1).unwrap();
        settle(&mut model, &mut count);
        let relation = model.integrate("app", "web").unwrap();
        settle(&mut model, &mut count);
        model.add_units("web", 2).unwrap();
        model.set_config("app", [("n", "2")]).unwrap();
        model.add_storage(&unit("app/1"), "data", 2).unwrap();
        settle(&mut model, &mut count);
        model.run_action(&unit("app/0"), "list", serde_json::Map::new()).unwrap();
        model.set_leader(&unit("app/1"));
        model.set_leader(&unit("app/0"));
        model.refresh("web", charm("web", WEB)).unwrap();
        settle(&mut model, &mut count);
        let secrets: Vec<_> = model.secrets().map(|secret| secret.id.clone()).collect();
        model.expire(&secrets[0]).unwrap();
        model.rotate_due(&secrets[1]).unwrap();
        settle(&mut model, &mut count);
        model.advance(Duration::from_secs(86_400 * 2));
        settle(&mut model, &mut count);
        model.remove_unit(&unit("web/1")).unwrap();
        settle(&mut model, &mut count);
        model.remove_relation(relation).unwrap();
        settle(&mut model, &mut count);
        model.integrate("web", "app").unwrap();
        settle(&mut model, &mut count);
        model.forget_relation(RelationId(2));
        model.remove_application("app").unwrap();
        settle(&mut model, &mut count);
        assert_eq!(model.overlooked(), 0, "seed {seed}: units slept although they had something to do");
        assert_eq!(model.units_of("app").count(), 0);
    }
}
