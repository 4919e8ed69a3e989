//! When the methods with `#[status]` are asked.

use charm_runtime::prelude::*;
use charm_testing::{State, on};

#[charm(
    metadata_str = "{name: shop, summary: A shop., description: A shop., config: {options: {host: {type: string}}}, \
                        actions: {rotate: {}}}"
)]
#[derive(Default)]
pub struct Shop {
    rotated: Stored<u32>,
}

#[charm(
    metadata_str = "{name: shop, summary: A shop., description: A shop., config: {options: {host: {type: string}}}, \
                        actions: {rotate: {}}}"
)]
impl Shop {
    #[on(action = "rotate")]
    fn rotate(&mut self) -> Result<()> {
        *self.rotated.get_mut()? += 1;
        Ok(())
    }

    #[on(any(except(update_status)))]
    fn reconcile(&mut self, config: &Config) -> Result<()> {
        config.host.as_ref().or_blocked("set host")?;
        Ok(())
    }

    #[status]
    fn status(&self) -> Status {
        Status::active("")
    }
}

/// What the reconciler found missing is missing still after an event that it doesn't run for.
#[test]
fn no_status_is_asked_for_where_any_has_not_run() {
    let blocked = State::<Shop>::new().run(on::config_changed()).succeeded();
    assert_eq!(blocked.unit_status(), Status::blocked("set host"));
    let acted = blocked.state.run(on::action::<action::Rotate>()).succeeded();
    assert_eq!(acted.unit_status(), Status::blocked("set host"));
    assert_eq!(acted.stored(|shop| *shop.rotated.get().unwrap()), 1);
    let updated = acted.state.run(on::update_status()).succeeded();
    assert_eq!(updated.unit_status(), Status::blocked("set host"));
    let configured = updated.state.config("host", "example.com").run(on::config_changed()).succeeded();
    assert_eq!(configured.unit_status(), Status::active(""));
}
