//! A field that is no value of a secret.

use charm_runtime::{RawSecret, SecretContent};

#[derive(SecretContent)]
struct Credentials {
    passwords: Vec<String>,
}

fn main() {
    let raw = RawSecret::new();
    let content = Credentials::from_raw(&raw).unwrap();
    println!("{content:?}");
}
