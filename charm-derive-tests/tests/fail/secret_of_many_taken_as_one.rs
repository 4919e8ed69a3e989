//! One secret of those that are per relation.

use charm_runtime::prelude::*;

#[derive(SecretContent)]
struct Credentials {
    password: String,
}


#[charm(metadata = "secrets.yaml", secret(admin, content = Credentials, owner = app, per_relation = db))]
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
