//! What an operator may do between hooks.

use std::fmt;
use std::time::Duration;

use charm_runtime::event::ActionName;
use charm_runtime::panics;

use crate::local::{JujuError, LocalJuju};
use crate::model::{Life, UnitName};
use crate::transition::on::ActionEvent;

type Does<'a> = Box<dyn Fn(&mut LocalJuju, u64) -> Result<(), JujuError> + 'a>;

/// Why an act is not done.
pub(super) enum Undone {
    /// It can't be done now, in Juju's words.
    Refused(String),
    /// Its closure panicked, in words.
    Panicked(String),
}

/// Something that an operator may do between any two hooks. One that can't be done at the moment is not done: a unit
/// that isn't there can't be removed. One that never can is a mistake, of which [`Explore::run`](super::Explore::run)
/// tells.
pub struct Act<'a> {
    name: String,
    does: Does<'a>,
}

impl<'a> Act<'a> {
    /// An act of your own. What it did before it returned an error is not kept; a panic of its is a finding.
    pub fn new(name: &str, does: impl Fn(&mut LocalJuju) -> Result<(), JujuError> + 'a) -> Self {
        Self::chosen(name.to_owned(), move |juju, _| does(juju))
    }

    fn chosen(name: String, does: impl Fn(&mut LocalJuju, u64) -> Result<(), JujuError> + 'a) -> Self {
        Self { name, does: Box::new(does) }
    }

    /// Sets an option of an application.
    pub fn configure(application: &str, option: &str, value: &str) -> Self {
        let name = format!("configure {application} {option}={value}");
        let [application, option, value] = [application, option, value].map(str::to_owned);
        Self::chosen(name, move |juju, _| juju.configure(&application, [(&option, &value)]))
    }

    /// Adds a unit to an application.
    pub fn add_unit(application: &str) -> Self {
        let of = application.to_owned();
        Self::chosen(format!("add a unit of {application}"), move |juju, _| juju.add_units(&of, 1))
    }

    /// Removes one of an application's units, whichever.
    pub fn remove_unit(application: &str) -> Self {
        let of = application.to_owned();
        Self::chosen(format!("remove a unit of {application}"), move |juju, choice| {
            let unit = any_unit(juju, &of, choice)?;
            juju.remove_unit(&unit.to_string())
        })
    }

    /// Relates two applications.
    pub fn integrate(first: &str, second: &str) -> Self {
        let name = format!("integrate {first} {second}");
        let [first, second] = [first, second].map(str::to_owned);
        Self::chosen(name, move |juju, _| juju.integrate(&first, &second).map(drop))
    }

    /// Removes the relation between two applications.
    pub fn remove_relation(first: &str, second: &str) -> Self {
        let name = format!("remove the relation {first} {second}");
        let [first, second] = [first, second].map(str::to_owned);
        Self::chosen(name, move |juju, _| juju.remove_relation(&first, &second))
    }

    /// Has one of an application's units, whichever, run an action; what it answers isn't waited for.
    pub fn run_action<A: ActionName>(application: &str, action: ActionEvent<A>) -> Self {
        let of = application.to_owned();
        Self::chosen(format!("run {} on a unit of {application}", A::NAME), move |juju, choice| {
            let unit = any_unit(juju, &of, choice)?;
            juju.model_mut().run_action(&unit, A::NAME, action.given().clone())?;
            Ok(())
        })
    }

    /// Lets time pass.
    pub fn advance(time: Duration) -> Self {
        Self::chosen(format!("{} s pass", time.as_secs()), move |juju, _| {
            juju.advance(time);
            Ok(())
        })
    }

    /// Does it on a copy.
    pub(super) fn on(&self, juju: &LocalJuju, choice: u64) -> Result<LocalJuju, Undone> {
        let mut after = juju.clone();
        match panics::caught(|| (self.does)(&mut after, choice)) {
            Ok(Ok(())) => Ok(after),
            Ok(Err(refused)) => Err(Undone::Refused(refused.to_string())),
            Err((_, said)) => Err(Undone::Panicked(said)),
        }
    }
}

fn any_unit(juju: &LocalJuju, application: &str, choice: u64) -> Result<UnitName, JujuError> {
    let units = juju.model().units_of(application).filter(|unit| unit.life == Life::Alive);
    let units: Vec<&UnitName> = units.map(|unit| &unit.name).collect();
    let index = usize::try_from(choice).unwrap_or(0) % units.len().max(1);
    let unit = units.get(index).copied().cloned();
    unit.ok_or_else(|| JujuError::new(format!("application {application:?} has no unit")))
}

/// What is done, in words.
impl fmt::Display for Act<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl fmt::Debug for Act<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Act").field(&self.name).finish()
    }
}
