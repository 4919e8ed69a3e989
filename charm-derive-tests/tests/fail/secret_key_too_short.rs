//! A field whose name is no key of a secret.

use charm_runtime::{RawSecret, SecretContent};

#[derive(SecretContent)]
struct Credentials {
    password: String,
    ca: Option<String>,
}

fn main() {
    let raw = RawSecret::new();
    let content = Credentials::from_raw(&raw).unwrap();
    println!("{content:?}");
}
