//! A resource that `charmcraft.yaml` does not declare, but nearly.

use charm_runtime::prelude::*;

#[charm(metadata_str = "{name: hello, summary: Greets., description: Greets whoever stores., storage: {data: {type: filesystem}}, resources: {tool: {type: file, filename: tool.tar}}}")]
#[derive(Default)]
struct Hello;

#[charm(metadata_str = "{name: hello, summary: Greets., description: Greets whoever stores., storage: {data: {type: filesystem}}, resources: {tool: {type: file, filename: tool.tar}}}")]
impl Hello {
    #[on(install)]
    fn install(&mut self, _tool: Resource<resource::Tools>) {}
}

fn main() {
    let _ = Hello::install;
    charm_runtime::run::<Hello>();
}
