//! A secret that is not named as with Juju.

use charm_runtime::prelude::*;

#[derive(SecretContent)]
struct Credentials {
    password: String,
}


#[charm(metadata = "secrets.yaml", secret(admin, content = Credentials, owner = app, rotate = monthly))]
#[derive(Default)]
struct Pg;

#[charm(metadata = "secrets.yaml")]
impl Pg {
    #[on(secret_rotate = "admin")]
    fn rotate(&mut self) {}

    #[on(secret_expired = "the_admin")]
    fn other(&mut self) {}
}

fn main() {
    let mut pg = Pg::default();
    pg.rotate();
    pg.other();
    charm_runtime::run::<Pg>();
}
