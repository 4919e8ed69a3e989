//! Another charm, whose names are none of webapp's.

use charm_runtime::prelude::*;

#[charm(metadata = "other.yaml")]
#[derive(Default)]
pub struct Other;

#[charm(metadata = "other.yaml")]
impl Other {
    #[on(action = "rotat")]
    fn rotat(&mut self) {}
}
