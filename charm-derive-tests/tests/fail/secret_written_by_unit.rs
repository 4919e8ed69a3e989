//! A secret of the application that the unit writes.

use charm_runtime::prelude::*;

#[derive(SecretContent)]
struct Credentials {
    password: String,
}


#[charm(metadata = "secrets.yaml", secret(admin, content = Credentials, owner = app))]
#[derive(Default)]
struct Pg;

#[charm(metadata = "secrets.yaml")]
impl Pg {
    #[on(install)]
    fn install(&mut self, admin: Secret<secret::Admin>, unit: &Unit) -> Result<()> {
        admin.ensure(unit, &Credentials { password: "x".to_owned() })?;
        Ok(())
    }
}

fn main() {
    charm_runtime::run::<Pg>();
}
