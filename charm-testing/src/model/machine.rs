//! Machines: each has one principal unit and that unit's subordinates.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::Model;
use super::name::UnitName;
use super::network;
use super::unit::Unit;

/// A machine. It comes with the unit that it is for and goes with the last unit that is on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// Its number, unique in its model.
    pub id: u32,
    /// Its only address, which is that of all its units.
    pub address: Ipv4Addr,
    units: BTreeSet<UnitName>,
}

impl Machine {
    /// The units on it, by name.
    pub fn units(&self) -> impl Iterator<Item = &UnitName> {
        self.units.iter()
    }
}

impl Model {
    /// A machine by its number.
    pub fn machine(&self, id: u32) -> Option<&Machine> {
        self.machines.get(&id)
    }

    /// All machines, by number.
    pub fn machines(&self) -> impl Iterator<Item = &Machine> {
        self.machines.values()
    }

    /// A new unit, on a machine of its own. It isn't in the model yet.
    pub(crate) fn unit_on_new_machine(&mut self, name: &UnitName) -> Unit {
        let id = self.next_machine;
        self.next_machine += 1;
        let address = network::address_of(id);
        self.machines.insert(id, Machine { id, address, units: BTreeSet::from([name.clone()]) });
        self.new_unit(name, id, address)
    }

    fn new_unit(&mut self, name: &UnitName, machine: u32, address: Ipv4Addr) -> Unit {
        self.last_unit += 1;
        Unit::new(name.clone(), self.last_unit, machine, address, self.now)
    }

    /// A new unit, on the machine of its principal. It isn't in the model yet.
    pub(crate) fn unit_beside(&mut self, name: &UnitName, principal: &Unit) -> Unit {
        if let Some(machine) = self.machines.get_mut(&principal.machine) {
            machine.units.insert(name.clone());
        }
        let unit = self.new_unit(name, principal.machine, principal.address);
        Unit { principal: Some(principal.name.clone()), ..unit }
    }

    /// Takes a unit off its machine, and the machine away if that was its last one.
    pub(crate) fn leave_machine(&mut self, unit: &Unit) {
        if let Some(machine) = self.machines.get_mut(&unit.machine) {
            machine.units.remove(&unit.name);
            if machine.units.is_empty() {
                self.machines.remove(&unit.machine);
            }
        }
        // Those that stay may have waited for a hook of the one that went, and a principal for its end.
        self.wake_units_on(unit.machine);
    }

    /// Has all units of a unit's machine be asked for their next hook: the machine is free.
    pub(crate) fn wake_machine(&mut self, unit: &UnitName) {
        if let Some(unit) = self.units.get(unit) {
            self.wake_units_on(unit.machine);
        }
    }

    fn wake_units_on(&mut self, id: u32) {
        for name in self.machines.get(&id).into_iter().flat_map(Machine::units) {
            if let Some(unit) = self.units.get_mut(name) {
                self.awake.wake(unit);
            }
        }
    }

    /// Gives a machine another address, and so all units on it.
    pub(crate) fn move_machine(&mut self, id: u32, address: Ipv4Addr) {
        let Some(machine) = self.machines.get_mut(&id) else { return };
        machine.address = address;
        for name in &machine.units {
            if let Some(unit) = self.units.get_mut(name) {
                unit.address = address;
            }
        }
        self.wake_units_on(id);
    }

    /// Whether a unit of that machine runs something: Juju's agents have one lock per machine, and hold it while they
    /// run a hook.
    pub(crate) fn machine_is_busy(&self, id: u32) -> bool {
        self.units_on(id).any(|unit| unit.is_running() && !unit.runs_without_lock)
    }

    /// The units on a machine.
    pub(crate) fn units_on(&self, id: u32) -> impl Iterator<Item = &Unit> {
        let names = self.machines.get(&id).into_iter().flat_map(Machine::units);
        names.filter_map(|name| self.units.get(name))
    }
}
