//! A secret of the application that is written without a proof of leadership.

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
    fn install(&mut self, admin: Secret<secret::Admin>) -> Result<()> {
        admin.ensure(&Credentials { password: "x".to_owned() })?;
        Ok(())
    }
}

fn main() {
    charm_runtime::run::<Pg>();
}
