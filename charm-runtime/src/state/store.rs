//! The one way to a unit's persistent state.

use super::batch::Batch;
use super::error::StateError;

/// A key and its value.
pub type Record = (Vec<u8>, Vec<u8>);

/// Keys and values of one unit that outlive a dispatch.
///
/// Every implementation keeps the same promises; `tests/state_conformance.rs` holds them to it.
pub trait StateStore {
    /// The value under `key`, as committed last; `None` if there is none.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StateError>;

    /// All records whose key begins with `prefix`, in the order of their keys; an empty prefix means all.
    fn scan(&self, prefix: &[u8]) -> Result<Vec<Record>, StateError>;

    /// Makes the whole batch durable, or nothing of it: after `Ok` no kill and no power cut takes it back; after an
    /// error it is not acknowledged, and the store answers nothing more. A batch without changes does nothing.
    fn commit(&mut self, batch: Batch) -> Result<(), StateError>;
}

/// The store keeps its own records (its format, its counter) under keys that begin with a zero byte, in the same tree,
/// because only there they change in the same atomic step as the charm's. Nobody else sees or writes those.
pub(super) fn is_reserved(key: &[u8]) -> bool {
    key.first() == Some(&0)
}
