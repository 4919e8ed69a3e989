//! A charm's state, as fields of its struct.

mod field;
mod map;
mod records;
mod schema;
mod value;

pub use field::Field;
pub use map::StoredMap;
pub use records::Records;
pub use schema::{Fields, Schema};
pub use value::Stored;

pub(crate) use records::Savepoint;
