//! Secrets (Juju 3 and later).

mod consumed;
mod content;
mod declared;
mod grant;
mod id;
mod info;
mod own;
mod stage;
mod time;

pub use consumed::ConsumedSecret;
pub use content::{RawSecret, SecretContent, SecretField, SecretString};
pub use declared::{AppOwned, DeclaredSecret, Ownership, SecretPerRelation, SingleSecret, UnitOwned};
pub use id::SecretId;
pub use info::{RotatePolicy, SecretAccess, SecretInfo, SecretOwner};
pub use own::{Secret, Secrets};
pub use time::Expiry;

pub(crate) use content::Limits;
pub use content::Redacted;
pub(crate) use stage::{Kept, Staged};
