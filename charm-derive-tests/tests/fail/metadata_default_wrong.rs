//! A default that its own schema refuses.

use charm_runtime::prelude::*;

#[charm(metadata_str = "{name: hello, summary: s, description: d, actions: {rotate: {params: {target: {properties: {port: {type: integer, default: many}}}}}}}")]
#[derive(Default)]
struct Hello;

#[charm(metadata_str = "{name: hello, summary: s, description: d, actions: {rotate: {params: {target: {properties: {port: {type: integer, default: many}}}}}}}")]
impl Hello {
    #[on(action = "rotate")]
    fn rotate(&mut self) {}
}

fn main() {
    charm_runtime::run::<Hello>();
}
