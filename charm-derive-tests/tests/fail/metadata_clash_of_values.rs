//! Values of an `enum` that Rust does not tell apart.

use charm_runtime::prelude::*;

#[charm(metadata_str = "{name: hello, summary: s, description: d, actions: {rotate: {params: {algorithm: {enum: [sha-256, sha256]}}}}}")]
#[derive(Default)]
struct Hello;

#[charm(metadata_str = "{name: hello, summary: s, description: d, actions: {rotate: {params: {algorithm: {enum: [sha-256, sha256]}}}}}")]
impl Hello {
    #[on(action = "rotate")]
    fn rotate(&mut self) {}
}

fn main() {
    charm_runtime::run::<Hello>();
}
