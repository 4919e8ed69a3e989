//! Names that are keywords, and names that Rust would write otherwise.

use charm_runtime::prelude::*;

#[charm(metadata_str = "
name: hello
summary: Greets.
description: Greets.
config: {options: {type: {type: string, default: a}, self: {type: boolean}, 3scale: {type: int, default: 3}}}
requires: {match: {interface: match, limit: 1}, my-db-main: {interface: db}}
actions: {start: {description: An action with the name of a hook.}, do-it: {description: Does it.}}
")]
#[derive(Default)]
pub struct Hello {
    r#type: Stored<String>,
}

#[charm(metadata_str = "
name: hello
summary: Greets.
description: Greets.
config: {options: {type: {type: string, default: a}, self: {type: boolean}, 3scale: {type: int, default: 3}}}
requires: {match: {interface: match, limit: 1}, my-db-main: {interface: db}}
actions: {start: {description: An action with the name of a hook.}, do-it: {description: Does it.}}
")]
impl Hello {
    #[on(r#install)]
    fn r#gen(&mut self, r#type: &Config) {
        self.r#type.set(r#type.r#type.clone());
        let _: (Option<bool>, i64) = (r#type.self_, r#type._3scale);
    }

    #[on(start)]
    fn start(&mut self) {}

    #[on(action = "start")]
    fn r#async(&mut self, r#match: Action<action::Start>) {
        let _ = r#match.id();
    }

    #[on(action = "do-it")]
    fn do_it(&mut self, _action: Action<action::DoIt>) {}

    #[on(relation_changed = "match")]
    fn matches(
        &mut self,
        event: RelationChanged<endpoint::Match>,
        _relation: Option<Relation<endpoint::Match>>,
    ) {
        let _ = event;
    }

    #[on(relation_joined = "my-db-main")]
    fn db(&mut self, _event: RelationJoined<endpoint::MyDbMain>) {}
}

fn main() {
    let table = <Hello as charm_runtime::Charm>::TABLE;
    assert_eq!(table.events[0].handlers[0].id, "gen");
    let starts: Vec<_> = table.events.iter().filter(|row| row.name == "start").collect();
    assert_eq!(starts.iter().map(|row| row.handlers[0].id).collect::<Vec<_>>(), ["start", "async"]);
}
