//! A key that Juju does not take.

use charm_runtime::{RawSecret, SecretContent};

#[derive(SecretContent)]
struct Credentials {
    #[secret(rename = "Pass_Word")]
    password: String,
}

fn main() {
    let raw = RawSecret::new();
    let content = Credentials::from_raw(&raw).unwrap();
    println!("{content:?}");
}
