//! A policy of rotation that Juju does not have.

use charm_runtime::prelude::*;

#[derive(SecretContent)]
struct Credentials {
    password: String,
}


#[charm(metadata = "secrets.yaml", secret(admin, content = Credentials, owner = app, rotate = montly))]
#[derive(Default)]
struct Pg;

#[charm(metadata = "secrets.yaml")]
impl Pg {
    #[on(install)]
    fn install(&mut self, admin: Secret<secret::Admin>) -> Result<()> {
        let credentials = admin.content()?;
        info!("{:?}", credentials.map(|credentials| credentials.password.len()));
        Ok(())
    }
}

fn main() {
    charm_runtime::run::<Pg>();
}
