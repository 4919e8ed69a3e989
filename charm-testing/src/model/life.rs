//! The life of things in a model.

use serde::{Deserialize, Serialize};

/// Whether something stays or goes. What is gone is no longer in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Life {
    /// It stays.
    Alive,
    /// It has been removed and waits until its hooks have run.
    Dying,
}
