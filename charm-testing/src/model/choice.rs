//! Whose hook comes next, chosen from outside.

use super::Model;
use super::context::HookContext;
use super::name::UnitName;
use super::random::Random;

impl Model {
    /// Begins the next hook or action of this unit; none if it has nothing to do. [`Model::next`] leaves to chance which
    /// unit comes next; here the caller says so, and every order of units is one that Juju could bring about.
    ///
    /// Where Juju's order within the unit is arbitrary, `choice` decides, and the same number does so in the same way. A
    /// hook that has failed is tried again, the model's time moving to that moment, unless it was as often as
    /// [`Model::set_retries`] says.
    ///
    /// A unit whose last hook has run leaves the model when it is asked for another.
    pub fn next_of(&mut self, unit: &UnitName, choice: u64) -> Option<HookContext> {
        // Apart from the model's own chance, so that what was drawn before doesn't decide.
        let random = std::mem::replace(&mut self.random, Random::new(choice));
        let hook = self.next_hook_of(unit).or_else(|| {
            let moment = self.next_moment(self.units.get(unit)?)?;
            self.advance_to(moment);
            self.next_hook_of(unit)
        });
        self.random = random;
        Some(self.begin(unit, hook?))
    }
}
