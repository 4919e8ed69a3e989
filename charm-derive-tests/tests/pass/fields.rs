//! Fields that are state, and fields that are not.

use charm_runtime::prelude::*;

type Counter = Stored<u32>;

#[charm(metadata = "plain.yaml")]
#[derive(Default)]
pub struct Hello {
    greeted: Stored<u32>,
    by_name: charm_runtime::StoredMap<String, u32>,
    #[charm(stored)]
    visits: Counter,
    /// Starts from its default in every dispatch.
    seen: Vec<String>,
    #[cfg(target_os = "plan9")]
    elsewhere: Stored<u32>,
    #[cfg(not(target_os = "plan9"))]
    here: Stored<u32>,
}

#[charm(metadata = "plain.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self) -> Result<()> {
        self.greeted.set(*self.visits.get()? + *self.here.get()?);
        self.by_name.insert(&"world".to_owned(), &1)?;
        self.seen.push("world".to_owned());
        Ok(())
    }
}

fn main() {
    // Nothing is loaded before it is asked for, and here nothing can be.
    assert!(Hello::default().greeted.get().is_err());
}
