//! What a finding promises: that its steps break the model again, and that none of them can be left out.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use charm_runtime::prelude::*;
use charm_testing::LocalJuju;
use charm_testing::explore::{Act, Explore, FaultKind, FindingKind};
use charm_testing::local::JujuError;

/// Counts what it should set, and remembers who led when it was configured.
#[charm(metadata_str = "{name: web, summary: A., description: A., peers: {peers: {interface: web}}, \
        config: {options: {port: {type: int, default: 80}, panic: {type: boolean, default: false}}}}")]
#[derive(Default)]
pub struct Web {
    changes: Stored<u32>,
    starts: Stored<u32>,
}

#[charm(metadata_str = "{name: web, summary: A., description: A., peers: {peers: {interface: web}}, \
        config: {options: {port: {type: int, default: 80}, panic: {type: boolean, default: false}}}}")]
impl Web {
    #[on(start)]
    fn start(&mut self) -> Result<()> {
        *self.starts.get_mut()? += 1;
        Ok(())
    }

    #[on(config_changed)]
    fn configure(
        &mut self,
        config: &Config,
        leader: Option<Leader>,
        peers: Relations<endpoint::Peers>,
    ) -> Result<()> {
        assert!(!config.panic, "the operator wants a panic");
        *self.changes.get_mut()? += 1;
        if let Some(leader) = leader {
            for peers in &peers {
                peers.local_app(&leader).insert("port", config.port.to_string())?;
            }
        }
        Ok(())
    }
}

fn setup(juju: &mut LocalJuju) -> Result<(), JujuError> {
    juju.deploy::<Web>("web", 2)
}

/// What the units' leader has published is what is configured.
fn published(juju: &LocalJuju) -> Result<(), String> {
    let port = juju.model().config("web")["port"].clone().map(|port| port.to_string());
    let said = juju.model().relations().find_map(|peers| peers.application_data("web")?.get("port"));
    if said == port.as_ref() { Ok(()) } else { Err(format!("{said:?}, not {port:?}")) }
}

fn explore() -> Explore<'static> {
    let stored = |juju: &LocalJuju, what: fn(&Web) -> u32| {
        juju.units("web").map(|unit| unit.stored(what)).max().unwrap_or(0)
    };
    Explore::new(setup)
        .acts([
            Act::configure("web", "port", "81"),
            Act::add_unit("web"),
            Act::remove_unit("web"),
            Act::configure("web", "port", "82"),
        ])
        .at_rest("the port is published", published)
        .always("it starts once", move |juju| stored(juju, |web| web.starts.get().map_or(0, |n| *n)) < 2)
        .always("few changes", move |juju| stored(juju, |web| web.changes.get().map_or(0, |n| *n)) < 4)
}

/// What a replay ends with.
fn replayed(explore: &Explore<'_>, script: &str) -> Option<String> {
    let panic = catch_unwind(AssertUnwindSafe(|| explore.replay(script))).err()?;
    Some(panic.downcast_ref::<String>().unwrap().clone())
}

#[test]
fn steps_break_the_model_again_and_none_of_them_can_be_left_out() {
    let explorations = [explore(), explore().faults([FaultKind::Leadership]), explore().twice()];
    let mut kinds = Vec::new();
    for (explore, seed) in explorations.iter().flat_map(|explore| (0..12).map(move |seed| (explore, seed))) {
        let Some(finding) = explore.find([seed]) else { continue };
        let script = finding.replay();
        let broken = format!("{}\n  {}", finding.kind(), finding.why());
        assert!(replayed(explore, &script).is_some_and(|text| text.contains(broken.trim_end())), "{finding}");

        let words: Vec<&str> = script.split(' ').collect();
        for left_out in 1..words.len() {
            let others: Vec<&str> = [&words[..left_out], &words[left_out + 1..]].concat();
            let text = replayed(explore, &others.join(" ")).unwrap_or_default();
            let same = format!(": {}\n", finding.kind());
            assert!(!text.contains(&same), "{finding}\nbreaks without {} too: {text}", words[left_out]);
        }
        if !kinds.contains(finding.kind()) {
            kinds.push(finding.kind().clone());
        }
    }
    assert!(kinds.len() >= 4, "{kinds:?}");
}

#[test]
fn an_act_that_panics_is_found_with_its_place_and_its_steps() {
    let finding = Explore::new(setup)
        .acts([Act::remove_unit("web")])
        .act("look", |juju| {
            assert!(juju.units("web").count() > 1, "a unit is missing");
            Ok(())
        })
        .find(0..20)
        .unwrap();
    assert_eq!(*finding.kind(), FindingKind::Act("look".to_owned()));
    assert!(
        finding.why().contains("findings.rs:") && finding.why().ends_with("a unit is missing"),
        "{finding}"
    );
    assert_eq!(finding.steps().last(), Some("operator: look"));
}

#[test]
fn a_setup_that_panics_is_found() {
    let finding = Explore::new(|juju| {
        juju.unit("web/0");
        Ok(())
    })
    .find([3])
    .unwrap();
    assert_eq!(*finding.kind(), FindingKind::Setup);
    let text = finding.to_string();
    assert!(text.starts_with("seed 3: the setup is refused\n  panicked at "), "{text}");
    assert!(text.contains("findings.rs:") && text.ends_with("the model has no units"), "{text}");
}

#[test]
fn a_charm_that_panics_is_found_with_its_place() {
    let finding = Explore::new(setup).acts([Act::configure("web", "panic", "true")]).find(0..20).unwrap();
    assert_eq!(*finding.kind(), FindingKind::UnitInError);
    assert!(finding.why().contains("findings.rs:"), "{finding}");
}

#[test]
#[should_panic(expected = "`configure wbe port=81` could never be done")]
fn an_act_that_is_always_refused_is_told_of() {
    Explore::new(setup).faults([]).acts([Act::configure("wbe", "port", "81")]).run(0..20);
}

#[test]
#[should_panic(expected = "`act1`: acts are known by their place from 0 on, and there are 1")]
fn a_replay_of_an_act_that_there_is_not_says_so() {
    Explore::new(setup).acts([Act::add_unit("web")]).replay("0: act0 act1");
}
