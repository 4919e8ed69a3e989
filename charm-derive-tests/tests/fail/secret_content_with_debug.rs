//! A secret's content that would be shown.

use charm_runtime::{RawSecret, SecretContent};

#[derive(Debug, SecretContent)]
struct Credentials {
    password: String,
}

fn main() {
    let raw = RawSecret::new();
    let content = Credentials::from_raw(&raw).unwrap();
    println!("{content:?}");
}
