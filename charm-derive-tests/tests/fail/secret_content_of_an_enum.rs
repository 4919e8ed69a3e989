//! A secret's content that is no struct.

use charm_runtime::{RawSecret, SecretContent};

#[derive(SecretContent)]
enum Credentials {
    Password,
}

fn main() {
    let raw = RawSecret::new();
    let content = Credentials::from_raw(&raw).unwrap();
    match content {
        Credentials::Password => {}
    }
}
