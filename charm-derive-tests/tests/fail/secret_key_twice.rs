//! Two fields of one key.

use charm_runtime::{RawSecret, SecretContent};

#[derive(SecretContent)]
struct Credentials {
    password: String,
    #[secret(rename = "password")]
    other: String,
}

fn main() {
    let raw = RawSecret::new();
    let content = Credentials::from_raw(&raw).unwrap();
    println!("{content:?}");
}
