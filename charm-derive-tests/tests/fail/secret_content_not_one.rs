//! Content that is not a secret's.

use charm_runtime::prelude::*;

#[charm(metadata = "secrets.yaml", secret(admin, content = String, owner = app))]
#[derive(Default)]
struct Pg;

#[charm(metadata = "secrets.yaml")]
impl Pg {
    #[on(install)]
    fn install(&mut self, unit: &Unit) -> Result<()> {
        info!("{}", unit.name()?);
        Ok(())
    }
}

fn main() {
    charm_runtime::run::<Pg>();
}
