//! `any` that is to run for one secret.

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
    #[on(any(also(secret_remove = "admin")))]
    fn all(&mut self) {}
}

fn main() {
    let mut pg = Pg::default();
    pg.all();
    charm_runtime::run::<Pg>();
}
