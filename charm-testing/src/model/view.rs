//! What a hook can see and do.

use super::Model;
use super::application::Application;
use super::context::HookContext;
use super::log::Level;
use super::name::UnitName;
use super::unit::Unit;

/// Juju as the charm of one unit sees it during one hook. The hook commands are answered from it; each file of this
/// module has the part of its noun.
#[derive(Debug)]
pub struct View<'a> {
    pub(crate) model: &'a mut Model,
    pub(crate) context: &'a mut HookContext,
}

impl Model {
    /// The view of a running hook. None if the model has no such unit, as when the context is another model's, or no
    /// longer has it.
    pub fn view<'a>(&'a mut self, context: &'a mut HookContext) -> Option<View<'a>> {
        let known = self.is_present(context) && self.applications.contains_key(context.unit.application());
        known.then_some(View { model: self, context })
    }

    /// Whether the unit whose hook it is is there, and not one of the same name that came later.
    pub(crate) fn is_present(&self, context: &HookContext) -> bool {
        self.units.get(&context.unit).is_some_and(|unit| Some(unit.serial) == context.serial)
    }
}

impl View<'_> {
    /// The run that this is a view of.
    pub fn context(&self) -> &HookContext {
        self.context
    }

    /// The model, as nobody inside it sees it.
    pub fn model(&self) -> &Model {
        self.model
    }

    /// The name of the unit.
    pub fn unit_name(&self) -> &UnitName {
        &self.context.unit
    }

    // `Model::view` has seen unit and application in the model, and nothing leaves it while a view borrows it: the
    // three lookups below can't fail.

    /// The unit.
    pub fn unit(&self) -> &Unit {
        &self.model.units[&self.context.unit]
    }

    pub(crate) fn unit_mut(&mut self) -> &mut Unit {
        self.model.units.get_mut(&self.context.unit).expect("a view is of a unit of the model")
    }

    pub(crate) fn application_mut(&mut self) -> &mut Application {
        let name = self.context.unit.application();
        self.model.applications.get_mut(name).expect("a view is of an application of the model")
    }

    /// Writes a line to the log, as `juju-log` does: in a relation hook the relation comes first.
    pub fn log(&mut self, level: Level, message: &str) {
        let unit = self.context.unit.clone();
        let message = match self.context.hook.relation() {
            Some(hook) => format!("{}: {message}", hook.relation_key()),
            None => message.to_owned(),
        };
        self.model.log(&unit, level, &format!("unit.{unit}.juju-log"), message);
    }
}
