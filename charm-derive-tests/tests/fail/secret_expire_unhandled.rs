//! A secret that expires, and nobody handles it.

use charm_runtime::prelude::*;

#[derive(SecretContent)]
struct Credentials {
    password: String,
}


#[charm(metadata = "secrets.yaml", secret(admin_user, content = Credentials, owner = app, expire = days(30)))]
#[derive(Default)]
struct Pg;

#[charm(metadata = "secrets.yaml")]
impl Pg {
    #[on(install)]
    fn install(&mut self) {}
}

fn main() {
    let mut pg = Pg::default();
    pg.install();
    charm_runtime::run::<Pg>();
}
