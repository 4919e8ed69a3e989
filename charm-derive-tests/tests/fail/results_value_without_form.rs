//! A field that has no form as a result.

use charm_runtime::prelude::*;

#[derive(ActionResults)]
struct Rotated {
    address: std::net::Ipv4Addr,
}

fn main() {
    fn is_results<R: ActionResults>(_: &R) {}
    is_results(&Rotated { address: std::net::Ipv4Addr::LOCALHOST });
}
